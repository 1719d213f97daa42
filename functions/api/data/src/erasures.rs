//! Erasures: of a contact, or of the whole tenant.

use api::{ApiError, Caller, JsonBody, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::failure::Rejection;
use domain::identity::{Credential, may};
use domain::ids::JobId;
use domain::rights::{DataJob, DataJobStatus, DataWork};
use domain::{ContactId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AppState, TakenOn, taken_on};

/// What warm functions remember longest: vendors' credentials.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(5);

/// What to erase: `contact`, or `tenant` with `confirm`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureRequest {
    /// A contact, with all that is known of the same person.
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    contact: Option<String>,
    /// The slug of the caller's own tenant: everything.
    #[serde(default)]
    #[schema(value_type = Option<TenantId>)]
    tenant: Option<String>,
    /// With `tenant`: its name, as it is written in its settings.
    #[serde(default)]
    #[schema(example = "Summit Roofing")]
    confirm: Option<String>,
}

/// An erasure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Erasure {
    /// Its id.
    id: JobId,
    /// How far it is.
    status: DataJobStatus,
    /// Entries and objects erased so far.
    erased: u64,
    /// Whether a reading of the whole table and bucket found nothing more.
    verified: bool,
    /// What the last such reading found.
    left: Option<u64>,
    /// When the last warm function has forgotten too (UTC): five minutes after the end.
    complete_at: Option<Timestamp>,
}

/// Whose erasure.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// The slug of the tenant that was erased, where its agency or the platform asks. Left out: the caller's own.
    #[param(value_type = Option<TenantId>, example = "summit-roofing")]
    tenant: Option<String>,
}

/// Ask for an erasure
#[utoipa::path(
    post, path = "/v1/erasures", tag = "data", operation_id = "askForErasure",
    request_body = ErasureRequest,
    responses((status = 202, description = "The job was accepted; `location` says where to ask for it", body = TakenOn)),
    security(("bearer" = ["data:erase"]))
)]
pub(crate) async fn ask(
    caller: Caller<may::EraseData>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<ErasureRequest>,
) -> Result<Response, ApiError> {
    let tenant = caller.tenant()?;
    let work = match (&request.contact, &request.tenant) {
        (Some(contact), None) => {
            let contact = ContactId::parse(contact)?;
            caller.demand_reach(&app_state.guard.store, contact).await?;
            let plan = app_state.guard.store.rights().contact_plan(&tenant.id, contact).await?;
            plan.ok_or_else(|| Failure::not_found("contact"))?;
            DataWork::EraseContact { contact }
        }
        (None, Some(slug)) => {
            demand_person(&caller.principal.credential)?;
            confirm(&tenant.id, &tenant.name, slug, request.confirm.as_deref())?;
            demand_childless(&app_state, &tenant.id).await?;
            DataWork::EraseTenant { parent: tenant.parent.clone() }
        }
        _ => return Err(Failure::invalid("contact", "name either contact, or tenant with confirm").into()),
    };
    let id = JobId::derive(&tenant.id, &["erasure", &caller.cause]);
    let job = DataJob::new(id, tenant.id.clone(), work, caller.trace.actor.clone(), caller.trace.at);
    Ok(taken_on("erasures", &app_state.begin(&job, &caller.trace).await?))
}

/// A program's key erases contacts; that a business ends is said by a person who is signed in.
fn demand_person(credential: &Credential) -> Result<(), Failure> {
    match credential {
        Credential::Session { .. } => Ok(()),
        Credential::ApiKey { .. } => {
            let message = "a tenant is erased by an admin who is signed in, not with an API key";
            Err(Failure::rejected(Rejection::Forbidden, message))
        }
    }
}

fn confirm(own: &TenantId, its_name: &str, slug: &str, name: Option<&str>) -> Result<(), Failure> {
    if slug != own.as_str() {
        return Err(Failure::not_found("tenant"));
    }
    if name != Some(its_name) {
        return Err(Failure::invalid("confirm", "confirm must be the tenant's name, exactly as in its settings"));
    }
    Ok(())
}

