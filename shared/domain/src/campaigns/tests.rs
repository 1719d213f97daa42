//! Campaigns as a whole: what a rule may say, who fits, how many are invited, how one goes on, what it brings.

mod figures;
mod invitations;
mod lifecycle;
mod portions;

use serde_json::json;

use super::samples::{monday, proposal, rule, shop};
use super::{Criteria, FieldAge, LeftOut, WeatherRule};
use crate::Failure;
use crate::campaigns::AudienceContext;
use crate::ids::LocationId;
use crate::journeys::Person;

fn field_of(refused: Result<(), Failure>) -> String {
    match refused {
        Err(Failure::Rejected { field: Some(field), .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_rule_that_could_never_be_fulfilled_or_offers_nothing_is_refused_by_name() {
    assert_eq!(rule().validate_for(&shop()), Ok(()));
    let with = |change: serde_json::Value| {
        let mut json = serde_json::to_value(rule()).unwrap();
        json.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value::<WeatherRule>(json).unwrap()
    };
    for (change, field) in [
        (json!({"name": " "}), "name"),
        (json!({"days": 11}), "days"),
        (json!({"lead_days": 11}), "lead_days"),
        (json!({"months": [13]}), "months"),
        (json!({"months": [6, 6]}), "months[1]"),
        (json!({"services": []}), "services"),
        (json!({"services": ["roof-inspection", "roof-inspection"]}), "services[1]"),
        (json!({"services": ["paint"]}), "services[0]"),
        (json!({"keep_free_percent": 95}), "keep_free_percent"),
        (json!({"thresholds": {}}), "thresholds.high_above_tenths_c"),
        (json!({"thresholds": {"high_above_tenths_c": 950}}), "thresholds.high_above_tenths_c"),
        (json!({"condition": "storm"}), "thresholds.gust_above_tenths_kmh"),
        (json!({"audience": {"last_visit_over_days": 9999}}), "audience.last_visit_over_days"),
        (json!({"audience": {"field_over": {"field": "", "over_years": 20}}}), "audience.field_over.field"),
        (json!({"template": {"name": "Heat", "language": "en"}}), "template.name"),
        (json!({"template": {"name": "heat", "language": "en", "values": ["{amount}"]}}), "template.values[0]"),
    ] {
        assert_eq!(field_of(with(change.clone()).validate_for(&shop())), field, "{change}");
    }
    assert!(serde_json::from_value::<WeatherRule>(json!({"id": "x", "colour": 1})).is_err());
}

#[test]
fn weather_without_a_service_a_calendar_or_time_begins_nothing() {
    let tenant = shop();
    let begin = |proposal: super::Proposal, tenant: &crate::tenancy::Tenant| {
        proposal.begin(tenant, &tenant.time_zone(), monday()).map(|_| ())
    };
    assert_eq!(begin(proposal(), &tenant), Ok(()));
    let inactive = super::Proposal { rule: WeatherRule { active: false, ..rule() }, ..proposal() };
    assert_eq!(begin(inactive, &tenant), Err("inactive"));
    let mut without = shop();
    without.services.retain(|service| service.id.as_str() != "roof-inspection");
    assert_eq!(begin(proposal(), &without), Err("no_services"));
    assert_eq!(begin(proposal(), &crate::samples::roofer()), Err("no_calendar"));
    let here = super::Proposal { first_day: super::samples::today(), ..proposal() };
    assert_eq!(begin(here, &tenant), Err("too_late"));
}

fn fit(person: &Person, criteria: &Criteria) -> Result<u16, LeftOut> {
    let (tenant, services) = (shop(), rule().services);
    let context = AudienceContext { tenant: &tenant, criteria, services: &services, location: None, now: monday() };
    context.fit(person, None).map(|fit| fit.rank)
}

#[test]
fn who_was_served_long_ago_fits_and_everybody_else_is_left_out_for_a_reason() {
    let tenant = shop();
    let ana = super::samples::person(&tenant);
    let criteria = Criteria::default();
    assert_eq!(fit(&ana, &criteria), Ok(741), "by the days since the last visit");
    let changed = |change: &dyn Fn(&mut Person)| {
        let mut person = ana.clone();
        change(&mut person);
        fit(&person, &criteria)
    };
    assert_eq!(changed(&|person| person.opt_out_state.refused = true), Err(LeftOut::Refused));
    assert_eq!(changed(&|person| person.journey = None), Err(LeftOut::NeverServed));
    let lately = "2026-06-01T17:00:00Z".parse().unwrap();
    let served = |person: &mut Person| person.journey.as_mut().unwrap().appointments[0].ends_at = lately;
    assert_eq!(changed(&served), Err(LeftOut::ServedLately));
    let ahead = |person: &mut Person| {
        let visits = &mut person.journey.as_mut().unwrap().appointments;
        let mut next = visits[0].clone();
        next.id = crate::ids::AppointmentId::derive(&tenant.id, &["next"]);
        next.state = crate::scheduling::AppointmentState::Booked;
        next.ends_at = "2026-07-20T17:00:00Z".parse().unwrap();
        visits.push(next);
    };
    assert_eq!(changed(&ahead), Err(LeftOut::HasVisit));
    let complains = |person: &mut Person| {
        let mut thread = crate::samples::thread(&tenant);
        thread.escalation = Some(crate::EscalationId::derive(&tenant.id, &["e"]));
        person.threads.push(thread);
    };
    assert_eq!(changed(&complains), Err(LeftOut::WithStaff));
    let yesterday = monday() - jiff::SignedDuration::from_hours(24);
    let wrote = |person: &mut Person| {
        person.opt_out_state.heard.insert(crate::messaging::Channel::Sms, yesterday);
    };
    assert_eq!(changed(&wrote), Err(LeftOut::HeardLately));
    let services = rule().services;
    let context =
        AudienceContext { tenant: &tenant, criteria: &criteria, services: &services, location: None, now: monday() };
    assert_eq!(context.fit(&ana, Some(yesterday)), Err(LeftOut::InvitedLately));
}

#[test]
fn a_field_says_how_old_something_is_as_a_year_a_date_or_an_age() {
    let tenant = shop();
    let age = FieldAge { field: "roof".to_owned(), over_years: 20 };
    let criteria = Criteria { field_over: Some(age), ..Criteria::default() };
    for (value, fits) in [
        ("2005", true),
        ("2006", false),
        ("2006-07-13", false),
        ("2005-07-14", false),
        ("2005-07-13", true),
        ("21", true),
        ("21 years", true),
        ("20", false),
        ("old", false),
        ("", false),
        ("-5", false),
    ] {
        let mut person = super::samples::person(&tenant);
        person.contact.card.fields.insert("roof".to_owned(), value.to_owned());
        assert_eq!(fit(&person, &criteria).is_ok(), fits, "{value}");
    }
    assert_eq!(fit(&super::samples::person(&tenant), &criteria), Err(LeftOut::TooYoung), "nothing is known");
}

#[test]
fn tags_and_places_narrow_it_and_who_belongs_to_no_place_may_be_served_at_any() {
    let mut person = super::samples::person(&shop());
    let tagged = Criteria { tags: vec!["VIP".to_owned()], ..Criteria::default() };
    assert_eq!(fit(&person, &tagged), Err(LeftOut::OtherTags));
    person.contact.card.tags.push("vip".to_owned());
    assert!(fit(&person, &tagged).is_ok());
    let at = |place: &str| Criteria { location: Some(LocationId::new(place).unwrap()), ..Criteria::default() };
    assert!(fit(&person, &at("lakewood")).is_ok());
    person.journey.as_mut().unwrap().location = Some(LocationId::new("golden").unwrap());
    assert_eq!(fit(&person, &at("lakewood")), Err(LeftOut::OtherPlace));
    assert!(fit(&person, &at("golden")).is_ok());
}
