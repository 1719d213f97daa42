//! The vendor repeats a delivery: one stored message, one reply.

use domain::conversations::Role;
use domain::identity::{Actor, SiteKey, SiteKeyKind};
use domain::ids::ApiKeyId;
use domain::messaging::Source;
use jiff::Timestamp;
use serde_json::json;
use store::{Key, Trace};
use xtask::samples::Delivery;

use crate::stage::{
    Queued, Said, Tenant, accepted, address, inbound_sms, number, publish, sink_messages_to, stage, unique, wamessage,
};

/// Delivers `first` three times and then `later`, which waits behind it: what is stored by then is all that ever is.
fn deliver_three_times(tenant: &Tenant, first: &Delivery, said: &Said, later: impl FnOnce() -> Said) {
    for _ in 0..3 {
        accepted(first);
    }
    tenant.sent_reply(said);
    let later = later();
    tenant.reply_in(said.conversation(), &later);
    let replay = tenant.replay(said.conversation()).unwrap();
    assert_eq!((replay.of(Role::Customer).len(), replay.of(Role::Assistant).len()), (2, 2), "{}", first.path);
    assert_eq!(replay.conversation.message_count, 4);
}

#[test]
fn a_repeated_sms_is_one_message_and_one_reply() {
    let (roofer, from, sid) = (Tenant::roofer(), number(), format!("SM{}", unique()));
    let first = roofer.sms_delivery(&[("MessageSid", &sid), ("From", &from), ("Body", "Hello")]);
    let said = Said::new(&roofer, Source::Sms, &sid);
    deliver_three_times(&roofer, &first, &said, || roofer.sms(&from, "What are your opening hours?"));
    assert_eq!(sink_messages_to(&from).len(), 2);
}

#[test]
fn a_repeated_whatsapp_message_is_one_message_and_one_reply() {
    let (roofer, from, id) = (Tenant::roofer(), number(), format!("wamid.{}", unique()));
    let message = wamessage(&id, &from, json!({"type": "text", "text": {"body": "Hello"}}));
    let first = roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": [message, message]}))]);
    let said = Said::new(&roofer, Source::Whatsapp, &id);
    deliver_three_times(&roofer, &first, &said, || roofer.whatsapp(&from, "What are your opening hours?"));
    assert_eq!(sink_messages_to(&from).len(), 2);
}

#[test]
fn a_repeated_form_is_one_message_and_one_reply() {
    let (roofer, phone, email) = (Tenant::roofer(), number(), address());
    let fields =
        json!({"phone": phone, "email": email, "consent": true, "message": "Hello", "submission_id": unique()});
    let first = roofer.form_delivery(&fields);
    let said = roofer.said_with_key(Source::WebForm, fields["submission_id"].as_str().unwrap());
    let again = json!({"phone": phone, "consent": true, "message": "What are your opening hours?"});
    deliver_three_times(&roofer, &first, &said, || roofer.form(again));
    assert_eq!(sink_messages_to(&phone).len(), 2);
}

#[test]
fn two_sites_that_both_count_from_one_lose_nothing() {
    let (phones, second) = ([number(), number()], format!("pk_{}", unique()));
    let roofer = Tenant::opened(|_| {});
    let site = SiteKey {
        id: ApiKeyId::derive(&roofer.id(), &[&second]),
        kind: SiteKeyKind::Form,
        name: "The second site".into(),
        origins: Vec::new(),
        consent_wording: None,
        key: Some(second.clone()),
        created_at: Timestamp::now(),
    };
    let trace = Trace { actor: Actor::Operator, at: Timestamp::now(), address: None, correlation_id: unique() };
    stage().block_on(async {
        let tenant = stage().store.tenants().get(&roofer.id()).await.unwrap();
        stage().store.registry().make_site_key(&tenant, &site, &second, &trace).await.unwrap();
    });
    let keys = [roofer.key("form_key"), second.as_str()];
    for (key, phone) in keys.into_iter().zip(&phones) {
        let fields =
            json!({"form_key": key, "phone": phone, "consent": true, "message": "Hello", "submission_id": "1"});
        accepted(&roofer.form_delivery(&fields));
    }
    for (key, phone) in keys.into_iter().zip(&phones) {
        roofer.sent_reply(&Said::new(&roofer, Source::WebForm, &Key::Form(key).scoped("1")));
        assert_eq!(sink_messages_to(phone).len(), 1);
    }
}

#[test]
fn a_repeated_chat_message_is_one_message_and_one_reply() {
    let (roofer, session, id) = (Tenant::roofer(), unique(), unique());
    let first = roofer.chat_delivery(&json!({"session_id": session, "message_id": id, "message": "Hello"}));
    let said = roofer.said_with_key(Source::LiveChat, &format!("{session}:{id}"));
    deliver_three_times(&roofer, &first, &said, || roofer.chat(&session, "What are your opening hours?"));
    assert_eq!(roofer.poll(&session, None).0.len(), 2);
}

#[test]
fn a_repeated_call_is_one_message_and_one_reply() {
    let (roofer, caller, id) = (Tenant::roofer(), number(), unique());
    let first = roofer.missed_call_delivery(&json!({"caller": caller, "call_id": id}));
    let said = roofer.said_with_key(Source::MissedCall, &id);
    deliver_three_times(&roofer, &first, &said, || roofer.sms(&caller, "What are your opening hours?"));
    assert_eq!(sink_messages_to(&caller).len(), 2);
}

#[test]
fn a_repeat_that_the_queue_no_longer_knows_is_one_message_and_one_reply() {
    let (roofer, from) = (Tenant::roofer(), number());
    let message = inbound_sms(roofer.id(), &from, "Hello");
    // A queue remembers ids for five minutes; each of these has a new one.
    let record = Queued::inbound(&message);
    publish("InboundQueueUrl", &[record.clone(), record.clone()]);
    let said = Said::new(&roofer, Source::Sms, &message.vendor_id);
    roofer.sent_reply(&said);
    publish("InboundQueueUrl", &[record]);
    let later = roofer.sms(&from, "What are your opening hours?");
    roofer.reply_in(said.conversation(), &later);
    assert_eq!(roofer.replay(said.conversation()).unwrap().messages.len(), 4);
    assert_eq!(sink_messages_to(&from).len(), 2);
}
