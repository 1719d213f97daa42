//! A year of generated shops, as in the example, on seeds that nothing was tuned on.

#![expect(clippy::indexing_slicing, reason = "places in the lists of a shop that was made up here")]

#[path = "../examples/year/intervals.rs"]
mod intervals;
#[path = "../examples/year/policies.rs"]
mod policies;
#[path = "../examples/year/run.rs"]
mod run;
#[path = "../examples/year/shop.rs"]
mod shop;

#[test]
fn orders_are_cheaper_than_by_a_plain_reorder_point() {
    let compared = run::compare(0..4, 2_000..2_008);
    let (own, plain) = (compared.costs_own, compared.costs_plain);
    println!(
        "{:?} {:.0}: {plain:?}\nown {:.0}: {own:?}\n{} of {}",
        compared.plain,
        plain.sum(),
        own.sum(),
        compared.better,
        compared.shops
    );
    assert!(own.sum() <= plain.sum(), "{own:?} {plain:?}");
    assert!(own.stock_outs < plain.stock_outs, "{own:?} {plain:?}");
    assert!(compared.better * 2 > compared.shops, "{} of {}", compared.better, compared.shops);
}

#[test]
fn what_is_used_lies_in_the_interval_as_often_as_it_says() {
    for within in intervals::measure(2_000..2_004) {
        println!("{within}");
        let said = f64::from(within.percent);
        assert!((said - 6.0..=said + 6.0).contains(&within.percent_inside()), "{within}");
        assert!(within.off < within.off_plain, "no better than the last 90 days: {within}");
    }
}
