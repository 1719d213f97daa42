//! Proposes a reply to a member of the staff: `POST /v1/conversations/{id}/suggestions`.
//!
//! It is the one function of the API that reads the models' keys, and it may send nothing: what it makes is a text, which staff send
//! by `POST /v1/conversations/{id}/messages` or leave. A request that comes again finds what the first one stored; one that died before it
//! stored anything asks once more.

mod proposing;
mod streams;

use ai::Assistant;
use api::{ApiError, Caller, Guard, JsonBody};
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::{Json, Router};
use domain::ConversationId;
use domain::conversations::suggestion::Suggestion;
use domain::identity::may;
use domain::ids::SuggestionId;
use library::Library;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use proposing::{Proposer, Wanted};

/// What the handler needs: the guard with the table, and the models. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The models, or the built-in responder.
    pub assistant: Arc<Assistant>,
    /// What the businesses' documents say; without it they are not looked at.
    pub library: Option<Library>,
    /// Where suggestions are heard while they are written; `None`: nowhere.
    pub streamed_at: Option<String>,
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(suggest)).routes(routes!(streams::ask))
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
    caller.demand_reach(&app_state.guard.store, conversation).await?;
    let id = SuggestionId::derive(&tenant.id, &[&conversation.to_string(), &caller.cause]);
    let wanted = Wanted { tenant, conversation, id, instead_of: new.instead_of, trace: &caller.trace };
    let (suggestion, _) = app_state.proposer().propose(wanted, None).await?;
    Ok((StatusCode::CREATED, Json(suggestion)))
}

impl AppState {
    fn proposer(&self) -> Proposer {
        Proposer { store: self.guard.store.clone(), assistant: self.assistant.clone(), library: self.library.clone() }
    }
}
