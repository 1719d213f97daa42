//! The tasks, as they are declared.

use std::time::Duration;

use ai::prompt::Script;
use ai::{
    ANALYZE_BUDGET, CAMPAIGN_BUDGET, COMPOSE_BUDGET, Keeping, Models, STYLE_BUDGET, SUGGEST_BUDGET, SUMMARIZE_BUDGET,
    TASKS, TURN_BUDGET,
};
use domain::prompts::PromptTask;
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use domain::tenancy::{CostMode, Tier};

const DOCUMENT: &str = include_str!("../../../../docs/ai.md");

#[test]
fn the_document_lists_every_task_as_it_is_declared() {
    for task in TASKS {
        let script = Script::built_in(PromptTask::parse(task.name).unwrap());
        let tier = serde_json::to_value(script.tier()).unwrap();
        let row = format!(
            "| `{}` | {} | {} | {} | {} s | {} | {} |",
            task.name,
            tier.as_str().unwrap(),
            kept(task.keeping),
            if task.shares { "yes" } else { "no" },
            task.time_limit.as_secs(),
            [CostMode::None, CostMode::Shorter, CostMode::Structured]
                .map(|mode| script.max_tokens(mode).to_string())
                .join(", "),
            task.fallback,
        );
        assert!(DOCUMENT.contains(&row), "docs/ai.md needs this row:\n{row}");
    }
}

fn kept(keeping: Keeping) -> String {
    match keeping {
        Keeping::Never => "no".to_owned(),
        Keeping::WithContact(time) => format!("{} h, with the contact", time.as_hours()),
        Keeping::WithTenant(time) => format!("{} h, with the tenant", time.as_hours()),
    }
}

#[test]
fn names_are_unlike_and_no_task_takes_longer_than_who_waits_for_it() {
    let names: Vec<&str> = TASKS.iter().map(|task| task.name).collect();
    assert_eq!(names, ["respond", "route", "write", "suggest", "campaign", "style", "summarize", "analyze"]);
    let limits: Vec<Duration> = TASKS.iter().map(|task| task.time_limit).collect();
    assert_eq!(
        limits,
        [
            TURN_BUDGET,
            Duration::from_secs(4),
            COMPOSE_BUDGET,
            SUGGEST_BUDGET,
            CAMPAIGN_BUDGET,
            STYLE_BUDGET,
            SUMMARIZE_BUDGET,
            ANALYZE_BUDGET
        ]
    );
    let dearest = PromptTask::ALL.into_iter().filter(|task| Script::built_in(*task).tier() == Tier::Premium);
    assert_eq!(dearest.collect::<Vec<_>>(), [PromptTask::Analyze], "the dearest models are asked for nothing else");
}

#[test]
fn a_vendors_models_are_three_names() {
    let names = "claude-haiku-5-5, claude-sonnet-5-5 ,claude-opus-5-5";
    assert_eq!(Models::parse(names).unwrap(), Models::default());
    for wrong in ["", "one", "one,two", "one,,three", "one,two,three,four"] {
        assert!(Models::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_models_that_are_asked_unless_others_are_set_have_a_price() {
    let at = "2026-11-20T12:00:00Z".parse().unwrap();
    for models in [Models::default(), Models::openai()] {
        for model in [models.simple, models.standard, models.premium] {
            let spent = Spent {
                feature: Feature::Converse,
                model,
                tokens: Tokens { uncached: 1, ..Tokens::default() },
                saved: Saved::default(),
            };
            assert!(spent.cost_microdollars(at).is_some(), "{} has no line in prices.csv", spent.model);
        }
    }
}
