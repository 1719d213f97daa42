//! What is noted of a request to the API, for whoever looks for why a program did not do what it should: what was called and how that
//! ended. Neither bodies nor ids of what it was about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Actor;

/// A request to the API, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoggedRequest {
    /// As the header `x-request-id` of its answer says, and `request_id` in a problem.
    #[schema(example = "001795176720000-JKJaXmPLvHcESHB")]
    pub id: String,
    /// When it came (UTC).
    pub at: Timestamp,
    /// Its method.
    #[schema(example = "POST")]
    pub method: String,
    /// The route that took it, without the ids that stood in its address.
    #[schema(example = "/v1/leads/{id}")]
    pub route: String,
    /// How it was answered.
    #[schema(example = 400)]
    pub status: u16,
    /// The `code` of the problem that it was answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "invalid")]
    pub code: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// By which key, or who.
    pub actor: Actor,
    /// Whether it was made with a key for tests.
    #[serde(default)]
    pub test: bool,
    /// By which the log lines of all that it caused are found.
    #[serde(default)]
    pub correlation_id: String,
}

/// The longest id of a request.
const MAX_ID: usize = 80;

/// The id of a request that came at `at`, which the gateway calls `name`: ids are in the order of time.
#[must_use]
pub fn request_id(at: Timestamp, name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).take(MAX_ID - 16).collect();
    format!("{:015}-{plain}", at.as_millisecond())
}

/// Whether `id` has the form of one.
#[must_use]
pub fn is_request_id(id: &str) -> bool {
    let parts = id.split_once('-').filter(|_| id.len() <= MAX_ID);
    parts.is_some_and(|(at, name)| {
        at.len() == 15 && at.bytes().all(|b| b.is_ascii_digit()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_the_order_of_time_and_hold_nothing_but_letters_and_digits() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let id = request_id(at(1_795_176_720_000), "JKJaXmPLvHcESHB=");
        assert_eq!(id, "001795176720000-JKJaXmPLvHcESHB");
        assert!(is_request_id(&id) && request_id(at(1_795_176_720_001), "A") > id);
        assert!(is_request_id(&request_id(at(0), &"x".repeat(500))));
        for wrong in ["", "x", "001795176720000", "001795176720000-a#b", "01795176720000-a", "00179517672000x-a"] {
            assert!(!is_request_id(wrong), "{wrong}");
        }
    }
}
