//! A visit that is arranged in a talk, by the calendar.

mod afterwards;
mod by_word;
mod waiting;
mod way;

use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{from_value, json};

use super::*;
use crate::ids::AppointmentId;
use crate::scheduling::{Booking, BookingState, Calendar, CalendarDay, DayChange, DayKey, Resource, Terms};
use crate::turns::booking::ReadCalendar;
use crate::turns::talk::{Talk, Way};

/// The roofer, whose inspections a calendar books: an hour of Ana's, who works on the business's weekdays.
pub(super) fn shop() -> Tenant {
    let mut tenant = roofer();
    tenant.services.retain(|service| service.id.as_str() == "roof-inspection");
    let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0, "every_minutes": 30});
    tenant.services[0].booking = Some(from_value(rules).unwrap());
    tenant.services[0].duration_minutes = Some(60);
    tenant.services[0].skills = Vec::new();
    tenant.intake.clear();
    tenant.works_at = Some(crate::tenancy::WorksAt::Business);
    tenant
}

pub(super) fn ana() -> Vec<Resource> {
    vec![from_value(json!({"id": "ana", "name": "Ana", "kind": "person"})).unwrap()]
}

/// Wednesday, 2026-12-02, at ten in the morning in Denver.
pub(super) fn wednesday() -> Timestamp {
    local(date(2026, 12, 2).at(10, 0, 0, 0))
}

fn local(at: DateTime) -> Timestamp {
    roofer().time_zone().to_timestamp(at).unwrap()
}

fn talk(tenant: &Tenant, way: Way) -> Talk<'_> {
    Talk::new(tenant, BusinessContext::NONE, way, wednesday()).unwrap().with_calendar(ana(), Vec::new())
}

fn live<'t>(talk: &'t Talk<'_>) -> Vec<&'t Booking> {
    talk.known().bookings.values().filter(|booking| booking.state <= BookingState::Confirmed).collect()
}

fn booked_at(talk: &Talk<'_>) -> Option<(BookingState, String)> {
    let only = live(talk);
    assert!(only.len() <= 1, "{only:?}");
    let at = |booking: &&Booking| booking.starts_at.to_zoned(roofer().time_zone()).datetime().to_string();
    only.first().map(|booking| (booking.state, at(booking)))
}

fn booked(at: &str) -> Option<(BookingState, String)> {
    Some((BookingState::Booked, at.to_owned()))
}

fn held(at: &str) -> Option<(BookingState, String)> {
    Some((BookingState::Held, at.to_owned()))
}

#[test]
fn a_free_time_is_kept_until_it_is_known_who_comes_and_booked_then() {
    let tenant = shop();
    let mut talk = talk(&tenant, Way::Chat);
    let reply = talk.say("Hi, I need a roof inspection on Thursday at 3").unwrap().text().to_owned();
    assert!(reply.contains("keeping it for you") && reply.contains("your name"), "{reply}");
    assert_eq!(booked_at(&talk), held("2026-12-03T15:00:00"));
    let reply = talk.say("Dana Reed, 303 555 0142").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"), "{reply}");
    assert!(reply.contains("You are booked on Thursday, 12/3 at 3 PM: Roof inspection."), "{reply}");
    let reply = talk.say("Great, thank you!").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"), "{reply}");
    assert!(!reply.contains("confirm"), "{reply}");
}

#[test]
fn a_day_alone_is_answered_by_a_few_of_its_free_times_and_one_is_picked() {
    for (pick, at) in [
        ("the second", "2026-12-03T12:00:00"),
        ("4", "2026-12-03T16:00:00"),
        ("the earliest", "2026-12-03T08:00:00"),
        ("8 am works", "2026-12-03T08:00:00"),
        ("Can we do 2:30?", "2026-12-03T14:30:00"),
    ] {
        let tenant = shop();
        let mut talk = talk(&tenant, Way::Sms);
        let reply = talk.say("I'd like a roof inspection on Thursday").unwrap().text().to_owned();
        assert!(reply.contains("We have an opening tomorrow at 8 AM, 12 PM or 4 PM. Which would suit you?"), "{reply}");
        assert_eq!(booked_at(&talk), None);
        let reply = talk.say(pick).unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), held(at), "{pick}: {reply}");
        let reply = talk.say("Dana Reed").unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked(at), "{reply}");
    }
}

