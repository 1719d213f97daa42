//! What came of versions: counters, which are written with what they count.

use aws_sdk_dynamodb::types::Update;
use domain::prompts::{
    PromptComparison, PromptCount, PromptCounts, PromptTask, PromptTraffic, PromptUse, PromptVersion,
};
use domain::{Failure, TenantId};
use std::collections::BTreeMap;

use super::keys::SHARDS;
use crate::Prompts;
use crate::table::item::{Item, number, readable, text};
use crate::table::keys;
use crate::table::writes::Writes;

impl Prompts<'_> {
    /// The live version of a task beside the one that is tried, counted since the traffic changed last: of one tenant, or of all.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn compare(
        self,
        traffic: &PromptTraffic,
        tenant: Option<&TenantId>,
    ) -> Result<PromptComparison, Failure> {
        let mut counted: BTreeMap<PromptVersion, PromptCounts> = BTreeMap::new();
        let tried = traffic.challenger.iter().map(|tried| &tried.version);
        for version in std::iter::once(&traffic.live).chain(tried) {
            let used = PromptUse { version: version.clone(), test: traffic.test };
            counted.insert(version.clone(), self.counted(traffic.task, &used, tenant).await?);
        }
        Ok(PromptComparison::of(traffic, |version| counted.get(version).copied().unwrap_or_default()))
    }

    /// What was counted of a version in a test: of one tenant, or of all. One call a MB: a tenant takes a kB or less.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn counted(
        self,
        task: PromptTask,
        used: &PromptUse,
        tenant: Option<&TenantId>,
    ) -> Result<PromptCounts, Failure> {
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND begins_with(sk, :of)")
            .expression_attribute_values(":pk", text(keys::platform().prompt_counts(task)))
            .expression_attribute_values(":of", text(keys::platform().prompt_counts_of(used, tenant)));
        let mut sum = PromptCounts::default();
        let add =
            |item: &Item| readable::<PromptCounts>("prompt_count", [item]).iter().for_each(|counts| sum.add(counts));
        self.store.each("prompt counts", query, add).await?;
        Ok(sum)
    }
}

impl Writes {
    /// Adds to the counters of a version. `cause`, the id of what is counted, spreads the writes.
    pub(crate) fn prompt_count(&mut self, tenant: &TenantId, count: &PromptCount, cause: &str) -> Result<(), Failure> {
        let shard = cause.bytes().fold(0_u8, u8::wrapping_add) % SHARDS;
        let counts: Vec<_> = count.counts.named().into_iter().filter(|(_, count)| *count > 0).collect();
        if counts.is_empty() {
            return Ok(());
        }
        let adds: Vec<String> = counts.iter().map(|(name, _)| format!("{name} :{name}")).collect();
        let mut update = Update::builder()
            .update_expression(format!("ADD {} SET entity = :entity", adds.join(", ")))
            .expression_attribute_values(":entity", text("prompt_count"));
        for (name, count) in counts {
            update = update.expression_attribute_values(format!(":{name}"), number(count));
        }
        self.update_at(&keys::platform().prompt_count(count.task, &count.used, tenant, shard), update)
    }

    /// As [`Writes::prompt_count`], of several things; each item is written once.
    pub(crate) fn prompt_counts(
        &mut self,
        tenant: &TenantId,
        counts: impl IntoIterator<Item = PromptCount>,
        cause: &str,
    ) -> Result<(), Failure> {
        let mut sums: BTreeMap<(PromptTask, PromptUse), PromptCounts> = BTreeMap::new();
        for PromptCount { task, used, counts } in counts {
            sums.entry((task, used)).or_default().add(&counts);
        }
        for ((task, used), counts) in sums {
            self.prompt_count(tenant, &PromptCount { task, used, counts }, cause)?;
        }
        Ok(())
    }
}
