mod forecasts;
mod insights;
mod ledger;
pub(crate) mod market;
mod orders;
mod usage;
mod weather;
