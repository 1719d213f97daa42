//! Phrases kept as text, one file a language, and the search for all of them at once.
//!
//! ```text
//! # a remark
//! key: phrase, phrase,
//!   phrase; exception, exception
//! ```
//!
//! What stands after `;` is the entry's second list; what it means is for who uses the lexicon. In a phrase
//!
//! | written | matches |
//! |---|---|
//! | `tire` | every form with the same stem: `tires` |
//! | `=tire` | this form only |
//! | `squeal*`, `*reinigung`, `*bremse*` | words that begin, end with it, or contain it |
//! | `fix\|repair` | either |
//! | `(the)` | the word, or nothing |
//! | `..` | up to three words |
//! | `^`, `$` | the beginning or end of a clause, courtesies aside |
//!
//! A phrase stands within one clause. Spelling is free: `Zahnärzte` is read as the message is.

use crate::fold::fold;
use crate::stem::stem;
use crate::words::Words;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// How many words `..` may stand for.
const MAX_GAP: usize = 3;
/// Letters of a word within which a contained part is looked for, and of the longest key.
const MAX_KEY: usize = 24;
const MIN_KEY: usize = 3;

type Text = Cow<'static, str>;

/// Where a phrase stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of the entry in [`Lexicon::keys`].
    pub(crate) entry: usize,
    /// The second list's.
    pub(crate) is_second: bool,
    /// Index of the file that has the phrase.
    pub(crate) file: usize,
    pub(crate) words: Range<usize>,
}

impl Hit {
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.words.start < other.words.end && other.words.start < self.words.end
    }
}

/// The phrases of every language.
#[derive(Default)]
pub(crate) struct Lexicon {
    keys: Vec<&'static str>,
    /// The first phrase of every entry in every file.
    labels: HashMap<(usize, usize), &'static str, Hashed>,
    phrases: Vec<Phrase>,
    /// The stem of every word of every phrase.
    known: HashSet<Text, Hashed>,
    /// Phrases by what their first word is looked up by.
    stems: Index,
    exact: Index,
    starts: Index,
    ends: Index,
    parts: Index,
}

/// Phrases by a word.
type Index = HashMap<Text, Vec<usize>, Hashed>;
type Hashed = BuildHasherDefault<Fnv>;

/// FNV-1a, 64 bits (draft-eastlake-fnv): the keys are our own, and thousands are hashed at every cold start.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

struct Phrase {
    entry: usize,
    is_second: bool,
    file: usize,
    at_start: bool,
    at_end: bool,
    tokens: Vec<Token>,
}

enum Token {
    Gap,
    Word { forms: Vec<Form>, is_optional: bool },
}

enum Form {
    Stem(Text),
    Exact(Text),
    Start(Text),
    End(Text),
    Part(Text),
}

impl Form {
    fn read(written: &'static str) -> Self {
        let text = |part: &'static str| if part.is_ascii() { Cow::Borrowed(part) } else { Cow::Owned(fold(part)) };
        let lower = |part: &'static str| {
            if part.bytes().any(|b| b.is_ascii_uppercase()) { Cow::Owned(fold(part)) } else { text(part) }
        };
        let bare = written.strip_prefix('*');
        match (bare, written.strip_suffix('*')) {
            (Some(bare), Some(_)) => Self::Part(lower(bare.strip_suffix('*').unwrap_or(bare))),
            (Some(bare), None) => Self::End(lower(bare)),
            (None, Some(start)) => Self::Start(lower(start)),
            (None, None) => match written.strip_prefix('=') {
                Some(exact) => Self::Exact(lower(exact)),
                None => Self::Stem(match lower(written) {
                    Cow::Borrowed(word) => Cow::Borrowed(stem(word)),
                    Cow::Owned(word) => Cow::Owned(stem(&word).to_owned()),
                }),
            },
        }
    }

    fn fits(&self, words: &Words, at: usize) -> bool {
        match self {
            Self::Stem(stem) => words.stem(at) == Some(stem),
            Self::Exact(word) => words.text(at) == Some(word),
            Self::Start(start) => words.text(at).is_some_and(|word| word.starts_with(start.as_ref())),
            Self::End(end) => words.text(at).is_some_and(|word| word.ends_with(end.as_ref())),
            Self::Part(part) => words.text(at).is_some_and(|word| word.contains(part.as_ref())),
        }
    }
}

