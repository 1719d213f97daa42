//! Resources, their days, and the bookings in them.

pub(crate) mod account;
pub(crate) mod appointments;
mod around;
pub(crate) mod days;
pub(crate) mod entities;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod no_show;
pub(crate) mod outside;
pub(crate) mod places;
pub(crate) mod resources;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod schedulers;
pub(crate) mod waitlist;
pub(crate) mod writes;

crate::repositories! {
    /// Appointments, and the days of the resources that they take.
    appointments: Appointments;
    /// Calendars outside of Porchlight.
    outside_calendars: OutsideCalendars;
}
