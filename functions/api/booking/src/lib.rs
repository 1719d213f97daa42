//! What customers see of the calendar: a business's booking page (`/book/{tenant}`), and the page of one appointment behind
//! its link (`/visit/{token}`).
//!
//! Pages are rendered here, run no script, and work with a keyboard alone. Who books is who they say they are, and no more:
//! an address that was typed finds its contact, so that nobody is there twice, and shows nothing of them. A link acts on its
//! one appointment until that is over or cancelled; opening it changes nothing, because mail scanners open links too. No
//! address of a page is logged, sent on as a referrer, or kept by a browser.

mod book;
mod business;
mod details;
mod look;
mod picker;
#[cfg(test)]
mod samples;
mod typed;
mod visit;
mod wait;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use domain::Failure;
use serde::Deserialize;

pub use business::AppState;

/// The largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// The routes.
pub fn router(app_state: AppState) -> Router {
    let hops = app_state.trusted_hops;
    let pages = Router::new()
        .route("/book/{tenant}", get(book::show).post(book::book))
        .route("/book/{tenant}/style.css", get(book::style))
        .route("/visit/{token}", get(visit::show))
        .route("/visit/{token}/calendar.ics", get(visit::file))
        .route("/visit/{token}/confirm", post(visit::confirm))
        .route("/visit/{token}/cancel", post(visit::cancel))
        .route("/visit/{token}/move", get(visit::times).post(visit::move_to))
        .fallback(async |parts: Parts| shown(&parts, None, Err(Failure::not_found("page"))))
        .layer(DefaultBodyLimit::max(MAX_FORM));
    api::serve_open_pages(pages, hops, app_state)
}

/// What is asked for in the query. What cannot be read is as if it had not been said.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct BookingQuery {
    service: Option<String>,
    location: Option<String>,
    /// From which day on days are shown, and whose times.
    from: Option<String>,
    day: Option<String>,
    /// The time that was chosen.
    at: Option<String>,
    /// They would rather wait for a time.
    wait: Option<String>,
    /// The language that was chosen.
    lang: Option<String>,
    /// What was done just now.
    done: Option<String>,
}

impl BookingQuery {
    /// The query that keeps the chosen language.
    fn language(&self) -> Vec<(&str, &str)> {
        self.lang.iter().map(|lang| ("lang", lang.as_str())).collect()
    }

    /// From which day on, and whose times.
    fn days(&self) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
        let read = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        (read(&self.from), read(&self.day))
    }
}

/// The page, or the one in its place.
pub(crate) fn shown(parts: &Parts, lang: Option<&str>, page: Result<Response, Failure>) -> Response {
    page.unwrap_or_else(|failure| look::problem(words::wanted(lang, &parts.headers, "en"), &failure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode};
    use lambda_http::tower::Service as _;
    use runtime::http::TrustedHops;
    use store::Store;

    /// Asks for what needs no table.
    async fn asked(method: Method, path: &str) -> (StatusCode, Response) {
        let config = aws_config::SdkConfig::builder().behavior_version(aws_config::BehaviorVersion::latest()).build();
        let app_state =
            AppState { store: Store::new(&config, "none".to_owned()), trusted_hops: TrustedHops::default() };
        let request = Request::builder().method(method).uri(path).header("accept-language", "fr");
        let answer = router(app_state).call(request.body(Body::empty()).unwrap()).await.unwrap();
        (answer.status(), answer)
    }

    #[tokio::test]
    async fn an_address_that_leads_nowhere_is_a_page_in_the_readers_language() {
        for path in [
            "/visit/x",
            "/visit/Not%20a%20slug.token",
            "/visit/x/move",
            "/visit/x/calendar.ics",
            "/book/X",
            "/book/x/y",
        ] {
            let (status, answer) = asked(Method::GET, path).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            for (name, value) in
                [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")]
            {
                assert_eq!(answer.headers()[name], value, "{path}");
            }
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains("Page introuvable"), "{path}");
        }
    }

    #[tokio::test]
    async fn what_changes_an_appointment_is_no_get() {
        for path in ["/visit/x/confirm", "/visit/x/cancel"] {
            assert_eq!(asked(Method::GET, path).await.0, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        }
    }
}
