//! Contacts that may be the same person: shown with both sides, merged by one call and taken apart by another.

use api::{ApiError, Caller, Guard, JsonBody, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::identity::may;
use domain::leads::Contact;
use domain::{ContactId, Failure};
use serde::Deserialize;
use store::{Duplicate, Page};
use utoipa::ToSchema;

/// The other contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherContact {
    /// The contact.
    #[schema(value_type = ContactId)]
    contact: String,
}

/// List possible duplicates
///
/// Pairs of contacts that came with the same address, with both sides. Two contacts with addresses of their own are never merged
/// by themselves: a family shares a number, and anybody can type an address into a form.
#[utoipa::path(
    get, path = "/v1/duplicates", tag = "contacts", operation_id = "listDuplicates",
    params(PageQuery),
    responses((status = 200, description = "A page of pairs", body = Page<Duplicate>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Duplicate>>, ApiError> {
    let (limit, cursor) = page.read()?;
    Ok(Json(guard.store.people().possible_duplicates(&caller.principal.tenant, limit, cursor).await?))
}

/// Merge two contacts
///
/// They are the same person: the one that wrote first goes on, with the addresses, threads and open lead of both. The id of the
/// other one leads there. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/merge", tag = "contacts", operation_id = "mergeContacts",
    params(("id" = ContactId, Path, description = "The contact's id")),
    request_body = OtherContact,
    responses((status = 200, description = "The contact that goes on", body = Contact)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn merge(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(other): JsonBody<OtherContact>,
) -> Result<Json<Contact>, ApiError> {
    let (one, other) = (ContactId::parse(&id)?, ContactId::parse(&other.contact)?);
    demand_both(&caller, &guard, one, other).await?;
    Ok(Json(guard.store.people().merge(&caller.principal.tenant, one, other, &caller.trace).await?))
}

/// Take a contact apart
///
/// Takes a contact out of the one that it was merged into: it gets its addresses back, its lead as it was, and every thread that
/// was held with its addresses, before the merge and since. What was refused stays refused for both. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/take-apart", tag = "contacts", operation_id = "takeContactApart",
    params(("id" = ContactId, Path, description = "The contact that was merged into another one")),
    responses((status = 200, description = "The contact, on its own again", body = Contact)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn take_apart(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Contact>, ApiError> {
    let id = ContactId::parse(&id)?;
    caller.demand_reach(&guard.store, id).await?;
    Ok(Json(guard.store.people().take_apart(&caller.principal.tenant, id, &caller.trace).await?))
}

/// Say that two contacts are different people
///
/// The pair is not shown again.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/not-duplicate", tag = "contacts", operation_id = "notDuplicate",
    params(("id" = ContactId, Path, description = "The contact's id")),
    request_body = OtherContact,
    responses((status = 204, description = "It was stored")),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn not_duplicate(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(other): JsonBody<OtherContact>,
) -> Result<StatusCode, ApiError> {
    let (one, other) = (ContactId::parse(&id)?, ContactId::parse(&other.contact)?);
    demand_both(&caller, &guard, one, other).await?;
    guard.store.people().not_duplicates(&caller.principal.tenant, one, other, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Demands that a test key may change both of two contacts.
async fn demand_both(
    caller: &Caller<may::WriteLeads>,
    guard: &Guard,
    one: ContactId,
    other: ContactId,
) -> Result<(), Failure> {
    caller.demand_reach(&guard.store, one).await?;
    caller.demand_reach(&guard.store, other).await
}
