//! What can be booked.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Failure;
use domain::identity::may;
use domain::ids::ResourceId;
use domain::scheduling::Resource;
use domain::tenancy::Tenant;
use serde::Deserialize;
use store::{Page, Store, Versioned};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// List resources
#[utoipa::path(
    get, path = "/v1/resources", tag = "schedule", operation_id = "listResources",
    params(ListQuery),
    responses((status = 200, description = "A page of resources, by id", body = Page<Resource>)),
    security(("bearer" = ["schedule:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSchedule>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Versioned<Resource>>>, ApiError> {
    let (tenant, limit) = (&caller.principal.tenant, page_size(query.limit.as_deref())?);
    Ok(Json(guard.store.documents().list(tenant, limit, query.cursor.as_deref()).await?))
}

/// Get a resource
#[utoipa::path(
    get, path = "/v1/resources/{id}", tag = "schedule", operation_id = "getResource",
    params(("id" = ResourceId, Path, description = "Which")),
    responses((status = 200, description = "The resource", body = Resource, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["schedule:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Resource>, ApiError> {
    Ok(Tagged(guard.store.documents().get(&caller.principal.tenant, &known(&id)?).await?))
}

/// Add a resource
///
/// A person, a crew, a bay, a room, a vehicle: what is in one place at a time. A tenant has at most 200.
#[utoipa::path(
    post, path = "/v1/resources", tag = "schedule", operation_id = "createResource",
    request_body = Resource,
    responses((status = 201, description = "Added", body = Resource, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<Resource>,
) -> Result<Created<Resource>, ApiError> {
    let tenant = caller.tenant()?;
    check(&guard.store, tenant, &wanted).await?;
    let value = guard.store.resources().create(&tenant.id, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/resources/{}", wanted.id), value })
}

/// Replace a resource
///
/// What is booked already stays booked.
#[utoipa::path(
    put, path = "/v1/resources/{id}", tag = "schedule", operation_id = "replaceResource",
    params(
        ("id" = ResourceId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = Resource,
    responses((status = 200, description = "As it is now", body = Resource, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<Resource>,
) -> Result<Tagged<Resource>, ApiError> {
    if known(&id)? != wanted.id.as_str() {
        return Err(Failure::invalid("id", "id must be the one in the address").into());
    }
    let tenant = caller.tenant()?;
    check(&guard.store, tenant, &wanted).await?;
    Ok(Tagged(guard.store.documents().replace(&tenant.id, &wanted, version, &caller.trace).await?))
}

/// Remove a resource
///
/// It is booked no more; what is booked already stays. To take it out for a while, set `active` or `time_off`.
#[utoipa::path(
    delete, path = "/v1/resources/{id}", tag = "schedule", operation_id = "removeResource",
    params(
        ("id" = ResourceId, Path, description = "Which"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    responses((status = 204, description = "Removed")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    guard.store.documents().remove::<Resource>(&caller.principal.tenant, &known(&id)?, version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An id out of an address: what cannot be one names nothing.
fn known(id: &str) -> Result<String, Failure> {
    ResourceId::new(id).map(String::from).map_err(|_| Failure::not_found("resource"))
}

async fn check(store: &Store, tenant: &Tenant, wanted: &Resource) -> Result<(), Failure> {
    wanted.validate(tenant, &store.tenants().locations(&tenant.id).await?)
}
