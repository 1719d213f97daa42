//! Text as it is shown: without what no page can show, and with places where long words may break.

use crate::world::is_covered;
use icu_normalizer::ComposingNormalizerBorrowed;

/// In the place of a character that none of the fonts has: PDF/UA-1 allows no empty glyph.
const NO_GLYPH: char = '□';
/// Letters that fit into the narrowest column.
const NARROW: usize = 6;
/// A place where a line may end.
pub(crate) const MAY_BREAK: char = '\u{200b}';

/// One line: marks and letters composed (NFC), white space one space, characters that steer how others are shown taken out.
pub(crate) fn line(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut shown = String::with_capacity(composed.len());
    for c in composed.chars() {
        if c.is_whitespace() || c.is_control() {
            if !shown.is_empty() && !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if !is_steering(c) {
            shown.push(if is_covered(c) { c } else { NO_GLYPH });
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// The lines of a text of several.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// A line whose words may break after each `longest` letters, so that none is wider than its column.
pub(crate) fn breakable(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    let mut run = 0;
    for c in line(text).chars() {
        run = if c == ' ' { 0 } else { run + 1 };
        if run > longest {
            shown.push(MAY_BREAK);
            run = 1;
        }
        shown.push(c);
    }
    shown
}

/// A line whose words may break anywhere where they are longer than a narrow column: numbers of articles, units.
pub(crate) fn code(text: &str) -> String {
    let word = |word: &str| {
        let is_long = word.chars().count() > NARROW;
        if is_long { breakable(word, 1) } else { word.to_owned() }
    };
    line(text).split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Marks of direction and joining, variation selectors, tags and the like (Unicode: `Default_Ignorable_Code_Point`, and U+FFF9 to U+FFFB):
/// they turn text around, or are nothing by themselves.
fn is_steering(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_taken_out_and_what_has_no_glyph_is_a_box() {
        assert_eq!(line("  a\t\u{0}b \n c\u{202e}d\u{200d} "), "a b cd");
        assert_eq!(line("Cafe\u{301} Žluťoučký Ørsted ẞ İstanbul Ț"), "Café Žluťoučký Ørsted ẞ İstanbul Ț");
        assert_eq!(line("שלום #eval(1) $x$ 冷 \u{10ffff}"), "שלום #eval(1) $x$ □ □");
        assert_eq!(lines("a\n\n b \r\nc"), ["a", "b", "c"]);
    }

    #[test]
    fn a_long_word_may_break_and_a_short_one_may_not() {
        assert_eq!(breakable("abc abcdefg", 3), "abc abc\u{200b}def\u{200b}g");
        assert_eq!(code("abc abcdefg"), "abc a\u{200b}b\u{200b}c\u{200b}d\u{200b}e\u{200b}f\u{200b}g");
    }

    #[test]
    fn the_letters_of_european_languages_are_in_the_fonts() {
        let latin =
            ('\u{21}'..='\u{7e}').chain('\u{a1}'..='\u{ac}').chain('\u{ae}'..='\u{17f}').chain('\u{218}'..='\u{21b}');
        let more = "ẞ€£¥₣₤₺₽„“”‚‘’«»‹›–—…•·°²³½¼¾×÷±≤≥№™ȘșȚțǍǎĐđŁłŒœŠšŽžΑΩαωЖжЇїЄє";
        for c in latin.chain(more.chars()) {
            assert!(is_covered(c), "{c} {:x}", u32::from(c));
        }
    }
}
