//! What may be given to a member: a role and locations.

use domain::failure::Rejection;
use domain::identity::Role;
use domain::ids::LocationId;
use domain::tenancy::Location;
use domain::{Failure, TenantId};
use store::Store;

/// To how many locations a person can be bound by name; with none they look after all.
const MAX_LOCATIONS: usize = 50;

/// Refuses a role above the giver's own, and the one that only an operator gives.
///
/// # Errors
/// 403 naming `role`.
pub(crate) fn demand_may_give(giver: Role, role: Role) -> Result<(), Failure> {
    if giver.may_give(role) { Ok(()) } else { Err(above(format!("the role {giver} cannot give the role {role}"))) }
}

/// Refuses to touch someone whose role is above the taker's own.
///
/// # Errors
/// 403 naming `role`.
pub(crate) fn demand_may_take(taker: Role, role: Role) -> Result<(), Failure> {
    if taker.may_take(role) { Ok(()) } else { Err(above(format!("the role {taker} cannot take the role {role}"))) }
}

fn above(message: String) -> Failure {
    Failure::Rejected { kind: Rejection::Forbidden, field: Some("role".to_owned()), message }
}

/// Demands that all locations are the tenant's.
///
/// # Errors
/// 400 naming the first that is not, as `locations[2]`.
pub(crate) async fn demand_locations(
    store: &Store,
    tenant: &TenantId,
    locations: &[LocationId],
) -> Result<(), Failure> {
    if locations.len() > MAX_LOCATIONS {
        let message = format!("name at most {MAX_LOCATIONS} locations, or none for all");
        return Err(Failure::invalid("locations", message));
    }
    for (index, location) in locations.iter().enumerate() {
        match store.documents().get::<Location>(tenant, location.as_str()).await {
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                let field = format!("locations[{index}]");
                return Err(Failure::invalid(field, "there is no such location"));
            }
            other => drop(other?),
        }
    }
    Ok(())
}
