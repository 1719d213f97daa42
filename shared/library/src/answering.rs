//! The index as a talk needs it: an answer never waits for it in vain.

use domain::{Failure, TenantId};
use knowledge::Index;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Library;

/// An answer waits no longer for the index.
const TIME: Duration = Duration::from_secs(4);

/// The current index of a business, and what it is called: another name after every change.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its name.
    pub name: String,
    index: Arc<Index>,
}

impl Deref for Known {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

impl Library {
    /// What a tenant's documents say; `None`: nothing, or it cannot be read now, which the log says. That a tenant has no documents is
    /// remembered for half a minute, so that those who have none cost no call.
    pub async fn to_answer_from(&self, tenant: &TenantId) -> Option<Known> {
        if self.memory.has_nothing(tenant, Instant::now()) {
            return None;
        }
        let late = |_| Err(Failure::Retryable("the index does not come in time".into()));
        match tokio::time::timeout(TIME, self.known(tenant)).await.unwrap_or_else(late) {
            Ok(Some(known)) => Some(known),
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

    async fn known(&self, tenant: &TenantId) -> Result<Option<Known>, Failure> {
        let current = self.current(tenant).await?;
        let index = Arc::clone(current.index()?);
        Ok(current.head.value.name.map(|name| Known { name, index }))
    }
}
