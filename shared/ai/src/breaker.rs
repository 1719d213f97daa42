//! The circuit breakers as one process sees them: what is stored is remembered for a while, failures in a row are counted here,
//! and the table is called at most [`MAX_TABLE_CALLS`] times for a task, besides the first read of a process. Where the table does not answer, everybody is called.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::Failure;
use domain::circuits::{Changed, Circuit, CircuitState, Circuits, Entry, Later, OPENS_AFTER};
use jiff::{SignedDuration, Timestamp};

use crate::Degraded;
use crate::client::left;
use crate::vendors::Setback;

/// How long what is stored is believed.
const TRUST: Duration = Duration::from_secs(10);
/// How long the table may take: a call to a model is not to wait for it.
const TABLE_TIMEOUT: Duration = Duration::from_millis(800);
/// Reads and writes for one task.
const MAX_TABLE_CALLS: u8 = 2;
/// How long storing the result of a call may take, also where the call has used up the task's time.
const LAST_WORD: Duration = Duration::from_millis(500);
/// A call that was given less time than this and heard nothing says nothing about the vendor.
const FAIR_CHANCE: Duration = Duration::from_secs(6);

#[derive(Debug)]
pub(crate) struct Breaker {
    circuits: Arc<dyn Circuits>,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    read_at: Option<Instant>,
    known: BTreeMap<String, Circuit>,
    failed_in_a_row: BTreeMap<&'static str, u8>,
}

/// What one task has asked of the table so far.
#[derive(Debug, Default)]
pub(crate) struct TableCalls(u8);

/// The right to call a vendor, and what it was given for.
#[derive(Debug)]
pub(crate) struct Admission {
    vendor: &'static str,
    begun: Instant,
    is_probe: bool,
}

impl Breaker {
    pub(crate) fn new(circuits: Arc<dyn Circuits>) -> Self {
        Self { circuits, memory: Mutex::default() }
    }

    /// The right to call `vendor`; `None` while no one may.
    pub(crate) async fn enter(
        &self,
        vendor: &'static str,
        calls: &mut TableCalls,
        deadline: Instant,
    ) -> Option<Admission> {
        let admission = |is_probe| Some(Admission { vendor, begun: Instant::now(), is_probe });
        // If one is to be probed, the claim tells its state now.
        if !matches!(self.known(vendor).enter(Timestamp::now()), Entry::Probe(_)) {
            self.refresh(calls, deadline).await;
        }
        match self.known(vendor).enter(Timestamp::now()) {
            Entry::Pass => admission(false),
            Entry::Blocked => None,
            // The result of a probe must be told too.
            Entry::Probe(_) if calls.left() < 2 => None,
            Entry::Probe(claim) => self.store(vendor, claim, calls, deadline).await.then(|| admission(true))?,
        }
    }

    /// Whether `vendor` cannot be called now, as far as is known here.
    pub(crate) fn is_blocked(&self, vendor: &'static str) -> bool {
        self.known(vendor).enter(Timestamp::now()) == Entry::Blocked
    }

    /// Notes the result of the call; `None`: it answered.
    pub(crate) async fn leave(&self, admission: Admission, setback: Option<&Setback>, calls: &mut TableCalls) {
        let Admission { vendor, begun, is_probe } = admission;
        let deadline = Instant::now() + LAST_WORD;
        if setback.is_some_and(|setback| setback.reason == Degraded::Stopped && !setback.has_begun) {
            // It showed nothing: what failed before still counts, and the claim of a probe runs out by itself.
            return;
        }
        let had_its_chance = is_probe || begun.elapsed() >= FAIR_CHANCE;
        let Some(setback) = setback.filter(|setback| is_of_the_vendor(setback, had_its_chance)) else {
            self.memory().failed_in_a_row.remove(vendor);
            if is_probe {
                let closed = self.known(vendor).closed();
                if self.store(vendor, closed, calls, deadline).await {
                    tracing::info!(vendor, "models of this vendor are asked again");
                }
            }
            return;
        };
        if !self.has_failed_too_often(vendor) && !is_probe {
            return;
        }
        let known = self.known(vendor);
        if !is_probe && known.state != CircuitState::Closed {
            // Someone else saw it too.
            return;
        }
        self.memory().failed_in_a_row.remove(vendor);
        let asks = setback.retry_after.and_then(|wait| SignedDuration::try_from(wait).ok());
        let opened = known.opened(setback.reason.to_string(), asks, Timestamp::now());
        if self.store(vendor, opened, calls, deadline).await {
            tracing::error!(vendor, reason = %setback.reason, "models of this vendor are not asked for a while");
        }
    }

