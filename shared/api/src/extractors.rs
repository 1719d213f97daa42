//! What comes in: JSON bodies, parameters, versions, correlation ids. What cannot be read is a 400 that says where.

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use domain::Failure;
use domain::failure::Rejection;
use lambda_http::request::RequestContext;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::ApiError;

/// The largest JSON body.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Entries on a page where the caller does not say.
const DEFAULT_PAGE: usize = 25;
/// The most entries on a page.
const MAX_PAGE: usize = 100;

/// A JSON body; a malformed one is a 400 that says where.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default().to_owned());
        let is_json = |kind: &str| kind.split(';').next().is_some_and(|kind| kind.trim().ends_with("json"));
        if kind.is_some_and(|kind| !is_json(&kind)) {
            let message = "the body must be JSON: send content-type: application/json";
            return Err(Failure::rejected(Rejection::UnsupportedMediaType, message).into());
        }
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await.map_err(|_| too_large())?;
        let wrong = |error: serde_json::Error| {
            Failure::invalid("body", format!("the body is not the JSON that is expected: {error}"))
        };
        Ok(Self(serde_json::from_slice(&bytes).map_err(wrong)?))
    }
}

pub(crate) fn too_large() -> Failure {
    Failure::rejected(Rejection::TooLarge, format!("the body may have at most {MAX_BODY_BYTES} bytes"))
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

/// The version that a change was made from: the number in `If-Match: "3"`.
///
/// A proxy that compresses an answer makes its ETag weak, `W/"3"`, and a browser sends it back so. Our versions say the same
/// thing either way, so it is taken as the strong one (against RFC 9110, 13.1.1, which would have it never match).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(given) = parts.headers.get(IF_MATCH) else {
            let message = "a change needs If-Match with the ETag that was read, so that no change is lost";
            return Err(Failure::rejected(Rejection::PreconditionRequired, message).into());
        };
        let strong = given.to_str().ok().map(|tag| tag.strip_prefix("W/").unwrap_or(tag));
        let tag = strong.and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        let wrong = || Failure::invalid("If-Match", "If-Match must be the ETag that was read, such as \"3\"");
        Ok(Self(tag.ok_or_else(wrong)?))
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

impl PageQuery {
    /// The number of entries, and where the page begins.
    ///
    /// # Errors
    /// 400 naming `limit`.
    pub fn read(&self) -> Result<(usize, Option<&str>), Failure> {
        Ok((page_size(self.limit.as_deref())?, self.cursor.as_deref()))
    }
}

/// How many entries a page of a list has: the parameter `limit`, or 25 where the caller does not say.
///
/// # Errors
/// 400 naming `limit` when it is no number of 1 to 100.
pub fn page_size(limit: Option<&str>) -> Result<usize, Failure> {
    let Some(limit) = limit else { return Ok(DEFAULT_PAGE) };
    let read = limit.parse().ok().filter(|limit| (1..=MAX_PAGE).contains(limit));
    read.ok_or_else(|| Failure::invalid("limit", format!("limit must be a number of 1 to {MAX_PAGE}")))
}

/// A parameter that is `true` or `false`, or `false` where the caller leaves it out.
///
/// # Errors
/// 400 naming it when it is neither.
pub fn flag(name: &str, value: Option<&str>) -> Result<bool, Failure> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Failure::invalid(name, format!("{name} must be true or false"))),
    }
}

/// The correlation id that the caller gave, or none.
#[must_use]
pub fn correlation_id(headers: &HeaderMap) -> String {
    let given = headers.get(runtime::http::CORRELATION_HEADER).and_then(|value| value.to_str().ok());
    given.filter(|id| runtime::http::is_correlation_id(id)).unwrap_or_default().to_owned()
}

