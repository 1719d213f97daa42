//! What the tenant-facing APIs share: failures as axum answers, JSON bodies, parameters, correlation ids.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::failure::Rejection;
use serde::de::DeserializeOwned;

/// The largest JSON body.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Entries on a page where the caller does not say.
const DEFAULT_PAGE: usize = 25;

/// A failure on its way to the caller, as [`crate::http::error`] words it.
#[derive(Debug)]
pub struct ApiError(pub Failure);

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (parts, body) = crate::http::error(&self.0).into_parts();
        Response::from_parts(parts, Body::from(body.to_vec()))
    }
}

/// A JSON body; a malformed one is a 400 that says where.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let too_large =
            || Failure::rejected(Rejection::TooLarge, format!("the body may have at most {MAX_BODY_BYTES} bytes"));
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await.map_err(|_| too_large())?;
        let wrong = |error: serde_json::Error| {
            Failure::invalid("body", format!("the body is not the JSON that is expected: {error}"))
        };
        Ok(Self(serde_json::from_slice(&bytes).map_err(wrong)?))
    }
}

/// The parameters of the query string; where one cannot be read, as when it comes twice, a 400 that says which.
#[derive(Debug)]
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read = Query::from_request_parts(parts, state).await;
        let Query(parameters) = read.map_err(|wrong| Failure::invalid("query", wrong.body_text()))?;
        Ok(Self(parameters))
    }
}

/// How many entries a page of a list has: the parameter `limit`, or 25 where the caller does not say.
///
/// # Errors
/// 400 naming `limit` when it is no number.
pub fn page_size(limit: Option<&str>) -> Result<usize, Failure> {
    let wrong = |_| Failure::invalid("limit", "limit must be a number");
    limit.map_or(Ok(DEFAULT_PAGE), |limit| limit.parse().map_err(wrong))
}

/// The answer to a path that no route takes.
pub async fn no_such_address() -> ApiError {
    std::future::ready(ApiError(Failure::not_found("address"))).await
}

/// The correlation id that the caller gave, or none.
#[must_use]
pub fn correlation_id(headers: &HeaderMap) -> String {
    let given = headers.get(crate::http::CORRELATION_HEADER).and_then(|value| value.to_str().ok());
    given.filter(|id| crate::http::is_correlation_id(id)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Change {
        status: String,
    }

    async fn read(body: impl Into<Body>) -> Result<Change, Failure> {
        let request = Request::new(body.into());
        JsonBody::from_request(request, &()).await.map(|JsonBody(change)| change).map_err(|ApiError(failure)| failure)
    }

    #[tokio::test]
    async fn a_json_body_is_read() {
        assert_eq!(read(r#"{"status":"new"}"#).await, Ok(Change { status: "new".to_owned() }));
    }

    #[tokio::test]
    async fn a_body_that_is_not_the_expected_json_is_a_400_that_says_where() {
        for (wrong, says) in [
            ("", "line 1 column 0"),
            ("{", "line 1 column 1"),
            ("{}", "missing field `status`"),
            (r#"{"status":1}"#, "expected a string"),
        ] {
            let failure = read(wrong).await.unwrap_err();
            let Failure::Rejected { kind: Rejection::Invalid, field: Some(field), message } = failure else {
                panic!("{failure:?}")
            };
            assert!(field == "body" && message.contains(says), "{message}");
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(read(deep).await, Err(Failure::Rejected { kind: Rejection::Invalid, .. })));
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_a_413() {
        let fits = format!(r#"{{"status":"new"{}}}"#, " ".repeat(MAX_BODY_BYTES - 16));
        assert_eq!(fits.len(), MAX_BODY_BYTES);
        assert!(read(fits.clone()).await.is_ok());
        let failure = read(format!("{fits} ")).await.unwrap_err();
        assert!(matches!(failure, Failure::Rejected { kind: Rejection::TooLarge, .. }));
    }

    #[test]
    fn a_correlation_id_that_is_not_one_is_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(correlation_id(&headers), "");
        for (given, taken) in [("abc-1", "abc-1"), ("a b", "")] {
            headers.insert(crate::http::CORRELATION_HEADER, given.parse().unwrap());
            assert_eq!(correlation_id(&headers), taken);
        }
    }

    #[tokio::test]
    async fn a_path_that_nobody_takes_is_a_404_of_the_same_shape() {
        let response = no_such_address().await.into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (404, &"application/problem+json".parse().unwrap())
        );
    }
}
