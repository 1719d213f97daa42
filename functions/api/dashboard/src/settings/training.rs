//! Training: drafts to look at, one after the other, what was understood, and what is in force, topic by topic.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::tenancy::{StyleGuide, StyleRule, StyleSaying, StyleTopic};
use domain::training::{MAX_EXAMPLES, MIN_EXAMPLES, StyleEdits, TrainingSession, TrainingState};
use maud::{Markup, html};

use super::fields::{line, lines};
use super::{Reader, document};
use crate::answer::Html;
use crate::show::moment;
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/training";

/// `GET /app/settings/training`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let today = view.now().to_zoned(stored.value.time_zone()).date();
    let states = guard.store.training().list(&stored.value).await?;
    let edits = guard.store.training().edits(&view.tenant.id, today).await?;
    let main = content(Reader::of(&view), &states, &edits);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(reader: Reader<'_>, states: &[TrainingState], edits: &StyleEdits) -> Markup {
    html! {
        p.quiet { (reader.t("training-text")) }
        @for state in states { (topic(reader, state, edits)) }
    }
}

/// What is shown of a topic; asked for again after each call of a form in it.
fn topic(reader: Reader<'_>, state: &TrainingState, edits: &StyleEdits) -> Markup {
    let (topic, may) = (state.topic, reader.permits(Permission::WriteSettings));
    let title = format!("{topic}-title");
    html! {
        section id=(topic) aria-labelledby=(title) data-fresh {
            h2 id=(title) { (reader.words.value("training", &topic)) }
            @match &state.session {
                Some(session) => (under_way(reader, session, may)),
                None => {
                    @if let Some(guide) = &state.guide { (in_force(reader, topic, guide, may)) }
                    @else { p.empty { (reader.t("training-empty")) } }
                    @if may { (beginning(reader, state, edits)) }
                }
            }
        }
    }
}

fn call(topic: StyleTopic, method: &str, what: &str) -> String {
    format!("{method} /v1/training/{topic}{what}")
}

/// A form of one button.
fn button(reader: Reader<'_>, call: &str, label: &str, fields: &Markup) -> Markup {
    html! {
        form.button method="post" data-call=(call) data-done=(reader.t("done-training")) {
            (fields)
            button.second type="submit" { (label) }
            p.problem role="alert" {}
        }
    }
}

/// Ways to begin: with drafts, with what edits came to, or with an earlier guide.
fn beginning(reader: Reader<'_>, state: &TrainingState, edits: &StyleEdits) -> Markup {
    let topic = state.topic;
    let current = state.guide.as_ref().map(|guide| guide.version);
    let earlier = state.versions.iter().filter(|version| Some(**version) != current);
    let proposes = topic == StyleTopic::CommunicationStyle && !edits.proposed().is_empty();
    html! {
        form method="post" data-call=(call(topic, "POST", "")) data-done=(reader.t("done-training-start")) {
            button type="submit" { (reader.t("do-training-start")) }
            p.problem role="alert" {}
        }
        @if proposes {
            p.notice { (reader.words.with("training-edits", "count", edits.edits)) }
            (button(reader, &call(topic, "POST", ""), &reader.t("do-training-edits"),
                &html! { input type="hidden" name="from_edits" value="true" data-type="json"; }))
        }
        @for version in earlier {
            (button(reader, &call(topic, "POST", "/restore"), &reader.words.with("do-training-restore", "version", *version),
                &html! { input type="hidden" name="version" value=(version) data-type="number"; }))
        }
    }
}

fn in_force(reader: Reader<'_>, topic: StyleTopic, guide: &StyleGuide, may: bool) -> Markup {
    html! {
        p {
            span.tag.good { (reader.t("training-in-force")) }
            span.quiet {
                " " (reader.words.with("training-version", "version", guide.version)) " · " (moment(guide.confirmed_at, reader.zone))
            }
        }
        ul { @for rule in &guide.rules { li dir="auto" { (said(reader, rule)) } } }
        @if may {
            (button(reader, &call(topic, "DELETE", "/guide"), &reader.t("do-training-withdraw"), &html! {}))
        }
    }
}

