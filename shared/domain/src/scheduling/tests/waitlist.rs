//! Who is asked for a freed time, and that in whatever order people answer no time is given twice and none lies idle while
//! somebody would take it.

use super::*;
use crate::scheduling::{
    CLAIM, Calendar, Cancelled, CancelledBy, DayChange, DayKey, FreedTime, FreedTimeContext, Place, Step,
    WaitlistEntry, Whereabouts, changes,
};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Friday, 8 in the morning in Denver.
const OPENS: &str = "2026-12-04T15:00:00Z";
/// The day before, at noon.
const NOW: &str = "2026-12-03T19:00:00Z";
/// The hours of the Friday that are booked to begin with.
const HOURS: i64 = 6;

fn denver() -> TimeZone {
    TimeZone::get("America/Denver").unwrap()
}

fn rules() -> Value {
    json!({"needs": [{"kind": "person"}], "every_minutes": 60, "lead_minutes": 0})
}

fn hour(hours: i64) -> Timestamp {
    at(OPENS) + SignedDuration::from_hours(hours)
}

fn entry(name: &str, change: &Value) -> WaitlistEntry {
    let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &[name]);
    let blank = WaitlistEntry::new(contact, inspection(), at(NOW));
    let mut entry = serde_json::to_value(blank).unwrap();
    entry.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    from_value(entry).unwrap()
}

fn freed(hours: i64) -> FreedTime {
    let (from, now) = (hour(hours), at(NOW));
    let to = from + SignedDuration::from_hours(1);
    FreedTime { tenant: roofer().id, from, to, location: None, freed_at: now, due: now }
}

/// A freed time of a shop of these people, where it is not known where those are who wait.
fn context<'a>(
    (time, tenant): (&'a FreedTime, &'a Tenant),
    (resources, days): (&'a [Resource], &'a [CalendarDay]),
    now: Timestamp,
) -> FreedTimeContext<'a> {
    const NOWHERE: &BTreeMap<ContactId, Whereabouts> = &BTreeMap::new();
    FreedTimeContext { time, tenant, locations: &[], places: NOWHERE, resources, days, now }
}

/// Who is asked, in that order, for an hour of ana's from `hours` after opening on, of whom nothing is booked.
fn asked(entries: &[WaitlistEntry], hours: i64, now: &str) -> Vec<ContactId> {
    let (tenant, people, time) = (shop(rules()), [person("ana", &json!({}))], freed(hours));
    let freed = context((&time, &tenant), (&people, &[]), at(now));
    freed.order(entries).iter().map(|found| found.entry.contact).collect()
}

#[test]
fn the_urgent_come_first_then_who_waits_longest() {
    let entries = [
        entry("new", &json!({"since": "2026-12-02T10:00:00Z"})),
        entry("old", &json!({"since": "2026-12-01T10:00:00Z"})),
        entry("urgent", &json!({"since": "2026-12-03T10:00:00Z", "urgent": true})),
    ];
    let [new, old, urgent] = &entries;
    assert_eq!(asked(&entries, 2, NOW), [urgent.contact, old.contact, new.contact]);
}

#[test]
fn nobody_is_asked_whom_it_does_not_suit_or_who_was_asked_before() {
    let mornings = json!({"friday": [{"open": "08:00", "close": "12:00"}]});
    let suited = |change: &Value, hours| asked(&[entry("x", change)], hours, NOW).len();
    assert_eq!(suited(&json!({ "hours": mornings }), 3), 1, "11 in the morning");
    for (change, hours) in [
        (json!({ "hours": mornings }), 4),
        (json!({"until": hour(2)}), 2),
        (json!({"from": hour(3)}), 2),
        (json!({"passed": [hour(2)]}), 2),
        (json!({"service": "gutter-cleaning"}), 2),
        (json!({"location": "aurora"}), 2),
    ] {
        assert_eq!(suited(&change, hours), 0, "{change}");
    }
}

