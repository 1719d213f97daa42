//! Schedules one after another, on a thread and a runtime of their own.

use futures::FutureExt as _;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use tokio::runtime::Runtime;
use xtask::stack::Stack;

use crate::cloud::Cloud;
use crate::facts::{Facts, Step};
use crate::invariants;
use crate::plan::{Plan, Spec};
use crate::schedule::Schedule;
use crate::state::State;

pub(crate) struct Lane {
    runtime: Runtime,
    cloud: Cloud,
    number: usize,
    count: usize,
}

/// What became of one schedule.
pub(crate) struct Outcome {
    pub(crate) facts: Facts,
    pub(crate) violations: Vec<String>,
    pub(crate) steps: Vec<Step>,
    pub(crate) trace: String,
}

impl Lane {
    pub(crate) fn new(stack: &Stack, number: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let cloud = runtime.block_on(Cloud::new(stack, number));
        Self { runtime, cloud, number, count: 0 }
    }

    pub(crate) fn run(&mut self, spec: &Spec) -> Outcome {
        self.count += 1;
        let table = format!("crash-{}-{}-{}", std::process::id(), self.number, self.count);
        self.runtime.block_on(carry_out(&self.cloud, &table, spec))
    }
}

async fn carry_out(cloud: &Cloud, table: &str, spec: &Spec) -> Outcome {
    cloud.table(table).await;
    let mut schedule = Schedule::new(cloud, table, spec);
    let ran = AssertUnwindSafe(schedule.run()).catch_unwind().await;
    if let Err(panic) = ran {
        let words = words(panic.as_ref());
        schedule.facts.violations.push(format!("a function panicked: {words}"));
    }
    let state = State::read(cloud.items(table).await);
    let sent = cloud.take_sent().await;
    cloud.delete(table).await;
    let clean = spec.plan == Plan::Clean;
    let violations = invariants::violations(&schedule.facts, &schedule.services, &state, &sent, clean);
    Outcome { violations, steps: schedule.steps, trace: schedule.trace, facts: schedule.facts }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words")
}
