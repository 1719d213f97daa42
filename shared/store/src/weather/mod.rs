//! Forecasts, shared by all tenants in a cell; the days that were in it; where cells and addresses are; and what weather of a tenant's has begun a campaign.
//!
//! What providers answer is the platform's: it says nothing about any business. Each thing is fetched once a morning by whoever gets the lease
//! for it, a write under a condition; the others find it, or wait.

pub(crate) mod entities;
pub(crate) mod events;
pub(crate) mod fetched;
pub(crate) mod keys;
pub(crate) mod past;
pub(crate) mod places;
#[cfg(test)]
pub(crate) mod samples;

use std::sync::Arc;
use weather::{Day, Point};

use crate::TRUST;
use crate::table::cache::Cache;

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    /// The days to come by the line of an address.
    pub(crate) coming: Cache<String, Arc<Vec<Day>>>,
    /// Where an address is, by its line.
    pub(crate) points: Cache<String, Point>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { coming: Cache::new(TRUST * 20), points: Cache::new(TRUST * 20) }
    }
}

crate::repositories! {
    /// Forecasts and alerts by cell, cells of points, points of addresses, and a tenant's weather.
    weather: Weather;
}
