//! Who has a thread: the assistant, a person of the staff, or nobody; and whether staff are done with it, or look at it later.
//!
//! | step | who answers | whose it is | besides |
//! |---|---|---|---|
//! | a reply of the staff | staff | its writer's, where it was nobody's | open again |
//! | take over | staff | theirs who take it over | open again |
//! | hand back | the assistant | nobody's | what it has asked and knows stays in the thread |
//! | assign | as before | as said | open again, where it is somebody's |
//! | resolve | the assistant | as before | the open escalation is resolved with it |
//! | snooze | as before | as before | open again, and out of the queues until then |
//! | the customer writes | as before | as before | open again |
//!
//! Pure, and a step that is repeated changes nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::escalating::{self, breached};
use super::{Conversation, ConversationStatus, Escalation, Resolution, summary};
use crate::Failure;
use crate::events::EventKind;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::ids::AccountId;

/// The longest that a thread may be snoozed.
const MAX_SNOOZE: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Who has a thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Handling {
    /// Who answers the customer.
    pub answers: Answers,
    /// Whose it is among the staff; absent: nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AccountId>,
    /// It comes up again then (UTC), or when the customer writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// Since when staff are done with it (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
}

/// Who answers the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// The assistant.
    #[default]
    Assistant,
    /// People of the staff; the assistant is quiet.
    Staff,
}

/// Who has a thread at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The assistant.
    Assistant,
    /// This person.
    Person(AccountId),
    /// Nobody: it was taken from the assistant, and is anybody's.
    Nobody,
}

/// What staff do with a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// From now on staff answer: this person, where a person did it.
    TakeOver {
        /// Who.
        by: Option<AccountId>,
    },
    /// The assistant answers again.
    HandBack,
    /// It is this person's, or nobody's.
    Assign {
        /// Whose.
        to: Option<AccountId>,
    },
    /// Staff are done with it.
    Resolve,
    /// It comes up again then.
    Snooze {
        /// When (UTC).
        until: Timestamp,
    },
}

/// What a step stores.
#[derive(Debug, Clone, PartialEq)]
pub struct Handled {
    /// The thread as it is from now on.
    pub thread: Conversation,
    /// The escalation that ended with it.
    pub escalation: Option<Escalation>,
    /// What other functions hear of.
    pub events: Vec<EventKind>,
}

impl Handling {
    /// Who has it.
    #[must_use]
    pub fn holder(&self) -> Holder {
        match (self.answers, self.assignee) {
            (Answers::Assistant, _) => Holder::Assistant,
            (Answers::Staff, Some(account)) => Holder::Person(account),
            (Answers::Staff, None) => Holder::Nobody,
        }
    }

    /// Whether the assistant is quiet.
    #[must_use]
    pub fn is_with_staff(&self) -> bool {
        self.holder() != Holder::Assistant
    }

    /// Whether the customer's next message belongs to it, however late it comes: staff have it, or will look at it.
    #[must_use]
    pub fn keeps_open(&self) -> bool {
        self.is_with_staff() || self.snoozed_until.is_some()
    }

    /// Brings it up again.
    pub fn wake(&mut self) {
        self.snoozed_until = None;
        self.resolved_at = None;
    }

    /// A person wrote in it, or a program for them (`None`): staff have it.
    pub fn replied(&mut self, by: Option<AccountId>) {
        self.wake();
        self.answers = Answers::Staff;
        self.assignee = self.assignee.or(by);
    }

    /// As it is after `step` at `at`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `until`, where that is not ahead or too far.
    pub fn after(&self, step: &Step, at: Timestamp) -> Result<Self, Failure> {
        let mut after = self.clone();
        match *step {
            Step::TakeOver { by } => {
                after.wake();
                after.answers = Answers::Staff;
                after.assignee = by.or(self.assignee);
            }
            Step::HandBack => {
                after.answers = Answers::Assistant;
                after.assignee = None;
            }
            Step::Assign { to } => {
                after.assignee = to;
                // What is someone's is not done: a resolved thread would be in no queue of theirs.
                after.resolved_at = self.resolved_at.filter(|_| to.is_none());
            }
            Step::Resolve => {
                after.answers = Answers::Assistant;
                after.snoozed_until = None;
                after.resolved_at = self.resolved_at.or(Some(at));
            }
            Step::Snooze { until } => {
                after.resolved_at = None;
                after.snoozed_until = Some(snoozed(until, at)?);
            }
        }
        Ok(after)
    }
}

/// Until when a thread is snoozed, to the second: lists compare the moment as text.
fn snoozed(until: Timestamp, at: Timestamp) -> Result<Timestamp, Failure> {
    if until <= at || until.duration_since(at) > MAX_SNOOZE {
        return Err(Failure::invalid("until", "until must be a moment from now on, within a year"));
    }
    Ok(Timestamp::from_second(until.as_second()).unwrap_or(until))
}

/// What `step` of `by` does to `thread`, whose open escalation is `open`. `None`: nothing, it is so already.
///
/// # Errors
/// As [`Handling::after`].
pub fn handle(
    thread: &Conversation,
    open: Option<&Escalation>,
    step: &Step,
    by: &Actor,
    at: Timestamp,
) -> Result<Option<Handled>, Failure> {
    let handling = thread.handling.after(step, at)?;
    let mut done =
        Handled { thread: Conversation { handling, ..thread.clone() }, escalation: None, events: Vec::new() };
    match step {
        Step::Resolve => done.resolve(open, by, at),
        // A person who was called is still called for.
        Step::HandBack if thread.escalation.is_none() => done.thread.sla.on_hand_back(),
        Step::TakeOver { .. } | Step::Snooze { .. } | Step::Assign { to: Some(_) } => done.thread.goes_on(),
        Step::HandBack | Step::Assign { to: None } => {}
    }
    Ok((done.thread != *thread).then_some(done))
}

impl Handled {
    fn resolve(&mut self, open: Option<&Escalation>, by: &Actor, at: Timestamp) {
        let note = "Resolved with its conversation".to_owned();
        let resolution = Resolution { at, by: by.clone(), note };
        if let Some((escalation, thread, events)) =
            open.and_then(|open| escalating::resolve(open, &self.thread, resolution))
        {
            (self.thread, self.escalation, self.events) = (thread, Some(escalation), events);
        }
        let late = self.thread.sla.on_resolve(at);
        self.events.extend(late.into_iter().map(|breach| breached(&self.thread, breach)));
        self.events.extend(summary::due_when_over(&self.thread));
        self.thread.escalation = None;
        if self.thread.status == ConversationStatus::Escalated {
            self.thread.status = ConversationStatus::Active;
        }
    }
}

impl Conversation {
    /// What the assistant had ended goes on.
    pub(crate) fn goes_on(&mut self) {
        if self.status == ConversationStatus::Ended {
            self.status = ConversationStatus::Active;
        }
    }
}

/// Says that a step needs the thread in which its customer goes on.
#[must_use]
pub fn is_over() -> Failure {
    let message =
        "this conversation is over: its customer goes on in another one, or has a new one when they write again";
    Failure::rejected(Rejection::Conflict, message)
}

#[cfg(test)]
mod tests;
