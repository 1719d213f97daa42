//! The words of a message, for rules that look for phrases.
//!
//! Text and phrases go through the same reading: lower case, diacritics folded (`cuánto` is `cuanto`, `ß` is `ss`),
//! everything that is neither letter nor digit ends a word. Letters of other shapes (full width, bold, circled) are the letters
//! that they stand for (Unicode's NFKC). A phrase is found only on word boundaries: `sue` is not
//! in `tissue`. An English contraction is one word (`don't` is `dont`, as people type it); any other apostrophe
//! separates (`l'eau` is `l eau`). Scripts written without spaces (Chinese, Japanese, Thai) are out of scope: a run
//! of them is one word.
//!
//! Any text is taken, only its first [`MAX_CHARS`] characters are read, and nothing here fails.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use std::collections::HashMap;

/// How much of a text is read, in characters: the longest WhatsApp text (Meta, Cloud API, "Text messages": 4,096).
pub const MAX_CHARS: usize = 4_096;

/// What follows the apostrophe of an English contraction or possessive.
const CONTRACTIONS: [&str; 7] = ["t", "s", "m", "d", "re", "ve", "ll"];

/// A text as words, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The folded words, one space before, between and after them; a single space where there are none.
    line: String,
    /// Where in `line` each word begins. Hundreds of phrases are looked for in every message: most are ruled out by
    /// their first word.
    starts: HashMap<String, Vec<usize>>,
}

impl Words {
    /// Reads `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let line = line(text);
        let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
        let mut start = 1;
        for word in line.split_ascii_whitespace() {
            starts.entry(word.to_owned()).or_default().push(start);
            start += word.len() + 1;
        }
        Self { line, starts }
    }

    /// The words, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.line.split_ascii_whitespace()
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no word at all (an emoji alone, punctuation, nothing).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line == " "
    }

    /// Whether the words of `phrase` stand in the text, next to each other. An empty phrase stands nowhere.
    #[must_use]
    pub fn contains_phrase(&self, phrase: &str) -> bool {
        self.contains_where(phrase, |_, _| true)
    }

    /// Whether any of `phrases` stands in the text.
    #[must_use]
    pub fn contains_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.contains_phrase(phrase))
    }

    /// Whether `phrase` stands somewhere where `counts` agrees, given the folded words before and after it
    /// (one space before, between and after them).
    #[must_use]
    pub fn contains_where(&self, phrase: &str, mut counts: impl FnMut(&str, &str) -> bool) -> bool {
        let phrase = read_phrase(phrase);
        let first = phrase.split(' ').next().unwrap_or_default();
        self.starts.get(first).into_iter().flatten().any(|start| {
            let (before, rest) = self.line.split_at(*start);
            rest.strip_prefix(phrase.as_ref()).is_some_and(|after| after.starts_with(' ') && counts(before, after))
        })
    }

    /// Whether the text is `phrase` and nothing else.
    #[must_use]
    pub fn is_exactly(&self, phrase: &str) -> bool {
        !self.is_empty() && self.line.trim() == read_phrase(phrase)
    }
}

/// The words of `phrase` with one space between them. Most phrases of the tables are in that form already.
fn read_phrase(phrase: &str) -> Cow<'_, str> {
    let is_folded = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    if phrase.split(' ').all(is_folded) { Cow::Borrowed(phrase) } else { Cow::Owned(line(phrase).trim().to_owned()) }
}

/// The folded words of `text`, one space before, between and after them.
fn line(text: &str) -> String {
    let folded = fold(text);
    let mut line = String::with_capacity(folded.len() + 2);
    line.push(' ');
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        for (place, part) in word.split('\'').filter(|part| !part.is_empty()).enumerate() {
            if place > 0 && CONTRACTIONS.contains(&part) {
                line.pop();
            }
            line.push_str(part);
            line.push(' ');
        }
    }
    line
}

/// The text with every letter in its plain shape. Apostrophes stay: in their plain shape some would become spaces.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let read: String = text.chars().take(MAX_CHARS).map(|c| if c == '´' { '\'' } else { c }).collect();
    Cow::Owned(ComposingNormalizerBorrowed::new_nfkc().normalize(&read).into_owned())
}

/// Lower case without diacritics; every kind of apostrophe is `'`, and invisible characters are gone.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let plain = plain(text);
    for c in plain.chars().take(MAX_CHARS).flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ś' | 'š' => folded.push('s'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ł' => folded.push('l'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '’' | '‘' | 'ʼ' | '´' | '`' | '＇' => folded.push('\''),
            // Combining accents (decomposed text), soft hyphen, zero-width and directional characters, variation selectors.
            '\u{300}'..='\u{36f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e01ef}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrases_are_found_on_word_boundaries_only() {
        let words = Words::new("My tissue box? Call the gas-man, please; 24/7.");
        assert!(words.contains_phrase("gas man"));
        assert!(words.contains_any(&["nothing", "24 7"]));
        assert!(!words.contains_phrase("sue"));
        assert!(!words.contains_phrase("man the"));
        assert!(!words.contains_phrase("pleas"));
        assert!(!words.contains_phrase(""));
    }

    #[test]
    fn case_and_diacritics_do_not_matter_on_either_side() {
        for (text, phrase) in [
            ("¿CUÁNTO cuesta?", "cuanto cuesta"),
            ("cuanto cuesta", "cuánto cuesta"),
            ("Schöne GRÜSSE", "grüße"),
            ("c\u{327}a va", "ça va"),
            ("un cœur", "coeur"),
            ("İYİ", "iyi"),
        ] {
            assert!(Words::new(text).contains_phrase(phrase), "{text}");
        }
    }

    #[test]
    fn contractions_are_one_word_and_elisions_two() {
        assert_eq!(Words::new("I don’t know what's up, I'd've called").line, " i dont know whats up idve called ");
        assert_eq!(Words::new("c'est l'eau de l’évier").line, " c est l eau de l evier ");
        assert_eq!(Words::new("'quoted' ''").line, " quoted ");
    }

    #[test]
    fn a_word_said_twice_is_found_twice() {
        assert!(Words::new("no fire fire").contains_where("fire", |before, _| before.ends_with(" fire ")));
    }

    #[test]
    fn a_phrase_is_judged_by_what_stands_around_it() {
        let words = Words::new("No, not a REAL fire alarm!");
        assert!(words.contains_where("real fire", |before, after| before == " no not a " && after == " alarm "));
        assert!(Words::new("fire").contains_where("fire", |before, after| before == " " && after == " "));
    }

    #[test]
    fn a_text_without_words_is_empty() {
        for text in ["", "   ", "👍🏽", "?!…", "'"] {
            assert!(Words::new(text).is_empty(), "{text:?}");
            assert_eq!(Words::new(text).len(), 0);
            assert!(!Words::new(text).is_exactly(""));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_reading_again_changes_nothing(text in "\\PC*") {
            let words = Words::new(&text);
            let again = Words::new(&words.line);
            prop_assert_eq!(&words, &again);
            prop_assert_eq!(words.len(), words.iter().count());
            prop_assert_eq!(words.is_empty(), words.iter().next().is_none());
        }

        #[test]
        fn a_phrase_between_other_words_is_always_found(
            before in "[a-z ]{0,20}", phrase in "[a-zé]{1,8}( [a-zñ]{1,8}){0,2}", after in "[a-z ]{0,20}",
        ) {
            let text = format!("{before} {} {after}", phrase.to_uppercase());
            prop_assert!(Words::new(&text).contains_phrase(&phrase));
        }
    }
}
