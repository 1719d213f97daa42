//! How a page is answered: its headers, its `ETag`, and what stands in its place where it cannot be shown.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, REFERRER_POLICY, VARY,
};
use axum::http::response::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use flate2::Compression;
use flate2::write::GzEncoder;
use maud::{Markup, html};
use serde::Deserialize;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};

use crate::shell;
use crate::words::{self, Words};

/// What the pages do.
pub(crate) const SCRIPT: &str = include_str!("app.js");
/// What a conversation's page does besides.
pub(crate) const INBOX_SCRIPT: &str = include_str!("inbox.js");
/// How it hears a suggestion while it is written.
pub(crate) const STREAMED_SCRIPT: &str = include_str!("streamed.js");
/// What the page of contacts does besides.
pub(crate) const CONTACTS_SCRIPT: &str = include_str!("contacts.js");
/// What the pages of knowledge do besides.
pub(crate) const KNOWLEDGE_SCRIPT: &str = include_str!("knowledge.js");
/// How they read questions with their answers out of a text.
pub(crate) const PAIRS_SCRIPT: &str = include_str!("pairs.js");
/// What the pages of stock do besides.
pub(crate) const INVENTORY_SCRIPT: &str = include_str!("inventory.js");
/// What the page of weather rules does besides.
pub(crate) const WEATHER_SCRIPT: &str = include_str!("weather.js");
/// What the form about a damage by storms does besides.
pub(crate) const STORMS_SCRIPT: &str = include_str!("storms.js");
/// What the calendar does besides.
pub(crate) const CALENDAR_SCRIPT: &str = include_str!("calendar.js");
/// How they look.
pub(crate) const STYLE: &str = include_str!("app.css");

/// Where the bucket is, for browsers: the origin of signed links, such as `https://files.s3.us-east-1.amazonaws.com`.
#[derive(Debug, Clone)]
pub struct Bucket(pub String);

/// Where suggestions are heard while they are written, for browsers, such as `https://abc.lambda-url.us-east-1.on.aws`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamOrigin(pub(crate) String);

impl StreamOrigin {
    /// Of an address: its scheme and host, which are all that a page's policy takes. `None`: it is no HTTPS address.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let host = url.strip_prefix("https://")?.split('/').next()?;
        let is_host = |b: u8| b.is_ascii_alphanumeric() || b".-:".contains(&b);
        (!host.is_empty() && host.bytes().all(is_host)).then(|| Self(format!("https://{host}")))
    }
}

/// The policy of a page that may do more than the others, among its answer's extensions.
#[derive(Debug, Clone)]
struct OwnPolicy(HeaderValue);

/// A page may run our script, use our style, call our API. Nothing else.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The longest refusal that is read.
const MAX_PROBLEM: usize = 64 * 1024;

/// A page with 200.
#[derive(Debug)]
pub(crate) struct Html(pub(crate) Markup);

impl Html {
    /// Under a policy of its own.
    pub(crate) fn under(self, policy: &str) -> Response {
        let mut response = self.into_response();
        if let Ok(policy) = HeaderValue::from_str(policy) {
            response.extensions_mut().insert(OwnPolicy(policy));
        }
        response
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], self.0.into_string()).into_response()
    }
}

/// What scripts and style sheets are.
pub(crate) const SCRIPT_TYPE: &str = "text/javascript; charset=utf-8";
pub(crate) const STYLE_TYPE: &str = "text/css; charset=utf-8";

/// What a page loads: asked for each time, so that it always fits the page.
pub(crate) fn asset(content_type: &'static str, text: &'static str) -> Response {
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache")];
    (headers.map(|(name, value)| (name, HeaderValue::from_static(value))), text).into_response()
}

/// A refusal, as the API words it.
#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    code: String,
    #[serde(default)]
    detail: String,
}

/// Makes pages of the API's refusals, and answers 304 where the caller has the page, or what it loads, already. The browser itself keeps no page:
/// "back" after signing out shows nothing.
pub(crate) async fn as_page(request: Request, next: Next) -> Response {
    let words = words::accepted(request.headers());
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let encodings = request.headers().get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let takes_gzip = encodings.flat_map(|value| value.split(',')).any(|value| value.trim() == "gzip");
    let response = next.run(request).await;
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind {
        "application/problem+json" => refusal(response, words).await,
        "text/html; charset=utf-8" => tagged(response, known.as_ref(), page_headers).await,
        // Kept by the browser, and asked for each time: the answer is most often that it has it.
        SCRIPT_TYPE | STYLE_TYPE => compressed(tagged(response, known.as_ref(), |_| {}).await, takes_gzip).await,
        _ => response,
    }
}

