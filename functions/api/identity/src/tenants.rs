//! The tenants of a person, and how they get from one to another.

use api::{ApiError, Caller};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::identity::{may, second_factor_first};
use domain::{Failure, TenantId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::person::Person;
use crate::tokens::{self, Membership, Opening, Tokens};
use crate::{AppState, anonymous_caller, cookies, seats};

/// All tenants that a person belongs to; there are at most 30.
#[derive(Serialize, ToSchema)]
pub(crate) struct Memberships {
    /// By slug.
    items: Vec<Membership>,
}

/// The tenants that the person belongs to
#[utoipa::path(
    get, path = "/v1/account/tenants", tag = "account", operation_id = "listOwnTenants",
    responses((status = 200, description = "The tenants, and what the person is in each", body = Memberships)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn list(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Json<Memberships>, ApiError> {
    let memberships = app_state.guard.store.members().of_account(Person::of(&caller)?.account).await?;
    Ok(Json(Memberships { items: memberships.iter().map(Membership::from).collect() }))
}

/// Enter a tenant
///
/// Opens another session, in that tenant: for its members, for admins of the agency that looks after it, and for those who
/// run the platform. It is recorded there. A session that must set up a second factor first enters none.
#[utoipa::path(
    post, path = "/v1/account/tenants/{tenant}/enter", tag = "account", operation_id = "enterTenant",
    params(("tenant" = TenantId, Path, description = "The tenant's id")),
    responses((status = 200, description = "The tokens of a session in that tenant", body = Tokens)),
    security(("bearer" = ["tenants:enter"]))
)]
pub(crate) async fn enter(
    caller: Caller<may::EnterTenants>,
    State(app_state): State<AppState>,
    headers: HeaderMap,
    Path(tenant): Path<String>,
) -> Result<Response, ApiError> {
    let (store, person) = (&app_state.guard.store, Person::of(&caller)?);
    let no_such_tenant = || Failure::not_found("tenant");
    let tenant = TenantId::new(tenant).map_err(|_| no_such_tenant())?;
    let session = person.session(store).await?;
    let account = store.accounts().get(person.account).await?;
    let memberships = store.members().of_account(person.account).await?;
    // The token may be older than the tenant's demand for a second factor.
    let home = seats::seat(store, &account.value, &memberships, &caller.principal.tenant).await?;
    if home.ok_or_else(Failure::unauthorized)?.enrolling {
        return Err(second_factor_first().into());
    }
    let seat = seats::seat(store, &account.value, &memberships, &tenant).await?.ok_or_else(no_such_tenant)?;
    let opening = Opening {
        account: &account,
        memberships: &memberships,
        seat: &seat,
        from: Some(person.id),
        second_factor: session.second_factor,
        device: anonymous_caller::device(&headers),
        cookies: cookies::are_used(&headers),
        trace: &caller.trace,
    };
    Ok(tokens::open(&app_state, opening).await?)
}