#[test]
fn where_a_time_is_taken_the_nearest_are_offered_and_others_where_none_of_them_suits() {
    let tenant = shop();
    let mut other = talk(&tenant, Way::Sms);
    other.say("Roof inspection tomorrow at 3 pm, my name is Sam Cole").unwrap();
    assert_eq!(booked_at(&other), booked("2026-12-03T15:00:00"));
    let (_, days, _) = other.calendar();
    let mut talk = Talk::new(&tenant, BusinessContext::NONE, Way::Sms, wednesday()).unwrap().with_calendar(ana(), days);
    let reply = talk.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("nothing is open tomorrow at 3 PM") && reply.contains("2 PM"), "{reply}");
    assert_eq!(booked_at(&talk), None);
    let reply = talk.say("neither, Friday?").unwrap().text().to_owned();
    assert!(reply.contains("on Friday at") && reply.contains("3 PM"), "{reply}");
    assert_eq!(booked_at(&talk), None);
    let reply = talk.say("Friday at 10 then").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "{reply}");
}

#[test]
fn on_a_day_on_which_it_is_closed_other_days_are_offered() {
    let tenant = shop();
    let mut talk = talk(&tenant, Way::Sms);
    let reply = talk.say("Roof inspection on Sunday, please").unwrap().text().to_owned();
    assert!(
        reply.contains("closed on Sunday") && reply.contains("We have an opening on Monday at 8 AM, 12 PM or 4 PM"),
        "{reply}"
    );
}

#[test]
fn the_earliest_and_any_saturday_are_offered() {
    let tenant = shop();
    for (text, first) in [
        ("What is your earliest opening for a roof inspection?", "today at 10:30 AM"),
        ("Roof inspection as soon as possible please", "today at 10:30 AM"),
        ("Do you have any Saturday free for a roof inspection?", "on Saturday at 9 AM"),
    ] {
        let mut talk = talk(&tenant, Way::Sms);
        let reply = talk.say(text).unwrap().text().to_owned();
        assert!(reply.contains(&format!("We have an opening {first}")), "{text}: {reply}");
    }
}

#[test]
fn a_hold_that_is_over_is_booked_anyway_where_it_is_free_and_offered_anew_where_it_is_not() {
    let tenant = shop();
    for taken in [false, true] {
        let mut talk = talk(&tenant, Way::Sms);
        talk.say("Roof inspection tomorrow at 3 pm please").unwrap();
        assert_eq!(booked_at(&talk), held("2026-12-03T15:00:00"));
        let hold = *talk.known().bookings.keys().next().unwrap();
        talk.meanwhile(SignedDuration::from_mins(30), |days| {
            for day in days.values_mut().filter(|_| taken) {
                let entry = crate::scheduling::Entry { held_until: None, ..day.entries[&hold] };
                day.entries.clear();
                day.entries.insert(AppointmentId::derive(&roofer().id, &["other"]), entry);
            }
        });
        let reply = talk.say("Dana Reed").unwrap().text().to_owned();
        if taken {
            assert!(reply.contains("We have an opening") && !reply.contains("booked"), "{reply}");
            let reply = talk.say("ok, 2 pm").unwrap().text().to_owned();
            assert_eq!(booked_at(&talk), booked("2026-12-03T14:00:00"), "{reply}");
        } else {
            assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"), "{reply}");
        }
    }
}

