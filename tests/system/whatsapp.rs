//! WhatsApp, from Meta.

use domain::conversations::{Intent, Role};
use domain::messaging::{Content, DeliveryState, MediaKind, Source};
use serde_json::{Value, json};

use crate::stage::{Said, Tenant, accepted, number, problem, reason, send, sink_messages_to, state, unique, wamessage};

#[test]
fn a_whatsapp_message_is_stored_answered_and_delivered() {
    let (dentist, from) = (Tenant::dentist(), number());
    let said = dentist.whatsapp(&from, "Hola, ¿a qué hora abren mañana?");

    let reply = dentist.sent_reply(&said);

    let taken = sink_messages_to(&from);
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(taken[0]["vendor"], "meta");
    assert_eq!(taken[0]["from"], dentist.key("whatsapp.phone_number_id"));
    assert_eq!(taken[0]["body"], reply.text);
    assert_eq!(taken[0]["reference"], reply.reference.to_string());
    assert_eq!(reply.delivery.as_ref().unwrap().vendor_id.as_deref(), taken[0]["id"].as_str());
    assert_eq!((reply.intent, reply.language.unwrap().as_str()), (Some(Intent::Hours), "es"));
    assert_eq!(dentist.lead(said.lead()).source, Source::Whatsapp);
}

