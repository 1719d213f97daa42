//! The documents: what became of each, new ones, and a question that is tried on them.

use api::{ApiError, Guard};
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::identity::{Permission, may};
use domain::ids::LocationId;
use domain::knowledge::{DocumentStatus, KnowledgeDocument, MAX_CATEGORY, MAX_DOCUMENT_BYTES};
use domain::tenancy::Location;
use maud::{Markup, html};
use serde::Deserialize;
use store::{DocumentFilter, Page};

use super::{PATH, ask, limit, place_name, places, sending};
use crate::answer::Bucket;
use crate::contacts::exactly;
use crate::settings::Reader;
use crate::settings::fields::{line, tick, value_of};
use crate::shell::{form, next};
use crate::view::View;
use crate::words::Words;

/// Documents on a page.
const ON_A_PAGE: usize = 50;
/// The ends of names of files that can be read.
const KINDS: &str = ".pdf,.docx,.xlsx,.csv,.html,.htm,.md,.markdown,.txt";

/// Which documents.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    pub(super) location: String,
    pub(super) category: String,
    pub(super) cursor: Option<String>,
}

impl Wanted {
    fn is_all(&self) -> bool {
        self.location.is_empty() && self.category.trim().is_empty()
    }

    /// What is no place of anyone is as if it were not said.
    fn filter(&self) -> DocumentFilter {
        let category = self.category.trim();
        DocumentFilter {
            location: LocationId::new(&self.location).ok(),
            category: (!category.is_empty()).then(|| category.to_owned()),
        }
    }
}

/// `GET /app/knowledge`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Extension(bucket): Extension<Bucket>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let reader = Reader::of(&view);
    let (tenant, knowledge) = (&view.tenant.id, guard.store.knowledge());
    let filter = wanted.filter();
    let (page, locations) = tokio::try_join!(
        knowledge.list(tenant, &filter, ON_A_PAGE, wanted.cursor.as_deref()),
        guard.store.tenants().locations(tenant),
    )?;
    let main = content(reader, &page, &locations, &wanted, &view.tenant.name);
    Ok(sending(super::page(&view, PATH, &reader.t("nav-knowledge"), &main), &bucket))
}

pub(super) fn content(
    reader: Reader<'_>,
    page: &Page<KnowledgeDocument>,
    locations: &[Location],
    wanted: &Wanted,
    business: &str,
) -> Markup {
    let may = reader.permits(Permission::WriteSettings);
    let is_long = page.items.len() > 1 || page.cursor.is_some() || !wanted.is_all();
    html! {
        p.quiet { (reader.t("knowledge-text")) }
        @if may { (add(reader, locations)) }
        section aria-labelledby="documents-title" {
            h2 #documents-title { (reader.t("documents-title")) }
            @if is_long { (filters(reader, locations, wanted)) }
            div #documents data-live { (listed(reader, page, locations, wanted)) }
        }
        (ask::section(reader, locations))
        @if may { (clear(reader, business)) }
    }
}

/// Sends files: those that are chosen or dropped, each with what becomes of it.
fn add(reader: Reader<'_>, locations: &[Location]) -> Markup {
    let words = reader.words;
    html! {
        section aria-labelledby="document-add-title" {
            h2 #document-add-title { (words.t("document-add")) }
            (files(reader, "POST /v1/knowledge/documents", None, &html! {
                (file_field(reader, "document-files", "document-files-hint", true))
                details {
                    summary { (words.t("document-more")) }
                    (places(reader, "document-", "knowledge-everywhere", locations, ""))
                    (line("knowledge-category", "category", "").limit(limit(MAX_CATEGORY)).hint("knowledge-category-hint").within("document-").show(words))
                }
                (tick("document-replaces", "replaces", true).within("document-").show(words))
            }))
        }
    }
}

