//! Where a tenant can be written to and answers from, and when it must not disturb.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::messaging::{Email, Phone};
use crate::tenancy::{ReplyTemplate, Template};

/// A daily span in the recipient's local time in which nothing unasked goes out. May cross midnight.
///
/// 21:00 to 8:00 by default: the calling hours of the United States' Telephone Consumer Protection Act (47 CFR 64.1200(c)(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// First quiet moment.
    #[schema(value_type = String, example = "21:00")]
    pub from: Time,
    /// First moment after.
    #[schema(value_type = String, example = "08:00")]
    pub until: Time,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { from: Time::constant(21, 0, 0, 0), until: Time::constant(8, 0, 0, 0) }
    }
}

/// The channels a tenant has. One that is absent is "not configured": sends on it are skipped with that reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelSettings {
    /// WhatsApp Cloud API.
    #[serde(default)]
    pub whatsapp: Option<WhatsappSettings>,
    /// Twilio SMS.
    #[serde(default)]
    pub sms: Option<SmsSettings>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<EmailSettings>,
    /// The chat widget.
    #[serde(default)]
    pub chat: bool,
}

/// A WhatsApp sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatsappSettings {
    /// Meta's id of the number.
    #[schema(example = "106540352242922")]
    pub phone_number_id: String,
    /// The approved template by which a missed call is answered: a call opens no window for free text. Its values are said as
    /// they are. Without one, missed calls are answered by SMS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_call: Option<Template>,
    /// What staff choose from to write more than 24 hours after a customer's last message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20, example = json!([{
        "template": {"name": "we_have_an_answer", "language": "en_US", "values": ["{name}"]},
        "text": "Hi {name}, we have an answer for you. May we write to you here?"
    }]))]
    pub templates: Vec<ReplyTemplate>,
}

/// An SMS sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsSettings {
    /// The Twilio account, `AC…`.
    #[schema(example = "AC00000000000000000000000000000001")]
    pub account_sid: String,
    /// The number it sends from.
    pub from: Phone,
}

/// An e-mail sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailSettings {
    /// The verified sender address.
    pub from: Email,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Channel;
    use crate::samples::roofer;

    #[test]
    fn a_missed_call_is_answered_by_an_approved_template_or_by_sms() {
        let mut tenant = roofer();
        tenant.text_back = Channel::Whatsapp;
        let template = Template { name: "missed_call".to_owned(), language: "en".to_owned(), values: Vec::new() };
        let settings = |missed_call| WhatsappSettings {
            phone_number_id: "100000000000001".to_owned(),
            missed_call,
            templates: Vec::new(),
        };
        tenant.channels.whatsapp = Some(settings(None));
        assert_eq!(tenant.answers_calls_on(None), Channel::Sms, "no template");
        tenant.channels.whatsapp = Some(settings(Some(template)));
        assert_eq!(tenant.answers_calls_on(None), Channel::Whatsapp);
        assert_eq!(tenant.answers_calls_on(Some(Channel::Sms)), Channel::Sms);
        tenant.channels.whatsapp = None;
        assert_eq!(tenant.answers_calls_on(Some(Channel::Whatsapp)), Channel::Sms);
    }
}
