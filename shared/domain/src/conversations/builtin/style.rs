//! What the built-in responder keeps of the style that an owner confirmed: how it greets, its last line, emoji and exclamation marks.
//! Words of the business are said in the language in which they were trained.

use super::Turn;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::tenancy::{Language, StyleSaying, StyleTopic, StyleUse};

/// How its own openings greet.
const OWN: [&str; 5] = ["Hello", "Hola", "Guten Tag", "Bonjour", "Olá"];
const EMOJI: &str = "🙂";

fn sayings<'t>(turn: &Turn<'t>, language: &Language) -> impl Iterator<Item = &'t StyleSaying> {
    let guide = turn.tenant.style.get(&StyleTopic::CommunicationStyle);
    let is_own = guide.is_some_and(|guide| guide.language == *language);
    let rules = guide.into_iter().flat_map(|guide| &guide.rules);
    rules.map(|rule| &rule.says).filter(move |says| is_own || says.text().is_none())
}

/// The first words as the business would say them.
pub(super) fn opening(turn: &Turn<'_>, language: &Language, words: String) -> String {
    let mut opening = words;
    if opening.is_empty() {
        return opening;
    }
    for says in sayings(turn, language) {
        match says {
            StyleSaying::Greeting(greeting) => {
                if let Some(rest) = OWN.iter().find_map(|own| opening.strip_prefix(own)) {
                    opening = format!("{greeting}{rest}");
                }
            }
            // In Spanish it would take one before the sentence too.
            StyleSaying::Exclamations(StyleUse::Yes) if language.as_str() != "es" => {
                if let Some(rest) = opening.strip_suffix('.') {
                    opening = format!("{rest}!");
                }
            }
            _ => {}
        }
    }
    let smiles = sayings(turn, language).any(|says| *says == StyleSaying::Emoji(StyleUse::Yes));
    if smiles { format!("{opening} {EMOJI}") } else { opening }
}

/// A reply with the last line that the business wants: in letters, and where a talk begins.
pub(super) fn closed(turn: &Turn<'_>, language: &Language, reply: String) -> String {
    let sign_off = sayings(turn, language).find_map(|says| match says {
        StyleSaying::SignOff(line) => Some(line),
        _ => None,
    });
    let is_wanted = turn.is_formal() || turn.is_first() && !turn.is_concise();
    let signed = sign_off.filter(|_| is_wanted).map(|line| format!("{reply}\n{line}"));
    signed.filter(|signed| signed.chars().count() <= MAX_REPLY_CHARS).unwrap_or(reply)
}
