//! What staff note on a contact, for themselves and for whom they mention.

use api::{ApiError, Caller, Guard, JsonBody, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::ContactId;
use domain::identity::may;
use domain::ids::AccountId;
use domain::leads::ContactNote;
use serde::Deserialize;
use store::Page;
use utoipa::ToSchema;

/// A note for the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    /// What it says.
    #[schema(min_length = 1, max_length = 2000, example = "Prefers to be called after five.")]
    text: String,
    /// Members of the team whom it is meant for (`GET /v1/members`), at most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    mentions: Vec<AccountId>,
}

/// Note something on a contact
///
/// For the staff alone: it is never sent, never shown to the customer, and no model reads it.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/notes", tag = "contacts", operation_id = "noteOnContact",
    params(("id" = ContactId, Path, description = "The contact")),
    request_body = NewNote,
    responses((status = 201, description = "The note", body = ContactNote)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn add(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(note): JsonBody<NewNote>,
) -> Result<(StatusCode, Json<ContactNote>), ApiError> {
    let id = ContactId::parse(&id)?;
    let (text, mentions) = (ContactNote::checked_text(&note.text)?, ContactNote::checked_mentions(&note.mentions)?);
    caller.demand_reach(&guard.store, id).await?;
    let store = guard.store.contacts();
    let note = store.add_note(&caller.principal.tenant, id, (text, &mentions), &caller.cause, &caller.trace).await?;
    Ok((StatusCode::CREATED, Json(note)))
}

/// List the notes on a contact
///
/// Newest first, also those on contacts that were merged into this one.
#[utoipa::path(
    get, path = "/v1/contacts/{id}/notes", tag = "contacts", operation_id = "listContactNotes",
    params(("id" = ContactId, Path, description = "The contact"), PageQuery),
    responses((status = 200, description = "A page of notes", body = Page<ContactNote>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<ContactNote>>, ApiError> {
    let (id, (limit, cursor)) = (ContactId::parse(&id)?, query.read()?);
    Ok(Json(guard.store.contacts().notes(&caller.principal.tenant, id, limit, cursor).await?))
}
