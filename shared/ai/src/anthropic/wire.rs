//! Requests and responses of `POST /v1/messages`, version 2023-06-01 (platform.claude.com/docs/en/api/messages).
//!
//! A request holds only what all current models take. Sampling parameters, switched-off thinking and a forced
//! `tool_choice` are left out on purpose: Claude Sonnet 5.5 answers each of them with 400. The choice of the tool is
//! therefore `auto`, the prompt asks for the call, and a response without it is invalid.

use domain::tenancy::usage::Tokens;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Tool;
use crate::Degraded;
use crate::prompt::{Message, Prompt};

/// The body of a request.
#[derive(Serialize)]
pub(crate) struct Request<'a> {
    pub(crate) model: &'a str,
    max_tokens: u32,
    output_config: OutputConfig,
    tools: [&'a Tool; 1],
    tool_choice: ToolChoice,
    system: [System<'a>; 2],
    messages: &'a [Message],
}

#[derive(Serialize)]
struct OutputConfig {
    effort: &'static str,
}

#[derive(Serialize)]
struct ToolChoice {
    r#type: &'static str,
    disable_parallel_tool_use: bool,
}

#[derive(Serialize)]
struct System<'a> {
    r#type: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_control: Option<CacheControl>,
}

#[derive(Serialize)]
struct CacheControl {
    r#type: &'static str,
}

impl<'a> Request<'a> {
    /// Asks `model` for one call of `tool`. Thinking counts towards `max_tokens`.
    ///
    /// The cache holds a prefix in the order tools, system, messages: the mark sits behind the tenant's part, before
    /// anything that changes from turn to turn.
    pub(crate) fn new(model: &'a str, max_tokens: u32, tool: &'a Tool, prompt: &'a Prompt) -> Self {
        let text = |text, cache_control| System { r#type: "text", text, cache_control };
        Self {
            model,
            max_tokens,
            // A person waits: the least thinking that the model thinks right.
            output_config: OutputConfig { effort: "low" },
            tools: [tool],
            tool_choice: ToolChoice { r#type: "auto", disable_parallel_tool_use: true },
            system: [text(&prompt.tenant, Some(CacheControl { r#type: "ephemeral" })), text(&prompt.turn, None)],
            messages: &prompt.messages,
        }
    }
}

/// The body of a response with status 200. Unknown fields and unknown kinds of content pass.
#[derive(Deserialize)]
pub(super) struct Response {
    #[serde(default)]
    pub(super) model: String,
    content: Vec<Block>,
    stop_reason: Option<String>,
    #[serde(default)]
    usage: Usage,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    ToolUse {
        name: String,
        input: Value,
    },
    /// `text`, `thinking`, `redacted_thinking`, `server_tool_use`, and whatever comes later.
    #[serde(other)]
    Other,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Usage {
    input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

impl Response {
    /// Tokens as they are charged; `input_tokens` alone leaves the cached ones out. Thinking counts as output.
    pub(super) fn tokens(&self) -> Tokens {
        Tokens {
            uncached: self.usage.input_tokens.unwrap_or_default(),
            cache_written: self.usage.cache_creation_input_tokens.unwrap_or_default(),
            cache_read: self.usage.cache_read_input_tokens.unwrap_or_default(),
            output: self.usage.output_tokens.unwrap_or_default(),
        }
    }

    /// The input of the one call of `tool`.
    pub(super) fn into_call(self, tool: &Tool) -> Result<Value, Degraded> {
        match self.stop_reason.as_deref() {
            Some("tool_use") => {}
            Some("refusal") => return Err(Degraded::Refused),
            Some("max_tokens" | "model_context_window_exceeded") => return Err(Degraded::Invalid("it was cut off")),
            _ => return Err(Degraded::Invalid("it does not call the tool")),
        }
        let mut calls = self.content.into_iter().filter_map(|block| match block {
            Block::ToolUse { name, input } if name == tool.name => Some(input),
            _ => None,
        });
        match (calls.next(), calls.next()) {
            (Some(input), None) => Ok(input),
            (None, _) => Err(Degraded::Invalid("it does not call the tool")),
            (Some(_), Some(_)) => Err(Degraded::Invalid("it calls the tool more than once")),
        }
    }
}

/// The name of the error in the body of a response whose status is not 200, such as `overloaded_error`.
pub(super) fn error_kind(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        error: Error,
    }
    #[derive(Deserialize)]
    struct Error {
        r#type: String,
    }
    let kind = serde_json::from_slice::<Body>(body).ok()?.error.r#type;
    // It goes into the log: only what has the form of a name.
    (kind.len() <= 64 && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).then_some(kind)
}
