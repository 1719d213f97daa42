//! Versions of instructions: written once, put live and taken back, counted once.

use ai::prompt::Script;
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::SuggestionId;
use domain::prompts::{
    Challenger, PromptContent, PromptCount, PromptCounts, PromptRegistry, PromptState, PromptTask, PromptTrial,
    PromptUse, PromptVersion, TrafficChange,
};
use domain::tenancy::CostMode;
use domain::turns::{Response, Turn};
use domain::{Failure, TenantId};
use jiff::civil::date;
use store::{Seeded, Trace};

use crate::stage::{Stage, chat, message, noon, plain, spent};

fn operator(seconds: i64) -> Trace {
    Trace { actor: Actor::Operator, at: noon(seconds), address: None, correlation_id: "operator".to_owned() }
}

fn content(version: (u64, u64, u64), system: &str) -> PromptContent {
    let built_in = Script::built_in(PromptTask::Suggest).content().clone();
    PromptContent {
        version: PromptVersion::new(version.0, version.1, version.2),
        system: system.to_owned(),
        ..built_in
    }
}

fn is(failure: &Failure, wanted: Rejection) -> bool {
    matches!(failure, Failure::Rejected { kind, .. } if *kind == wanted)
}

#[tokio::test]
async fn versions_are_seeded_once_put_live_and_taken_back_and_never_changed() {
    let stage = Stage::new().await;
    let (prompts, task) = (stage.store.prompts(), PromptTask::Suggest);
    let first = content((2, 0, 0), "The first text.");

    assert_eq!(prompts.seed(first.clone(), &operator(0)).await.unwrap(), Seeded::Live);
    assert_eq!(prompts.seed(first.clone(), &operator(5)).await.unwrap(), Seeded::There);
    let other = content((2, 0, 0), "Another text.");
    assert!(is(&prompts.seed(other.clone(), &operator(6)).await.unwrap_err(), Rejection::Conflict));
    assert!(
        is(&prompts.create(other, &operator(6)).await.unwrap_err(), Rejection::Conflict),
        "a version is written once"
    );
    let second = content((2, 1, 0), "The second text.");
    assert_eq!(prompts.seed(second.clone(), &operator(7)).await.unwrap(), Seeded::Draft, "nothing goes live by itself");
    let again = prompts.create(second.clone(), &operator(8)).await.unwrap();
    assert_eq!((again.created_at, again.author), (noon(7), Actor::System), "the same again is the first one's");

    // Tried, put live, taken back: each is one step from what was read.
    let version = second.version.clone();
    let wanted =
        TrafficChange { challenger: Some(Challenger { version: version.clone(), percent: 20 }), automatic: true };
    let read = prompts.traffic_of(task).await.unwrap();
    let missing = Challenger { version: PromptVersion::new(9, 9, 9), percent: 20 };
    let missing = TrafficChange { challenger: Some(missing), automatic: false };
    assert!(is(
        &prompts.change_traffic(task, &missing, read.version, &operator(9)).await.unwrap_err(),
        Rejection::NotFound
    ));
    let trying = prompts.change_traffic(task, &wanted, read.version, &operator(10)).await.unwrap();
    assert_eq!(
        prompts.change_traffic(task, &wanted, read.version, &operator(11)).await.unwrap(),
        trying,
        "twice is once"
    );
    let stale = prompts.promote(task, &first.version, read.version, &operator(12)).await.unwrap_err();
    assert!(is(&stale, Rejection::PreconditionFailed));
    assert_eq!(prompts.promote_proven(&operator(13)).await.unwrap(), [], "nothing was counted yet");
    let live = prompts.promote(task, &version, trying.version, &operator(14)).await.unwrap();
    let states = |listed: Vec<domain::prompts::ListedPrompt>| {
        listed.into_iter().map(|one| (one.version.to_string(), one.state, one.percent)).collect::<Vec<_>>()
    };
    let listed = states(prompts.list(&live.value).await.unwrap());
    assert_eq!(listed, [("2.1.0".to_owned(), PromptState::Live, 100), ("2.0.0".to_owned(), PromptState::Retired, 0)]);
    let back = prompts.roll_back(task, live.version, &operator(15)).await.unwrap();
    assert_eq!(back.value.live, first.version);
    assert!(is(&prompts.roll_back(task, back.version, &operator(16)).await.unwrap_err(), Rejection::Conflict));

    // As functions read it.
    let registry: &dyn PromptRegistry = &stage.store;
    assert_eq!(registry.traffic().await.unwrap(), std::slice::from_ref(&back.value));
    assert_eq!(registry.content(task, &first.version).await.unwrap(), Some(first));
    assert_eq!(registry.content(task, &PromptVersion::new(9, 9, 9)).await.unwrap(), None);

    // Every step stands in the platform's record.
    let audit = stage.store.audit().list(&TenantId::platform(), 100, None).await.unwrap();
    let steps = audit.items.iter().filter(|line| line.subject == "prompt_traffic/suggest").count();
    assert_eq!(steps, 4, "begun, tried, put live, taken back");
}

