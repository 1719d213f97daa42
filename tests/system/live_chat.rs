//! The chat widget.

use domain::conversations::{Intent, MissingFile, ReceivedFile};
use domain::ids::UploadId;
use domain::messaging::{Channel, Source};
use serde_json::{Value, json};

use crate::stage::{Said, Tenant, accepted, eventually, problem, send, set_header, stage, unique};
use xtask::http::Answer;

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

/// Sends a file in a session.
fn upload(tenant: &Tenant, session: &str, content: &str) -> Answer {
    let mut delivery = tenant.delivery_to("live-chat", "/files", content);
    set_header(&mut delivery, "content-type", "application/octet-stream");
    delivery.headers.push(("x-widget-key".into(), tenant.key("widget_key").into()));
    delivery.headers.push(("x-chat-session".into(), session.into()));
    send(&delivery)
}

/// Says, in a session, that a file goes with it; the message, and its file as staff see it.
fn say_with(tenant: &Tenant, session: &str, file: &Value) -> (Said, ReceivedFile) {
    let id = unique();
    accepted(&tenant.chat_delivery(&json!({"session_id": session, "message_id": id, "file": file})));
    let said = tenant.said_with_key(Source::LiveChat, &format!("{session}:{id}"));
    let files =
        eventually("the file of the message", || tenant.replay(said.conversation())?.stored(said.id())?.files.clone());
    (said, files.files[0].clone())
}

#[test]
fn a_file_of_a_visitor_is_kept_with_their_message_and_goes_with_no_other_session() {
    let (roofer, session) = (Tenant::roofer(), unique());
    assert_eq!(problem(&upload(&roofer, &session, "<html><script>")), (400, Some("file".to_owned())));
    assert_eq!(problem(&upload(&roofer, "s-1", "%PDF-1.7")), (400, Some("x-chat-session".to_owned())));
    assert_eq!(upload(&roofer, &session, &format!("%PDF-1.7{}", " ".repeat(4 * 1024 * 1024))).status, 413);
    let plan = "%PDF-1.7 the plan of the roof";
    let answer = upload(&roofer, &session, plan);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let sent: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(sent["content_type"], "application/pdf");

    // Who has heard of its id and not the session has nothing.
    let (_, stolen) = say_with(&roofer, &unique(), &sent);
    assert_eq!(stolen.missing, Some(MissingFile::Gone));

    let (said, kept) = say_with(&roofer, &session, &sent);
    assert_eq!((kept.missing, kept.content_type.as_str(), kept.bytes), (None, "application/pdf", plan.len() as u64));
    let link = roofer.person("agent").call("GET", &format!("/v1/received-files/{}", kept.id), &[], "");
    assert_eq!(link.status, 302, "{}", link.body);
    let file = stage().block_on(reqwest::get(link.header("location").unwrap())).unwrap();
    assert_eq!(file.headers()["content-type"], "application/pdf");
    assert_eq!(stage().block_on(file.text()).unwrap(), plan);
    let page = roofer.chat_history(&session);
    assert_eq!((&page["messages"][0]["attached"], &page["messages"][0]["text"]), (&json!("document"), &json!("")));
    // What was sent first is kept with the contact alone, and erased with it.
    let place = connectors::live_chat::upload_place(&session, UploadId::parse(sent["id"].as_str().unwrap()).unwrap());
    let first = files::Prefix::visitor(&roofer.id(), &place).key("0");
    let bucket = files::Files::new(&stage().aws, stage().output("FilesBucket").to_owned());
    eventually("the first copy to be gone", || stage().block_on(bucket.size(&first)).unwrap().is_none().then_some(()));
    assert!(roofer.sent_reply(&said).text.len() > 1);
}
