//! How a text is worded, as far as lists can tell: how it greets, whether it has emoji and exclamation marks, how it addresses people.

use ::language::{Words, fold};

use crate::tenancy::StyleAddress;

/// What texts begin with, as it is written; in front what is longer.
#[rustfmt::skip]
pub(super) const GREETINGS: [&str; 27] = [
    "Good morning", "Good day", "Hello", "Hey", "Hi", "Dear", "Buenos días", "Buenas", "Hola", "Estimado", "Estimada", "Querido",
    "Bonjour", "Bonsoir", "Salut", "Coucou", "Guten Tag", "Grüß Gott", "Hallo", "Moin", "Servus", "Liebe", "Bom dia", "Olá", "Oi",
    "Prezado", "Ciao",
];

#[rustfmt::skip]
const INFORMAL: &[&str] = &[
    "tu", "tus", "te", "ti", "contigo", "tienes", "puedes", "quieres", "necesitas", "du", "dir", "dich", "dein", "deine", "deinen",
    "deiner", "deinem", "euch", "tes", "toi", "peux", "veux", "teu", "tua",
];
#[rustfmt::skip]
const FORMAL: &[&str] = &[
    "usted", "ustedes", "su solicitud", "le escribe", "le esperamos", "ihnen", "ihre", "ihrer", "ihrem", "ihren", "vous", "votre", "vos",
    "o senhor", "a senhora",
];

/// The greeting that `text` begins with, as an index of [`GREETINGS`].
pub(super) fn greeting(text: &str) -> Option<usize> {
    let begin = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let folded = fold(begin);
    GREETINGS.iter().position(|greeting| {
        let rest = folded.strip_prefix(&fold(greeting));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether `c` is a picture: what Unicode calls emoji beside figures and signs, as far as people type them.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}')
}

pub(super) fn has_emoji(text: &str) -> bool {
    text.contains(is_emoji)
}

pub(super) fn exclaims(text: &str) -> bool {
    text.contains(['!', '！'])
}

/// How `text` addresses people; `None`: it does not say, or says both.
pub(super) fn address(text: &str) -> Option<StyleAddress> {
    let words = Words::new(text);
    // In German "ihr" and "Sie" in the middle of a sentence are told apart by the capital alone.
    let is_polite_sie =
        text.split_whitespace().skip(1).any(|word| word.trim_end_matches([',', '.', '?', '!']) == "Sie");
    match (words.contains_any(INFORMAL), words.contains_any(FORMAL) || is_polite_sie) {
        (true, false) => Some(StyleAddress::Informal),
        (false, true) => Some(StyleAddress::Formal),
        _ => None,
    }
}
