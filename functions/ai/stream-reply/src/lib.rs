//! Sends a suggested reply to a member of the staff while a model writes it: server-sent events from a Function URL.
//!
//! The address is not the API's: no cookie comes there, and the guard is not before it. What opens a stream is a ticket that the API gave
//! (`POST /v1/conversations/{id}/suggestion-streams`): tenant, conversation and asker are what is stored under it, and never what a request
//! says besides. A page may read the answer where it is the site that asked for the ticket.
//!
//! One invocation writes, under a lease; whoever comes with the same ticket meanwhile or later follows what is stored, so a model is asked
//! once, whatever becomes of the line. Five follow one stream at a time. What is heard is unchecked; the last event, `done`, has what the API
//! would have answered.

mod desk;
mod following;
mod telling;
mod writing;

use api::ApiError;
use auth::secrets::{same, sha256_hex};
use axum::Router;
use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    AUTHORIZATION, ORIGIN, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::Failure;
use domain::conversations::suggestion::stream::{Place, StreamState, SuggestionStream, Told};
use domain::failure::Rejection;
use futures::StreamExt as _;
use futures::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;

pub use desk::{Desk, Table};
use telling::Teller;

/// How often things are done.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// After so long without an event, a remark is sent.
    pub heartbeat: Duration,
    /// So often what was heard is stored, and is asked whether it is still wanted.
    pub stored_every: Duration,
    /// So often who follows looks at what is stored.
    pub followed_every: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(10),
            stored_every: domain::conversations::suggestion::stream::STORED_EVERY.unsigned_abs(),
            followed_every: Duration::from_millis(500),
        }
    }
}

#[derive(Debug, Clone)]
struct AppState<D> {
    desk: D,
    pace: Pace,
}

/// The one address, and what can be done there.
pub fn router<D: Desk>(desk: D, pace: Pace) -> Router {
    let methods = get(listen::<D>).delete(cancel::<D>).options(preflight);
    Router::new().route("/", methods).fallback(api::no_such_address).with_state(AppState { desk, pace })
}

/// `GET /`: writes the suggestion of a ticket, or follows who writes it.
async fn listen<D: Desk>(State(AppState { desk, pace }): State<AppState<D>>, headers: HeaderMap) -> Response {
    let (place, stream, allowed) = match admitted(&desk, &headers).await {
        Ok(admitted) => admitted,
        Err(failure) => return ApiError(failure).into_response(),
    };
    let now = runtime::clock::now();
    let is_mine = match stream.state {
        StreamState::Asked if !stream.may_begin(now) => Err(Failure::unauthorized()),
        StreamState::Asked => desk.begin(&place).await,
        _ => Ok(false),
    };
    // Whoever comes to an end that is there is told at once, and holds no invocation.
    let waits = matches!(stream.state, StreamState::Asked | StreamState::Writing) && !stream.is_abandoned(now);
    let is_mine = match is_mine {
        Ok(false) if waits => admit_follower(&desk, &place).await.map(|()| false),
        is_mine => is_mine,
    };
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let (out, events) = mpsc::unbounded_channel();
    let teller = Teller::new(out, if matches!(is_mine, Ok(true)) { Told::default() } else { Told::parse(last) });
    let mut answer = match is_mine {
        Err(failure) => ApiError(failure).into_response(),
        Ok(is_mine) => {
            if is_mine {
                // Whoever hangs up is not heard of here; others may follow what is stored.
                tokio::spawn(writing::write(desk, place, stream, teller, pace.stored_every));
            } else {
                tokio::spawn(following::follow(desk, place, teller, pace.followed_every));
            }
            let opened = futures::stream::iter([Ok(Event::default().comment("open"))]);
            let events = unfold(events, async |mut events: mpsc::UnboundedReceiver<Event>| {
                Some((Ok::<_, Infallible>(events.recv().await?), events))
            });
            Sse::new(opened.chain(events)).keep_alive(KeepAlive::new().interval(pace.heartbeat)).into_response()
        }
    };
    allow(answer.headers_mut(), allowed);
    answer
}

/// Refuses a follower where as many as may follow already do.
async fn admit_follower<D: Desk>(desk: &D, place: &Place) -> Result<(), Failure> {
    if desk.may_follow(place).await? {
        return Ok(());
    }
    let message = "too many follow this suggestion already: try again in 20 s";
    Err(Failure::rejected(Rejection::TooManyRequests, message))
}

/// `DELETE /`: whoever asked wants it no more.
async fn cancel<D: Desk>(State(AppState { desk, .. }): State<AppState<D>>, headers: HeaderMap) -> Response {
    let cancelled = async {
        let (place, _, allowed) = admitted(&desk, &headers).await?;
        desk.cancel(&place).await?;
        Ok::<_, Failure>(allowed)
    };
    match cancelled.await {
        Ok(allowed) => {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            allow(answer.headers_mut(), allowed);
            answer
        }
        Err(failure) => ApiError(failure).into_response(),
    }
}

/// A browser's question beforehand. It bears no ticket: it is told what there is, and nothing of any stream.
async fn preflight(headers: HeaderMap) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    let said = answer.headers_mut();
    allow(said, headers.get(ORIGIN).cloned());
    said.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, DELETE"));
    said.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, last-event-id"));
    said.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    answer
}

/// The stream of the request's ticket, and the site that may read the answer.
async fn admitted<D: Desk>(
    desk: &D,
    headers: &HeaderMap,
) -> Result<(Place, SuggestionStream, Option<HeaderValue>), Failure> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ticket = bearer.strip_prefix("Bearer ").and_then(Place::read);
    let (place, secret) = ticket.ok_or_else(Failure::unauthorized)?;
    let stream = desk.find(&place).await?;
    let stream = stream.filter(|it| same(sha256_hex(secret).as_bytes(), it.secret_hash.as_bytes()));
    let stream = stream.ok_or_else(Failure::unauthorized)?;
    let origin = headers.get(ORIGIN).cloned();
    let is_who_asked = origin
        .as_ref()
        .is_none_or(|origin| stream.origin.as_deref().is_some_and(|asked| asked.as_bytes() == origin.as_bytes()));
    if !is_who_asked {
        let message = "this ticket was given to another site";
        return Err(Failure::rejected(Rejection::OriginNotAllowed, message));
    }
    Ok((place, stream, origin))
}

/// Lets the page at `origin` read the answer; cookies stay out of it.
fn allow(answer: &mut HeaderMap, origin: Option<HeaderValue>) {
    answer.insert(VARY, HeaderValue::from_static("origin"));
    answer.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(origin) = origin {
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
}
