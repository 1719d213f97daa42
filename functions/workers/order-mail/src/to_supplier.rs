//! The one mail of an order to its supplier.

use calendar::Attachment;
use connectors::send::email::Mail;
use domain::Failure;
use domain::events::Event;
use domain::ids::LocationId;
use domain::ids::{OrderDigest, PurchaseOrderId};
use domain::inventory::{PurchaseOrder, Supplier};
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::{Tenant, known_location};
use files::Prefix;
use jiff::Timestamp;

use crate::{OrderMailer, words};

/// The largest document, in bytes: some hundreds of lines are far below.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// What a document is, to mail programs.
const PDF: &str = "application/pdf";

impl OrderMailer {
    /// Mails an order that says `digest`, if it is to be mailed and no one did.
    pub(crate) async fn to_supplier(
        &self,
        tenant: &Tenant,
        (id, digest): (PurchaseOrderId, OrderDigest),
        event: &Event,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let inventory = self.store.inventory();
        let order = match inventory.order(&tenant.id, id).await {
            Err(Failure::Rejected { .. }) => return Ok(()),
            other => other?.value,
        };
        if order.mail.as_ref().is_some_and(|mail| mail.taken.is_none()) {
            tracing::error!(tenant = %tenant.id, order = %id, "no one knows whether this order was mailed: a person decides");
            return Ok(());
        }
        if !order.is_ready_to_send(&tenant.id) || order.digest(&tenant.id) != digest {
            return Ok(());
        }
        let document = self.document(tenant, &order).await?;
        let supplier: Supplier = match self.store.documents().get(&tenant.id, order.supplier.as_str()).await {
            Ok(supplier) => supplier.value,
            Err(Failure::Rejected { .. }) => {
                return Err(Failure::Permanent(format!("order {id}: its supplier was removed before it was mailed")));
            }
            Err(failure) => return Err(failure),
        };
        let place = self.place(tenant, &order).await?;
        let text = words::order(tenant, &order, &supplier, &place);
        let Some(claimed) = inventory.claim_mail(&tenant.id, (id, digest), &supplier.email, now).await? else {
            return Ok(());
        };
        let mail = Mail {
            from: &self.from,
            sender_name: &tenant.name,
            to: &supplier.email,
            subject: &text.subject,
            text: &text.text,
            correlation_id: &event.correlation_id,
            reply_to: tenant.notify.first(),
            file: Some(&document),
        };
        let outcome = self.sender.send_mail(&mail).await;
        self.note(tenant, &claimed, outcome, &event.correlation_id, now).await
    }

    async fn note(
        &self,
        tenant: &Tenant,
        claimed: &PurchaseOrder,
        outcome: SendOutcome,
        correlation_id: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let inventory = self.store.inventory();
        let taken = match outcome {
            SendOutcome::Sent { .. } => Some(Ok(())),
            SendOutcome::Retry { reason, .. } => {
                // It never reached SES: the record comes again.
                inventory.release_mail(&tenant.id, claimed, now).await?;
                return Err(Failure::Retryable(reason));
            }
            SendOutcome::Unknown { reason } => {
                tracing::error!(tenant = %tenant.id, order = %claimed.id, reason, "no one knows whether this order was mailed");
                None
            }
            SendOutcome::Permanent { reason } | SendOutcome::Blocked { reason, .. } => {
                tracing::error!(tenant = %tenant.id, order = %claimed.id, reason, "an order was not taken");
                Some(Err(reason))
            }
        };
        inventory.note_mail(&tenant.id, claimed, taken, correlation_id, now).await
    }

    async fn document(&self, tenant: &Tenant, order: &PurchaseOrder) -> Result<Attachment, Failure> {
        let missing = || Failure::Permanent(format!("order {}: its document is not in the bucket", order.id));
        let name = order.document(&tenant.id, false).map(|pdf| pdf.name.clone()).ok_or_else(missing)?;
        let key = Prefix::order(&tenant.id, order.id).key(&name);
        let bytes = self.files.read_piece(&key, 0, MAX_BYTES).await?.ok_or_else(missing)?;
        Ok(Attachment { name: format!("{}.pdf", order.number), content_type: PDF.to_owned(), bytes: bytes.to_vec() })
    }

    /// Where the goods go, in one line; empty where the business says nowhere where it is.
    async fn place(&self, tenant: &Tenant, order: &PurchaseOrder) -> Result<String, Failure> {
        if !order.deliver_lines.is_empty() {
            return Ok(order.deliver_lines.join(", "));
        }
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let id = LocationId::new(order.deliver_to.as_str()).ok();
        Ok(match known_location(&locations, id.as_ref()) {
            Some(location) => format!("{}, {}", location.name, location.address.line()),
            None => tenant.business.address.clone().unwrap_or_default(),
        })
    }
}
