//! What words say the same, and which tell what a text is about.

use ::language::Words;

use crate::conversations::builtin;

/// Forms of one word have this much at least of their beginning in common,
const MIN_COMMON: usize = 4;
/// and at most so much behind it.
const MAX_ENDING: usize = 3;
/// A word that is the whole beginning or end of another has at least so many letters.
const MIN_PART: usize = 5;

/// The words of `text` that tell what it is about, folded, each once.
pub(super) fn telling(text: &str) -> Vec<String> {
    let words = Words::new(text);
    let mut telling: Vec<String> = Vec::new();
    for word in words.iter().filter(|word| builtin::is_telling_word(word)) {
        if !telling.iter().any(|known| is_alike(known, word)) {
            telling.push(word.to_owned());
        }
    }
    telling
}

/// Those of `asked` that `said` has, as places in `asked`.
pub(super) fn covered(asked: &[String], said: &[String]) -> Vec<usize> {
    let is_said = |word: &String| said.iter().any(|other| is_alike(word, other));
    asked.iter().enumerate().filter(|(_, word)| is_said(word)).map(|(at, _)| at).collect()
}

/// Whether two folded words are forms of one: `cancel` and `cancellations`, `folie` and `tonungsfolie`.
pub(in crate::conversations) fn is_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let (short, long) = (shorter.chars().count(), longer.chars().count());
    let has_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    if has_number(one) || has_number(other) {
        return false;
    }
    let is_form = common >= MIN_COMMON && short - common <= MAX_ENDING && long - common <= MAX_ENDING;
    let is_part = short >= MIN_PART && (common == short || longer.ends_with(shorter));
    is_form || is_part
}
