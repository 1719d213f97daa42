//! What an answer depends on besides the question: who may share it, and who may not.

use super::{Prompt, RULES, Speaker, TASK, excerpts, extras, is_note, saving, suggesting};

/// How the line of a turn begins that says what time it is. What is shared says nothing of the moment.
const TIME: &str = "It is ";
const OPENS: &str = "<known>\n";
const CLOSES: &str = "\n</known>";
const NAME: &str = "name: ";

/// All that a model is told besides the conversation, but for the time.
pub(crate) fn told(prompt: &Prompt) -> Vec<&str> {
    let turn = prompt.turn.lines().filter(|line| !line.starts_with(TIME));
    std::iter::once(prompt.tenant.as_str()).chain(turn).collect()
}

/// Whether nothing was said before, and nothing is known of the customer but a name.
pub(crate) fn is_bare(prompt: &Prompt) -> bool {
    let [message] = prompt.messages.as_slice() else { return false };
    let known = message.content.split(OPENS).skip(1).filter_map(|rest| rest.split(CLOSES).next());
    message.role == Speaker::User && known.flat_map(str::lines).all(|fact| fact.starts_with(NAME))
}

/// What the business says of itself: its lines of the system text, and excerpts of its documents.
pub(crate) fn of_business(prompt: &Prompt) -> Vec<&str> {
    let ours = [TASK, RULES, saving::TASK, suggesting::TASK, suggesting::RULES, extras::RULE];
    let is_ours = |line: &str| is_note(line) || ours.iter().any(|text| text.lines().any(|told| told == line));
    let lines = [&prompt.tenant, &prompt.turn].into_iter().flat_map(|text| text.lines());
    let excerpts = prompt.messages.iter().flat_map(|message| excerpts::split(&message.content).0);
    lines.filter(|line| !is_ours(line)).chain(excerpts).collect()
}
