//! One turn: a message came in; who wrote it, what follows from the answer, what has to be stored.
//!
//! Pure. `ai-converse` loads, calls [`Turn::open`] and [`Turn::due`]; where an answer is due, it calls [`Turn::hear`] and has the
//! [`Turn::scene`] answered; then it calls [`Turn::close`] and stores the [`Outcome`] in one transaction. Run twice on the same state it gives the same outcome, so a repeat changes nothing.

mod appointing;
mod calling;
mod closing;
mod consenting;
mod due;
mod hearing;
mod held;
mod learning;
mod opening;
mod outcome;
mod proving;
mod team;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::wishes::When;
use super::{Answer, Conversation, Delivery, EscalationReason, Intent, Question, Task};
use crate::ContactId;
use crate::events::EventKind;
use crate::leads::{Lead, Person};
use crate::messaging::{Address, DeliveryState, Inbound};
use crate::tenancy::Tenant;
use crate::tenancy::usage::Spent;

pub(super) use closing::next_millisecond;
pub use due::{Due, Scene};
pub use outcome::{Heard, Outcome};

/// A turn between its two halves: the person is known, the answer is not.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    tenant: &'a Tenant,
    inbound: &'a Inbound,
    now: Timestamp,
    /// Who writes, everything merged.
    pub person: Person,
    /// The thread the message belongs to; not among the person's.
    pub thread: Conversation,
    /// Everybody found, as they were read.
    found: Vec<Person>,
    past_leads: Vec<Lead>,
    past_threads: Vec<Conversation>,
    /// Contacts that may be the same person, as is news.
    duplicates: Vec<ContactId>,
    /// Addresses of the message that lead to those others.
    taken: Vec<Address>,
    events: Vec<EventKind>,
    /// What the staff are to do besides.
    tasks: Vec<Task>,
    /// The question that the last reply asks, where the message was written before that reply.
    crossed: Option<Question>,
    /// They are told how to come back.
    told: bool,
    /// What a person is called for, though no answer says so.
    wanted: Option<EscalationReason>,
    /// What is sent to an address that a visitor of the chat gave, for them to prove it.
    code: Option<proving::Code>,
    /// When they would like to come, as [`Turn::hear`] read it.
    when: Option<When>,
    /// What models took for this message.
    pub spent: Vec<Spent>,
}

/// What answers the message.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// An answer goes out.
    Answered {
        /// The answer.
        answer: Box<Answer>,
        /// The rules or an outage call for a person.
        escalate: Option<EscalationReason>,
    },
    /// A consent word or a word about an appointment is confirmed: the answer goes out, and nothing else follows from it. One
    /// with the intent [`Intent::OptOut`] goes even to somebody who has refused ([`Message::opt_out`](super::Message::opt_out)).
    Confirmed {
        /// The answer.
        answer: Box<Answer>,
        /// It changed consent: whether messages are refused now.
        suppressed: Option<bool>,
    },
    /// Nothing goes out: a reaction, a consent word, a suppressed sender.
    Silent {
        /// What the message was.
        intent: Intent,
        /// It changed consent: whether messages are refused now.
        suppressed: Option<bool>,
    },
}

impl Turn<'_> {
    /// What the message says of one of the contact's appointments, and what the staff have to do about it.
    pub fn note_appointment(&mut self, said: EventKind, task: Option<Task>) {
        self.events.push(said);
        if let Some(task) = task {
            self.events.push(EventKind::TaskCreated { task: task.id, contact: task.contact });
            self.tasks.push(task);
        }
    }
}

/// A queued delivery, untouched by the gate.
pub(super) fn queued(to: Address, answers_at: Option<Timestamp>, now: Timestamp) -> Delivery {
    Delivery {
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
