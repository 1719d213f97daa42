//! Where someone may sit: the tenants they belong to or look after.

use domain::identity::{Account, Member, Role, place_in};
use domain::{Failure, TenantId};
use store::Store;

/// A place in a tenant.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(crate) tenant: TenantId,
    pub(crate) role: Role,
    /// Whether a second factor must be set up before anything else.
    pub(crate) enrolling: bool,
    /// The agency through which it was come by.
    pub(crate) through: Option<TenantId>,
}

/// As what `account` may be in `tenant`; `None` where it may not be there, or there is no such tenant.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub(crate) async fn seat(
    store: &Store,
    account: &Account,
    memberships: &[Member],
    tenant: &TenantId,
) -> Result<Option<Seat>, Failure> {
    let own = memberships.iter().find(|member| member.tenant == *tenant);
    if tenant.is_platform() {
        // The platform has no configuration; it demands a second factor of everybody who runs it.
        let enrolling = account.second_factor.is_none();
        return Ok(own.map(|own| Seat { tenant: tenant.clone(), role: own.role, enrolling, through: None }));
    }
    let Some(found) = store.tenants().find(tenant).await? else { return Ok(None) };
    let agency = match &found.value.parent {
        Some(parent) if own.is_none() => store.tenants().find(parent).await?.map(|agency| agency.value),
        _ => None,
    };
    let place = place_in(&found.value, agency.as_ref(), memberships, account);
    Ok(place.map(|place| Seat {
        tenant: tenant.clone(),
        role: place.role,
        enrolling: place.enrolling,
        through: place.through.cloned(),
    }))
}

/// The place to sign in to: in `wanted`, as a member, or else in the tenant that was joined first and is open.
///
/// # Errors
/// As [`seat`].
pub(crate) async fn first(
    store: &Store,
    account: &Account,
    memberships: &[Member],
    wanted: Option<&TenantId>,
) -> Result<Option<Seat>, Failure> {
    let mut candidates: Vec<&Member> =
        memberships.iter().filter(|member| wanted.is_none_or(|wanted| member.tenant == *wanted)).collect();
    candidates.sort_by_key(|member| member.joined_at);
    for member in candidates {
        if let Some(seat) = seat(store, account, memberships, &member.tenant).await? {
            return Ok(Some(seat));
        }
    }
    Ok(None)
}
