//! Plays one message per channel to a running stack and reads back, through the API, what became of each.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::http::{Answer, Http};
use crate::interrupt::Interrupt;
use crate::samples::{self, Delivery, Run, text_at};
use crate::stack::Stack;
use crate::steps::Progress;

/// One sample for each way in, and the demo tenant that it is for.
pub const CHANNELS: [(&str, &str); 5] = [
    ("webhook-web-form", "summit-roofing"),
    ("webhook-whatsapp", "alamo-dental"),
    ("webhook-sms", "summit-roofing"),
    ("webhook-live-chat", "alamo-dental"),
    ("webhook-missed-call", "summit-roofing"),
];
/// How long all five may take together.
const PATIENCE: Duration = Duration::from_secs(60);
/// What no answer leaves any more, or leaves only for better (`sent`, `delivered`, `read`).
const SETTLED: [&str; 8] = ["sent", "delivered", "read", "failed", "unknown", "held", "skipped", "dropped"];

/// One message and what came of it. `customer` and `reply` are messages as the API shows them.
pub struct Turn {
    /// The sample it came from, such as `webhook-sms`.
    pub sample: &'static str,
    /// The customer's message, once it is stored.
    pub customer: Option<Value>,
    /// The answer to it, once its fate is settled.
    pub reply: Option<Value>,
    /// The lead, as it stands then.
    pub lead: Option<Value>,
    /// From the call of the webhook until the answer was seen to be sent.
    pub took: Duration,
    tenant: usize,
    correlation: String,
    sent_at: Instant,
}

impl Turn {
    /// Whether the customer got an answer.
    #[must_use]
    pub fn answered(&self) -> bool {
        matches!(self.state(), Some("sent" | "delivered" | "read"))
    }

    /// Where the answer is: `sent`, `skipped`, ….
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.reply.as_ref()?.pointer("/delivery/state")?.as_str()
    }
}

/// The names of all samples.
#[must_use]
pub fn all() -> [&'static str; 5] {
    CHANNELS.map(|(sample, _)| sample)
}

/// Sends `samples` as `run`, then reads until each answer is settled or a minute is over.
///
/// # Errors
/// When a webhook or the API refuses; an answer that does not come is no error but a [`Turn`] without it.
pub fn replay(
    stack: &Stack,
    root: &Path,
    run: &Run,
    samples: &[&'static str],
    progress: &Progress,
    interrupt: &Interrupt,
) -> Result<Vec<Turn>> {
    let mut turns = Vec::new();
    for sample in samples.iter().copied() {
        progress.note(sample);
        turns.push(send(stack, root, run, sample)?);
    }
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && turns.iter().any(|turn| turn.reply.is_none()) {
        interrupt.check()?;
        for index in 0..stack.tenants.len() {
            read_back(stack, index, &mut turns)?;
        }
        let settled = turns.iter().filter(|turn| turn.reply.is_some()).count();
        progress.at(settled as u64, turns.len() as u64);
        thread::sleep(Duration::from_millis(100));
    }
    Ok(turns)
}

/// The demo tenant that a sample is for.
///
/// # Errors
/// When the stack has too few.
pub fn tenant_of<'a>(stack: &'a Stack, sample: &str) -> Result<&'a Value> {
    let index = place_of(stack, sample);
    index.and_then(|index| stack.tenants.get(index)).with_context(|| format!("no demo tenant for {sample}"))
}

/// Where that tenant stands in the stack's list.
fn place_of(stack: &Stack, sample: &str) -> Option<usize> {
    let (_, id) = CHANNELS.iter().find(|(name, _)| *name == sample)?;
    stack.tenants.iter().position(|tenant| tenant.get("id").and_then(Value::as_str) == Some(*id))
}

fn send(stack: &Stack, root: &Path, run: &Run, sample: &'static str) -> Result<Turn> {
    let keys = tenant_of(stack, sample)?;
    let tenant = place_of(stack, sample).unwrap_or_default();
    let mut delivery = Delivery::from_event(&samples::read(root, sample)?, stack, keys, run)
        .with_context(|| format!("events/{sample}.json"))?;
    let correlation = format!("{sample}-{}", run.id);
    delivery.headers.push(("x-correlation-id".to_owned(), correlation.clone()));
    let sent_at = Instant::now();
    let answer = delivery.send(stack)?;
    ensure!(
        (200..300).contains(&answer.status),
        "{} {} answered {}: {}",
        delivery.method,
        delivery.path,
        answer.status,
        answer.body
    );
    Ok(Turn { sample, customer: None, reply: None, lead: None, took: Duration::ZERO, tenant, correlation, sent_at })
}

/// Looks through a tenant's latest conversations for the messages of its open turns.
fn read_back(stack: &Stack, tenant: usize, turns: &mut [Turn]) -> Result<()> {
    let mut open: Vec<_> = turns.iter_mut().filter(|turn| turn.tenant == tenant && turn.reply.is_none()).collect();
    let Some(keys) = stack.tenants.get(tenant).filter(|_| !open.is_empty()) else { return Ok(()) };
    let api = Api::of(stack, keys)?;
    let latest = api.get("/v1/conversations?limit=10")?;
    for conversation in list(&latest, "items")? {
        let id = text_at(conversation, "id")?;
        let whole = api.get(&format!("/v1/conversations/{id}"))?;
        let messages = list(&whole, "messages")?;
        for turn in &mut open {
            let ours = |role: &str| {
                let found = messages.iter().find(|message| {
                    message.get("correlation_id").and_then(Value::as_str) == Some(&turn.correlation)
                        && message.get("role").and_then(Value::as_str) == Some(role)
                });
                found.cloned()
            };
            let (customer, reply) = (ours("customer"), ours("assistant"));
            let settled = |reply: &Value| {
                reply.pointer("/delivery/state").and_then(Value::as_str).is_some_and(|state| SETTLED.contains(&state))
            };
            turn.customer = customer.or(turn.customer.take());
            if let Some(reply) = reply.filter(settled) {
                turn.lead = Some(api.get(&format!("/v1/leads/{}", text_at(&reply, "lead")?))?);
                turn.reply = Some(reply);
                turn.took = turn.sent_at.elapsed();
            }
        }
    }
    Ok(())
}

fn list<'a>(answer: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    answer.get(name).and_then(Value::as_array).with_context(|| format!("the API's answer has no list of {name}"))
}

/// The tenant-facing API, with a tenant's key.
pub struct Api<'a> {
    http: Http,
    stack: &'a Stack,
    key: &'a str,
}

impl<'a> Api<'a> {
    /// For the demo tenant that has these `keys`.
    ///
    /// # Errors
    /// When it has no API key.
    pub fn of(stack: &'a Stack, keys: &'a Value) -> Result<Self> {
        Ok(Self { http: stack.http(), stack, key: text_at(keys, "api_key")? })
    }

    /// Any answer.
    ///
    /// # Errors
    /// When none comes.
    pub fn ask(&self, path: &str) -> Result<Answer> {
        let headers = [self.stack.host_header(), ("authorization".to_owned(), format!("Bearer {}", self.key))];
        self.http.get(path, &headers)
    }

    fn get(&self, path: &str) -> Result<Value> {
        let answer = self.ask(path)?;
        if answer.status != 200 {
            bail!("GET {path} answered {}: {}", answer.status, answer.body);
        }
        Ok(serde_json::from_str(&answer.body)?)
    }
}