async fn tagged(response: Response, known: Option<&HeaderValue>, headers: fn(&mut Parts)) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{:016x}\"", hasher.finish())) {
        let is_known = known == Some(&tag);
        parts.headers.insert(ETAG, tag);
        headers(&mut parts);
        if is_known {
            parts.status = StatusCode::NOT_MODIFIED;
            return Response::from_parts(parts, Body::empty());
        }
    }
    Response::from_parts(parts, Body::from(body))
}

/// What a page loads, for who takes it compressed. Pages themselves are not: their length would tell what is on them.
async fn compressed(response: Response, takes_gzip: bool) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.append(VARY, HeaderValue::from_static(ACCEPT_ENCODING.as_str()));
    if !takes_gzip || parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    let Ok(text) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match gzip(&text) {
        Ok(small) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Response::from_parts(parts, Body::from(small))
        }
        Err(_) => Response::from_parts(parts, Body::from(text)),
    }
}

fn gzip(text: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text)?;
    encoder.finish()
}

/// In the place of what the API says of its own answers, under which no page runs.
fn page_headers(parts: &mut Parts) {
    let own = parts.extensions.remove::<OwnPolicy>().map(|OwnPolicy(policy)| policy);
    let all: [(HeaderName, HeaderValue); 3] = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (CONTENT_SECURITY_POLICY, own.unwrap_or(HeaderValue::from_static(POLICY))),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    for (name, value) in all {
        parts.headers.insert(name, value);
    }
    parts.headers.append(VARY, HeaderValue::from_static(ACCEPT_LANGUAGE.as_str()));
}

