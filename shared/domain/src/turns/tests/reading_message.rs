//! The business's own questions over a turn.

use super::*;
use crate::conversations::{EscalationReason, Question, Route};
use crate::ids::QuestionId;
use crate::samples::roofer_with_intake;
use crate::tenancy::BusinessContext;
use crate::tenancy::intake::Answer as Given;

fn id(slug: &str) -> QuestionId {
    QuestionId::new(slug).unwrap()
}

fn asking(slug: &str) -> Answer {
    Answer { asked: Some(Question::Intake(id(slug))), ..plain() }
}

fn route(escalate: Option<EscalationReason>) -> Route {
    Route { language: Language::english(), urgency: None, escalate, certain: true }
}

/// A turn of somebody who was asked `slug` so many times before.
fn after(slug: &str, times: i64, said: &str, escalate: Option<EscalationReason>, answer: Answer) -> Outcome {
    let tenant = roofer_with_intake();
    let mut found = Vec::new();
    for time in 0..times {
        let inbound = message(&format!("m{time}"), phone(101), "Hello", noon(time));
        let outcome = turn(&tenant, &inbound, found.clone(), asking(slug));
        found = vec![kept(&outcome, &found)];
    }
    let inbound = message("last", phone(101), said, noon(60));
    let mut opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, found, noon(60));
    opened.read_message(&route(escalate));
    opened.close(answered(answer), 12)
}

#[test]
fn an_answer_is_kept_with_the_lead() {
    let outcome = after("insured", 1, "yes", None, asking("covering"));
    assert_eq!(outcome.lead.intake, [(id("insured"), Given::YesNo(true))].into());
    assert_eq!(outcome.thread.asked_intake(), Some(&id("covering")));
    assert!(!outcome.thread.asked_again);
}

#[test]
fn a_question_is_passed_over_after_the_second_time() {
    let first = after("insured", 1, "my brother handles that", None, asking("insured"));
    assert!(first.lead.intake.is_empty() && first.thread.asked_again);
    let second = after("insured", 2, "my brother handles that", None, plain());
    assert_eq!(second.lead.intake, [(id("insured"), Given::Skipped)].into());
}

#[test]
fn who_wants_a_person_is_not_answering() {
    let outcome = after("access", 1, "Let me talk to a human", Some(EscalationReason::CustomerAsked), plain());
    assert!(outcome.lead.intake.is_empty());
    let long = after("access", 1, "Through the back", Some(EscalationReason::LongConversation), plain());
    assert_eq!(long.lead.intake.len(), 1);
}

#[test]
fn what_the_responder_read_is_kept_too_and_beats_a_question_passed_over() {
    let read = [(id("insured"), Given::YesNo(false)), (id("age"), Given::Number("20".to_owned().try_into().unwrap()))];
    let answer = Answer { intake: read.clone().into(), ..plain() };
    let outcome = after("insured", 2, "not at the moment, it is 20 years old", None, answer);
    assert_eq!(outcome.lead.intake, read.into());
}

#[test]
fn what_was_written_before_our_question_left_does_not_answer_it() {
    let tenant = roofer_with_intake();
    // "How much is a roof repair?" and "25 Alder Street" are sent in one second; the answer to the first takes eight.
    let first = message("m1", phone(101), "How much is a roof repair?", noon(0));
    let outcome =
        Turn::open(&tenant, BusinessContext::NONE, &first, Vec::new(), noon(1)).close(answered(asking("age")), 8_000);
    let person = kept(&outcome, &[]);
    let read_message = |inbound: &Inbound, response: Response| {
        let mut opened = Turn::open(&tenant, BusinessContext::NONE, inbound, vec![person.clone()], noon(9));
        opened.read_message(&route(None));
        let asked = opened.thread.asked.clone();
        (asked, opened.close(response, 12))
    };
    let at = |second| message("m2", phone(101), "25 Alder Street", noon(second));
    let (asked, outcome) = read_message(&at(1), answered(asking("age")));
    assert_eq!((asked, outcome.lead.intake.len()), (None, 0));
    // The vendor brings it late: its own time counts.
    let late = Inbound { sent_at: Some(noon(1)), ..at(60) };
    assert!(read_message(&late, answered(plain())).1.lead.intake.is_empty());
    // What nobody answers leaves the question open.
    let silent = Response::Silent { intent: Intent::Other, suppressed: None };
    assert_eq!(read_message(&at(1), silent).1.thread.asked_intake(), Some(&id("age")));
    // After the question it is an answer.
    let (asked, outcome) = read_message(&message("m2", phone(101), "25", noon(20)), answered(plain()));
    assert_eq!(asked, Some(Question::Intake(id("age"))));
    assert_eq!(outcome.lead.intake.len(), 1);
}

#[test]
fn a_tenant_without_questions_stores_none() {
    let tenant = roofer();
    let inbound = message("m1", phone(101), "yes", noon(0));
    let mut opened = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
    opened.read_message(&route(None));
    assert!(opened.close(answered(plain()), 12).lead.intake.is_empty());
}

#[test]
fn answers_of_two_who_are_one_come_together_and_the_later_ones_win() {
    let tenant = roofer_with_intake();
    let with = |name: &str, at: i64, answers: &[(&str, Given)]| {
        let answers = answers.iter().map(|(slug, answer)| (id(slug), answer.clone()));
        let answer = Answer { intake: answers.collect(), ..plain() };
        let mut hello = message(name, chat(name), "Hello", noon(at));
        // Typed into the chat, and so not proven.
        hello.also = (name == "s-1").then(|| phone(101)).into_iter().collect();
        kept(&turn(&tenant, &hello, Vec::new(), answer), &[])
    };
    let older = with("s-1", 0, &[("insured", Given::YesNo(true)), ("covering", Given::Choice("tile".to_owned()))]);
    let newer = with("s-2", 60, &[("insured", Given::YesNo(false)), ("covering", Given::Skipped)]);
    let mut inbound = message("m3", chat("s-2"), "It is me", noon(120));
    inbound.also = vec![phone(101)];
    let outcome = turn(&tenant, &inbound, vec![newer, older], plain());
    let expected = [(id("insured"), Given::YesNo(false)), (id("covering"), Given::Choice("tile".to_owned()))];
    assert_eq!(outcome.lead.intake, expected.into());
}
