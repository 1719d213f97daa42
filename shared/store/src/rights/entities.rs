//! What is declared of jobs over a tenant's data.

use crate::rights::jobs::KEPT_FOR;
use crate::table::entity::{Entity, Retention, of_platform};
use crate::table::tolerant::Tolerance;

pub(crate) const ENTITIES: &[Entity] = &[
    Entity { retention: Retention::For(KEPT_FOR), tolerance: Tolerance::rewritten(&[]), ..of_platform("job") },
    Entity { retention: Retention::For(KEPT_FOR), ..of_platform("job mark") },
];
