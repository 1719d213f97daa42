//! Appointments: who or what can be booked, when it is free, and how a booking goes from a hold to a visit that is over.
//!
//! A *resource* is in one place at a time. Its *day* holds what it is booked for, and every change names the version of
//! the day that it was decided on: of two who want one time, one is refused, whatever else they read. What is offered and
//! what is taken is decided by the same [`Calendar`]. Why it is so: `docs/decisions/024-a-resources-day-is-one-item.md`.

mod account;
mod appointment;
mod booking;
mod calendar;
mod calendar_file;
mod day;
mod outside;
mod outside_plan;
mod placing;
mod refusal;
mod resource;
mod room;
mod shown;
mod starts;
#[cfg(test)]
mod tests;
mod travel;
mod visiting;
mod waitlist;

pub use self::calendar::{Calendar, MAX_RANGE_DAYS, Slot, Terms, nearby};
pub use account::{
    Asked, CalendarAccess, CalendarAccount, CalendarChoice, CalendarSync, Channel, Closing, RefusedVisit, retry_after,
};
pub use appointment::{Appointment, AppointmentState};
pub use booking::{Booking, BookingState, Cancelled, CancelledBy, CustomerStep, HOLD, MAX_NOTE, Step};
pub use calendar_file::Parties;
pub use day::{CalendarDay, DayKey, DayOwner, Entry, Span};
pub use outside::{CalendarHealth, CalendarKind, DueCalendar, HORIZON_DAYS, OutsideCalendar, is_ours, uid};
pub use outside_plan::{CalendarReading, OutsidePlan, closed};
pub use placing::{DayChange, changes};
pub use refusal::Refusal;
pub use resource::{MAX_RESOURCES, Resource, TimeOff};
pub use shown::{Settling, ShownVisit, Told, event_id, of_event, settle};
pub use travel::{Place, Stay, Whereabouts, way};
pub use waitlist::{CLAIM, FreedTime, FreedTimeContext, MAX_WAITING, Match, OfferedTime, WaitlistEntry, has_room};
