//! WhatsApp deliveries, in Meta's documented format.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use connectors::meta::{Change, challenge, parse};
use connectors::parsed::Parsed;
use domain::failure::{Failure, Rejection};
use domain::messaging::delivery::Blocked;
use domain::messaging::{Address, Content, DeliveryState, MediaKind, MessageRef, Phone};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::path::PathBuf;

const ANA: &str = "14155550123";

fn phone(digits: &str) -> Address {
    Address::Phone(Phone::e164(digits, "phone").unwrap())
}

fn delivery(value: &Value) -> Value {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "100", "changes": [{ "field": "messages", "value": value }] }]
    })
}

/// A value with one message of Ana's.
fn value_with(message: &Value) -> Value {
    let mut whole = json!({ "from": ANA, "id": "wamid.1", "timestamp": "1790000000" });
    whole.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
    json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "14155550199", "phone_number_id": "200" },
        "contacts": [{ "profile": { "name": " Ana Example " }, "wa_id": ANA, "user_id": "US.123" }],
        "messages": [whole],
    })
}

fn read(delivery: &Value) -> Result<Vec<Change>, Failure> {
    parse(delivery.to_string().as_bytes())
}

fn only_message(message: &Value) -> Parsed {
    let mut changes = read(&delivery(&value_with(message))).unwrap();
    assert_eq!((changes.len(), changes[0].messages.len()), (1, 1));
    changes.remove(0).messages.remove(0)
}

