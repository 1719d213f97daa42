//! HTTP answers: one shape for every error, correlation ids, body limits.

#[cfg(test)]
mod tests;

use domain::Failure;
use domain::failure::Rejection;
use lambda_http::{Body, Request, RequestExt, Response, http::StatusCode};
use serde::Serialize;

/// An answer of a function.
pub type HttpResponse = Response<Body>;

/// The header in which a correlation id comes and goes.
pub const CORRELATION_HEADER: &str = "x-correlation-id";

/// Problem details (RFC 9457), with the field at fault where one is.
#[derive(Serialize)]
struct Problem<'a> {
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

/// Any body with any content type.
#[must_use]
pub fn reply(status: u16, content_type: &str, body: impl Into<Body>) -> HttpResponse {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = content_type.parse() {
        response.headers_mut().insert("content-type", value);
    }
    response
}

/// 200 with a value as JSON.
///
/// # Errors
/// [`Failure::Permanent`] when the value has no JSON form.
pub fn json(value: &impl Serialize) -> Result<HttpResponse, Failure> {
    let body = serde_json::to_string(value).map_err(|error| Failure::Permanent(error.to_string()))?;
    Ok(reply(200, "application/json", body))
}

/// Turns a failure into its answer, and logs what the caller does not see.
///
/// Rejected is its 4xx with the message; Retryable is 503 with `Retry-After`, so that the vendor tries again;
/// Permanent is 500. Only a rejection tells the caller why.
#[must_use]
pub fn error(failure: &Failure) -> HttpResponse {
    let (status, title, detail, field) = match failure {
        Failure::Rejected { kind, field, message } => (kind.status(), title(*kind), message.as_str(), field.as_deref()),
        Failure::Retryable(reason) => {
            tracing::warn!(%reason, "a dependency failed in passing");
            (503, "Service Unavailable", "try again in a moment", None)
        }
        Failure::Permanent(reason) => {
            tracing::error!(%reason, "a request could not be served");
            (500, "Internal Server Error", "this is our fault and has been recorded", None)
        }
    };
    let body = serde_json::to_string(&Problem { title, status, detail, field }).unwrap_or_default();
    let mut response = reply(status, "application/problem+json", body);
    if status == 503 {
        response.headers_mut().insert("retry-after", lambda_http::http::HeaderValue::from_static("5"));
    }
    response
}

fn title(kind: Rejection) -> &'static str {
    match kind {
        Rejection::Invalid => "Bad Request",
        Rejection::Unauthorized => "Unauthorized",
        Rejection::Forbidden => "Forbidden",
        Rejection::NotFound => "Not Found",
        Rejection::MethodNotAllowed => "Method Not Allowed",
        Rejection::Conflict => "Conflict",
        Rejection::PreconditionFailed => "Precondition Failed",
        Rejection::TooLarge => "Content Too Large",
        Rejection::UnsupportedMediaType => "Unsupported Media Type",
        Rejection::Unprocessable => "Unprocessable Content",
        Rejection::PreconditionRequired => "Precondition Required",
        Rejection::TooManyRequests => "Too Many Requests",
    }
}

/// A request's header as text, where it is there and readable.
#[must_use]
pub fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Whether `id` is one that we take over from a caller: 1 to 64 of `A-Za-z0-9_-`.
#[must_use]
pub fn is_correlation_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The correlation id: the caller's where it is a sane one, else the gateway's request id.
#[must_use]
pub fn correlation_id(request: &Request) -> String {
    let given = header(request, CORRELATION_HEADER).filter(|id| is_correlation_id(id));
    given.map_or_else(|| gateway_request_id(request), ToOwned::to_owned)
}

fn gateway_request_id(request: &Request) -> String {
    match request.request_context_ref() {
        Some(lambda_http::request::RequestContext::ApiGatewayV2(context)) => {
            context.request_id.clone().unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The raw bytes of a body of at most `limit` bytes.
///
/// # Errors
/// 413 when it is longer.
pub fn body(request: &Request, limit: usize) -> Result<&[u8], Failure> {
    let bytes: &[u8] = request.body();
    if bytes.len() > limit {
        return Err(Failure::rejected(Rejection::TooLarge, format!("the body may have at most {limit} bytes")));
    }
    Ok(bytes)
}

/// The query string, undecoded, without `?`.
#[must_use]
pub fn raw_query(request: &Request) -> &str {
    request.uri().query().unwrap_or_default()
}

/// The URL as the vendor called it: `PUBLIC_URL` (a custom domain) or the gateway's own host, then path and query.
#[must_use]
pub fn public_url(request: &Request, public_base: Option<&str>) -> String {
    let path = request.raw_http_path();
    let query = raw_query(request);
    let separator = if query.is_empty() { "" } else { "?" };
    match public_base {
        Some(base) => format!("{}{path}{separator}{query}", base.trim_end_matches('/')),
        None => format!("https://{}{path}{separator}{query}", header(request, "host").unwrap_or_default()),
    }
}
