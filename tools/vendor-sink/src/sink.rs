//! What the sink remembers, and the course of every call: judge, record, fail if programmed to, answer.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::fault::Fault;
use crate::line::Line;

/// How many messages are kept; the oldest go first.
pub const KEPT_MESSAGES: usize = 100_000;

/// Whose API a call speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// WhatsApp Cloud API.
    Meta,
    /// Twilio's Messages resource.
    Twilio,
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Counts from 1, over both vendors.
    pub number: u64,
    /// The id it was given: `wamid…` or `SM…`.
    pub id: String,
    /// Whose API took it.
    pub vendor: Vendor,
    /// The recipient: a number, or a WhatsApp user id.
    pub to: String,
    /// The sender: Meta's phone number id, or the number.
    pub from: String,
    /// The text; empty where a template says it.
    pub body: String,
    /// The template, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// Where the file is that goes along, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Meta's `biz_opaque_callback_data`; the `ref` of Twilio's `StatusCallback`.
    pub reference: Option<String>,
    /// When (UTC).
    pub at: Timestamp,
}

/// A template as it was asked for: what Meta would have made of it is not known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The code of its language.
    pub language: String,
    /// What stands in the places of its body, in their order.
    pub values: Vec<String>,
}

/// A message as a vendor's rules let it pass.
pub(crate) struct Draft {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) body: String,
    pub(crate) template: Option<Template>,
    pub(crate) media: Option<String>,
    pub(crate) reference: Option<String>,
}

/// An answer in the vendor's format.
pub(crate) type Answer = (StatusCode, Json<Value>);

/// The memory, shared by all calls.
#[derive(Clone, Default)]
pub(crate) struct Sink(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    taken: u64,
    messages: VecDeque<Message>,
    faults: Vec<Fault>,
}

impl Sink {
    // No code panics while it holds the lock, so a poisoned memory is a whole one.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The messages after number `after`.
    pub(crate) fn messages(&self, after: u64) -> Vec<Message> {
        self.memory().messages.iter().filter(|message| message.number > after).cloned().collect()
    }

    pub(crate) fn forget(&self) {
        self.memory().messages.clear();
    }

    pub(crate) fn program(&self, fault: Fault) {
        self.memory().faults.push(fault);
    }

    /// The oldest fault that a call of `vendor` to `to` meets, used once.
    fn next_fault(&self, vendor: Vendor, to: Option<&str>) -> Option<Fault> {
        let faults = &mut self.memory().faults;
        let at = faults.iter().position(|fault| fault.meets(vendor, to))?;
        let fault = faults.get_mut(at)?;
        fault.times = fault.times.saturating_sub(1);
        let used = fault.clone();
        if used.times == 0 {
            faults.remove(at);
        }
        Some(used)
    }

    fn record(&self, vendor: Vendor, draft: Draft) -> Message {
        let mut memory = self.memory();
        memory.taken += 1;
        let number = memory.taken;
        let id = match vendor {
            Vendor::Meta => format!("wamid.SINK{number:012}"),
            Vendor::Twilio => format!("SM{number:032x}"),
        };
        let Draft { to, from, body, template, media, reference } = draft;
        let message = Message { number, id, vendor, to, from, body, template, media, reference, at: Timestamp::now() };
        if memory.messages.len() == KEPT_MESSAGES {
            memory.messages.pop_front();
        }
        memory.messages.push_back(message.clone());
        message
    }

    /// One call: `judged` is what the vendor's rules say of it, `taken` its answer to a message that passes.
    pub(crate) async fn call(
        &self,
        vendor: Vendor,
        line: &Line,
        judged: Result<Draft, Answer>,
        taken: impl FnOnce(&Message) -> Answer,
    ) -> Response {
        let to = judged.as_ref().ok().map(|draft| draft.to.as_str());
        let fault = self.next_fault(vendor, to);
        let answer = match (fault.as_ref().and_then(Fault::answer), judged) {
            (Some(programmed), _) => programmed,
            (None, Err(refused)) => refused.into_response(),
            (None, Ok(draft)) => {
                let message = self.record(vendor, draft);
                if fault.as_ref().is_some_and(|fault| fault.drop_after_accept) {
                    line.cut();
                }
                taken(&message).into_response()
            }
        };
        if let Some(fault) = fault {
            tokio::time::sleep(fault.delay()).await;
        }
        answer
    }
}
