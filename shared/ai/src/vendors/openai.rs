//! OpenAI's `POST /v1/responses` (developers.openai.com/api/reference/resources/responses). The older chat completions take
//! no tools of models that think (GPT-5.4 and later).
//!
//! Nothing is kept there (`store: false`), and the call is demanded: there is one tool. A stream's last event holds the whole
//! response, so the parts before it only show that the model is at work, and how much it wrote where the last event never comes.

use domain::tenancy::usage::Tokens;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Question, Setback, Tried, input, only_call, setback};
use crate::Degraded;
use crate::prompt::{Message, Prompt, Speaker};
use crate::tool::{Tool, without_nulls};

/// The body of a request.
#[derive(Serialize)]
pub(super) struct Request<'a> {
    model: &'a str,
    max_output_tokens: u32,
    stream: bool,
    store: bool,
    reasoning: Reasoning,
    tools: [ToolOf<'a>; 1],
    tool_choice: &'static str,
    parallel_tool_calls: bool,
    instructions: &'a str,
    input: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Reasoning {
    effort: &'static str,
}

#[derive(Serialize)]
struct ToolOf<'a> {
    r#type: &'static str,
    name: &'a str,
    description: &'a str,
    strict: bool,
    parameters: &'a Value,
}

#[derive(Serialize)]
struct Item<'a> {
    role: &'static str,
    content: &'a str,
}

impl<'a> Request<'a> {
    /// Asks `model` for one call of the tool. What is the same from turn to turn comes first: the vendor caches a prefix by
    /// itself.
    pub(super) fn new(model: &'a str, question: &Question<'a>) -> Self {
        let Question { tool, prompt, max_tokens, .. } = *question;
        Self {
            model,
            max_output_tokens: max_tokens,
            stream: true,
            store: false,
            reasoning: Reasoning { effort: "low" },
            tools: [ToolOf {
                r#type: "function",
                name: tool.name,
                description: tool.description,
                strict: true,
                parameters: &tool.nullable_schema,
            }],
            tool_choice: "required",
            parallel_tool_calls: false,
            instructions: &prompt.tenant,
            input: items(prompt),
        }
    }
}

fn items(prompt: &Prompt) -> Vec<Item<'_>> {
    let turn = Item { role: "developer", content: &prompt.turn };
    let said = prompt.messages.iter().map(|Message { role, content }| Item {
        role: match role {
            Speaker::User => "user",
            Speaker::Assistant => "assistant",
        },
        content,
    });
    [turn].into_iter().chain(said).collect()
}

/// The body of a response. Unknown fields and unknown kinds of output pass.
#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    model: String,
    status: String,
    error: Option<Error>,
    incomplete_details: Option<Incomplete>,
    #[serde(default)]
    output: Vec<Output>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Error {
    code: Option<String>,
}

#[derive(Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Output {
    FunctionCall {
        name: String,
        arguments: String,
    },
    Message {
        #[serde(default)]
        content: Vec<Part>,
    },
    /// `reasoning`, and whatever comes later.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Part {
    r#type: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Usage {
    input_tokens: u64,
    input_tokens_details: Details,
    output_tokens: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    cached_tokens: u64,
    cache_write_tokens: u64,
}

impl Usage {
    /// `input_tokens` are all that were read. Thinking counts as output.
    fn tokens(&self) -> Tokens {
        let Details { cached_tokens, cache_write_tokens } = self.input_tokens_details;
        let cached = cached_tokens.saturating_add(cache_write_tokens);
        Tokens {
            uncached: self.input_tokens.saturating_sub(cached),
            cache_written: cache_write_tokens,
            cache_read: cached_tokens,
            output: self.output_tokens,
        }
    }
}

pub(super) fn read(body: &[u8], tool: &Tool, tried: &mut Tried) -> Result<Value, Setback> {
    let response = serde_json::from_slice(body).map_err(|_| Degraded::Invalid("it is not a message"))?;
    called(response, tool, tried)
}

fn called(response: Response, tool: &Tool, tried: &mut Tried) -> Result<Value, Setback> {
    if let Some(usage) = response.usage {
        (tried.tokens, tried.is_counted) = (usage.tokens(), true);
    }
    tried.model = response.model;
    let incomplete = response.incomplete_details.and_then(|details| details.reason);
    match (response.status.as_str(), incomplete.as_deref()) {
        ("completed", _) => {}
        ("incomplete", Some("content_filter")) => return Err(Degraded::Refused.into()),
        ("incomplete", _) => return Err(Degraded::CUT_OFF.into()),
        _ => return Err(setback(response.error.and_then(|error| error.code))),
    }
    let declines = |output: &Output| match output {
        Output::Message { content } => content.iter().any(|part| part.r#type == "refusal"),
        _ => false,
    };
    if response.output.iter().any(declines) {
        return Err(Degraded::Refused.into());
    }
    let calls = response.output.iter().filter_map(|output| match output {
        Output::FunctionCall { name, arguments } if name == tool.name => Some(input(arguments)),
        _ => None,
    });
    Ok(only_call(calls).map(without_nulls)?)
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Event {
    #[serde(rename = "response.completed", alias = "response.incomplete", alias = "response.failed")]
    Ended { response: Response },
    #[serde(rename = "error")]
    Error { code: Option<String> },
    /// Of the call: there is one tool, and at most one call.
    #[serde(rename = "response.function_call_arguments.delta")]
    Input {
        #[serde(default)]
        delta: String,
    },
    #[serde(
        rename = "response.output_text.delta",
        alias = "response.refusal.delta",
        alias = "response.reasoning_summary_text.delta",
        alias = "response.reasoning_text.delta"
    )]
    Part {
        #[serde(default)]
        delta: String,
    },
    /// Parts of what the last event holds, and whatever comes later.
    #[serde(other)]
    Other,
}

pub(super) fn event(data: &str, tool: &Tool, tried: &mut Tried) -> Option<Result<Value, Setback>> {
    match serde_json::from_str(data) {
        Ok(Event::Ended { response }) => Some(called(response, tool, tried)),
        Ok(Event::Error { code }) => Some(Err(setback(code))),
        Ok(Event::Input { delta }) => {
            tried.heard += delta.len();
            tried.hear(&delta);
            None
        }
        Ok(Event::Part { delta }) => {
            tried.heard += delta.len();
            None
        }
        Ok(Event::Other) => None,
        Err(_) => Some(Err(Degraded::Invalid("it is not a message").into())),
    }
}
