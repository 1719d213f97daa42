//! Languages by their names.

use crate::Words;

/// What each of the five languages is called in all of them, folded, by its two-letter ISO 639-1 code.
const NAMES: [(&str, &[&str]); 5] = [
    ("en", &["english", "ingles", "anglais", "englisch"]),
    ("es", &["spanish", "espanol", "castellano", "espagnol", "spanisch", "espanhol"]),
    ("fr", &["french", "frances", "francais", "franzosisch"]),
    ("de", &["german", "aleman", "allemand", "deutsch", "alemao"]),
    ("pt", &["portuguese", "portugues", "portugais", "portugiesisch"]),
];
/// Words for languages as such, folded.
const LANGUAGES: [&str; 7] = ["language", "languages", "idioma", "idiomas", "langues", "sprachen", "linguas"];

/// The languages that `words` ask about: those they name, else all where they ask which there are. Of any other language nothing is
/// known here.
#[must_use]
pub fn languages_named(words: &Words) -> Vec<&'static str> {
    let named = NAMES.iter().filter(|(_, names)| words.contains_any(names)).map(|(code, _)| *code);
    let named: Vec<&str> = named.collect();
    if named.is_empty() && words.contains_any(&LANGUAGES) {
        return NAMES.iter().map(|(code, _)| *code).collect();
    }
    named
}
