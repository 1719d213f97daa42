//! Journeys, the sequences they go through, and tasks for staff.

mod dry_run;
pub(crate) mod entities;
pub(crate) mod journey_updates;
pub(crate) mod keys;
pub(crate) mod records;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod sequence_steps;
pub(crate) mod sequences;
pub(crate) mod tasks;
pub(crate) mod variant_stats;

use crate::TRUST;
use crate::table::cache::Cache;
use crate::tenancy::usage;
use domain::TenantId;
use domain::journeys::Sequence;
use domain::tenancy::usage::Month;
use std::sync::Arc;

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) touches_sent: Cache<(TenantId, Month), u64>,
    pub(crate) sequences: Cache<TenantId, Arc<Vec<Sequence>>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { touches_sent: Cache::new(usage::TRUST), sequences: Cache::new(TRUST) }
    }
}

crate::repositories! {
    /// Contacts' journeys.
    journeys: Journeys;
    /// Sequences in force, and what was counted of their texts.
    sequences: Sequences;
    /// What the staff are to do.
    tasks: Tasks;
}
