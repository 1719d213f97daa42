//! Many write at once: each decides on what it read a while ago, and the table takes only what names the versions that
//! are there. Whatever the order, nobody is booked twice and nothing that was booked is lost.

use super::table::{Plan, Table, Wish};
use super::*;
use crate::scheduling::Calendar;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::BTreeMap;

const RACERS: usize = 64;
pub(super) const MOST_A_DAY: usize = 9;
/// Friday, 8 in the morning in Denver.
const OPENS: &str = "2026-12-04T15:00:00Z";

/// One moment of the race.
#[derive(Debug, Clone)]
pub(super) enum Moment {
    Decide(usize, Wish),
    Write(usize),
    Wait(i64),
}

/// A race for times of eight hours from `opens` on.
pub(super) fn moments(opens: &'static str) -> impl Strategy<Value = Vec<Moment>> {
    let racer = 0..RACERS;
    let slot = (0..24_i64).prop_map(move |slot| at(opens) + SignedDuration::from_mins(slot * 20));
    let wish = prop_oneof![
        4 => (any::<bool>(), slot.clone()).prop_map(|(held, at)| Wish::Make { held, at }),
        2 => slot.prop_map(|at| Wish::Move { at }),
        3 => any::<usize>().prop_map(Wish::Take),
    ];
    let moment = prop_oneof![
        8 => (racer.clone(), wish).prop_map(|(racer, wish)| Moment::Decide(racer, wish)),
        8 => racer.prop_map(Moment::Write),
        1 => (0..9_i64).prop_map(Moment::Wait),
    ];
    prop::collection::vec(moment, 0..400)
}

pub(super) fn people() -> [Resource; 2] {
    [person("ana", &json!({})), person("ben", &json!({}))]
}

/// Runs a race, each racer on the terms that `of` says, and checks the table after every write.
pub(super) fn race<'t>(moments: Vec<Moment>, of: impl Fn(usize) -> Terms<'t>) -> Result<(), TestCaseError> {
    let (mut table, people) = (Table::default(), people());
    let mut plans: BTreeMap<usize, Plan> = BTreeMap::new();
    let mut now = at("2026-12-03T23:00:00Z");
    for moment in moments {
        match moment {
            Moment::Decide(racer, wish) => {
                plans.extend(table.decide(racer, &wish, &of(racer), &people, now).map(|plan| (racer, plan)));
            }
            Moment::Write(racer) => {
                if let Some(plan) = plans.remove(&racer) {
                    table.write(plan);
                    table.check(MOST_A_DAY)?;
                }
            }
            Moment::Wait(minutes) => now += SignedDuration::from_mins(minutes),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn nobody_is_booked_twice_and_nothing_booked_is_lost(moments in moments(OPENS)) {
        let tenant = shop(json!({
            "needs": [{"kind": "person"}], "buffer_after_minutes": 10, "most_a_day": MOST_A_DAY,
        }));
        race(moments, |_| Terms::of(&tenant, None, &inspection()).unwrap())?;
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
    let (mut table, terms) = (Table::default(), Terms::of(&tenant, None, &inspection()).unwrap());
    let wish = Wish::Make { held: false, at: at(OPENS) + SignedDuration::from_hours(1) };
    let plans: Vec<Plan> = (0..RACERS).map(|racer| table.decide(racer, &wish, &terms, &one, now).unwrap()).collect();
    plans.into_iter().for_each(|plan| table.write(plan));
    assert_eq!(table.bookings.len(), 1);
    assert!(
        (0..RACERS).all(|racer| table.decide(racer, &wish, &terms, &one, now).is_none()),
        "who reads again sees it"
    );
}
