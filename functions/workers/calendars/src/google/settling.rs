//! Our visits in a calendar at Google: each is compared with what the calendar shows of it, and what [`settle`] says is done.
//!
//! A write names the version that was read; one that comes too late is left to the next reading. An event that is there already
//! when it is to be written is read and decided on. The staff hear of something before it is put back.

use connectors::google::{Session, Trouble, WrittenVisit};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::journeys::CalendarTask;
use domain::scheduling::{
    Booking, BookingState, CalendarSync, Outside, OutsideCalendar, Settling, ShownVisit, Span, Told, event_id, settle,
};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use store::{AppointmentFilter, Trace};

use super::Missed;
use crate::{Calendars, PAGE};

/// Changes of one reading; the next one does the rest.
const MOST: usize = 60;

/// Which calendar, and as of when.
pub(super) struct Place<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) calendar: &'a OutsideCalendar,
    /// Its id at Google.
    pub(super) chosen: &'a str,
    /// Where visits are found, without a path.
    pub(super) link: &'a str,
    pub(super) now: Timestamp,
}

/// What is to be compared, as text that is the same where nothing changed here.
pub(super) fn digest(calendar: &OutsideCalendar, visits: &[Booking]) -> String {
    let mut hasher = DefaultHasher::new();
    let mut all: Vec<_> = visits.iter().map(|visit| (visit.id, visit.starts_at, visit.ends_at, visit.state)).collect();
    all.sort_unstable();
    (calendar.shows_visits(), calendar.resource.as_ref().map(ToString::to_string), all).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl Calendars {
    /// The visits ahead that take the calendar's resource, whatever became of them.
    pub(super) async fn visits(
        &self,
        tenant: &TenantId,
        calendar: &OutsideCalendar,
        now: Timestamp,
    ) -> Result<Vec<Booking>, Failure> {
        let (to, resource) = (Outside::range(now).to, calendar.resource.clone());
        let filter = AppointmentFilter { from: now, to, resource, state: None };
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let page = self.store.appointments().list(tenant, &filter, PAGE, cursor.as_deref()).await?;
            all.extend(page.items.into_iter().filter(|visit| visit.state != BookingState::Held));
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// Settles all visits with what the calendar shows; whether nothing is left to do.
    pub(super) async fn settle(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        (visits, shown): (Vec<Booking>, Vec<ShownVisit>),
    ) -> Result<bool, Missed> {
        let mut visits: BTreeMap<AppointmentId, Booking> = visits.into_iter().map(|visit| (visit.id, visit)).collect();
        let shown: BTreeMap<AppointmentId, ShownVisit> =
            shown.into_iter().map(|shown| (shown.appointment, shown)).collect();
        let all: BTreeSet<AppointmentId> = visits.keys().chain(shown.keys()).copied().collect();
        let (mut left, mut is_done) = (MOST, true);
        for id in all.iter().copied() {
            let visit = match visits.remove(&id) {
                Some(visit) => Some(visit),
                None => self.store.appointments().find(&place.tenant.id, id).await?.map(|visit| visit.value),
            };
            let Some(settling) = decided(place, visit.as_ref(), shown.get(&id), sync) else { continue };
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
            is_done &= self.carry_out(place, session, sync, (id, visit, shown.get(&id)), settling).await?;
        }
        // What is neither ahead nor shown is nobody's concern any more.
        sync.written.retain(|id| all.contains(id));
        Ok(is_done)
    }

    /// Does one thing; whether it is done.
    async fn carry_out(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        (id, visit, shown): (AppointmentId, Option<Booking>, Option<&ShownVisit>),
        settling: Settling,
    ) -> Result<bool, Missed> {
        let Some(visit) = visit.filter(|_| settling != Settling::Remove) else {
            session.delete(place.chosen, &event_id(place.calendar.id, id)).await?;
            sync.written.remove(&id);
            return Ok(true);
        };
        let (visit, told) = match settling {
            Settling::Move(to) => match self.move_to(place, &visit, to).await? {
                Some(moved) => (moved, None),
                None => (visit, Some(Told::MovedThere)),
            },
            Settling::PutBack(told) => (visit, Some(told)),
            Settling::Write | Settling::Remove => (visit, None),
        };
        if let Some(told) = told {
            self.give(place.tenant, place.calendar, CalendarTask::PutBack(told), &visit, place.now).await?;
        }
        match shown {
            Some(shown) => over(place, session, sync, &visit, &shown.etag).await.map_err(Missed::from),
            None => self.write(place, session, sync, &visit).await,
        }
    }

    /// Writes a visit that the calendar did not show. Where an event has its id all the same, that is decided on.
    async fn write(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        visit: &Booking,
    ) -> Result<bool, Missed> {
        let written = place.written(visit);
        match session.insert(place.chosen, &written).await {
            Ok(()) => {
                sync.written.insert(visit.id);
                return Ok(true);
            }
            Err(Trouble::Duplicate) => {}
            Err(trouble) => return Err(trouble.into()),
        }
        let event = session.event(place.chosen, &written.id).await?;
        if event.is_cancelled() {
            return Ok(over(place, session, sync, visit, &event.etag).await?);
        }
        // It is outside of what was read, or was written by a reading that died.
        let shown = event.shown(visit.id);
        match decided(place, Some(visit), Some(&shown), sync) {
            Some(Settling::Move(to)) => {
                let moved = self.move_to(place, visit, to).await?;
                let visit = match moved {
                    Some(moved) => moved,
                    None => {
                        let what = CalendarTask::PutBack(Told::MovedThere);
                        self.give(place.tenant, place.calendar, what, visit, place.now).await?;
                        visit.clone()
                    }
                };
                Ok(over(place, session, sync, &visit, &shown.etag).await?)
            }
            Some(_) => Ok(over(place, session, sync, visit, &shown.etag).await?),
            None => {
                sync.written.insert(visit.id);
                Ok(true)
            }
        }
    }

    /// Moves a visit as somebody moved its event; `None`: it cannot be then.
    async fn move_to(&self, place: &Place<'_>, visit: &Booking, to: Timestamp) -> Result<Option<Booking>, Failure> {
        let correlation_id = place.calendar.id.to_string();
        let trace = Trace { actor: Actor::System, at: place.now, address: None, correlation_id };
        let appointments = self.store.appointments();
        match appointments.move_to(place.tenant, visit.id, to, &visit.resources, &trace).await {
            Ok(moved) => Ok(Some(moved.value)),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                Err(Failure::Retryable("the visit was erased meanwhile".to_owned()))
            }
            Err(Failure::Rejected { .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

fn decided(
    place: &Place<'_>,
    visit: Option<&Booking>,
    shown: Option<&ShownVisit>,
    sync: &CalendarSync,
) -> Option<Settling> {
    let id = visit.map(|visit| visit.id).or(shown.map(|shown| shown.appointment))?;
    settle(visit, shown, (place.calendar.resource.as_ref(), sync.written.contains(&id)), place.now)
}

/// Writes a visit over the version of its event that was read; whether it was still that one.
async fn over(
    place: &Place<'_>,
    session: &mut Session<'_>,
    sync: &mut CalendarSync,
    visit: &Booking,
    etag: &str,
) -> Result<bool, Trouble> {
    match session.patch(place.chosen, &place.written(visit), etag).await {
        Ok(()) => {
            sync.written.insert(visit.id);
            Ok(true)
        }
        Err(Trouble::Changed | Trouble::NotFound | Trouble::Gone) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

impl Place<'_> {
    fn written(&self, visit: &Booking) -> WrittenVisit {
        WrittenVisit {
            id: event_id(self.calendar.id, visit.id),
            tenant: self.tenant.id.clone(),
            summary: visit.service_name.clone(),
            link: Some(format!("{}/app/calendar/{}", self.link, visit.id)),
            time: Span { from: visit.starts_at, to: visit.ends_at },
        }
    }
}
