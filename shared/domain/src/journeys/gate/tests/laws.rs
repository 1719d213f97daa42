//! Laws that hold for every send context, history and clock.

use super::*;
use crate::journeys::Frequency;
use crate::leads::KnownAddress;
use jiff::civil::time;
use jiff::tz::TimeZone;
use proptest::prelude::*;

/// Where someone is: the stated zone, the number, and the zones that follow from them for a tenant in the United
/// States.
const PLACES: [(Option<&str>, Option<&str>, &[&str]); 9] = [
    (Some("America/Havana"), Some("+13035550123"), &["America/Havana"]),
    (Some("Australia/Lord_Howe"), None, &["Australia/Lord_Howe"]),
    (Some("Africa/Casablanca"), None, &["Africa/Casablanca"]),
    (None, Some("+13035550123"), &["America/Denver"]),
    (None, Some("+18505550123"), &["America/New_York", "America/Chicago"]),
    (None, Some("+12085550123"), &["America/Boise", "America/Los_Angeles"]),
    (None, Some("+447700900123"), &["Europe/London"]),
    (None, Some("+5511912345678"), &["America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha"]),
    (
        None,
        None,
        &[
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "America/Adak",
            "Pacific/Honolulu",
        ],
    ),
];

/// Nights on which clocks change somewhere, and days that are rare.
const SPECIAL: [&str; 7] = [
    "2026-03-08T09:00:00Z",
    "2026-11-01T06:00:00Z",
    "2027-03-14T05:00:00Z",
    "2027-10-31T01:00:00Z",
    "2028-02-29T12:00:00Z",
    "2027-04-03T15:00:00Z",
    "2027-02-07T02:00:00Z",
];

fn any_now() -> impl Strategy<Value = Timestamp> {
    let special = (prop::sample::select(SPECIAL.to_vec()), -129_600_i64..129_600)
        .prop_map(|(night, off)| at(night) + SignedDuration::from_secs(off));
    let any = (1_767_225_600_i64..2_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap());
    prop_oneof![special, any]
}

