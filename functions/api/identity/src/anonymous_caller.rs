//! Who calls without a credential: known by the network address alone, and limited by it.

use api::{ApiError, rate_limit_headers, rate_limited, trace_of};
use auth::secrets::sha256_hex;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::identity::Actor;
use store::{Grant, Limit, Trace};

use crate::AppState;

/// How often one network address may knock.
const LIMIT: Limit = Limit { per_minute: 30, burst: 10 };
/// How much of what a browser says of itself is kept, in characters.
const MAX_DEVICE: usize = 200;

/// Someone without a credential, whom the rate limit of their network address let through.
pub(crate) struct AnonymousCaller {
    /// When and from where. The actor is unknown: [`AnonymousCaller::is`] says who it turned out to be.
    pub(crate) trace: Trace,
    /// The browser or program, as it named itself.
    pub(crate) device: String,
}

impl AnonymousCaller {
    /// The trace of someone who turned out to be `actor`.
    pub(crate) fn is(&self, actor: Actor) -> Trace {
        Trace { actor, ..self.trace.clone() }
    }
}

impl FromRequestParts<AppState> for AnonymousCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app_state: &AppState) -> Result<Self, Response> {
        let trace = trace_of(parts, Actor::System, runtime::clock::now());
        let name = format!("auth|{}", sha256_hex(trace.address.as_deref().unwrap_or_default()));
        let grant = app_state.guard.store.limits().take_token(&name, LIMIT, trace.at).await;
        let grant = grant.map_err(|failure| ApiError(failure).into_response())?;
        match refusal(&grant) {
            Some(refused) => Err(refused),
            None => Ok(Self { trace, device: device(&parts.headers) }),
        }
    }
}

/// The browser or program, as it names itself.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    agent.chars().take(MAX_DEVICE).collect()
}

/// The 429 where the bucket does not let the call through, with the headers that say when to come again.
fn refusal(grant: &Grant) -> Option<Response> {
    let failure = rate_limited(grant).err()?;
    let mut response = ApiError(failure).into_response();
    rate_limit_headers(response.headers_mut(), grant);
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_kept_in_200_characters() {
        let agent = |text: &str| device(&HeaderMap::from_iter([(USER_AGENT, text.parse().unwrap())]));
        assert_eq!(agent("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(agent(&"x".repeat(5000)).len(), 200);
        assert_eq!(device(&HeaderMap::new()), "");
    }

    #[test]
    fn who_knocks_too_often_is_told_when_to_come_again() {
        let grant = |allowed| Grant { allowed, limit: LIMIT, remaining: 0, reset_seconds: 2 };
        assert!(refusal(&grant(true)).is_none());
        let refused = refusal(&grant(false)).unwrap();
        assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "2"));
        assert_eq!(refused.headers()["ratelimit-policy"].to_str().unwrap(), "\"default\";q=30;w=60");
    }
}