#[test]
fn what_was_booked_is_moved_and_cancelled_by_a_word() {
    let tenant = shop();
    for way in [Way::Sms, Way::Chat] {
        let mut talk = talk(&tenant, way);
        talk.say("Roof inspection tomorrow at 3 pm please").unwrap();
        talk.say("Dana Reed, 303 555 0142").unwrap();
        let id = live(&talk)[0].id;
        let reply = talk.say("Sorry, can we make it Friday at 10 instead?").unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "{reply}");
        assert!(reply.contains("moved: it is now on Friday, 12/4 at 10 AM"), "{reply}");
        assert_eq!(live(&talk)[0].id, id);
        let reply = talk.say("Could I still cancel it if it rains?").unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), booked("2026-12-04T10:00:00"), "{reply}");
        let reply = talk.say("Please cancel my appointment").unwrap().text().to_owned();
        assert!(reply.contains("on Friday, 12/4 at 10 AM is cancelled"), "{reply}");
        assert_eq!(booked_at(&talk), None);
        assert!(talk.calendar().1.iter().all(|day| day.entries.is_empty()), "its time is free");
    }
}

#[test]
fn a_move_to_a_day_is_offered_its_times_and_stays_until_one_is_picked() {
    let tenant = shop();
    let mut talk = talk(&tenant, Way::Sms);
    talk.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap();
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"));
    let reply = talk.say("I need to reschedule my appointment to Monday").unwrap().text().to_owned();
    assert!(reply.contains("We have an opening on Monday at 3 PM. Would that suit you?"), "{reply}");
    assert_eq!(booked_at(&talk), booked("2026-12-03T15:00:00"));
    let reply = talk.say("Yes, that works").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-07T15:00:00"), "{reply}");
    assert!(reply.contains("moved: it is now on Monday, 12/7 at 3 PM"), "{reply}");
}

#[test]
fn it_is_said_in_five_languages() {
    for (said, offered, pick, name, booked_words) in [
        (
            "I'd like a roof inspection on Friday",
            "We have an opening on Friday",
            "the second",
            "Dana Reed",
            "You are booked on Friday, 12/4",
        ),
        (
            "Quiero una inspección de techo el viernes",
            "Tenemos disponibilidad el viernes",
            "la segunda",
            "Dana Reed",
            "Su cita está reservada el viernes",
        ),
        (
            "Je voudrais une inspection de toiture vendredi",
            "Nous avons un créneau vendredi",
            "le deuxième",
            "Dana Reed",
            "Votre rendez-vous est réservé vendredi",
        ),
        ("Ich möchte eine Dachinspektion am Freitag", "Wir haben am Freitag", "der zweite", "Dana Reed", "ist gebucht"),
        (
            "Quero uma inspeção de telhado na sexta-feira",
            "Temos vaga na sexta-feira",
            "o segundo",
            "Dana Reed",
            "Seu horário está reservado na sexta-feira",
        ),
    ] {
        let tenant = shop();
        let mut talk = talk(&tenant, Way::Sms);
        let reply = talk.say(said).unwrap().text().to_owned();
        assert!(reply.contains(offered), "{said}: {reply}");
        let reply = talk.say(pick).unwrap().text().to_owned();
        assert_eq!(booked_at(&talk), held("2026-12-04T12:00:00"), "{pick}: {reply}");
        let reply = talk.say(name).unwrap().text().to_owned();
        assert!(reply.contains(booked_words), "{reply}");
        assert_eq!(booked_at(&talk), booked("2026-12-04T12:00:00"));
    }
}

#[test]
fn without_a_calendar_people_arrange_the_visit_as_ever() {
    let tenant = shop();
    let mut without = Talk::new(&tenant, BusinessContext::NONE, Way::Sms, wednesday()).unwrap();
    let reply = without.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("Our team will check the calendar"), "{reply}");
    assert!(without.known().bookings.is_empty() && without.known().told_staff);
    let mut by_people = shop();
    by_people.services[0].booking = None;
    let mut talk = talk(&by_people, Way::Sms);
    assert_eq!(talk.say("Roof inspection tomorrow at 3 pm, my name is Dana Reed").unwrap().text(), reply);
    assert!(talk.known().bookings.is_empty() && talk.known().told_staff);
}

