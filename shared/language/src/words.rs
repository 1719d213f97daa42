//! The words of a message, each with its stem and the clause it stands in.
//!
//! Everything that is neither letter nor digit ends a word. An English contraction is one word (`don't` is `dont`, as people
//! type it); any other apostrophe separates (`l'eau` is `l eau`). Scripts that write no spaces are one word a run.

use crate::fold::fold;
use crate::stem::stem;
use std::ops::Range;

/// What follows the apostrophe of an English contraction or possessive.
const CONTRACTIONS: [&str; 7] = ["t", "s", "m", "d", "re", "ve", "ll"];
/// Words that begin a clause of their own: what is denied before them is not denied after.
const TURNS: [&str; 6] = ["but", "pero", "mais", "aber", "sondern", "mas"];

/// A text as words, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
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
            words: Self { line: String::new(), words: Vec::new(), has_question_mark: false },
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
        if TURNS.contains(&text) {
            self.clause = self.clause.saturating_add(1);
        }
        let start = self.words.line.len();
        self.words.line.push_str(text);
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
        self.words.line.push_str(part);
        word.end = self.words.line.len();
        word.stem_end = if part == "s" { word.stem_end } else { word.end };
    }

    fn mark(&mut self, c: char) {
        if c == '?' {
            self.words.has_question_mark = true;
        }
        if matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '¿' | '¡' | '(' | ')' | '—' | '–' | '…') {
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
    fn a_text_without_words_is_empty() {
        for text in ["", "   ", "👍🏽", "?!…", "'"] {
            assert!(Words::new(text).is_empty(), "{text:?}");
        }
    }
}