/// A form that sends files to where `call` leads; for a document that is there, new versions of it.
pub(super) fn files(reader: Reader<'_>, call: &str, document: Option<&str>, fields: &Markup) -> Markup {
    let limit = size(reader.words, MAX_DOCUMENT_BYTES);
    let t = |id: &str| reader.t(id);
    html! {
        form.drop method="post" data-files=(call) data-replace=[document] data-most=(MAX_DOCUMENT_BYTES) data-kinds=(KINDS)
            data-waits=(t("upload-waits")) data-runs=(t("upload-runs")) data-sent=(t("upload-sent")) data-lost=(t("upload-lost"))
            data-again=(t("upload-again")) data-empty=(t("upload-empty")) data-wrong-kind=(t("upload-wrong-kind"))
            data-too-large=(reader.words.with("upload-too-large", "size", limit.as_str()))
            data-done=(t("upload-done")) data-some-failed=(t("upload-some-failed")) {
            (fields)
            button type="submit" { (t("do-upload")) }
            p.problem role="alert" {}
            ul.sending aria-live="polite" {}
            template {
                li {
                    p { strong.name dir="auto" {} " " span.told {} }
                    button.second type="button" { (t("upload-again")) }
                }
            }
        }
    }
}

/// Where files are chosen.
pub(super) fn file_field(reader: Reader<'_>, label: &str, hint: &str, several: bool) -> Markup {
    let limit = size(reader.words, MAX_DOCUMENT_BYTES);
    html! {
        div.field {
            label for="files" { (reader.t(label)) }
            input #files type="file" name="files" accept=(KINDS) multiple[several] required aria-describedby="files-hint files-problem";
            p.quiet.hint #files-hint { (reader.words.with(hint, "size", limit.as_str())) }
            p.problem #files-problem {}
        }
    }
}

/// Those of a place or a category alone.
fn filters(reader: Reader<'_>, locations: &[Location], wanted: &Wanted) -> Markup {
    html! {
        form.filters method="get" action=(PATH) {
            @if !locations.is_empty() {
                div {
                    label for="location" { (reader.t("knowledge-location")) }
                    select #location name="location" {
                        option value="" { (reader.t("any")) }
                        @for place in locations {
                            option value=(place.id) selected[wanted.location == place.id.as_str()] dir="auto" { (place.name) }
                        }
                    }
                }
            }
            div {
                label for="category" { (reader.t("knowledge-category")) }
                input #category type="search" name="category" maxlength=(limit(MAX_CATEGORY)) value=(wanted.category.trim()) dir="auto";
            }
            button.second type="submit" { (reader.t("do-filter")) }
        }
    }
}

fn listed(reader: Reader<'_>, page: &Page<KnowledgeDocument>, locations: &[Location], wanted: &Wanted) -> Markup {
    let words = reader.words;
    let query = [("location", wanted.location.as_str()), ("category", wanted.category.trim())];
    html! {
        @if page.items.is_empty() {
            p.empty { (words.t(if wanted.is_all() { "documents-empty" } else { "documents-none-match" })) }
        } @else {
            p.quiet { (counted(words, page)) }
            ul.rows { @for document in &page.items { (row(reader, document, locations)) } }
        }
        (next(words, PATH, &query, page.cursor.as_deref()))
    }
}

/// How many there are, and how many of them are ready, read or failed.
fn counted(words: &Words, page: &Page<KnowledgeDocument>) -> String {
    let of = |is: fn(&DocumentStatus) -> bool| page.items.iter().filter(|document| is(&document.status)).count();
    let is_part = page.cursor.is_some();
    let all = words.with(if is_part { "documents-on-page" } else { "documents-count" }, "count", page.items.len());
    let counts = [
        ("document-count-ready", of(|status| *status == DocumentStatus::Ready)),
        ("document-count-reading", of(is_on_its_way)),
        ("document-count-failed", of(|status| *status == DocumentStatus::Failed)),
    ];
    let some = counts.into_iter().filter(|(_, count)| *count > 0).map(|(id, count)| words.with(id, "count", count));
    std::iter::once(all).chain(some).collect::<Vec<_>>().join(" · ")
}

