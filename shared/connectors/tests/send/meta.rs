//! WhatsApp: what goes out, and what Meta's answers become.

use connectors::send::{Form, Media, Outgoing, http_client, meta::Sender};
use domain::messaging::Address;
use domain::messaging::delivery::{Blocked, SendOutcome};
use domain::tenancy::Template;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::letter::{cleared, reference, reminder};
use crate::support::{email, outgoing, phone, saying};

async fn send(server: &MockServer, message: &Outgoing<'_>) -> SendOutcome {
    let base = Url::parse(&format!("{}/v23.0", server.uri())).unwrap();
    let token = SecretString::from("EAAB-token");
    Sender::new(http_client().unwrap(), base).send("106540352242922", &token, message).await
}

async fn meta_answering(status: u16, body: Value) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    server
}

fn taken() -> Value {
    json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": "+14155550101", "wa_id": "14155550101" }],
        "messages": [{ "id": "wamid.HBgLMTQxNTU1NTAxMDEVAgARGBI1" }]
    })
}

fn error(code: i64) -> Value {
    json!({ "error": {
        "message": format!("(#{code}) Message to +14155550101 failed"),
        "type": "OAuthException",
        "code": code,
        "error_subcode": 2_494_010,
        "error_data": { "messaging_product": "whatsapp", "details": "Details for a person." },
        "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam"
    }})
}

fn template(values: &[&str]) -> Template {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Template { name: "appointment_reminder".to_owned(), language: "en_US".to_owned(), values }
}

async fn body_of_the_only_call(server: &MockServer) -> Value {
    let calls = server.received_requests().await.unwrap();
    assert_eq!(calls.len(), 1);
    calls[0].body_json().unwrap()
}

#[tokio::test]
async fn a_message_goes_out_as_meta_documents_it() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v23.0/106540352242922/messages"))
        .and(header("authorization", "Bearer EAAB-token"))
        .and(header("x-correlation-id", "corr-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(taken()))
        .mount(&server)
        .await;

    let outcome = send(&server, &outgoing(&phone())).await;

    assert_eq!(outcome, SendOutcome::Sent { vendor_id: "wamid.HBgLMTQxNTU1NTAxMDEVAgARGBI1".to_owned() });
    let expected = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+14155550101",
        "type": "text",
        "text": { "body": "We can come on Tuesday at 9. ¿Le va bien?" },
        "biz_opaque_callback_data": reference().to_string(),
    });
    assert_eq!(body_of_the_only_call(&server).await, expected);
}

#[tokio::test]
async fn a_template_goes_out_with_what_stands_in_its_places() {
    let server = meta_answering(200, taken()).await;
    let message = reminder(&phone(), &template(&["Tuesday\n at\t9", "Acme Roofing"]));

    let outcome = send(&server, &cleared(message, Form::Template)).await;

    assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    let expected = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+14155550101",
        "type": "template",
        "template": {
            "name": "appointment_reminder",
            "language": { "code": "en_US" },
            "components": [{
                "type": "body",
                "parameters": [
                    { "type": "text", "text": "Tuesday at 9" },
                    { "type": "text", "text": "Acme Roofing" },
                ],
            }],
        },
        "biz_opaque_callback_data": reference().to_string(),
    });
    assert_eq!(body_of_the_only_call(&server).await, expected);
}

#[tokio::test]
async fn a_template_without_places_has_no_components() {
    let server = meta_answering(200, taken()).await;

    send(&server, &cleared(reminder(&phone(), &template(&[])), Form::Template)).await;

    let expected = json!({ "name": "appointment_reminder", "language": { "code": "en_US" } });
    assert_eq!(body_of_the_only_call(&server).await["template"], expected);
}

#[tokio::test]
async fn a_message_with_a_template_goes_out_in_its_own_words_where_those_are_asked_for() {
    let server = meta_answering(200, taken()).await;

    send(&server, &cleared(reminder(&phone(), &template(&[])), Form::Text)).await;

    let body = body_of_the_only_call(&server).await;
    assert_eq!((&body["type"], &body["text"]["body"]), (&json!("text"), &json!("See you tomorrow at 9")));
    assert_eq!(body.get("template"), None);
}

#[tokio::test]
async fn a_person_without_a_number_is_addressed_by_their_user_id() {
    let server = meta_answering(200, taken()).await;
    let user = Address::WhatsappUser("US.13491208655302741918".to_owned());

    send(&server, &outgoing(&user)).await;

    let body = body_of_the_only_call(&server).await;
    assert_eq!(body["recipient"], "US.13491208655302741918");
    assert_eq!(body.get("to"), None);
}

