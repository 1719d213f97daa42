//! All that an order is worked out from, read at once.

use domain::inventory::{Arrival, InventorySettings, Item, Known, OrderState, PurchaseOrder, Supplier};
use domain::scheduling::{Booking, BookingState};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use stock::BookedJob;

use super::keys::SETTINGS;
use super::orders::ORDERS_BACK;
use crate::{AppointmentFilter, Inventory, Versioned};

/// How far ahead visits are read: what is booked later comes into a later week's order.
const BOOKED_AHEAD: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How far back visits without parts count for what a visit uses.
const VISITS_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Pages of a hundred visits that are read of the past, the latest first.
const MOST_PAGES: usize = 30;
/// The future is read in windows of so many days, the nearest first and each to its end, so that the visits of the next days are never the ones
/// left out.
const WINDOW: SignedDuration = SignedDuration::from_hours(24 * 4);
/// So many visits that are coming are enough: those beyond are far ahead.
const MOST_COMING: usize = 3_000;

/// What is read, and the drafts of earlier weeks with their versions.
pub(super) struct Read {
    pub(super) known: Known,
    pub(super) drafts: Vec<Versioned<PurchaseOrder>>,
}

impl Inventory<'_> {
    /// How a business orders.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn settings(self, tenant: &TenantId) -> Result<Versioned<InventorySettings>, Failure> {
        match self.store.documents().get(tenant, SETTINGS).await {
            Err(Failure::Rejected { .. }) => Ok(Versioned { value: InventorySettings::default(), version: 0 }),
            other => other,
        }
    }

    /// What is known of a business's stock at `now`.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn known(self, tenant: &Tenant, now: Timestamp) -> Result<Known, Failure> {
        Ok(self.read(tenant, now).await?.known)
    }

    pub(super) async fn read(self, tenant: &Tenant, now: Timestamp) -> Result<Read, Failure> {
        let (id, zone, documents) = (&tenant.id, tenant.time_zone(), self.store.documents());
        let today = now.to_zoned(zone.clone()).date();
        let (past, future) = (now.saturating_add(-VISITS_BACK), now.saturating_add(BOOKED_AHEAD));
        let since = now.saturating_add(-ORDERS_BACK).unwrap_or(now);
        let (items, suppliers, settings) =
            tokio::try_join!(documents.all::<Item>(id), documents.all::<Supplier>(id), self.settings(id))?;
        let (levels, months, jobs, orders) = tokio::try_join!(
            self.levels(id),
            self.used_lately(id, today),
            self.jobs(id),
            self.orders_since(id, since)
        )?;
        let (before, ahead, weather) = tokio::try_join!(
            self.visits(id, (past.unwrap_or(now), now), MOST_PAGES),
            self.coming(id, now, future.unwrap_or(now)),
            self.weather(tenant, settings.value.deliver_to.as_ref(), (today, now))
        )?;
        let arrivals = orders.iter().flat_map(|order| Arrival::of(&order.value, &zone)).collect();
        let is_open = |order: &Versioned<PurchaseOrder>| {
            order.value.state == OrderState::Draft || order.value.state.is_incoming()
        };
        let orders: Vec<_> = orders.into_iter().filter(is_open).collect();
        let entered: BTreeSet<_> = jobs.iter().map(|job| job.appointment).collect();
        let without =
            before.iter().filter(|visit| visit.state == BookingState::Completed && !entered.contains(&visit.id));
        let job = |visit: &Booking| BookedJob {
            date: visit.starts_at.to_zoned(zone.clone()).date(),
            service: visit.service.to_string(),
        };
        let known = Known {
            today,
            items,
            suppliers,
            settings: settings.value,
            levels,
            months,
            without_parts: without.map(|visit| visit.service.to_string()).collect(),
            jobs,
            booked: ahead.iter().map(job).collect(),
            orders: orders.iter().map(|order| order.value.clone()).collect(),
            weather,
            arrivals,
        };
        let is_draft = |order: &Versioned<PurchaseOrder>| order.value.state == OrderState::Draft;
        Ok(Read { known, drafts: orders.into_iter().filter(is_draft).collect() })
    }

    /// The visits that are expected to take place, the nearest days first.
    async fn coming(self, tenant: &TenantId, now: Timestamp, end: Timestamp) -> Result<Vec<Booking>, Failure> {
        let mut coming: Vec<Booking> = Vec::new();
        for window in windows(now, end) {
            let visits = self.visits(tenant, window, usize::MAX).await?;
            coming.extend(visits.into_iter().filter(|visit| is_coming(visit, now)));
            if coming.len() >= MOST_COMING {
                break;
            }
        }
        Ok(coming)
    }

    async fn visits(
        self,
        tenant: &TenantId,
        (from, to): (Timestamp, Timestamp),
        most_pages: usize,
    ) -> Result<Vec<Booking>, Failure> {
        let filter = AppointmentFilter { from, to, resource: None, state: None };
        let (mut visits, mut cursor): (Vec<Booking>, Option<String>) = (Vec::new(), None);
        for _ in 0..most_pages {
            let page = self.store.appointments().list(tenant, &filter, 100, cursor.as_deref()).await?;
            visits.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(visits);
            }
        }
        tracing::warn!(%tenant, visits = visits.len(), "it has more visits than are read for an order");
        Ok(visits)
    }
}

/// The time between two moments in windows, one after the other.
fn windows(start: Timestamp, end: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let mut windows = Vec::new();
    let mut from = start;
    while from < end {
        let to = from.saturating_add(WINDOW).unwrap_or(end).min(end);
        windows.push((from, to));
        from = to;
    }
    windows
}

/// Whether a visit is expected to take place.
fn is_coming(visit: &Booking, now: Timestamp) -> bool {
    match visit.state {
        BookingState::Held => visit.held_until.is_some_and(|until| until > now),
        BookingState::Missed | BookingState::Cancelled | BookingState::Completed => false,
        BookingState::Booked
        | BookingState::Confirmed
        | BookingState::EnRoute
        | BookingState::Arrived
        | BookingState::Started => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_follow_each_other_to_the_end() {
        let now: Timestamp = "2026-11-30T07:00:00Z".parse().unwrap();
        let end = now + BOOKED_AHEAD + SignedDuration::from_hours(1);
        let windows = windows(now, end);
        assert_eq!((windows.len(), windows.first().unwrap().0, windows.last().unwrap().1), (16, now, end));
        assert!(windows.iter().zip(windows.iter().skip(1)).all(|(one, next)| one.1 == next.0));
    }
}
