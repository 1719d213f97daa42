//! Trainings: what is said of drafts, what is confirmed, withdrawn and put back, and what edits of suggestions come to.

use domain::conversations::Author;
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::SuggestionId;
use domain::prompts::PromptVersion;
use domain::tenancy::{CostMode, StyleSaying, StyleTopic, StyleUse, Tenant};
use domain::training::{NewExample, StyleEdits, TrainingSession, extract};
use domain::turns::replying::Words;
use domain::{ConversationId, Failure};
use jiff::civil::date;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{StaffReply, Trace};

use crate::stage::{Stage, chat, message, noon, plain};

const TOPIC: StyleTopic = StyleTopic::CommunicationStyle;

fn owner(seconds: i64) -> Trace {
    Trace { actor: Actor::Operator, at: noon(seconds), address: None, correlation_id: "training".to_owned() }
}

fn is(failure: &Failure, wanted: Rejection) -> bool {
    matches!(failure, Failure::Rejected { kind, .. } if *kind == wanted)
}

/// Trains until rules can be made, and makes them.
async fn trained(stage: &Stage, tenant: &Tenant) -> TrainingSession {
    let trainings = stage.store.training();
    let begun = TrainingSession::new(tenant, TOPIC, Actor::Operator, noon(0));
    trainings.start(&tenant.id, begun).await.unwrap();
    for number in 1..=5 {
        let new = NewExample { number, version: Some(format!("Hey! Sure, that is fine! {number}")), why: None };
        let say = |session: TrainingSession| session.with_example(tenant, new.clone(), noon(1));
        let once = trainings.change(&tenant.id, TOPIC, say).await.unwrap();
        assert_eq!(trainings.change(&tenant.id, TOPIC, say).await.unwrap(), once, "twice is once");
    }
    let rules = |session: TrainingSession| {
        let rules = Some(extract(tenant, &session.examples));
        Ok(TrainingSession { rules, ..session })
    };
    trainings.change(&tenant.id, TOPIC, rules).await.unwrap()
}

#[tokio::test]
async fn what_is_confirmed_is_in_force_until_it_is_withdrawn_and_can_be_put_back() {
    let stage = Stage::new().await;
    let (trainings, id) = (stage.store.training(), &stage.tenant.id);
    let document = async || stage.store.tenants().document(id).await.unwrap().value;
    assert!(is(&trainings.confirm(id, TOPIC, &owner(0)).await.unwrap_err(), Rejection::NotFound));

    let begun = trained(&stage, &document().await).await;
    let again = TrainingSession::new(&document().await, TOPIC, Actor::System, noon(9));
    assert_eq!(trainings.start(id, again).await.unwrap(), begun, "one is under way");
    let guide = trainings.confirm(id, TOPIC, &owner(10)).await.unwrap();
    assert_eq!(document().await.style.get(&TOPIC), Some(&guide));
    assert!(guide.rules.iter().any(|rule| rule.says == StyleSaying::Exclamations(StyleUse::Yes)), "{guide:?}");
    assert!(is(&trainings.session(id, TOPIC).await.unwrap_err(), Rejection::NotFound), "it is over");

    trained(&stage, &document().await).await;
    let second = trainings.confirm(id, TOPIC, &owner(20)).await.unwrap();
    assert_eq!((guide.version, second.version), (1, 2));
    let states = trainings.list(&document().await).await.unwrap();
    assert_eq!((&states[0].versions, &states[0].guide), (&vec![2, 1], &Some(second)));
    for _ in 0..2 {
        trainings.withdraw(id, TOPIC, &owner(30)).await.unwrap();
        assert!(document().await.style.is_empty());
    }
    assert_eq!(trainings.restore(id, TOPIC, 1, &owner(40)).await.unwrap(), guide);
    assert_eq!(document().await.style.get(&TOPIC), Some(&guide));
    assert!(is(&trainings.restore(id, TOPIC, 7, &owner(50)).await.unwrap_err(), Rejection::NotFound));
    trained(&stage, &document().await).await;
    trainings.end(id, TOPIC).await.unwrap();
    trainings.end(id, TOPIC).await.unwrap();
    assert_eq!(document().await.style.get(&TOPIC), Some(&guide), "the guide stays");
}

