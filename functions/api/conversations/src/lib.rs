//! A tenant's conversations: `GET /v1/conversations`, `GET /v1/conversations/{id}` with its messages by pages, what staff do in
//! one (`staff`, with files: `attachments`) and have read of it (`attention`), the answers that they keep for it (`canned`), `GET /v1/escalations`, and the end of an
//! escalation.
//!
//! The tenant is the one of the caller's credential. A conversation of another tenant is a 404.

mod attachments;
mod attention;
mod canned;
mod staff;

use api::{ApiError, Caller, Expand, Expandable, Guard, JsonBody, PageQuery, Parameters, Tagged, flag, page_size};
use aws_config::SdkConfig;
use axum::extract::{FromRef, Path, State};
use axum::{Json, Router};
use domain::conversations::{Conversation, ConversationStatus, Escalation, EscalationStatus, MAX_NOTE};
use domain::identity::may;
use domain::ids::AccountId;
use domain::messaging::Channel;
use domain::{ConversationId, EscalationId, Failure};
use files::Files;
use serde::Deserialize;
use store::{Page, Queue, Replay, ThreadFilter, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Messages of a replay where the caller does not say.
const MESSAGES_ON_A_PAGE: usize = 100;
const STATUSES: [&str; 3] = ["active", "escalated", "ended"];
const QUEUES: [&str; 6] = ["all", "mine", "unassigned", "escalated", "snoozed", "resolved"];
const CHANNELS: [&str; 4] = ["whatsapp", "sms", "email", "chat"];
const ESCALATION_STATUSES: [&str; 2] = ["pending", "resolved"];

/// What the handlers need: the guard with the table, and the bucket. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The bucket.
    pub files: Files,
}

impl AppState {
    /// As the environment says: what the guard needs, `FILES_BUCKET` and `CREDENTIALS_KEY_ID`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let files = Files::new(config, runtime::env::required("FILES_BUCKET")?);
        let guard = Guard::from_env(config)?;
        // It makes the key that signs the links to appointments, where there is none.
        let store = guard.store.sealing_with(runtime::env::required("CREDENTIALS_KEY_ID")?);
        Ok(Self { guard: Guard { store, ..guard }, files })
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(replay))
        .merge(staff::routes())
        .routes(routes!(attachments::begin))
        .merge(attention::routes())
        .merge(canned::routes())
        .routes(routes!(escalations))
        .routes(routes!(resolve))
}

/// The routes for the customer of a chat, who has no credential.
pub fn public_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(attachments::of_chat))
}

