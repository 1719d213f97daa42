//! What customers often ask, and what the business asks them.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::may;
use domain::tenancy::intake::{ChoiceOption, Condition, Question, QuestionKind};
use domain::tenancy::{Faq, Tenant};
use maud::{Markup, html};

use super::fields::{choice, line, lines, number, tick};
use super::lists::List;
use super::{Reader, Wanted, document, first, region};
use crate::answer::Html;
use crate::view::View;

/// The kinds of answers, as the API names them.
const KINDS: [&str; 6] = ["text", "choice", "yes_no", "number", "date", "photo"];

/// `GET /app/settings/questions`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version, &wanted);
    Ok(super::page(&view, "/app/settings/questions", &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, wanted: &Wanted) -> Markup {
    let list = |path, page, add, empty, from| List {
        path,
        region: path,
        page,
        add,
        empty,
        is_ordered: true,
        version,
        from,
        reader,
    };
    let faqs = list("faqs", "/app/settings/questions?from=", "faq-add", "faqs-empty", first(&wanted.from)).show(
        &tenant.faqs,
        |faq| html! { strong dir="auto" { (faq.question) } },
        |faq, within| faq_fields(reader, faq, within),
    );
    let intake = list("intake", "/app/settings/questions?other=", "intake-add", "intake-empty", first(&wanted.other))
        .show(
            &tenant.intake,
            |question| question_line(reader, question),
            |question, within| question_fields(reader, tenant, question, within),
        );
    // The preview stands with the questions, so that a change of them renews both.
    let intake = html! {
        p.quiet { (reader.t("intake-text")) }
        (intake)
        @if !tenant.intake.is_empty() { (preview(reader, tenant)) }
    };
    html! {
        (region("faqs", &reader.t("faqs-title"), version, &faqs))
        (region("intake", &reader.t("intake-title"), version, &intake))
    }
}

/// The questions as a customer is asked them, in the order in which that happens.
fn preview(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let words = reader.words;
    let (required, others): (Vec<_>, Vec<_>) = tenant.intake.iter().partition(|question| question.required);
    html! {
        section #intake-preview aria-labelledby="intake-preview-title" {
            h3 #intake-preview-title { (reader.t("intake-preview-title")) }
            p.quiet { (reader.t("intake-preview-text")) }
            ol.timeline {
                @for question in required.into_iter().chain(others) {
                    li {
                        p dir="auto" { (question.text) }
                        @let answers = answers(reader, &question.kind);
                        @if answers.is_empty() {
                            p.quiet { (words.value("kind", &kind_of(question))) }
                        } @else {
                            p.tags { @for (_, label) in &answers { span.tag dir="auto" { (label) } } }
                        }
                        @if let Some(condition) = shown_condition(reader, tenant, question) {
                            p.quiet dir="auto" { (words.with("intake-preview-when", "answer", condition)) }
                        }
                        @if !question.services.is_empty() {
                            p.quiet dir="auto" { (words.with("intake-preview-services", "services", services(tenant, question))) }
                        }
                    }
                }
            }
        }
    }
}

/// The question and the answers on which another one depends, as people read them.
fn shown_condition(reader: Reader<'_>, tenant: &Tenant, question: &Question) -> Option<String> {
    let condition = question.when.as_ref()?;
    let other = tenant.intake.iter().find(|other| other.id == condition.question)?;
    let known = answers(reader, &other.kind);
    let label = |value: &String| {
        known.iter().find(|(known, _)| known == value).map_or_else(|| value.clone(), |(_, label)| label.clone())
    };
    Some(format!("{} {}", other.text, condition.is.iter().map(label).collect::<Vec<_>>().join(", ")))
}

