use super::{figures, rounded, shares};
use crate::Metric;

#[test]
fn figures_have_two_significant_digits() {
    let cases =
        [(0.0, 0), (7.4, 7), (99.0, 99), (104.4, 100), (105.0, 110), (3_449.0, 3_400), (1_250_000.0, 1_300_000)];
    for (value, expected) in cases {
        assert_eq!(rounded(Metric::Retention, value), expected, "{value}");
    }
    for (value, expected) in [(457.4, 455), (458.0, 460), (500.0, 500)] {
        assert_eq!(rounded(Metric::ReviewScore, value), expected, "{value}");
    }
}

#[test]
fn counts_without_noise_are_their_own_shares() {
    let counts = [0, 2, 0, 3, 5, 0, 0, 0, 0, 0, 0, 10];
    let shares = shares(&counts).unwrap();
    for (count, share) in counts.iter().zip(shares) {
        assert!((*count as f64 / 20.0 - share).abs() < 1e-9);
    }
}

#[test]
fn shares_add_up_to_one_and_none_is_negative() {
    let shares = shares(&[-5, 9, 30, -2, 4, 1, 0, 0, -7, 3, 20, -1]).unwrap();
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(shares.iter().all(|share| *share >= 0.0));
    assert_eq!(super::shares(&[-5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), None);
}

#[test]
fn the_best_are_at_the_end_that_is_better() {
    // All in the third cell, evenly: 1,500 to 2,000 and 200 to 300.
    let third = [0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let conversion = figures(Metric::QuoteConversion, &third).unwrap();
    assert_eq!((conversion.average, conversion.top25, conversion.top10), (1_800, 1_900, 2_000));
    let no_shows = figures(Metric::NoShowRate, &third).unwrap();
    assert_eq!((no_shows.average, no_shows.top25, no_shows.top10), (250, 230, 210));
}