#[test]
fn who_is_too_far_from_the_visit_before_it_is_not_asked_and_the_way_to_the_others_is_held() {
    let (tenant, ana) = (shop(rules()), person("ana", &json!({})));
    let (denver, boulder) = (Place::new(39.7392, -104.9903).unwrap(), Place::new(40.015, -105.2705).unwrap());
    let terms = Terms::of(&tenant, None, &inspection()).unwrap().visiting(Some(denver));
    let people = [ana];
    let calendar = Calendar { terms: &terms, resources: &people, days: &[], moving: None, now: at(NOW) };
    let before = booking("before", &calendar.choose(hour(1), &[]).unwrap(), &terms, false, at(NOW));
    let days = days_of(&[before], at(NOW));
    let entries = [entry("far", &json!({})), entry("near", &json!({})), entry("unknown", &json!({}))];
    let [far, near, unknown] = entries.each_ref().map(|entry| entry.contact);
    let places = BTreeMap::from([(far, boulder.into()), (near, denver.into())]);
    let time = freed(3);
    let freed = FreedTimeContext { places: &places, ..context((&time, &tenant), (&people, &days), at(NOW)) };
    // There is an hour between the visits, and the way from Boulder takes 82 minutes.
    let mut asked: Vec<ContactId> = freed.order(&entries).iter().map(|found| found.entry.contact).collect();
    asked.sort();
    let mut fit = [near, unknown];
    fit.sort();
    assert_eq!(asked, fit);
    let held =
        |entry: &WaitlistEntry| Booking::new(id("h"), entry.contact, &freed.terms(entry).unwrap(), at(NOW)).place;
    assert_eq!((held(&entries[1]), held(&entries[2])), (Some(denver), None));
}

#[test]
fn what_begins_within_three_quarters_of_an_hour_is_offered_to_nobody() {
    let one = [entry("x", &json!({}))];
    assert_eq!(asked(&one, 0, "2026-12-04T14:15:00Z").len(), 1);
    assert!(asked(&one, 0, "2026-12-04T14:15:01Z").is_empty());
    assert!(!freed(0).is_worth(at("2026-12-04T15:15:00Z")) && freed(0).is_worth(at("2026-12-04T15:14:59Z")));
}

#[test]
fn who_has_an_offer_is_asked_again_when_it_is_over() {
    let terms_of = shop(rules());
    let terms = Terms::of(&terms_of, None, &inspection()).unwrap();
    let one = entry("x", &json!({}));
    let held = Booking {
        held_until: Some(at(NOW) + CLAIM),
        starts_at: hour(5),
        ..Booking::new(id("h"), one.contact, &terms, at(NOW))
    };
    let offered = one.offered(&held, at(NOW));
    let (tenant, people, time) = (shop(rules()), [person("ana", &json!({}))], freed(2));
    let entries = [offered];
    let busy = |now| context((&time, &tenant), (&people, &[]), now).order(&entries)[0].busy_until;
    assert_eq!((busy(at(NOW)), busy(at(NOW) + CLAIM)), (Some(at(NOW) + CLAIM), None));
    assert_eq!(entries[0].declined(id("other")), None);
    let free = entries[0].declined(id("h")).unwrap();
    assert_eq!((free.offered, free.passed), (None, vec![hour(5)]), "that time is not offered to them again");
}

#[test]
fn a_time_is_freed_by_a_cancellation_or_a_move_and_by_no_missed_visit() {
    let tenant = shop(rules());
    let terms = Terms::of(&tenant, None, &inspection()).unwrap();
    let people = [person("ana", &json!({}))];
    let calendar = Calendar { terms: &terms, resources: &people, days: &[], moving: None, now: at(NOW) };
    let booked = booking("b", &calendar.choose(hour(2), &[]).unwrap(), &terms, false, at(NOW));
    let span =
        |booking: &Booking, was| FreedTime::of(&tenant.id, booking, was, at(NOW)).map(|freed| (freed.from, freed.to));
    let cancelled = Booking { state: BookingState::Cancelled, ..booked.clone() };
    assert_eq!(span(&cancelled, None), Some((hour(2), hour(3))));
    assert_eq!(span(&booked, Some(hour(4))), Some((hour(4), hour(5))));
    assert_eq!(span(&booked, None), None);
    assert_eq!(span(&Booking { state: BookingState::Missed, ..booked }, None), None);
}

