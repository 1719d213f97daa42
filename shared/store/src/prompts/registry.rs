//! The table as the registry that models' instructions are read from.

use domain::circuits::Later;
use domain::failure::Rejection;
use domain::prompts::{PromptContent, PromptRegistry, PromptTask, PromptTraffic, PromptVersion, StoredPrompt};
use domain::{Failure, TenantId};

use super::version_id;
use crate::Store;

impl PromptRegistry for Store {
    /// One query of a partition with an item a task.
    fn traffic(&self) -> Later<'_, Result<Vec<PromptTraffic>, Failure>> {
        Box::pin(async { self.documents().all::<PromptTraffic>(&TenantId::platform()).await })
    }

    fn content<'a>(
        &'a self,
        task: PromptTask,
        version: &'a PromptVersion,
    ) -> Later<'a, Result<Option<PromptContent>, Failure>> {
        Box::pin(async move {
            let id = version_id(task, version);
            match self.documents().get::<StoredPrompt>(&TenantId::platform(), &id).await {
                Ok(stored) => Ok(Some(stored.value.content)),
                Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
                Err(failure) => Err(failure),
            }
        })
    }
}