/// Staff send a suggestion in other words.
async fn edited(stage: &Stage, thread: ConversationId, number: u8, sent: &str) {
    let made = Suggestion {
        id: SuggestionId::derive(&stage.tenant.id, &[&thread.to_string(), &number.to_string()]),
        conversation: thread,
        text: Some("Hello, thank you for your message. It is 149.00 USD.".to_owned()),
        language: None,
        author: Some(Author { model: "claude-sonnet-5-5".to_owned(), ..Author::default() }),
        without_model: None,
        cost_mode: CostMode::None,
        basis: Basis {
            task: TASK.to_owned(),
            prompt: PromptVersion::new(2, 0, 0),
            test: None,
            messages: 2,
            last_message_at: noon(0),
        },
        asked_by: Actor::Operator,
        at: noon(10),
        day: date(2026, 11, 20),
        settled: None,
    };
    let conversations = stage.store.conversations();
    conversations.keep_suggestion(&stage.tenant.id, &made, (&[], None), None).await.unwrap();
    let reply = StaffReply { suggestion: Some(made.id), ..Words::Own(sent).into() };
    let cause = format!("send {number}");
    for _ in 0..2 {
        conversations.reply(&stage.tenant, thread, reply, &cause, &owner(40)).await.unwrap();
    }
}

#[tokio::test]
async fn edits_are_counted_without_their_words_and_come_to_rules_from_ten_on() {
    let stage = Stage::new().await;
    let (trainings, id) = (stage.store.training(), &stage.tenant.id);
    let thread = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let today = date(2026, 11, 20);
    edited(&stage, thread, 0, "Hello, thank you for your message. It is 149.00 USD.").await;
    assert_eq!(trainings.edits(id, today).await.unwrap().edits, 0, "sent as it was");
    for number in 1..=9 {
        edited(&stage, thread, number, "Hey! 149 it is, Señora Gómez.").await;
    }
    let edits = trainings.edits(id, today).await.unwrap();
    assert_eq!((edits.edits, edits.shifts["greeting_hey"]), (9, 9), "each once: {edits:?}");
    let begin = |edits: &StyleEdits| {
        TrainingSession::of_edits(&stage.tenant, TOPIC, edits.proposed(), Actor::Operator, noon(50))
    };
    assert!(is(&trainings.start_of_edits(id, today, begin).await.unwrap_err(), Rejection::Conflict));
    edited(&stage, thread, 10, "Hey! 149 it is.").await;
    assert_eq!(trainings.edits(id, date(2026, 12, 14)).await.unwrap().edits, 0, "four weeks count");

    let begun = trainings.start_of_edits(id, today, begin).await.unwrap();
    assert!(begun.rules.iter().flatten().any(|rule| rule.says == StyleSaying::Greeting("Hey".to_owned())));
    assert_eq!(trainings.edits(id, today).await.unwrap().edits, 0, "counting begins again");
    for number in 11..=20 {
        edited(&stage, thread, number, "Hey! 149 it is.").await;
    }
    assert!(
        is(&trainings.start_of_edits(id, today, begin).await.unwrap_err(), Rejection::Conflict),
        "one is under way"
    );
    assert_eq!(trainings.edits(id, today).await.unwrap().edits, 10, "they count for the next");
    let guide = trainings.confirm(id, TOPIC, &owner(60)).await.unwrap();
    assert!(guide.rules.iter().all(|rule| rule.examples.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_comes_while_a_training_begins_is_in_it_or_counts_for_the_next() {
    let stage = Stage::new().await;
    let (trainings, id, today) = (stage.store.training(), &stage.tenant.id, date(2026, 11, 20));
    let thread = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    for number in 1..=10 {
        edited(&stage, thread, number, "Hey! 149 it is.").await;
    }
    let (begun, taken) = (AtomicU64::new(0), AtomicU64::new(0));
    let session = trainings.start_of_edits(id, today, |edits| {
        // After the edits were read, and before the training is stored.
        if begun.fetch_add(1, Ordering::Relaxed) == 0 {
            let edit = edited(&stage, thread, 11, "Hey! 149 it is.");
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(edit));
        }
        taken.store(edits.edits, Ordering::Relaxed);
        TrainingSession::of_edits(&stage.tenant, TOPIC, edits.proposed(), Actor::Operator, noon(50))
    });
    session.await.unwrap();
    let left = trainings.edits(id, today).await.unwrap().edits;
    assert_eq!(taken.load(Ordering::Relaxed) + left, 11, "{left} are left");
}
