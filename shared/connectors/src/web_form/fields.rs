//! A form's fields, however they came: JSON or form post, once or repeated, too long or too many.
//!
//! Form builders decorate: a hidden field before every box, a list for every group of boxes, the whole history of clicks. None
//! of that may cost the lead, so what is too much is cut, and the field [`CUT`] says what.

use domain::Failure;
use domain::failure::Rejection;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::body::{Encoding, Form, Node, clip, json, json_text, limit, without_mark};
use crate::charset::Charset;
use crate::parsed::{MAX_FIELD_CHARS, MAX_FIELDS};

/// The field that names what was cut.
pub(super) const CUT: &str = "cut_fields";
/// Characters of a field's name that are kept.
const MAX_FIELD_NAME_CHARS: usize = 64;
/// Fields of which one value counts: the last that is not empty. Of all others that are repeated, every value is kept.
const SINGLE: [&str; 8] =
    ["form_key", "message", "name", "email", "phone", "submission_id", "website_url", "consent_text"];
/// Fields of which the very last value counts: builders send a hidden `0`, and a `1` after it where the box is ticked.
const BOXES: [&str; 2] = ["consent", "sms_consent"];

/// All fields that are not empty, each with one value.
pub(super) fn read(body: &[u8], content_type: Option<&str>) -> Result<BTreeMap<String, String>, Failure> {
    let unsupported = |what: &str| Failure::rejected(Rejection::UnsupportedMediaType, what);
    let encoding = Encoding::of(content_type)
        .ok_or_else(|| unsupported("send the form as application/json or application/x-www-form-urlencoded"))?;
    let charset = content_type.and_then(Charset::of).ok_or_else(|| unsupported("send the form in UTF-8"))?;
    let fields = match (encoding, charset) {
        (Encoding::Form, _) => Form::read_in(charset, body)?.0,
        (Encoding::Json, Charset::Utf8) => values(&json(body)?)?,
        (Encoding::Json, Charset::Latin1) => {
            limit(body)?;
            values(&json_text(&charset.decode(without_mark(body)))?)?
        }
    };
    let single = fields.into_iter().map(|(name, values)| (name.trim().to_owned(), one(name.trim(), &values)));
    Ok(single.filter(|(_, value)| !value.is_empty()).collect())
}

fn one(name: &str, values: &[String]) -> String {
    let mut said = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
    if BOXES.contains(&name) {
        values.last().map_or("", |value| value.trim()).to_owned()
    } else if SINGLE.contains(&name) {
        said.next_back().unwrap_or_default().to_owned()
    } else {
        said.collect::<Vec<_>>().join(", ")
    }
}

/// The fields of a JSON object; a list is a field that is repeated.
fn values(document: &Value) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let object = document.as_object().ok_or_else(|| Node::root(document).must("be an object"))?;
    let texts = |value: &Value| match value {
        Value::Array(list) => list.iter().map(text).collect(),
        one => vec![text(one)],
    };
    Ok(object.iter().map(|(name, value)| (name.clone(), texts(value))).collect())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What is kept of the side fields, and what of them was cut.
pub(super) fn cut(fields: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (mut kept, mut notes, count) = (BTreeMap::new(), Vec::new(), fields.len());
    for (name, value) in fields.into_iter().take(MAX_FIELDS) {
        let (short_name, short) = (clip(&name, MAX_FIELD_NAME_CHARS), clip(&value, MAX_FIELD_CHARS));
        if short_name != name || short != value {
            notes.push(short_name.clone());
        }
        kept.insert(short_name, short);
    }
    if count > MAX_FIELDS {
        notes.push(format!("{} left out", count - MAX_FIELDS));
    }
    if !notes.is_empty() {
        kept.insert(CUT.to_owned(), clip(&notes.join(", "), MAX_FIELD_CHARS));
    }
    kept
}
