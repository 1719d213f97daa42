//! Makes the documents of purchase orders: for who approves, with the reason of each line; for the supplier, once an order is approved.
//!
//! Reads `order.drafted` and `order.approved` from the queue `OrderDocuments`. A document is stored in the bucket under the hash of its
//! bytes, and then noted on the order, if the order still says what the document says. The same order gives the same bytes, so a run
//! that is repeated stores the same object under the same key, and one that died between the two is made good by the next. An order
//! that changed meanwhile has an event of its own. That an approved order is ready to be mailed is said in the transaction that notes
//! its document.
//!
//! A function of its own because of its weight: the typesetter is larger than most functions, and nothing else needs it. What an order
//! says is not logged.

mod content;

use auth::secrets::sha256_hex_of;
use domain::events::{Event, EventKind};
use domain::ids::{LocationId, OrderDigest, PurchaseOrderId};
use domain::inventory::{OrderPdf, OrderState, PurchaseOrder, Supplier};
use domain::tenancy::{Tenant, known_location};
use domain::{Failure, TenantId};
use files::{Files, Prefix};
use jiff::Timestamp;
use std::time::Duration;
use store::Store;

pub use content::{Asked, document};

/// The most time one record takes: some calls, and a document, which takes a second at most.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(50);
/// The largest order takes seconds; what takes longer never ends.
const TIME_TO_RENDER: Duration = Duration::from_secs(40);
/// What browsers and mail programs call it.
const PDF: &str = "application/pdf";

/// What making documents needs.
#[derive(Debug)]
pub struct Renderer {
    /// The table.
    pub store: Store,
    /// The bucket.
    pub files: Files,
}

impl Renderer {
    /// Makes the document that an event asks for, if it is still wanted and not there.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: no retry can help.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        let (EventKind::OrderDrafted { order, digest } | EventKind::OrderApproved { order, digest }) = event.kind
        else {
            return Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name())));
        };
        // A business that was erased has no documents.
        let Some(tenant) = self.store.tenants().find(&event.tenant).await?.map(|tenant| tenant.value) else {
            return Ok(());
        };
        let Some(order) = self.wanted(&tenant.id, order, digest).await? else { return Ok(()) };
        let draft = order.state == OrderState::Draft;
        let content = self.content(&tenant, &order, draft).await?;
        let bytes = render(content).await?;
        let name = format!("{}.pdf", sha256_hex_of(&bytes));
        let size = bytes.len();
        self.files.keep(&Prefix::order(&tenant.id, order.id).key(&name), PDF, true, bytes).await?;
        let pdf = OrderPdf { digest, draft, name, made_at: now };
        let noted =
            self.store.inventory().attach_document(&tenant.id, order.id, &pdf, &event.correlation_id, now).await;
        match noted {
            Ok(is_noted) => {
                tracing::info!(tenant = %tenant.id, order = %order.id, draft, size, is_noted, "the document of an order was made");
                Ok(())
            }
            Err(Failure::Rejected { .. }) => self.erase(&tenant.id, order.id).await,
            Err(failure) => Err(failure),
        }
    }

    /// The order, if it still says `digest` and lacks a document of the kind that its state asks for.
    async fn wanted(
        &self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        digest: OrderDigest,
    ) -> Result<Option<PurchaseOrder>, Failure> {
        let order = match self.store.inventory().order(tenant, id).await {
            Err(Failure::Rejected { .. }) => return Ok(None),
            other => other?.value,
        };
        let is_of_now =
            order.digest(tenant) == digest && matches!(order.state, OrderState::Draft | OrderState::Approved);
        let is_there = order.document(tenant, order.state == OrderState::Draft).is_some();
        Ok((is_of_now && !is_there).then_some(order))
    }

    async fn content(
        &self,
        tenant: &Tenant,
        order: &PurchaseOrder,
        draft: bool,
    ) -> Result<pdf::OrderDocument, Failure> {
        let suppliers = self.store.documents().all::<Supplier>(&tenant.id).await?;
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let place = LocationId::new(order.deliver_to.as_str()).ok();
        let place = known_location(&locations, place.as_ref());
        Ok(document(tenant, order, &Asked { suppliers: &suppliers, place, draft }))
    }

    /// Erases what was stored for an order that was erased while its document was made.
    async fn erase(&self, tenant: &TenantId, order: PurchaseOrderId) -> Result<(), Failure> {
        tracing::info!(tenant = %tenant, order = %order, "the order was erased meanwhile");
        while self.files.erase_some(&Prefix::order(tenant, order)).await? > 0 {}
        Ok(())
    }
}

/// Typesets apart from what else this process does. What cannot be typeset now never can.
async fn render(content: pdf::OrderDocument) -> Result<Vec<u8>, Failure> {
    let rendering = tokio::task::spawn_blocking(move || pdf::purchase_order(&content));
    match tokio::time::timeout(TIME_TO_RENDER, rendering).await {
        Ok(Ok(made)) => made.map_err(|error| Failure::Permanent(format!("the document of an order: {error}"))),
        Ok(Err(_)) => Err(Failure::Permanent("the document of an order: typesetting broke off".into())),
        Err(_) => Err(Failure::Retryable("the document of an order takes too long".into())),
    }
}
