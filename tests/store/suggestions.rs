//! Replies that are proposed to staff: kept once, counted once, and something becomes of each once.

use ai::Assistant;
use ai_stream_reply::{Desk as _, Table};
use ai_suggest_reply::Proposer;
use domain::conversations::suggestion::stream::Place;
use domain::conversations::suggestion::{Basis, Figures, Outcome, Suggestion, TASK};
use domain::conversations::{Author, Message};
use domain::identity::Actor;
use domain::ids::{AccountId, SuggestionId};
use domain::insights::Range;
use domain::prompts::PromptVersion;
use domain::tenancy::CostMode;
use domain::tenancy::usage::{Feature, Spent};
use domain::turns::replying::Words;
use domain::{ConversationId, Failure};
use jiff::Timestamp;
use jiff::civil::date;
use store::{StaffReply, Trace};

use crate::stage::{Stage, chat, message, noon, plain, spent};

fn ana(seconds: i64) -> Trace {
    let account = AccountId::derive(&domain::TenantId::platform(), &["ana"]);
    let actor = Actor::Person { account, session: None };
    Trace { actor, at: noon(seconds), address: None, correlation_id: "staff".to_owned() }
}

/// Somebody wrote, and waits for an answer.
async fn asked(stage: &Stage) -> ConversationId {
    stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id
}

fn proposal(stage: &Stage, thread: ConversationId, cause: &str, said: Option<&str>, at: Timestamp) -> Suggestion {
    Suggestion {
        id: SuggestionId::derive(&stage.tenant.id, &[&thread.to_string(), cause]),
        conversation: thread,
        text: said.map(ToOwned::to_owned),
        language: None,
        author: said.map(|_| Author { model: "claude-sonnet-5-5".to_owned(), ..Author::default() }),
        without_model: None,
        cost_mode: CostMode::None,
        basis: Basis {
            task: TASK.to_owned(),
            prompt: PromptVersion::new(2, 0, 0),
            test: None,
            messages: 2,
            last_message_at: at,
        },
        asked_by: ana(0).actor,
        at,
        day: date(2026, 11, 20),
        settled: None,
    }
}

/// Keeps a proposal at noon.
async fn proposed(stage: &Stage, thread: ConversationId, cause: &str, instead: Option<SuggestionId>) -> Suggestion {
    let proposal = proposal(stage, thread, cause, Some("It is 149.00 USD."), noon(10));
    let took = [Spent { feature: Feature::Suggest, ..spent("claude-sonnet-5-5") }];
    stage.store.conversations().keep_suggestion(&stage.tenant.id, &proposal, (&took, None), instead).await.unwrap()
}

