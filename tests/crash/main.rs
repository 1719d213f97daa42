//! The crash harness: the functions of the main path, run in process with every step failed before, failed after and
//! repeated, with deliveries duplicated and reordered.
//!
//! First each of a few stories, with each fault at each step of each function. Then storms: conversations, faults,
//! duplicates, order and interleaving by a seed. Every schedule ends in calm, in which the vendors repeat what was not
//! answered, the queues deliver what was not done and the sweeper runs; then the table, the vendor sink and the bus
//! must agree on [`invariants`]: one stored message a vendor id, at most one reply sent a message, none lost, one
//! escalation a thread, one contact a person.
//!
//! | variable | what it says |
//! |---|---|
//! | `PORCHLIGHT_STACK` | the `stack.json` of a running local stack; `cargo xtask test` sets it. DynamoDB and KMS are used |
//! | `CRASH_SCHEDULES` | how many schedules in all: the first 800 or so are the stories, the rest storms; 900 unless said |
//! | `CRASH_SEED` | the one schedule to run, as the report of a violation names it |
//!
//! The figures are printed, and are in `target/tmp/crash.txt` where the test runner keeps what tests print to itself.
//!
//! DynamoDB and KMS are the emulator's, the vendors the sink's. SQS, EventBridge, the table's stream and SES are the
//! harness's own, in [`services`] and [`calls`], because it must own when and how often they deliver.

mod calls;
mod cloud;
mod facts;
mod fault;
mod function;
mod invariants;
mod lane;
mod plan;
mod records;
mod report;
mod schedule;
mod services;
mod state;
mod story;
mod wire;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use xtask::stack::Stack;

use crate::lane::Lane;
use crate::plan::Spec;
use crate::report::Report;

/// Violations after which no more schedules are begun.
const ENOUGH: usize = 5;

#[test]
fn whatever_dies_nothing_is_lost_doubled_or_left_behind() {
    let file =
        std::env::var_os("PORCHLIGHT_STACK").expect("run `make test` or `make soak`: this needs the local stack");
    let stack = Stack::read(&PathBuf::from(file)).unwrap();
    let report = match std::env::var("CRASH_SEED") {
        Ok(name) => run(&stack, &[Spec::parse(&name).expect("CRASH_SEED is no schedule's name")]),
        Err(_) => {
            let count = std::env::var("CRASH_SCHEDULES").map_or(900, |count| count.parse().unwrap());
            run(&stack, &plan::all(&stack, count))
        }
    };
    report.print();
    assert!(
        report.violations.is_empty(),
        "an invariant is violated: run again with CRASH_SEED={}",
        report.violations[0]
    );
}

/// Runs schedules in lanes side by side.
fn run(stack: &Stack, specs: &[Spec]) -> Report {
    let report = Report::new(specs.len() == 1);
    let (next, report, began) = (AtomicUsize::new(0), Mutex::new(report), Instant::now());
    let lanes = thread::available_parallelism().map_or(2, usize::from) + 1;
    thread::scope(|scope| {
        for number in 0..lanes.min(specs.len()) {
            let (next, report) = (&next, &report);
            scope.spawn(move || {
                let mut lane = Lane::new(stack, number);
                while let Some(spec) = specs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = lane.run(spec);
                    let mut report = report.lock().unwrap();
                    report.add(spec, outcome);
                    if report.violations.len() >= ENOUGH {
                        break;
                    }
                }
            });
        }
    });
    let mut report = report.into_inner().unwrap();
    report.seconds = began.elapsed().as_secs_f64();
    report
}
