//! What came of the versions that apply.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Permission, may};
use domain::prompts::{PromptComparison, PromptTask};

use crate::prompts::traffic;

/// Compare versions of a prompt
///
/// What came of the live version and of the one that is tried, counted since the traffic changed last: in the business's own conversations,
/// for the platform in all. Shares and means have intervals of 95 percent. `verdict` says whether the tried version may become live by
/// itself: its test may be looked at as often as one likes.
#[utoipa::path(
    get, path = "/v1/prompts/{task}/comparison", tag = "prompts", operation_id = "comparePrompt",
    params(("task" = PromptTask, Path, description = "What the model is asked: respond or suggest")),
    responses((status = 200, description = "The versions beside each other", body = PromptComparison)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
) -> Result<Json<PromptComparison>, ApiError> {
    let task = PromptTask::parse(&task)?;
    if !task.is_counted() {
        return Err(Failure::rejected(Rejection::NotFound, "what comes of this prompt is not counted").into());
    }
    let mut traffic = traffic(&guard.store, task).await?.value;
    let tenant = (!caller.principal.runs_the_platform()).then_some(&caller.principal.tenant);
    if tenant.is_some() && caller.tenant()?.prompts.no_tests {
        traffic.challenger = None;
    }
    let compared = guard.store.prompts().compare(&traffic, tenant).await?;
    let with_costs = caller.principal.permits(Permission::ReadUsage);
    Ok(Json(if with_costs { compared } else { compared.without_costs() }))
}
