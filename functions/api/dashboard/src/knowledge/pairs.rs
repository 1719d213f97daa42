//! Questions with their answers: added one by one or many at once, and those of one list.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::knowledge::{Faq, FaqPair, KnowledgeDocument, MAX_ANSWER, MAX_CATEGORY, MAX_NAME, MAX_PAIRS, MAX_QUESTION};
use domain::tenancy::Location;
use maud::{Markup, html};
use serde_json::json;

use super::documents::row;
use super::{PAIRS, PATH, limit, places};
use crate::answer::Html;
use crate::settings::fields::{choice, line, lines};
use crate::settings::{FORMS_ON_A_PAGE, Reader};
use crate::view::View;

/// `GET /app/knowledge/pairs`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let reader = Reader::of(&view);
    let (tenant, knowledge) = (&view.tenant.id, guard.store.knowledge());
    let (documents, locations) = tokio::try_join!(knowledge.all(tenant), guard.store.tenants().locations(tenant))?;
    let lists: Vec<_> = documents.into_iter().map(|stored| stored.value).filter(KnowledgeDocument::is_faq).collect();
    let main = html! {
        p.quiet {
            (reader.t("pairs-text")) " "
            a href="/app/settings/questions" { (reader.t("pairs-settings")) }
        }
        @if view.permits(Permission::WriteSettings) {
            noscript { p { (reader.t("pairs-script")) } }
            (add(reader, &lists, &locations))
        }
        section aria-labelledby="lists-title" {
            h2 #lists-title { (reader.t("pairs-lists")) }
            div #lists data-live { (listed(reader, &lists, &locations)) }
        }
    };
    Ok(super::page(&view, PAIRS, &reader.t("knowledge-pairs"), &main))
}

fn listed(reader: Reader<'_>, lists: &[KnowledgeDocument], locations: &[Location]) -> Markup {
    html! {
        @if lists.is_empty() { p.empty { (reader.t("pairs-lists-empty")) } }
        ul.rows { @for list in lists { (row(reader, list, locations)) } }
    }
}

/// One pair, or many in a text that shows what was understood of it; `knowledge.js` adds them to the list that is chosen.
pub(super) fn add(reader: Reader<'_>, lists: &[KnowledgeDocument], locations: &[Location]) -> Markup {
    let words = reader.words;
    let t = |id: &str| reader.t(id);
    let limits = json!({"question": MAX_QUESTION, "answer": MAX_ANSWER, "pairs": MAX_PAIRS}).to_string();
    html! {
        section aria-labelledby="pairs-one-title" {
            h2 #pairs-one-title { (t("pairs-one")) }
            form method="post" data-pair="POST /v1/knowledge/faqs" data-done=(t("done-pair-add")) {
                (pair_fields(reader, None, "one-"))
                (target(reader, lists, locations, "one-"))
                button type="submit" { (t("do-pair-add")) }
                p.problem role="alert" {}
            }
        }
        section aria-labelledby="pairs-many-title" {
            h2 #pairs-many-title { (t("pairs-many")) }
            form method="post" data-pairs="POST /v1/knowledge/faqs" data-limits=(limits) data-done=(t("done-pairs-add")) data-count=(t("pairs-count"))
                data-rest=(t("pairs-rest")) data-line=(t("pairs-line")) data-none=(t("pairs-none")) data-no-question=(t("pairs-no-question"))
                data-no-answer=(t("pairs-no-answer")) data-long-question=(t("pairs-long-question")) data-twice=(t("pairs-twice"))
                data-long-answer=(t("pairs-long-answer")) data-too-many=(t("pairs-too-many")) data-columns=(t("pairs-columns")) {
                (lines("pairs-paste", "text", "").rows(8).hint("pairs-paste-hint").within("many-").show(words))
                p.count role="status" {}
                div.understood.scroll hidden tabindex="0" role="group" aria-label=(t("pairs-understood")) {
                    table {
                        thead { tr { @for head in ["pair-line", "pair-question", "pair-answer"] { th scope="col" { (t(head)) } } } }
                        tbody {}
                    }
                    p.quiet.rest {}
                }
                ul.wrong.problem aria-label=(t("pairs-wrong")) {}
                (target(reader, lists, locations, "many-"))
                button type="submit" { (t("do-pairs-add")) }
                p.problem role="alert" {}
            }
        }
    }
}