    fn has_failed_too_often(&self, vendor: &'static str) -> bool {
        let mut memory = self.memory();
        let count = memory.failed_in_a_row.entry(vendor).or_default();
        *count = count.saturating_add(1);
        *count >= OPENS_AFTER
    }

    fn known(&self, vendor: &str) -> Circuit {
        self.memory().known.get(vendor).cloned().unwrap_or_default()
    }

    /// Reads their state where that was read too long ago.
    async fn refresh(&self, calls: &mut TableCalls, deadline: Instant) {
        let read_at = self.memory().read_at;
        let may_read = read_at.is_none_or(|at| at.elapsed() >= TRUST && calls.take());
        if !may_read {
            return;
        }
        let read = in_time(self.circuits.all(), deadline).await;
        let mut memory = self.memory();
        memory.read_at = Some(Instant::now());
        if let Some(known) = read {
            memory.known = known;
        }
    }

    /// Stores `next`, and remembers it or what someone else stored before; whether it is this one. Where there is no call
    /// left for it, or the table does not answer, it holds here alone.
    async fn store(&self, vendor: &'static str, next: Circuit, calls: &mut TableCalls, deadline: Instant) -> bool {
        let changed = match calls.take() {
            true => in_time(self.circuits.change(vendor, &next), deadline).await,
            false => None,
        };
        let (now, is_ours) = match changed {
            Some(Changed::Lost(now)) => (now, false),
            Some(Changed::Stored) | None => (next, true),
        };
        self.memory().known.insert(vendor.to_owned(), now);
        is_ours
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TableCalls {
    fn left(&self) -> u8 {
        MAX_TABLE_CALLS - self.0
    }

    fn take(&mut self) -> bool {
        let is_left = self.left() > 0;
        self.0 += u8::from(is_left);
        is_left
    }
}

async fn in_time<T>(call: Later<'_, Result<T, Failure>>, deadline: Instant) -> Option<T> {
    match tokio::time::timeout(TABLE_TIMEOUT.min(left(deadline)), call).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(failure)) => {
            tracing::warn!(reason = %failure, "a circuit breaker could not be read or written");
            None
        }
        Err(_) => {
            tracing::warn!("a circuit breaker could not be read or written in time");
            None
        }
    }
}

/// Whether the vendor failed. A request that it will not take, and an answer of the wrong form, are no outage; a key that it
/// does not know and a bill that is not paid are. Once an answer has begun, how long it takes is up to what was asked: a
/// customer who gets long answers is not to pause a vendor for everybody.
fn is_of_the_vendor(setback: &Setback, had_its_chance: bool) -> bool {
    match setback.reason {
        Degraded::Unreachable | Degraded::Busy(_) => true,
        Degraded::TimedOut => had_its_chance && !setback.has_begun,
        Degraded::Rejected(status) => matches!(status, 401 | 402 | 403 | 404 | 429),
        Degraded::Refused | Degraded::Invalid(_) | Degraded::Unfit(_) | Degraded::Paused | Degraded::Stopped => false,
    }
}

/// Circuit breakers of one process alone.
#[derive(Debug, Default)]
pub(crate) struct Alone(Mutex<BTreeMap<String, Circuit>>);

