//! Everything that goes wrong ends in an answer that a customer can read, and in a reason.

use std::time::{Duration, Instant};

use ai::{Assistant, Degraded, Models, Turned};
use domain::conversations::{Action, Answer, Author, builtin};
use domain::tenancy::CostMode;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use crate::scene::{now, scene};
use crate::stub::{KEY, answering, assistant, call, error, input, message, ok, within};

async fn answer(server: &MockServer, limit: Duration) -> Turned {
    assistant(&server.uri()).answer(&scene("How much?").turn(), CostMode::None, now(), within(limit)).await
}

async fn tries(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

/// Degraded: the fallback's words, a person is called, and why.
fn assert_fallback(turned: &Turned, reason: Degraded) {
    let scene = scene("How much?");
    let fallback = builtin::fallback(&scene.turn(), now());
    assert_eq!(turned.degraded, Some(reason));
    assert_eq!(fallback.action, Action::Escalate);
    let author = Author { model: fallback.author.model.clone(), ..turned.answer.author.clone() };
    assert_eq!(turned.answer, Answer { author, ..fallback });
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let limited = error(429, "rate_limit_error").insert_header("retry-after", "1");
    let server = answering(vec![limited, ok(&call("respond", &input()))]).await;
    let start = Instant::now();

    let turned = answer(&server, Duration::from_secs(10)).await;

    assert_eq!(turned.degraded, None);
    assert_eq!(tries(&server).await, 2);
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    for wait in ["30", "18446744073709551615"] {
        let server = answering(vec![error(429, "rate_limit_error").insert_header("retry-after", wait)]).await;
        let start = Instant::now();

        let turned = answer(&server, Duration::from_secs(5)).await;

        assert_fallback(&turned, Degraded::Busy(429));
        assert_eq!(tries(&server).await, 1);
        assert!(start.elapsed() < Duration::from_secs(2));
    }
}

#[tokio::test]
async fn overload_is_tried_three_times() {
    for (status, kind) in [(529, "overloaded_error"), (500, "api_error")] {
        let server = answering(vec![error(status, kind)]).await;
        assert_fallback(&answer(&server, Duration::from_secs(10)).await, Degraded::Busy(status));
        assert_eq!(tries(&server).await, 3);
    }
}

#[tokio::test]
async fn a_rejected_request_is_not_repeated() {
    for (status, kind) in [
        (400, "invalid_request_error"),
        (401, "authentication_error"),
        (403, "permission_error"),
        (404, "not_found_error"),
        (413, "request_too_large"),
    ] {
        let server = answering(vec![error(status, kind)]).await;
        assert_fallback(&answer(&server, Duration::from_secs(10)).await, Degraded::Rejected(status));
        assert_eq!(tries(&server).await, 1, "{status}");
    }
}

#[tokio::test]
async fn silence_ends_at_the_deadline() {
    let server = answering(vec![ok(&call("respond", &input())).set_delay(Duration::from_secs(30))]).await;
    let start = Instant::now();

    let turned = answer(&server, Duration::from_millis(400)).await;

    assert_fallback(&turned, Degraded::TimedOut);
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_deadline_that_has_passed_still_gives_an_answer() {
    let server = answering(vec![ok(&call("respond", &input()))]).await;
    assert_fallback(&answer(&server, Duration::ZERO).await, Degraded::TimedOut);
}

#[tokio::test]
async fn no_one_at_the_address_and_a_broken_connection_are_unreachable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hangs_up = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            drop(listener.accept().await);
        }
    });
    for address in ["http://127.0.0.1:1", &hangs_up] {
        let deadline = within(Duration::from_secs(5));
        let turned = assistant(address).answer(&scene("How much?").turn(), CostMode::None, now(), deadline).await;
        assert_fallback(&turned, Degraded::Unreachable);
    }
}