/// The page of a refusal. Where the session is over, or its token is only old, `app.js` gets a new one and asks again.
async fn refusal(response: Response, words: &Words) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, MAX_PROBLEM).await.unwrap_or_default();
    let problem: Problem =
        serde_json::from_slice(&body).unwrap_or_else(|_| Problem { code: String::new(), detail: String::new() });
    let (page, title, sentence) = match (parts.status, Rejection::of_code(&problem.code)) {
        (StatusCode::UNAUTHORIZED, _) => ("renew", "renew-title", words.t("renew-text")),
        (_, Some(Rejection::SecondFactorSetupNeeded)) => {
            ("refused", "second-factor-title", words.t("second-factor-text"))
        }
        (StatusCode::FORBIDDEN, _) => ("refused", "forbidden-title", words.t("forbidden-text")),
        (StatusCode::NOT_FOUND, _) => ("refused", "missing-title", words.t("missing-text")),
        (StatusCode::TOO_MANY_REQUESTS, _) => ("refused", "busy-title", words.t("busy-text")),
        (status, _) if status.is_client_error() => ("refused", "refused-title", String::new()),
        _ => ("refused", "failed-title", words.t("failed-text")),
    };
    let meaning = runtime::http::refusal(words.language, &problem.code);
    let main = html! {
        h1 { (words.t(title)) }
        @if sentence.is_empty() {
            @if let Some(meaning) = meaning { p { (meaning) "." } }
            p lang="en" { (problem.detail) }
        } @else {
            p { (sentence) }
        }
        p.row {
            a href="/app" { (words.t("to-start")) }
            a href="/account" { (words.t("nav-account")) }
            @if parts.status == StatusCode::UNAUTHORIZED { a href="/sign-in" { (words.t("to-sign-in")) } }
        }
    };
    let markup = shell::bare(words, page, &words.t(title), &main);
    parts.headers.remove("content-length");
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    page_headers(&mut parts);
    Response::from_parts(parts, Body::from(markup.into_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;
    use domain::Failure;

    #[tokio::test]
    async fn what_a_page_loads_is_sent_again_only_where_it_changed() {
        let first = tagged(asset(SCRIPT_TYPE, SCRIPT), None, |_| {}).await;
        let tag = first.headers()[ETAG].clone();
        assert_eq!(
            (first.status(), &first.headers()[CACHE_CONTROL]),
            (StatusCode::OK, &HeaderValue::from_static("no-cache"))
        );
        let again = tagged(asset(SCRIPT_TYPE, SCRIPT), Some(&tag), |_| {}).await;
        assert_eq!((again.status(), &again.headers()[ETAG]), (StatusCode::NOT_MODIFIED, &tag));
        let other = tagged(asset(STYLE_TYPE, STYLE), Some(&tag), |_| {}).await;
        assert_eq!(other.status(), StatusCode::OK);
    }

    /// A page with the scripts and styles of its first load has 100 KB at most.
    #[test]
    fn what_a_page_loads_beside_itself_leaves_most_of_a_hundred_kilobytes_to_it() {
        let shared = include_str!("../../pages/src/base.css").len() + include_str!("../../pages/src/session.js").len();
        let small = |text: &str| gzip(text.as_bytes()).unwrap().len();
        let knowledge = small(KNOWLEDGE_SCRIPT) + small(PAIRS_SCRIPT);
        let inbox = small(INBOX_SCRIPT) + small(STREAMED_SCRIPT);
        let most = [CALENDAR_SCRIPT, CONTACTS_SCRIPT, INVENTORY_SCRIPT, WEATHER_SCRIPT]
            .map(small)
            .into_iter()
            .fold(knowledge.max(inbox), usize::max);
        let all = shared + small(SCRIPT) + small(STYLE) + most;
        println!("{all} bytes beside a page");
        assert!(all <= 32_000, "{all}");
    }

    #[tokio::test]
    async fn what_a_page_loads_is_compressed_for_who_takes_it_so() {
        let loaded = async |takes_gzip| {
            let (parts, body) =
                compressed(tagged(asset(SCRIPT_TYPE, SCRIPT), None, |_| {}).await, takes_gzip).await.into_parts();
            (parts.headers.get(CONTENT_ENCODING).cloned(), axum::body::to_bytes(body, usize::MAX).await.unwrap())
        };
        assert_eq!(loaded(false).await, (None, SCRIPT.into()));
        let (encoding, small) = loaded(true).await;
        assert_eq!(encoding, Some(HeaderValue::from_static("gzip")));
        let mut text = String::new();
        io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&small[..]), &mut text).unwrap();
        assert_eq!(text, SCRIPT);
    }

    /// The page that stands in the place of a refusal of that kind, as a browser in `language` gets it.
    async fn refused(kind: Rejection, language: &'static str) -> String {
        let failure = Failure::rejected(kind, "the cursor is of another list");
        let asked = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(language))]);
        let page = refusal(api::ApiError::from(failure).into_response(), words::accepted(&asked)).await;
        String::from_utf8(axum::body::to_bytes(page.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_page_of_every_refusal_says_what_to_do_about_it() {
        for kind in Rejection::ALL {
            let title = match kind {
                Rejection::SecondFactorSetupNeeded => "second-factor-title",
                _ => match kind.status() {
                    401 => "renew-title",
                    403 => "forbidden-title",
                    404 => "missing-title",
                    429 => "busy-title",
                    _ => "refused-title",
                },
            };
            let words = words::accepted(&HeaderMap::new());
            let page = refused(kind, "en").await;
            assert!(page.contains(&format!("<h1>{}</h1>", words.t(title))), "{}: {page}", kind.code());
            assert_eq!(page.contains("the cursor is of"), title == "refused-title", "{}", kind.code());
        }
    }

    #[tokio::test]
    async fn a_refusal_is_told_in_the_readers_language_with_the_apis_sentence_marked_as_english() {
        let page = refused(Rejection::Conflict, "de").await;
        let told = "<p>So geht das zurzeit nicht.</p><p lang=\"en\">the cursor is of another list</p>";
        assert!(page.contains(told), "{page}");
        let known = |page: &str| page.contains("code_version_outdated");
        assert!(known(&page), "its script knows what codes mean: {page}");
        assert!(!known(&refused(Rejection::Conflict, "en").await), "in English the API says it itself");
    }

    /// The scripts of every page in this repository, by name.
    fn scripts(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                scripts(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "js") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }

    #[test]
    fn every_code_that_a_page_compares_is_one_that_the_api_has() {
        let mut found = Vec::new();
        scripts(std::path::Path::new(".."), &mut found);
        let mut compared = 0;
        for (name, text) in found {
            for is in ["code === \"", "code !== \""] {
                for code in text.split(is).skip(1).filter_map(|rest| rest.split('"').next()) {
                    compared += 1;
                    assert!(Rejection::of_code(code).is_some(), "{name} compares {code}");
                }
            }
        }
        assert!(compared > 0);
    }

    #[test]
    fn a_policy_is_given_an_origin_and_nothing_else() {
        let of = |url: &str| StreamOrigin::of(url).map(|origin| origin.0);
        let address = "https://abc.lambda-url.us-east-1.on.aws";
        assert_eq!(of(&format!("{address}/")).as_deref(), Some(address));
        for wrong in ["", "https://", "http://a.example", "https://a.example;script-src *", "https://*"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_page_runs_under_the_pages_policy_whatever_the_api_says_of_its_answers() {
        let policy = |own: Option<OwnPolicy>| {
            let mut response = Response::new(());
            let api = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, api);
            if let Some(own) = own {
                response.extensions_mut().insert(own);
            }
            let (mut parts, ()) = response.into_parts();
            page_headers(&mut parts);
            let all: Vec<_> = parts.headers.get_all(CONTENT_SECURITY_POLICY).iter().cloned().collect();
            all
        };
        assert_eq!(policy(None), [POLICY]);
        let own = HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; connect-src 'self' https://files.example.com",
        );
        assert_eq!(policy(Some(OwnPolicy(own.clone()))), [own]);
    }
}