async fn demand_childless(app_state: &AppState, tenant: &TenantId) -> Result<(), Failure> {
    if app_state.guard.store.tenants().under(tenant, 1, None).await?.items.is_empty() {
        return Ok(());
    }
    let message = "an agency is erased after the tenants that it looks after: erase those first";
    Err(Failure::rejected(Rejection::Conflict, message))
}

/// Get an erasure
#[utoipa::path(
    get, path = "/v1/erasures/{id}", tag = "data", operation_id = "getErasure",
    params(("id" = JobId, Path, description = "The erasure's id"), Whose),
    responses((status = 200, description = "How far it is", body = Erasure)),
    security(("bearer" = ["data:erase"]))
)]
pub(crate) async fn show(
    caller: Caller<may::EraseData>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    Parameters(whose): Parameters<Whose>,
) -> Result<Json<Erasure>, ApiError> {
    let own = &caller.principal.tenant;
    let tenant = whose.tenant.map(TenantId::new).transpose()?.unwrap_or_else(|| own.clone());
    let job = app_state.guard.store.rights().job(&tenant, JobId::parse(&id)?).await?;
    if !may_see(&job, own) {
        return Err(Failure::not_found("job").into());
    }
    let complete_at = job.finished_at.and_then(|at| at.checked_add(REMEMBERED).ok());
    let verified = job.status == DataJobStatus::Done && job.left == Some(0);
    Ok(Json(Erasure { id: job.id, status: job.status, erased: job.entries, verified, left: job.left, complete_at }))
}

/// The tenant itself; of a tenant's end also those who looked after it, because it is no more there to ask.
fn may_see(job: &DataJob, asking: &TenantId) -> bool {
    match &job.work {
        DataWork::Export { .. } => false,
        DataWork::EraseContact { .. } => job.tenant == *asking,
        DataWork::EraseTenant { parent } => {
            job.tenant == *asking || parent.as_ref() == Some(asking) || asking.is_platform()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::Actor;

    fn slug(text: &str) -> TenantId {
        TenantId::new(text).unwrap()
    }

    #[test]
    fn an_erasure_is_shown_to_its_tenant_and_an_end_to_those_who_looked_after_it() {
        let of = |work: DataWork| {
            let (tenant, at) = (slug("acme"), "2026-11-20T12:00:00Z".parse().unwrap());
            DataJob::new(JobId::derive(&tenant, &["j"]), tenant, work, Actor::Operator, at)
        };
        let contact = ContactId::derive(&slug("acme"), &["ana"]);
        let (one, all) =
            (of(DataWork::EraseContact { contact }), of(DataWork::EraseTenant { parent: Some(slug("agency")) }));
        let seen = |job: &DataJob| {
            let asking = [slug("acme"), slug("agency"), TenantId::platform(), slug("bolt")];
            asking.map(|asking| may_see(job, &asking))
        };
        assert_eq!(seen(&one), [true, false, false, false]);
        assert_eq!(seen(&all), [true, true, true, false]);
        assert_eq!(seen(&of(DataWork::Export { contact: None })), [false; 4]);
    }

    #[test]
    fn a_tenant_is_erased_by_its_own_slug_and_its_exact_name() {
        let refused = |given: &str, name: Option<&str>| match confirm(&slug("acme"), "Acme Roofing", given, name) {
            Ok(()) => None,
            Err(Failure::Rejected { kind, .. }) => Some(kind.status()),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(refused("acme", Some("Acme Roofing")), None);
        assert_eq!(refused("acme", Some("acme roofing")), Some(400));
        assert_eq!(refused("acme", None), Some(400));
        assert_eq!(refused("bolt", Some("Acme Roofing")), Some(404));
    }
}
