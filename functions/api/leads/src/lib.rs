//! A tenant's leads: `GET` and `POST /v1/leads`, `GET` and `PATCH /v1/leads/{id}`, `GET /v1/leads/{id}/conversations` and
//! `/timeline`.
//!
//! The tenant is the one of the caller's credential. A lead of another tenant is a 404 like one that does not exist. A
//! change names the version it was made from.

mod writing;

use api::{ApiError, Caller, Expand, Expandable, Expanded, Guard, PageQuery, Parameters, Tagged, page_size};
use axum::extract::{Path, State};
use axum::{Json, Router};
use domain::conversations::Conversation;
use domain::identity::may;
use domain::ids::{AccountId, LocationId};
use domain::leads::{KnownAddress, Lead, LeadStatus, Score};
use domain::messaging::{Address, Source};
use domain::{Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{LeadFilter, Page, Timeline, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most characters that are looked for.
const MAX_SEARCH: usize = 100;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new()
        .routes(routes!(list, writing::enter))
        .routes(routes!(one, writing::change))
        .routes(routes!(conversations))
        .routes(routes!(timeline))
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
    /// Only those who came like this.
    #[param(value_type = Option<Source>, example = "web_form")]
    source: Option<String>,
    /// Only those that this location looks after.
    #[param(value_type = Option<LocationId>, example = "lakewood")]
    location: Option<String>,
    /// Only this person's: the id of an account.
    #[param(value_type = Option<AccountId>)]
    assignee: Option<String>,
    /// Only what has changed at this moment or later.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T00:00:00Z")]
    since: Option<String>,
    /// Only those with this in their name or in what they want, whatever the case; a number or a mailbox finds the latest leads of those who have it.
    /// At most 100 characters.
    #[param(max_length = 100, example = "vale")]
    q: Option<String>,
}

impl ListQuery {
    fn filter(&self) -> Result<LeadFilter, Failure> {
        let text = self.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if text.is_some_and(|text| text.chars().count() > MAX_SEARCH) {
            return Err(Failure::invalid("q", format!("q may have at most {MAX_SEARCH} characters")));
        }
        Ok(LeadFilter {
            status: self.status.as_deref().map(status).transpose()?,
            score: self.score.as_deref().map(score).transpose()?,
            source: self.source.as_deref().map(source).transpose()?,
            location: self.location.as_deref().map(location).transpose()?,
            assignee: self.assignee.as_deref().map(account).transpose()?,
            since: self.since.as_deref().map(since).transpose()?,
            text: text.map(ToOwned::to_owned),
        })
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct TimelineQuery {
    /// The most entries.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 50)]
    limit: Option<String>,
}

/// A lead, and how its contact is reached.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReachableLead {
    #[serde(flatten)]
    lead: Lead,
    /// Telephone numbers, mailboxes and WhatsApp names of its contact, and how sure it is that they are theirs.
    addresses: Vec<KnownAddress>,
    /// What was asked for with `expand`.
    #[serde(skip_serializing_if = "Option::is_none")]
    expanded: Option<Expanded>,
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
    params(ListQuery, Expand<Lead>, PageQuery),
    responses((status = 200, description = "A page of leads", body = Page<ReachableLead>)),
    security(("bearer" = ["leads:read"]))
)]
async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
    expand: Expand<Lead>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<ReachableLead>>, ApiError> {
    let (filter, (limit, cursor)) = (query.filter()?, page.read()?);
    let tenant = &caller.principal.tenant;
    let page = guard.store.leads().list(tenant, &filter, limit, cursor).await?;
    let expanded = expand.of(&guard.store, tenant, &page.items).await?.into_iter();
    let items = reachable(&guard, tenant, page.items).await?.into_iter().zip(expanded);
    let items = items.map(|(lead, expanded)| ReachableLead { expanded, ..lead });
    Ok(Json(Page { items: items.collect(), cursor: page.cursor }))
}

/// Get a lead
///
/// With the addresses of its contact. The id of a lead that was merged into another gives the one that goes on.
#[utoipa::path(
    get, path = "/v1/leads/{id}", tag = "leads", operation_id = "getLead",
    params(("id" = LeadId, Path, description = "The lead"), Expand<Lead>),
    responses((status = 200, description = "The lead", body = ReachableLead, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:read"]))
)]
async fn one(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    expand: Expand<Lead>,
) -> Result<Tagged<ReachableLead>, ApiError> {
    let tenant = &caller.principal.tenant;
    let lead = guard.store.leads().get(tenant, LeadId::parse(&id)?).await?;
    let Expandable { value, expanded } = expand.one(&guard.store, tenant, lead).await?;
    let mut shown = tagged(&guard, tenant, value).await?;
    shown.0.value.expanded = expanded;
    Ok(shown)
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

/// See all that happened with a lead
///
/// The timeline of its contact (`GET /v1/contacts/{id}/timeline`): messages on every channel with what became of them, calls, how the lead's
/// status changed, escalations, steps of sequences, tasks; what comes next, and what waits and why. Newest first.
#[utoipa::path(
    get, path = "/v1/leads/{id}/timeline", tag = "leads", operation_id = "getLeadTimeline",
    params(("id" = LeadId, Path, description = "The lead"), TimelineQuery),
    responses((status = 200, description = "The timeline", body = Timeline)),
    security(("bearer" = ["conversations:read"]))
)]
async fn timeline(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Parameters(query): Parameters<TimelineQuery>,
) -> Result<Json<Timeline>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, LeadId::parse(&id)?);
    let limit = page_size(query.limit.as_deref())?;
    let contact = guard.store.leads().contact(tenant, id).await?.ok_or_else(|| Failure::not_found("lead"))?;
    Ok(Json(guard.store.conversations().timeline(tenant, contact, limit).await?))
}

