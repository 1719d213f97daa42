//! Proposes a reply to a member of the staff: `POST /v1/conversations/{id}/suggestions`.
//!
//! It is the one function of the API that reads the models' keys, and it may send nothing: what it makes is a text, which staff send
//! by `POST /v1/conversations/{id}/messages` or leave. A request that comes again finds what the first one stored; one that died before it
//! stored anything asks once more.

use ai::prompt::Script;
use ai::{Assistant, Draft, SUGGEST_BUDGET, Suggested};
use api::{ApiError, Caller, Guard, JsonBody};
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::{Json, Router};
use domain::conversations::Conversation;
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::SuggestionId;
use domain::prompts::{PromptTask, PromptTrial};
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Tenant};
use domain::turns::suggesting::Draftable;
use domain::{ConversationId, Failure};
use jiff::{SignedDuration, Timestamp};
use library::Library;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Instant;
use store::Quota;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How many suggestions a tenant's staff get: so many at once, and one more every few seconds. Whoever holds the button down pays for no
/// more than these.
const SUGGESTIONS: Quota = Quota { at_once: 20, every: SignedDuration::from_secs(4) };

/// What the handler needs: the guard with the table, and the models. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The models, or the built-in responder.
    pub assistant: Arc<Assistant>,
    /// What the businesses' documents say; without it they are not looked at.
    pub library: Option<Library>,
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(suggest))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}

/// What a reply is wanted for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
struct NewSuggestion {
    /// The one before, where another one is wanted in its place: nothing else becomes of that one.
    #[serde(default)]
    instead_of: Option<SuggestionId>,
}

/// Suggest a reply
///
/// Proposes what to write to the customer next: for staff to read, change and send, or leave. Nothing is sent by it, and nothing in the
/// conversation changes. A model writes it from the conversation and the business's own data; where none can be had, or what it wrote may not
/// go out, it is what the built-in assistant would answer, if a person may send that. Where there is nothing to propose either, it has no `text`, and
/// `without_model` says why no model wrote one. Name its `id` as `suggestion_id` in the message that is made of it. It is kept for 30
/// days.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/suggestions", tag = "conversations", operation_id = "suggestReply",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = NewSuggestion,
    responses((status = 201, description = "What is proposed", body = Suggestion)),
    security(("bearer" = ["conversations:write"]))
)]
async fn suggest(
    caller: Caller<may::WriteConversations>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(new): JsonBody<NewSuggestion>,
) -> Result<(StatusCode, Json<Suggestion>), ApiError> {
    let (tenant, conversation) = (caller.tenant()?, ConversationId::parse(&id)?);
    let store = &app_state.guard.store;
    caller.demand_reach(store, conversation).await?;
    let id = SuggestionId::derive(&tenant.id, &[&conversation.to_string(), &caller.cause]);
    if let Some(made) = store.conversations().suggestion(&tenant.id, conversation, id).await? {
        return Ok((StatusCode::CREATED, Json(made)));
    }
    let (person, thread) = store.conversations().writable(tenant, conversation, &caller.trace).await?;
    app_state.demand_quota(tenant, caller.trace.at).await?;
    let (started, now) = (Instant::now(), caller.trace.at);
    let cost_mode = app_state.cost_mode(tenant, &thread, now).await?;
    let own = store.tenants().own(tenant).await?;
    let mut draftable = Draftable::new(tenant, &own, &person, &thread, now);
    if let Some((library, lookup)) = app_state.library.as_ref().zip(draftable.lookup())
        && let Some(index) = library.to_answer_from(&tenant.id).await
    {
        draftable = draftable.with_findings(&lookup, ai::look_up(&index, &lookup));
    }
    if app_state.assistant.may_ask(tenant, cost_mode) {
        let found = store.conversations().summaries(&tenant.id, &draftable.recalls()).await?;
        draftable = draftable.recalling(found);
    }
    let suggested = app_state.assistant.suggest(tenant, &draftable, cost_mode, now, started + SUGGEST_BUDGET).await;
    log(tenant, conversation, cost_mode, &suggested, started);
    let Suggested { draft, spent, without_model, tried } = suggested;
    let (text, language, author) = match draft {
        Some(Draft { text, language, author }) => (Some(text), Some(language), Some(author)),
        None => (None, None, None),
    };
    let suggestion = Suggestion {
        id,
        conversation,
        text,
        language,
        author,
        without_model,
        cost_mode,
        basis: basis(&thread, without_model.is_none().then_some(tried.as_ref()).flatten()),
        asked_by: caller.trace.actor.clone(),
        at: now,
        day: now.to_zoned(tenant.time_zone()).date(),
        settled: None,
    };
    let kept = store
        .conversations()
        .keep_suggestion(&tenant.id, &suggestion, (&spent, tried.as_ref()), new.instead_of)
        .await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

impl AppState {
    async fn demand_quota(&self, tenant: &Tenant, now: Timestamp) -> Result<(), Failure> {
        let name = format!("suggestions|{}", tenant.id);
        if self.guard.store.limits().take_quota(&name, SUGGESTIONS, None, now).await? {
            return Ok(());
        }
        let every = SUGGESTIONS.every.as_secs();
        let message = format!("too many suggestions: your team gets one every {every} s, try again then");
        Err(Failure::rejected(Rejection::TooManyRequests, message))
    }

    /// How much to save on models.
    async fn cost_mode(&self, tenant: &Tenant, thread: &Conversation, now: Timestamp) -> Result<CostMode, Failure> {
        if !self.assistant.has_model() {
            return Ok(CostMode::None);
        }
        let of_month = self.guard.store.usage().cost_mode(tenant, now).await?;
        Ok(of_month.in_conversation(thread.message_count, &tenant.cost_control))
    }
}

/// `tried`: the question to the model that wrote it.
fn basis(thread: &Conversation, tried: Option<&PromptTrial>) -> Basis {
    let built_in = || Script::built_in(PromptTask::Suggest).used().version.clone();
    Basis {
        task: TASK.to_owned(),
        prompt: tried.map_or_else(built_in, |tried| tried.used.version.clone()),
        test: tried.map(|tried| tried.used.test),
        messages: thread.message_count,
        last_message_at: thread.last_message_at,
    }
}

/// Never what was written.
fn log(tenant: &Tenant, conversation: ConversationId, cost_mode: CostMode, suggested: &Suggested, started: Instant) {
    let tokens = |count: fn(&Spent) -> u64| suggested.spent.iter().map(count).sum::<u64>();
    tracing::info!(
        tenant = %tenant.id,
        %conversation,
        ?cost_mode,
        has_text = suggested.draft.is_some(),
        without_model = ?suggested.without_model,
        input_tokens = tokens(|spent| spent.tokens.input()),
        output_tokens = tokens(|spent| spent.tokens.output),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "suggested"
    );
}
