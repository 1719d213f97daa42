//! What is declared of people who sign in, and of what they are in a tenant.

use domain::identity::LOCK_MINUTES;
use jiff::SignedDuration;

use crate::identity::{devices, signing_keys};
use crate::table::entities::{Entity, Retention, of_platform, of_tenant};

pub(crate) const ENTITIES: &[Entity] = &[
    of_tenant("member", "account tenant name email role locations joined_at"),
    of_tenant("invitation", "id tenant email role locations status invited_by created_at expires_at"),
    of_platform("admins"),
    of_platform("account"),
    of_platform("login"),
    Entity { retention: Retention::For(SignedDuration::from_mins(LOCK_MINUTES)), ..of_platform("failures") },
    Entity { retention: Retention::For(devices::KEPT_FOR), ..of_platform("device") },
    of_platform("membership"),
    Entity { retention: Retention::ToItsEnd, ..of_platform("session") },
    of_platform("sessions"),
    Entity { retention: Retention::ToItsEnd, ..of_platform("link") },
    Entity { retention: Retention::For(signing_keys::KEPT_FOR), ..of_platform("signing-key") },
];