fn any_quiet() -> impl Strategy<Value = QuietHours> {
    let clock = |minute: i16| time(i8::try_from(minute / 60 % 24).unwrap(), i8::try_from(minute % 60).unwrap(), 0, 0);
    (0_i16..1440, 0_i16..900)
        .prop_map(move |(from, length)| QuietHours { from: clock(from), until: clock(from + length) })
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

/// A person's history before a moment: hours ago, and what went out.
fn any_history() -> impl Strategy<Value = Vec<(i64, Kind)>> {
    prop::collection::vec((0_i64..14_000, any_kind()), 0..14)
}

prop_compose! {
    fn any_case()(
        place in prop::sample::select(PLACES.to_vec()), now in any_now(), quiet in any_quiet(),
        own in prop::option::of(any_quiet()), kind in any_kind(), outreach in prop::bool::weighted(0.85),
        stage in prop::sample::select(Stage::ALL.to_vec()),
        channel in prop::sample::select(vec![Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat]),
        to_staff in prop::bool::weighted(0.05), refused in prop::bool::weighted(0.1),
        unpaid in prop::bool::weighted(0.3),
        frequency in prop::sample::select(vec![Frequency::Minimal, Frequency::Normal, Frequency::Engaged]),
        history in any_history(), rivals in prop::collection::vec((0_i64..2_000, any_kind()), 0..4),
        lasts in 1_i64..20_000, age in prop::option::of(0_i64..100_000), heard in prop::option::of(0_i64..200_000),
        budget in prop::option::of(1_u32..3), template in any::<bool>(),
    ) -> (Case, &'static [&'static str], Timestamp) {
        let (zone, number, zones) = place;
        let mut case = if outreach { Case::outreach(kind, channel) } else { Case::reply(channel) };
        if to_staff { case.message.role = Role::Notice; }
        let number = number.map(phone);
        case.contact.as_mut().unwrap().addresses = number.iter().cloned().chain([email()]).map(KnownAddress::proven).collect();
        case.delivery().to = match (channel, number) {
            (Channel::Sms | Channel::Whatsapp, Some(number)) => number,
            (Channel::Chat, _) => Address::Chat("session".to_owned()),
            _ => email(),
        };
        case.delivery().answers_at = age.map(|age| now - SignedDuration::from_secs(age));
        case.message.reference.at = now - hours(1);
        if outreach {
            case.the_outreach().expires_at = now + SignedDuration::from_mins(lasts);
            if !template { case.the_outreach().template = None; }
        }
        case.tenant.quiet_hours = quiet;
        case.tenant.cost_control.touches_per_month = budget;
        case.sent_this_month = 2;
        case.opt_out_state = OptOutState { refused, ..OptOutState::default() };
        case.opt_out_state.heard.extend(heard.map(|ago| (Channel::Whatsapp, now - SignedDuration::from_secs(ago))));
        let message = case.message.clone();
        for (index, (ago, kind)) in rivals.into_iter().enumerate() {
            let rival = case.rival(&index.to_string(), kind, 0);
            rival.since = now - SignedDuration::from_mins(ago);
            rival.expires_at = now + hours(24);
        }
        let journey = case.journey();
        journey.queued(&message, now - hours(1));
        journey.stage = stage;
        journey.preferences.zone = zone.map(str::to_owned);
        journey.preferences.quiet_hours = own;
        journey.preferences.frequency = frequency;
        journey.ledger = history.iter().map(|(ago, kind)| Sent {
            at: now - SignedDuration::from_mins(*ago),
            kind: *kind,
            channel: Channel::Sms,
            digest: digest(&ago.to_string()),
            appointment: None,
        }).collect();
        journey.ledger.sort_by_key(|sent| sent.at);
        if unpaid {
            let id = crate::ids::InvoiceId::derive(&case.tenant.id, &["invoice"]);
            case.journey().invoices = vec![serde_json::from_value(json!({ "id": id, "state": "issued" })).unwrap()];
        }
        (case, zones, now)
    }
}

/// Whether it is quiet in one of the zones, by what clocks show.
fn is_quiet_somewhere(case: &Case, zones: &[&str], now: Timestamp) -> bool {
    let own = case.journey.as_ref().unwrap().preferences.quiet_hours;
    zones.iter().any(|zone| {
        let shown = now.to_zoned(TimeZone::get(zone).unwrap()).time();
        let within = |from: Time, until: Time| {
            if from <= until { from <= shown && shown < until } else { from <= shown || shown < until }
        };
        let named = [Some(case.tenant.quiet_hours), own];
        within(time(21, 0, 0, 0), time(8, 0, 0, 0))
            || named.into_iter().flatten().any(|hours| within(hours.from, hours.until))
    })
}

/// Whether it may leave at any hour.
fn any_hour(case: &Case, now: Timestamp) -> bool {
    let answered = case.message.delivery.as_ref().unwrap().answers_at;
    case.message.role == Role::Notice || answered.is_some_and(|at| now.duration_since(at).as_secs() <= 30 * 60)
}

