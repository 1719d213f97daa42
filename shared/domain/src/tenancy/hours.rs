//! Opening hours: split shifts, spans across midnight, next opening.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// A weekly timetable in the tenant's zone. A day without spans is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// Spans that begin on Monday.
    pub monday: Vec<Span>,
    /// Spans that begin on Tuesday.
    pub tuesday: Vec<Span>,
    /// Spans that begin on Wednesday.
    pub wednesday: Vec<Span>,
    /// Spans that begin on Thursday.
    pub thursday: Vec<Span>,
    /// Spans that begin on Friday.
    pub friday: Vec<Span>,
    /// Spans that begin on Saturday.
    pub saturday: Vec<Span>,
    /// Spans that begin on Sunday.
    pub sunday: Vec<Span>,
}

/// One stretch of opening; `close` at or before `open` means the following day (`00:00` to `00:00` is the whole day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First open moment.
    pub open: Time,
    /// First closed moment.
    pub close: Time,
}