impl Lexicon {
    /// Reads the files, one a language. A line that is no entry is passed over (a test of each lexicon knows its keys).
    pub(crate) fn read(files: &[&'static str]) -> Self {
        let mut lexicon = Self::default();
        for (place, file) in files.iter().enumerate() {
            let mut entry = None;
            let mut is_second = false;
            for line in file.lines().filter(|line| !line.trim_start().starts_with('#')) {
                let mut phrases = line;
                if !line.starts_with(' ') {
                    let Some((key, rest)) = line.split_once(':') else { continue };
                    (entry, is_second, phrases) = (Some(lexicon.entry(key, entry)), false, rest);
                }
                let Some(entry) = entry else { continue };
                for (nth, list) in phrases.split(';').enumerate() {
                    is_second |= nth > 0;
                    for phrase in list.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                        lexicon.add((entry, place), is_second, phrase);
                    }
                }
            }
        }
        lexicon
    }

    /// The entries' names.
    pub(crate) fn keys(&self) -> &[&'static str] {
        &self.keys
    }

    /// The first phrase of the entry in the file that was hit.
    pub(crate) fn label(&self, hit: &Hit) -> Option<&'static str> {
        self.labels.get(&(hit.entry, hit.file)).copied()
    }

    /// The index of an entry; `after` is the one before, because the files of all languages have them in much the same order.
    fn entry(&mut self, key: &'static str, after: Option<usize>) -> usize {
        let next = after.map_or(0, |after| after + 1);
        if self.keys.get(next) == Some(&key) {
            return next;
        }
        self.keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        })
    }

    fn add(&mut self, (entry, file): (usize, usize), is_second: bool, written: &'static str) {
        self.labels.entry((entry, file)).or_insert(written);
        let mut phrase = Phrase { entry, is_second, file, at_start: false, at_end: false, tokens: Vec::new() };
        for token in written.split_ascii_whitespace() {
            match token {
                "^" => phrase.at_start = true,
                "$" => phrase.at_end = true,
                ".." => phrase.tokens.push(Token::Gap),
                _ => {
                    let bare = token.strip_prefix('(').and_then(|token| token.strip_suffix(')'));
                    let forms: Vec<Form> = bare.unwrap_or(token).split('|').map(Form::read).collect();
                    self.known.extend(forms.iter().filter_map(|form| match form {
                        Form::Stem(stem) | Form::Exact(stem) => Some(stem.clone()),
                        Form::Start(_) | Form::End(_) | Form::Part(_) => None,
                    }));
                    phrase.tokens.push(Token::Word { forms, is_optional: bare.is_some() });
                }
            }
        }
        let at = self.phrases.len();
        if let Some(Token::Word { forms, .. }) = phrase.tokens.first() {
            for form in forms {
                let (index, key) = match form {
                    Form::Stem(key) => (&mut self.stems, key),
                    Form::Exact(key) => (&mut self.exact, key),
                    Form::Start(key) => (&mut self.starts, key),
                    Form::End(key) => (&mut self.ends, key),
                    Form::Part(key) => (&mut self.parts, key),
                };
                index.entry(key.clone()).or_default().push(at);
            }
        }
        self.phrases.push(phrase);
    }

    /// Whether some phrase has a word of this stem, or one that begins as `word` does.
    pub(crate) fn knows(&self, word: &str, stem: &str) -> bool {
        let begins = || word.char_indices().skip(MIN_KEY).filter_map(|(cut, _)| word.get(..cut));
        self.known.contains(stem) || begins().any(|start| self.starts.contains_key(start))
    }

    /// The stem of every word of every phrase that begins with `letter`.
    pub(crate) fn stems_beginning(&self, letter: char) -> impl Iterator<Item = &str> {
        self.known.iter().map(AsRef::as_ref).filter(move |known| known.starts_with(letter))
    }

    /// The stems of every phrase of the entry called `key`.
    pub(crate) fn stems_of(&self, key: &str) -> BTreeSet<String> {
        let entry = self.keys.iter().position(|known| *known == key);
        self.stems_where(|phrase| Some(phrase.entry) == entry && !phrase.is_second)
    }

    /// The stems of every phrase.
    pub(crate) fn stems(&self) -> BTreeSet<String> {
        self.stems_where(|_| true)
    }

    fn stems_where(&self, counts: impl Fn(&Phrase) -> bool) -> BTreeSet<String> {
        let phrases = self.phrases.iter().filter(|phrase| counts(phrase));
        let forms = phrases.flat_map(|phrase| &phrase.tokens).flat_map(|token| match token {
            Token::Word { forms, .. } => forms.as_slice(),
            Token::Gap => &[],
        });
        let stem_of = |form: &Form| match form {
            Form::Stem(stem) => Some(stem.to_string()),
            Form::Exact(word) => Some(stem(word).to_owned()),
            Form::Start(_) | Form::End(_) | Form::Part(_) => None,
        };
        forms.filter_map(stem_of).collect()
    }

    /// Every phrase that stands in `words`, in the order of the words. `courtesies` says which words count for nothing at the
    /// beginning and end of a clause; it may be shorter than the text.
    pub(crate) fn hits(&self, words: &Words, courtesies: &[bool]) -> Vec<Hit> {
        let edges = Edges::of(words, courtesies);
        let mut hits = Vec::new();
        for at in 0..words.len() {
            self.candidates(words, at, &mut |place| {
                let Some(phrase) = self.phrases.get(place) else { return };
                if phrase.at_start && edges.begins.get(at) != Some(&true) {
                    return;
                }
                let Some(end) = end_of(&phrase.tokens, words, at, at) else { return };
                if phrase.at_end && edges.ends.get(end - 1) != Some(&true) {
                    return;
                }
                let (entry, is_second, file) = (phrase.entry, phrase.is_second, phrase.file);
                hits.push(Hit { entry, is_second, file, words: at..end });
            });
        }
        hits
    }

    fn candidates(&self, words: &Words, at: usize, found: &mut impl FnMut(usize)) {
        let (Some(text), Some(stem)) = (words.text(at), words.stem(at)) else { return };
        let mut take =
            |index: &Index, word: &str| index.get(word).into_iter().flatten().for_each(|place| found(*place));
        take(&self.stems, stem);
        take(&self.exact, text);
        let cuts = || text.char_indices().map(|(cut, _)| cut).chain([text.len()]).take(MAX_KEY + 1);
        for start in cuts().skip(1).filter_map(|cut| text.get(..cut)) {
            take(&self.starts, start);
        }
        if !self.ends.is_empty() {
            cuts().filter_map(|from| text.get(from..)).for_each(|end| take(&self.ends, end));
        }
        if !self.parts.is_empty() {
            for from in cuts() {
                for part in cuts().filter(|to| *to >= from + MIN_KEY).filter_map(|to| text.get(from..to)) {
                    take(&self.parts, part);
                }
            }
        }
    }
}

