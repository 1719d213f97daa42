//! What staff have read of a conversation, and who of them looks at it: `POST /v1/conversations/{id}/read` and `/presence`. Each person
//! speaks for themselves; neither changes the conversation.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::conversations::{Presence, ReadMark};
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::AccountId;
use domain::{ConversationId, Failure};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<crate::AppState> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(look_in, present))
}

/// How far someone has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reading {
    /// So many of its messages, as `message_count` counts them; fewer than before, and the others are unread again.
    #[schema(example = 12)]
    messages: u32,
}

/// What someone does there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LookingIn {
    /// Whether they are writing.
    #[serde(default)]
    #[schema(example = false)]
    writing: bool,
}

/// Who looks at a conversation.
#[derive(Serialize, ToSchema)]
struct Present {
    /// Each of them, who asks too.
    people: Vec<Presence>,
}

/// Say what you have read
///
/// Of a conversation, for the person who is signed in: what comes after is unread. A conversation without a new message for 30 days is
/// read.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/read", tag = "conversations", operation_id = "readConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = Reading,
    responses((status = 204, description = "It was stored")),
    security(("bearer" = ["conversations:read"]))
)]
async fn read(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(Reading { messages }): JsonBody<Reading>,
) -> Result<StatusCode, ApiError> {
    let (tenant, conversation) = (&caller.principal.tenant, ConversationId::parse(&id)?);
    let store = guard.store.conversations();
    let account = person(&caller, &guard, conversation).await?;
    store.mark_read(tenant, &ReadMark { account, conversation, messages, at: caller.trace.at }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look in
///
/// Says that the person who is signed in looks at a conversation, and whether they are writing. It holds for 30 seconds: a page says so
/// every 15.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/presence", tag = "conversations", operation_id = "lookIntoConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = LookingIn,
    responses((status = 204, description = "It was stored")),
    security(("bearer" = ["conversations:read"]))
)]
async fn look_in(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(LookingIn { writing }): JsonBody<LookingIn>,
) -> Result<StatusCode, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, ConversationId::parse(&id)?);
    let store = guard.store.conversations();
    let account = person(&caller, &guard, id).await?;
    store.look_in(tenant, id, account, writing, caller.trace.at).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// See who looks at a conversation
#[utoipa::path(
    get, path = "/v1/conversations/{id}/presence", tag = "conversations", operation_id = "listPresentInConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    responses((status = 200, description = "Who looks at it now", body = Present)),
    security(("bearer" = ["conversations:read"]))
)]
async fn present(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Present>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, ConversationId::parse(&id)?);
    Ok(Json(Present { people: guard.store.conversations().present(tenant, id, caller.trace.at).await? }))
}

/// Who is signed in. A program is no one, and another tenant's conversation is not there for one either.
async fn person(
    caller: &Caller<may::ReadConversations>,
    guard: &Guard,
    id: ConversationId,
) -> Result<AccountId, Failure> {
    if let Some(account) = caller.trace.actor.account() {
        return Ok(account);
    }
    let contact = guard.store.conversations().contact(&caller.principal.tenant, id).await?;
    contact.ok_or_else(|| Failure::not_found("conversation"))?;
    Err(Failure::rejected(Rejection::Invalid, "only a person who is signed in can do this: an API key cannot"))
}
