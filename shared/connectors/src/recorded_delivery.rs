//! A captured delivery, and whether we would take it: "our webhook does not arrive".
//!
//! The file's format is described in `docs/verify-webhook.md`. It goes through the same checks as a live delivery.

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

use crate::signature::{Delivery, Refusal, TOLERANCE_S, malformed};
use crate::{hubspot, meta, plain, sendgrid, standard_webhooks, stripe, twilio};

/// Who signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vendor {
    /// WhatsApp, Messenger, Instagram.
    #[serde(alias = "whatsapp")]
    Meta,
    /// SMS and calls.
    Twilio,
    /// Payments.
    Stripe,
    /// CRM, all three versions.
    Hubspot,
    /// OpenAI, Svix and others.
    #[serde(alias = "standard-webhooks/svix", alias = "standard-webhooks/openai", alias = "svix", alias = "openai")]
    StandardWebhooks,
    /// E-mail events.
    Sendgrid,
    /// Any vendor of the plain scheme.
    #[serde(alias = "github", alias = "github-hmac")]
    Hmac,
}

/// A delivery as it was captured.
#[derive(Debug, Deserialize)]
pub struct Capture {
    /// Who signed it.
    pub vendor: Vendor,
    /// What it was signed with; for SendGrid the public key.
    #[serde(deserialize_with = "secret")]
    pub secret: SecretString,
    /// The public URL that the vendor was given, query and all. For Twilio and HubSpot.
    pub url: Option<String>,
    /// `POST` unless it says otherwise. For HubSpot.
    #[serde(default = "post")]
    pub method: String,
    /// Its headers, in any case.
    #[serde(default)]
    pub headers: BTreeMap<String, Scalar>,
    /// The raw body.
    pub body: Option<String>,
    /// Instead of `body`: the parameters of a form post, a list where one is repeated.
    pub params: Option<BTreeMap<String, OneOrMany>>,
    /// When it came in: seconds since 1970, or RFC 3339. Without it, the age of a signed timestamp is not judged.
    pub now: Option<Now>,
    /// How old it may be, in seconds.
    #[serde(default = "tolerance")]
    pub tolerance_s: u64,
    /// The header with the signature, for the plain scheme.
    #[serde(default = "hub_signature")]
    pub signature_header: String,
}

/// A text, or a number that stands for one.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// As it is.
    Text(String),
    /// A timestamp, mostly.
    Number(i64),
}

/// A parameter's value or values.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// Given once.
    One(String),
    /// Repeated.
    Many(Vec<String>),
}

/// A moment, either way of writing it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub enum Now {
    /// Seconds since 1970.
    Seconds(i64),
    /// RFC 3339.
    Timestamp(Timestamp),
}

/// Whether we would take the delivery.
///
/// # Errors
/// A [`Refusal`] with the reason, in words for an operator.
pub fn check(capture: &Capture) -> Result<(), Refusal> {
    let headers = headers(capture)?;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (body, form) = match (&capture.body, &capture.params) {
        (Some(_), Some(_)) => return Err(Refusal::Incomplete("one of body and params, not both,")),
        (Some(body), None) => (body.clone(), None),
        (None, Some(params)) => (encode(params), Some("application/x-www-form-urlencoded")),
        (None, None) => (String::new(), None),
    };
    let body = body.as_bytes();
    let (now, tolerance_s) = match capture.now {
        Some(Now::Seconds(seconds)) => (seconds, capture.tolerance_s),
        Some(Now::Timestamp(at)) => (at.as_second(), capture.tolerance_s),
        None => (0, u64::MAX),
    };
    let url = capture.url.as_deref();
    let delivery =
        Delivery { method: &capture.method, url: url.unwrap_or_default(), headers: &headers, body, now, tolerance_s };
    let secret = &capture.secret;
    match capture.vendor {
        Vendor::Meta => meta::verify(secret, header("X-Hub-Signature-256"), body),
        Vendor::Hmac => plain::verify(secret, &capture.signature_header, header(&capture.signature_header), body),
        Vendor::Twilio => {
            let url = url.ok_or(Refusal::Incomplete("url"))?;
            twilio::verify(secret, header("X-Twilio-Signature"), url, body, form.or_else(|| header("Content-Type")))
        }
        Vendor::Stripe => stripe::verify(secret, &delivery),
        Vendor::StandardWebhooks => standard_webhooks::verify(secret, &delivery),
        Vendor::Sendgrid => sendgrid::verify(secret, &delivery),
        Vendor::Hubspot => hubspot::verify(secret, &delivery),
    }
}

fn headers(capture: &Capture) -> Result<HeaderMap, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in &capture.headers {
        let value = match value {
            Scalar::Text(text) => text.clone(),
            Scalar::Number(number) => number.to_string(),
        };
        let value = HeaderValue::try_from(value).map_err(|_| malformed(name, "plain text"))?;
        headers.insert(HeaderName::try_from(name.as_str()).map_err(|_| malformed(name, "a header's name"))?, value);
    }
    Ok(headers)
}

fn encode(params: &BTreeMap<String, OneOrMany>) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in params {
        match value {
            OneOrMany::One(value) => {
                form.append_pair(name, value);
            }
            OneOrMany::Many(values) => {
                form.extend_pairs(values.iter().map(|value| (name, value)));
            }
        }
    }
    form.finish()
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn post() -> String {
    "POST".to_owned()
}

fn tolerance() -> u64 {
    TOLERANCE_S
}

fn hub_signature() -> String {
    "X-Hub-Signature-256".to_owned()
}
