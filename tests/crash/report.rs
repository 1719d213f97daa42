//! What the run prints at its end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use crate::fault::Fault;
use crate::function::Function;
use crate::lane::Outcome;
use crate::plan::Spec;

#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What happened is told of schedules in which all is well, too.
    tells_all: bool,
    schedules: usize,
    steps: usize,
    messages: usize,
    faults: BTreeMap<(Function, Fault), usize>,
    pub(crate) seconds: f64,
    /// The names of the schedules that violate an invariant.
    pub(crate) violations: Vec<String>,
}

impl Report {
    pub(crate) fn new(tells_all: bool) -> Self {
        Self { tells_all, ..Self::default() }
    }

    pub(crate) fn add(&mut self, spec: &Spec, outcome: Outcome) {
        self.schedules += 1;
        self.steps += outcome.steps.len();
        self.messages += outcome.facts.accepted.len();
        for (at, times) in outcome.facts.faults {
            *self.faults.entry(at).or_default() += times;
        }
        if self.tells_all || !outcome.violations.is_empty() {
            let mut words = format!("CRASH_SEED={spec}\n{}", outcome.trace);
            for violation in &outcome.violations {
                writeln!(words, "  violated: {violation}").unwrap();
            }
            say(&words);
        }
        if !outcome.violations.is_empty() {
            self.violations.push(spec.to_string());
        }
        if self.schedules.is_multiple_of(1_000) {
            say(&format!("{} schedules, {} steps", self.schedules, self.steps));
        }
    }

    /// The figures.
    pub(crate) fn print(&self) {
        let mut text = String::new();
        let injected: usize = self.faults.values().sum();
        writeln!(
            text,
            "crash harness: {} schedules, {} messages, {} steps, {injected} faults, {} violations, {:.0} s",
            self.schedules,
            self.messages,
            self.steps,
            self.violations.len(),
            self.seconds,
        )
        .unwrap();
        write!(text, "{:>12}", "").unwrap();
        for fault in Fault::ALL {
            write!(text, "{:>14}", fault.to_string()).unwrap();
        }
        for function in Function::ALL {
            write!(text, "\n{:>12}", function.to_string()).unwrap();
            for fault in Fault::ALL {
                write!(text, "{:>14}", self.faults.get(&(function, fault)).copied().unwrap_or_default()).unwrap();
            }
        }
        say(&text);
        std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/crash.txt"), text).unwrap();
    }
}

/// Straight to the terminal, because the figures matter when all is well, too.
#[expect(clippy::explicit_write, reason = "the test harness keeps what println! prints of a test that passes")]
fn say(text: &str) {
    writeln!(std::io::stdout(), "\n{text}").unwrap();
}
