//! Where what is counted of versions is kept.

use domain::TenantId;
use domain::prompts::{PromptTask, PromptUse, PromptVersion};
use jiff::civil::Date;

use crate::table::keys::{PartitionKey, PlatformSpace, TableKey};

/// Counters that many turns of a tenant touch at once are spread over this many items.
pub(crate) const SHARDS: u8 = 4;

impl PlatformSpace {
    /// Partition of a task's counters.
    #[must_use]
    pub fn prompt_counts(self, task: PromptTask) -> PartitionKey {
        self.key(format_args!("PROMPT_COUNTS#{task}"), "").pk
    }

    /// Partition of what staff made of a task's texts.
    #[must_use]
    pub fn prompt_feedbacks(self, task: PromptTask) -> PartitionKey {
        self.key(format_args!("PROMPT_FEEDBACK#{task}"), "").pk
    }

    /// One of the counters of what a tenant's staff made of a version's texts on a day (UTC).
    #[must_use]
    pub fn prompt_feedback(
        self,
        task: PromptTask,
        day: Date,
        version: &PromptVersion,
        tenant: &TenantId,
        shard: u8,
    ) -> TableKey {
        TableKey { pk: self.prompt_feedbacks(task), sk: format!("{day}#{version}#{tenant}#{shard}") }
    }

    /// What the sort keys of a version's counters in a test begin with; with a tenant, of that tenant's.
    #[must_use]
    pub fn prompt_counts_of(self, used: &PromptUse, tenant: Option<&TenantId>) -> String {
        let tenant = tenant.map(|tenant| format!("{tenant}#")).unwrap_or_default();
        format!("{:08}#{}#{tenant}", used.test, used.version)
    }

    /// One of the counters of a version in a test and at a tenant.
    #[must_use]
    pub fn prompt_count(self, task: PromptTask, used: &PromptUse, tenant: &TenantId, shard: u8) -> TableKey {
        let sk = format!("{}{shard}", self.prompt_counts_of(used, Some(tenant)));
        TableKey { pk: self.prompt_counts(task), sk }
    }
}
