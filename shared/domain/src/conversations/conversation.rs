//! A thread with one lead on one channel.

use crate::tenancy::EscalationReason;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use dates::Wish;

use super::proof::Proof;
use super::{Handling, InvitedTo, Offer, Repeats, SlaClock, Stated, SuggestedExtra};
use crate::identity::Actor;
use crate::ids::{AppointmentId, QuestionId, RuleId, StaffId};
use crate::messaging::{Address, Channel};
use crate::prompts::ThreadPrompt;
use crate::tenancy::Language;
use crate::{ContactId, ConversationId, EscalationId, LeadId};

/// How many of the last messages a responder sees (seed 003, 1.2).
pub const HISTORY_LINES: usize = 10;
/// How long after its last message a thread is still the same conversation (seed 003, 1.2).
pub const REUSE_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// A thread with one lead on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Conversation {
    /// Derived from the message that opened it.
    pub id: ConversationId,
    /// Whose it is.
    pub contact: ContactId,
    /// What it is about.
    pub lead: LeadId,
    /// The one channel it lives on.
    pub channel: Channel,
    /// The widget's session, for chat.
    #[serde(default)]
    pub session: Option<String>,
    /// The one address that its customer writes from.
    #[serde(default)]
    pub peer: Option<Address>,
    /// What they said about themselves in it.
    #[serde(default)]
    pub stated: Stated,
    /// Whether it goes on.
    pub status: ConversationStatus,
    /// The open escalation: at most one.
    #[serde(default)]
    pub escalation: Option<EscalationId>,
    /// The language the customer writes.
    pub language: Language,
    /// The last lines, oldest first, at most 10: what a responder sees.
    #[serde(default)]
    pub recent: Vec<Line>,
    /// The question that the last reply asked.
    #[serde(default)]
    pub asked: Option<Question>,
    /// The reply before had asked it too.
    #[serde(default)]
    pub asked_again: bool,
    /// Every question that was asked in it, as often as it was: the second time in other words, and no third time.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// When its customer would like to come, as far as they have said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub wish: Option<Wish>,
    /// The free times that they were told, and the one that is held for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// What they were invited to in it, by a campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<InvitedTo>,
    /// The appointment that was booked in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<AppointmentId>,
    /// What was suggested in it beside the services: at most one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<SuggestedExtra>,
    /// Those before it whose summaries whoever answers in it may be told, the latest first: at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 3)]
    pub earlier: Vec<ConversationId>,
    /// The version of the instructions with which a model last answered in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<ThreadPrompt>,
    /// The code with which a visitor of the chat proves an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// When the last reply was queued (UTC). What was written before does not answer it.
    #[serde(default)]
    pub replied_at: Option<Timestamp>,
    /// How often the customer has said the same.
    #[serde(default)]
    pub repeats: Repeats,
    /// How long its customer waits, and for what.
    #[serde(default)]
    pub sla: SlaClock,
    /// When staff were last told of an emergency in it (UTC).
    #[serde(default)]
    pub alarmed_at: Option<Timestamp>,
    /// How many messages there were when its last escalation was resolved: from there on it is judged whether it gets long.
    #[serde(default)]
    pub resolved_count: u32,
    /// Who answers in it, and whose it is among the staff.
    #[serde(default)]
    pub handling: Handling,
    /// Messages in and out.
    pub message_count: u32,
    /// When it began (UTC).
    pub started_at: Timestamp,
    /// When the last message came or went (UTC).
    pub last_message_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// Whether a conversation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStatus {
    /// Goes on.
    Active,
    /// A person was called; the assistant still answers what it can.
    Escalated,
    /// Over: a message on the next day or later, or after a visit was booked, opens a new one; an earlier one goes on with it.
    Ended,
}

/// One line of history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// Who said it.
    pub role: Role,
    /// What they said; at most 2,000 characters.
    pub text: String,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessageRole)]
pub enum Role {
    /// The customer.
    Customer,
    /// Porchlight.
    Assistant,
    /// A person of the tenant.
    Staff,
    /// Porchlight, to the tenant's staff: never shown to the customer.
    Notice,
}

