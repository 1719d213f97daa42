//! Words without the endings of number, gender and common verb forms, in five languages at once.
//!
//! A message may mix languages and its language is a guess, so one set of endings serves all. A stem need not be a word: it
//! only has to be the same for the forms that mean the same (`tire`, `tires`; `blanca`, `blancos`; `leak`, `leaking`). It is always the
//! beginning of its word.

/// Fewer letters than this are left.
const MIN_CHARS: usize = 3;

/// The stem of a folded word.
pub(crate) fn stem(word: &str) -> &str {
    // A wedding is on no Wednesday: "weds".
    if let Some(ending) = word.strip_prefix("wedding") {
        return word.strip_suffix(ending).unwrap_or(word);
    }
    if !word.is_ascii() || word.len() <= MIN_CHARS || word.bytes().any(|b| b.is_ascii_digit()) {
        return word;
    }
    let number = if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) { word } else { shorter(word, &["s"], 3) };
    let form = shorter(number, &["ing", "ed", "en"], 4);
    let vowel = shorter(form, &["ie", "e", "a", "o", "y", "i"], 4);
    undoubled(vowel)
}

/// Without the first of `endings` that leaves `least` letters.
fn shorter<'w>(word: &'w str, endings: &[&str], least: usize) -> &'w str {
    endings.iter().filter_map(|end| word.strip_suffix(end)).find(|rest| rest.len() >= least).unwrap_or(word)
}

/// `dripp` (of `dripping`) is `drip`.
fn undoubled(word: &str) -> &str {
    let mut last = word.chars().rev();
    match (last.next(), last.next()) {
        (Some(one), Some(other)) if one == other && word.len() > MIN_CHARS => word.strip_suffix(one).unwrap_or(word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            &["tire", "tires"][..],
            &["leak", "leaks", "leaking", "leaked"],
            &["drip", "dripping", "drips"],
            &["filling", "fillings"],
            &["blanco", "blanca", "blancos", "blancas"],
            &["inspeccion", "inspecciones"],
            &["dent", "dents"],
            &["krone", "kronen"],
            &["reinigung", "reinigungen"],
        ] {
            let stems: Vec<&str> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|other| Some(other) == stems.first()), "{forms:?} {stems:?}");
        }
    }

    #[test]
    fn short_words_and_numbers_are_left() {
        for word in ["gas", "24h", "3rds", "care", "note", "bus"] {
            assert_eq!(stem(word), word);
        }
    }
}
