//! Where a tenant's knowledge is kept: one partition.

use domain::ContactId;
use domain::ids::{DocumentId, GapId};
use domain::messaging::MessageRef;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace, by_time};

/// Sort key prefix of the documents.
pub(crate) const DOCUMENT: &str = "DOCUMENT#";

impl TenantSpace<'_> {
    /// The partition of documents and index.
    #[must_use]
    pub fn knowledge(self) -> PartitionKey {
        self.partition("KNOWLEDGE")
    }

    /// A document.
    #[must_use]
    pub fn knowledge_document(self, id: DocumentId) -> TableKey {
        TableKey { pk: self.knowledge(), sk: format!("{DOCUMENT}{id}") }
    }

    /// The questions and answers of a document.
    #[must_use]
    pub fn knowledge_faq(self, id: DocumentId) -> TableKey {
        TableKey { pk: self.knowledge(), sk: format!("FAQ#{id}") }
    }

    /// Which index is the current one.
    #[must_use]
    pub fn knowledge_index(self) -> TableKey {
        TableKey { pk: self.knowledge(), sk: "INDEX".to_owned() }
    }

    /// A question of a contact's that the data did not answer, in the contact's partition.
    #[must_use]
    pub fn unanswered_question(self, contact: ContactId, asked: &MessageRef) -> TableKey {
        let sk = format!("QUESTION#{}", by_time(asked.at, &asked.message.to_string()));
        TableKey { pk: self.person(contact), sk }
    }

    /// Partition of the index `gsi1` that lists a tenant's unanswered questions.
    #[must_use]
    pub fn unanswered_questions(self) -> PartitionKey {
        self.partition("QUESTIONS")
    }

    /// The partition of what is suggested for the frequent questions, and was.
    #[must_use]
    pub fn knowledge_gaps(self) -> PartitionKey {
        self.partition("KNOWLEDGE_GAPS")
    }

    /// A suggestion for the frequent questions.
    #[must_use]
    pub fn knowledge_gap(self, id: GapId) -> TableKey {
        TableKey { pk: self.knowledge_gaps(), sk: id.to_string() }
    }

    /// The mark that a week's suggestions were made.
    #[must_use]
    pub fn knowledge_week(self, week: &str) -> TableKey {
        self.key(format_args!("KNOWLEDGE_WEEK#{week}"), "WEEK")
    }

    /// Partition of the index `gsi1` that lists a tenant's documents.
    #[must_use]
    pub fn knowledge_list(self) -> PartitionKey {
        self.partition("KNOWLEDGE_DOCUMENTS")
    }
}
