//! The tenant's own document.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Tagged};
use axum::extract::State;
use domain::identity::may;
use domain::tenancy::Tenant;
use serde::Serialize;
use store::{Trace, Versioned};
use utoipa::ToSchema;

use crate::settings::{self, Object, TenantPatch, TenantSettings};
use crate::{AppState, sender};

/// A tenant as it is shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct TenantShown {
    #[serde(flatten)]
    tenant: Tenant,
    /// What it cannot do yet, a sentence each, for its owner. Empty: nothing is missing. Not part of what is stored.
    #[schema(example = json!(["Leads from the form cannot be answered: neither text messages nor e-mail are set up."]))]
    cannot_yet: Vec<String>,
}

/// Get the tenant
///
/// Its whole document: what customers may be told, hours, services, intake, tone, channels. `cannot_yet` says what is missing.
#[utoipa::path(
    get, path = "/v1/tenant", tag = "settings", operation_id = "getTenant",
    responses((status = 200, description = "The tenant", body = TenantShown, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
) -> Result<Tagged<TenantShown>, ApiError> {
    let id = &caller.principal.tenant;
    let Versioned { value: tenant, version } = guard.store.tenants().document(id).await?;
    let stored = guard.store.vendor_credentials().list(id).await?;
    let names: Vec<&str> = stored.iter().map(|credential| credential.name.as_str()).collect();
    let cannot_yet = tenant.cannot_yet(&names);
    Ok(Tagged(Versioned { value: TenantShown { tenant, cannot_yet }, version }))
}

/// Replace the tenant
///
/// What is left out is as for a new tenant. `id`, `parent`, `kind`, `plan` and `status` stay as they are: a document that
/// says otherwise is refused. `require_second_factor`, `retention`, `origins`, `channels` and `benchmarks` are changed by
/// who has `tenant:manage`, which no API key has: from others they must come as they are. A new `channels.email.from` gets a
/// mail with a link: once someone there has confirmed it, mail goes out from it; one at the platform's own domain is refused.
/// Functions that are at work know of the change within 30 seconds.
#[utoipa::path(
    put, path = "/v1/tenant", tag = "settings", operation_id = "replaceTenant",
    params(("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\"")),
    request_body = TenantSettings,
    responses((status = 200, description = "The tenant as it is now", body = Tenant, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<Object>,
) -> Result<Tagged<Tenant>, ApiError> {
    let stored = app_state.guard.store.tenants().document(&caller.principal.tenant).await?.value;
    let wanted = settings::whole(&stored, body)?;
    settings::check_managed(&caller.principal, &stored, &wanted)?;
    sender::check(app_state.mail_from.as_ref(), Some(&stored), &wanted)?;
    save(&app_state, &wanted, version, &caller.trace).await
}

/// Change the tenant
///
/// A merge patch (RFC 7396): what it names is changed, what it sets to null goes back to what a new tenant has, lists are
/// replaced as a whole. The rules of replacing hold here too.
#[utoipa::path(
    patch, path = "/v1/tenant", tag = "settings", operation_id = "changeTenant",
    params(("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\"")),
    request_body(content((TenantPatch = "application/merge-patch+json"), (TenantPatch = "application/json"))),
    responses((status = 200, description = "The tenant as it is now", body = Tenant, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn patch(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<Object>,
) -> Result<Tagged<Tenant>, ApiError> {
    let stored = app_state.guard.store.tenants().document(&caller.principal.tenant).await?.value;
    let wanted = settings::patched(&stored, patch)?;
    settings::check_managed(&caller.principal, &stored, &wanted)?;
    sender::check(app_state.mail_from.as_ref(), Some(&stored), &wanted)?;
    save(&app_state, &wanted, version, &caller.trace).await
}

async fn save(app_state: &AppState, wanted: &Tenant, version: u64, trace: &Trace) -> Result<Tagged<Tenant>, ApiError> {
    let saved = app_state.guard.store.tenants().save(wanted, Some(version), trace).await?;
    sender::ask(app_state, wanted, trace).await?;
    Ok(Tagged(saved))
}
