//! Whose something is: from a lead or a thread to its contact.

use domain::{ContactId, ConversationId, Failure, LeadId, TenantId};

use crate::Store;
use crate::item::get_text;
use crate::keys::{self, TableKey};

impl Store {
    /// The contact of a lead, as it was when the lead was last moved; `None` when there is no such lead.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn contact_of_lead(&self, tenant: &TenantId, lead: LeadId) -> Result<Option<ContactId>, Failure> {
        self.owner(&keys::lead_pointer(tenant, lead)).await
    }

    /// The contact of a thread, as it was when the thread was last moved; `None` when there is no such thread.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn contact_of_conversation(
        &self,
        tenant: &TenantId,
        conversation: ConversationId,
    ) -> Result<Option<ContactId>, Failure> {
        self.owner(&keys::thread_pointer(tenant, conversation)).await
    }

    async fn owner(&self, pointer: &TableKey) -> Result<Option<ContactId>, Failure> {
        let item = self.item("pointer", pointer).await?;
        item.map(|item| ContactId::parse(get_text(&item, "contact"))).transpose()
    }
}
