//! Benchmarks: a business's own figures, what it puts in, and what is published of many.
//!
//! A night's contributions are spread over [`SHARDS`] partitions by cohort, in the order of cohorts, so that one is summed up by
//! reading its partition once with one cohort in memory. What is published is written with the privacy ledger of its trade in one
//! transaction, on the version of the ledger that was read: there is no figure without its cost, and none is made twice.

mod nights;
mod own;
mod published;

use aws_lc_rs::digest::{SHA256, digest};
use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::table::item::{Item, number, to_item};
use crate::table::keys::TableKey;
use crate::{Benchmarks, Credential};

pub use nights::Night;

pub(super) const OWN: &str = "benchmark_own";
pub(super) const CONTRIBUTION: &str = "benchmark_contribution";
pub(super) const COHORT: &str = "benchmark_cohort";
pub(super) const NIGHT: &str = "benchmark_night";
pub(super) const LEDGER: &str = "benchmark_ledger";
pub(super) const FIGURES: &str = "benchmark_figures";

/// For how long a night's contributions are kept, and the sums of its cohorts: until its last step was tried for the last time.
pub(crate) const NIGHT_KEPT_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);
/// For how long published figures are kept.
pub(crate) const FIGURES_KEPT_FOR: SignedDuration = SignedDuration::from_hours(800 * 24);

impl Benchmarks<'_> {
    /// The key that noise is derived from, made where there is none.
    ///
    /// # Errors
    /// As KMS and the table answer.
    async fn noise_key(self) -> Result<benchmarks::Key, Failure> {
        let key = self.store.credentials().own_key(Credential::BenchmarkNoiseKey).await?;
        let bytes = digest(&SHA256, key.expose_secret().as_bytes());
        let bytes = bytes.as_ref().try_into().map_err(|_| Failure::Permanent("a digest has a wrong length".into()))?;
        Ok(benchmarks::Key::new(bytes))
    }
}

/// An item that the table takes away after a time.
fn kept(
    entity: &str,
    key: &TableKey,
    value: &impl Serialize,
    now: Timestamp,
    kept_for: SignedDuration,
) -> Result<Item, Failure> {
    let mut item = to_item(entity, key, value)?;
    item.insert("expires_at".to_owned(), number(expires_at(now, kept_for)?));
    Ok(item)
}

fn expires_at(now: Timestamp, kept_for: SignedDuration) -> Result<i64, Failure> {
    Ok(now.checked_add(kept_for).map_err(|error| Failure::Permanent(error.to_string()))?.as_second())
}

/// Figures as the table keeps them in one attribute: text, because a map of maps of small numbers takes five times as much.
fn written(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Permanent(error.to_string()))
}
