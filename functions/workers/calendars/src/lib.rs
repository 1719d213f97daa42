//! Reads outside calendars: one record of the queue `Calendars`, one calendar.
//!
//! What a calendar says is taken is written into the days of its resources, where every booking sees it. A visit that stands
//! there already stays: the staff get a task before the day is written. Where a calendar cannot be read, what it said last
//! still takes time; once that is too old, each visit that was booked since is a task for somebody who can look there.
//!
//! Of several records for one reading the first counts. One that dies in between is done again at the calendar's next time,
//! and a reading that was done halfway is the same as one that was not.

use calendar::{Feed, busy};
use connectors::feed::FeedReader;
use domain::failure::Rejection;
use domain::ids::{AppointmentId, ResourceId};
use domain::journeys::CalendarTask;
use domain::scheduling::{
    Booking, CalendarHealth, CalendarKind, DueSync, HORIZON_DAYS, Outside, OutsideCalendar, Resource, Span, is_ours,
};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
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
}

/// What a calendar says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Reading {
    busy: Vec<Span>,
    /// How many events could not be read.
    unreadable: usize,
}

impl Calendars {
    /// Reads a calendar that is due, and lays what it says over the days.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table, or what opens its secrets, does not answer.
    pub async fn sync(&self, due: &DueSync, now: Timestamp) -> Result<(), Failure> {
        let (tenant, calendars) = (&due.tenant, self.store.outside_calendars());
        let Some(calendar) = calendars.take(due, now).await? else { return self.forget_if_gone(due, now).await };
        let tenant = self.store.tenants().get(tenant).await?;
        let next_at = OutsideCalendar::next_after(now);
        let health = match self.read(&tenant, &calendar, now).await? {
            Ok(Reading { busy, unreadable }) => {
                self.apply(&tenant, &calendar, &busy, now).await?;
                tracing::info!(tenant = %tenant.id, calendar = %calendar.id, busy = busy.len(), unreadable, "read");
                CalendarHealth { read_at: Some(now), error: None, unreadable, next_at }
            }
            Err(why) => {
                tracing::warn!(tenant = %tenant.id, calendar = %calendar.id, reason = %why, "not read");
                if let Some(since) = calendar.unknown_since(now) {
                    self.have_checked(&tenant, &calendar, since, now).await?;
                }
                CalendarHealth { error: Some(why), next_at, ..calendar.health.clone() }
            }
        };
        if !calendars.note(&tenant.id, calendar.id, &health).await? {
            // Removed meanwhile: what was written after that goes too.
            calendars.forget(&tenant.id, calendar.id, now).await?;
        }
        Ok(())
    }

    async fn forget_if_gone(&self, due: &DueSync, now: Timestamp) -> Result<(), Failure> {
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
        now: Timestamp,
    ) -> Result<Result<Reading, String>, Failure> {
        let address = self.store.outside_calendars().address(&tenant.id, calendar.id).await?;
        let Some(address) = address else { return Ok(Err("its address is gone: connect it again".to_owned())) };
        let file = match calendar.kind {
            CalendarKind::Feed => self.reader.read(address.expose_secret()).await,
        };
        let zone = self.zone(tenant, calendar).await?;
        Ok(file.and_then(|bytes| taken(&bytes, &zone, now)))
    }

    /// The zone of whole days and of times that name none: that of the place where the resource is.
    async fn zone(&self, tenant: &Tenant, calendar: &OutsideCalendar) -> Result<TimeZone, Failure> {
        let resources: Vec<Resource> = self.store.documents().all(&tenant.id).await?;
        let own = resources.iter().find(|resource| Some(&resource.id) == calendar.resource.as_ref());
        let place = own.and_then(|resource| resource.locations.first());
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let place = place.and_then(|id| locations.iter().find(|location| location.id == *id));
        Ok(place.map_or_else(|| tenant.time_zone(), |location| location.time_zone(tenant)))
    }

    async fn apply(
        &self,
        tenant: &Tenant,
        calendar: &OutsideCalendar,
        busy: &[Span],
        now: Timestamp,
    ) -> Result<(), Failure> {
        let resources: Vec<ResourceId> = match &calendar.resource {
            Some(id) => vec![id.clone()],
            None => {
                let all: Vec<Resource> = self.store.documents().all(&tenant.id).await?;
                all.into_iter().map(|resource| resource.id).collect()
            }
        };
        let outside = Outside { calendar: calendar.id, resources: &resources, busy, now };
        let tell = async |clashes: &BTreeSet<AppointmentId>| {
            for id in clashes {
                if let Some(visit) = self.visit(&tenant.id, *id).await? {
                    self.give(tenant, calendar, CalendarTask::Clash, &visit, now).await?;
                }
            }
            Ok(())
        };
        self.store.outside_calendars().apply(&tenant.id, &outside, tell).await
    }

