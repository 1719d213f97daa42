//! JSON that writes half a character: one of the two escapes `\uD83D\uDE00` that make one, without the other.
//!
//! JavaScript's texts may hold one, cut in the middle of an emoji, and its JSON then does too. No parser of ours takes it.

use std::str::Chars;

/// What stands for a character that is not whole.
const REPLACEMENT: &str = "\\ufffd";

/// The JSON `text` with every escaped half of a character replaced by U+FFFD. All else stays as it is.
pub(crate) fn whole_characters(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(sign) = chars.next() {
        if sign != '\\' {
            whole.push(sign);
            continue;
        }
        match unit(&chars) {
            Some((0xd800..=0xdbff, digits)) => {
                advance(&mut chars, 5);
                let mut ahead = chars.clone();
                let second = if ahead.next() == Some('\\') { unit(&ahead) } else { None };
                if let Some((0xdc00..=0xdfff, low)) = second {
                    advance(&mut chars, 6);
                    whole.push_str(&format!("\\u{digits}\\u{low}"));
                } else {
                    whole.push_str(REPLACEMENT);
                }
            }
            Some((0xdc00..=0xdfff, _)) => {
                advance(&mut chars, 5);
                whole.push_str(REPLACEMENT);
            }
            _ => {
                whole.push(sign);
                whole.extend(chars.next());
            }
        }
    }
    whole
}

/// The UTF-16 unit of the escape `uXXXX` that comes next, and its digits.
fn unit(chars: &Chars<'_>) -> Option<(u32, String)> {
    let mut ahead = chars.clone();
    (ahead.next()? == 'u').then_some(())?;
    let digits: String = ahead.take(4).filter(char::is_ascii_hexdigit).collect();
    (digits.len() == 4).then(|| u32::from_str_radix(&digits, 16).ok())?.map(|unit| (unit, digits))
}

fn advance(chars: &mut Chars<'_>, count: usize) {
    for _ in 0..count {
        chars.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_halves_are_replaced() {
        for (given, whole) in [
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"a\ud83d", r"a\ufffd"),
            (r"\ude00b", r"\ufffdb"),
            (r"\uD83D\uD83D\uDE00", r"\ufffd\uD83D\uDE00"),
            (r"\ud83dx\ude00", r"\ufffdx\ufffd"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\\\ud83d", r"\\\ufffd"),
            (r"\u00e9 \n \u12", r"\u00e9 \n \u12"),
            ("é😀\\", "é😀\\"),
        ] {
            assert_eq!(whole_characters(given), whole, "{given}");
        }
    }
}
