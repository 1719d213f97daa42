//! Connections that fail at every point: which of them may be tried again, and which leave the outcome open.

use connectors::send::meta::Sender;
use connectors::send::{Timeouts, http_client_with};
use domain::messaging::delivery::SendOutcome;
use secrecy::SecretString;
use std::sync::atomic::Ordering;
use std::time::Duration;
use url::Url;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Unreachable, answer_always, answer_raw, impatient, outgoing, phone};

const TAKEN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{\"messages\":[{\"id\":\"wamid.afterwards\"}]}";

async fn send(base: Url, timeouts: Timeouts) -> SendOutcome {
    let token = SecretString::from("EAAB-token");
    Sender::new(http_client_with(timeouts).unwrap(), base).send("1065", &token, &outgoing(&phone())).await
}

async fn answered(answer: ResponseTemplate) -> (SendOutcome, usize) {
    answered_within(Timeouts::default(), answer).await
}

async fn answered_within(timeouts: Timeouts, answer: ResponseTemplate) -> (SendOutcome, usize) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let outcome = send(Url::parse(&server.uri()).unwrap(), timeouts).await;
    (outcome, server.received_requests().await.unwrap().len())
}

#[tokio::test]
async fn a_vendor_that_is_not_reached_may_be_tried_again() {
    let nobody = Unreachable::new();

    let outcome = send(nobody.url(), Timeouts::default()).await;

    assert_eq!(outcome, SendOutcome::Retry { reason: "meta was not reached".to_owned(), after_seconds: None });
}

#[tokio::test]
async fn a_connection_refused_at_first_is_tried_again_here() {
    let late = Unreachable::new();
    let url = late.url();
    let server = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer_raw(late.listen(), TAKEN).await
    });

    let outcome = send(url, Timeouts::default()).await;

    assert_eq!(outcome, SendOutcome::Sent { vendor_id: "wamid.afterwards".to_owned() });
    assert_eq!(server.await.unwrap(), 1);
}

#[tokio::test]
async fn an_answer_that_comes_too_late_leaves_the_outcome_open() {
    let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
    let (outcome, calls) = answered_within(impatient(), late).await;

    assert_eq!(outcome, SendOutcome::Unknown { reason: "meta did not answer in time".to_owned() });
    assert_eq!(calls, 1);
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_outcome_open() {
    for answer in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"messages\":[{\"id\":\"wam"] {
        let listener = Unreachable::new();
        let url = listener.url();
        let server = tokio::spawn(answer_raw(listener.listen(), answer.as_bytes()));

        let outcome = send(url, Timeouts::default()).await;

        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{answer}: {outcome:?}");
        assert_eq!(server.await.unwrap(), 1, "{answer}: the request went out twice");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_vendor_s_leaves_the_outcome_open() {
    let deep = "[".repeat(60_000);
    for (status, body) in [
        (200, "<html>maintenance</html>"),
        (200, ""),
        (200, "{\"messages\":[]}"),
        (200, "{\"messages\":[{\"id\":\"\"}]}"),
        (200, deep.as_str()),
        (302, ""),
        (500, "Internal Server Error"),
        (502, "{\"error\":{\"code\":2,\"type\":\"OAuthException\"}}"),
        (503, "<html>maintenance</html>"),
        (504, ""),
    ] {
        let (outcome, calls) = answered(ResponseTemplate::new(status).set_body_string(body)).await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "HTTP {status}: {outcome:?}");
        assert_eq!(calls, 1);
    }
}

#[tokio::test]
async fn an_answer_is_read_up_to_64_kilobytes() {
    let padded = |total: usize| {
        let id = "{\"messages\":[{\"id\":\"wamid.1\"}]}";
        format!("{id}{}", " ".repeat(total - id.len()))
    };
    let (within, _) = answered(ResponseTemplate::new(200).set_body_string(padded(64 * 1024))).await;
    let (over, _) = answered(ResponseTemplate::new(200).set_body_string(padded(64 * 1024 + 1))).await;

    assert_eq!(within, SendOutcome::Sent { vendor_id: "wamid.1".to_owned() });
    assert!(matches!(over, SendOutcome::Unknown { .. }), "{over:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = MockServer::start().await;
    let (outcome, _) = answered(ResponseTemplate::new(307).insert_header("location", elsewhere.uri())).await;

    assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{outcome:?}");
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn no_connection_is_kept_that_could_die_while_the_function_is_frozen() {
    let listener = Unreachable::new();
    let url = listener.url();
    let connections = answer_always(listener.listen(), TAKEN);
    let token = SecretString::from("EAAB-token");
    let sender = Sender::new(http_client_with(Timeouts::default()).unwrap(), url);

    for _ in 0..2 {
        let outcome = sender.send("1065", &token, &outgoing(&phone())).await;
        assert!(matches!(outcome, SendOutcome::Sent { .. }), "{outcome:?}");
    }

    assert_eq!(connections.load(Ordering::SeqCst), 2);
}
