//! Stubs of `POST /v1/messages` and `POST /v1/responses`: answers in the documented formats, and what they were sent.

use std::time::{Duration, Instant};

use ai::prompt::Script;
use ai::{Assistant, Models, Vendor};
use domain::prompts::{PromptCount, PromptTask};
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const KEY: &str = "sk-ant-test-0000-not-a-real-key";

pub(crate) fn within(duration: Duration) -> Instant {
    Instant::now() + duration
}

pub(crate) fn assistant(base: &str) -> Assistant {
    Assistant::anthropic(&SecretString::from(KEY), &Url::parse(base).unwrap(), Models::default()).unwrap()
}

/// Both vendors: Anthropic at `anthropic`, and OpenAI at `openai` where Anthropic cannot be had.
pub(crate) fn both(anthropic: &str, openai: &str) -> Assistant {
    let (key, url) = (SecretString::from(KEY), |base: &str| Url::parse(base).unwrap());
    let anthropic = Vendor::anthropic(&key, &url(anthropic), Models::default()).unwrap();
    Assistant::new(vec![anthropic, Vendor::openai(&key, &url(openai), Models::openai()).unwrap()]).unwrap()
}

/// Of which task questions are counted, with the version of the code; how many, and how many were refused.
pub(crate) fn questions(counted: Option<PromptCount>) -> Option<(PromptTask, u64, u64)> {
    let PromptCount { task, used, counts } = counted?;
    assert_eq!(used, *Script::built_in(task).used());
    assert!(counts.cost_microdollars > 0, "{counts:?}");
    Some((task, counts.calls, counts.refused))
}

/// A server that gives `answers` in this order, and the last one again and again.
pub(crate) async fn answering(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let last = answers.len().saturating_sub(1);
    for (index, answer) in answers.into_iter().enumerate() {
        let mock =
            Mock::given(method("POST")).and(path_regex("^(/proxy)?/v1/(messages|responses)$")).respond_with(answer);
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

/// A response of OpenAI's that calls `tool`, after it has thought.
pub(crate) fn function_call(tool: &str, input: &Value) -> Value {
    let output = json!([
        { "id": "rs_0001", "type": "reasoning", "summary": [] },
        {
            "id": "fc_0001", "type": "function_call", "status": "completed", "call_id": "call_0001", "name": tool,
            "arguments": input.to_string()
        }
    ]);
    response(&output, "completed")
}

pub(crate) fn response(output: &Value, status: &str) -> Value {
    json!({
        "id": "resp_0001",
        "object": "response",
        "created_at": 1_795_176_000,
        "status": status,
        "error": null,
        "incomplete_details": null,
        "model": "gpt-6.1-sol",
        "output": output,
        "parallel_tool_calls": false,
        "store": false,
        "tool_choice": "required",
        "usage": {
            "input_tokens": 1240,
            "input_tokens_details": { "cached_tokens": 30, "cache_write_tokens": 1000 },
            "output_tokens": 120,
            "output_tokens_details": { "reasoning_tokens": 64 },
            "total_tokens": 1360
        }
    })
}

/// A stream of these events, each named as its `type`.
pub(crate) fn stream(events: &[Value]) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(written(events), "text/event-stream; charset=utf-8")
}

pub(crate) fn written(events: &[Value]) -> String {
    events.iter().map(|event| format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap())).collect()
}

/// The events of a message of Anthropic's that calls `tool`, with the input cut into three.
pub(crate) fn message_events(tool: &str, input: &Value) -> Vec<Value> {
    let text = input.to_string();
    let letters: Vec<char> = text.chars().collect();
    let parts = letters.chunks(letters.len().div_ceil(3)).map(|part| {
        let delta = json!({ "type": "input_json_delta", "partial_json": part.iter().collect::<String>() });
        json!({ "type": "content_block_delta", "index": 1, "delta": delta })
    });
    let mut start = message(&json!([]), "");
    (start["stop_reason"], start["usage"]["output_tokens"]) = (Value::Null, json!(1));
    let thinking = json!({ "type": "thinking", "thinking": "", "signature": "" });
    let call = json!({ "type": "tool_use", "id": "toolu_0001", "name": tool, "input": {} });
    [
        json!({ "type": "message_start", "message": start }),
        json!({ "type": "content_block_start", "index": 0, "content_block": thinking }),
        json!({ "type": "ping" }),
        json!({ "type": "content_block_stop", "index": 0 }),
        json!({ "type": "content_block_start", "index": 1, "content_block": call }),
    ]
    .into_iter()
    .chain(parts)
    .chain([
        json!({ "type": "content_block_stop", "index": 1 }),
        json!({
            "type": "message_delta", "delta": { "stop_reason": "tool_use", "stop_sequence": null },
            "usage": { "output_tokens": 120 }
        }),
        json!({ "type": "message_stop" }),
    ])
    .collect()
}

/// The events of a response of OpenAI's; the last one is `ended` with the whole of it.
pub(crate) fn response_events(ended: &str, whole: &Value) -> Vec<Value> {
    let begun = response(&json!([]), "in_progress");
    let call = json!({ "id": "fc_0001", "type": "function_call", "status": "in_progress", "name": "respond", "arguments": "" });
    vec![
        json!({ "type": "response.created", "sequence_number": 0, "response": begun }),
        json!({ "type": "response.in_progress", "sequence_number": 1, "response": begun }),
        json!({ "type": "response.output_item.added", "sequence_number": 2, "output_index": 1, "item": call }),
        json!({
            "type": "response.function_call_arguments.delta", "sequence_number": 3, "item_id": "fc_0001",
            "output_index": 1, "delta": "{\"reply\":", "obfuscation": "aZ3"
        }),
        json!({ "type": ended, "sequence_number": 4, "response": whole }),
    ]
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