/// Which words begin and end their clause, courtesies aside.
struct Edges {
    begins: Vec<bool>,
    ends: Vec<bool>,
}

impl Edges {
    fn of(words: &Words, courtesies: &[bool]) -> Self {
        let is_free = |at: usize| courtesies.get(at) == Some(&true);
        let (mut begins, mut ends) = (Vec::with_capacity(words.len()), vec![false; words.len()]);
        let mut is_edge = true;
        for at in 0..words.len() {
            let is_first = at == 0 || words.clause(at - 1) != words.clause(at);
            is_edge = is_first || (is_edge && is_free(at - 1));
            begins.push(is_edge);
        }
        for at in (0..words.len()).rev() {
            let is_last = words.clause(at + 1) != words.clause(at);
            is_edge = is_last || (is_edge && is_free(at + 1));
            ends.get_mut(at).into_iter().for_each(|end| *end = is_edge);
        }
        Self { begins, ends }
    }
}

/// Where the phrase ends that begins at `at`, if it stands there.
fn end_of(tokens: &[Token], words: &Words, first: usize, at: usize) -> Option<usize> {
    let Some((token, rest)) = tokens.split_first() else { return Some(at) };
    let is_same_clause = |at: usize| words.clause(at).is_some_and(|clause| words.clause(first) == Some(clause));
    match token {
        Token::Gap => (0..=MAX_GAP).find_map(|gap| end_of(rest, words, first, at + gap)),
        Token::Word { forms, is_optional } => {
            let fits = is_same_clause(at) && forms.iter().any(|form| form.fits(words, at));
            let taken = if fits { end_of(rest, words, first, at + 1) } else { None };
            taken.or_else(|| if *is_optional { end_of(rest, words, first, at) } else { None })
        }
    }
}

/// Where a hit would be denied that begins there: up to `reach` words after one of `denials`, in its clause.
pub(crate) fn denied<'h>(denials: impl Iterator<Item = &'h Hit>, words: &Words, reach: usize) -> Vec<bool> {
    let mut denied = vec![false; words.len()];
    for denial in denials {
        let end = denial.words.end;
        for at in (end..end + reach).filter(|at| words.clause(*at) == words.clause(end - 1)) {
            denied.get_mut(at).into_iter().for_each(|word| *word = true);
        }
    }
    denied
}

