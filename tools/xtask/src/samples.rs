//! The samples in `events/`: real-format events with `{{placeholders}}` for what differs from run to run.
//!
//! | placeholder | becomes |
//! |---|---|
//! | `{{run}}` | 32 hexadecimal digits, new in every run, so that no vendor id comes twice |
//! | `{{number}}` | an invented number of a person, another one in almost every run: one number is texted so often a day and no oftener |
//! | `{{now}}` | the time in whole seconds since 1970 (UTC) |
//! | `{{sms.number}}` | that field of the demo tenant in `stack.json` |
//!
//! Signature headers of a sample are replaced by right ones.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::bootstraps::hex_sha256;
use crate::http::{Answer, Header};
use crate::signatures;
use crate::stack::Stack;

/// Areas of the United States.
const AREAS: [u16; 20] =
    [303, 720, 970, 719, 212, 310, 312, 404, 415, 469, 512, 602, 617, 702, 713, 801, 206, 503, 615, 813];

/// What the placeholders of one run stand for.
pub struct Run {
    /// 32 hexadecimal digits.
    pub id: String,
    now: u64,
}

/// One HTTP request to the API, filled in and signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// `POST` or `GET`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers, the right `Host` among them.
    pub headers: Vec<Header>,
    /// The body, empty where there is none.
    pub body: String,
}

impl Run {
    /// A run that nothing was sent in yet.
    #[must_use]
    pub fn begin() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut id = hex_sha256(format!("{} {}", now.as_nanos(), std::process::id()).as_bytes());
        id.truncate(32);
        Self { id, now: now.as_secs() }
    }

    /// Another run, with the number of this one.
    #[must_use]
    pub fn again(&self) -> Self {
        let (number, next) = (self.id.get(..6).unwrap_or_default(), Self::begin());
        Self { id: format!("{number}{}", next.id.get(6..).unwrap_or_default()), now: next.now }
    }

    /// Replaces each placeholder of `text` by its value in the form that `encode` gives it.
    ///
    /// # Errors
    /// When a placeholder is not closed or `tenant` has no such text.
    pub fn fill(&self, text: &str, tenant: &Value, encode: fn(&str) -> String) -> Result<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) =
                after.split_once("}}").with_context(|| format!("a placeholder is not closed: {text}"))?;
            filled.push_str(before);
            filled.push_str(&encode(&self.value(name, tenant)?));
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// One of 2,000 numbers that belong to no one: 555-0100 to 555-0199 in twenty areas.
    fn number(&self) -> String {
        let pick = u32::from_str_radix(self.id.get(..6).unwrap_or_default(), 16).unwrap_or_default();
        let area = AREAS.iter().cycle().nth(usize::try_from(pick % 20).unwrap_or_default()).copied().unwrap_or(303);
        format!("+1{area}55501{:02}", pick / 20 % 100)
    }

    fn value(&self, name: &str, tenant: &Value) -> Result<String> {
        match name {
            "run" => Ok(self.id.clone()),
            "number" => Ok(self.number()),
            "now" => Ok(self.now.to_string()),
            _ => text_at(tenant, name).map(ToOwned::to_owned),
        }
    }
}

/// Reads the sample `events/NAME.json`.
///
/// # Errors
/// When there is none or it is not JSON.
pub fn read(root: &Path, name: &str) -> Result<Value> {
    let path = root.join("events").join(format!("{name}.json"));
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not JSON", path.display()))
}

impl Delivery {
    /// Makes the request that API Gateway would have turned into `event` (payload format 2.0) for `tenant` of `stack`.
    ///
    /// # Errors
    /// When the event lacks a part or a placeholder has no value.
    pub fn from_event(event: &Value, stack: &Stack, tenant: &Value, run: &Run) -> Result<Self> {
        let mut path = run.fill(text_at(event, "rawPath")?, tenant, percent)?;
        let query = run.fill(text_at(event, "rawQueryString")?, tenant, percent)?;
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        let headers = event.get("headers").and_then(Value::as_object).context("the event has no headers")?;
        let mut delivery = Self {
            method: text_at(event, "requestContext.http.method")?.to_owned(),
            path,
            headers: vec![stack.host_header()],
            body: String::new(),
        };
        let is_form = headers.get("content-type").and_then(Value::as_str) == Some(FORM);
        if let Some(body) = event.get("body").and_then(Value::as_str) {
            delivery.body = run.fill(body, tenant, if is_form { percent } else { in_json })?;
        }
        for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
            let value = value.as_str().with_context(|| format!("header {name} is no text"))?;
            let value = match name.as_str() {
                "x-hub-signature-256" => signatures::meta(text_at(tenant, "whatsapp.app_secret")?, &delivery.body),
                "x-twilio-signature" => {
                    let url = format!("{}{}", stack.public_url, delivery.path);
                    signatures::twilio(text_at(tenant, "sms.auth_token")?, &url, &form(&delivery.body)?)
                }
                _ => run.fill(value, tenant, str::to_owned)?,
            };
            delivery.headers.push((name.clone(), value));
        }
        Ok(delivery)
    }

    /// Sends it.
    ///
    /// # Errors
    /// When no answer comes.
    pub fn send(&self, stack: &Stack) -> Result<Answer> {
        stack.http().send(&self.method, &self.path, &self.headers, &self.body)
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The text at a dotted path: `sms.number`.
///
/// # Errors
/// When there is none.
pub fn text_at<'a>(value: &'a Value, path: &str) -> Result<&'a str> {
    let found = value.pointer(&format!("/{}", path.replace('.', "/"))).and_then(Value::as_str);
    found.with_context(|| format!("there is no text at {path}"))
}

