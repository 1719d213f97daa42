//! The prompts: a task each, with the versions that apply.

use ai::prompt::Script;
use api::{ApiError, Caller, Guard, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use domain::prompts::{Challenger, ListedPrompt, PromptState, PromptTask, PromptTraffic, PromptVersion};
use serde::Serialize;
use store::{Store, Versioned};
use utoipa::ToSchema;

/// The prompt of a task, as it applies to whoever asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Prompt)]
pub(crate) struct PromptView {
    /// What the model is asked.
    task: PromptTask,
    /// The version that conversations get.
    live: PromptVersion,
    /// The version that is tried on some of them; absent where none is, or where the business lets none be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenger: Option<Challenger>,
    /// Whether the version that is tried becomes live by itself once it is found better and nothing got worse.
    automatic: bool,
    /// Whether what comes of versions is counted, so that two can be compared.
    counted: bool,
    /// What the business adds, from its settings (`prompts`).
    #[serde(skip_serializing_if = "Option::is_none")]
    addition: Option<String>,
    /// The versions that apply, the highest first; for the platform, all of them.
    versions: Vec<ListedPrompt>,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Prompts {
    /// By task.
    items: Vec<PromptView>,
}

/// List prompts
///
/// For every task of a model: the version of its instructions that is live, the one that is tried on some conversations, and what the
/// business adds to them.
#[utoipa::path(
    get, path = "/v1/prompts", tag = "prompts", operation_id = "listPrompts",
    responses((status = 200, description = "All prompts", body = Prompts)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
) -> Result<Json<Prompts>, ApiError> {
    let mut items = Vec::new();
    for task in PromptTask::ALL {
        items.push(view(&caller, &guard.store, task).await?.value);
    }
    Ok(Json(Prompts { items }))
}

/// Get a prompt
#[utoipa::path(
    get, path = "/v1/prompts/{task}", tag = "prompts", operation_id = "getPrompt",
    params(("task" = PromptTask, Path, description = "What the model is asked")),
    responses((status = 200, description = "The prompt", body = PromptView, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(task): Path<String>,
) -> Result<Tagged<PromptView>, ApiError> {
    Ok(Tagged(view(&caller, &guard.store, PromptTask::parse(&task)?).await?))
}

async fn view(
    caller: &Caller<may::ReadSettings>,
    store: &Store,
    task: PromptTask,
) -> Result<Versioned<PromptView>, Failure> {
    let Versioned { value: traffic, version } = traffic(store, task).await?;
    let mut versions = store.prompts().list(&traffic).await?;
    let mut challenger = traffic.challenger.clone();
    let mut addition = None;
    if !caller.principal.runs_the_platform() {
        let wishes = &caller.tenant()?.prompts;
        challenger = challenger.filter(|_| !wishes.no_tests);
        addition = wishes.addition(task).map(ToOwned::to_owned);
        let tried = challenger.as_ref().map(|tried| &tried.version);
        versions.retain(|one| {
            one.state == PromptState::Live && (one.version == traffic.live || tried == Some(&one.version))
        });
        // They are about all businesses.
        versions.iter_mut().for_each(|one| one.reasons.clear());
    }
    let PromptTraffic { live, automatic, .. } = traffic;
    let value = PromptView { task, live, challenger, automatic, counted: task.is_counted(), addition, versions };
    Ok(Versioned { value, version })
}

/// The traffic of a task; before it was seeded, the version of the code is live, and the traffic has the version 0.
///
/// # Errors
/// As the table answers.
pub(crate) async fn traffic(store: &Store, task: PromptTask) -> Result<Versioned<PromptTraffic>, Failure> {
    match store.prompts().traffic_of(task).await {
        Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
            let mut unseeded = PromptTraffic::begin(task, Script::built_in(task).used().version.clone());
            // As turns count it.
            unseeded.test = 0;
            Ok(Versioned { value: unseeded, version: 0 })
        }
        found => found,
    }
}
