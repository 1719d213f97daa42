//! The end of a calendar of an account: our visits are taken out where that is wanted, channels are stopped, and our token is deleted
//! with the calendar. Each step may be done twice.
//!
//! The consent is not taken back at Google: that ends all tokens that the account gave our client, also those of other calendars,
//! and of other tenants.

use connectors::calendars::Trouble;
use domain::identity::Actor;
use domain::scheduling::{CalendarReading, Closing, OutsideCalendar, event_id, retry_after};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use store::{TakenCalendar, Trace};

use super::{Missed, SOON};
use crate::Calendars;

/// For so long it is tried while the vendor is not to be reached; then the calendar goes all the same.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Events that are taken out in one go.
const MOST: usize = 60;

impl Calendars {
    /// Ends what is between the vendor and us, and removes the calendar.
    pub(crate) async fn close(
        &self,
        tenant: &Tenant,
        taken: &TakenCalendar,
        closing: Closing,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let (id, calendars) = (taken.calendar.id, self.store.outside_calendars());
        // A reading that had begun before may have laid days since, and whoever asked may have ended before they were cleared.
        calendars.forget(&tenant.id, id, now).await?;
        let is_tried_long = now.duration_since(closing.since) > TRIED_FOR;
        let ended = if is_tried_long { Ok(true) } else { self.end(&tenant.id, taken, closing, now).await };
        let next = match ended {
            Ok(true) => {
                let correlation_id = id.to_string();
                let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
                return calendars.remove(&tenant.id, id, &trace).await;
            }
            Ok(false) => now + SOON,
            Err(Missed::Failed(failure)) => return Err(failure),
            Err(Missed::Trouble(trouble)) => {
                tracing::warn!(tenant = %tenant.id, calendar = %id, reason = %trouble, "not ended yet");
                retry_after(taken.sync.failures, 0, now)
            }
            Err(Missed::Waits(..)) => OutsideCalendar::next_after(now),
        };
        calendars.hasten(&tenant.id, id, next).await?;
        calendars.finish(&tenant.id, id, &taken.calendar.health).await.map(drop)
    }

    /// Whether all has ended.
    async fn end(
        &self,
        tenant: &TenantId,
        taken: &TakenCalendar,
        closing: Closing,
        now: Timestamp,
    ) -> Result<bool, Missed> {
        let calendar = &taken.calendar;
        let Some(mut session) = self.last_session(tenant, calendar).await? else { return Ok(true) };
        let chosen = calendar.account.as_ref().and_then(|account| account.calendar.as_deref());
        let mut sync = taken.sync.clone();
        if let Some(chosen) = chosen.filter(|_| closing.remove_events && !sync.written.is_empty()) {
            passes(session.look(chosen, CalendarReading::range(now), now).await)?;
            for visit in taken.sync.written.iter().take(MOST) {
                passes(session.delete(chosen, &event_id(calendar.id, *visit)).await)?;
                sync.written.remove(visit);
            }
            if !sync.written.is_empty() {
                self.store.outside_calendars().remember(tenant, calendar.id, &sync).await?;
                return Ok(false);
            }
        }
        for channel in &sync.channels {
            if let Some(resource) = &channel.resource {
                passes(session.stop(&channel.id, resource).await)?;
            }
        }
        Ok(true)
    }
}

/// What a vendor refuses for good holds nothing up.
fn passes(done: Result<(), Trouble>) -> Result<(), Trouble> {
    match done {
        Err(busy @ Trouble::Busy(..)) => Err(busy),
        _ => Ok(()),
    }
}
