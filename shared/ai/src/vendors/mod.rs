//! The vendors' APIs: what a request is, and what of a response matters here. Both are asked for a stream, and a response that
//! is none, as some gateways give it, is read as a whole.

mod anthropic;
mod embeddings;
mod openai;

use std::time::Duration;

use domain::Failure;
use domain::tenancy::Tier;
use domain::tenancy::usage::Tokens;
use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::Degraded;
use crate::hearing::Hearing;
use crate::prompt::Prompt;
use crate::tool::Tool;

pub use embeddings::EmbeddingModel;

/// Whose API it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// `POST /v1/messages`.
    Anthropic,
    /// `POST /v1/responses`.
    OpenAi,
}

/// The names of a vendor's models, by what they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// Sorts, scores, fills in forms.
    pub simple: String,
    /// Converses.
    pub standard: String,
    /// Writes what matters most.
    pub premium: String,
}

impl Default for Models {
    /// Anthropic's (platform.claude.com/docs/en/about-claude/models, October 2026).
    fn default() -> Self {
        Self::named(["claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"])
    }
}

impl Models {
    /// OpenAI's (developers.openai.com/api/docs/guides/latest-model, November 2026). GPT-6.1 Sol converses and writes: the
    /// one above it costs five times as much.
    #[must_use]
    pub fn openai() -> Self {
        Self::named(["gpt-6-luna", "gpt-6.1-sol", "gpt-6.1-sol"])
    }

    /// Reads the three names as they are set: the small, the middle and the large one, with commas between.
    ///
    /// # Errors
    /// [`Failure::Permanent`] where they are not three.
    pub fn parse(names: &str) -> Result<Self, Failure> {
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let three: [&str; 3] = names.try_into().map_err(|_| {
            Failure::Permanent("a vendor's models are three names with commas between: small,middle,large".to_owned())
        })?;
        Ok(Self::named(three))
    }

    fn named([simple, standard, premium]: [&str; 3]) -> Self {
        Self { simple: simple.to_owned(), standard: standard.to_owned(), premium: premium.to_owned() }
    }

    pub(crate) fn of(&self, tier: Tier) -> &str {
        match tier {
            Tier::Simple => &self.simple,
            Tier::Standard => &self.standard,
            Tier::Premium => &self.premium,
        }
    }
}

/// A vendor whose models may be asked. Its debug print does not show the key.
#[derive(Debug)]
pub struct Vendor {
    pub(crate) api: Api,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) models: Models,
}

impl Vendor {
    /// Anthropic at `base`, `https://api.anthropic.com` in production.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the key fits into no header or the address is no HTTP address: neither heals by itself.
    pub fn anthropic(key: &SecretString, base: &Url, models: Models) -> Result<Self, Failure> {
        let headers = vec![
            (HeaderName::from_static("x-api-key"), secret(key.expose_secret())?),
            (HeaderName::from_static("anthropic-version"), HeaderValue::from_static("2023-06-01")),
        ];
        Ok(Self { api: Api::Anthropic, url: below(base, "messages")?, headers, models })
    }

    /// OpenAI at `base`, `https://api.openai.com` in production.
    ///
    /// # Errors
    /// As [`Vendor::anthropic`].
    pub fn openai(key: &SecretString, base: &Url, models: Models) -> Result<Self, Failure> {
        Ok(Self { api: Api::OpenAi, url: below(base, "responses")?, headers: bearer(key)?, models })
    }

    /// The name in logs and of the circuit breaker.
    pub(crate) fn name(&self) -> &'static str {
        match self.api {
            Api::Anthropic => "anthropic",
            Api::OpenAi => "openai",
        }
    }
}

fn secret(text: &str) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| Failure::Permanent("a model key holds characters that no header takes".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn bearer(key: &SecretString) -> Result<Vec<(HeaderName, HeaderValue)>, Failure> {
    let bearer = secret(&format!("Bearer {}", key.expose_secret()))?;
    Ok(vec![(reqwest::header::AUTHORIZATION, bearer)])
}

fn below(base: &Url, path: &str) -> Result<Url, Failure> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| Failure::Permanent("a model's address must begin with https://".to_owned()))?
        .pop_if_empty()
        .extend(["v1", path]);
    Ok(url)
}

/// What a model is asked, before any vendor's form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) tool: &'a Tool,
    pub(crate) prompt: &'a Prompt,
    /// Thinking counts.
    pub(crate) max_tokens: u32,
    /// Whether someone hears the tool's input while it is written.
    pub(crate) is_heard: bool,
    /// How long one try may take, where that is longer than what a try may take at least.
    pub(crate) try_limit: Duration,
}

/// The result of one try.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    /// Which model answered; empty where it did not say.
    pub(crate) model: String,
    /// What the vendor has counted so far.
    pub(crate) tokens: Tokens,
    /// Whether that is all.
    pub(crate) is_counted: bool,
    /// The bytes of the request.
    pub(crate) asked: usize,
    /// Whether it is paid for though the vendor has not counted: the answer came as a stream, or was stopped before it came.
    pub(crate) is_owed: bool,
    /// Whether anything of the stream came.
    pub(crate) has_begun: bool,
    /// The bytes of the answer's parts that came.
    pub(crate) heard: usize,
    /// Who is told what is written.
    pub(crate) hearing: Option<Hearing>,
}

/// How many bytes are taken for a token where no one has counted.
const BYTES_A_TOKEN: usize = 4;

impl Tried {
    /// The next part of the input of the call.
    fn hear(&mut self, part: &str) {
        if let Some(hearing) = &mut self.hearing {
            hearing.part(part);
        }
    }

