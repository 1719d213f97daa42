//! A thread that staff have.

use super::*;
use crate::conversations::{Answers, ConversationStatus, EscalationReason, Handling, NoticeKind, SlaClock};
use crate::tenancy::BusinessContext;
use crate::turns::Due;

/// Somebody who wrote at noon, and whose thread staff have.
fn with_staff(tenant: &Tenant) -> Person {
    let mut person = known(tenant);
    person.threads[0].handling = Handling { answers: Answers::Staff, ..Handling::default() };
    person.threads[0].sla = SlaClock::default();
    person
}

/// What a text message of theirs is due, so many seconds after noon, and what follows if that is given already.
fn says(tenant: &Tenant, person: &Person, text: &str, at: i64) -> (Due, Option<Outcome>) {
    let inbound = message(&format!("m{at}"), phone(101), text, noon(at));
    let mut turn = Turn::open(tenant, BusinessContext::NONE, &inbound, vec![person.clone()], noon(at));
    let due = turn.due(person.opt_out_state.refused);
    let outcome = match &due {
        Due::Given(response) => Some(turn.close(response.clone(), 1)),
        _ => None,
    };
    (due, outcome)
}

fn notices(outcome: &Outcome) -> Vec<NoticeKind> {
    outcome.messages.iter().filter_map(|message| message.notice).collect()
}

#[test]
fn the_assistant_is_quiet_and_staff_are_told_once_until_they_answer() {
    let tenant = roofer();
    let person = with_staff(&tenant);
    let (_, first) = says(&tenant, &person, "When can you come?", 60);
    let first = first.unwrap();
    assert_eq!(roles(&first), [Role::Customer, Role::Notice]);
    assert_eq!(notices(&first), [NoticeKind::CustomerWaits]);
    assert!(first.thread.sla.staff.is_some() && first.thread.sla.first_response.is_some());
    assert_eq!((first.escalation, first.thread.status), (None, ConversationStatus::Active));

    let person = kept(&says(&tenant, &person, "When can you come?", 60).1.unwrap(), &[person]);
    let second = says(&tenant, &person, "Hello?", 120).1.unwrap();
    assert_eq!(roles(&second), [Role::Customer]);

    let mut person = kept(&second, &[person]);
    person.threads[0].sla.on_staff_reply(noon(180));
    let third = says(&tenant, &person, "Thank you, at three then", 240).1.unwrap();
    assert_eq!(notices(&third), [NoticeKind::CustomerWaits]);
}

#[test]
fn a_word_of_theirs_days_later_belongs_to_the_thread_that_staff_have() {
    let tenant = roofer();
    let person = with_staff(&tenant);
    let outcome = says(&tenant, &person, "Still interested", hours(72)).1.unwrap();
    assert_eq!((outcome.thread.id, outcome.opened_thread), (person.threads[0].id, false));
}

#[test]
fn stop_and_danger_are_dealt_with_as_ever() {
    let tenant = roofer();
    let person = with_staff(&tenant);
    assert_eq!(says(&tenant, &person, "STOP", 60).0, Due::Word { refused: true });
    assert_eq!(says(&tenant, &person, "Water is coming through the ceiling right now", 60).0, Due::Answer);
    let mut refused = person;
    refused.opt_out_state.refused = true;
    let outcome = says(&tenant, &refused, "Are you there?", 60).1.unwrap();
    assert_eq!(outcome.escalation.as_ref().map(|raised| raised.reason), Some(EscalationReason::AfterRefusal));
    assert_eq!(notices(&outcome), [NoticeKind::Escalation], "told once, and why");
}

#[test]
fn a_thread_that_was_handed_back_is_answered() {
    let tenant = roofer();
    let mut person = with_staff(&tenant);
    person.threads[0].handling = Handling::default();
    assert_eq!(says(&tenant, &person, "When can you come?", 60).0, Due::Answer);
}

#[test]
fn a_message_wakes_what_was_snoozed_or_resolved_and_a_reaction_does_not() {
    let tenant = roofer();
    for handling in [
        Handling { snoozed_until: Some(noon(hours(48))), ..Handling::default() },
        Handling { resolved_at: Some(noon(30)), ..Handling::default() },
    ] {
        let mut person = known(&tenant);
        person.threads[0].handling = handling.clone();
        let woken = turn(&tenant, &message("m2", phone(101), "Hello again", noon(60)), vec![person.clone()], plain());
        assert_eq!(woken.thread.handling, Handling::default());
        let reaction = Content::Reaction { emoji: "👍".to_owned() };
        let reaction = Inbound { content: reaction, ..message("m3", phone(101), "", noon(60)) };
        let silent = Response::Silent { intent: Intent::Other, suppressed: None };
        let outcome = Turn::open(&tenant, BusinessContext::NONE, &reaction, vec![person], noon(60)).close(silent, 1);
        assert_eq!(outcome.thread.handling, handling);
    }
}
