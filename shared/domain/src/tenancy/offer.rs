//! Which of several prices applies.
//!
//! The rule: a price of the date beats one that always holds, and within each the location's beats the tenant's. So
//! the order is the location's dated price, the tenant's dated price, the location's price, the tenant's price. Among
//! several dated ones in force the one that began last wins.

use jiff::civil::Date;

use super::{DatedPrice, Location, Price, Tenant};
use crate::ids::ServiceId;

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

#[cfg(test)]
mod tests;
