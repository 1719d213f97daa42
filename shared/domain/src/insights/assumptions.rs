//! What is not counted but assumed, and where each assumption comes from.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tenancy::Tenant;

/// Of a hundred inquiries, how many become customers, where the tenant does not say: a cautious guess for local services.
const CLOSE_RATE_PERCENT: u64 = 20;
/// What a job brings where neither the tenant nor its prices say, in hundredths of its currency.
const AVERAGE_JOB_CENTS: u64 = 30_000;

/// Where an assumption comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AssumptionSource)]
pub enum Assumed {
    /// The tenant's settings.
    Settings,
    /// The middle one of the lowest prices of the tenant's services.
    Prices,
    /// Nothing said otherwise.
    Default,
}

/// A number that a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assumption {
    /// The number.
    #[schema(example = 20)]
    pub value: u64,
    /// Where it comes from.
    pub from: Assumed,
}

/// All that figures about money rest on besides what was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assumptions {
    /// Of a hundred inquiries, how many become customers.
    pub close_rate_percent: Assumption,
    /// What a job brings, in cents of the tenant's currency.
    pub average_job_cents: Assumption,
    /// What the front office costs a month, in cents of the tenant's currency; absent where the tenant has not said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_price_cents: Option<Assumption>,
}

impl Assumptions {
    /// Those of `tenant`.
    #[must_use]
    pub fn of(tenant: &Tenant) -> Self {
        let said = |value: u64| Assumption { value, from: Assumed::Settings };
        let default = |value: u64| Assumption { value, from: Assumed::Default };
        let settings = &tenant.insights;
        let by_prices = || middle_price(tenant).map(|value| Assumption { value, from: Assumed::Prices });
        let rate = settings.close_rate_percent.map(u64::from);
        Self {
            close_rate_percent: rate.map_or_else(|| default(CLOSE_RATE_PERCENT), said),
            average_job_cents: settings
                .average_job_cents
                .map(said)
                .or_else(by_prices)
                .unwrap_or_else(|| default(AVERAGE_JOB_CENTS)),
            monthly_price_cents: settings.monthly_price_cents.map(said),
        }
    }
}

/// The middle one of the lowest prices of the services; of two in the middle the lower.
fn middle_price(tenant: &Tenant) -> Option<u64> {
    let mut prices: Vec<u64> =
        tenant.services.iter().filter_map(|service| service.price).map(|price| price.from_cents).collect();
    prices.sort_unstable();
    prices.get(prices.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;
    use crate::tenancy::InsightsSettings;

    #[test]
    fn what_the_tenant_says_beats_its_prices_and_these_beat_the_default() {
        let mut tenant = roofer();
        // Of $149, $350 and $8,500.
        let by_prices = Assumptions::of(&tenant);
        assert_eq!(by_prices.average_job_cents, Assumption { value: 35_000, from: Assumed::Prices });
        assert_eq!(by_prices.close_rate_percent, Assumption { value: 20, from: Assumed::Default });
        assert_eq!(by_prices.monthly_price_cents, None);

        tenant.insights = InsightsSettings {
            close_rate_percent: Some(35),
            average_job_cents: Some(120_000),
            monthly_price_cents: Some(29_900),
        };
        let said = Assumptions::of(&tenant);
        assert_eq!(said.average_job_cents, Assumption { value: 120_000, from: Assumed::Settings });
        assert_eq!(said.close_rate_percent.value, 35);
        assert_eq!(said.monthly_price_cents, Some(Assumption { value: 29_900, from: Assumed::Settings }));

        tenant.insights = InsightsSettings::default();
        tenant.services.clear();
        let default = Assumption { value: AVERAGE_JOB_CENTS, from: Assumed::Default };
        assert_eq!(Assumptions::of(&tenant).average_job_cents, default);
    }
}
