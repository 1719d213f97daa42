//! How far above twenty a noisy count must be before a cohort is published.
//!
//! A cohort of exactly twenty would be there, and one of nineteen would not: whoever knows the nineteen would learn of the
//! twentieth by looking. With these margins a cohort of twenty is published with a chance of at most one in a thousand
//! ([`DELTA`]), so its absence tells nothing, and by the time it is likely to be there no single business decides it. The tests
//! compute the margins from the distribution of the noise.

/// The chance that noise alone lifts a count by its margin.
#[cfg(test)]
pub(crate) const DELTA: f64 = 0.001;

/// For the total of a cohort's twelve cells, by its depth: noise of epsilon 0.4 for an industry, 0.3 for countries and regions.
pub(crate) const fn own_margin(depth: u8) -> i64 {
    if depth == 0 { 41 } else { 54 }
}

/// For the total of a parent less that of the cohort, which has the noise of both.
pub(crate) const fn rest_margin(depth: u8) -> i64 {
    if depth == 1 { 66 } else { 74 }
}

#[cfg(test)]
mod tests {
    use super::{DELTA, own_margin, rest_margin};
    use crate::{grid::CELLS, publish::LEVEL_EPSILON_MILLI};

    const REACH: usize = 400;

    /// The chances of -400 to 400 for one draw.
    fn laplace(epsilon_milli: u32) -> Vec<f64> {
        let ratio = (-f64::from(epsilon_milli) / 1_000.0).exp();
        let at = |index: usize| (1.0 - ratio) / (1.0 + ratio) * ratio.powi(index.abs_diff(REACH) as i32);
        (0..=2 * REACH).map(at).collect()
    }

    fn sum_of(one: &[f64], other: &[f64]) -> Vec<f64> {
        let mut both = vec![0.0; 2 * REACH + 1];
        for (index, chance) in one.iter().enumerate() {
            for (further, more) in other.iter().enumerate() {
                if let Some(at) = (index + further).checked_sub(REACH).and_then(|at| both.get_mut(at)) {
                    *at += chance * more;
                }
            }
        }
        both
    }

    fn of_all_cells(epsilon_milli: u32) -> Vec<f64> {
        let one = laplace(epsilon_milli);
        (1..CELLS).fold(one.clone(), |sum, _| sum_of(&sum, &one))
    }

    /// The smallest margin that is reached with a chance of at most delta.
    fn margin(chances: &[f64]) -> i64 {
        let mut tail = 0.0;
        let above = chances.iter().rev().take_while(|chance| {
            tail += *chance;
            tail <= DELTA
        });
        REACH as i64 + 1 - above.count() as i64
    }

    #[test]
    fn margins_follow_from_the_noise() {
        let [industry, country, region] = LEVEL_EPSILON_MILLI.map(of_all_cells);
        assert_eq!([margin(&industry), margin(&country), margin(&region)], [0, 1, 2].map(own_margin));
        assert_eq!(margin(&sum_of(&industry, &country)), rest_margin(1));
        assert_eq!(margin(&sum_of(&country, &region)), rest_margin(2));
    }
}
