//! All that a calendar says of the days ahead: what it says is taken, when it is open, and which of our visits it shows.

use connectors::calendars::{Session, Trouble, Whose};
use domain::TenantId;
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{
    Booking, CalendarAccess, CalendarAccount, CalendarKind, CalendarReading, CalendarSync, OutsideCalendar, ShownVisit,
    Span, closed,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

use crate::Reading;

/// Days that are read beyond those that are laid: everything is read once a day.
const BEYOND: SignedDuration = SignedDuration::from_hours(48);

/// The longest notice of a scheduler that is told from being closed: nearer than that, a time that is not offered may be free all the same.
const LONGEST_NOTICE: SignedDuration = SignedDuration::from_hours(24);

/// What a whole reading saw.
pub(super) struct Whole {
    pub(super) reading: Reading,
    pub(super) shown: Vec<ShownVisit>,
}

impl Whole {
    /// Whether a visit that we wrote is not there. A scheduler's list is read page by page: someone may have moved it meanwhile, and before
    /// it counts as deleted everything is read once more.
    pub(super) fn misses(&self, visits: &[Booking], sync: &CalendarSync, now: Timestamp) -> bool {
        let ahead = visits.iter().filter(|visit| visit.takes_time() && visit.starts_at > now);
        let is_shown = |id| self.shown.iter().any(|shown| shown.appointment == id);
        ahead.map(|visit| visit.id).any(|id| sync.written.contains(&id) && !is_shown(id))
    }
}

/// Everything that the calendar says of the days ahead.
pub(super) async fn whole(
    session: &mut Session<'_>,
    (tenant, calendar, chosen): (&TenantId, &OutsideCalendar, &str),
    (sync, visits, others): (&mut CalendarSync, &[Booking], &BTreeSet<OutsideCalendarId>),
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Whole, Trouble> {
    let range = CalendarReading::range(now);
    let within = Span { to: range.to.checked_add(BEYOND).unwrap_or(range.to), ..range };
    // A token from before this reading never says more than this reading saw.
    sync.token = None;
    let mut whole = Whole { reading: Reading::default(), shown: Vec::new() };
    if calendar.account.as_ref().and_then(CalendarAccount::access) == Some(CalendarAccess::FreeBusy) {
        whole.reading.busy = session.busy(chosen, within).await?;
        return Ok(whole);
    }
    session.begin_with(&sync.known);
    let events = session.events(chosen, within, now).await;
    // As far as it came.
    let is_all = sync.learn(session.known(tenant));
    let events = match events {
        // What there is no room for would be looked into for ever.
        Err(Trouble::Unfinished) if !is_all => {
            return Err(Trouble::Refused("it has more bookings than can be remembered".to_owned()));
        }
        events => events?,
    };
    let own = events.time_zone.and_then(|name| TimeZone::get(&name).ok());
    let zone = own.as_ref().unwrap_or(zone);
    whole.reading.unreadable = events.unreadable;
    for event in events.events {
        if calendar.kind.is_scheduler()
            && let Some(shown) = event.orphan(tenant, |own| own == calendar.id || others.contains(&own))
        {
            if takes_over(shown.appointment, visits, sync) {
                whole.shown.push(shown);
            }
            continue;
        }
        match event.whose(tenant, calendar.id, zone) {
            Whose::Visit(shown) if !event.is_cancelled() => whole.shown.push(shown),
            Whose::Visit(_) | Whose::OtherVisit | Whose::Theirs(None) => {}
            Whose::Theirs(Some(span)) => whole.reading.busy.push(span),
            Whose::Unreadable => whole.reading.unreadable += 1,
        }
    }
    if let Some(open) = events.open {
        if calendar.kind != CalendarKind::WhenIWork {
            let longest = now.checked_add(LONGEST_NOTICE).unwrap_or(now);
            let first = open.iter().map(|span| span.from).filter(|from| *from > now).min();
            whole.reading.untold_before = Some(first.map_or(longest, |first| first.min(longest)));
        }
        whole.reading.closed = closed(open, ours(visits, &whole.shown), within);
    }
    (sync.token, sync.whole_at) = (events.token, Some(now));
    Ok(whole)
}

/// Whether a visit that another calendar left there is this one's. What a colleague's calendar left was to be kept.
fn takes_over(visit: AppointmentId, visits: &[Booking], sync: &CalendarSync) -> bool {
    sync.written.contains(&visit) || visits.iter().any(|own| own.id == visit)
}

/// The time that our visits take where the calendar shows them: there it is not free because of them. Where it is closed over any other
/// visit, that has another reason. A visit that was called off keeps no time open: what closed it there may be something else.
fn ours(visits: &[Booking], shown: &[ShownVisit]) -> Vec<Span> {
    let spans = shown.iter().filter_map(|shown| {
        let visit = visits.iter().find(|visit| visit.id == shown.appointment && visit.takes_time())?;
        let (before, after) =
            (visit.starts_at.duration_since(visit.taken_from), visit.taken_to.duration_since(visit.ends_at));
        let there = shown.time?;
        let there = Span { from: there.from.checked_sub(before).ok()?, to: there.to.checked_add(after).ok()? };
        // Moved here by less than its length, it is in its own way there.
        let here = Span { from: visit.taken_from, to: visit.taken_to };
        Some([Some(there), Some(here).filter(|here| *here != there && here.overlaps(there))])
    });
    spans.flatten().flatten().collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