/// The list that pairs go to: one that is there, or a new one.
fn target(reader: Reader<'_>, lists: &[KnowledgeDocument], locations: &[Location], within: &str) -> Markup {
    let words = reader.words;
    let there = lists.iter().map(|list| (list.id.to_string(), list.name.clone()));
    let all: Vec<_> = there.chain([("new".to_owned(), words.t("pairs-new-list"))]).collect();
    let (chosen, is_new) = (all.first().map(|(id, _)| id.clone()).unwrap_or_default(), lists.is_empty());
    html! {
        (choice("pairs-list", "list", all, chosen).chooses().within(within).show(words))
        fieldset data-when="new" hidden[!is_new] disabled[!is_new] {
            (line("pairs-name", "name", words.t("pairs-first-name")).limit(limit(MAX_NAME)).required().within(within).show(words))
            (places(reader, within, "knowledge-everywhere", locations, ""))
            (line("knowledge-category", "category", "").limit(limit(MAX_CATEGORY)).within(within).show(words))
        }
    }
}

/// The pairs of a list from one on, each with a form, and one to add another; `knowledge.js` sends the list as the form makes it.
pub(super) fn list(reader: Reader<'_>, faq: &Faq, from: usize) -> Markup {
    let may = reader.permits(Permission::WriteSettings);
    let path = format!("{PATH}/{}?from=", faq.id);
    let last = from.saturating_add(FORMS_ON_A_PAGE);
    html! {
        section #pairs aria-labelledby="pairs-title" data-fresh {
            h2 #pairs-title { (reader.t("pairs-in-list")) }
            ul.entries {
                @for (index, pair) in faq.pairs.iter().enumerate().skip(from).take(FORMS_ON_A_PAGE) {
                    li {
                        details id=(format!("pair-{index}")) name="pair" {
                            summary { strong dir="auto" { (pair.question) } }
                            (edit(reader, faq, Some(pair), "change", &html! {
                                fieldset disabled[!may] { (pair_fields(reader, Some(pair), &format!("pair-{index}-"))) }
                                @if may { button type="submit" { (reader.t("do-save")) } }
                            }))
                            // A list has one pair at least: the last one goes with the list itself.
                            @if may && faq.pairs.len() > 1 {
                                (edit(reader, faq, Some(pair), "remove", &html! {
                                    button.second type="submit" { (reader.t("do-remove")) }
                                }))
                            }
                        }
                    }
                }
            }
            @if from > 0 { p.more { a href=(format!("{path}0")) { (reader.t("first-page")) } } }
            @if last < faq.pairs.len() { p.more { a href=(format!("{path}{last}")) rel="next" { (reader.t("next-page")) } } }
            @if may && faq.pairs.len() < MAX_PAIRS {
                details.add #pair-new name="pair" {
                    summary { (reader.t("pairs-add-here")) }
                    (edit(reader, faq, None, "add", &html! {
                        (pair_fields(reader, None, "pair-new-"))
                        button type="submit" { (reader.t("do-pair-add")) }
                    }))
                }
            }
        }
    }
}

/// A form that changes a pair of the list, or adds one.
fn edit(reader: Reader<'_>, faq: &Faq, pair: Option<&FaqPair>, what: &str, fields: &Markup) -> Markup {
    let done = match what {
        "add" => "done-pair-add",
        "remove" => "done-pair-remove",
        _ => "done-save",
    };
    html! {
        form method="post" data-edit=(format!("PUT /v1/knowledge/faqs/{}", faq.id)) data-do=(what) data-was=[pair.map(|pair| &pair.question)]
            data-done=(reader.t(done)) data-gone=(reader.t("pair-gone")) {
            (fields)
            p.problem role="alert" {}
        }
    }
}

fn pair_fields(reader: Reader<'_>, pair: Option<&FaqPair>, within: &str) -> Markup {
    let text = |of: fn(&FaqPair) -> &str| pair.map(of).unwrap_or_default();
    html! {
        (line("pair-question", "question", text(|pair| &pair.question)).limit(limit(MAX_QUESTION)).required().within(within).show(reader.words))
        (lines("pair-answer", "answer", text(|pair| &pair.answer)).limit(limit(MAX_ANSWER)).required().within(within).show(reader.words))
    }
}
