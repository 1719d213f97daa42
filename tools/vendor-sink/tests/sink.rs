//! The sink as the real senders see it, and as a test that programs it does.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use connectors::send::{self, Form, Outgoing, Timeouts};
use domain::messaging::delivery::{Blocked, SendOutcome};
use domain::messaging::{Address, Phone};
use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use vendor_sink::{Message, Running, Template, Vendor};

#[path = "../../../shared/connectors/tests/send/letter.rs"]
mod letter;

use letter::{cleared, reference, reminder, reply};

const PHONE_NUMBER_ID: &str = "106540352242922";

async fn sink() -> Running {
    vendor_sink::start(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap()
}

fn number(text: &str) -> Address {
    Address::Phone(Phone::e164(text, "to").unwrap())
}

fn outgoing(to: &Address) -> Outgoing<'static> {
    cleared(reply(to, "See you at 9"), Form::Text)
}

async fn whatsapp(sink: &Running, to: &Address) -> SendOutcome {
    by_whatsapp(sink, &outgoing(to)).await
}

async fn by_whatsapp(sink: &Running, message: &Outgoing<'_>) -> SendOutcome {
    let base = format!("{}/v23.0", sink.url()).parse().unwrap();
    let token = SecretString::from("EAAB-token");
    send::meta::Sender::new(send::http_client().unwrap(), base).send(PHONE_NUMBER_ID, &token, message).await
}

async fn sms_through(client: reqwest::Client, sink: &Running, from: &str, to: &Address) -> SendOutcome {
    let key = send::twilio::TwilioKey { sid: "SK01".to_owned(), secret: SecretString::from("secret") };
    let from = Phone::e164(from, "from").unwrap();
    let line = send::twilio::Line { account_sid: "AC01".to_owned(), key, from, over_whatsapp: false };
    let callback = "https://api.example.com/webhooks/sms/status".parse().unwrap();
    let sender = send::twilio::Sender::new(client, sink.url().parse().unwrap());
    sender.send(&line, &callback, &outgoing(to)).await
}

async fn sms(sink: &Running, to: &Address) -> SendOutcome {
    sms_from(sink, "+14155550100", to).await
}

async fn sms_from(sink: &Running, from: &str, to: &Address) -> SendOutcome {
    sms_through(send::http_client().unwrap(), sink, from, to).await
}

async fn taken(sink: &Running, after: u64) -> Vec<Message> {
    reqwest::get(format!("{}/_sink/messages?after={after}", sink.url())).await.unwrap().json().await.unwrap()
}

async fn program(sink: &Running, fault: Value) -> StatusCode {
    let url = format!("{}/_sink/faults", sink.url());
    reqwest::Client::new().post(url).json(&fault).send().await.unwrap().status()
}

fn sent(id: &str) -> SendOutcome {
    SendOutcome::Sent { vendor_id: id.to_owned() }
}

#[tokio::test]
async fn messages_of_both_vendors_are_taken_in_order_under_ids_from_one_counter() {
    let sink = sink().await;
    let user = Address::WhatsappUser("US.13491208655302741918".to_owned());

    assert_eq!(whatsapp(&sink, &number("+14155550101")).await, sent("wamid.SINK000000000001"));
    assert_eq!(sms(&sink, &number("+14155550102")).await, sent("SM00000000000000000000000000000002"));
    assert_eq!(whatsapp(&sink, &user).await, sent("wamid.SINK000000000003"));

    let messages = taken(&sink, 0).await;
    let seen: Vec<_> = messages.iter().map(|m| (m.number, m.vendor, m.to.as_str(), m.from.as_str())).collect();
    assert_eq!(
        seen,
        [
            (1, Vendor::Meta, "+14155550101", PHONE_NUMBER_ID),
            (2, Vendor::Twilio, "+14155550102", "+14155550100"),
            (3, Vendor::Meta, "US.13491208655302741918", PHONE_NUMBER_ID),
        ]
    );
    assert!(messages.iter().all(|m| m.body == "See you at 9"));
    assert!(messages.iter().all(|m| m.reference == Some(reference().to_string())));
    assert_eq!(taken(&sink, 2).await.len(), 1);
    sink.stop().await;
}