#[test]
fn an_entry_is_filled_by_what_was_offered_or_by_another_time_that_suits() {
    let tenant = shop(rules());
    let terms = Terms::of(&tenant, None, &inspection()).unwrap();
    let one = entry("x", &json!({"until": hour(3)}));
    let booked = |name: &str, hours| Booking {
        state: BookingState::Booked,
        held_until: None,
        starts_at: hour(hours),
        ..Booking::new(id(name), one.contact, &terms, at(NOW))
    };
    let held = Booking { state: BookingState::Held, held_until: Some(at(NOW) + CLAIM), ..booked("h", 2) };
    let waits = one.offered(&held, at(NOW));
    assert!(waits.is_filled_by(&booked("h", 2), &denver()) && waits.is_filled_by(&booked("other", 1), &denver()));
    assert!(!waits.is_filled_by(&held, &denver()) && !waits.is_filled_by(&booked("later", 3), &denver()));
    assert!(!entry("somebody else", &json!({})).is_filled_by(&booked("h", 2), &denver()));
    let twelve = at(NOW) + SignedDuration::from_mins(12);
    assert_eq!(waits.minutes_to_fill(&booked("h", 2), twelve), Some(12));
    assert_eq!(waits.minutes_to_fill(&booked("other", 1), twelve), None);
}

/// One moment of a shop's day.
#[derive(Debug, Clone)]
enum Moment {
    Cancel(usize),
    Yes(usize),
    No(usize),
    Wait(i64),
    Leave(usize),
}

/// A shop with one person, whose freed times go to those who wait.
struct Shop {
    tenant: Tenant,
    people: [Resource; 1],
    days: BTreeMap<DayKey, CalendarDay>,
    bookings: Vec<Booking>,
    waiting: Vec<WaitlistEntry>,
    queue: Vec<FreedTime>,
    freed: Vec<FreedTime>,
    now: Timestamp,
}

impl Shop {
    fn open(waiting: Vec<WaitlistEntry>) -> Self {
        let mut shop = Self {
            tenant: shop(rules()),
            people: [person("ana", &json!({}))],
            days: BTreeMap::new(),
            bookings: Vec::new(),
            waiting,
            queue: Vec::new(),
            freed: Vec::new(),
            now: at(NOW),
        };
        for n in 0..HOURS {
            let contact = ContactId::derive(&shop.tenant.id, &["first", &n.to_string()]);
            assert!(shop.place(id(&format!("first-{n}")), contact, hour(n), None));
        }
        shop
    }

    fn apply(&mut self, before: Option<&Booking>, after: Booking) -> bool {
        let Ok(changes) = changes(before, &after, &self.days, self.now) else { return false };
        for change in changes {
            match change {
                DayChange::Write(day) => drop(self.days.insert(day.key.clone(), day)),
                DayChange::Leave(key) => drop(self.days.get_mut(&key).unwrap().entries.remove(&after.id)),
            }
        }
        self.bookings.retain(|there| there.id != after.id);
        self.bookings.push(after);
        true
    }

    fn place(&mut self, id: AppointmentId, contact: ContactId, start: Timestamp, until: Option<Timestamp>) -> bool {
        let (tenant, people) = (self.tenant.clone(), self.people.clone());
        let terms = Terms::of(&tenant, None, &inspection()).unwrap();
        let days: Vec<CalendarDay> = self.days.values().cloned().collect();
        let calendar = Calendar { terms: &terms, resources: &people, days: &days, moving: None, now: self.now };
        let Ok(slot) = calendar.choose(start, &[]) else { return false };
        self.apply(None, Booking::new(id, contact, &terms, self.now).at(&slot, &terms, until, self.now))
    }

    /// What the worker does: those who are due are looked at, until nobody is to be asked any more.
    fn work(&mut self) {
        while let Some(next) = self.queue.iter().position(|freed| freed.due <= self.now) {
            let time = self.queue.remove(next);
            let mut round = 0;
            while let Some(due) = self.look(&time) {
                round += 1;
                if due > self.now && round == 1 {
                    self.queue.push(time.later(due));
                }
                if due > self.now {
                    break;
                }
            }
        }
    }

    /// One look at a freed time: when to look again; now, where somebody was asked.
    fn look(&mut self, time: &FreedTime) -> Option<Timestamp> {
        let days: Vec<CalendarDay> = self.days.values().cloned().collect();
        let (entries, now) = (self.waiting.clone(), self.now);
        let order = context((time, &self.tenant), (&self.people, &days), now).order(&entries);
        let Some(first) = order.iter().find(|found| found.busy_until.is_none()) else {
            return order.iter().filter_map(|found| found.busy_until).min();
        };
        let (entry, starts_at, until) = (first.entry.clone(), first.starts_at, now + CLAIM);
        let held = id(&format!("{}|{starts_at}", entry.contact));
        assert!(self.place(held, entry.contact, starts_at, Some(until)), "what is offered is free");
        let booking = self.bookings.last().unwrap().clone();
        let offered = entry.offered(&booking, time.freed_at);
        self.waiting.iter_mut().filter(|one| one.contact == entry.contact).for_each(|one| *one = offered.clone());
        self.queue.push(time.later(until));
        Some(now)
    }

