//! One person is one contact and one lead, however they write.

use domain::conversations::Conversation;
use domain::leads::Lead;
use domain::messaging::{Channel, Source};
use serde::Deserialize;
use serde_json::json;

use crate::stage::{Tenant, accepted, address, eventually, number, problem, unique};

#[derive(Deserialize)]
struct Conversations {
    items: Vec<Conversation>,
}

fn leads(tenant: &Tenant) -> Vec<Lead> {
    tenant.list("/v1/leads")
}

#[test]
fn the_same_number_by_sms_and_whatsapp_is_one_contact_with_a_thread_each() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    let sms = roofer.sms(&from, "Hello");
    let by_sms = roofer.sent_reply(&sms);
    let whatsapp = roofer.whatsapp(&from, "Hello again");
    let by_whatsapp = roofer.sent_reply(&whatsapp);

    assert_eq!((by_sms.lead, by_whatsapp.lead), (sms.lead(), sms.lead()));
    assert_eq!(leads(&roofer).len(), 1);
    let threads: Conversations = roofer.read(&format!("/v1/leads/{}/conversations", sms.lead()));
    let channels: Vec<Channel> = threads.items.iter().map(|thread| thread.channel).collect();
    assert_eq!(channels, [Channel::Sms, Channel::Whatsapp]);
}

#[test]
fn a_form_with_phone_and_e_mail_then_one_with_the_e_mail_alone_is_one_lead() {
    let (roofer, phone, email) = (Tenant::opened(|_| {}), number(), address());
    let first = roofer.form(json!({"phone": phone, "email": email, "consent": true, "message": "Hello"}));
    roofer.sent_reply(&first);
    let second = roofer.form(json!({"email": email.to_uppercase(), "message": "How much is a roof inspection?"}));
    assert_eq!(roofer.sent_reply(&second).lead, first.lead());
    assert_eq!(leads(&roofer).len(), 1);
}

#[test]
fn a_form_that_names_the_addresses_of_two_people_makes_them_one_only_when_staff_say_so() {
    let (roofer, phone, email) = (Tenant::opened(|_| {}), number(), address());
    let by_sms = roofer.sms(&phone, "How much is a roof inspection?");
    roofer.sent_reply(&by_sms);
    let by_mail = roofer.form(json!({"email": email, "name": "Dana Whitfield", "message": "Hello"}));
    roofer.sent_reply(&by_mail);
    let both = roofer.form(json!({"phone": phone, "email": email, "consent": true, "message": "It is me again"}));
    let reply = roofer.reply_in(by_sms.conversation(), &both);
    assert_eq!(reply.lead, by_sms.lead(), "no lead is doubled");
    assert_eq!(leads(&roofer).len(), 2, "and nobody is merged");
    let pairs: serde_json::Value = roofer.read("/v1/duplicates");
    assert_eq!(pairs["items"].as_array().unwrap().len(), 1, "{pairs}");
}

#[test]
fn an_address_that_is_mentioned_in_a_message_leads_to_no_one() {
    let (roofer, session, email) = (Tenant::opened(|_| {}), unique(), address());
    let by_form = roofer.form(json!({"email": email, "message": "How much is a roof inspection?"}));
    roofer.sent_reply(&by_form);
    let by_chat = roofer.chat(&session, &format!("Hello, my e-mail is {email}"));
    assert_ne!(roofer.sent_reply(&by_chat).lead, by_form.lead());
    assert_eq!(leads(&roofer).len(), 2);
    // The chat goes on in its session.
    let later = roofer.chat(&session, "What are your opening hours?");
    roofer.reply_in(by_chat.conversation(), &later);
    assert_eq!(roofer.poll(&session, None).0.len(), 2);
}

#[test]
fn a_person_with_two_chat_sessions_is_answered_in_each() {
    let (roofer, email) = (Tenant::opened(|_| {}), address());
    let (first, second) = (unique(), unique());
    let visitor = json!({"email": email});
    let chat = |session: &str, text: &str| {
        let id = unique();
        let fields = json!({"session_id": session, "message_id": id, "message": text, "visitor": visitor});
        accepted(&roofer.chat_delivery(&fields));
        roofer.said_with_key(Source::LiveChat, &format!("{session}:{id}"))
    };
    for (session, text) in [(&first, "Hello"), (&second, "Hello"), (&first, "How much is it?"), (&second, "And when?")]
    {
        let before = roofer.poll(session, None).1;
        let said = chat(session, text);
        let shown = eventually("the answer in its session", || {
            Some(roofer.poll(session, before.as_deref()).0).filter(|texts| !texts.is_empty())
        });
        assert_eq!(shown.len(), 1, "{text} of {}: {shown:?}", said.id());
    }
    assert_eq!(leads(&roofer).len(), 1);
}

#[test]
fn of_one_person_on_many_ways_at_once_nothing_is_lost() {
    let (roofer, phone, email) = (Tenant::opened(|_| {}), number(), address());
    let said = [
        roofer.sms(&phone, "How much is a roof inspection?"),
        roofer.form(json!({"email": email, "message": "Hello"})),
        roofer.form(json!({"phone": phone, "email": email, "consent": true, "message": "It is me again"})),
        roofer.whatsapp(&phone, "Are you there?"),
        roofer.form(json!({"email": email, "phone": phone, "message": "Please write to me"})),
    ];
    let messages = |tenant: &Tenant| {
        let threads: Vec<Conversation> = tenant.list("/v1/conversations");
        let replays = threads.iter().map(|thread| tenant.replay(thread.id).unwrap());
        replays.flat_map(|replay| replay.messages).collect::<Vec<_>>()
    };
    let all = eventually("five messages and five answers", || Some(messages(&roofer)).filter(|all| all.len() >= 10));
    assert_eq!(all.len(), 10);
    for said in &said {
        assert_eq!(all.iter().filter(|message| message.in_reply_to == Some(said.id())).count(), 1);
    }
    // Number and mailbox are one person's where the form that gives both came before the one by mail.
    assert!((1..=2).contains(&leads(&roofer).len()));
}

#[test]
fn two_tenants_have_a_lead_each_of_the_same_person() {
    let (roofer, dentist, from) = (Tenant::roofer(), Tenant::dentist(), number());
    let (to_roofer, to_dentist) = (roofer.sms(&from, "Hello"), dentist.sms(&from, "Hola"));
    roofer.sent_reply(&to_roofer);
    dentist.sent_reply(&to_dentist);
    assert_ne!(roofer.lead(to_roofer.lead()).contact, dentist.lead(to_dentist.lead()).contact);
    let answer = dentist.get(&format!("/v1/leads/{}", to_roofer.lead()));
    assert_eq!(problem(&answer), (404, None));
}

#[test]
fn who_writes_after_their_lead_was_closed_gets_a_new_lead() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    let first = roofer.sms(&from, "Hello");
    roofer.sent_reply(&first);
    assert_eq!(roofer.set_status(first.lead(), "closed_won").status, 200);

    let second = roofer.sms(&from, "Hello again, another roof");
    let reply = roofer.sent_reply(&second);
    assert_eq!(reply.lead, second.lead());
    let [new, old] = leads(&roofer).try_into().unwrap();
    assert_eq!((new.id, old.id, new.contact), (second.lead(), first.lead(), old.contact));
    assert_eq!(old.status.as_str(), "closed_won");
}
