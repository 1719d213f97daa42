//! The tenants that someone looks after: an agency its businesses, the platform all.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, PageQuery, Parameters, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use domain::failure::Rejection;
use domain::identity::{Credential, Principal, may};
use domain::tenancy::{Plan, Tenant, TenantKind, TenantStatus};
use domain::{Failure, TenantId};
use serde::Deserialize;
use store::{Page, Store, TenantEntry, Versioned};
use utoipa::ToSchema;

use crate::{AppState, sender};

/// A tenant's new status or plan. A field that is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenantStatusChange {
    /// Whether it is served.
    #[serde(default)]
    status: Option<TenantStatus>,
    /// What it has bought.
    #[serde(default)]
    plan: Option<Plan>,
}

/// List tenants
///
/// An agency's own; for the platform, those that no agency looks after.
#[utoipa::path(
    get, path = "/v1/tenants", tag = "tenants", operation_id = "listTenants",
    params(PageQuery),
    responses((status = 200, description = "A page of tenants, by slug", body = Page<TenantEntry>)),
    security(("bearer" = ["tenants:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadTenants>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<TenantEntry>>, ApiError> {
    let guardian = guardian(&caller)?;
    let (limit, cursor) = query.read()?;
    Ok(Json(guard.store.tenants().under(guardian, limit, cursor).await?))
}

/// Set up a tenant
///
/// An agency's new tenant is its own. The slug cannot be changed later.
#[utoipa::path(
    post, path = "/v1/tenants", tag = "tenants", operation_id = "createTenant",
    request_body = Tenant,
    responses((status = 201, description = "The tenant was created", body = Tenant, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteTenants>,
    State(app_state): State<AppState>,
    JsonBody(wanted): JsonBody<Tenant>,
) -> Result<Created<Tenant>, ApiError> {
    let wanted = placed(guardian(&caller)?, wanted)?;
    sender::check(app_state.mail_from.as_ref(), None, &wanted)?;
    let value = app_state.guard.store.tenants().save(&wanted, None, &caller.trace).await?;
    sender::ask(&app_state, &wanted, &caller.trace).await?;
    Ok(Created { location: format!("/v1/tenants/{}", wanted.id), value })
}

/// Get a tenant
#[utoipa::path(
    get, path = "/v1/tenants/{id}", tag = "tenants", operation_id = "getTenantById",
    params(("id" = TenantId, Path, description = "The tenant's id")),
    responses((status = 200, description = "The tenant", body = Tenant, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["tenants:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadTenants>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Tenant>, ApiError> {
    Ok(Tagged(ward(&guard.store, guardian(&caller)?, &id).await?))
}

/// Pause, close, reopen a tenant, or change its plan
///
/// A paused tenant's messages are stored and nothing goes out; a closed one's credentials are refused. Functions that are at
/// work know of it within 30 seconds.
#[utoipa::path(
    post, path = "/v1/tenants/{id}/status", tag = "tenants", operation_id = "setTenantStatus",
    params(
        ("id" = TenantId, Path, description = "The tenant's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body(content = TenantStatusChange, example = json!({"status": "paused"})),
    responses((status = 200, description = "The tenant as it is now", body = Tenant, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn set_status(
    caller: Caller<may::WriteTenants>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<TenantStatusChange>,
) -> Result<Tagged<Tenant>, ApiError> {
    let before = ward(&guard.store, guardian(&caller)?, &id).await?.value;
    if wanted.status.is_none() && wanted.plan.is_none() {
        return Err(Failure::invalid("status", "name a status or a plan").into());
    }
    let status = wanted.status.unwrap_or(before.status);
    let after = Tenant { status, plan: wanted.plan.unwrap_or(before.plan), ..before };
    Ok(Tagged(guard.store.tenants().save(&after, Some(version), &caller.trace).await?))
}

/// Who looks after tenants here: the platform by its super admins, or an agency.
fn guardian<R>(caller: &Caller<R>) -> Result<&TenantId, Failure> {
    let Principal { tenant: id, .. } = &caller.principal;
    if id.is_platform() {
        demand_runs_the_platform(&caller.principal)?;
    } else if caller.tenant()?.kind != TenantKind::Agency {
        return Err(Failure::rejected(Rejection::Forbidden, "only an agency looks after tenants"));
    }
    Ok(id)
}

fn demand_runs_the_platform(principal: &Principal) -> Result<(), Failure> {
    match &principal.credential {
        Credential::Session { role, .. } if role.runs_the_platform() => Ok(()),
        _ => Err(Failure::rejected(Rejection::Forbidden, "only a super admin looks after all tenants")),
    }
}

/// A new tenant in its place: an agency's is its own, the platform says whose.
fn placed(guardian: &TenantId, wanted: Tenant) -> Result<Tenant, Failure> {
    if guardian.is_platform() {
        return Ok(wanted);
    }
    if wanted.parent.as_ref().is_some_and(|parent| parent != guardian) {
        return Err(Failure::invalid("parent", "a tenant that you set up is yours: leave parent out"));
    }
    if wanted.kind == TenantKind::Agency {
        return Err(Failure::invalid("kind", "an agency looks after businesses, not after agencies"));
    }
    Ok(Tenant { parent: Some(guardian.clone()), ..wanted })
}

/// One of the tenants that `guardian` looks after. Any other does not exist.
async fn ward(store: &Store, guardian: &TenantId, id: &str) -> Result<Versioned<Tenant>, Failure> {
    let id = TenantId::new(id).map_err(|_| Failure::not_found("tenant"))?;
    let found = store.tenants().document(&id).await?;
    if is_ward(guardian, &found.value) { Ok(found) } else { Err(Failure::not_found("tenant")) }
}

fn is_ward(guardian: &TenantId, tenant: &Tenant) -> bool {
    guardian.is_platform() || tenant.parent.as_ref() == Some(guardian)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::Role;
    use domain::ids::{AccountId, SessionId};
    use serde_json::{from_value, json};

    fn tenant(parent: Option<&str>, kind: &str) -> Tenant {
        from_value(json!({
            "id": "acme", "name": "Acme", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "hours": {}, "notify": ["owner@example.com"],
            "services": [], "parent": parent, "kind": kind,
        }))
        .unwrap()
    }

    #[test]
    fn an_agencys_new_tenant_is_its_own_business() {
        let agency = TenantId::new("agency").unwrap();
        for given in [None, Some("agency")] {
            assert_eq!(placed(&agency, tenant(given, "business")).unwrap().parent, Some(agency.clone()));
        }
        let refused = |wanted| match placed(&agency, wanted) {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(tenant(Some("rival"), "business")), "parent");
        assert_eq!(refused(tenant(None, "agency")), "kind");
        let platform = TenantId::platform();
        for given in [tenant(Some("rival"), "business"), tenant(None, "agency")] {
            assert_eq!(placed(&platform, given.clone()).unwrap(), given);
        }
    }

    #[test]
    fn an_admin_of_the_platform_is_no_super_admin() {
        let platform = TenantId::platform();
        let (account, session) = (AccountId::derive(&platform, &["a"]), SessionId::derive(&platform, &["s"]));
        for role in Role::ALL {
            let credential = Credential::Session { account, session, role, enrolling: false };
            let principal = Principal { tenant: platform.clone(), credential };
            assert_eq!(demand_runs_the_platform(&principal).is_ok(), role == Role::SuperAdmin, "{role}");
        }
    }

    #[test]
    fn an_agency_sees_its_own_tenants_and_the_platform_all() {
        let agency = TenantId::new("agency").unwrap();
        for (parent, its) in [(Some("agency"), true), (Some("rival"), false), (None, false)] {
            assert_eq!(is_ward(&agency, &tenant(parent, "business")), its, "{parent:?}");
            assert!(is_ward(&TenantId::platform(), &tenant(parent, "business")));
        }
        // Nor is a tenant its own.
        assert!(!is_ward(&TenantId::new("acme").unwrap(), &tenant(None, "agency")));
    }
}
