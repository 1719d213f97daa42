//! What is declared of trainings and guides, which are the tenant's own texts about made-up customers, and of what is counted of edits,
//! which says nothing of anyone.

use domain::training::EDITS_KEPT_FOR;

use crate::table::entity::{Entity, Retention, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tolerance: Tolerance::rewritten(&[
            ("language", Instead::As("en")),
            ("started_by", Instead::As(SYSTEM)),
            ("examples.*.verdict", Instead::As("good")),
            ("rules.*", Instead::LeftOut),
        ]),
        ..of_tenant("training_session", "topic language started_by started_at draft examples rules")
    },
    Entity {
        tolerance: Tolerance::of(&[
            ("confirmed_by", Instead::As(SYSTEM)),
            ("examples.*.verdict", Instead::As("good")),
            ("guide.language", Instead::As("en")),
            ("guide.rules.*", Instead::LeftOut),
        ]),
        ..of_tenant("style_guide", "topic guide confirmed_by examples")
    },
    Entity {
        retention: Retention::For(EDITS_KEPT_FOR),
        ..of_tenant("style_edits", "edits greeting_* emoji_* exclamations_* shorter longer informal formal")
    },
];
