//! The business's own rules of escalation. A condition or an action that has no field here stays as it is.

use domain::rating::Score;
use domain::tenancy::{During, EscalationRule, Tenant};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::fields::{choice, line, lines, number, options, value_of};
use super::lists::List;
use super::{Reader, region};

const PERIODS: [During; 4] = [During::Any, During::Open, During::Closed, During::Weekend];
/// The conditions and actions that have fields.
const SHOWN: [&str; 5] = ["words", "score_at_least", "no_staff_reply_within_minutes", "notify", "create_task"];

pub(super) fn section(reader: Reader<'_>, tenant: &Tenant, version: u64) -> Markup {
    let list = List {
        path: "escalation.rules",
        region: "rules",
        page: "/app/settings/assistant?from=",
        add: "rule-add",
        empty: "rules-empty",
        is_ordered: false,
        version,
        from: 0,
        reader,
    };
    let entries = list.show(
        &tenant.escalation.rules,
        |rule| rule_line(reader, rule),
        |rule, within| rule_fields(reader, tenant, rule, within),
    );
    region("rules", &reader.t("rules-title"), version, &html! { p.quiet { (reader.t("rules-text")) } (entries) })
}

/// Conditions or actions by their names, as the API has them: `{"words": ["storm"]}`.
fn parts<T: Serialize>(list: &[T]) -> Vec<(String, Value)> {
    let values = list.iter().filter_map(|part| serde_json::to_value(part).ok());
    values.filter_map(|value| value.as_object().and_then(|object| object.clone().into_iter().next())).collect()
}

/// What people type for a value: a list with commas, or a text or number as it is.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(typed).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn rule_line(reader: Reader<'_>, rule: &EscalationRule) -> Markup {
    let all = parts(&rule.when).into_iter().chain(parts(&rule.then));
    html! {
        strong { (reader.words.value("during", &rule.during)) }
        @for (name, value) in all {
            span.quiet dir="auto" { " · " (reader.words.value("rule", &name)) ": " (typed(&value)) }
        }
    }
}

fn rule_fields(reader: Reader<'_>, tenant: &Tenant, rule: Option<&EscalationRule>, within: &str) -> Markup {
    let words = reader.words;
    let when = rule.map(|rule| parts(&rule.when)).unwrap_or_default();
    let then = rule.map(|rule| parts(&rule.then)).unwrap_or_default();
    let text = |name: &str| {
        let found = when.iter().chain(&then).find(|(part, _)| part == name);
        found.map(|(_, value)| typed(value)).unwrap_or_default()
    };
    let mut scores = vec![(String::new(), reader.t("none"))];
    scores.extend(options(words, "score", &[Score::Hot, Score::Warm, Score::Cold]));
    let during = value_of(&rule.map(|rule| rule.during).unwrap_or_default());
    let slug = rule.map(|rule| rule.id.to_string()).unwrap_or_default();
    let taken = tenant.escalation.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>().join(" ");
    html! {
        input type="hidden" name="id" value=(slug) data-type="slug" data-of="when[words]" data-taken=(taken);
        (choice("rule-during", "during", options(words, "during", &PERIODS), during).within(within).show(words))
        (lines("rule-words", "when[words]", text("words")).rows(2).reads("words").hint("calling-words-hint-list").within(within).show(words))
        (choice("rule-score-at-least", "when[score_at_least]", scores, text("score_at_least")).reads("empty-null").within(within).show(words))
        (number("rule-no-staff-reply-within-minutes", "when[no_staff_reply_within_minutes]", Some(text("no_staff_reply_within_minutes"))).within(within).show(words))
        (lines("rule-notify", "then[notify]", text("notify").replace(", ", "\n")).rows(2).reads("lines").within(within).show(words))
        (line("rule-create-task", "then[create_task]", text("create_task")).reads("empty-null").limit(160).within(within).show(words))
        @for (list, all) in [("when", &when), ("then", &then)] {
            @for (name, value) in all.iter().filter(|(name, _)| !SHOWN.contains(&name.as_str())) {
                input type="hidden" name=(format!("{list}[{name}]")) value=(value.to_string()) data-type="json";
            }
        }
    }
}
