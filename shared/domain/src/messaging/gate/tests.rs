//! Behaviour and laws of the gate.

use jiff::ToSpan;
use jiff::civil::{Time, time};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::roofer;
use crate::tenancy::QuietHours;

/// A tenant in Denver with every channel, quiet from 21:00 to 08:00.
fn tenant() -> Tenant {
    let channels = json!({
        "whatsapp": { "phone_number_id": "100000000000001" },
        "sms": { "account_sid": "AC00000000000000000000000000000001", "from": "+13035550100" },
        "email": { "from": "office@roofer.example.com" },
        "chat": true,
    });
    Tenant { channels: serde_json::from_value(channels).unwrap(), ..roofer() }
}

fn unasked(tenant: &Tenant, channel: Channel) -> Request<'_> {
    Request { tenant, channel, to_staff: false, suppressed: false, answers_at: None }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn is_delayed(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Delayed { .. })
}

/// Noon and 23:00 in Denver.
const NOON: &str = "2026-05-04T18:00:00Z";
const LATE: &str = "2026-05-05T05:00:00Z";

#[test]
fn a_plain_message_leaves_by_day_and_waits_by_night() {
    let tenant = tenant();
    let request = unasked(&tenant, Channel::Sms);
    assert!(matches!(gate(&request, at(NOON)), Verdict::Allowed { .. }));
    match gate(&request, at(LATE)) {
        Verdict::Delayed { until, why } => {
            assert_eq!(until, at("2026-05-05T14:00:00Z"), "08:00 in Denver");
            assert!(why.contains("21:00") && why.contains("08:00"), "{why}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn quiet_hours_end_by_the_clock_on_the_night_it_jumps() {
    // Denver, 8 March 2026: clocks jump from 02:00 to 03:00; 08:00 is 14:00 UTC, not 15:00.
    let tenant = tenant();
    let verdict = gate(&unasked(&tenant, Channel::Email), at("2026-03-08T05:00:00Z"));
    assert!(matches!(verdict, Verdict::Delayed { until, .. } if until == at("2026-03-08T14:00:00Z")), "{verdict:?}");
}

#[test]
fn quiet_hours_within_one_day_are_read_too() {
    let siesta = QuietHours { from: time(13, 0, 0, 0), until: time(15, 0, 0, 0) };
    let tenant = Tenant { quiet_hours: siesta, zone: "UTC".to_owned(), ..tenant() };
    let verdict = |text| gate(&unasked(&tenant, Channel::Sms), at(text));
    assert!(is_delayed(&verdict("2026-05-04T14:00:00Z")));
    assert!(!is_delayed(&verdict("2026-05-04T15:00:00Z")));
    assert!(!is_delayed(&verdict("2026-05-04T12:59:59Z")));
}

#[test]
fn quiet_hours_with_both_ends_alike_are_none() {
    let none = QuietHours { from: Time::midnight(), until: Time::midnight() };
    let tenant = Tenant { quiet_hours: none, ..tenant() };
    assert!(matches!(gate(&unasked(&tenant, Channel::Sms), at(LATE)), Verdict::Allowed { .. }));
}

#[test]
fn an_answer_that_comes_too_late_waits_like_any_other_message() {
    let tenant = tenant();
    let answer = |minutes| Request {
        answers_at: Some(at(LATE).checked_sub(SignedDuration::from_mins(minutes)).unwrap()),
        ..unasked(&tenant, Channel::Sms)
    };
    assert!(!is_delayed(&gate(&answer(30), at(LATE))));
    assert!(is_delayed(&gate(&answer(31), at(LATE))));
}

#[test]
fn a_channel_without_settings_is_skipped_by_name() {
    let tenant = Tenant { channels: Default::default(), ..tenant() };
    for (channel, name) in [
        (Channel::Whatsapp, "WhatsApp"),
        (Channel::Sms, "SMS"),
        (Channel::Email, "E-mail"),
        (Channel::Chat, "chat widget"),
    ] {
        match gate(&unasked(&tenant, channel), at(NOON)) {
            Verdict::Skipped { why } => assert!(why.contains(name), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_paused_or_closed_tenant_sends_nothing_to_anybody() {
    for (status, to_staff) in
        [TenantStatus::Paused, TenantStatus::Closed].into_iter().flat_map(|status| [(status, false), (status, true)])
    {
        let tenant = Tenant { status, ..tenant() };
        let request = Request { to_staff, ..unasked(&tenant, Channel::Email) };
        assert!(matches!(gate(&request, at(NOON)), Verdict::Dropped { .. }));
    }
}

#[test]
fn staff_hear_of_an_emergency_at_night_whatever_the_customer_opted_out_of() {
    let tenant = tenant();
    let notice = Request { to_staff: true, suppressed: true, ..unasked(&tenant, Channel::Email) };
    assert!(matches!(gate(&notice, at(LATE)), Verdict::Allowed { .. }));
}

#[test]
fn whatsapp_takes_free_text_for_a_day_only() {
    let tenant = tenant();
    let message = |hours_ago: Option<i64>| Request {
        answers_at: hours_ago.map(|hours| at(NOON).checked_sub(hours.hours()).unwrap()),
        ..unasked(&tenant, Channel::Whatsapp)
    };
    assert!(matches!(gate(&message(Some(23)), at(NOON)), Verdict::Allowed { .. }));
    for outside in [Some(24), Some(100), None] {
        match gate(&message(outside), at(NOON)) {
            Verdict::Dropped { why } => assert!(why.contains("template"), "{why}"),
            other => panic!("{other:?}"),
        }
    }
    let sms = Request { channel: Channel::Sms, ..message(Some(100)) };
    assert!(matches!(gate(&sms, at(NOON)), Verdict::Allowed { .. }));
}

#[test]
fn a_verdict_reads_back_from_storage() {
    let delayed = Verdict::Delayed { until: at(LATE), why: "later".to_owned() };
    let text = serde_json::to_string(&delayed).unwrap();
    assert!(text.contains(r#""decision":"delayed""#), "{text}");
    assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), delayed);
}

/// What a request may say beside its tenant.
#[derive(Debug, Clone)]
struct Case {
    tenant: Tenant,
    channel: Channel,
    to_staff: bool,
    suppressed: bool,
    answers_at: Option<Timestamp>,
    now: Timestamp,
}

impl Case {
    fn request(&self) -> Request<'_> {
        let Self { tenant, channel, to_staff, suppressed, answers_at, .. } = self;
        Request { tenant, channel: *channel, to_staff: *to_staff, suppressed: *suppressed, answers_at: *answers_at }
    }
}

prop_compose! {
    /// Quiet hours leave at least two hours a day, so that no clock change can swallow the rest.
    fn any_case()(
        zone in prop::sample::select(vec!["America/Denver", "America/Havana", "Australia/Lord_Howe", "Europe/Lisbon"]),
        from in 0_i16..1440, length in 0_i16..1320,
        paused in prop::bool::weighted(0.1), configured in prop::bool::weighted(0.9),
        channel in prop::sample::select(vec![Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat]),
        to_staff in prop::bool::weighted(0.2), suppressed in prop::bool::weighted(0.2),
        age in prop::option::of(0_i64..100_000), second in 1_700_000_000_i64..2_000_000_000,
    ) -> Case {
        let clock = |minute: i16| {
            let minute = minute % 1440;
            time(i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap(), 0, 0)
        };
        let mut tenant = tenant();
        tenant.zone = zone.to_owned();
        tenant.quiet_hours = QuietHours { from: clock(from), until: clock(from + length) };
        if paused { tenant.status = TenantStatus::Paused; }
        if !configured { tenant.channels = Default::default(); }
        let now = Timestamp::from_second(second).unwrap();
        let answers_at = age.map(|age| Timestamp::from_second(second - age).unwrap());
        Case { tenant, channel, to_staff, suppressed, answers_at, now }
    }
}

proptest! {
    #[test]
    fn suppression_always_wins(case in any_case()) {
        let request = Request { suppressed: true, to_staff: false, ..case.request() };
        let verdict = gate(&request, case.now);
        prop_assert!(matches!(&verdict, Verdict::Dropped { why } if why.contains("asked to get no more")), "{:?}", verdict);
    }

    #[test]
    fn an_answer_to_a_message_just_received_is_never_delayed(case in any_case(), age in 0_i64..=1_800) {
        let came = Timestamp::from_second(case.now.as_second() - age).unwrap();
        let request = Request { answers_at: Some(came), ..case.request() };
        prop_assert!(!is_delayed(&gate(&request, case.now)));
    }

    #[test]
    fn a_staff_notice_is_never_delayed(case in any_case()) {
        let notice = Request { to_staff: true, ..case.request() };
        prop_assert!(!is_delayed(&gate(&notice, case.now)));
    }

    #[test]
    fn a_delay_ends_outside_quiet_hours_within_a_day(case in any_case()) {
        let request = unasked(&case.tenant, Channel::Sms);
        if let Verdict::Delayed { until, .. } = gate(&request, case.now) {
            prop_assert!(until > case.now);
            prop_assert!(until.duration_since(case.now) <= SignedDuration::from_hours(25), "a day, and a clock change");
            prop_assert!(!is_delayed(&gate(&request, until)));
            let shown = until.to_zoned(case.tenant.time_zone()).time();
            let quiet = case.tenant.quiet_hours;
            let inside = if quiet.from < quiet.until { quiet.from <= shown && shown < quiet.until }
                else { quiet.from <= shown || shown < quiet.until };
            prop_assert!(!inside, "{} is quiet", shown);
        }
    }

    #[test]
    fn the_same_request_at_the_same_moment_gets_the_same_verdict(case in any_case()) {
        prop_assert_eq!(gate(&case.request(), case.now), gate(&case.clone().request(), case.now));
    }
}
