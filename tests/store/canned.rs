//! Answers that staff keep, as they read in a conversation.

use domain::Failure;
use domain::journeys::Journey;
use domain::scheduling::{Appointment, AppointmentState};
use domain::turns::canned::CannedAnswer;
use serde_json::{from_value, json};
use store::Trace;

use crate::appointments::{cancel, hour, make, opened};
use crate::stage::{Stage, chat, message, noon, plain, trace};

/// Where people meet this installation.
const SITE: &str = "https://porchlight.example.com";

#[tokio::test]
async fn a_canned_answer_is_filled_in_for_the_customer_of_a_conversation() {
    let stage = Stage::new().await;
    let mut said = message("m1", &chat("s-1"), 0);
    said.name = Some("Kim Lee".to_owned());
    let id = stage.say(&said, plain()).await.thread.id;
    let text = "Hi {name}, see you at {time}. {business}";
    let kept: CannedAnswer = from_value(json!({"id": "see-you", "name": "See you", "text": text})).unwrap();
    stage.store.documents().create(&stage.tenant.id, &kept, &trace()).await.unwrap();
    let fill = async |id, answer: &str| {
        stage.store.conversations().filled_in(&stage.tenant, id, answer, Some(SITE), noon(20)).await
    };
    let filled = fill(id, kept.id.as_str()).await.unwrap();
    assert_eq!(filled.text, "Hi Kim, see you at {time}. Acme Roofing");
    assert_eq!(filled.missing, ["time"]);
    assert_eq!(fill(id, "other").await.unwrap_err(), Failure::not_found("canned_answer"));
}

#[tokio::test]
async fn a_canned_answer_carries_the_link_of_the_next_appointment_of_our_calendar() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let store = stage.cold().sealing_with(stage.stack.outputs["CredentialsKeyId"].clone());
    let at = hour(30);
    let booked = make(&store, &tenant, contact, ("x", at, false)).await.unwrap().value;
    let theirs = |journey: &mut Journey| {
        journey.appointments.push(Appointment {
            id: booked.id,
            state: AppointmentState::Booked,
            starts_at: booked.starts_at,
            ends_at: booked.ends_at,
            agreed_at: booked.created_at,
            service: None,
            location: None,
            eta: None,
            track: None,
        });
    };
    let version = store.journeys().of(&tenant.id, contact).await.unwrap().version;
    store.journeys().change(&tenant.id, contact, version, theirs, &trace()).await.unwrap();
    let kept: CannedAnswer = from_value(json!({"id": "link", "name": "Link", "text": "Here: {visit_link}"})).unwrap();
    store.documents().create(&tenant.id, &kept, &trace()).await.unwrap();
    let person = store.journeys().visit(&tenant.id, contact).await.unwrap().unwrap();
    let thread = person.threads[0].id;
    let fill = async |site| store.conversations().filled_in(&tenant, thread, "link", site, noon(20)).await.unwrap();
    assert_eq!(fill(None).await.missing, ["visit_link"], "whoever may not change the appointment gets no link to it");
    let filled = fill(Some(SITE)).await;
    let token = filled.text.strip_prefix("Here: https://porchlight.example.com/visit/").unwrap();
    let key = store.appointments().link_key().await.unwrap();
    assert_eq!(auth::visit_links::read(&key, token), Some((tenant.id.clone(), booked.id)));
    let by = Trace { at: noon(15), ..trace() };
    store.appointments().step(&tenant.id, booked.id, &cancel(), &by).await.unwrap();
    assert_eq!(fill(Some(SITE)).await.missing, ["visit_link"], "no link leads to what is over");
}
