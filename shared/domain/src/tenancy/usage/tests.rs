use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn spent(model: &str) -> Spent {
    let tokens = Tokens { uncached: 1_000, cache_written: 2_000, cache_read: 10_000, output: 300 };
    Spent { feature: Feature::Converse, model: model.to_owned(), tokens, saved: Saved::default() }
}

fn line(day: i8, feature: Feature, model: &str, tokens: u64, cost: Option<u64>) -> UsageLine {
    UsageLine {
        day: date(2026, 11, day),
        feature,
        model: model.to_owned(),
        calls: 1,
        input_tokens: tokens,
        output_tokens: 1,
        cost_microdollars: cost,
        saved_calls: 1,
        saved_microdollars: 2,
    }
}

#[test]
fn a_month_is_of_utc_and_written_one_way() {
    assert_eq!(Month::of(at("2026-11-30T23:59:59Z")).to_string(), "2026-11");
    assert_eq!(Month::of(at("2026-12-01T00:00:00Z")).to_string(), "2026-12");
    assert_eq!(Month::before(at("2026-01-01T00:10:00Z")).to_string(), "2025-12");
    assert_eq!(Month::parse("2026-02").unwrap().to_string(), "2026-02");
    for bad in ["", "2026", "2026-13", "2026-1", "2026-W1", "2026-11-20", " 2026-11", "2026-11#x", "２０２６-11"] {
        assert!(Month::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn each_kind_of_token_has_its_price_of_the_day() {
    // 1,000 at $2, 2,000 at $2.50, 10,000 at $0.10, 300 at $10 for a million.
    let cost = |model: &str, day: &str| spent(model).cost_microdollars(at(day));
    assert_eq!(cost("claude-sonnet-5-5", "2026-11-20T12:00:00Z"), Some(2_000 + 5_000 + 1_000 + 3_000));
    assert_eq!(cost("claude-sonnet-5-5", "2026-10-06T23:59:59Z"), Some(2_000 + 5_000 + 2_000 + 3_000));
    assert_eq!(cost("claude-haiku-5-5", "2026-11-20T12:00:00Z"), Some(100 + 250 + 100 + 150));
}

#[test]
fn what_was_saved_is_priced_as_what_was_used() {
    let asked = spent("claude-sonnet-5-5");
    let saved = Spent { tokens: Tokens::default(), saved: Saved { calls: 1, tokens: asked.tokens }, ..asked.clone() };
    let now = at("2026-11-20T12:00:00Z");
    assert_eq!(
        (saved.cost_microdollars(now), Some(saved.saved_microdollars(now))),
        (Some(0), asked.cost_microdollars(now))
    );
    assert_eq!(Spent { model: "claude-next".to_owned(), ..saved }.saved_microdollars(now), 0);
}

#[test]
fn every_line_of_the_price_file_is_a_price() {
    let lines = include_str!("prices.csv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let listed: Vec<&str> = lines.map(|line| line.split(',').next().unwrap()).collect();
    let read: Vec<&str> = PRICES.iter().map(|price| price.model).collect();
    assert_eq!(read, listed);
    assert!(read.len() >= 6, "{read:?}");
    for price in PRICES.iter() {
        let order = [price.cache_read, price.uncached, price.cache_written, price.output];
        assert!(order.is_sorted() && price.cache_read > 0, "{price:?}");
    }
}

#[test]
fn a_model_without_a_known_price_has_no_cost() {
    assert_eq!(spent("claude-next").cost_microdollars(at("2026-11-20T12:00:00Z")), None);
    assert_eq!(spent("claude-haiku-5-5").cost_microdollars(at("2026-10-06T12:00:00Z")), None);
}

#[test]
fn a_part_of_a_millionth_is_rounded_up_and_nothing_costs_nothing() {
    let price = ModelPrice::of("claude-haiku-5-5", date(2026, 11, 20)).unwrap();
    assert_eq!(price.cost(&Tokens { cache_read: 1, ..Tokens::default() }), 1);
    assert_eq!(price.cost(&Tokens::default()), 0);
    let most = Tokens { uncached: u64::MAX, cache_written: u64::MAX, cache_read: u64::MAX, output: u64::MAX };
    assert_eq!(ModelPrice { output: u64::MAX, ..*price }.cost(&most), u64::MAX);
}

#[test]
fn counters_of_the_same_place_are_one_line() {
    let counters = vec![
        line(2, Feature::Converse, "sonnet", 10, Some(5)),
        line(1, Feature::Route, "haiku", 3, None),
        line(2, Feature::Converse, "sonnet", 20, Some(6)),
        line(2, Feature::Converse, "other", 7, None),
    ];
    let usage = Usage::of(Month::parse("2026-11").unwrap(), counters);
    let lines: Vec<_> = usage
        .days
        .iter()
        .map(|line| (line.day.day(), line.model.as_str(), line.calls, line.cost_microdollars))
        .collect();
    assert_eq!(lines, [(1, "haiku", 1, None), (2, "other", 1, None), (2, "sonnet", 2, Some(11))]);
    assert_eq!((usage.total_tokens, usage.total_cost_microdollars), (40 + 4, 11));
    assert_eq!((usage.total_saved_calls, usage.total_saved_microdollars), (4, 8));
    assert_eq!(usage.days.last().map(|line| (line.saved_calls, line.saved_microdollars)), Some((2, 4)));
}

#[test]
fn embeddings_are_counted_and_use_up_no_tokens_of_a_plan() {
    let counters = vec![
        line(1, Feature::Converse, "sonnet", 10, Some(5)),
        line(1, Feature::Embed, "text-embedding-3-small", 900_000, Some(18_000)),
    ];
    let usage = Usage::of(Month::parse("2026-11").unwrap(), counters);
    assert_eq!(usage.total_tokens, 900_001 + 11);
    assert_eq!(usage.used(), Used { tokens: 11, cost_microdollars: 18_005 });
    // A million tokens for two cents.
    let tokens = Tokens { uncached: 1_000_000, ..Tokens::default() };
    let embedded = Spent { feature: Feature::Embed, tokens, ..spent("text-embedding-3-small") };
    assert_eq!(embedded.cost_microdollars(at("2026-11-20T12:00:00Z")), Some(20_000));
}

proptest! {
    #[test]
    fn totals_do_not_depend_on_the_order(
        counters in prop::collection::vec((1i8..4, any::<bool>(), 0u64..1_000, prop::option::of(0u64..1_000)), 0..12),
    ) {
        let line = |(day, route, tokens, cost): &(i8, bool, u64, Option<u64>)| {
            line(*day, if *route { Feature::Route } else { Feature::Converse }, "m", *tokens, *cost)
        };
        let month = Month::parse("2026-11").unwrap();
        let usage = Usage::of(month.clone(), counters.iter().map(line).collect());
        let reversed = Usage::of(month, counters.iter().rev().map(line).collect());
        prop_assert_eq!(&usage, &reversed);
        prop_assert_eq!(usage.days.iter().map(UsageLine::tokens).sum::<u64>(), usage.total_tokens);
    }
}
