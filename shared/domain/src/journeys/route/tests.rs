//! Which way messages go.

use super::*;
use crate::journeys::Person;
use crate::journeys::samples as sample;
use crate::messaging::{Email, Phone, Purpose, Strength};
use crate::samples;
use crate::tenancy::Tenant;
use serde_json::json;

/// A tenant with every channel.
fn tenant() -> Tenant {
    let mut tenant = samples::roofer();
    tenant.channels.whatsapp = samples::dentist().channels.whatsapp;
    tenant.channels.email = serde_json::from_value(json!({ "from": "us@roofer.example.com" })).unwrap();
    tenant
}

fn taken(tenant: &Tenant, person: &Person, journey: &Journey, way: &Route) -> Option<Channel> {
    route(way, &sample::journey_context(tenant, person, &[]), journey).map(|(channel, address)| {
        let is_phone = matches!(address, Address::Phone(_));
        assert_eq!(is_phone, matches!(channel, Channel::Sms | Channel::Whatsapp));
        channel
    })
}

fn first_of(channels: &[Channel]) -> Route {
    Route::FirstOf(channels.to_vec())
}

#[test]
fn the_first_on_which_they_can_be_reached_is_taken() {
    let tenant = tenant();
    let mut person = sample::person(&tenant);
    let journey = sample::journey(&tenant);
    let way = first_of(&[Channel::Chat, Channel::Whatsapp, Channel::Email, Channel::Sms]);
    assert_eq!(taken(&tenant, &person, &journey, &way), Some(Channel::Email));
    person.opt_out_state.unreachable.insert("email|email:ana@example.com".to_owned());
    assert_eq!(taken(&tenant, &person, &journey, &way), Some(Channel::Sms));
    person.opt_out_state.unreachable.insert("sms|phone:+13035550142".to_owned());
    assert_eq!(taken(&tenant, &person, &journey, &way), None);
    // Another number of theirs does.
    person.contact.addresses.push(serde_json::from_value(json!({ "kind": "phone", "value": "+13035550143" })).unwrap());
    assert_eq!(taken(&tenant, &person, &journey, &way), Some(Channel::Sms));
}

#[test]
fn a_channel_that_the_tenant_has_not_leads_nowhere() {
    let tenant = samples::roofer();
    let (person, journey) = (sample::person(&tenant), sample::journey(&tenant));
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Email])), None);
    assert_eq!(taken(&tenant, &person, &journey, &Route::Best), Some(Channel::Sms));
}

#[test]
fn no_one_is_written_to_on_whatsapp_who_never_was_there_nor_agreed() {
    let tenant = tenant();
    let way = first_of(&[Channel::Whatsapp]);
    let (person, journey) = (sample::person(&tenant), sample::journey(&tenant));
    assert_eq!(taken(&tenant, &person, &journey, &way), None);
    let mut wrote = person.clone();
    wrote.opt_out_state.heard.insert(Channel::Whatsapp, person.contact.created_at);
    assert_eq!(taken(&tenant, &wrote, &journey, &way), Some(Channel::Whatsapp));
    for granted in [true, false] {
        let mut journey = journey.clone();
        journey.consents.push(crate::journeys::ConsentRecord {
            channel: Channel::Whatsapp,
            purpose: Purpose::Conversational,
            granted,
            at: person.contact.created_at,
            evidence: "The box on the form".to_owned(),
        });
        assert_eq!(taken(&tenant, &person, &journey, &way).is_some(), granted);
    }
}

#[test]
fn a_number_that_was_only_typed_is_not_texted_and_the_mail_goes_instead() {
    let tenant = tenant();
    let (mut person, mut journey) = (sample::person(&tenant), sample::journey(&tenant));
    person.opt_out_state.heard.clear();
    let way = first_of(&[Channel::Sms, Channel::Email]);
    assert_eq!(taken(&tenant, &person, &journey, &way), Some(Channel::Email));
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms])), None);
    journey.consents.push(crate::journeys::ConsentRecord {
        channel: Channel::Sms,
        purpose: Purpose::Conversational,
        granted: true,
        at: person.contact.created_at,
        evidence: "The box on the form".to_owned(),
    });
    assert_eq!(taken(&tenant, &person, &journey, &way), Some(Channel::Sms));
}

#[test]
fn what_they_prefer_goes_first_where_the_route_has_it() {
    let tenant = tenant();
    let person = sample::person(&tenant);
    let mut journey = sample::journey(&tenant);
    journey.preferences.channel = Some(Channel::Email);
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms, Channel::Email])), Some(Channel::Email));
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms])), Some(Channel::Sms));
    assert_eq!(taken(&tenant, &person, &journey, &Route::Best), Some(Channel::Email));
}

#[test]
fn the_best_is_where_they_react_most_for_what_was_sent() {
    let tenant = tenant();
    let mut person = sample::person(&tenant);
    let mut journey = sample::journey(&tenant);
    let reactions = |sent, opened, replied| Reactions { sent, opened, replied, ..Reactions::default() };
    for (sms, email, best) in [
        (reactions(0, 0, 0), reactions(0, 0, 0), Channel::Sms),
        (reactions(4, 0, 1), reactions(4, 3, 0), Channel::Email),
        (reactions(4, 0, 2), reactions(4, 3, 0), Channel::Sms),
        // Nothing came of four messages: another way is tried.
        (reactions(4, 0, 0), reactions(0, 0, 0), Channel::Email),
        (reactions(u32::MAX, u32::MAX, u32::MAX), reactions(0, 0, 0), Channel::Sms),
    ] {
        journey.engagement.channels = [(Channel::Sms, sms), (Channel::Email, email)].into();
        assert_eq!(taken(&tenant, &person, &journey, &Route::Best), Some(best), "{:?}", journey.engagement);
    }
    // Of equals the one on which they wrote last.
    journey.engagement.channels.clear();
    let later = person.contact.created_at + jiff::SignedDuration::from_secs(1);
    person.opt_out_state.heard.insert(Channel::Email, later);
    assert_eq!(taken(&tenant, &person, &journey, &Route::Best), Some(Channel::Email));
}

#[test]
fn where_nothing_is_proven_an_address_that_came_later_gets_nothing() {
    let tenant = tenant();
    let mut person = sample::person(&tenant);
    let journey = sample::journey(&tenant);
    person.contact.addresses =
        vec![KnownAddress::given(Address::Email(Email::new("ana@example.com", "email").unwrap()))];
    person.contact.version = 1;
    let typed = Address::Phone(Phone::e164("+13035550142", "phone").unwrap());
    person.contact.learn(&typed, Strength::Given);
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms])), None);
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms, Channel::Email])), Some(Channel::Email));
    // It is theirs after all: they wrote from it.
    person.contact.learn(&typed, Strength::Proven);
    assert_eq!(taken(&tenant, &person, &journey, &first_of(&[Channel::Sms])), Some(Channel::Sms));
}
