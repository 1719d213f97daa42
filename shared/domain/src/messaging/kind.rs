//! What a message is for: its kind, the purpose that consent is given for, and which goes first.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person agrees to, or refuses, on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// What they have agreed on with the business: an appointment, a job, an invoice.
    Transactional,
    /// What goes on from something they asked.
    Conversational,
    /// What they did not ask for.
    Marketing,
}

/// What an outgoing message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessageKind)]
pub enum Kind {
    /// The answer to a message.
    Reply,
    /// To someone who asked for no more messages: that it is so, and how they come back. The one message that reaches them.
    OptOut,
    /// To the tenant's own staff.
    Notice,
    /// To someone who asked and fell silent.
    FollowUp,
    /// About a quote that was sent.
    QuoteFollowUp,
    /// To a new customer.
    Welcome,
    /// That an appointment is near, or how it changed.
    AppointmentReminder,
    /// About an invoice that is not overdue.
    Billing,
    /// About an invoice that is overdue.
    Collections,
    /// Whether they would write a review.
    ReviewRequest,
    /// To a lead who is not ready yet.
    Nurture,
    /// To a customer of long ago.
    Reactivation,
    /// Everything else that advertises.
    Campaign,
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 13] = [
        Self::Reply,
        Self::OptOut,
        Self::Notice,
        Self::FollowUp,
        Self::QuoteFollowUp,
        Self::Welcome,
        Self::AppointmentReminder,
        Self::Billing,
        Self::Collections,
        Self::ReviewRequest,
        Self::Nurture,
        Self::Reactivation,
        Self::Campaign,
    ];

    /// The purpose that it needs consent for.
    #[must_use]
    pub fn purpose(self) -> Purpose {
        match self {
            Self::OptOut | Self::Notice | Self::AppointmentReminder | Self::Billing | Self::Collections => {
                Purpose::Transactional
            }
            Self::Reply | Self::FollowUp | Self::QuoteFollowUp | Self::Welcome | Self::ReviewRequest => {
                Purpose::Conversational
            }
            Self::Nurture | Self::Reactivation | Self::Campaign => Purpose::Marketing,
        }
    }

    /// Which goes first where several compete for one place: the higher number.
    #[must_use]
    pub fn priority(self) -> u8 {
        match self {
            Self::Reply | Self::OptOut | Self::Notice => 9,
            Self::AppointmentReminder => 8,
            Self::Billing => 7,
            Self::Collections => 6,
            Self::QuoteFollowUp => 5,
            Self::FollowUp => 4,
            Self::Welcome => 3,
            Self::ReviewRequest => 2,
            Self::Nurture | Self::Reactivation => 1,
            Self::Campaign => 0,
        }
    }

    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::OptOut => "opt_out",
            Self::Notice => "notice",
            Self::FollowUp => "follow_up",
            Self::QuoteFollowUp => "quote_follow_up",
            Self::Welcome => "welcome",
            Self::AppointmentReminder => "appointment_reminder",
            Self::Billing => "billing",
            Self::Collections => "collections",
            Self::ReviewRequest => "review_request",
            Self::Nurture => "nurture",
            Self::Reactivation => "reactivation",
            Self::Campaign => "campaign",
        }
    }
}
