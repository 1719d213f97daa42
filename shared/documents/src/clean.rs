//! Characters as they are searched and quoted.

use icu_normalizer::ComposingNormalizerBorrowed;

/// A text on one line: ligatures and letters of other shapes taken apart, accents composed, invisible characters gone, one space where
/// there was any white space.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in characters(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The same, with its line breaks.
pub(crate) fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn characters(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    }
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Latin ligatures and the shapes that Arabic and Hebrew letters take in print. Not all of NFKC: m² is not m2.
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                plain.push_str(&nfkc.normalize(c.encode_utf8(&mut [0; 4])));
            }
            // A hyphen that shows at the end of a line only, and marks without width. Those that join letters stay.
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            // Bullets of the fonts Symbol and Wingdings; other private characters say nothing.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f0fc}' => plain.push('•'),
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {}
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&plain).into_owned()
}

/// Without the sign that a list puts before its items, if it has one.
pub(crate) fn without_bullet(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix([
        '•', '●', '○', '▪', '▫', '■', '□', '◦', '‣', '⁃', '–', '—', '-', '*', '·', '✓', '✔', '➢', '►',
    ])?;
    // "-5 %" is a number, "--" a rule.
    rest.starts_with(char::is_whitespace).then(|| rest.trim())
}

/// Raised digits stay raised: "$25" with a note 1 is not $251, and 25 with small cents is not 2,500.
pub(crate) fn raised(text: &str) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise =
        |c: char| c.to_digit(10).and_then(|digit| digits.get(usize::try_from(digit).ok()?)).copied().unwrap_or(c);
    text.chars().map(raise).collect()
}