/// The hits of first lists that no exception of their entry overlaps.
pub(crate) fn without_exceptions(hits: &[Hit]) -> Vec<&Hit> {
    let exceptions: Vec<&Hit> = hits.iter().filter(|hit| hit.is_second).collect();
    let is_excepted = |hit: &Hit| exceptions.iter().any(|other| other.entry == hit.entry && other.overlaps(hit));
    hits.iter().filter(|hit| !hit.is_second && !is_excepted(hit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &'static str, text: &str) -> Vec<(&'static str, bool)> {
        let lexicon = Lexicon::read(&[file]);
        let hits = lexicon.hits(&Words::new(text), &[]);
        hits.iter().filter_map(|hit| Some((*lexicon.keys().get(hit.entry)?, hit.is_second))).collect()
    }

    #[test]
    fn every_way_of_writing_a_phrase() {
        for (phrase, fits, fails) in [
            ("tire", "two TIRES", "tiresome"),
            ("=long", "how long", "longs"),
            ("squeal*", "squealing", "a queal"),
            ("*reinigung", "Zahnreinigung", "reinigungen"),
            ("*bremse*", "Handbremsen", "brems"),
            ("fix|repair it", "repair it", "fix that"),
            ("where (are) you", "where you at", "where is you"),
            ("water .. ceiling", "water is from the ceiling", "water, and the ceiling"),
            ("^ no $", "no", "no way"),
            ("Füße", "die fusse", "fuss auf"),
        ] {
            let file: &'static str = format!("k: {phrase}").leak();
            assert_eq!(found(file, fits), [("k", false)], "{phrase}");
            if phrase != "Füße" {
                assert_eq!(found(file, fails), [], "{phrase}");
            }
        }
    }

    #[test]
    fn entries_go_on_in_the_next_line_and_have_a_second_list() {
        let file = "# no: entry\na: one,\n  two; three\n  four\nb: five";
        assert_eq!(
            found(file, "one two three four five"),
            [("a", false), ("a", false), ("a", true), ("a", true), ("b", false)]
        );
    }

    #[test]
    fn every_file_is_written_as_the_format_says() {
        let files = [
            include_str!("services/en.txt"),
            include_str!("services/es.txt"),
            include_str!("services/fr.txt"),
            include_str!("services/de.txt"),
            include_str!("services/pt.txt"),
            include_str!("intents/en.txt"),
            include_str!("intents/care/en.txt"),
            include_str!("intents/es.txt"),
            include_str!("intents/care/es.txt"),
            include_str!("intents/fr.txt"),
            include_str!("intents/care/fr.txt"),
            include_str!("intents/de.txt"),
            include_str!("intents/care/de.txt"),
            include_str!("intents/pt.txt"),
            include_str!("intents/care/pt.txt"),
            include_str!("appointments/en.txt"),
            include_str!("appointments/es.txt"),
            include_str!("appointments/fr.txt"),
            include_str!("appointments/de.txt"),
            include_str!("appointments/pt.txt"),
            include_str!("tone/en.txt"),
            include_str!("tone/together/en.txt"),
            include_str!("tone/es.txt"),
            include_str!("tone/together/es.txt"),
            include_str!("tone/fr.txt"),
            include_str!("tone/together/fr.txt"),
            include_str!("tone/de.txt"),
            include_str!("tone/together/de.txt"),
            include_str!("tone/pt.txt"),
            include_str!("tone/together/pt.txt"),
        ];
        for line in files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            let (key, phrases) = line.split_once(':').unwrap();
            assert!(!phrases.contains(':') && phrases.matches(';').count() <= 1, "{key} has two lists at most");
            for phrase in phrases.split([',', ';']).map(str::trim) {
                let tokens: Vec<&str> = phrase.split_whitespace().collect();
                assert!(!phrase.is_empty() || phrases.trim().is_empty(), "{key} has an empty phrase");
                for token in &tokens {
                    assert_eq!(token.starts_with('('), token.ends_with(')'), "{key}: {phrase}");
                    assert_eq!(token.contains('('), token.starts_with('('), "{key}: {phrase}");
                    assert!(!token.contains(['?', '"', '\'', '-', '/']), "{key}: {phrase}");
                }
                assert!(!phrase.ends_with(')'), "{key}: {phrase} has an end that changes nothing");
                let first = tokens.iter().find(|token| **token != "^");
                assert!(
                    !first.is_some_and(|first| first.starts_with(['(', '.', '$'])),
                    "{key}: {phrase} begins with a word"
                );
            }
        }
    }
}
