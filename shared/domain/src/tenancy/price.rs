//! Prices, and which of several applies.
//!
//! The rule: a price of the date beats one that always holds, and within each the location's beats the tenant's. So
//! the order is the location's dated price, the tenant's dated price, the location's price, the tenant's price. Among
//! several dated ones in force the one that began last wins.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{ensure, unique};
use super::{Location, Tenant};
use crate::Failure;
use crate::ids::ServiceId;

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

/// What a service costs at a place on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It is not to be had there.
    NotOffered,
    /// It is, and what it costs cannot be said beforehand.
    OnRequest,
    /// It costs this.
    Priced(Price),
}

impl Offer {
    /// The price, where there is one.
    #[must_use]
    pub fn price(self) -> Option<Price> {
        if let Self::Priced(price) = self { Some(price) } else { None }
    }
}

/// What `service` costs at `location` (`None`: wherever no location is known) on `date`, a day there.
#[must_use]
pub fn resolve(tenant: &Tenant, location: Option<&Location>, service: &ServiceId, date: Date) -> Offer {
    let local = location.and_then(|location| location.prices.iter().find(|price| price.service == *service));
    let Some(listed) = tenant.services.iter().find(|listed| listed.id == *service) else {
        return Offer::NotOffered;
    };
    if local.is_some_and(|local| !local.offered) {
        return Offer::NotOffered;
    }
    local
        .and_then(|local| in_force(&local.dated, date))
        .or_else(|| in_force(&listed.dated_prices, date))
        .or_else(|| local?.price)
        .or(listed.price)
        .map_or(Offer::OnRequest, Offer::Priced)
}

/// The dated price that holds on `date`: of several, the one that began last.
fn in_force(dated: &[DatedPrice], date: Date) -> Option<Price> {
    let holds = |dated: &&DatedPrice| dated.from <= date && dated.until.is_none_or(|until| date <= until);
    dated.iter().filter(holds).max_by_key(|dated| dated.from).map(|dated| dated.price)
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
mod tests;
