//! What is declared of counts and their marks. A day says how many, never who: it stays when a contact is erased, and is kept as long
//! as its tenant.

use crate::insights::days::COUNTED_FOR;
use crate::table::entity::{Entity, Retention, of_platform, of_tenant};

pub(crate) const ENTITIES: &[Entity] = &[
    of_tenant("insight day", "day location n_*"),
    of_tenant("extra_month", "month extra suggested taken declined booked revenue_cents"),
    Entity { retention: Retention::For(COUNTED_FOR), ..of_platform("counted") },
];
