//! The pages of knowledge, rendered with a business that has some of everything.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use domain::identity::Role;
use domain::knowledge::{Faq, KnowledgeDocument};
use domain::tenancy::Location;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::{Page, Versioned};

use super::{ask, documents, gaps, one, pairs};
use crate::settings::Reader;
use crate::settings::tests::{NOW, OTHER, principal, read, tags};
use crate::words::{self, Words};

const READY: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

/// A document with these fields.
fn document(fields: Value) -> KnowledgeDocument {
    let mut all = json!({
        "id": READY, "name": "Prices <2027>.pdf", "format": "pdf", "status": "ready", "bytes": 48_213, "pages": 9, "chunks": 37,
        "languages": ["en", "es"], "uploaded_at": NOW, "ready_at": NOW, "location": "aurora", "category": "prices",
        "unread_pages": [{"page": 3, "reason": "image"}, {"page": 4, "reason": "image"}, {"page": 7, "reason": "broken"}],
    });
    for (name, value) in fields.as_object().unwrap() {
        all[name] = value.clone();
    }
    read(all)
}

fn stored(value: KnowledgeDocument) -> Versioned<KnowledgeDocument> {
    Versioned { value, version: 3 }
}

fn list() -> KnowledgeDocument {
    document(json!({"id": OTHER, "name": "What customers ask", "format": "faq", "pages": null, "unread_pages": []}))
}

fn faq(count: usize) -> Faq {
    let pair = |n| json!({"question": format!("Do you take <walk-ins> {n}?"), "answer": "Yes, before noon."});
    read(json!({"id": OTHER, "pairs": (0..count).map(pair).collect::<Vec<_>>()}))
}

fn locations() -> [Location; 1] {
    [read(json!({"id": "aurora", "name": "Aurora <1>", "address": {"street": "1 Example Street", "city": "Aurora", "country": "US"}}))]
}

/// Every page by its name, as somebody with that role sees it.
fn pages(role: Role, words: &'static Words) -> BTreeMap<&'static str, String> {
    let (principal, zone) = (principal(role), TimeZone::get("America/Chicago").unwrap());
    let reader = Reader { words, principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let failed = json!({"status": "failed", "failure": {"code": "protected", "message": "The file is protected."}, "chunks": null});
    let reading = json!({"id": OTHER, "status": "reading", "format": null, "chunks": null, "unread_pages": []});
    let all = Page { items: vec![document(json!({})), document(reading)], cursor: None };
    let gap = read(json!({
        "id": READY, "question": "Do you take <dogs>?", "times": 7, "examples": ["my dog & I", "dogs?"], "last_asked_at": NOW,
        "draft": "Yes, on a leash.",
    }));
    let may_write = role == Role::Manager;
    let markup = [
        ("documents", documents::content(reader, &all, &locations(), &documents::Wanted::default(), "Lakeside (Dental)")),
        ("ready", one::about(reader, &stored(document(json!({}))), &locations())),
        ("failed", one::about(reader, &stored(document(failed)), &[])),
        ("list", pairs::list(reader, &faq(20), 4, 0)),
        ("ask", ask::section(reader, &locations())),
        ("gaps", gaps::list(reader, &Page { items: vec![gap], cursor: Some("next".to_owned()) })),
    ];
    let changing = [
        ("change", one::change(reader, &stored(document(json!({}))), &locations())),
        ("change a list", one::change(reader, &stored(list()), &[])),
        ("add pairs", pairs::add(reader, &[list()], &locations())),
    ];
    let changing = changing.into_iter().filter(|_| may_write);
    markup.into_iter().chain(changing).map(|(name, markup)| (name, markup.into_string())).collect()
}
