//! Questions with their answers: documents that are typed in.

use api::{ApiError, Caller, Created, Guard, IfMatch, JsonBody, Tagged};
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::{DocumentId, LocationId};
use domain::knowledge::{Description, Faq, FaqPair, KnowledgeDocument};
use serde::Deserialize;
use store::Versioned;
use utoipa::ToSchema;

use crate::AppState;
use crate::documents::{address_of, demand_version};

/// Questions with their answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFaq {
    /// What the list is called; answers name it as their source.
    #[schema(min_length = 1, max_length = 200, example = "Frequent questions")]
    name: String,
    /// The questions, no two the same, with their answers.
    #[schema(min_items = 1, max_items = 500)]
    pairs: Vec<FaqPair>,
    /// The location that they are about; none: all of them.
    #[serde(default)]
    #[schema(nullable = false)]
    location: Option<LocationId>,
    /// A category, to search in it alone.
    #[serde(default)]
    #[schema(nullable = false, min_length = 1, max_length = 60, example = "prices")]
    category: Option<String>,
}

/// Questions that take the place of others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPairs {
    /// All questions, no two the same, with their answers.
    #[schema(min_items = 1, max_items = 500)]
    pairs: Vec<FaqPair>,
}

/// Add questions with their answers
///
/// At most 500, with 250,000 bytes together. They are a document of the format `faq`: each question is found and quoted by itself.
#[utoipa::path(
    post, path = "/v1/knowledge/faqs", tag = "knowledge", operation_id = "addFaq",
    request_body = NewFaq,
    responses((status = 201, description = "The document", body = KnowledgeDocument, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn add(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    JsonBody(new): JsonBody<NewFaq>,
) -> Result<Created<KnowledgeDocument>, ApiError> {
    let (tenant, trace) = (&caller.tenant()?.id, &caller.trace);
    let NewFaq { name, pairs, location, category } = new;
    app_state.check_location(tenant, location.as_ref()).await?;
    let faq = Faq::new(DocumentId::derive(tenant, &["faq", &caller.cause]), pairs)?;
    let document = KnowledgeDocument::of_faq(&faq, Description { name, location, category }, trace.at)?;
    let added = app_state.guard.store.knowledge();
    let value = app_state.changed(tenant, faq.id, added.add_faq(tenant, &document, &faq, trace)).await?;
    Ok(Created { location: address_of(faq.id), value })
}

/// Get the questions of a document
///
/// Of one that is a file there are none: 404.
#[utoipa::path(
    get, path = "/v1/knowledge/faqs/{id}", tag = "knowledge", operation_id = "getFaq",
    params(("id" = DocumentId, Path, description = "The document")),
    responses((status = 200, description = "Its questions with their answers", body = Faq, headers(("ETag" = String, description = "The document's version")))),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Faq>, ApiError> {
    let (tenant, id, knowledge) = (&caller.principal.tenant, DocumentId::parse(&id)?, guard.store.knowledge());
    // The version first: what was read after it is at least as new, and a change from an older version is refused.
    let version = knowledge.get(tenant, id).await?.version;
    Ok(Tagged(Versioned { value: knowledge.faq(tenant, id).await?, version }))
}

/// Replace the questions of a document
#[utoipa::path(
    put, path = "/v1/knowledge/faqs/{id}", tag = "knowledge", operation_id = "replaceFaq",
    params(
        ("id" = DocumentId, Path, description = "The document"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = NewPairs,
    responses((status = 200, description = "The document as it is now", body = KnowledgeDocument, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(new): JsonBody<NewPairs>,
) -> Result<Tagged<KnowledgeDocument>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, DocumentId::parse(&id)?);
    let knowledge = app_state.guard.store.knowledge();
    let before = demand_version(knowledge.get(tenant, id).await?, version)?;
    let faq = Faq::new(id, new.pairs)?;
    let document = before.value.clone().answered(&faq, caller.trace.at)?;
    let change = knowledge.change_faq(tenant, &before, &document, &faq, &caller.trace);
    Ok(Tagged(app_state.changed(tenant, id, change).await?))
}
