//! Our visits in a calendar of an account: each is compared with what the calendar shows of it, and [`settle`] says what to do.
//!
//! A write names the version that was read; one that comes too late is left to the next reading. If an event exists already when it is to
//! be written, it is read and decided on. The staff are told before something is put back. A visit that the vendor refuses does not hold
//! up the others. One that a scheduler refuses is a task for the staff, and is tried again hours later. If the scheduler takes no bookings
//! for now, cancellations still go out.

use connectors::calendars::{Event, Session, Trouble, WrittenVisit};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::journeys::CalendarTask;
use domain::scheduling::{
    Booking, BookingState, CalendarAccount, CalendarKind, CalendarReading, CalendarSync, OutsideCalendar, RefusedVisit,
    Settling, ShownVisit, Span, Told, event_id, settle,
};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use store::{AppointmentFilter, Trace};

use super::Missed;
use crate::{Calendars, PAGE};

/// Changes of one reading; the next one does the rest.
const MOST: usize = 60;
/// Why a visit is not written that lasts longer or shorter than what is booked there.
const OTHER_LENGTH: &str = "it is of another length";

/// How far settling came.
#[derive(Default)]
pub(super) struct Settled {
    /// Whether something is left to do that can be done at once.
    pub(super) is_more: bool,
    /// How many visits the vendor refuses, and why the first of them.
    refused: Option<(usize, Trouble)>,
    /// Why a scheduler takes no more bookings at the moment.
    pub(super) busy: Option<Trouble>,
}

impl Settled {
    fn count(&mut self, why: Trouble) {
        self.refused.get_or_insert((0, why)).0 += 1;
    }

    /// What the vendor refuses, in words for the health line.
    pub(super) fn refused(&self) -> Option<String> {
        let (visits, why) = self.refused.as_ref()?;
        if matches!(why, Trouble::Changed) {
            return Some(why.to_string());
        }
        let why = word(why);
        Some(format!(
            "{visits} of our visits cannot be written there ({why}): see whether the time is open there, and the account may write"
        ))
    }
}

