//! Where journeys are kept, the tasks and counts that come of them.

use domain::ContactId;
use domain::ids::{SequenceId, StepId, TaskId, VariantId};
use domain::tenancy::usage::Month;
use jiff::Timestamp;

use crate::leads::keys::NOW;
use crate::table::keys::{PartitionKey, TableKey, TenantSpace, by_time};

/// Sort key prefix of a contact's tasks, in time order.
pub(crate) const TASK: &str = "TASK#";

impl TenantSpace<'_> {
    /// A contact's way with the business.
    #[must_use]
    pub fn journey(self, contact: ContactId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{NOW}JOURNEY") }
    }

    /// Where a task about a contact is found, in the contact's partition.
    #[must_use]
    pub fn task_pointer(self, contact: ContactId, at: Timestamp, id: TaskId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{TASK}{}", by_time(at, &id.to_string())) }
    }

    /// A task. The partition is also its list's in the index `gsi1`.
    #[must_use]
    pub fn task(self, id: TaskId) -> TableKey {
        self.key("TASKS", id.to_string())
    }

    /// Partition of the index `gsi1` that lists a tenant's tasks, newest last.
    #[must_use]
    pub fn task_list(self) -> PartitionKey {
        self.partition("TASKS")
    }

    /// Partition of what was counted of a sequence's texts.
    #[must_use]
    pub fn variant_stats(self, sequence: &SequenceId) -> PartitionKey {
        self.partition(format_args!("TALLY#{sequence}"))
    }

    /// What was counted of one text of a step.
    #[must_use]
    pub fn variant_count(self, sequence: &SequenceId, step: &StepId, variant: &VariantId) -> TableKey {
        TableKey { pk: self.variant_stats(sequence), sk: format!("{step}#{variant}") }
    }

    /// How many outreach messages went out in a month, one of `USAGE_SHARDS` counters.
    #[must_use]
    pub fn touches(self, month: &Month, shard: u8) -> TableKey {
        self.key(format_args!("TOUCHES#{month}"), shard.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::keys;
    use domain::TenantId;

    /// The texts of one step are read by the step's name: no other step's may begin with it.
    #[test]
    fn a_steps_texts_are_its_own() {
        let tenant = TenantId::new("acme").unwrap();
        let (sequence, variant) = (SequenceId::new("silent-lead").unwrap(), VariantId::new("b").unwrap());
        let sk = |step: &str| keys::of(&tenant).variant_count(&sequence, &StepId::new(step).unwrap(), &variant).sk;
        assert!(sk("day-1").starts_with("day-1#") && !sk("day-10").starts_with("day-1#"));
    }
}
