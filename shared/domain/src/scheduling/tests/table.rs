//! The table, as many write to it at once: each decides on what it read a while ago.

use super::*;
use crate::scheduling::{Calendar, Cancelled, CancelledBy, DayChange, DayKey, DayOwner, Step, changes, way};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The table: it takes a transaction only as a whole, and only over the versions that it names.
#[derive(Default)]
pub(super) struct Table {
    pub(super) days: BTreeMap<DayKey, (CalendarDay, u64)>,
    pub(super) bookings: BTreeMap<AppointmentId, (Booking, u64)>,
}

/// What a racer has decided and not written yet.
pub(super) struct Plan {
    after: Booking,
    booking_version: u64,
    days: Vec<DayChange>,
    versions: BTreeMap<DayKey, u64>,
}

/// What a racer wants, at one of some times.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    Make { held: bool, at: Timestamp },
    Move { at: Timestamp },
    Take(usize),
}

impl Table {
    /// What a racer decides on what is there now.
    pub(super) fn decide(
        &self,
        racer: usize,
        wish: &Wish,
        terms: &Terms<'_>,
        people: &[Resource],
        now: Timestamp,
    ) -> Option<Plan> {
        let name = racer.to_string();
        let there = self.bookings.get(&id(&name));
        let days: Vec<CalendarDay> = self.days.values().map(|(day, _)| day.clone()).collect();
        let calendar = Calendar { terms, resources: people, days: &days, moving: Some(id(&name)), now };
        let choose = |at: &Timestamp| calendar.choose(*at, &[]).ok();
        let before = there.map(|(booking, _)| booking);
        let after = match wish {
            Wish::Make { held, at } if before.is_none() => booking(&name, &choose(at)?, terms, *held, now),
            Wish::Move { at } => {
                let before = before.filter(|before| before.check_moves().is_ok())?;
                let held_until = before.held_until.map(|_| now + HOLD);
                before.clone().at(&choose(at)?, terms, held_until, now)
            }
            Wish::Take(step) => before?.after(&steps()[step % steps().len()], now).ok()??,
            Wish::Make { .. } => return None,
        };
        let read = self.days.iter().map(|(key, (day, _))| (key.clone(), day.clone())).collect();
        Some(Plan {
            days: changes(before, &after, &read, now).ok()?,
            after,
            booking_version: there.map_or(0, |(_, version)| *version),
            versions: self.days.iter().map(|(key, (_, version))| (key.clone(), *version)).collect(),
        })
    }

    fn version(&self, key: &DayKey) -> u64 {
        self.days.get(key).map_or(0, |(_, version)| *version)
    }

    /// Writes what was decided, over what it was decided on alone.
    pub(super) fn write(&mut self, plan: Plan) {
        let holds = plan.days.iter().all(|change| match change {
            DayChange::Write(day) => self.version(&day.key) == plan.versions.get(&day.key).copied().unwrap_or(0),
            DayChange::Leave(key) => self.days.contains_key(key),
        });
        let there = self.bookings.get(&plan.after.id).map_or(0, |(_, version)| *version);
        if !holds || there != plan.booking_version {
            return;
        }
        for change in plan.days {
            match change {
                DayChange::Write(day) => {
                    let next = self.version(&day.key) + 1;
                    self.days.insert(day.key.clone(), (day, next));
                }
                DayChange::Leave(key) => {
                    let (day, version) = self.days.get_mut(&key).unwrap();
                    day.entries.remove(&plan.after.id);
                    *version += 1;
                }
            }
        }
        self.bookings.insert(plan.after.id, (plan.after, there + 1));
    }

    /// No one is booked twice or farther away than there is time, and nothing that was booked is lost; no more are booked of a
    /// service than are done in a day.
    pub(super) fn check(&self, most_a_day: usize) -> Result<(), TestCaseError> {
        for (day, _) in self.days.values() {
            let mut entries: Vec<_> = day.entries.values().map(|entry| (entry.from, entry.to)).collect();
            entries.sort_unstable();
            match day.key.owner {
                DayOwner::Service(_) => prop_assert!(entries.len() <= most_a_day, "more than are done in a day"),
                DayOwner::Resource(_) => {
                    prop_assert!(entries.windows(2).all(|pair| pair[0].1 <= pair[1].0), "twice: {:?}", day);
                }
            }
        }
        let booked = self.bookings.values().map(|(booking, _)| booking);
        let booked = booked.filter(|booking| booking.takes_time() && booking.state != BookingState::Held);
        let booked: Vec<&Booking> = booked.collect();
        for (one, other) in booked.iter().flat_map(|one| booked.iter().map(move |other| (one, other))) {
            let is_one_after_other = one.starts_at < other.starts_at && one.resources == other.resources;
            if let Some((from, to)) = one.place.zip(other.place).filter(|_| is_one_after_other) {
                prop_assert!(other.starts_at.duration_since(one.ends_at) >= way(from, to), "the way is lost");
            }
        }
        for booking in booked {
            for key in booking.days() {
                let stands = self.days.get(&key).and_then(|(day, _)| day.entries.get(&booking.id));
                prop_assert_eq!(stands, Some(&booking.entry()), "it is lost");
            }
        }
        Ok(())
    }
}

fn steps() -> [Step; 4] {
    let cancel = Step::Cancel(Cancelled { by: CancelledBy::Customer, why: String::new() });
    [Step::Book, Step::Book, Step::Confirm, cancel]
}