/// All of them, behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), public_routes(), app_state)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only with this status.
    #[param(value_type = Option<ConversationStatus>, example = "escalated")]
    status: Option<String>,
    /// Only on this channel.
    #[param(value_type = Option<Channel>, example = "sms")]
    channel: Option<String>,
    /// Only those that wait for someone: `mine`, the caller's own; `unassigned`, no one's though a person is wanted; `escalated`, for
    /// which a person was called; or those that staff have put off (`snoozed`) or are done with (`resolved`).
    #[param(inline, value_type = Option<QueueName>, example = "unassigned")]
    queue: Option<String>,
    /// Only with messages that the caller has not read.
    #[param(value_type = Option<bool>, example = true)]
    unread: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct EscalationQuery {
    /// Only with this status.
    #[param(value_type = Option<EscalationStatus>, example = "pending")]
    status: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ReplayQuery {
    /// Messages on a page; 100 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 100)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// A queue of the inbox.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "the document names the values; the handler reads the text")]
enum QueueName {
    All,
    Mine,
    Unassigned,
    Escalated,
    Snoozed,
    Resolved,
}

/// What was done about an escalation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resolving {
    /// In the words of who resolves it.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Called back; the leak is being fixed today.")]
    note: String,
}

/// List conversations
///
/// Newest activity first. A filter that matches little may give short pages: the list ends where there is no cursor.
#[utoipa::path(
    get, path = "/v1/conversations", tag = "conversations", operation_id = "listConversations",
    params(ListQuery, Expand<Conversation>, PageQuery),
    responses((status = 200, description = "A page of conversations", body = Page<Expandable<Conversation>>)),
    security(("bearer" = ["conversations:read"]))
)]
async fn list(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
    expand: Expand<Conversation>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Expandable<Conversation>>>, ApiError> {
    let status = one_of("status", query.status.as_deref(), &STATUSES)?;
    let channel = one_of("channel", query.channel.as_deref(), &CHANNELS)?;
    let (limit, cursor) = page.read()?;
    let queue = queue(query.queue.as_deref(), &caller)?.map(|queue| (queue, caller.trace.at));
    let unread_by = flag("unread", query.unread.as_deref())?.then(|| person("unread=true", &caller)).transpose()?;
    let unread_by = unread_by.map(|person| (person, caller.trace.at));
    let filter = ThreadFilter { status, channel, queue, unread_by };
    let tenant = &caller.principal.tenant;
    let page = guard.store.conversations().list(tenant, filter, limit, cursor).await?;
    Ok(Json(expand.page(&guard.store, tenant, page).await?))
}

/// The queue of that name; `None`: everything.
fn queue<R>(name: Option<&str>, caller: &Caller<R>) -> Result<Option<Queue>, Failure> {
    Ok(match one_of("queue", name, &QUEUES)? {
        Some("mine") => Some(Queue::Mine(person("queue=mine", caller)?)),
        Some("unassigned") => Some(Queue::Unassigned),
        Some("escalated") => Some(Queue::Escalated),
        Some("snoozed") => Some(Queue::Snoozed),
        Some("resolved") => Some(Queue::Resolved),
        _ => None,
    })
}

/// Who asks for `what`, which is a person's.
fn person<R>(what: &str, caller: &Caller<R>) -> Result<AccountId, Failure> {
    let nobodys = || {
        let field = what.split('=').next().unwrap_or(what);
        Failure::invalid(field, format!("{what} is a person's: an API key has none"))
    };
    caller.trace.actor.account().ok_or_else(nobodys)
}

/// Replay a conversation
///
/// The thread with its messages, oldest first, 100 on a page: what the customer wrote, what was answered, by whom, why, and what
/// became of it. A `cursor` leads to the messages after those. The notes of the staff come with the first page.
#[utoipa::path(
    get, path = "/v1/conversations/{id}", tag = "conversations", operation_id = "getConversation",
    params(("id" = ConversationId, Path, description = "The conversation"), ReplayQuery, Expand<Replay>),
    responses((status = 200, description = "The conversation", body = Expandable<Replay>, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:read"]))
)]
async fn replay(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Parameters(query): Parameters<ReplayQuery>,
    expand: Expand<Replay>,
) -> Result<Tagged<Expandable<Replay>>, ApiError> {
    let limit = query.limit.as_deref().map_or(Ok(MESSAGES_ON_A_PAGE), |limit| page_size(Some(limit)))?;
    let (tenant, id) = (&caller.principal.tenant, ConversationId::parse(&id)?);
    let replay = guard.store.conversations().page(tenant, id, limit, query.cursor.as_deref()).await?;
    let version = replay.conversation.version;
    Ok(Tagged(Versioned { version, value: expand.one(&guard.store, tenant, replay).await? }))
}

/// List escalations
///
/// What waits for a person, and what was dealt with; newest first.
#[utoipa::path(
    get, path = "/v1/escalations", tag = "conversations", operation_id = "listEscalations",
    params(EscalationQuery, PageQuery),
    responses((status = 200, description = "A page of escalations", body = Page<Escalation>)),
    security(("bearer" = ["conversations:read"]))
)]
async fn escalations(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<EscalationQuery>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Escalation>>, ApiError> {
    let status = one_of("status", query.status.as_deref(), &ESCALATION_STATUSES)?;
    let (limit, cursor) = page.read()?;
    Ok(Json(guard.store.escalations().list(&caller.principal.tenant, status, limit, cursor).await?))
}

/// Resolve an escalation
///
/// Its conversation goes on as any other, and what calls for a person from now on calls for one again. Resolved twice, it
/// stays as it was resolved first.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/escalations/{escalation}/resolve", tag = "conversations",
    operation_id = "resolveEscalation",
    params(
        ("id" = ConversationId, Path, description = "The conversation"),
        ("escalation" = EscalationId, Path, description = "The escalation"),
    ),
    request_body = Resolving,
    responses((status = 200, description = "The escalation as it is now", body = Escalation)),
    security(("bearer" = ["leads:write"]))
)]
async fn resolve(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path((id, escalation)): Path<(String, String)>,
    JsonBody(resolving): JsonBody<Resolving>,
) -> Result<Json<Escalation>, ApiError> {
    if resolving.note.chars().count() > MAX_NOTE {
        return Err(Failure::invalid("note", format!("note may have at most {MAX_NOTE} characters")).into());
    }
    let (id, escalation) = (ConversationId::parse(&id)?, EscalationId::parse(&escalation)?);
    caller.demand_reach(&guard.store, id).await?;
    let tenant = &caller.principal.tenant;
    Ok(Json(guard.store.escalations().resolve(tenant, id, escalation, &resolving.note, &caller.trace).await?))
}

/// A filter's value, if it is one of `known`.
fn one_of<'a>(field: &str, value: Option<&'a str>, known: &[&str]) -> Result<Option<&'a str>, Failure> {
    match value {
        Some(value) if !known.contains(&value) => {
            Err(Failure::invalid(field, format!("{field} must be one of {}", known.join(", "))))
        }
        value => Ok(value),
    }
}
