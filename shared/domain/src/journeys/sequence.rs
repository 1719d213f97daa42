//! Sequences as data: what begins and ends an enrollment, and what its steps do.
//!
//! A tenant's own sequence takes the place of a shipped one with the same id. What the types cannot say (steps that are
//! never reached, circles, missing texts) is checked when it is stored.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::Signal;
use crate::conversations::TaskKind;
use crate::ids::{SequenceId, StepId, VariantId};
use crate::leads::Stage;
use crate::leads::{LeadStatus, Score};
use crate::messaging::{Channel, Kind};
use crate::tenancy::Language;
use crate::tenancy::Template;

/// Outreach messages that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// Its slug.
    pub id: SequenceId,
    /// What people call it.
    #[schema(min_length = 1, max_length = 80, example = "Quote follow-up")]
    pub name: String,
    /// Whether new enrollments begin and running ones go on.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What its messages are.
    pub kind: Kind,
    /// What begins an enrollment: any of these. What it is about is what the event is about.
    #[schema(min_items = 1, max_items = 10)]
    pub enters_on: Vec<Entry>,
    /// Whether an enrollment is about the person, whatever event begins it: everything that happens to them concerns it, there
    /// is never more than one, and what begins one begins it again. Else it is about what the event names.
    #[serde(default)]
    pub about_the_person: bool,
    /// A person is not taken through it again for so many days after it began, whatever it is about. 0: no limit. Of one
    /// subject there is never more than one enrollment that goes on.
    #[serde(default)]
    #[schema(maximum = 3650)]
    pub rest_days: u32,
    /// What it is for: ends the enrollment and counts as success.
    #[serde(default)]
    pub converts_on: Vec<Signal>,
    /// What else ends the enrollment.
    #[serde(default)]
    pub stops_on: Vec<Signal>,
    /// What makes a person of the staff go on: ends the enrollment, and a task is made.
    #[serde(default)]
    pub hands_over_on: Vec<Signal>,
    /// What makes it wait.
    #[serde(default)]
    pub pauses_on: Vec<Pause>,
    /// What makes the next step come sooner.
    #[serde(default)]
    pub accelerates_on: Vec<Acceleration>,
    /// What it does, in this order unless a step says otherwise.
    #[schema(min_items = 1, max_items = 30)]
    pub steps: Vec<Step>,
}

fn yes() -> bool {
    true
}

impl Sequence {
    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The step that an enrollment begins with.
    #[must_use]
    pub fn first(&self) -> Option<&Step> {
        self.steps.first()
    }

    /// The step after `step`, once that is done; `None`: the enrollment is over.
    #[must_use]
    pub fn after(&self, step: &Step) -> Option<&Step> {
        match &step.then {
            Then::Next => self.next_in_list(step),
            Then::Step(id) => self.step(id),
            Then::End => None,
        }
    }

    /// The step in place of `step`, where its conditions are not so: the one it names, else the next in the list, whatever
    /// would come after `step` itself; `None`: the enrollment is over.
    #[must_use]
    pub fn instead_of(&self, step: &Step) -> Option<&Step> {
        match &step.otherwise {
            Some(id) => self.step(id),
            None => self.next_in_list(step),
        }
    }

    fn next_in_list(&self, step: &Step) -> Option<&Step> {
        self.steps.iter().skip_while(|other| other.id != step.id).nth(1)
    }
}

/// What begins an enrollment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SequenceEntry)]
pub struct Entry {
    /// The event.
    pub on: Signal,
    /// And all of this is so.
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// What makes an enrollment wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SequencePause)]
pub struct Pause {
    /// The event.
    pub on: Signal,
    /// For so long, in hours.
    #[schema(minimum = 1, maximum = 720)]
    pub hours: u32,
}

/// What makes the next step come sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SequenceAcceleration)]
pub struct Acceleration {
    /// The event.
    pub on: Signal,
    /// The next step comes within so many hours of it.
    #[schema(minimum = 1, maximum = 720)]
    pub within_hours: u32,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SequenceStep)]
pub struct Step {
    /// Its slug.
    pub id: StepId,
    /// When it is due.
    pub wait: Wait,
    /// It is done only if all of this is so at its time.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The step that comes in its place where that is not so; `None`: the next one.
    #[serde(default)]
    pub otherwise: Option<StepId>,
    /// What it does.
    pub does: Act,
    /// What comes after it.
    #[serde(default)]
    pub then: Then,
}

/// What comes after a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AfterStep)]
pub enum Then {
    /// The next one in the list; after the last one, the end.
    #[default]
    Next,
    /// This one.
    Step(StepId),
    /// Nothing: the enrollment is over.
    End,
}

