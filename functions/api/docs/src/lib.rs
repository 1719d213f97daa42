//! What the API is: `GET /v1/openapi.json` for programs, `GET /v1/docs` for people.
//!
//! Both show `openapi.json` beside this crate, which a test writes from the handlers' own descriptions and compares with
//! them at every run. Nothing here knows a tenant, so nothing here asks for a credential.

#[expect(clippy::indexing_slicing, reason = "a key that JSON lacks reads as null")]
mod page;

use axum::Router;
use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::routing::get;
use serde_json::Value;
use std::sync::Arc;

/// The OpenAPI document.
pub const DOCUMENT: &str = include_str!("../openapi.json");

/// The routes.
///
/// # Errors
/// When the document that was built in is no JSON.
pub fn router() -> Result<Router, serde_json::Error> {
    let document: Value = serde_json::from_str(DOCUMENT)?;
    let page: Arc<str> = page::render(&document).into_string().into();
    Ok(Router::new()
        .route("/v1/openapi.json", get(|| async { (headers("application/json"), DOCUMENT) }))
        .route("/v1/docs", get(move || async move { (headers("text/html; charset=utf-8"), page.to_string()) })))
}

/// What a body of this content may look like: the example that is given, or one made of its schema.
#[must_use]
pub fn example(document: &Value, content: &Value) -> Value {
    page::example(document, content)
}

fn headers(content_type: &'static str) -> [(HeaderName, &'static str); 4] {
    [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "public, max-age=300"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_on_the_page() {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let page = page::render(&document).into_string();
        let paths = document["paths"].as_object().unwrap();
        assert!(!paths.is_empty());
        for (path, item) in paths {
            for (_, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(page.contains(&format!("id=\"{id}\"")), "{path} {id}");
            }
        }
        assert!(!page.contains("<script"), "the page runs nothing");
    }
}
