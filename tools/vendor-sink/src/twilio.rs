//! Twilio's side: what the Messages resource checks, and its errors.
//!
//! Sources: twilio.com/docs/messaging/api/message-resource, twilio.com/docs/api/errors, and for the numbers that are
//! always refused twilio.com/docs/iam/test-credentials.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use serde_json::json;
use std::collections::BTreeMap;
use url::Url;

use crate::line::Line;
use crate::sink::{Answer, Draft, Message, Sink, Vendor};

/// What stands before a number that is written to by WhatsApp.
const WHATSAPP: &str = "whatsapp:";

/// Magic senders, with the code and words they are refused with.
const REFUSED_FROM: [(&str, i64, &str); 3] = [
    ("+15005550001", 21_212, "The 'From' number is not a valid phone number"),
    ("+15005550007", 21_606, "The 'From' phone number is not a valid, SMS-capable phone number for your account"),
    ("+15005550008", 21_611, "This 'From' number has exceeded the maximum number of queued messages"),
];

/// Magic recipients, likewise.
const REFUSED_TO: [(&str, i64, &str); 5] = [
    ("+15005550001", 21_211, "Invalid 'To' phone number"),
    ("+15005550002", 21_612, "The message cannot be sent with this combination of 'To' and 'From'"),
    ("+15005550003", 21_408, "Permission to send an SMS has not been enabled for this region"),
    ("+15005550004", 21_610, "Attempt to send to unsubscribed recipient"),
    ("+15005550009", 21_614, "'To' number is not a valid mobile number"),
];

/// `/2010-04-01/Accounts/{sid}/Messages.json`.
pub(crate) async fn send(
    State(sink): State<Sink>,
    ConnectInfo(line): ConnectInfo<Line>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let judged = judge(&headers, &body);
    sink.call(Vendor::Twilio, &line, judged, |message| taken(message, &account)).await
}

fn judge(headers: &HeaderMap, body: &[u8]) -> Result<Draft, Answer> {
    if !has_basic_auth(headers) {
        return Err(error(401, 20_003, "Authenticate"));
    }
    let form: BTreeMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
    let field = |name: &str, code, message: &str| {
        form.get(name).filter(|value| !value.is_empty()).ok_or_else(|| error(400, code, message))
    };
    let to = field("To", 21_604, "A 'To' phone number is required")?;
    let from = field("From", 21_603, "A 'From' phone number is required")?;
    let text = field("Body", 21_602, "Message body is required")?;
    let by_whatsapp = [from, to].map(|party| party.strip_prefix(WHATSAPP));
    if by_whatsapp[0].is_some() != by_whatsapp[1].is_some() {
        return Err(error(400, 21_910, "Invalid From and To pair. From and To should be of the same channel"));
    }
    let [from_number, to_number] = [by_whatsapp[0].unwrap_or(from), by_whatsapp[1].unwrap_or(to)];
    for (number, refused, invalid) in [(from_number, &REFUSED_FROM[..], 21_212), (to_number, &REFUSED_TO[..], 21_211)] {
        if let Some((_, code, message)) = refused.iter().find(|(magic, ..)| *magic == number) {
            return Err(error(400, *code, message));
        }
        if !is_e164(number) {
            return Err(error(400, invalid, "Invalid phone number"));
        }
    }
    if text.chars().count() > 1600 {
        return Err(error(400, 21_617, "The concatenated message body exceeds the 1600 character limit"));
    }
    let media = form.get("MediaUrl").cloned();
    if media.as_ref().is_some_and(|media| Url::parse(media).is_err()) {
        return Err(error(400, 21_620, "Invalid media URL(s)"));
    }
    let reference = match form.get("StatusCallback").map(|url| Url::parse(url)) {
        None => None,
        Some(Ok(url)) => url.query_pairs().find(|(name, _)| name == "ref").map(|(_, value)| value.into_owned()),
        Some(Err(_)) => return Err(error(400, 21_609, "Invalid 'StatusCallback' URL")),
    };
    Ok(Draft { to: to.clone(), from: from.clone(), body: text.clone(), template: None, media, reference })
}

/// A user and a password, whatever they are.
fn has_basic_auth(headers: &HeaderMap) -> bool {
    let credentials = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
        .and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    credentials
        .as_deref()
        .and_then(|pair| pair.split_once(':'))
        .is_some_and(|(user, password)| !user.is_empty() && !password.is_empty())
}

fn is_e164(number: &str) -> bool {
    number
        .strip_prefix('+')
        .is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Twilio's answer to a message it queued, without prices and segments: it knows those only later.
fn taken(message: &Message, account: &str) -> Answer {
    let at = message.at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let uri = format!("/2010-04-01/Accounts/{account}/Messages/{}", message.id);
    let body = json!({
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": at,
        "date_sent": null,
        "date_updated": at,
        "direction": "outbound-api",
        "error_code": null,
        "error_message": null,
        "from": message.from,
        "messaging_service_sid": null,
        "num_media": "0",
        "price": null,
        "price_unit": null,
        "sid": message.id,
        "status": "queued",
        "subresource_uris": { "media": format!("{uri}/Media.json") },
        "to": message.to,
        "uri": format!("{uri}.json"),
    });
    (StatusCode::CREATED, Json(body))
}

fn error(status: u16, code: i64, message: &str) -> Answer {
    let body = json!({
        "code": code,
        "message": message,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status,
    });
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), Json(body))
}
