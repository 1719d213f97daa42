//! The WhatsApp Cloud API's side: what it checks of a text and of a template, and the words and codes of its errors.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. The statuses are those of that page;
//! of the messages it gives only the titles.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::line::Line;
use crate::sink::{Answer, Draft, Message, Sink, Template, Vendor};

/// Recipients that end in one of these codes are refused with it.
const REFUSED_ENDINGS: [(i64, u16, &str); 6] = [
    (131_026, 400, "Message undeliverable"),
    (131_047, 400, "Re-engagement message"),
    (131_050, 400, "User has stopped marketing messages"),
    (131_056, 400, "(Business Account, Consumer Account) pair rate limit hit"),
    (130_429, 429, "Rate limit hit"),
    (131_000, 500, "Something went wrong"),
];

/// Templates whose names end in one of these codes are refused with it.
const REFUSED_TEMPLATES: [(i64, u16, &str); 7] = [
    (132_000, 400, "Template param count mismatch"),
    (132_001, 404, "Template does not exist"),
    (132_005, 400, "Template hydrated text too long"),
    (132_007, 400, "Template format character policy violated"),
    (132_012, 400, "Template parameter format mismatch"),
    (132_015, 400, "Template is paused"),
    (132_016, 400, "Template is disabled"),
];

/// `/{phone_number_id}/messages`.
pub(crate) async fn send_unversioned(
    sink: State<Sink>,
    line: ConnectInfo<Line>,
    Path(phone_number_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    send(sink, line, Path((String::new(), phone_number_id)), headers, body).await
}

/// `/{version}/{phone_number_id}/messages`; any version does.
pub(crate) async fn send(
    State(sink): State<Sink>,
    ConnectInfo(line): ConnectInfo<Line>,
    Path((_version, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let judged = judge(&headers, &request, phone_number_id);
    sink.call(Vendor::Meta, &line, judged, |message| taken(message, request.get("to").is_some())).await
}

fn judge(headers: &HeaderMap, request: &Value, phone_number_id: String) -> Result<Draft, Answer> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if bearer.is_none_or(str::is_empty) {
        return Err(error(401, 190, "Invalid OAuth access token"));
    }
    let text_at = |pointer: &str| request.pointer(pointer).and_then(Value::as_str);
    if text_at("/messaging_product") != Some("whatsapp") {
        return Err(error(400, 100, "Invalid parameter: messaging_product must be whatsapp"));
    }
    let mut media = None;
    let (body, template) = match text_at("/type") {
        Some("text") => (text_at("/text/body").ok_or_else(missing)?, None),
        Some("template") => ("", Some(template(request)?)),
        Some(kind @ ("image" | "video" | "document")) => {
            media = Some(text_at(&format!("/{kind}/link")).ok_or_else(missing)?.to_owned());
            (text_at(&format!("/{kind}/caption")).unwrap_or_default(), None)
        }
        _ => return Err(error(400, 131_051, "Unsupported message type")),
    };
    let to = text_at("/to").or(text_at("/recipient")).ok_or_else(missing)?;
    let number_ok = text_at("/to").is_none_or(is_number);
    let body_ok = template.is_some()
        || media.is_some() && body.chars().count() <= 1024
        || !body.is_empty() && body.chars().count() <= 4096;
    if !number_ok || !body_ok {
        return Err(error(400, 131_009, "Parameter value is not valid"));
    }
    let reference = text_at("/biz_opaque_callback_data");
    if reference.is_some_and(|reference| reference.chars().count() > 512) {
        return Err(error(400, 100, "Invalid parameter: biz_opaque_callback_data is over 512 characters"));
    }
    if let Some((code, status, title)) = REFUSED_ENDINGS.iter().find(|(code, ..)| to.ends_with(&code.to_string())) {
        return Err(error(*status, *code, title));
    }
    Ok(Draft {
        to: to.to_owned(),
        from: phone_number_id,
        body: body.to_owned(),
        template,
        media,
        reference: reference.map(ToOwned::to_owned),
    })
}

/// Reads a template and what stands in the places of its body. Which templates there are, and how many places they
/// have, the sink does not know.
fn template(request: &Value) -> Result<Template, Answer> {
    let text_at = |pointer: &str| request.pointer(pointer).and_then(Value::as_str).ok_or_else(missing);
    let (name, language) = (text_at("/template/name")?, text_at("/template/language/code")?);
    let components = request.pointer("/template/components").and_then(Value::as_array);
    let body = components.into_iter().flatten().filter(|component| component.get("type") == Some(&json!("body")));
    let places = body.filter_map(|body| body.get("parameters")?.as_array()).flatten();
    let values: Vec<String> = places.map(place).collect::<Result<_, _>>()?;
    match REFUSED_TEMPLATES.iter().find(|(code, ..)| name.ends_with(&code.to_string())) {
        Some((code, status, title)) => Err(error(*status, *code, title)),
        None => Ok(Template { name: name.to_owned(), language: language.to_owned(), values }),
    }
}

fn place(place: &Value) -> Result<String, Answer> {
    let is_text = place.get("type") == Some(&json!("text"));
    let text = place.get("text").and_then(Value::as_str).filter(|text| is_text && !text.is_empty());
    let text = text.ok_or_else(missing)?;
    if text.contains(['\n', '\t', '\r']) || text.contains("     ") {
        return Err(error(
            400,
            100,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
        ));
    }
    Ok(text.to_owned())
}

fn missing() -> Answer {
    error(400, 131_008, "Required parameter is missing")
}

fn is_number(to: &str) -> bool {
    let digits = to.strip_prefix('+').unwrap_or(to);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn taken(message: &Message, by_number: bool) -> Answer {
    let contact = if by_number {
        json!({ "input": message.to, "wa_id": message.to.trim_start_matches('+') })
    } else {
        json!({ "input": message.to, "user_id": message.to })
    };
    let body = json!({
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{ "id": message.id }],
    });
    (StatusCode::OK, Json(body))
}

fn error(status: u16, code: i64, title: &str) -> Answer {
    let body = json!({ "error": {
        "message": format!("(#{code}) {title}"),
        "type": "OAuthException",
        "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": title },
        "fbtrace_id": "vendor-sink",
    }});
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), Json(body))
}
