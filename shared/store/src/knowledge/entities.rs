//! What is declared of documents and their index, which are the tenant's own texts, of the questions that they do not answer, which are
//! their customers', and of what is suggested because of those.

use domain::knowledge::gaps::KEPT_FOR;

use super::gaps::WEEK_KEPT_FOR;
use crate::table::entity::{Entity, OnErasure, Retention, of_contact, of_platform, of_tenant};
use crate::table::tolerant::{Instead, Tolerance};

const DOCUMENT: &str = "id name format location category status failure bytes pages chunks unread_pages languages uploaded_at ready_at hash \
                        attempts";

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        tolerance: Tolerance::rewritten(&[
            ("format", Instead::LeftOut),
            // It is looked at again, and nothing is done where there is nothing new.
            ("status", Instead::As("queued")),
            ("failure", Instead::LeftOut),
            ("unread_pages.*", Instead::LeftOut),
        ]),
        ..of_tenant("knowledge_document", DOCUMENT)
    },
    of_tenant("knowledge_faq", "id pairs"),
    // Where the index lies is of no use to anyone else: it is made from the documents.
    Entity { stays: "name", ..of_tenant("knowledge_index", "documents chunks bytes") },
    Entity {
        retention: Retention::For(KEPT_FOR),
        tolerance: Tolerance::of(&[("language", Instead::As("en"))]),
        ..of_contact("unanswered_question", "ref contact text language")
    },
    // It quotes those whom it names. What was decided names no one, and stays.
    Entity {
        on_erasure: OnErasure::Goes,
        retention: Retention::ToItsEnd,
        tolerance: Tolerance::rewritten(&[("state", Instead::As("dismissed")), ("language", Instead::As("en"))]),
        ..of_tenant(
            "knowledge_gap",
            "id state question times askers examples last_asked_at draft language keywords terms contacts since until",
        )
    },
    Entity { retention: Retention::For(WEEK_KEPT_FOR), ..of_platform("knowledge_week") },
];
