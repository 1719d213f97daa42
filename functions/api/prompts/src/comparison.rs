//! What came of the versions that apply.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::{Permission, may};
use domain::prompts::{PromptComparison, PromptTask};

use crate::prompts::traffic;

/// Compare versions of a prompt
///
/// What came of the live version and of the one that is tried, counted since the traffic changed last: in the business's own conversations,
/// for the platform in all. Shares and means have intervals of 95 percent. `verdict` says whether the tried version may become live by
/// itself: its test may be looked at as often as one likes. Only versions of `respond` and `suggest` are tried; of the others it says what
/// questions with the live one took and how many texts the checks took out; their `success` is 0 of 0.
#[utoipa::path(
    get, path = "/v1/prompts/{task}/comparison", tag = "prompts", operation_id = "comparePrompt",
    params(("task" = PromptTask, Path, description = "What the model is asked")),
    responses((status = 200, description = "The versions beside each other", body = PromptComparison)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
) -> Result<Json<PromptComparison>, ApiError> {
    let task = PromptTask::parse(&task)?;
    let mut traffic = traffic(&guard.store, task).await?.value;
    let tenant = (!caller.principal.runs_the_platform()).then_some(&caller.principal.tenant);
    if tenant.is_some() && caller.tenant()?.prompts.no_tests {
        traffic.challenger = None;
    }
    let compared = guard.store.prompts().compare(&traffic, tenant).await?;
    let with_costs = caller.principal.permits(Permission::ReadUsage);
    Ok(Json(if with_costs { compared } else { compared.without_costs() }))
}