/// A question that a reply asks, so that the next message can be read as its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Which service.
    Service,
    /// Where.
    Location,
    /// When.
    Timeline,
    /// How much.
    Budget,
    /// Who decides.
    DecisionMaker,
    /// Which day and time would suit.
    BookingTime,
    /// Which day: the time is known.
    Day,
    /// What time: the day is known.
    Hour,
    /// How many nights, or until which day: the day of arrival is known.
    Departure,
    /// Whether the appointment that they have is the one to cancel.
    CancelThis,
    /// Whether the appointment that they have is the one to move.
    MoveThis,
    /// Whether they want to be on the waiting list.
    Waitlist,
    /// Their name, and how they can be reached.
    Contact,
    /// Their name.
    Name,
    /// One of the business's own (`intake` in the tenant's settings).
    Intake(QuestionId),
}

/// A request for a person's attention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Escalation {
    /// Derived from the conversation and the message that caused it.
    pub id: EscalationId,
    /// The conversation it is about.
    pub conversation: ConversationId,
    /// The lead it is about.
    pub lead: LeadId,
    /// Why.
    pub reason: EscalationReason,
    /// The tenant's rule that called for it, where one did.
    #[serde(default)]
    pub rule: Option<RuleId>,
    /// Who is to deal with it; `None`: anybody.
    #[serde(default)]
    pub assignee: Option<StaffId>,
    /// Whether somebody has dealt with it.
    pub status: EscalationStatus,
    /// When it was raised (UTC).
    pub raised_at: Timestamp,
    /// Who dealt with it, once somebody has.
    #[serde(default)]
    pub resolution: Option<Resolution>,
}

/// The end of an escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resolution {
    /// When (UTC).
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What they did about it, in their words.
    #[schema(max_length = 1000, example = "Called back; the leak is being fixed today.")]
    pub note: String,
}

/// The longest note with which an escalation is resolved, in characters.
pub const MAX_NOTE: usize = 1_000;

/// Whether somebody has dealt with an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationStatus {
    /// Waiting.
    Pending,
    /// Done.
    Resolved,
}