#[tokio::test]
async fn forgotten_messages_are_gone_and_numbers_go_on() {
    let sink = sink().await;
    sms(&sink, &number("+14155550101")).await;

    let url = format!("{}/_sink/messages", sink.url());
    assert_eq!(reqwest::Client::new().delete(url).send().await.unwrap().status(), StatusCode::NO_CONTENT);

    assert_eq!(taken(&sink, 0).await, []);
    assert_eq!(sms(&sink, &number("+14155550101")).await, sent("SM00000000000000000000000000000002"));
    sink.stop().await;
}

#[tokio::test]
async fn special_recipients_are_refused_with_the_vendor_s_own_code() {
    let sink = sink().await;
    let blocked = |reason: &str, blocked| SendOutcome::Blocked { reason: reason.to_owned(), blocked };
    let (stopped, nobody) = (Blocked::OptedOut, Blocked::Unreachable);
    let permanent = |reason: &str| SendOutcome::Permanent { reason: reason.to_owned() };
    let retry = |reason: &str| SendOutcome::Retry { reason: reason.to_owned(), after_seconds: None };

    for (to, expected) in [
        ("+15005550001", blocked("twilio 21211 (HTTP 400)", nobody)),
        ("+15005550002", permanent("twilio 21612 (HTTP 400)")),
        ("+15005550003", permanent("twilio 21408 (HTTP 400)")),
        ("+15005550004", blocked("twilio 21610 (HTTP 400)", stopped)),
        ("+15005550009", blocked("twilio 21614 (HTTP 400)", nobody)),
    ] {
        assert_eq!(sms(&sink, &number(to)).await, expected);
    }
    for (from, expected) in [
        ("+15005550001", permanent("twilio 21212 (HTTP 400)")),
        ("+15005550007", permanent("twilio 21606 (HTTP 400)")),
        ("+15005550008", retry("twilio 21611 (HTTP 400)")),
    ] {
        assert_eq!(sms_from(&sink, from, &number("+14155550101")).await, expected);
    }
    for (to, expected) in [
        ("+1500131026", blocked("meta 131026 (HTTP 400)", nobody)),
        ("+1500131047", permanent("meta 131047 (HTTP 400)")),
        ("+1500131050", blocked("meta 131050 (HTTP 400)", stopped)),
        ("+1500131056", retry("meta 131056 (HTTP 400)")),
        ("+1500130429", retry("meta HTTP 429")),
        ("+1500131000", retry("meta 131000 (HTTP 500)")),
    ] {
        assert_eq!(whatsapp(&sink, &number(to)).await, expected);
    }
    assert_eq!(taken(&sink, 0).await, []);
    sink.stop().await;
}

#[tokio::test]
async fn a_template_is_shown_as_it_was_asked_for() {
    let sink = sink().await;
    let values = ["Ana".to_owned(), "Tuesday\nat 9".to_owned()];
    let asked = |name: &str| {
        let template = json!({ "name": name, "language": "en_US", "values": values });
        cleared(reminder(&number("+14155550101"), &serde_json::from_value(template).unwrap()), Form::Template)
    };

    assert_eq!(by_whatsapp(&sink, &asked("reminder")).await, sent("wamid.SINK000000000001"));
    for (name, reason) in [("gone_132001", "meta 132001 (HTTP 404)"), ("paused_132015", "meta 132015 (HTTP 400)")] {
        let refused = SendOutcome::Permanent { reason: reason.to_owned() };
        assert_eq!(by_whatsapp(&sink, &asked(name)).await, refused);
    }

    let values = ["Ana".to_owned(), "Tuesday at 9".to_owned()].into();
    let template = Template { name: "reminder".to_owned(), language: "en_US".to_owned(), values };
    let shown: Vec<_> = taken(&sink, 0).await.into_iter().map(|m| (m.body, m.template, m.reference)).collect();
    assert_eq!(shown, [(String::new(), Some(template), Some(reference().to_string()))]);
    sink.stop().await;
}