async fn sent(stage: &Stage, made: &Suggestion, said: &str, cause: &str) -> Message {
    let reply = StaffReply { suggestion: Some(made.id), ..Words::Own(said).into() };
    loop {
        match stage.store.conversations().reply(&stage.tenant, made.conversation, reply, cause, &ana(40)).await {
            Ok(message) => return message,
            Err(Failure::Retryable(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
}

async fn totals(stage: &Stage) -> Figures {
    let range = Range::new(date(2026, 11, 20), date(2026, 11, 20)).unwrap();
    let report = stage.store.conversations().suggestion_report(&stage.tenant.id, range).await.unwrap();
    assert!(report.days.len() <= 1, "one version of the instructions");
    report.totals
}

async fn stored(stage: &Stage, made: &Suggestion) -> Suggestion {
    let found = stage.store.conversations().suggestion(&stage.tenant.id, made.conversation, made.id).await.unwrap();
    found.expect("it is kept")
}

#[tokio::test]
async fn a_proposal_is_kept_and_counted_once_with_what_models_took_for_it() {
    let stage = Stage::new().await;
    let thread = asked(&stage).await;
    let first = proposed(&stage, thread, "one", None).await;
    assert_eq!(proposed(&stage, thread, "one", None).await, first, "twice is once");
    assert_eq!(totals(&stage).await, Figures { suggested: 1, ..Figures::default() });
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let counted: Vec<_> = usage.days.iter().filter(|line| line.feature == Feature::Suggest).collect();
    assert_eq!(counted.iter().map(|line| line.calls).collect::<Vec<_>>(), [1]);
    // What proposes nothing is kept, with what it took, and is no suggestion.
    let nothing = proposal(&stage, thread, "two", None, noon(20));
    let took = [Spent { feature: Feature::Suggest, ..spent("claude-sonnet-5-5") }];
    let conversations = stage.store.conversations();
    conversations.keep_suggestion(&stage.tenant.id, &nothing, (&took, None), Some(first.id)).await.unwrap();
    assert_eq!(totals(&stage).await.suggested, 1);
    assert_eq!(stored(&stage, &first).await.settled, None, "nothing came in its place");
    let replay = conversations.replay(&stage.tenant.id, thread).await.unwrap();
    assert_eq!(replay.conversation.message_count, 2, "proposing writes nothing into the thread");
}

#[tokio::test]
async fn what_is_sent_of_it_is_one_outcome_however_often_it_is_sent() {
    let stage = Stage::new().await;
    let thread = asked(&stage).await;
    let made = proposed(&stage, thread, "one", None).await;
    let reply = sent(&stage, &made, "It is 149.00 USD.", "send").await;
    assert_eq!(sent(&stage, &made, "It is 149.00 USD.", "send").await, reply);
    let settled = stored(&stage, &made).await.settled.unwrap();
    assert_eq!((settled.outcome, settled.distance_percent, settled.seconds), (Outcome::Accepted, Some(0), 30));
    assert_eq!((settled.message, &settled.by), (Some(reply.reference.message), &ana(0).actor));
    // Another message that names it, and dismissing it, change nothing; the message goes.
    let other = sent(&stage, &made, "Or would Monday suit you better?", "send again").await;
    assert_ne!(other.reference, reply.reference);
    stage.store.conversations().dismiss_suggestion(&stage.tenant.id, thread, made.id, &ana(60)).await.unwrap();
    assert_eq!(stored(&stage, &made).await.settled, Some(settled));
    let expected = Figures { suggested: 1, accepted: 1, mean_seconds: Some(30), ..Figures::default() };
    assert_eq!(totals(&stage).await, expected);
}

#[tokio::test]
async fn edited_dismissed_and_replaced_are_told_apart_and_counted() {
    let stage = Stage::new().await;
    let thread = asked(&stage).await;
    let [first, second] = [proposed(&stage, thread, "one", None).await, proposed(&stage, thread, "two", None).await];
    let third = proposed(&stage, thread, "three", Some(second.id)).await;
    proposed(&stage, thread, "three", Some(second.id)).await;
    let conversations = stage.store.conversations();
    for _ in 0..2 {
        conversations.dismiss_suggestion(&stage.tenant.id, thread, first.id, &ana(30)).await.unwrap();
    }
    sent(&stage, &third, "It is 149.00 USD!", "send").await;
    for (made, outcome) in [(&first, Outcome::Rejected), (&second, Outcome::Regenerated), (&third, Outcome::Edited)] {
        assert_eq!(stored(&stage, made).await.settled.unwrap().outcome, outcome);
    }
    let Figures { suggested, accepted, edited, rejected, regenerated, mean_distance_percent, .. } =
        totals(&stage).await;
    assert_eq!((suggested, accepted, edited, rejected, regenerated), (3, 0, 1, 1, 1));
    assert_eq!(mean_distance_percent, Some(6));
}

#[tokio::test]
async fn of_two_who_send_it_at_once_one_has_the_outcome_and_both_messages_go() {
    let stage = Stage::new().await;
    let thread = asked(&stage).await;
    let made = proposed(&stage, thread, "one", None).await;
    let (one, two) = tokio::join!(sent(&stage, &made, "It is 149.00 USD.", "one"), sent(&stage, &made, "149.", "two"));
    assert_ne!(one.reference.message, two.reference.message);
    let Figures { accepted, edited, .. } = totals(&stage).await;
    assert_eq!(accepted + edited, 1);
}

#[tokio::test]
async fn what_is_of_no_thread_of_the_tenants_is_not_found_and_a_message_that_names_it_goes() {
    let stage = Stage::new().await;
    let thread = asked(&stage).await;
    let made = proposed(&stage, thread, "one", None).await;
    let conversations = stage.store.conversations();
    let is_missing = |failure: Failure| matches!(failure, Failure::Rejected { kind, .. } if kind.status() == 404);
    let bolt = crate::stage::tenant("bolt");
    let by_another = conversations.dismiss_suggestion(&bolt.id, thread, made.id, &ana(30)).await.unwrap_err();
    assert!(is_missing(by_another));
    assert!(is_missing(conversations.writable(&bolt, thread, &ana(30)).await.unwrap_err()));
    let nobodys = SuggestionId::derive(&stage.tenant.id, &["nobody"]);
    assert!(is_missing(
        conversations.dismiss_suggestion(&stage.tenant.id, thread, nobodys, &ana(30)).await.unwrap_err()
    ));
    sent(&stage, &Suggestion { id: nobodys, ..made.clone() }, "Hello.", "send").await;
    assert_eq!(stored(&stage, &made).await.settled, None);
}

#[tokio::test]
async fn so_many_follow_a_stream_at_a_time_and_each_stream_counts_for_itself() {
    let stage = Stage::new().await;
    let desk = Table(Proposer { store: stage.store.clone(), assistant: Assistant::builtin().into(), library: None });
    let (tenant, conversation) = (stage.tenant.id.clone(), asked(&stage).await);
    let place =
        |cause: &str| Place { id: SuggestionId::derive(&tenant, &[cause]), conversation, tenant: tenant.clone() };
    for _ in 0..4 {
        assert!(desk.may_follow(&place("one")).await.unwrap());
    }
    assert!(!desk.may_follow(&place("one")).await.unwrap());
    assert!(desk.may_follow(&place("other")).await.unwrap());
}
