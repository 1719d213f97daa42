//! What goes out: failures as problems of RFC 9457, values with their version as ETag.

use axum::Json;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, ETAG, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::failure::Rejection;
use serde::Serialize;
use store::{Grant, Versioned};

use crate::request_log::ProblemCode;

/// A failure on its way to the caller, as [`runtime::http::error`] words it.
#[derive(Debug)]
pub struct ApiError(pub Failure);

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (mut parts, body) = runtime::http::error(&self.0).into_parts();
        parts.extensions.insert(ProblemCode(runtime::http::code(&self.0)));
        Response::from_parts(parts, Body::from(body.to_vec()))
    }
}

/// 200 with a value, its version as ETag.
#[derive(Debug)]
pub struct Tagged<T>(pub Versioned<T>);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        ([(ETAG, tag(self.0.version))], Json(self.0.value)).into_response()
    }
}

/// 201 with what was made, where it is, and its version as ETag.
#[derive(Debug)]
pub struct Created<T> {
    /// Its path.
    pub location: String,
    /// It.
    pub value: Versioned<T>,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let location = HeaderValue::from_str(&self.location).unwrap_or(HeaderValue::from_static("/"));
        let headers = [(LOCATION, location), (ETAG, tag(self.value.version))];
        (StatusCode::CREATED, headers, Json(self.value.value)).into_response()
    }
}

/// An answer that holds a secret which is shown once: it is never kept, not even for a repeat of the same request.
#[derive(Debug, Clone, Copy)]
pub struct HoldsSecret<R>(pub R);

/// An answer that holds what is good for a while, such as a signed address: it is never kept, and a repeat of the same request is
/// answered again. The handler must do again what it did.
#[derive(Debug, Clone, Copy)]
pub struct HoldsLink<R>(pub R);

/// The mark in an answer's extensions, and what a repeat gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unkept {
    /// That it was done.
    Refused,
    /// An answer of its own.
    Anew,
}

impl<R: IntoResponse> IntoResponse for HoldsSecret<R> {
    fn into_response(self) -> Response {
        unkept(self.0, Unkept::Refused)
    }
}

impl<R: IntoResponse> IntoResponse for HoldsLink<R> {
    fn into_response(self) -> Response {
        unkept(self.0, Unkept::Anew)
    }
}

fn unkept(answer: impl IntoResponse, mark: Unkept) -> Response {
    let mut response = answer.into_response();
    response.extensions_mut().insert(mark);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn tag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The answer to a path that no route takes.
pub async fn no_such_address() -> ApiError {
    std::future::ready(ApiError(Failure::not_found("address"))).await
}

/// The answer to a method that a path does not take.
pub async fn no_such_method() -> ApiError {
    let failure = Failure::rejected(Rejection::MethodNotAllowed, "this path does not support this method");
    std::future::ready(ApiError(failure)).await
}

/// Whether `grant` lets the request through.
///
/// # Errors
/// 429 when it does not; the headers of [`rate_limit_headers`] say when to come again.
pub fn rate_limited(grant: &Grant) -> Result<(), Failure> {
    if grant.allowed {
        return Ok(());
    }
    let message = format!("too many requests: try again in {} s", grant.reset_seconds.max(1));
    Err(Failure::rejected(Rejection::TooManyRequests, message))
}

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), and `Retry-After` with a refusal.
pub fn rate_limit_headers(headers: &mut HeaderMap, grant: &Grant) {
    let policy = format!("\"default\";q={};w=60", grant.limit.per_minute);
    let state = format!("\"default\";r={};t={}", grant.remaining, grant.reset_seconds);
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if !grant.allowed {
        headers.insert(RETRY_AFTER, HeaderValue::from(grant.reset_seconds.max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Limit;

    #[tokio::test]
    async fn a_path_or_method_that_no_one_takes_is_a_problem_of_the_same_shape() {
        for (response, status) in
            [(no_such_address().await.into_response(), 404), (no_such_method().await.into_response(), 405)]
        {
            let kind = &response.headers()["content-type"];
            assert_eq!((response.status().as_u16(), kind.to_str().unwrap()), (status, "application/problem+json"));
        }
    }

    #[test]
    fn a_value_carries_its_version() {
        let response = Tagged(Versioned { value: "x", version: 7 }).into_response();
        assert_eq!((response.status().as_u16(), response.headers()[ETAG].to_str().unwrap()), (200, "\"7\""));
        let made = Created { location: "/v1/things/x".to_owned(), value: Versioned { value: "x", version: 1 } };
        let response = made.into_response();
        assert_eq!((response.status().as_u16(), response.headers()[LOCATION].to_str().unwrap()), (201, "/v1/things/x"));
    }

    #[test]
    fn a_refusal_says_when_to_come_again() {
        let limit = Limit { per_minute: 60, burst: 5 };
        let mut headers = HeaderMap::new();
        rate_limit_headers(&mut headers, &Grant { allowed: false, limit, remaining: 0, reset_seconds: 3 });
        let said = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert_eq!(said("ratelimit-policy"), "\"default\";q=60;w=60");
        assert_eq!((said("ratelimit"), said("retry-after")), ("\"default\";r=0;t=3".into(), "3".into()));
    }
}
