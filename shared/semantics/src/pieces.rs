//! Text as the pieces that a table has vectors for: WordPiece, the longest piece first, on folded text.

use language::fold;

/// What stands before a piece that does not begin a word.
const INSIDE: &str = "##";
/// A longer run of letters is no word.
const MAX_WORD_BYTES: usize = 100;

/// The places of the pieces of `text`, as `find` knows them. Words that cannot be put together from pieces are left out.
pub(crate) fn pieces(text: &str, find: impl Fn(&str) -> Option<usize>) -> Vec<usize> {
    let folded = fold(text);
    let mut found = Vec::new();
    for run in folded.split(char::is_whitespace) {
        for word in run.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let (letters, mark) = match word.char_indices().next_back() {
                Some((at, last)) if !last.is_alphanumeric() => word.split_at(at),
                _ => (word, ""),
            };
            found.extend(of_word(letters, &find).unwrap_or_default());
            found.extend(find(mark));
        }
    }
    found
}

fn of_word(word: &str, find: &impl Fn(&str) -> Option<usize>) -> Option<Vec<usize>> {
    if word.len() > MAX_WORD_BYTES {
        return None;
    }
    let mut found = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let before = if found.is_empty() { "" } else { INSIDE };
        let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        let longest = ends.filter_map(|end| {
            let (piece, behind) = rest.split_at_checked(end)?;
            Some((find(&format!("{before}{piece}"))?, behind))
        });
        let (piece, behind) = { longest }.next()?;
        found.push(piece);
        rest = behind;
    }
    Some(found)
}
