//! What the webhook functions share: taking a message, and answering browsers.

use domain::Failure;
use domain::failure::Rejection;
use lambda_http::http::{HeaderValue, Method};
use lambda_http::{Body, Request};

use crate::http::{HttpResponse, error, header, reply};

/// Turns a handler's result into the answer; every failure has its own.
#[must_use]
pub fn respond(result: Result<HttpResponse, Failure>) -> HttpResponse {
    result.unwrap_or_else(|failure| error(&failure))
}

/// 405 for any method but those a route takes.
#[must_use]
pub fn method_not_allowed(allowed: &str) -> Failure {
    Failure::rejected(Rejection::MethodNotAllowed, format!("this address takes {allowed}"))
}

/// 404 for any path but the function's own.
#[must_use]
pub fn no_such_path() -> Failure {
    Failure::not_found("address")
}

/// The answer to a browser's preflight.
///
/// A preflight carries no key, so no tenant is known: it lets every origin ask. The request itself is checked against
/// the origins of its key.
#[must_use]
pub fn preflight(request: &Request) -> HttpResponse {
    let mut response = for_browser(request, reply(204, "text/plain", Body::Empty));
    let headers = response.headers_mut();
    headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, POST"));
    headers.insert(
        "access-control-allow-headers",
        HeaderValue::from_static("content-type, x-form-key, x-widget-key, x-correlation-id"),
    );
    headers.insert("access-control-max-age", HeaderValue::from_static("3600"));
    response
}

/// Lets the page that asked read the answer, errors too.
#[must_use]
pub fn for_browser(request: &Request, mut response: HttpResponse) -> HttpResponse {
    if let Some(origin) = request.headers().get("origin") {
        response.headers_mut().insert("access-control-allow-origin", origin.clone());
        response.headers_mut().insert("vary", HeaderValue::from_static("origin"));
    }
    response
}

/// 403 unless the request's origin may use the key.
///
/// # Errors
/// [`Failure::Rejected`] (forbidden).
pub fn check_origin(request: &Request, allows: impl Fn(Option<&str>) -> bool) -> Result<(), Failure> {
    if allows(header(request, "origin")) {
        Ok(())
    } else {
        Err(Failure::rejected(
            Rejection::Forbidden,
            "this site may not use this key: add its origin to the key's origins",
        ))
    }
}

/// Whether the request is a preflight.
#[must_use]
pub fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
}
