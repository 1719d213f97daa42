//! Journeys: everything that the business begins by itself.
//!
//! One gate decides about every message ([`gate`]), one document holds a person's way ([`Journey`]), and sequences are data
//! ([`Sequence`]). All of it is pure: time comes in as a parameter, chance not at all.

mod course;
mod engagement;
pub mod gate;
mod journey;
mod run;
mod sequence;
mod signal;
mod stage;

pub use course::{Counted, Course, Draft, Scene, Tally};
pub use engagement::{Engagement, Reactions};
pub use gate::{Cleared, Dossier, Ruling, gate};
pub use journey::{
    Appointment, AppointmentState, ConsentRecord, Frequency, Invoice, InvoiceState, Journey, LogEntry, MAX_ENDED_RUNS,
    MAX_LOG, MAX_SEEN, Money, Preferences, Quote, QuoteState, Sent, Waiting,
};
pub use run::{Ended, Ending, Run, Subject, TouchPoint};
pub use sequence::{
    Acceleration, Act, Condition, Entry, Level, Pause, Route, Sequence, Step, Text, Then, Variant, Wait,
};
pub use signal::Signal;
pub use stage::Stage;
