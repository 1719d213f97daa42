//! Circuit breakers: a service that fails again and again is left alone for a while, by all functions at once.
//!
//! Closed, everybody calls. After [`OPENS_AFTER`] calls in a row that failed for one function it opens for all, and no one
//! calls. When its wait is over one caller claims the probe (half-open): if that call succeeds it closes, else the wait
//! doubles. A claim that no one ends runs out. What is stored changes only when the state does, so a healthy service costs
//! no writes.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// So many calls in a row must fail for one function.
pub const OPENS_AFTER: u8 = 3;
/// How long no one calls at first; it doubles with every probe that fails.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// How long a probe may take: longer than any call.
const PROBE_LASTS: SignedDuration = SignedDuration::from_secs(45);

/// Whether a service is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircuitState {
    /// By no one before `until`.
    Open,
    /// By one, who has until `until`.
    HalfOpen,
    /// By everybody. What a newer version stores and this one does not know counts as this.
    #[default]
    #[serde(other)]
    Closed,
}

/// The circuit breaker of one service. Its default is the one of a service that never failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circuit {
    /// Whether it is called.
    #[serde(default)]
    pub state: CircuitState,
    /// The end of the wait, or of the probe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// How often it opened since it was closed.
    #[serde(default)]
    pub openings: u32,
    /// Why it opened, for people: a category, never a body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How often it changed. A change names the version it was made from.
    #[serde(default)]
    pub version: u64,
}

/// What a caller may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Call.
    Pass,
    /// Call, if this can be stored before: then the probe is theirs.
    Probe(Circuit),
    /// Not call.
    Blocked,
}

impl Circuit {
    /// What a caller may do at `now`.
    #[must_use]
    pub fn enter(&self, now: Timestamp) -> Entry {
        match self.state {
            CircuitState::Closed => Entry::Pass,
            CircuitState::Open | CircuitState::HalfOpen if self.until.is_some_and(|until| now < until) => {
                Entry::Blocked
            }
            CircuitState::Open | CircuitState::HalfOpen => {
                Entry::Probe(self.changed(CircuitState::HalfOpen, Some(now + PROBE_LASTS)))
            }
        }
    }

    /// Opened at `now`, for at least as long as the service asks.
    #[must_use]
    pub fn opened(&self, reason: String, asks: Option<SignedDuration>, now: Timestamp) -> Self {
        let doubled = FIRST_WAIT * 2_i32.pow(self.openings.min(8));
        let wait = doubled.max(asks.unwrap_or_default()).min(LONGEST_WAIT);
        let opened = self.changed(CircuitState::Open, Some(now + wait));
        Self { openings: self.openings.saturating_add(1), reason: Some(reason), ..opened }
    }

    /// Closed: it answered.
    #[must_use]
    pub fn closed(&self) -> Self {
        Self { openings: 0, reason: None, ..self.changed(CircuitState::Closed, None) }
    }

    fn changed(&self, state: CircuitState, until: Option<Timestamp>) -> Self {
        Self { state, until, version: self.version + 1, ..self.clone() }
    }
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is stored.
    Stored,
    /// Someone changed it before; this is how it is now.
    Lost(Circuit),
}

/// Something that is there later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where circuit breakers are kept: in the table, or in the process alone where there is none.
pub trait Circuits: fmt::Debug + Send + Sync {
    /// Those that are stored, by the name of the service; the others never failed.
    fn all(&self) -> Later<'_, Result<BTreeMap<String, Circuit>, Failure>>;

    /// Stores `next` in the place of the version before it, and of no other.
    fn change<'a>(&'a self, service: &'a str, next: &'a Circuit) -> Later<'a, Result<Changed, Failure>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + seconds).unwrap()
    }

    fn open(circuit: &Circuit, seconds: i64) -> Circuit {
        circuit.opened("busy".to_owned(), None, at(seconds))
    }

    fn probe(circuit: &Circuit, seconds: i64) -> Circuit {
        match circuit.enter(at(seconds)) {
            Entry::Probe(probe) => probe,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_one_calls_while_it_is_open_and_then_one_does() {
        let open = open(&Circuit::default(), 0);
        assert_eq!(open.enter(at(29)), Entry::Blocked);
        let claimed = probe(&open, 30);
        assert_eq!((claimed.state, claimed.version), (CircuitState::HalfOpen, 2));
        assert_eq!(claimed.enter(at(31)), Entry::Blocked, "the probe is somebody's");
    }

    #[test]
    fn a_probe_that_no_one_ends_runs_out() {
        let claimed = probe(&open(&Circuit::default(), 0), 30);
        assert_eq!(claimed.enter(at(74)), Entry::Blocked);
        assert_eq!(probe(&claimed, 75).version, 3);
    }

    #[test]
    fn a_probe_that_succeeds_closes_it_and_one_that_fails_doubles_the_wait_up_to_five_minutes() {
        let mut circuit = open(&Circuit::default(), 0);
        let mut waits = Vec::new();
        let mut now = 0;
        for _ in 0..6 {
            waits.push(circuit.until.unwrap().as_second() - at(now).as_second());
            now = circuit.until.unwrap().as_second() - at(0).as_second();
            circuit = open(&probe(&circuit, now), now);
        }
        assert_eq!(waits, [30, 60, 120, 240, 300, 300]);
        let closed = circuit.closed();
        assert_eq!((closed.enter(at(now)), closed.openings, closed.reason), (Entry::Pass, 0, None));
    }

    #[test]
    fn a_service_may_ask_for_a_longer_wait_but_not_for_more_than_five_minutes() {
        for (asks, wait) in [(10, 30), (90, 90), (86_400, 300)] {
            let asks = Some(SignedDuration::from_secs(asks));
            let opened = Circuit::default().opened("busy".to_owned(), asks, at(0));
            assert_eq!(opened.until, Some(at(wait)));
        }
    }

    #[test]
    fn a_state_of_a_newer_version_is_read_as_closed() {
        let read: Circuit = serde_json::from_str(r#"{"state": "warming_up", "version": 7, "by": "x"}"#).unwrap();
        assert_eq!((read.enter(at(0)), read.version), (Entry::Pass, 7));
    }
}
