//! SMS: what goes out, and what Twilio's answers become.

use connectors::send::twilio::{Line, Sender, TwilioKey};
use connectors::send::{Form, Media, Outgoing, http_client};
use domain::conversations::Message;
use domain::messaging::delivery::{Blocked, SendOutcome};
use domain::messaging::{Address, Phone};
use domain::tenancy::Template;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;
use wiremock::matchers::{basic_auth, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::letter::{cleared, reference, reminder, reply};
use crate::support::{email, outgoing, phone, saying};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

async fn send(server: &MockServer, message: &Outgoing<'_>) -> SendOutcome {
    send_by(&line(), server, message).await
}

fn line() -> Line {
    Line {
        account_sid: ACCOUNT.to_owned(),
        key: TwilioKey { sid: "SK01".to_owned(), secret: SecretString::from("key-secret") },
        from: Phone::e164("+14155550100", "from").unwrap(),
        over_whatsapp: false,
    }
}

async fn send_by(line: &Line, server: &MockServer, message: &Outgoing<'_>) -> SendOutcome {
    let callback = Url::parse("https://api.example.com/webhooks/sms/status?stage=dev").unwrap();
    let sender = Sender::new(http_client().unwrap(), Url::parse(&server.uri()).unwrap());
    sender.send(line, &callback, message).await
}

async fn twilio_answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    server
}

fn taken() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": "We can come on Tuesday at 9.",
        "date_created": "Fri, 20 Nov 2026 09:30:00 +0000",
        "direction": "outbound-api",
        "error_code": null,
        "error_message": null,
        "from": "+14155550100",
        "num_media": "0",
        "num_segments": "1",
        "sid": "SM00000000000000000000000000000042",
        "status": "queued",
        "to": "+14155550101"
    }))
}

fn error(status: u16, code: i64) -> Value {
    json!({
        "code": code,
        "message": "Attempt to send to +14155550101 failed",
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status
    })
}

#[tokio::test]
async fn a_message_goes_out_as_twilio_documents_it() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json")))
        .and(basic_auth("SK01", "key-secret"))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(header("x-correlation-id", "corr-1"))
        .respond_with(taken())
        .mount(&server)
        .await;

    let outcome = send(&server, &outgoing(&phone())).await;

    assert_eq!(outcome, SendOutcome::Sent { vendor_id: "SM00000000000000000000000000000042".to_owned() });
    let calls = server.received_requests().await.unwrap();
    let form: BTreeMap<String, String> = form_urlencoded::parse(&calls[0].body).into_owned().collect();
    let callback =
        format!("https://api.example.com/webhooks/sms/status?stage=dev&ref={}#rc=2&rp=5xx,ct,rt", reference());
    let expected = [
        ("To", "+14155550101"),
        ("From", "+14155550100"),
        ("Body", "We can come on Tuesday at 9. ¿Le va bien?"),
        ("StatusCallback", callback.as_str()),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn twilio_s_codes_decide_and_its_words_stay_out_of_the_reason() {
    let blocked = |reason: &str, blocked| SendOutcome::Blocked { reason: reason.to_owned(), blocked };
    for (status, code, expected) in [
        (400, 21_610, blocked("twilio 21610 (HTTP 400)", Blocked::OptedOut)),
        (400, 21_211, blocked("twilio 21211 (HTTP 400)", Blocked::Unreachable)),
        (401, 20_003, SendOutcome::Permanent { reason: "twilio 20003 (HTTP 401)".to_owned() }),
        (400, 21_611, SendOutcome::Retry { reason: "twilio 21611 (HTTP 400)".to_owned(), after_seconds: None }),
        (503, 20_503, SendOutcome::Retry { reason: "twilio 20503 (HTTP 503)".to_owned(), after_seconds: None }),
    ] {
        let server = twilio_answering(ResponseTemplate::new(status).set_body_json(error(status, code))).await;
        assert_eq!(send(&server, &outgoing(&phone())).await, expected);
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "the queue retries, not the sender");
    }
}

#[tokio::test]
async fn whatsapp_goes_out_with_both_numbers_marked_and_free_text_only() {
    let server = twilio_answering(taken()).await;
    let by_whatsapp = Line { over_whatsapp: true, ..line() };

    let outcome = send_by(&by_whatsapp, &server, &outgoing(&phone())).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let calls = server.received_requests().await.unwrap();
    let form: BTreeMap<String, String> = form_urlencoded::parse(&calls[0].body).into_owned().collect();
    assert_eq!((form["To"].as_str(), form["From"].as_str()), ("whatsapp:+14155550101", "whatsapp:+14155550100"));

    let template = Template { name: "reminder".to_owned(), language: "en_US".to_owned(), values: Vec::new() };
    let outcome = send_by(&by_whatsapp, &server, &cleared(reminder(&phone(), &template), Form::Template)).await;
    assert!(matches!(outcome, SendOutcome::Permanent { .. }), "{outcome:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_429_says_how_long_to_wait() {
    let answer = ResponseTemplate::new(429).insert_header("Retry-After", "7").set_body_json(error(429, 20_429));
    let server = twilio_answering(answer).await;

    let outcome = send(&server, &outgoing(&phone())).await;

    assert_eq!(outcome, SendOutcome::Retry { reason: "twilio HTTP 429".to_owned(), after_seconds: Some(7) });
}

#[tokio::test]
async fn what_twilio_would_refuse_is_not_sent_at_all() {
    let server = twilio_answering(taken()).await;
    let long = "ü".repeat(1601);
    let (phone, email) = (phone(), email());
    let user = Address::WhatsappUser("US.13491208655302741918".to_owned());
    for message in [outgoing(&email), outgoing(&user), saying(&phone, &long)] {
        let outcome = send(&server, &message).await;
        assert!(matches!(outcome, SendOutcome::Permanent { .. }), "{outcome:?}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_correlation_id_that_cannot_be_a_header_does_not_cost_the_message() {
    let server = twilio_answering(taken()).await;
    let message = Message { correlation_id: "a\r\nX-Injected: b".to_owned(), ..reply(&phone(), "See you at 9") };

    let outcome = send(&server, &cleared(message, Form::Text)).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let calls = server.received_requests().await.unwrap();
    assert!(!calls[0].headers.contains_key("x-correlation-id") && !calls[0].headers.contains_key("x-injected"));
}

#[tokio::test]
async fn a_file_goes_out_as_the_address_that_twilio_fetches() {
    for over_whatsapp in [false, true] {
        let server = twilio_answering(taken()).await;
        let link = "https://files.example.com/acme/roof.jpg?X-Amz-Expires=3600&X-Amz-Signature=5f".to_owned();
        let file = Media { link, content_type: "image/jpeg".to_owned(), name: "roof.jpg".to_owned() };
        let (to, line) = (phone(), Line { over_whatsapp, ..line() });
        let outcome = send_by(&line, &server, &saying(&to, "Here it is").with_media(Some(&file))).await;
        assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
        let calls = server.received_requests().await.unwrap();
        let form: BTreeMap<String, String> = form_urlencoded::parse(&calls[0].body).into_owned().collect();
        assert_eq!((form["MediaUrl"].as_str(), form["Body"].as_str()), (file.link.as_str(), "Here it is"));
    }
}
