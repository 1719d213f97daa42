//! Where a tenant's trainings are kept: one partition, and one of the counts of edits.

use domain::tenancy::StyleTopic;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

impl TenantSpace<'_> {
    /// The partition of trainings and guides.
    #[must_use]
    pub fn trainings(self) -> PartitionKey {
        self.partition("TRAINING")
    }

    /// The training about a topic that is under way.
    #[must_use]
    pub fn training_session(self, topic: StyleTopic) -> TableKey {
        TableKey { pk: self.trainings(), sk: format!("SESSION#{topic}") }
    }

    /// A version of a topic's guide.
    #[must_use]
    pub fn style_guide(self, topic: StyleTopic, version: u32) -> TableKey {
        TableKey { pk: self.trainings(), sk: format!("GUIDE#{topic}#{version:06}") }
    }

    /// The partition of what was changed in suggestions.
    #[must_use]
    pub fn style_edits(self) -> PartitionKey {
        self.partition("STYLE_EDITS")
    }

    /// What was changed in suggestions in a week.
    #[must_use]
    pub fn style_edits_of(self, week: &str) -> TableKey {
        TableKey { pk: self.style_edits(), sk: week.to_owned() }
    }
}
