//! The guard: every request to the API comes through it, once.

use aws_config::SdkConfig;
use axum::Router;
use axum::extract::{FromRef, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::Failure;
use runtime::http::TrustedHops;
use store::Store;
use utoipa_axum::router::OpenApiRouter;

use crate::browser::{allow_anybody, allow_origin, check_forgery, check_origin, preflight};
use crate::caller::{ClientAddress, client_address};
use crate::credential::Admitted;
use crate::extractors::{correlation_id, request_id};
use crate::idempotency::once;
use crate::parameters::{Declared, refuse_unknown};
use crate::request_log::{Noted, RequestId};
use crate::responses::{ApiError, no_such_address, no_such_method, rate_limit_headers, rate_limited};

/// What the guard needs to know who comes.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The table.
    pub store: Store,
    /// Who signs access tokens, and for whom: this installation's name.
    pub issuer: String,
    /// Where people and pages meet this installation, beside the gateway's own address: scheme, host and port.
    pub own_origins: Vec<String>,
    /// How many proxies are in front of the gateway.
    pub trusted_hops: TrustedHops,
}

impl Guard {
    /// As the environment says: `TABLE_NAME` and `ISSUER`, and where a domain or proxy is in front of the gateway `PUBLIC_URL`,
    /// `APP_URL` and `TRUSTED_HOPS`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing or wrong.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let own = ["PUBLIC_URL", "APP_URL"].into_iter().filter_map(runtime::env::optional);
        Ok(Self {
            store: Store::from_env(config)?,
            issuer: runtime::env::required("ISSUER")?,
            own_origins: own.map(|url| url.trim_end_matches('/').to_owned()).collect(),
            trusted_hops: TrustedHops::from_env()?,
        })
    }

    /// Where the widget's script and the pages for customers are had: at the installation's own address, else at the one that a request
    /// with these headers was made to.
    #[must_use]
    pub fn site(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.own_origins.first().cloned().unwrap_or_else(|| format!("https://{}", host()))
    }
}

/// A function's routes behind the guard; `open` ones are for everybody.
pub fn serve<S>(guarded: OpenApiRouter<S>, open: OpenApiRouter<S>, state: S) -> Router
where
    S: Clone + Send + Sync + 'static,
    Guard: FromRef<S>,
{
    let guard = Guard::from_ref(&state);
    let hops = guard.trusted_hops;
    let (guarded, takes) = guarded.split_for_parts();
    let known = from_fn_with_state(Declared::of(takes), refuse_unknown);
    let (open, takes) = open.split_for_parts();
    let known_open = from_fn_with_state(Declared::of(takes), refuse_unknown);
    guarded
        .route_layer(known)
        .route_layer(from_fn_with_state(guard, authenticate))
        .merge(open.layer(known_open).layer(from_fn(anybody)))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn_with_state(hops, common))
        .with_state(state)
}

/// Pages for people who are signed in by cookie; `open` ones are for everybody. What their forms do goes to `/v1`: a page is read, and
/// changes nothing. A query parameter that a page does not know is passed over: links gather such on their way.
pub fn serve_pages<S>(guarded: Router<S>, open: Router<S>, state: S) -> Router
where
    S: Clone + Send + Sync + 'static,
    Guard: FromRef<S>,
{
    let guard = Guard::from_ref(&state);
    let hops = guard.trusted_hops;
    let guarded =
        guarded.route_layer(from_fn(people_alone)).route_layer(from_fn_with_state(guard, authenticate)).merge(open);
    serve_open_pages(guarded.fallback(no_such_address), hops, state)
}

/// Pages for everybody, which have a fallback of their own.
pub fn serve_open_pages<S>(pages: Router<S>, hops: TrustedHops, state: S) -> Router
where
    S: Clone + Send + Sync + 'static,
{
    pages.method_not_allowed_fallback(no_such_method).layer(from_fn_with_state(hops, common)).with_state(state)
}

/// Refuses programs: a page shows what several rights together allow, and a key may have but one of them.
async fn people_alone(request: Request, next: Next) -> Response {
    let by_cookie = request.extensions().get::<Admitted>().is_some_and(|admitted| admitted.cookie.is_some());
    if by_cookie { next.run(request).await } else { ApiError(Failure::unauthorized()).into_response() }
}

/// Lets in who may come in.
async fn authenticate(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let admitted = match guard.admit(request.headers(), runtime::clock::now()).await {
        Ok(admitted) => admitted,
        Err(failure) => return ApiError(failure).into_response(),
    };
    let origin = request.headers().get(ORIGIN).cloned();
    if let Err(failure) = check_origin(&request, &guard.own_origins, admitted.tenant.as_deref()) {
        return ApiError(failure).into_response();
    }
    request.extensions_mut().insert(admitted.clone());
    let noted = Noted::of(&request, &admitted, runtime::clock::now());
    let mut response = match pass(&request, &admitted) {
        Ok(()) => once(&guard, &admitted, request, next).await,
        Err(failure) => ApiError(failure).into_response(),
    };
    if let Some(noted) = noted.map(|noted| noted.ended(&response)) {
        noted.keep(&guard.store).await;
    }
    rate_limit_headers(response.headers_mut(), &admitted.grant);
    allow_origin(response.headers_mut(), origin.as_ref());
    response
}

fn pass(request: &Request, admitted: &Admitted) -> Result<(), Failure> {
    rate_limited(&admitted.grant)?;
    match &admitted.cookie {
        Some(expected) => check_forgery(request.method(), request.headers(), expected.as_deref()),
        None => Ok(()),
    }
}

/// What the router itself refuses, such as a path that is no text, becomes a problem like every other refusal.
fn worded(response: Response) -> Response {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if response.status() == StatusCode::BAD_REQUEST && kind.starts_with("text/plain") {
        return ApiError(Failure::invalid("path", "the address cannot be read: it must be UTF-8 text")).into_response();
    }
    response
}

/// What is open to everybody is open to every page: signing in from a business's own site takes no cookie.
async fn anybody(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    allow_anybody(response.headers_mut());
    response
}

/// What every answer has: an id, a correlation id, and headers that keep browsers from doing what no one wants. What every handler
/// has: the caller's network address.
async fn common(State(hops): State<TrustedHops>, mut request: Request, next: Next) -> Response {
    if let Some(address) = client_address(&request, hops) {
        request.extensions_mut().insert(ClientAddress(address));
    }
    let id = match correlation_id(request.headers()) {
        id if id.is_empty() => request_id(request.extensions()),
        id => id,
    };
    let request_id = RequestId::of(&request, runtime::clock::now());
    request.extensions_mut().insert(request_id.clone());
    let response = if *request.method() == Method::OPTIONS {
        preflight(request.headers())
    } else {
        worded(next.run(request).await)
    };
    let mut response = request_id.told(response).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("strict-transport-security", "max-age=63072000"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("referrer-policy", "no-referrer"),
    ] {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static(runtime::http::CORRELATION_HEADER), id);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;

    #[tokio::test]
    async fn what_the_router_refuses_is_a_problem_too() {
        let plain =
            (StatusCode::BAD_REQUEST, HeaderMap::from_iter([(CONTENT_TYPE, "text/plain".parse().unwrap())]), "no");
        let response = worded(plain.into_response());
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
        let fine = worded((StatusCode::OK, "text").into_response());
        assert_eq!(fine.status(), StatusCode::OK);
    }
}
