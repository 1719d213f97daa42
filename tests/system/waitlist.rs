//! The waiting list over the whole stack: what is cancelled is offered by text within a minute, and what is let go to the next.

use serde_json::{Value, json};
use std::time::{Duration, Instant};

use crate::booking::{free, office, posted, service};
use crate::journeys::{Customer, Office};
use crate::stage::eventually;

/// A customer for whom it is the middle of the day, and who waits for `service`.
fn waiting<'a>(office: &'a Office, service: &str) -> Customer<'a> {
    let customer = office.customer();
    customer.lives_where_it_is(12);
    let added = posted(office, "/v1/waitlist", &json!({"contact": customer.contact, "service": service}), 201);
    assert_eq!(added["contact"], json!(customer.contact));
    customer
}

/// The appointment that is held for a customer, once they were told of it by text.
fn offered(office: &Office, customer: &Customer<'_>) -> String {
    eventually("the text", || customer.texts().into_iter().find(|text| text.contains("Reply YES")));
    let entry: Value = office.read(&format!("/v1/waitlist/{}", customer.contact));
    entry["offered"]["appointment"].as_str().unwrap().to_owned()
}

#[test]
fn a_cancelled_time_is_offered_by_text_to_one_after_the_other_who_waits() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 40));
    let wanted = json!({"contact": ana.contact, "service": service, "starts_at": times[40]});
    let booked = posted(&office, "/v1/appointments", &wanted, 201);
    let first = waiting(&office, &service);
    let second = waiting(&office, &service);
    let cancel = json!({"step": "cancel", "by": "customer", "why": "Is out of town"});
    let step = |id: &str, step: &Value| posted(&office, &format!("/v1/appointments/{id}/steps"), step, 200);
    let freed = Instant::now();
    step(booked["id"].as_str().unwrap(), &cancel);
    let held = offered(&office, &first);
    let took = freed.elapsed();
    assert!(took < Duration::from_secs(60), "it was offered after {took:?}");
    let asked_second = office.read::<Value>(&format!("/v1/waitlist/{}", second.contact));
    assert!(asked_second["offered"].is_null(), "the second is not asked yet: {asked_second}");
    // The first lets it go; the second has it.
    step(&held, &cancel);
    let held = offered(&office, &second);
    let taken = step(&held, &json!({"step": "book"}));
    assert_eq!((&taken["starts_at"], &taken["state"]), (&json!(times[40]), &json!("booked")));
    eventually("they wait no more", || {
        let answer = office.owner.call("GET", &format!("/v1/waitlist/{}", second.contact), &[], "");
        (answer.status == 404).then_some(())
    });
}
