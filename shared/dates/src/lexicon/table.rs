//! The phrases of a language, sorted by their first letter while the program is compiled.

use super::Atom;

/// What each group of phrases means, as a language's file declares it.
pub(crate) type Words = &'static [(Atom, &'static [&'static str])];

/// Where the phrases of each first letter begin among the entries, and where the last end.
pub(crate) type Starts = [usize; LETTERS + 1];

const LETTERS: usize = 26;

/// A phrase and what it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) phrase: &'static str,
    pub(crate) atom: Atom,
}

/// How many phrases there are.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and refuses an index out of bounds")]
pub(crate) const fn count(tables: &[Words]) -> usize {
    let (mut table, mut count) = (0, 0);
    while table < tables.len() {
        let (words, mut group) = (tables[table], 0);
        while group < words.len() {
            count += words[group].1.len();
            group += 1;
        }
        table += 1;
    }
    count
}

/// The phrases by their first letter.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and refuses an index out of bounds")]
pub(crate) const fn sorted<const N: usize>(tables: &[Words]) -> [Entry; N] {
    let mut entries = [Entry { phrase: "", atom: Atom::Link }; N];
    let (mut letter, mut next) = (b'a', 0);
    while letter <= b'z' {
        let mut table = 0;
        while table < tables.len() {
            let (words, mut group) = (tables[table], 0);
            while group < words.len() {
                let (atom, phrases) = words[group];
                let mut at = 0;
                while at < phrases.len() {
                    if phrases[at].as_bytes()[0] == letter {
                        entries[next] = Entry { phrase: phrases[at], atom };
                        next += 1;
                    }
                    at += 1;
                }
                group += 1;
            }
            table += 1;
        }
        letter += 1;
    }
    entries
}

/// Where the phrases of each letter begin among entries that are sorted by it.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and refuses an index out of bounds")]
pub(crate) const fn starts(entries: &[Entry]) -> Starts {
    let mut starts = [entries.len(); LETTERS + 1];
    let mut at = entries.len();
    let mut letter = LETTERS;
    while letter > 0 {
        letter -= 1;
        while at > 0 && (entries[at - 1].phrase.as_bytes()[0] - b'a') as usize >= letter {
            at -= 1;
        }
        starts[letter] = at;
    }
    starts
}
