//! Messages on their way out, and who wants none.

pub(crate) mod deliveries;
pub(crate) mod entities;
pub(crate) mod erased_opt_outs;
pub(crate) mod failed_sends;
pub(crate) mod keys;
pub(crate) mod opt_out_states;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod send_contexts;
pub(crate) mod statuses;
pub(crate) mod suppressions;

use crate::TRUST;
use crate::table::cache::Cache;

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) no_suppression_key: Cache<(), ()>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { no_suppression_key: Cache::new(TRUST * 2) }
    }
}

crate::repositories! {
    /// Messages on their way out.
    deliveries: Deliveries;
    /// Addresses that want to hear nothing.
    suppressions: Suppressions;
    /// Contacts who want to hear nothing, or cannot be reached.
    opt_out_states: OptOutStates;
}
