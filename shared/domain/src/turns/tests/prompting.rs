//! What a turn counts of versions of the instructions.

use super::*;
use crate::prompts::{PromptCount, PromptCounts, PromptTask, PromptTrial, PromptUse, PromptVersion};

fn used(minor: u64, test: u32) -> PromptUse {
    PromptUse { version: PromptVersion::new(1, minor, 0), test }
}

/// A question with that version.
fn asked(used: PromptUse) -> PromptTrial {
    PromptTrial { used, refused: false, kept: false, latency_ms: 20, cost_microdollars: 3 }
}

/// A turn in which a model was given `with`, and what it counts.
fn counted(
    people: &mut Vec<Person>,
    id: &str,
    with: Option<PromptUse>,
    answer: Answer,
) -> Vec<(PromptUse, PromptCounts)> {
    counted_as(people, id, with.map(asked), answer)
}

fn counted_as(
    people: &mut Vec<Person>,
    id: &str,
    tried: Option<PromptTrial>,
    answer: Answer,
) -> Vec<(PromptUse, PromptCounts)> {
    let tenant = roofer();
    let inbound = message(id, phone(101), "Hello", noon(i64::try_from(people.len()).unwrap()));
    let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, people.clone(), inbound.received_at);
    turn.tried = tried;
    let outcome = turn.close(answered(answer), 12);
    *people = vec![kept(&outcome, people)];
    outcome.prompt_counts.into_iter().map(|count| (count.used, count.counts)).collect()
}

fn asks(time: &str) -> Answer {
    Answer { action: Action::RequestBooking, requested_time: Some(time.to_owned()), ..plain() }
}

#[test]
fn a_conversation_counts_once_a_version_and_converts_once() {
    let mut people = Vec::new();
    let call = PromptCounts {
        calls: 1,
        latency_ms: 20,
        latency_squares: 400,
        cost_microdollars: 3,
        cost_squares: 9,
        ..PromptCounts::default()
    };
    let first = PromptCounts { conversations: 1, ..call };
    assert_eq!(counted(&mut people, "m0", Some(used(0, 2)), plain()), [(used(0, 2), first)]);
    assert_eq!(counted(&mut people, "m1", Some(used(0, 2)), plain()), [(used(0, 2), call)]);
    // The code asks nothing of a model and notes the wish: the version that answered before led there.
    let converted = PromptCounts { converted: 1, ..PromptCounts::default() };
    assert_eq!(counted(&mut people, "m2", None, asks("Monday at 9")), [(used(0, 2), converted)]);
    assert_eq!(counted(&mut people, "m3", None, asks("Tuesday")), [], "once is enough");
    // Another version, and another test of the same one, count the conversation for themselves.
    assert_eq!(counted(&mut people, "m4", Some(used(1, 2)), plain()), [(used(1, 2), first)]);
    let both = PromptCounts { converted: 1, ..first };
    assert_eq!(counted(&mut people, "m5", Some(used(1, 3)), asks("Friday")), [(used(1, 3), both)]);
}

#[test]
fn a_kept_answer_counts_its_conversation_and_no_question() {
    let mut people = Vec::new();
    let kept = || Some(PromptTrial { kept: true, latency_ms: 2, cost_microdollars: 0, ..asked(used(0, 2)) });
    let first = PromptCounts { conversations: 1, ..PromptCounts::default() };
    assert_eq!(counted_as(&mut people, "m0", kept(), plain()), [(used(0, 2), first)]);
    assert_eq!(counted_as(&mut people, "m1", kept(), plain()), [], "the same version again");
    let converted = PromptCounts { converted: 1, ..PromptCounts::default() };
    assert_eq!(counted_as(&mut people, "m2", kept(), asks("Monday at 9")), [(used(0, 2), converted)]);
}

#[test]
fn questions_that_sorted_the_message_are_counted_beside_the_one_that_answers_it() {
    let (tenant, inbound) = (roofer(), message("m0", phone(101), "Hello", noon(0)));
    let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), noon(0));
    let sorted =
        PromptCount { task: PromptTask::Route, used: used(4, 1), counts: PromptCounts::call(&asked(used(4, 1))) };
    (turn.sorted, turn.tried) = (vec![sorted.clone()], Some(asked(used(0, 2))));
    let counted = turn.close(answered(plain()), 12).prompt_counts;
    assert!(counted.contains(&sorted));
    assert_eq!(counted.iter().map(|one| one.task).collect::<Vec<_>>(), [PromptTask::Respond, PromptTask::Route]);
}

#[test]
fn without_a_model_nothing_is_counted() {
    let mut people = Vec::new();
    assert_eq!(counted(&mut people, "m0", None, asks("Monday at 9")), []);
    assert_eq!(people[0].threads[0].prompt, None);
}
