//! Every answer has an id, and what programs ask and people change is noted under it.
//!
//! A noted request costs one write. Requests by which pages only read are not noted, nor is what the rate limit refused. So there are at
//! most as many writes as a plan allows requests. If the write fails or is slow, its line is lost and nothing else.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::Response;
use domain::identity::request_log::request_id;
use domain::identity::{Credential, LoggedRequest};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use std::time::{Duration, Instant};
use store::Store;
use tokio::time::timeout;

use crate::correlation_id;
use crate::credential::Admitted;
use crate::extractors;

/// The header that names a request in its answer.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// The longest that an answer waits for its line.
const PATIENCE: Duration = Duration::from_millis(250);
/// What open pages say again and again.
const HEARTBEATS: [&str; 2] = ["/presence", "/read"];
/// The largest problem that is given its id.
const MAX_PROBLEM: usize = 64 * 1024;

/// The id of a request, among its extensions.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(String);

/// The `code` of a problem, among the extensions of its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProblemCode(pub(crate) &'static str);

impl RequestId {
    pub(crate) fn of(request: &Request, now: Timestamp) -> Self {
        Self(request_id(now, &extractors::request_id(request.extensions())))
    }

    /// Names the request in its answer: in a header, and in a problem.
    pub(crate) async fn told(&self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        if let Ok(value) = HeaderValue::from_str(&self.0) {
            parts.headers.insert(HEADER, value);
        }
        let is_problem = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
        if !is_problem {
            return Response::from_parts(parts, body);
        }
        let bytes = to_bytes(body, MAX_PROBLEM).await.unwrap_or_default();
        // A problem is an object, and an id needs no escaping.
        let named =
            bytes.strip_suffix(b"}").map(|rest| [rest, br#","request_id":""#, self.0.as_bytes(), br#""}"#].concat());
        parts.headers.remove(CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(named.unwrap_or_else(|| bytes.to_vec())))
    }
}

/// What is known of a request before it is answered.
pub(crate) struct Noted {
    tenant: TenantId,
    request: LoggedRequest,
    begun: Instant,
}

impl Noted {
    /// `None`: it is one that is not noted.
    pub(crate) fn of(request: &Request, admitted: &Admitted, now: Timestamp) -> Option<Self> {
        let RequestId(id) = request.extensions().get::<RequestId>()?.clone();
        let route = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
        let is_read = [Method::GET, Method::HEAD].contains(request.method());
        let is_heartbeat = HEARTBEATS.iter().any(|end| route.ends_with(end));
        let is_program = matches!(admitted.principal.credential, Credential::ApiKey { .. });
        let is_noted = admitted.grant.allowed && (is_program || !(is_read || is_heartbeat));
        let tenant = admitted.principal.tenant.clone();
        // A page is not a route of the API.
        if !is_noted || tenant.is_platform() || !route.starts_with("/v1/") {
            return None;
        }
        let given = correlation_id(request.headers());
        let request = LoggedRequest {
            id,
            at: now,
            method: request.method().to_string(),
            route,
            status: 0,
            code: None,
            duration_ms: 0,
            actor: admitted.principal.actor(),
            test: admitted.principal.is_test(),
            correlation_id: if given.is_empty() { extractors::request_id(request.extensions()) } else { given },
        };
        Some(Self { tenant, request, begun: Instant::now() })
    }

    /// The same, with how it ended.
    pub(crate) fn ended(mut self, response: &Response) -> Self {
        self.request.status = response.status().as_u16();
        self.request.code = response.extensions().get::<ProblemCode>().map(|code| code.0.to_owned());
        self.request.duration_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Notes it.
    pub(crate) async fn keep(self, store: &Store) {
        let noted = timeout(PATIENCE, store.request_log().note(&self.tenant, &self.request)).await;
        let noted = noted.unwrap_or_else(|_| Err(Failure::Retryable("it takes too long".into())));
        if let Err(reason) = noted {
            tracing::warn!(%reason, request = %self.request.id, "a request was not noted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;
    use serde_json::Value;

    #[tokio::test]
    async fn every_answer_has_the_id_and_a_problem_names_it() {
        let id = RequestId("001795176720000-abc".to_owned());
        let fine = id.told("text".into_response()).await;
        assert_eq!(fine.headers()["x-request-id"], "001795176720000-abc");
        assert_eq!(to_bytes(fine.into_body(), 100).await.unwrap(), "text");
        let refused = id.told(crate::ApiError(Failure::not_found("lead")).into_response()).await;
        assert_eq!(
            (refused.status().as_u16(), &refused.headers()["x-request-id"]),
            (404, &id.0.parse::<HeaderValue>().unwrap())
        );
        let body: Value = serde_json::from_slice(&to_bytes(refused.into_body(), 1_000).await.unwrap()).unwrap();
        assert_eq!(
            (body["request_id"].as_str(), body["code"].as_str()),
            (Some("001795176720000-abc"), Some("not_found"))
        );
    }
}
