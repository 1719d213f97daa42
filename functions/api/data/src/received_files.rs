//! Files that customers sent, for who may read the conversation that they came in.

use api::{ApiError, Caller};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::conversations::{FilePlace, ReceivedFiles};
use domain::identity::may;
use files::Prefix;

use crate::AppState;

/// Get a file that a customer sent
///
/// Leads to where the file is, for 15 minutes. Its id stands in the message (`files`), once it was fetched from the service that brought it,
/// which takes seconds. Pictures, sounds, films and PDFs are shown by a browser; all others are saved.
#[utoipa::path(
    get, path = "/v1/received-files/{id}", tag = "conversations", operation_id = "getReceivedFile",
    params(("id" = String, Path, description = "The file's id, from the message")),
    responses(
        (status = 200, description = "The file, from where the redirect leads", body = [u8], content_type = "application/octet-stream"),
        (status = 302, description = "Where it is", headers(("Location" = String, description = "A signed address, good for 15 minutes")))
    ),
    security(("bearer" = ["conversations:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadConversations>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let (tenant, place) = (&caller.principal.tenant, FilePlace::parse(&id)?);
    let message = app_state.guard.store.deliveries().outgoing(tenant, &place.message).await?;
    let ReceivedFiles { contact, files } =
        message.and_then(|message| message.files).ok_or_else(|| Failure::not_found("file"))?;
    if files.get(place.number).is_none_or(|file| file.missing.is_some()) {
        return Err(Failure::not_found("file").into());
    }
    let key = Prefix::received(tenant, contact, place.message.message).key(&place.number.to_string());
    let link = app_state.files.link(&key).await?;
    // A link that has run out is not asked for again.
    Ok((StatusCode::FOUND, [(LOCATION, link), (CACHE_CONTROL, "no-store".to_owned())]).into_response())
}