/// A turn as `ai-converse` runs it, with these bookings of Ana's.
fn decided(tenant: &Tenant, inbound: &Inbound, found: Vec<Person>, bookings: &[Booking]) -> Outcome {
    let mut turn = Turn::open(tenant, BusinessContext::NONE, inbound, found, inbound.received_at);
    let route = crate::conversations::route(tenant, inbound.content.text(), Some(&turn.thread), inbound.received_at);
    turn.read_message(&route);
    if let Some(need) = turn.calendar_needed(&route) {
        let mut days = BTreeMap::new();
        for booking in bookings {
            for key in booking.days() {
                let day = days.entry(key.clone()).or_insert_with(|| CalendarDay::empty(key));
                assert!(day.enter(booking.id, booking.entry(), booking.created_at));
            }
        }
        days.retain(|key: &DayKey, _| (need.dates.0..=need.dates.1).contains(&key.date));
        let days: Vec<CalendarDay> = days.into_values().collect();
        let booking = bookings.iter().find(|booking| Some(booking.id) == need.appointment);
        let place = need.address.as_deref().and_then(crate::scheduling::Place::of_text);
        let read = ReadCalendar { resources: &ana(), days: &days, booking, place, waiting: &[] };
        turn.arrange(&need, &read);
    }
    let context = turn.reply_context();
    let answer = crate::conversations::builtin::respond(&turn.asked(&context, &route), inbound.received_at);
    turn.close(answered(answer), 12)
}

/// Somebody who wrote by text message, and whom staff keep three o'clock on the Monday after for.
fn kept_for(tenant: &Tenant) -> (Person, Booking) {
    let mut person = known(tenant);
    person.contact.learn_name("Dana Reed", crate::messaging::Strength::Proven);
    person.lead.name = Some("Dana Reed".to_owned());
    let terms = Terms::of(tenant, None, &tenant.services[0].id).unwrap();
    let id = AppointmentId::derive(&tenant.id, &["waits"]);
    let monday = local(date(2026, 11, 23).at(15, 0, 0, 0));
    let (resources, now) = (ana(), noon(60));
    let calendar = Calendar { terms: &terms, resources: &resources, days: &[], moving: None, now };
    let slot = calendar.choose(monday, &[]).unwrap();
    let until = Some(noon(60) + SignedDuration::from_mins(30));
    let booking = Booking::new(id, person.contact.id, &terms, now).at(&slot, &terms, until, now);
    person.threads[0].asked = None;
    (person, booking)
}

/// What becomes of an appointment at `starts_at` where its customer writes `text`.
fn of_booked(tenant: &Tenant, starts_at: DateTime, text: &str) -> (Booking, Outcome) {
    let (mut person, held) = kept_for(tenant);
    let terms = Terms::of(tenant, None, &held.service).unwrap();
    let (resources, now) = (ana(), noon(60));
    let calendar = Calendar { terms: &terms, resources: &resources, days: &[], moving: None, now };
    let slot = calendar.choose(local(starts_at), &[]).unwrap();
    let booking = held.at(&slot, &terms, None, now);
    person.threads[0].booked = Some(booking.id);
    let inbound = message("changes", phone(101), text, noon(120));
    let outcome = decided(tenant, &inbound, vec![person], std::slice::from_ref(&booking));
    (booking, outcome)
}

#[test]
fn what_is_weeks_ahead_leaves_its_time_where_it_is_cancelled_or_moved() {
    let tenant = shop();
    for (text, state) in [
        ("Please cancel my appointment", BookingState::Cancelled),
        ("Can we make it Monday at 10 instead?", BookingState::Booked),
    ] {
        let (booking, outcome) = of_booked(&tenant, date(2026, 12, 21).at(15, 0, 0, 0), text);
        let change = outcome.booking.as_ref().unwrap_or_else(|| panic!("{text}: {}", reply(&outcome).text));
        assert_eq!(change.after.state, state, "{text}");
        let left: Vec<_> = booking.days().into_iter().map(DayChange::Leave).collect();
        assert!(!left.is_empty() && left.iter().all(|left| change.days.contains(left)), "{text}: {:?}", change.days);
    }
}