    /// The last event came.
    pub(crate) fn hear_the_end(&self, ended: &Result<Value, Setback>) {
        if let Some(hearing) = self.hearing.as_ref().filter(|_| ended.is_ok()) {
            hearing.end();
        }
    }

    /// Paid for, whatever the result: as the vendor counted, and estimated where a stream broke off before it did.
    pub(crate) fn paid_for(&self) -> Tokens {
        if !self.is_owed || self.is_counted {
            return self.tokens;
        }
        let tokens = |bytes: usize| u64::try_from(bytes / BYTES_A_TOKEN).unwrap_or(u64::MAX);
        let uncached = if self.tokens.input() > 0 { self.tokens.uncached } else { tokens(self.asked) };
        Tokens { uncached, output: self.tokens.output.max(tokens(self.heard)), ..self.tokens }
    }
}

/// One try that gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Setback {
    pub(crate) reason: Degraded,
    /// The vendor's name of the error.
    pub(crate) error: Option<String>,
    /// What the vendor asks us to wait.
    pub(crate) retry_after: Option<Duration>,
    /// Whether a part of the answer had come.
    pub(crate) has_begun: bool,
}

impl From<Degraded> for Setback {
    fn from(reason: Degraded) -> Self {
        Self { reason, error: None, retry_after: None, has_begun: false }
    }
}

impl Api {
    /// The body of a request to `model`.
    pub(crate) fn body(self, model: &str, question: &Question<'_>) -> Result<Vec<u8>, Degraded> {
        let body = match self {
            Self::Anthropic => serde_json::to_vec(&anthropic::Request::new(model, question)),
            Self::OpenAi => serde_json::to_vec(&openai::Request::new(model, question)),
        };
        body.map_err(|_| Degraded::Invalid("the request could not be written"))
    }

    /// Reads a whole response of status 200: the input of the one call of `tool`.
    pub(crate) fn read(self, body: &[u8], tool: &Tool, tried: &mut Tried) -> Result<Value, Setback> {
        match self {
            Self::Anthropic => anthropic::read(body, tool, tried),
            Self::OpenAi => openai::read(body, tool, tried),
        }
    }

    /// What reads a stream of events.
    pub(crate) fn stream(self) -> Stream {
        match self {
            Self::Anthropic => Stream::Anthropic(anthropic::Stream::default()),
            Self::OpenAi => Stream::OpenAi,
        }
    }

    /// What a status other than 200 means.
    pub(crate) fn failed(status: u16, body: &[u8], retry_after: Option<Duration>) -> Setback {
        let names = error_names(body);
        let is_unpaid = names.iter().any(|name| UNPAID.contains(&name.as_str()));
        let reason = if is_unpaid { Degraded::Rejected(status) } else { Degraded::from_status(status) };
        Setback { error: names.into_iter().next_back(), retry_after, ..Setback::from(reason) }
    }
}

/// A stream that is being read.
#[derive(Debug)]
pub(crate) enum Stream {
    Anthropic(anthropic::Stream),
    /// Its last event holds all that the ones before said in parts.
    OpenAi,
}

impl Stream {
    /// Takes the data of an event; the input of the call where it is the last one.
    pub(crate) fn event(&mut self, data: &str, tool: &Tool, tried: &mut Tried) -> Option<Result<Value, Setback>> {
        match self {
            Self::Anthropic(stream) => stream.event(data, tool, tried),
            Self::OpenAi => openai::event(data, tool, tried),
        }
    }
}

/// Names of errors that say that nothing more is paid for: no wait helps.
const UNPAID: [&str; 6] = [
    "insufficient_quota",
    "billing_error",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "enforced_spend_limit_reached",
];

/// The kind and the code of the error in a body, such as `overloaded_error`: only what has the form of a name, because it goes
/// into the log.
fn error_names(body: &[u8]) -> Vec<String> {
    #[derive(Deserialize)]
    struct Body {
        error: Error,
    }
    #[derive(Deserialize)]
    struct Error {
        r#type: Option<String>,
        code: Option<Value>,
    }
    let Ok(Body { error }) = serde_json::from_slice(body) else { return Vec::new() };
    let code = error.code.and_then(|code| code.as_str().map(str::to_owned));
    [error.r#type, code].into_iter().flatten().filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// An error that a stream tells of by its name.
fn setback(name: Option<String>) -> Setback {
    let name = name.filter(|name| is_name(name));
    let reason = match name.as_deref() {
        Some("rate_limit_error" | "rate_limit_exceeded" | "slow_down") => Degraded::Busy(429),
        Some("overloaded_error") => Degraded::Busy(529),
        Some("invalid_request_error") => Degraded::Rejected(400),
        Some("invalid_prompt") => Degraded::Refused,
        Some(name) if UNPAID.contains(&name) => Degraded::Rejected(429),
        _ => Degraded::Busy(500),
    };
    Setback { error: name, ..Setback::from(reason) }
}

/// The one of the calls, if it is one.
fn only_call(mut calls: impl Iterator<Item = Result<Value, Degraded>>) -> Result<Value, Degraded> {
    match (calls.next(), calls.next()) {
        (Some(input), None) => input,
        (None, _) => Err(Degraded::Invalid("it does not call the tool")),
        (Some(_), Some(_)) => Err(Degraded::Invalid("it calls the tool more than once")),
    }
}

/// The input of a call as it is written in text.
fn input(text: &str) -> Result<Value, Degraded> {
    serde_json::from_str(text).map_err(|_| Degraded::Invalid("the input of the call is not JSON"))
}