#[tokio::test]
async fn meta_s_codes_decide_and_its_words_stay_out_of_the_reason() {
    let blocked = |reason: &str, blocked| SendOutcome::Blocked { reason: reason.to_owned(), blocked };
    for (status, code, expected) in [
        (400, 131_026, blocked("meta 131026 (HTTP 400)", Blocked::Unreachable)),
        (400, 131_050, blocked("meta 131050 (HTTP 400)", Blocked::OptedOut)),
        (404, 132_001, SendOutcome::Permanent { reason: "meta 132001 (HTTP 404)".to_owned() }),
        (400, 131_047, SendOutcome::Permanent { reason: "meta 131047 (HTTP 400)".to_owned() }),
        (401, 190, SendOutcome::Permanent { reason: "meta 190 (HTTP 401)".to_owned() }),
        (400, 131_056, SendOutcome::Retry { reason: "meta 131056 (HTTP 400)".to_owned(), after_seconds: None }),
        (500, 131_000, SendOutcome::Retry { reason: "meta 131000 (HTTP 500)".to_owned(), after_seconds: None }),
        (503, 2, SendOutcome::Retry { reason: "meta 2 (HTTP 503)".to_owned(), after_seconds: None }),
    ] {
        let server = meta_answering(status, error(code)).await;
        assert_eq!(send(&server, &outgoing(&phone())).await, expected);
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "the queue retries, not the sender");
    }
}

#[tokio::test]
async fn an_error_that_is_not_meta_s_own_leaves_the_outcome_open() {
    let gateway = json!({ "error": { "code": 1, "message": "upstream failure" } });
    let server = meta_answering(500, gateway).await;

    let outcome = send(&server, &outgoing(&phone())).await;

    assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{outcome:?}");
}

#[tokio::test]
async fn what_meta_would_refuse_is_not_sent_at_all() {
    let server = meta_answering(200, taken()).await;
    let long = "ü".repeat(4097);
    let (phone, email, chat) = (phone(), email(), Address::Chat("session-1".to_owned()));
    let blank = cleared(reminder(&phone, &template(&["tomorrow", " "])), Form::Template);
    for message in [outgoing(&email), outgoing(&chat), saying(&phone, &long), saying(&phone, ""), blank] {
        let outcome = send(&server, &message).await;
        assert!(matches!(outcome, SendOutcome::Permanent { .. }), "{outcome:?}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

fn media(content_type: &str, name: &str) -> Media {
    let link = format!("https://files.example.com/acme/{name}?X-Amz-Expires=3600");
    Media { link, content_type: content_type.to_owned(), name: name.to_owned() }
}

#[tokio::test]
async fn a_file_goes_out_by_its_link_with_the_text_below_it() {
    for (content_type, name, kind) in [
        ("image/jpeg", "roof.jpg", "image"),
        ("video/mp4", "roof.mp4", "video"),
        ("application/pdf", "plan.pdf", "document"),
    ] {
        let server = meta_answering(200, taken()).await;
        let (to, file) = (phone(), media(content_type, name));
        let outcome = send(&server, &saying(&to, "Here it is").with_media(Some(&file))).await;
        assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
        let body = body_of_the_only_call(&server).await;
        assert_eq!((&body["type"], body.get("text")), (&json!(kind), None), "{name}");
        let mut expected = json!({ "link": file.link, "caption": "Here it is" });
        if kind == "document" {
            expected["filename"] = json!(name);
        }
        assert_eq!(body[kind], expected);
    }
}

#[tokio::test]
async fn a_text_too_long_to_stand_below_a_file_is_refused_without_a_call() {
    let server = meta_answering(200, taken()).await;
    let (to, file) = (phone(), media("image/png", "roof.png"));
    let outcome = send(&server, &saying(&to, &"x".repeat(1_025)).with_media(Some(&file))).await;
    assert!(matches!(outcome, SendOutcome::Permanent { .. }), "{outcome:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_file_that_meta_could_not_fetch_is_no_message_that_went_out() {
    let server = meta_answering(400, error(131_053)).await;
    let (to, file) = (phone(), media("image/png", "roof.png"));
    let outcome = send(&server, &saying(&to, "Here").with_media(Some(&file))).await;
    assert!(!matches!(outcome, SendOutcome::Sent { .. } | SendOutcome::Unknown { .. }), "{outcome:?}");
}
