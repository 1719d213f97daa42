//! Reads outside calendars: one record of the queue `Calendars`, one calendar.
//!
//! The busy times of a calendar are written into the days of its resources, where every booking sees them. A visit that is already there
//! stays: the staff get a task before the day is written. If a calendar cannot be read, its last busy times still count. Once they are too
//! old, each visit that was booked since is a task for somebody who can look there.
//!
//! Of several records for one reading the first counts. A reading that dies is done again at the calendar's next time, and doing half of
//! it twice does no harm. Calendars of accounts are written too: see [`account`].

mod account;

use calendar::{Feed, busy};
use connectors::calendars::Schedulers;
use connectors::feed::FeedReader;
use connectors::google::Google;
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::identity::AccountMail;
use domain::ids::{AppointmentId, LocationId, ResourceId};
use domain::journeys::CalendarTask;
use domain::scheduling::{
    Booking, CalendarHealth, CalendarKind, CalendarReading, DueCalendar, HORIZON_DAYS, OutsideCalendar, Resource, Span,
    is_ours,
};
use domain::tenancy::{Tenant, TenantStatus, known_location};
use domain::{Failure, TenantId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::{Queue, Work};
use secrecy::ExposeSecret as _;
use std::collections::BTreeSet;
use std::time::Duration;
use store::{AppointmentFilter, Store};

/// The most time one record takes: 30 s for the file, and the days of all resources.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(55);
/// Bookings that are read at once.
const PAGE: usize = 100;

/// What reading needs.
#[derive(Debug)]
pub struct Calendars {
    /// The table, and what opens the addresses in it.
    pub store: Store,
    /// Who reads calendar files.
    pub reader: FeedReader,
    /// Google, where Porchlight has a client there.
    pub google: Option<Google>,
    /// Schedulers that are read by a key.
    pub schedulers: Schedulers,
    /// The key that what accounts give is sealed with.
    pub kms_key_id: String,
    /// Where vendors post that something changed, and where a visit is found; without a path.
    pub public_url: String,
    /// Mails to whom a calendar has to be connected again.
    pub mails: Queue<AccountMail>,
}

/// What a calendar says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Reading {
    busy: Vec<Span>,
    /// When a scheduler does not offer anything, our own visits there left out.
    closed: Vec<Span>,
    /// How many events could not be read.
    unreadable: usize,
    /// Before this, a scheduler may keep a time closed because it is too near: a visit that begins before is no clash with that.
    untold_before: Option<Timestamp>,
}

impl Reading {
    /// Whether the staff are to hear that a visit is at a time that is taken.
    fn is_clash(&self, visit: &Booking) -> bool {
        let taken = Span { from: visit.taken_from, to: visit.taken_to };
        self.untold_before.is_none_or(|before| visit.starts_at >= before)
            || self.busy.iter().any(|span| span.overlaps(taken))
    }
}

impl Calendars {
    /// Does what a record asks for.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table, or what opens its secrets, does not answer; [`Failure::Permanent`]: no retry helps.
    pub async fn work(&self, record: &Work<DueCalendar>, now: Timestamp) -> Result<(), Failure> {
        match record {
            Work::Due(due) => self.sync(due, now).await,
            Work::Event(event) => self.heard(event, now).await,
        }
    }

