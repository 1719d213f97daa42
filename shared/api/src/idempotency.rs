//! A POST with an `Idempotency-Key` happens once, and is answered each time as the first time.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::failure::Rejection;
use domain::identity::Credential;
use domain::{Failure, TenantId};
use store::{KeptAnswer, Repeat};

use crate::credential::Admitted;
use crate::extractors::{request_id, too_large};
use crate::responses::Unkept;
use crate::{ApiError, Guard, MAX_BODY_BYTES};

const HEADER: &str = "idempotency-key";
/// What is kept of an answer besides its status and body.
const KEPT_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, ETAG, LOCATION];

/// What the ids of new things are derived from.
#[derive(Debug, Clone)]
pub(crate) struct Cause(pub(crate) String);

/// Runs the handler, or answers what it answered to the same request before.
pub(crate) async fn once(guard: &Guard, admitted: &Admitted, request: Request, next: Next) -> Response {
    let key = match key(&request) {
        Ok(key) => key,
        Err(failure) => return ApiError(failure).into_response(),
    };
    let Some(key) = key else {
        let cause = Cause(format!("request|{}", request_id(request.extensions())));
        return next.run(with(request, cause)).await;
    };
    let scope = format!("{}|{}|{}|{key}", name(&admitted.principal.credential), request.method(), request.uri().path());
    let hash = auth::secrets::sha256_hex(&scope);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MAX_BODY_BYTES).await else {
        return ApiError(too_large()).into_response();
    };
    let fingerprint = fingerprint(&bytes);
    let tenant = &admitted.principal.tenant;
    match guard.store.requests().claim(tenant, &hash, &fingerprint, runtime::clock::now()).await {
        Err(failure) => ApiError(failure).into_response(),
        Ok(Repeat::Answered(answer)) => again(answer),
        Ok(Repeat::AtWork) => {
            refuse(Rejection::RequestInProgress, "the same request is being worked on: ask again in a moment")
        }
        Ok(Repeat::Another) => refuse(
            Rejection::Unprocessable,
            "this Idempotency-Key was used with another body: use a new key for a new request",
        ),
        Ok(Repeat::First) => {
            let request = with(Request::from_parts(parts, Body::from(bytes)), Cause(format!("key|{hash}")));
            let response = next.run(request).await;
            keep(guard, tenant, &hash, &fingerprint, response).await
        }
    }
}

fn with(mut request: Request, cause: Cause) -> Request {
    request.extensions_mut().insert(cause);
    request
}

/// The key, where the request is one that may have it.
fn key(request: &Request) -> Result<Option<String>, Failure> {
    let Some(given) = request.headers().get(HEADER).filter(|_| *request.method() == Method::POST) else {
        return Ok(None);
    };
    let key = given.to_str().ok().map(|key| key.trim_matches('"'));
    let key = key.filter(|key| (1..=255).contains(&key.len()));
    let wrong = || Failure::invalid("Idempotency-Key", "Idempotency-Key must be 1 to 255 visible ASCII characters");
    key.map(|key| Some(key.to_owned())).ok_or_else(wrong)
}

fn name(credential: &Credential) -> String {
    match credential {
        Credential::ApiKey { key, .. } => format!("key {key}"),
        // Not the session: a repeat may come after signing in again.
        Credential::Session { account, .. } => format!("account {account}"),
    }
}

fn fingerprint(body: &Bytes) -> String {
    auth::secrets::sha256_hex(&String::from_utf8_lossy(body))
}

/// Keeps what is final. What may go another way next time gives its claim back.
async fn keep(guard: &Guard, tenant: &TenantId, hash: &str, fingerprint: &str, response: Response) -> Response {
    let passing = response.status().is_server_error() || response.status() == StatusCode::TOO_MANY_REQUESTS;
    let unkept = response.extensions().get::<Unkept>().copied();
    let (secret, anew) = (unkept == Some(Unkept::Refused), unkept == Some(Unkept::Anew));
    let (parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MAX_BODY_BYTES).await else {
        if let Err(reason) = guard.store.requests().release(tenant, hash).await {
            tracing::warn!(%reason, "a claim was not given back");
        }
        return ApiError(Failure::Permanent("an answer is too large to keep for a repeat".into())).into_response();
    };
    let stored = if passing {
        guard.store.requests().release(tenant, hash).await
    } else {
        let headers = KEPT_HEADERS.iter().filter_map(|name| {
            let value = parts.headers.get(name)?.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        });
        let body = if secret { None } else { std::str::from_utf8(&bytes).ok().map(ToOwned::to_owned) };
        let answer = KeptAnswer { status: parts.status.as_u16(), headers: headers.collect(), body };
        let answer = (!anew).then_some(answer);
        guard.store.requests().keep(tenant, hash, fingerprint, answer, runtime::clock::now()).await
    };
    if let Err(reason) = stored {
        // The work is done and told; a repeat within a day would do it again, and find it done.
        tracing::warn!(%reason, "an answer was not kept");
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn again(answer: KeptAnswer) -> Response {
    let Some(body) = answer.body else {
        let message =
            "this was done before, and its secret is shown only once: create another one, and revoke this one";
        return refuse(Rejection::SecretShownBefore, message);
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn refuse(kind: Rejection, message: &str) -> Response {
    ApiError(Failure::rejected(kind, message)).into_response()
}