/// Whether something is still going to happen to it.
fn is_on_its_way(status: &DocumentStatus) -> bool {
    match status {
        DocumentStatus::WaitingForFile | DocumentStatus::Queued | DocumentStatus::Reading => true,
        DocumentStatus::Ready | DocumentStatus::Failed => false,
    }
}

pub(super) fn row(reader: Reader<'_>, document: &KnowledgeDocument, locations: &[Location]) -> Markup {
    let words = reader.words;
    let count =
        |id: &str, count: Option<u32>| count.filter(|count| *count > 0).map(|count| words.with(id, "count", count));
    let place = document.location.as_ref().map(|id| place_name(locations, id.as_str()).to_owned());
    let facts = [
        document.format.map(|format| words.value("format", &format)),
        count("document-pages", document.pages),
        count("document-chunks", document.chunks),
        place,
        document.category.clone(),
    ];
    html! {
        li {
            a.row-link href=(path_of(document)) id=(format!("document-{}", document.id)) data-status=(value_of(&document.status))
                data-told=[told(words, document)] {
                span.line { strong dir="auto" { (document.name) } (status(words, document.status)) }
                span.quiet dir="auto" { (facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")) }
                @if let Some(why) = why(words, document) { span.problem dir="auto" { (why) } }
                @if let Some(unread) = count("document-unread", u32::try_from(document.unread_pages.len()).ok()) {
                    span.problem { (unread) }
                }
            }
        }
    }
}

/// Where it is shown.
pub(super) fn path_of(document: &KnowledgeDocument) -> String {
    format!("{PATH}/{}", document.id)
}

/// Its status as a mark.
pub(super) fn status(words: &Words, status: DocumentStatus) -> Markup {
    html! {
        span.tag.met[status == DocumentStatus::Ready].alert[status == DocumentStatus::Failed] { (words.value("document-status", &status)) }
    }
}

/// Why it could not be read.
pub(super) fn why(words: &Words, document: &KnowledgeDocument) -> Option<String> {
    document.failure.as_ref().map(|failure| words.value("document-failure", &failure.code))
}

/// What is said when that became of it while someone looks.
pub(super) fn told(words: &Words, document: &KnowledgeDocument) -> Option<String> {
    match document.status {
        DocumentStatus::Ready => Some(words.with("document-told-ready", "name", document.name.as_str())),
        DocumentStatus::Failed => Some(words.with("document-told-failed", "name", document.name.as_str())),
        DocumentStatus::WaitingForFile | DocumentStatus::Queued | DocumentStatus::Reading => None,
    }
}

/// How much it is, for people.
pub(super) fn size(words: &Words, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return words.with("size-kb", "size", bytes.div_ceil(1_000).to_string());
    }
    let tenths = bytes / 100_000;
    let shown = match (tenths / 10, tenths % 10, words.language) {
        (whole, 0, _) => whole.to_string(),
        (whole, part, "en") => format!("{whole}.{part}"),
        (whole, part, _) => format!("{whole},{part}"),
    };
    words.with("size-mb", "size", shown)
}

/// Deleting everything cannot be undone, so it asks for what the business is called.
fn clear(reader: Reader<'_>, business: &str) -> Markup {
    let fields = html! {
        p { (reader.t("knowledge-clear-text")) }
        div.field {
            label for="clear-confirm" { (reader.words.with("knowledge-clear-confirm", "name", business)) }
            input #clear-confirm required autocomplete="off" dir="auto" pattern=(exactly(business)) title=(business)
                aria-describedby="clear-confirm-problem";
            p.problem #clear-confirm-problem {}
        }
        button type="submit" { (reader.t("knowledge-clear")) }
    };
    html! {
        details #clear {
            summary { (reader.t("knowledge-clear")) }
            (form("DELETE /v1/knowledge", &reader.t("done-knowledge-clear"), "erase", &fields))
        }
    }
}
