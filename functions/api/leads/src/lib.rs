//! A tenant's leads: `GET /v1/leads`, `GET` and `PATCH /v1/leads/{id}`, `GET /v1/leads/{id}/conversations`.
//!
//! The tenant is the one of the caller's credential. A lead of another tenant is a 404 like one that does not exist. A
//! change names the version it was made from.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::extract::{Path, State};
use axum::{Json, Router};
use domain::conversations::Conversation;
use domain::identity::may;
use domain::leads::{KnownAddress, Lead, LeadStatus, Score};
use domain::messaging::Address;
use domain::{Failure, LeadId, TenantId};
use serde::{Deserialize, Serialize};
use store::{LeadFilter, Page, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one, change)).routes(routes!(conversations))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only with this status.
    #[param(value_type = Option<LeadStatus>, example = "qualified")]
    status: Option<String>,
    /// Only with this score.
    #[param(value_type = Option<Score>, example = "hot")]
    score: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// What staff make of a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LeadChange {
    #[schema(value_type = LeadStatus, example = "closed_won")]
    status: String,
}

/// A lead, and how its contact is reached.
#[derive(Serialize, ToSchema)]
struct ReachableLead {
    #[serde(flatten)]
    lead: Lead,
    /// Telephone numbers, mailboxes and WhatsApp names of its contact, and how sure it is that they are theirs.
    addresses: Vec<KnownAddress>,
}

/// Conversations, oldest first.
#[derive(Serialize, ToSchema)]
struct Conversations {
    items: Vec<Conversation>,
}

/// List leads
///
/// Newest activity first, with the addresses of their contacts. A filter that matches little may give short pages: the list ends where
/// there is no cursor.
#[utoipa::path(
    get, path = "/v1/leads", tag = "leads", operation_id = "listLeads",
    params(ListQuery),
    responses((status = 200, description = "A page of leads", body = Page<ReachableLead>)),
    security(("bearer" = ["leads:read"]))
)]
async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<ReachableLead>>, ApiError> {
    let filter = LeadFilter {
        status: query.status.as_deref().map(status).transpose()?,
        score: query.score.as_deref().map(score).transpose()?,
    };
    let limit = page_size(query.limit.as_deref())?;
    let tenant = &caller.principal.tenant;
    let page = guard.store.leads().list(tenant, filter, limit, query.cursor.as_deref()).await?;
    let items = reachable(&guard, tenant, page.items).await?;
    Ok(Json(Page { items, cursor: page.cursor }))
}

/// Get a lead
///
/// With the addresses of its contact. The id of a lead that was merged into another gives the one that goes on.
#[utoipa::path(
    get, path = "/v1/leads/{id}", tag = "leads", operation_id = "getLead",
    params(("id" = LeadId, Path, description = "The lead")),
    responses((status = 200, description = "The lead", body = ReachableLead, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:read"]))
)]
async fn one(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ReachableLead>, ApiError> {
    let tenant = &caller.principal.tenant;
    let lead = guard.store.leads().get(tenant, LeadId::parse(&id)?).await?;
    tagged(&guard, tenant, lead).await
}

/// Change a lead's status
///
/// Staff close and book; the assistant goes on from there. A lead that is closed cannot be opened again: 409.
#[utoipa::path(
    patch, path = "/v1/leads/{id}", tag = "leads", operation_id = "changeLead",
    params(
        ("id" = LeadId, Path, description = "The lead"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = LeadChange,
    responses((status = 200, description = "The lead as it is now", body = ReachableLead, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:write"]))
)]
async fn change(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(change): JsonBody<LeadChange>,
) -> Result<Tagged<ReachableLead>, ApiError> {
    let to = status(&change.status)?;
    let id = LeadId::parse(&id)?;
    let tenant = &caller.principal.tenant;
    let lead = guard.store.leads().set_status(tenant, id, to, version, &caller.trace).await?;
    tagged(&guard, tenant, lead).await
}

/// List a lead's conversations
///
/// Every conversation of the lead's contact, those before a merge too, oldest first.
#[utoipa::path(
    get, path = "/v1/leads/{id}/conversations", tag = "leads", operation_id = "listLeadConversations",
    params(("id" = LeadId, Path, description = "The lead")),
    responses((status = 200, description = "The conversations", body = Conversations)),
    security(("bearer" = ["conversations:read"]))
)]
async fn conversations(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<Conversations>, ApiError> {
    let items = guard.store.conversations().of_lead(&caller.principal.tenant, LeadId::parse(&id)?).await?;
    Ok(Json(Conversations { items }))
}

/// A lead counts its writes itself.
async fn tagged(guard: &Guard, tenant: &TenantId, lead: Lead) -> Result<Tagged<ReachableLead>, ApiError> {
    let version = lead.version;
    let value = reachable(guard, tenant, vec![lead]).await?.pop().ok_or_else(|| Failure::not_found("lead"))?;
    Ok(Tagged(Versioned { version, value }))
}

/// Leads with the addresses of their contacts. Sessions of the chat reach nobody, and whoever has one could read it.
async fn reachable(guard: &Guard, tenant: &TenantId, leads: Vec<Lead>) -> Result<Vec<ReachableLead>, Failure> {
    let known = guard.store.leads().addresses(tenant, leads.iter().map(|lead| lead.contact)).await?;
    let reaches = |known: &&KnownAddress| !matches!(known.address, Address::Chat(_));
    let one = |lead: Lead| {
        let addresses = known.get(&lead.contact).into_iter().flatten().filter(reaches).cloned().collect();
        ReachableLead { lead, addresses }
    };
    Ok(leads.into_iter().map(one).collect())
}

fn status(text: &str) -> Result<LeadStatus, Failure> {
    let names = LeadStatus::ALL.map(LeadStatus::as_str).join(", ");
    LeadStatus::parse(text).ok_or_else(|| Failure::invalid("status", format!("status must be one of {names}")))
}

fn score(text: &str) -> Result<Score, Failure> {
    Score::parse(text).ok_or_else(|| Failure::invalid("score", "score must be one of hot, warm, cold, unscored"))
}
