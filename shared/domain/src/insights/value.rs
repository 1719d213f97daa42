//! What it is worth: what was won, what would have been missed, what comes back for what it costs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Assumptions, Figures};

/// Figures in money, each with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InsightsValue)]
pub struct Value {
    /// ISO 4217 code of all sums.
    #[schema(example = "USD")]
    pub currency: String,
    /// What they rest on besides what was counted.
    pub assumptions: Assumptions,
    /// What leads that came while it was closed would have been worth.
    pub missed_revenue: MissedRevenue,
    /// What the leads that were won brought for what the front office costs.
    pub roi: Return,
    /// What the models took, in millionths of a US dollar, by days of UTC; absent for one location, for a single day that is no day of UTC,
    /// and where the price of a model is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 118_400)]
    pub model_cost_microdollars: Option<u64>,
}

/// What would have been missed without someone who answers after hours: inquiries × close rate × average job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissedRevenue {
    /// Leads that came in while it was closed.
    #[schema(example = 47)]
    pub inquiries: u64,
    /// In cents.
    #[schema(example = 329_000)]
    pub cents: u64,
}

/// What came back for what it costs: `percent` is (won − cost) ÷ cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReturnOnInvestment)]
pub struct Return {
    /// What the leads that were won are worth, as staff noted it, in cents.
    pub noted_cents: u64,
    /// Leads that were won and whose worth no one noted.
    pub without_value: u64,
    /// All of them, in cents: for each without a value the average job.
    #[schema(example = 1_260_000)]
    pub won_cents: u64,
    /// What the front office costs in the range, in cents: the monthly price by days; absent where the price is not said, and for one
    /// location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_cents: Option<u64>,
    /// Absent where there is no cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 4_114)]
    pub percent: Option<i64>,
}

impl MissedRevenue {
    /// Of so many inquiries.
    #[must_use]
    pub fn of(inquiries: u64, assumptions: &Assumptions) -> Self {
        let (rate, job) = (assumptions.close_rate_percent.value, assumptions.average_job_cents.value);
        let won = u128::from(inquiries).saturating_mul(u128::from(rate));
        let cents = won.saturating_mul(u128::from(job)) / 100;
        Self { inquiries, cents: u64::try_from(cents).unwrap_or(u64::MAX) }
    }
}

impl Return {
    /// Of what was won in so many days.
    #[must_use]
    pub fn of(figures: &Figures, days: u64, assumptions: &Assumptions) -> Self {
        let without_value = figures.won.saturating_sub(figures.won_valued);
        let assumed = without_value.saturating_mul(assumptions.average_job_cents.value);
        let won_cents = figures.won_cents.saturating_add(assumed);
        // Twelve months are a year of 365 days.
        let cost_cents = assumptions.monthly_price_cents.map(|price| {
            let cents = u128::from(price.value).saturating_mul(u128::from(days)).saturating_mul(12) / 365;
            u64::try_from(cents).unwrap_or(u64::MAX)
        });
        let percent = cost_cents.filter(|cost| *cost > 0).map(|cost| {
            let (won, cost) = (i128::from(won_cents), i128::from(cost));
            i64::try_from((won - cost) * 100 / cost).unwrap_or(i64::MAX)
        });
        Self { noted_cents: figures.won_cents, without_value, won_cents, cost_cents, percent }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Assumed, Assumption};
    use super::*;

    fn assumptions(price: Option<u64>) -> Assumptions {
        let said = |value| Assumption { value, from: Assumed::Settings };
        Assumptions {
            close_rate_percent: said(20),
            average_job_cents: said(35_000),
            monthly_price_cents: price.map(said),
        }
    }

    #[test]
    fn missed_revenue_is_inquiries_by_close_rate_by_average_job() {
        // 47 × 20 % × $350
        assert_eq!(MissedRevenue::of(47, &assumptions(None)), MissedRevenue { inquiries: 47, cents: 329_000 });
        assert_eq!(MissedRevenue::of(0, &assumptions(None)).cents, 0);
        let huge = Assumption { value: u64::MAX, from: Assumed::Settings };
        let absurd = Assumptions { average_job_cents: huge, ..assumptions(None) };
        assert_eq!(MissedRevenue::of(u64::MAX, &absurd).cents, u64::MAX);
    }

    #[test]
    fn a_won_lead_without_a_value_counts_as_an_average_job() {
        let figures = Figures { won: 3, won_valued: 1, won_cents: 500_000, ..Figures::default() };
        let roi = Return::of(&figures, 365, &assumptions(Some(10_000)));
        assert_eq!((roi.noted_cents, roi.without_value, roi.won_cents), (500_000, 2, 570_000));
        // A year at $100 a month is $1,200; $5,700 is $4,500 more.
        assert_eq!((roi.cost_cents, roi.percent), (Some(120_000), Some(375)));
    }

    #[test]
    fn without_a_price_there_is_no_return_and_with_nothing_won_all_is_lost() {
        assert_eq!(Return::of(&Figures::default(), 30, &assumptions(None)).percent, None);
        assert_eq!(Return::of(&Figures::default(), 30, &assumptions(Some(0))).percent, None);
        assert_eq!(Return::of(&Figures::default(), 30, &assumptions(Some(29_900))).percent, Some(-100));
    }
}
