//! Parts of a service business: what is where, what the next days will use, what to order from whom, and why.
//!
//! Plain arithmetic: no I/O, no clock, no randomness, and the same input gives the same answer. Quantities are whole numbers in
//! the item's own unit (pieces, feet, ounces), money is whole cents, days are the shop's own. Items, places, services and
//! suppliers are known by the keys of the caller.
//!
//! | question | answer |
//! |---|---|
//! | what is where? | [`Ledger`] folds movements; [`Book`] is the same fold one movement at a time, for a stored balance |
//! | what does a visit use? | [`learn`]: mean and variance by service and item, safe with few jobs and with slips of the pen |
//! | what will the next days use? | [`forecast()`]: booked jobs, what comes unbooked, season and weather, with an interval |
//! | what does weather do to use? | [`Effect`]: use on days of such weather against the same weekdays around them |
//! | how long does a supplier take? | [`Lead`]: by what its deliveries took |
//! | what to order from whom? | [`plan`]: need, split over suppliers, price tiers, minimum order, budget; a [`Reason`] for every unit |
//! | what should the owner know? | [`insights()`]: use against last year, margins, dead stock, waste |

mod forecast;
mod insights;
mod lead;
mod ledger;
mod order;
mod usage;

pub use forecast::{
    BookedJob, Count, DayDemand, DayUse, Effect, Forecast, HORIZON_DAYS, Outlook, Outset, Season, forecast,
};
pub use insights::{DEAD_DAYS, Handling, Insight, ItemYear, insights};
pub use lead::Lead;
pub use ledger::{Applied, Balance, Book, Change, Discrepancy, Ledger, MAX_QUANTITY, Mismatch, Movement, Refused};
pub use order::{
    Incoming, Item, LeftOut, LeftOutReason, Line, Offer, Order, Plan, Reason, Safety, Supplier, Terms, Tier, plan,
};
pub use usage::{DEFAULT_JOBS, JobUse, Typical, Usage, learn};

#[cfg(test)]
mod tests;
