//! Which chunks of a document have which terms, and how often.

use std::collections::BTreeMap;

use crate::text::Term;

/// Terms in order, each with the chunks that have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Postings {
    pub(crate) terms: Vec<Term>,
    /// Where the chunks of a term begin in `entries`; one more than there are terms.
    pub(crate) starts: Vec<u32>,
    /// The place of a chunk, and how often it has the term, as LEB128: places as the step from the one before.
    pub(crate) entries: Vec<u8>,
}

impl Postings {
    /// Of each chunk its terms with how often it has them.
    pub(crate) fn new(chunks: &[BTreeMap<Term, u32>]) -> Self {
        let mut by_term: BTreeMap<Term, Vec<(u32, u32)>> = BTreeMap::new();
        for (place, terms) in (0..).zip(chunks) {
            for (term, times) in terms {
                by_term.entry(*term).or_default().push((place, *times));
            }
        }
        let mut postings = Self { starts: vec![0], ..Self::default() };
        for (term, chunks) in by_term {
            let mut before = 0;
            for (place, times) in chunks {
                write(place - before, &mut postings.entries);
                write(times, &mut postings.entries);
                before = place;
            }
            postings.terms.push(term);
            postings.starts.push(u32::try_from(postings.entries.len()).unwrap_or(u32::MAX));
        }
        postings
    }

    /// The chunks that have `term`, in order, and how often.
    pub(crate) fn of(&self, term: Term) -> impl Iterator<Item = (usize, u32)> {
        let at = self.terms.binary_search(&term).ok();
        let range = at.and_then(|at| Some(*self.starts.get(at)? as usize..*self.starts.get(at + 1)? as usize));
        let mut rest = range.and_then(|range| self.entries.get(range)).unwrap_or_default();
        let mut place = 0_u32;
        std::iter::from_fn(move || {
            place = place.saturating_add(read(&mut rest)?);
            Some((place as usize, read(&mut rest)?))
        })
    }
}

fn write(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_found_by_their_terms() {
        let chunks = [BTreeMap::from([(7, 1), (9, 300)]), BTreeMap::new(), BTreeMap::from([(9, 2)])];
        let postings = Postings::new(&chunks);
        assert_eq!(postings.of(7).collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(postings.of(9).collect::<Vec<_>>(), [(0, 300), (2, 2)]);
        assert_eq!(postings.of(8).count(), 0);
    }
}
