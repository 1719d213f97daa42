//! How much may be said, and what goes first.

use super::*;

#[test]
fn caps_hold_by_day_and_week() {
    use crate::journeys::Frequency::{Engaged, Minimal, Normal};
    for (frequency, sent, expected) in [
        (Minimal, &[25][..], None),
        (Minimal, &[20], Some("2026-05-04T22:00:00Z")),
        (Minimal, &[30, 60, 166], Some("2026-05-04T20:00:00Z")),
        (Minimal, &[30, 60, 168], None),
        (Normal, &[1, 2], None),
        (Normal, &[1, 2, 22], Some("2026-05-04T20:00:00Z")),
        (Normal, &[18, 19, 20, 22], Some("2026-05-04T22:00:00Z")),
        (Normal, &[1, 2, 26, 27, 50, 51, 74, 75, 98], None),
        (Normal, &[1, 2, 26, 27, 50, 51, 74, 75, 98, 167], Some("2026-05-04T19:00:00Z")),
        (Engaged, &[1, 2, 3, 4], None),
        (Engaged, &[1, 2, 3, 4, 21], Some("2026-05-04T21:00:00Z")),
    ] {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        case.journey().preferences.frequency = frequency;
        sent.iter().for_each(|ago| case.sent(Kind::AppointmentReminder, *ago));
        match expected {
            None => assert_allowed(&case.ask(NOON)),
            Some(until) => {
                assert_delayed(&case.ask(NOON), until, "full");
                assert_allowed(&case.ask(until));
                case.the_outreach().expires_at = at(until) - SignedDuration::from_secs(1);
                assert_dropped(&case.ask(NOON), "full");
            }
        }
        case.the_outreach().kind = Kind::AppointmentReminder;
        case.the_outreach().expires_at = at(NOON);
        assert_allowed(&case.ask(NOON));
    }
}

#[test]
fn a_place_that_frees_at_night_is_taken_in_the_morning() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.journey().preferences.frequency = crate::journeys::Frequency::Minimal;
    case.sent(Kind::FollowUp, 12);
    assert_delayed(&case.ask(NOON), "2026-05-05T14:00:00Z", "full");
}

#[test]
fn of_those_that_compete_for_a_place_the_more_important_goes_first() {
    let stands_back = "2026-05-04T18:10:00Z";
    // What waits besides a follow-up that waits for an hour, and whether the follow-up stands back.
    for (kind, hours_ago, stands) in [
        (Kind::QuoteFollowUp, 0, true),
        (Kind::AppointmentReminder, 0, true),
        (Kind::FollowUp, 2, true),
        (Kind::FollowUp, 0, false),
        (Kind::Campaign, 100, false),
    ] {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        let message = case.message.clone();
        case.journey().queued(&message, at(NOON) - hours(1));
        case.rival("rival", kind, hours_ago);
        assert_allowed(&case.ask(NOON));
        case.sent(Kind::FollowUp, 1);
        case.sent(Kind::FollowUp, 2);
        let verdict = case.ask(NOON);
        if stands { assert_delayed(&verdict, stands_back, "outranked") } else { assert_allowed(&verdict) }
    }
}

#[test]
fn what_cannot_leave_now_competes_for_nothing() {
    let changes: [fn(&mut Waiting); 3] = [
        |rival| rival.awaits = Some(Awaited::PaymentReceived),
        |rival| rival.until = Some(at(NOON) + hours(1)),
        |rival| rival.expires_at = at(NOON) - hours(1),
    ];
    for change in changes {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        case.sent(Kind::FollowUp, 1);
        case.sent(Kind::FollowUp, 2);
        let rival = case.rival("rival", Kind::QuoteFollowUp, 0);
        change(rival);
        assert_allowed(&case.ask(NOON));
    }
}

#[test]
fn of_two_that_are_alike_in_all_but_the_id_exactly_one_goes_first() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.sent(Kind::FollowUp, 1);
    case.sent(Kind::FollowUp, 2);
    let message = case.message.clone();
    case.journey().queued(&message, at(NOON));
    let other = case.rival("other", Kind::FollowUp, 0).message;
    let mut its = case.clone();
    its.message.reference = other;
    let (mine, its) = (case.ask(NOON), its.ask(NOON));
    assert_ne!(mine.as_str(), its.as_str(), "{mine:?} {its:?}");
}

#[test]
fn a_budget_that_is_used_up_waits_for_the_next_month() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.tenant.cost_control.touches_per_month = Some(100);
    case.sent_this_month = 99;
    assert_allowed(&case.ask(NOON));
    case.sent_this_month = 100;
    assert_dropped(&case.ask(NOON), "over_budget");
    case.the_outreach().expires_at = at(NOON) + hours(28 * 24);
    // Midnight of UTC is 18:00 in Denver.
    assert_delayed(&case.ask(NOON), "2026-06-01T00:00:00Z", "over_budget");
    case.the_outreach().kind = Kind::AppointmentReminder;
    assert_allowed(&case.ask(NOON));
    case.message.outreach = None;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn nothing_unasked_is_said_while_staff_are_talking_with_them() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.purpose() != Purpose::Transactional && *kind != Kind::Reply) {
        let mut case = Case::outreach(kind, Channel::Sms);
        let before = case.ask(NOON);
        case.with_staff = true;
        let verdict = case.ask(NOON);
        if before.as_str() == "allowed" {
            assert_eq!((verdict.as_str(), verdict.rule()), ("delayed", Some("with_staff")), "{kind:?}: {verdict:?}");
        }
    }
    for kind in [Kind::AppointmentReminder, Kind::Billing] {
        let mut case = Case::outreach(kind, Channel::Sms);
        let before = case.ask(NOON);
        case.with_staff = true;
        assert_eq!(case.ask(NOON), before, "{kind:?} was agreed on");
    }
    let mut case = Case::reply(Channel::Sms);
    case.with_staff = true;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn what_holds_for_good_is_said_before_what_passes() {
    let mut case = Case::outreach(Kind::Campaign, Channel::Sms);
    case.journey().stage = Stage::Booked;
    assert_eq!(case.ask(LATE).as_str(), "held");
    case.opt_out_state.heard.insert(Channel::Sms, at(NOON));
    assert_eq!(case.ask(LATE).as_str(), "dropped");
}
