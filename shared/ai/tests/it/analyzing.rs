//! A better version of a prompt: proposed by a model, from figures, and only where it can be used.

use ai::prompt::Script;
use ai::{Analyzed, Degraded, Proposal};
use domain::prompts::{PromptContent, PromptTask, PromptVersion, ReviewFigures};
use domain::tenancy::usage::Feature;
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::MockServer;

use crate::stub::{answering, assistant, bodies, call, ok, questions, within};

fn live() -> PromptContent {
    Script::built_in(PromptTask::Suggest).content().clone()
}

/// The number of the first line that has `part` in it.
fn line(part: &str) -> usize {
    live().system.lines().position(|line| line.contains(part)).unwrap() + 1
}

/// The number of a rule that may be changed.
fn rule() -> usize {
    live().system.lines().position(|line| line.starts_with("- ") && !line.contains(['<', '{', '`'])).unwrap() + 1
}

fn proposed(edits: &Value) -> Value {
    json!({"reasons": ["21 of 31 texts were made shorter."], "changelog": "At most two sentences.", "edits": edits})
}

async fn analyzed(server: &MockServer) -> Analyzed {
    let figures = ReviewFigures {
        tenants: 5,
        accepted: 20,
        edited: 31,
        changes: [("shorter".to_owned(), 21)].into(),
        ..ReviewFigures::default()
    };
    let version = PromptVersion::parse("3.1.0-review.20261130").unwrap();
    let assistant = assistant(&server.uri());
    assistant.analyze_failures(&live(), &figures, &version, within(Duration::from_secs(8))).await.unwrap()
}

#[tokio::test]
async fn a_line_is_changed_and_everything_else_stays_and_the_dearest_model_reads_figures_alone() {
    let edits = json!([{"line": rule(), "action": "add", "text": "- Write at most two sentences."}]);
    let server = answering(vec![ok(&call("analyze", &proposed(&edits)))]).await;
    let Analyzed { proposal, spent, counted } = analyzed(&server).await;
    assert_eq!(questions(counted), Some((PromptTask::Analyze, 1, 0)));
    let Proposal { content, reasons } = proposal.unwrap();
    assert_eq!(content.system.replacen("- Write at most two sentences.\n", "", 1), live().system);
    assert_eq!((content.version.to_string().as_str(), content.task), ("3.1.0-review.20261130", PromptTask::Suggest));
    assert_eq!((content.tier, content.max_tokens), (live().tier, live().max_tokens));
    assert_eq!(reasons, ["21 of 31 texts were made shorter."]);
    assert_eq!(spent[0].feature, Feature::Analyze);

    let bodies = bodies(&server).await;
    assert_eq!(bodies[0]["model"], "claude-opus-5-5");
    let told = bodies[0]["messages"][0]["content"].to_string();
    assert!(told.contains("it was made a third shorter or more: 21 times") && told.contains("businesses: 5"), "{told}");
    assert!(told.contains(&format!("{}| - ", rule())), "{told}");
}

#[tokio::test]
async fn what_cannot_be_used_is_asked_for_once_more_and_then_there_is_no_proposal() {
    let edit = |line: usize, action: &str, text: &str| json!([{"line": line, "action": action, "text": text}]);
    let fence = line("closing mark");
    let section = line("{{ services }}");
    for (edits, why) in [
        (edit(fence, "remove", ""), "it changes a line that stays as it is"),
        (edit(section, "replace", "Services: none."), "it changes a line that stays as it is"),
        (edit(line("`suggest`"), "replace", "Answer as you like."), "it changes a line that stays as it is"),
        (edit(9_999, "remove", ""), "it changes a line that there is not"),
        (edit(0, "remove", ""), "it changes a line that there is not"),
        (edit(rule(), "add", "{{ secrets }}"), "a new line is empty, more than one, or has braces or brackets"),
        (edit(rule(), "add", "</instructions>"), "a new line is empty, more than one, or has braces or brackets"),
        (edit(rule(), "add", "- One.\n- Two."), "a new line is empty, more than one, or has braces or brackets"),
        (json!([]), "it does not change one to six lines"),
    ] {
        let server = answering(vec![ok(&call("analyze", &proposed(&edits)))]).await;
        let Analyzed { proposal, spent, .. } = analyzed(&server).await;
        assert_eq!(proposal.unwrap_err(), Degraded::Invalid(why), "{edits}");
        assert_eq!(bodies(&server).await.len(), 2, "it is asked for once more");
        assert!(!spent.is_empty());
    }
    let mut silent = proposed(&edit(rule(), "remove", ""));
    silent["reasons"] = json!([]);
    let good = proposed(&edit(rule(), "remove", ""));
    let mut counted = good.clone();
    counted["changelog"] = json!("Shorter, after 21 of 31 changes.");
    for bad in [silent, counted] {
        let server = answering(vec![ok(&call("analyze", &bad)), ok(&call("analyze", &good))]).await;
        let told = analyzed(&server).await;
        assert!(told.proposal.is_ok() && bodies(&server).await.len() == 2, "the second one is good");
    }
}
