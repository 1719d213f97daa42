//! What is looked for in the documents, and what staff hear of them.

use super::*;
use crate::conversations::{Citation, EscalationReason, Excerpt, ExcerptKind, Route};
use crate::ids::TaskId;

fn route(escalate: Option<EscalationReason>) -> Route {
    Route { language: Language::english(), urgency: None, escalate, certain: true }
}

fn row(document: &str, price: &str) -> Excerpt {
    let text = format!("Service: Skylight, Price: {price}");
    Excerpt {
        citation: Citation { document: document.to_owned(), name: format!("{document}.pdf"), page: Some(1) },
        location: None,
        heading: String::new(),
        kind: ExcerptKind::Row,
        best: 0..text.len(),
        text,
        language: "en".to_owned(),
    }
}

#[test]
fn only_what_may_be_answered_is_looked_for_with_what_was_said_before() {
    let (tenant, person) = (roofer(), known(&roofer()));
    let lookup = |text: &str, escalate: Option<EscalationReason>| {
        let inbound = message("second", phone(101), text, noon(60));
        let turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(60));
        turn.lookup(&route(escalate))
    };
    let found = lookup("Do you fit skylights?", None).unwrap();
    assert_eq!((found.text.as_str(), found.before.as_slice()), ("Do you fit skylights?", &["Hello".to_owned()][..]));
    assert_eq!((found.language.as_str(), found.location), ("en", None));
    for text in ["Hello", "Thank you!", "ok", ""] {
        assert_eq!(lookup(text, None), None, "{text}");
    }
    assert_eq!(lookup("Do you fit skylights?", Some(EscalationReason::Complaint)), None);
}

#[test]
fn which_documents_there_were_is_known_to_whoever_answers() {
    let (tenant, inbound) = (roofer(), message("first", phone(101), "How much is a skylight?", noon(0)));
    let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
    let lookup = turn.lookup(&route(None)).unwrap();
    turn.take_findings(&lookup, vec![row("a", "$500")]);
    turn.note_index("the seventh");
    let context = turn.reply_context();
    assert_eq!(turn.asked(&context, &route(None)).findings.index(), "the seventh");
}

#[test]
fn documents_that_do_not_agree_are_one_task_whichever_is_found_first() {
    let tenant = roofer();
    let tasks = |found: Vec<Excerpt>, is_known: bool| -> (Option<TaskId>, Vec<String>) {
        let inbound = message("first", phone(101), "How much is a skylight?", noon(0));
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
        let lookup = turn.lookup(&route(None)).unwrap();
        turn.take_findings(&lookup, found);
        let dispute = turn.dispute();
        if is_known {
            turn.dispute_is_known();
        }
        let outcome = turn.close(answered(plain()), 12);
        (dispute, outcome.tasks.into_iter().map(|task| task.note).collect())
    };
    let (first, notes) = tasks(vec![row("a", "$500"), row("b", "$450")], false);
    assert!(notes.len() == 1 && notes[0].contains("a.pdf") && notes[0].contains("b.pdf"), "{notes:?}");
    let (second, _) = tasks(vec![row("b", "$450"), row("a", "$500")], false);
    assert!(first.is_some() && first == second);
    assert_eq!(tasks(vec![row("a", "$500"), row("b", "$450")], true), (first, Vec::new()), "staff know");
    assert_eq!(tasks(vec![row("a", "$500"), row("b", "$500")], false), (None, Vec::new()));
}

#[test]
fn a_reply_keeps_the_places_that_it_goes_back_to() {
    let citations = vec![row("a", "$500").citation];
    let answer = Answer { citations: citations.clone(), ..plain() };
    let outcome = turn(&roofer(), &message("first", phone(101), "Hi", noon(0)), Vec::new(), answer);
    assert_eq!(reply(&outcome).citations, citations);
    let mut stored = serde_json::to_value(reply(&outcome)).unwrap();
    stored.as_object_mut().unwrap().remove("citations");
    assert_eq!(serde_json::from_value::<Message>(stored).unwrap().citations, [], "an older one has none");
}
