use super::*;
use crate::conversations::{Answers, Handling, Holder, Question};
use crate::ids::AccountId;
use crate::messaging::{Channel, Content, Inbound, OptOutState, Phone};
use crate::samples::roofer;
use crate::tenancy::BusinessContext;
use jiff::SignedDuration;

fn noon() -> Timestamp {
    "2026-11-20T19:00:00Z".parse().unwrap()
}

fn ana() -> Actor {
    Actor::Person { account: AccountId::derive(&roofer().id, &["ana"]), session: None }
}

/// Somebody who wrote on `channel` at noon in Denver, and whose message waits for an answer; and that message.
fn written(tenant: &Tenant, source: Source, channel: Channel) -> (Person, Message) {
    let inbound = Inbound {
        tenant: tenant.id.clone(),
        vendor_id: "m1".to_owned(),
        source,
        channel,
        from: match channel {
            Channel::Chat => Address::Chat("s-1".to_owned()),
            _ => Address::Phone(Phone::e164("+13035550101", "phone").unwrap()),
        },
        also: Vec::new(),
        name: None,
        content: Content::Text { text: "Can you come today?".to_owned() },
        received_at: noon(),
        sent_at: None,
        fields: std::collections::BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: "c".to_owned(),
    };
    let turn = crate::turns::Turn::open(tenant, BusinessContext::NONE, &inbound, Vec::new(), noon());
    let mut person = turn.person.clone();
    let silent = crate::turns::Response::Silent { intent: crate::conversations::Intent::Other, suppressed: None };
    let outcome = turn.close(silent, 1);
    person.contact = outcome.contact.unwrap_or(person.contact);
    person.opt_out_state = OptOutState { heard: [(channel, noon())].into(), ..OptOutState::default() };
    person.threads = vec![outcome.thread];
    (person, outcome.messages.into_iter().next().unwrap())
}

/// What ana's reply at `at` stores.
fn replied(tenant: &Tenant, customer: &(Person, Message), at: Timestamp) -> Result<Replied, Failure> {
    said(tenant, customer, ("We will be there at three.", None), at)
}

fn said(
    tenant: &Tenant,
    (person, latest): &(Person, Message),
    (text, template): (&str, Option<&Template>),
    at: Timestamp,
) -> Result<Replied, Failure> {
    reply(&Draft {
        tenant,
        person,
        thread: &person.threads[0],
        latest: Some(latest),
        text,
        template,
        by: &ana(),
        id: MessageId::derive(&tenant.id, &["reply"]),
        correlation_id: "c",
        at,
    })
}

