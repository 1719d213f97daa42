//! What customers ask and the business's data does not answer: suggestions for the frequent questions, made every week.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::GapId;
use domain::knowledge::gaps::{Gap, GapState, KnowledgeGap};
use serde::{Deserialize, Serialize};
use store::{Page, Worded};
use utoipa::ToSchema;

/// A suggestion as the business words it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAnswer {
    /// The question, as customers ask it.
    #[schema(min_length = 1, max_length = 300, example = "Do you also charge electric cars?")]
    question: String,
    /// What they are told.
    #[schema(min_length = 1, max_length = 1000, example = "Yes, there are two chargers behind the house.")]
    answer: String,
}

/// What was decided about a suggestion.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecidedGap {
    /// Which.
    id: GapId,
    /// How it stands now.
    state: GapState,
}

impl From<Gap> for DecidedGap {
    fn from(gap: Gap) -> Self {
        Self { id: gap.id, state: gap.state }
    }
}

/// List what customers ask and nothing answers
///
/// On Monday morning the questions of the last 90 days that no data answered are grouped. What at least two people asked is suggested for
/// the frequent questions, the most asked first: at most ten. Names, addresses and numbers of customers are taken out.
#[utoipa::path(
    get, path = "/v1/knowledge/gaps", tag = "knowledge", operation_id = "listKnowledgeGaps",
    responses((status = 200, description = "The suggestions that wait; there is one page", body = Page<KnowledgeGap>)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
) -> Result<Json<Page<KnowledgeGap>>, ApiError> {
    let waiting = guard.store.gaps().waiting(&caller.principal.tenant, caller.trace.at).await?;
    Ok(Json(Page { items: waiting.into_iter().map(KnowledgeGap::from).collect(), cursor: None }))
}

/// Answer a suggestion
///
/// It is put among the tenant's frequent questions (`faqs`), with keywords from the words of those who asked, so that they are answered the
/// next time. Again, it changes nothing. One that was dismissed is a 409.
#[utoipa::path(
    post, path = "/v1/knowledge/gaps/{id}/answer", tag = "knowledge", operation_id = "answerKnowledgeGap",
    params(("id" = GapId, Path, description = "The suggestion")),
    request_body = NewAnswer,
    responses((status = 200, description = "How it stands now", body = DecidedGap)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn answer(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(new): JsonBody<NewAnswer>,
) -> Result<Json<DecidedGap>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, GapId::parse(&id)?);
    let worded = Worded::As { question: &new.question, answer: &new.answer };
    Ok(Json(guard.store.gaps().add(tenant, id, worded, &caller.trace).await?.into()))
}

/// Dismiss a suggestion
///
/// Nothing that asks the same is suggested again. Again, it changes nothing. One that was added is a 409: remove it from the frequent
/// questions.
#[utoipa::path(
    post, path = "/v1/knowledge/gaps/{id}/dismiss", tag = "knowledge", operation_id = "dismissKnowledgeGap",
    params(("id" = GapId, Path, description = "The suggestion")),
    responses((status = 200, description = "How it stands now", body = DecidedGap)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn dismiss(
    caller: Caller<may::WriteSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<DecidedGap>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, GapId::parse(&id)?);
    Ok(Json(guard.store.gaps().dismiss(tenant, id, &caller.trace).await?.into()))
}
