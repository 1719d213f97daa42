//! The words of a message, each with its stem and the clause it stands in, for rules that look for words and phrases.
//!
//! Text and phrases go through the same reading: lower case, diacritics folded (`cuánto` is `cuanto`, `ß` is `ss`). A phrase is
//! found only on word boundaries: `sue` is not in `tissue`. Any text is taken, only its first
//! [`MAX_CHARS`](crate::MAX_CHARS) characters are read, and nothing here fails.
//!
//! Everything that is neither letter nor digit ends a word. An English contraction is one word (`don't` is `dont`, as people
//! type it); any other apostrophe separates (`l'eau` is `l eau`). Scripts that write no spaces are one word a run.

use crate::fold::fold;
use crate::stem::stem;
use std::borrow::Cow;
use std::ops::Range;

/// What follows the apostrophe of an English contraction or possessive.
const CONTRACTIONS: [&str; 7] = ["t", "s", "m", "d", "re", "ve", "ll"];
/// Words that begin a clause of their own: what is denied before them is not denied after.
const TURNS: [&str; 6] = ["but", "pero", "mais", "aber", "sondern", "mas"];
/// After these, `mas` is the Spanish "more" and not the Portuguese "but".
const BEFORE_MORE: [&str; 6] = ["nada", "algo", "cuanto", "quiza", "quizas", "poco"];

/// A text as words, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The folded words, one space before, between and after them; a single space where there are none.
    line: String,
    words: Vec<Word>,
    has_question_mark: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    start: usize,
    end: usize,
    stem_end: usize,
    clause: u16,
    is_quoted: bool,
    /// The stem of the word that was meant, where this one seems mistyped.
    meant: Option<String>,
}

impl Words {
    /// Reads `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut reader = Reader {
            words: Self { line: " ".to_owned(), words: Vec::new(), has_question_mark: false },
            clause: 0,
            is_quoted: false,
        };
        let folded = fold(text);
        let mut chars = folded.chars().peekable();
        let mut word = String::new();
        while let Some(c) = chars.next() {
            if c.is_alphanumeric() || c == '\'' {
                word.push(c);
                continue;
            }
            let is_in_number = matches!(c, '.' | ',' | ':') && chars.peek().is_some_and(|next| next.is_alphanumeric());
            reader.take(&word);
            word.clear();
            if !is_in_number {
                reader.mark(c);
            }
        }
        reader.take(&word);
        reader.words
    }

    /// The folded words, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.words.iter().map(|word| self.line.get(word.start..word.end).unwrap_or_default())
    }

    /// The folded words with their stems, in order.
    pub fn stems(&self) -> impl Iterator<Item = (&str, &str)> {
        let word = |word: &Word| {
            let text = |end| self.line.get(word.start..end).unwrap_or_default();
            (text(word.end), text(word.stem_end))
        };
        self.words.iter().map(word)
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word at all (an emoji alone, punctuation, nothing).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
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
        !phrase.is_empty()
            && self.words.iter().any(|word| {
                let (before, rest) = self.line.split_at(word.start);
                let after = rest.strip_prefix(phrase.as_ref()).filter(|after| after.starts_with(' '));
                after.is_some_and(|after| counts(before, after))
            })
    }

    /// Whether the text is `phrase` and nothing else.
    #[must_use]
    pub fn is_exactly(&self, phrase: &str) -> bool {
        !self.is_empty() && self.line.trim() == read_phrase(phrase)
    }

    pub(crate) fn text(&self, at: usize) -> Option<&str> {
        self.words.get(at).and_then(|word| self.line.get(word.start..word.end))
    }

    pub(crate) fn stem(&self, at: usize) -> Option<&str> {
        let word = self.words.get(at)?;
        word.meant.as_deref().or_else(|| self.line.get(word.start..word.stem_end))
    }

    /// Takes the word at `at` for a mistyped one of this stem.
    pub(crate) fn correct(&mut self, at: usize, stem: &str) {
        if let Some(word) = self.words.get_mut(at) {
            word.meant = Some(stem.to_owned());
        }
    }

    /// Whether the word at `at` was taken for a mistyped one.
    pub(crate) fn is_corrected(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.meant.is_some())
    }

    pub(crate) fn clause(&self, at: usize) -> Option<u16> {
        self.words.get(at).map(|word| word.clause)
    }

    /// Whether anything ends in a question mark.
    pub(crate) fn has_question_mark(&self) -> bool {
        self.has_question_mark
    }

    pub(crate) fn is_quoted(&self, span: &Range<usize>) -> bool {
        self.words.get(span.clone()).is_some_and(|words| words.iter().any(|word| word.is_quoted))
    }

    /// Whether `stems` stand next to each other from the word at `at` on.
    pub(crate) fn has_stems_at(&self, at: usize, stems: &[String]) -> bool {
        stems.iter().enumerate().all(|(place, stem)| self.stem(at + place) == Some(stem.as_str()))
    }
}

