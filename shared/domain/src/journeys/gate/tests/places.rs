//! Quiet hours by place and day.

use super::*;
use crate::journeys::home_zone;
use crate::leads::KnownAddress;
use jiff::civil::time;

/// A follow-up to a number.
fn to(number: &str) -> Case {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.delivery().to = phone(number);
    case.contact.as_mut().unwrap().addresses = vec![KnownAddress::proven(phone(number))];
    case
}

#[test]
fn a_plain_message_leaves_by_day_and_waits_by_night() {
    for channel in [Channel::Sms, Channel::Email] {
        for case in
            [Case::reply(channel), Case::outreach(Kind::FollowUp, channel), Case::outreach(Kind::Billing, channel)]
        {
            assert_allowed(&case.ask(NOON));
            assert_delayed(&case.ask(LATE), "2026-05-05T14:00:00Z", "quiet_hours");
        }
    }
}

#[test]
fn the_recipients_clock_counts_not_the_businesss() {
    for (number, now, expected) in [
        // 12:00 in Denver: 14:00 in New York, 20:00 in Berlin, 03:00 in Tokyo, 08:00 in Honolulu.
        ("+12125550123", NOON, None),
        ("+4915112345678", NOON, None),
        ("+81312345678", NOON, Some("2026-05-04T23:00:00Z")),
        ("+18085550123", NOON, None),
        ("+18085550123", "2026-05-04T17:59:59Z", Some("2026-05-04T18:00:00Z")),
        // 850 is New York and Chicago: from 8:00 in Chicago until 21:00 in New York.
        ("+18505550123", "2026-05-04T12:30:00Z", Some("2026-05-04T13:00:00Z")),
        ("+18505550123", "2026-05-05T00:59:59Z", None),
        ("+18505550123", "2026-05-05T01:00:00Z", Some("2026-05-05T13:00:00Z")),
        // No such area: somewhere in the tenant's country, from 8:00 in Honolulu until 21:00 in New York.
        ("+15555550123", "2026-05-04T17:00:00Z", Some("2026-05-04T18:00:00Z")),
        ("+15555550123", "2026-05-05T00:30:00Z", None),
        ("+15555550123", "2026-05-05T01:00:00Z", Some("2026-05-05T18:00:00Z")),
    ] {
        match expected {
            None => assert_allowed(&to(number).ask(now)),
            Some(until) => assert_delayed(&to(number).ask(now), until, "quiet_hours"),
        }
    }
}

#[test]
fn what_they_say_counts_before_their_location_and_that_before_their_number() {
    let mut case = to("+12125550123");
    // 20:30 in New York, 18:30 in Denver, 14:30 in Honolulu, 09:30 in Tokyo.
    let evening = "2026-05-05T00:30:00Z";
    assert_allowed(&case.ask(evening));
    case.journey().location_zone = Some("Europe/Paris".to_owned());
    assert_delayed(&case.ask(evening), "2026-05-05T06:00:00Z", "quiet_hours");
    case.journey().preferences.zone = Some("Asia/Tokyo".to_owned());
    assert_allowed(&case.ask(evening));
    case.journey().preferences.zone = Some("Mars/Olympus".to_owned());
    assert_delayed(&case.ask(evening), "2026-05-05T06:00:00Z", "quiet_hours");
}

#[test]
fn an_e_mail_goes_by_all_their_numbers_and_without_any_by_the_country() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Email);
    let addresses =
        |list: &[&str]| list.iter().map(|number| phone(number)).chain([email()]).map(KnownAddress::proven).collect();
    // 07:30 in Denver, 09:30 in New York.
    let morning = "2026-05-04T13:30:00Z";
    for (numbers, until) in [
        (&["+12125550123"][..], None),
        (&["+12125550123", DENVER], Some("2026-05-04T14:00:00Z")),
        (&[], Some("2026-05-04T18:00:00Z")),
    ] {
        case.contact.as_mut().unwrap().addresses = addresses(numbers);
        match until {
            None => assert_allowed(&case.ask(morning)),
            Some(until) => assert_delayed(&case.ask(morning), until, "quiet_hours"),
        }
    }
    case.tenant.region = "ZZ".to_owned();
    case.the_outreach().kind = Kind::Billing;
    assert_dropped(&case.ask(NOON), "unknown_hour");
    case.delivery().answers_at = Some(at(NOON));
    assert_allowed(&case.ask(NOON));
    case.delivery().answers_at = None;
    case.journey().preferences.zone = Some("America/Denver".to_owned());
    assert_allowed(&case.ask(NOON));
}

#[test]
fn the_business_and_the_person_can_only_narrow_the_hours() {
    let siesta = QuietHours { from: time(12, 0, 0, 0), until: time(15, 0, 0, 0) };
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.tenant.quiet_hours = no_quiet_hours();
    assert_delayed(&case.ask(LATE), "2026-05-05T14:00:00Z", "quiet_hours");
    assert_allowed(&case.ask(NOON));
    case.tenant.quiet_hours = siesta;
    assert_delayed(&case.ask(NOON), "2026-05-04T21:00:00Z", "quiet_hours");
    case.journey().preferences.quiet_hours = Some(QuietHours { from: time(14, 0, 0, 0), until: time(17, 0, 0, 0) });
    assert_delayed(&case.ask(NOON), "2026-05-04T23:00:00Z", "quiet_hours");
    assert_allowed(&case.ask("2026-05-04T17:59:59Z"));
}

