//! What is declared of webhooks, of what is posted to them, and of what other systems reported.

use jiff::SignedDuration;

use crate::table::entity::{Entity, OnErasure, Retention, of_platform, of_tenant};
use crate::table::tolerant::{Instead, Tolerance};

/// How long what was posted, and what was reported, is known.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        // Whether it is switched on is stored beside the reason.
        tolerance: Tolerance::rewritten(&[("disabled", Instead::LeftOut)]),
        ..of_tenant("webhook", "id url events description enabled disabled failing_since created_at secrets told")
    },
    Entity {
        // The body names the contact that the event is about.
        on_erasure: OnErasure::GoesWhereQuoted,
        retention: Retention::For(KEPT_FOR),
        // Nothing goes out.
        tolerance: Tolerance::rewritten(&[("state", Instead::As("failed"))]),
        ..of_tenant("webhook_delivery", "id webhook event name body state created_at next_at tries tries_before")
    },
    Entity { retention: Retention::For(KEPT_FOR), ..of_platform("report") },
];
