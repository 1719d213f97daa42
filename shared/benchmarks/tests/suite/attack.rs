//! What readers of published figures try, and how much it gains them.

use std::collections::BTreeMap;

use benchmarks::{
    Cohort, Contribution, Key, Ledger, Metric, NotACohort, Observed, Period, Publication, Summary, publish,
};

use crate::draws::Draws;

/// The metric that is attacked: a rate, whose mean shows every business.
pub(crate) const METRIC: Metric = Metric::QuoteConversion;

/// The values of businesses by region (country and region as slugs).
pub(crate) type World = Vec<(&'static str, &'static str, Vec<i64>)>;

/// A contribution of one value that rests on enough observations.
pub(crate) fn one(value: i64) -> Contribution {
    Contribution::of(&BTreeMap::from([(METRIC, Observed { value, observations: 1_000 })]))
}

pub(crate) fn summaries(world: &World) -> Result<Vec<Summary>, NotACohort> {
    let mut made = Vec::new();
    for (country, region, values) in world {
        let mut summary = Summary::new(Cohort::region("hvac", country, region)?);
        values.iter().for_each(|value| summary.add(&one(*value)));
        made.push(summary);
    }
    Ok(made)
}

pub(crate) fn industry() -> Result<Cohort, NotACohort> {
    Cohort::industry("hvac")
}

/// A first release under a key of its own: as if chance had fallen otherwise.
pub(crate) fn release(world: &[Summary], draws: &mut Draws) -> Result<Publication, Box<dyn std::error::Error>> {
    let key = Key::new(draws.bytes());
    Ok(publish(&industry()?, Period::of(2026, 1), world, &key, &mut Ledger::default())?)
}

/// What a reader sees of a cohort: its average, or -1 where it is not there.
pub(crate) fn average(publication: &Publication, cohort: &str) -> f64 {
    let found = publication.published.iter().find(|published| published.cohort.to_string() == cohort);
    found.map_or(-1.0, |published| published.average as f64)
}

/// How much oftener a reader says "it is in" of a business that is than of one that is not. The reader learns the best threshold
/// from one half of what it saw, and is judged by the other half.
pub(crate) fn advantage(with: &[f64], without: &[f64]) -> f64 {
    let (learn_with, judge_with) = with.split_at(with.len() / 2);
    let (learn_without, judge_without) = without.split_at(without.len() / 2);
    let gain = |with: &[f64], without: &[f64], bar: f64| {
        let above = |seen: &[f64]| seen.iter().filter(|value| **value >= bar).count() as f64 / seen.len() as f64;
        above(with) - above(without)
    };
    let mut bars: Vec<f64> = learn_with.iter().chain(learn_without).copied().collect();
    bars.sort_by(f64::total_cmp);
    bars.dedup();
    let step = bars.len().div_ceil(400).max(1);
    let best = bars.into_iter().step_by(step).max_by(|one, other| {
        let size = |bar: f64| gain(learn_with, learn_without, bar).abs();
        size(*one).total_cmp(&size(*other))
    });
    let Some(bar) = best else { return 0.0 };
    let way = gain(learn_with, learn_without, bar).signum();
    way * gain(judge_with, judge_without, bar)
}

/// What an epsilon allows at most: (e^epsilon - 1) / (e^epsilon + 1).
pub(crate) fn bound(epsilon: f64) -> f64 {
    (epsilon / 2.0).tanh()
}

/// Three standard errors of an advantage that was judged by so many trials of each kind.
#[cfg(test)]
pub(crate) fn chance(judged: usize) -> f64 {
    3.0 * (0.5 / judged as f64).sqrt()
}

/// Values of businesses that are all known to the reader and all poor, so that one good business stands out most.
pub(crate) fn known(count: usize) -> Vec<i64> {
    (0..count).map(|index| 400 + 10 * (index as i64 % 50)).collect()
}
