use super::*;
use crate::ContactId;
use crate::conversations::{Answers, Handling};
use crate::ids::AppointmentId;
use crate::leads::{Contact, Lead};
use crate::messaging::{OptOutState, Phone, Strength};
use crate::samples::roofer;
use crate::scheduling::{BookingState, CLAIM, Terms};
use jiff::SignedDuration;
use serde_json::{from_value, json};

/// Noon in Denver.
fn noon() -> Timestamp {
    "2026-12-03T19:00:00Z".parse().unwrap()
}

fn denver() -> TimeZone {
    TimeZone::get("America/Denver").unwrap()
}

fn shop() -> Tenant {
    let mut tenant = roofer();
    tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
    tenant
}

/// Ana, who texted two days ago.
fn ana(tenant: &Tenant) -> Person {
    let thread = crate::samples::thread(tenant);
    let phone = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
    let wrote = noon() - SignedDuration::from_hours(48);
    let mut contact = Contact::new(thread.contact, wrote);
    contact.learn(&phone, Strength::Proven);
    contact.name = Some("Ana Vale".to_owned());
    let lead = Lead { contact: contact.id, ..crate::samples::lead(tenant) };
    let thread = Conversation { channel: Channel::Sms, peer: Some(phone), session: None, version: 3, ..thread };
    let opt_out_state = OptOutState { heard: [(Channel::Sms, wrote)].into(), ..OptOutState::default() };
    Person { contact, lead, threads: vec![thread], opt_out_state, journey: None }
}

/// Friday at nine, held from `now` on.
fn held(tenant: &Tenant, contact: ContactId, now: Timestamp) -> Booking {
    let terms = Terms::of(tenant, None, &tenant.services[0].id).unwrap();
    Booking {
        state: BookingState::Held,
        held_until: Some(now + CLAIM),
        starts_at: "2026-12-04T16:00:00Z".parse().unwrap(),
        ..Booking::new(AppointmentId::derive(&tenant.id, &["held"]), contact, &terms, now)
    }
}

fn drafted(tenant: &Tenant, person: &Person, now: Timestamp) -> Result<Draft, NotNow> {
    let held = held(tenant, person.contact.id, now);
    FreedTimeOffer { tenant, person, held: &held, zone: &denver(), now }.draft()
}

#[test]
fn it_goes_into_the_thread_they_write_in_where_a_yes_takes_what_is_held() {
    let (tenant, person) = (shop(), ana(&shop()));
    let draft = drafted(&tenant, &person, noon()).unwrap();
    assert_eq!(
        draft.message.text,
        "Hi Ana, a time has opened up at Summit Ridge Roofing: Roof inspection, Friday, December 4, 9 AM. We hold it for you \
         until 12:30 PM. Reply YES to take it, or NO to let it go."
    );
    assert_eq!((draft.thread.id, draft.opened, draft.thread.version), (person.threads[0].id, false, 3));
    let offer = draft.thread.offer.unwrap();
    assert_eq!(offer.held, Some(AppointmentId::derive(&tenant.id, &["held"])));
    assert_eq!(offer.times, ["2026-12-04T16:00:00Z".parse().unwrap()]);
    let outreach = draft.message.outreach.unwrap();
    assert_eq!(outreach.expires_at, noon() + CLAIM, "what comes later offers what is not held any more");
    assert_eq!(drafted(&tenant, &person, noon()).unwrap().message.reference, draft.message.reference, "twice is once");
}

#[test]
fn who_is_arranging_another_time_is_asked_once_that_is_over() {
    let (tenant, mut person) = (shop(), ana(&shop()));
    let mut thread = drafted(&tenant, &person, noon()).unwrap().thread;
    let other = thread.offer.as_mut().unwrap();
    (other.times, other.held) = (Vec::new(), Some(AppointmentId::derive(&tenant.id, &["other"])));
    person.threads[0] = thread.clone();
    let later = |minutes| noon() + SignedDuration::from_mins(minutes);
    assert_eq!(drafted(&tenant, &person, later(5)).unwrap_err(), NotNow::Before(later(10)));
    assert!(drafted(&tenant, &person, later(10)).is_ok());
    person.threads[0].offer.as_mut().unwrap().held = None;
    assert!(drafted(&tenant, &person, later(5)).is_ok(), "nothing is kept for them");
}

