//! What customers asked and no one had an answer for: each with a draft to edit and add, or to dismiss.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::knowledge::gaps::Gap;
use maud::{Markup, html};

use super::GAPS;
use crate::answer::Html;
use crate::settings::Reader;
use crate::settings::fields::{line, lines};
use crate::show::moment;
use crate::view::View;

/// `GET /app/knowledge/gaps`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let reader = Reader::of(&view);
    let gaps = guard.store.gaps().waiting(&view.tenant.id, view.now()).await?;
    let main = html! {
        p.quiet { (reader.t("gaps-text")) }
        (list(reader, &gaps))
    };
    Ok(super::page(&view, GAPS, &reader.t("knowledge-gaps"), &main))
}

/// The questions. One that was answered goes from the page, and what is typed at the others stays.
pub(super) fn list(reader: Reader<'_>, gaps: &[Gap]) -> Markup {
    html! {
        p.empty #no-gaps hidden[!gaps.is_empty()] { (reader.t("gaps-empty")) }
        ul.entries #gaps { @for gap in gaps { (entry(reader, gap)) } }
    }
}

fn entry(reader: Reader<'_>, gap: &Gap) -> Markup {
    let words = reader.words;
    let may = reader.permits(Permission::WriteSettings);
    let within = format!("gap-{}-", gap.id);
    let call = |what: &str| format!("POST /v1/knowledge/gaps/{}/{what}", gap.id);
    html! {
        li {
            details id=(format!("gap-{}", gap.id)) name="gap" {
                summary {
                    strong dir="auto" { (gap.question) } " "
                    span.tag { (words.with("gap-times", "count", gap.times)) }
                    span.quiet { " " (words.t("gap-last")) " " (moment(gap.last_asked_at, reader.zone)) }
                }
                @if !gap.examples.is_empty() {
                    p.label { (words.t("gap-examples")) }
                    ul.said { @for example in &gap.examples { li dir="auto" { "“" (example) "”" } } }
                }
                @if may {
                    @if gap.draft.is_some() { p.notice { (words.t("gap-draft")) } }
                    form method="post" data-call=(call("answer")) data-done=(words.t("done-gap-add")) {
                        (line("pair-question", "question", &*gap.question).limit(300).required().within(&within).show(words))
                        (lines("pair-answer", "answer", gap.draft.clone().unwrap_or_default()).limit(1_000).required().within(&within)
                            .show(words))
                        button type="submit" { (words.t("do-gap-add")) }
                        p.problem role="alert" {}
                    }
                    form.button method="post" data-call=(call("dismiss")) data-done=(words.t("done-gap-dismiss")) {
                        button.second type="submit" { (words.t("do-gap-dismiss")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
    }
}