fn refused_field(delivery: &Value) -> String {
    match read(delivery).unwrap_err() {
        Failure::Rejected { kind: Rejection::Invalid, field: Some(field), .. } => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_read_with_its_sender_name_time_and_number() {
    let changes = read(&delivery(&value_with(&json!({ "type": "text", "text": { "body": "Hi" } })))).unwrap();
    assert_eq!(changes[0].phone_number_id, "200");
    let message = &changes[0].messages[0];
    assert_eq!(message.vendor_id, "wamid.1");
    assert_eq!(message.from, phone(ANA));
    assert_eq!(message.also, [Address::WhatsappUser("US.123".into())]);
    assert_eq!(message.name.as_deref(), Some("Ana Example"));
    assert_eq!(message.sent_at.unwrap().as_second(), 1_790_000_000);
    assert_eq!(message.content, Content::Text { text: "Hi".into() });
}

#[test]
fn every_type_of_message_is_read() {
    let media = |kind, caption: &str| Content::Media { kind, references: vec!["m1".into()], caption: caption.into() };
    let choice = |id: &str, title: &str| Content::Choice { id: id.into(), title: title.into() };
    let unsupported = |kind: &str| Content::Unsupported { kind: kind.into() };
    for (message, content) in [
        (json!({ "type": "image", "image": { "id": "m1", "caption": "roof" } }), media(MediaKind::Image, "roof")),
        (json!({ "type": "sticker", "sticker": { "id": "m1" } }), media(MediaKind::Image, "")),
        (json!({ "type": "audio", "audio": { "id": "m1", "voice": true } }), media(MediaKind::Audio, "")),
        (json!({ "type": "video", "video": { "id": "m1" } }), media(MediaKind::Video, "")),
        (
            json!({ "type": "document", "document": { "id": "m1", "filename": "a.pdf" } }),
            media(MediaKind::Document, ""),
        ),
        (
            json!({ "type": "location", "location": { "latitude": 37.4, "longitude": -122, "name": "HQ", "address": "1 Way" } }),
            Content::Location { latitude: 37.4, longitude: -122.0, label: "HQ, 1 Way".into() },
        ),
        (
            json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Bo" } }, { "phones": [] }] }),
            Content::Contacts { names: vec!["Bo".into()] },
        ),
        (
            json!({ "type": "reaction", "reaction": { "message_id": "w", "emoji": "👍" } }),
            Content::Reaction { emoji: "👍".into() },
        ),
        (json!({ "type": "reaction", "reaction": { "message_id": "w" } }), Content::Reaction { emoji: String::new() }),
        (json!({ "type": "button", "button": { "payload": "yes", "text": "Yes" } }), choice("yes", "Yes")),
        (
            json!({ "type": "interactive", "interactive": { "type": "button_reply", "button_reply": { "id": "b", "title": "B" } } }),
            choice("b", "B"),
        ),
        (
            json!({ "type": "interactive", "interactive": { "type": "list_reply", "list_reply": { "id": "l", "title": "L" } } }),
            choice("l", "L"),
        ),
        (
            json!({ "type": "interactive", "interactive": { "type": "nfm_reply", "nfm_reply": { "response_json": "{\"a\": \"1\"}" } } }),
            Content::Form { json: r#"{"a":"1"}"#.into() },
        ),
        (
            json!({ "type": "edit", "edit": { "message": { "type": "text", "text": { "body": "5 pm" } } } }),
            Content::Text { text: "5 pm".into() },
        ),
        (json!({ "type": "order", "order": { "catalog_id": "1" } }), unsupported("order")),
        (json!({ "type": "unsupported", "errors": [{ "code": 131051 }] }), unsupported("unsupported")),
        (json!({ "type": "hologram" }), unsupported("hologram")),
        (json!({}), unsupported("unknown")),
        // Known types whose content is not of their form.
        (json!({ "type": "text" }), unsupported("text")),
        (json!({ "type": "image", "image": { "id": 7 } }), unsupported("image")),
        (json!({ "type": "location", "location": { "latitude": 91, "longitude": 0 } }), unsupported("location")),
        (json!({ "type": "interactive" }), unsupported("interactive")),
        (
            json!({ "type": "interactive", "interactive": { "type": "nfm_reply", "nfm_reply": { "response_json": "[1]" } } }),
            unsupported("interactive"),
        ),
        (json!({ "type": "edit", "edit": { "message": { "type": "edit" } } }), unsupported("edit")),
    ] {
        assert_eq!(only_message(&message).content, content, "{message}");
    }
}

#[test]
fn a_message_of_a_broken_form_does_not_cost_its_siblings() {
    let mut value = value_with(&json!({ "type": "text", "text": { "body": 7 } }));
    let good = json!({ "from": ANA, "id": "wamid.2", "type": "text", "text": { "body": "Hi" } });
    value["messages"].as_array_mut().unwrap().push(good);
    let messages = read(&delivery(&value)).unwrap().remove(0).messages;
    assert_eq!(messages[0].content, Content::Unsupported { kind: "text".into() });
    assert_eq!(messages[1].content, Content::Text { text: "Hi".into() });
}

#[test]
fn notices_that_nobody_waits_on_yield_no_message() {
    for notice in [
        json!({ "type": "system", "system": { "type": "user_changed_number" } }),
        json!({ "type": "revoke" }),
        json!({ "type": "request_welcome" }),
        json!({ "type": "interactive", "interactive": { "type": "call_permission_reply" } }),
    ] {
        let changes = read(&delivery(&value_with(&notice))).unwrap();
        assert_eq!((changes[0].messages.len(), changes[0].ignored), (0, 1), "{notice}");
    }
}

#[test]
fn a_sender_without_a_number_is_known_by_their_user_id() {
    let text = json!({ "type": "text", "text": { "body": "Hi" } });
    let mut from_contact = value_with(&text);
    from_contact["messages"][0].as_object_mut().unwrap().remove("from");
    from_contact["contacts"][0].as_object_mut().unwrap().remove("wa_id");
    let mut from_message = from_contact.clone();
    from_message["contacts"] = json!([]);
    from_message["messages"][0]["from_user_id"] = json!("US.123");
    for value in [from_contact, from_message] {
        let message = read(&delivery(&value)).unwrap().remove(0).messages.remove(0);
        assert_eq!(message.from, Address::WhatsappUser("US.123".into()));
        assert!(message.also.is_empty());
    }
}

#[test]
fn among_several_contacts_the_name_is_the_senders() {
    let mut value = value_with(&json!({ "type": "text", "text": { "body": "Hi" } }));
    value["contacts"] = json!([
        { "profile": { "name": "Bo" }, "wa_id": "14155550111" },
        { "profile": { "name": "Ana" }, "wa_id": ANA },
    ]);
    assert_eq!(read(&delivery(&value)).unwrap()[0].messages[0].name.as_deref(), Some("Ana"));
    value["contacts"][1]["wa_id"] = json!("14155550112");
    assert_eq!(read(&delivery(&value)).unwrap()[0].messages[0].name, None);
}

#[test]
fn an_advertisement_and_a_correction_are_kept_as_fields() {
    let message = only_message(&json!({
        "type": "text", "text": { "body": "Hi" },
        "referral": { "source_id": "ad1", "headline": "x".repeat(600), "nested": {} },
        "edit": { "original_message_id": "wamid.0" },
    }));
    assert_eq!(message.fields["referral_source_id"], "ad1");
    assert_eq!(message.fields["referral_headline"].len(), 500);
    assert_eq!(message.fields["edits"], "wamid.0");
    assert_eq!(message.fields.len(), 3);
}

#[test]
fn a_message_taken_back_names_it_and_is_none_to_answer() {
    let message = only_message(&json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.0" } }));
    assert_eq!((message.content.wants_answer(), message.content), (false, Content::Deleted));
    assert_eq!(message.fields["edits"], "wamid.0");
}

#[test]
fn what_somebody_says_of_advertising_in_whatsapp_is_read() {
    let read_preference = |preference: Value| {
        let mut value = value_with(&json!({}));
        value["messages"] = json!([]);
        value["user_preferences"] = json!([preference]);
        let mut whole = delivery(&value);
        whole["entry"][0]["changes"][0]["field"] = json!("user_preferences");
        read(&whole).unwrap().remove(0)
    };
    for (said, wanted) in [("stop", false), ("resume", true), ("signup", true)] {
        let change = read_preference(json!({
            "wa_id": ANA, "detail": "…", "category": "marketing_messages", "value": said, "timestamp": 1_790_000_000,
        }));
        let message = &change.messages[0];
        assert_eq!((&message.from, &message.content), (&phone(ANA), &Content::Advertising { wanted }));
        assert_eq!(message.sent_at.unwrap().as_second(), 1_790_000_000);
        assert!(!message.content.wants_answer());
    }
    for other in [json!({ "category": "else", "value": "stop", "wa_id": ANA }), json!({ "wa_id": ANA })] {
        let change = read_preference(other);
        assert_eq!((change.messages.len(), change.ignored), (0, 1));
    }
}

#[test]
fn half_a_character_in_a_name_costs_that_character_and_no_message() {
    let mut value = value_with(&json!({ "type": "text", "text": { "body": "Hi" } }));
    value["contacts"][0]["profile"]["name"] = json!("Ana HALF");
    let second = json!({ "from": ANA, "id": "wamid.2", "type": "text", "text": { "body": "Again" } });
    value["messages"].as_array_mut().unwrap().push(second);
    let body = delivery(&value).to_string().replace("HALF", r"\ud83d");
    let change = parse(body.as_bytes()).unwrap().remove(0);
    assert_eq!(change.messages.len(), 2);
    assert_eq!(change.messages[0].name.as_deref(), Some("Ana \u{fffd}"));
    assert_eq!(change.messages[1].content, Content::Text { text: "Again".into() });
}

#[test]
fn a_whatsapp_id_of_before_is_the_number_of_today() {
    for (id, number) in [("5215512345678", "525512345678"), ("551187654399", "5511987654399")] {
        let mut value = value_with(&json!({ "type": "text", "text": { "body": "Hi" }, "from": id }));
        value["contacts"][0]["wa_id"] = json!(id);
        let message = read(&delivery(&value)).unwrap().remove(0).messages.remove(0);
        assert_eq!((message.from, message.name.as_deref()), (phone(number), Some("Ana Example")));
    }
}

#[test]
fn statuses_carry_our_reference_and_the_meaning_of_the_code() {
    let reference = "6f2b1d0e-8c6a-4f57-9a51-3c5e70b4d2a9.1790000000000.6f2b1d0e-8c6a-4f57-9a51-3c5e70b4d2aa";
    let mut value = value_with(&json!({}));
    value["messages"] = json!([]);
    value["statuses"] = json!([
        { "id": "wamid.a", "status": "delivered", "biz_opaque_callback_data": reference },
        { "id": "wamid.b", "status": "failed", "biz_opaque_callback_data": "not ours", "errors": [{ "code": 131026 }] },
        { "id": "wamid.c", "status": "failed", "errors": [{ "code": 131047 }] },
        { "id": "wamid.d", "status": "played" },
    ]);
    let change = read(&delivery(&value)).unwrap().remove(0);
    assert_eq!(change.ignored, 1);
    let [a, b, c] = &change.statuses[..] else { panic!("{change:?}") };
    assert_eq!((a.message, a.state), (Some(MessageRef::parse(reference).unwrap()), DeliveryState::Delivered));
    assert_eq!((a.reason.as_deref(), a.blocked), (None, None));
    assert_eq!((b.message, b.state), (None, DeliveryState::Failed));
    assert_eq!((b.reason.as_deref(), b.blocked), (Some("meta 131026"), Some(Blocked::Unreachable)));
    assert_eq!((c.reason.as_deref(), c.blocked), (Some("meta 131047"), None));
}

#[test]
fn other_fields_and_unknown_members_pass() {
    let mut whole = delivery(&value_with(&json!({ "type": "text", "text": { "body": "Hi" }, "new": [1] })));
    whole["entry"][0]["changes"].as_array_mut().unwrap().push(json!({ "field": "account_update", "value": 7 }));
    whole["new"] = json!({ "a": 1 });
    assert_eq!(read(&whole).unwrap().len(), 1);
    assert_eq!(read(&json!({ "object": "whatsapp_business_account", "entry": [] })).unwrap(), []);
}

#[test]
fn what_cannot_be_anybodys_message_is_refused_by_its_path() {
    let good = delivery(&value_with(&json!({ "type": "text", "text": { "body": "Hi" } })));
    let value = "entry[0].changes[0].value";
    for (pointer, bad, path) in [
        ("/object", json!("page"), "object".to_owned()),
        ("/entry", json!({}), "entry".to_owned()),
        ("/entry/0/changes", Value::Null, "entry[0].changes".to_owned()),
        ("/entry/0/changes/0/field", json!(7), "entry[0].changes[0].field".to_owned()),
        ("/entry/0/changes/0/value/metadata/phone_number_id", json!(""), format!("{value}.metadata.phone_number_id")),
        ("/entry/0/changes/0/value/messages", json!("x"), format!("{value}.messages")),
        ("/entry/0/changes/0/value/messages/0", json!(7), format!("{value}.messages[0].id")),
        ("/entry/0/changes/0/value/messages/0/id", json!(["x"]), format!("{value}.messages[0].id")),
        ("/entry/0/changes/0/value/contacts/0/wa_id", json!(1), format!("{value}.contacts[0].wa_id")),
    ] {
        let mut bad_delivery = good.clone();
        *bad_delivery.pointer_mut(pointer).unwrap() = bad;
        assert_eq!(refused_field(&bad_delivery), path);
    }
    let mut nobody = good;
    nobody["entry"][0]["changes"][0]["value"]["contacts"] = json!([]);
    nobody["entry"][0]["changes"][0]["value"]["messages"][0]["from"] = json!("not a number");
    assert_eq!(refused_field(&nobody), format!("{value}.messages[0].from"));
}

#[test]
fn a_challenge_is_read_and_one_that_would_not_be_harmless_to_echo_is_refused() {
    let query = "hub.mode=subscribe&hub.verify_token=let%20me%20in&hub.challenge=1158201444";
    let asked = challenge(query).unwrap();
    assert_eq!((asked.verify_token.expose_secret(), asked.challenge.as_str()), ("let me in", "1158201444"));
    assert!(!format!("{asked:?}").contains("let me"));
    for (query, field) in [
        ("", "hub.mode"),
        ("hub.mode=unsubscribe&hub.verify_token=x&hub.challenge=1", "hub.mode"),
        ("hub.mode=subscribe&hub.challenge=1", "hub.verify_token"),
        ("hub.mode=subscribe&hub.verify_token=x", "hub.challenge"),
        ("hub.mode=subscribe&hub.verify_token=x&hub.challenge=<script>", "hub.challenge"),
    ] {
        let Failure::Rejected { field: named, .. } = challenge(query).unwrap_err() else { panic!("{query}") };
        assert_eq!(named.as_deref(), Some(field), "{query}");
    }
}

/// Payloads that vendors and their client libraries publish.
#[test]
#[ignore = "needs published payloads: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn published_payloads_parse_or_are_refused_by_field() {
    let webhooks = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("webhooks");
    let mut bodies = Vec::new();
    for directory in [webhooks.clone(), webhooks.join("whatsapp-pywa"), webhooks.join("whatsapp-signed")] {
        for entry in std::fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") || path.ends_with("signature_vectors.json")
            {
                continue;
            }
            let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            match document {
                Value::Object(named) if !named.contains_key("object") => {
                    bodies.extend(named.into_iter().map(|(name, body)| (format!("{file} {name}"), body)));
                }
                body => bodies.push((file, body)),
            }
        }
    }
    let (mut messages, mut unsupported, mut statuses, mut ignored, mut other, mut refused) = (0, 0, 0, 0, 0, 0);
    for (name, body) in &bodies {
        match read(body) {
            Ok(changes) => {
                other += usize::from(changes.is_empty());
                for change in changes {
                    messages += change.messages.len();
                    let kinds = change.messages.iter().filter(|m| matches!(m.content, Content::Unsupported { .. }));
                    unsupported += kinds.count();
                    statuses += change.statuses.len();
                    ignored += change.ignored;
                }
            }
            Err(Failure::Rejected { kind: Rejection::Invalid, field: Some(_), message }) => {
                refused += 1;
                println!("{name} is refused: {message}");
            }
            Err(failure) => panic!("{name}: {failure:?}"),
        }
    }
    println!(
        "{} bodies: {messages} messages ({unsupported} of unsupported types), {statuses} statuses, \
         {ignored} notices left out, {other} deliveries of other fields, {refused} refused",
        bodies.len()
    );
    assert!(messages > 20 && statuses > 5, "{messages} messages and {statuses} statuses of {} bodies", bodies.len());
}
