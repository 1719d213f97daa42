//! Lists of words, one file a language: which tell nothing, which tell something by where they stand, and which mean the same.
//!
//! A line is a name and its words. Under `soft`, `near`, `mine`, `deny`, `order`, `now`, `days` and `numbers` stand single words with blanks
//! between; under any other name stand words and phrases that mean the same, with bars between: under `nothing`, nothing. All are read as a text is.

use language::Words;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The languages that there are lists of, each with its file.
const FILES: [(&str, &str); 5] = [
    ("en", include_str!("../../data/likeness/en.txt")),
    ("es", include_str!("../../data/likeness/es.txt")),
    ("fr", include_str!("../../data/likeness/fr.txt")),
    ("de", include_str!("../../data/likeness/de.txt")),
    ("pt", include_str!("../../data/likeness/pt.txt")),
];

static LEXICONS: LazyLock<HashMap<&'static str, Lexicon>> =
    LazyLock::new(|| FILES.into_iter().map(|(language, text)| (language, Lexicon::read(text))).collect());

/// The words of one language, folded.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// They tell nothing.
    pub(super) soft: HashSet<&'static str>,
    /// Of these, those that tell something right before a number or a day.
    pub(super) near: HashSet<&'static str>,
    /// Of these, those by which it is the customer who would do it.
    pub(super) mine: HashSet<&'static str>,
    /// They deny.
    pub(super) deny: HashSet<&'static str>,
    /// Beside them it matters what stands first.
    pub(super) order: HashSet<&'static str>,
    /// They speak of the present.
    pub(super) now: HashSet<&'static str>,
    /// Days and months.
    pub(super) days: HashSet<&'static str>,
    /// Numbers in words, as digits.
    pub(super) numbers: HashMap<&'static str, &'static str>,
    /// What a phrase means.
    phrases: HashMap<String, &'static str>,
    /// The most words of a phrase.
    longest: usize,
}

impl Lexicon {
    /// The lists of a language (ISO 639-1); `None`: there are none.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        LEXICONS.get(language)
    }

    fn read(text: &'static str) -> Self {
        let mut lexicon = Self::default();
        for (name, words) in text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'))
        {
            let each = words.split_whitespace();
            match name {
                "soft" => lexicon.soft.extend(each),
                "near" => lexicon.near.extend(each),
                "mine" => lexicon.mine.extend(each),
                "deny" => lexicon.deny.extend(each),
                "order" => lexicon.order.extend(each),
                "now" => lexicon.now.extend(each),
                "days" => lexicon.days.extend(each),
                "numbers" => lexicon.numbers.extend(each.filter_map(|pair| pair.split_once('='))),
                _ => words.split('|').for_each(|phrase| lexicon.add(name, phrase)),
            }
        }
        lexicon
    }

    fn add(&mut self, name: &'static str, phrase: &str) {
        let words = Words::new(phrase);
        self.longest = self.longest.max(words.len());
        self.phrases.insert(words.iter().collect::<Vec<_>>().join(" "), name);
    }

    /// The longest phrase with which `words` begin: what it means, and how many words it has.
    pub(super) fn phrase(&self, words: &[&str]) -> Option<(&'static str, usize)> {
        let most = self.longest.min(words.len());
        (1..=most).rev().find_map(|count| {
            let phrase = words.get(..count)?.join(" ");
            Some((*self.phrases.get(&phrase)?, count))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_list_is_written_as_texts_are_read_and_stands_in_one() {
        for (language, _) in FILES {
            let lexicon = Lexicon::of(language).unwrap();
            assert!(lexicon.phrases.len() > 100, "{language}");
            let lists = [&lexicon.soft, &lexicon.deny, &lexicon.order, &lexicon.now, &lexicon.days];
            let mut seen = HashSet::new();
            for word in lists.into_iter().flatten() {
                let read = Words::new(word);
                assert_eq!((read.len(), read.iter().next()), (1, Some(*word)), "{language}: {word}");
                assert!(seen.insert(word), "{language}: {word} is in two lists");
            }
            assert!(lexicon.near.iter().chain(&lexicon.mine).all(|word| lexicon.soft.contains(word)), "{language}");
            assert!(lexicon.numbers.keys().all(|word| !seen.contains(word)), "{language}");
        }
        assert!(Lexicon::of("it").is_none());
    }
}
