//! How long people waited, as a histogram: counts by buckets add up over days, so that the median of any range comes from sums.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest wait of each bucket, in seconds. Single seconds up to ten, because "7 seconds" is a claim; then steps of a third
/// to a half. What takes longer than the last one counts as a month.
const BOUNDS: [u32; 33] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200,
    14_400, 28_800, 43_200, 86_400, 172_800, 604_800, 2_592_000,
];

/// A bucket, by the longest wait in it, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bucket(u32);

impl Bucket {
    /// All there are, the shortest first.
    pub fn all() -> impl Iterator<Item = Self> {
        BOUNDS.into_iter().map(Self)
    }

    /// The one that a wait of so many seconds is in.
    #[must_use]
    pub fn of(seconds: u64) -> Self {
        let longest = BOUNDS.last().copied().unwrap_or(u32::MAX);
        Self(BOUNDS.into_iter().find(|bound| seconds <= u64::from(*bound)).unwrap_or(longest))
    }

    /// Its longest wait, in seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

/// How long people waited in a range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Waits {
    /// How many waits ended.
    pub count: u64,
    /// Half of them lasted at most this long, in seconds: the upper end of a bucket of the histogram.
    #[schema(example = 7)]
    pub median_seconds: u32,
    /// Nine of ten lasted at most this long, in seconds.
    #[schema(example = 25)]
    pub p90_seconds: u32,
    /// Their mean, in seconds.
    pub average_seconds: u64,
}

impl Waits {
    /// Of a histogram, its buckets in order, and the sum of all waits in seconds. `None`: no one waited.
    #[must_use]
    pub fn of(buckets: &[(Bucket, u64)], seconds: u64) -> Option<Self> {
        let count: u64 = buckets.iter().map(|(_, count)| count).sum();
        let average_seconds = seconds.checked_div(count)?;
        let quantile = |of_a_hundred| quantile(buckets, count, of_a_hundred);
        Some(Self { count, median_seconds: quantile(50)?, p90_seconds: quantile(90)?, average_seconds })
    }
}

/// The longest wait of the bucket in which the wait lies that so many of a hundred are not longer than.
fn quantile(buckets: &[(Bucket, u64)], count: u64, of_a_hundred: u64) -> Option<u32> {
    let rank = u128::from(count) * u128::from(of_a_hundred);
    let mut below: u128 = 0;
    buckets.iter().find_map(|(bucket, waits)| {
        below += u128::from(*waits) * 100;
        (*waits > 0 && below >= rank).then_some(bucket.seconds())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn histogram(waits: &[u64]) -> Vec<(Bucket, u64)> {
        let in_bucket = |bucket| waits.iter().filter(|wait| Bucket::of(**wait) == bucket).count() as u64;
        Bucket::all().map(|bucket| (bucket, in_bucket(bucket))).collect()
    }

    #[test]
    fn up_to_ten_seconds_the_median_is_exact() {
        let waits = [7, 3, 9, 7, 8];
        let figures = Waits::of(&histogram(&waits), waits.iter().sum()).unwrap();
        assert_eq!(figures, Waits { count: 5, median_seconds: 7, p90_seconds: 9, average_seconds: 6 });
    }

    #[test]
    fn no_one_waited_is_no_wait_of_zero_seconds() {
        assert_eq!(Waits::of(&histogram(&[]), 0), None);
        assert_eq!(Waits::of(&histogram(&[0]), 0).unwrap().median_seconds, 1);
    }

    #[test]
    fn what_takes_longer_than_a_month_counts_as_one() {
        assert_eq!(Bucket::of(u64::MAX).seconds(), 2_592_000);
    }

    proptest! {
        #[test]
        fn a_quantile_is_in_the_bucket_of_the_wait_that_stands_there(
            mut waits in prop::collection::vec(0_u64..3_000_000, 1..60)
        ) {
            let figures = Waits::of(&histogram(&waits), waits.iter().sum()).unwrap();
            waits.sort_unstable();
            let at = |percent: usize| waits[(waits.len() * percent).div_ceil(100) - 1];
            prop_assert_eq!(figures.median_seconds, Bucket::of(at(50)).seconds());
            prop_assert_eq!(figures.p90_seconds, Bucket::of(at(90)).seconds());
            prop_assert_eq!(figures.count, waits.len() as u64);
        }
    }
}
