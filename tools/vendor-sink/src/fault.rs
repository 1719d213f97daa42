//! Faults that a test programs.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::sink::Vendor;

/// What the next calls of a vendor meet. The body of `POST /_sink/faults`; faults of one vendor queue up.
///
/// With a `status` the call is answered so and its message is not taken. Without one the message is taken, and only
/// the answer comes late (`delay_ms`) or never (`drop_after_accept`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Whose calls.
    pub vendor: Vendor,
    /// Only those that write to this recipient, as the call names it; without one, to any.
    #[serde(default)]
    pub to: Option<String>,
    /// How many of them, at least 1.
    #[serde(default = "once")]
    pub times: u32,
    /// The answer's status, 200 to 599.
    #[serde(default)]
    pub status: Option<u16>,
    /// The answer's body: a string as it is, anything else as JSON. Needs a status.
    #[serde(default)]
    pub body: Option<Value>,
    /// The answer's headers. Need a status.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How long the answer is held back, in milliseconds.
    #[serde(default)]
    pub delay_ms: u64,
    /// Take the message, then close the connection without an answer.
    #[serde(default)]
    pub drop_after_accept: bool,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// What is wrong with it, in one sentence.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if self.times == 0 {
            Err("times must be at least 1")
        } else if self.status.is_some_and(|status| !(200..600).contains(&status)) {
            Err("status must be 200 to 599")
        } else if self.status.is_none() && (self.body.is_some() || !self.headers.is_empty()) {
            Err("body and headers need a status")
        } else if self.status.is_some() && self.drop_after_accept {
            Err("drop_after_accept and status exclude each other")
        } else if self.headers.iter().any(|header| parsed(header).is_none()) {
            Err("headers must be valid HTTP headers")
        } else {
            Ok(())
        }
    }

    /// Whether a call of `vendor` meets it; `to` is `None` where the vendor itself refuses the call.
    pub(crate) fn meets(&self, vendor: Vendor, to: Option<&str>) -> bool {
        self.vendor == vendor && self.to.as_deref().is_none_or(|wanted| to == Some(wanted))
    }

    /// The programmed answer, where there is one.
    pub(crate) fn answer(&self) -> Option<Response> {
        let status = StatusCode::from_u16(self.status?).ok()?;
        let mut answer = match &self.body {
            None => status.into_response(),
            Some(Value::String(text)) => (status, text.clone()).into_response(),
            Some(json) => (status, Json(json)).into_response(),
        };
        answer.headers_mut().extend(self.headers.iter().filter_map(parsed));
        Some(answer)
    }

    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }
}

fn parsed((name, value): (&String, &String)) -> Option<(HeaderName, HeaderValue)> {
    Some((name.parse().ok()?, value.parse().ok()?))
}
