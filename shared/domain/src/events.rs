//! Domain events: what other functions may act on. Names and details are listed in `docs/events.md`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conversations::EscalationReason;
use crate::leads::{LeadStatus, Score};
use crate::messaging::{Channel, MessageRef, Source};
use crate::tenancy::usage::Month;
use crate::{ContactId, ConversationId, EscalationId, EventId, LeadId, TenantId};

/// The `source` of every event on the bus.
pub const EVENT_SOURCE: &str = "porchlight";

/// One thing that happened, as it goes over the bus: EventBridge `detail-type` is [`EventKind::name`], `detail` is this, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The same happening has the same id, however often it is published.
    pub id: EventId,
    /// Whose.
    pub tenant: TenantId,
    /// When (UTC).
    pub at: Timestamp,
    /// Of the message that started it all.
    pub correlation_id: String,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum EventKind {
    /// A lead was opened.
    #[serde(rename = "lead.created")]
    LeadCreated {
        /// Which.
        lead: LeadId,
        /// Whose.
        contact: ContactId,
        /// How they came.
        source: Source,
    },
    /// A lead's score changed.
    #[serde(rename = "lead.scored")]
    LeadScored {
        /// Which.
        lead: LeadId,
        /// To.
        score: Score,
        /// From.
        was: Score,
    },
    /// A lead's status changed.
    #[serde(rename = "lead.status_changed")]
    LeadStatusChanged {
        /// Which.
        lead: LeadId,
        /// To.
        status: LeadStatus,
        /// From.
        was: LeadStatus,
    },
    /// Two contacts turned out to be one person.
    #[serde(rename = "contact.merged")]
    ContactMerged {
        /// Who goes on.
        into: ContactId,
        /// Who does not.
        from: ContactId,
    },
    /// A message waits to be sent.
    #[serde(rename = "message.queued")]
    MessageQueued {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
    },
    /// A vendor took a message.
    #[serde(rename = "message.sent")]
    MessageSent {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
    },
    /// A message did not leave: held, skipped, dropped, failed or unknown.
    #[serde(rename = "message.not_sent")]
    MessageNotSent {
        /// Which.
        message: MessageRef,
        /// Which way.
        channel: Channel,
        /// Where it ended.
        state: crate::messaging::DeliveryState,
        /// Why.
        reason: String,
    },
    /// A person is wanted.
    #[serde(rename = "escalation.raised")]
    EscalationRaised {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
        /// Why.
        reason: EscalationReason,
    },
    /// A person has dealt with it.
    #[serde(rename = "escalation.resolved")]
    EscalationResolved {
        /// Which.
        escalation: EscalationId,
        /// Where.
        conversation: ConversationId,
    },
    /// A customer asked for a time.
    #[serde(rename = "booking.requested")]
    BookingRequested {
        /// Which lead.
        lead: LeadId,
        /// Their words.
        time: String,
    },
    /// An address asked to hear nothing more, or to hear again.
    #[serde(rename = "consent.changed")]
    ConsentChanged {
        /// Whose.
        contact: ContactId,
        /// On which channel it was said.
        channel: Channel,
        /// Whether messages are refused now.
        suppressed: bool,
    },
    /// So much of the month's tokens is used up.
    #[serde(rename = "usage.threshold_reached")]
    UsageThresholdReached {
        /// Of which month.
        month: Month,
        /// The threshold, in percent of what the plan includes.
        percent: u8,
        /// Tokens used by then.
        tokens: u64,
    },
    /// A month is over and its usage final.
    #[serde(rename = "usage.month_closed")]
    UsageMonthClosed {
        /// Which.
        month: Month,
        /// Tokens read and written.
        tokens: u64,
        /// What they cost, in millionths of a dollar; of models without a known price, nothing.
        cost_microdollars: u64,
    },
}

impl EventKind {
    /// The event's name: EventBridge's `detail-type`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LeadCreated { .. } => "lead.created",
            Self::LeadScored { .. } => "lead.scored",
            Self::LeadStatusChanged { .. } => "lead.status_changed",
            Self::ContactMerged { .. } => "contact.merged",
            Self::MessageQueued { .. } => "message.queued",
            Self::MessageSent { .. } => "message.sent",
            Self::MessageNotSent { .. } => "message.not_sent",
            Self::EscalationRaised { .. } => "escalation.raised",
            Self::EscalationResolved { .. } => "escalation.resolved",
            Self::BookingRequested { .. } => "booking.requested",
            Self::ConsentChanged { .. } => "consent.changed",
            Self::UsageThresholdReached { .. } => "usage.threshold_reached",
            Self::UsageMonthClosed { .. } => "usage.month_closed",
        }
    }
}