#[tokio::test]
async fn a_programmed_answer_is_given_as_often_as_it_says_and_takes_no_message() {
    let sink = sink().await;
    let fault = json!({ "vendor": "twilio", "times": 2, "status": 429, "headers": { "retry-after": "7" },
        "body": { "code": 20429, "message": "Too Many Requests", "more_info": "x", "status": 429 } });
    assert_eq!(program(&sink, fault).await, StatusCode::NO_CONTENT);
    let to = number("+14155550101");
    let busy = SendOutcome::Retry { reason: "twilio HTTP 429".to_owned(), after_seconds: Some(7) };

    assert_eq!(whatsapp(&sink, &to).await, sent("wamid.SINK000000000001"));
    assert_eq!(sms(&sink, &to).await, busy);
    assert_eq!(sms(&sink, &to).await, busy);
    assert_eq!(sms(&sink, &to).await, sent("SM00000000000000000000000000000002"));
    sink.stop().await;
}

#[tokio::test]
async fn a_fault_for_one_recipient_is_met_by_calls_to_them_alone() {
    let sink = sink().await;
    program(&sink, json!({ "vendor": "twilio", "to": "+14155550102", "status": 429 })).await;
    let (ana, ben) = (number("+14155550101"), number("+14155550102"));

    assert_eq!(sms(&sink, &ana).await, sent("SM00000000000000000000000000000001"));
    assert!(matches!(sms(&sink, &ben).await, SendOutcome::Retry { .. }));
    assert_eq!(sms(&sink, &ben).await, sent("SM00000000000000000000000000000002"));
    sink.stop().await;
}

#[tokio::test]
async fn a_text_body_is_given_as_it_is() {
    let sink = sink().await;
    program(&sink, json!({ "vendor": "meta", "status": 503, "body": "<html>maintenance</html>" })).await;

    let outcome = whatsapp(&sink, &number("+14155550101")).await;

    assert_eq!(outcome, SendOutcome::Unknown { reason: "meta HTTP 503 without an error code".to_owned() });
    sink.stop().await;
}

#[tokio::test]
async fn a_dropped_answer_leaves_a_message_taken_whose_sender_does_not_know() {
    let sink = sink().await;
    program(&sink, json!({ "vendor": "meta", "drop_after_accept": true })).await;
    program(&sink, json!({ "vendor": "twilio", "drop_after_accept": true })).await;
    let to = number("+14155550101");

    for outcome in [whatsapp(&sink, &to).await, sms(&sink, &to).await] {
        assert!(matches!(&outcome, SendOutcome::Unknown { reason } if reason.contains("broke")), "{outcome:?}");
    }
    assert_eq!(taken(&sink, 0).await.len(), 2);
    sink.stop().await;
}