#[test]
fn who_cancels_and_says_when_it_was_has_cancelled_it() {
    let tenant = shop();
    let friday = || date(2026, 11, 27).at(10, 0, 0, 0);
    for text in [
        "Please cancel my appointment. It was Friday at 10.",
        "Please cancel. Friday does not suit me.",
        "Por favor cancele mi cita. Era el viernes a las 10.",
        "Merci d'annuler mon rendez-vous. C'était vendredi à 10 h.",
        "Ich muss meinen Termin absagen. Er war am Freitag um 10 Uhr.",
        "Por favor, cancele minha consulta. Era na sexta-feira às 10h.",
    ] {
        let (booking, outcome) = of_booked(&tenant, friday(), text);
        let changed = outcome.booking.as_ref().map(|change| (change.after.id, change.after.state));
        assert_eq!(changed, Some((booking.id, BookingState::Cancelled)), "{text}: {}", reply(&outcome).text);
    }
}

#[test]
fn at_a_place_in_another_zone_its_hour_is_said_picked_and_stored() {
    let tenant = shop();
    let address = json!({"street": "1 Example Street", "city": "New York", "postal_code": "10001", "country": "US"});
    let place = json!({"id": "new-york", "name": "New York", "zone": "America/New_York", "address": address});
    let own = BusinessContext::new(vec![from_value(place).unwrap()], &[], None);
    let talk = || Talk::new(&tenant, &own, Way::Sms, wednesday()).unwrap().with_calendar(ana(), Vec::new());
    let there = |talk: &Talk<'_>| {
        let at = |booking: &&Booking| booking.starts_at.to_zoned(TimeZone::get("America/New_York").unwrap()).datetime();
        live(talk).first().map(|booking| at(booking).to_string())
    };
    let mut named = talk();
    let reply =
        named.say("Roof inspection in New York tomorrow at 3 pm, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("You are booked on Thursday, 12/3 at 3 PM"), "{reply}");
    assert_eq!(there(&named).as_deref(), Some("2026-12-03T15:00:00"));
    let visit = named.known().lead.as_ref().and_then(|lead| lead.requested_visit).unwrap();
    assert_eq!((visit.date, visit.from), (date(2026, 12, 3), Some(live(&named)[0].starts_at)));
    let mut picked = talk();
    let reply =
        picked.say("A roof inspection in New York on Thursday, my name is Dana Reed").unwrap().text().to_owned();
    assert!(reply.contains("We have an opening tomorrow at 8 AM, 12 PM or 4 PM"), "{reply}");
    let reply = picked.say("4 pm").unwrap().text().to_owned();
    assert!(reply.contains("You are booked on Thursday, 12/3 at 4 PM"), "{reply}");
    assert_eq!(there(&picked).as_deref(), Some("2026-12-03T16:00:00"));
}

#[test]
fn what_was_booked_before_two_people_became_one_is_theirs_still() {
    let tenant = shop();
    let (mut person, held) = kept_for(&tenant);
    let earlier = crate::ContactId::derive(&tenant.id, &["earlier"]);
    let booked = Booking { state: BookingState::Booked, held_until: None, contact: earlier, ..held };
    person.threads[0].booked = Some(booked.id);
    for merged_from in [Vec::new(), vec![earlier]] {
        person.contact.merged_from = merged_from.clone();
        let inbound = message("cancels", phone(101), "Please cancel my appointment", noon(120));
        let outcome = decided(&tenant, &inbound, vec![person.clone()], std::slice::from_ref(&booked));
        assert_eq!(outcome.booking.is_some(), !merged_from.is_empty(), "{}", reply(&outcome).text);
    }
}

