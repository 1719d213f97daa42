//! What follows from an event or from a step that is due: the journey as it is now, and what goes with it.
//!
//! One course is one transaction, but for its schedules, which are made before it: a schedule whose journey was not stored
//! is stale, and whoever gets it does nothing.

use jiff::Timestamp;

use super::{Journey, Sequence, TouchPoint};
use crate::conversations::{Conversation, Message, Task};
use crate::events::EventKind;
use crate::ids::{SequenceId, StepId, VariantId};
use crate::leads::{Contact, Lead, Person};
use crate::messaging::Standing;
use crate::tenancy::Tenant;

/// What a decision looks at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Whose.
    pub tenant: &'a Tenant,
    /// Who.
    pub person: &'a Person,
    /// The tenant's sequences: its own, and the shipped ones that it has none in place of.
    pub sequences: &'a [Sequence],
}

impl<'a> Scene<'a> {
    /// The contact.
    #[must_use]
    pub fn contact(&self) -> &'a Contact {
        &self.person.contact
    }

    /// Their latest lead.
    #[must_use]
    pub fn lead(&self) -> &'a Lead {
        &self.person.lead
    }

    /// How they stand to the business's messages.
    #[must_use]
    pub fn standing(&self) -> &'a Standing {
        &self.person.standing
    }
}

/// What follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The journey as it is now; its `version` is the one that was read.
    pub journey: Journey,
    /// Steps that are due later: one schedule each.
    pub schedules: Vec<TouchPoint>,
    /// Messages to be queued.
    pub messages: Vec<Draft>,
    /// Tasks for the staff.
    pub tasks: Vec<Task>,
    /// What other functions hear of, besides the messages' own `message.queued`.
    pub events: Vec<EventKind>,
    /// What is counted of texts that are tried against each other.
    pub tallies: Vec<Tally>,
    /// Whether there is anything to store.
    pub changed: bool,
}

/// A message to be queued, and the thread it goes into.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The message, with the fallback text where `prompt` is given.
    pub message: Message,
    /// The thread as it is now; its `version` is the one that was read.
    pub thread: Conversation,
    /// The thread was opened for this message.
    pub opened: bool,
    /// The thread that stood in its place, and is over.
    pub past: Option<Conversation>,
    /// What a model is asked to write in place of the text.
    pub prompt: Option<String>,
}

/// One count for one of several texts of a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// The sequence.
    pub sequence: SequenceId,
    /// The step.
    pub step: StepId,
    /// The text.
    pub variant: VariantId,
    /// What happened.
    pub what: Counted,
}

/// What is counted of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// A person got it.
    Sent,
    /// It led to what the sequence is for.
    Converted,
    /// The person wants to hear nothing more.
    OptedOut,
}

impl Course {
    /// Nothing follows.
    #[must_use]
    pub fn none(journey: Journey) -> Self {
        Self {
            journey,
            schedules: Vec::new(),
            messages: Vec::new(),
            tasks: Vec::new(),
            events: Vec::new(),
            tallies: Vec::new(),
            changed: false,
        }
    }

    /// The journey changed.
    #[must_use]
    pub fn of(journey: Journey) -> Self {
        Self { changed: true, ..Self::none(journey) }
    }

    /// When the earliest step of a passage that goes on is due (UTC).
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.journey.next_due()
    }
}
