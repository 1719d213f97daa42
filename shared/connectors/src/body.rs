//! From bytes to fields. Refuses with a path that names the field; the message never quotes what was in it.

use domain::Failure;
use domain::failure::Rejection;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::MAX_BODY_BYTES;
use crate::charset::Charset;
use crate::repair::whole_characters;

/// Refuses a body over [`MAX_BODY_BYTES`].
///
/// # Errors
/// [`Rejection::TooLarge`].
pub fn limit(body: &[u8]) -> Result<(), Failure> {
    if body.len() <= MAX_BODY_BYTES {
        Ok(())
    } else {
        Err(Failure::rejected(Rejection::TooLarge, format!("the body is over the limit of {MAX_BODY_BYTES} bytes")))
    }
}

/// The two ways in which a form on a site arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Form,
}

impl Encoding {
    /// Reads a `Content-Type`.
    pub(crate) fn of(content_type: Option<&str>) -> Option<Self> {
        let essence = content_type?.split(';').next()?.trim();
        if essence.eq_ignore_ascii_case("application/json") {
            Some(Self::Json)
        } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Some(Self::Form)
        } else {
            None
        }
    }
}

/// Reads JSON of any shape, which is UTF-8 (RFC 8259). Nesting is limited (to 128) by the parser.
pub(crate) fn json(body: &[u8]) -> Result<Value, Failure> {
    limit(body)?;
    json_text(&String::from_utf8_lossy(without_mark(body)))
}

/// Reads JSON of any shape. Half a character, which JSON can write down and no text can hold, becomes U+FFFD.
pub(crate) fn json_text(text: &str) -> Result<Value, Failure> {
    let repaired = |_| serde_json::from_str(&whole_characters(text));
    serde_json::from_str(text).or_else(repaired).map_err(|error: serde_json::Error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::invalid("body", format!("the body must be JSON; it stops being so at {place}"))
    })
}

/// The body without the byte order mark that some programs put before UTF-8.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// A JSON value, and the path that leads to it.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The member `key`, unless it is absent or null.
    pub(crate) fn opt(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Self { value, path: self.join(key) })
    }

    /// The member `key`, which must be there.
    pub(crate) fn get(&self, key: &str) -> Result<Self, Failure> {
        self.opt(key).ok_or_else(|| {
            let path = self.join(key);
            Failure::invalid(path.clone(), format!("{path} is missing"))
        })
    }

    /// A text that is not empty.
    pub(crate) fn text(&self) -> Result<&'a str, Failure> {
        self.value.as_str().filter(|text| !text.is_empty()).ok_or_else(|| self.must("be a text that is not empty"))
    }

    /// The text of the member `key`, where there is one that is not empty.
    pub(crate) fn opt_text(&self, key: &str) -> Result<Option<&'a str>, Failure> {
        let Some(node) = self.opt(key) else { return Ok(None) };
        let text = node.value.as_str().ok_or_else(|| node.must("be a text"))?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// The id under the member `key`, where there is one: a text, or a whole number, because some sites count.
    pub(crate) fn opt_id(&self, key: &str) -> Result<Option<String>, Failure> {
        match self.opt(key).map(|node| node.value) {
            Some(Value::Number(number)) if !number.is_f64() => Ok(Some(number.to_string())),
            _ => Ok(self.opt_text(key)?.map(str::to_owned)),
        }
    }

    /// The elements of the list.
    pub(crate) fn items(&self) -> Result<Vec<Self>, Failure> {
        let list = self.value.as_array().ok_or_else(|| self.must("be a list"))?;
        Ok(list.iter().enumerate().map(|(i, value)| Self { value, path: format!("{}[{i}]", self.path) }).collect())
    }

    /// The elements of the list `key`, none where it is absent.
    pub(crate) fn list(&self, key: &str) -> Result<Vec<Self>, Failure> {
        self.opt(key).map_or_else(|| Ok(Vec::new()), |node| node.items())
    }

    /// A 400 that names this value: it `must` be something else.
    pub(crate) fn must(&self, be: &str) -> Failure {
        let path = if self.path.is_empty() { "body" } else { &self.path };
        Failure::invalid(path, format!("{path} must {be}"))
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// The fields of a form post, each with all the values that it came with.
#[derive(Debug, Clone)]
pub(crate) struct Form(pub(crate) BTreeMap<String, Vec<String>>);

impl Form {
    /// Reads a form post in UTF-8.
    pub(crate) fn read(body: &[u8]) -> Result<Self, Failure> {
        Self::read_in(Charset::Utf8, body)
    }

    /// Reads a form post whose bytes are of `charset`.
    pub(crate) fn read_in(charset: Charset, body: &[u8]) -> Result<Self, Failure> {
        limit(body)?;
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for pair in without_mark(body).split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut parts =
                pair.splitn(2, |byte| *byte == b'=').map(|part| charset.decode(&unescaped(part)).into_owned());
            let name = parts.next().unwrap_or_default();
            fields.entry(name).or_default().push(parts.next().unwrap_or_default());
        }
        Ok(Self(fields))
    }

    /// The last value of the field that is not empty.
    pub(crate) fn opt(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.iter().rev().map(String::as_str).find(|value| !value.is_empty())
    }

    /// The field, which must be there.
    pub(crate) fn text(&self, name: &str) -> Result<&str, Failure> {
        self.opt(name).ok_or_else(|| Failure::invalid(name, format!("{name} is missing")))
    }
}

