//! Every bad delivery gets its own answer, and leaves nothing behind.

use domain::messaging::Source;
use serde_json::{Value, json};
use xtask::samples::Delivery;

use crate::stage::{Said, Tenant, accepted, address, number, problem, send, set_header, unique, wamessage};

const LIMIT: usize = 256 * 1024;

fn text_message(id: &str, from: &str) -> Value {
    wamessage(id, from, json!({"type": "text", "text": {"body": "Hello"}}))
}

fn without(mut delivery: Delivery, header: &str) -> Delivery {
    delivery.headers.retain(|(name, _)| name != header);
    delivery
}

fn with_header(mut delivery: Delivery, header: &str, value: &str) -> Delivery {
    set_header(&mut delivery, header, value);
    delivery
}

fn with_body(mut delivery: Delivery, body: &str) -> Delivery {
    body.clone_into(&mut delivery.body);
    delivery
}

/// One right delivery for each way in.
fn right_ones(tenant: &Tenant) -> [Delivery; 6] {
    let message = text_message(&format!("wamid.{}", unique()), &number());
    let sid = unique();
    [
        tenant.form_delivery(&json!({"email": address(), "message": "Hello"})),
        tenant.whatsapp_delivery(&[tenant.meta_change(json!({"messages": [message]}))]),
        tenant.sms_delivery(&[("MessageSid", &sid), ("From", &number()), ("Body", "Hello")]),
        tenant.chat_delivery(&json!({"session_id": unique(), "message": "Hello"})),
        tenant.missed_call_delivery(&json!({"caller": number()})),
        tenant.delivery("missed-call", "AccountSid=AC1&To=%2B13035550143&CallSid=CA1"),
    ]
}

#[test]
fn a_body_over_256_kb_is_413_whatever_it_holds() {
    for delivery in right_ones(&Tenant::roofer()) {
        let answer = send(&with_body(delivery.clone(), &"x".repeat(LIMIT + 1)));
        assert_eq!(problem(&answer), (413, None), "{}", delivery.path);
    }
    let status = Tenant::roofer().delivery_to("sms", "/status", &"x".repeat(LIMIT + 1));
    assert_eq!(send(&status).status, 413);
}

#[test]
fn a_body_of_256_kb_is_read() {
    let roofer = Tenant::roofer();
    let mut fields = json!({"email": address(), "message": "Hello", "pad": ""});
    let length = roofer.form_delivery(&fields).body.len();
    fields["pad"] = "x".repeat(LIMIT - length).into();
    let delivery = roofer.form_delivery(&fields);
    assert_eq!(delivery.body.len(), LIMIT);
    assert_eq!(send(&delivery).status, 200, "a field that is too long is cut");
}

