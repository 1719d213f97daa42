//! Files that customers sent, as both vendors hand them out: the same small picture under any id.
//!
//! - Meta: `GET /{version}/{id}` names an address; both calls take the token.
//! - Twilio: the address in a message redirects to one that is signed, and that refuses a second credential, as S3 does.

use axum::Json;
use axum::extract::Path;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// A picture of one transparent point.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// `/{version}/{id}` of Meta's.
pub(crate) async fn of_meta(Path((_version, id)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !said(&headers, "Bearer ") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(json!({
        "messaging_product": "whatsapp", "id": id, "url": format!("http://{host}/_media/meta/{id}"), "mime_type": "image/png",
        "file_size": STANDARD.decode(PICTURE).unwrap_or_default().len(),
    }))
    .into_response()
}

/// The address that Meta names.
pub(crate) async fn at_meta(headers: HeaderMap) -> Response {
    if said(&headers, "Bearer ") { picture() } else { StatusCode::UNAUTHORIZED.into_response() }
}

/// `/2010-04-01/Accounts/{sid}/Messages/{message}/Media/{id}` of Twilio's.
pub(crate) async fn of_twilio(headers: HeaderMap) -> Response {
    if said(&headers, "Basic ") {
        Redirect::temporary("/_media/signed").into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

/// The signed address.
pub(crate) async fn signed(headers: HeaderMap) -> Response {
    if headers.contains_key(AUTHORIZATION) { StatusCode::BAD_REQUEST.into_response() } else { picture() }
}

fn said(headers: &HeaderMap, scheme: &str) -> bool {
    headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with(scheme))
}

fn picture() -> Response {
    ([(CONTENT_TYPE, "image/png")], STANDARD.decode(PICTURE).unwrap_or_default()).into_response()
}
