mod forecasts;
mod insights;
mod ledger;
mod usage;
