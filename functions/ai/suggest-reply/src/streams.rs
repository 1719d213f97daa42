//! Gives the ticket with which a suggestion is heard while it is written: `POST /v1/conversations/{id}/suggestion-streams`.
//!
//! The stream is at another address, a Function URL, where no cookie of ours comes. Who asks and what they may do is decided here, behind the
//! guard; the ticket says no more than that it was, for one stream and a minute.

use api::{ApiError, Caller, HoldsSecret, JsonBody};
use auth::secrets::{random_token, sha256_hex};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use domain::conversations::suggestion::stream::{HeardSoFar, Place, StreamState, SuggestionStream, TICKET_FOR};
use domain::identity::may;
use domain::ids::SuggestionId;
use domain::{ConversationId, Failure};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{AppState, NewSuggestion};

/// Where a suggestion is heard while it is written, and with what.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestionTicket {
    /// Of the suggestion that will be made.
    id: SuggestionId,
    /// `GET` it with the ticket as the bearer's token; `DELETE` it likewise, and no more is written.
    #[schema(example = "https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws/")]
    url: String,
    /// Good for this stream alone, and only from the site that asked. It is not shown again.
    #[schema(
        example = "acme.6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9.0d7a3f52-46a1-5c0e-8a43-9e1c5d2b7f60.uY3v0Zk2mA9xQ4rT6wE8sD1fG5hJ7kL0"
    )]
    ticket: String,
    /// Until when it begins the stream (UTC). What was begun may be followed for five minutes.
    expires_at: Timestamp,
}

/// Suggest a reply, and hear it while it is written
///
/// Gives an address that sends the suggestion as server-sent events: `tool` (`started`: what was heard before is void; `finished`), `token`
/// (the next characters, unchecked: show them, and use nothing of them), `usage`, and in the end `done` with the suggestion itself, checked,
/// or `error`. A remark comes when nothing was to be said for 10 seconds. Who reconnects with `Last-Event-ID` gets what is missing. Nothing
/// is asked of a model before the address is called. 404 where this installation does not stream: then ask for the whole suggestion.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/suggestion-streams", tag = "conversations", operation_id = "streamSuggestion",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = NewSuggestion,
    responses((status = 201, description = "Where it is heard", body = SuggestionTicket)),
    security(("bearer" = ["conversations:write"]))
)]
pub(crate) async fn ask(
    caller: Caller<may::WriteConversations>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    JsonBody(new): JsonBody<NewSuggestion>,
) -> Result<HoldsSecret<(StatusCode, Json<SuggestionTicket>)>, ApiError> {
    let (tenant, conversation) = (caller.tenant()?, ConversationId::parse(&id)?);
    let store = &app_state.guard.store;
    caller.demand_reach(store, conversation).await?;
    store.conversations().writable(tenant, conversation, &caller.trace).await?;
    let url = app_state.streamed_at.clone().ok_or_else(|| Failure::not_found("stream"))?;
    let id = SuggestionId::derive(&tenant.id, &[&conversation.to_string(), &caller.cause]);
    let secret = random_token("")?;
    let at = caller.trace.at;
    let stream = SuggestionStream {
        id,
        conversation,
        asked_by: caller.trace.actor.clone(),
        correlation_id: caller.trace.correlation_id.clone(),
        instead_of: new.instead_of,
        secret_hash: sha256_hex(secret.expose_secret()),
        origin: headers.get(ORIGIN).and_then(|origin| origin.to_str().ok()).map(str::to_owned),
        at,
        state: StreamState::Asked,
        lease_until: None,
        heard: HeardSoFar::default(),
        problem: None,
    };
    store.conversations().ask_for_stream(&tenant.id, &stream).await?;
    let place = Place { tenant: tenant.id.clone(), conversation, id };
    let ticket = place.ticket(secret.expose_secret());
    Ok(HoldsSecret((StatusCode::CREATED, Json(SuggestionTicket { id, url, ticket, expires_at: at + TICKET_FOR }))))
}
