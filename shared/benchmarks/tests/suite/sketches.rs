//! Sketches against exact quantiles, however they are split and merged.

use benchmarks::{EXACT_UP_TO, Metric, Sketch};
use proptest::prelude::*;

use crate::draws::{Draws, Shape, exact};

fn sketch(metric: Metric, values: &[i64]) -> Sketch {
    let mut sketch = Sketch::new(metric);
    values.iter().for_each(|value| sketch.add(*value));
    sketch
}

/// Merged from so many parts, in an order of chance, pair by pair or one after the other.
fn merged(metric: Metric, values: &[i64], shards: usize, draws: &mut Draws) -> Sketch {
    let mut parts: Vec<Vec<i64>> = vec![Vec::new(); shards];
    values.iter().for_each(|value| parts[draws.next() as usize % shards].push(*value));
    let mut parts: Vec<Sketch> = parts.iter().map(|part| sketch(metric, part)).collect();
    while parts.len() > 1 {
        let one = parts.swap_remove(draws.next() as usize % parts.len());
        let other = draws.next() as usize % parts.len();
        parts[other].merge(&one).unwrap();
    }
    parts.remove(0)
}

#[test]
fn quantiles_are_within_the_stated_error_from_1_to_64_shards() {
    let mut draws = Draws(16);
    for metric in Metric::ALL {
        for shape in Shape::ALL {
            for count in [1, 20, EXACT_UP_TO, EXACT_UP_TO + 1, 5_000] {
                let mut values: Vec<i64> = (0..count).map(|_| metric.clip(shape.draw(metric, &mut draws))).collect();
                let whole = sketch(metric, &values);
                for shards in [1, 2, 7, 64] {
                    assert_eq!(
                        merged(metric, &values, shards, &mut draws),
                        whole,
                        "{metric:?} {shape:?} {count} {shards}"
                    );
                }
                for percent in [1, 10, 25, 50, 75, 90, 99, 100] {
                    let (found, expected) =
                        (whole.quantile(percent).unwrap(), exact(&mut values, percent.into()).unwrap());
                    let allowed = if count <= EXACT_UP_TO { 0 } else { whole.error_at(found) };
                    assert!(
                        (found - expected).abs() <= allowed,
                        "{metric:?} {shape:?} {count} p{percent}: {found} {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_has_no_quantile_and_other_metrics_are_not_merged() {
    let mut empty = Sketch::new(Metric::Retention);
    assert_eq!((empty.quantile(50), empty.count()), (None, 0));
    let other = sketch(Metric::NoShowRate, &[3]);
    assert!(empty.merge(&other).is_err());
    assert_eq!(empty.count(), 0);
}

#[test]
fn a_sketch_is_written_with_its_version_and_read_strictly() {
    let small = sketch(Metric::NoShowRate, &[700, 300, -5]);
    let written = serde_json::to_value(&small).unwrap();
    assert_eq!(written, serde_json::json!({"v": 1, "metric": "no_show_rate", "exact": [0, 300, 700]}));
    let large = sketch(Metric::NoShowRate, &vec![300; EXACT_UP_TO + 1]);
    let written = serde_json::to_value(&large).unwrap();
    assert_eq!(written, serde_json::json!({"v": 1, "metric": "no_show_rate", "parts": [[24, 257]]}));
    assert_eq!(serde_json::from_value::<Sketch>(written).unwrap(), large);
    for damaged in [
        r#"{"v": 2, "metric": "no_show_rate", "exact": [1]}"#,
        r#"{"v": 1, "metric": "no_show_rate"}"#,
        r#"{"v": 1, "metric": "no_show_rate", "exact": [1], "parts": [[1, 300]]}"#,
        r#"{"v": 1, "metric": "no_show_rate", "exact": [5001]}"#,
        r#"{"v": 1, "metric": "no_show_rate", "parts": [[96, 300]]}"#,
        r#"{"v": 1, "metric": "no_show_rate", "parts": [[1, 300], [1, 300]]}"#,
        r#"{"v": 1, "metric": "no_show_rate", "parts": [[1, 3]]}"#,
    ] {
        assert!(serde_json::from_str::<Sketch>(damaged).is_err(), "{damaged}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn merging_is_associative_and_commutative(
        first in prop::collection::vec(any::<i64>(), 0..400),
        second in prop::collection::vec(0_i64..10_000, 0..400),
        third in prop::collection::vec(0_i64..100_000, 0..100),
    ) {
        let metric = Metric::QuoteConversion;
        let [one, two, three] = [&first, &second, &third].map(|values| sketch(metric, values));
        let of = |mut left: Sketch, right: &Sketch| { left.merge(right).unwrap(); left };
        let left = of(of(one.clone(), &two), &three);
        prop_assert_eq!(&left, &of(one.clone(), &of(two.clone(), &three)));
        prop_assert_eq!(&left, &of(three, &of(two, &one)));
        let read: Sketch = serde_json::from_str(&serde_json::to_string(&left).unwrap()).unwrap();
        prop_assert_eq!(read, left);
    }
}
