//! Why people are called, and what customers wait for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a person was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationReason {
    /// The customer asked for one.
    CustomerAsked,
    /// The customer is unhappy.
    Complaint,
    /// Danger or damage now.
    Emergency,
    /// One of the tenant's own words.
    TenantWord,
    /// One of the tenant's own rules.
    TenantRule,
    /// It goes on and on.
    LongConversation,
    /// The responder was not sure, or chose to.
    Unsure,
    /// The model could not be had.
    AiUnavailable,
    /// A reply may or may not have gone out.
    DeliveryUnknown,
    /// A reply could not be delivered.
    DeliveryFailed,
    /// They asked for no more messages, and have written since.
    AfterRefusal,
    /// They ask for no more messages where no one can tell who they are.
    UnprovenRefusal,
    /// A machine seems to answer, and gets no more answers.
    AutomaticReplies,
}

impl EscalationReason {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CustomerAsked => "customer_asked",
            Self::Complaint => "complaint",
            Self::Emergency => "emergency",
            Self::TenantWord => "tenant_word",
            Self::TenantRule => "tenant_rule",
            Self::LongConversation => "long_conversation",
            Self::Unsure => "unsure",
            Self::AiUnavailable => "ai_unavailable",
            Self::DeliveryUnknown => "delivery_unknown",
            Self::DeliveryFailed => "delivery_failed",
            Self::AfterRefusal => "after_refusal",
            Self::UnprovenRefusal => "unproven_refusal",
            Self::AutomaticReplies => "automatic_replies",
        }
    }
}

/// What a customer waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlaTimer {
    /// The first answer to what they wrote, by whomever.
    FirstResponse,
    /// A word of a person, once one was called for.
    StaffResponse,
    /// The end of what a person was called for.
    Resolution,
}