/// The gateway's own name for a request.
pub(crate) fn request_id(extensions: &Extensions) -> String {
    match extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use serde_json::{Value, json};

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Change {
        status: String,
    }

    async fn read(body: impl Into<Body>) -> Result<Change, Failure> {
        let request = Request::new(body.into());
        JsonBody::from_request(request, &()).await.map(|JsonBody(change)| change).map_err(|ApiError(failure)| failure)
    }

    fn kind(failure: &Failure) -> Option<Rejection> {
        match failure {
            Failure::Rejected { kind, .. } => Some(*kind),
            _ => None,
        }
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
        assert_eq!(kind(&read(deep).await.unwrap_err()), Some(Rejection::Invalid));
    }

    /// What is stored is read whatever a newer version wrote; what a caller sends is not.
    #[tokio::test]
    async fn a_field_that_is_not_known_is_a_400_in_whatever_people_configure() {
        async fn refused<T: DeserializeOwned + std::fmt::Debug>(body: Value) {
            let whole = JsonBody::<T>::from_request(Request::new(Body::from(body.to_string())), &()).await;
            assert!(whole.is_ok(), "{whole:?}");
            let mut with = body;
            with["c0l0ur"] = "green".into();
            let read = JsonBody::<T>::from_request(Request::new(Body::from(with.to_string())), &()).await;
            let ApiError(failure) = read.unwrap_err();
            assert_eq!(kind(&failure), Some(Rejection::Invalid));
            assert!(failure.to_string().contains("unknown field `c0l0ur`"), "{failure}");
        }
        let address = json!({"street": "410 Example Street", "city": "Denver", "country": "US"});
        let location = json!({"id": "lakewood", "name": "Lakewood", "address": address});
        refused::<domain::tenancy::Location>(location).await;
        refused::<domain::tenancy::Service>(json!({"id": "repair", "name": "Repair"})).await;
        refused::<domain::journeys::Preferences>(json!({})).await;
        let sequence = serde_json::to_value(&domain::journeys::shipped()[0]).unwrap();
        refused::<domain::journeys::Sequence>(sequence).await;
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_a_413() {
        let fits = format!(r#"{{"status":"new"{}}}"#, " ".repeat(MAX_BODY_BYTES - 16));
        assert_eq!(fits.len(), MAX_BODY_BYTES);
        assert!(read(fits.clone()).await.is_ok());
        assert_eq!(kind(&read(format!("{fits} ")).await.unwrap_err()), Some(Rejection::TooLarge));
    }

    #[tokio::test]
    async fn a_body_of_another_kind_is_a_415() {
        for (kind_sent, expected) in [
            ("application/json", None),
            ("application/json; charset=utf-8", None),
            ("application/merge-patch+json", None),
            ("application/x-www-form-urlencoded", Some(Rejection::UnsupportedMediaType)),
            ("text/plain", Some(Rejection::UnsupportedMediaType)),
        ] {
            let mut request = Request::new(Body::from(r#"{"status":"new"}"#));
            request.headers_mut().insert(CONTENT_TYPE, kind_sent.parse().unwrap());
            let read = JsonBody::<Change>::from_request(request, &()).await;
            assert_eq!(read.err().and_then(|ApiError(failure)| kind(&failure)), expected, "{kind_sent}");
        }
    }

    #[tokio::test]
    async fn a_change_says_what_it_was_made_from() {
        let read = async |tag: Option<&str>| {
            let mut request = Request::new(());
            if let Some(tag) = tag {
                request.headers_mut().insert(IF_MATCH, tag.parse().unwrap());
            }
            let (mut parts, ()) = request.into_parts();
            IfMatch::from_request_parts(&mut parts, &()).await.map_err(|ApiError(failure)| kind(&failure))
        };
        for same in ["\"3\"", "W/\"3\""] {
            assert_eq!(read(Some(same)).await, Ok(IfMatch(3)), "{same}");
        }
        assert_eq!(read(None).await, Err(Some(Rejection::PreconditionRequired)));
        for wrong in ["3", "*", "W/3", "w/\"3\"", "\"\"", "\"x\"", "\"3", "\"-1\""] {
            assert_eq!(read(Some(wrong)).await, Err(Some(Rejection::Invalid)), "{wrong}");
        }
    }

    #[test]
    fn a_page_has_1_to_100_entries() {
        assert_eq!((page_size(None), page_size(Some("1")), page_size(Some("100"))), (Ok(25), Ok(1), Ok(100)));
        for wrong in ["0", "101", "-1", "ten", ""] {
            assert!(page_size(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_correlation_id_that_is_not_one_is_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(correlation_id(&headers), "");
        for (given, taken) in [("abc-1", "abc-1"), ("a b", "")] {
            headers.insert(runtime::http::CORRELATION_HEADER, given.parse().unwrap());
            assert_eq!(correlation_id(&headers), taken);
        }
    }
}
