//! What is declared of the versions of instructions, which are the platform's, and of what is counted of them, which is about no person.

use crate::table::entity::{Entity, of_platform};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity { tolerance: Tolerance::of(&[("author", Instead::As(SYSTEM))]), ..of_platform("prompt") },
    of_platform("prompt_traffic"),
    of_platform("prompt_count"),
];
