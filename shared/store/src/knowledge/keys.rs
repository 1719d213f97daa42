//! Where a tenant's knowledge is kept: one partition.

use domain::ids::DocumentId;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

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

    /// Partition of the index `gsi1` that lists a tenant's documents.
    #[must_use]
    pub fn knowledge_list(self) -> PartitionKey {
        self.partition("KNOWLEDGE_DOCUMENTS")
    }
}