/// Which calendar, and as of when.
pub(super) struct Place<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) calendar: &'a OutsideCalendar,
    /// Its id there.
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
    /// The visits ahead that take the calendar's resource, whatever happened to them.
    pub(super) async fn visits(
        &self,
        tenant: &TenantId,
        calendar: &OutsideCalendar,
        now: Timestamp,
    ) -> Result<Vec<Booking>, Failure> {
        let (to, resource) = (CalendarReading::range(now).to, calendar.resource.clone());
        // What a scheduler calls taken because a visit of ours is under way is no clash with it.
        let begun = SignedDuration::from_hours(if calendar.kind.is_scheduler() { 24 } else { 0 });
        let from = now.checked_sub(begun).unwrap_or(now);
        let filter = AppointmentFilter { from, to, resource, state: None };
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

    /// Settles all visits with what the calendar shows.
    pub(super) async fn settle(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        (visits, shown): (Vec<Booking>, Vec<ShownVisit>),
    ) -> Result<Settled, Missed> {
        let mut visits: BTreeMap<AppointmentId, Booking> = visits.into_iter().map(|visit| (visit.id, visit)).collect();
        let shown: BTreeMap<AppointmentId, ShownVisit> =
            shown.into_iter().map(|shown| (shown.appointment, shown)).collect();
        let all: BTreeSet<AppointmentId> = visits.keys().chain(shown.keys()).copied().collect();
        let (mut left, mut settled) = (MOST, Settled::default());
        // Not always the same first: where many are refused, the others have their turn.
        let first = usize::try_from(place.now.as_second()).unwrap_or(0) % all.len().max(1);
        for id in all.iter().copied().cycle().skip(first).take(all.len()) {
            let visit = match visits.remove(&id) {
                Some(visit) => Some(visit),
                None => self.store.appointments().find(&place.tenant.id, id).await?.map(|visit| visit.value),
            };
            let settling = decided(place, visit.as_ref(), shown.get(&id), sync);
            if shown.contains_key(&id) && settling != Some(Settling::Remove) {
                // An answer that was lost: it is ours all the same.
                sync.written.insert(id);
            }
            let Some(settling) = settling else { continue };
            if let Some(visit) = visit.as_ref().filter(|_| settling != Settling::Remove && place.is_scheduler()) {
                if settled.busy.is_some() {
                    continue;
                }
                if !place.fits(visit) && !shown.contains_key(&id) {
                    self.refuse(place, sync, &mut settled, (visit, OTHER_LENGTH.to_owned())).await?;
                    continue;
                }
                let is_moved = matches!(settling, Settling::Move(_));
                let holds = |it: &&RefusedVisit| !is_moved && it.holds(visit.starts_at, place.now);
                if let Some(refused) = sync.refused.get(&id).filter(holds) {
                    settled.count(Trouble::Refused(refused.why.clone()));
                    continue;
                }
            }
            if left == 0 {
                // What was refused is not asked again at once.
                settled.is_more = settled.refused.is_none();
                return Ok(settled);
            }
            left -= 1;
            let carried_out = self.carry_out(place, session, sync, (id, visit.clone(), shown.get(&id)), settling).await;
            match (carried_out, visit) {
                (Ok(is_done), _) => {
                    sync.refused.remove(&id);
                    // Where a scheduler showed a booking of ours, it is open again: only its next answer says so. Shopmonkey never does.
                    let says_open = place.is_scheduler() && place.calendar.kind != CalendarKind::Shopmonkey;
                    let frees = says_open && shown.contains_key(&id);
                    settled.is_more |= !is_done || frees;
                }
                (Err(Missed::Trouble(busy @ Trouble::Busy(..))), _)
                    if place.is_scheduler() && settling != Settling::Remove =>
                {
                    settled.busy = Some(busy);
                }
                (Err(Missed::Trouble(why)), visit) if !concerns_all(&why) => {
                    tracing::warn!(calendar = %place.calendar.id, appointment = %id, reason = %why, "not written");
                    match visit.filter(|_| place.is_scheduler() && settling != Settling::Remove) {
                        Some(visit) => self.refuse(place, sync, &mut settled, (&visit, word(&why))).await?,
                        None => settled.count(why),
                    }
                }
                (Err(missed), _) => return Err(missed),
            }
        }
        sync.refused.retain(|id, _| all.contains(id));
        // What is neither ahead nor shown needs nothing any more.
        sync.written.retain(|id| all.contains(id));
        Ok(settled)
    }

    /// The staff enter there what a scheduler refuses; it is tried again hours later.
    async fn refuse(
        &self,
        place: &Place<'_>,
        sync: &mut CalendarSync,
        settled: &mut Settled,
        (visit, why): (&Booking, String),
    ) -> Result<(), Failure> {
        settled.count(Trouble::Refused(why.clone()));
        // It may have been moved by the same step, and is asked for as it is now.
        let visit = self.visit(&place.tenant.id, visit.id).await?.unwrap_or_else(|| visit.clone());
        if sync.refused.get(&visit.id).is_none_or(|it| !it.holds(visit.starts_at, place.now)) {
            self.give(place.tenant, place.calendar, CalendarTask::NotWritten, &visit, place.now).await?;
            sync.refused.insert(visit.id, RefusedVisit::new(visit.starts_at, why, place.now));
        }
        Ok(())
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
            let etag = shown.map(|shown| shown.etag.as_str());
            session.delete(place.chosen, &event_id(place.calendar.id, id), etag).await?;
            sync.written.remove(&id);
            return Ok(true);
        };
        let (shown, settling) = match (shown, settling) {
            (Some(shown), settling) => (shown.clone(), settling),
            (None, settling) => match self.unlisted(place, session, sync, &visit, settling).await? {
                Some(found) => found,
                None => return Ok(true),
            },
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
        self.over(place, session, sync, &visit, &shown.etag).await
    }

    /// Writes a visit that the calendar did not list. Where an event has its id all the same, what is to be done about that: it is
    /// outside of what was read, is a series now, was written by a reading that died, or was deleted, of which the staff hear.
    async fn unlisted(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        visit: &Booking,
        settling: Settling,
    ) -> Result<Option<(ShownVisit, Settling)>, Missed> {
        let written = place.written(visit);
        let mut event = None;
        if let Settling::PutBack(told) = settling {
            event = match session.event(place.chosen, &written.id).await {
                Err(Trouble::NotFound | Trouble::Gone) => None,
                other => Some(other?),
            };
            if event.as_ref().is_none_or(Event::is_cancelled) {
                self.give(place.tenant, place.calendar, CalendarTask::PutBack(told), visit, place.now).await?;
            }
        }
        let event = match event {
            Some(event) => event,
            None => match session.insert(place.chosen, &written).await {
                Ok(()) => {
                    sync.written.insert(visit.id);
                    return Ok(None);
                }
                Err(Trouble::Duplicate) => session.event(place.chosen, &written.id).await?,
                Err(trouble) => return Err(trouble.into()),
            },
        };
        let shown = event.shown(visit.id);
        if event.is_cancelled() {
            return Ok(Some((shown, Settling::Write)));
        }
        let settling = decided(place, Some(visit), Some(&shown), sync);
        if settling.is_none() {
            sync.written.insert(visit.id);
        }
        Ok(settling.map(|settling| (shown, settling)))
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

    /// Writes a visit over the version of its event that was read; whether it was still that one.
    async fn over(
        &self,
        place: &Place<'_>,
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        visit: &Booking,
        etag: &str,
    ) -> Result<bool, Missed> {
        let written = place.written(visit);
        let cancels_first = session.cancels_first(&written, etag);
        if cancels_first && !place.fits(visit) {
            return Err(Trouble::Refused(OTHER_LENGTH.to_owned()).into());
        }
        if cancels_first && sync.written.remove(&visit.id) {
            // What dies in between leaves no booking, and no one deleted it there.
            self.store.outside_calendars().remember(&place.tenant.id, place.calendar.id, sync).await?;
        }
        match session.patch(place.chosen, &written, etag).await {
            Ok(()) => {
                sync.written.insert(visit.id);
                Ok(true)
            }
            Err(Trouble::Changed) => Ok(false),
            Err(trouble) => Err(trouble.into()),
        }
    }
}

/// Why a visit is not written, in a word.
fn word(why: &Trouble) -> String {
    match why {
        Trouble::Refused(word) => word.clone(),
        Trouble::NotFound => "404".to_owned(),
        Trouble::Duplicate => "409".to_owned(),
        Trouble::Gone => "410".to_owned(),
        other => other.to_string(),
    }
}

/// Whether a trouble with one visit is one with the next, too.
fn concerns_all(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Busy(..) | Trouble::LockedOut)
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

impl Place<'_> {
    fn is_scheduler(&self) -> bool {
        self.calendar.kind.is_scheduler()
    }

    /// Whether a visit lasts as long as what is booked there.
    fn fits(&self, visit: &Booking) -> bool {
        let lasts = self.calendar.account.as_ref().and_then(CalendarAccount::chosen).and_then(|it| it.lasts_minutes);
        lasts.is_none_or(|minutes| visit.ends_at.duration_since(visit.starts_at).as_mins() == i64::from(minutes))
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_of_one_visit_is_told_and_what_is_refused_of_all_ends_the_reading() {
        for why in [Trouble::Refused("403 forbidden".to_owned()), Trouble::NotFound, Trouble::Duplicate, Trouble::Gone]
        {
            assert!(!concerns_all(&why), "{why}");
            let text = Settled { refused: Some((2, why.clone())), ..Settled::default() }.refused().unwrap();
            assert!(text.starts_with("2 of our visits") && !text.contains("calendar is not there"), "{text}");
        }
        assert!(concerns_all(&Trouble::LockedOut) && concerns_all(&Trouble::Busy("503".to_owned(), None)));
        assert_eq!(Settled::default().refused(), None);
    }
}
