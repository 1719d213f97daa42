//! The one mail of an order: claimed before it is handed over, so that it goes out once.

use domain::events::EventKind;
use domain::ids::{OrderDigest, PurchaseOrderId};
use domain::inventory::{OrderMail, OrderState, PurchaseOrder};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::Timestamp;

use super::orders::{ORDER, order_item, order_row};
use crate::table::documents::busy;
use crate::table::writes::{Ran, Writes};
use crate::{Inventory, Versioned};

/// How often an outcome is written again that another write came before.
const ATTEMPTS: usize = 8;

impl Inventory<'_> {
    /// Claims the mail of an order that says `digest`: who gets it hands the mail over to `to`. `None`: there is nothing to send, or another
    /// one has it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found), [`Failure::Retryable`] where another write came before.
    pub async fn claim_mail(
        self,
        tenant: &TenantId,
        (id, digest): (PurchaseOrderId, OrderDigest),
        to: &Email,
        now: Timestamp,
    ) -> Result<Option<PurchaseOrder>, Failure> {
        let before = self.order(tenant, id).await?;
        if before.value.digest(tenant) != digest {
            return Ok(None);
        }
        let Some(after) = before.value.mail_claimed(tenant, to, now) else { return Ok(None) };
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(order_item(tenant, &after)?, before.version)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Some(after)),
            Ran::Refused(_) | Ran::Raced => Err(busy(ORDER)),
        }
    }

    /// Gives a claim back: the mail was not handed over, and the next try may.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn release_mail(self, tenant: &TenantId, claimed: &PurchaseOrder, now: Timestamp) -> Result<(), Failure> {
        let release = |order: &PurchaseOrder| PurchaseOrder { mail: None, updated_at: now, ..order.clone() };
        self.mail_step(tenant, claimed, release, |_, _| None).await
    }

    /// Notes what became of the mail: taken, not taken and why, or `None` where no one knows. What it is known of already stays.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_mail(
        self,
        tenant: &TenantId,
        claimed: &PurchaseOrder,
        taken: Option<Result<(), String>>,
        correlation_id: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let after = |order: &PurchaseOrder| order.mailed(taken.clone(), now);
        let event = |order: &PurchaseOrder, version| {
            let kind = EventKind::OrderSent { order: order.id };
            let is_sent = order.state == OrderState::Sent;
            is_sent.then(|| order_row(tenant, (order.id, version), kind, (now, correlation_id)))
        };
        self.mail_step(tenant, claimed, after, event).await
    }

    async fn mail_step(
        self,
        tenant: &TenantId,
        claimed: &PurchaseOrder,
        after: impl Fn(&PurchaseOrder) -> PurchaseOrder,
        event: impl Fn(&PurchaseOrder, u64) -> Option<crate::OutboxRow>,
    ) -> Result<(), Failure> {
        let claim = |mail: &Option<OrderMail>| mail.as_ref().map(|mail| (mail.to.clone(), mail.at, mail.taken));
        for _ in 0..ATTEMPTS {
            let Versioned { value: before, version } = self.order(tenant, claimed.id).await?;
            if claim(&before.mail) != claim(&claimed.mail) {
                return Ok(());
            }
            let after = after(&before);
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(order_item(tenant, &after)?, version)?;
            if let Some(row) = event(&after, version + 1) {
                writes.outbox(&row)?;
            }
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy(ORDER))
    }
}