fn sentence(refused: Result<Replied, Failure>) -> String {
    match refused {
        Err(Failure::Rejected { kind: Rejection::MessageRefused, message, .. }) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_goes_where_they_wrote_from_and_answers_what_they_wrote() {
    let (tenant, at) = (roofer(), noon() + SignedDuration::from_mins(5));
    let customer = written(&tenant, Source::Sms, Channel::Sms);
    let Replied { thread, message, events } = replied(&tenant, &customer, at).unwrap();
    let delivery = message.delivery.unwrap();
    assert_eq!((Some(&delivery.to), delivery.answers_at), (customer.0.threads[0].peer.as_ref(), Some(noon())));
    assert_eq!((message.role, &message.by), (Role::Staff, &Some(ana())));
    assert_eq!(message.in_reply_to, Some(customer.1.reference.message));
    assert_eq!(thread.handling.holder(), Holder::Person(ana().account().unwrap()));
    assert_eq!(thread.recent.last().map(|line| line.role), Some(Role::Staff));
    assert!(matches!(events[..], [EventKind::MessageQueued { message: queued, .. }] if queued == message.reference));
}

#[test]
fn the_wait_for_staff_ends_with_their_word_and_is_announced_where_it_was_too_long() {
    let tenant = roofer();
    let mut customer = written(&tenant, Source::Sms, Channel::Sms);
    customer.0.threads[0].sla.on_message_to_staff(&tenant, noon());
    let soon = replied(&tenant, &customer, noon() + SignedDuration::from_mins(14)).unwrap();
    assert_eq!((soon.thread.sla.staff, soon.events.len()), (None, 1));
    assert!(soon.thread.sla.first_response.is_some(), "nothing has left yet");
    let late = replied(&tenant, &customer, noon() + SignedDuration::from_mins(16)).unwrap();
    assert!(matches!(late.events[1], EventKind::SlaBreached { .. }), "{:?}", late.events);
}

#[test]
fn a_reply_opens_what_was_resolved_snoozed_or_ended_and_leaves_it_to_whom_it_belongs() {
    let tenant = roofer();
    let mut customer = written(&tenant, Source::Sms, Channel::Sms);
    let ben = Some(AccountId::derive(&tenant.id, &["ben"]));
    let thread = &mut customer.0.threads[0];
    thread.status = crate::conversations::ConversationStatus::Ended;
    thread.handling = Handling { assignee: ben, snoozed_until: Some(noon()), ..Handling::default() };
    (thread.asked, thread.questions) = (Some(Question::Budget), vec![Question::Budget]);
    let service = tenant.services[0].id.clone();
    thread.offer = Some(crate::conversations::Offer { service, location: None, times: vec![noon()], held: None });
    let after = replied(&tenant, &customer, noon()).unwrap().thread;
    assert_eq!(after.offer, None);
    assert_eq!(after.status, crate::conversations::ConversationStatus::Active);
    assert_eq!(after.handling, Handling { answers: Answers::Staff, assignee: ben, ..Handling::default() });
    assert_eq!((after.asked, after.questions), (None, vec![Question::Budget]));
}

#[test]
fn whoever_refused_is_not_written_to_but_reads_the_answer_in_the_chat_where_they_ask() {
    let tenant = roofer();
    let mut customer = written(&tenant, Source::Sms, Channel::Sms);
    customer.0.opt_out_state.refused = true;
    let why = sentence(replied(&tenant, &customer, noon()));
    assert_eq!(why, "The recipient asked to get no more messages. Nothing was stored");
    let mut visitor = written(&tenant, Source::LiveChat, Channel::Chat);
    visitor.0.opt_out_state.refused = true;
    assert!(replied(&tenant, &visitor, noon()).is_ok());
}

#[test]
fn a_channel_that_is_not_configured_is_refused_before_anything_is_stored() {
    let mut tenant = roofer();
    let customer = written(&tenant, Source::Sms, Channel::Sms);
    tenant.channels.sms = None;
    assert!(sentence(replied(&tenant, &customer, noon())).starts_with("SMS is not configured"));
}

#[test]
fn free_text_on_whatsapp_is_refused_a_day_after_their_last_message_with_what_helps() {
    let tenant = roofer();
    // WhatsApp that Twilio carries needs what SMS needs.
    let customer = written(&tenant, Source::Sms, Channel::Whatsapp);
    let within = replied(&tenant, &customer, noon() + SignedDuration::from_hours(23)).unwrap();
    assert!(within.message.delivery.unwrap().by_twilio);
    let why = sentence(replied(&tenant, &customer, noon() + SignedDuration::from_hours(24)));
    assert!(why.contains("within 24 hours") && why.contains("another channel"), "{why}");
}

/// A roofer with an approved template by WhatsApp.
fn with_template() -> Tenant {
    let mut tenant = roofer();
    tenant.channels.whatsapp = serde_json::from_value(serde_json::json!({
        "phone_number_id": "100000000000001",
        "templates": [
            {"template": {"name": "news", "language": "en", "values": ["{business}"]}, "text": "{business} has news for you."},
            {"template": {"name": "visit", "language": "en", "values": ["{time}"]}, "text": "We come at {time}."}
        ]
    }))
    .unwrap();
    tenant.validate().unwrap();
    tenant
}

#[test]
fn a_template_goes_out_when_free_text_does_not_and_the_thread_has_what_it_says() {
    let tenant = with_template();
    let customer = written(&tenant, Source::Whatsapp, Channel::Whatsapp);
    let late = noon() + SignedDuration::from_hours(48);
    assert!(replied(&tenant, &customer, late).is_err());
    let (person, language) = (&customer.0, Language::english());
    let (text, template) = worded(Words::Template("news"), &tenant, person, &language, late).unwrap();
    assert_eq!(text, "Summit Ridge Roofing has news for you.");
    let message = said(&tenant, &customer, (&text, template.as_ref()), late).unwrap().message;
    assert_eq!(message.template().unwrap().values, ["Summit Ridge Roofing"]);
    assert_eq!(message.text, text);
    // A second one waits for their answer.
    let mut again = customer.clone();
    again.0.threads = vec![said(&tenant, &customer, (&text, template.as_ref()), late).unwrap().thread];
    let later = late + SignedDuration::from_hours(1);
    let why = sentence(said(&tenant, &again, (&text, template.as_ref()), later));
    assert!(why.contains("once they answer"), "{why}");
    again.0.opt_out_state.heard.insert(Channel::Whatsapp, late + SignedDuration::from_mins(5));
    assert!(said(&tenant, &again, (&text, template.as_ref()), later + SignedDuration::from_hours(48)).is_ok());
    // Nobody knows of an appointment, and there is no template of another name.
    for wrong in ["visit", "other"] {
        let refused = worded(Words::Template(wrong), &tenant, person, &language, late).unwrap_err();
        assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "template"), "{wrong}");
    }
}

#[test]
fn a_template_goes_by_no_other_channel_nor_through_twilio() {
    let tenant = with_template();
    let template = Template { name: "news".to_owned(), language: "en".to_owned(), values: Vec::new() };
    for (source, channel) in [(Source::Sms, Channel::Sms), (Source::Sms, Channel::Whatsapp)] {
        let why = sentence(said(&tenant, &written(&tenant, source, channel), ("News", Some(&template)), noon()));
        assert!(why.contains("through Meta alone"), "{why}");
    }
}

#[test]
fn what_quiet_hours_hold_back_is_stored() {
    let tenant = roofer();
    let customer = written(&tenant, Source::Sms, Channel::Sms);
    // Half past ten at night in Denver.
    assert!(replied(&tenant, &customer, noon() + SignedDuration::from_mins(10 * 60 + 30)).is_ok());
}

#[test]
fn a_reply_has_words_and_no_more_than_fit_a_text_message() {
    assert_eq!(text("  Yes.\n").unwrap(), "Yes.");
    for wrong in ["", " \n", &"é".repeat(1_601)] {
        assert!(matches!(text(wrong), Err(Failure::Rejected { field: Some(field), .. }) if field == "text"));
    }
}
