//! What is declared of answers that are kept. Those of a contact hold what the contact said. Those of a tenant hold what the business says
//! of itself, and leave in no archive: they are made from its settings and documents.

use domain::answer_cache::SHELF_KEPT_FOR;

use crate::table::entity::{Entity, Retention, of_contact, of_tenant};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tenant_only: "model tokens",
        retention: Retention::ToItsEnd,
        ..of_contact("model_answer", "task input until")
    },
    Entity {
        stays: "task model input tokens until",
        retention: Retention::ToItsEnd,
        ..of_tenant("tenants_model_answer", "")
    },
    Entity { stays: "entries", retention: Retention::For(SHELF_KEPT_FOR), ..of_tenant("like_answers", "") },
];