fn under_way(reader: Reader<'_>, session: &TrainingSession, may: bool) -> Markup {
    let (topic, count) = (session.topic, session.examples.len());
    html! {
        @if let Some(rules) = &session.rules { (understood(reader, topic, rules, may)) }
        @if !session.examples.is_empty() || session.draft.is_some() {
            p { (reader.words.with("training-progress", "count", count)) }
        }
        @if let (Some(draft), true) = (&session.draft, may && count < MAX_EXAMPLES) { (shown_draft(reader, session, draft)) }
        @if may {
            @if count >= MIN_EXAMPLES && session.rules.is_none() {
                form method="post" data-call=(call(topic, "POST", "/rules")) data-done=(reader.t("done-training-rules")) {
                    button type="submit" { (reader.t("do-training-rules")) }
                    p.problem role="alert" {}
                }
            }
            (button(reader, &call(topic, "DELETE", ""), &reader.t("do-training-end"), &html! {}))
        }
    }
}

/// The draft, with both things that can be said of it.
fn shown_draft(reader: Reader<'_>, session: &TrainingSession, draft: &str) -> Markup {
    let (topic, words) = (session.topic, reader.words);
    let number = session.examples.len().saturating_add(1);
    let within = format!("{topic}-{number}-");
    let numbered = html! { input type="hidden" name="number" value=(number) data-type="number"; };
    html! {
        p.label { (words.t("training-draft")) }
        blockquote dir="auto" lang=(session.language) { (draft) }
        (button(reader, &call(topic, "POST", "/examples"), &words.t("do-training-good"), &numbered))
        details id=(format!("{within}otherwise")) {
            summary { (words.t("training-otherwise")) }
            form method="post" data-call=(call(topic, "POST", "/examples")) data-done=(words.t("done-training")) {
                (numbered)
                (lines("training-version-own", "version", draft).rows(4).limit(1_000).required().within(&within).show(words))
                (line("training-why", "why", "").limit(300).within(&within).show(words))
                button type="submit" { (words.t("do-training-otherwise")) }
                p.problem role="alert" {}
            }
        }
    }
}

/// What was understood: each rule can be changed or removed before all are confirmed.
fn understood(reader: Reader<'_>, topic: StyleTopic, rules: &[StyleRule], may: bool) -> Markup {
    html! {
        p.notice { (reader.t(if rules.is_empty() { "training-nothing" } else { "training-understood" })) }
        ul.entries {
            @for rule in rules {
                li {
                    p dir="auto" { (said(reader, rule)) }
                    @if may { (changes(reader, topic, rule)) }
                }
            }
        }
        @if may && !rules.is_empty() {
            form method="post" data-call=(call(topic, "POST", "/confirm")) data-done=(reader.t("done-training-confirm")) {
                button type="submit" { (reader.t("do-training-confirm")) }
                p.problem role="alert" {}
            }
        }
    }
}

fn changes(reader: Reader<'_>, topic: StyleTopic, rule: &StyleRule) -> Markup {
    let path = format!("/rules/{}", rule.number);
    let within = format!("{topic}-rule-{}-", rule.number);
    html! {
        @if let Some(text) = rule.says.text() {
            details id=(format!("{within}words")) {
                summary { (reader.t("training-words")) }
                form method="post" data-call=(call(topic, "PUT", &path)) data-done=(reader.t("done-save")) {
                    (line("training-rule", "text", text).limit(200).required().within(&within).show(reader.words))
                    button type="submit" { (reader.t("do-save")) }
                    p.problem role="alert" {}
                }
            }
        }
        (button(reader, &call(topic, "DELETE", &path), &reader.t("do-training-remove"), &html! {}))
    }
}

