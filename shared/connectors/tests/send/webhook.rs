//! Posts to webhooks, against receivers of every kind.

use std::time::Duration;

use connectors::send::Timeouts;
use connectors::send::webhook::{Post, WebhookSender};
use connectors::signature::{Delivery, TOLERANCE_S};
use connectors::standard_webhooks::{sign, verify};
use domain::webhooks::{Outcome, Reach, Try};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn sender() -> WebhookSender {
    let timeouts = Timeouts { connect: Duration::from_millis(500), total: Duration::from_secs(1) };
    WebhookSender::with(Reach::Local, timeouts).unwrap()
}

async fn post_to(url: &str) -> (Try, Outcome) {
    let post = Post { url, id: "e-1", timestamp: 1_614_265_330, signature: "v1,x", body: "{}" };
    sender().post(post, NOW).await
}

async fn answering(response: ResponseTemplate) -> (MockServer, (Try, Outcome)) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/in")).respond_with(response).mount(&server).await;
    let told = post_to(&format!("{}/in", server.uri())).await;
    (server, told)
}

#[tokio::test]
async fn a_receiver_can_check_the_signature() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let (body, timestamp) = (r#"{"type":"lead.created"}"#, 1_614_265_330);
    let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
    let signature = sign(std::slice::from_ref(&secret), "e-1", timestamp, body).unwrap();
    let url = format!("{}/in?key=1", server.uri());
    let post = Post { url: &url, id: "e-1", timestamp, signature: &signature, body };
    let (tried, outcome) = sender().post(post, NOW).await;
    assert_eq!((tried.status, outcome), (Some(204), Outcome::Taken));

    let requests = server.received_requests().await.unwrap();
    let request = &requests[0];
    let delivery = Delivery {
        method: "POST",
        url: &url,
        headers: &request.headers,
        body: &request.body,
        now: timestamp,
        tolerance_s: TOLERANCE_S,
    };
    assert_eq!(verify(&secret, &delivery), Ok(()));
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.url.query(), Some("key=1"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = MockServer::start().await;
    let redirect = ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let (_server, (tried, outcome)) = answering(redirect).await;
    assert_eq!((tried.status, outcome), (Some(307), Outcome::Refused(None)));
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_busy_receiver_says_when_to_come_again() {
    let (_server, (tried, outcome)) = answering(ResponseTemplate::new(429).insert_header("retry-after", "120")).await;
    assert_eq!((tried.status, outcome), (Some(429), Outcome::Refused(Some(SignedDuration::from_secs(120)))));
    let (_server, (tried, outcome)) = answering(ResponseTemplate::new(500).insert_header("retry-after", "120")).await;
    assert_eq!((tried.status, outcome), (Some(500), Outcome::Refused(None)));
}

#[tokio::test]
async fn who_is_gone_says_so() {
    let (_server, (tried, outcome)) = answering(ResponseTemplate::new(410)).await;
    assert_eq!((tried.status, outcome), (Some(410), Outcome::Gone));
}

#[tokio::test]
async fn who_does_not_answer_in_time_has_not_taken_it() {
    let (_server, (tried, outcome)) = answering(ResponseTemplate::new(200).set_delay(Duration::from_secs(3))).await;
    assert_eq!((tried.status, outcome), (None, Outcome::Refused(None)));
    assert_eq!(tried.error.as_deref(), Some("no answer in 1 s"));
    assert!((900..2500).contains(&tried.duration_ms), "{} ms", tried.duration_ms);
}

#[tokio::test]
async fn who_is_not_there_has_not_taken_it() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (tried, outcome) = post_to(&format!("http://127.0.0.1:{port}/in")).await;
    assert_eq!((tried.error.as_deref(), outcome), (Some("the address was not reached"), Outcome::Refused(None)));
}

/// Answers 200 with the beginning of a body, and sends `rest` of it for ever, or nothing more.
async fn endless(rest: Option<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\nok").await;
        while let Some(rest) = &rest {
            if stream.write_all(rest).await.is_err() {
                return;
            }
        }
        tokio::time::sleep(Duration::from_secs(30)).await;
    });
    url
}

#[tokio::test]
async fn a_body_that_is_slow_or_never_ends_costs_a_second_or_4_kb() {
    let (tried, outcome) = post_to(&endless(None).await).await;
    assert_eq!((tried.status, outcome), (Some(200), Outcome::Taken));
    assert!(tried.duration_ms < 2500, "{} ms", tried.duration_ms);
    let (tried, outcome) = post_to(&endless(Some(vec![b'x'; 4096])).await).await;
    assert_eq!((tried.status, outcome), (Some(200), Outcome::Taken));
    assert!(tried.duration_ms < 900, "{} ms: more was read than is wanted", tried.duration_ms);
}
