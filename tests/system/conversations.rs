//! A conversation: what belongs to it, and what a replay shows.

use domain::conversations::{ConversationStatus, Role};
use domain::messaging::{DeliveryState, Source};
use domain::tenancy::TenantStatus;
use serde_json::{Value, json};

use crate::stage::{Tenant, accepted, number, set_header, sink_messages_to, state, unique};

#[test]
fn messages_of_one_day_on_one_channel_share_a_conversation_and_its_memory() {
    let (roofer, from) = (Tenant::roofer(), number());
    let first = roofer.sms(&from, "How much is a roof inspection?");
    roofer.sent_reply(&first);
    let second = roofer.sms(&from, "What are your opening hours?");
    roofer.reply_in(first.conversation(), &second);

    let replay = roofer.replay(first.conversation()).unwrap();
    let roles: Vec<Role> = replay.messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::Customer, Role::Assistant, Role::Customer, Role::Assistant]);
    assert_eq!((replay.conversation.message_count, replay.conversation.recent.len()), (4, 4));
    assert_eq!(replay.conversation.status, ConversationStatus::Active);
    assert!(roofer.replay(second.conversation()).is_none());
    let times: Vec<_> = replay.messages.iter().map(|message| message.reference.at).collect();
    assert!(times.is_sorted());
}

#[test]
fn many_messages_of_one_person_are_answered_in_order() {
    let (roofer, session) = (Tenant::roofer(), unique());
    let questions = [
        "How much is a roof inspection?",
        "When are you open on Saturdays?",
        "Where is your office?",
        "Do you also clean gutters?",
        "Is there a warranty on repairs?",
        "Could you come by next week?",
    ];
    let said: Vec<_> = questions.iter().map(|question| roofer.chat(&session, question)).collect();
    let opened = said[0].conversation();
    for said in &said {
        assert_eq!(state(&roofer.reply_in(opened, said)), DeliveryState::Sent);
    }
    let replay = roofer.replay(opened).unwrap();
    let texts: Vec<_> = replay.of(Role::Customer).iter().map(|message| message.text.clone()).collect();
    assert_eq!(texts, questions);
    let answered: Vec<_> = replay.of(Role::Assistant).iter().map(|message| message.in_reply_to).collect();
    assert_eq!(answered, said.iter().map(|said| Some(said.id())).collect::<Vec<_>>());
}

#[test]
fn a_replay_shows_who_said_what_and_why_and_what_became_of_it() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "What are your opening hours?");
    roofer.sent_reply(&said);

    let replay: Value = roofer.read(&format!("/v1/conversations/{}", said.conversation()));
    assert_eq!((&replay["channel"], &replay["status"]), (&"sms".into(), &"active".into()));
    let [asked, answered] = replay["messages"].as_array().unwrap().as_slice() else { panic!("{replay}") };
    for message in [asked, answered] {
        assert_eq!(
            (&message["intent"], &message["sentiment"], &message["language"]),
            (&"hours".into(), &"neutral".into(), &"en".into())
        );
        assert_eq!(message["correlation_id"], asked["correlation_id"]);
    }
    assert_eq!(
        (&asked["role"], &asked["source"], &asked["content"]["type"]),
        (&"customer".into(), &"sms".into(), &"text".into())
    );
    assert_eq!(answered["role"], "assistant");
    assert_eq!(answered["author"], json!({"model": "builtin", "input_tokens": 0, "output_tokens": 0}));
    assert!(answered["confidence"].as_u64().unwrap() <= 100);
    assert!(answered["processing_ms"].is_u64());
    assert_eq!(answered["action"], "reply");
    let delivery = &answered["delivery"];
    assert_eq!((&delivery["state"], &delivery["attempts"]), (&"sent".into(), &1.into()));
    assert_eq!(delivery["verdict"]["decision"], "allowed");
    assert_eq!(delivery["verdict"]["why"], "An answer to a message just received");
    assert!(delivery["vendor_id"].as_str().unwrap().starts_with("SM"));
    assert_eq!(delivery["to"]["value"], from.as_str());
}

#[test]
fn a_correlation_id_travels_from_the_request_to_all_that_it_causes() {
    let (roofer, session) = (Tenant::roofer(), unique());
    let (id, correlation) = (unique(), format!("support-case-{}", unique()));
    let fields = json!({"session_id": session, "message_id": id, "message": "I want to speak to a manager"});
    let mut delivery = roofer.chat_delivery(&fields);
    set_header(&mut delivery, "x-correlation-id", &correlation);
    accepted(&delivery);

    let said = roofer.said_with_key(Source::LiveChat, &format!("{session}:{id}"));
    roofer.sent_reply(&said);
    let replay = roofer.replay(said.conversation()).unwrap();
    assert_eq!(replay.messages.len(), 3, "message, answer, notice");
    assert!(replay.messages.iter().all(|message| message.correlation_id == correlation));
}

#[test]
fn an_answer_to_a_message_just_received_leaves_in_quiet_hours_too() {
    let roofer = Tenant::opened(|file| {
        file.tenant.quiet_hours.from = "00:00".parse().unwrap();
        file.tenant.quiet_hours.until = "23:59".parse().unwrap();
    });
    let reply = roofer.sent_reply(&roofer.sms(&number(), "Hello"));
    let verdict = reply.delivery.unwrap().verdict.unwrap();
    assert_eq!((verdict.as_str(), verdict.rule()), ("allowed", Some("answer")));
}

#[test]
fn a_paused_tenants_messages_are_stored_and_nothing_is_sent() {
    let roofer = Tenant::opened(|file| file.tenant.status = TenantStatus::Paused);
    let from = number();
    let said = roofer.sms(&from, "Hello");
    let replay =
        roofer.replay_when(said.conversation(), "the stored message", |replay| replay.stored(said.id()).is_some());
    assert_eq!(replay.messages.len(), 1);
    assert!(sink_messages_to(&from).is_empty());
}