/// The words of `phrase` with one space between them. Most phrases of the tables are in that form already.
fn read_phrase(phrase: &str) -> Cow<'_, str> {
    let is_folded = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    if phrase.split(' ').all(is_folded) {
        Cow::Borrowed(phrase)
    } else {
        Cow::Owned(Words::new(phrase).line.trim().to_owned())
    }
}

struct Reader {
    words: Words,
    clause: u16,
    is_quoted: bool,
}

impl Reader {
    fn take(&mut self, word: &str) {
        let mut is_first = true;
        for part in word.split('\'').filter(|part| !part.is_empty()) {
            if !is_first && CONTRACTIONS.contains(&part) {
                self.lengthen(part);
            } else {
                self.push(part);
            }
            is_first = false;
        }
    }

    fn push(&mut self, text: &str) {
        let is_more = || text == "mas" && self.words.iter().next_back().is_some_and(|last| BEFORE_MORE.contains(&last));
        if TURNS.contains(&text) && !is_more() {
            self.clause = self.clause.saturating_add(1);
        }
        let start = self.words.line.len();
        self.words.line.push_str(text);
        self.words.line.push(' ');
        let (end, stem_end) = (start + text.len(), start + stem(text).len());
        self.words.words.push(Word {
            start,
            end,
            stem_end,
            clause: self.clause,
            is_quoted: self.is_quoted,
            meant: None,
        });
    }

    /// Adds what follows the apostrophe to the word before it.
    fn lengthen(&mut self, part: &str) {
        let Some(word) = self.words.words.last_mut() else { return };
        self.words.line.pop();
        self.words.line.push_str(part);
        word.end = self.words.line.len();
        self.words.line.push(' ');
        word.stem_end = match part {
            "s" => word.stem_end,
            // As without the apostrophe, where the double letter is taken as one.
            "ll" => word.start + self.words.line.get(word.start..word.end).map_or(0, |text| stem(text).len()),
            _ => word.end,
        };
    }

    fn mark(&mut self, c: char) {
        if c == '?' {
            self.words.has_question_mark = true;
        }
        if matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '¿' | '¡' | '(' | ')' | '+' | '—' | '–' | '…')
        {
            self.clause = self.clause.saturating_add(1);
        }
        if c == '"' {
            self.is_quoted = !self.is_quoted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        Words::new(text).iter().map(str::to_owned).collect()
    }

    #[test]
    fn contractions_are_one_word_and_elisions_two() {
        assert_eq!(words("I don’t know what's up"), ["i", "dont", "know", "whats", "up"]);
        assert_eq!(words("c'est l'eau de l’évier"), ["c", "est", "l", "eau", "de", "l", "evier"]);
        assert_eq!(words("ＦＵＬＬ 'quoted' ''"), ["full", "quoted"]);
    }

    #[test]
    fn marks_end_clauses_but_not_within_numbers() {
        let words = Words::new("No, at 1,500 or 3:30 but not today. ok?");
        let clauses: Vec<u16> = (0..words.len()).filter_map(|at| words.clause(at)).collect();
        assert_eq!(clauses, [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
        assert!(words.has_question_mark());
    }

    #[test]
    fn a_contraction_has_the_stem_that_it_has_without_its_apostrophe() {
        for (text, typed) in [("that'll do", "thatll do"), ("I'll come", "ill come"), ("you’ll see", "youll see")] {
            assert_eq!(Words::new(text).stem(0), Words::new(typed).stem(0), "{text}");
        }
    }

    #[test]
    fn the_spanish_more_begins_no_clause_and_the_portuguese_but_does() {
        let last = |text: &str| Words::new(text).clause(2);
        assert_eq!(last("no nada más"), Some(0));
        assert_eq!(last("quero cortar mas não pintar"), Some(1));
    }

    #[test]
    fn a_text_without_words_is_empty() {
        for text in ["", "   ", "👍🏽", "?!…", "'"] {
            assert!(Words::new(text).is_empty(), "{text:?}");
            assert!(!Words::new(text).is_exactly(""), "{text:?}");
        }
    }

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
    fn a_word_said_twice_is_found_twice() {
        assert!(Words::new("no fire fire").contains_where("fire", |before, _| before.ends_with(" fire ")));
    }

    #[test]
    fn a_phrase_is_judged_by_what_stands_around_it() {
        let words = Words::new("No, not a REAL fire alarm!");
        assert!(words.contains_where("real fire", |before, after| before == " no not a " && after == " alarm "));
        assert!(Words::new("fire").contains_where("fire", |before, after| before == " " && after == " "));
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_reading_again_changes_nothing(text in "\\PC*") {
            let words = Words::new(&text);
            let again = Words::new(&words.line);
            prop_assert_eq!(&words.line, &again.line);
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
