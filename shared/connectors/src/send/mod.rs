//! The way out: one message, one call to a vendor, one [`SendOutcome`].
//!
//! What goes to a customer is an [`Outgoing`], which only the gate's clearance makes. Mails of Porchlight itself, such as
//! an invitation, are [`email::Mail`]: they belong to no conversation, so there is no gate.
//!
//! A sender promises that it never sends a message twice. Only a connection that never came about is tried again
//! here ([`CONNECT_RETRIES`] times, jittered); every other fault goes back to the queue, sorted by whether the vendor
//! can have taken the message:
//!
//! - `Sent`: a 2xx that names the message.
//! - `Retry`: certainly not taken. Never connected; 429; the vendor's own error body with a code that passes, or any
//!   of its codes under 503.
//! - `Permanent`, `Blocked`: refused, by the vendor's code or, where it gave none, by a 4xx.
//! - `Unknown`: the request went out and no answer came that can be trusted. Timeout, reset, 502 and 504, any other
//!   5xx without the vendor's own error body, a 2xx without an id, an answer over 64 KB.
//!
//! A reason holds a vendor's code and an HTTP status. Never its text: vendors quote the number in it.

pub mod email;
mod exchange;
pub mod meta;
mod outgoing;
pub mod twilio;
pub mod webhook;

use backon::ExponentialBuilder;
use domain::Failure;
use domain::messaging::delivery::SendOutcome;
use std::time::Duration;

pub use outgoing::{Form, Media, Outgoing};

/// How often a connection that never came about is tried again.
pub const CONNECT_RETRIES: usize = 2;

/// The header, of calls and of e-mails, that carries the correlation id.
const CORRELATION_HEADER: &str = "X-Correlation-Id";

/// How long a vendor may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To connect, TLS included. Each of the connect retries has this long again.
    pub connect: Duration,
    /// From the call to the last byte of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 3 s to connect, 10 s in all: a send, the slowest connect retries included, ends within 20 s.
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), total: Duration::from_secs(10) }
    }
}

/// The HTTP client of the Meta and Twilio senders, with the default [`Timeouts`]. Build it once, at cold start.
///
/// # Errors
/// [`Failure::Permanent`] when the TLS library does not start.
pub fn http_client() -> Result<reqwest::Client, Failure> {
    http_client_with(Timeouts::default())
}

/// As [`http_client`], with other timeouts.
///
/// It follows no redirect: a vendor's API answers where it is called. It keeps no idle connection either: one that
/// died while the function was frozen would break after the request was written, and leave a message `Unknown` that
/// never left.
///
/// # Errors
/// As [`http_client`].
pub fn http_client_with(timeouts: Timeouts) -> Result<reqwest::Client, Failure> {
    client_builder(timeouts).build().map_err(|_| no_tls())
}

fn client_builder(timeouts: Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent("porchlight")
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(0)
}

pub(crate) fn no_tls() -> Failure {
    Failure::Permanent("the HTTP client could not be built: TLS is not available".to_owned())
}

/// The pauses between connection attempts: about 0.1 s and 0.2 s, each up to doubled by jitter.
pub(crate) fn connect_retries() -> ExponentialBuilder {
    ExponentialBuilder::new().with_min_delay(Duration::from_millis(100)).with_max_times(CONNECT_RETRIES).with_jitter()
}

fn permanent(reason: impl Into<String>) -> SendOutcome {
    SendOutcome::Permanent { reason: reason.into() }
}

/// Refuses a text that the vendor would: empty, or over its limit in characters. Cutting would change what was said.
fn check_length(text: &str, limit: usize) -> Result<(), SendOutcome> {
    match text.chars().count() {
        0 => Err(permanent("the text is empty")),
        length if length > limit => Err(permanent(format!("the text has {length} characters, the limit is {limit}"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backon::BackoffBuilder;

    #[test]
    fn two_more_connection_attempts_follow_within_a_second() {
        let pauses: Vec<Duration> = connect_retries().build().collect();
        assert_eq!(pauses.len(), CONNECT_RETRIES);
        assert!(pauses.iter().sum::<Duration>() < Duration::from_secs(1), "{pauses:?}");
    }

    #[test]
    fn a_limit_counts_characters_not_bytes() {
        assert_eq!(check_length(&"ñ".repeat(10), 10), Ok(()));
        assert!(check_length(&"ñ".repeat(11), 10).is_err());
        assert!(check_length("", 10).is_err());
    }
}
