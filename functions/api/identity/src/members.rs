//! Who belongs to the tenant. No one gives or takes a role above their own, nor changes what they are themselves.

use api::{ApiError, Caller, IfMatch, JsonBody, PageQuery, Parameters, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{AuditAction, Member, Role, may};
use domain::ids::{AccountId, LocationId};
use serde::Deserialize;
use store::{Page, Versioned};
use utoipa::ToSchema;

use crate::AppState;
use crate::grants::{demand_locations, demand_may_give, demand_may_take};
use crate::person::Person;

/// What a person is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberChange {
    role: Role,
    /// The locations they look after; none: all.
    #[serde(default)]
    #[schema(max_items = 50)]
    locations: Vec<LocationId>,
}

/// Members
#[utoipa::path(
    get, path = "/v1/members", tag = "members", operation_id = "listMembers",
    params(PageQuery),
    responses((status = 200, description = "A page of members, by id", body = Page<Member>)),
    security(("bearer" = ["members:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadMembers>,
    State(app_state): State<AppState>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Versioned<Member>>>, ApiError> {
    let (limit, cursor) = page.read()?;
    Ok(Json(app_state.guard.store.members().list(&caller.principal.tenant, limit, cursor).await?))
}

/// A member
#[utoipa::path(
    get, path = "/v1/members/{account}", tag = "members", operation_id = "getMember",
    params(("account" = AccountId, Path, description = "The account's id")),
    responses((status = 200, description = "The member, its version as ETag", body = Member)),
    security(("bearer" = ["members:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadMembers>,
    State(app_state): State<AppState>,
    Path(account): Path<String>,
) -> Result<Tagged<Member>, ApiError> {
    Ok(Tagged(app_state.guard.store.members().get(&caller.principal.tenant, parse(&account)?).await?))
}

/// Change a member's role and locations
///
/// Another role ends their sessions in the tenant.
#[utoipa::path(
    put, path = "/v1/members/{account}", tag = "members", operation_id = "changeMember",
    params(
        ("account" = AccountId, Path, description = "The account's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\"")
    ),
    request_body = MemberChange,
    responses((status = 200, description = "The member as it is now", body = Member)),
    security(("bearer" = ["members:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteMembers>,
    State(app_state): State<AppState>,
    Path(account): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(change): JsonBody<MemberChange>,
) -> Result<Tagged<Member>, ApiError> {
    let (store, tenant) = (&app_state.guard.store, &caller.principal.tenant);
    let there = store.members().get(tenant, parse(&account)?).await?.value;
    let giver = other_than(Person::of(&caller)?, &there)?;
    demand_may_take(giver, there.role)?;
    demand_may_give(giver, change.role)?;
    demand_locations(store, tenant, &change.locations).await?;
    let member = Member { role: change.role, locations: change.locations, ..there };
    Ok(Tagged(store.members().change(&member, version, &caller.trace).await?))
}

/// Remove a member
///
/// Ends their sessions in the tenant. Their account stays.
#[utoipa::path(
    delete, path = "/v1/members/{account}", tag = "members", operation_id = "removeMember",
    params(
        ("account" = AccountId, Path, description = "The account's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\"")
    ),
    responses((status = 204, description = "A member no more")),
    security(("bearer" = ["members:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteMembers>,
    State(app_state): State<AppState>,
    Path(account): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    let (store, tenant) = (&app_state.guard.store, &caller.principal.tenant);
    let there = store.members().get(tenant, parse(&account)?).await?.value;
    demand_may_take(other_than(Person::of(&caller)?, &there)?, there.role)?;
    store.members().remove(tenant, there.account, version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a member's sessions
///
/// All those in this tenant: whoever may have taken over the account must sign in again.
#[utoipa::path(
    delete, path = "/v1/members/{account}/sessions", tag = "members", operation_id = "endMemberSessions",
    params(("account" = AccountId, Path, description = "The account's id")),
    responses((status = 204, description = "They are over")),
    security(("bearer" = ["members:write"]))
)]
pub(crate) async fn end_sessions(
    caller: Caller<may::WriteMembers>,
    State(app_state): State<AppState>,
    Path(account): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (store, tenant) = (&app_state.guard.store, &caller.principal.tenant);
    let there = store.members().get(tenant, parse(&account)?).await?.value;
    demand_may_take(other_than(Person::of(&caller)?, &there)?, there.role)?;
    store.sessions().end_all(there.account, Some(tenant), None, AuditAction::SignedOut, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The role of whoever acts on `member`, who is someone else.
fn other_than(person: Person, member: &Member) -> Result<Role, Failure> {
    if person.account == member.account {
        return Err(Failure::rejected(Rejection::Forbidden, "you cannot change your own role: ask another admin"));
    }
    Ok(person.role)
}

fn parse(account: &str) -> Result<AccountId, Failure> {
    AccountId::parse(account).map_err(|_| Failure::not_found("member"))
}
