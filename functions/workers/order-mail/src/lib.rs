//! Mails purchase orders: to the supplier, once, when an order is approved and its document is there; to the business, when orders wait for a
//! yes.
//!
//! Reads the queue `OrderMail`, which the bus fills. A supplier's mail is claimed in the table before it is handed over: whichever run
//! claims it hands it over, and no other. Where no one knows whether it was taken (the function died, or the answer never came), it
//! is not sent by itself again: the order says so, and a person decides. It goes to the address that the business entered for the
//! supplier, and nowhere else. Addresses are not logged.

mod to_supplier;
mod words;

use connectors::send::email::{Mail, Sender};
use domain::Failure;
use domain::events::{Event, EventKind};
use domain::inventory::{OrderState, PurchaseOrder};
use domain::messaging::Email;
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::Tenant;
use files::Files;
use jiff::Timestamp;
use std::time::Duration;
use store::Store;
use url::Url;

/// The most time one record takes: the document from the bucket, SES with its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(40);
/// Where the business sees its orders.
const PAGE: &str = "app/inventory";

/// What the mails need.
#[derive(Debug)]
pub struct OrderMailer {
    /// The table.
    pub store: Store,
    /// The bucket with the documents.
    pub files: Files,
    /// SES.
    pub sender: Sender,
    /// The house's verified address.
    pub from: Email,
    /// Where people sign in.
    pub app_url: Url,
}

impl OrderMailer {
    /// Sends what an event asks for, if it is still wanted.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: no retry can help.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        // A business that was erased or is gone sends nothing.
        let Some(tenant) = self.store.tenants().find(&event.tenant).await?.map(|tenant| tenant.value) else {
            return Ok(());
        };
        match &event.kind {
            EventKind::OrderReady { order, digest } => self.to_supplier(&tenant, (*order, *digest), event, now).await,
            EventKind::OrdersWaiting { week } => self.to_owner(&tenant, week, &event.correlation_id).await,
            other => Err(Failure::Permanent(format!("{} does not belong on this queue", other.name()))),
        }
    }

    /// Tells those who are told of things which orders of a week wait for a yes: each once, noted behind each mail. Whom a mail went to when
    /// this function died before the note is told a second time.
    async fn to_owner(&self, tenant: &Tenant, week: &str, correlation_id: &str) -> Result<(), Failure> {
        let inventory = self.store.inventory();
        let mut week = match inventory.week(&tenant.id, week).await {
            Err(Failure::Rejected { .. }) => return Ok(()),
            other => other?,
        };
        let mut orders: Vec<PurchaseOrder> = Vec::new();
        for id in &week.orders {
            match inventory.order(&tenant.id, *id).await {
                Ok(order) if order.value.state == OrderState::Draft => orders.push(order.value),
                Ok(_) | Err(Failure::Rejected { .. }) => {}
                Err(failure) => return Err(failure),
            }
        }
        if orders.is_empty() {
            return Ok(());
        }
        let link = self.app_url.join(PAGE).map_err(|_| Failure::Permanent("APP_URL takes no path".into()))?;
        let notice = words::notice(tenant, &orders, week.left_out.len(), link.as_str());
        let untold: Vec<&Email> = tenant.notify.iter().filter(|to| !week.told.contains(to)).collect();
        for to in untold {
            let mail = Mail {
                from: &self.from,
                sender_name: &tenant.name,
                to,
                subject: &notice.subject,
                text: &notice.text,
                correlation_id,
                reply_to: None,
                file: None,
            };
            match self.sender.send_mail(&mail).await {
                SendOutcome::Sent { .. } => {
                    tracing::info!(tenant = %tenant.id, "told of orders that wait");
                    week = inventory.note_told(&tenant.id, &week, to).await?;
                }
                // Two notices are better than none.
                SendOutcome::Retry { reason, .. } | SendOutcome::Unknown { reason } => {
                    return Err(Failure::Retryable(reason));
                }
                // The other addresses may be good.
                SendOutcome::Permanent { reason } | SendOutcome::Blocked { reason, .. } => {
                    tracing::error!(tenant = %tenant.id, reason, "a notice of orders was not taken");
                }
            }
        }
        Ok(())
    }
}