#[test]
fn hours_that_never_fit_drop_the_message() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.tenant.quiet_hours = QuietHours { from: time(8, 0, 0, 0), until: time(15, 0, 0, 0) };
    case.journey().preferences.quiet_hours = Some(QuietHours { from: time(15, 0, 0, 0), until: time(22, 0, 0, 0) });
    assert_dropped(&case.ask(NOON), "quiet_hours");
}

#[test]
fn what_would_be_too_late_in_the_morning_is_dropped_at_night() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.the_outreach().expires_at = at("2026-05-05T14:00:00Z");
    assert_delayed(&case.ask(LATE), "2026-05-05T14:00:00Z", "quiet_hours");
    case.the_outreach().expires_at = at("2026-05-05T13:59:59Z");
    assert_dropped(&case.ask(LATE), "quiet_hours");
}

#[test]
fn states_narrow_what_advertises_by_text() {
    for (number, state, now, until) in [
        // Florida: from 8:00 to 20:00; 20:30 in New York.
        ("+13055550123", None, "2026-05-05T00:30:00Z", Some("2026-05-05T12:00:00Z")),
        ("+12125550123", None, "2026-05-05T00:30:00Z", None),
        ("+12125550123", Some("FL"), "2026-05-05T00:30:00Z", Some("2026-05-05T12:00:00Z")),
        ("+13055550123", Some("NY"), "2026-05-05T00:30:00Z", None),
        // Texas: on Sundays from noon on.
        ("+12145550123", None, "2026-05-03T14:00:00Z", Some("2026-05-03T17:00:00Z")),
        ("+12145550123", None, "2026-05-04T13:30:00Z", Some("2026-05-04T14:00:00Z")),
        // Alabama: not on Sundays, nor on Memorial Day, 25 May 2026.
        ("+12055550123", None, "2026-05-23T23:00:00Z", None),
        ("+12055550123", None, "2026-05-24T15:00:00Z", Some("2026-05-26T13:00:00Z")),
    ] {
        let mut case = to(number);
        case.the_outreach().kind = Kind::Campaign;
        case.the_outreach().expires_at = at("2026-07-01T00:00:00Z");
        case.journey().preferences.state = state.map(str::to_owned);
        match until {
            None => assert_allowed(&case.ask(now)),
            Some(until) => assert_delayed(&case.ask(now), until, "quiet_hours"),
        }
        case.the_outreach().kind = Kind::FollowUp;
        assert_allowed(&case.ask(now));
    }
}

#[test]
fn quiet_hours_end_by_the_clock_on_the_night_it_jumps() {
    // Denver, 8 March 2026: clocks jump from 02:00 to 03:00; 08:00 is 14:00 UTC, not 15:00.
    let mut case = Case::reply(Channel::Sms);
    assert_delayed(&case.ask("2026-03-08T05:00:00Z"), "2026-03-08T14:00:00Z", "quiet_hours");
    // 1 November 2026: they go back.
    assert_delayed(&case.ask("2026-11-01T05:00:00Z"), "2026-11-01T15:00:00Z", "quiet_hours");
    // A leap day.
    assert_delayed(&case.ask("2028-02-29T05:00:00Z"), "2028-02-29T15:00:00Z", "quiet_hours");
    // Apia, 30 December 2011, did not take place.
    case.journey().preferences.zone = Some("Pacific/Apia".to_owned());
    assert_delayed(&case.ask("2011-12-30T09:00:00Z"), "2011-12-30T18:00:00Z", "quiet_hours");
}

#[test]
fn an_answer_that_comes_too_late_waits_like_any_other_message() {
    let answer = |minutes| {
        let mut case = Case::reply(Channel::Sms);
        case.delivery().answers_at = Some(at(LATE) - SignedDuration::from_mins(minutes));
        case.ask(LATE)
    };
    assert_allowed(&answer(30));
    assert_delayed(&answer(31), "2026-05-05T14:00:00Z", "quiet_hours");
}

#[test]
fn a_person_is_at_home_where_most_is_known() {
    let case = Case::reply(Channel::Sms);
    let mut contact = case.contact.clone().unwrap();
    let mut journey = case.journey.clone().unwrap();
    let home = |tenant: &Tenant, contact: &Contact, journey: &Journey| {
        home_zone(tenant, contact, Some(journey)).iana_name().unwrap().to_owned()
    };
    contact.addresses = vec![KnownAddress::proven(email())];
    assert_eq!(home(&case.tenant, &contact, &journey), "America/Denver", "the tenant's");
    for (number, zone) in [
        ("+4915112345678", "Europe/Berlin"),
        ("+12125550123", "America/New_York"),
        // Kansas is Chicago's and Denver's: it is the tenant's, if it can be.
        ("+16205550123", "America/Denver"),
        // Florida's west is both, and most of its people are in Chicago's.
        ("+18505550123", "America/Chicago"),
    ] {
        contact.addresses = [email(), phone(number)].map(KnownAddress::proven).to_vec();
        assert_eq!(home(&case.tenant, &contact, &journey), zone, "{number}");
    }
    journey.location_zone = Some("America/Chicago".to_owned());
    assert_eq!(home(&case.tenant, &contact, &journey), "America/Chicago");
    journey.preferences.zone = Some("Europe/Madrid".to_owned());
    assert_eq!(home(&case.tenant, &contact, &journey), "Europe/Madrid");
    assert_eq!(home_zone(&case.tenant, &contact, None).iana_name(), Some("America/Chicago"));
}
