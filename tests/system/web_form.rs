//! A form on the tenant's site.

use domain::conversations::Role;
use domain::messaging::{Channel, DeliveryState, Source};
use form_urlencoded::Serializer;
use serde_json::{Value, json};

use crate::stage::{
    Said, Tenant, accepted, address, eventually, mails_to, number, send, set_header, sink_messages_to, state, unique,
};

#[test]
fn a_json_form_with_phone_and_consent_is_answered_by_sms() {
    let (roofer, phone, email) = (Tenant::roofer(), number(), address());
    let said = roofer.form(json!({
        "name": "Dana Whitfield", "phone": phone, "email": email, "consent": true,
        "message": "How much is a roof inspection?",
        "source": "contact-page", "utm_source": "google", "utm_campaign": "storm-season", "property_type": "single family",
    }));

    let reply = roofer.sent_reply(&said);
    assert_eq!(reply.channel, Channel::Sms);
    assert_eq!(sink_messages_to(&phone)[0]["body"], reply.text);
    assert!(mails_to(&email).is_empty());
    let lead = roofer.lead(said.lead());
    assert_eq!((lead.name.as_deref(), lead.source), (Some("Dana Whitfield"), Source::WebForm));
    for (field, value) in [("source", "contact-page"), ("utm_source", "google"), ("property_type", "single family")] {
        assert_eq!(lead.fields[field], value);
    }
}

#[test]
fn a_form_encoded_form_is_answered_too() {
    let (roofer, phone, id) = (Tenant::roofer(), number(), unique());
    let mut form = Serializer::new(String::new());
    form.append_pair("form_key", roofer.key("form_key")).append_pair("submission_id", &id);
    form.append_pair("name", "Dana Whitfield").append_pair("phone", &phone).append_pair("email", "");
    form.append_pair("consent", "on").append_pair("message", "What are your opening hours?\r\nThank you & bye");
    let mut delivery = roofer.delivery("web-form", &form.finish());
    set_header(&mut delivery, "content-type", "application/x-www-form-urlencoded; charset=UTF-8");
    accepted(&delivery);

    let said = roofer.said_with_key(Source::WebForm, &id);
    roofer.sent_reply(&said);
    let replay = roofer.replay(said.conversation()).unwrap();
    assert_eq!(replay.stored(said.id()).unwrap().text, "What are your opening hours?\r\nThank you & bye");
    assert_eq!(sink_messages_to(&phone).len(), 1);
}

