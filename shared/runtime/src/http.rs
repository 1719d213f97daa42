//! HTTP answers: one shape for every error, correlation ids, body limits.

#[cfg(test)]
mod tests;

use domain::Failure;
use domain::failure::Rejection;
use lambda_http::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use lambda_http::{Body, Request, RequestExt, Response, http::StatusCode};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An answer of a function.
pub type HttpResponse = Response<Body>;

/// The header in which a correlation id comes and goes.
pub const CORRELATION_HEADER: &str = "x-correlation-id";

/// The codes of a failure that is not the caller's fault: of a dependency in passing, and of our own. Those of refusals are
/// [`Rejection::code`]'s.
pub const FAULT_CODES: [(u16, &str); 2] = [(500, "internal"), (503, "unavailable")];

/// Problem details (RFC 9457), with a code for programs, and the field at fault where one is.
#[derive(Serialize)]
struct Problem<'a> {
    title: &'static str,
    status: u16,
    code: &'static str,
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
    let [internal, unavailable] = FAULT_CODES;
    let ((status, code), detail, field) = match failure {
        Failure::Rejected { kind, field, message } => {
            ((kind.status(), kind.code()), message.as_str(), field.as_deref())
        }
        Failure::Retryable(reason) => {
            tracing::warn!(%reason, "a dependency failed in passing");
            (unavailable, "try again in a moment", None)
        }
        Failure::Permanent(reason) => {
            tracing::error!(%reason, "a request could not be served");
            (internal, "this is our fault and has been recorded", None)
        }
    };
    let problem = Problem { title: title(status), status, code, detail, field };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut response = reply(status, "application/problem+json", body);
    if let Some(seconds) = retry_after(status) {
        response.headers_mut().insert("retry-after", lambda_http::http::HeaderValue::from_static(seconds));
    }
    response
}

/// The code of a failure, as its problem says it.
#[must_use]
pub fn code(failure: &Failure) -> &'static str {
    let [(_, internal), (_, unavailable)] = FAULT_CODES;
    match failure {
        Failure::Rejected { kind, .. } => kind.code(),
        Failure::Retryable(_) => unavailable,
        Failure::Permanent(_) => internal,
    }
}

/// What each code means, by language. In English the API says it itself, and says more.
static REFUSALS: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("http/refusals.json")).unwrap_or_default());

/// What pages say in `language` of a problem with this code: none in English, where they show what the API says.
#[must_use]
pub fn refusal(language: &str, code: &str) -> Option<&'static str> {
    REFUSALS.get(code)?.get(language).map(String::as_str)
}

/// All of them as a page's script knows them, such as `code_not_found`.
pub fn refusals(language: &str) -> impl Iterator<Item = (String, &'static str)> {
    REFUSALS.iter().filter_map(move |(code, said)| Some((format!("code_{code}"), said.get(language)?.as_str())))
}

/// When to come again, where no one knows better, in seconds.
fn retry_after(status: u16) -> Option<&'static str> {
    match status {
        429 => Some("60"),
        503 => Some("5"),
        _ => None,
    }
}

/// The name that RFC 9110 gives a status. The `http` crate still has the names of RFC 7231 for 413 and 422.
#[must_use]
pub fn title(status: u16) -> &'static str {
    match status {
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        _ => StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error"),
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

/// How many proxies (a CDN, a load balancer) are in front of the API and can be believed about who came to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrustedHops(pub usize);

impl TrustedHops {
    /// As `TRUSTED_HOPS` says; none where it is not set.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when it is no number.
    pub fn from_env() -> Result<Self, Failure> {
        let wrong = |_| Failure::Permanent("environment variable TRUSTED_HOPS is no number: see template.yaml".into());
        crate::env::optional("TRUSTED_HOPS").map_or(Ok(Self::default()), |hops| hops.parse().map(Self).map_err(wrong))
    }

    /// The caller's network address: `peer` is who spoke to the gateway, `forwarded` all `X-Forwarded-For`, in order.
    ///
    /// Each proxy appends who came to it, so the list is counted from the right, and what a caller wrote into it himself is
    /// never reached. Where there are fewer entries than proxies, the request did not come through them: the peer counts.
    #[must_use]
    pub fn client<'a>(self, peer: Option<&'a str>, forwarded: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let mut chain: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
        chain.retain(|entry| !entry.is_empty());
        // The gateway appends its peer itself; where it does not, it is appended here.
        if let Some(peer) = peer
            && chain.last() != Some(&peer)
        {
            chain.push(peer);
        }
        chain.iter().rev().nth(self.0).copied().or(peer)
    }
}

/// The network address that a request came from, as the gateway or the trusted proxies before it saw it.
#[must_use]
pub fn client_address(request: &Request, hops: TrustedHops) -> Option<String> {
    let peer = match request.request_context_ref() {
        Some(lambda_http::request::RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        _ => None,
    };
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    hops.client(peer, forwarded).map(ToOwned::to_owned)
}

/// The languages that a browser asks for, such as `pt` of `pt-BR;q=0.8`, the dearest first.
#[must_use]
pub fn languages(headers: &HeaderMap) -> Vec<&str> {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wanted: Vec<(f32, &str)> = asked.split(',').filter_map(weighed).collect();
    wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    wanted.into_iter().map(|(_, code)| code).collect()
}

/// The weight and the language of `pt-BR;q=0.8`.
fn weighed(range: &str) -> Option<(f32, &str)> {
    let mut parts = range.split(';').map(str::trim);
    let code = parts.next()?.split('-').next()?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
    (weight > 0.0).then_some((weight, code))
}
