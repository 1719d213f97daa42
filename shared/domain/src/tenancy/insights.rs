//! What a tenant says of its business so that insights can put a value on what the front office did.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::ensure;
use crate::Failure;

/// The most that a job or a month may cost: a slip of the keyboard costs more.
const MAX_CENTS: u64 = 10_000_000_000;

/// What insights reckon with. What is left out is taken from defaults, and shown as such (`docs/insights.md`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InsightsSettings)]
pub struct InsightsSettings {
    /// Of a hundred inquiries, how many become customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100, example = 25)]
    pub close_rate_percent: Option<u8>,
    /// What a job brings on average, in cents of the tenant's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 85_000)]
    pub average_job_cents: Option<u64>,
    /// What the front office costs a month, in cents of the tenant's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 29_900)]
    pub monthly_price_cents: Option<u64>,
}

impl InsightsSettings {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks that rates are rates and sums are sane.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `insights.close_rate_percent`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        let rate = self.close_rate_percent.is_none_or(|rate| rate <= 100);
        ensure(rate, "insights.close_rate_percent", "a rate is 0 to 100 percent")?;
        let sums = [
            ("insights.average_job_cents", self.average_job_cents),
            ("insights.monthly_price_cents", self.monthly_price_cents),
        ];
        sums.into_iter().try_for_each(|(field, cents)| {
            ensure(cents.is_none_or(|cents| cents <= MAX_CENTS), field, format!("a sum is at most {MAX_CENTS} cents"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_over_a_hundred_and_an_absurd_sum_are_refused_by_name() {
        let settings = InsightsSettings { close_rate_percent: Some(100), ..InsightsSettings::default() };
        assert!(settings.validate().is_ok());
        for (wrong, field) in [
            (InsightsSettings { close_rate_percent: Some(101), ..settings }, "insights.close_rate_percent"),
            (InsightsSettings { average_job_cents: Some(MAX_CENTS + 1), ..settings }, "insights.average_job_cents"),
            (InsightsSettings { monthly_price_cents: Some(u64::MAX), ..settings }, "insights.monthly_price_cents"),
        ] {
            let Err(Failure::Rejected { field: named, .. }) = wrong.validate() else { panic!("{wrong:?}") };
            assert_eq!(named.as_deref(), Some(field));
        }
    }

    #[test]
    fn what_is_not_said_is_not_stored() {
        assert_eq!(serde_json::to_string(&InsightsSettings::default()).unwrap(), "{}");
    }
}
