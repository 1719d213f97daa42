//! What the webhook functions share: taking a message, and answering browsers.

use domain::Failure;
use domain::failure::Rejection;
use lambda_http::http::{HeaderValue, Method};
use lambda_http::{Body, Request};

use crate::http::{HttpResponse, error, header, reply};

/// What forms say to who fills them in, by language and name: by the script, and on the page that stands where it does not run.
pub const FORM_WORDS: &str = include_str!("webhook/form_words.json");

/// Turns a handler's result into the answer; every failure has its own.
#[must_use]
pub fn respond(result: Result<HttpResponse, Failure>) -> HttpResponse {
    result.unwrap_or_else(|failure| error(&failure))
}

/// 405 for any method but those a route takes.
#[must_use]
pub fn method_not_allowed(allowed: &str) -> Failure {
    Failure::rejected(Rejection::MethodNotAllowed, format!("this path takes {allowed}"))
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
        HeaderValue::from_static("content-type, x-form-key, x-widget-key, x-chat-session, x-correlation-id"),
    );
    headers.insert("access-control-max-age", HeaderValue::from_static("3600"));
    response
}

/// Lets the page that asked read the answer, errors too, and when to come again.
#[must_use]
pub fn for_browser(request: &Request, mut response: HttpResponse) -> HttpResponse {
    if let Some(origin) = request.headers().get("origin") {
        let headers = response.headers_mut();
        headers.insert("access-control-allow-origin", origin.clone());
        headers.insert("access-control-expose-headers", HeaderValue::from_static("retry-after"));
        headers.insert("vary", HeaderValue::from_static("origin"));
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
            Rejection::OriginNotAllowed,
            "this site may not use this key: add its origin to the key's origins",
        ))
    }
}

/// Whether the request is a preflight.
#[must_use]
pub fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(origin: Option<&str>) -> Request {
        let mut request = Request::new(Body::Empty);
        *request.method_mut() = Method::OPTIONS;
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        request
    }

    #[test]
    fn a_preflight_may_always_ask() {
        let request = from(Some("https://example.com"));
        assert!(is_preflight(&request));
        let response = preflight(&request);
        assert_eq!(response.status(), 204);
        assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
        assert_eq!(response.headers()["vary"], "origin");
    }

    #[test]
    fn a_page_may_read_errors_too_and_who_is_no_browser_gets_no_browser_headers() {
        let refused = respond(Err(no_such_path()));
        let response = for_browser(&from(Some("https://example.com")), refused);
        assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
        assert_eq!(response.headers()["access-control-expose-headers"], "retry-after");
        let response = for_browser(&from(None), respond(Err(method_not_allowed("POST"))));
        assert_eq!((response.status().as_u16(), response.headers().contains_key("vary")), (405, false));
    }

    #[test]
    fn a_foreign_origin_is_a_403_that_says_what_to_do() {
        let allows = |origin: Option<&str>| origin.is_none_or(|origin| origin == "https://example.com");
        assert_eq!(check_origin(&from(Some("https://example.com")), allows), Ok(()));
        assert_eq!(check_origin(&from(None), allows), Ok(()));
        let refused = check_origin(&from(Some("https://evil.example")), allows).unwrap_err();
        assert!(
            matches!(&refused, Failure::Rejected { kind: Rejection::OriginNotAllowed, message, .. } if message.contains("origins"))
        );
    }
}
