//! Booking by the API: free times, an appointment that is made, moved and cancelled, and the journey that hears of it.

use domain::scheduling::AppointmentState;
use jiff::{Timestamp, ToSpan as _};
use runtime::clock::now;
use serde_json::{Value, json};

use crate::journeys::{Customer, Office};
use crate::stage::{Tenant, eventually, number};

/// A business whose inspections take an hour of one person's.
pub fn office() -> Office {
    let tenant = Tenant::opened(|file| {
        file.tenant.plan = domain::tenancy::Plan::Scale;
        // In one place: no one has to be asked where.
        file.locations.clear();
        file.staff.clear();
        let inspection = &mut file.tenant.services[0];
        inspection.duration_minutes = Some(60);
        inspection.skills = Vec::new();
        let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0});
        inspection.booking = Some(serde_json::from_value(rules).unwrap());
        // Around the clock: there are free times within a day, whenever it is.
        let always = json!([{"open": "00:00", "close": "00:00"}]);
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let hours = days.iter().map(|day| ((*day).to_owned(), always.clone())).collect::<serde_json::Map<_, _>>();
        file.tenant.hours = serde_json::from_value(hours.into()).unwrap();
        file.tenant.intake.clear();
    });
    let owner = tenant.person("admin");
    let office = Office { tenant, owner };
    let ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
    posted(&office, "/v1/resources", &ana, 201);
    office
}

pub fn posted(office: &Office, path: &str, body: &Value, status: u16) -> Value {
    let answer = office.owner.call("POST", path, &[], &body.to_string());
    assert_eq!(answer.status, status, "POST {path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

pub fn service(office: &Office) -> String {
    let services: Value = office.read("/v1/services");
    let services = services.as_array().or_else(|| services["items"].as_array()).unwrap();
    services[0]["id"].as_str().unwrap().to_owned()
}

fn service_name(office: &Office) -> String {
    let services: Value = office.read("/v1/services");
    let services = services.as_array().or_else(|| services["items"].as_array()).unwrap();
    services[0]["name"].as_str().unwrap().to_owned()
}

pub fn free(office: &Office, service: &str) -> Vec<String> {
    let answer: Value = office.read(&format!("/v1/availability?service={service}&limit=100"));
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|item| item["starts_at"].as_str().unwrap().to_owned()).collect()
}

pub fn is(customer: &Customer<'_>, id: &str, state: AppointmentState, starts_at: &str) {
    customer.journey_when("the appointment in the journey", |journey| {
        let known = journey.appointments.iter().find(|known| known.id.to_string() == id);
        known.is_some_and(|known| known.state == state && known.starts_at.to_string() == starts_at)
    });
}

#[test]
fn an_appointment_is_booked_moved_and_cancelled_and_the_journey_hears_of_each() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let (first, second) = (times[4].clone(), times[20].clone());
    let wanted = json!({"contact": ana.contact, "service": service, "starts_at": first, "note": "Gate code 4711"});
    let key = [("idempotency-key", "the-first-visit")];
    let made = office.owner.call("POST", "/v1/appointments", &key, &wanted.to_string());
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    let (id, path) = (made["id"].as_str().unwrap(), format!("/v1/appointments/{}", made["id"].as_str().unwrap()));
    assert_eq!((&made["state"], &made["resources"]), (&json!("booked"), &json!(["ana"])));
    let again = office.owner.call("POST", "/v1/appointments", &key, &wanted.to_string());
    assert_eq!(serde_json::from_str::<Value>(&again.body).unwrap()["id"], made["id"]);
    is(&ana, id, AppointmentState::Booked, &first);
    // The same time for someone else is refused, with others.
    let refused = office.owner.call("POST", "/v1/appointments", &[], &wanted.to_string());
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(refused.body.contains("nearest free times"), "{}", refused.body);
    assert!(!free(&office, &service).contains(&first));
    assert!(free(&office, &format!("{service}&moving={id}")).contains(&first), "its own time is free for it");

    posted(&office, &format!("{path}/steps"), &json!({"step": "confirm"}), 200);
    is(&ana, id, AppointmentState::Confirmed, &first);
    let moved = posted(&office, &format!("{path}/move"), &json!({"starts_at": second}), 200);
    assert_eq!((&moved["id"], &moved["state"]), (&made["id"], &json!("booked")));
    is(&ana, id, AppointmentState::Booked, &second);
    let free_again = free(&office, &service);
    assert!(free_again.contains(&first) && !free_again.contains(&second));

    let cancel = json!({"step": "cancel", "by": "customer", "why": "Is out of town"});
    posted(&office, &format!("{path}/steps"), &cancel, 200);
    is(&ana, id, AppointmentState::Cancelled, &second);
    assert!(free(&office, &service).contains(&second));
    posted(&office, &format!("{path}/steps"), &json!({"step": "confirm"}), 409);
}

#[test]
fn the_address_of_an_appointment_is_looked_up_once_it_is_booked() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    let start = free(&office, &service)[8].clone();
    let address = "12 Alder Street, Juniper, CO";
    let wanted = json!({"contact": ana.contact, "service": service, "starts_at": start, "address": address});
    let made = posted(&office, "/v1/appointments", &wanted, 201);
    let path = format!("/v1/appointments/{}", made["id"].as_str().unwrap());
    let known = eventually("its place", || {
        let known: Value = office.read(&path);
        known["place"]["latitude"].is_number().then_some(known)
    });
    assert_eq!((&known["starts_at"], known.get("sought")), (&json!(start), None));
}

