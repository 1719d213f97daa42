//! How far one text is from another.

/// How many of a hundred characters of the longer one have to be put in, taken out or replaced to make `to` of `from` (Levenshtein,
/// over Unicode scalar values). 0 is said of the same text alone: the smallest change is 1.
///
/// Its time grows with the product of the lengths: it is meant for texts of messages.
#[must_use]
pub fn distance_percent(from: &str, to: &str) -> u8 {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let longer = from.len().max(to.len());
    let percent = (levenshtein(&from, &to) * 100).div_ceil(longer.max(1));
    u8::try_from(percent).unwrap_or(100)
}

/// Row by row over `to`, of which only the last row is kept.
fn levenshtein(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, removed) in from.iter().enumerate() {
        let (mut above_left, mut left) = (index, index + 1);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, inserted) in row.iter_mut().skip(1).zip(to) {
            let replaced = above_left + usize::from(removed != inserted);
            above_left = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
