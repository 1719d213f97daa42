//! What all pages are made of: the frame, in the business's colours, and the headers.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use colour::Colour;
use domain::Failure;
use domain::failure::Rejection;
use maud::{DOCTYPE, Markup, html};
use url::Url;

use crate::business::Business;
use crate::words::{self, Words};

const STYLE: &str = include_str!("look.css");
/// The backgrounds of `base.css`, in light and in dark.
const LIGHT: [&str; 2] = ["#f5f2ec", "#ffffff"];
const DARK: [&str; 2] = ["#15161a", "#1e2026"];

/// A page of a business. `here`: its address without the language, where it can be asked for again in another one.
pub(crate) fn page(business: &Business, title: &str, here: Option<&str>, main: &Markup) -> Response {
    let words = business.words;
    let style = format!("/book/{}/style.css", business.tenant.id);
    let name = business.name();
    let header = html! {
        @if let Some(logo) = &business.branding.logo_url { img src=(logo) alt=""; }
        p.brand { (name) }
    };
    let footer = html! {
        @if let Some(here) = here {
            nav aria-label=(words.languages) {
                ul.languages {
                    @for other in &words::ALL {
                        li {
                            @if other.language == words.language {
                                span lang=(other.language) aria-current="true" { (other.own_name) }
                            } @else {
                                a href=(with(here, &[("lang", other.language)])) lang=(other.language) hreflang=(other.language) rel="nofollow" { (other.own_name) }
                            }
                        }
                    }
                }
            }
        }
    };
    let markup = document(words, &format!("{title} – {name}"), Some(&style), &header, main, &footer);
    answer(StatusCode::OK, business.branding.logo_url.as_deref(), markup)
}

/// The page in the place of what cannot be shown.
pub(crate) fn problem(words: &Words, failure: &Failure) -> Response {
    let (status, title, text) = match failure {
        Failure::Rejected { kind: Rejection::TooManyRequests, .. } => {
            (StatusCode::TOO_MANY_REQUESTS, words.busy_title, words.busy)
        }
        Failure::Rejected { .. } => (StatusCode::NOT_FOUND, words.gone_title, words.gone),
        failure => {
            tracing::warn!(reason = %failure, "a booking page could not be shown");
            (StatusCode::SERVICE_UNAVAILABLE, words.failed_title, words.failed)
        }
    };
    let main = html! { h1 { (title) } p { (text) } };
    answer(status, None, document(words, title, None, &html! {}, &main, &html! {}))
}

fn document(
    words: &Words,
    title: &str,
    style: Option<&str>,
    header: &Markup,
    main: &Markup,
    footer: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="stylesheet" href="/pages/base.css";
                @if let Some(style) = style { link rel="stylesheet" href=(style); }
                // A browser asks for an icon unless it is told that there is none.
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#main" { (words.skip) }
                header.top { (header) }
                main #main tabindex="-1" { (main) }
                footer { (footer) }
            }
        }
    }
}

/// A page runs no script, loads our style and the business's logo, and cannot be framed.
fn answer(status: StatusCode, logo: Option<&str>, markup: Markup) -> Response {
    let origin = logo.and_then(|logo| Url::parse(logo).ok()).map(|logo| logo.origin().ascii_serialization());
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data: {}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        origin.unwrap_or_default()
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (status, headers, markup.into_string()).into_response()
}

/// A problem of a field or of the whole form.
pub(crate) fn alert(text: &str) -> Markup {
    html! { p.problem role="alert" { (text) } }
}

/// An address with more in its query.
pub(crate) fn with(address: &str, query: &[(&str, &str)]) -> String {
    let more = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let mark = if address.contains('?') { '&' } else { '?' };
    if more.is_empty() { address.to_owned() } else { format!("{address}{mark}{more}") }
}

/// `GET /book/{tenant}/style.css`: the business's colour, made readable in light and in dark, and how a page looks.
pub(crate) fn style(business: &Business) -> Response {
    let colours = business.branding.primary_colour.as_deref().and_then(Colour::read).map(|own| {
        let (light, dark) = (against(own, LIGHT, 0).hex(), against(own, DARK, 255).hex());
        let [page, _] = DARK;
        format!(
            ":root {{ --accent: {light}; --on-accent: #fff; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; \
             --on-accent: {page}; }} }}\n"
        )
    });
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=300")];
    (headers, format!("{}{STYLE}", colours.unwrap_or_default())).into_response()
}

/// The nearest colour on the way to black (0) or white (255) that can be read on these backgrounds.
fn against(own: Colour, backgrounds: [&str; 2], end: u8) -> Colour {
    let backgrounds: Vec<Colour> = backgrounds.into_iter().filter_map(Colour::read).collect();
    own.against(&backgrounds, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use colour::READABLE;

    #[test]
    fn whatever_colour_a_business_has_can_be_read_in_light_and_in_dark() {
        for own in
            ["#1A4D8F", "#F2A900", "#FFFFFF", "#000000", "#FFFF00", "#808080"].map(|own| Colour::read(own).unwrap())
        {
            for (grounds, end) in [(LIGHT, 0), (DARK, 255)] {
                let shown = Colour::read(&against(own, grounds, end).hex()).unwrap();
                for ground in grounds {
                    let contrast = shown.contrast(Colour::read(ground).unwrap());
                    assert!(contrast >= READABLE, "{} on {ground}: {contrast}", shown.hex());
                }
            }
        }
        let readable = Colour::read("#1a4d8f").unwrap();
        assert_eq!(against(readable, LIGHT, 0), readable, "what can be read already stays as it is");
    }

    #[test]
    fn a_page_loads_the_logo_from_its_site_and_nothing_from_anywhere_else() {
        let policy = |logo| {
            let answer = answer(StatusCode::OK, logo, html! {});
            answer.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
        };
        assert!(
            policy(Some("https://cdn.example.com/a;b/logo.svg")).contains("img-src data: https://cdn.example.com; ")
        );
        let plain = policy(None);
        assert!(plain.starts_with("default-src 'none'; ") && plain.ends_with("frame-ancestors 'none'"), "{plain}");
        assert!(!plain.contains("script") && !plain.contains("unsafe") && !plain.contains("http"), "{plain}");
    }

    #[test]
    fn what_is_added_to_an_address_is_escaped() {
        assert_eq!(with("/book/acme", &[("service", "a&b"), ("lang", "de")]), "/book/acme?service=a%26b&lang=de");
        assert_eq!(with("/book/acme?service=a", &[("lang", "de")]), "/book/acme?service=a&lang=de");
        assert_eq!(with("/book/acme", &[]), "/book/acme");
    }
}
