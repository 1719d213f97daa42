//! Two vendors: where the first cannot be had the second answers, and all of it before one deadline.

use std::time::{Duration, Instant};

use ai::{Degraded, Turned};
use domain::conversations::builtin;
use domain::tenancy::CostMode;
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use crate::scene::{now, scene};
use crate::stub::{
    answering, bodies, both, call, error, function_call, input, message, message_events, ok, stream, within,
};

const LIMIT: Duration = Duration::from_secs(10);

async fn answer(first: &str, second: &MockServer, limit: Duration) -> Turned {
    both(first, &second.uri()).answer(&scene("How much?").turn(), CostMode::None, now(), within(limit)).await
}

async fn second() -> MockServer {
    answering(vec![ok(&function_call("respond", &input()))]).await
}

#[tokio::test]
async fn the_second_is_not_asked_where_the_first_answers() {
    let (first, second) = (answering(vec![stream(&message_events("respond", &input()))]).await, second().await);
    let turned = answer(&first.uri(), &second, LIMIT).await;
    assert_eq!((turned.degraded, turned.answer.author.model.as_str()), (None, "claude-sonnet-5-5"));
    assert_eq!(bodies(&second).await.len(), 0);
}

#[tokio::test]
async fn every_way_in_which_the_first_fails_ends_in_the_answer_of_the_second() {
    let mut schema = input();
    schema["score"] = json!("boiling");
    let mut truncated = message_events("respond", &input());
    truncated.remove(6);
    let mut cut = message_events("respond", &input());
    cut.truncate(7);
    let limited = |wait: &str| error(429, "rate_limit_error").insert_header("retry-after", wait);
    let cases = [
        ("429 without a wait", error(429, "rate_limit_error"), 2),
        ("429 with a short wait", limited("1"), 2),
        ("429 with a long wait", limited("30"), 1),
        ("529", error(529, "overloaded_error"), 2),
        ("500", error(500, "api_error"), 2),
        ("503, and no JSON", ResponseTemplate::new(503).set_body_string("<html>busy</html>"), 2),
        ("401", error(401, "authentication_error"), 1),
        ("402", error(402, "billing_error"), 1),
        ("400", error(400, "invalid_request_error"), 1),
        ("a refusal", ok(&message(&json!([]), "refusal")), 1),
        ("not JSON", ResponseTemplate::new(200).set_body_string("{\"type\":"), 1),
        ("free text", ok(&message(&json!([{ "type": "text", "text": "Hi" }]), "end_turn")), 1),
        ("wrong schema", ok(&call("respond", &schema)), 1),
        ("a truncated call", stream(&truncated), 1),
        ("a cut stream", stream(&cut), 2),
    ];
    let mut running = tokio::task::JoinSet::new();
    for (name, response, tries) in cases {
        running.spawn(async move {
            let (first, second) = (answering(vec![response]).await, second().await);
            let start = Instant::now();
            let turned = answer(&first.uri(), &second, LIMIT).await;
            assert_eq!((turned.degraded, turned.answer.author.model.as_str()), (None, "gpt-6.1-sol"), "{name}");
            assert_eq!(turned.answer.reply, "A leak repair starts at 350.00 USD. Where is the house?");
            assert_eq!((bodies(&first).await.len(), bodies(&second).await.len()), (tries, 1), "{name}");
            assert!(start.elapsed() < Duration::from_secs(5), "{name}: {:?}", start.elapsed());
        });
    }
    running.join_all().await;
    let second = second().await;
    assert_eq!(answer("http://127.0.0.1:1", &second, LIMIT).await.answer.author.model, "gpt-6.1-sol");
}

#[tokio::test]
async fn two_answers_of_the_wrong_form_are_paid_for_and_no_more() {
    let misshapen = || ok(&message(&json!([]), "end_turn"));
    let (first, second) = (answering(vec![misshapen()]).await, answering(vec![ok(&json!({}))]).await);
    let turned = answer(&first.uri(), &second, LIMIT).await;
    assert_eq!(turned.degraded, Some(Degraded::Invalid("it is not a message")));
    assert_eq!((bodies(&first).await.len(), bodies(&second).await.len()), (1, 1));
}

#[tokio::test]
async fn a_first_that_is_silent_leaves_the_second_its_time() {
    let first = answering(vec![ok(&call("respond", &input())).set_delay(Duration::from_secs(30))]).await;
    let start = Instant::now();
    let turned = answer(&first.uri(), &second().await, Duration::from_secs(3)).await;
    assert_eq!((turned.degraded, turned.answer.author.model.as_str()), (None, "gpt-6.1-sol"));
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[tokio::test]
async fn where_neither_answers_the_built_in_responder_does_before_the_deadline() {
    let busy = || error(529, "overloaded_error");
    let silent = || ok(&call("respond", &input())).set_delay(Duration::from_secs(30));
    let mut running = tokio::task::JoinSet::new();
    for (first, second, reason) in [
        (busy(), busy(), Degraded::Busy(529)),
        (silent(), silent(), Degraded::TimedOut),
        (busy(), error(401, "invalid_api_key"), Degraded::Rejected(401)),
        (silent(), ok(&json!({})), Degraded::Invalid("it is not a message")),
    ] {
        running.spawn(async move {
            let (first, second) = (answering(vec![first]).await, answering(vec![second]).await);
            let start = Instant::now();
            let turned = answer(&first.uri(), &second, Duration::from_secs(3)).await;
            assert_eq!(turned.degraded, Some(reason));
            let scene = scene("How much?");
            assert_eq!(turned.answer.reply, builtin::fallback(&scene.turn(), now()).reply);
            assert!(start.elapsed() < Duration::from_millis(3_500), "{reason:?}: {:?}", start.elapsed());
        });
    }
    running.join_all().await;
}

#[tokio::test]
async fn what_both_took_is_counted_by_model() {
    let (first, second) = (answering(vec![ok(&message(&json!([]), "refusal"))]).await, second().await);
    let turned = answer(&first.uri(), &second, LIMIT).await;
    let counted: Vec<_> = turned.spent.iter().map(|spent| (spent.model.as_str(), spent.tokens.input())).collect();
    assert_eq!(counted, [("claude-sonnet-5-5", 1240), ("gpt-6.1-sol", 1240)]);
    assert_eq!(turned.answer.author.input_tokens, 2 * 1240);
}
