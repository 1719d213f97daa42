//! What is published of an industry in a period: once, for every cohort of the fixed grid that is large enough.
//!
//! Industry, countries and regions each get noise of their own, from the top down. A cohort is published where it has enough
//! businesses, and its parent is published and has enough others besides; both are judged by the noisy counts, with a margin, and
//! then by the exact ones. By exact counts alone, the appearance of a cohort would tell that its twentieth business has come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Cohort, Key, Ledger, Metric, OtherCohort, Period, Refused, Summary,
    estimate::figures,
    grid::CELLS,
    threshold::{own_margin, rest_margin},
};

/// The fewest businesses in a published cohort, and the fewest of its parent that are not in it.
pub const MIN_TENANTS: i64 = 20;
/// The most that one business may weigh in a cohort, in percent. Each counts once, so it weighs a twentieth at most: large
/// businesses are clipped to one vote. To refuse a cohort for one that dominates it would tell that there is one.
pub const MAX_SHARE_PERCENT: i64 = 25;
const _: () = assert!(100 <= MAX_SHARE_PERCENT * MIN_TENANTS);

/// What each level's figures of one metric may tell, in thousandths of epsilon: an industry's, a country's, a region's.
pub(crate) const LEVEL_EPSILON_MILLI: [u32; 3] = [400, 300, 300];

/// The figures of one metric in one cohort. Safe to show to anyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Of whom.
    pub cohort: Cohort,
    /// For when.
    pub period: Period,
    /// Of what.
    pub metric: Metric,
    /// About how many businesses, by the noisy count.
    pub band: Band,
    /// Mean, or median where [`Metric::averages_by_median`]. All three in the metric's unit, to two significant digits.
    pub average: i64,
    /// What the best quarter reaches.
    pub top25: i64,
    /// What the best tenth reaches.
    pub top10: i64,
    /// The epsilon of the noise in these figures, in thousandths.
    pub epsilon_milli: u32,
}

/// About how many businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = BenchmarkBand)]
pub enum Band {
    /// Fewer than 100.
    #[serde(rename = "20-99")]
    From20,
    /// 100 to 249.
    #[serde(rename = "100-249")]
    From100,
    /// 250 to 999.
    #[serde(rename = "250-999")]
    From250,
    /// 1,000 or more.
    #[serde(rename = "1000+")]
    From1000,
}

impl Band {
    const fn of(noisy: i64) -> Self {
        match noisy {
            1_000.. => Self::From1000,
            250.. => Self::From250,
            100.. => Self::From100,
            _ => Self::From20,
        }
    }
}

/// A cohort that is not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Which.
    pub cohort: Cohort,
    /// Of what.
    pub metric: Metric,
    /// Why.
    pub why: Why,
}

/// Why a cohort is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Too few businesses, or not surely enough.
    TooFew,
    /// Too few others in its parent: the difference of the two would be about them.
    TooFewOthers,
    /// Its parent is not published.
    ParentWithheld,
    /// The metric is not put together across countries.
    AcrossBorders,
    /// The ledger says no.
    Refused(Refused),
}

/// What a run made. `withheld` is for operators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// For everyone.
    pub published: Vec<Published>,
    /// For the run's record.
    pub withheld: Vec<Withheld>,
}

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
    for metric in Metric::ALL {
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
            levels.entry(at).or_insert_with(|| Summary::new(cohort)).absorb(summary);
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

/// A cohort's counts as they are and as they are answered.
struct Answered {
    exact: i64,
    noisy: i64,
    published: bool,
}

fn one_metric(
    metric: Metric,
    period: Period,
    counts: &[(&Cohort, [i64; CELLS])],
    question: &Question<'_>,
    made: &mut Publication,
) {
    let mut answered: BTreeMap<&Cohort, Answered> = BTreeMap::new();
    for (cohort, cells) in counts {
        let epsilon_milli = LEVEL_EPSILON_MILLI.get(usize::from(cohort.depth())).copied().unwrap_or_default();
        if cohort.depth() == 0 && !metric.crosses_borders() {
            made.withheld.push(Withheld { cohort: (*cohort).clone(), metric, why: Why::AcrossBorders });
            continue;
        }
        let noisy = with_noise(cells, question_bits(question, cohort, period, metric, epsilon_milli), epsilon_milli);
        let parent = cohort.parent().filter(|parent| metric.crosses_borders() || parent.depth() > 0);
        let mut answer = Answered { exact: cells.iter().sum(), noisy: noisy.iter().sum(), published: false };
        let parent = match &parent {
            None => Ok(None),
            Some(parent) => answered.get(parent).map(Some).ok_or(Why::ParentWithheld),
        };
        match parent.and_then(|parent| judge(&answer, cohort.depth(), parent)) {
            Ok(()) => {
                if let Some(figures) = figures(metric, &noisy) {
                    answer.published = true;
                    made.published.push(Published {
                        cohort: (*cohort).clone(),
                        period,
                        metric,
                        band: Band::of(answer.noisy),
                        average: figures.average,
                        top25: figures.top25,
                        top10: figures.top10,
                        epsilon_milli,
                    });
                }
            }
            Err(why) => made.withheld.push(Withheld { cohort: (*cohort).clone(), metric, why }),
        }
        answered.insert(cohort, answer);
    }
}

/// Whether a cohort may be published, by its noisy counts and then by its exact ones.
fn judge(cohort: &Answered, depth: u8, parent: Option<&Answered>) -> Result<(), Why> {
    if let Some(parent) = parent {
        if !parent.published {
            return Err(Why::ParentWithheld);
        }
        let (noisy, exact) = (parent.noisy - cohort.noisy, parent.exact - cohort.exact);
        if noisy < MIN_TENANTS + rest_margin(depth) || exact < MIN_TENANTS {
            return Err(Why::TooFewOthers);
        }
    }
    let enough = cohort.noisy >= MIN_TENANTS + own_margin(depth) && cohort.exact >= MIN_TENANTS;
    if enough { Ok(()) } else { Err(Why::TooFew) }
}

fn question_bits(
    question: &Question<'_>,
    cohort: &Cohort,
    period: Period,
    metric: Metric,
    epsilon: u32,
) -> crate::noise::Bits {
    let (cohort, period) = (cohort.to_string(), period.to_string());
    question.key.bits(&[
        cohort.as_bytes(),
        period.as_bytes(),
        metric.name().as_bytes(),
        &epsilon.to_be_bytes(),
        question.inputs.as_bytes(),
    ])
}

fn with_noise(cells: &[i64; CELLS], mut bits: crate::noise::Bits, epsilon_milli: u32) -> [i64; CELLS] {
    cells.map(|count| count.saturating_add(bits.laplace(epsilon_milli)))
}
