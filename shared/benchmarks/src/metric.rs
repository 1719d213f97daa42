//! The six metrics: unit, direction, bounds, and from how many of its own observations on a business counts.

use serde::{Deserialize, Serialize};

/// What businesses are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkMetric)]
pub enum Metric {
    /// Quotes that were accepted, of those that were sent.
    QuoteConversion,
    /// The median wait for the first answer.
    ResponseTime,
    /// Appointments that no one came to, of those that were due.
    NoShowRate,
    /// The mean of the reviews.
    ReviewScore,
    /// Customers of the year before who came again.
    Retention,
    /// Revenue for each technician in a month, in the currency of the country.
    RevenuePerTechnician,
}

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkUnit)]
pub enum Unit {
    /// Hundredths of a percent: 3,450 is 34.5 %.
    BasisPoints,
    /// Seconds.
    Seconds,
    /// Hundredths of a star: 465 is 4.65 of 5.
    HundredthsOfStar,
    /// Cents (minor units) a month.
    CentsPerMonth,
}

impl Metric {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::QuoteConversion,
        Self::ResponseTime,
        Self::NoShowRate,
        Self::ReviewScore,
        Self::Retention,
        Self::RevenuePerTechnician,
    ];

    /// Its name in stored data and in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuoteConversion => "quote_conversion",
            Self::ResponseTime => "response_time",
            Self::NoShowRate => "no_show_rate",
            Self::ReviewScore => "review_score",
            Self::Retention => "retention",
            Self::RevenuePerTechnician => "revenue_per_technician",
        }
    }

    /// What its values count.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::QuoteConversion | Self::NoShowRate | Self::Retention => Unit::BasisPoints,
            Self::ResponseTime => Unit::Seconds,
            Self::ReviewScore => Unit::HundredthsOfStar,
            Self::RevenuePerTechnician => Unit::CentsPerMonth,
        }
    }

    /// Whether more is better.
    #[must_use]
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Self::ResponseTime | Self::NoShowRate)
    }

    /// How many of its own observations a business needs before its value counts: quotes, conversations, appointments, reviews,
    /// customers, paid jobs. Fewer say more of chance than of the business, and are easy to make up. Our choice.
    #[must_use]
    pub const fn min_observations(self) -> u32 {
        match self {
            Self::QuoteConversion | Self::ReviewScore => 10,
            Self::ResponseTime | Self::NoShowRate | Self::Retention | Self::RevenuePerTechnician => 20,
        }
    }

    /// Whether values of different countries may be put together. Money of different currencies may not.
    #[must_use]
    pub const fn crosses_borders(self) -> bool {
        !matches!(self, Self::RevenuePerTechnician)
    }

    /// Whether its average is the median and not the mean: where a few businesses are far from all others, a mean is about them,
    /// and its noise is theirs.
    #[must_use]
    pub const fn averages_by_median(self) -> bool {
        matches!(self, Self::ResponseTime | Self::ReviewScore | Self::RevenuePerTechnician)
    }

    /// The smallest and the largest value that counts. What lies outside is clipped to them: the bounds are public and do not
    /// depend on anyone's values.
    #[must_use]
    pub const fn bounds(self) -> (i64, i64) {
        let [low, .., high] = self.edges();
        (*low, *high)
    }

    /// The value within its bounds.
    #[must_use]
    pub fn clip(self, value: i64) -> i64 {
        let (low, high) = self.bounds();
        value.clamp(low, high)
    }

    /// Where the cells of its public grid meet: a cell is from an edge up to the next, the last one with its end. Twelve, narrow
    /// where businesses differ: each more would bring its own noise, each less would blur the figures.
    pub(crate) const fn edges(self) -> &'static [i64; 13] {
        match self {
            Self::QuoteConversion => {
                &[0, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 5_000, 6_000, 7_000, 8_500, 10_000]
            }
            Self::ResponseTime => &[0, 10, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200, 14_400, 43_200, 86_400],
            Self::NoShowRate => &[0, 100, 200, 300, 400, 600, 800, 1_000, 1_300, 1_700, 2_200, 3_000, 5_000],
            Self::ReviewScore => &[100, 300, 350, 380, 400, 420, 440, 450, 460, 470, 480, 490, 500],
            Self::Retention => {
                &[0, 1_000, 2_000, 3_000, 4_000, 4_500, 5_000, 5_500, 6_000, 7_000, 8_000, 9_000, 10_000]
            }
            Self::RevenuePerTechnician => &[
                0, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_250_000, 1_500_000, 1_750_000, 2_000_000,
                2_500_000, 3_000_000, 5_000_000,
            ],
        }
    }

    /// The change of a business's own value that is called a change, in the metric's unit; see [`crate::trend`].
    pub(crate) const fn least_change(self) -> i64 {
        match self {
            Self::QuoteConversion | Self::Retention => 200,
            Self::NoShowRate => 100,
            Self::ResponseTime => 10,
            Self::ReviewScore => 5,
            Self::RevenuePerTechnician => 50_000,
        }
    }
}
