//! What a version says, line by line, with what it says otherwise than the live one.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::prompts::{PromptContent, PromptTask, PromptVersion, StoredPrompt};
use maud::{Markup, html};

use super::PATH;
use crate::answer::Html;
use crate::shell;
use crate::view::Operator;
use crate::words::Words;

/// `GET /app/prompts/{task}/{version}`
pub(crate) async fn page(
    operator: Operator,
    State(guard): State<Guard>,
    Path((task, version)): Path<(String, String)>,
) -> Result<Html, ApiError> {
    let (words, prompts) = (operator.words, guard.store.prompts());
    let (task, version) = (PromptTask::parse(&task)?, PromptVersion::parse(&version)?);
    let stored = prompts.version(task, &version).await?;
    let live = prompts.version(task, &prompts.traffic_of(task).await?.value.live).await?;
    let title = format!("{} {version}", words.value("prompt-task", &task));
    Ok(Html(shell::of_platform(words, &address(task, &version), &title, &content(words, &title, &stored, &live))))
}

/// Where a version's text is shown.
pub(super) fn address(task: PromptTask, version: &PromptVersion) -> String {
    format!("{PATH}/{task}/{version}")
}

fn content(words: &Words, title: &str, stored: &StoredPrompt, live: &StoredPrompt) -> Markup {
    let is_live = stored.content.version == live.content.version;
    let (text, before) = (lines(&stored.content), lines(&live.content));
    html! {
        p { a href=(PATH) { (words.t("settings-prompts")) } }
        h1 { (title) }
        p dir="auto" { (stored.content.changelog) }
        (super::reasons(words, &stored.reasons))
        @if !is_live { p.quiet { (words.with("prompt-against-live", "version", live.content.version.to_string())) } }
        @for line in &text { p { @if before.contains(line) { (line) } @else { ins { (line) } } } }
        @for line in before.iter().filter(|line| !text.contains(line)) { p { del { (line) } } }
    }
}

/// All lines of its texts that say anything.
fn lines(content: &PromptContent) -> Vec<&str> {
    let texts = [Some(content.system.as_str()), content.structured.as_deref()];
    texts.into_iter().flatten().flat_map(str::lines).filter(|line| !line.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::{NOW, read};
    use axum::http::HeaderMap;
    use serde_json::json;

    #[test]
    fn new_lines_and_those_that_are_gone_are_marked() {
        let stored = |version: &str, system: &str| -> StoredPrompt {
            read(json!({
                "content": {
                    "task": "suggest", "version": version, "changelog": "Shorter.", "tier": "standard", "system": system,
                    "max_tokens": {"usual": 4096, "shorter": 2048, "structured": 1536},
                },
                "author": {"type": "system"}, "reasons": ["21 of 31 <texts> were made shorter."], "created_at": NOW,
            }))
        };
        let (live, draft) = (stored("3.0.0", "One.\n\nTwo.\n"), stored("3.1.0", "One.\nAt most <b>.\n"));
        let words = crate::words::accepted(&HeaderMap::new());
        let page = content(words, "Suggested replies 3.1.0", &draft, &live).into_string();
        for expected in
            ["<p>One.</p>", "<ins>At most &lt;b&gt;.</ins>", "<del>Two.</del>", "21 of 31 &lt;texts&gt;", "3.0.0"]
        {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        let same = content(words, "", &live, &live).into_string();
        assert!(!same.contains("<ins>") && !same.contains("<del>"), "{same}");
    }
}
