//! What a turn stores of an appointment.

use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::{Arranged, ReadCalendar};
use crate::conversations::{CalendarAnswer, Offer, VisitStep};
use crate::ids::AppointmentId;
use crate::scheduling::{
    Booking, BookingState, Calendar, Cancelled, CancelledBy, DayChange, HOLD, Step, Terms, WaitlistEntry, changes,
    has_room,
};
use crate::tenancy::start_of_day;
use crate::turns::Turn;

/// A change of an appointment, stored with the turn that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingChange {
    /// As it was read; `None`: it is new.
    pub before: Option<Booking>,
    /// As it is from now on.
    pub after: Booking,
    /// What becomes of the days.
    pub days: Vec<DayChange>,
}

impl Turn<'_> {
    /// What would be stored for `visit`. `None`: the calendar does not allow it after all.
    pub(super) fn stored(
        &self,
        visit: CalendarAnswer,
        calendar: &Calendar<'_>,
        before: Option<&Booking>,
        read: &ReadCalendar<'_>,
    ) -> Option<Arranged> {
        let (terms, now) = (calendar.terms, self.now);
        let change = |after: Booking| change(before, after, read, now);
        let (mut held, mut booked, mut appointment) = (None, None, before.map(|before| before.id));
        let mut waits = None;
        match visit.step {
            VisitStep::Taken(at) | VisitStep::Moved(at) => {
                let kept = before.map(|before| before.resources.clone()).unwrap_or_default();
                let slot = calendar.choose(at, &kept).or_else(|_| calendar.choose(at, &[])).ok()?;
                let new = || Booking {
                    lead: Some(self.person.lead.id),
                    ..Booking::new(self.new_appointment(), self.person.contact.id, terms, now)
                };
                let blank = before.cloned().unwrap_or_else(new);
                appointment = Some(blank.id);
                if visit.step == VisitStep::Taken(at) {
                    let until = now.checked_add(HOLD).unwrap_or(now);
                    held = Some(change(blank.clone().at(&slot, terms, Some(until), now))?);
                }
                booked = Some(change(blank.at(&slot, terms, None, now))?);
            }
            VisitStep::Cancelled(_) | VisitStep::Released => {
                let step = Step::Cancel(Cancelled { by: CancelledBy::Customer, why: String::new() });
                booked = Some(change(before?.after(&step, now).ok()??)?);
            }
            VisitStep::Confirmed(_) => booked = Some(change(before?.after(&Step::Confirm, now).ok()??)?),
            VisitStep::Noted(_) => booked = Some(change(before?.with_note(&self.told_for_visit(), now)?)?),
            // Who waits already goes on waiting for what they wait for: they keep their place, and a time that is held for them.
            VisitStep::Waits if self.waits_already(read.waiting) => {}
            VisitStep::Waits if !has_room(read.waiting, now) => return None,
            VisitStep::Waits => waits = Some(self.waitlist_entry(terms)),
            VisitStep::Offered { .. }
            | VisitStep::Declined
            | VisitStep::MayWait
            | VisitStep::Stands(_)
            | VisitStep::Unclear { .. } => {}
        }
        let held_before = self.offer().and_then(|offer| offer.held);
        let offer = Offer {
            service: terms.service.id.clone(),
            location: terms.location.cloned(),
            times: Vec::new(),
            held: held_before.filter(|held| before.is_some_and(|before| before.id == *held)),
        };
        Some(Arranged { visit, offer, appointment, held, booked, waits })
    }

    fn waits_already(&self, waiting: &[WaitlistEntry]) -> bool {
        waiting.iter().any(|entry| entry.contact == self.person.contact.id && entry.waits(self.now))
    }

    /// They wait for the days that they wished for; for any, where they named none.
    fn waitlist_entry(&self, terms: &Terms<'_>) -> WaitlistEntry {
        let blank = WaitlistEntry::new(self.person.contact.id, terms.service.id.clone(), self.now);
        let day = self.when.as_ref().and_then(|when| when.wish.as_ref()?.day.as_ref());
        let ends = day.and_then(|day| Some((*day.dates.iter().min()?, *day.dates.iter().max()?)));
        let begins = |date: Date| start_of_day(date, terms.zone());
        let span = ends.map(|(first, last)| (Some(begins(first)), begins(last.saturating_add(1.day()))));
        let (from, until) = span.filter(|(_, until)| *until > self.now).unwrap_or((None, blank.until));
        let urgent = self.person.lead.qualification.is_urgent();
        let location = terms.location.cloned();
        WaitlistEntry { lead: Some(self.person.lead.id), location, from, until, urgent, ..blank }
    }

    /// A repeat of the message is the same appointment.
    fn new_appointment(&self) -> AppointmentId {
        let (thread, message) = (self.thread.id.to_string(), self.inbound.message_id().to_string());
        AppointmentId::derive(&self.tenant.id, &["talk", &thread, &message])
    }
}

fn change(
    before: Option<&Booking>,
    after: Booking,
    read: &ReadCalendar<'_>,
    now: jiff::Timestamp,
) -> Option<BookingChange> {
    let days: BTreeMap<_, _> = read.days.iter().map(|day| (day.key.clone(), day.clone())).collect();
    // A hold that ran out may already be gone from its days. Then it is booked like a new appointment. Whatever else they leave is
    // left also where its days are too far off to have been read.
    let stands = |before: &&Booking| {
        let is_there = |key| {
            days.get(key).is_some_and(|day: &crate::scheduling::CalendarDay| day.entries.contains_key(&before.id))
        };
        let takes_hold = before.state == BookingState::Held && after.takes_time() && before.days() == after.days();
        !takes_hold || before.days().iter().all(is_there)
    };
    let days = changes(before.filter(stands), &after, &days, now).ok()?;
    Some(BookingChange { before: before.cloned(), after, days })
}
