//! Many write at once: each decides on what it read a while ago, and the table takes only what names the versions that
//! are there. Whatever the order, nobody is booked twice and nothing that was booked is lost.

use super::*;
use crate::scheduling::{Calendar, Cancelled, CancelledBy, DayChange, DayKey, DayOwner, Step, changes};
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeMap;

const RACERS: usize = 64;
const MOST_A_DAY: usize = 9;
/// Friday, 8 in the morning in Denver.
const OPENS: &str = "2026-12-04T15:00:00Z";

/// The table: it takes a transaction only as a whole, and only over the versions that it names.
#[derive(Default)]
struct Table {
    days: BTreeMap<DayKey, (CalendarDay, u64)>,
    bookings: BTreeMap<AppointmentId, (Booking, u64)>,
}

/// What a racer has decided and not written yet.
struct Plan {
    after: Booking,
    booking_version: u64,
    days: Vec<DayChange>,
    versions: BTreeMap<DayKey, u64>,
}

/// What a racer wants, at one of some times.
#[derive(Debug, Clone)]
enum Wish {
    Make { held: bool, slot: i64 },
    Move { slot: i64 },
    Take(usize),
}

/// One moment of the race.
#[derive(Debug, Clone)]
enum Moment {
    Decide(usize, Wish),
    Write(usize),
    Wait(i64),
}

impl Table {
    fn decide(&self, racer: usize, wish: &Wish, tenant: &Tenant, people: &[Resource], now: Timestamp) -> Option<Plan> {
        let terms = Terms::of(tenant, None, &inspection()).unwrap();
        let name = racer.to_string();
        let there = self.bookings.get(&id(&name));
        let days: Vec<CalendarDay> = self.days.values().map(|(day, _)| day.clone()).collect();
        let calendar = Calendar { terms: &terms, resources: people, days: &days, moving: Some(id(&name)), now };
        let choose = |slot: &i64| calendar.choose(at(OPENS) + SignedDuration::from_mins(slot * 20), &[]).ok();
        let before = there.map(|(booking, _)| booking);
        let after = match wish {
            Wish::Make { held, slot } if before.is_none() => booking(&name, &choose(slot)?, &terms, *held, now),
            Wish::Move { slot } => {
                let before = before.filter(|before| before.check_moves().is_ok())?;
                let held_until = before.held_until.map(|_| now + HOLD);
                before.clone().at(&choose(slot)?, &terms, held_until, now)
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

    fn write(&mut self, plan: Plan) {
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

    fn check(&self) -> Result<(), TestCaseError> {
        for (day, _) in self.days.values() {
            let mut entries: Vec<_> = day.entries.values().map(|entry| (entry.from, entry.to)).collect();
            entries.sort_unstable();
            match day.key.owner {
                DayOwner::Service(_) => prop_assert!(entries.len() <= MOST_A_DAY, "more than are done in a day"),
                DayOwner::Resource(_) => {
                    prop_assert!(entries.windows(2).all(|pair| pair[0].1 <= pair[1].0), "twice: {:?}", day);
                }
            }
        }
        let booked = self.bookings.values().map(|(booking, _)| booking);
        for booking in booked.filter(|booking| booking.takes_time() && booking.state != BookingState::Held) {
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

fn moments() -> impl Strategy<Value = Vec<Moment>> {
    let racer = 0..RACERS;
    let slot = 0..24_i64;
    let wish = prop_oneof![
        4 => (any::<bool>(), slot.clone()).prop_map(|(held, slot)| Wish::Make { held, slot }),
        2 => slot.prop_map(|slot| Wish::Move { slot }),
        3 => any::<usize>().prop_map(Wish::Take),
    ];
    let moment = prop_oneof![
        8 => (racer.clone(), wish).prop_map(|(racer, wish)| Moment::Decide(racer, wish)),
        8 => racer.prop_map(Moment::Write),
        1 => (0..9_i64).prop_map(Moment::Wait),
    ];
    prop::collection::vec(moment, 0..400)
}

fn people() -> [Resource; 2] {
    [person("ana", &json!({})), person("ben", &json!({}))]
}

proptest! {
    #[test]
    fn nobody_is_booked_twice_and_nothing_booked_is_lost(moments in moments()) {
        let tenant = shop(json!({
            "needs": [{"kind": "person"}], "buffer_after_minutes": 10, "most_a_day": MOST_A_DAY,
        }));
        let (mut table, people) = (Table::default(), people());
        let mut plans: BTreeMap<usize, Plan> = BTreeMap::new();
        let mut now = at("2026-12-03T23:00:00Z");
        for moment in moments {
            match moment {
                Moment::Decide(racer, wish) => {
                    plans.extend(table.decide(racer, &wish, &tenant, &people, now).map(|plan| (racer, plan)));
                }
                Moment::Write(racer) => {
                    if let Some(plan) = plans.remove(&racer) {
                        table.write(plan);
                        table.check()?;
                    }
                }
                Moment::Wait(minutes) => now += SignedDuration::from_mins(minutes),
            }
        }
    }

    #[test]
    fn what_is_offered_is_taken_and_what_is_not_offered_is_refused(
        taken in prop::collection::vec((0..60_i64, any::<bool>()), 0..12), pair in any::<bool>(),
    ) {
        let count = if pair { 2 } else { 1 };
        let tenant = shop(json!({
            "needs": [{"kind": "person", "count": count}], "buffer_before_minutes": 10, "every_minutes": 5,
        }));
        let (now, people) = (at("2026-12-03T23:00:00Z"), people());
        let terms = Terms::of(&tenant, None, &inspection()).unwrap();
        let mut bookings: Vec<Booking> = Vec::new();
        for (index, (start, held)) in taken.into_iter().enumerate() {
            let days = days_of(&bookings, now);
            let calendar = Calendar { terms: &terms, resources: &people, days: &days, moving: None, now };
            let slot = calendar.choose(at(OPENS) + SignedDuration::from_mins(start * 10), &[]).ok();
            let made = slot.map(|slot| booking(&index.to_string(), &slot, &terms, held, now));
            bookings.extend(made);
        }
        let days = days_of(&bookings, now);
        let calendar = Calendar { terms: &terms, resources: &people, days: &days, moving: None, now };
        let (from, to) = (at("2026-12-04T14:00:00Z"), at("2026-12-05T02:00:00Z"));
        let slots = calendar.slots(from, to, 1_000);
        for minute in (0..12 * 60).step_by(5) {
            let start = from + SignedDuration::from_mins(minute);
            let offered = slots.iter().find(|slot| slot.starts_at == start);
            let taken = calendar.choose(start, &[]).ok();
            prop_assert_eq!(taken.as_ref(), offered);
        }
    }
}

#[test]
fn of_64_who_want_one_time_one_has_it() {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let (one, now) = ([person("ana", &json!({}))], at("2026-12-03T23:00:00Z"));
    let mut table = Table::default();
    let wish = Wish::Make { held: false, slot: 3 };
    let plans: Vec<Plan> = (0..RACERS).map(|racer| table.decide(racer, &wish, &tenant, &one, now).unwrap()).collect();
    plans.into_iter().for_each(|plan| table.write(plan));
    assert_eq!(table.bookings.len(), 1);
    assert!(
        (0..RACERS).all(|racer| table.decide(racer, &wish, &tenant, &one, now).is_none()),
        "who reads again sees it"
    );
}
