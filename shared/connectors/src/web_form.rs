//! A form on the tenant's own site, as JSON or as a form post.
//!
//! | field | what |
//! |---|---|
//! | `form_key` | the tenant's public key; the header `X-Form-Key` may carry it instead |
//! | `message` | 1 to 4,000 characters |
//! | `name`, `email`, `phone` | one of `email` and `phone` is required |
//! | `consent` | `true`, `on`, `yes` or `1`: the person agrees to be answered by SMS |
//! | `submission_id` | an id of the form's own making, at most 100 characters: the same id is the same submission |
//! | `website_url` | a field that people do not see and robots fill in; it must stay empty |
//! | any other | kept as data: `source`, `utm_*`, whatever the form asks; at most 40 of 500 characters, none nested |
//!
//! Empty fields count as absent, because browsers send them all. Without a `submission_id`, the same content within
//! the same ten minutes is one submission, so that a double click is one message.

use domain::Failure;
use domain::failure::Rejection;
use domain::messaging::{Address, Channel, Content, Email, Phone};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::body::{Encoding, Form, Node, json};
use crate::parsed::{MAX_FIELD_CHARS, MAX_FIELDS, MAX_NAME_CHARS, Parsed, derived_id};

/// The span in which equal content is one submission, in seconds.
const SAME_SUBMISSION_S: i64 = 600;
const MAX_MESSAGE_CHARS: usize = 4_000;
const MAX_ID_CHARS: usize = 100;
const MAX_FIELD_NAME_CHARS: usize = 64;

/// One submitted form.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The key in the body, where there is one.
    pub form_key: Option<String>,
    /// A robot filled it in. Answer as ever, and do nothing.
    pub honeypot_filled: bool,
    /// The person agreed to be answered by SMS.
    pub consent_to_sms: bool,
    /// The way the answer goes: SMS where a phone and consent were given, else e-mail. Someone who gave a phone without
    /// consent and no e-mail can only be called: e-mail without an address, so that nothing is sent.
    pub channel: Channel,
    /// The message.
    pub message: Parsed,
}

/// The form key in the body, where there is one: what finds the tenant, and so the region to [`parse`] with.
///
/// # Errors
/// [`Failure::Rejected`]: too large, neither JSON nor a form, or malformed, naming the field.
pub fn form_key(body: &[u8], content_type: Option<&str>) -> Result<Option<String>, Failure> {
    Ok(read(body, content_type)?.remove("form_key"))
}

/// Reads a form. A phone number without a country code is one of `region`, an ISO 3166 country.
///
/// # Errors
/// [`Failure::Rejected`]: too large, neither JSON nor a form, or malformed, naming the field.
pub fn parse(
    body: &[u8],
    content_type: Option<&str>,
    region: &str,
    received_at: Timestamp,
) -> Result<Submission, Failure> {
    let mut fields = read(body, content_type)?;
    let mut take = |name: &str, max_chars| {
        let value = fields.remove(name);
        value.map_or(Ok(None), |value| at_most(max_chars, name, value).map(Some))
    };
    let text = take("message", MAX_MESSAGE_CHARS)?.ok_or_else(|| Failure::invalid("message", "message is missing"))?;
    let name = take("name", MAX_NAME_CHARS)?;
    let email = take("email", MAX_FIELD_CHARS)?.map(|email| Email::new(&email, "email")).transpose()?;
    let phone = take("phone", MAX_FIELD_CHARS)?.map(|phone| Phone::typed(&phone, region, "phone")).transpose()?;
    let submission_id = take("submission_id", MAX_ID_CHARS)?;
    let form_key = take("form_key", MAX_FIELD_CHARS)?;
    let consent = take("consent", MAX_FIELD_CHARS)?.is_some_and(|value| is_yes(&value));
    let honeypot_filled = fields.remove("website_url").is_some();
    check_extra(&fields)?;

    let (channel, from, also) = addresses(phone, email, consent)?;
    let vendor_id = submission_id.unwrap_or_else(|| {
        let mut parts = vec![from.key(), text.clone(), name.clone().unwrap_or_default()];
        parts.extend(also.iter().map(Address::key));
        parts.extend(fields.iter().flat_map(|(name, value)| [name.clone(), value.clone()]));
        derived_id(&parts.iter().map(String::as_str).collect::<Vec<_>>(), received_at, SAME_SUBMISSION_S)
    });
    let content = Content::Text { text };
    let message = Parsed { vendor_id, from, also, name, content, sent_at: None, fields };
    Ok(Submission { form_key, honeypot_filled, consent_to_sms: consent, channel, message })
}

/// All fields that are not empty.
fn read(body: &[u8], content_type: Option<&str>) -> Result<BTreeMap<String, String>, Failure> {
    let fields = match Encoding::of(content_type) {
        Some(Encoding::Form) => Form::read(body)?.0,
        Some(Encoding::Json) => scalars(&json(body)?)?,
        None => {
            let what = "send the form as application/json or application/x-www-form-urlencoded";
            return Err(Failure::rejected(Rejection::UnsupportedMediaType, what));
        }
    };
    let trimmed = fields.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
    Ok(trimmed.filter(|(_, value)| !value.is_empty()).collect())
}

fn scalars(document: &Value) -> Result<BTreeMap<String, String>, Failure> {
    let object = document.as_object().ok_or_else(|| Node::root(document).must("be an object"))?;
    let mut fields = BTreeMap::new();
    for (name, value) in object {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                let name = known_length(name)?;
                return Err(Failure::invalid(name, format!("{name} must be a text, a number or true or false")));
            }
        };
        fields.insert(name.clone(), text);
    }
    Ok(fields)
}

fn at_most(max_chars: usize, name: &str, value: String) -> Result<String, Failure> {
    if value.chars().count() <= max_chars {
        Ok(value)
    } else {
        Err(Failure::invalid(name, format!("{name} must be at most {max_chars} characters")))
    }
}

fn known_length(name: &str) -> Result<&str, Failure> {
    if name.chars().count() <= MAX_FIELD_NAME_CHARS {
        Ok(name)
    } else {
        let what = format!("the names of fields must be at most {MAX_FIELD_NAME_CHARS} characters");
        Err(Failure::invalid("fields", what))
    }
}

fn check_extra(fields: &BTreeMap<String, String>) -> Result<(), Failure> {
    if fields.len() > MAX_FIELDS {
        return Err(Failure::invalid("fields", format!("there must be at most {MAX_FIELDS} extra fields")));
    }
    for (name, value) in fields {
        at_most(MAX_FIELD_CHARS, known_length(name)?, value.clone())?;
    }
    Ok(())
}

fn is_yes(value: &str) -> bool {
    ["true", "on", "yes", "1"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
}

fn addresses(
    phone: Option<Phone>,
    email: Option<Email>,
    consent: bool,
) -> Result<(Channel, Address, Vec<Address>), Failure> {
    match (phone.map(Address::Phone), email.map(Address::Email)) {
        (Some(phone), email) if consent => Ok((Channel::Sms, phone, email.into_iter().collect())),
        (phone, Some(email)) => Ok((Channel::Email, email, phone.into_iter().collect())),
        (Some(phone), None) => Ok((Channel::Email, phone, Vec::new())),
        (None, None) => Err(Failure::invalid("email", "an email or a phone is needed to answer")),
    }
}
