//! A stub of `POST /v1/messages`: answers in the documented format, and what it was sent.

use std::time::{Duration, Instant};

use ai::{Assistant, Models};
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const KEY: &str = "sk-ant-test-0000-not-a-real-key";

pub(crate) fn within(duration: Duration) -> Instant {
    Instant::now() + duration
}

pub(crate) fn assistant(base: &str) -> Assistant {
    Assistant::anthropic(&SecretString::from(KEY), &Url::parse(base).unwrap(), Models::default()).unwrap()
}

/// A server that gives `answers` in this order, and the last one again and again.
pub(crate) async fn answering(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let last = answers.len().saturating_sub(1);
    for (index, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST")).and(path("/v1/messages")).respond_with(answer);
        let mock = if index < last { mock.up_to_n_times(1) } else { mock };
        mock.mount(&server).await;
    }
    server
}

pub(crate) fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

pub(crate) fn error(status: u16, kind: &str) -> ResponseTemplate {
    let error = json!({ "type": kind, "message": "An invented message." });
    let body = json!({ "type": "error", "error": error, "request_id": "req_000000000000000000000000" });
    ResponseTemplate::new(status).set_body_json(body)
}

/// A response that calls `tool`, after a thinking block and a remark.
pub(crate) fn call(tool: &str, input: &Value) -> Value {
    let content = json!([
        { "type": "thinking", "thinking": "", "signature": "c2lnbmF0dXJl" },
        { "type": "text", "text": "Let me escalate this to the owner." },
        { "type": "tool_use", "id": "toolu_00000000000000000000000", "name": tool, "input": input }
    ]);
    message(&content, "tool_use")
}

pub(crate) fn message(content: &Value, stop_reason: &str) -> Value {
    json!({
        "id": "msg_000000000000000000000000",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-5-5",
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": null,
        "usage": {
            "input_tokens": 210,
            "cache_creation_input_tokens": 1000,
            "cache_read_input_tokens": 30,
            "cache_creation": { "ephemeral_5m_input_tokens": 1000, "ephemeral_1h_input_tokens": 0 },
            "output_tokens": 120,
            "service_tier": "standard"
        }
    })
}

/// Input of `respond` that holds.
pub(crate) fn input() -> Value {
    json!({
        "reply": "A leak repair starts at 350.00 USD. Where is the house?",
        "language": "en",
        "intent": "price",
        "sentiment": "neutral",
        "action": "reply",
        "score": "warm",
        "confidence": 90,
        "qualification": { "service_interest": "leak repair", "urgency": "high" },
        "given": { "name": "Ana Ruiz" },
        "asked": "location"
    })
}

/// The bodies that the server was sent.
pub(crate) async fn bodies(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|request| request.body_json().unwrap()).collect()
}
