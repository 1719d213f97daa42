use jiff::civil::date;

use crate::{Handling, Insight, ItemYear, insights};

fn item(key: &str, used: i64, before: Option<i64>) -> ItemYear {
    ItemYear { item: key.to_owned(), used, used_before: before, on_hand: 4, unit_cents: 500, ..ItemYear::default() }
}

#[test]
fn use_that_changed_by_more_than_chance_is_told() {
    let items = [
        item("capacitor", 140, Some(100)),
        item("relay", 7, Some(5)),
        item("filter", 1030, Some(900)),
        item("new", 90, None),
    ];
    let told = insights(&items, &[], &[], date(2026, 11, 30));
    assert_eq!(told, [Insight::Usage { item: "capacitor".to_owned(), used: 140, before: 100, percent: 40 }]);
    let told = insights(&[item("belt", 20, Some(60))], &[], &[], date(2026, 11, 30));
    assert_eq!(told, [Insight::Usage { item: "belt".to_owned(), used: 20, before: 60, percent: -67 }]);
}

#[test]
fn the_best_margin_is_told_by_what_it_earned() {
    let earning =
        |key: &str, revenue, cost| ItemYear { revenue_cents: revenue, cost_cents: cost, ..item(key, 10, None) };
    let items = [
        earning("filter", 18_200, 10_000),
        earning("motor", 90_000, 80_000),
        earning("gift", 0, 500),
        earning("free", 500, 0),
    ];
    let told = insights(&items, &[], &[], date(2026, 11, 30));
    let margin = |item: &str, earned_cents, markup_percent| Insight::Margin {
        item: item.to_owned(),
        earned_cents,
        markup_percent,
    };
    assert_eq!(told, [margin("motor", 10_000, 13), margin("filter", 8_200, 82)]);
}

#[test]
fn stock_is_dead_when_it_has_not_moved_for_half_a_year() {
    let still = |key: &str, last| ItemYear { last_moved: last, ..item(key, 0, None) };
    let items = [still("valve", Some(date(2026, 1, 1))), still("fresh", Some(date(2026, 10, 1))), still("never", None)];
    let told = insights(&items, &[], &[], date(2026, 11, 30));
    let dead = |item: &str, days| Insight::DeadStock { item: item.to_owned(), units: 4, cents: 2_000, days };
    assert_eq!(told, [dead("valve", Some(333)), dead("never", None)]);
}

#[test]
fn waste_is_told_where_it_is_above_the_shops() {
    let by = |by: &str, used_cents, wasted_cents| Handling { by: by.to_owned(), used_cents, wasted_cents };
    let told = insights(
        &[],
        &[by("ana", 100_000, 1_000), by("bob", 90_000, 10_000)],
        &[by("van-1", 0, 0)],
        date(2026, 11, 30),
    );
    assert_eq!(told, [Insight::Waste { by: "bob".to_owned(), cents: 10_000, percent: 10, shop_percent: 5 }]);
}

#[test]
fn sums_of_waste_do_not_wrap() {
    let by = |by: &str| Handling { by: by.to_owned(), used_cents: i64::MAX, wasted_cents: i64::MAX / 2 + 1 };
    assert_eq!(insights(&[], &[by("ana"), by("bob")], &[], date(2026, 11, 30)), []);
}
