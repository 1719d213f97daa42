//! What staff note on a contact, for themselves and for whom they mention.

use api::{ApiError, Caller, Guard, JsonBody, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::ContactId;
use domain::identity::{AccountMail, may};
use domain::ids::AccountId;
use domain::leads::ContactNote;
use serde::Deserialize;
use store::Page;
use utoipa::ToSchema;

use crate::AppState;

/// A note for the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    /// What it says.
    #[schema(min_length = 1, max_length = 2000, example = "Prefers to be called after five.")]
    text: String,
    /// Members of the team whom it is meant for (`GET /v1/members`), at most 20. `@` and a name in the text mentions them too.
    #[serde(default)]
    #[schema(max_items = 20)]
    mentions: Vec<AccountId>,
}

/// Note something on a contact
///
/// For the staff alone: it is never sent, never shown to the customer, and no model reads it. Whom it mentions, by `mentions` or by `@` and
/// their name, gets a mail that leads to the contact and repeats nothing, at most one in ten minutes.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/notes", tag = "contacts", operation_id = "noteOnContact",
    params(("id" = ContactId, Path, description = "The contact")),
    request_body = NewNote,
    responses((status = 201, description = "The note", body = ContactNote)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn add(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(note): JsonBody<NewNote>,
) -> Result<(StatusCode, Json<ContactNote>), ApiError> {
    let id = ContactId::parse(&id)?;
    let (text, mentions) = (ContactNote::checked_text(&note.text)?, ContactNote::checked_mentions(&note.mentions)?);
    let (store, tenant, trace) = (&app_state.guard.store, &caller.principal.tenant, &caller.trace);
    caller.demand_reach(store, id).await?;
    let note = store.contacts().add_note(tenant, id, (text, &mentions), &caller.cause, trace).await?;
    let (team, contact) = (store.conversations(), note.contact);
    for member in team.to_tell_of_contact(tenant, contact, (&note.mentions, note.at), trace).await? {
        let mail = AccountMail::Mentioned { tenant: tenant.clone(), contact, email: member.email };
        app_state.mails.send_traced(&mail, &trace.correlation_id).await?;
        team.told_of_contact(tenant, contact, member.account, trace.at).await?;
    }
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
