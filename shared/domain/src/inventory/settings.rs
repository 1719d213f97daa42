//! How a business orders: one document.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Places;
use crate::Failure;
use crate::ids::PlaceId;
use crate::tenancy::ensure;

/// The most that a week may cost, in cents.
const MAX_CENTS: i64 = 1_000_000_000;

/// How a business orders. What is left out is taken from defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InventorySettings {
    /// Whether orders are drafted every Monday at 08:00, where the business is.
    pub weekly: bool,
    /// The most that a week's orders together may cost, shipping included, in cents of the tenant's currency.
    #[schema(minimum = 0, example = 250_000)]
    pub weekly_budget_cents: Option<i64>,
    /// In how many of a hundred weeks there is to be enough of an item whose safety stock is not said.
    #[schema(minimum = 50, maximum = 99, example = 95)]
    pub service_percent: u8,
    /// What it costs to keep goods for a year, in percent of their price.
    #[schema(maximum = 100, example = 20)]
    pub holding_percent: u16,
    /// The most days of use that are bought ahead for a better price.
    #[schema(maximum = 365, example = 60)]
    pub most_days_ahead: u16,
    /// Where deliveries go.
    pub deliver_to: Option<PlaceId>,
}

impl Default for InventorySettings {
    /// A service level of 95 percent and a fifth of the price a year are usual in textbooks of stock-keeping; the days are our choice.
    fn default() -> Self {
        Self {
            weekly: true,
            weekly_budget_cents: None,
            service_percent: 95,
            holding_percent: 20,
            most_days_ahead: 60,
            deliver_to: None,
        }
    }
}

impl InventorySettings {
    /// Checks that rates are rates, sums are sane and the place is there.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self, places: &Places) -> Result<(), Failure> {
        let budget = self.weekly_budget_cents.is_none_or(|cents| (0..=MAX_CENTS).contains(&cents));
        ensure(budget, "weekly_budget_cents", format!("weekly_budget_cents must be 0 to {MAX_CENTS} cents"))?;
        ensure((50..=99).contains(&self.service_percent), "service_percent", "service_percent must be 50 to 99")?;
        ensure(self.holding_percent <= 100, "holding_percent", "holding_percent must be 0 to 100")?;
        ensure(self.most_days_ahead <= 365, "most_days_ahead", "most_days_ahead must be 0 to 365")?;
        self.deliver_to.iter().try_for_each(|place| places.demand("deliver_to", place))
    }
}
