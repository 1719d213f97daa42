//! What waits for a person's yes. Each kind is answered by the context that it belongs to.

use api::{ApiError, Caller, Guard, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::approvals::{ApprovalId, ApprovalKind, ApprovalState};
use domain::failure::Rejection;
use domain::identity::may;
use serde::Serialize;
use store::{Approval, Page, Worded};
use utoipa::ToSchema;

use crate::AppState;

/// What an answer came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Answered {
    /// Which.
    id: ApprovalId,
    /// What kind of thing.
    kind: ApprovalKind,
    /// How it stands now.
    state: ApprovalState,
    /// Whether that can be taken back.
    can_undo: bool,
}

/// List what waits for a yes
///
/// Newest first, of every kind that the caller may see: contacts that may be one person, imports that were tried, times that customers
/// asked for and no calendar could book, questions that the business's data does not answer, purchase orders, campaigns that are drafted. What is answered is left out; so is a time whose day is over. A page may be shorter than
/// `limit`: the list ends where there is no cursor.
#[utoipa::path(
    get, path = "/v1/approvals", tag = "approvals", operation_id = "listApprovals",
    params(PageQuery),
    responses((status = 200, description = "A page of what waits", body = Page<Approval>)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<Approval>>, ApiError> {
    let (limit, cursor) = query.read()?;
    let tenant = caller.tenant()?;
    let today = caller.trace.at.to_zoned(tenant.time_zone()).date();
    let may_see = |permission| caller.principal.permits(permission);
    Ok(Json(guard.store.approvals().list(&tenant.id, may_see, today, limit, cursor).await?))
}

/// Say yes
///
/// Contacts are merged, an import is done in earnest, a lead becomes `appointment_booked`, of which its customer is told by nobody: write to
/// them. A campaign goes out, if neither its text nor its audience was changed since: else it is a 409. A question is added to the frequent ones with its draft; where there is none it is a 409: word an answer
/// (`POST /v1/knowledge/gaps/{id}/answer`). A purchase order goes to its supplier, if it still says what it said when it was listed. Again, it changes nothing; where the answer was no, it is a 409.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/approve", tag = "approvals", operation_id = "approve",
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 200, description = "How it stands now", body = Answered)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn approve(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Answered>, ApiError> {
    app_state.answer(&caller, &id, ApprovalState::Approved).await
}

/// Say no
///
/// Contacts are kept apart, an import is stopped, a lead stays where it is, a question is not suggested again, an order or a campaign is not sent. Nobody is told: where a customer waits, write to them. Again, it
/// changes nothing; where the answer was yes, it is a 409.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/decline", tag = "approvals", operation_id = "decline",
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 200, description = "How it stands now", body = Answered)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn decline(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Answered>, ApiError> {
    app_state.answer(&caller, &id, ApprovalState::Declined).await
}

/// Take an answer back
///
/// Contacts are taken apart, a lead stands where it stood before, and it waits again. Again, it changes nothing. What `can_undo` says cannot be
/// taken back, and a lead that moved on since, are a 409.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/undo", tag = "approvals", operation_id = "undoApproval",
    params(("id" = ApprovalId, Path, description = "What was answered")),
    responses((status = 200, description = "How it stands now", body = Answered)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn undo(
    caller: Caller<may::WriteLeads>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Answered>, ApiError> {
    app_state.answer(&caller, &id, ApprovalState::Waiting).await
}

impl AppState {
    /// Brings what waits to `state`, by who may do that.
    async fn answer(
        &self,
        caller: &Caller<may::WriteLeads>,
        id: &str,
        state: ApprovalState,
    ) -> Result<Json<Answered>, ApiError> {
        let id = ApprovalId::parse(id)?;
        caller.principal.demand(id.kind().answered_with())?;
        let (tenant, trace, approvals) = (&caller.principal.tenant, &caller.trace, self.guard.store.approvals());
        let said = match state {
            ApprovalState::Waiting => None,
            ApprovalState::Approved => Some(true),
            ApprovalState::Declined => Some(false),
        };
        match id {
            ApprovalId::MergeContacts(a, b) => {
                caller.demand_reach(&self.guard.store, a).await?;
                caller.demand_reach(&self.guard.store, b).await?;
            }
            ApprovalId::AgreeVisit(lead, _) => caller.demand_reach(&self.guard.store, lead).await?,
            // By the import itself; a question and an order are about no one, and a campaign about all.
            ApprovalId::ImportContacts(_)
            | ApprovalId::AddFaq(_)
            | ApprovalId::SendOrder(..)
            | ApprovalId::SendCampaign(..) => {}
        }
        let done = match (id, said) {
            (ApprovalId::MergeContacts(a, b), Some(yes)) => approvals.answer_pair(tenant, (a, b), yes, trace).await,
            (ApprovalId::MergeContacts(a, b), None) => approvals.ask_pair_again(tenant, (a, b), trace).await,
            (ApprovalId::ImportContacts(import), Some(yes)) => self.answer_import(import, yes, caller).await,
            (ApprovalId::ImportContacts(import), None) => {
                // Whose it is comes first: another tenant's does not exist.
                let what = "contacts that were imported are not taken back: erase those that should not be there";
                let refused = Failure::rejected(Rejection::Conflict, what);
                self.guard.store.imports().get(tenant, import).await.and(Err(refused))
            }
            (ApprovalId::AgreeVisit(lead, asked), said) => {
                approvals.answer_visit(tenant, (lead, asked), said, trace).await.map(|_| ())
            }
            (ApprovalId::AddFaq(gap), Some(true)) => {
                self.guard.store.gaps().add(tenant, gap, Worded::AsSuggested, trace).await.map(|_| ())
            }
            (ApprovalId::AddFaq(gap), Some(false)) => {
                self.guard.store.gaps().dismiss(tenant, gap, trace).await.map(|_| ())
            }
            (ApprovalId::SendCampaign(campaign, shown), Some(yes)) => {
                approvals.answer_campaign(caller.tenant()?, (campaign, shown), yes, trace).await.map(|_| ())
            }
            (ApprovalId::SendCampaign(campaign, _), None) => {
                let what = "an answer to a campaign is not taken back: one that goes out can be stopped (POST /v1/campaigns/{id}/stop)";
                let refused = Failure::rejected(Rejection::Conflict, what);
                self.guard.store.campaigns().get(tenant, campaign).await.and(Err(refused))
            }
            (ApprovalId::AddFaq(gap), None) => {
                let what = "a decision about a question is not taken back: add or remove it in the frequent questions";
                let refused = Failure::rejected(Rejection::Conflict, what);
                self.guard.store.gaps().get(tenant, gap).await.and(Err(refused))
            }
            (ApprovalId::SendOrder(order, shown), Some(true)) => {
                self.guard.store.inventory().approve_order(tenant, (order, shown), trace).await.map(|_| ())
            }
            (ApprovalId::SendOrder(order, _), Some(false)) => {
                self.guard.store.inventory().decline_order(tenant, order, trace).await.map(|_| ())
            }
            (ApprovalId::SendOrder(order, _), None) => {
                let refused =
                    Failure::rejected(Rejection::Conflict, "an order is on its way at once: cancel it instead");
                self.guard.store.inventory().order(tenant, order).await.and(Err(refused))
            }
        };
        done.map_err(|failure| match failure {
            Failure::Rejected { kind: Rejection::NotFound, .. } => Failure::not_found("approval"),
            other => other,
        })?;
        Ok(Json(Answered { id, kind: id.kind(), state, can_undo: id.kind().can_undo() }))
    }
}
