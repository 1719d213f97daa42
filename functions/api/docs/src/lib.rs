//! What the API is: `GET /v1/openapi.json` for programs, `GET /v1/docs` for people; and what it is not: the gateway hands over
//! whatever no route takes, and gets a problem like every other error.
//!
//! Both show `openapi.json` beside this crate, which a test writes from the handlers' own descriptions and compares with
//! them at every run. Nothing here knows a tenant, so nothing here asks for a credential.

#[expect(clippy::indexing_slicing, reason = "a key that JSON lacks reads as null")]
mod page;

use axum::Router;
use axum::body::Body;
use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;
use axum::routing::get;
use domain::Failure;
use domain::failure::Rejection;
use serde_json::Value;
use std::sync::Arc;

/// The OpenAPI document.
pub const DOCUMENT: &str = include_str!("../openapi.json");

/// The page may have this style, and nothing else. A digest of `page.css`, checked by a test.
const STYLE_HASH: &str = "sha256-uuTfGWGKVmUeC/pETGJnWiaSdsHIBVuDqfK0z/9b5rA=";

/// The routes.
///
/// # Errors
/// When the document that was built in is no JSON.
pub fn router() -> Result<Router, serde_json::Error> {
    let document: Value = serde_json::from_str(DOCUMENT)?;
    let page: Arc<str> = page::render(&document).into_string().into();
    Ok(Router::new()
        .route("/v1/openapi.json", get(|| async { (headers("application/json"), DOCUMENT) }))
        .route("/v1/docs", get(move || async move { (headers("text/html; charset=utf-8"), page.to_string()) }))
        .fallback(async || problem(&Failure::not_found("address")))
        .method_not_allowed_fallback(async || {
            problem(&Failure::rejected(Rejection::MethodNotAllowed, "this path does not support this method"))
        }))
}

fn problem(failure: &Failure) -> Response {
    let (parts, body) = runtime::http::error(failure).into_parts();
    Response::from_parts(parts, Body::from(body.to_vec()))
}

fn headers(content_type: &'static str) -> [(HeaderName, String); 4] {
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    [
        (CONTENT_TYPE, content_type.to_owned()),
        (CACHE_CONTROL, "public, max-age=300".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;

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

    #[test]
    fn the_policy_lets_the_pages_own_style_through_and_no_other() {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, page::STYLE.as_bytes());
        let hash = base64::engine::general_purpose::STANDARD.encode(digest);
        assert_eq!(STYLE_HASH, format!("sha256-{hash}"), "page.css changed: this is its digest now");
    }

    #[tokio::test]
    async fn what_no_route_takes_is_a_problem() {
        for (method, path, code) in [("GET", "/v1/nothing", "not_found"), ("POST", "/v1/docs", "method_not_allowed")] {
            let request = axum::http::Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let mut router = router().unwrap();
            let response = lambda_http::tower::Service::call(&mut router, request).await.unwrap();
            assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json", "{path}");
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let problem: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem["code"], code, "{path}");
        }
    }
}
