//! The index as a talk needs it: an answer never waits for it in vain.

use domain::{Failure, TenantId};
use knowledge::Index;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Library;

/// An answer waits no longer for the index.
const TIME: Duration = Duration::from_secs(4);

impl Library {
    /// What a tenant's documents say; `None`: nothing, or it cannot be read now, which the log says. That a tenant has no documents is
    /// remembered for half a minute, so that those who have none cost no call.
    pub async fn to_answer_from(&self, tenant: &TenantId) -> Option<Arc<Index>> {
        if self.memory.has_nothing(tenant, Instant::now()) {
            return None;
        }
        let late = |_| Err(Failure::Retryable("the index does not come in time".into()));
        match tokio::time::timeout(TIME, self.index(tenant)).await.unwrap_or_else(late) {
            Ok(Some(index)) => Some(index),
            Ok(None) => {
                self.memory.keep_nothing(tenant, Instant::now());
                None
            }
            Err(failure) => {
                tracing::warn!(%tenant, reason = %failure, "the documents could not be looked at: the answer goes without them");
                None
            }
        }
    }
}