proptest! {
    #[test]
    fn nothing_unasked_is_allowed_in_quiet_hours((case, zones, now) in any_case()) {
        if matches!(case.ask_at(now), Verdict::Allowed { .. }) && !any_hour(&case, now) {
            prop_assert!(!is_quiet_somewhere(&case, zones, now));
        }
    }

    #[test]
    fn who_refused_gets_nothing_whatever_else_is_so((case, _, now) in any_case()) {
        let mut case = case;
        // What they ask in a chat is answered there.
        prop_assume!(case.message.channel != Channel::Chat || case.message.outreach.is_some());
        case.opt_out_state.refused = true;
        case.message.role = Role::Assistant;
        let verdict = case.ask_at(now);
        prop_assert_eq!(verdict.rule(), Some("suppression"));
    }

    #[test]
    fn the_same_send_context_at_the_same_moment_gets_the_same_verdict((case, _, now) in any_case()) {
        prop_assert_eq!(case.ask_at(now), case.clone().ask_at(now));
    }

    #[test]
    fn a_delay_ends_later_not_too_late_and_outside_quiet_hours((case, zones, now) in any_case()) {
        if let Verdict::Delayed { until, .. } = case.ask_at(now) {
            prop_assert!(until > now);
            prop_assert!(case.message.outreach.as_ref().is_none_or(|outreach| until <= outreach.expires_at));
            prop_assert!(any_hour(&case, until) || !is_quiet_somewhere(&case, zones, until));
        }
    }

    #[test]
    fn quiet_hours_hold_nothing_longer_than_they_last((case, zones, now) in any_case()) {
        let advertises = case.message.kind().purpose() == Purpose::Marketing;
        match case.ask_at(now) {
            Verdict::Delayed { until, rule, .. } if rule.as_deref() == Some("quiet_hours") && !advertises => {
                let mut at = now;
                while at < until {
                    prop_assert!(is_quiet_somewhere(&case, zones, at), "not quiet at {}", at);
                    at += SignedDuration::from_mins(7);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn whatever_waits_is_let_out_or_dropped_in_the_end((case, _, now) in any_case()) {
        let mut at = now;
        // What stands back does so for ten minutes at a time.
        let outreach = case.message.outreach.as_ref();
        let most = outreach.map_or(0, |outreach| outreach.expires_at.duration_since(now).as_mins() / 10) + 50;
        for _ in 0..most {
            at = match case.ask_at(at) {
                Verdict::Delayed { until, .. } => until,
                Verdict::Held { .. } => case.message.outreach.as_ref().unwrap().expires_at,
                Verdict::Allowed { .. } | Verdict::Skipped { .. } | Verdict::Dropped { .. } => return Ok(()),
            };
        }
        prop_assert!(false, "it waits for ever");
    }

    #[test]
    fn what_they_agreed_on_waits_for_nothing_but_the_hour((case, zones, now) in any_case()) {
        let mut case = case;
        if let Some(outreach) = &mut case.message.outreach {
            outreach.kind = Kind::AppointmentReminder;
            if let Verdict::Delayed { .. } | Verdict::Held { .. } = case.ask_at(now) {
                prop_assert!(is_quiet_somewhere(&case, zones, now));
            }
        }
    }

    #[test]
    fn caps_are_never_exceeded(
        frequency in prop::sample::select(vec![Frequency::Minimal, Frequency::Normal, Frequency::Engaged]),
        start in any_now(),
        steps in prop::collection::vec((0_i64..400, any_kind()), 1..120),
    ) {
        let (a_day, a_week) = match frequency {
            Frequency::Minimal => (1, 3),
            Frequency::Normal => (3, 10),
            Frequency::Engaged => (5, 20),
        };
        let mut case = Case::outreach(Kind::FollowUp, Channel::Email);
        case.journey().preferences.frequency = frequency;
        let mut now = start;
        let mut out: Vec<Timestamp> = Vec::new();
        for (index, (minutes, kind)) in steps.into_iter().enumerate() {
            now += SignedDuration::from_mins(minutes);
            case.the_outreach().kind = kind;
            case.the_outreach().expires_at = now + hours(48);
            case.message.text = format!("Text {index}");
            case.message.reference = reference(&case.tenant, &index.to_string(), now);
            let asked = case.clone();
            case.journey().queued(&asked.message, now);
            match gate(&asked.send_context(), now) {
                Ruling::Cleared(cleared, _) => {
                    case.journey().cleared(&cleared);
                    out.push(now);
                    let within = |window| out.iter().filter(|at| now.duration_since(**at) < hours(window)).count();
                    if kind.purpose() != Purpose::Transactional {
                        prop_assert!(within(24) <= a_day, "{} a day", within(24));
                        prop_assert!(within(7 * 24) <= a_week, "{} a week", within(7 * 24));
                    }
                }
                Ruling::Stopped(verdict) => case.journey().reschedule(asked.message.reference, &verdict),
            }
        }
    }
}
