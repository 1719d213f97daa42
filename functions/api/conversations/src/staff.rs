//! What staff do in a conversation: `POST /v1/conversations/{id}/messages`, `/notes`, `/take-over`, `/hand-back`, `/assign`, `/resolve`
//! and `/snooze`; and that they do not want what was proposed to them.
//!
//! A step says how the conversation is to be, not what to change in it. So it names no version, and a repeat changes nothing. A message or
//! a note is made once for an `Idempotency-Key`.

use api::{ApiError, Caller, Guard, JsonBody, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::conversations::{Conversation, Message, Note, NoticeKind, Step};
use domain::identity::may;
use domain::ids::{AccountId, SuggestionId};
use domain::turns::replying::{self, Words};
use domain::{ConversationId, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use store::{StaffReply, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::attachments::NamedFile;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(write))
        .routes(routes!(note))
        .routes(routes!(take_over))
        .routes(routes!(hand_back))
        .routes(routes!(assign))
        .routes(routes!(resolve_conversation))
        .routes(routes!(snooze))
        .routes(routes!(dismiss))
}

/// A message to the customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Writing {
    /// What they read; a message has this or a template.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 1600, example = "We will be with you at three.")]
    text: Option<String>,
    /// The name of one of `channels.whatsapp.templates`, to be filled in for them: by WhatsApp, where 24 hours have passed since they wrote.
    #[serde(default)]
    #[schema(max_length = 512)]
    template: Option<String>,
    /// A file that goes along: then the text may be left out, and its name stands in its place.
    #[serde(default)]
    file: Option<NamedFile>,
    /// What was proposed (`POST /v1/conversations/{id}/suggestions`), where the text was made of that: what staff made of it is recorded
    /// with the message. One that is gone by now is passed over.
    #[serde(default)]
    suggestion_id: Option<SuggestionId>,
}

impl Writing {
    /// What they want to say.
    fn words(&self) -> Result<Words<'_>, Failure> {
        let text = self.text.as_deref().filter(|text| self.file.is_none() || !text.trim().is_empty());
        match (text, &self.template, &self.file) {
            (Some(text), None, _) => replying::text(text).map(Words::Own),
            (None, None, Some(file)) => replying::text(&file.name).map(Words::Own),
            (None, Some(name), None) => Ok(Words::Template(name)),
            (_, Some(_), Some(_)) => Err(Failure::invalid("file", "a template cannot be sent with files")),
            _ => Err(Failure::invalid("text", "a message has either text or template")),
        }
    }
}

/// A note for the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Noting {
    /// What it says.
    #[schema(min_length = 1, max_length = 2000, example = "She has two dogs: ring before you come in.")]
    text: String,
}

/// Whose the conversation is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assigning {
    /// A member of the team (`GET /v1/members`), or null: no one's.
    #[serde(deserialize_with = "given")]
    #[schema(required = true)]
    account: Option<AccountId>,
}

/// When the conversation comes up again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Snoozing {
    /// Within a year, to the second.
    #[schema(value_type = String, format = DateTime, example = "2026-11-23T15:00:00Z")]
    until: Timestamp,
}

/// A field that is null only where it says so.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<AccountId>, D::Error> {
    Option::deserialize(from)
}

/// Write to the customer
///
/// On the channel and to the address that they wrote from, through the same gate as every message: in quiet hours it waits, unless
/// it answers what they wrote within half an hour. What the gate would never let out (they asked for no more messages, WhatsApp's 24
/// hours are over, the channel is not configured) is a 409 `message_refused` that says why, and nothing is stored. An approved template goes
/// out when those hours are over too. A file goes along where the channel takes one of its kind and size: by WhatsApp and MMS as such, by e-mail
/// attached, in a chat as a link. The conversation is taken over with it.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/messages", tag = "conversations", operation_id = "writeToCustomer",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = Writing,
    responses((status = 201, description = "The message, which waits to be sent", body = Message)),
    security(("bearer" = ["conversations:write"]))
)]
async fn write(
    caller: Caller<may::WriteConversations>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(writing): JsonBody<Writing>,
) -> Result<(StatusCode, Json<Message>), ApiError> {
    let (id, words, tenant) = (ConversationId::parse(&id)?, writing.words()?, caller.tenant()?);
    caller.demand_reach(&app_state.guard.store, id).await?;
    let file = match (&writing.file, words) {
        (Some(file), Words::Own(text)) => Some(app_state.keep(&caller, id, file, text).await?),
        _ => None,
    };
    // A template and the name of a file are no one's words.
    let suggestion = writing.suggestion_id.filter(|_| writing.text.is_some());
    let reply = StaffReply { words, file: file.as_ref(), suggestion };
    let message = app_state.guard.store.conversations().reply(tenant, id, reply, &caller.cause, &caller.trace).await?;
    Ok((StatusCode::CREATED, Json(message)))
}

/// Note something
///
/// For the staff alone: it is never sent, never shown to the customer, and no model reads it. `@` and the name of a member of the team
/// mentions them: they get a mail that leads here and repeats nothing, at most one in ten minutes.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/notes", tag = "conversations", operation_id = "noteOnConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = Noting,
    responses((status = 201, description = "The note", body = Note)),
    security(("bearer" = ["conversations:write"]))
)]
async fn note(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(noting): JsonBody<Noting>,
) -> Result<(StatusCode, Json<Note>), ApiError> {
    let (id, text) = (ConversationId::parse(&id)?, noting.text.trim());
    if !(1..=Note::MAX_CHARS).contains(&text.chars().count()) {
        return Err(Failure::invalid("text", format!("text must have 1 to {} characters", Note::MAX_CHARS)).into());
    }
    caller.demand_reach(&guard.store, id).await?;
    let tenant = &caller.principal.tenant;
    let note = guard.store.conversations().add_note(tenant, id, text, &caller.cause, &caller.trace).await?;
    tell(&caller, &guard, id, (&note.mentions, NoticeKind::Mentioned)).await?;
    Ok((StatusCode::CREATED, Json(note)))
}

