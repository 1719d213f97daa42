//! What models took: counted by day, feature and model, announced at thresholds, closed at the end of the month.

use domain::conversations::Answer;
use domain::leads::Score;
use domain::tenancy::usage::{Feature, Month};

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
    for (store, percent) in stores.iter().zip([70, 70, 85]).chain(stores.iter().zip([70, 85, 70])) {
        store.usage().announce_threshold(tenant, &month(), percent, 350_000, noon(0)).await.unwrap();
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
    stage.store.usage().announce_threshold(tenant, &month(), 70, 144, noon(0)).await.unwrap();
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
