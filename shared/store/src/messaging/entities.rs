//! What is declared of messages that did not leave, and of who wants none.

use crate::messaging::failed_sends;
use crate::table::entity::{Entity, OnErasure, Retention, of_contact, of_platform};

pub(crate) const ENTITIES: &[Entity] = &[
    of_contact("standing", "refused said_at heard_* unreachable stopped told"),
    Entity { on_erasure: OnErasure::IsHashed, ..of_contact("suppression", "suppressed said_at") },
    ERASED_OPT_OUT,
    Entity { retention: Retention::For(failed_sends::KEPT_FOR), ..of_platform("failed sends") },
];

/// What an erased contact refused, under a hash. It is stored as a suppression; its key tells it apart.
pub(crate) const ERASED_OPT_OUT: Entity = of_platform("suppression, kept");
