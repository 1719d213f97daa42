//! Browsers: cookies, origins, forged requests.
//!
//! A page may call the API where the tenant names its site among its `origins`, or where it comes from one of the API's own
//! addresses: `PublicUrl`, `AppUrl`, the gateway's.
//! Any other origin is a 403, and learns from no header that there was an answer. A cookie is sent by the browser whoever
//! wrote the page, so a request that changes something must also bear the CSRF token that belongs to it.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, COOKIE, HOST, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::failure::Rejection;
use domain::tenancy::Tenant;
use lambda_http::request::RequestContext;

/// The cookie that holds the access token.
pub const ACCESS_COOKIE: &str = "__Host-porchlight";
/// The header that repeats the CSRF token.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// What a page may read of an answer besides its body.
const EXPOSED: &str = "etag, location, ratelimit, ratelimit-policy, retry-after, x-correlation-id, x-request-id";

/// The value of a cookie.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether the request's origin, where it has one, may call for `tenant`. `own` are the addresses of this installation, beside
/// the one that the gateway itself has.
///
/// The header `Host` is not asked: behind a proxy it is the proxy's word, and names the gateway or anything else. Only on
/// this machine there is nothing else to go by.
pub(crate) fn check_origin(request: &Request, own: &[String], tenant: Option<&Tenant>) -> Result<(), Failure> {
    let Some(origin) = request.headers().get(ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or("null");
    let gateway = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.domain_name.as_deref(),
        _ => None,
    };
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).filter(|host| is_this_machine(host));
    let is_own = own.iter().any(|own| own == origin)
        || gateway.is_some_and(|domain| origin == format!("https://{domain}"))
        || host.is_some_and(|host| origin == format!("http://{host}") || origin == format!("https://{host}"));
    if is_own || tenant.is_some_and(|tenant| tenant.origins.iter().any(|allowed| allowed == origin)) {
        return Ok(());
    }
    let message = "this site may not call the API: add it to the tenant's origins";
    Err(Failure::rejected(Rejection::OriginNotAllowed, message))
}

/// Whether a host is this machine: there browsers keep secure cookies without HTTPS too (W3C Secure Contexts, 3.1).
fn is_this_machine(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether a request that came by cookie bears the token that belongs to it.
pub(crate) fn check_forgery(method: &Method, headers: &HeaderMap, expected: Option<&str>) -> Result<(), Failure> {
    if method.is_safe() {
        return Ok(());
    }
    let given = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if expected.is_some_and(|expected| auth::csrf::matches(given, expected)) {
        return Ok(());
    }
    let message = "a change by cookie needs the header x-csrf-token with the token that sign-in gave";
    Err(Failure::rejected(Rejection::CsrfTokenMissing, message))
}

/// Lets the page at the request's origin read the answer.
pub(crate) fn allow_origin(answer: &mut HeaderMap, origin: Option<&HeaderValue>) {
    answer.append(VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin else { return };
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

/// Lets any page read an answer that no credential was shown for; cookies stay out of it.
pub(crate) fn allow_anybody(answer: &mut HeaderMap) {
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

/// The answer to a browser's question beforehand. It bears no credential, so it cannot be asked on whose behalf: it is
/// told what methods and headers there are; whether the site may call is decided with the request itself.
pub(crate) fn preflight(headers: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let answer = response.headers_mut();
    allow_origin(answer, headers.get(ORIGIN));
    answer.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"));
    answer.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(
            "authorization, content-type, if-match, idempotency-key, x-csrf-token, x-correlation-id",
        ),
    );
    answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (axum::http::HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let sent = headers(&[("cookie", "a=1; __Host-porchlight=token; x__Host-porchlight=other")]);
        assert_eq!(
            (cookie(&sent, ACCESS_COOKIE), cookie(&sent, "b"), cookie(&sent, "a")),
            (Some("token"), None, Some("1"))
        );
        assert_eq!(cookie(&headers(&[("cookie", ";;=;a")]), "a"), None);
    }

    /// A request as the gateway at `domain` hands it over.
    fn request(domain: &str, pairs: &[(&'static str, &str)]) -> Request {
        let mut request = Request::new(axum::body::Body::empty());
        *request.headers_mut() = headers(pairs);
        let mut context = ApiGatewayV2httpRequestContext::default();
        context.domain_name = Some(domain.to_owned());
        request.extensions_mut().insert(RequestContext::ApiGatewayV2(context));
        request
    }

    #[test]
    fn only_the_apis_own_addresses_and_named_sites_may_call() {
        let own = ["https://hooks.example.com".to_owned(), "https://app.example.com".to_owned()];
        let at = |origin: &str| {
            // Behind a proxy the host is the gateway's, or whatever the proxy was told.
            let sent = [("host", "evil.example"), ("origin", origin)];
            check_origin(&request("api.example.com", &sent), &own, None).is_ok()
        };
        assert!(at("https://hooks.example.com") && at("https://app.example.com") && at("https://api.example.com"));
        for foreign in
            ["http://api.example.com", "https://api.example.com.evil.example", "null", "https://evil.example"]
        {
            assert!(!at(foreign), "{foreign}");
        }
        assert!(check_origin(&request("api.example.com", &[]), &[], None).is_ok(), "a program has no origin");
    }

    #[test]
    fn on_this_machine_the_own_host_needs_no_https() {
        let at = |host: &str, origin: &str| {
            check_origin(&request("api.example.com", &[("host", host), ("origin", origin)]), &[], None).is_ok()
        };
        assert!(at("a1.execute-api.localhost:4566", "http://a1.execute-api.localhost:4566"));
        assert!(at("localhost:4566", "http://localhost:4566"));
        assert!(!at("a1.execute-api.localhost:4566", "http://a2.execute-api.localhost:4566"));
        assert!(!at("localhost:4566", "http://localhost:8000"));
        assert!(
            !at("notlocalhost", "http://notlocalhost") && !at("localhost.example.com", "http://localhost.example.com")
        );
    }

    #[test]
    fn a_change_by_cookie_needs_the_token_of_its_session() {
        let expected = auth::csrf::hash("token");
        let check = |method: Method, sent: &[(&'static str, &str)], expected: Option<&str>| {
            check_forgery(&method, &headers(sent), expected).is_ok()
        };
        assert!(check(Method::GET, &[], None));
        assert!(check(Method::POST, &[("x-csrf-token", "token")], Some(&expected)));
        assert!(!check(Method::POST, &[("x-csrf-token", "other")], Some(&expected)));
        assert!(!check(Method::DELETE, &[], Some(&expected)));
        assert!(!check(Method::POST, &[("x-csrf-token", "token")], None), "a token that names none takes none");
    }

    #[test]
    fn a_browser_that_asks_beforehand_is_told_what_there_is() {
        let response = preflight(&headers(&[("origin", "https://desk.example.com")]));
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        let said = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(said("access-control-allow-origin"), "https://desk.example.com");
        assert!(said("access-control-allow-methods").contains("PATCH"));
        for name in ["authorization", "if-match", "idempotency-key", "x-csrf-token"] {
            assert!(said("access-control-allow-headers").contains(name), "{name}");
        }
    }
}
