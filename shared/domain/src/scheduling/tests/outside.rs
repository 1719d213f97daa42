//! Outside calendars against bookings: what was known is never booked over, and no visit is lost, whoever comes first.

use super::super::day::Entry;
use super::*;
use crate::TenantId;
use jiff::SignedDuration;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-12-01T08:00:00Z")
}

fn calendar(name: &str) -> OutsideCalendarId {
    OutsideCalendarId::derive(&TenantId::new("acme").unwrap(), &[name])
}

fn visit(name: &str) -> AppointmentId {
    AppointmentId::derive(&TenantId::new("acme").unwrap(), &[name])
}

fn people(names: &[&str]) -> Vec<ResourceId> {
    names.iter().map(|name| ResourceId::new(*name).unwrap()).collect()
}

fn span(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

fn plan(busy: &[Span], resources: &[ResourceId], seen: &[CalendarDay]) -> OutsidePlan {
    CalendarReading { calendar: calendar("ana"), resources, busy, now: now() }.plan(seen)
}

/// The days with a plan carried out.
fn after(seen: &[CalendarDay], plan: &OutsidePlan) -> Vec<CalendarDay> {
    let is_new = |day: &&CalendarDay| plan.days.iter().all(|changed| changed.key != day.key);
    seen.iter().filter(is_new).chain(&plan.days).cloned().collect()
}

fn booked(days: &mut Vec<CalendarDay>, name: &str, span: Span, held_until: Option<Timestamp>) -> bool {
    let owner = DayOwner::Resource(ResourceId::new("ana").unwrap());
    let mut changed = days.clone();
    for date in utc_days(span.from, span.to) {
        let key = DayKey { date, owner: owner.clone() };
        if changed.iter().all(|day| day.key != key) {
            changed.push(CalendarDay::empty(key.clone()));
        }
        let day = changed.iter_mut().find(|day| day.key == key).unwrap();
        if !day.enter(visit(name), Entry { from: span.from, to: span.to, held_until, stay: None }, now()) {
            return false;
        }
    }
    *days = changed;
    true
}

#[test]
fn the_digest_is_the_same_while_the_days_stay_as_they_are_and_another_where_anything_differs() {
    let (ana, both, other) = (people(&["ana"]), people(&["ana", "bo"]), people(&["bo", "ana"]));
    let busy =
        [span("2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z"), span("2026-12-04T09:00:00Z", "2026-12-04T10:00:00Z")];
    let turned = [busy[1], busy[0]];
    let of = |resources: &[ResourceId], busy: &[Span], now: Timestamp| {
        CalendarReading { calendar: calendar("ana"), resources, busy, now }.digest()
    };
    let first = of(&both, &busy, now());
    assert_eq!(first, of(&other, &turned, at("2026-12-01T23:59:00Z")));
    assert_ne!(first, of(&both, &busy, at("2026-12-02T00:00:00Z")), "another day");
    assert_ne!(first, of(&ana, &busy, now()), "another resource");
    assert_ne!(first, of(&both, &busy[..1], now()), "another time");
}

#[test]
fn an_event_over_midnight_stands_in_both_days_cut_at_their_ends_and_overlaps_are_one() {
    let night = span("2026-12-02T22:00:00Z", "2026-12-03T02:00:00Z");
    let early = span("2026-12-03T01:00:00Z", "2026-12-03T03:00:00Z");
    let plan = plan(&[night, early], &people(&["ana", "bo"]), &[]);
    let days: Vec<_> =
        plan.days.iter().map(|day| (day.key.date.day(), day.outside[&calendar("ana")].clone())).collect();
    let first = vec![span("2026-12-02T22:00:00Z", "2026-12-03T00:00:00Z")];
    let second = vec![span("2026-12-03T00:00:00Z", "2026-12-03T03:00:00Z")];
    assert_eq!(days, [(2, first.clone()), (2, first), (3, second.clone()), (3, second)]);
}

#[test]
fn what_is_over_or_beyond_the_horizon_is_left_out() {
    let busy = [
        span("2026-11-30T10:00:00Z", "2026-11-30T11:00:00Z"),
        span("2027-01-30T23:00:00Z", "2027-02-01T01:00:00Z"),
        span("2026-12-05T10:00:00Z", "2026-12-05T10:00:00Z"),
    ];
    let plan = plan(&busy, &people(&["ana"]), &[]);
    let dates: Vec<String> = plan.days.iter().map(|day| day.key.date.to_string()).collect();
    assert_eq!(dates, ["2027-01-30"], "the sixtieth day from the first is the last");
}

#[test]
fn a_visit_that_was_booked_before_stays_and_is_told_of_once_and_a_hold_is_not() {
    let (mut days, ana) = (Vec::new(), people(&["ana"]));
    assert!(booked(&mut days, "a", span("2026-12-02T10:00:00Z", "2026-12-02T11:00:00Z"), None));
    assert!(booked(
        &mut days,
        "b",
        span("2026-12-02T12:00:00Z", "2026-12-02T13:00:00Z"),
        Some(at("2026-12-01T08:10:00Z"))
    ));
    let dentist = [span("2026-12-02T10:30:00Z", "2026-12-02T12:30:00Z")];
    let first = plan(&dentist, &ana, &days);
    assert_eq!(first.clashes, BTreeSet::from([visit("a")]));
    let days = after(&days, &first);
    assert_eq!(days[0].entries.len(), 2);
    assert_eq!(plan(&dentist, &ana, &days), OutsidePlan::default(), "the same again is nothing");
    let longer = [span("2026-12-02T10:30:00Z", "2026-12-02T12:45:00Z")];
    let longer = plan(&longer, &ana, &days);
    assert_eq!((longer.days.len(), longer.clashes.len()), (1, 0), "it was told of");
}

#[test]
fn who_the_calendar_is_not_of_any_more_is_free_and_other_calendars_stay() {
    let busy = [span("2026-12-02T10:00:00Z", "2026-12-02T11:00:00Z")];
    let both = after(&[], &plan(&busy, &people(&["ana", "bo"]), &[]));
    let other = CalendarReading { calendar: calendar("bo"), resources: &people(&["bo"]), busy: &busy, now: now() };
    let both = after(&both, &other.plan(&both));
    let ana = after(&both, &plan(&busy, &people(&["ana"]), &both));
    let left: Vec<_> = ana.iter().map(|day| (day.key.owner.to_string(), day.outside.len())).collect();
    assert_eq!(left, [("ana".to_owned(), 1), ("bo".to_owned(), 1)]);
    let none = after(&ana, &plan(&[], &[], &ana));
    assert_eq!(none.iter().map(|day| day.outside.len()).sum::<usize>(), 1, "that of the other calendar");
}

#[test]
fn a_day_cut_into_many_pieces_is_kept_in_quarters_of_an_hour_and_none_of_it_is_lost() {
    let minute = |n: i64| at("2026-12-02T00:00:00Z") + SignedDuration::from_mins(n);
    let busy: Vec<Span> = (0..200).map(|n| Span { from: minute(n * 7), to: minute(n * 7 + 2) }).collect();
    let plan = plan(&busy, &people(&["ana"]), &[]);
    let kept = &plan.days[0].outside[&calendar("ana")];
    assert!(kept.len() <= MAX_SPANS, "{}", kept.len());
    assert!(busy.iter().all(|span| kept.iter().any(|kept| kept.from <= span.from && span.to <= kept.to)));
}

/// Hours from now.
fn hours() -> impl Strategy<Value = Span> {
    (0_i64..96, 1_i64..30).prop_map(|(from, length)| {
        let hour = |n| now() + SignedDuration::from_hours(n);
        Span { from: hour(from), to: hour(from + length) }
    })
}

proptest! {
    /// Readings and bookings in any order: what was known is not booked over, every visit that was given stays, and
    /// after the last reading the days say what the calendar says.
    #[test]
    fn whatever_comes_first_no_visit_is_lost_and_the_days_end_as_the_calendar_says(
        steps in prop::collection::vec(prop_oneof![
            hours().prop_map(|visit| (Some(visit), Vec::new())),
            prop::collection::vec(hours(), 0..4).prop_map(|busy| (None, busy)),
        ], 1..12),
        last in prop::collection::vec(hours(), 0..4),
    ) {
        let (mut days, mut known, mut given) = (Vec::new(), Vec::new(), BTreeMap::new());
        let steps = steps.into_iter().chain([(None, last.clone())]);
        for (n, (wanted, busy)) in steps.enumerate() {
            if let Some(wanted) = wanted {
                let free = known.iter().chain(given.values()).all(|taken: &Span| !taken.overlaps(wanted));
                prop_assert_eq!(booked(&mut days, &n.to_string(), wanted, None), free);
                if free {
                    given.insert(visit(&n.to_string()), wanted);
                }
                continue;
            }
            let plan = plan(&busy, &people(&["ana"]), &days);
            for (id, visit) in &given {
                let was = known.iter().any(|span: &Span| span.overlaps(*visit));
                let is = busy.iter().any(|span| span.overlaps(*visit));
                prop_assert!(!plan.clashes.contains(id) || is);
                prop_assert!(plan.clashes.contains(id) || was || !is, "{:?} is told of", visit);
            }
            days = after(&days, &plan);
            known = busy;
        }
        for (id, visit) in &given {
            let there = |date| days.iter().any(|day| day.key.date == date && day.entries.contains_key(id));
            prop_assert!(utc_days(visit.from, visit.to).all(there));
        }
        prop_assert_eq!(plan(&last, &people(&["ana"]), &days), OutsidePlan::default());
        let noted: Vec<Span> = merged(days.iter().flat_map(|day| day.outside.values().flatten().copied()).collect());
        prop_assert_eq!(noted, merged(last));
    }
}

#[test]
fn where_a_scheduler_says_when_somebody_is_free_all_else_is_taken_but_for_our_own_visits() {
    let hour = |from: i64, to: i64| Span {
        from: at("2026-12-04T00:00:00Z") + SignedDuration::from_hours(from),
        to: at("2026-12-04T00:00:00Z") + SignedDuration::from_hours(to),
    };
    let open = || vec![hour(9, 10), hour(10, 11), hour(14, 15), hour(9, 10)];
    assert_eq!(closed(open(), [], hour(0, 24)), [hour(0, 9), hour(11, 14), hour(15, 24)]);
    assert_eq!(closed(open(), [hour(11, 12)], hour(0, 24)), [hour(0, 9), hour(12, 14), hour(15, 24)]);
    assert_eq!(closed(open(), [], hour(9, 14)), [hour(11, 14)], "from an end to an end");
    assert_eq!(closed(vec![hour(-3, 40)], [], hour(0, 24)), []);
    assert_eq!(closed(Vec::new(), [], hour(0, 24)), [hour(0, 24)], "nothing is free");
    assert_eq!(closed(vec![hour(30, 31), hour(-4, -3)], [], hour(0, 24)), [hour(0, 24)], "nor is it elsewhere");
}