#[test]
fn metas_challenge_is_answered_for_the_right_token_alone() {
    let dentist = Tenant::dentist();
    let ask = |query: &str| Tenant::call("GET", &format!("/webhooks/whatsapp?{query}"), &[], "");
    let token = dentist.key("whatsapp.verify_token");

    let right = ask(&format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444"));
    assert_eq!((right.status, right.body.as_str()), (200, "1158201444"));
    let wrong = ask("hub.mode=subscribe&hub.verify_token=guessed&hub.challenge=1158201444");
    assert_eq!(problem(&wrong), (401, None));
    let other = ask(&format!("hub.mode=unsubscribe&hub.verify_token={token}&hub.challenge=1"));
    assert_eq!(problem(&other), (400, Some("hub.mode".to_owned())));
    let none = ask(&format!("hub.mode=subscribe&hub.verify_token={token}"));
    assert_eq!(problem(&none), (400, Some("hub.challenge".to_owned())));
}

#[test]
fn several_messages_of_several_people_in_one_body_are_each_answered() {
    let roofer = Tenant::roofer();
    let (ana, ben) = (number(), number());
    let texts = [(&ana, "Hello"), (&ben, "What are your opening hours?"), (&ana, "How much is a roof inspection?")];
    let ids = texts.map(|_| format!("wamid.{}", unique()));
    let message = |index: usize| {
        let (from, text) = texts[index];
        wamessage(&ids[index], from, json!({"type": "text", "text": {"body": text}}))
    };
    let changes = [vec![message(0), message(1)], vec![message(2)]]
        .map(|messages| roofer.meta_change(json!({"messages": messages})));
    accepted(&roofer.whatsapp_delivery(&changes));

    let [first, second, third] = ids.map(|id| Said::new(&roofer, Source::Whatsapp, &id));
    roofer.sent_reply(&first);
    roofer.sent_reply(&second);
    let reply = roofer.reply_in(first.conversation(), &third);
    assert_eq!(state(&reply), DeliveryState::Sent);
    assert_eq!((sink_messages_to(&ana).len(), sink_messages_to(&ben).len()), (2, 1));
}

/// One message of each type in Meta's format, with what it is stored as.
fn kinds() -> Vec<(Value, Content)> {
    let media =
        |kind, id: &str, caption: &str| Content::Media { kind, references: vec![id.into()], caption: caption.into() };
    let choice = |id: &str, title: &str| Content::Choice { id: id.into(), title: title.into() };
    let flow = r#"{"roof":"flat"}"#;
    vec![
        (
            json!({"type": "image", "image": {"id": "801", "mime_type": "image/jpeg", "sha256": "x", "caption": "the roof"}}),
            media(MediaKind::Image, "801", "the roof"),
        ),
        (
            json!({"type": "audio", "audio": {"id": "802", "mime_type": "audio/ogg", "voice": true}}),
            media(MediaKind::Audio, "802", ""),
        ),
        (
            json!({"type": "document", "document": {"id": "803", "filename": "plan.pdf", "mime_type": "application/pdf"}}),
            media(MediaKind::Document, "803", ""),
        ),
        (
            json!({"type": "location", "location": {"latitude": 39.7, "longitude": -105.0, "name": "Home"}}),
            Content::Location { latitude: 39.7, longitude: -105.0, label: "Home".into() },
        ),
        (
            json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "Robin Vale"}, "phones": []}]}),
            Content::Contacts { names: vec!["Robin Vale".into()] },
        ),
        (json!({"type": "button", "button": {"payload": "YES", "text": "Yes"}}), choice("YES", "Yes")),
        (
            json!({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b1", "title": "Repair"}}}),
            choice("b1", "Repair"),
        ),
        (
            json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "l1", "title": "Inspection", "description": "d"}}}),
            choice("l1", "Inspection"),
        ),
        (
            json!({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": flow}}}),
            Content::Form { json: flow.into() },
        ),
        (
            json!({"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}]}),
            Content::Unsupported { kind: "unsupported".into() },
        ),
        (
            json!({"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👍"}}),
            Content::Reaction { emoji: "👍".into() },
        ),
    ]
}

#[test]
fn every_type_of_message_is_stored_as_what_it_is_and_all_but_reactions_are_answered() {
    let (roofer, from) = (Tenant::roofer(), number());
    let kinds = kinds();
    let ids: Vec<String> = kinds.iter().map(|_| format!("wamid.{}", unique())).collect();
    let messages: Vec<Value> =
        kinds.iter().zip(&ids).map(|((message, _), id)| wamessage(id, &from, message.clone())).collect();
    accepted(&roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": messages}))]));

    let said: Vec<Said> = ids.iter().map(|id| Said::new(&roofer, Source::Whatsapp, id)).collect();
    let last = said.last().unwrap().id();
    let replay = roofer.replay_when(said[0].conversation(), "the last message", |replay| replay.stored(last).is_some());
    for (said, (_, content)) in said.iter().zip(&kinds) {
        assert_eq!(replay.stored(said.id()).unwrap().content.as_ref(), Some(content));
        assert_eq!(replay.reply(said.id()).is_some(), content.wants_answer(), "{content:?}");
    }
}

#[test]
fn a_sender_who_hides_their_number_is_answered_at_their_user_id() {
    let (roofer, user) = (Tenant::roofer(), format!("US.{}", unique()));
    let id = format!("wamid.{}", unique());
    let message = json!({"id": id, "from_user_id": user, "timestamp": jiff::Timestamp::now().as_second().to_string(), "type": "text", "text": {"body": "Hello"}});
    accepted(&roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": [message]}))]));

    roofer.sent_reply(&Said::new(&roofer, Source::Whatsapp, &id));
    assert_eq!(sink_messages_to(&user).len(), 1);
}

#[test]
fn statuses_move_the_sent_message_forward_and_never_back() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.whatsapp(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    let tell = |status: &str| {
        let answer = roofer.whatsapp_status(json!({"status": status, "biz_opaque_callback_data": reference}));
        assert_eq!(answer.status, 200, "{}", answer.body);
        // A status takes effect before its 200.
        state(&roofer.reply(&said))
    };
    assert_eq!(tell("sent"), DeliveryState::Sent);
    assert_eq!(tell("delivered"), DeliveryState::Delivered);
    assert_eq!(tell("sent"), DeliveryState::Delivered);
    assert_eq!(tell("read"), DeliveryState::Read);
    assert_eq!(tell("delivered"), DeliveryState::Read);
    assert_eq!(tell("failed"), DeliveryState::Read);
    assert_eq!(tell("played"), DeliveryState::Read);
}

#[test]
fn a_status_of_someone_elses_message_changes_nothing() {
    let (roofer, dentist) = (Tenant::roofer(), Tenant::dentist());
    let said = roofer.whatsapp(&number(), "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();

    for status in [
        json!({"status": "read", "biz_opaque_callback_data": reference}),
        json!({"status": "read", "biz_opaque_callback_data": "another system's id"}),
        json!({"status": "read"}),
    ] {
        assert_eq!(dentist.whatsapp_status(status).status, 200);
    }
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Sent);
}

/// A message whose callback says that it failed with `code`.
fn failed_with(code: u32) -> (Tenant, String, Said) {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.whatsapp(&from, "Hello");
    let reference = roofer.sent_reply(&said).reference.to_string();
    let errors = json!([{"code": code, "title": "Message undeliverable"}]);
    roofer.whatsapp_status(json!({"status": "failed", "biz_opaque_callback_data": reference, "errors": errors}));
    let failed = roofer.reply(&said);
    assert_eq!((state(&failed), reason(&failed)), (DeliveryState::Failed, &*format!("meta {code}")));
    (roofer, from, said)
}

#[test]
fn a_status_that_says_that_they_opted_out_fails_the_message_and_silences_them() {
    let (roofer, from, said) = failed_with(131_050);
    let later = roofer.whatsapp(&from, "Are you there?");
    let replay = roofer.replay_when(said.conversation(), "the later message", |r| r.stored(later.id()).is_some());
    assert!(replay.reply(later.id()).is_none_or(|reply| reply.opt_out), "only how they come back");
    assert_eq!(replay.of(Role::Customer).len(), 2);
}

#[test]
fn a_status_that_says_unreachable_fails_the_message_until_they_write() {
    let (roofer, from, said) = failed_with(131_026);
    let later = roofer.whatsapp(&from, "Are you there?");
    roofer.replay_when(said.conversation(), "the answer on its way", |replay| {
        replay.reply(later.id()).is_some_and(|reply| state(reply) == DeliveryState::Sent)
    });
}

#[test]
fn changes_that_are_no_messages_are_taken_and_ignored() {
    let roofer = Tenant::roofer();
    let template = json!({"field": "message_template_status_update", "value": {"event": "APPROVED"}});
    assert_eq!(send(&roofer.whatsapp_delivery(&[template])).status, 200);
}
