//! The calendar as a whole: what it offers, what it refuses, and what becomes of it when many write.

mod availability;
mod life;
mod races;
mod schedules;
mod table;
mod travel;
mod waitlist;
mod zones;

use jiff::Timestamp;
use serde_json::{Value, from_value, json};

use super::{Booking, BookingState, CalendarDay, HOLD, Resource, Slot, Terms};
use crate::TenantId;
use crate::ids::{AppointmentId, ContactId, ServiceId};
use crate::samples::roofer;
use crate::tenancy::Tenant;

/// Numbers that look random, the same for the same seed (splitmix64).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(most).unwrap()).unwrap()
    }

    pub(super) fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn id(name: &str) -> AppointmentId {
    AppointmentId::derive(&TenantId::new("acme").unwrap(), &[name])
}

pub(super) fn inspection() -> ServiceId {
    ServiceId::new("roof-inspection").unwrap()
}

/// The roofer, whose inspections take an hour and are booked by these rules.
pub(super) fn shop(rules: Value) -> Tenant {
    let mut tenant = roofer();
    tenant.services[0].booking = Some(from_value(rules).unwrap());
    tenant
}

pub(super) fn person(id: &str, change: &Value) -> Resource {
    let mut person = json!({"id": id, "name": id, "kind": "person"});
    person.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    from_value(person).unwrap()
}

/// A booking at a slot, held or booked.
pub(super) fn booking(name: &str, slot: &Slot<'_>, terms: &Terms<'_>, held: bool, now: Timestamp) -> Booking {
    let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &[name]);
    let blank = Booking::new(id(name), contact, terms, now);
    blank.at(slot, terms, held.then(|| now + HOLD), now)
}

/// The days in which bookings stand that take nobody's time from each other.
pub(super) fn days_of(bookings: &[Booking], now: Timestamp) -> Vec<CalendarDay> {
    let mut days: Vec<CalendarDay> = Vec::new();
    for booking in bookings {
        for key in booking.days() {
            if days.iter().all(|day| day.key != key) {
                days.push(CalendarDay::empty(key.clone()));
            }
            let day = days.iter_mut().find(|day| day.key == key).unwrap();
            assert!(day.enter(booking.id, booking.entry(), now));
        }
    }
    days
}