impl Circuits for Alone {
    fn all(&self) -> Later<'_, Result<BTreeMap<String, Circuit>, Failure>> {
        Box::pin(async { Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()) })
    }

    fn change<'a>(&'a self, service: &'a str, next: &'a Circuit) -> Later<'a, Result<Changed, Failure>> {
        Box::pin(async move {
            let mut stored = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = stored.entry(service.to_owned()).or_default();
            if now.version + 1 != next.version {
                return Ok(Changed::Lost(now.clone()));
            }
            now.clone_from(next);
            Ok(Changed::Stored)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setback() -> Setback {
        Setback::from(Degraded::Busy(529))
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(5)
    }

    /// Whether a task may call, and how many calls of the table are left to it after `setback`.
    async fn task(breaker: &Breaker, setback: Option<&Setback>) -> (bool, u8) {
        let mut calls = TableCalls::default();
        let Some(admission) = breaker.enter("anthropic", &mut calls, soon()).await else {
            return (false, calls.left());
        };
        breaker.leave(admission, setback, &mut calls).await;
        (true, calls.left())
    }

    async fn opened() -> Breaker {
        let breaker = Breaker::new(Arc::new(Alone::default()));
        let mut left = Vec::new();
        for _ in 0..OPENS_AFTER {
            left.push(task(&breaker, Some(&setback())).await);
        }
        assert_eq!(left, [(true, 2), (true, 2), (true, 1)], "only the change is written");
        breaker
    }

    fn let_wait_end(breaker: &Breaker) {
        breaker.memory().known.values_mut().for_each(|circuit| circuit.until = Some(Timestamp::now()));
    }

    #[tokio::test]
    async fn a_probe_takes_two_calls_of_the_table_and_a_closed_circuit_none() {
        let breaker = opened().await;
        assert_eq!(task(&breaker, None).await, (false, 2));
        let_wait_end(&breaker);
        assert_eq!(task(&breaker, None).await, (true, 0));
        assert_eq!(task(&breaker, None).await, (true, 2));
    }

    #[tokio::test]
    async fn a_probe_is_left_to_the_next_task_where_what_comes_of_it_could_not_be_told() {
        let breaker = opened().await;
        let_wait_end(&breaker);
        let mut calls = TableCalls(1);
        assert!(breaker.enter("anthropic", &mut calls, soon()).await.is_none());
        assert_eq!(task(&breaker, None).await, (true, 0));
    }

    #[tokio::test]
    async fn a_probe_that_times_out_opens_it_again_and_a_hurried_call_says_nothing() {
        let breaker = opened().await;
        let_wait_end(&breaker);
        let timed_out = Setback::from(Degraded::TimedOut);
        assert_eq!(task(&breaker, Some(&timed_out)).await, (true, 0));
        assert_eq!(breaker.known("anthropic").openings, 2);

        let breaker = Breaker::new(Arc::new(Alone::default()));
        for _ in 0..=OPENS_AFTER {
            assert_eq!(task(&breaker, Some(&timed_out)).await, (true, 2));
        }
    }

    /// A call that timed out `seconds` after it was begun.
    async fn timed_out(breaker: &Breaker, seconds: u64, has_begun: bool) {
        let mut calls = TableCalls::default();
        let admission = breaker.enter("anthropic", &mut calls, soon()).await.unwrap();
        let admission =
            Admission { begun: Instant::now().checked_sub(Duration::from_secs(seconds)).unwrap(), ..admission };
        let setback = Setback { has_begun, ..Setback::from(Degraded::TimedOut) };
        breaker.leave(admission, Some(&setback), &mut calls).await;
    }

    #[tokio::test]
    async fn only_silence_counts_as_an_outage_and_an_answer_that_was_begun_closes_a_probe() {
        for (seconds, has_begun, state) in
            [(12, true, CircuitState::Closed), (5, false, CircuitState::Closed), (7, false, CircuitState::Open)]
        {
            let breaker = Breaker::new(Arc::new(Alone::default()));
            for _ in 0..OPENS_AFTER {
                timed_out(&breaker, seconds, has_begun).await;
            }
            assert_eq!(breaker.known("anthropic").state, state, "{seconds} s, begun: {has_begun}");
        }
        let breaker = opened().await;
        let_wait_end(&breaker);
        timed_out(&breaker, 12, true).await;
        assert_eq!(breaker.known("anthropic").state, CircuitState::Closed);
    }

    #[tokio::test]
    async fn a_call_that_was_stopped_before_it_was_answered_says_nothing() {
        let (breaker, stopped) = (Breaker::new(Arc::new(Alone::default())), Setback::from(Degraded::Stopped));
        for setback in [&setback(), &stopped, &setback(), &stopped, &stopped, &setback()] {
            assert!(task(&breaker, Some(setback)).await.0);
        }
        assert_eq!(breaker.known("anthropic").state, CircuitState::Open);
    }

    /// A store that does not answer at once, as no real one does.
    #[derive(Debug, Default)]
    struct Remote(Alone);

    impl Circuits for Remote {
        fn all(&self) -> Later<'_, Result<BTreeMap<String, Circuit>, Failure>> {
            Box::pin(async {
                tokio::task::yield_now().await;
                self.0.all().await
            })
        }

        fn change<'a>(&'a self, service: &'a str, next: &'a Circuit) -> Later<'a, Result<Changed, Failure>> {
            Box::pin(async move {
                tokio::task::yield_now().await;
                self.0.change(service, next).await
            })
        }
    }

    #[tokio::test]
    async fn what_came_of_a_call_is_stored_though_it_used_up_all_the_time() {
        let remote = Arc::new(Remote::default());
        let breaker = Breaker::new(remote.clone());
        for _ in 0..OPENS_AFTER {
            let (mut calls, deadline) = (TableCalls::default(), Instant::now() + Duration::from_millis(50));
            let admission = breaker.enter("anthropic", &mut calls, deadline).await.unwrap();
            tokio::time::sleep_until(deadline.into()).await;
            breaker.leave(admission, Some(&setback()), &mut calls).await;
        }
        assert_eq!(remote.0.all().await.unwrap()["anthropic"].state, CircuitState::Open);
    }
}
