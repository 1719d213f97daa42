//! Knowledge: what the assistant answers from. Documents, questions with their answers, and what customers asked and no one had an answer for.

mod ask;
mod documents;
mod gaps;
mod one;
mod pairs;
#[cfg(test)]
mod tests;

use api::Guard;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::tenancy::Location;
use maud::{Markup, html};

use crate::answer::{Bucket, Html, POLICY};
use crate::settings::Reader;
use crate::shell;
use crate::view::View;

/// Its address.
pub(crate) const PATH: &str = "/app/knowledge";
/// Where questions with their answers are added.
const PAIRS: &str = "/app/knowledge/pairs";
/// Where questions are that no one had an answer for.
const GAPS: &str = "/app/knowledge/gaps";

/// The parts of these pages: the words and the address.
const PARTS: [(&str, &str); 3] = [("knowledge-documents", PATH), ("knowledge-pairs", PAIRS), ("knowledge-gaps", GAPS)];

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new()
        .route(PATH, get(documents::page))
        .route(PAIRS, get(pairs::page))
        .route(GAPS, get(gaps::page))
        .route("/app/knowledge/{id}", get(one::page))
}

/// A page at `path`, or one that none of the parts leads to.
fn page<R>(view: &View<R>, path: &str, title: &str, main: &Markup) -> Html {
    let words = view.words;
    let whole = html! {
        script type="module" src="/app/knowledge.js" {}
        nav.queues aria-label=(words.t("nav-knowledge")) {
            ul {
                @for (label, address) in PARTS {
                    li { a href=(address) aria-current=[(address == path).then_some("page")] { (words.t(label)) } }
                }
            }
        }
        h1 dir="auto" { (title) }
        div.knowledge { (main) }
    };
    Html(shell::page(view, PATH, title, &whole))
}

/// A page that may send files to the bucket.
fn sending(page: Html, bucket: &Bucket) -> Response {
    page.under(&POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {}", bucket.0)))
}

/// The places of the business to choose from, where there are some: what is chosen there is for customers of that place alone.
fn places(reader: Reader<'_>, within: &str, any: &str, locations: &[Location], chosen: &str) -> Markup {
    let id = format!("{within}location");
    let problem = format!("{id}-problem");
    html! {
        @if !locations.is_empty() {
            div.field {
                label for=(id) { (reader.t("knowledge-location")) }
                select id=(id) name="location" data-type="empty-null" aria-describedby=(problem) {
                    option value="" { (reader.t(any)) }
                    @for place in locations {
                        option value=(place.id) selected[chosen == place.id.as_str()] dir="auto" { (place.name) }
                    }
                }
                p.problem id=(problem) {}
            }
        }
    }
}

/// What a place is called; one that is not there any more by its slug.
fn place_name<'a>(locations: &'a [Location], id: &'a str) -> &'a str {
    locations.iter().find(|place| place.id.as_str() == id).map_or(id, |place| place.name.as_str())
}

/// A number of characters as fields take it.
fn limit(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
