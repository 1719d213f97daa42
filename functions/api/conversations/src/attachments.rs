//! Files that staff send along with a reply: where one is sent to first, how it becomes a part of the message, and where the customer of a
//! chat finds it.

use api::{ApiError, Caller, HoldsLink, JsonBody, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use domain::conversations::sent_files::{SIGNATURE_BYTES, check_channel, check_size, kind_of, named};
use domain::conversations::{FilePlace, ReceivedFiles};
use domain::identity::may;
use domain::ids::UploadId;
use domain::turns::replying::Words;
use domain::{ConversationId, Failure, TenantId};
use files::Prefix;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::SentFile;
use utoipa::ToSchema;

use crate::AppState;

/// A file that is about to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"bytes": 48_213}))]
pub(crate) struct NewFile {
    /// Its size.
    #[schema(minimum = 1, maximum = 16_777_216)]
    bytes: u64,
}

/// Where it goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileBegun {
    /// What the message says of it.
    id: UploadId,
    /// Where to upload the file.
    upload: FileUpload,
}

/// `PUT` the file there within 15 minutes.
#[derive(Debug, Serialize, ToSchema)]
struct FileUpload {
    /// The address.
    url: String,
    /// Headers to send with it.
    headers: BTreeMap<String, String>,
}

/// The file that goes with a message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedFile {
    /// From `POST /v1/conversations/{id}/files`.
    id: UploadId,
    /// What it is called.
    #[schema(min_length = 1, max_length = 120, example = "roof plan.pdf")]
    pub(crate) name: String,
}

/// Begin a file that goes with a message
///
/// A JPEG or PNG picture, a PDF or an MP4 film of at most 16 MB: `PUT` it to the address that is answered, and name it in a message of this
/// conversation. One that no message names is gone in a week.
#[utoipa::path(
    post, path = "/v1/conversations/{id}/files", tag = "conversations", operation_id = "beginFile",
    params(("id" = ConversationId, Path, description = "The conversation")),
    request_body = NewFile,
    responses((status = 201, description = "Where it goes", body = FileBegun)),
    security(("bearer" = ["conversations:write"]))
)]
pub(crate) async fn begin(
    caller: Caller<may::WriteConversations>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(new): JsonBody<NewFile>,
) -> Result<HoldsLink<(StatusCode, Json<FileBegun>)>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, ConversationId::parse(&id)?);
    caller.demand_reach(&app_state.guard.store, id).await?;
    let contact = app_state.guard.store.conversations().contact(tenant, id).await?;
    let contact = contact.ok_or_else(|| Failure::not_found("conversation"))?;
    check_size(new.bytes)?;
    let upload = UploadId::derive(tenant, &["upload", &caller.cause]);
    let link =
        app_state.files.upload_link(&Prefix::uploads(tenant, contact).key(&upload.to_string()), new.bytes).await?;
    let begun = FileBegun { id: upload, upload: FileUpload { url: link.url, headers: link.headers } };
    Ok(HoldsLink((StatusCode::CREATED, Json(begun))))
}

impl AppState {
    /// Keeps the file that a message of `id` names with its contact, under the message's own id: run again, it is the same. What it is, whether
    /// the channel takes it, and whether the message may go at all, is looked at before.
    pub(crate) async fn keep(
        &self,
        caller: &Caller<may::WriteConversations>,
        id: ConversationId,
        named_file: &NamedFile,
        text: &str,
    ) -> Result<SentFile, Failure> {
        let (own, cause) = (caller.tenant()?, caller.cause.as_str());
        let tenant = &own.id;
        let conversations = self.guard.store.conversations();
        let thread = conversations.thread(tenant, id).await?;
        let from = Prefix::uploads(tenant, thread.contact).key(&named_file.id.to_string());
        let missing =
            || Failure::invalid("file.id", "file.id must be of a file that was sent to its address within a week");
        let begin = self.files.read_piece(&from, 0, SIGNATURE_BYTES).await?.ok_or_else(missing)?;
        let (content_type, bytes) = (kind_of(&begin)?, self.files.size(&from).await?.ok_or_else(missing)?);
        let name = named(&named_file.name, content_type)?;
        check_channel(thread.channel, content_type, bytes, text)?;
        conversations.demand_reply(own, id, Words::Own(text), cause, &caller.trace).await?;
        let message = conversations.reply_id(tenant, id, cause);
        self.files.copy_kept(&from, &Prefix::received(tenant, thread.contact, message).key("0"), content_type).await?;
        Ok(SentFile { contact: thread.contact, name, content_type, bytes })
    }
}

/// What the address of a file of a chat says.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChatFileQuery {
    /// Until when it is good, in seconds since 1970.
    #[param(value_type = i64)]
    until: String,
    /// That whoever has the session was given it.
    token: String,
}

/// Get a file of a chat
///
/// Leads to a file that staff sent in a chat. Its address comes with the message (`files`), and is good for an hour.
#[utoipa::path(
    get, path = "/webhooks/live-chat/files/{tenant}/{id}", tag = "site", operation_id = "getChatFile",
    params(
        ("tenant" = TenantId, Path, description = "The business"),
        ("id" = String, Path, description = "The file's id"),
        ChatFileQuery,
    ),
    responses(
        (status = 200, description = "The file, from where the redirect leads", body = [u8], content_type = "application/octet-stream"),
        (status = 302, description = "Where it is", headers(("Location" = String, description = "A signed address, good for 15 minutes")))
    ),
)]
pub(crate) async fn of_chat(
    State(app_state): State<AppState>,
    Path((tenant, id)): Path<(String, String)>,
    Parameters(query): Parameters<ChatFileQuery>,
) -> Result<Response, ApiError> {
    let missing = || Failure::not_found("file");
    let (tenant, place) = (TenantId::new(tenant).map_err(|_| missing())?, FilePlace::parse(&id)?);
    let (until, now) = (query.until.parse().map_err(|_| missing())?, runtime::clock::now());
    let conversations = app_state.guard.store.conversations();
    let opened = conversations.chat_file(&tenant, &place, (until, &query.token), now).await?;
    let ReceivedFiles { contact, .. } = opened.ok_or_else(missing)?;
    let key = Prefix::received(&tenant, contact, place.message.message).key(&place.number.to_string());
    let link = app_state.files.link(&key).await?;
    Ok((StatusCode::FOUND, [(LOCATION, link), (CACHE_CONTROL, "no-store".to_owned())]).into_response())
}
