//! Questions with their answers: an item beside that of their document, written with it.

use domain::ids::DocumentId;
use domain::knowledge::{Faq, KnowledgeDocument};
use domain::{Failure, TenantId};

use super::documents::KIND;
use crate::Knowledge;
use crate::table::documents::{Trace, Versioned, busy, changed};
use crate::table::item::{from_item, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

const FAQ: &str = "knowledge_faq";

impl Knowledge<'_> {
    /// Keeps a document of questions that someone adds. The same again finds it as it is now.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (a conflict) when the tenant has as many documents as it may.
    pub async fn add_faq(
        self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        faq: &Faq,
        trace: &Trace,
    ) -> Result<Versioned<KnowledgeDocument>, Failure> {
        self.check_room(tenant, document.id).await?;
        match self.put_faq(tenant, None, document, faq, trace).await? {
            Ran::Done => Ok(Versioned { value: document.clone(), version: 1 }),
            Ran::Raced => Err(busy(KIND)),
            Ran::Refused(_) => self.get(tenant, document.id).await,
        }
    }

    /// The questions of a document, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found), also where it is a file.
    pub async fn faq(self, tenant: &TenantId, id: DocumentId) -> Result<Faq, Failure> {
        let item = self.store.item(FAQ, &keys::of(tenant).knowledge_faq(id)).await?;
        from_item(FAQ, &item.ok_or_else(|| Failure::not_found("faq"))?)
    }

    /// Puts other questions in the place of those that a document had.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (precondition failed) when it is not as it was `before` any more.
    pub async fn change_faq(
        self,
        tenant: &TenantId,
        before: &Versioned<KnowledgeDocument>,
        document: &KnowledgeDocument,
        faq: &Faq,
        trace: &Trace,
    ) -> Result<Versioned<KnowledgeDocument>, Failure> {
        match self.put_faq(tenant, Some(before), document, faq, trace).await? {
            Ran::Done => Ok(Versioned { value: document.clone(), version: before.version + 1 }),
            Ran::Raced => Err(busy(KIND)),
            Ran::Refused(_) => Err(changed(before.version)),
        }
    }

    /// Writes document and questions together.
    async fn put_faq(
        self,
        tenant: &TenantId,
        before: Option<&Versioned<KnowledgeDocument>>,
        document: &KnowledgeDocument,
        faq: &Faq,
        trace: &Trace,
    ) -> Result<Ran, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.change_document(tenant, before, document, trace)?;
        writes.put(to_item(FAQ, &keys::of(tenant).knowledge_faq(faq.id), faq)?)?;
        self.store.run(writes).await
    }
}
