//! The pages that mails lead to and people sign in on: `/sign-in`, `/accept`, `/verify`, `/forgot`, `/reset`, `/account`.
//!
//! They are the same for everybody, in the language that the browser asks for. What they show of a person, their script reads from `/v1`, with cookies that no script
//! can read; so nothing here asks for a credential, reads a query or touches the table. A page runs its own script and
//! nothing else, and cannot be framed. The tokens in the links of mails go to no other site: pages send no referrer, and
//! no one keeps a copy of them.

mod account;
mod layout;
mod ways_in;
mod words;

use axum::Router;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::Markup;

use words::Words;

/// A page, written in a language.
type Written = fn(&Words) -> Markup;

/// What the pages do.
const SCRIPT: &str = include_str!("account.js");
/// The session, the API and forms, for the scripts of all pages.
const SESSION: &str = include_str!("session.js");
/// How they look.
const STYLE: &str = include_str!("account.css");
/// Colours, type, forms and lists of all pages.
const BASE: &str = include_str!("base.css");

/// A page may run our script, use our style, call our API, and show the QR code that the API drew. Nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The routes.
pub fn router() -> Router {
    Router::new()
        .route("/sign-in", get(async |headers: HeaderMap| page(ways_in::sign_in, &headers)))
        .route("/accept", get(async |headers: HeaderMap| page(ways_in::accept, &headers)))
        .route("/verify", get(async |headers: HeaderMap| page(ways_in::verify, &headers)))
        .route("/forgot", get(async |headers: HeaderMap| page(ways_in::forgot, &headers)))
        .route("/reset", get(async |headers: HeaderMap| page(ways_in::reset, &headers)))
        .route("/account", get(async |headers: HeaderMap| page(account::account, &headers)))
        .route("/pages/account.js", get(async || part("text/javascript; charset=utf-8", SCRIPT)))
        .route("/pages/session.js", get(async || part("text/javascript; charset=utf-8", SESSION)))
        .route("/pages/account.css", get(async || part("text/css; charset=utf-8", STYLE)))
        .route("/pages/base.css", get(async || part("text/css; charset=utf-8", BASE)))
}

/// A page in the language of its reader: its address may hold a token, and the browser's "back" after signing out shows nothing.
fn page(written: Written, headers: &HeaderMap) -> Response {
    answer("text/html; charset=utf-8", "no-store", written(words::wanted(headers)).into_string())
}

/// What the pages load: asked for each time, so that it always fits the page.
fn part(content_type: &'static str, text: &'static str) -> Response {
    answer(content_type, "no-cache", text.to_owned())
}

fn answer(content_type: &'static str, cache: &'static str, body: String) -> Response {
    let headers: [(HeaderName, HeaderValue); 7] = [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, cache),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (VARY, ACCEPT_LANGUAGE.as_str()),
        (STRICT_TRANSPORT_SECURITY, "max-age=63072000"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// All pages in all languages, by the name that the script knows them by.
    fn pages() -> Vec<(&'static str, String)> {
        let written: [(&str, Written); 6] = [
            ("sign-in", ways_in::sign_in),
            ("accept", ways_in::accept),
            ("verify", ways_in::verify),
            ("forgot", ways_in::forgot),
            ("reset", ways_in::reset),
            ("account", account::account),
        ];
        words::ALL.iter().flat_map(|words| written.map(|(name, write)| (name, write(words).into_string()))).collect()
    }

    /// What stands between `before` and the next quote, each time.
    fn all<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
        text.split(before).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
    }

    #[test]
    fn a_page_is_kept_by_no_one_and_sends_its_address_to_no_one() {
        let headers = page(ways_in::reset, &HeaderMap::new()).headers().clone();
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers[REFERRER_POLICY], "no-referrer");
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
    }

    #[test]
    fn nothing_is_run_or_loaded_that_the_policy_forbids() {
        for (name, html) in pages() {
            assert_eq!(html.matches("<script").count(), 1, "{name}");
            assert!(html.contains("<script type=\"module\" src=\"/pages/account.js\">"), "{name}");
            assert!(!html.contains("style=") && !html.contains("<style"), "{name}");
            assert!(!html.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')), "{name}");
            assert!(!html.contains("//"), "{name} names another site");
        }
        for way_to_html in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(
                !SCRIPT.contains(way_to_html) && !SESSION.contains(way_to_html),
                "what the API says is text: {way_to_html}"
            );
        }
    }

    #[test]
    fn every_field_has_a_label_and_a_place_for_its_problem() {
        for (name, html) in pages() {
            let ids = all(&html, " id=\"");
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
            for input in all(&html, "<input id=\"") {
                assert!(html.contains(&format!("<label for=\"{input}\">")), "{name}: {input}");
                assert!(unique.contains(format!("{input}-problem").as_str()), "{name}: {input}");
            }
            for named in all(&html, " for=\"").into_iter().chain(all(&html, "aria-labelledby=\"")) {
                assert!(unique.contains(named), "{name}: {named}");
            }
            assert!(html.contains("<html lang=\"") && html.contains("<title>"), "{name}");
        }
    }

    #[test]
    fn without_the_script_no_password_gets_into_an_address() {
        for (name, html) in pages() {
            assert_eq!(html.matches("<form ").count(), html.matches("method=\"post\"").count(), "{name}");
            assert!(html.contains("<noscript>"), "{name}");
        }
    }

    #[test]
    fn the_script_finds_what_it_looks_for() {
        let html: String = pages().into_iter().map(|(_, html)| html).collect();
        let looked_for = all(SCRIPT, "find(\"#");
        assert!(looked_for.len() > 20);
        for id in looked_for {
            assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
        }
        for said in all(SCRIPT, "say(\"").into_iter().chain(all(SESSION, "say(\"")) {
            assert!(words::ALL[0].said().contains(&format!("\"{said}\":")), "{said}");
        }
        for (name, html) in pages() {
            assert!(html.contains(&format!("<body data-page=\"{name}\"")), "{name}");
            assert!(SCRIPT.contains(&format!("\"{name}\": ")), "{name}");
        }
    }
}
