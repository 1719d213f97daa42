//! Versions with their texts, for those who run the platform.

use ai::prompt::Script;
use api::{ApiError, Caller, Created, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::identity::may;
use domain::prompts::{PromptContent, PromptTask, PromptVersion, StoredPrompt};
use store::Versioned;

use crate::operators::demand_operator;

/// Add a version of a prompt
///
/// It is a draft: no conversation gets it before it is tried or put live. A version is written once and never changed; the same again
/// changes nothing. It is rendered on trial, and refused where it does not render, leaves out a section, or leaves out that what stands
/// between marks is data. Only those who run the platform may.
#[utoipa::path(
    post, path = "/v1/prompts/{task}/versions", tag = "prompts", operation_id = "createPromptVersion",
    params(("task" = PromptTask, Path, description = "What the model is asked")),
    request_body = PromptContent,
    responses((status = 201, description = "The version", body = StoredPrompt, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version as a document, which stays 1")
    ))),
    security(("bearer" = ["tenants:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteTenants>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
    JsonBody(wanted): JsonBody<PromptContent>,
) -> Result<Created<StoredPrompt>, ApiError> {
    demand_operator(&caller.principal)?;
    let task = PromptTask::parse(&task)?;
    if wanted.task != task {
        return Err(Failure::invalid("task", format!("this is the address of {task}")).into());
    }
    let content = Script::new(wanted, 0)?.content().clone();
    let value = guard.store.prompts().create(content, &caller.trace).await?;
    let location = format!("/v1/prompts/{task}/versions/{}", value.content.version);
    Ok(Created { location, value: Versioned { value, version: 1 } })
}

/// Get a version of a prompt
///
/// With its texts. Only those who run the platform may.
#[utoipa::path(
    get, path = "/v1/prompts/{task}/versions/{version}", tag = "prompts", operation_id = "getPromptVersion",
    params(
        ("task" = PromptTask, Path, description = "What the model is asked"),
        ("version" = PromptVersion, Path, description = "The version"),
    ),
    responses((status = 200, description = "The version", body = StoredPrompt)),
    security(("bearer" = ["tenants:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadTenants>,
    State(guard): State<Guard>,
    Path((task, version)): Path<(String, String)>,
) -> Result<Json<StoredPrompt>, ApiError> {
    demand_operator(&caller.principal)?;
    let task = PromptTask::parse(&task)?;
    let version = PromptVersion::parse(&version).map_err(|_| Failure::not_found("prompt"))?;
    Ok(Json(guard.store.prompts().version(task, &version).await?))
}
