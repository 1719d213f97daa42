//! What an answer depends on besides the question: who may share it, and who may not.

use super::{Prompt, Speaker, VOICE, excerpts, extras, is_note};

/// How the line of a turn begins that says what time it is. What is shared says nothing of the moment.
const TIME: &str = "It is ";
const OPENS: &str = "<known>\n";
const CLOSES: &str = "\n</known>";
const NAME: &str = "name: ";

/// All that a model is told besides the conversation, but for the time.
pub(crate) fn told(prompt: &Prompt) -> Vec<&str> {
    // Only the first such line: what a business asks for in its own words may begin like that too.
    let time = prompt.turn.lines().position(|line| line.starts_with(TIME));
    let turn = prompt.turn.lines().enumerate().filter(|(at, _)| Some(*at) != time).map(|(_, line)| line);
    std::iter::once(prompt.tenant.as_str()).chain(turn).collect()
}

/// Whether nothing was said before, and nothing is known of the customer but a name.
pub(crate) fn is_bare(prompt: &Prompt) -> bool {
    let [message] = prompt.messages.as_slice() else { return false };
    let known = message.content.split(OPENS).skip(1).filter_map(|rest| rest.split(CLOSES).next());
    message.role == Speaker::User && known.flat_map(str::lines).all(|fact| fact.starts_with(NAME))
}

/// What the business says of itself: its lines of the system text, and excerpts of its documents. What is told with every prompt of that
/// version is ours, and how the business wants to sound, its additions with it, is no fact.
pub(crate) fn of_business(prompt: &Prompt) -> Vec<&str> {
    let is_ours = |line: &str| {
        is_note(line) || line == extras::RULE || prompt.instructions.lines().any(|instruction| instruction == line)
    };
    let (facts, _) = prompt.turn.split_once(VOICE).unwrap_or((&prompt.turn, ""));
    let lines = [prompt.tenant.as_str(), facts].into_iter().flat_map(str::lines);
    let excerpts = prompt.messages.iter().flat_map(|message| excerpts::split(&message.content).0);
    lines.filter(|line| !is_ours(line)).chain(excerpts).collect()
}
