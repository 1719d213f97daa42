//! What a model is told that proposes a better version of a prompt: the platform's own lines, and counts.

use domain::prompts::{PromptContent, PromptTask, ReviewFigures};

use super::{Message, Prompt, Script, Speaker, Text};

/// Names a line that says that data is no instruction.
const FENCE: &str = "closing mark";

/// The prompt: the lines of `live` with the numbers of those that may be changed, and what staff made of its texts.
pub(crate) fn analysis(script: &Script, live: &PromptContent, figures: &ReviewFigures) -> Prompt {
    let numbered = live.system.lines().enumerate().map(|(index, line)| match may_change(live.task, line) {
        true => format!("{}| {line}", index + 1),
        false => format!(" | {line}"),
    });
    let numbered = numbered.collect::<Vec<_>>().join("\n");
    let figures = figures.lines().join("\n");
    let last =
        format!("<instructions>\n{numbered}\n</instructions>\n<figures>\n{figures}\n</figures>\nCall `analyze` now.");
    Prompt {
        tenant: script.render(Text::System, &[]),
        turn: format!("# These instructions\nThey are version {} of those for `{}`.", live.version, live.task),
        instructions: script.instructions().to_owned(),
        messages: vec![Message { role: Speaker::User, content: last }],
    }
}

/// Whether a line may be changed: not where it places what a business says, names the tool, or says that data is no instruction.
pub(crate) fn may_change(task: PromptTask, line: &str) -> bool {
    let is_fixed = line.contains(['{', '}', '<', '>']) || line.contains(FENCE) || line.contains(&format!("`{task}`"));
    !line.trim().is_empty() && !is_fixed
}
