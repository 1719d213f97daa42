//! A form on the tenant's own site, as JSON or as a form post.
//!
//! | field | what |
//! |---|---|
//! | `form_key` | the tenant's public key; the header `X-Form-Key` may carry it instead |
//! | `message` | 1 to 4,000 characters |
//! | `name`, `email`, `phone` | one of `email` and `phone` is required |
//! | `consent` or `sms_consent` | `true`, `on`, `yes` or `1`: the person agrees to be answered by SMS; `false`, `off`, `no` or `0`: not |
//! | `consent_text` | the words beside that box, kept as proof; at most 1,000 characters of them |
//! | `page`, `page_url` or `url` | the page the form stands on, kept as proof; else the header `Referer` is |
//! | `submission_id` | an id of the form's own making: the same id is the same submission |
//! | `website_url` | a field that people do not see and robots fill in; it must stay empty |
//! | any other | kept as data: `source`, `utm_*`, whatever the form asks; 40 of 500 characters, and what is cut is named in `cut_fields` |
//!
//! Empty fields count as absent, because browsers send them all. Of a field above that is repeated, or a list in JSON, the
//! last value counts; of any other, all do, with commas between. Without a `submission_id`, the same content within the same
//! ten minutes is one submission, so that a double click is one message.
//!
//! The body is UTF-8, or windows-1252 (`charset=iso-8859-1`); what claims to be neither is 415.

mod consent;
mod fields;

use domain::Failure;
use domain::messaging::{Address, Channel, Content, Email, Phone, TextConsent};
use jiff::Timestamp;

use crate::body::clip;
use crate::parsed::{MAX_FIELD_CHARS, MAX_NAME_CHARS, Parsed, derived_id};
use crate::signature::{sha256, to_hex};
pub use consent::Said;

/// The span in which equal content is one submission, in seconds.
const SAME_SUBMISSION_S: i64 = 600;
const MAX_MESSAGE_CHARS: usize = 4_000;
const MAX_ID_CHARS: usize = 100;

/// One submitted form.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The key in the body, where there is one.
    pub form_key: Option<String>,
    /// A robot filled it in. Answer as ever, and do nothing.
    pub honeypot_filled: bool,
    /// What the form says about text messages.
    pub said: Said,
    /// What the person agreed to or not, with its proof; [`Submission::under`] sets it.
    pub consent: Option<TextConsent>,
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
    Ok(fields::read(body, content_type)?.remove("form_key"))
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
    let mut fields = fields::read(body, content_type)?;
    let name = fields.remove("name").map(|name| clip(&name, MAX_NAME_CHARS));
    let submission_id = fields.remove("submission_id").map(known_length);
    let mut take = |name: &str, max_chars| {
        let value = fields.remove(name);
        value.map_or(Ok(None), |value| at_most(max_chars, name, value).map(Some))
    };
    let text = take("message", MAX_MESSAGE_CHARS)?.ok_or_else(|| Failure::invalid("message", "message is missing"))?;
    let email = take("email", MAX_FIELD_CHARS)?.map(|email| Email::new(&email, "email")).transpose()?;
    let phone = take("phone", MAX_FIELD_CHARS)?.map(|phone| Phone::typed(&phone, region, "phone")).transpose()?;
    let form_key = take("form_key", MAX_FIELD_CHARS)?;
    let said = Said::take(&mut fields);
    let honeypot_filled = fields.remove("website_url").is_some();
    let fields = fields::cut(fields);

    let (channel, from, also) = addresses(phone, email, said.agrees == Some(true))?;
    let vendor_id = submission_id.unwrap_or_else(|| {
        let mut parts = vec![from.key(), text.clone(), name.clone().unwrap_or_default()];
        parts.extend(also.iter().map(Address::key));
        parts.extend(fields.iter().flat_map(|(name, value)| [name.clone(), value.clone()]));
        derived_id(&parts.iter().map(String::as_str).collect::<Vec<_>>(), received_at, SAME_SUBMISSION_S)
    });
    let content = Content::Text { text };
    let message = Parsed { vendor_id, from, also, name, content, sent_at: None, fields };
    Ok(Submission { form_key, honeypot_filled, said, consent: None, channel, message })
}

fn at_most(max_chars: usize, name: &str, value: String) -> Result<String, Failure> {
    if value.chars().count() <= max_chars {
        Ok(value)
    } else {
        Err(Failure::invalid(name, format!("{name} must be at most {max_chars} characters")))
    }
}

/// The id, or what stands for one that is too long to keep.
fn known_length(id: String) -> String {
    if id.chars().count() <= MAX_ID_CHARS { id } else { to_hex(sha256(id.as_bytes()).as_ref()) }
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