    fn step(&mut self, which: usize, of: fn(&Booking) -> bool, step: &Step) -> Option<Booking> {
        let fitting: Vec<Booking> = self.bookings.iter().filter(|booking| of(booking)).cloned().collect();
        let before = fitting.get(which % fitting.len().max(1))?;
        let after = before.after(step, self.now).ok()??;
        self.apply(Some(before), after.clone()).then_some(after)
    }

    fn live(&mut self, moment: &Moment) {
        let cancel = Step::Cancel(Cancelled { by: CancelledBy::Customer, why: String::new() });
        match *moment {
            Moment::Cancel(which) => {
                let gone = self.step(which, |booking| booking.state == BookingState::Booked, &cancel);
                let freed = gone.and_then(|gone| FreedTime::of(&self.tenant.id, &gone, None, self.now));
                self.freed.extend(freed.clone());
                self.queue.extend(freed);
            }
            Moment::Yes(which) => {
                if let Some(taken) = self.step(which, |booking| booking.state == BookingState::Held, &Step::Book) {
                    self.waiting.retain(|entry| !entry.is_filled_by(&taken, &denver()));
                }
            }
            Moment::No(which) => {
                let Some(gone) = self.step(which, |booking| booking.state == BookingState::Held, &cancel) else {
                    return;
                };
                for entry in &mut self.waiting {
                    *entry = entry.declined(gone.id).unwrap_or_else(|| entry.clone());
                }
                self.queue.extend(FreedTime::of(&self.tenant.id, &gone, None, self.now));
            }
            Moment::Wait(minutes) => self.now += SignedDuration::from_mins(minutes),
            Moment::Leave(which) => {
                if !self.waiting.is_empty() {
                    self.waiting.remove(which % self.waiting.len());
                }
            }
        }
        self.work();
    }

    fn check(&self) -> Result<(), TestCaseError> {
        for day in self.days.values() {
            let mut entries: Vec<_> = day.entries.values().map(|entry| (entry.from, entry.to)).collect();
            entries.sort_unstable();
            prop_assert!(entries.windows(2).all(|pair| pair[0].1 <= pair[1].0), "twice: {:?}", day);
        }
        let open = |entry: &&WaitlistEntry| {
            let held = |booking: &&Booking| {
                booking.contact == entry.contact && booking.held_until.is_some_and(|until| until > self.now)
            };
            self.bookings.iter().filter(held).count() > 1
        };
        prop_assert_eq!(self.waiting.iter().find(open), None, "two offers to one person at once");
        Ok(())
    }
}

fn moments() -> impl Strategy<Value = Moment> {
    prop_oneof![
        2 => (0..20_usize).prop_map(Moment::Cancel),
        2 => (0..20_usize).prop_map(Moment::Yes),
        2 => (0..20_usize).prop_map(Moment::No),
        3 => (1..40_i64).prop_map(Moment::Wait),
        1 => (0..20_usize).prop_map(Moment::Leave),
    ]
}

proptest! {
    #[test]
    fn no_time_is_given_twice_and_none_lies_idle_while_somebody_would_take_it(
        moments in prop::collection::vec(moments(), 1..30),
        wishes in prop::collection::vec((0..HOURS, 1..HOURS), 0..6),
    ) {
        let waits = |(n, (from, hours)): (usize, &(i64, i64))| {
            let since = at(NOW) - SignedDuration::from_hours(n.try_into().unwrap());
            entry(&n.to_string(), &json!({"from": hour(*from), "until": hour(from + hours), "since": since}))
        };
        let mut shop = Shop::open(wishes.iter().enumerate().map(waits).collect());
        for moment in &moments {
            shop.live(moment);
            shop.check()?;
        }
        // Nobody answers any more: everything that is held lapses.
        for _ in 0..20 {
            shop.live(&Moment::Wait(15));
            shop.check()?;
        }
        prop_assert!(shop.queue.is_empty(), "{:?}", shop.queue);
        let days: Vec<CalendarDay> = shop.days.values().cloned().collect();
        for time in &shop.freed {
            let freed = context((time, &shop.tenant), (&shop.people, &days), shop.now);
            prop_assert!(freed.order(&shop.waiting).is_empty(), "{:?} would be taken", time);
        }
    }
}
