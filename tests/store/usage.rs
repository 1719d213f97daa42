//! What models took: counted by day, feature and model, announced at thresholds, closed at the end of the month.

use domain::conversations::Answer;
use domain::leads::Score;
use domain::tenancy::usage::{Feature, Month, RESPONDER, Spent};
use domain::turns::Outcome;
use futures::future::join_all;
use store::Commit;

use crate::counting::counted;
use crate::stage::{Stage, message, noon, phone, plain, text_of};

fn month() -> Month {
    Month::of(noon(0))
}

/// Eight turns of anonymous callers at noon, each of 11 and 7 tokens of Claude Sonnet 5.5.
async fn eight_turns(stage: &Stage) {
    for index in 0..8_i64 {
        let inbound = message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index);
        stage.say(&inbound, Answer { score: Score::Warm, ..plain() }).await;
    }
}

#[tokio::test]
async fn tokens_are_counted_by_day_feature_and_model() {
    let stage = Stage::new().await;
    eight_turns(&stage).await;
    let counters = stage.entities("usage").await;
    assert!(counters.len() > 1, "spread over several items");
    assert!(counters.iter().all(|item| text_of(item, "pk") == "T#acme#USAGE#2026-11"));
    assert!(counters.iter().all(|item| text_of(item, "sk").starts_with("20#converse#claude-sonnet-5-5#")));

    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let [line] = usage.days.as_slice() else { panic!("{usage:?}") };
    assert_eq!((line.day.to_string().as_str(), line.feature), ("2026-11-20", Feature::Converse));
    assert_eq!((line.calls, line.input_tokens, line.output_tokens), (8, 88, 56));
    // 11 at $2 and 7 at $10 for a million, eight times.
    assert_eq!(line.cost_microdollars, Some(8 * (22 + 70)));
    assert_eq!((usage.total_tokens, usage.total_cost_microdollars), (144, 736));
    assert_eq!(stage.store.usage().of_month(&stage.tenant.id, "2026-12").await.unwrap().days, []);
    assert!(stage.store.usage().of_month(&stage.tenant.id, "2026-11#TOTAL").await.is_err());
}

#[tokio::test]
async fn the_sum_is_remembered_for_a_minute() {
    let stage = Stage::new().await;
    assert_eq!(stage.store.usage().tokens_used(&stage.tenant.id, &month()).await.unwrap(), 0);
    eight_turns(&stage).await;
    assert_eq!(stage.store.usage().tokens_used(&stage.tenant.id, &month()).await.unwrap(), 0);
    assert_eq!(stage.cold().usage().tokens_used(&stage.tenant.id, &month()).await.unwrap(), 144);
}

#[tokio::test]
async fn a_threshold_is_announced_once_a_month_whoever_sees_it() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let stores = [stage.store.clone(), stage.cold(), stage.cold()];
    for (store, percent) in stores.iter().zip([80, 80, 95]).chain(stores.iter().zip([80, 95, 80])) {
        store.usage().announce_threshold(tenant, &month(), percent, 400_000, noon(0)).await.unwrap();
    }
    assert_eq!(stage.entities("usage threshold").await.len(), 2);
    let events: Vec<String> =
        stage.entities("outbox").await.iter().map(|item| text_of(item, "events").to_owned()).collect();
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|events| events.contains("usage.threshold_reached")), "{events:?}");
}

#[tokio::test]
async fn a_month_is_closed_once_and_its_marks_are_not_counted() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    eight_turns(&stage).await;
    stage.store.usage().announce_threshold(tenant, &month(), 80, 144, noon(0)).await.unwrap();
    let rows = stage.entities("outbox").await.len();
    for store in [stage.store.clone(), stage.cold()] {
        assert_eq!(store.usage().close_month(tenant, &month(), noon(60)).await.unwrap().total_tokens, 144);
    }
    let totals = stage.entities("usage total").await;
    let [total] = totals.as_slice() else { panic!("{totals:?}") };
    assert_eq!((total["tokens"].as_n().unwrap().as_str(), text_of(total, "sk")), ("144", "TOTAL"));
    assert_eq!(stage.entities("outbox").await.len(), rows + 1, "announced once");
    assert_eq!(stage.store.usage().of_month(tenant, "2026-11").await.unwrap().total_tokens, 144);
}

#[tokio::test]
async fn that_no_model_was_asked_is_counted_with_its_turn_and_no_turn_waits_for_the_counters() {
    let stage = Stage::new().await;
    let decide = async |index: u32| {
        let decided = stage.decide(&message(&format!("u{index}"), &phone(index), 0), plain()).await.unwrap();
        Outcome { spent: vec![Spent::unasked(Feature::Converse, RESPONDER)], ..decided }
    };
    let (store, calls) = counted(&stage);
    let commit =
        async |outcome: &Outcome| store.conversations().commit(&stage.tenant.id, outcome, noon(0)).await.unwrap();
    let first = decide(1).await;
    assert_eq!(commit(&first).await, Commit::Stored);
    assert_eq!(calls.take(), ["TransactWriteItems"]);
    assert_eq!(commit(&first).await, Commit::Duplicate);
    let mut others = Vec::new();
    for index in 2..22 {
        others.push(decide(index).await);
    }
    // All at once, each in the others' way.
    let commits = join_all(others.iter().map(commit)).await;
    assert_eq!(commits, [Commit::Stored; 20]);
    let usage = stage.store.usage().of_month(&stage.tenant.id, "2026-11").await.unwrap();
    let [counted] = usage.without_model.as_slice() else { panic!("{usage:?}") };
    assert_eq!((counted.feature, counted.by.as_str(), counted.calls), (Feature::Converse, RESPONDER, 21));
}
