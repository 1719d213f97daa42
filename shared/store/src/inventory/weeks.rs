//! The orders of a week: drafted once, all together or not at all.

use domain::events::{Event, EventKind};
use domain::ids::PlaceId;
use domain::inventory::{OrderWeek, PurchaseOrder, SHOP, WhyCancelled, delivery_lines, drafts};
use domain::messaging::Email;
use domain::tenancy::Tenant;
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;

use super::known::Read;
use super::orders::order_item;
use crate::table::documents::busy;
use crate::table::item::{Item, from_item, number, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::{Inventory, OutboxRow};

const WEEK: &str = "order_week";

/// What came of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Week {
    /// Its orders are drafted, by this call or by one before.
    Drafted(OrderWeek),
    /// There is nothing to draft, and why.
    Skipped(&'static str),
}

impl Inventory<'_> {
    /// What came of a week.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) where it was not planned, or nothing was drafted.
    pub async fn week(self, tenant: &TenantId, week: &str) -> Result<OrderWeek, Failure> {
        let item = self.store.item(WEEK, &keys::of(tenant).order_week(week)).await?;
        from_item(WEEK, &item.ok_or_else(|| Failure::not_found("order week"))?)
    }

    /// Drafts the orders of a week: one for each supplier, with the drafts of earlier weeks that no one decided about cancelled, the mark that
    /// the week was done, and the events by which documents are made and the owner hears of it. All in one transaction; a repeat
    /// finds it done.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer or someone decides about a draft at this moment.
    pub async fn draft_week(
        self,
        tenant: &Tenant,
        week: &str,
        correlation_id: &str,
        now: Timestamp,
    ) -> Result<Week, Failure> {
        match self.week(&tenant.id, week).await {
            Ok(done) => return Ok(Week::Drafted(done)),
            Err(Failure::Rejected { .. }) => {}
            Err(failure) => return Err(failure),
        }
        let today = now.to_zoned(tenant.time_zone()).date();
        if is_over(week, today) {
            return Ok(Week::Skipped("too_late"));
        }
        let read = self.read(tenant, now).await?;
        if !read.known.settings.weekly {
            return Ok(Week::Skipped("switched_off"));
        }
        if !read.known.items.iter().any(|item| item.active) {
            return Ok(Week::Skipped("no_items"));
        }
        let plan = read.known.plan();
        let shop = PlaceId::new(SHOP).map_err(|failure| Failure::Permanent(failure.to_string()))?;
        let deliver_to = read.known.settings.deliver_to.clone().unwrap_or(shop);
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let deliver_lines = delivery_lines(tenant, &locations, &deliver_to);
        let place = (&deliver_to, deliver_lines.as_slice());
        let (orders, left_out) = drafts(tenant, week, (&read.known, &plan), place, now);
        let is_any_draft = !read.drafts.is_empty();
        if orders.is_empty() && left_out.is_empty() && !is_any_draft {
            return Ok(Week::Skipped("nothing_needed"));
        }
        let points = plan
            .reorder_points
            .iter()
            .filter_map(|(item, point)| Some((domain::ids::ItemId::new(item.as_str()).ok()?, *point)));
        let done = OrderWeek {
            week: week.to_owned(),
            planned_at: now,
            orders: orders.iter().map(|order| order.id).collect(),
            left_out,
            reorder_points: points.collect(),
            told: Vec::new(),
        };
        let writes = self.week_writes(&tenant.id, &done, &orders, &read, correlation_id)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Week::Drafted(done)),
            Ran::Refused(positions) if positions.contains(&0) => self.week(&tenant.id, week).await.map(Week::Drafted),
            Ran::Refused(_) | Ran::Raced => Err(busy(WEEK)),
        }
    }

    /// Notes that `to` was told which orders of a week wait. Of a week that was erased meanwhile nothing comes back.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_told(self, tenant: &TenantId, week: &str, to: &Email) -> Result<(), Failure> {
        self.store.note_told(WEEK, &keys::of(tenant).order_week(week), to).await
    }

    fn week_writes(
        self,
        tenant: &TenantId,
        done: &OrderWeek,
        orders: &[PurchaseOrder],
        read: &Read,
        correlation_id: &str,
    ) -> Result<Writes, Failure> {
        let now = done.planned_at;
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(week_item(tenant, done)?)?;
        for order in orders {
            writes.put_version(order_item(tenant, order)?, 0)?;
        }
        for draft in read.drafts.iter().filter(|draft| !done.orders.contains(&draft.value.id)) {
            if let Some(replaced) = draft.value.cancelled(WhyCancelled::Replaced, now)? {
                writes.put_version(order_item(tenant, &replaced)?, draft.version)?;
            }
        }
        if !orders.is_empty() {
            writes.outbox(&week_row(tenant, done, orders, correlation_id))?;
        }
        Ok(writes)
    }
}

fn week_item(tenant: &TenantId, week: &OrderWeek) -> Result<Item, Failure> {
    let mut item = to_item(WEEK, &keys::of(tenant).order_week(&week.week), week)?;
    let end = week.planned_at.saturating_add(OrderWeek::KEPT_FOR);
    let end = end.map_err(|error| Failure::Permanent(error.to_string()))?;
    item.insert("expires_at".to_owned(), number(end.as_second()));
    Ok(item)
}

/// Whether a week such as `2026-W49` was over before `today`: its run came late, and newer drafts are not to make room for it.
fn is_over(week: &str, today: jiff::civil::Date) -> bool {
    let of_today = today.iso_week_date();
    let of_today = format!("{:04}-W{:02}", of_today.year(), of_today.week());
    week < of_today.as_str()
}

/// The events of a week: each order is to have its document, and the owner is to hear of them.
fn week_row(tenant: &TenantId, done: &OrderWeek, orders: &[PurchaseOrder], correlation_id: &str) -> OutboxRow {
    let event = |cause: &str, kind| Event {
        id: EventId::derive(tenant, &["order_week", &done.week, cause]),
        tenant: tenant.clone(),
        at: done.planned_at,
        correlation_id: correlation_id.to_owned(),
        kind,
    };
    let drafted = orders.iter().map(|order| {
        let kind = EventKind::OrderDrafted { order: order.id, digest: order.digest(tenant) };
        event(&order.id.to_string(), kind)
    });
    let waiting = event("waiting", EventKind::OrdersWaiting { week: done.week.clone() });
    let events: Vec<Event> = drafted.chain([waiting]).collect();
    let id = EventId::derive(tenant, &["outbox", "order_week", &done.week]);
    OutboxRow::new(id, tenant.clone(), &events, done.planned_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_is_over_when_another_began() {
        let over = |week| is_over(week, date(2027, 1, 4));
        assert_eq!([over("2026-W53"), over("2027-W01"), over("2027-W02")], [true, false, false]);
        assert!(
            !is_over("2026-W53", date(2027, 1, 3)),
            "the first days of a year belong to the last week of the other"
        );
    }
}
