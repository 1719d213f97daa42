//! What is declared of people who sign in, and of what they are in a tenant.

use domain::identity::LOCK_MINUTES;
use jiff::SignedDuration;

use crate::identity::{devices, signing_keys};
use crate::table::entity::{Entity, Retention, of_platform, of_tenant};
use crate::table::tolerant::Tolerance;

pub(crate) const ENTITIES: &[Entity] = &[
    rewritten(of_tenant("member", "account tenant name email role locations joined_at")),
    rewritten(of_tenant("invitation", "id tenant email role locations status invited_by created_at expires_at")),
    of_platform("admins"),
    rewritten(of_platform("account")),
    of_platform("login"),
    Entity { retention: Retention::For(SignedDuration::from_mins(LOCK_MINUTES)), ..of_platform("failures") },
    Entity { retention: Retention::For(devices::KEPT_FOR), ..of_platform("device") },
    rewritten(of_platform("membership")),
    Entity { retention: Retention::ToItsEnd, ..of_platform("session") },
    of_platform("sessions"),
    Entity { retention: Retention::ToItsEnd, ..of_platform("link") },
    Entity { retention: Retention::For(signing_keys::KEPT_FOR), ..of_platform("signing-key") },
];

/// A role or state that is not known lets no one in: no place is listed.
const fn rewritten(entity: Entity) -> Entity {
    Entity { tolerance: Tolerance::rewritten(&[]), ..entity }
}