#[test]
fn a_wrong_or_missing_signature_is_401_and_says_nothing_more() {
    let roofer = Tenant::roofer();
    let [_, whatsapp, sms, ..] = right_ones(&roofer);
    let from = number();
    let account = [("AccountSid", roofer.key("sms.account_sid")), ("To", roofer.key("sms.number"))];
    let form = |more: &[(&str, &str)]| {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(account).extend_pairs(more).finish()
    };
    let call = roofer.delivery("missed-call", &form(&[("CallSid", "CA1"), ("From", &from), ("CallStatus", "busy")]));
    let status = form(&[("From", roofer.key("sms.number")), ("MessageSid", "SM1"), ("MessageStatus", "sent")]);
    let status = roofer.delivery_to("sms", "/status", &status);
    let unauthorized = r#"{"title":"Unauthorized","status":401,"code":"unauthorized","detail":"unauthorized"}"#;
    let wrong_meta = format!("sha256={}", "0".repeat(64));
    for (delivery, header, wrong) in [
        (&whatsapp, "x-hub-signature-256", wrong_meta.as_str()),
        (&sms, "x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        (&status, "x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        (&call, "x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ] {
        for bad in [
            without(delivery.clone(), header),
            with_header(delivery.clone(), header, wrong),
            with_header(delivery.clone(), header, "no signature at all"),
            // Right for another body.
            with_body(
                delivery.clone(),
                &delivery.body.replace("Hello", "Hullo").replace("busy", "failed").replace("=sent", "=read"),
            ),
        ] {
            let answer = send(&bad);
            assert_eq!((answer.status, answer.body.as_str()), (401, unauthorized), "{} {header}", bad.path);
        }
    }
}

#[test]
fn a_missing_or_malformed_field_is_400_and_named() {
    let roofer = Tenant::roofer();
    let change = |value: Value| roofer.whatsapp_delivery(&[roofer.meta_change(value)]);
    let meta = |body: Value| roofer.delivery("whatsapp", &body.to_string());
    let form = |fields: Value| roofer.form_delivery(&fields);
    let chat = |fields: Value| roofer.chat_delivery(&fields);
    let call = |fields: Value| roofer.missed_call_delivery(&fields);
    let no_id = json!({"messages": [{"from": "14155550147", "type": "text", "text": {"body": "Hello"}}]});
    let nobody =
        json!({"messages": [{"id": "wamid.1", "from": "a friend", "type": "text", "text": {"body": "Hello"}}]});
    let from = number();
    for (delivery, field) in [
        (form(json!({"email": address()})), "message"),
        (form(json!({"message": "Hello"})), "email"),
        (form(json!({"message": "Hello", "email": "dana at example"})), "email"),
        (form(json!({"message": "Hello", "phone": "twelve"})), "phone"),
        (form(json!({"message": "Hello", "phone": "555-0125", "consent": true})), "phone"),
        (form(json!({"message": "Hello", "phone": "447700900124", "consent": true})), "phone"),
        (form(json!({"message": "x".repeat(4_001), "email": address()})), "message"),
        (roofer.delivery("web-form", r#"{"message": "Hello", "email": "dana@example.com"}"#), "form_key"),
        (roofer.delivery("web-form", r#"{"message": "#), "body"),
        (meta(json!({"entry": []})), "object"),
        (meta(json!({"object": "page", "entry": []})), "object"),
        (meta(json!({"object": "whatsapp_business_account"})), "entry"),
        (meta(json!({"object": "whatsapp_business_account", "entry": {}})), "entry"),
        (change(no_id), "entry[0].changes[0].value.messages[0].id"),
        (change(nobody), "entry[0].changes[0].value.messages[0].from"),
        (change(json!({"statuses": [{"id": "wamid.1"}]})), "entry[0].changes[0].value.statuses[0].status"),
        (roofer.sms_delivery(&[("From", &from), ("Body", "Hello")]), "MessageSid"),
        (roofer.sms_delivery(&[("MessageSid", "SM1"), ("Body", "Hello")]), "From"),
        (roofer.sms_delivery(&[("MessageSid", "SM1"), ("From", &from), ("NumMedia", "some")]), "NumMedia"),
        (roofer.delivery("sms", "From=%2B14155550147&Body=Hello"), "AccountSid"),
        (chat(json!({"message": "Hello"})), "session_id"),
        (chat(json!({"session_id": "a session", "message": "Hello"})), "session_id"),
        (chat(json!({"session_id": unique()})), "message"),
        (chat(json!({"session_id": unique(), "message": "  "})), "message"),
        (chat(json!({"session_id": unique(), "message": "Hello", "visitor": {"email": "nobody"}})), "visitor.email"),
        (roofer.delivery("live-chat", r#"{"session_id": "s", "message": "Hello"}"#), "widget_key"),
        (roofer.poll_delivery("a.session", ""), "session_id"),
        (roofer.poll_delivery(&unique(), "yesterday"), "after"),
        (without(roofer.poll_delivery(&unique(), ""), "x-widget-key"), "x-widget-key"),
        (without(roofer.history_delivery(&unique(), ""), "x-chat-session"), "x-chat-session"),
        (roofer.history_delivery("s-1", ""), "x-chat-session"),
        (roofer.history_delivery(&unique(), "yesterday"), "after"),
        (call(json!({})), "caller"),
        (call(json!({"caller": "555-0125"})), "caller"),
        (call(json!({"caller": from, "channel": "fax"})), "channel"),
        (with_body(call(json!({})), r#"{"caller": "+14155550147"}"#), "call_key"),
    ] {
        let (path, body) = (delivery.path.clone(), delivery.body.chars().take(200).collect::<String>());
        assert_eq!(problem(&send(&delivery)), (400, Some(field.to_owned())), "{path} {body}");
    }
}

#[test]
fn neither_json_nor_a_form_is_415() {
    let [form, ..] = right_ones(&Tenant::roofer());
    assert_eq!(problem(&send(&with_header(form, "content-type", "text/xml"))), (415, None));
}

#[test]
fn an_unknown_number_or_key_is_404() {
    let roofer = Tenant::roofer();
    let unknown_key = |delivery: Delivery, key: &str| {
        with_body(delivery.clone(), &delivery.body.replace(roofer.key(key), "pl_unknown"))
    };
    let [form, whatsapp, sms, chat, call, _] = right_ones(&roofer);
    let number_id = roofer.key("whatsapp.phone_number_id");
    for delivery in [
        unknown_key(form, "form_key"),
        unknown_key(chat, "widget_key"),
        unknown_key(call, "call_key"),
        with_header(roofer.poll_delivery(&unique(), ""), "x-widget-key", "pl_unknown"),
        with_body(whatsapp.clone(), &whatsapp.body.replace(number_id, "999999999999999")),
        with_body(sms.clone(), &sms.body.replace(roofer.key("sms.account_sid"), "AC99999999999999999999999999999999")),
        with_body(sms.clone(), &sms.body.replace("%2B13035550143", "%2B13035550199")),
        roofer.delivery(
            "missed-call",
            "AccountSid=AC9&To=%2B13035550143&CallSid=CA1&From=%2B14155550147&CallStatus=busy",
        ),
    ] {
        assert_eq!(problem(&send(&delivery)), (404, None), "{} {}", delivery.path, delivery.body);
    }
}

#[test]
fn a_foreign_origin_is_403() {
    let roofer = Tenant::roofer();
    let [form, _, _, chat, ..] = right_ones(&roofer);
    for delivery in [form, chat, roofer.poll_delivery(&unique(), "")] {
        for origin in
            ["https://evil.example.net", "https://www.example.com.evil.example.net", "http://www.example.com", "null"]
        {
            let answer = send(&with_header(delivery.clone(), "origin", origin));
            assert_eq!(problem(&answer), (403, None), "{} from {origin}", delivery.path);
        }
        assert_eq!(send(&delivery).status, 200);
        assert_eq!(send(&without(delivery, "origin")).status, 200);
    }
}

#[test]
fn an_unknown_path_is_404() {
    let key = Tenant::roofer().bearer();
    for path in ["/", "/webhooks", "/webhooks/fax", "/webhooks/sms/status/more", "/v2/leads", "/v1/leads/1/2/3"] {
        for method in ["GET", "POST"] {
            assert_eq!(Tenant::call(method, path, std::slice::from_ref(&key), "{}").status, 404, "{method} {path}");
        }
    }
}

#[test]
fn a_method_that_an_address_does_not_take_is_refused() {
    let roofer = Tenant::roofer();
    for path in ["/v1/leads", "/v1/conversations", "/v1/escalations"] {
        assert_eq!(Tenant::call("DELETE", path, &[roofer.bearer()], "").status, 405, "{path}");
    }
    // The gateway has a route for each method of a webhook, and no other; the function itself says 405 (see `from_within`).
    for path in ["/webhooks/web-form", "/webhooks/sms", "/webhooks/live-chat", "/webhooks/missed-call"] {
        assert_eq!(Tenant::call("GET", path, &[], "").status, 404, "{path}");
    }
}

#[test]
fn unknown_fields_pass() {
    let roofer = Tenant::roofer();
    let more = json!({"new_field": {"deep": [1, 2, null]}});
    let (email, session) = (address(), unique());
    let mut message = text_message(&format!("wamid.{}", unique()), &number());
    message["new_field"] = more.clone();
    accepted(&roofer.whatsapp_delivery(&[roofer.meta_change(json!({"messages": [message], "more": more}))]));
    accepted(&roofer.sms_delivery(&[
        ("MessageSid", &unique()),
        ("From", &number()),
        ("Body", "Hi"),
        ("NewField", "1"),
    ]));
    accepted(&roofer.chat_delivery(&json!({"session_id": session, "message": "Hello", "more": more})));
    accepted(&roofer.missed_call_delivery(&json!({"caller": number(), "more": more})));
    accepted(&roofer.form_delivery(&json!({"email": email, "message": "Hello", "new_field": "kept"})));
}

#[test]
fn what_one_tenants_app_signed_never_reaches_another_tenant() {
    let (roofer, dentist) = (Tenant::roofer(), Tenant::dentist());
    let (mine, theirs) = (format!("wamid.{}", unique()), format!("wamid.{}", unique()));
    let (me, them) = (number(), number());
    let theirs_change = || dentist.meta_change(json!({"messages": [text_message(&theirs, &them)]}));

    // The roofer's app signs a body that names the dentist's number.
    let forged = roofer.whatsapp_delivery(&[theirs_change()]);
    assert_eq!(problem(&send(&forged)), (401, None));

    // Beside a right change only that one is taken.
    let right = roofer.meta_change(json!({"messages": [text_message(&mine, &me)]}));
    accepted(&roofer.whatsapp_delivery(&[theirs_change(), right]));
    roofer.sent_reply(&Said::new(&roofer, Source::Whatsapp, &mine));

    // The dentist's next message of that person is the first one they have of them.
    let first = dentist.whatsapp(&them, "Hola");
    dentist.sent_reply(&first);
    assert!(dentist.replay(Said::new(&dentist, Source::Whatsapp, &theirs).conversation()).is_none());
    assert!(roofer.replay(Said::new(&roofer, Source::Whatsapp, &theirs).conversation()).is_none());
}

#[test]
fn what_one_tenants_twilio_account_signed_never_reaches_another_tenant() {
    let (roofer, dentist) = (Tenant::roofer(), Tenant::dentist());
    let right = dentist.sms_delivery(&[("MessageSid", &unique()), ("From", &number()), ("Body", "Hola")]);
    // The dentist's body under the roofer's token.
    assert_eq!(problem(&send(&roofer.delivery("sms", &right.body))), (401, None));
    // The roofer's account with the dentist's number is no one's.
    let mixed = right.body.replace(dentist.key("sms.account_sid"), roofer.key("sms.account_sid"));
    assert_eq!(problem(&send(&roofer.delivery("sms", &mixed))), (404, None));
    accepted(&right);
}
