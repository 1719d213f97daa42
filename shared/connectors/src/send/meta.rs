//! Texts and approved templates through Meta's WhatsApp Cloud API.
//!
//! `POST {base}/{phone_number_id}/messages` with a bearer token; the base names the Graph API version, such as
//! `https://graph.facebook.com/v23.0`. Meta returns `biz_opaque_callback_data` with every status of the message.
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages, …/image-messages, …/document-messages, …/video-messages,
//! developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates and, for people who hide their number,
//! developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids.

use domain::messaging::Address;
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::Template;
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::exchange::{Dialect, correlated, endpoint};
use super::{Outgoing, check_length, permanent};
use crate::meta::codes;

/// Most characters of a text message.
pub const MAX_TEXT_CHARS: usize = 4096;
/// Most characters of the text below a file.
pub const MAX_CAPTION_CHARS: usize = 1024;

const DIALECT: Dialect = Dialect { vendor: "meta", accepted, refused, classify: codes::classify };

/// Sends WhatsApp messages.
#[derive(Debug, Clone)]
pub struct Sender {
    client: reqwest::Client,
    base_url: Url,
}

impl Sender {
    /// A sender that calls `base_url`, version included, through `client` (from [`super::http_client`]).
    #[must_use]
    pub fn new(client: reqwest::Client, base_url: Url) -> Self {
        Self { client, base_url }
    }

    /// Sends `message` from the tenant's number.
    pub async fn send(
        &self,
        phone_number_id: &str,
        access_token: &SecretString,
        message: &Outgoing<'_>,
    ) -> SendOutcome {
        match self.request(phone_number_id, access_token, message) {
            Ok(request) => DIALECT.exchange(request).await,
            Err(refused) => refused,
        }
    }

    fn request(
        &self,
        phone_number_id: &str,
        access_token: &SecretString,
        message: &Outgoing<'_>,
    ) -> Result<impl Fn() -> RequestBuilder, SendOutcome> {
        let url = endpoint(&self.base_url, &[phone_number_id, "messages"])?;
        let body = body(message)?;
        Ok(move || {
            let request = self.client.post(url.clone()).bearer_auth(access_token.expose_secret()).json(&body);
            correlated(request, message.correlation_id)
        })
    }
}

fn body(message: &Outgoing<'_>) -> Result<Value, SendOutcome> {
    // Meta prefers `to` where both are given, so exactly one is.
    let (field, recipient) = match message.to {
        Address::Phone(phone) => ("to", phone.as_str()),
        Address::WhatsappUser(user) => ("recipient", user.as_str()),
        Address::Email(_) | Address::Chat(_) => {
            return Err(permanent("a WhatsApp message needs a phone number or a WhatsApp user id"));
        }
    };
    let (kind, content) = match message.template {
        Some(template) => ("template", filled(template)?),
        None if message.media.is_some() => media(message)?,
        None => {
            check_length(message.text, MAX_TEXT_CHARS)?;
            ("text", json!({ "body": message.text }))
        }
    };
    Ok(json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        field: recipient,
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": message.reference.to_string(),
    }))
}

/// A file that Meta fetches, with the text below it.
fn media(message: &Outgoing<'_>) -> Result<(&'static str, Value), SendOutcome> {
    let Some(media) = message.media else { return Err(permanent("there is no file to send")) };
    check_length(message.text, MAX_CAPTION_CHARS)?;
    let kind = match media.content_type.split('/').next() {
        Some("image") => "image",
        Some("video") => "video",
        _ => "document",
    };
    let (link, caption) = (&media.link, message.text);
    Ok((
        kind,
        match kind {
            "document" => json!({ "link": link, "caption": caption, "filename": media.name }),
            _ => json!({ "link": link, "caption": caption }),
        },
    ))
}

/// The template with what stands in its places, in their order.
///
/// Meta refuses an empty place, and one with a line break, a tab or more than four spaces in a row: white space becomes
/// one space, which changes nothing that is said.
fn filled(template: &Template) -> Result<Value, SendOutcome> {
    let mut places = Vec::new();
    for value in &template.values {
        let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(permanent("a place of the template is empty"));
        }
        places.push(json!({ "type": "text", "text": text }));
    }
    let (name, language) = (&template.name, json!({ "code": template.language }));
    Ok(match places.is_empty() {
        true => json!({ "name": name, "language": language }),
        false => json!({
            "name": name,
            "language": language,
            "components": [{ "type": "body", "parameters": places }],
        }),
    })
}

fn accepted(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Answer {
        messages: Vec<Message>,
    }
    #[derive(Deserialize)]
    struct Message {
        id: String,
    }
    let answer: Answer = serde_json::from_slice(body).ok()?;
    Some(answer.messages.into_iter().next()?.id)
}

fn refused(body: &[u8]) -> Option<i64> {
    #[derive(Deserialize)]
    struct Answer {
        error: Error,
    }
    #[derive(Deserialize)]
    struct Error {
        code: i64,
        // Documented as always there, and what tells Meta's errors from those of a gateway that has a code too.
        #[serde(rename = "type")]
        _type: String,
    }
    serde_json::from_slice::<Answer>(body).ok().map(|answer| answer.error.code)
}
