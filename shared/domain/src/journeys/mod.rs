//! Journeys: everything that the business begins by itself.
//!
//! One gate decides about every message ([`gate()`]), one document holds a person's way ([`Journey`]), and sequences are data
//! ([`Sequence`]). All of it is pure: time comes in as a parameter, chance not at all.

mod apply_event;
mod appointment_reply;
mod appointment_words;
mod brief;
mod calendar_tasks;
mod check;
mod conditions;
mod digest;
mod due;
mod engagement;
mod entering;
mod filing;
mod freed_time;
pub mod gate;
mod journey;
mod journey_update;
mod ledger;
mod merge;
pub mod no_show;
mod person;
mod place;
mod preferences;
mod react;
mod render;
mod route;
mod run;
mod run_step;
#[cfg(test)]
mod samples;
mod sequence;
mod shipped;
mod simulate;
mod stage;
#[cfg(test)]
mod tests;
mod threads;
mod variants;
mod waiting_task;

pub use crate::conversations::claims::Unfit;
pub use crate::events::{Ending, Signal, Subject};
pub use apply_event::apply_event;
pub use appointment_reply::Said;
pub use appointment_words::{AppointmentWord, answer_to, appointment_word};
pub use brief::Brief;
pub use calendar_tasks::CalendarTask;
pub use conditions::holds;
pub use digest::digest;
pub use due::{at_best_hour, due};
pub use engagement::{Engagement, Reactions};
pub use entering::{Entered, LeadEntry, MESSAGE_FIELD, Opened};
pub use filing::{Filing, file};
pub use freed_time::{FreedTimeOffer, NotNow, other_visit_task};
pub use gate::{Cleared, Ruling, SendContext, gate, home_zone};
pub use journey::{
    ConsentRecord, Frequency, Journey, LogEntry, MAX_ENDED_RUNS, MAX_LOG, MAX_SEEN, Preferences, Sent, Waiting,
};
pub use journey_update::{Counted, Draft, JourneyContext, JourneyUpdate, VariantCount};
pub use merge::merge;
pub use person::{Leftovers, Person, survivor};
pub(crate) use render::subject_of;
pub use render::{FilledIn, Local, Missing, PLACES, VISIT_LINK, check_places, fill_in, in_their_language, render};
pub(crate) use render::{Part, first_name, parts_with};
pub(crate) use route::address_on;
pub use route::route;
pub use run::{DueStep, Ended, Run};
pub use run_step::run_step;
pub use sequence::{
    Acceleration, Act, Condition, Entry, Level, Pause, Route, Sequence, Step, Text, Then, Variant, Wait,
};
pub use shipped::{in_force, shipped};
pub use simulate::{Happening, Simulated, simulate};
pub(crate) use threads::thread_for;
pub use variants::{Judgement, Tallied, VariantStats, assign, judge};
pub use waiting_task::waiting_task;
