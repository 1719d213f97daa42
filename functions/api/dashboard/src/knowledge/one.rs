//! One document: what became of it page by page, and what can be done with it; a list of questions with their answers, one by one.

use api::{ApiError, Guard};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::identity::{Permission, may};
use domain::ids::{DocumentId, LocationId};
use domain::knowledge::{KnowledgeDocument, MAX_CATEGORY, MAX_NAME, UnreadReason};
use domain::tenancy::Location;
use maud::{Markup, html};

use super::documents::{file_field, files, path_of, size, status, told, why};
use super::{PATH, limit, pairs, place_name, places, sending};
use crate::answer::Bucket;
use crate::settings::fields::{line, value_of};
use crate::settings::{Reader, Wanted, first};
use crate::show::moment;
use crate::view::View;

/// `GET /app/knowledge/{id}`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Extension(bucket): Extension<Bucket>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let reader = Reader::of(&view);
    let (tenant, knowledge) = (&view.tenant.id, guard.store.knowledge());
    let id = DocumentId::parse(&id)?;
    let (stored, locations) = tokio::try_join!(knowledge.get(tenant, id), guard.store.tenants().locations(tenant))?;
    let document = &stored.value;
    let faq = if document.is_faq() { Some(knowledge.faq(tenant, id).await?) } else { None };
    let main = html! {
        p { a.back href=(PATH) { (reader.t("back-to-knowledge")) } }
        div #document data-live { (about(reader, document, &locations)) }
        @if let Some(faq) = &faq { (pairs::list(reader, faq, first(&wanted.from))) }
        @if view.permits(Permission::WriteSettings) { (change(reader, document, &locations)) }
    };
    Ok(sending(super::page(&view, &path_of(document), &document.name, &main), &bucket))
}

/// What it is and what became of it.
pub(super) fn about(reader: Reader<'_>, document: &KnowledgeDocument, locations: &[Location]) -> Markup {
    let words = reader.words;
    let languages: Vec<String> = document.languages.iter().map(|code| words.value("language", code)).collect();
    let place = document.location.as_ref().map(|id| place_name(locations, id.as_str()).to_owned());
    let facts = [
        ("document-kind", document.format.map(|format| words.value("format", &format))),
        ("document-size", (document.bytes > 0).then(|| size(words, document.bytes))),
        ("document-page-count", document.pages.map(|count| count.to_string())),
        ("document-chunk-count", document.chunks.map(|count| count.to_string())),
        ("document-languages", Some(languages.join(", ")).filter(|all| !all.is_empty())),
        ("knowledge-location", place.or_else(|| Some(words.t("knowledge-everywhere")))),
        ("knowledge-category", document.category.clone()),
    ];
    let times = [("document-uploaded", Some(document.uploaded_at)), ("document-ready-at", document.ready_at)];
    html! {
        p #document-state data-status=(value_of(&document.status)) data-told=[told(words, document)] { (status(words, document.status)) }
        @if let Some(why) = why(words, document) { p.problem dir="auto" { (why) } }
        dl {
            @for (label, fact) in facts { @if let Some(fact) = fact { dt { (words.t(label)) } dd dir="auto" { (fact) } } }
            @for (label, at) in times { @if let Some(at) = at { dt { (words.t(label)) } dd { (moment(at, reader.zone)) } } }
        }
        (unread(reader, document))
    }
}

/// The pages of which nothing is known, with why.
fn unread(reader: Reader<'_>, document: &KnowledgeDocument) -> Markup {
    let words = reader.words;
    let of = |reason: UnreadReason| -> Vec<u32> {
        document.unread_pages.iter().filter(|page| page.reason == reason).map(|page| page.page).collect()
    };
    let reasons =
        [("document-unread-image", of(UnreadReason::Image)), ("document-unread-broken", of(UnreadReason::Broken))];
    html! {
        @if !document.unread_pages.is_empty() {
            div.notice {
                ul {
                    @for (label, pages) in reasons {
                        @if !pages.is_empty() {
                            li { strong { (words.t(label)) } ": " (words.with("document-page-list", "pages", ranges(&pages))) }
                        }
                    }
                }
                p { (words.t("document-unread-text")) }
            }
        }
    }
}

/// Numbers of pages as people write them: `3, 7–9`.
fn ranges(pages: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(page) => *last = page,
            _ => spans.push((page, page)),
        }
    }
    let shown = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    spans.into_iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// What can be done with it.
pub(super) fn change(reader: Reader<'_>, document: &KnowledgeDocument, locations: &[Location]) -> Markup {
    let words = reader.words;
    let path = format!("/v1/knowledge/documents/{}", document.id);
    let location = document.location.as_ref().map(LocationId::as_str).unwrap_or_default();
    let category = document.category.clone().unwrap_or_default();
    html! {
        section #change aria-labelledby="change-title" data-fresh {
            h2 #change-title { (words.t("document-change")) }
            form method="post" data-call=(format!("PATCH {path}")) data-patch data-latest data-done=(words.t("done-save")) {
                (line("document-name", "name", &*document.name).limit(limit(MAX_NAME)).required().within("document-").show(words))
                (places(reader, "document-", "knowledge-everywhere", locations, location))
                (line("knowledge-category", "category", category).limit(limit(MAX_CATEGORY)).hint("knowledge-category-hint").reads("empty-null")
                    .within("document-").show(words))
                button type="submit" { (words.t("do-save")) }
                p.problem role="alert" {}
            }
        }
        @if !document.is_faq() {
            section aria-labelledby="replace-title" {
                h2 #replace-title { (words.t("document-replace")) }
                p.quiet { (words.t("document-replace-text")) }
                (files(reader, &format!("POST {path}/upload"), Some(&document.id.to_string()), &file_field(reader, "document-file", "document-file-hint", false)))
            }
        }
        section aria-labelledby="remove-title" {
            h2 #remove-title { (words.t("document-remove")) }
            p { (words.t("document-remove-text")) }
            form.button method="post" data-call=(format!("DELETE {path}")) data-done=(words.t("done-document-remove")) data-then=(PATH) {
                button.second type="submit" { (words.t("do-document-remove")) }
                p.problem role="alert" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_follow_each_other_are_a_range() {
        assert_eq!(ranges(&[3, 7, 8, 9, 12, 13]), "3, 7–9, 12–13");
        assert_eq!(ranges(&[u32::MAX]), u32::MAX.to_string());
        assert_eq!(ranges(&[]), "");
    }
}
