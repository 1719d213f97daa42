//! The end of a calendar of an account: our visits are taken out where that is wanted, channels are stopped, and our token is deleted
//! with the calendar. Each step may be done twice.
//!
//! The consent is not taken back at Google: that ends all tokens that the account gave our client, also those of other calendars,
//! and of other tenants.

use connectors::calendars::Trouble;
use domain::Failure;
use domain::identity::Actor;
use domain::journeys::CalendarTask;
use domain::scheduling::{Closing, OutsideCalendar, event_id, retry_after};
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::{TakenCalendar, Trace};

use super::{Missed, SOON, whole};
use crate::Calendars;

/// For so long it is tried while the vendor is not to be reached or refuses; then the calendar goes all the same, and the staff hear of what
/// is left there.
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
        let ended = self.end(tenant, taken, closing, now).await;
        let ended = match ended {
            Err(Missed::Trouble(trouble)) if is_tried_long || trouble == Trouble::LockedOut => {
                tracing::warn!(tenant = %tenant.id, calendar = %id, reason = %trouble, "what is left there is told");
                self.tell_left(tenant, taken, closing, now).await?;
                Ok(true)
            }
            ended => ended,
        };
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

    /// The staff take out what could not be taken out.
    async fn tell_left(
        &self,
        tenant: &Tenant,
        taken: &TakenCalendar,
        closing: Closing,
        now: Timestamp,
    ) -> Result<(), Failure> {
        // Some went at an earlier try.
        let sync = self.store.outside_calendars().remembered(&tenant.id, taken.calendar.id).await?;
        for id in sync.written.iter().filter(|_| closing.remove_events) {
            if let Some(visit) = self.visit(&tenant.id, *id).await?.filter(|visit| visit.ends_at > now) {
                self.give(tenant, &taken.calendar, CalendarTask::LeftThere, &visit, now).await?;
            }
        }
        Ok(())
    }

    /// Whether all has ended.
    async fn end(
        &self,
        tenant: &Tenant,
        taken: &TakenCalendar,
        closing: Closing,
        now: Timestamp,
    ) -> Result<bool, Missed> {
        let calendar = &taken.calendar;
        let Some(mut session) = self.last_session(&tenant.id, calendar).await? else {
            return Err(Trouble::LockedOut.into());
        };
        let chosen = calendar.account.as_ref().and_then(|account| account.calendar.as_deref());
        let mut sync = taken.sync.clone();
        if let Some(chosen) = chosen.filter(|_| closing.remove_events && !sync.written.is_empty()) {
            let (mut etags, mut refused) = (BTreeMap::new(), None);
            if calendar.kind.is_scheduler() {
                let others = self.others(&tenant.id, calendar).await?;
                let of = (&tenant.id, calendar, chosen);
                let seen = whole(&mut session, of, (&mut sync, &[], &others), &TimeZone::UTC, now).await;
                // What was looked into is not looked into again.
                self.store.outside_calendars().remember(&tenant.id, calendar.id, &sync).await?;
                etags.extend(seen?.shown.into_iter().map(|shown| (shown.appointment, shown.etag)));
            }
            for visit in taken.sync.written.iter().take(MOST) {
                let etag = etags.get(visit).map(String::as_str);
                match session.delete(chosen, &event_id(calendar.id, *visit), etag).await {
                    Ok(()) => drop(sync.written.remove(visit)),
                    Err(trouble @ (Trouble::Busy(..) | Trouble::LockedOut)) => {
                        refused = Some(trouble);
                        break;
                    }
                    Err(trouble) => drop(refused.get_or_insert(trouble)),
                }
            }
            self.store.outside_calendars().remember(&tenant.id, calendar.id, &sync).await?;
            if let Some(refused) = refused {
                return Err(refused.into());
            }
            if !sync.written.is_empty() {
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

/// A channel that a vendor does not end for good holds nothing up: it ends by itself, or is answered no more.
fn passes(done: Result<(), Trouble>) -> Result<(), Trouble> {
    match done {
        Err(busy @ Trouble::Busy(..)) => Err(busy),
        _ => Ok(()),
    }
}
