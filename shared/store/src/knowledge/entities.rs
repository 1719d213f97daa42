//! What is declared of documents and their index. They are the tenant's own texts: none is about a contact.

use crate::table::entity::{Entity, of_tenant};
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
];
