//! What follows from an event or from a step that is due: the journey as it is now, and what goes with it.
//!
//! One journey update is one transaction, except for its schedules, which are made before it. If the journey was then not stored, its
//! schedule is stale, and whoever gets it does nothing.

use jiff::Timestamp;

use super::{DueStep, Ended, Ending, Journey, MAX_ENDED_RUNS, Run, Sequence};
use crate::TenantId;
use crate::conversations::{Conversation, Message, Task};
use crate::events::EventKind;
use crate::ids::{RunId, SequenceId, StepId, VariantId};
use crate::journeys::Person;
use crate::leads::Stage;
use crate::leads::{Contact, Lead};
use crate::messaging::OptOutState;
use crate::prompts::PromptCount;
use crate::tenancy::Tenant;
use crate::tenancy::usage::Spent;

/// What a decision looks at.
#[derive(Debug, Clone, Copy)]
pub struct JourneyContext<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The contact.
    pub person: &'a Person,
    /// The tenant's sequences: its own, and the shipped ones that it has none in place of.
    pub sequences: &'a [Sequence],
    /// The link to the appointment that is written about, where there is one and a text asks for it.
    pub visit_link: Option<&'a str>,
}

impl<'a> JourneyContext<'a> {
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

    /// Their opt-out state.
    #[must_use]
    pub fn opt_out_state(&self) -> &'a OptOutState {
        &self.person.opt_out_state
    }
}

/// What follows.
#[derive(Debug, Clone, PartialEq)]
pub struct JourneyUpdate {
    /// The journey as it is now; its `version` is the one that was read.
    pub journey: Journey,
    /// Steps that are due later: one schedule each.
    pub schedules: Vec<DueStep>,
    /// Messages to be queued.
    pub messages: Vec<Draft>,
    /// Tasks for the staff.
    pub tasks: Vec<Task>,
    /// What other functions hear of, that its messages wait among it.
    pub events: Vec<EventKind>,
    /// What is counted of texts that are tried against each other.
    pub variant_stats: Vec<VariantCount>,
    /// What models took for its texts.
    pub spent: Vec<Spent>,
    /// What is counted of the questions to them.
    pub prompt_counts: Vec<PromptCount>,
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
pub struct VariantCount {
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

impl JourneyUpdate {
    /// Nothing follows.
    #[must_use]
    pub fn none(journey: Journey) -> Self {
        Self {
            journey,
            schedules: Vec::new(),
            messages: Vec::new(),
            tasks: Vec::new(),
            events: Vec::new(),
            variant_stats: Vec::new(),
            spent: Vec::new(),
            prompt_counts: Vec::new(),
            changed: false,
        }
    }

    /// The journey changed.
    #[must_use]
    pub fn of(journey: Journey) -> Self {
        Self { changed: true, ..Self::none(journey) }
    }

    /// When the earliest step of an enrollment that goes on is due (UTC).
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.journey.next_due()
    }

    /// From now on they stand there; told to others. `at` is when that came about.
    pub(super) fn move_to(&mut self, stage: Stage, at: Timestamp) {
        let was = std::mem::replace(&mut self.journey.stage, stage);
        self.journey.stage_since = at;
        self.events.push(EventKind::JourneyStageChanged { contact: self.journey.contact, stage, was });
    }

    /// Ends an enrollment that goes on; told to others. `why` goes on from "It ended: ".
    pub(super) fn end(&mut self, id: RunId, name: &str, how: Ending, why: &str, now: Timestamp) {
        let Some(run) = self.journey.runs.iter_mut().find(|run| run.id == id && run.is_running()) else { return };
        run.ended = Some(Ended { at: now, how, why: why.to_owned() });
        let (contact, sequence) = (self.journey.contact, run.sequence.clone());
        // Someone who writes often ends as many enrollments that have said nothing: that is no news.
        if run.touches > 0 || how != Ending::Answered {
            self.journey.add_log_entry(now, format!("“{name}” ended: {why}"));
        }
        self.events.push(EventKind::SequenceEnded { contact, sequence, run: id, how });
        self.journey.prune_runs();
    }

    /// The next step of an enrollment, and when it is due; scheduled.
    pub(super) fn proceed(&mut self, tenant: &TenantId, id: RunId, step: &StepId, due: Timestamp) {
        let Some(run) = self.journey.runs.iter_mut().find(|run| run.id == id) else { return };
        run.step = step.clone();
        run.due = due;
        let point = DueStep { tenant: tenant.clone(), contact: self.journey.contact, run: id, step: step.clone(), due };
        self.schedules.retain(|other| other.run != id);
        self.schedules.push(point);
    }

    /// A person of the staff is to do this; told to others.
    pub(super) fn ask_staff(&mut self, task: Task) {
        self.events.push(EventKind::TaskCreated { task: task.id, contact: task.contact });
        self.tasks.push(task);
    }

    /// An enrollment led to what it is for: each of its texts counts once, where it may be its success.
    pub(super) fn count_converted(&mut self, run: &Run, at: Timestamp) {
        if run.counts_as_success(at) {
            let variant_count =
                |(step, variant): (&StepId, &VariantId)| run.variant_count(step, variant, Counted::Converted);
            self.variant_stats.extend(run.variants.iter().map(variant_count));
        }
    }

    /// The person refused: the last text counts, where it may be to blame.
    pub(super) fn count_opted_out(&mut self, run: &Run, at: Timestamp) {
        let last = run.last_step.as_ref().filter(|_| run.is_to_blame(at));
        let text = last.and_then(|step| run.variants.get_key_value(step));
        self.variant_stats.extend(text.map(|(step, variant)| run.variant_count(step, variant, Counted::OptedOut)));
    }
}

impl Run {
    fn variant_count(&self, step: &StepId, variant: &VariantId, what: Counted) -> VariantCount {
        VariantCount { sequence: self.sequence.clone(), step: step.clone(), variant: variant.clone(), what }
    }
}

impl Journey {
    /// Forgets enrollments that are over beyond [`MAX_ENDED_RUNS`]: those that said nothing before those that did, the oldest
    /// first, and the last one of each sequence at the end, because the rest between two enrollments counts from it.
    pub(super) fn prune_runs(&mut self) {
        let ended = |run: &&Run| !run.is_running();
        while self.runs.iter().filter(ended).count() > MAX_ENDED_RUNS {
            let is_last = |run: &Run| {
                !self.runs.iter().any(|other| other.sequence == run.sequence && other.started_at > run.started_at)
            };
            let least =
                self.runs.iter().filter(ended).min_by_key(|run| (is_last(run), run.touches > 0, run.started_at));
            let Some(id) = least.map(|run| run.id) else { return };
            self.runs.retain(|run| run.id != id);
        }
    }
}
