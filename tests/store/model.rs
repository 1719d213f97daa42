//! A stub of Anthropic's `POST /v1/messages` that takes its time.

use ai::{Assistant, Models};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A model that answers the same to everything.
pub struct Model {
    server: MockServer,
}

impl Model {
    /// One that answers `delay` after it was asked.
    pub async fn slow(delay: Duration) -> Self {
        Self::answering(json!({}), delay).await
    }

    /// One that reads this telephone number in every message.
    pub async fn reading(phone: &str) -> Self {
        Self::answering(json!({"phone": phone}), Duration::ZERO).await
    }

    async fn answering(given: Value, delay: Duration) -> Self {
        let input = json!({
            "reply": "We are open until five.", "language": "en", "intent": "hours", "sentiment": "neutral",
            "action": "reply", "score": "warm", "confidence": 90, "qualification": {}, "given": given,
        });
        Self::calling("respond", &input, delay).await
    }

    /// One that calls this tool.
    pub async fn calling(tool: &str, input: &Value, delay: Duration) -> Self {
        let answer = json!({
            "id": "msg_000000000000000000000000", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
            "content": [{"type": "tool_use", "id": "toolu_00000000000000000000000", "name": tool, "input": input}],
            "stop_reason": "tool_use", "stop_sequence": null,
            "usage": {
                "input_tokens": 11, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 7,
                "service_tier": "standard",
            },
        });
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(200).set_body_json(answer).set_delay(delay);
        Mock::given(method("POST")).and(path("/v1/messages")).respond_with(answer).mount(&server).await;
        Self { server }
    }

    pub fn assistant(&self) -> Assistant {
        let url = self.server.uri().parse().unwrap();
        Assistant::anthropic(&SecretString::from("not-a-key"), &url, Models::default()).unwrap()
    }

    /// How often it was asked.
    pub async fn asked(&self) -> usize {
        self.server.received_requests().await.unwrap().len()
    }
}
