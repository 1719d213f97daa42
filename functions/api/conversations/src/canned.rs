//! Answers that staff keep to insert while they write: `/v1/canned-answers`, and how one reads in a conversation.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::identity::may;
use domain::ids::CannedAnswerId;
use domain::turns::canned::{CannedAnswer, FilledIn};
use domain::{ConversationId, Failure, TenantId};
use serde::Deserialize;
use store::{Page, Store, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, replace, remove)).routes(routes!(fill_in))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PageQuery {
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// List canned answers
#[utoipa::path(
    get, path = "/v1/canned-answers", tag = "conversations", operation_id = "listCannedAnswers",
    params(PageQuery),
    responses((status = 200, description = "A page of canned answers, by id", body = Page<CannedAnswer>)),
    security(("bearer" = ["conversations:read"]))
)]
async fn list(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<Versioned<CannedAnswer>>>, ApiError> {
    let limit = page_size(query.limit.as_deref())?;
    Ok(Json(guard.store.documents().list(&caller.principal.tenant, limit, query.cursor.as_deref()).await?))
}

/// Get a canned answer
#[utoipa::path(
    get, path = "/v1/canned-answers/{id}", tag = "conversations", operation_id = "getCannedAnswer",
    params(("id" = CannedAnswerId, Path, description = "Which")),
    responses((status = 200, description = "The answer", body = CannedAnswer, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["conversations:read"]))
)]
async fn show(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<CannedAnswer>, ApiError> {
    Ok(Tagged(guard.store.documents().get(&caller.principal.tenant, known(&id)?.as_str()).await?))
}

/// Keep a canned answer
///
/// At most 200 of a tenant, each with a name of its own.
#[utoipa::path(
    post, path = "/v1/canned-answers", tag = "conversations", operation_id = "createCannedAnswer",
    request_body = CannedAnswer,
    responses((status = 201, description = "Kept", body = CannedAnswer, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
async fn create(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<CannedAnswer>,
) -> Result<Created<CannedAnswer>, ApiError> {
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    let value = guard.store.documents().create(tenant, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/canned-answers/{}", wanted.id), value })
}

/// Replace a canned answer
#[utoipa::path(
    put, path = "/v1/canned-answers/{id}", tag = "conversations", operation_id = "replaceCannedAnswer",
    params(
        ("id" = CannedAnswerId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = CannedAnswer,
    responses((status = 200, description = "As it is now", body = CannedAnswer, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
async fn replace(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<CannedAnswer>,
) -> Result<Tagged<CannedAnswer>, ApiError> {
    if known(&id)? != wanted.id {
        return Err(Failure::invalid("id", "id must be the one in the address").into());
    }
    let tenant = &caller.principal.tenant;
    check(&guard.store, tenant, &wanted).await?;
    Ok(Tagged(guard.store.documents().replace(tenant, &wanted, version, &caller.trace).await?))
}

/// Remove a canned answer
#[utoipa::path(
    delete, path = "/v1/canned-answers/{id}", tag = "conversations", operation_id = "removeCannedAnswer",
    params(
        ("id" = CannedAnswerId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    responses((status = 204, description = "Removed")),
    security(("bearer" = ["settings:write"]))
)]
async fn remove(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, known(&id)?);
    guard.store.documents().remove::<CannedAnswer>(tenant, id.as_str(), version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Fill a canned answer in
///
/// As it reads in a conversation: with the customer's name, their next appointment, or the quote or invoice that is open. What nothing is
/// known for stays in its braces, and `missing` names it. Nothing is sent.
#[utoipa::path(
    get, path = "/v1/conversations/{id}/canned-answers/{answer}", tag = "conversations", operation_id = "fillInCannedAnswer",
    params(
        ("id" = ConversationId, Path, description = "The conversation"),
        ("answer" = CannedAnswerId, Path, description = "The canned answer"),
    ),
    responses((status = 200, description = "Its text for this customer", body = FilledIn)),
    security(("bearer" = ["conversations:read"]))
)]
async fn fill_in(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path((id, answer)): Path<(String, String)>,
) -> Result<Json<FilledIn>, ApiError> {
    let (id, answer) = (ConversationId::parse(&id)?, known(&answer)?);
    let store = guard.store.conversations();
    Ok(Json(store.filled_in(caller.tenant()?, id, &answer, caller.trace.at).await?))
}

/// An id out of an address: what cannot be one names nothing.
fn known(id: &str) -> Result<CannedAnswerId, Failure> {
    CannedAnswerId::new(id).map_err(|_| Failure::not_found("canned_answer"))
}

/// Refuses one that does not fit among the others. It guards against slips: two that come at the same moment do not see each other.
async fn check(store: &Store, tenant: &TenantId, wanted: &CannedAnswer) -> Result<(), Failure> {
    wanted.validate()?;
    wanted.fits(&store.documents().all::<CannedAnswer>(tenant).await?)
}
