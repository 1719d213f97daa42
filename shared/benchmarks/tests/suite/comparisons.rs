//! Where a business is, where it is going, and what it is told.

use std::collections::BTreeSet;

use benchmarks::{Band, Cohort, Comparison, Insight, Metric, Period, Place, Published, Trend, compare, trend};

fn published(metric: Metric, average: i64, top25: i64, top10: i64) -> Published {
    let cohort = Cohort::country("hvac", "us").unwrap();
    let period = Period::of(2026, 7);
    Published { cohort, period, metric, band: Band::From100, average, top25, top10, epsilon_milli: 300 }
}

#[test]
fn places_go_by_the_side_that_is_better() {
    let conversion = published(Metric::QuoteConversion, 3_400, 4_100, 4_800);
    for (own, place) in [(3_399, Place::Below), (3_400, Place::Above), (4_100, Place::Top25), (4_800, Place::Top10)] {
        assert_eq!(compare(Metric::QuoteConversion, own, Some(&conversion), None).place, Some(place), "{own}");
    }
    let waits = published(Metric::ResponseTime, 300, 90, 30);
    for (own, place) in [(301, Place::Below), (300, Place::Above), (90, Place::Top25), (30, Place::Top10)] {
        assert_eq!(compare(Metric::ResponseTime, own, Some(&waits), None).place, Some(place), "{own}");
    }
}

#[test]
fn small_changes_are_none() {
    let cases = [
        (Metric::QuoteConversion, 3_000, 3_199, Trend::Stable),
        (Metric::QuoteConversion, 3_000, 3_200, Trend::Improving),
        (Metric::QuoteConversion, 8_000, 7_610, Trend::Stable),
        (Metric::QuoteConversion, 8_000, 7_600, Trend::Declining),
        (Metric::NoShowRate, 800, 700, Trend::Improving),
        (Metric::ResponseTime, 40, 60, Trend::Declining),
        (Metric::ResponseTime, 0, i64::MIN, Trend::Improving),
    ];
    for (metric, previous, now, expected) in cases {
        assert_eq!(trend(metric, previous, now), expected, "{metric:?} {previous} {now}");
    }
}

#[test]
fn what_is_told_depends_on_place_and_trend() {
    let figures = published(Metric::QuoteConversion, 3_400, 4_100, 4_800);
    let told = |own, previous| compare(Metric::QuoteConversion, own, Some(&figures), previous).insight;
    assert_eq!(told(2_000, Some(1_000)), Insight::FollowUpOpenQuotes);
    assert_eq!(told(3_500, None), Insight::OfferOptionsInQuotes);
    assert_eq!(told(4_500, Some(4_500)), Insight::KeepItUp);
    assert_eq!(told(4_500, Some(6_000)), Insight::LookAtWhatChanged);
    let alone = compare(Metric::QuoteConversion, 2_000, None, Some(2_900));
    assert_eq!((alone.place, alone.insight), (None, Insight::FollowUpOpenQuotes));
}

#[test]
fn figures_of_another_metric_are_none() {
    let other = published(Metric::Retention, 3_400, 4_100, 4_800);
    let alone: Comparison = compare(Metric::QuoteConversion, 2_000, Some(&other), None);
    assert_eq!((alone.published, alone.place, alone.trend), (None, None, None));
}

#[test]
fn every_insight_can_be_told_and_has_its_key() {
    let mut told = BTreeSet::new();
    for metric in Metric::ALL {
        let (low, high) = metric.bounds();
        let (average, top) = if metric.more_is_better() { (low + 50, high) } else { (high - 50, low) };
        let figures = published(metric, average, top, top);
        for own in [low, low + 60, high - 60, high] {
            for previous in [None, Some(low), Some(high)] {
                told.insert(compare(metric, own, Some(&figures), previous).insight.key());
            }
        }
    }
    let all: BTreeSet<&str> = Insight::ALL.iter().map(|insight| insight.key()).collect();
    assert_eq!(told, all);
    for insight in Insight::ALL {
        assert_eq!(serde_json::to_value(insight).unwrap(), insight.key());
    }
}