#[test]
fn no_to_a_freed_time_lets_it_go_to_the_next_and_leaves_what_they_have() {
    let tenant = shop();
    let (mut person, held) = kept_for(&tenant);
    let held = Booking { from_waitlist: true, ..held };
    let (service, times) = (held.service.clone(), vec![held.starts_at]);
    person.threads[0].offer = Some(crate::conversations::Offer { service, location: None, times, held: Some(held.id) });
    person.threads[0].booked = Some(AppointmentId::derive(&tenant.id, &["theirs"]));
    for text in ["NO", "No, thank you", "no thanks"] {
        let inbound = message(text, phone(101), text, noon(120));
        let outcome = decided(&tenant, &inbound, vec![person.clone()], std::slice::from_ref(&held));
        let change = outcome.booking.as_ref().map(|change| (change.after.id, change.after.state));
        assert_eq!(change, Some((held.id, BookingState::Cancelled)), "{text}: {}", reply(&outcome).text);
        assert!(names(&outcome).contains(&"waitlist.declined"), "{:?}", names(&outcome));
        assert_eq!((&outcome.thread.offer, outcome.thread.booked), (&None, person.threads[0].booked));
    }
}

#[test]
fn i_confirm_is_stored_and_told_once_and_a_question_about_it_confirms_nothing() {
    let tenant = shop();
    for (text, confirms) in [("I confirm my appointment", true), ("Can you confirm my appointment?", false)] {
        let (booking, outcome) = of_booked(&tenant, date(2026, 11, 27).at(10, 0, 0, 0), text);
        let said = &reply(&outcome).text;
        assert!(said.contains("on Friday, 11/27 at 10 AM"), "{text}: {said}");
        let change = outcome.booking.as_ref().map(|change| (change.after.id, change.after.state, change.days.len()));
        assert_eq!(change, confirms.then_some((booking.id, BookingState::Confirmed, 0)), "{text}: {said}");
        let (contact, appointment) = (booking.contact, booking.id);
        let told = EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None };
        assert_eq!(outcome.events.iter().filter(|event| event.kind == told).count(), usize::from(confirms));
    }
}

#[test]
fn yes_to_a_time_that_is_kept_for_them_books_it_and_nothing_else_does() {
    let tenant = shop();
    let (mut person, booking) = kept_for(&tenant);
    for times in [Vec::new(), vec![booking.starts_at]] {
        let service = booking.service.clone();
        let offer = crate::conversations::Offer { service, location: None, times, held: Some(booking.id) };
        person.threads[0].offer = Some(offer);
        let says = |text: &str| {
            let inbound = message(text, phone(101), text, noon(120));
            decided(&tenant, &inbound, vec![person.clone()], std::slice::from_ref(&booking))
        };
        for text in ["yes", "Yes please!"] {
            let outcome = says(text);
            let change = outcome.booking.as_ref().unwrap_or_else(|| panic!("{text}: {}", reply(&outcome).text));
            assert_eq!((change.after.id, change.after.state), (booking.id, BookingState::Booked));
            assert_eq!((outcome.thread.booked, &outcome.thread.offer), (Some(booking.id), &None));
            assert!(reply(&outcome).text.contains("You are booked on Monday, 11/23 at 3 PM"));
            assert!(names(&outcome).contains(&"appointment.booked"));
        }
        let mut asked_since = person.clone();
        asked_since.threads[0].offer = None;
        let yes = message("since", phone(101), "yes", noon(120));
        let outcome = decided(&tenant, &yes, vec![asked_since], std::slice::from_ref(&booking));
        assert_eq!(outcome.booking, None, "it answers what was said since: {}", reply(&outcome).text);
        for text in ["How much is it?", "Who is this?", "let me see"] {
            let outcome = says(text);
            assert_eq!(outcome.booking, None, "{text}: {}", reply(&outcome).text);
        }
    }
}

