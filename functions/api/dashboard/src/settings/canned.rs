//! The answers that staff keep to insert while they write. Whoever writes to customers sees them, whoever changes settings changes them.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::tenancy::Language;
use domain::turns::canned::CannedAnswer;
use maud::{Markup, html};
use store::{Page, Versioned};

use super::business::languages;
use super::documents::Documents;
use super::fields::{choice, line, lines};
use super::{FORMS_ON_A_PAGE, Reader, Wanted};
use crate::answer::Html;
use crate::show::short;
use crate::view::View;

const PATH: &str = "/app/settings/canned-answers";

/// `GET /app/settings/canned-answers`
pub(super) async fn page(
    view: View<may::ReadConversations>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let page = guard.store.documents().list(&view.tenant.id, FORMS_ON_A_PAGE, wanted.cursor.as_deref()).await?;
    Ok(super::page(&view, PATH, &content(Reader::of(&view), &page)))
}

pub(super) fn content(reader: Reader<'_>, page: &Page<Versioned<CannedAnswer>>) -> Markup {
    let documents = Documents {
        path: "/v1/canned-answers",
        page: PATH,
        add: "canned-add",
        empty: "canned-empty",
        right: Permission::WriteSettings,
        reader,
    };
    html! {
        p.quiet { (reader.t("canned-text")) }
        (documents.show(page, |answer| answer_line(reader, answer), |answer, within| answer_fields(reader, answer, within)))
    }
}

fn answer_line(reader: Reader<'_>, answer: &CannedAnswer) -> Markup {
    html! {
        strong dir="auto" { (answer.name) }
        @if let Some(language) = &answer.language { " " span.tag { (reader.words.value("language", language)) } }
        span.quiet dir="auto" { " · " (short(&answer.text, 60)) }
    }
}

fn answer_fields(reader: Reader<'_>, answer: Option<&CannedAnswer>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&CannedAnswer) -> &str| answer.map(of).unwrap_or_default();
    let set = answer.and_then(|answer| answer.language.as_ref()).map(Language::as_str);
    let any = (String::new(), words.t("canned-any-language"));
    let all = std::iter::once(any).chain(languages(reader, set)).collect();
    html! {
        (line("canned-name", "name", text(|answer| &answer.name)).limit(60).required().within(within).show(words))
        (lines("canned-words", "text", text(|answer| &answer.text)).limit(1_600).required().hint("canned-places").within(within).show(words))
        (choice("canned-language", "language", all, set.unwrap_or_default()).reads("empty-null").within(within).show(words))
    }
}
