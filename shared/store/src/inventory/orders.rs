//! Orders: read, changed and decided about. Each change is a new version, with its line of the audit record and the event that brings
//! on what comes next.

use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::ids::{OrderDigest, PurchaseOrderId};
use domain::inventory::{Item as StockItem, NewLine, OrderPdf, OrderState, PurchaseOrder, Supplier, WhyCancelled};
use domain::{EventId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::table::documents::{Trace, busy, changed, entry, read};
use crate::table::item::{Item, text, to_item};
use crate::table::keys;
use crate::table::lists::{Filters, Page, Terms};
use crate::table::writes::{Ran, Writes};
use crate::{Inventory, OutboxRow, Versioned};

pub(super) const ORDER: &str = "purchase_order";
/// How often a step is tried again that another write came before.
const ATTEMPTS: usize = 4;
/// Orders of so long ago are not waited for any more.
pub(super) const ORDERS_BACK: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Which orders are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct OrderFilter {
    /// In this state.
    pub state: Option<OrderState>,
}

/// An order as it is stored: listed, and among what waits for a yes while it is a draft.
pub(super) fn order_item(tenant: &TenantId, order: &PurchaseOrder) -> Result<Item, Failure> {
    let own = keys::of(tenant);
    let mut item = to_item(ORDER, &own.purchase_order(order.id), order)?;
    item.insert("gsi1pk".to_owned(), text(own.purchase_order_list()));
    item.insert("gsi1sk".to_owned(), text(keys::by_time(order.created_at, &order.id.to_string())));
    if order.state == OrderState::Draft {
        item.extend(crate::approvals::listed(tenant, order.created_at, &order.id.to_string()));
    }
    Ok(item)
}

/// The row of the event that version `version` of an order brings on.
pub(super) fn order_row(
    tenant: &TenantId,
    (order, version): (PurchaseOrderId, u64),
    kind: EventKind,
    (now, correlation_id): (Timestamp, &str),
) -> OutboxRow {
    let cause = format!("{ORDER}|{order}|{version}");
    let event = Event {
        id: EventId::derive(tenant, &[&cause, kind.name()]),
        tenant: tenant.clone(),
        at: now,
        correlation_id: correlation_id.to_owned(),
        kind,
    };
    OutboxRow::new(EventId::derive(tenant, &["outbox", &cause]), tenant.clone(), &[event], now)
}

/// What the audit record keeps of an order.
fn recorded(order: &PurchaseOrder) -> Value {
    let lines: Vec<Value> =
        order.lines.iter().map(|line| json!({"item": line.item, "packs": line.packs, "cents": line.cents})).collect();
    json!({"state": order.state, "lines": lines, "total_cents": order.total_cents, "note": order.note})
}

/// Orders that are not over.
fn open() -> Terms {
    let states = [
        (":draft", OrderState::Draft),
        (":approved", OrderState::Approved),
        (":sent", OrderState::Sent),
        (":partly", OrderState::PartlyReceived),
    ];
    Terms {
        name: "open",
        expression: "#state IN (:draft, :approved, :sent, :partly)".to_owned(),
        values: states.map(|(name, state)| (name, state.as_str().to_owned())).to_vec(),
    }
}

impl Inventory<'_> {
    /// One order.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn order(self, tenant: &TenantId, id: PurchaseOrderId) -> Result<Versioned<PurchaseOrder>, Failure> {
        let item = self.store.item(ORDER, &keys::of(tenant).purchase_order(id)).await?;
        read(ORDER, item.ok_or_else(|| Failure::not_found("purchase order"))?)
    }

    /// A page of the orders, the latest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn orders(
        self,
        tenant: &TenantId,
        filter: OrderFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<PurchaseOrder>, Failure> {
        let filters = Filters::from(&[("state", filter.state.map(OrderState::as_str))]);
        self.store.list(ORDER, tenant, &keys::of(tenant).purchase_order_list(), filters, limit, cursor).await
    }

    /// The orders of the last year at `now` of which something is on its way.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn incoming(self, tenant: &TenantId, now: Timestamp) -> Result<Vec<PurchaseOrder>, Failure> {
        let since = now.saturating_add(-ORDERS_BACK).unwrap_or(now);
        let open = self.listed_since(tenant, since, Some(open())).await?.into_iter().map(|order| order.value);
        Ok(open.filter(|order| order.state.is_incoming()).collect())
    }

    /// The orders made since `since`, with their versions: those that are over say how long deliveries take.
    pub(super) async fn orders_since(
        self,
        tenant: &TenantId,
        since: Timestamp,
    ) -> Result<Vec<Versioned<PurchaseOrder>>, Failure> {
        self.listed_since(tenant, since, None).await
    }

    async fn listed_since(
        self,
        tenant: &TenantId,
        since: Timestamp,
        terms: Option<Terms>,
    ) -> Result<Vec<Versioned<PurchaseOrder>>, Failure> {
        let list = keys::of(tenant).purchase_order_list();
        let (mut orders, mut cursor): (Vec<Versioned<PurchaseOrder>>, Option<String>) = (Vec::new(), None);
        loop {
            let filters = Filters::from(&[("entity", None::<&str>)]).since(Some(since)).and(terms.clone());
            let page = self.store.list_items(tenant, &list, filters, 100, cursor.as_deref()).await?;
            let readable = |item| {
                read(ORDER, item).inspect_err(|failure| tracing::error!(reason = %failure, "it is left out")).ok()
            };
            orders.extend(page.items.into_iter().filter_map(readable));
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(orders);
            }
        }
    }

    /// Other lines and another note for `version` of a draft. Its document is made again.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed, or as [`PurchaseOrder::changed`] says.
    pub async fn change_order(
        self,
        tenant: &TenantId,
        (id, version): (PurchaseOrderId, u64),
        (lines, note): (&[NewLine], &str),
        known: (&[StockItem], &Supplier, &[String]),
        trace: &Trace,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        let before = self.order(tenant, id).await?;
        let after = before.value.changed(lines, note, known, trace.at)?;
        let is_same = after.digest(tenant) == before.value.digest(tenant);
        // The same change sent twice finds the first one's work.
        if is_same && (before.version == version || before.version == version + 1) {
            return Ok(before);
        }
        if before.version != version {
            return Err(changed(version));
        }
        let event = EventKind::OrderDrafted { order: id, digest: after.digest(tenant) };
        match self.step(tenant, &before, &after, Some(event), trace).await? {
            true => Ok(Versioned { value: after, version: version + 1 }),
            false => Err(changed(version)),
        }
    }

    /// Approves an order as it was shown: it goes out as soon as its document is there. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as [`PurchaseOrder::approved`] says.
    pub async fn approve_order(
        self,
        tenant: &TenantId,
        (id, shown): (PurchaseOrderId, OrderDigest),
        trace: &Trace,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        let event = EventKind::OrderApproved { order: id, digest: shown };
        self.decide(tenant, id, Some(&event), trace, |order| order.approved(tenant, shown, (&trace.actor, trace.at)))
            .await
    }

    /// Declines a draft. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as [`PurchaseOrder::declined`] says.
    pub async fn decline_order(
        self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        trace: &Trace,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        self.decide(tenant, id, None, trace, |order| order.declined(&trace.actor, trace.at)).await
    }

    /// Cancels an order: what has not come in is not waited for. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as [`PurchaseOrder::cancelled`] says.
    pub async fn cancel_order(
        self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        trace: &Trace,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        self.decide(tenant, id, None, trace, |order| order.cancelled(WhyCancelled::ByPerson, trace.at)).await
    }

    /// Has an order mailed again whose mail was not taken, or of which no one knows.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as [`PurchaseOrder::to_send_again`] says.
    pub async fn send_order_again(
        self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        trace: &Trace,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        let digest = self.order(tenant, id).await?.value.digest(tenant);
        let event = EventKind::OrderReady { order: id, digest };
        self.decide(tenant, id, Some(&event), trace, |order| order.to_send_again(trace.at).map(Some)).await
    }

    async fn decide(
        self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        event: Option<&EventKind>,
        trace: &Trace,
        step: impl Fn(&PurchaseOrder) -> Result<Option<PurchaseOrder>, Failure>,
    ) -> Result<Versioned<PurchaseOrder>, Failure> {
        for _ in 0..ATTEMPTS {
            let before = self.order(tenant, id).await?;
            let Some(after) = step(&before.value)? else { return Ok(before) };
            if self.step(tenant, &before, &after, event.cloned(), trace).await? {
                return Ok(Versioned { value: after, version: before.version + 1 });
            }
        }
        Err(busy(ORDER))
    }

    /// Writes the next version of an order; `false`: another write came before it.
    async fn step(
        self,
        tenant: &TenantId,
        before: &Versioned<PurchaseOrder>,
        after: &PurchaseOrder,
        event: Option<EventKind>,
        trace: &Trace,
    ) -> Result<bool, Failure> {
        let version = before.version + 1;
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(order_item(tenant, after)?, before.version)?;
        if let Some(event) = event {
            writes.outbox(&order_row(tenant, (after.id, version), event, (trace.at, &trace.correlation_id)))?;
        }
        let subject = format!("{ORDER}/{}", after.id);
        let (was, is) = (Some(recorded(&before.value)), Some(recorded(after)));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, version, was, is, trace))?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }

    /// Notes a document that was made of an order; an approved one is ready to go out then. `false`: it says something else by now, or the
    /// document is of another state.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found), and as the table answers.
    pub async fn attach_document(
        self,
        tenant: &TenantId,
        id: PurchaseOrderId,
        pdf: &OrderPdf,
        correlation_id: &str,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        for _ in 0..ATTEMPTS {
            let before = self.order(tenant, id).await?;
            let Some(after) = before.value.with_document(tenant, pdf, now) else {
                return Ok(before.value.document(tenant, pdf.draft).is_some());
            };
            let version = before.version + 1;
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(order_item(tenant, &after)?, before.version)?;
            if after.is_ready_to_send(tenant) {
                let event = EventKind::OrderReady { order: id, digest: pdf.digest };
                writes.outbox(&order_row(tenant, (id, version), event, (now, correlation_id)))?;
            }
            if self.store.run(writes).await? == Ran::Done {
                return Ok(true);
            }
        }
        Err(busy(ORDER))
    }
}