#[test]
fn a_hold_is_told_to_no_one_until_it_is_booked() {
    let office = office();
    let (ben, service) = (office.customer(), service(&office));
    let start = free(&office, &service)[6].clone();
    let wanted = json!({"contact": ben.contact, "service": service, "starts_at": start, "held": true});
    // A lead of someone else's is refused: it would go with them when they are erased.
    let (other, mut with_lead) = (office.customer(), wanted.clone());
    let lead_of = |customer: &Customer<'_>| {
        let leads: Value = office.read("/v1/leads");
        let mut leads = leads["items"].as_array().unwrap().iter();
        leads.find(|lead| lead["contact"] == json!(customer.contact)).map(|lead| lead["id"].clone())
    };
    with_lead["lead"] = eventually("the lead of somebody else", || lead_of(&other));
    assert_eq!(posted(&office, "/v1/appointments", &with_lead, 400)["field"], "lead");
    with_lead["lead"] = eventually("their lead", || lead_of(&ben));
    let held = posted(&office, "/v1/appointments", &with_lead, 201);
    assert_eq!(held["lead"], with_lead["lead"]);
    assert_eq!(held["state"], "held");
    assert!(!free(&office, &service).contains(&start));
    let id = held["id"].as_str().unwrap();
    let path = format!("/v1/appointments/{id}");
    posted(&office, &format!("{path}/steps"), &json!({"step": "book"}), 200);
    is(&ben, id, AppointmentState::Booked, &start);
    let listed = eventually("the list", || {
        let page: Value = office.read("/v1/appointments?resource=ana");
        page["items"].as_array().filter(|items| !items.is_empty()).cloned()
    });
    assert_eq!(listed[0]["id"], id);
    let refused = office.owner.call("GET", "/v1/availability?service=no-such-thing", &[], "");
    assert_eq!(refused.status, 400, "{}", refused.body);
}

#[test]
fn a_word_that_answers_the_reminder_reaches_the_calendar() {
    let office = office();
    let service = service(&office);
    for (word, answer, state) in
        [("C", "is confirmed", "confirmed"), ("annuler", "We have your cancellation", "cancelled")]
    {
        let customer = office.customer();
        customer.lives_where_it_is(12);
        let before = customer.texts().len();
        let soon = now() + 20.hours();
        // What is less than a day ahead is reminded of at once.
        let is_soon = |start: &String| start.parse::<Timestamp>().is_ok_and(|start| start < soon);
        let start = eventually("a free time", || free(&office, &service).into_iter().rfind(is_soon));
        let wanted = json!({"contact": customer.contact, "service": service, "starts_at": start});
        let id = posted(&office, "/v1/appointments", &wanted, 201)["id"].as_str().unwrap().to_owned();
        eventually("the reminder", || customer.texts().get(before).filter(|text| text.contains("Reply C")).cloned());
        office.tenant.sms(&customer.number, word);
        let answered = eventually("an answer", || customer.texts().get(before + 1).cloned());
        assert!(answered.contains(answer), "{answered}");
        eventually("the booking", || {
            let booking: Value = office.read(&format!("/v1/appointments/{id}"));
            (booking["state"] == state).then_some(())
        });
        assert_eq!(free(&office, &service).contains(&start), state == "cancelled");
    }
}

#[test]
fn a_talk_by_text_message_ends_with_an_appointment_at_a_free_time() {
    let office = office();
    let (service, number) = (service(&office), number());
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let name = service_name(&office);
    let first = office.tenant.sms(&number, &format!("I would like a {name} as soon as possible, please"));
    let offered = office.tenant.sent_reply(&first).text;
    assert!(offered.contains("We have an opening"), "{offered}");
    let answer = |text: &str| office.tenant.reply_in(first.conversation(), &office.tenant.sms(&number, text)).text;
    let mut text = answer("The second one, my name is Dana Reed");
    let lead = office.tenant.lead(first.lead());
    let is_theirs = |appointment: &&Value| appointment["contact"] == json!(lead.contact);
    let theirs = eventually("the appointment", || {
        let page: Value = office.read("/v1/appointments?resource=ana");
        page["items"].as_array()?.iter().find(is_theirs).cloned()
    });
    assert!(times.contains(&theirs["starts_at"].as_str().unwrap().to_owned()), "{theirs}");
    // Whatever is still asked is answered by the next messages.
    for told in ["80202", "Dana Reed", "80202"] {
        if !text.contains("You are booked") {
            text = answer(told);
        }
    }
    assert!(text.contains("You are booked"), "{text}");
}

#[test]
fn of_two_customers_who_write_at_the_same_moment_one_has_the_time() {
    let office = office();
    let service = service(&office);
    eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let text = format!("{} next Wednesday at 11 am please", service_name(&office));
    let said = [number(), number()].map(|number| office.tenant.sms(&number, &text));
    let replies = said.map(|said| office.tenant.sent_reply(&said).text);
    let kept = replies.iter().filter(|reply| reply.contains("keeping it for you") || reply.contains("You are booked"));
    assert_eq!(kept.count(), 1, "{replies:?}");
    assert!(
        replies.iter().any(|reply| reply.contains("nothing is open") && reply.contains("We have an opening")),
        "{replies:?}"
    );
}
