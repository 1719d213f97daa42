//! A small language of phrases, and what whole messages it accepts.
//!
//! A phrase is words, of which `(a|b c)` stands for one of several, `[a|b]` for one or none, and `<name>` for one of a
//! class that was given before. Words are read as those of messages are: case and diacritics do not matter. There is
//! nothing that repeats, so reading ends after as many steps as there are words in the grammar, whatever the message:
//! the places in a message at which a phrase can begin or end are the bits of one number.

use std::collections::HashMap;

use ::language::Words;

/// One language, as it is written down.
pub(super) struct Vocabulary {
    /// Names for words that stand for each other; a class may use those before it.
    pub(super) classes: &'static [(&'static str, &'static str)],
    /// Refusals that speak of messages, lists or numbers: nothing else can be meant.
    pub(super) firm: &'static [&'static str],
    /// Refusals that could mean something else in other company: they count alone or in polite company.
    pub(super) bare: &'static [&'static str],
    /// What may stand around any refusal: politeness, insults, the plainest reasons.
    pub(super) polite: &'static [&'static str],
    /// What may stand around a firm refusal only: reasons, threats, "could you".
    pub(super) reasons: &'static [&'static str],
}

/// One of several phrases.
type Choice = Vec<Vec<Part>>;

enum Part {
    /// A word, by its number in [`Grammar::words`].
    Word(usize),
    OneOf(Choice),
    Maybe(Choice),
    /// A class, by its place in [`Grammar::classes`]. Written out wherever it is used, classes of classes would take megabytes.
    Class(usize),
}

/// One language, ready to read.
pub(super) struct Grammar {
    words: HashMap<String, usize>,
    classes: Vec<Choice>,
    firm: Choice,
    bare: Choice,
    polite: Choice,
    reasons: Choice,
}

/// A message in the words of one language.
struct Message<'a> {
    classes: &'a [Choice],
    /// Where each word of the grammar stands, as bits.
    places: Vec<u128>,
    /// The place after the last word, as a bit.
    end: u128,
}

impl Grammar {
    /// Reads what is written down.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let mut reader = Reader { names: Vec::new(), words: HashMap::new() };
        let mut classes = Vec::with_capacity(vocabulary.classes.len());
        for (name, phrases) in vocabulary.classes {
            classes.push(reader.choice(&mut phrases.chars(), '\0'));
            reader.names.push(name);
        }
        let mut read =
            |phrases: &[&str]| phrases.iter().flat_map(|phrase| reader.choice(&mut phrase.chars(), '\0')).collect();
        let (firm, bare) = (read(vocabulary.firm), read(vocabulary.bare));
        let (polite, reasons) = (read(vocabulary.polite), read(vocabulary.reasons));
        Self { words: reader.words, classes, firm, bare, polite, reasons }
    }

    /// Whether `words` are a refusal with nothing around it but what may be.
    pub(super) fn refuses(&self, words: &Words) -> bool {
        let Some(message) = self.message(words) else { return false };
        message.is_made_of(&[&self.firm, &self.bare], &[&self.polite])
            || message.is_made_of(&[&self.firm], &[&self.polite, &self.reasons, &self.bare])
    }

    /// The message in this language's words; none where it has any other, as nearly every message has.
    fn message(&self, words: &Words) -> Option<Message<'_>> {
        let mut places = vec![0; self.words.len()];
        let mut place = 1_u128;
        for word in words.iter() {
            *places.get_mut(*self.words.get(word)?)? |= place;
            place = place.checked_shl(1).filter(|place| *place != 0)?;
        }
        Some(Message { classes: &self.classes, places, end: place })
    }
}

impl Message<'_> {
    /// Whether it is one or more of `needed`, with any number of `allowed` before, between and after them.
    fn is_made_of(&self, needed: &[&Choice], allowed: &[&Choice]) -> bool {
        let before = self.closure(allowed, 1);
        let found = self.any(needed, before);
        let after = self.closure(&[needed, allowed].concat(), found);
        after & self.end != 0
    }

    /// The places that are reached from `places` by any number of phrases, `places` among them.
    fn closure(&self, choices: &[&Choice], mut places: u128) -> u128 {
        loop {
            let more = places | self.any(choices, places);
            if more == places {
                return places;
            }
            places = more;
        }
    }

    fn any(&self, choices: &[&Choice], from: u128) -> u128 {
        choices.iter().fold(0, |reached, choice| reached | self.one_of(choice, from))
    }

    fn one_of(&self, choice: &Choice, from: u128) -> u128 {
        choice.iter().fold(0, |reached, phrase| reached | self.phrase(phrase, from))
    }

    /// The places where `phrase` ends when it begins at one of `from`.
    fn phrase(&self, phrase: &[Part], from: u128) -> u128 {
        phrase.iter().try_fold(from, |from, part| (from != 0).then(|| self.part(part, from))).unwrap_or(0)
    }

    fn part(&self, part: &Part, from: u128) -> u128 {
        match part {
            Part::Word(word) => (from & self.places.get(*word).copied().unwrap_or(0)) << 1,
            Part::OneOf(choice) => self.one_of(choice, from),
            Part::Maybe(choice) => from | self.one_of(choice, from),
            Part::Class(class) => self.classes.get(*class).map_or(0, |choice| self.one_of(choice, from)),
        }
    }
}

