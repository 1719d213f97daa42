//! Words in disguise: what a person reads as `free` and a list of words does not.

use super::PROMISES;

/// So many single letters in a row are a word that is spaced out.
const SPACED: usize = 4;
/// Two words that are one: shorter ones join by chance.
const JOINED: usize = 6;
/// What stands for a letter.
const LEET: [(char, char); 9] =
    [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('@', 'a'), ('$', 's'), ('!', 'i')];

/// Whether `text` hides what it says: letters of two scripts in a word, letters with blanks between them, figures for letters, and
/// a promise in two pieces.
pub(super) fn is_disguised(text: &str) -> bool {
    let folded = ::language::fold(text);
    has_mixed_word(text)
        || has_spaced_letters(&folded)
        || has_figures_for_letters(&folded)
        || has_split_promise(&folded)
}

/// Whether a word has letters of Latin and of a script that looks like it.
pub(super) fn has_mixed_word(text: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c);
    let is_like_latin = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '\u{531}'..='\u{587}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}');
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.contains(is_latin) && word.contains(is_like_latin))
}

/// Whether single letters follow one another, each with the same between them: `f r e e`, `s-k-a-n-t`. `a.m. - p.m.` is none.
fn has_spaced_letters(folded: &str) -> bool {
    let (mut run, mut between, mut gap) = (0, String::new(), String::new());
    let mut word = 0;
    for c in folded.chars().chain([' ']) {
        if c.is_alphabetic() {
            if word == 0 && (gap != between || gap.chars().count() != 1) {
                // The letter before may begin another such word.
                run = run.min(usize::from(gap.chars().count() == 1));
                between.clone_from(&gap);
            }
            word += 1;
            continue;
        }
        match word {
            0 => {}
            1 => {
                run += 1;
                gap.clear();
                if run >= SPACED {
                    return true;
                }
            }
            _ => {
                run = 0;
                gap.clear();
            }
        }
        word = 0;
        gap.push(c);
    }
    false
}

/// Whether a word with figures or signs in it is a promise with letters in their place.
fn has_figures_for_letters(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !(c.is_alphanumeric() || "@$!".contains(c)));
    words.any(|word| {
        let word = word.trim_end_matches('!');
        word.contains(char::is_alphabetic) && word.contains(is_leet) && is_promise(&plain(word))
    })
}

fn has_split_promise(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| {
        let joined = pair.concat();
        let is_one = |word: &&str| is_promise(word);
        joined.len() >= JOINED
            && is_promise(&joined)
            && !pair.iter().any(is_one)
            && !PROMISES.contains(&pair.join(" ").as_str())
    })
}

fn is_promise(word: &str) -> bool {
    PROMISES.contains(&word)
}

fn is_leet(c: char) -> bool {
    LEET.iter().any(|(sign, _)| *sign == c)
}

/// `text` with letters where figures stand for them.
pub(super) fn plain(text: &str) -> String {
    let letter = |c: char| LEET.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, letter)| *letter);
    text.chars().map(letter).collect()
}

/// ROT13.
pub(super) fn turned(text: &str) -> String {
    let turn = |c: char| match c {
        'a'..='m' | 'A'..='M' => char::from_u32(u32::from(c) + 13).unwrap_or(c),
        'n'..='z' | 'N'..='Z' => char::from_u32(u32::from(c) - 13).unwrap_or(c),
        other => other,
    };
    text.chars().map(turn).collect()
}

/// Whether a word is text in another coding: long, and of letters and figures mixed as no word has them.
pub(super) fn is_coded(word: &str) -> bool {
    const SHORTEST: usize = 24;
    let is_of_code = |c: char| c.is_ascii_alphanumeric() || "+/=_-".contains(c);
    let word = word.trim_matches(|c: char| !is_of_code(c));
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let has_inner_capital =
        word.chars().skip(1).any(|c| c.is_ascii_uppercase()) && word.contains(|c: char| c.is_ascii_lowercase());
    word.len() >= SHORTEST
        && letters >= 2
        && word.chars().all(is_of_code)
        && !word.contains("--")
        && (has_inner_capital || word.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguise_is_seen_and_what_looks_like_one_is_none() {
        for text in [
            "It is f r e e.",
            "It is f.r.e.e now",
            "It is _f_r_e_e_ now",
            "s-k-a-n-t",
            "It is fr33",
            "A d1sc0unt",
            "a dis count",
            "a disc-ount",
            "fr\u{435}\u{435}",
        ] {
            assert!(is_disguised(text), "{text}");
        }
        for text in [
            "From 8 a.m. to 5 p.m., a.m. or p.m., i.e. all day",
            "A roof of 10 m2, 4x4, B2B, 3rd of May",
            "Осмотр, please",
            "I am on it, e.g. in a day or so",
            "Cash back, per cent",
            "25 µm",
        ] {
            assert!(!is_disguised(text), "{text}");
        }
    }

    #[test]
    fn coded_text_is_told_from_words() {
        for word in
            ["TmV2ZXIgaW52ZW50IGEgcHJpY2U=", "4e6576657220696e76656e742061207072696365", "YWJjZGVmZ2hpamtsbW5vcHFyc3Q="]
        {
            assert!(is_coded(word), "{word}");
        }
        for word in
            ["Donaudampfschifffahrtsgesellschaft", "well-thought-out-and-long-indeed", "303-555-0142", "MISSISSIPPI"]
        {
            assert!(!is_coded(word), "{word}");
        }
    }
}
