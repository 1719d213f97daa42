//! What is shown: own figures beside published ones. It holds nothing of any other business.

use ::benchmarks::{Band, Cohort, Insight, Metric, Place, Published, Trend, Unit, compare};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Absent, LeftOut, OwnFigure, OwnFigures};

/// How a business compares with others of its trade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BenchmarkReport {
    /// Whether there is anything to compare.
    pub state: State,
    /// The day of the run that own figures are of; they end with the day before. Absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// Why own figures do not go into those of all; absent where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
    /// One line a metric; none where `state` is not `ready`.
    pub metrics: Vec<BenchmarkLine>,
}

/// Whether there is anything to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkState)]
pub enum State {
    /// Own figures are there.
    Ready,
    /// The business does not take part: no figures of it are kept, and none are shown.
    OptedOut,
    /// The first night's run is still to come.
    NotYet,
}

/// One metric: the business's own figure and those of businesses like it, in the metric's unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BenchmarkLine {
    /// Which.
    pub metric: Metric,
    /// What its values count.
    pub unit: Unit,
    /// Whether more is better.
    pub more_is_better: bool,
    /// The business's own figure of twelve months; absent: `absent` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 3_450)]
    pub own: Option<i64>,
    /// How many quotes, first answers, visits, reviews, customers or payments that rests on.
    pub observations: u32,
    /// How many it takes.
    pub least_observations: u32,
    /// Why there is no own figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// The figures of others; absent: `no_comparison` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<ComparedWith>,
    /// Why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_comparison: Option<NoComparison>,
    /// Where the own figure is among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where the own figure went in the last 90 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// The next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insight: Option<Insight>,
}

/// Figures of businesses of the same trade. They carry noise, so that no one can tell from them what any one business has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComparedWith {
    /// How near they are: the nearest that has figures.
    pub level: Level,
    /// Their trade, country and region, as far as they share them.
    #[schema(example = "roofing/us/co")]
    pub cohort: String,
    /// Of which half-year the figures are.
    #[schema(example = "2026-H2")]
    pub period: String,
    /// About how many businesses.
    pub businesses: Band,
    /// Their average.
    #[schema(example = 3_100)]
    pub average: i64,
    /// What the best quarter of them reaches.
    #[schema(example = 4_300)]
    pub top25: i64,
    /// What the best tenth reaches.
    #[schema(example = 5_200)]
    pub top10: i64,
}

/// How near the others are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkLevel)]
pub enum Level {
    /// The same trade in the same state or province.
    Region,
    /// The same trade in the same country.
    Country,
    /// The same trade anywhere.
    Industry,
}

/// Why nothing is shown of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkNoComparison)]
pub enum NoComparison {
    /// Too few of the trade take part for figures that give none of them away, or figures come with the next half-year.
    TooFewBusinesses,
    /// The business's trade has no name that can be compared.
    NoTrade,
}

impl BenchmarkReport {
    /// Of a business's own figures and of what is published of its cohort and the larger ones around it. `takes_part` is what its
    /// document says now.
    #[must_use]
    pub fn of(takes_part: bool, own: Option<&OwnFigures>, published: &[Published]) -> Self {
        let nothing = |state| Self { state, as_of: None, left_out: None, metrics: Vec::new() };
        let own = match own {
            _ if !takes_part => return nothing(State::OptedOut),
            Some(own) if !own.figures.is_empty() => own,
            _ => return nothing(State::NotYet),
        };
        let line = |figure: &OwnFigure| BenchmarkLine::of(figure, own.cohort.as_ref(), published);
        Self {
            state: State::Ready,
            as_of: Some(own.day),
            left_out: own.left_out,
            metrics: own.figures.iter().map(line).collect(),
        }
    }

    /// Without what is said in money, for who may not see that.
    #[must_use]
    pub fn without_money(mut self) -> Self {
        self.metrics.retain(|line| line.unit != Unit::CentsPerMonth);
        self
    }
}

impl BenchmarkLine {
    fn of(own: &OwnFigure, cohort: Option<&Cohort>, published: &[Published]) -> Self {
        let nearest = cohort.and_then(|cohort| nearest(own.metric, cohort, published));
        let compared = own.value.map(|value| compare(own.metric, value, nearest, own.previous));
        let (place, trend) = compared.as_ref().map_or((None, None), |compared| (compared.place, compared.trend));
        // A next step needs something that says so.
        let is_known = place.is_some() || trend == Some(Trend::Declining);
        let missing = if cohort.is_none() { NoComparison::NoTrade } else { NoComparison::TooFewBusinesses };
        Self {
            metric: own.metric,
            unit: own.metric.unit(),
            more_is_better: own.metric.more_is_better(),
            own: own.value,
            observations: own.observations,
            least_observations: own.metric.min_observations(),
            absent: own.absent,
            others: nearest.map(ComparedWith::from),
            no_comparison: nearest.is_none().then_some(missing),
            place,
            trend,
            insight: compared.map(|compared| compared.insight).filter(|_| is_known),
        }
    }
}

/// The figures of the nearest cohort that has any; of one cohort, the latest.
fn nearest<'p>(metric: Metric, cohort: &Cohort, published: &'p [Published]) -> Option<&'p Published> {
    cohort.fallbacks().find_map(|near| {
        let of_it = published.iter().filter(|figures| figures.metric == metric && figures.cohort == near);
        of_it.max_by_key(|figures| figures.period)
    })
}

impl From<&Published> for ComparedWith {
    fn from(published: &Published) -> Self {
        let cohort = published.cohort.to_string();
        let level = match cohort.matches('/').count() {
            0 => Level::Industry,
            1 => Level::Country,
            _ => Level::Region,
        };
        Self {
            level,
            cohort,
            period: published.period.to_string(),
            businesses: published.band,
            average: published.average,
            top25: published.top25,
            top10: published.top10,
        }
    }
}
