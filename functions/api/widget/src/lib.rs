//! The two scripts that businesses put on their own pages: `GET /widget.js`, the chat, and `GET /form.js`, which enhances a form.
//!
//! They are the same for everybody: the key of the tenant stands in the page. So nothing here asks for a credential or touches
//! the table, and any page may load them. A browser keeps one for an hour and then asks whether it changed; for a week it may
//! go on with the old one while it asks.

mod scripts;

use axum::Router;
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use scripts::Script;
use std::io;
use std::sync::Arc;

/// The routes.
///
/// # Errors
/// When a script cannot be compressed, which takes memory alone.
pub fn router() -> io::Result<Router> {
    let (widget, form) = (Arc::new(Script::widget()?), Arc::new(Script::form()?));
    Ok(Router::new()
        .route("/widget.js", get(async move |headers: HeaderMap| answer(&widget, &headers)))
        .route("/form.js", get(async move |headers: HeaderMap| answer(&form, &headers))))
}

fn answer(script: &Script, asked: &HeaderMap) -> Response {
    let names = |header: HeaderName, wanted: &str| {
        let values = asked.get_all(header).into_iter().filter_map(|value| value.to_str().ok());
        values
            .flat_map(|value| value.split(','))
            .any(|value| value.split(';').next().unwrap_or_default().trim() == wanted)
    };
    let headers: [(HeaderName, HeaderValue); 8] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600, stale-while-revalidate=604800")),
        (ETAG, script.tag.clone()),
        (VARY, HeaderValue::from_static("accept-encoding")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
        (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    if script.tag.to_str().is_ok_and(|tag| names(IF_NONE_MATCH, tag)) {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else if names(ACCEPT_ENCODING, "gzip") {
        (headers, [(CONTENT_ENCODING, "gzip")], script.compressed.clone()).into_response()
    } else {
        (headers, script.text.clone()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use lambda_http::tower::Service as _;

    async fn get(path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let answer = router().unwrap().call(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        (parts.status, parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn any_page_may_load_and_keep_them() {
        for path in ["/widget.js", "/form.js"] {
            let (status, headers, body) = get(path, &[]).await;
            assert_eq!((status, headers.get(CONTENT_ENCODING)), (StatusCode::OK, None), "{path}");
            assert_eq!(headers[CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(headers[ACCESS_CONTROL_ALLOW_ORIGIN], "*");
            assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
            assert!(headers[CACHE_CONTROL].to_str().unwrap().starts_with("public, max-age="));
            assert!(String::from_utf8(body).unwrap().contains("use strict"), "{path}");
        }
    }

    #[tokio::test]
    async fn who_has_the_latest_gets_nothing_again() {
        let (_, headers, _) = get("/widget.js", &[]).await;
        let tag = headers[ETAG].to_str().unwrap();
        let (status, headers, body) = get("/widget.js", &[(IF_NONE_MATCH, &format!("\"old\", {tag}"))]).await;
        assert_eq!((status, body.len(), headers[ETAG].to_str().unwrap()), (StatusCode::NOT_MODIFIED, 0, tag));
        let (status, _, body) = get("/form.js", &[(IF_NONE_MATCH, tag)]).await;
        assert_eq!(status, StatusCode::OK, "another script has another tag");
        assert!(!body.is_empty());
    }

    #[tokio::test]
    async fn a_browser_gets_it_compressed() {
        let (_, headers, compressed) = get("/widget.js", &[(ACCEPT_ENCODING, "gzip, deflate, br")]).await;
        assert_eq!(headers[CONTENT_ENCODING], "gzip");
        let mut text = String::new();
        io::Read::read_to_string(&mut flate2::read::GzDecoder::new(compressed.as_slice()), &mut text).unwrap();
        assert_eq!(text.into_bytes(), get("/widget.js", &[]).await.2);
        let (_, headers, _) = get("/widget.js", &[(ACCEPT_ENCODING, "identity")]).await;
        assert!(!headers.contains_key(CONTENT_ENCODING));
    }
}
