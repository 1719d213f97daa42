//! The model: what it says of whom, what it learns, and who is asked.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{from_value, json};
use weather::Day;

use super::*;
use crate::TenantId;
use crate::ids::{AppointmentId, ContactId};
use crate::journeys::Journey;
use crate::messaging::Source;
use crate::samples::roofer;
use crate::scheduling::{Appointment, AppointmentState, Booking, BookingState, Slot, Step, Terms};
use crate::tenancy::Tenant;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn denver() -> TimeZone {
    TimeZone::get("America/Denver").unwrap()
}

fn features(days_ahead: u32, (kept, missed): (u32, u32), confirmed: bool) -> Features {
    let history = History { kept, missed, missed_last: missed > 0 };
    Features {
        days_ahead,
        hour: 10.0,
        weekday: Weekday::Tuesday,
        history,
        confirmed,
        reminders: 1,
        channel: None,
        deposit: None,
        rough_weather: false,
    }
}

fn bookable() -> Tenant {
    let mut tenant = roofer();
    tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
    tenant
}

/// A visit that was booked at `made`, agreed on.
fn booked(made: &str, starts_at: &str) -> Booking {
    let tenant = bookable();
    let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
    let id = AppointmentId::derive(&tenant.id, &[starts_at]);
    let contact = ContactId::derive(&tenant.id, &["maria"]);
    let starts_at = at(starts_at);
    let blank = Booking::new(id, contact, &terms, at(made));
    Booking { state: BookingState::Booked, held_until: None, starts_at, ends_at: starts_at, ..blank }
}

/// The journey of a contact with these appointments.
fn journey(booking: &Booking, appointments: &[(Timestamp, AppointmentState)]) -> Journey {
    let of = |(starts_at, state): &(Timestamp, AppointmentState)| Appointment {
        id: match *starts_at == booking.starts_at {
            true => booking.id,
            false => AppointmentId::derive(&TenantId::new("acme").unwrap(), &[&starts_at.to_string()]),
        },
        state: *state,
        starts_at: *starts_at,
        ends_at: *starts_at,
        agreed_at: *starts_at,
        service: None,
        location: None,
        eta: None,
        track: None,
    };
    let appointments = appointments.iter().map(of).collect();
    Journey { appointments, ..Journey::begin(booking.contact, booking.created_at) }
}

