//! Mails purchase orders: to the supplier, once, when an order is approved and its document is there; to the business, when orders wait for a
//! yes. Tells the business, too, that a share of what models may take in a month is used up.
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
use domain::tenancy::usage::{Month, Used};
use files::Files;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;
use store::Store;
use url::Url;
use words::Written;

/// The most time one record takes: the document from the bucket, SES with its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(40);
/// Where the business sees its orders.
const ORDERS: &str = "app/inventory";
/// Where it sees what models took, and sets what they may cost.
const SPEND: &str = "app/settings/spend";

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
            // What changed until the end of a month is over with it.
            EventKind::UsageThresholdReached { month, percent, .. } if *month == Month::of(now) => {
                self.of_threshold(&tenant, (month, *percent), &event.correlation_id).await
            }
            EventKind::UsageThresholdReached { .. } => Ok(()),
            other => Err(Failure::Permanent(format!("{} does not belong on this queue", other.name()))),
        }
    }

    /// Tells those who are told of things which orders of a week wait for a yes: each once, noted behind each mail. Whom a mail went to when
    /// this function died before the note is told a second time.
    async fn to_owner(&self, tenant: &Tenant, week: &str, correlation_id: &str) -> Result<(), Failure> {
        let inventory = self.store.inventory();
        let week = match inventory.week(&tenant.id, week).await {
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
        let notice = words::notice(tenant, &orders, week.left_out.len(), self.link(ORDERS)?.as_str());
        for to in untold(tenant, &week.told) {
            if self.tell(tenant, to, &notice, correlation_id).await? {
                inventory.note_told(&tenant.id, &week.week, to).await?;
            }
        }
        Ok(())
    }

    /// Tells those who are told of things which share of a month is used up, if it still is by the tenant's own limits: each once, noted
    /// behind each mail, as above.
    async fn of_threshold(
        &self,
        tenant: &Tenant,
        (month, percent): (&Month, u8),
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let usage = self.store.usage();
        let Some((reached, told)) = usage.threshold(&tenant.id, month, percent).await? else { return Ok(()) };
        let used = Used { tokens: reached.tokens, cost_microdollars: reached.cost_microdollars };
        // Where several were reached at once, the highest says it all.
        let highest = tenant.cost_control.reached(used, tenant.plan).last();
        let Some((_, cost_mode)) = highest.filter(|(at, _)| *at == percent) else { return Ok(()) };
        let notice = words::threshold(tenant, month, &reached, cost_mode, self.link(SPEND)?.as_str());
        for to in untold(tenant, &told) {
            if self.tell(tenant, to, &notice, correlation_id).await? {
                usage.note_told(&tenant.id, month, percent, to).await?;
            }
        }
        Ok(())
    }

    fn link(&self, page: &str) -> Result<Url, Failure> {
        self.app_url.join(page).map_err(|_| Failure::Permanent("APP_URL takes no path".into()))
    }

    /// Mails a notice to one of the business's people. Returns whether it was taken: where it was refused, the other addresses may be good.
    async fn tell(&self, tenant: &Tenant, to: &Email, notice: &Written, correlation_id: &str) -> Result<bool, Failure> {
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
                tracing::info!(tenant = %tenant.id, "a notice was sent");
                Ok(true)
            }
            // Two notices are better than none.
            SendOutcome::Retry { reason, .. } | SendOutcome::Unknown { reason } => Err(Failure::Retryable(reason)),
            SendOutcome::Permanent { reason } | SendOutcome::Blocked { reason, .. } => {
                tracing::error!(tenant = %tenant.id, reason, "a notice was not taken");
                Ok(false)
            }
        }
    }
}

/// Those who are told of things and were not told of this one; an address that is named twice is one person's.
fn untold<'a>(tenant: &'a Tenant, told: &[Email]) -> BTreeSet<&'a Email> {
    tenant.notify.iter().filter(|to| !told.contains(to)).collect()
}
