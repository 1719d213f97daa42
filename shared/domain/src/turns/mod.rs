//! One turn: a message came in; who wrote it, what follows from the answer, what has to be stored.
//!
//! Pure. `ai-converse` loads, calls [`Turn::open`] and [`Turn::due`]; where an answer is due, it calls [`Turn::read_message`], [`Turn::arrange`] where a
//! [calendar](Turn::calendar_needed) has a say ([`Turn::left_to_people`] where it has none to a word that asks for one), [`Turn::take_findings`] where the business's
//! [documents](Turn::lookup) may, and has the [`Turn::reply_context`] answered; then it calls [`Turn::close`] and stores the [`Outcome`] in one transaction. Run twice on the same state it gives the same outcome, so a repeat changes nothing.

mod appointing;
pub mod booking;
mod calling;
pub mod canned;
mod closing;
mod consenting;
mod due;
mod extras;
mod findings;
mod held;
mod learning;
mod opening;
mod outcome;
mod prompting;
mod proving;
mod reading_message;
mod remembering;
pub mod replying;
pub mod suggesting;
pub mod talk;
mod team;
pub mod telling;
#[cfg(test)]
mod tests;
mod unanswered;

use jiff::Timestamp;

use crate::ContactId;
use crate::conversations::summary::Recalled;
use crate::conversations::wishes::When;
use crate::conversations::{Answer, Conversation, EscalationReason, Findings, Intent, Question, Task};
use crate::events::EventKind;
use crate::journeys::Person;
use crate::knowledge::gaps::UnansweredQuestion;
use crate::leads::Lead;
use crate::messaging::{Address, Inbound};
use crate::prompts::{PromptCount, PromptTrial};
use crate::scheduling::{Appointment, WaitlistEntry};
use crate::tenancy::usage::Spent;
use crate::tenancy::{BusinessContext, Tenant};

pub use booking::BookingChange;
pub use due::{Due, ReplyContext};
pub use outcome::{Heard, Outcome};

/// A turn between its two halves: the person is known, the answer is not.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    tenant: &'a Tenant,
    own: &'a BusinessContext,
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
    /// When they would like to come, as [`Turn::read_message`] read it.
    when: Option<When>,
    /// The appointment for which they ask another time by the word of its reminder, before the calendar is asked.
    other_time: Option<Appointment>,
    /// What the calendar says to it, as [`Turn::arrange`] found out.
    arranged: Option<booking::Arranged>,
    /// What they wait for from now on.
    waits: Option<WaitlistEntry>,
    /// What the business's documents say to it, as [`Turn::take_findings`] weighed it.
    findings: Findings,
    /// What was said before, as [`Turn::recall`] took it.
    memory: Vec<Recalled>,
    /// Staff have a task about what does not agree in the documents, or had one.
    is_dispute_known: bool,
    /// What models took for this message.
    pub spent: Vec<Spent>,
    /// The question to a model that the answer comes from, or would have.
    pub tried: Option<PromptTrial>,
    /// What is counted of the questions to models that sorted the message.
    pub sorted: Vec<PromptCount>,
    /// What it asks and the business's data does not answer.
    open_question: Option<UnansweredQuestion>,
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
    /// with the intent [`Intent::OptOut`] goes even to somebody who has refused ([`Message::opt_out`](crate::conversations::Message::opt_out)).
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
