//! How a campaign reads to those whom it is for.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::{Path, State};
use domain::campaigns::Reach;
use domain::identity::{Permission, may};
use domain::ids::CampaignId;
use serde::Serialize;
use store::CampaignReader;
use utoipa::ToSchema;

/// How many customers it is shown for.
const READERS: usize = 5;

/// How a campaign reads, and whom it reaches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignPreview {
    /// How it reads to the customers who would be invited first, and why it does not reach one of them, where it does not.
    readers: Vec<CampaignReader>,
    /// How many customers it is for, and why the others are left out.
    reach: Reach,
}

/// Preview a campaign
///
/// As the first five of its customers would read it if it left now: on the channel and in the language that they would get it, with
/// everything filled in and added. Where the gate would hold it back, it says why. Nothing is sent and nothing is stored.
#[utoipa::path(
    get, path = "/v1/campaigns/{id}/preview", tag = "campaigns", operation_id = "previewCampaign",
    params(("id" = CampaignId, Path, description = "The campaign")),
    responses((status = 200, description = "How it reads", body = CampaignPreview)),
    security(("bearer" = ["campaigns:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<CampaignPreview>, ApiError> {
    // It shows customers by name.
    caller.principal.demand(Permission::ReadLeads)?;
    let (tenant, id) = (caller.tenant()?, CampaignId::parse(&id)?);
    let campaign = guard.store.campaigns().get(&tenant.id, id).await?.value;
    let readers = guard.store.campaigns().readers(tenant, &campaign, READERS, caller.trace.at).await?;
    Ok(Json(CampaignPreview { readers, reach: campaign.reach }))
}
