//! SMS, and WhatsApp that Twilio carries, through Twilio's Messages resource.
//!
//! `POST {base}/2010-04-01/Accounts/{sid}/Messages.json`, form-encoded, with basic auth; the base is
//! `https://api.twilio.com`. Twilio calls `StatusCallback` as given, so the reference of the message travels in its
//! query as `ref`. Source: twilio.com/docs/messaging/api/message-resource.

use domain::messaging::delivery::SendOutcome;
use domain::messaging::{Address, Phone};
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::exchange::{Dialect, correlated, endpoint};
use super::{Outgoing, check_length, permanent};
use crate::twilio::codes;

/// Most characters of a message: Twilio splits longer than 160 into segments, and refuses above this.
pub const MAX_TEXT_CHARS: usize = 1600;

/// Makes Twilio repeat a callback that was answered with a 5xx, late or not at all (by itself it does not). It is no part of what
/// Twilio requests or signs. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
const REPEAT: &str = "rc=2&rp=5xx,ct,rt";

const DIALECT: Dialect = Dialect { vendor: "twilio", accepted, refused, classify: codes::classify };

/// What basic auth takes: an API key and its secret, or the account's SID and its auth token.
#[derive(Debug, Clone)]
pub struct TwilioKey {
    /// `SK…` or `AC…`.
    pub sid: String,
    /// What goes with it.
    pub secret: SecretString,
}

impl TwilioKey {
    /// Of a credential, which is `KEY_SID:SECRET`.
    #[must_use]
    pub fn of(credential: &SecretString) -> Option<Self> {
        let (sid, secret) = credential.expose_secret().split_once(':')?;
        Some(Self { sid: sid.to_owned(), secret: SecretString::from(secret.to_owned()) })
    }
}

/// What a message leaves by.
#[derive(Debug, Clone)]
pub struct Line {
    /// The account, `AC…`.
    pub account_sid: String,
    /// Its key.
    pub key: TwilioKey,
    /// One of its numbers.
    pub from: Phone,
    /// By WhatsApp rather than by SMS. Both numbers are then written as `whatsapp:+…`
    /// (twilio.com/docs/whatsapp/api). Free text only: Twilio names templates by an id of its own.
    pub over_whatsapp: bool,
}

/// Sends SMS and WhatsApp.
#[derive(Debug, Clone)]
pub struct Sender {
    client: reqwest::Client,
    base_url: Url,
}

impl Sender {
    /// A sender that calls `base_url` through `client` (from [`super::http_client`]).
    #[must_use]
    pub fn new(client: reqwest::Client, base_url: Url) -> Self {
        Self { client, base_url }
    }

    /// Sends `message` by `line`. Status callbacks go to `status_callback` with `ref` added.
    pub async fn send(&self, line: &Line, status_callback: &Url, message: &Outgoing<'_>) -> SendOutcome {
        match self.request(line, status_callback, message) {
            Ok(request) => DIALECT.exchange(request).await,
            Err(refused) => refused,
        }
    }

    fn request(
        &self,
        line: &Line,
        status_callback: &Url,
        message: &Outgoing<'_>,
    ) -> Result<impl Fn() -> RequestBuilder, SendOutcome> {
        let url = endpoint(&self.base_url, &["2010-04-01", "Accounts", &line.account_sid, "Messages.json"])?;
        let form = form(line, status_callback, message)?;
        let key = line.key.clone();
        Ok(move || {
            let request = self
                .client
                .post(url.clone())
                .basic_auth(&key.sid, Some(key.secret.expose_secret()))
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.clone());
            correlated(request, message.correlation_id)
        })
    }
}

fn form(line: &Line, status_callback: &Url, message: &Outgoing<'_>) -> Result<String, SendOutcome> {
    check_length(message.text, MAX_TEXT_CHARS)?;
    let Address::Phone(to) = message.to else {
        return Err(permanent("Twilio needs a phone number"));
    };
    if message.template.is_some() {
        return Err(permanent("WhatsApp that Twilio carries takes free text only, within 24 hours of their message"));
    }
    let on_line = |phone: &Phone| format!("{}{}", if line.over_whatsapp { "whatsapp:" } else { "" }, phone.as_str());
    let mut callback = status_callback.clone();
    callback.query_pairs_mut().append_pair("ref", &message.reference.to_string());
    callback.set_fragment(Some(REPEAT));
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("To", &on_line(to))
        .append_pair("From", &on_line(&line.from))
        .append_pair("Body", message.text)
        .append_pair("StatusCallback", callback.as_str());
    if let Some(media) = message.media {
        form.append_pair("MediaUrl", &media.link);
    }
    Ok(form.finish())
}

fn accepted(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Answer {
        sid: String,
    }
    serde_json::from_slice::<Answer>(body).ok().map(|answer| answer.sid)
}

fn refused(body: &[u8]) -> Option<i64> {
    #[derive(Deserialize)]
    struct Answer {
        code: i64,
        // What tells Twilio's errors from those of a gateway that has a code too.
        #[serde(rename = "more_info")]
        _more_info: String,
    }
    serde_json::from_slice::<Answer>(body).ok().map(|answer| answer.code)
}
