//! Where a message comes from and which way the answer goes.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// How someone comes to the business: five ways in, with one webhook function each; or staff type them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A form on the tenant's site.
    WebForm,
    /// WhatsApp, from Meta.
    Whatsapp,
    /// SMS or MMS, from Twilio.
    Sms,
    /// The chat widget on the tenant's site.
    LiveChat,
    /// A call that no one took.
    MissedCall,
    /// Staff or another system entered it.
    Entered,
}

/// The ways out. A conversation lives on exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// WhatsApp Cloud API.
    Whatsapp,
    /// Twilio SMS.
    Sms,
    /// E-mail.
    Email,
    /// The chat store that the widget polls.
    Chat,
}

impl Source {
    /// All there are.
    pub const ALL: [Self; 6] =
        [Self::WebForm, Self::Whatsapp, Self::Sms, Self::LiveChat, Self::MissedCall, Self::Entered];

    /// The name used in keys, logs and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WebForm => "web_form",
            Self::Whatsapp => "whatsapp",
            Self::Sms => "sms",
            Self::LiveChat => "live_chat",
            Self::MissedCall => "missed_call",
            Self::Entered => "entered",
        }
    }

    /// Reads [`Source::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

impl Channel {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Whatsapp, Self::Sms, Self::Email, Self::Chat];

    /// The name used in keys, logs and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Chat => "chat",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