    /// A booking that will take place; one that was erased or is over is nobody's concern.
    async fn visit(&self, tenant: &TenantId, id: AppointmentId) -> Result<Option<Booking>, Failure> {
        match self.store.appointments().get(tenant, id).await {
            Ok(booking) => Ok(Some(booking.value).filter(|booking| !booking.state.is_over())),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
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
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let place = locations.iter().find(|location| Some(&location.id) == visit.location.as_ref());
        let zone = place.map_or_else(|| tenant.time_zone(), |location| location.time_zone(tenant));
        self.store.tasks().give(&tenant.id, &what.about(tenant, calendar, visit, &zone, now), now).await
    }
}

/// What a file says is taken by others than us.
fn taken(bytes: &[u8], zone: &TimeZone, now: Timestamp) -> Result<Reading, String> {
    let range = Outside::range(now);
    let Feed { busy, refused, untold, .. } = busy(bytes, &(range.from..range.to), zone)
        .map_err(|why| format!("{why}: connect the address of a calendar"))?;
    let theirs = busy.into_iter().filter(|event| !is_ours(&event.uid));
    let busy = theirs.map(|event| Span { from: event.start, to: event.end }).collect();
    Ok(Reading { busy, unreadable: refused.len() + untold })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::scheduling::uid;
    use std::path::PathBuf;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Timestamp {
        at("2026-12-01T08:00:00Z")
    }

    fn denver() -> TimeZone {
        TimeZone::get("America/Denver").unwrap()
    }

    /// What a file with these events says, each its lines.
    fn said(events: &[&str]) -> Result<Reading, String> {
        let events = events.iter().map(|lines| format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n"));
        let file = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.collect::<String>());
        taken(file.as_bytes(), &denver(), now())
    }

    #[test]
    fn whole_days_and_times_without_a_zone_are_of_the_place_and_series_come_as_often_as_they_do() {
        let reading = said(&[
            "UID:a\r\nDTSTART;VALUE=DATE:20261203",
            "UID:b\r\nDTSTART:20261204T090000\r\nDTEND:20261204T100000",
            "UID:c\r\nDTSTART:20261207T150000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2",
        ]);
        let span = |from, to| Span { from: at(from), to: at(to) };
        let expected = [
            span("2026-12-03T07:00:00Z", "2026-12-04T07:00:00Z"),
            span("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z"),
            span("2026-12-07T15:00:00Z", "2026-12-07T16:00:00Z"),
            span("2026-12-14T15:00:00Z", "2026-12-14T16:00:00Z"),
        ];
        assert_eq!(reading.unwrap().busy, expected);
    }

    #[test]
    fn what_is_free_called_off_ours_over_or_unreadable_takes_no_time() {
        let ours = uid(AppointmentId::derive(&TenantId::new("acme").unwrap(), &["a"]));
        let hour = "DTSTART:20261204T090000Z\r\nDTEND:20261204T100000Z";
        let reading = said(&[
            &format!("UID:a\r\n{hour}\r\nTRANSP:TRANSPARENT"),
            &format!("UID:b\r\n{hour}\r\nSTATUS:CANCELLED"),
            &format!("UID:{ours}\r\n{hour}"),
            "UID:d\r\nDTSTART:20261130T090000Z\r\nDTEND:20261130T100000Z",
            "UID:e\r\nDTSTART:tomorrow",
        ]);
        assert_eq!(reading, Ok(Reading { busy: Vec::new(), unreadable: 1 }));
    }

    #[test]
    fn a_page_that_is_no_calendar_is_told_of_in_words() {
        let why = taken(b"<html>Sign in</html>", &denver(), now()).unwrap_err();
        assert_eq!(why, "the file is no calendar: connect the address of a calendar");
        assert!(taken(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", &denver(), now()).unwrap_err().contains("breaks off"));
    }

    #[test]
    #[ignore = "needs calendars of other programs: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
    fn calendars_of_other_programs_are_read_or_refused_in_words_and_laid_over_the_days_once() {
        let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("icalendar");
        let (tenant, ana) = (TenantId::new("acme").unwrap(), [ResourceId::new("ana").unwrap()]);
        let calendar = domain::ids::OutsideCalendarId::derive(&tenant, &["c"]);
        let mut read = 0;
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_none_or(|extension| extension != "ics") {
                continue;
            }
            let bytes = std::fs::read(&file).unwrap();
            // Their events lie anywhere in the last 30 years.
            for year in 1995..2027 {
                let now = at(&format!("{year}-03-01T00:00:00Z"));
                let Ok(Reading { busy, .. }) = taken(&bytes, &denver(), now) else { continue };
                let outside = Outside { calendar, resources: &ana, busy: &busy, now };
                let plan = outside.plan(&[]);
                assert_eq!(outside.plan(&plan.days).days, [], "{}", file.display());
                read += 1;
            }
        }
        assert!(read > 32 * 60, "{read}");
    }
}
