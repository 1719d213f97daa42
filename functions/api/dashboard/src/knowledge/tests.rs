//! The pages of knowledge, rendered with a business that has some of everything.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use domain::identity::Role;
use domain::knowledge::{Faq, KnowledgeDocument};
use domain::tenancy::Location;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use store::Page;

use super::{ask, documents, gaps, one, pairs};
use crate::settings::tests::{NOW, OTHER, is_field, principal, read, tags};
use crate::settings::{FORMS_ON_A_PAGE, Reader};
use crate::words::{self, Words};

const READY: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

/// A document with these fields.
fn document(fields: &Value) -> KnowledgeDocument {
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

fn list() -> KnowledgeDocument {
    document(&json!({"id": OTHER, "name": "What customers ask", "format": "faq", "pages": null, "unread_pages": []}))
}

fn faq(count: usize) -> Faq {
    let pair = |n| json!({"question": format!("Do you take <walk-ins> {n}?"), "answer": "Yes, before noon."});
    read(json!({"id": OTHER, "pairs": (0..count).map(pair).collect::<Vec<_>>()}))
}

fn locations() -> [Location; 1] {
    [read(
        json!({"id": "aurora", "name": "Aurora <1>", "address": {"street": "1 Example Street", "city": "Aurora", "country": "US"}}),
    )]
}

/// Every page by its name, as somebody with that role sees it.
fn pages(role: Role, words: &'static Words) -> BTreeMap<&'static str, String> {
    let (principal, zone) = (principal(role), TimeZone::get("America/Chicago").unwrap());
    let reader = Reader { words, principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let failed = json!({"status": "failed", "failure": {"code": "protected", "message": "The file is protected."}, "chunks": null});
    let reading = json!({"id": OTHER, "status": "reading", "format": null, "chunks": null, "unread_pages": []});
    let all = Page { items: vec![document(&json!({})), document(&reading)], cursor: None };
    let gap = read(json!({
        "id": READY, "state": "open", "question": "Do you take <dogs>?", "times": 7, "askers": 5, "examples": ["my dog & I", "dogs?"],
        "last_asked_at": NOW, "draft": "Yes, on a leash.", "language": "en", "since": NOW, "until": NOW,
    }));
    let may_write = role == Role::Manager;
    let markup = [
        (
            "documents",
            documents::content(reader, &all, &locations(), &documents::Wanted::default(), "Lakeside (Dental)"),
        ),
        ("ready", one::about(reader, &document(&json!({})), &locations())),
        ("failed", one::about(reader, &document(&failed), &[])),
        ("list", pairs::list(reader, &faq(20), 0)),
        ("ask", ask::section(reader, &locations())),
        ("gaps", gaps::list(reader, &[gap])),
    ];
    let changing = [
        ("change", one::change(reader, &document(&json!({})), &locations())),
        ("change a list", one::change(reader, &list(), &[])),
        ("add pairs", pairs::add(reader, &[list()], &locations())),
    ];
    let changing = changing.into_iter().filter(|_| may_write);
    markup.into_iter().chain(changing).map(|(name, markup)| (name, markup.into_string())).collect()
}

fn english() -> &'static Words {
    words::accepted(&HeaderMap::new())
}

/// What a part of a page calls at the API, by each of the ways in which forms say so.
const CALLS: [&str; 6] = ["data-call", "data-files", "data-edit", "data-pair", "data-pairs", "data-ask"];

fn openapi() -> Value {
    serde_json::from_str(&std::fs::read_to_string("../docs/openapi.json").unwrap()).unwrap()
}

#[test]
fn every_field_has_a_label_and_a_place_for_what_is_wrong_with_it() {
    for (page, text) in pages(Role::Manager, english()) {
        let tags = tags(&text);
        let ids: BTreeSet<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
        let of_all = tags.iter().filter(|(_, attributes)| attributes.contains_key("id")).count();
        assert_eq!(ids.len(), of_all, "{page}: an id stands twice");
        let labelled: BTreeSet<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("for")).collect();
        let mut is_of_a_call = false;
        for (name, attributes) in &tags {
            for reference in ["for", "aria-describedby", "aria-labelledby", "data-within"] {
                for id in attributes.get(reference).into_iter().flat_map(|ids| ids.split(' ')) {
                    assert!(ids.contains(&id.to_owned()), "{page}: {reference} names {id}");
                }
            }
            if name == "form" {
                is_of_a_call = CALLS.iter().any(|call| attributes.contains_key(*call));
                assert!(
                    is_of_a_call || attributes.get("method").is_some_and(|method| method == "get"),
                    "{page}: {attributes:?}"
                );
            }
            if is_field(name, attributes) {
                let id = attributes.get("id").unwrap_or_else(|| panic!("{page}: {attributes:?}"));
                assert!(labelled.contains(id), "{page}: {id} has no label");
                assert!(!is_of_a_call || ids.contains(&format!("{id}-problem")), "{page}: {id}");
            }
        }
    }
}

#[test]
fn every_form_makes_a_call_that_the_api_has_and_everything_that_it_may_say_has_words() {
    let (document, mut calls) = (openapi(), BTreeSet::new());
    let paths = document["paths"].as_object().unwrap();
    for text in pages(Role::Manager, english()).values() {
        for (_, attributes) in tags(text) {
            for call in CALLS.iter().filter_map(|name| attributes.get(*name)) {
                let (method, path) = call.split_once(' ').unwrap();
                let is_id = |part: &str| part == READY || part == OTHER;
                let shape: Vec<&str> = path.split('/').map(|part| if is_id(part) { "{id}" } else { part }).collect();
                let route = paths.get(&shape.join("/")).unwrap_or_else(|| panic!("there is no {path}"));
                assert!(route.get(method.to_lowercase()).is_some(), "{path} takes no {method}");
                calls.insert(format!("{method} {}", shape.join("/")));
            }
        }
    }
    assert!(calls.len() >= 10, "{calls:?}");
    for (prefix, schema) in
        [("document-failure", "FailureCode"), ("document-status", "DocumentStatus"), ("format", "DocumentFormat")]
    {
        let values = document["components"]["schemas"][schema]["enum"].as_array().unwrap();
        for value in values {
            let name = value.as_str().unwrap();
            assert_ne!(
                english().t(&format!("{prefix}-{}", name.replace('_', "-"))),
                format!("{prefix}-{}", name.replace('_', "-"))
            );
        }
    }
}

#[test]
fn nothing_runs_or_is_styled_within_a_page_and_what_people_typed_stays_text() {
    for (page, text) in pages(Role::Manager, english()) {
        for (name, attributes) in tags(&text) {
            assert!(!["script", "style", "walk-ins", "dogs", "2027", "1"].contains(&name.as_str()), "{page}: {name}");
            let odd = attributes.keys().find(|attribute| attribute.starts_with("on") || *attribute == "style");
            assert_eq!(odd, None, "{page}");
        }
    }
    assert!(pages(Role::Manager, english())["documents"].contains("Prices &lt;2027&gt;.pdf"));
}

#[test]
fn who_may_not_change_anything_reads_it_all_and_may_try_a_question() {
    let (viewer, manager) = (pages(Role::Viewer, english()), pages(Role::Manager, english()));
    assert!(
        viewer["documents"].contains("Prices &lt;2027&gt;.pdf") && viewer["gaps"].contains("Do you take &lt;dogs&gt;?")
    );
    for (page, text) in &viewer {
        let mut is_in_closed_set = false;
        for (name, attributes) in tags(text) {
            match name.as_str() {
                "form" => {
                    let is_reading = attributes.contains_key("data-ask") || attributes["method"] == "get";
                    is_in_closed_set = is_reading;
                }
                "fieldset" if attributes.contains_key("disabled") => is_in_closed_set = true,
                "button" => assert!(is_in_closed_set, "{page}: {attributes:?}"),
                _ if is_field(&name, &attributes) => assert!(is_in_closed_set, "{page}: {attributes:?}"),
                _ => {}
            }
        }
    }
    assert!(manager["documents"].contains("data-files=") && manager["list"].contains("data-do=\"remove\""));
}

#[test]
fn what_became_of_a_document_is_said_page_by_page() {
    let pages = pages(Role::Viewer, english());
    let list = &pages["documents"];
    assert!(list.contains("2 documents · 1 ready · 1 is being read"), "{list}");
    assert!(list.contains("PDF · 9 pages · 37 excerpts · Aurora &lt;1&gt; · prices"), "{list}");
    assert!(list.contains("3 pages could not be read"));
    assert!(list.contains("data-told=\"Prices &lt;2027&gt;.pdf is ready.\""), "who looks is told");
    let one = &pages["ready"];
    assert!(
        one.contains("Pictures without text</strong>: pages 3–4") && one.contains("Damaged pages</strong>: pages 7")
    );
    assert!(one.contains("English, Spanish") && one.contains("49 KB"), "{one}");
    let failed = &pages["failed"];
    assert!(failed.contains("The file is protected by a password. Save it without one"), "{failed}");
    assert!(failed.contains("class=\"tag alert\""), "{failed}");
}

#[test]
fn an_empty_business_is_told_what_to_do_and_a_filter_that_finds_nothing_is_no_empty_business() {
    let (principal, zone) = (principal(Role::Manager), TimeZone::UTC);
    let reader = Reader { words: english(), principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let none = Page { items: Vec::new(), cursor: None };
    let shown = |wanted: documents::Wanted| documents::content(reader, &none, &[], &wanted, "Acme").into_string();
    let empty = shown(documents::Wanted::default());
    assert!(empty.contains("Nothing yet. Add a price list") && !empty.contains("class=\"filters\""), "{empty}");
    let filtered = shown(documents::Wanted { category: "prices".to_owned(), ..documents::Wanted::default() });
    assert!(filtered.contains("No documents match.") && filtered.contains("class=\"filters\""), "{filtered}");
}

#[test]
fn a_long_list_is_a_page_at_a_time_and_every_page_is_light_in_every_language() {
    let (principal, zone) = (principal(Role::Manager), TimeZone::UTC);
    let long = |n: usize| document(&json!({"name": format!("{n} {}", "x".repeat(190))}));
    let many = Page { items: (0..50).map(long).collect(), cursor: Some("next".to_owned()) };
    let mut most = 0;
    for language in ["en", "es", "fr", "de", "pt"] {
        let words = words::accepted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]));
        let reader = Reader { words, principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
        let all = documents::content(reader, &many, &locations(), &documents::Wanted::default(), "Acme").into_string();
        let pairs = pairs::list(reader, &faq(500), 8).into_string();
        most = most.max(all.len()).max(pairs.len());
    }
    println!("{most} bytes");
    // With what every page has beside its own part, and what it loads, less than 100 KB.
    assert!(most < 65_000, "{most}");
    let reader = Reader { words: english(), principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
    let second = pairs::list(reader, &faq(3 * FORMS_ON_A_PAGE), FORMS_ON_A_PAGE).into_string();
    let shows = |n: usize| second.contains(&format!("walk-ins&gt; {n}?"));
    let (first, next) = (FORMS_ON_A_PAGE, 2 * FORMS_ON_A_PAGE);
    assert!(!shows(first - 1) && shows(first) && shows(next - 1) && !shows(next), "{second}");
    assert!(second.contains(&format!("?from={next}\"")) && second.contains("?from=0\""), "{second}");
    let last = pairs::list(reader, &faq(1), 0).into_string();
    assert!(!last.contains("data-do=\"remove\""), "a list has one pair at least");
}

#[test]
fn sizes_are_said_as_people_say_them() {
    let size = |language: &str, bytes| {
        let words = words::accepted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]));
        documents::size(words, bytes)
    };
    assert_eq!([size("en", 1), size("en", 999_001), size("en", 20_000_000)], ["1 KB", "1000 KB", "20 MB"]);
    assert_eq!([size("en", 1_449_999), size("fr", 1_449_999)], ["1.4 MB", "1,4 Mo"]);
}