#[tokio::test]
async fn answers_of_a_wrong_form_are_tried_again_and_then_given_up() {
    let said = json!([{ "type": "text", "text": "{\"action\": \"end\", \"reply\": \"Bye\"}" }]);
    let twice = json!([
        { "type": "tool_use", "id": "toolu_1", "name": "respond", "input": input() },
        { "type": "tool_use", "id": "toolu_2", "name": "respond", "input": input() }
    ]);
    let with = |field: &str, value: Value| {
        let mut input = input();
        input[field] = value;
        call("respond", &input)
    };
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let schema = "the input is not of the tool's schema";
    let cases = [
        (ResponseTemplate::new(200).set_body_string("not JSON"), "it is not a message"),
        (ResponseTemplate::new(200).set_body_string(deep), "it is not a message"),
        (ok(&json!({ "type": "error" })), "it is not a message"),
        (ok(&message(&said, "end_turn")), "it does not call the tool"),
        (ok(&message(&said, "tool_use")), "it does not call the tool"),
        (ok(&message(&json!([]), "pause_turn")), "it does not call the tool"),
        (ok(&message(&twice, "tool_use")), "it calls the tool more than once"),
        (ok(&message(&twice, "max_tokens")), "it was cut off"),
        (ok(&with("action", json!("refund"))), schema),
        (ok(&with("confidence", json!("high"))), schema),
        (ok(&with("discount", json!(90))), schema),
        (ok(&with("reply", json!(" \u{0} "))), "reply is empty"),
        (ok(&call("respond", &json!("reply"))), schema),
    ];
    // Each case waits between its tries: all at once.
    let mut running = tokio::task::JoinSet::new();
    for (response, what) in cases {
        running.spawn(async move {
            let server = answering(vec![response]).await;
            let turned = answer(&server, Duration::from_secs(20)).await;
            assert_fallback(&turned, Degraded::Invalid(what));
            let expected = if what == "it was cut off" { 1 } else { 2 };
            assert_eq!(tries(&server).await, expected, "{what}");
        });
    }
    running.join_all().await;
}

#[tokio::test]
async fn a_second_try_can_mend_a_first() {
    let server = answering(vec![ok(&message(&json!([]), "end_turn")), ok(&call("respond", &input()))]).await;
    assert_eq!(answer(&server, Duration::from_secs(10)).await.degraded, None);
}

#[tokio::test]
async fn a_refusal_is_taken_at_its_word() {
    let mut body = message(&json!([]), "refusal");
    body["stop_details"] = json!({ "type": "refusal", "category": "general_harms", "explanation": null });
    let server = answering(vec![ok(&body)]).await;

    let turned = answer(&server, Duration::from_secs(10)).await;

    assert_fallback(&turned, Degraded::Refused);
    assert_eq!(tries(&server).await, 1);
    assert_eq!(turned.answer.author.input_tokens, 1240, "a refusal is billed");
}

#[tokio::test]
async fn a_response_without_end_is_not_read_to_its_end() {
    let mut body = call("respond", &input());
    body["padding"] = json!("x".repeat(1_100_000));
    let server = answering(vec![ok(&body)]).await;
    assert_fallback(&answer(&server, Duration::from_secs(10)).await, Degraded::Invalid("it is longer than 1 MB"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_key() {
    let thief = answering(vec![ok(&call("respond", &input()))]).await;
    let target = format!("{}/v1/messages", thief.uri());
    let server = answering(vec![ResponseTemplate::new(307).insert_header("location", target)]).await;

    assert_fallback(&answer(&server, Duration::from_secs(10)).await, Degraded::Rejected(307));
    assert_eq!(tries(&thief).await, 0);
}

#[tokio::test]
async fn the_key_is_in_no_text() {
    let server = answering(vec![error(401, "authentication_error")]).await;
    let assistant = assistant(&server.uri());
    let turned =
        assistant.answer(&scene("How much?").turn(), CostMode::None, now(), within(Duration::from_secs(5))).await;
    let reason = turned.degraded.unwrap();

    for text in [format!("{assistant:?}"), format!("{assistant:#?}"), format!("{reason:?} {reason}")] {
        assert!(!text.contains(KEY), "{text}");
    }
    for bad in ["sk-ant-\nsecret-part", "sk-ant-\u{0}secret-part"] {
        let url = Url::parse("https://api.example.com").unwrap();
        let failure = Assistant::anthropic(&SecretString::from(bad), &url, Models::default()).unwrap_err();
        assert!(!format!("{failure:?} {failure}").contains("secret-part"));
    }
}