#[test]
fn who_only_says_who_they_are_touches_no_appointment_of_the_contacts() {
    let tenant = shop();
    let (mut person, held) = kept_for(&tenant);
    let booked = Booking { state: BookingState::Booked, held_until: None, ..held };
    person.contact.learn(&email("dana"), crate::messaging::Strength::Given);
    person.threads[0].booked = Some(booked.id);
    let by_mail = Conversation { channel: Channel::Email, peer: Some(email("dana")), ..person.threads[0].clone() };
    person.threads.push(by_mail);
    for (from, cancels) in [(phone(101), true), (email("dana"), false)] {
        let inbound = message("cancels", from, "Please cancel my appointment", noon(120));
        let outcome = decided(&tenant, &inbound, vec![person.clone()], std::slice::from_ref(&booked));
        let cancelled = outcome.booking.as_ref().map(|change| change.after.state);
        assert_eq!(cancelled, cancels.then_some(BookingState::Cancelled), "{}", reply(&outcome).text);
        assert_eq!(reply(&outcome).text.contains("is cancelled"), cancels);
    }
}

/// Whether `at` was free for the visit, on the calendar before it.
fn was_free(tenant: &Tenant, before: &(Vec<Resource>, Vec<CalendarDay>, Timestamp), booking: &Booking) -> bool {
    let terms = Terms::of(tenant, None, &booking.service).unwrap();
    let (resources, days, now) = before;
    let calendar = Calendar { terms: &terms, resources, days, moving: Some(booking.id), now: *now };
    calendar.choose(booking.starts_at, &[]).is_ok()
}

const SAID: [&str; 24] = [
    "Hi, a roof inspection please",
    "Thursday at 3",
    "Friday",
    "any Saturday?",
    "the earliest?",
    "the second",
    "11:30",
    "3",
    "yes",
    "Yes, please",
    "no",
    "neither, Monday?",
    "Dana Reed",
    "My name is Dana, 303 555 0142",
    "how much is it?",
    "can we make it Friday at 10 instead?",
    "cancel it",
    "a bit later?",
    "thanks!",
    "Sunday at 9",
    "tomorrow morning",
    "I can't make it, what about Tuesday at noon?",
    "the last one",
    "what are your hours?",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_said_nothing_is_booked_but_free_times_and_exactly_what_the_reply_says(
        said in prop::collection::vec((prop::sample::select(&SAID[..]), 0_i64..40), 1..14),
        chat in any::<bool>(),
    ) {
        let tenant = shop();
        let mut talk = talk(&tenant, if chat { Way::Chat } else { Way::Sms });
        for (text, minutes) in said {
            let before = talk.known().bookings.clone();
            talk.meanwhile(SignedDuration::from_mins(minutes), |_| {});
            let resources = talk.calendar().0.to_vec();
            let days = talk.calendar().1;
            let reply = talk.say(text).unwrap().text().to_owned();
            let now = talk.calendar().2;
            let after = &talk.known().bookings;
            let mut changed = after.values().filter(|booking| before.get(&booking.id) != Some(*booking));
            let change = changed.next();
            prop_assert!(changed.next().is_none(), "{}: {}", text, reply);
            let to_come = |booking: &&Booking| booking.state == BookingState::Booked && booking.starts_at > now;
            let kept = |booking: &&Booking| {
                booking.state == BookingState::Held && booking.held_until.is_some_and(|until| until > now)
            };
            let live = after.values().filter(to_come).count() + after.values().filter(kept).count();
            prop_assert!(live <= 1, "{}: {}", text, reply);
            // What was only noted changes neither its time nor its state.
            let is_told = |booking: &&Booking| {
                before.get(&booking.id).is_some_and(|was| was.note != booking.note && was.starts_at == booking.starts_at)
            };
            prop_assert_eq!(reply.contains("added that"), change.is_some_and(|booking| is_told(&booking)), "{}", &reply);
            let change = change.filter(|booking| !is_told(booking));
            let state = change.map(|booking| booking.state);
            if let Some(booking) = change.filter(|booking| booking.state <= BookingState::Booked) {
                prop_assert!(was_free(&tenant, &(resources, days, now), booking), "{}: {}", text, reply);
            }
            let is_booked = state == Some(BookingState::Booked);
            let had_one = before.values().any(|booking| to_come(&booking));
            let says = |words: &str| reply.contains(words);
            prop_assert_eq!(says("You are booked"), is_booked && !had_one, "{}: {}", text, &reply);
            prop_assert_eq!(says("has been moved"), is_booked && had_one, "{}: {}", text, &reply);
            prop_assert_eq!(says("keeping it for you"), state == Some(BookingState::Held), "{}: {}", text, &reply);
            prop_assert!(!says("is cancelled") || state == Some(BookingState::Cancelled), "{}: {}", text, &reply);
            prop_assert!(state != Some(BookingState::Cancelled) || says("is cancelled") || says("no problem"), "{}", reply);
        }
    }
}