/// Numbers from 0 to 1, the same each time.
fn numbers(mut state: u64) -> impl FnMut() -> f64 {
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// Visits of a shop, missed by chances that `truth` says.
fn visits(count: usize, seed: u64, truth: impl Fn(&Features) -> f64) -> Vec<Finished> {
    let mut number = numbers(seed);
    let mut one = || {
        let days = [0, 1, 2, 5, 10, 20, 40][(number() * 6.99) as usize];
        let history = ((number() * 6.0) as u32, (number() * number() * 4.0) as u32);
        let features = Features { hour: 7.0 + number() * 11.0, ..features(days, history, number() < 0.5) };
        Finished { features, missed: number() < truth(&features), at: at("2026-11-20T12:00:00Z") }
    };
    (0..count).map(|_| one()).collect()
}

fn expected_calibration_error(model: &Model, visits: &[Finished]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for visit in visits {
        let chance = model.chance(&visit.features);
        let bin = &mut bins[((chance * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1.0, bin.1 + chance, bin.2 + f64::from(u8::from(visit.missed)));
    }
    bins.iter().map(|(_, said, was)| (said - was).abs()).sum::<f64>() / visits.len() as f64
}

#[test]
fn a_regular_who_confirmed_is_safe_and_someone_who_missed_the_last_time_is_not() {
    let model = Model::default();
    let safe = model.risk(&features(1, (6, 0), true));
    assert!(safe.percent <= 3 && !safe.high, "{safe:?}");
    let new = model.risk(&Features { reminders: 0, ..features(14, (0, 0), false) });
    assert_eq!((new.percent, new.high), (17, false));
    assert_eq!(new.reasons, [NoShowReason::NotConfirmed, NoShowReason::BookedLongAhead, NoShowReason::FirstVisit]);
    let risky = model.risk(&features(7, (1, 1), false));
    assert!(risky.high, "{risky:?}");
    assert_eq!(risky.reasons, [NoShowReason::NotConfirmed, NoShowReason::MissedBefore, NoShowReason::BookedLongAhead]);
}

proptest! {
    #[test]
    fn who_missed_more_is_riskier_who_kept_more_or_confirmed_is_safer_and_no_chance_is_certain(
        days in 0_u32..400, kept in 0_u32..60, missed in 0_u32..30, reminders in 0_u32..5, hour in 0.0_f64..24.0,
    ) {
        let model = Model::default();
        let this = Features { reminders, hour, ..features(days, (kept, missed), false) };
        let with = |change: fn(&mut Features)| {
            let mut other = this;
            change(&mut other);
            model.chance(&other)
        };
        let chance = model.chance(&this);
        prop_assert!((0.005..=0.95).contains(&chance));
        let more_missed = with(|it| it.history = History { missed: it.history.missed + 1, missed_last: true, ..it.history });
        prop_assert!(more_missed >= chance);
        prop_assert!(with(|it| it.history.kept += 1) <= chance);
        prop_assert!(with(|it| it.confirmed = true) <= chance);
        prop_assert!(with(|it| it.days_ahead += 1) >= chance);
        prop_assert!(with(|it| it.reminders += 1) >= chance);
    }
}

#[test]
fn a_shop_with_few_visits_keeps_the_prior() {
    let now = at("2026-11-29T03:00:00Z");
    assert_eq!(Model::fitted(&visits(199, 1, |_| 0.5), now), None);
    assert_eq!(Model::fitted(&visits(2_000, 1, |_| 0.005), now), None, "too few were missed");
    let named =
        Model { weights: [("unheard of".to_owned(), 3.0), ("first".to_owned(), f64::NAN)].into(), ..Model::default() };
    let it = features(3, (0, 0), false);
    assert_eq!(named.chance(&it).to_bits(), Model::default().chance(&it).to_bits());
}

#[test]
fn a_shop_that_differs_is_learned_and_its_chances_come_true() {
    // Its customers hardly care for confirmations, and come late in the afternoon alone.
    let truth =
        |of: &Features| 1.0 / (1.0 + (2.2 - 0.9 * f64::from(of.history.missed) - (of.hour - 12.0) * 0.25).exp());
    let (now, seen, others) = (at("2026-11-29T03:00:00Z"), visits(4_000, 7, truth), visits(10_000, 8, truth));
    let model = Model::fitted(&seen, now).unwrap();
    let error = expected_calibration_error(&model, &others);
    assert!(error < 0.015, "{error}");
    assert!(expected_calibration_error(&Model::default(), &others) > 4.0 * error);
    let late = Features { hour: 17.0, ..features(3, (0, 0), false) };
    assert!(model.risk(&late).reasons.contains(&NoShowReason::TimeOfDay), "{:?}", model.risk(&late));
    assert_eq!(Model::fitted(&seen, now), Some(model), "the same visits, the same weights");
}

#[test]
fn weights_are_recovered_and_a_column_that_is_empty_keeps_its_prior() {
    let mut number = numbers(3);
    let columns: Vec<Vec<f64>> = vec![vec![1.0; 20_000], (0..20_000).map(|_| number()).collect(), vec![0.0; 20_000]];
    let chances = columns[1].iter().map(|value| 1.0 / (1.0 + (1.5 - 2.0 * value).exp()));
    let missed: Vec<bool> = chances.map(|chance| number() < chance).collect();
    let prior = [0.0, 0.0, 0.7].map(|to| Pull { to, strength: 1.0 });
    let weights = fit(&columns, &missed, None, &prior);
    assert!((weights[0] + 1.5).abs() < 0.1 && (weights[1] - 2.0).abs() < 0.15, "{weights:?}");
    assert_eq!(weights[2].to_bits(), 0.7_f64.to_bits());
    assert_eq!(fit(&[], &[], None, &prior).len(), 3, "nothing is known: the prior");
}

#[test]
fn what_is_known_of_a_visit_comes_of_its_booking_and_its_contacts_journey() {
    let booking = booked("2026-12-01T05:30:00Z", "2026-12-03T22:30:00Z");
    let missed = (at("2026-11-02T17:00:00Z"), AppointmentState::Missed);
    let kept = (at("2026-11-09T17:00:00Z"), AppointmentState::Completed);
    let later = (at("2026-12-20T17:00:00Z"), AppointmentState::Missed);
    let this = |state| (booking.starts_at, state);
    let known = journey(&booking, &[kept, missed, later, this(AppointmentState::Booked)]);
    let read = Features::of(&booking, Some(&known), &Surroundings::default(), &denver());
    // It was booked on the evening of November 30 there.
    assert_eq!((read.days_ahead, read.hour, read.weekday), (3, 15.5, Weekday::Thursday));
    assert_eq!(read.history, History { kept: 1, missed: 1, missed_last: false });
    assert!(!read.confirmed);
    let by_text = journey(&booking, &[this(AppointmentState::Confirmed)]);
    assert!(Features::of(&booking, Some(&by_text), &Surroundings::default(), &denver()).confirmed);
    let confirmed = booking.after(&Step::Confirm, at("2026-12-02T12:00:00Z")).unwrap().unwrap();
    assert!(Features::of(&confirmed, None, &Surroundings::default(), &denver()).confirmed);
    let slot = Slot {
        starts_at: at("2026-12-04T22:30:00Z"),
        ends_at: at("2026-12-04T23:30:00Z"),
        resources: Vec::new(),
        also_free: Vec::new(),
    };
    let tenant = bookable();
    let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
    let moved = confirmed.at(&slot, &terms, None, at("2026-12-02T13:00:00Z"));
    assert_eq!(moved.confirmed_at, None, "another time is not confirmed");
}

#[test]
fn the_channel_the_deposit_and_the_weather_come_of_what_is_around_a_visit() {
    let mut tenant = bookable();
    let booking = booked("2026-12-01T12:00:00Z", "2026-12-03T22:30:00Z");
    assert!(Surroundings::of(&tenant).deposits.is_empty(), "it asks for none at all");
    tenant.services[1].deposit = Some(from_value(json!({"percent": 20})).unwrap());
    let day = |date: &str, gust| Day { gust_tenths_kmh: Some(gust), ..Day::unknown(date.parse().unwrap()) };
    let mut around = Surroundings::of(&tenant);
    let read = |around: &Surroundings| Features::of(&booking, None, around, &denver());
    assert_eq!((read(&around).channel, read(&around).deposit, read(&around).rough_weather), (None, Some(false), false));
    around.channels.insert(booking.contact, Source::Sms);
    around.weather.insert(None, vec![day("2026-12-02", 900), day("2026-12-03", 619)]);
    assert_eq!((read(&around).channel, read(&around).rough_weather), (Some(Source::Sms), false));
    around.weather.insert(None, vec![day("2026-12-03", 620)]);
    assert!(read(&around).rough_weather);
    let past = Booking { state: BookingState::Missed, ..booking.clone() };
    let rows = finished(vec![past], &around, &denver());
    assert_eq!(rows[0].features, read(&around), "what is learned from is what is judged by");
}

#[test]
fn rough_weather_and_no_deposit_raise_the_chance_and_say_so_and_a_deposit_lowers_it() {
    let (model, plain) = (Model::default(), features(3, (1, 0), true));
    let rough = Features { rough_weather: true, ..plain };
    let (paid, unpaid) = (Features { deposit: Some(true), ..plain }, Features { deposit: Some(false), ..plain });
    assert!(model.chance(&paid) < model.chance(&plain));
    for (worse, reason) in [(rough, NoShowReason::Weather), (unpaid, NoShowReason::NoDeposit)] {
        assert!(model.chance(&worse) > model.chance(&plain));
        assert!(model.risk(&worse).reasons.contains(&reason), "{:?}", model.risk(&worse));
    }
    for channel in Source::ALL {
        let came = Features { channel: Some(channel), ..plain };
        assert_eq!(model.chance(&came).to_bits(), model.chance(&plain).to_bits(), "nothing is assumed of {channel:?}");
    }
}

#[test]
fn a_channel_whose_customers_stay_away_is_learned_and_a_model_from_before_still_counts() {
    let by_form = |visit: &Finished, at: usize| Features { channel: Some(Source::ALL[at % 3]), ..visit.features };
    let mut seen = visits(3_000, 5, |_| 0.1);
    for (at, visit) in seen.iter_mut().enumerate() {
        visit.features = by_form(visit, at);
        visit.missed |= at % 6 == 0;
    }
    let model = Model::fitted(&seen, at("2026-11-29T03:00:00Z")).unwrap();
    let came = |channel| Features { channel: Some(channel), ..features(0, (6, 0), true) };
    assert!(model.chance(&came(Source::WebForm)) > 2.0 * model.chance(&came(Source::Sms)));
    assert!(model.risk(&came(Source::WebForm)).reasons.contains(&NoShowReason::Channel));

    let stored = json!({"weights": {"every": -2.0, "moon": 4.0}, "visits": 300, "missed": 40, "colour": "red"});
    let before: Model = from_value(stored).unwrap();
    let (plain, rough) = (came(Source::Sms), Features { rough_weather: true, ..came(Source::Sms) });
    assert!(before.chance(&plain) > 3.0 * Model::default().chance(&plain), "its own weights");
    assert!(before.chance(&rough) > before.chance(&plain), "and the prior's of what it does not name");
}

#[test]
fn finished_visits_know_what_came_before_them_and_not_what_came_after() {
    let of = |starts_at: &str, state| Booking { state, ..booked("2026-10-01T12:00:00Z", starts_at) };
    let visits = [
        of("2026-11-20T12:00:00Z", BookingState::Missed),
        of("2026-11-06T12:00:00Z", BookingState::Missed),
        of("2026-11-13T12:00:00Z", BookingState::Completed),
        of("2026-11-14T12:00:00Z", BookingState::Cancelled),
        of("2026-12-06T12:00:00Z", BookingState::Booked),
    ];
    let rows = finished(visits.to_vec(), &Surroundings::default(), &denver());
    let histories = rows.iter().map(|row| (row.features.history.kept, row.features.history.missed, row.missed));
    assert_eq!(histories.collect::<Vec<_>>(), [(0, 0, true), (0, 1, false), (1, 1, true)]);
}

/// A visit of someone who missed the last one, and that journey.
fn risky(starts_at: &str) -> (Booking, Journey) {
    let booking = booked("2026-11-20T12:00:00Z", starts_at);
    let missed = (at("2026-11-02T17:00:00Z"), AppointmentState::Missed);
    let journey = journey(&booking, &[missed, (booking.starts_at, AppointmentState::Booked)]);
    (booking, journey)
}

#[test]
fn who_is_likely_to_miss_a_visit_is_asked_four_hours_before_once_for_each_time() {
    let (booking, journey) = risky("2026-12-01T22:00:00Z");
    let asked = |booking: &Booking, now| {
        rescue(booking, Some(&journey), (&Model::default(), &Surroundings::default()), &denver(), now)
    };
    let now = at("2026-12-01T18:00:00Z");
    assert!(asked(&booking, now).is_some_and(|risk| risk.high));
    assert_eq!(asked(&booking, now - SignedDuration::from_secs(1)), None, "too early");
    assert!(asked(&booking, booking.starts_at - ASKED_UNTIL).is_some());
    assert_eq!(asked(&booking, at("2026-12-01T20:00:01Z")), None, "too late");
    let done = Booking { asked_again_for: Some(booking.starts_at), ..booking.clone() };
    assert_eq!(asked(&done, now), None, "once");
    let moved = Booking { asked_again_for: Some(at("2026-11-30T22:00:00Z")), ..booking.clone() };
    assert!(asked(&moved, now).is_some(), "another time is asked for anew");
    for state in BookingState::ALL.into_iter().filter(|state| *state != BookingState::Booked) {
        assert_eq!(asked(&Booking { state, ..booking.clone() }, now), None, "{state:?}");
    }
}

#[test]
fn who_is_expected_in_the_morning_is_asked_the_evening_before() {
    // 8:30 in Denver.
    let (booking, journey) = risky("2026-12-01T15:30:00Z");
    let asked = |now: &str| {
        rescue(&booking, Some(&journey), (&Model::default(), &Surroundings::default()), &denver(), at(now)).is_some()
    };
    assert!(!asked("2026-12-01T00:59:00Z"), "17:59");
    assert!(asked("2026-12-01T01:00:00Z"), "18:00");
}

#[test]
fn who_confirmed_asked_for_another_time_or_always_came_is_left_alone() {
    let (booking, missed) = risky("2026-12-01T22:00:00Z");
    let now = at("2026-12-01T18:00:00Z");
    let asked = |journey: Option<&Journey>| {
        rescue(&booking, journey, (&Model::default(), &Surroundings::default()), &denver(), now).is_some()
    };
    assert!(asked(Some(&missed)));
    assert!(!asked(None), "nothing is known of them");
    let past = missed.appointments[0].clone();
    for state in [AppointmentState::Confirmed, AppointmentState::ChangeRequested] {
        let mut answered = journey(&booking, &[(booking.starts_at, state)]);
        answered.appointments.push(past.clone());
        assert!(!asked(Some(&answered)), "{state:?}");
    }
}
