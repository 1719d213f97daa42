//! What is declared of people and their leads.

use crate::leads::imports::KEPT_FOR;
use crate::table::entity::{Entity, OnErasure, Retention, of_contact, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

const LEAD: &str = "id contact name source status score qualification intake requested_time requested_visit visit_answer extras location value \
                    lost_reason history fields metadata created_at updated_at";

const IMPORT: &str = "id mapping update dry_run state by created_at started_at finished_at bytes read lines made updated duplicates \
                      refused problem file";

const LEAD_TOLERANCE: Tolerance = Tolerance::rewritten(&[
    ("source", Instead::As("web_form")),
    // No one but a person moves it on.
    ("status", Instead::As("handed_off")),
    ("score", Instead::As("unscored")),
    ("qualification.urgency", Instead::LeftOut),
    ("intake.*", Instead::LeftOut),
    ("visit_answer", Instead::LeftOut),
    ("history.*", Instead::LeftOut),
]);

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tenant_only: "possible_duplicates assignee",
        stays: "found_by",
        retention: Retention::TenantSays("leads_days"),
        tolerance: Tolerance::rewritten(&[("addresses.*", Instead::LeftOut), ("language", Instead::LeftOut)]),
        ..of_contact("contact", "id name other_names addresses language card merged_into merged_from test created_at")
    },
    Entity {
        retention: Retention::TenantSays("leads_days"),
        tolerance: LEAD_TOLERANCE,
        tenant_only: "assignee",
        ..of_contact("lead", LEAD)
    },
    Entity { tenant_only: "assignee taken_from", tolerance: LEAD_TOLERANCE, ..of_contact("merged_lead", LEAD) },
    Entity { on_erasure: OnErasure::Goes, ..of_tenant("duplicate", "contacts noticed_at") },
    of_contact("keyword", "contact"),
    Entity {
        tenant_only: "by mentions",
        retention: Retention::TenantSays("leads_days"),
        tolerance: Tolerance::rewritten(&[("by", Instead::As(SYSTEM))]),
        ..of_contact("contact_note", "id contact text at")
    },
    Entity {
        retention: Retention::For(KEPT_FOR),
        // It goes no further, and nothing is stored.
        tolerance: Tolerance::rewritten(&[("state", Instead::As("failed")), ("by", Instead::As(SYSTEM))]),
        ..of_tenant("import", IMPORT)
    },
    Entity {
        // It may quote a cell, and names whose the address is.
        on_erasure: OnErasure::GoesWhereQuoted,
        retention: Retention::For(KEPT_FOR),
        tolerance: Tolerance::of(&[("kind", Instead::As("refused"))]),
        ..of_tenant("import_line", "line kind column detail contact")
    },
    of_contact("pointer", "contact lead channel conversation task appointment"),
    of_contact("identity", "contact proven"),
];
