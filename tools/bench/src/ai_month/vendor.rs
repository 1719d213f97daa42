//! A stub of Anthropic's API on the loopback interface: it answers every call, and bills by what it was sent.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::Assumed;

/// How long a prefix stays in the cache, in seconds (platform.claude.com/docs/en/build-with-claude/prompt-caching).
const CACHED_FOR: u64 = 300;
/// The shortest prefix that is cached, in tokens: that of Claude Sonnet 5.5.
const SHORTEST_PREFIX: u64 = 512;

/// The stub; ends when it is dropped.
pub(super) struct Vendor {
    pub(super) url: String,
    desk: Arc<Mutex<Desk>>,
    server: JoinHandle<()>,
}

/// What it knows while it answers.
struct Desk {
    assumed: Assumed,
    /// The time of the month, in seconds.
    now: u64,
    /// Whose call is next.
    business: u64,
    /// How sure the next answer is, in percent.
    confidence: u8,
    cache: HashMap<u64, u64>,
    /// The last request.
    last: Option<Value>,
}

impl Vendor {
    pub(super) async fn start(assumed: Assumed) -> Result<Self> {
        let desk = Arc::new(Mutex::new(Desk {
            assumed,
            now: 0,
            business: 0,
            confidence: 100,
            cache: HashMap::new(),
            last: None,
        }));
        let app = Router::new().route("/v1/messages", post(answer)).with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no port for the stub")?;
        let url = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(async move {
            // It runs until the bench ends it.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { url, desk, server })
    }

    /// The next call comes at `now` from `business`, and its answer is so sure.
    pub(super) fn expect(&self, now: u64, business: u64, confidence: u8) {
        let mut desk = lock(&self.desk);
        (desk.now, desk.business, desk.confidence) = (now, business, confidence);
    }

    /// The body of the last request.
    pub(super) fn last(&self) -> Option<String> {
        lock(&self.desk).last.take().map(|request| request.to_string())
    }

    /// Forgets what is cached.
    pub(super) fn forget(&self) {
        lock(&self.desk).cache.clear();
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(desk): State<Arc<Mutex<Desk>>>, Json(request): Json<Value>) -> Json<Value> {
    let mut desk = lock(&desk);
    let answer = desk.answer(&request);
    desk.last = Some(request);
    Json(answer)
}

impl Desk {
    fn answer(&mut self, request: &Value) -> Value {
        let model = request.get("model").and_then(Value::as_str).unwrap_or_default();
        let tool = request.pointer("/tools/0/name").and_then(Value::as_str).unwrap_or_default();
        let text = |place: &str| request.pointer(place).map(Value::to_string).unwrap_or_default();
        let prefix = format!("{}{}", text("/tools"), text("/system/0/text"));
        let rest = self.tokens(&text("/system/1/text")) + self.tokens(&text("/messages"));
        let (uncached, written, read) = self.cached(model, &prefix, rest);
        let (input, output) = match tool {
            "route" => (json!({ "language": "en", "confidence": self.confidence }), self.assumed.route_output_tokens),
            _ => (respond(), self.assumed.respond_output_tokens),
        };
        json!({
            "id": "msg_0001", "type": "message", "role": "assistant", "model": model,
            "content": [{ "type": "tool_use", "id": "toolu_0001", "name": tool, "input": input }],
            "stop_reason": "tool_use", "stop_sequence": null,
            "usage": {
                "input_tokens": uncached, "cache_creation_input_tokens": written, "cache_read_input_tokens": read,
                "output_tokens": output,
            },
        })
    }

    /// How many tokens are read again, written into the cache and read from it.
    fn cached(&mut self, model: &str, prefix: &str, rest: u64) -> (u64, u64, u64) {
        let tokens = self.tokens(prefix);
        if tokens < SHORTEST_PREFIX {
            return (tokens + rest, 0, 0);
        }
        let mut hasher = DefaultHasher::new();
        (self.business, model, prefix).hash(&mut hasher);
        let last = self.cache.insert(hasher.finish(), self.now);
        if last.is_some_and(|last| self.now.saturating_sub(last) < CACHED_FOR) {
            (rest, 0, tokens)
        } else {
            (rest, tokens, 0)
        }
    }

    fn tokens(&self, text: &str) -> u64 {
        u64::try_from(text.chars().count()).unwrap_or(u64::MAX).div_ceil(self.assumed.characters_per_token)
    }
}

/// An answer that says nothing that would have to be checked.
fn respond() -> Value {
    json!({
        "reply": "Thank you. What else would you like to tell us?", "language": "en", "intent": "detail",
        "sentiment": "neutral", "action": "reply", "score": "warm", "confidence": 90, "qualification": {}, "given": {},
        "intake_answers": [],
    })
}
