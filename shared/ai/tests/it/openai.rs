//! OpenAI's Responses API: what goes to it and what comes of its answers.

use std::time::Duration;

use ai::{Assistant, Degraded, Models, Turned, Vendor};
use domain::conversations::Role;
use domain::tenancy::CostMode;
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use crate::scene::{now, scene};
use crate::stub::{KEY, answering, bodies, function_call, input, ok, response, response_events, stream, within};

fn alone(server: &MockServer) -> Assistant {
    let url = Url::parse(&server.uri()).unwrap();
    let vendor = Vendor::openai(&SecretString::from(KEY), &url, Models::openai()).unwrap();
    Assistant::new(vec![vendor]).unwrap()
}

async fn answer(server: &MockServer) -> Turned {
    let deadline = within(Duration::from_secs(10));
    alone(server).answer(&scene("How much?").turn(), CostMode::None, now(), deadline).await
}

#[tokio::test]
async fn the_request_is_what_the_api_takes() {
    let server = answering(vec![ok(&function_call("respond", &input()))]).await;
    let scene = scene("And tomorrow?").after(&[(Role::Assistant, "Sorry that we missed your call.")]);
    let deadline = within(Duration::from_secs(10));
    alone(&server).answer(&scene.turn(), CostMode::None, now(), deadline).await;

    let request = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(request.url.path(), "/v1/responses");
    assert_eq!(request.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(request.headers["content-type"], "application/json");
    let body: Value = request.body_json().unwrap();
    assert_eq!((&body["model"], &body["max_output_tokens"]), (&json!("gpt-6.1-sol"), &json!(4096)));
    assert_eq!((&body["stream"], &body["store"]), (&json!(true), &json!(false)));
    assert_eq!((&body["tool_choice"], &body["parallel_tool_calls"]), (&json!("required"), &json!(false)));
    assert_eq!(body["reasoning"], json!({ "effort": "low" }));
    let tool = &body["tools"][0];
    assert_eq!((&tool["type"], &tool["name"], &tool["strict"]), (&json!("function"), &json!("respond"), &json!(true)));
    assert!(body["instructions"].as_str().unwrap().contains("# Rules"));
    let roles: Vec<_> = body["input"].as_array().unwrap().iter().map(|item| item["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["developer", "user", "assistant", "user"]);
    for refused in ["temperature", "top_p", "max_tokens", "messages", "previous_response_id"] {
        assert_eq!(body.get(refused), None, "{refused}");
    }
}

#[tokio::test]
async fn the_schema_has_every_field_and_those_that_may_be_absent_may_be_null() {
    let server = answering(vec![ok(&function_call("respond", &input()))]).await;
    answer(&server).await;
    let schema = bodies(&server).await.pop().unwrap()["tools"][0]["parameters"].clone();
    let mut nullable = Vec::new();
    walk("", &schema, &mut nullable);
    assert!(nullable.contains(&"/requested_time".to_owned()), "{nullable:?}");
    assert!(nullable.contains(&"/qualification/urgency".to_owned()), "{nullable:?}");
    assert!(!nullable.contains(&"/reply".to_owned()), "{nullable:?}");
    assert!(schema["properties"]["asked"]["enum"].as_array().unwrap().contains(&Value::Null));
}

/// Every object is closed and demands all its fields.
fn walk(place: &str, schema: &Value, nullable: &mut Vec<String>) {
    if schema["type"].as_array().is_some_and(|types| types.contains(&json!("null"))) {
        nullable.push(place.to_owned());
    }
    if let Some(items) = schema.get("items") {
        walk(place, items, nullable);
    }
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let names: Vec<_> = properties.keys().collect();
        let required: Vec<_> =
            schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names, required, "{place}");
        assert_eq!(schema["additionalProperties"], json!(false), "{place}");
        properties.iter().for_each(|(name, property)| walk(&format!("{place}/{name}"), property, nullable));
    }
}

#[tokio::test]
async fn what_is_null_is_not_there_and_tokens_are_counted_as_they_are_charged() {
    let mut given = input();
    (given["requested_time"], given["intake_answers"], given["asked_intake"]) = (Value::Null, Value::Null, Value::Null);
    given["qualification"]["budget"] = Value::Null;
    let body = function_call("respond", &given);
    for answer_with in [ok(&body), stream(&response_events("response.completed", &body))] {
        let turned = answer(&answering(vec![answer_with]).await).await;
        assert_eq!(turned.degraded, None);
        assert_eq!(turned.answer.reply, "A leak repair starts at 350.00 USD. Where is the house?");
        assert_eq!(turned.answer.author.model, "gpt-6.1-sol");
        let tokens = Tokens { uncached: 210, cache_written: 1000, cache_read: 30, output: 120 };
        let spent =
            Spent { feature: Feature::Converse, model: "gpt-6.1-sol".to_owned(), tokens, saved: Saved::default() };
        assert_eq!(turned.spent, [spent]);
    }
}

#[tokio::test]
async fn what_is_no_answer_is_none_and_says_why() {
    let text =
        |part: Value| response(&json!([{ "type": "message", "role": "assistant", "content": [part] }]), "completed");
    let refused = text(json!({ "type": "refusal", "refusal": "I cannot help with that." }));
    let said = text(json!({ "type": "output_text", "text": "{\"reply\": \"Hi\"}", "annotations": [] }));
    let mut cut = response(&json!([]), "incomplete");
    cut["incomplete_details"] = json!({ "reason": "max_output_tokens" });
    let mut filtered = response(&json!([]), "incomplete");
    filtered["incomplete_details"] = json!({ "reason": "content_filter" });
    let failed = |code: &str| {
        let mut body = response(&json!([]), "failed");
        body["error"] = json!({ "code": code, "message": "An invented message." });
        body
    };
    let mut twice = function_call("respond", &input());
    let again = twice["output"][1].clone();
    twice["output"].as_array_mut().unwrap().push(again);
    let mut broken = function_call("respond", &input());
    broken["output"][1]["arguments"] = json!("{\"reply\": \"A leak");
    let mut running = tokio::task::JoinSet::new();
    for (ended, body, reason) in [
        ("response.completed", refused, Degraded::Refused),
        ("response.completed", said, Degraded::Invalid("it does not call the tool")),
        ("response.completed", twice, Degraded::Invalid("it calls the tool more than once")),
        ("response.completed", broken, Degraded::Invalid("the input of the call is not JSON")),
        ("response.incomplete", cut, Degraded::Invalid("it was cut off")),
        ("response.incomplete", filtered, Degraded::Refused),
        ("response.failed", failed("server_error"), Degraded::Busy(500)),
        ("response.failed", failed("rate_limit_exceeded"), Degraded::Busy(429)),
        ("response.failed", failed("invalid_prompt"), Degraded::Refused),
    ] {
        running.spawn(async move {
            for answer_with in [ok(&body), stream(&response_events(ended, &body))] {
                let turned = answer(&answering(vec![answer_with]).await).await;
                assert_eq!(turned.degraded, Some(reason), "{body}");
                assert!(turned.answer.author.input_tokens >= 1240, "it was paid for");
            }
        });
    }
    running.join_all().await;
}

#[tokio::test]
async fn a_bill_that_is_not_paid_is_no_rate_limit() {
    for (kind, code, tries) in [
        ("insufficient_quota", "credit_balance_exhausted", 1),
        ("insufficient_quota", "insufficient_quota", 1),
        ("requests", "rate_limit_exceeded", 3),
    ] {
        let error = json!({ "message": "An invented message.", "type": kind, "param": null, "code": code });
        let server = answering(vec![ResponseTemplate::new(429).set_body_json(json!({ "error": error }))]).await;
        let expected = if tries == 1 { Degraded::Rejected(429) } else { Degraded::Busy(429) };
        assert_eq!(answer(&server).await.degraded, Some(expected));
        assert_eq!(bodies(&server).await.len(), tries, "{code}");
    }
}
