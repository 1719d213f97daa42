//! A message as tokens that remember where they stand, for details that are kept in the customer's own words.
//!
//! [`Words`] answers whether something was said; tokens give back the very piece of text, with its figures and
//! punctuation (`10:30`, `$500`, `80202-1234`).

use std::ops::Range;

use super::vocabulary::{self, Phrases, Vocabulary};
use ::language::{MAX_CHARS, Words};

/// The most words in one phrase.
const MAX_PHRASE: usize = 6;
/// Punctuation around a word, which is no part of it.
const AROUND: [char; 20] =
    ['.', ',', ';', ':', '!', '?', '¿', '¡', '(', ')', '"', '\'', '…', '“', '”', '„', '«', '»', '‘', '’'];
/// A sign that means something alone.
const SIGNS: [char; 3] = ['$', '€', '£'];

/// One piece between spaces, without the punctuation around it.
pub(super) struct Token<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// As [`Words`] folds it; may hold several words (`m appelle`), or none.
    pub(super) folded: String,
    /// A comma, full stop or line break follows.
    pub(super) ends_clause: bool,
    place: Range<usize>,
}

impl Token<'_> {
    /// Whether it begins with `sign`.
    pub(super) fn is_behind(&self, sign: char) -> bool {
        self.text.starts_with(sign)
    }

    /// Whether it begins with a letter.
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }
}

/// The tokens of one message.
pub(super) struct Tokens<'t> {
    source: &'t str,
    items: Vec<Token<'t>>,
}

impl<'t> Tokens<'t> {
    /// Reads the first [`MAX_CHARS`] characters of `source`.
    pub(super) fn new(source: &'t str) -> Self {
        let end = source.char_indices().nth(MAX_CHARS).map_or(source.len(), |(at, _)| at);
        let source = source.get(..end).unwrap_or_default();
        let mut items: Vec<Token<'t>> = Vec::new();
        let mut rest = source;
        while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
            let (gap, tail) = rest.split_at(start);
            if let Some(last) = items.last_mut() {
                last.ends_clause |= gap.contains('\n');
            }
            let (piece, tail) = tail.split_at(tail.find(char::is_whitespace).unwrap_or(tail.len()));
            let at = source.len() - rest.len() + start;
            rest = tail;
            items.extend(token(piece, at));
        }
        Self { source, items }
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Token<'t>> {
        self.items.iter()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The token at `index`.
    pub(super) fn get(&self, index: usize) -> Option<&Token<'t>> {
        self.items.get(index)
    }

    /// The folded words of the token at `index`; empty where there is none.
    pub(super) fn folded(&self, index: usize) -> &str {
        self.get(index).map_or("", |token| &token.folded)
    }

    /// The longest phrase of any language's `list` that begins at `index`: how many tokens it takes.
    pub(super) fn phrase_at(&self, index: usize, list: fn(&Vocabulary) -> Phrases) -> Option<usize> {
        vocabulary::ALL.into_iter().flat_map(list).filter_map(|phrase| self.tokens_of(phrase, index)).max()
    }

    /// How many tokens `phrase` takes, if it stands at `index` and within one clause.
    fn tokens_of(&self, phrase: &str, index: usize) -> Option<usize> {
        let mut rest = phrase;
        for taken in 1..=MAX_PHRASE {
            let token = self.get(index + taken - 1)?;
            rest = rest.strip_prefix(token.folded.as_str())?;
            if rest.is_empty() {
                return Some(taken);
            }
            rest = rest.strip_prefix(' ').filter(|_| !token.ends_clause)?;
        }
        None
    }

    /// Whether a phrase of `list` ends just before `index`.
    pub(super) fn phrase_before(&self, index: usize, list: fn(&Vocabulary) -> Phrases) -> bool {
        self.phrase_start(index, list).is_some()
    }

    /// Where a phrase of `list` begins that ends just before `index`.
    pub(super) fn phrase_start(&self, index: usize, list: fn(&Vocabulary) -> Phrases) -> Option<usize> {
        let starts = (1..=MAX_PHRASE.min(index)).map(|taken| index - taken);
        starts.rev().find(|start| self.phrase_at(*start, list) == Some(index - start))
    }

    /// What stands between the token at `index` and the next.
    pub(super) fn between(&self, index: usize) -> &'t str {
        let gap = self.get(index).zip(self.get(index + 1)).map(|(one, next)| one.place.end..next.place.start);
        gap.and_then(|gap| self.source.get(gap)).unwrap_or_default()
    }

    /// Where the tokens of `range` stand in the text, in bytes.
    pub(super) fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.get(range.start)?.place.start;
        let last = range.end.checked_sub(1).and_then(|last| self.get(last))?.place.end;
        Some(first..last)
    }

    /// The text from the first to the last token of `range`, as the customer wrote it.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.place(range).and_then(|place| self.source.get(place)).unwrap_or_default()
    }
}

/// The token in `piece`, which begins at byte `at`; `None` for punctuation alone.
fn token(piece: &str, at: usize) -> Option<Token<'_>> {
    let ahead = piece.trim_start_matches(AROUND);
    let text = ahead.trim_end_matches(AROUND);
    if !text.contains(|c: char| c.is_alphanumeric() || SIGNS.contains(&c)) {
        return None;
    }
    let start = piece.len() - ahead.len();
    let end = start + text.len();
    let ends_clause = piece.get(end..)?.contains([',', '.', ';', ':', '!', '?', ')', '…']);
    let folded = Words::new(text).iter().collect::<Vec<_>>().join(" ");
    Some(Token { text, folded, ends_clause, place: at + start..at + end })
}

/// `text` for storing or showing: one line, no control characters, at most `max` characters.
pub(super) fn tidy(text: &str, max: usize) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect();
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(max).collect::<String>().trim_end().to_owned()
}

/// Characters that steer the direction or joining of text and show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_keep_figures_and_lose_punctuation() {
        let tokens = Tokens::new(" (Tuesday, 10:30)\nfor $500! ¿Sí? ... l'été");
        let texts: Vec<_> = tokens.iter().map(|token| token.text).collect();
        assert_eq!(texts, ["Tuesday", "10:30", "for", "$500", "Sí", "l'été"]);
        assert_eq!(tokens.folded(5), "l ete");
        assert!(tokens.get(0).unwrap().ends_clause && !tokens.get(2).unwrap().ends_clause);
        assert_eq!(tokens.slice(&(0..2)), "Tuesday, 10:30");
    }

    #[test]
    fn the_longest_phrase_wins_and_stays_within_its_clause() {
        let tokens = Tokens::new("thank you, you");
        assert_eq!(tokens.phrase_at(0, |words| words.thanks.anywhere), Some(2));
        assert_eq!(Tokens::new("thank, you").phrase_at(0, |words| words.thanks.anywhere), None);
        assert!(Tokens::new("my name is Ana").phrase_before(3, |words| words.name_follows));
    }

    #[test]
    fn tidy_text_is_one_short_visible_line() {
        assert_eq!(tidy("a\u{202e}b\n\u{7}  c", 10), "ab c");
        assert_eq!(tidy("ñandú corre", 6), "ñandú");
    }
}