/// Take a conversation over
///
/// It is the caller's from now on, and the assistant is quiet in it: what the customer writes is stored and told to staff. STOP, codes and
/// emergencies are dealt with as ever.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/take-over", tag = "conversations", operation_id = "takeOverConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    responses((status = 200, description = "The conversation as it is now", body = Conversation, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:write"]))
)]
async fn take_over(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Conversation>, ApiError> {
    let by = caller.trace.actor.account();
    handle(&caller, &guard, &id, &Step::TakeOver { by }).await
}

/// Hand a conversation back
///
/// The assistant answers what the customer writes next. It knows what was said meanwhile, and asks nothing again that it had asked twice.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/hand-back", tag = "conversations", operation_id = "handBackConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    responses((status = 200, description = "The conversation as it is now", body = Conversation, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:write"]))
)]
async fn hand_back(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Conversation>, ApiError> {
    handle(&caller, &guard, &id, &Step::HandBack).await
}

/// Assign a conversation
///
/// To a member of the team who may write to customers, or to no one. Who answers in it stays as it is. A resolved conversation that is given
/// to someone is open again. They get a mail that leads here, at
/// most one in ten minutes and thirty at once for all conversations, unless it is their own doing or was theirs before.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/assign", tag = "conversations", operation_id = "assignConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = Assigning,
    responses((status = 200, description = "The conversation as it is now", body = Conversation, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:write"]))
)]
async fn assign(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(assigning): JsonBody<Assigning>,
) -> Result<Tagged<Conversation>, ApiError> {
    let (thread, before) = step(&caller, &guard, &id, &Step::Assign { to: assigning.account }).await?;
    if before != assigning.account {
        tell(&caller, &guard, thread.id, (assigning.account.as_slice(), NoticeKind::Assigned)).await?;
    }
    Ok(tagged(thread))
}

/// Resolve a conversation
///
/// Staff are done with it: its open escalation is resolved with it, no one waits any more, and the assistant answers what the customer
/// writes next. That message opens it again.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/resolve", tag = "conversations", operation_id = "resolveConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    responses((status = 200, description = "The conversation as it is now", body = Conversation, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:write"]))
)]
async fn resolve_conversation(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Conversation>, ApiError> {
    handle(&caller, &guard, &id, &Step::Resolve).await
}

/// Snooze a conversation
///
/// It is in no queue until then, or until the customer writes. Its clock goes on, and so does whoever answers in it.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/snooze", tag = "conversations", operation_id = "snoozeConversation",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = Snoozing,
    responses((status = 200, description = "The conversation as it is now", body = Conversation, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:write"]))
)]
async fn snooze(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(snoozing): JsonBody<Snoozing>,
) -> Result<Tagged<Conversation>, ApiError> {
    handle(&caller, &guard, &id, &Step::Snooze { until: snoozing.until }).await
}

/// Dismiss a suggestion
///
/// Says that what was proposed (`POST /v1/conversations/{id}/suggestions`) is not wanted. It is recorded once: again, or after it was sent,
/// changes nothing.
#[utoipa::path(
    delete, path = "/v1/conversations/{id}/suggestions/{suggestion}", tag = "conversations", operation_id = "dismissSuggestion",
    params(
        ("id" = ConversationId, Path, description = "The conversation"),
        ("suggestion" = SuggestionId, Path, description = "The suggestion"),
    ),
    responses((status = 204, description = "It was stored")),
    security(("bearer" = ["conversations:write"]))
)]
async fn dismiss(
    caller: Caller<may::WriteConversations>,
    State(guard): State<Guard>,
    Path((id, suggestion)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (id, suggestion) = (ConversationId::parse(&id)?, SuggestionId::parse(&suggestion)?);
    caller.demand_reach(&guard.store, id).await?;
    let tenant = &caller.principal.tenant;
    guard.store.conversations().dismiss_suggestion(tenant, id, suggestion, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails whoever of `people` is to know of the conversation.
async fn tell(
    caller: &Caller<may::WriteConversations>,
    guard: &Guard,
    id: ConversationId,
    people: (&[AccountId], NoticeKind),
) -> Result<(), Failure> {
    let because = (caller.cause.as_str(), guard.own_origins.first().map(String::as_str));
    guard.store.conversations().tell(caller.tenant()?, id, people, because, &caller.trace).await
}

/// Does `step` to the conversation `id`.
async fn handle(
    caller: &Caller<may::WriteConversations>,
    guard: &Guard,
    id: &str,
    step: &Step,
) -> Result<Tagged<Conversation>, ApiError> {
    Ok(tagged(self::step(caller, guard, id, step).await?.0))
}

/// The same, with whose it was before.
async fn step(
    caller: &Caller<may::WriteConversations>,
    guard: &Guard,
    id: &str,
    step: &Step,
) -> Result<(Conversation, Option<AccountId>), Failure> {
    let (tenant, id) = (&caller.principal.tenant, ConversationId::parse(id)?);
    caller.demand_reach(&guard.store, id).await?;
    guard.store.conversations().handle(tenant, id, step, &caller.trace).await
}

fn tagged(thread: Conversation) -> Tagged<Conversation> {
    Tagged(Versioned { version: thread.version, value: thread })
}