/// Dana, who was invited to a roof inspection by text message.
fn invited(tenant: &Tenant) -> Talk<'_> {
    let mut talk = talk(tenant, Way::Sms);
    // She wrote once, about something else.
    talk.say("Hi, this is Dana Reed. Do you also do gutters?").unwrap();
    talk.meanwhile(SignedDuration::from_hours(72), |_| {});
    let (_, _, now) = talk.calendar();
    talk.invite(&crate::conversations::InvitedTo {
        campaign: crate::ids::CampaignId::derive(&tenant.id, &["hail"]),
        service: crate::ids::ServiceId::new("roof-inspection").unwrap(),
        location: None,
        days: (date(2026, 12, 5), date(2026, 12, 15)),
        at: now,
        until: now + SignedDuration::from_hours(7 * 24),
        answered: false,
    });
    talk
}

#[test]
fn a_yes_to_an_invitation_is_answered_by_free_times_of_its_service_and_booked() {
    for (yes, pick) in [("YES", "the first"), ("Yes please!", "the first one works")] {
        let tenant = shop();
        let mut talk = invited(&tenant);
        let reply = talk.say(yes).unwrap().text().to_owned();
        assert!(reply.contains("We have an opening"), "{yes}: {reply}");
        let reply = talk.say(pick).unwrap().text().to_owned();
        let booking = live(&talk)[0];
        assert_eq!((booking.service.as_str(), booking.state), ("roof-inspection", BookingState::Booked), "{reply}");
        assert_eq!(
            talk.known().lead.as_ref().unwrap().qualification.service_interest.as_deref(),
            Some("Roof inspection")
        );
    }
}

#[test]
fn a_yes_counts_for_an_invitation_of_some_days_ago_and_for_no_older_one() {
    let tenant = shop();
    let mut talk = invited(&tenant);
    talk.meanwhile(SignedDuration::from_hours(60), |_| {});
    let reply = talk.say("Yes").unwrap().text().to_owned();
    assert!(reply.contains("We have an opening"), "{reply}");
    let mut late = invited(&tenant);
    late.meanwhile(SignedDuration::from_hours(8 * 24), |_| {});
    let reply = late.say("Yes").unwrap().text().to_owned();
    assert!(!reply.contains("We have an opening"), "{reply}");
}

#[test]
fn a_time_in_the_answer_to_an_invitation_is_booked_and_a_no_offers_nothing() {
    let tenant = shop();
    let mut talk = invited(&tenant);
    let reply = talk.say("Yes, Monday at 10 works").unwrap().text().to_owned();
    assert_eq!(booked_at(&talk), booked("2026-12-07T10:00:00"), "{reply}");
    let mut no = invited(&tenant);
    let reply = no.say("No thanks").unwrap().text().to_owned();
    assert!(!reply.contains("opening") && live(&no).is_empty(), "{reply}");
}
