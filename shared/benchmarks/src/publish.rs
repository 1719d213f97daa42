//! What is published of an industry in a period: once, for every cohort of the fixed grid that is large enough.
//!
//! Industry, countries and regions each get noise of their own, from the top down. Which of them come out is for
//! [`crate::judge`] to say.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    Cohort, Key, Ledger, Metric, OtherCohort, Period, Summary,
    estimate::figures,
    grid::CELLS,
    judge::{Count, Judge},
    noise::Bits,
    published::{Band, Publication, Published, Why, Withheld},
};

/// What each level's figures of one metric may tell, in thousandths of epsilon: an industry's, a country's, a region's.
pub(crate) const LEVEL_EPSILON_MILLI: [u32; 3] = [400, 300, 300];

/// Publishes an industry's figures of a period from the summaries of its regions (one or several each, in any order), and notes
/// in the ledger what that cost. The same call again gives the same answer. The caller stores ledger and figures in one
/// transaction, on the version of the ledger that was read, and shows nothing before.
///
/// # Errors
/// [`OtherCohort`] where a summary is of another industry or of no region; nothing is noted then.
pub fn publish(
    industry: &Cohort,
    period: Period,
    summaries: &[Summary],
    key: &Key,
    ledger: &mut Ledger,
) -> Result<Publication, OtherCohort> {
    let levels = levels(industry, summaries)?;
    let mut made = Publication::default();
    let any = |metric: &Metric| levels.values().any(|summary| summary.sketch(*metric).is_some());
    for metric in Metric::ALL.into_iter().filter(any) {
        let counts: Vec<(&Cohort, [i64; CELLS])> = levels
            .iter()
            .map(|((_, cohort), summary)| (cohort, summary.sketch(metric).map_or([0; CELLS], crate::Sketch::cells)))
            .collect();
        let inputs = inputs(key, &counts);
        match ledger.charge(metric, period, epsilon_of(metric), &inputs) {
            Ok(()) => one_metric(metric, period, &counts, &Question { key, inputs: &inputs }, &mut made),
            Err(refused) => {
                made.withheld.push(Withheld { cohort: industry.clone(), metric, why: Why::Refused(refused) });
            }
        }
    }
    Ok(made)
}

/// What a release of a metric costs: a business is in one cohort of each level.
fn epsilon_of(metric: Metric) -> u32 {
    LEVEL_EPSILON_MILLI.iter().skip(usize::from(!metric.crosses_borders())).sum()
}

/// All cohorts, parents first.
fn levels(industry: &Cohort, summaries: &[Summary]) -> Result<BTreeMap<(u8, Cohort), Summary>, OtherCohort> {
    let mut levels = BTreeMap::new();
    for summary in summaries {
        if summary.cohort().depth() != 2 || summary.cohort().fallbacks().all(|cohort| cohort != *industry) {
            return Err(OtherCohort);
        }
        for cohort in summary.cohort().fallbacks() {
            let at = (cohort.depth(), cohort.clone());
            levels.entry(at).or_insert_with(|| Summary::new(cohort)).add_all(summary);
        }
    }
    Ok(levels)
}

/// The keyed digest of all counts of a metric.
fn inputs(key: &Key, counts: &[(&Cohort, [i64; CELLS])]) -> String {
    let flat: Vec<Vec<u8>> = counts
        .iter()
        .flat_map(|(cohort, cells)| {
            let cells = cells.iter().flat_map(|count| count.to_be_bytes()).collect();
            [cohort.to_string().into_bytes(), cells]
        })
        .collect();
    let parts: Vec<&[u8]> = flat.iter().map(Vec::as_slice).collect();
    key.digest(&parts)
}

struct Question<'a> {
    key: &'a Key,
    inputs: &'a str,
}

fn one_metric(
    metric: Metric,
    period: Period,
    counts: &[(&Cohort, [i64; CELLS])],
    question: &Question<'_>,
    made: &mut Publication,
) {
    let mut asked = Vec::new();
    for (cohort, cells) in counts {
        let epsilon_milli = LEVEL_EPSILON_MILLI.get(usize::from(cohort.depth())).copied().unwrap_or_default();
        if cohort.depth() == 0 && !metric.crosses_borders() {
            made.withheld.push(Withheld { cohort: (*cohort).clone(), metric, why: Why::AcrossBorders });
            continue;
        }
        let noisy = with_noise(cells, question_bits(question, cohort, period, metric, epsilon_milli), epsilon_milli);
        asked.push((*cohort, Count::new(cells, &noisy, epsilon_milli), noisy, epsilon_milli));
    }
    // Larger levels first, and in a level those with the larger answer: where not all can come out, the many have their figures.
    asked.sort_by_key(|(cohort, count, ..)| (cohort.depth(), Reverse(count.noisy)));
    let mut judge = Judge::default();
    for (cohort, count, noisy, epsilon_milli) in asked {
        match judge.admit(cohort, count).and_then(|()| figures(metric, &noisy).ok_or(Why::TooFew)) {
            Ok(figures) => made.published.push(Published {
                cohort: cohort.clone(),
                period,
                metric,
                band: Band::of(count.noisy),
                average: figures.average,
                top25: figures.top25,
                top10: figures.top10,
                epsilon_milli,
            }),
            Err(why) => made.withheld.push(Withheld { cohort: cohort.clone(), metric, why }),
        }
    }
}

fn question_bits(question: &Question<'_>, cohort: &Cohort, period: Period, metric: Metric, epsilon: u32) -> Bits {
    let (cohort, period) = (cohort.to_string(), period.to_string());
    question.key.bits(&[
        cohort.as_bytes(),
        period.as_bytes(),
        metric.name().as_bytes(),
        &epsilon.to_be_bytes(),
        question.inputs.as_bytes(),
    ])
}

fn with_noise(cells: &[i64; CELLS], mut bits: Bits, epsilon_milli: u32) -> [i64; CELLS] {
    cells.map(|count| count.saturating_add(bits.laplace(epsilon_milli)))
}

#[cfg(test)]
mod tests;
