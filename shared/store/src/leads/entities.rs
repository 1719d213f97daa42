//! What is declared of people and their leads.

use crate::table::entities::{Entity, OnErasure, Retention, of_contact, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

const LEAD: &str = "id contact name source status score qualification intake requested_time requested_visit location value \
                    lost_reason history fields created_at updated_at";

const LEAD_TOLERANCE: Tolerance = Tolerance::rewritten(&[
    ("source", Instead::As("web_form")),
    // Nobody but a person moves it on.
    ("status", Instead::As("handed_off")),
    ("score", Instead::As("unscored")),
    ("qualification.urgency", Instead::LeftOut),
    ("intake.*", Instead::LeftOut),
    ("history.*", Instead::LeftOut),
]);

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tenant_only: "possible_duplicates assignee",
        stays: "found_by",
        retention: Retention::TenantSays("leads_days"),
        tolerance: Tolerance::rewritten(&[("addresses.*", Instead::LeftOut), ("language", Instead::LeftOut)]),
        ..of_contact("contact", "id name other_names addresses language card merged_into merged_from created_at")
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
    of_contact("pointer", "contact lead channel conversation task"),
    of_contact("identity", "contact proven"),
];