/// The bytes that a part of a form post stands for (url.spec.whatwg.org, "application/x-www-form-urlencoded parsing").
fn unescaped(part: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let escape = match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                digit(*high).zip(digit(*low)).map(|(high, low)| (high * 16 + low, after))
            }
            _ => None,
        };
        match (first, escape) {
            (_, Some((byte, after))) => {
                bytes.push(byte);
                rest = after;
            }
            (b'+', None) => bytes.push(b' '),
            (byte, None) => bytes.push(*byte),
        }
    }
    bytes
}

/// At most `max_chars` characters of `text`, without the space around it.
pub(crate) fn clip(text: &str, max_chars: usize) -> String {
    text.trim().chars().take(max_chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of(failure: Failure) -> String {
        match failure {
            Failure::Rejected { field: Some(field), .. } => field,
            other => panic!("no field is named: {other:?}"),
        }
    }

    #[test]
    fn a_failure_names_the_path_and_never_the_value() {
        let document = json(br#"{"entry":[{"id":7},{"id":"secret","list":{}}]}"#).unwrap();
        let entries = Node::root(&document).get("entry").unwrap().items().unwrap();
        assert_eq!(field_of(entries[0].get("id").unwrap().text().unwrap_err()), "entry[0].id");
        assert_eq!(field_of(entries[1].get("changes").unwrap_err()), "entry[1].changes");
        assert_eq!(field_of(entries[1].list("list").unwrap_err()), "entry[1].list");
        assert!(!entries[1].get("id").unwrap().items().unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn bodies_that_are_too_large_too_deep_or_not_json_are_refused() {
        let large = limit(&vec![b' '; MAX_BODY_BYTES + 1]).unwrap_err();
        assert!(matches!(large, Failure::Rejected { kind: Rejection::TooLarge, .. }));
        assert!(limit(&vec![b' '; MAX_BODY_BYTES]).is_ok());
        for bad in ["[".repeat(100_000).as_bytes(), b"", b"{\"a\":1} x", b"\xff\xfe{\0}\0"] {
            assert_eq!(field_of(json(bad).unwrap_err()), "body");
        }
    }

    #[test]
    fn of_a_repeated_form_field_the_last_value_counts() {
        let form = Form::read(b"email=a&email=b&email=&empty=").unwrap();
        assert_eq!(form.text("email").unwrap(), "b");
        assert_eq!(form.opt("empty"), None);
        assert_eq!(field_of(form.text("empty").unwrap_err()), "empty");
    }

    #[test]
    fn a_form_post_is_read_as_the_standard_reads_it() {
        for post in ["a=1&b=x+y%20z&c", "%41=%C3%A9&a=%zz%4&&=v&d=1=2", "a=%F0%9F%8F%A0", ""] {
            let standard: Vec<(String, String)> = form_urlencoded::parse(post.as_bytes()).into_owned().collect();
            let mut fields = BTreeMap::<String, Vec<String>>::new();
            for (name, value) in standard {
                fields.entry(name).or_default().push(value);
            }
            assert_eq!(Form::read(post.as_bytes()).unwrap().0, fields, "{post}");
        }
    }

    #[test]
    fn a_mark_before_the_body_is_passed_over() {
        assert_eq!(json(b"\xef\xbb\xbf{\"a\":1}").unwrap()["a"], 1);
        assert_eq!(Form::read(b"\xef\xbb\xbfa=1").unwrap().text("a").unwrap(), "1");
    }

    #[test]
    fn json_with_half_a_character_or_a_stray_byte_is_read() {
        assert_eq!(json(br#"{"a":"x\ud83d"}"#).unwrap()["a"], "x\u{fffd}");
        assert_eq!(json(b"{\"a\":\"\xff\"}").unwrap()["a"], "\u{fffd}");
    }
}
