//! The circuit breaker: a vendor that fails again and again is left alone, by all processes that share it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ai::{Assistant, Degraded, Turned};
use domain::Failure;
use domain::circuits::{Changed, Circuit, CircuitState, Circuits, Later, OPENS_AFTER};
use domain::tenancy::CostMode;
use jiff::Timestamp;
use serde_json::json;
use wiremock::MockServer;

use crate::scene::{now, scene};
use crate::stub::{answering, assistant, bodies, both, call, error, function_call, input, message, ok, within};

/// What is shared, and how often it was asked.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    stored: Mutex<BTreeMap<String, Circuit>>,
    pub(crate) calls: AtomicUsize,
    is_down: bool,
}

impl Shared {
    fn count(&self) -> Result<(), Failure> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        if self.is_down { Err(Failure::Retryable("the table is busy".into())) } else { Ok(()) }
    }

    fn state(&self, vendor: &str) -> CircuitState {
        self.stored.lock().unwrap().get(vendor).cloned().unwrap_or_default().state
    }

    /// The wait of `vendor` is over.
    fn let_wait_end(&self, vendor: &str) {
        let mut stored = self.stored.lock().unwrap();
        stored.get_mut(vendor).unwrap().until = Some(Timestamp::now());
    }
}

impl Circuits for Shared {
    fn all(&self) -> Later<'_, Result<BTreeMap<String, Circuit>, Failure>> {
        Box::pin(async {
            self.count()?;
            Ok(self.stored.lock().unwrap().clone())
        })
    }

    fn change<'a>(&'a self, service: &'a str, next: &'a Circuit) -> Later<'a, Result<Changed, Failure>> {
        Box::pin(async move {
            self.count()?;
            let mut stored = self.stored.lock().unwrap();
            let now = stored.entry(service.to_owned()).or_default();
            if now.version + 1 != next.version {
                return Ok(Changed::Lost(now.clone()));
            }
            now.clone_from(next);
            Ok(Changed::Stored)
        })
    }
}

async fn ask(assistant: &Assistant) -> Turned {
    let deadline = within(Duration::from_secs(10));
    assistant.answer(&scene("How much?").turn(), CostMode::None, now(), deadline).await
}

async fn tries(server: &MockServer) -> usize {
    bodies(server).await.len()
}

async fn broken() -> MockServer {
    answering(vec![error(401, "authentication_error")]).await
}

/// Opens Anthropic's circuit for everybody.
async fn open(first: &MockServer, second: &MockServer, shared: &Arc<Shared>) -> Assistant {
    let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
    for _ in 0..OPENS_AFTER {
        ask(&assistant).await;
    }
    assert_eq!(shared.state("anthropic"), CircuitState::Open);
    assistant
}

#[tokio::test]
async fn after_three_failures_in_a_row_no_one_calls_that_vendor_in_any_process() {
    let (first, second) = (broken().await, answering(vec![ok(&function_call("respond", &input()))]).await);
    let shared = Arc::new(Shared::default());
    let assistant = open(&first, &second, &shared).await;
    let before = tries(&first).await;

    let elsewhere = both(&first.uri(), &second.uri()).sharing(shared.clone());
    for assistant in [&assistant, &elsewhere] {
        let turned = ask(assistant).await;
        assert_eq!((turned.degraded, turned.answer.author.model.as_str()), (None, "gpt-6.1-sol"));
    }
    assert_eq!(tries(&first).await, before);
    assert_eq!(shared.state("openai"), CircuitState::Closed);
}

#[tokio::test]
async fn without_another_vendor_the_built_in_responder_answers_at_once() {
    let server = broken().await;
    let assistant = assistant(&server.uri());
    for _ in 0..OPENS_AFTER {
        assert_eq!(ask(&assistant).await.degraded, Some(Degraded::Rejected(401)));
    }
    assert_eq!(ask(&assistant).await.degraded, Some(Degraded::Paused));
    assert_eq!(tries(&server).await, usize::from(OPENS_AFTER));
}

