//! Journeys: everything that the business begins by itself.
//!
//! One gate decides about every message ([`gate()`]), one document holds a person's way ([`Journey`]), and sequences are data
//! ([`Sequence`]). All of it is pure: time comes in as a parameter, chance not at all.

mod appointment_reply;
mod appointment_words;
mod brief;
mod check;
mod conditions;
mod course;
mod digest;
mod due;
mod engagement;
mod fill;
pub mod gate;
mod hear;
mod journey;
mod ledger;
mod merge;
mod place;
mod preferences;
mod react;
mod rehearse;
mod route;
mod run;
#[cfg(test)]
mod samples;
mod sequence;
mod shipped;
mod signal;
mod stage;
#[cfg(test)]
mod tests;
mod threads;
mod touch;
mod variants;

pub use appointment_reply::Said;
pub use appointment_words::{AppointmentWord, answer_to, appointment_word};
pub use brief::{Brief, Unfit};
pub use conditions::holds;
pub use course::{Counted, Course, Draft, Scene, Tally};
pub use digest::digest;
pub use due::{at_best_hour, due};
pub use engagement::{Engagement, Reactions};
pub use fill::{Missing, PLACES, fill, in_their_language};
pub use gate::{Cleared, Dossier, Ruling, gate, home_zone};
pub use hear::hear;
pub use journey::{
    Appointment, AppointmentState, ConsentRecord, Frequency, Invoice, InvoiceState, Journey, LogEntry, MAX_ENDED_RUNS,
    MAX_LOG, MAX_SEEN, Money, Preferences, Quote, QuoteState, Sent, Waiting,
};
pub use merge::absorb;
pub use rehearse::{Happening, Rehearsed, rehearse};
pub use route::route;
pub use run::{Ended, Ending, Run, Subject, TouchPoint};
pub use sequence::{
    Acceleration, Act, Condition, Entry, Level, Pause, Route, Sequence, Step, Text, Then, Variant, Wait,
};
pub use shipped::{in_force, shipped};
pub use signal::Signal;
pub use stage::Stage;
pub use touch::touch;
pub use variants::{Judgement, Tallied, Tallies, assign, judge};
