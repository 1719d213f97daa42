//! Calendar files (iCalendar, RFC 5545): a visit is written as a file for the customer's calendar, and anybody's calendar is
//! read as the times that are taken.
//!
//! [`CalendarEvent::file`] promises a file that Outlook, Google and Apple take: whatever the texts hold, no line is added by them.
//! [`busy`] promises that one event that cannot be read never loses the rest, that work and memory are bounded whatever the
//! file says, and that whatever was left out or assumed is told. It reads nothing but the times: no title leaves the file.

mod read;
mod write;

pub use read::busy::{
    Busy, Feed, MAX_BYTES, MAX_EVENTS, MAX_OCCURRENCES, MAX_TROUBLES, Trouble, Unreadable, Why, busy,
};
pub use write::visit::{Attachment, CalendarEvent, Method, Party, Status};