#[tokio::test]
async fn one_call_finds_out_and_everybody_calls_again() {
    let mended = ok(&call("respond", &input()));
    let failing = || error(401, "authentication_error");
    let first = answering(vec![failing(), failing(), failing(), failing(), mended]).await;
    let second = answering(vec![ok(&function_call("respond", &input()))]).await;
    let shared = Arc::new(Shared::default());
    open(&first, &second, &shared).await;

    // A probe that fails opens it again, for longer.
    shared.let_wait_end("anthropic");
    assert_eq!(
        ask(&both(&first.uri(), &second.uri()).sharing(shared.clone())).await.answer.author.model,
        "gpt-6.1-sol"
    );
    let again = shared.stored.lock().unwrap()["anthropic"].clone();
    assert_eq!((again.state, again.openings), (CircuitState::Open, 2));

    shared.let_wait_end("anthropic");
    let prober = both(&first.uri(), &second.uri()).sharing(shared.clone());
    assert_eq!(ask(&prober).await.answer.author.model, "claude-sonnet-5-5");
    assert_eq!(shared.state("anthropic"), CircuitState::Closed);
}

#[tokio::test]
async fn only_one_of_many_probes() {
    let slow = ok(&call("respond", &input())).set_delay(Duration::from_millis(400));
    let failing = || error(401, "authentication_error");
    let first = answering(vec![failing(), failing(), failing(), slow]).await;
    let second = answering(vec![ok(&function_call("respond", &input()))]).await;
    let shared = Arc::new(Shared::default());
    open(&first, &second, &shared).await;
    let before = tries(&first).await;

    shared.let_wait_end("anthropic");
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
        running.spawn(async move { ask(&assistant).await.answer.author.model });
    }
    let models = running.join_all().await;
    assert_eq!(tries(&first).await, before + 1);
    assert_eq!(models.iter().filter(|model| *model == "claude-sonnet-5-5").count(), 1, "{models:?}");
}

#[tokio::test]
async fn a_task_asks_the_table_at_most_twice_and_mostly_not_at_all() {
    let healthy = || async { answering(vec![ok(&call("respond", &input()))]).await };
    let (first, second) = (healthy().await, broken().await);
    let shared = Arc::new(Shared::default());
    let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
    let mut calls = Vec::new();
    for _ in 0..5 {
        ask(&assistant).await;
        calls.push(shared.calls.swap(0, Ordering::Relaxed));
    }
    assert_eq!(calls, [1, 0, 0, 0, 0], "read once in ten seconds");

    let (first, second) = (broken().await, broken().await);
    let shared = Arc::new(Shared::default());
    let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
    let mut calls = Vec::new();
    for _ in 0..5 {
        ask(&assistant).await;
        calls.push(shared.calls.swap(0, Ordering::Relaxed));
    }
    assert_eq!(calls, [1, 0, 2, 0, 0], "both open in the third, and then nobody writes");
}

#[tokio::test]
async fn what_is_no_outage_opens_nothing() {
    let mut schema = input();
    schema["score"] = json!("boiling");
    for response in [
        ok(&message(&json!([]), "refusal")),
        ok(&call("respond", &schema)),
        error(400, "invalid_request_error"),
        error(413, "request_too_large"),
    ] {
        let (first, second) =
            (answering(vec![response]).await, answering(vec![ok(&function_call("respond", &input()))]).await);
        let shared = Arc::new(Shared::default());
        let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
        for _ in 0..=OPENS_AFTER {
            assert_eq!(ask(&assistant).await.degraded, None);
        }
        assert_eq!(shared.state("anthropic"), CircuitState::Closed);
    }
}

#[tokio::test]
async fn a_success_between_failures_begins_the_count_again() {
    let failing = || error(401, "authentication_error");
    let fine = || ok(&call("respond", &input()));
    let first = answering(vec![failing(), failing(), fine(), failing(), failing(), fine()]).await;
    let shared = Arc::new(Shared::default());
    let second = answering(vec![ok(&function_call("respond", &input()))]).await;
    let assistant = both(&first.uri(), &second.uri()).sharing(shared.clone());
    for _ in 0..6 {
        ask(&assistant).await;
    }
    assert_eq!(tries(&first).await, 6);
    assert_eq!(shared.state("anthropic"), CircuitState::Closed);
}

#[tokio::test]
async fn where_the_table_does_not_answer_the_breaker_works_in_this_process_alone() {
    let (first, second) = (broken().await, answering(vec![ok(&function_call("respond", &input()))]).await);
    let shared = Arc::new(Shared { is_down: true, ..Shared::default() });
    let assistant = both(&first.uri(), &second.uri()).sharing(shared);
    for _ in 0..5 {
        assert_eq!(ask(&assistant).await.degraded, None);
    }
    assert_eq!(tries(&first).await, usize::from(OPENS_AFTER));
}
