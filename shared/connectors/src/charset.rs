//! From bytes to text: UTF-8, or Latin-1 as browsers understand it (windows-1252, encoding.spec.whatwg.org).

use std::borrow::Cow;

/// What windows-1252 has where Latin-1 has control characters, 0x80 to 0x9F.
const CURLY: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How a body writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8,
    Latin1,
}

impl Charset {
    /// Reads the `charset` of a `Content-Type`: UTF-8 where there is none, `None` for one that is not read here.
    pub(crate) fn of(content_type: &str) -> Option<Self> {
        let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let charset = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        let Some((_, label)) = charset else { return Some(Self::Utf8) };
        match label.trim().trim_matches('"').to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Some(Self::Utf8),
            "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252" => Some(Self::Latin1),
            _ => None,
        }
    }

    /// The text of `bytes`. What should be UTF-8 and is not is taken for Latin-1, which has a character for every byte: a
    /// page that does not say what it is written in posts its forms like this.
    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match (self, std::str::from_utf8(bytes)) {
            (Self::Utf8, Ok(text)) => Cow::Borrowed(text),
            _ => Cow::Owned(bytes.iter().map(|byte| latin1(*byte)).collect()),
        }
    }
}

fn latin1(byte: u8) -> char {
    let curly = byte.checked_sub(0x80).and_then(|at| CURLY.get(usize::from(at)));
    curly.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_read_from_the_content_type() {
        for (content_type, charset) in [
            ("application/json", Some(Charset::Utf8)),
            ("text/html; Charset=\"UTF-8\"", Some(Charset::Utf8)),
            ("a/b; boundary=x; charset=ISO-8859-1", Some(Charset::Latin1)),
            ("a/b;charset=windows-1252", Some(Charset::Latin1)),
            ("a/b; charset=utf-16", None),
            ("a/b; charset=", None),
        ] {
            assert_eq!(Charset::of(content_type), charset, "{content_type}");
        }
    }

    #[test]
    fn every_byte_of_latin_1_is_a_character() {
        assert_eq!(Charset::Latin1.decode(b"Ren\xe9 \x80 \x93x\x94"), "René € “x”");
        assert_eq!(Charset::Utf8.decode("René".as_bytes()), "René");
        assert_eq!(Charset::Utf8.decode(b"Ren\xe9"), "René");
    }
}