/// When a step is due. Times of day are in the person's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = StepWait)]
pub enum Wait {
    /// So long after the step before it, or after the enrollment began.
    After {
        /// How long, in minutes.
        #[schema(maximum = 1_051_200)]
        minutes: u32,
    },
    /// On this day after the enrollment began (0 is the same day), at this time of day.
    OnDay {
        /// The day.
        #[schema(maximum = 730)]
        day: u32,
        /// What time of day.
        #[schema(value_type = String, example = "16:00")]
        at: Time,
    },
    /// So long before the appointment begins.
    BeforeAppointment {
        /// How long, in minutes.
        #[schema(maximum = 43_200)]
        minutes: u32,
    },
    /// On the morning of the appointment, at this time of day.
    AppointmentDay {
        /// What time of day.
        #[schema(value_type = String, example = "07:00")]
        at: Time,
    },
    /// So long after the appointment ended.
    AfterAppointment {
        /// How long, in minutes.
        #[schema(maximum = 1_051_200)]
        minutes: u32,
    },
    /// So many days before the invoice is due, at this time of day.
    BeforeDueDate {
        /// How many days.
        #[schema(maximum = 365)]
        days: u32,
        /// What time of day.
        #[schema(value_type = String, example = "10:00")]
        at: Time,
    },
    /// So many days after the invoice is due, at this time of day.
    AfterDueDate {
        /// How many days.
        #[schema(maximum = 365)]
        days: u32,
        /// What time of day.
        #[schema(value_type = String, example = "10:00")]
        at: Time,
    },
    /// As the person reacts (seed 001, 4.3): the day after to who reacts often, three days later to who reacts now and
    /// then, a week later to who does not.
    AsTheyReact {
        /// What time of day.
        #[schema(value_type = String, example = "10:00")]
        at: Time,
    },
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = StepAct)]
pub enum Act {
    /// Writes to the person.
    Message(Box<Text>),
    /// Has a person of the staff do something.
    Task {
        /// What kind of thing.
        kind: TaskKind,
        /// What, with places to fill in such as `{name}`.
        #[schema(min_length = 1, max_length = 160, example = "Call {name} about the quote for {service}")]
        title: String,
        /// What to know before, with places to fill in.
        #[serde(default)]
        #[schema(max_length = 1000)]
        note: String,
        /// Whether it goes before others.
        #[serde(default)]
        urgent: bool,
    },
    /// Notes where the person stands now: what only time tells.
    Mark {
        /// The stage.
        stage: Stage,
    },
}

/// A message of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StepMessage)]
pub struct Text {
    /// The channel.
    pub channel: Route,
    /// What it says: one text, or several that are tried against each other; the first is what the others are measured by.
    #[schema(min_items = 1, max_items = 5)]
    pub variants: Vec<Variant>,
    /// For so many hours after its time it still says something worth saying.
    #[serde(default = "a_day")]
    #[schema(minimum = 1, maximum = 720)]
    pub good_for_hours: u32,
    /// Whether its time of day may move to when this person reacts best.
    #[serde(default)]
    pub at_their_best_hour: bool,
}

fn a_day() -> u32 {
    24
}

/// Which way a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MessageRoute)]
pub enum Route {
    /// The channel on which the person reacts best, of those on which they can be reached.
    Best,
    /// The first of these on which they can be reached.
    FirstOf(Vec<Channel>),
}

/// One of several texts of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TextVariant)]
pub struct Variant {
    /// Its slug.
    pub id: VariantId,
    /// What it says, by language, with places to fill in such as `{name}`; a part in square brackets is left out where
    /// nothing is known for a place in it: `your quote[ for {service}]`. There must be one in the tenant's language or in
    /// English.
    pub texts: BTreeMap<Language, String>,
    /// The subject line by e-mail, by language.
    #[serde(default)]
    pub subjects: BTreeMap<Language, String>,
    /// What a model is asked to write in place of the text; the text goes out where there is no model, or it fails.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub prompt: Option<String>,
    /// The approved template for WhatsApp outside its window; its values may have places.
    #[serde(default)]
    pub template: Option<Template>,
}

/// Something that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = SequenceCondition)]
pub enum Condition {
    /// The person is in one of these stages.
    StageIn(Vec<Stage>),
    /// The lead's score is one of these.
    ScoreIn(Vec<Score>),
    /// The lead has one of these statuses.
    StatusIn(Vec<LeadStatus>),
    /// The lead is open, and in the assistant's hands.
    LeadIsOurs(bool),
    /// The last word in their latest conversation was the business's, and no person was called.
    WeSpokeLast(bool),
    /// The quote was opened.
    QuoteOpened(bool),
    /// The message of the enrollment before this step was opened.
    LastOpened(bool),
    /// The quote or invoice is of this amount or more, in the smallest unit.
    AmountAtLeast(i64),
    /// The appointment is confirmed.
    Confirmed(bool),
    /// The invoice is to be paid.
    Unpaid(bool),
    /// The person can be reached on this channel.
    Reachable(Channel),
    /// The person reacts like this.
    Reacts(Vec<Level>),
    /// The person is treated with special care.
    Vip(bool),
}

/// How much a person reacts (seed 001, 4.3 B).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EngagementLevel)]
pub enum Level {
    /// No reaction.
    Low,
    /// One or two.
    Medium,
    /// Three or more.
    High,
}
