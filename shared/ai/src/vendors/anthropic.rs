//! Anthropic's `POST /v1/messages`, version 2023-06-01 (platform.claude.com/docs/en/api/messages and .../messages-streaming).
//!
//! A request holds only what all current models take. Sampling parameters, switched-off thinking and a forced
//! `tool_choice` are left out on purpose: Claude Sonnet 5.5 answers each of them with 400. The choice of the tool is
//! therefore `auto`, the prompt asks for the call, and a response without it is invalid.

use std::collections::BTreeMap;

use domain::tenancy::usage::Tokens;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Question, Setback, Tried, input, only_call, setback};
use crate::Degraded;
use crate::prompt::Message;
use crate::tool::Tool;

/// The body of a request.
#[derive(Serialize)]
pub(super) struct Request<'a> {
    model: &'a str,
    max_tokens: u32,
    stream: bool,
    output_config: OutputConfig,
    tools: [ToolOf<'a>; 1],
    tool_choice: ToolChoice,
    system: [System<'a>; 2],
    messages: &'a [Message],
}

#[derive(Serialize)]
struct OutputConfig {
    effort: &'static str,
}

#[derive(Serialize)]
struct ToolOf<'a> {
    name: &'a str,
    description: &'a str,
    strict: bool,
    /// Without it each field of the input is held back there until it is whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    eager_input_streaming: bool,
    input_schema: &'a Value,
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
    /// Asks `model` for one call of the tool.
    ///
    /// The cache holds a prefix in the order tools, system, messages: the mark sits behind the tenant's part, before
    /// anything that changes from turn to turn.
    pub(super) fn new(model: &'a str, question: &Question<'a>) -> Self {
        let Question { tool, prompt, max_tokens, is_heard, .. } = *question;
        let text = |text, cache_control| System { r#type: "text", text, cache_control };
        Self {
            model,
            max_tokens,
            stream: true,
            // A person waits: the least thinking that the model thinks right.
            output_config: OutputConfig { effort: "low" },
            tools: [ToolOf {
                name: tool.name,
                description: tool.description,
                strict: true,
                eager_input_streaming: is_heard,
                input_schema: &tool.schema,
            }],
            tool_choice: ToolChoice { r#type: "auto", disable_parallel_tool_use: true },
            system: [text(&prompt.tenant, Some(CacheControl { r#type: "ephemeral" })), text(&prompt.turn, None)],
            messages: &prompt.messages,
        }
    }
}

/// The body of a response, and the beginning of one in a stream. Unknown fields and unknown kinds of content pass.
#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    model: String,
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

impl Usage {
    /// Counts tokens as they are charged; `input_tokens` alone leaves the cached ones out. Thinking counts as output. What is
    /// not said stays as it is: a stream repeats its counts, and not all of them.
    fn count(&self, tokens: &mut Tokens) {
        tokens.uncached = self.input_tokens.unwrap_or(tokens.uncached);
        tokens.cache_written = self.cache_creation_input_tokens.unwrap_or(tokens.cache_written);
        tokens.cache_read = self.cache_read_input_tokens.unwrap_or(tokens.cache_read);
        tokens.output = self.output_tokens.unwrap_or(tokens.output);
    }
}

pub(super) fn read(body: &[u8], tool: &Tool, tried: &mut Tried) -> Result<Value, Setback> {
    let response: Response = serde_json::from_slice(body).map_err(|_| Degraded::Invalid("it is not a message"))?;
    response.usage.count(&mut tried.tokens);
    tried.model = response.model;
    let calls = response.content.into_iter().filter_map(|block| match block {
        Block::ToolUse { name, input } if name == tool.name => Some(Ok(input)),
        _ => None,
    });
    Ok(called(response.stop_reason.as_deref(), calls)?)
}

fn called(stop_reason: Option<&str>, calls: impl Iterator<Item = Result<Value, Degraded>>) -> Result<Value, Degraded> {
    match stop_reason {
        Some("tool_use") => only_call(calls),
        Some("refusal") => Err(Degraded::Refused),
        Some("max_tokens" | "model_context_window_exceeded") => Err(Degraded::CUT_OFF),
        _ => Err(Degraded::Invalid("it does not call the tool")),
    }
}

/// A message that comes in parts: the calls in it, by their place, as their text so far.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    calls: BTreeMap<u64, (String, String)>,
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    MessageStart {
        message: Response,
    },
    ContentBlockStart {
        index: u64,
        content_block: Block,
    },
    ContentBlockDelta {
        index: u64,
        delta: Delta,
    },
    MessageDelta {
        delta: Stop,
        #[serde(default)]
        usage: Usage,
    },
    MessageStop,
    Error {
        error: Error,
    },
    /// `ping`, `content_block_stop`, and whatever comes later.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Delta {
    partial_json: Option<String>,
    text: Option<String>,
    thinking: Option<String>,
}

#[derive(Deserialize)]
struct Stop {
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Error {
    r#type: Option<String>,
}

impl Stream {
    pub(super) fn event(&mut self, data: &str, tool: &Tool, tried: &mut Tried) -> Option<Result<Value, Setback>> {
        let Ok(event) = serde_json::from_str(data) else {
            return Some(Err(Degraded::Invalid("it is not a message").into()));
        };
        match event {
            Event::MessageStart { message } => {
                message.usage.count(&mut tried.tokens);
                tried.model = message.model;
            }
            Event::ContentBlockStart { index, content_block: Block::ToolUse { name, .. } } => {
                self.calls.insert(index, (name, String::new()));
            }
            Event::ContentBlockDelta { index, delta } => {
                let parts = [&delta.partial_json, &delta.text, &delta.thinking];
                tried.heard += parts.into_iter().flatten().map(String::len).sum::<usize>();
                if let Some(((name, text), part)) = self.calls.get_mut(&index).zip(delta.partial_json) {
                    if *name == tool.name {
                        tried.hear(&part);
                    }
                    text.push_str(&part);
                }
            }
            Event::MessageDelta { delta, usage } => {
                usage.count(&mut tried.tokens);
                tried.is_counted = usage.output_tokens.is_some();
                self.stop_reason = delta.stop_reason.or(self.stop_reason.take());
            }
            Event::MessageStop => {
                let calls = self.calls.values().filter(|(name, _)| name == tool.name).map(|(_, text)| input(text));
                return Some(called(self.stop_reason.as_deref(), calls).map_err(Setback::from));
            }
            Event::Error { error } => return Some(Err(setback(error.r#type))),
            Event::ContentBlockStart { .. } | Event::Other => {}
        }
        None
    }
}
