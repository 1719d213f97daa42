//! What the tenant-facing APIs share: failures as axum answers, JSON bodies, correlation ids.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::failure::Rejection;
use serde::de::DeserializeOwned;

/// The largest JSON body.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

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
