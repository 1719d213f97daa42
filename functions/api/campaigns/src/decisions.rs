//! Yes, no and stop.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use domain::campaigns::Shown;
use domain::identity::may;
use domain::ids::CampaignId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::campaigns::{CampaignView, view};

/// What a yes or a no is to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignDecision)]
pub(crate) struct Decision {
    /// `shown`, as the campaign had it when it was looked at.
    #[schema(value_type = String, format = Uuid, example = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9")]
    shown: Shown,
}

/// Approve a campaign
///
/// From now on so many customers are invited each day as the calendar has room for. The yes is to what was `shown`: where the text or the
/// audience was changed since, it is a 409. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/campaigns/{id}/approve", tag = "campaigns", operation_id = "approveCampaign",
    params(("id" = CampaignId, Path, description = "The campaign")),
    request_body = Decision,
    responses((status = 200, description = "How it stands now", body = CampaignView)),
    security(("bearer" = ["campaigns:write"]))
)]
pub(crate) async fn approve(
    caller: Caller<may::WriteCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(decision): JsonBody<Decision>,
) -> Result<Json<CampaignView>, ApiError> {
    answer(&caller, &guard, &id, decision.shown, true).await
}

/// Decline a campaign
///
/// No one is invited. Again, it changes nothing; one that goes out already is a 409: stop it.
#[utoipa::path(
    post, path = "/v1/campaigns/{id}/decline", tag = "campaigns", operation_id = "declineCampaign",
    params(("id" = CampaignId, Path, description = "The campaign")),
    request_body = Decision,
    responses((status = 200, description = "How it stands now", body = CampaignView)),
    security(("bearer" = ["campaigns:write"]))
)]
pub(crate) async fn decline(
    caller: Caller<may::WriteCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(decision): JsonBody<Decision>,
) -> Result<Json<CampaignView>, ApiError> {
    answer(&caller, &guard, &id, decision.shown, false).await
}

/// Stop a campaign
///
/// Whoever was not invited is not invited any more; what left stays sent, and answers still count. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/campaigns/{id}/stop", tag = "campaigns", operation_id = "stopCampaign",
    params(("id" = CampaignId, Path, description = "The campaign")),
    responses((status = 200, description = "How it stands now", body = CampaignView)),
    security(("bearer" = ["campaigns:write"]))
)]
pub(crate) async fn stop(
    caller: Caller<may::WriteCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<CampaignView>, ApiError> {
    let (tenant, id, trace) = (caller.tenant()?, CampaignId::parse(&id)?, &caller.trace);
    let step = guard
        .store
        .campaigns()
        .step(&tenant.id, id, Some(trace), trace.at, |campaign| campaign.stopped(&trace.actor, trace.at));
    Ok(Json(view(&guard, tenant, step.await?).await?))
}

async fn answer(
    caller: &Caller<may::WriteCampaigns>,
    guard: &Guard,
    id: &str,
    shown: Shown,
    yes: bool,
) -> Result<Json<CampaignView>, ApiError> {
    let (tenant, id) = (caller.tenant()?, CampaignId::parse(id)?);
    let campaign = guard.store.approvals().answer_campaign(tenant, (id, shown), yes, &caller.trace).await?;
    Ok(Json(view(guard, tenant, campaign).await?))
}
