//! The chat widget.

use domain::conversations::Intent;
use domain::messaging::{Channel, Source};
use serde_json::{Value, json};

use crate::stage::{Tenant, eventually, send, unique};

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
    let nothing = json!({"messages": [], "after": null});
    assert_eq!(roofer.chat_history(&session), nothing);
    let reply = roofer.sent_reply(&roofer.chat(&session, "What are your opening hours?"));
    let page = roofer.chat_history(&session);
    let [question, answer] = page["messages"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!((&question["from"], &question["text"]), (&json!("customer"), &json!("What are your opening hours?")));
    assert_eq!(question["message_id"].as_str().map(str::len), Some(unique().len()), "the widget's own id: {question}");
    assert_eq!((&answer["from"], &answer["text"]), (&json!("assistant"), &json!(reply.text)));
    assert_eq!(page["after"], reply.reference.to_string());
    // From there on it is a poll, and no one else's session shows anything.
    let polled = send(&roofer.history_delivery(&session, &reply.reference.to_string()));
    assert_eq!(serde_json::from_str::<Value>(&polled.body).unwrap()["messages"], json!([]));
    assert_eq!(Tenant::dentist().chat_history(&session), nothing);
    assert_eq!(roofer.chat_history(&unique()), nothing);
}
