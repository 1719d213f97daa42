//! The chat widget.

use domain::conversations::Intent;
use domain::messaging::{Channel, Source};

use crate::stage::{Tenant, eventually, unique};

#[test]
fn a_chat_message_is_answered_in_its_session() {
    let (dentist, session) = (Tenant::dentist(), unique());
    let said = dentist.chat(&session, "Bonjour, quels sont vos horaires ?");

    let (texts, after) = eventually("the answer in the widget", || {
        Some(dentist.poll(&session, None)).filter(|(texts, _)| !texts.is_empty())
    });
    let reply = dentist.sent_reply(&said);
    assert_eq!((texts, after), (vec![reply.text.clone()], Some(reply.reference.to_string())));
    assert_eq!((reply.channel, reply.intent), (Channel::Chat, Some(Intent::Hours)));
    assert_eq!(reply.language.unwrap().as_str(), "fr");
    assert_eq!(dentist.lead(said.lead()).source, Source::LiveChat);
}

#[test]
fn two_sessions_do_not_see_each_other() {
    let (roofer, mine, yours) = (Tenant::roofer(), unique(), unique());
    let my_reply = roofer.sent_reply(&roofer.chat(&mine, "What are your opening hours?"));
    let your_reply = roofer.sent_reply(&roofer.chat(&yours, "Where are you located?"));
    assert_ne!(my_reply.text, your_reply.text);

    assert_eq!(roofer.poll(&mine, None).0, [my_reply.text.as_str()]);
    assert_eq!(roofer.poll(&yours, None).0, [your_reply.text.as_str()]);
    // A cursor of one session shows nothing of it in another.
    let borrowed = my_reply.reference.to_string();
    assert_eq!(roofer.poll(&yours, Some(&borrowed)).0, [your_reply.text.as_str()]);
    // Nor does the same session with another tenant's key.
    assert!(Tenant::dentist().poll(&mine, None).0.is_empty());
    assert!(roofer.poll(&unique(), None).0.is_empty());
}

#[test]
fn the_cursor_gives_what_came_after_it_once() {
    let (roofer, session) = (Tenant::roofer(), unique());
    let first = roofer.chat(&session, "What are your opening hours?");
    let opening = roofer.sent_reply(&first);
    let (texts, cursor) = roofer.poll(&session, None);
    assert_eq!(texts, [opening.text.as_str()]);
    let unchanged = roofer.poll(&session, cursor.as_deref());
    assert_eq!(unchanged, (Vec::new(), cursor.clone()));

    let second = roofer.chat(&session, "Where are you located?");
    let location = roofer.reply_in(first.conversation(), &second);
    let (texts, later) = roofer.poll(&session, cursor.as_deref());
    assert_eq!(texts, [location.text.as_str()]);
    assert_ne!(later, cursor);
    assert_eq!(roofer.poll(&session, None).0, [opening.text, location.text]);
}

#[test]
fn who_comes_back_finds_what_was_said() {
    let (roofer, session) = (Tenant::roofer(), unique());
    assert_eq!(roofer.chat_history(&session), (Vec::new(), None));
    let first = roofer.chat(&session, "What are your opening hours?");
    let reply = roofer.sent_reply(&first);
    let (messages, after) = roofer.chat_history(&session);
    let [(customer, said, Some(_)), (assistant, answered, None)] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!((customer.as_str(), said.as_str()), ("customer", "What are your opening hours?"));
    assert_eq!((assistant.as_str(), answered.as_str()), ("assistant", reply.text.as_str()));
    assert_eq!(after, Some(reply.reference.to_string()));
    // From there on it is a poll, and nobody else's session shows anything.
    let polled = crate::stage::send(&roofer.history_delivery(&session, &after.unwrap()));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&polled.body).unwrap()["messages"], serde_json::json!([]));
    assert!(Tenant::dentist().chat_history(&session).0.is_empty());
    assert!(roofer.chat_history(&unique()).0.is_empty());
}