/// As part of a URL or of a form: everything but letters and digits as `%XX`.
fn percent(text: &str) -> String {
    let escape =
        |byte| if u8::is_ascii_alphanumeric(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

/// As part of a JSON string.
fn in_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// The fields of a form body, decoded.
fn form(body: &str) -> Result<Vec<Header>> {
    let mut fields = Vec::new();
    for field in body.split('&').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        fields.push((unescape(name)?, unescape(value)?));
    }
    Ok(fields)
}

fn unescape(text: &str) -> Result<String> {
    let text = text.replace('+', " ");
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let Some((digits, rest)) = part.split_at_checked(2) else { bail!("a form field ends in %") };
        bytes.push(u8::from_str_radix(digits, 16)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    Ok(String::from_utf8(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn stack() -> Stack {
        Stack {
            endpoint: "http://127.0.0.1:4566".into(),
            port: 4566,
            api_url: "http://a.execute-api.localhost:4566".into(),
            host: "a.execute-api.localhost:4566".into(),
            public_url: "https://a.execute-api.localhost:4566".into(),
            sink_url: "http://127.0.0.1:4570".into(),
            outputs: BTreeMap::new(),
            tenants: vec![json!({
                "form_key": "a\"key",
                "sms": {"number": "+15550100", "auth_token": "token", "account_sid": "AC1"},
                "whatsapp": {"app_secret": "secret", "phone_number_id": "1"},
            })],
        }
    }

    fn event(content_type: &str, signature: &str, body: &str) -> Value {
        json!({
            "rawPath": "/webhooks/x", "rawQueryString": "", "body": body,
            "requestContext": {"http": {"method": "POST"}},
            "headers": {"host": "api.example.com", "content-type": content_type, signature: "old"},
        })
    }

    #[test]
    fn placeholders_are_escaped_for_where_they_stand() {
        let (stack, run) = (stack(), Run::begin());
        let json_event = event("application/json", "x-a", r#"{"form_key":"{{form_key}}"}"#);
        let delivery = Delivery::from_event(&json_event, &stack, &stack.tenants[0], &run).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&delivery.body).unwrap()["form_key"], "a\"key");
        let form_event = event(FORM, "x-twilio-signature", "To={{sms.number}}&Body=a+b%21");
        let delivery = Delivery::from_event(&form_event, &stack, &stack.tenants[0], &run).unwrap();
        assert_eq!(delivery.body, "To=%2B15550100&Body=a+b%21");
        let signed = [("Body", "a b!"), ("To", "+15550100")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let expected = signatures::twilio("token", "https://a.execute-api.localhost:4566/webhooks/x", &signed);
        assert!(delivery.headers.contains(&("x-twilio-signature".into(), expected)));
        assert!(delivery.headers.contains(&("host".into(), stack.host)));
    }

    #[test]
    fn a_placeholder_without_a_value_is_named() {
        let stack = stack();
        let refusal = Run::begin().fill("{{sms.colour}}", &stack.tenants[0], str::to_owned).unwrap_err().to_string();
        assert!(refusal.contains("sms.colour"), "{refusal}");
    }

    #[test]
    fn a_runs_number_belongs_to_no_one() {
        let number = Run { id: "ffffff".to_owned(), now: 0 }.number();
        assert_eq!(number, format!("+1{}55501{:02}", AREAS[0xff_ffff % 20], 0xff_ffff / 20 % 100));
    }

    #[test]
    fn no_two_runs_share_an_id() {
        let run = Run::begin();
        assert!(run.id != Run::begin().id && run.id != run.again().id);
        assert_eq!(run.number(), run.again().number());
    }

    #[test]
    fn every_webhook_sample_can_be_delivered() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut stack = stack();
        let tenant = json!({"widget_key": "w", "call_key": "c", "name": "n", "id": "t"});
        if let (Some(all), Some(more)) = (stack.tenants[0].as_object_mut(), tenant.as_object()) {
            all.extend(more.clone());
        }
        for (sample, _) in crate::replay::CHANNELS {
            let event = read(&root, sample).unwrap();
            let delivery = Delivery::from_event(&event, &stack, &stack.tenants[0], &Run::begin()).unwrap();
            assert!(delivery.path.starts_with("/webhooks/") && !delivery.body.is_empty(), "{sample}");
        }
    }
}
