//! The tasks, as they are declared.

use std::time::Duration;

use ai::{COMPOSE_BUDGET, TASKS, TURN_BUDGET};
use domain::tenancy::{CostMode, Tier};

const DOCUMENT: &str = include_str!("../../../../docs/ai.md");

#[test]
fn the_document_lists_every_task_as_it_is_declared() {
    for task in TASKS {
        let tier = serde_json::to_value(task.tier).unwrap();
        let row = format!(
            "| `{}` | {} | {} | {} s | {} | {} |",
            task.name,
            tier.as_str().unwrap(),
            if task.cacheable { "yes" } else { "no" },
            task.time_limit.as_secs(),
            [CostMode::None, CostMode::Shorter, CostMode::Structured]
                .map(|mode| (task.max_tokens)(mode).to_string())
                .join(", "),
            task.fallback,
        );
        assert!(DOCUMENT.contains(&row), "docs/ai.md needs this row:\n{row}");
    }
}

#[test]
fn names_are_unlike_and_no_task_takes_longer_than_who_waits_for_it() {
    let names: Vec<&str> = TASKS.iter().map(|task| task.name).collect();
    assert_eq!(names, ["respond", "route", "write"]);
    let limits: Vec<Duration> = TASKS.iter().map(|task| task.time_limit).collect();
    assert_eq!(limits, [TURN_BUDGET, Duration::from_secs(4), COMPOSE_BUDGET]);
    assert!(TASKS.iter().all(|task| task.tier < Tier::Premium), "the dearest models are asked for nothing yet");
}