/// Reads phrases as they are written down, and numbers their words.
struct Reader {
    /// The classes that were read already, which are those that may be used.
    names: Vec<&'static str>,
    words: HashMap<String, usize>,
}

impl Reader {
    /// Reads up to `end`, or to the end of `text`.
    fn choice(&mut self, text: &mut impl Iterator<Item = char>, end: char) -> Choice {
        let mut choice = Vec::new();
        let (mut phrase, mut plain) = (Vec::new(), String::new());
        while let Some(c) = text.next().filter(|c| *c != end) {
            if !"([<|".contains(c) {
                plain.push(c);
                continue;
            }
            self.plain(&mut plain, &mut phrase);
            match c {
                '(' => phrase.push(Part::OneOf(self.choice(&mut *text, ')'))),
                '[' => phrase.push(Part::Maybe(self.choice(&mut *text, ']'))),
                '<' => {
                    let name: String = text.by_ref().take_while(|c| *c != '>').collect();
                    phrase.push(self.class(&name));
                }
                _ => choice.push(std::mem::take(&mut phrase)),
            }
        }
        self.plain(&mut plain, &mut phrase);
        choice.push(phrase);
        choice
    }

    fn plain(&mut self, text: &mut String, phrase: &mut Vec<Part>) {
        let text = std::mem::take(text);
        // Nearly all is written as it is read; the rest is folded, which takes longer.
        if text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ') {
            phrase.extend(text.split_ascii_whitespace().map(|word| self.word(word)));
        } else {
            phrase.extend(Words::new(&text).iter().map(|word| self.word(word)));
        }
    }

    fn word(&mut self, word: &str) -> Part {
        if let Some(known) = self.words.get(word) {
            return Part::Word(*known);
        }
        let next = self.words.len();
        self.words.insert(word.to_owned(), next);
        Part::Word(next)
    }

    /// A class; nothing fits it where there is none of the name before the one that is being read.
    fn class(&self, name: &str) -> Part {
        self.names.iter().position(|known| *known == name).map_or(Part::OneOf(Vec::new()), Part::Class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Vocabulary = Vocabulary {
        classes: &[("me", "me|my (number|cell)"), ("verb", "texting [<me>]|calling <me>")],
        firm: &["stop <verb>", "lose <me>"],
        bare: &["stop"],
        polite: &["please", "thank you"],
        reasons: &["I rent"],
    };

    fn refuses(text: &str) -> bool {
        Grammar::new(&SAMPLE).refuses(&Words::new(text))
    }

    #[test]
    fn a_refusal_counts_with_what_may_stand_around_it_and_nothing_else() {
        for text in [
            "stop",
            "please STOP, thank you",
            "stop texting",
            "stop texting my cell please",
            "I rent. Stop calling me!",
            "stop, lose my number, I rent, stop",
        ] {
            assert!(refuses(text), "{text}");
        }
        for text in
            ["", "please", "I rent", "I rent, stop", "stop calling", "stop texting him", "stop my", "thank stop"]
        {
            assert!(!refuses(text), "{text}");
        }
    }

    #[test]
    fn a_message_of_more_words_than_bits_is_no_refusal() {
        assert!(refuses(&"stop ".repeat(127)));
        assert!(!refuses(&"stop ".repeat(128)) && !refuses(&"stop ".repeat(500)));
    }

    /// What every language written down must keep to.
    #[test]
    fn every_vocabulary_uses_only_classes_it_has_and_has_no_phrase_without_words() {
        for vocabulary in super::super::VOCABULARIES {
            let all = [vocabulary.firm, vocabulary.bare, vocabulary.polite, vocabulary.reasons];
            let texts =
                || all.iter().flat_map(|phrases| phrases.iter()).chain(vocabulary.classes.iter().map(|(_, t)| t));
            for (name, _) in vocabulary.classes {
                assert!(texts().any(|text| text.contains(&format!("<{name}>"))), "{name} is not used");
            }
            for used in texts().flat_map(|text| text.split('<').skip(1)).filter_map(|rest| rest.split('>').next()) {
                assert!(vocabulary.classes.iter().any(|(name, _)| *name == used), "{used} is no class");
            }
            for text in texts() {
                let count = |c: char| text.chars().filter(|other| *other == c).count();
                assert!(count('(') == count(')') && count('[') == count(']') && count('<') == count('>'), "{text}");
            }
            let grammar = Grammar::new(vocabulary);
            let nothing = Message { classes: &grammar.classes, places: vec![0; grammar.words.len()], end: 1 };
            for choice in [&grammar.firm, &grammar.bare, &grammar.polite, &grammar.reasons] {
                assert_eq!(nothing.one_of(choice, 1), 0, "a phrase can be empty");
            }
        }
    }
}
