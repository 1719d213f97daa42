//! Which mails about conversations someone wants.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use axum::extract::State;
use domain::identity::{NoticeChoice, may};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::AppState;
use crate::person::Person;

/// Which mails are wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticesWanted {
    /// When a colleague mentions you in a note.
    mentions: bool,
    /// When a conversation is assigned to you.
    assignments: bool,
}

/// Which mails about conversations you get
///
/// Of the business of this session. Who has chosen nothing gets them all.
#[utoipa::path(
    get, path = "/v1/account/notices", tag = "account", operation_id = "getNotices",
    responses((status = 200, description = "The notices that the caller gets", body = NoticeChoice)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn show(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Json<NoticeChoice>, ApiError> {
    let (tenant, person) = (&caller.principal.tenant, Person::of(&caller)?);
    Ok(Json(app_state.guard.store.conversations().notice_choice(tenant, person.account).await?))
}

/// Choose which mails about conversations you get
///
/// From the business of this session. What the business sends to addresses of its own choice (`notify`) is not changed by it.
#[utoipa::path(
    put, path = "/v1/account/notices", tag = "account", operation_id = "chooseNotices",
    request_body = NoticesWanted,
    responses((status = 200, description = "The notices that the caller gets", body = NoticeChoice)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn choose(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(wanted): JsonBody<NoticesWanted>,
) -> Result<Json<NoticeChoice>, ApiError> {
    let (tenant, person) = (&caller.principal.tenant, Person::of(&caller)?);
    let choice = NoticeChoice { mentions: wanted.mentions, assignments: wanted.assignments };
    app_state.guard.store.conversations().choose_notices(tenant, person.account, choice).await?;
    Ok(Json(choice))
}
