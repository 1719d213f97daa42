//! Training: a business shows how it words its texts, looks through what was understood, and confirms it: `/v1/training`.
//!
//! The rules are made by `ai-extract-style` (`POST /v1/training/{topic}/rules`). Nothing is in force that no one confirmed.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Failure;
use domain::identity::may;
use domain::tenancy::{StyleGuide, StyleTopic, Tenant};
use domain::training::{NewExample, StyleEdits, TrainingSession, TrainingState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where all topics stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct Training {
    /// The topics.
    topics: Vec<TrainingState>,
    /// What staff changed in suggestions within four weeks.
    edits: StyleEdits,
    /// Whether these come to rules, with which a training can begin.
    edits_propose: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTraining {
    /// Begin with the rules that edits of suggestions came to, instead of drafts.
    #[serde(default)]
    from_edits: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    /// What the rule says: how to sound, without figures, links or promises.
    #[schema(min_length = 1, max_length = 200, example = "Name the service and who comes")]
    text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EarlierGuide {
    /// Which version.
    #[schema(minimum = 1, example = 1)]
    version: u32,
}

async fn document<R>(caller: &Caller<R>, guard: &Guard) -> Result<Tenant, Failure> {
    Ok(guard.store.tenants().document(&caller.principal.tenant).await?.value)
}

/// List topics of training
///
/// With the training that is under way, the guide that is in force, and what edits of suggestions come to.
#[utoipa::path(
    get, path = "/v1/training", tag = "settings", operation_id = "listTraining",
    responses((status = 200, description = "Where the topics stand", body = Training)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
) -> Result<Json<Training>, ApiError> {
    let tenant = document(&caller, &guard).await?;
    let today = caller.trace.at.to_zoned(tenant.time_zone()).date();
    let topics = guard.store.training().list(&tenant).await?;
    let edits = guard.store.training().edits(&tenant.id, today).await?;
    let edits_propose = !edits.proposed().is_empty();
    Ok(Json(Training { topics, edits, edits_propose }))
}

/// Begin a training
///
/// Shows the first draft: what the assistant would write about the business's own services to a made-up customer. Where a training about
/// the topic is under way, that one is given. With `from_edits` it begins with the rules that edits of suggestions came to, from ten
/// edits within four weeks on, and what was counted begins again at nothing.
#[utoipa::path(
    post, path = "/v1/training/{topic}", tag = "settings", operation_id = "startTraining",
    params(("topic" = StyleTopic, Path, description = "What is trained")),
    request_body = NewTraining,
    responses((status = 201, description = "The training", body = TrainingSession)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn start(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
    JsonBody(new): JsonBody<NewTraining>,
) -> Result<(StatusCode, Json<TrainingSession>), ApiError> {
    let topic = StyleTopic::parse(&topic)?;
    let tenant = document(&caller, &guard).await?;
    let (store, by, now) = (guard.store.training(), caller.trace.actor.clone(), caller.trace.at);
    let session = if new.from_edits {
        let today = now.to_zoned(tenant.time_zone()).date();
        let begin = |edits: &StyleEdits| TrainingSession::of_edits(&tenant, topic, edits.proposed(), by.clone(), now);
        store.start_of_edits(&tenant.id, today, begin).await?
    } else {
        store.start(&tenant.id, TrainingSession::new(&tenant, topic, by, now)).await?
    };
    Ok((StatusCode::CREATED, Json(session)))
}

/// End a training
///
/// Without a guide: what was said in it is gone. The guide that is in force stays.
#[utoipa::path(
    delete, path = "/v1/training/{topic}", tag = "settings", operation_id = "endTraining",
    params(("topic" = StyleTopic, Path, description = "What is trained")),
    responses((status = 204, description = "No training about it is under way")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn end(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
) -> Result<StatusCode, ApiError> {
    guard.store.training().end(&caller.principal.tenant, StyleTopic::parse(&topic)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say something of a draft
///
/// That it is good, or how the business would say it, and why. The next draft is shown. What comes again changes nothing.
#[utoipa::path(
    post, path = "/v1/training/{topic}/examples", tag = "settings", operation_id = "addTrainingExample",
    params(("topic" = StyleTopic, Path, description = "What is trained")),
    request_body = NewExample,
    responses((status = 200, description = "The training with the next draft", body = TrainingSession)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn add_example(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
    JsonBody(new): JsonBody<NewExample>,
) -> Result<Json<TrainingSession>, ApiError> {
    let topic = StyleTopic::parse(&topic)?;
    let tenant = document(&caller, &guard).await?;
    let now = caller.trace.at;
    let change = |session: TrainingSession| session.with_example(&tenant, new.clone(), now);
    Ok(Json(guard.store.training().change(&tenant.id, topic, change).await?))
}

/// Word a rule
///
/// In other words, before it is confirmed. A rule that is a choice has no words.
#[utoipa::path(
    put, path = "/v1/training/{topic}/rules/{number}", tag = "settings", operation_id = "changeTrainingRule",
    params(
        ("topic" = StyleTopic, Path, description = "What is trained"),
        ("number" = u8, Path, description = "Which rule"),
    ),
    request_body = RuleText,
    responses((status = 200, description = "The training with its rules", body = TrainingSession)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn change_rule(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path((topic, number)): Path<(String, String)>,
    JsonBody(rule): JsonBody<RuleText>,
) -> Result<Json<TrainingSession>, ApiError> {
    let (topic, number) = (StyleTopic::parse(&topic)?, numbered(&number)?);
    let change = |session: TrainingSession| session.with_rule(number, &rule.text);
    Ok(Json(guard.store.training().change(&caller.principal.tenant, topic, change).await?))
}

/// Remove a rule
///
/// Before it is confirmed. The others keep their numbers.
#[utoipa::path(
    delete, path = "/v1/training/{topic}/rules/{number}", tag = "settings", operation_id = "removeTrainingRule",
    params(
        ("topic" = StyleTopic, Path, description = "What is trained"),
        ("number" = u8, Path, description = "Which rule"),
    ),
    responses((status = 204, description = "It is gone")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn remove_rule(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path((topic, number)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (topic, number) = (StyleTopic::parse(&topic)?, numbered(&number)?);
    let change = |session: TrainingSession| Ok(session.without_rule(number));
    guard.store.training().change(&caller.principal.tenant, topic, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirm the rules
///
/// They are in force for every text from now on, as the next version of the topic's guide, and the training is over.
#[utoipa::path(
    post, path = "/v1/training/{topic}/confirm", tag = "settings", operation_id = "confirmTraining",
    params(("topic" = StyleTopic, Path, description = "What is trained")),
    responses((status = 200, description = "The guide", body = StyleGuide)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn confirm(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
) -> Result<Json<StyleGuide>, ApiError> {
    let topic = StyleTopic::parse(&topic)?;
    Ok(Json(guard.store.training().confirm(&caller.principal.tenant, topic, &caller.trace).await?))
}

/// Withdraw a guide
///
/// It is in force no longer; its versions stay, and each can be put back.
#[utoipa::path(
    delete, path = "/v1/training/{topic}/guide", tag = "settings", operation_id = "withdrawStyleGuide",
    params(("topic" = StyleTopic, Path, description = "What was trained")),
    responses((status = 204, description = "None is in force")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn withdraw(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
) -> Result<StatusCode, ApiError> {
    let topic = StyleTopic::parse(&topic)?;
    guard.store.training().withdraw(&caller.principal.tenant, topic, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a guide back
///
/// An earlier version is in force again.
#[utoipa::path(
    post, path = "/v1/training/{topic}/restore", tag = "settings", operation_id = "restoreStyleGuide",
    params(("topic" = StyleTopic, Path, description = "What was trained")),
    request_body = EarlierGuide,
    responses((status = 200, description = "The guide", body = StyleGuide)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn restore(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(topic): Path<String>,
    JsonBody(earlier): JsonBody<EarlierGuide>,
) -> Result<Json<StyleGuide>, ApiError> {
    let topic = StyleTopic::parse(&topic)?;
    let (id, store) = (&caller.principal.tenant, guard.store.training());
    Ok(Json(store.restore(id, topic, earlier.version, &caller.trace).await?))
}

fn numbered(text: &str) -> Result<u8, Failure> {
    text.parse().map_err(|_| Failure::not_found("style rule"))
}
