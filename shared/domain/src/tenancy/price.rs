//! Prices, and deposits. Which price holds where and when: [`offer`](super::offer).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{ensure, unique};
use crate::Failure;

/// The most dated prices of one service, or of one service at one location.
const MAX_DATED: usize = 50;

/// A price in cents of the tenant's currency: exact where both ends are equal, "from" where there is no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Lowest price, in cents.
    #[schema(example = 35_000)]
    pub from_cents: u64,
    /// Highest price, in cents.
    #[serde(default)]
    #[schema(example = 180_000)]
    pub to_cents: Option<u64>,
}

/// A price that holds from one date on, or from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedPrice {
    /// The first day it holds.
    pub from: Date,
    /// The last day it holds; `None`: from then on.
    #[serde(default)]
    pub until: Option<Date>,
    /// What it costs then.
    pub price: Price,
}

/// What is paid when a booking is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deposit {
    /// A sum in cents of the tenant's currency.
    Cents(u64),
    /// A share of the lowest price, 1 to 100.
    Percent(u8),
}

impl Price {
    /// Checks that the ends are in order.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field`.
    pub(super) fn validate(&self, field: &str) -> Result<(), Failure> {
        let in_order = self.to_cents.is_none_or(|to| to >= self.from_cents);
        ensure(in_order, field, "to_cents must not be below from_cents")
    }
}

impl Deposit {
    /// What is due for something that costs at least `price`, in cents. Half a cent is rounded up.
    #[must_use]
    pub fn cents(self, price: Price) -> u64 {
        match self {
            Self::Cents(cents) => cents,
            Self::Percent(percent) => {
                let cents = (u128::from(price.from_cents) * u128::from(percent) + 50) / 100;
                u64::try_from(cents).unwrap_or(u64::MAX)
            }
        }
    }

    /// Checks that something is due, and not more than the price.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `deposit`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        match self {
            Self::Cents(cents) => ensure(*cents > 0, "deposit", "a deposit is at least 1 cent: leave it out for none"),
            Self::Percent(percent) => {
                ensure((1..=100).contains(percent), "deposit", "a deposit is 1 to 100 percent of the price")
            }
        }
    }
}

/// Checks prices by date: ends in order, and no two that begin on the same day. The field is relative.
pub(super) fn check_dated(prices: &[DatedPrice]) -> Result<(), Failure> {
    ensure(prices.len() <= MAX_DATED, "dated_prices", format!("there may be at most {MAX_DATED} dated prices"))?;
    for (index, dated) in prices.iter().enumerate() {
        let in_order = dated.until.is_none_or(|until| until >= dated.from);
        ensure(in_order, format!("dated_prices[{index}].until"), "until must not be before from")?;
        dated.price.validate(&format!("dated_prices[{index}].price"))?;
    }
    unique(prices.iter().enumerate().map(|(index, dated)| (format!("dated_prices[{index}].from"), dated.from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn deposits_are_a_sum_or_a_share() {
        let cents = |from_cents| Price { from_cents, to_cents: None };
        assert_eq!(Deposit::Cents(5_000).cents(cents(1)), 5_000);
        assert_eq!(Deposit::Percent(25).cents(cents(14_950)), 3_738);
        assert_eq!(Deposit::Percent(100).cents(cents(u64::MAX)), u64::MAX);
        let written = serde_json::to_value([Deposit::Cents(5_000), Deposit::Percent(25)]).unwrap();
        assert_eq!(written, json!([{ "cents": 5_000 }, { "percent": 25 }]));
    }
}
