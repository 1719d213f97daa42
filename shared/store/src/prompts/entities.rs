//! What is declared of the versions of instructions, which are the platform's, and of what is counted of them, which is about no person.

use super::feedback::KEPT_FOR;
use crate::table::entity::{Entity, Retention, of_platform};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity { tolerance: Tolerance::of(&[("author", Instead::As(SYSTEM))]), ..of_platform("prompt") },
    of_platform("prompt_traffic"),
    of_platform("prompt_count"),
    Entity { retention: Retention::For(KEPT_FOR), ..of_platform("prompt_feedback") },
    Entity { tolerance: Tolerance::of(&[("state", Instead::As("failed"))]), ..of_platform("prompt_review") },
];
