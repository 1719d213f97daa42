//! Answers that staff keep to insert while they write: `/v1/canned-answers`, and how one reads in a conversation.

use api::{ApiError, Caller, Guard, Resource as _};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use domain::identity::{Permission, may};
use domain::ids::CannedAnswerId;
use domain::turns::canned::{CannedAnswer, FilledIn};
use domain::{ConversationId, Failure, TenantId};
use store::Store;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<crate::AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, replace, remove)).routes(routes!(fill_in))
}

/// The kind of document.
struct CannedAnswers;

api::resource! {
    (CannedAnswers: CannedAnswer by CannedAnswerId, "/v1/canned-answers", "/v1/canned-answers/{id}", "conversations",
        ReadConversations "conversations:read", WriteSettings "settings:write")
    /// List canned answers
    list "listCannedAnswers" = "A page of canned answers, by id";
    /// Get a canned answer
    show "getCannedAnswer" = "The answer";
    /// Keep a canned answer
    ///
    /// At most 200 of a tenant, each with a name of its own.
    create "createCannedAnswer";
    /// Replace a canned answer
    replace "replaceCannedAnswer";
    /// Remove a canned answer
    remove "removeCannedAnswer";
}

impl api::Resource for CannedAnswers {
    type Document = CannedAnswer;

    fn id(text: &str) -> Result<String, Failure> {
        CannedAnswerId::new(text).map(String::from).map_err(|_| Failure::not_found("canned_answer"))
    }
}

impl api::Editable for CannedAnswers {
    async fn check(store: &Store, tenant: &TenantId, wanted: &CannedAnswer) -> Result<(), Failure> {
        wanted.validate()?;
        wanted.fits(&store.documents().all::<CannedAnswer>(tenant).await?)
    }
}

/// Fill a canned answer in
///
/// As it reads in a conversation: with the customer's name, their next appointment and its link, or the quote or invoice that is open. What nothing is
/// known for stays in its braces, and `missing` names it; so does the link for whoever may not change appointments, since it can. Nothing is
/// sent.
#[utoipa::path(
    get, path = "/v1/conversations/{id}/canned-answers/{answer}", tag = "conversations", operation_id = "fillInCannedAnswer",
    params(
        ("id" = ConversationId, Path, description = "The conversation"),
        ("answer" = CannedAnswerId, Path, description = "The canned answer"),
    ),
    responses((status = 200, description = "Its text for this customer", body = FilledIn)),
    security(("bearer" = ["conversations:read"]))
)]
async fn fill_in(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path((id, answer)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<FilledIn>, ApiError> {
    let (id, answer) = (ConversationId::parse(&id)?, CannedAnswers::id(&answer)?);
    let store = guard.store.conversations();
    // With the link an appointment is moved and cancelled.
    let site = caller.principal.permits(Permission::WriteSchedule).then(|| guard.site(&headers));
    Ok(Json(store.filled_in(caller.tenant()?, id, &answer, site.as_deref(), caller.trace.at).await?))
}
