//! What a model is told that sums up a conversation: the dialogue, numbered, as data.

use domain::conversations::summary::{Dialogue, Said};
use domain::prompts::PromptTask;

use super::{Message, Prompt, Script, Speaker, Text, business, data};

/// The most characters of one message.
const MAX_MESSAGE_CHARS: usize = 600;

/// The prompt of a summary, with the instructions of the code.
#[must_use]
pub fn summary(dialogue: &Dialogue<'_>) -> Prompt {
    summary_with(Script::built_in(PromptTask::Summarize), dialogue)
}

/// The prompt of a summary.
#[must_use]
pub fn summary_with(script: &Script, dialogue: &Dialogue<'_>) -> Prompt {
    let lines: Vec<String> = dialogue.shown().iter().map(line).collect();
    let content = format!("<conversation>\n{}\n</conversation>\nCall `summarize` now.", lines.join("\n"));
    Prompt {
        tenant: script.render(Text::System, &[("business", Some(business::who(dialogue.tenant)))]),
        turn: format!(
            "The customer's language seems to be `{}`; trust their words over this.",
            dialogue.thread.language
        ),
        instructions: script.instructions().to_owned(),
        messages: vec![Message { role: Speaker::User, content }],
    }
}

fn line(said: &Said<'_>) -> String {
    let who = if said.by_customer { "customer" } else { "business" };
    let text = said.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {who}: {}", said.number, data(&text, MAX_MESSAGE_CHARS))
}