/// A lead counts its writes itself.
pub(crate) async fn tagged(guard: &Guard, tenant: &TenantId, lead: Lead) -> Result<Tagged<ReachableLead>, ApiError> {
    let version = lead.version;
    let value = reachable(guard, tenant, vec![lead]).await?.pop().ok_or_else(|| Failure::not_found("lead"))?;
    Ok(Tagged(Versioned { version, value }))
}

/// Leads with the addresses of their contacts. Sessions of the chat reach no one, and whoever has one could read it.
async fn reachable(guard: &Guard, tenant: &TenantId, leads: Vec<Lead>) -> Result<Vec<ReachableLead>, Failure> {
    let known = guard.store.leads().addresses(tenant, leads.iter().map(|lead| lead.contact)).await?;
    let reaches = |known: &&KnownAddress| !matches!(known.address, Address::Chat(_));
    let one = |lead: Lead| {
        let addresses = known.get(&lead.contact).into_iter().flatten().filter(reaches).cloned().collect();
        ReachableLead { lead, addresses, expanded: None }
    };
    Ok(leads.into_iter().map(one).collect())
}

pub(crate) fn status(text: &str) -> Result<LeadStatus, Failure> {
    let names = LeadStatus::ALL.map(LeadStatus::as_str).join(", ");
    LeadStatus::parse(text).ok_or_else(|| Failure::invalid("status", format!("status must be one of {names}")))
}

fn score(text: &str) -> Result<Score, Failure> {
    Score::parse(text).ok_or_else(|| Failure::invalid("score", "score must be one of hot, warm, cold, unscored"))
}

pub(crate) fn source(text: &str) -> Result<Source, Failure> {
    let names = Source::ALL.map(Source::as_str).join(", ");
    Source::parse(text).ok_or_else(|| Failure::invalid("source", format!("source must be one of {names}")))
}

pub(crate) fn account(text: &str) -> Result<AccountId, Failure> {
    AccountId::parse(text).map_err(|_| Failure::invalid("assignee", "assignee must be the id of an account"))
}

fn location(text: &str) -> Result<LocationId, Failure> {
    LocationId::new(text).map_err(|_| Failure::invalid("location", "location must be the id of a location"))
}

fn since(text: &str) -> Result<Timestamp, Failure> {
    let wrong = |_| Failure::invalid("since", "since must be a time in RFC 3339, such as 2026-11-20T00:00:00Z");
    text.parse().map_err(wrong)
}