#[tokio::test]
async fn what_comes_of_a_suggestion_is_counted_once_by_version_test_and_tenant() {
    let stage = Stage::new().await;
    let thread = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let used = PromptUse { version: PromptVersion::new(2, 1, 0), test: 7 };
    let trial =
        PromptTrial { used: used.clone(), refused: false, kept: false, latency_ms: 800, cost_microdollars: 1_200 };
    let suggestion = Suggestion {
        id: SuggestionId::derive(&stage.tenant.id, &["prompted"]),
        conversation: thread,
        text: Some("At three.".to_owned()),
        language: None,
        author: None,
        without_model: None,
        cost_mode: CostMode::None,
        basis: Basis {
            task: TASK.to_owned(),
            prompt: used.version.clone(),
            test: Some(used.test),
            messages: 2,
            last_message_at: noon(1),
        },
        asked_by: Actor::Operator,
        at: noon(10),
        day: date(2026, 11, 20),
        settled: None,
    };
    let conversations = stage.store.conversations();
    for _ in 0..2 {
        conversations.keep_suggestion(&stage.tenant.id, &suggestion, (&[], Some(&trial)), None).await.unwrap();
        conversations.dismiss_suggestion(&stage.tenant.id, thread, suggestion.id, &operator(20)).await.unwrap();
    }
    let own = Some(&stage.tenant.id);
    let counted = stage.store.prompts().counted(PromptTask::Suggest, &used, own).await.unwrap();
    assert_eq!((counted.calls, counted.suggested, counted.rejected, counted.accepted), (1, 1, 1, 0));
    assert_eq!((counted.latency_ms, counted.cost_squares), (800, 1_440_000));
    let other = PromptUse { test: 8, ..used };
    assert_eq!(stage.store.prompts().counted(PromptTask::Suggest, &other, own).await.unwrap().calls, 0);
}

#[tokio::test]
async fn a_turn_counts_its_version_once_and_a_repeat_counts_what_was_left() {
    let stage = Stage::new().await;
    let used = PromptUse { version: PromptVersion::new(1, 1, 0), test: 9 };
    let trial = PromptTrial { used: used.clone(), refused: true, kept: false, latency_ms: 500, cost_microdollars: 900 };
    let question = PromptCount { task: PromptTask::Campaign, used: used.clone(), counts: PromptCounts::call(&trial) };
    for number in 0..2 {
        let inbound = message(&format!("m{number}"), &chat("s-1"), i64::from(number));
        let found = stage.store.people().load_turn(&inbound).await.unwrap();
        let own = stage.store.tenants().own(&stage.tenant).await.unwrap();
        let mut turn = Turn::open(&stage.tenant, &own, &inbound, found.people, noon(i64::from(number)));
        turn.tried = Some(trial.clone());
        turn.sorted.push(PromptCount { task: PromptTask::Route, ..question.clone() });
        let response = Response::Answered { answer: Box::new(plain()), escalate: None };
        let outcome = turn.close(response, 5);
        stage.store.conversations().commit(&stage.tenant.id, &outcome, noon(i64::from(number))).await.unwrap();
        stage.store.conversations().commit(&stage.tenant.id, &outcome, noon(i64::from(number))).await.unwrap();
        assert_eq!(outcome.thread.prompt.as_ref().map(domain::prompts::ThreadPrompt::used), Some(used.clone()));
    }
    let own = Some(&stage.tenant.id);
    let counted = stage.store.prompts().counted(PromptTask::Respond, &used, own).await.unwrap();
    assert_eq!((counted.calls, counted.refused, counted.conversations, counted.converted), (2, 2, 1, 0));
    // What is asked beside it, and for no message, by what it took.
    let took = ([spent("claude-sonnet-5-5")], [question]);
    stage.store.usage().count(&stage.tenant.id, (&took.0, &took.1), "a campaign", noon(9)).await.unwrap();
    for (task, calls) in [(PromptTask::Route, 2), (PromptTask::Campaign, 1)] {
        let counted = stage.store.prompts().counted(task, &used, own).await.unwrap();
        assert_eq!((counted.calls, counted.refused, counted.conversations), (calls, calls, 0), "{task}");
        assert_eq!((counted.latency_ms, counted.cost_microdollars), (500 * calls, 900 * calls), "{task}");
    }
}
