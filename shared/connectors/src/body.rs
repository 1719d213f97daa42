//! From bytes to fields. Refuses with a path that names the field; the message never quotes what was in it.

use domain::Failure;
use domain::failure::Rejection;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::MAX_BODY_BYTES;

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

/// Reads JSON of any shape. Nesting is limited (to 128) by the parser.
pub(crate) fn json(body: &[u8]) -> Result<Value, Failure> {
    limit(body)?;
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::invalid("body", format!("the body must be JSON; it stops being so at {place}"))
    })
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

/// The fields of a form post. A field that is repeated keeps all its values, as a list with commas.
#[derive(Debug, Clone)]
pub(crate) struct Form(pub(crate) BTreeMap<String, String>);

impl Form {
    pub(crate) fn read(body: &[u8]) -> Result<Self, Failure> {
        limit(body)?;
        let mut fields = BTreeMap::<String, String>::new();
        for (name, value) in form_urlencoded::parse(body) {
            fields
                .entry(name.into_owned())
                .and_modify(|known| {
                    known.push_str(", ");
                    known.push_str(&value);
                })
                .or_insert_with(|| value.clone().into_owned());
        }
        Ok(Self(fields))
    }

    /// The field, where it is there and not empty.
    pub(crate) fn opt(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The field, which must be there.
    pub(crate) fn text(&self, name: &str) -> Result<&str, Failure> {
        self.opt(name).ok_or_else(|| Failure::invalid(name, format!("{name} is missing")))
    }
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
        for bad in ["[".repeat(100_000).as_bytes(), b"", b"{\"a\":\"\xff\"}", b"{\"a\":1} x"] {
            assert_eq!(field_of(json(bad).unwrap_err()), "body");
        }
    }

    #[test]
    fn a_repeated_form_field_keeps_all_its_values() {
        let form = Form::read(b"service=roof&service=gutters&empty=").unwrap();
        assert_eq!(form.text("service").unwrap(), "roof, gutters");
        assert_eq!(form.opt("empty"), None);
        assert_eq!(field_of(form.text("empty").unwrap_err()), "empty");
    }
}
