//! What the staff are to do.

use api::{ApiError, Caller, Expand, Expandable, Guard, JsonBody, PageQuery, Parameters, flag};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::conversations::{MAX_NOTE, Task};
use domain::identity::may;
use domain::ids::TaskId;
use serde::Deserialize;
use store::Page;
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TaskQuery {
    /// `true`: only those that are to be done.
    #[param(value_type = Option<bool>, example = true)]
    open: Option<String>,
}

/// What was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finishing {
    /// In the words of who did it.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Talked to her; she takes the repair and will call on Monday.")]
    note: String,
}

/// List tasks
///
/// Calls to make, cards to write, appointments to move: what sequences and rules leave to people. Newest first.
#[utoipa::path(
    get, path = "/v1/tasks", tag = "journeys", operation_id = "listTasks",
    params(TaskQuery, Expand<Task>, PageQuery),
    responses((status = 200, description = "A page of tasks", body = Page<Expandable<Task>>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<TaskQuery>,
    expand: Expand<Task>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Expandable<Task>>>, ApiError> {
    let (open_only, (limit, cursor)) = (flag("open", query.open.as_deref())?, page.read()?);
    let tenant = &caller.principal.tenant;
    let page = guard.store.tasks().list(tenant, open_only, limit, cursor).await?;
    Ok(Json(expand.page(&guard.store, tenant, page).await?))
}

/// Finish a task
///
/// Finished twice, it stays as it was finished first.
#[utoipa::path(
    post, path = "/v1/tasks/{id}/finish", tag = "journeys", operation_id = "finishTask",
    params(("id" = TaskId, Path, description = "The task's id")),
    request_body = Finishing,
    responses((status = 200, description = "The task as it is now", body = Task)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn finish(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(finishing): JsonBody<Finishing>,
) -> Result<Json<Task>, ApiError> {
    if finishing.note.chars().count() > MAX_NOTE {
        return Err(Failure::invalid("note", format!("note may have at most {MAX_NOTE} characters")).into());
    }
    let task = TaskId::parse(&id)?;
    caller.demand_reach(&guard.store, task).await?;
    Ok(Json(guard.store.tasks().finish(&caller.principal.tenant, task, &finishing.note, &caller.trace).await?))
}