impl Conversation {
    /// A new one in which nothing was said.
    #[must_use]
    pub fn new(
        id: ConversationId,
        contact: ContactId,
        lead: LeadId,
        channel: Channel,
        language: Language,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            contact,
            lead,
            channel,
            session: None,
            peer: None,
            stated: Stated::default(),
            status: ConversationStatus::Active,
            escalation: None,
            language,
            recent: Vec::new(),
            asked: None,
            asked_again: false,
            questions: Vec::new(),
            wish: None,
            offer: None,
            invited: None,
            booked: None,
            extra: None,
            earlier: Vec::new(),
            prompt: None,
            proof: None,
            sla: SlaClock::default(),
            replied_at: None,
            repeats: Repeats::default(),
            alarmed_at: None,
            resolved_count: 0,
            handling: Handling::default(),
            message_count: 0,
            started_at: now,
            last_message_at: now,
            version: 0,
        }
    }

    /// Whether a message from `from` at `now` still belongs to it. Each address has a thread of its own: what is said to one
    /// is not shown to another, and two people who were merged can be taken apart again. What staff have begun goes on however long
    /// the customer takes.
    #[must_use]
    pub fn continues(&self, from: &Address, now: Timestamp) -> bool {
        let is_over = self.status == ConversationStatus::Ended;
        let same = match (&self.peer, &self.session, from) {
            (Some(peer), _, _) => peer == from,
            // A thread that was stored before peers were.
            (None, Some(mine), Address::Chat(session)) => mine == session,
            (None, _, _) => self.channel != Channel::Chat,
        };
        let soon = || now.duration_since(self.last_message_at) <= REUSE_WINDOW;
        if is_over {
            // Who writes again right after a goodbye speaks of the same request; behind a booked visit it may be of the next.
            return same && soon() && self.booked.is_none();
        }
        same && (soon() || self.channel == Channel::Chat || self.handling.keeps_open())
    }

    /// Whether a person of the staff is talking in it: it goes on, and the assistant is quiet.
    #[must_use]
    pub fn is_held_by_staff(&self) -> bool {
        self.status != ConversationStatus::Ended && self.handling.is_with_staff() && self.handling.resolved_at.is_none()
    }

    /// Whether more than `patience` messages came and went since it began, or since a person last dealt with it.
    #[must_use]
    pub fn is_long(&self, patience: u32) -> bool {
        self.message_count.saturating_sub(self.resolved_count) > patience
    }

    /// Adds a line of history and forgets the oldest beyond [`HISTORY_LINES`].
    pub fn remember(&mut self, role: Role, text: &str) {
        self.recent.push(Line { role, text: text.chars().take(2_000).collect() });
        let surplus = self.recent.len().saturating_sub(HISTORY_LINES);
        self.recent.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    fn thread(channel: Channel, session: Option<&str>, last_message_at: Timestamp) -> Conversation {
        let tenant = TenantId::new("acme").unwrap();
        Conversation {
            session: session.map(ToOwned::to_owned),
            version: 1,
            ..Conversation::new(
                ConversationId::derive(&tenant, &["c"]),
                ContactId::derive(&tenant, &["c"]),
                LeadId::derive(&tenant, &["c"]),
                channel,
                Language::english(),
                last_message_at,
            )
        }
    }

    fn chat(session: &str) -> Address {
        Address::Chat(session.to_owned())
    }

    #[test]
    fn a_thread_goes_on_for_a_day_after_its_last_message() {
        let last: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let second = SignedDuration::from_secs(1);
        let phone =
            |last: u32| Address::Phone(crate::messaging::Phone::e164(&format!("+130355501{last}"), "p").unwrap());
        for channel in [Channel::Sms, Channel::Whatsapp, Channel::Email] {
            let stored_before_peers = thread(channel, None, last);
            let with_peer = Conversation { peer: Some(phone(11)), ..stored_before_peers.clone() };
            for thread in [stored_before_peers, with_peer.clone()] {
                assert!(thread.continues(&phone(11), last + REUSE_WINDOW));
                assert!(!thread.continues(&phone(11), last + REUSE_WINDOW + second));
                // A clock that is behind does not end it.
                assert!(thread.continues(&phone(11), last - second));
            }
            assert!(!with_peer.continues(&phone(12), last), "another address has a thread of its own");
        }
    }

    #[test]
    fn questions_are_stored_by_name_and_the_businesss_own_by_their_id() {
        let own = Question::Intake(QuestionId::new("roof-age").unwrap());
        for (question, stored) in [(Question::DecisionMaker, "\"decision_maker\""), (own, r#"{"intake":"roof-age"}"#)] {
            assert_eq!(serde_json::to_string(&question).unwrap(), stored);
            assert_eq!(serde_json::from_str::<Question>(stored).unwrap(), question);
        }
    }

    #[test]
    fn a_chat_thread_goes_on_in_its_own_session_only() {
        let last: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let in_a_year = last + SignedDuration::from_hours(24 * 365);
        let stored_before_peers = thread(Channel::Chat, Some("s-1"), last);
        let with_peer = Conversation { peer: Some(chat("s-1")), ..stored_before_peers.clone() };
        for thread in [stored_before_peers, with_peer] {
            assert!(thread.continues(&chat("s-1"), in_a_year));
            assert!(!thread.continues(&chat("s-2"), last));
        }
    }

    #[test]
    fn an_escalated_thread_goes_on_and_an_ended_one_for_a_day() {
        let last: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        for channel in [Channel::Sms, Channel::Chat] {
            let mut thread = thread(channel, None, last);
            for status in [ConversationStatus::Active, ConversationStatus::Escalated, ConversationStatus::Ended] {
                thread.status = status;
                thread.peer = Some(chat("s-1"));
                assert!(thread.continues(&chat("s-1"), last + REUSE_WINDOW), "{channel} {status:?}");
            }
            assert!(!thread.continues(&chat("s-1"), last + REUSE_WINDOW + SignedDuration::from_secs(1)), "{channel}");
        }
    }
}
