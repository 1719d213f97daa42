//! Which index is the current one. It is swapped in one transaction with the documents that it was swapped for: what their records say and
//! what is found are never apart.

use domain::identity::AuditAction;
use domain::ids::DocumentId;
use domain::knowledge::KnowledgeDocument;
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::documents::{item, subject};
use crate::Knowledge;
use crate::table::documents::{Trace, Versioned, entry, json as as_json, read};
use crate::table::item::to_item;
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

const INDEX: &str = "knowledge_index";
/// The most documents that one swap takes out: three writes each, and two more, in a transaction of 100.
pub const MAX_REMOVED: usize = 30;

/// The current index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexHead {
    /// What it is called in the bucket; `None`: there is nothing in it.
    #[serde(default)]
    pub name: Option<String>,
    /// How many documents are in it.
    #[serde(default)]
    pub documents: usize,
    /// In how many pieces.
    #[serde(default)]
    pub chunks: usize,
    /// How large it is.
    #[serde(default)]
    pub bytes: usize,
}

/// The documents that an index is swapped for.
#[derive(Debug, Clone, Copy)]
pub enum SwappedFor<'d> {
    /// One that was read, or that could not be read, as it is stored now, and the version that was read of its record.
    Read(&'d KnowledgeDocument, u64),
    /// Some that someone deletes: at most [`MAX_REMOVED`].
    Deleted(&'d [Versioned<KnowledgeDocument>], &'d Trace),
    /// None: it is begun again, or the same documents have other vectors.
    Itself,
}

/// What became of a swap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swap {
    /// It is done.
    Done,
    /// Nothing was written: another swap was faster.
    IndexMoved,
    /// Nothing was written: a document is not as it was read any more.
    DocumentMoved,
}

impl Knowledge<'_> {
    /// The current index, strongly consistent; version 0 where there was never one.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn head(self, tenant: &TenantId) -> Result<Versioned<IndexHead>, Failure> {
        let item = self.store.item(INDEX, &keys::of(tenant).knowledge_index()).await?;
        let none = || Versioned { value: IndexHead::default(), version: 0 };
        item.map_or_else(|| Ok(none()), |item| read(INDEX, item))
    }

    /// Makes `head` the current index in the place of `version`, and writes what it was swapped for.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn swap(
        self,
        tenant: &TenantId,
        head: &IndexHead,
        version: u64,
        swapped_for: SwappedFor<'_>,
    ) -> Result<Swap, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(INDEX, &keys::of(tenant).knowledge_index(), head)?, version)?;
        match swapped_for {
            SwappedFor::Read(document, version) => writes.put_version(item(tenant, document)?, version)?,
            SwappedFor::Deleted(documents, trace) => {
                for document in documents {
                    self.delete(&mut writes, tenant, document, trace)?;
                }
            }
            SwappedFor::Itself => {}
        }
        Ok(match self.store.run(writes).await? {
            Ran::Done => Swap::Done,
            Ran::Refused(positions) if positions.iter().any(|position| *position > 0) => Swap::DocumentMoved,
            Ran::Refused(_) | Ran::Raced => Swap::IndexMoved,
        })
    }

    fn delete(
        self,
        writes: &mut Writes,
        tenant: &TenantId,
        document: &Versioned<KnowledgeDocument>,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let (own, id): (_, DocumentId) = (keys::of(tenant), document.value.id);
        writes.delete_version(&own.knowledge_document(id), document.version)?;
        writes.delete(&own.knowledge_faq(id))?;
        let was = as_json(&json!({ "name": document.value.name }))?;
        let (action, version) = (AuditAction::Removed, document.version + 1);
        writes.audit(&entry(tenant, action, &subject(id), version, Some(was), None, trace))
    }
}