    /// A visit changed: the calendars that show it are due at once.
    async fn heard(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        let (EventKind::AppointmentBooked { appointment, .. }
        | EventKind::AppointmentRescheduled { appointment, .. }
        | EventKind::AppointmentCancelled { appointment, .. }) = event.kind
        else {
            return Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name())));
        };
        let visit = self.visit(&event.tenant, appointment).await?;
        let calendars = self.store.outside_calendars();
        let mut first = None;
        for (id, kind) in calendars.that_show(&event.tenant, appointment, visit.as_ref()).await? {
            // `cron-calendars` finds it within a minute.
            let due = calendars.hasten(&event.tenant, id, now).await?;
            first = first.or(due.filter(|_| kind.is_scheduler()));
        }
        // Until a scheduler has it, someone may book the same time there: one is read at once, for which there is time.
        match first {
            Some(due) => self.sync(&due, now).await,
            None => Ok(()),
        }
    }

    /// Reads a calendar that is due, and lays what it says over the days.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table, or what opens its secrets, does not answer.
    pub async fn sync(&self, due: &DueCalendar, now: Timestamp) -> Result<(), Failure> {
        let (tenant, calendars) = (&due.tenant, self.store.outside_calendars());
        let Some(taken) = calendars.take(due, now).await? else { return self.forget_if_gone(due, now).await };
        let tenant = self.store.tenants().get(tenant).await?;
        if let Some(closing) = taken.calendar.closing {
            return self.close(&tenant, &taken, closing, now).await;
        }
        if tenant.status != TenantStatus::Active {
            // It stays due every 15 minutes, and is read again once its tenant is served again.
            return Ok(());
        }
        let resources: Vec<Resource> = self.store.documents().all(&tenant.id).await?;
        let id = taken.calendar.id;
        let health = match taken.calendar.kind {
            CalendarKind::Feed => self.sync_feed(&tenant, &taken.calendar, &resources, now).await?,
            _ => self.sync_account(&tenant, taken, &resources, now).await?,
        };
        if !calendars.finish(&tenant.id, id, &health).await? {
            // Removed meanwhile: what was written after that goes too.
            calendars.forget(&tenant.id, id, now).await?;
        }
        Ok(())
    }

    async fn sync_feed(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        resources: &[Resource],
        now: Timestamp,
    ) -> Result<CalendarHealth, Failure> {
        match self.read(tenant, calendar, resources, now).await? {
            Ok(reading) => self.taken_in(tenant, calendar, (resources, &reading), now).await,
            Err(why) => self.not_read(tenant, calendar, why, now).await,
        }
    }

    /// Lays a reading over the days; how it went.
    async fn taken_in(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        (resources, reading): (&[Resource], &Reading),
        now: Timestamp,
    ) -> Result<CalendarHealth, Failure> {
        let (busy, unreadable) = (&reading.busy, &reading.unreadable);
        let laid = self.lay(tenant, calendar, (resources, reading), now).await?;
        tracing::info!(tenant = %tenant.id, calendar = %calendar.id, busy = busy.len(), unreadable, "read");
        let next_at = OutsideCalendar::next_after(now);
        let (unreadable, laid) = (*unreadable, Some(laid));
        Ok(CalendarHealth { read_at: Some(now), error: None, reconnect: false, unreadable, laid, next_at })
    }

    /// What was known stays; what was booked since it is too old is to be checked.
    async fn not_read(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        why: String,
        now: Timestamp,
    ) -> Result<CalendarHealth, Failure> {
        tracing::warn!(tenant = %tenant.id, calendar = %calendar.id, reason = %why, "not read");
        if let Some(since) = calendar.unknown_since(now) {
            self.have_checked(tenant, calendar, since, now).await?;
        }
        let next_at = OutsideCalendar::next_after(now);
        Ok(CalendarHealth { error: Some(why), next_at, ..calendar.health.clone() })
    }

    async fn forget_if_gone(&self, due: &DueCalendar, now: Timestamp) -> Result<(), Failure> {
        let there = self.store.documents().get::<OutsideCalendar>(&due.tenant, &due.calendar.to_string()).await;
        match there {
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                self.store.outside_calendars().forget(&due.tenant, due.calendar, now).await
            }
            other => other.map(|_| ()),
        }
    }

    /// What the calendar says; within, why it could not be read, in words.
    async fn read(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        resources: &[Resource],
        now: Timestamp,
    ) -> Result<Result<Reading, String>, Failure> {
        let address = self.store.outside_calendars().address(&tenant.id, calendar.id).await?;
        let Some(address) = address else { return Ok(Err("its address is gone: connect it again".to_owned())) };
        let file = self.reader.read(address.expose_secret()).await;
        let zone = self.own_zone(tenant, calendar, resources).await?;
        Ok(file.and_then(|bytes| taken(&bytes, &zone, now)))
    }

    /// The zone of the place where the calendar's resource is.
    async fn own_zone(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        resources: &[Resource],
    ) -> Result<TimeZone, Failure> {
        let own = resources.iter().find(|resource| Some(&resource.id) == calendar.resource.as_ref());
        self.zone(tenant, own.and_then(|resource| resource.locations.first())).await
    }

    /// The zone of a place. Whole days, and times that name no zone, are of the one where the resource is.
    async fn zone(&self, tenant: &Tenant, place: Option<&LocationId>) -> Result<TimeZone, Failure> {
        let locations = self.store.tenants().locations(&tenant.id).await?;
        Ok(tenant.zone_at(known_location(&locations, place)))
    }

    /// Lays a reading over the days, which are left alone where they hold it already; its digest.
    async fn lay(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        (resources, reading): (&[Resource], &Reading),
        now: Timestamp,
    ) -> Result<String, Failure> {
        let busy: &[Span] = &[&reading.busy[..], &reading.closed].concat();
        let is_its = |id: &&ResourceId| calendar.resource.as_ref().is_none_or(|only| only == *id);
        let resources: Vec<ResourceId> =
            resources.iter().map(|resource| &resource.id).filter(is_its).cloned().collect();
        let outside = CalendarReading { calendar: calendar.id, resources: &resources, busy, now };
        let (digest, calendars) = (outside.digest(), self.store.outside_calendars());
        if calendar.health.laid.as_ref() == Some(&digest) {
            return Ok(digest);
        }
        if calendar.health.laid.is_some() {
            // A reading that breaks off leaves days of both: the next one may not take them for its own.
            let unsure = CalendarHealth { laid: None, ..calendar.health.clone() };
            calendars.note(&tenant.id, calendar.id, &unsure).await?;
        }
        let tell = async |clashes: &BTreeSet<AppointmentId>| {
            for id in clashes {
                let visit = self.visit(&tenant.id, *id).await?;
                if let Some(visit) = visit.filter(|visit| reading.is_clash(visit)) {
                    self.give(tenant, calendar, CalendarTask::Clash, &visit, now).await?;
                }
            }
            Ok(())
        };
        calendars.apply(&tenant.id, &outside, tell).await?;
        Ok(digest)
    }

    /// A booking that will take place; not one that was erased or is over.
    async fn visit(&self, tenant: &TenantId, id: AppointmentId) -> Result<Option<Booking>, Failure> {
        let booking = self.store.appointments().find(tenant, id).await?.map(|booking| booking.value);
        Ok(booking.filter(|booking| !booking.state.is_over()))
    }

    /// Has somebody look at each visit that was booked since nobody knows what the calendar says.
    async fn have_checked(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let to = now + SignedDuration::from_hours(24 * HORIZON_DAYS);
        let filter = AppointmentFilter { from: now, to, resource: calendar.resource.clone(), state: None };
        let mut cursor = None;
        loop {
            let page = self.store.appointments().list(&tenant.id, &filter, PAGE, cursor.as_deref()).await?;
            for visit in page.items.iter().filter(|visit| visit.is_booked_since(since)) {
                self.give(tenant, calendar, CalendarTask::Check, visit, now).await?;
            }
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    async fn give(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        what: CalendarTask,
        visit: &Booking,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let zone = self.zone(tenant, visit.location.as_ref()).await?;
        self.store.tasks().give(&tenant.id, &what.about(tenant, calendar, visit, &zone, now), now).await
    }
}

/// What a file says is taken by others than us.
fn taken(bytes: &[u8], zone: &TimeZone, now: Timestamp) -> Result<Reading, String> {
    let range = CalendarReading::range(now);
    let Feed { busy, refused, untold, .. } = busy(bytes, &(range.from..range.to), zone)
        .map_err(|why| format!("{why}: connect the address of a calendar"))?;
    let theirs = busy.into_iter().filter(|event| !is_ours(&event.uid));
    let busy = theirs.map(|event| Span { from: event.start, to: event.end }).collect();
    Ok(Reading { busy, unreadable: refused.len() + untold, ..Reading::default() })
}

#[cfg(test)]
mod tests;
