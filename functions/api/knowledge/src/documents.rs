//! Documents: added with an address for their file, listed, described, replaced, deleted.

use api::{ApiError, Caller, Guard, HoldsLink, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::IntoResponse;
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::{DocumentId, LocationId};
use domain::knowledge::{DOCUMENT_FILE, Description, DocumentNotice, KnowledgeDocument};
use domain::{Failure, TenantId};
use files::{LINK_FOR, Prefix};
use futures::future::try_join_all;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use store::{DocumentFilter, Page, Versioned};
use utoipa::ToSchema;

use crate::{AppState, LOOK_AFTER};

/// So often a document is deleted again that was read meanwhile.
const ATTEMPTS: usize = 4;
/// So many messages are sent at the same time.
const AT_ONCE: usize = 20;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only those about this location.
    #[param(value_type = Option<LocationId>)]
    location: Option<String>,
    /// Only those in this category.
    #[param(max_length = 60, example = "prices")]
    category: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// A document whose file is sent next.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDocument {
    /// What people call it, best with the ending of its file; answers name it as their source.
    #[schema(min_length = 1, max_length = 200, example = "Price list 2027.pdf")]
    name: String,
    /// The size of its file, at most 20 MB.
    #[schema(minimum = 1, maximum = 20_000_000, example = 48213)]
    bytes: u64,
    /// The location that it is about; none: all of them.
    #[serde(default)]
    #[schema(nullable = false)]
    location: Option<LocationId>,
    /// A category, to search in it alone.
    #[serde(default)]
    #[schema(nullable = false, min_length = 1, max_length = 60, example = "prices")]
    category: Option<String>,
}

/// A new version of a document's file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDocumentFile {
    /// Its size, at most 20 MB.
    #[schema(minimum = 1, maximum = 20_000_000, example = 48213)]
    bytes: u64,
}

/// What changes of a document; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentPatch {
    /// What people call it.
    #[serde(default)]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Price list 2027.pdf")]
    name: Option<String>,
    /// The location that it is about; null: all of them.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LocationId>)]
    location: Option<Option<LocationId>>,
    /// The category that it is in; null: none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60, example = "prices")]
    category: Option<Option<String>>,
}

/// A document, and where its file goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentBegun {
    /// The document.
    document: KnowledgeDocument,
    /// Where the file goes.
    upload: DocumentUpload,
}

/// Where a file goes. It is read as soon as it is there: no other call is needed.
#[derive(Debug, Serialize, ToSchema)]
struct DocumentUpload {
    /// The address.
    url: String,
    /// How it is sent there.
    #[schema(example = "PUT")]
    method: &'static str,
    /// Headers to send with it.
    #[schema(example = json!({}))]
    headers: BTreeMap<String, String>,
    /// Until when the address is good (UTC).
    expires_at: Timestamp,
}