#[tokio::test]
async fn a_late_answer_leaves_a_message_taken_whose_sender_does_not_know() {
    let sink = sink().await;
    program(&sink, json!({ "vendor": "twilio", "delay_ms": 3000 })).await;

    let impatient = Timeouts { total: Duration::from_millis(500), ..Timeouts::default() };
    let client = send::http_client_with(impatient).unwrap();
    let outcome = sms_through(client, &sink, "+14155550100", &number("+14155550101")).await;

    assert_eq!(outcome, SendOutcome::Unknown { reason: "twilio did not answer in time".to_owned() });
    assert_eq!(taken(&sink, 0).await.len(), 1);
    sink.stop().await;
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_is_refused() {
    let sink = sink().await;
    for fault in [
        json!({ "vendor": "fax" }),
        json!({ "vendor": "meta", "times": 0 }),
        json!({ "vendor": "meta", "status": 99 }),
        json!({ "vendor": "meta", "body": {} }),
        json!({ "vendor": "meta", "status": 500, "drop_after_accept": true }),
        json!({ "vendor": "meta", "status": 500, "headers": { "bad name": "x" } }),
        json!({ "vendor": "meta", "typo": 1 }),
    ] {
        assert!(program(&sink, fault.clone()).await.is_client_error(), "{fault}");
    }
    assert_eq!(whatsapp(&sink, &number("+14155550101")).await, sent("wamid.SINK000000000001"));
    sink.stop().await;
}

#[tokio::test]
async fn calls_that_a_vendor_would_refuse_are_refused_in_its_format() {
    let sink = sink().await;
    let http = reqwest::Client::new();
    let url = format!("{}/{PHONE_NUMBER_ID}/messages", sink.url());
    let good =
        json!({ "messaging_product": "whatsapp", "to": "14155550101", "type": "text", "text": { "body": "Hi" } });
    let with = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let template = |name: Value, parameters: Value| {
        json!({ "messaging_product": "whatsapp", "to": "14155550101", "type": "template", "template": {
            "name": name, "language": { "code": "en" },
            "components": [{ "type": "body", "parameters": parameters }],
        }})
    };
    for (token, body, code) in [
        ("", good.clone(), 190),
        ("t", template(Value::Null, json!([])), 131_008),
        ("t", template(json!("reminder"), json!([{ "type": "text", "text": "" }])), 131_008),
        ("t", template(json!("reminder"), json!([{ "type": "image" }])), 131_008),
        ("t", template(json!("reminder"), json!([{ "type": "text", "text": "a\nb" }])), 100),
        ("t", json!("no object"), 100),
        ("t", with("/messaging_product", json!("signal")), 100),
        ("t", with("/type", json!("hologram")), 131_051),
        ("t", with("/text", json!({})), 131_008),
        ("t", with("/to", json!("ana")), 131_009),
        ("t", with("/text/body", json!("x".repeat(4097))), 131_009),
    ] {
        let answer = http.post(&url).bearer_auth(token).json(&body).send().await.unwrap();
        assert!(answer.status().is_client_error());
        assert_eq!(answer.json::<Value>().await.unwrap().pointer("/error/code"), Some(&json!(code)), "{body}");
    }
    let url = format!("{}/2010-04-01/Accounts/AC01/Messages.json", sink.url());
    for (user, body, code) in [
        ("", "To=%2B14155550101&From=%2B14155550100&Body=Hi", 20_003),
        ("SK01", "From=%2B14155550100&Body=Hi", 21_604),
        ("SK01", "To=%2B14155550101&Body=Hi", 21_603),
        ("SK01", "To=%2B14155550101&From=%2B14155550100", 21_602),
        ("SK01", "To=ana&From=%2B14155550100&Body=Hi", 21_211),
        ("SK01", "To=%2B14155550101&From=ana&Body=Hi", 21_212),
        ("SK01", "To=%2B14155550101&From=%2B14155550100&Body=Hi&StatusCallback=nowhere", 21_609),
    ] {
        let answer = http.post(&url).basic_auth(user, Some("secret")).body(body).send().await.unwrap();
        assert!(answer.status().is_client_error());
        assert_eq!(answer.json::<Value>().await.unwrap().get("code"), Some(&json!(code)), "{body}");
    }
    assert_eq!(taken(&sink, 0).await, []);
    sink.stop().await;
}

#[tokio::test]
async fn a_stopped_sink_frees_its_port() {
    let sink = sink().await;
    let addr: SocketAddr = sink.url().trim_start_matches("http://").parse().unwrap();
    let taken = vendor_sink::start(addr).await.unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AddrInUse);

    sink.stop().await;

    vendor_sink::start(addr).await.unwrap().stop().await;
}