/// The names of the services of which a question is asked.
fn services(tenant: &Tenant, question: &Question) -> String {
    let named = tenant.services.iter().filter(|service| question.services.contains(&service.id));
    named.map(|service| service.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn faq_fields(reader: Reader<'_>, faq: Option<&Faq>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&Faq) -> String| faq.map(of).unwrap_or_default();
    html! {
        (line("faq-question", "question", text(|faq| faq.question.clone())).limit(300).required().within(within).show(words))
        (lines("faq-answer", "answer", text(|faq| faq.answer.clone())).limit(1_000).required().within(within).show(words))
        (lines("faq-keywords", "keywords", text(|faq| faq.keywords.join(", "))).rows(2).reads("words")
            .hint("keywords-hint").within(within).show(words))
    }
}

fn question_line(reader: Reader<'_>, question: &Question) -> Markup {
    html! {
        strong dir="auto" { (question.text) }
        span.quiet { " · " (reader.words.value("kind", &kind_of(question))) }
        @if question.required { " " span.tag { (reader.t("question-required")) } }
    }
}

fn kind_of(question: &Question) -> &'static str {
    match question.kind {
        QuestionKind::Text => "text",
        QuestionKind::Choice { .. } => "choice",
        QuestionKind::YesNo => "yes_no",
        QuestionKind::Number { .. } => "number",
        QuestionKind::Date => "date",
        QuestionKind::Photo => "photo",
    }
}

fn question_fields(reader: Reader<'_>, tenant: &Tenant, question: Option<&Question>, within: &str) -> Markup {
    let words = reader.words;
    let kind = question.map_or("text", kind_of);
    let kinds = KINDS.map(|kind| (kind.to_owned(), words.value("kind", &kind))).to_vec();
    let taken = tenant.intake.iter().map(|question| question.id.as_str()).collect::<Vec<_>>().join(" ");
    let slug = question.map(|question| question.id.to_string()).unwrap_or_default();
    let (conditions, holds) = conditions(reader, tenant, question);
    html! {
        input type="hidden" name="id" value=(slug) data-type="slug" data-of="text" data-taken=(taken);
        (line("question-text", "text", question.map(|question| question.text.clone()).unwrap_or_default()).limit(300).required().within(within).show(words))
        (choice("question-kind", "kind.type", kinds, kind).chooses().within(within).show(words))
        (kind_fields(reader, question.map(|question| &question.kind), within))
        (tick("question-required-label", "required", question.is_some_and(|question| question.required)).within(within).show(words))
        @if conditions.len() > 1 {
            (choice("question-when", "when", conditions, holds).reads("json").within(within).show(words))
        }
    }
}

/// The fields that a choice and a number have, each where that is chosen.
fn kind_fields(reader: Reader<'_>, kind: Option<&QuestionKind>, within: &str) -> Markup {
    let words = reader.words;
    let options: &[ChoiceOption] = match kind {
        Some(QuestionKind::Choice { options }) => options,
        _ => &[],
    };
    let (min, max, unit) = match kind {
        Some(QuestionKind::Number { min, max, unit }) => (*min, *max, unit.clone()),
        _ => (None, None, None),
    };
    let (is_choice, is_number) =
        (matches!(kind, Some(QuestionKind::Choice { .. })), matches!(kind, Some(QuestionKind::Number { .. })));
    let labels = options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>().join("\n");
    html! {
        fieldset data-when="choice" hidden[!is_choice] disabled[!is_choice] {
            (lines("question-options", "kind.options", labels).reads("options").before(serde_json::to_string(options).unwrap_or_default())
                .hint("question-options-hint").required().within(within).show(words))
        }
        fieldset data-when="number" hidden[!is_number] disabled[!is_number] {
            (number("question-min", "kind.min", min).within(within).show(words))
            (number("question-max", "kind.max", max).within(within).show(words))
            (line("question-unit", "kind.unit", unit.unwrap_or_default()).reads("empty-null").within(within).show(words))
        }
    }
}

/// On which answers to earlier questions it can depend, each as the API takes it, and on which it does.
fn conditions(reader: Reader<'_>, tenant: &Tenant, question: Option<&Question>) -> (Vec<(String, String)>, String) {
    let json = |condition: &Condition| serde_json::to_string(condition).unwrap_or_default();
    let earlier = tenant.intake.iter().take_while(|other| question.is_none_or(|question| other.id != question.id));
    let mut all = vec![(String::new(), reader.t("question-when-always"))];
    for other in earlier {
        for (value, label) in answers(reader, &other.kind) {
            let condition = Condition { question: other.id.clone(), is: vec![value] };
            all.push((json(&condition), format!("{} {label}", other.text)));
        }
    }
    let set = question.and_then(|question| question.when.as_ref());
    let chosen = set.map(json).unwrap_or_default();
    if let Some(set) = set
        && all.iter().all(|(value, _)| *value != chosen)
    {
        all.push((chosen.clone(), format!("{}: {}", set.question, set.is.join(", "))));
    }
    (all, chosen)
}

/// The answers of a question that others can depend on, with the words for them.
fn answers(reader: Reader<'_>, kind: &QuestionKind) -> Vec<(String, String)> {
    match kind {
        QuestionKind::Choice { options } => {
            options.iter().map(|option| (option.value.clone(), option.label.clone())).collect()
        }
        QuestionKind::YesNo => {
            ["yes", "no"].map(|value| (value.to_owned(), reader.words.value("answer", &value))).into()
        }
        _ => Vec::new(),
    }
}
