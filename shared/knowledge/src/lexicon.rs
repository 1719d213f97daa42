//! Words of everyday business in five languages: which say nothing about what is asked for, and which mean the same.
//!
//! A line of `words.txt` is a key and its words: English; Spanish; French; German; Portuguese.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::{Stems, Term, Token, tokens};

/// In the order of the file.
pub(crate) const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

/// What a word means, whatever its language: two that share this mean the same.
pub(crate) type Meaning = u16;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// How much a word says about what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing.
    Stop,
    /// Little.
    Light,
    /// What it says.
    Telling,
}

/// The words of one language.
#[derive(Default)]
struct Words {
    stop: HashSet<String>,
    light: HashSet<Term>,
    meanings: HashMap<Term, Meaning>,
}

struct Lexicon {
    languages: [Words; 5],
    keys: HashMap<&'static str, Meaning>,
    /// The terms of each meaning, by language.
    terms: Vec<[Vec<Term>; 5]>,
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self { languages: Default::default(), keys: HashMap::new(), terms: Vec::new() };
        let stems = LANGUAGES.map(Stems::of);
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((key, lists)) = line.split_once(':') else { continue };
            let meaning = Meaning::try_from(lexicon.terms.len()).unwrap_or(Meaning::MAX);
            let mut all: [Vec<Term>; 5] = Default::default();
            let languages = lexicon.languages.iter_mut().zip(&stems).zip(&mut all);
            for (list, ((words, stems), all)) in lists.split(';').zip(languages) {
                let tokens = tokens(list);
                match key {
                    "stop" => words.stop.extend(tokens.into_iter().map(|token| token.folded)),
                    "light" => words.light.extend(tokens.iter().map(|token| stems.terms(token).0)),
                    _ => {
                        let terms = tokens.iter().map(|token| stems.terms(token).0);
                        all.extend(terms.clone());
                        words.meanings.extend(terms.map(|term| (term, meaning)));
                    }
                }
            }
            lexicon.terms.push(all);
            lexicon.keys.insert(key, meaning);
        }
        lexicon
    }

    /// The lists of a language; of all five where it is another one.
    fn of(&self, language: &str) -> &[Words] {
        let at = LANGUAGES.iter().position(|known| *known == language);
        at.and_then(|at| self.languages.get(at..=at)).unwrap_or(&self.languages)
    }
}

/// The language whose lists tell how much the words of `language` say.
pub(crate) fn listed(language: &str) -> &str {
    if LANGUAGES.contains(&language) { language } else { "en" }
}

/// How much `token`, which is `term` in the [`listed`] language, says in `language`.
pub(crate) fn weight(token: &Token, term: Term, language: &str) -> Weight {
    if token.is_letter() || is_stop(token, language) {
        Weight::Stop
    } else if LEXICON.of(listed(language)).iter().any(|words| words.light.contains(&term)) {
        Weight::Light
    } else {
        Weight::Telling
    }
}

/// Whether a word says nothing in `language`.
pub(crate) fn is_stop(token: &Token, language: &str) -> bool {
    LEXICON.of(listed(language)).iter().any(|words| words.stop.contains(&token.folded))
}

/// What `term` means in `language`.
pub(crate) fn meaning(term: Term, language: &str) -> Option<Meaning> {
    LEXICON.of(language).iter().find_map(|words| words.meanings.get(&term)).copied()
}

/// The terms that mean this in one of `languages`.
pub(crate) fn terms_of(meaning: Meaning, languages: &[&str]) -> Vec<Term> {
    let lists = LEXICON.terms.get(usize::from(meaning)).into_iter().flatten().zip(LANGUAGES);
    lists.filter(|(_, language)| languages.contains(language)).flat_map(|(terms, _)| terms).copied().collect()
}

/// The meaning of a key of the file.
pub(crate) fn meaning_of(key: &str) -> Option<Meaning> {
    LEXICON.keys.get(key).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_words_in_five_languages() {
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            let (_, lists) = line.split_once(':').expect("a key");
            assert!(lists.split(';').filter(|list| !tokens(list).is_empty()).count() == LANGUAGES.len(), "{line}");
        }
    }

    #[test]
    fn words_of_two_languages_mean_the_same() {
        for (one, other) in [
            (("en", "prices"), ("es", "precio")),
            (("de", "Parkplätze"), ("pt", "estacionamento")),
            (("fr", "chiens"), ("en", "dog")),
        ] {
            let of = |(language, word): (&str, &str)| meaning(Stems::of(language).terms(&tokens(word)[0]).0, language);
            assert!(of(one).is_some());
            assert_eq!(of(one), of(other), "{one:?} {other:?}");
        }
        assert_ne!(meaning_of("dog"), meaning_of("cat"));
    }
}