#[test]
fn a_browser_that_posts_the_form_itself_is_shown_a_page() {
    let roofer = Tenant::roofer();
    let posted = |email: &str| {
        let mut form = Serializer::new(String::new());
        form.append_pair("form_key", roofer.key("form_key")).append_pair("email", email).append_pair("message", "Hola");
        let mut delivery = roofer.delivery("web-form", &form.finish());
        set_header(&mut delivery, "content-type", "application/x-www-form-urlencoded");
        set_header(&mut delivery, "accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        set_header(&mut delivery, "accept-language", "es-MX,es;q=0.9");
        send(&delivery)
    };
    let taken = posted(address().as_str());
    assert_eq!((taken.status, taken.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(taken.body.contains("¡Gracias!") && taken.body.contains("lang=\"es\""), "{}", taken.body);
    let wrong = posted("ana");
    assert_eq!((wrong.status, wrong.header("content-type")), (400, Some("text/html; charset=utf-8")));
    assert!(wrong.body.contains("no es una dirección de correo completa"), "{}", wrong.body);
}

#[test]
fn a_form_without_consent_to_sms_is_answered_by_e_mail() {
    let (roofer, phone, email) = (Tenant::roofer(), number(), address());
    let said = roofer.form(json!({"name": "Dana Whitfield", "phone": phone, "email": email, "message": "Hello"}));

    let reply = roofer.sent_reply(&said);
    assert_eq!(reply.channel, Channel::Email);
    let mails = mails_to(&email);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(
        (mails[0].source.as_str(), mails[0].subject.as_str()),
        ("hello@summit-roofing.example.com", "Summit Roofing")
    );
    assert_eq!(mails[0].body_text, reply.text);
    assert!(sink_messages_to(&phone).is_empty());
}

#[test]
fn a_form_that_can_only_be_answered_by_a_call_sends_nothing_and_calls_a_person() {
    let office = address();
    let roofer =
        Tenant::opened(|file| file.tenant.notify = vec![domain::messaging::Email::new(&office, "notify").unwrap()]);
    let phone = number();
    let said = roofer.form(json!({"phone": phone, "message": "Please call me about my roof"}));

    let reply = roofer.reply(&said);
    assert_eq!(state(&reply), DeliveryState::Failed);
    assert!(sink_messages_to(&phone).is_empty());
    eventually("the e-mail to staff", || mails_to(&office).pop());
    assert_eq!(roofer.escalations().len(), 1);
}

#[test]
fn a_robot_that_fills_in_the_honeypot_is_answered_alike_and_forgotten() {
    let roofer = Tenant::opened(|_| {});
    let email = address();
    let form = |more: Value| {
        let mut fields = json!({"email": email, "message": "Hello", "submission_id": unique()});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        (fields["submission_id"].as_str().unwrap().to_owned(), roofer.form_delivery(&fields))
    };
    let (_, robot) = form(json!({"website_url": "https://spam.example.com"}));
    let (id, person) = form(json!({}));
    let (to_robot, to_person) = (accepted(&robot), accepted(&person));
    let shape = |body: &str| {
        serde_json::from_str::<Value>(body).unwrap().as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(shape(&to_robot.body), shape(&to_person.body));

    // Both are of one address, so the robot's would have come first.
    let said = roofer.said_with_key(Source::WebForm, &id);
    roofer.sent_reply(&said);
    let replay = roofer.replay(said.conversation()).unwrap();
    assert_eq!(replay.of(Role::Customer).len(), 1);
    assert_eq!(mails_to(&email).len(), 1);
}

#[test]
fn twenty_five_forms_with_one_number_cause_three_texts_and_lose_no_lead() {
    let (roofer, phone) = (Tenant::opened(|_| {}), number());
    let forms: Vec<Said> = (0..25)
        .map(|index| roofer.form(json!({"phone": phone, "consent": true, "message": format!("Question {index}")})))
        .collect();
    let thread = forms[0].conversation();
    let replay = roofer.replay_when(thread, "all forms", |replay| replay.of(Role::Customer).len() == 25);
    for said in &forms[..3] {
        assert!(roofer.reply_in(thread, said).text.len() > 1);
    }
    let withheld = replay.of(Role::Customer).iter().filter(|message| message.withheld.is_some()).count();
    assert_eq!(withheld, 22);
    eventually("the texts", || (sink_messages_to(&phone).len() == 3).then_some(()));
    assert_eq!(roofer.escalations().len(), 1, "staff hear of it once");
}

#[test]
fn a_form_keeps_the_proof_of_its_consent() {
    let (roofer, phone) = (Tenant::roofer(), number());
    let said = roofer.form(json!({
        "phone": phone, "consent": true, "message": "Hello", "consent_text": "You may text me", "page": "https://a.example/q?x=1",
    }));
    roofer.sent_reply(&said);
    let replay = roofer.replay(said.conversation()).unwrap();
    let consent = replay.stored(said.id()).unwrap().text_consent.clone().unwrap();
    assert!(consent.granted && consent.source == Source::WebForm);
    assert_eq!(consent.wording.as_deref(), Some("You may text me"));
    assert_eq!(consent.page.as_deref(), Some("https://a.example/q"));
    let contact = roofer.lead(said.lead()).contact;
    let record = eventually("the record of the consent", || {
        let journey: domain::journeys::Journey = roofer.read(&format!("/v1/contacts/{contact}/journey"));
        journey.consent(Channel::Sms, domain::messaging::Purpose::Conversational).cloned()
    });
    assert!(record.granted && record.evidence.contains("You may text me"), "{record:?}");
}
