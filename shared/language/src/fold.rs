//! Text in one plain shape: lower case without accents, every apostrophe `'`, letters of other shapes (full width, bold) as those
//! that they stand for (Unicode's NFKC), invisible characters gone.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// How much of a text is read, in characters: the longest WhatsApp text (Meta, Cloud API, "Text messages": 4,096).
pub const MAX_CHARS: usize = 4_096;

/// The first [`MAX_CHARS`] characters of `text`, folded.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in plain(text).chars().take(MAX_CHARS).flat_map(char::to_lowercase) {
        push(c, &mut folded);
    }
    folded
}

fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    // Normalised, this accent would begin with a space.
    let read: String = text.chars().take(MAX_CHARS).map(|c| if c == '´' { '\'' } else { c }).collect();
    Cow::Owned(ComposingNormalizerBorrowed::new_nfkc().normalize(&read).into_owned())
}

/// Whether a letter or mark is its own plain shape: what Western European languages are written with. Normalising costs far more
/// than folding, and most messages need none.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '¡' | '¿' | '«' | '»' | 'À'..='ÿ' | 'Œ' | 'œ' | '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '€')
}

fn push(c: char, folded: &mut String) {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
        'ç' | 'ć' | 'č' => folded.push('c'),
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
        'ì'..='ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
        'ñ' | 'ń' | 'ň' => folded.push('n'),
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
        'ý' | 'ÿ' => folded.push('y'),
        'ś' | 'š' => folded.push('s'),
        'ź' | 'ż' | 'ž' => folded.push('z'),
        'ł' => folded.push('l'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        '’' | '‘' | 'ʼ' | '`' => folded.push('\''),
        '“' | '”' | '„' | '«' | '»' => folded.push('"'),
        // Combining accents, soft hyphen, zero-width and directional characters, variation selectors, tags.
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e01ef}' => {}
        other => folded.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_plain_needs_no_normalising() {
        let normalizer = ComposingNormalizerBorrowed::new_nfkc();
        for c in ('\0'..='\u{2fff}').filter(|c| is_plain(*c)) {
            let text = c.to_string();
            assert_eq!(normalizer.normalize(&text), text, "{c:?}");
        }
    }

    #[test]
    fn letters_of_other_shapes_are_folded_as_those_they_stand_for() {
        for (text, folded) in
            [("ＳＴＯＰ", "stop"), ("¿CUÁNTO?", "¿cuanto?"), ("ﬁn", "fin"), ("c\u{327}a", "ca"), ("l´eau", "l'eau")]
        {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
