//! How far published figures are from the exact ones, over releases of one generated world.

use std::collections::BTreeMap;
use std::error::Error;

use benchmarks::{Cohort, Contribution, Metric, Observed, Publication, Published, Summary};

use crate::attack::release;
use crate::draws::{Draws, exact, usual};

/// How often a world is released, each time under a key of its own.
const RELEASES: usize = 300;

/// A figure beside its exact value.
pub(crate) struct Beside {
    pub(crate) exact: i64,
    /// How far half of the releases were off at most, in percent.
    pub(crate) half: f64,
    /// How far nine of ten were.
    pub(crate) nine_of_ten: f64,
}

/// What became of the releases.
pub(crate) struct Errors {
    /// How many had figures of the region.
    pub(crate) out: usize,
    /// Average, top 25 and top 10.
    pub(crate) figures: [Beside; 3],
}

/// Of `hvac/us/co` with so many businesses, beside other regions.
pub(crate) fn errors(metric: Metric, count: usize, draws: &mut Draws) -> Result<Errors, Box<dyn Error>> {
    let sizes = [("us", "co", count), ("us", "tx", count + 150), ("us", "wa", 200), ("de", "by", 200)];
    let mut own: Vec<i64> = (0..count).map(|_| metric.clip(usual(metric, draws))).collect();
    let mut world = Vec::new();
    for (country, region, count) in sizes {
        let mut summary = Summary::new(Cohort::region("hvac", country, region)?);
        for at in 0..count {
            let mine = own.get(at).copied().filter(|_| region == "co");
            let value = mine.unwrap_or_else(|| usual(metric, draws));
            summary.add(&Contribution::of(&BTreeMap::from([(metric, Observed { value, observations: 100 })])));
        }
        world.push(summary);
    }
    let releases = (0..RELEASES).map(|_| release(&world, draws)).collect::<Result<Vec<_>, _>>()?;
    let of_region = |made: &Publication| {
        let mut published = made.published.iter();
        published.find(|figures| figures.cohort.to_string() == "hvac/us/co").map(figures)
    };
    let found: Vec<[i64; 3]> = releases.iter().filter_map(of_region).collect();
    let truth = truth(metric, &mut own);
    let beside = |index: usize| {
        let exact = truth.get(index).copied().unwrap_or(0);
        let off = |value: i64| (value - exact).abs() as f64 / exact.max(1) as f64 * 100.0;
        let mut errors: Vec<f64> =
            found.iter().filter_map(|figures| figures.get(index).map(|value| off(*value))).collect();
        Beside { exact, half: percentile(&mut errors, 0.5), nine_of_ten: percentile(&mut errors, 0.9) }
    };
    Ok(Errors { out: found.len(), figures: [beside(0), beside(1), beside(2)] })
}

fn figures(published: &Published) -> [i64; 3] {
    [published.average, published.top25, published.top10]
}

fn truth(metric: Metric, own: &mut [i64]) -> [i64; 3] {
    let mean = own.iter().sum::<i64>() / own.len().max(1) as i64;
    let mut at =
        |percent: usize| exact(own, if metric.more_is_better() { percent } else { 100 - percent }).unwrap_or(0);
    [if metric.averages_by_median() { at(50) } else { mean }, at(75), at(90)]
}

fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN)
}
