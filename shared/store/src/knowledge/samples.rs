//! A sample of every kind of item of this context: documents and their index.

use domain::ids::DocumentId;
use domain::knowledge::{Faq, KnowledgeDocument};
use serde_json::json;

use super::index::IndexHead;
use crate::table::keys;
use crate::table::samples::{AT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, id) = (acme(), DocumentId::parse(ID).unwrap());
    let own = keys::of(&acme);
    vec![
        ("knowledge_document", own.knowledge_document(id), "T#acme#KNOWLEDGE|DOCUMENT#{id}"),
        ("knowledge_faq", own.knowledge_faq(id), "T#acme#KNOWLEDGE|FAQ#{id}"),
        ("knowledge_index", own.knowledge_index(), "T#acme#KNOWLEDGE|INDEX"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<KnowledgeDocument>(
            "knowledge_document",
            json!({
                "id": ID, "name": "Prices.pdf", "format": "pdf", "location": "lakewood", "category": "prices", "status": "ready",
                "failure": {"code": "damaged", "message": "The file is damaged."}, "bytes": 5200, "pages": 3, "chunks": 12,
                "unread_pages": [{"page": 2, "reason": "image"}], "languages": ["en"], "uploaded_at": AT, "ready_at": AT,
                "hash": "5f", "attempts": 1,
            }),
        ),
        stored::<Faq>("knowledge_faq", json!({"id": ID, "pairs": [{"question": "Open?", "answer": "Yes."}]})),
        stored::<IndexHead>(
            "knowledge_index",
            json!({"name": "0000000001-5f", "documents": 1, "chunks": 12, "bytes": 9000}),
        ),
    ]
}
