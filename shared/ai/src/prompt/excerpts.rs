//! What a prompt holds of the business's documents. All of it is data, whatever it says.

use domain::conversations::builtin::Turn;
use domain::conversations::{Citation, Excerpt, Findings};

use super::{Prompt, data, grounds};

/// The most excerpts that a prompt holds.
const MAX_EXCERPTS: usize = 8;
/// The most characters of one excerpt, which is longer than a chunk is, and of all: about 2,000 tokens.
const MAX_EXCERPT_CHARS: usize = 4_500;
const MAX_CHARS: usize = 8_000;
/// The most characters of a name or heading.
const MAX_NAME_CHARS: usize = 200;
const OPENS: &str = "<excerpt>";
const CLOSES: &str = "</excerpt>";

/// The excerpts with their sources, best first, as far as there is room.
pub(super) fn told(findings: &Findings) -> Vec<String> {
    chosen(findings).into_iter().map(|(_, told)| told).collect()
}

/// The excerpts that a prompt holds, each as it stands there. One that is too long is left out: half of it may say something else.
fn chosen(findings: &Findings) -> Vec<(&Excerpt, String)> {
    let mut room = MAX_CHARS;
    let fits = |one: &&Excerpt| one.text.chars().count() <= MAX_EXCERPT_CHARS;
    let told = findings.excerpts().iter().filter(fits).take(MAX_EXCERPTS).map(|one| (one, excerpt(one)));
    told.take_while(|(_, told)| {
        let left = room.checked_sub(told.chars().count());
        room = left.unwrap_or(0);
        left.is_some()
    })
    .collect()
}

fn excerpt(excerpt: &Excerpt) -> String {
    let citation = &excerpt.citation;
    let page = citation.page.map(|page| format!(", page {page}")).unwrap_or_default();
    let heading = data(&excerpt.heading, MAX_NAME_CHARS);
    let heading = if heading.is_empty() { heading } else { format!(", under {heading}") };
    let (name, text) = (data(&citation.name, MAX_NAME_CHARS), data(&excerpt.text, MAX_EXCERPT_CHARS));
    format!("{OPENS}\nFrom {name}{page}{heading}:\n{text}\n{CLOSES}")
}

/// That two documents do not agree about what is asked. They are left out.
pub(super) fn dispute(findings: &Findings) -> Option<String> {
    let words = "The business's documents do not agree about what is asked now: say that you will find out and that a person \
                 gets back to them, and name no figure for it.";
    findings.are_disputed().then(|| words.to_owned())
}

/// The excerpts in a user message, and the rest of it. What a customer wrote cannot open one.
pub(super) fn split(message: &str) -> (Vec<&str>, Vec<&str>) {
    let parts = message.split(OPENS).enumerate();
    parts.map(|(place, part)| part.split_once(CLOSES).filter(|_| place > 0).unwrap_or(("", part))).unzip()
}

/// The places that `reply` goes back to: of excerpts that it would claim too much without, and of those that it repeats.
pub(crate) fn cited(prompt: &Prompt, reply: &str, turn: &Turn<'_>) -> Vec<Citation> {
    let mut cited = Vec::new();
    for (excerpt, words) in &chosen(turn.findings) {
        let is_needed = || {
            let mut without = prompt.clone();
            for message in &mut without.messages {
                message.content = message.content.replace(words, "");
            }
            grounds(&without, turn).accept(reply, usize::MAX).is_err()
        };
        if (excerpt.is_repeated_in(reply) || is_needed()) && !cited.contains(&excerpt.citation) {
            cited.push(excerpt.citation.clone());
        }
    }
    cited
}