#[test]
fn what_we_write_next_ends_the_offer() {
    let (tenant, person) = (shop(), ana(&shop()));
    let offered = drafted(&tenant, &person, noon()).unwrap().thread;
    assert!(offered.offer.is_some());
    let mut thread = super::super::threads::Thread { thread: offered, opened: false, past: None };
    thread.say("Shall we go ahead with the quote?", noon());
    assert_eq!(thread.thread.offer, None);
}

#[test]
fn who_took_a_freed_time_and_has_another_visit_for_the_same_is_asked_about_it_by_staff() {
    let (mut tenant, mut person) = (shop(), ana(&shop()));
    let taken = Booking { state: BookingState::Booked, held_until: None, ..held(&tenant, person.contact.id, noon()) };
    let visit = |name: &str, service: &str, at: &str| Appointment {
        id: AppointmentId::derive(&tenant.id, &[name]),
        state: AppointmentState::Confirmed,
        starts_at: at.parse().unwrap(),
        ends_at: at.parse().unwrap(),
        agreed_at: noon(),
        service: Some(service.to_owned()),
        location: None,
        eta: None,
        track: None,
    };
    let other = visit("other", &taken.service_name, "2026-12-10T16:00:00Z");
    let past = visit("past", &taken.service_name, "2026-12-01T16:00:00Z");
    let else_wanted = visit("else", "Gutter cleaning", "2026-12-09T16:00:00Z");
    let mut journey = Journey::begin(person.contact.id, noon());
    journey.appointments = vec![Appointment { id: taken.id, ..other.clone() }, past, else_wanted];
    person.journey = Some(journey.clone());
    assert_eq!(other_visit_task(&tenant, &person, &taken, &denver(), noon()), None);
    journey.appointments.push(other);
    person.journey = Some(journey);
    for (language, day) in [("en", "December 10"), ("es", "10"), ("fr", "10"), ("de", "10"), ("pt", "10")] {
        tenant.language = Language::new(language).unwrap();
        let task = other_visit_task(&tenant, &person, &taken, &denver(), noon()).unwrap();
        assert!(task.title.contains(day) && task.title.contains(&taken.service_name), "{}", task.title);
        assert!(task.note.contains('4') && !task.note.contains(['{', '}']), "{}", task.note);
        assert_eq!((task.kind, task.contact), (TaskKind::Reschedule, person.contact.id));
        let again = other_visit_task(&tenant, &person, &taken, &denver(), noon()).unwrap();
        assert_eq!(again.id, task.id, "twice is once");
    }
}

#[test]
fn at_night_they_are_asked_in_the_morning_and_who_refused_never() {
    let (tenant, mut person) = (shop(), ana(&shop()));
    let three: Timestamp = "2026-12-03T10:00:00Z".parse().unwrap();
    let asked = drafted(&tenant, &person, three).unwrap_err();
    assert!(matches!(asked, NotNow::Before(at) if at >= "2026-12-03T15:00:00Z".parse().unwrap()), "{asked:?}");
    let with_staff = Handling { answers: Answers::Staff, ..Handling::default() };
    person.threads[0].handling = with_staff;
    assert!(matches!(drafted(&tenant, &person, noon()), Err(NotNow::Before(_))), "staff are talking with them");
    person.opt_out_state.refused = true;
    assert_eq!(drafted(&tenant, &person, noon()).unwrap_err(), NotNow::Never);
}

#[test]
fn every_language_says_when_and_until_when() {
    let (tenant, mut person) = (shop(), ana(&shop()));
    for (language, yes, until) in [
        ("en", "YES", "12:30 PM"),
        ("es", "SÍ", "12:30 p. m."),
        ("fr", "OUI", "12 h 30"),
        ("de", "JA", "12:30 Uhr"),
        ("pt", "SIM", "12h30"),
    ] {
        person.threads[0].language = Language::new(language).unwrap();
        let text = drafted(&tenant, &person, noon()).unwrap().message.text;
        for part in [yes, until, "Roof inspection", "Summit Ridge Roofing", " Ana", "4"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains(['{', '}']), "{text}");
    }
}
