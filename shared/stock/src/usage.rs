//! What a visit uses: learned from jobs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A job that was done, and what it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUse {
    /// Its service.
    pub service: String,
    /// Units by item; what is not named was not used.
    pub used: BTreeMap<String, i64>,
}

/// What one visit of a service uses of one item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Typical {
    /// Units a visit.
    pub mean: f64,
    /// Of the units of one visit, squared.
    pub variance: f64,
    /// From how many jobs it was learned; 0 where it is the default alone.
    pub jobs: u32,
}

/// What visits use: by service, then by item.
pub type Usage = BTreeMap<String, BTreeMap<String, Typical>>;

/// Learns from jobs, the same in any order. `defaults` are units a visit by service and item, where the shop has named them; an
/// item without one is taken to be unused until jobs say otherwise.
#[must_use]
#[expect(clippy::todo, reason = "types first")]
pub fn learn(_jobs: &[JobUse], _defaults: &BTreeMap<String, BTreeMap<String, f64>>) -> Usage {
    todo!()
}
