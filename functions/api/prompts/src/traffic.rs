//! Which versions conversations get, for those who run the platform.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Tagged};
use axum::extract::{Path, State};
use domain::identity::may;
use domain::prompts::{PromptTask, PromptTraffic, PromptVersion, TrafficChange};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::operators::demand_operator;

/// The version that is put live.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromptPromotion)]
pub(crate) struct Promotion {
    /// Which.
    version: PromptVersion,
}

/// Set the traffic of a prompt
///
/// Tries a version on up to 50 of a hundred conversations, or ends the trial. A conversation keeps its version as long as the traffic
/// stays as it is; another share moves no more conversations than it must. What is counted begins afresh. Functions that are at work know
/// of it within a minute. Only those who run the platform may.
#[utoipa::path(
    put, path = "/v1/prompts/{task}/traffic", tag = "prompts", operation_id = "setPromptTraffic",
    params(
        ("task" = PromptTask, Path, description = "What the model is asked"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = TrafficChange,
    responses((status = 200, description = "As it is now", body = PromptTraffic, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn set(
    caller: Caller<may::WriteTenants>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<TrafficChange>,
) -> Result<Tagged<PromptTraffic>, ApiError> {
    demand_operator(&caller.principal)?;
    let task = PromptTask::parse(&task)?;
    Ok(Tagged(guard.store.prompts().change_traffic(task, &wanted, version, &caller.trace).await?))
}

/// Put a version of a prompt live
///
/// All conversations get it within a minute, and none is tried any more. Only those who run the platform may.
#[utoipa::path(
    post, path = "/v1/prompts/{task}/promote", tag = "prompts", operation_id = "promotePrompt",
    params(
        ("task" = PromptTask, Path, description = "What the model is asked"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body(content = Promotion, example = json!({"version": "1.1.0"})),
    responses((status = 200, description = "As it is now", body = PromptTraffic, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn promote(
    caller: Caller<may::WriteTenants>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<Promotion>,
) -> Result<Tagged<PromptTraffic>, ApiError> {
    demand_operator(&caller.principal)?;
    let task = PromptTask::parse(&task)?;
    Ok(Tagged(guard.store.prompts().promote(task, &wanted.version, version, &caller.trace).await?))
}

/// Roll a prompt back
///
/// The version that was live before is live again, and none is tried any more. Only those who run the platform may.
#[utoipa::path(
    post, path = "/v1/prompts/{task}/rollback", tag = "prompts", operation_id = "rollBackPrompt",
    params(
        ("task" = PromptTask, Path, description = "What the model is asked"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    responses((status = 200, description = "As it is now", body = PromptTraffic, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn roll_back(
    caller: Caller<may::WriteTenants>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Tagged<PromptTraffic>, ApiError> {
    demand_operator(&caller.principal)?;
    let task = PromptTask::parse(&task)?;
    Ok(Tagged(guard.store.prompts().roll_back(task, version, &caller.trace).await?))
}