/// A rule in the reader's words; what the business worded stands as it is.
fn said(reader: Reader<'_>, rule: &StyleRule) -> Markup {
    let words = reader.words;
    let (label, value) = match &rule.says {
        StyleSaying::Tone(tone) => (words.t("style-tone"), words.value("style-tone", tone)),
        StyleSaying::Always(text) => (words.t("style-always"), text.clone()),
        StyleSaying::Never(text) => (words.t("style-never"), text.clone()),
        StyleSaying::Greeting(text) => (words.t("style-greeting"), text.clone()),
        StyleSaying::SignOff(text) => (words.t("style-sign-off"), text.clone()),
        StyleSaying::Emoji(how) => (words.t("style-emoji"), words.value("style-use", how)),
        StyleSaying::Exclamations(how) => (words.t("style-exclamations"), words.value("style-use", how)),
        StyleSaying::Length(length) => (words.t("style-length"), words.value("style-length", length)),
        StyleSaying::Address(address) => (words.t("style-address"), words.value("style-address", address)),
    };
    let numbers = rule.examples.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        strong { (label) } " " (value)
        @if !numbers.is_empty() { span.quiet { " · " (words.with("training-examples", "numbers", numbers)) } }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::settings::tests::{NOW, pages, read};
    use domain::identity::Role;
    use serde_json::json;

    /// One topic in force with an earlier version, one with rules to confirm, one with the first draft; and edits that propose.
    pub(crate) fn states() -> (Vec<TrainingState>, StyleEdits) {
        let rules = json!([
            {"number": 1, "says": {"kind": "greeting", "value": "Hey <b>"}, "examples": [1, 3]},
            {"number": 3, "says": {"kind": "emoji", "value": "rare"}},
        ]);
        let session = |topic: &str, examples: usize, rules: Option<&serde_json::Value>| -> TrainingSession {
            let examples: Vec<_> = (1..=examples)
                .map(|number| json!({"number": number, "draft": format!("Hello {number}."), "verdict": "good"}))
                .collect();
            read(json!({
                "topic": topic, "language": "en", "started_by": {"type": "operator"}, "started_at": NOW, "draft": "Hello <Alex>.",
                "examples": examples, "rules": rules,
            }))
        };
        let guide = read(json!({"version": 2, "language": "en", "confirmed_at": NOW, "rules": rules}));
        let state = |topic, session, guide, versions| TrainingState { topic, session, guide, versions };
        let states = vec![
            state(StyleTopic::CommunicationStyle, None, Some(guide), vec![2, 1]),
            state(
                StyleTopic::PricingPhilosophy,
                Some(session("pricing_philosophy", 5, Some(&rules))),
                None,
                Vec::new(),
            ),
            state(StyleTopic::CustomerSegments, Some(session("customer_segments", 5, None)), None, Vec::new()),
        ];
        (states, read(json!({"edits": 12, "shifts": {"shorter": 11}})))
    }

    #[test]
    fn each_topic_shows_what_can_be_done_with_it_next() {
        let page = &pages(Role::Admin)["training"];
        for expected in [
            "Hey &lt;b&gt;",
            "Hello &lt;Alex&gt;.",
            "5 of at least 5 examples",
            "staff changed 12 suggested replies",
            "DELETE /v1/training/communication_style/guide",
            "POST /v1/training/communication_style/restore",
            "Use version 1 again",
            "PUT /v1/training/pricing_philosophy/rules/1",
            "DELETE /v1/training/pricing_philosophy/rules/3",
            "POST /v1/training/pricing_philosophy/confirm",
            "POST /v1/training/customer_segments/rules",
            "POST /v1/training/customer_segments/examples",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        assert!(!page.contains("PUT /v1/training/pricing_philosophy/rules/3"), "a choice has no words");
        assert!(!page.contains("Use version 2 again"), "it is in use");
    }
}
