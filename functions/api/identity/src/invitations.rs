//! Invitations into the tenant. There is one for an address: inviting it again renews it and sends another mail.

use api::{ApiError, Caller, Created, JsonBody, PageQuery, Parameters, Tagged};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::failure::Rejection;
use domain::identity::{AccountMail, INVITATION_DAYS, Invitation, InvitationStatus, Role, may};
use domain::ids::{InvitationId, LocationId};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::SignedDuration;
use serde::Deserialize;
use store::{Page, Store, Trace, Versioned};
use utoipa::ToSchema;

use crate::AppState;
use crate::grants::{demand_locations, demand_may_give, demand_may_take};
use crate::person::Person;

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteRequest {
    #[schema(example = "ben@example.com")]
    email: String,
    /// The role.
    role: Role,
    /// For which locations; none: all.
    #[serde(default)]
    #[schema(max_items = 50)]
    locations: Vec<LocationId>,
}

/// Invitations
#[utoipa::path(
    get, path = "/v1/invitations", tag = "members", operation_id = "listInvitations",
    params(PageQuery),
    responses((status = 200, description = "A page of invitations, whatever became of them", body = Page<Invitation>)),
    security(("bearer" = ["members:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadMembers>,
    State(app_state): State<AppState>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<Invitation>>, ApiError> {
    let (limit, cursor) = page.read()?;
    Ok(Json(app_state.guard.store.invitations().list(&caller.principal.tenant, limit, cursor).await?))
}

/// An invitation
#[utoipa::path(
    get, path = "/v1/invitations/{id}", tag = "members", operation_id = "getInvitation",
    params(("id" = InvitationId, Path, description = "The invitation's id")),
    responses((status = 200, description = "The invitation", body = Invitation)),
    security(("bearer" = ["members:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadMembers>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Tagged<Invitation>, ApiError> {
    Ok(Tagged(app_state.guard.store.invitations().get(&caller.principal.tenant, InvitationId::parse(&id)?).await?))
}

/// Invite someone
///
/// They get a mail whose link is good for seven days. Inviting the same address again renews the invitation and sends another.
#[utoipa::path(
    post, path = "/v1/invitations", tag = "members", operation_id = "invite",
    request_body = InviteRequest,
    responses((status = 201, description = "The invitation was sent", body = Invitation)),
    security(("bearer" = ["members:write"]))
)]
pub(crate) async fn invite(
    caller: Caller<may::WriteMembers>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<InviteRequest>,
) -> Result<Created<Invitation>, ApiError> {
    let (store, tenant, person) = (&app_state.guard.store, &caller.principal.tenant, Person::of(&caller)?);
    let email = Email::new(&request.email, "email")?;
    demand_may_give(person.role, request.role)?;
    demand_locations(store, tenant, &request.locations).await?;
    demand_no_member(store, tenant, &email).await?;
    let now = caller.trace.at;
    let good_for = SignedDuration::from_hours(24 * INVITATION_DAYS);
    let invitation = Invitation {
        id: InvitationId::derive(tenant, &[email.as_str()]),
        tenant: tenant.clone(),
        email,
        role: request.role,
        locations: request.locations,
        status: InvitationStatus::Pending,
        invited_by: Some(person.account),
        created_at: now,
        expires_at: now.checked_add(good_for).map_err(|error| Failure::Permanent(error.to_string()))?,
    };
    let value = put(store, &invitation, &caller.trace).await?;
    let mail = AccountMail::Invitation { tenant: tenant.clone(), invitation: invitation.id };
    app_state.mail.send_traced(&mail, &caller.trace.correlation_id).await?;
    Ok(Created { location: format!("/v1/invitations/{}", invitation.id), value })
}

/// Take an invitation back
#[utoipa::path(
    delete, path = "/v1/invitations/{id}", tag = "members", operation_id = "revokeInvitation",
    params(("id" = InvitationId, Path, description = "The invitation's id")),
    responses(
        (status = 204, description = "It can no longer be accepted"),
        (status = 409, description = "It was accepted: remove the member instead.")
    ),
    security(("bearer" = ["members:write"]))
)]
pub(crate) async fn revoke(
    caller: Caller<may::WriteMembers>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (store, tenant, id) = (&app_state.guard.store, &caller.principal.tenant, InvitationId::parse(&id)?);
    demand_may_take(Person::of(&caller)?.role, store.invitations().get(tenant, id).await?.value.role)?;
    store.invitations().revoke(tenant, id, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stores an invitation, in the place of an earlier one for the same address.
async fn put(store: &Store, invitation: &Invitation, trace: &Trace) -> Result<Versioned<Invitation>, Failure> {
    match store.invitations().get(&invitation.tenant, invitation.id).await {
        Ok(there) => store.documents().replace(&invitation.tenant, invitation, there.version, trace).await,
        Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => store.invitations().invite(invitation, trace).await,
        Err(failure) => Err(failure),
    }
}

async fn demand_no_member(store: &Store, tenant: &TenantId, email: &Email) -> Result<(), Failure> {
    let Some(account) = store.accounts().by_email(email).await? else { return Ok(()) };
    match store.members().get(tenant, account.value.id).await {
        Ok(_) => Err(Failure::Rejected {
            kind: Rejection::Conflict,
            field: Some("email".to_owned()),
            message: "they are a member already: change their role instead".to_owned(),
        }),
        Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(()),
        Err(failure) => Err(failure),
    }
}
