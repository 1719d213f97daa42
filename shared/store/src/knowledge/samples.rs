//! A sample of every kind of item of this context: documents and their index.

use domain::ids::{DocumentId, GapId};
use domain::knowledge::gaps::{Gap, UnansweredQuestion};
use domain::knowledge::{Faq, KnowledgeDocument};
use domain::messaging::MessageRef;
use domain::{ContactId, ConversationId, MessageId};
use serde_json::json;

use super::index::IndexHead;
use crate::table::keys;
use crate::table::samples::{AT, CONTACT, ID, MESSAGE, Place, Stored, THREAD, acme, at, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, id) = (acme(), DocumentId::parse(ID).unwrap());
    let own = keys::of(&acme);
    let (contact, conversation) = (ContactId::parse(CONTACT).unwrap(), ConversationId::parse(THREAD).unwrap());
    let asked = MessageRef { conversation, at: at(), message: MessageId::parse(MESSAGE).unwrap() };
    vec![
        ("knowledge_document", own.knowledge_document(id), "T#acme#KNOWLEDGE|DOCUMENT#{id}"),
        ("knowledge_faq", own.knowledge_faq(id), "T#acme#KNOWLEDGE|FAQ#{id}"),
        ("knowledge_index", own.knowledge_index(), "T#acme#KNOWLEDGE|INDEX"),
        (
            "unanswered_question",
            own.unanswered_question(contact, &asked),
            "T#acme#PERSON#{contact}|QUESTION#{at}#{message}",
        ),
        ("knowledge_gap", own.knowledge_gap(GapId::parse(ID).unwrap()), "T#acme#KNOWLEDGE_GAPS|{id}"),
        ("knowledge_week", own.knowledge_week("2026-W49"), "T#acme#KNOWLEDGE_WEEK#2026-W49|WEEK"),
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
        stored::<UnansweredQuestion>(
            "unanswered_question",
            json!({
                "ref": {"conversation": ID, "at": AT, "message": ID}, "contact": ID, "text": "Do you charge electric cars?",
                "language": "en",
            }),
        ),
        stored::<Gap>(
            "knowledge_gap",
            json!({
                "id": ID, "state": "open", "question": "Do you charge electric cars?", "times": 3, "askers": 2,
                "examples": ["Is there a charger?"], "last_asked_at": AT, "draft": "Yes.", "language": "en",
                "keywords": ["electric cars"], "terms": ["car", "electric"], "contacts": [ID], "since": AT, "until": AT,
            }),
        ),
    ]
}
