//! What comes out of a run: figures for everyone, and for operators what was withheld.

use serde::{Deserialize, Serialize};

use crate::{Cohort, Metric, Period, Refused};

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
    /// Mean, or median where [`Metric::averages_by_median`]. All three in the metric's unit, to two significant digits (scores to
    /// 0.05 stars).
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
    pub(crate) const fn of(noisy: i64) -> Self {
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
    /// Too few others in the next larger published cohort: the difference of the two would be about them.
    TooFewOthers,
    /// No larger cohort is published.
    NoneLarger,
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
