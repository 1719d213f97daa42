//! One stored message, in or out, with all that a replay shows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::identity::Actor;
use crate::identity::test_mode::is_test;
use crate::messaging::delivery::Tries;

use super::{Action, Author, Citation, ExtraMention, Intent, Outreach, ReceivedFiles, Role, Sentiment};
use crate::messaging::{
    Address, Amendment, Channel, Content, DeliveryState, Kind, MessageRef, Ruled, Source, TextConsent, Verdict,
    Withheld,
};
use crate::tenancy::Language;
use crate::tenancy::Template;
use crate::{LeadId, MessageId};

/// One message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Its thread, time and id.
    #[serde(rename = "ref")]
    pub reference: MessageRef,
    /// The lead it belongs to.
    pub lead: LeadId,
    /// Who wrote it.
    pub role: Role,
    /// The channel it came or goes on.
    pub channel: Channel,
    /// What a person reads.
    pub text: String,
    /// What the customer sent, whole (customer only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// The files among it: a customer's once they were fetched, or those that staff sent along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<ReceivedFiles>,
    /// The webhook it came through (customer only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The vendor's id of what the customer sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_id: Option<String>,
    /// What they did to it later, where they did (customer only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<Amendment>,
    /// What the customer said with it about being texted, and its proof (customer only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_consent: Option<TextConsent>,
    /// Why it got no automatic answer, where a limit of the door says so (customer only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// The message that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<MessageId>,
    /// Who answered and at what cost (assistant only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// How sure the responder was, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    /// From taking the record off the queue to the decision, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_ms: Option<u64>,
    /// What the customer wants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<Intent>,
    /// How the customer feels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<Sentiment>,
    /// What was done besides replying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// The language it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The places in the business's documents that it goes back to (assistant only).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// Why staff are told (notices only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeKind>,
    /// What makes it one that nobody waits for (outreach messages only).
    #[serde(rename = "touch", default, skip_serializing_if = "Option::is_none")]
    pub outreach: Option<Outreach>,
    /// The extra that it suggests, takes or declines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<ExtraMention>,
    /// It tells somebody who asked for no more messages that it is so, and how they come back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opt_out: bool,
    /// Who of the staff wrote it (staff only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// What became of it (outgoing only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// Travels with everything the first message caused.
    pub correlation_id: String,
}

impl Delivery {
    /// A queued one, untouched by the gate.
    #[must_use]
    pub fn queued(to: Address, answers_at: Option<Timestamp>, now: Timestamp) -> Self {
        Self {
            to,
            state: DeliveryState::Queued,
            verdict: None,
            rulings: Vec::new(),
            answers_at,
            vendor_id: None,
            reason: None,
            attempts: 0,
            tried_at: None,
            template: None,
            by_twilio: false,
            changed_at: now,
        }
    }
}

impl Message {
    /// One of which nothing is known but who says what where.
    #[must_use]
    pub fn new(
        reference: MessageRef,
        lead: LeadId,
        role: Role,
        channel: Channel,
        text: String,
        correlation_id: String,
    ) -> Self {
        Self {
            reference,
            lead,
            role,
            channel,
            text,
            content: None,
            files: None,
            source: None,
            vendor_id: None,
            amended: None,
            text_consent: None,
            withheld: None,
            in_reply_to: None,
            author: None,
            confidence: None,
            processing_ms: None,
            intent: None,
            sentiment: None,
            action: None,
            language: None,
            citations: Vec::new(),
            notice: None,
            outreach: None,
            extra: None,
            opt_out: false,
            by: None,
            delivery: None,
            correlation_id,
        }
    }

    /// The calls that were made for it; `delivery` is its own.
    #[must_use]
    pub fn tries(&self, delivery: &Delivery) -> Tries {
        Tries {
            kind: self.kind(),
            first: delivery.tried_at.unwrap_or(delivery.changed_at),
            count: delivery.attempts.max(1),
            expires_at: self.outreach.as_ref().map(|outreach| outreach.expires_at),
        }
    }

    /// Whether a key for tests caused it: it never leaves.
    #[must_use]
    pub fn is_test(&self) -> bool {
        is_test(&self.correlation_id)
    }

    /// What it is: an outreach message's kind, else a notice, the word to somebody who refused, or a reply.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (&self.outreach, self.role) {
            (Some(outreach), _) => outreach.kind,
            (None, Role::Notice) => Kind::Notice,
            (None, _) if self.opt_out => Kind::OptOut,
            (None, _) => Kind::Reply,
        }
    }

    /// Whether it goes out although its recipient asked for no more messages: a notice to staff, the word that tells them so, and
    /// an answer in the chat of a web page, which they read where they ask.
    #[must_use]
    pub fn passes_refusal(&self) -> bool {
        let is_answer = self.outreach.is_none();
        self.role == Role::Notice || (is_answer && (self.opt_out || self.channel == Channel::Chat))
    }

    /// The approved template that says what it says, where it has one.
    #[must_use]
    pub fn template(&self) -> Option<&Template> {
        let of_outreach = self.outreach.as_ref().and_then(|outreach| outreach.template.as_ref());
        of_outreach.or_else(|| self.delivery.as_ref()?.template.as_ref())
    }
}

/// Why staff are told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A lead became hot.
    HotLead,
    /// A person is wanted.
    Escalation,
    /// A customer asked for a time.
    BookingRequest,
    /// Messages do not reach customers.
    NotDelivered,
    /// A customer wrote to the person who has the conversation.
    CustomerWaits,
    /// Somebody of the staff was mentioned in a note.
    Mentioned,
    /// A conversation was assigned to somebody of the staff.
    Assigned,
}

/// What became of an outgoing message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    /// Where it goes.
    pub to: Address,
    /// Where it is.
    pub state: DeliveryState,
    /// What the gate said, last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// All that the gate said before and when, oldest first, the last included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Ruled>,
    /// When the message that it answers came in (UTC); `None` for a message nobody waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_at: Option<Timestamp>,
    /// The vendor's id, once it took the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_id: Option<String>,
    /// Why it is where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Calls made to the vendor.
    #[serde(default)]
    pub attempts: u32,
    /// When the first of them was made (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried_at: Option<Timestamp>,
    /// The approved template that says the same, by WhatsApp outside its window; an outreach message has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// Twilio carries it although it is WhatsApp: the message that it answers came that way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_twilio: bool,
    /// When `state` last changed (UTC).
    pub changed_at: Timestamp,
}

impl Delivery {
    /// When the gate let the message out (UTC), as far as that is known: else when its state last changed.
    #[must_use]
    pub fn left_at(&self) -> Timestamp {
        let cleared = self.rulings.iter().rev().find(|ruled| matches!(ruled.verdict, Verdict::Allowed { .. }));
        cleared.map_or(self.changed_at, |ruled| ruled.at)
    }
}