/// A field that was sent, null or not.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// List documents
///
/// Those that were sent last first.
#[utoipa::path(
    get, path = "/v1/knowledge/documents", tag = "knowledge", operation_id = "listKnowledgeDocuments",
    params(ListQuery),
    responses((status = 200, description = "A page of documents", body = Page<KnowledgeDocument>)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<KnowledgeDocument>>, ApiError> {
    let location = query.location.map(LocationId::new).transpose()?;
    let filter = DocumentFilter { location, category: query.category };
    let (tenant, limit) = (&caller.principal.tenant, page_size(query.limit.as_deref())?);
    Ok(Json(guard.store.knowledge().list(tenant, &filter, limit, query.cursor.as_deref()).await?))
}

/// Add a document
///
/// PDF, DOCX, XLSX, CSV, HTML, Markdown or plain text, of at most 20 MB. The answer has an address: `PUT` the file there within 15 minutes,
/// and it is read. `status` says how far it is; as soon as it is `ready`, answers are given from it. A business has at most 200 documents.
#[utoipa::path(
    post, path = "/v1/knowledge/documents", tag = "knowledge", operation_id = "addKnowledgeDocument",
    request_body = NewDocument,
    responses((status = 201, description = "It waits for its file", body = DocumentBegun, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn add(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    JsonBody(new): JsonBody<NewDocument>,
) -> Result<impl IntoResponse, ApiError> {
    let (tenant, trace) = (&caller.tenant()?.id, &caller.trace);
    let NewDocument { name, bytes, location, category } = new;
    app_state.check_location(tenant, location.as_ref()).await?;
    let id = DocumentId::derive(tenant, &["document", &caller.cause]);
    let document = KnowledgeDocument::of_file(id, Description { name, location, category }, bytes, trace.at)?;
    let document = app_state.guard.store.knowledge().add(tenant, &document, trace).await?;
    let headers = [(LOCATION, address_of(id)), (ETAG, format!("\"{}\"", document.version))];
    let begun = app_state.begun(tenant, document.value, bytes, trace.at).await?;
    Ok(HoldsLink((StatusCode::CREATED, headers, Json(begun))))
}

/// Get a document
#[utoipa::path(
    get, path = "/v1/knowledge/documents/{id}", tag = "knowledge", operation_id = "getKnowledgeDocument",
    params(("id" = DocumentId, Path, description = "The document")),
    responses((status = 200, description = "How far it is", body = KnowledgeDocument, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<KnowledgeDocument>, ApiError> {
    Ok(Tagged(guard.store.knowledge().get(&caller.principal.tenant, DocumentId::parse(&id)?).await?))
}

/// Describe a document
///
/// A merge patch: what is left out stays. Answers name the new source as soon as the document was read again.
#[utoipa::path(
    patch, path = "/v1/knowledge/documents/{id}", tag = "knowledge", operation_id = "changeKnowledgeDocument",
    params(
        ("id" = DocumentId, Path, description = "The document"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body(content((DocumentPatch = "application/merge-patch+json"), (DocumentPatch = "application/json"))),
    responses((status = 200, description = "As it is now", body = KnowledgeDocument, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(patch): JsonBody<DocumentPatch>,
) -> Result<Tagged<KnowledgeDocument>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, DocumentId::parse(&id)?);
    let knowledge = app_state.guard.store.knowledge();
    let before = demand_version(knowledge.get(tenant, id).await?, version)?;
    let now = before.value.description();
    let description = Description {
        name: patch.name.unwrap_or(now.name),
        location: patch.location.unwrap_or(now.location),
        category: patch.category.unwrap_or(now.category),
    };
    app_state.check_location(tenant, description.location.as_ref()).await?;
    let document = before.value.clone().described(description)?;
    let change = knowledge.change(tenant, &before, &document, &caller.trace);
    Ok(Tagged(app_state.changed(tenant, id, change).await?))
}

/// Replace a document's file
///
/// The answer has an address for the new version. Until that is read, the one of before is what answers are given from. The same content
/// again changes nothing. A new version that cannot be read leaves nothing of the one of before.
#[utoipa::path(
    post, path = "/v1/knowledge/documents/{id}/upload", tag = "knowledge", operation_id = "replaceKnowledgeFile",
    params(("id" = DocumentId, Path, description = "The document")),
    request_body = NewDocumentFile,
    responses((status = 200, description = "Where the new version goes", body = DocumentBegun, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace_file(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(file): JsonBody<NewDocumentFile>,
) -> Result<impl IntoResponse, ApiError> {
    let (tenant, at) = (&caller.principal.tenant, caller.trace.at);
    let knowledge = app_state.guard.store.knowledge();
    let before = knowledge.get(tenant, DocumentId::parse(&id)?).await?;
    let document = before.value.clone().announced(file.bytes, at)?;
    let document = knowledge.change(tenant, &before, &document, &caller.trace).await.map_err(again)?;
    let headers = [(ETAG, format!("\"{}\"", document.version))];
    let begun = app_state.begun(tenant, document.value, file.bytes, at).await?;
    Ok(HoldsLink((headers, Json(begun))))
}

/// Delete a document
///
/// At once nothing is answered from it any more; its file goes within minutes.
#[utoipa::path(
    delete, path = "/v1/knowledge/documents/{id}", tag = "knowledge", operation_id = "removeKnowledgeDocument",
    params(("id" = DocumentId, Path, description = "The document")),
    responses((status = 204, description = "It was deleted")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, DocumentId::parse(&id)?);
    let knowledge = app_state.guard.store.knowledge();
    app_state.ensure_readable(tenant).await?;
    for _ in 0..ATTEMPTS {
        // What is not there is not looked for.
        let document = knowledge.get(tenant, id).await?;
        let documents = [document];
        let deleted = app_state.library.delete(tenant, &documents, &caller.trace);
        if app_state.changed(tenant, id, deleted).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(moves_on().into())
}

/// Delete all documents
///
/// With all questions and answers, and everything that was made from them.
#[utoipa::path(
    delete, path = "/v1/knowledge", tag = "knowledge", operation_id = "clearKnowledge",
    responses((status = 204, description = "Nothing is left")),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn clear(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
) -> Result<StatusCode, ApiError> {
    let tenant = &caller.principal.tenant;
    app_state.ensure_readable(tenant).await?;
    for _ in 0..ATTEMPTS {
        let documents = app_state.guard.store.knowledge().all(tenant).await?;
        if documents.is_empty() {
            return Ok(StatusCode::NO_CONTENT);
        }
        app_state.look_later(tenant, &documents).await?;
        app_state.library.delete(tenant, &documents, &caller.trace).await?;
    }
    Err(moves_on().into())
}

impl AppState {
    /// The answer with an address for a file.
    async fn begun(
        &self,
        tenant: &TenantId,
        document: KnowledgeDocument,
        bytes: u64,
        now: Timestamp,
    ) -> Result<DocumentBegun, Failure> {
        let key = Prefix::document(tenant, document.id).key(DOCUMENT_FILE);
        let link = self.library.files().kept_upload_link(&key, bytes).await?;
        let expires_at = now.saturating_add(LINK_FOR).unwrap_or(now);
        let upload = DocumentUpload { url: link.url, method: "PUT", headers: link.headers, expires_at };
        Ok(DocumentBegun { document, upload })
    }

    /// Asks that documents which are about to be deleted are looked at afterwards: their files are taken away then.
    async fn look_later(&self, tenant: &TenantId, documents: &[Versioned<KnowledgeDocument>]) -> Result<(), Failure> {
        let look = |document: &Versioned<KnowledgeDocument>| DocumentNotice::Look {
            tenant: tenant.clone(),
            document: document.value.id,
        };
        let notices: Vec<DocumentNotice> = documents.iter().map(look).collect();
        for some in notices.chunks(AT_ONCE) {
            try_join_all(some.iter().map(|notice| self.queue.send_later(notice, LOOK_AFTER, ""))).await?;
        }
        Ok(())
    }
}

pub(crate) fn address_of(id: DocumentId) -> String {
    format!("/v1/knowledge/documents/{id}")
}

/// The document, where it is the version that a change was made from.
///
/// # Errors
/// 412 where it is another one.
pub(crate) fn demand_version<T>(document: Versioned<T>, version: u64) -> Result<Versioned<T>, Failure> {
    if document.version == version {
        return Ok(document);
    }
    let message = format!("it has changed since version {version}: read it again, and change what is there now");
    Err(Failure::rejected(Rejection::PreconditionFailed, message))
}

fn moves_on() -> Failure {
    Failure::Retryable("a document is being read all the time".into())
}

/// The caller named no version: that the document changed meanwhile is no fault of theirs.
fn again(failure: Failure) -> Failure {
    match failure {
        Failure::Rejected { kind: Rejection::PreconditionFailed, .. } => moves_on(),
        failure => failure,
    }
}
