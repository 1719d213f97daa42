//! A visit that is arranged in a talk, by the calendar of its service.
//!
//! [`Turn::calendar_needed`] says what must be read; most messages need nothing. [`Turn::arrange`] decides on it, before anybody
//! words an answer, and [`Turn::close`] puts the change of the appointment into the outcome where the answer says it: one decision,
//! said and stored together. Whoever loses a race for a day decides again on the day as it is then. Where nothing is booked by a
//! calendar, or there is nothing free at all, people arrange the visit as ever.

mod change;
mod decision;
mod fitting;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Turn;
use crate::conversations::builtin::{self, SaidOfVisit};
use crate::conversations::{Action, Answer, CalendarAnswer, InvitedTo, Offer, Places, Question, Route, VisitStep};
use crate::events::EventKind;
use crate::ids::{AppointmentId, LocationId};
use crate::leads::RequestedVisit;
use crate::messaging::Channel;
use crate::scheduling::{Booking, BookingState, Calendar, CalendarDay, Place, Resource, Terms, WaitlistEntry};
use crate::tenancy::{Location, Service, WorksAt, known_location};

pub use change::BookingChange;
use decision::Decision;
use fitting::{Free, range};

/// What must be read to arrange a visit.
#[derive(Debug, Clone)]
pub struct CalendarNeed<'a> {
    /// The days that must be read, with what stands in them.
    pub dates: (Date, Date),
    /// The appointment that must be read too: held for them, or theirs.
    pub appointment: Option<AppointmentId>,
    /// The address that they gave, where the business goes to its customers.
    pub address: Option<String>,
    /// The waiting list must be read too: they may join it.
    pub joins: bool,
    service: Option<&'a Service>,
    location: Option<&'a Location>,
    span: (Timestamp, Timestamp),
    said: SaidOfVisit,
}

/// What was read of the calendar.
#[derive(Debug, Clone, Copy)]
pub struct ReadCalendar<'c> {
    /// The tenant's resources.
    pub resources: &'c [Resource],
    /// The days of [`CalendarNeed::dates`], as far as there are any.
    pub days: &'c [CalendarDay],
    /// The appointment, where there is one.
    pub booking: Option<&'c Booking>,
    /// Where [`CalendarNeed::address`] is, as far as it is known.
    pub place: Option<Place>,
    /// Who is on the waiting list, where [`CalendarNeed::joins`].
    pub waiting: &'c [WaitlistEntry],
}

/// What the calendar says to a message, and what would be stored.
#[derive(Debug, Clone)]
pub(super) struct Arranged {
    visit: CalendarAnswer,
    /// What is offered from now on.
    offer: Offer,
    /// The appointment that is held or booked.
    appointment: Option<AppointmentId>,
    /// Stored where something of them is missing yet.
    held: Option<BookingChange>,
    /// Stored where nothing is.
    booked: Option<BookingChange>,
    /// What they wait for from now on.
    waits: Option<WaitlistEntry>,
}

impl<'a> Turn<'a> {
    /// What must be read of the calendar; `None`: nothing, the message is about no visit that a calendar books. Call it once the
    /// message was [read](Turn::read_message).
    #[must_use]
    pub fn calendar_needed(&self, route: &Route) -> Option<CalendarNeed<'a>> {
        let has_calendar = self.tenant.services.iter().any(|service| service.booking.is_some());
        // Two people become one in few turns, and those write much already.
        let is_simple = route.escalate.is_none() && self.found.len() <= 1 && self.may_rewrite();
        let wish = self.when.as_ref().and_then(|when| when.wish.as_ref());
        if !has_calendar || !is_simple || wish.is_some_and(|wish| wish.nights.is_some()) {
            return None;
        }
        let reply_context = self.reply_context();
        let said = builtin::said_of_visit(&self.asked(&reply_context, route), self.now)?;
        let offer = self.offer();
        let other_time = self.other_time.as_ref();
        let appointment = other_time.map(|meant| meant.id).or_else(|| self.appointment_in_talk(&said));
        if said.has_one && appointment.is_none() {
            return None;
        }
        let invited = self.takes_invitation(&said);
        let is_arranging = offer.is_some() || (wish.is_some() && self.thread.booked.is_none()) || invited.is_some();
        let answers = matches!(self.thread.asked, Some(Question::CancelThis | Question::MoveThis));
        let changes = said.change.is_some() || said.moves || answers;
        let is_about_one = appointment.is_some() && (changes || said.names_time || said.tells || other_time.is_some());
        let joins = self.thread.asked == Some(Question::Waitlist);
        if !(said.names_time || said.asks_free || is_arranging || is_about_one || joins) {
            return None;
        }
        let service = self.service_meant(&said);
        let places = self.places();
        let only_with = |service: &Service| {
            let services = [&service.id];
            let mut with_it = places.with(&services);
            with_it.next().filter(|_| with_it.next().is_none())
        };
        let invited_to = invited.and_then(|invited| known_location(&self.own.locations, invited.location.as_ref()));
        let location = places.meant.or(invited_to).or_else(|| service.and_then(only_with));
        let service = service.filter(|_| location.is_some() || !places.are_several());
        if service.is_none() && appointment.is_none() {
            return None;
        }
        let zone = self.tenant.zone_at(location);
        let offered = offer.map(|offer| offer.times.as_slice()).unwrap_or_default();
        let (wish, near) = match other_time {
            Some(meant) => (None, std::slice::from_ref(&meant.starts_at)),
            None => (wish, offered),
        };
        let (span, dates) = range(wish, near, self.now, &zone);
        let joins = joins && said.yes;
        Some(CalendarNeed { dates, appointment, address: self.address(), joins, service, location, span, said })
    }

    /// Decides what becomes of the visit, on the calendar as it was read.
    pub fn arrange(&mut self, need: &CalendarNeed<'a>, read: &ReadCalendar<'_>) {
        self.arranged = self.arrangement(need, read);
        let Some(Arranged { visit, .. }) = &self.arranged else { return };
        // What they pick moves it.
        self.thread.booked = self.other_time.as_ref().map(|meant| meant.id).or(self.thread.booked);
        if self.takes_invitation(&need.said).is_some() {
            // It is this that they want, whatever they asked for before.
            let wanted = &mut self.person.lead.qualification;
            (wanted.service_interest, wanted.other_services) = (Some(visit.service.clone()), Vec::new());
            self.thread.invited.iter_mut().for_each(|invited| invited.answered = true);
        }
        match visit.step {
            VisitStep::Taken(at) | VisitStep::Moved(at) => {
                let when = self.when.get_or_insert_default();
                let choices = when.wish.take().map(|wish| wish.choices).unwrap_or_default();
                when.wish = Some(fitting::wish_at(at, &visit.zone, when.said.as_ref(), choices));
            }
            // The day is what they wait for, or another hour of it is.
            VisitStep::MayWait => {
                let wish = self.when.as_mut().and_then(|when| when.wish.as_mut());
                wish.into_iter().for_each(|wish| (wish.time, wish.soon) = (None, false));
            }
            VisitStep::Declined | VisitStep::Waits | VisitStep::Cancelled(_) | VisitStep::Released => {
                self.thread.wish = None;
                self.when.get_or_insert_default().wish = None;
            }
            VisitStep::Offered { .. }
            | VisitStep::Confirmed(_)
            | VisitStep::Stands(_)
            | VisitStep::Unclear { .. }
            | VisitStep::Noted(_) => {}
        }
    }

    /// What the calendar says to the message, once it was [arranged](Turn::arrange).
    #[must_use]
    pub fn visit(&self) -> Option<&CalendarAnswer> {
        self.arranged.as_ref().map(|arranged| &arranged.visit)
    }

    /// What the answer does to an appointment: exactly what it says.
    pub(super) fn settle_visit(&mut self, answer: &Answer) -> Option<BookingChange> {
        let Arranged { visit, offer, appointment, held, booked, waits } = self.arranged.take()?;
        let goes_on = matches!(answer.action, Action::OfferBooking | Action::AskTeam | Action::Reply);
        let change = match (visit.step, answer.action) {
            (VisitStep::Taken(at) | VisitStep::Moved(at), Action::Book) => {
                (self.thread.booked, self.thread.offer) = (appointment, None);
                self.note_visit(at, &visit.zone);
                booked
            }
            (VisitStep::Taken(at), _) if goes_on && visit.is_news => {
                self.thread.offer = Some(Offer { times: Vec::new(), held: appointment, ..offer });
                self.note_visit(at, &visit.zone);
                held
            }
            (VisitStep::Offered { times, .. }, _) if goes_on => {
                self.thread.offer = Some(Offer { times, ..offer });
                None
            }
            (VisitStep::Waits, Action::Reply) => {
                self.waits = waits;
                None
            }
            (VisitStep::Declined | VisitStep::MayWait, _) => {
                self.thread.offer = None;
                None
            }
            (VisitStep::Confirmed(_), Action::Book) | (VisitStep::Noted(_), Action::Reply) => booked,
            (VisitStep::Cancelled(_) | VisitStep::Released, Action::Book) => {
                self.thread.offer = None;
                // What was let go may be another than the one that they have.
                if appointment == self.thread.booked || self.thread.booked.is_none() {
                    (self.thread.booked, self.person.lead.requested_visit) = (None, None);
                }
                booked
            }
            _ => None,
        }?;
        self.events.extend(EventKind::of_booking(change.before.as_ref(), &change.after));
        Some(change)
    }

    fn note_visit(&mut self, at: Timestamp, zone: &TimeZone) {
        let date = at.to_zoned(zone.clone()).date();
        let visit = RequestedVisit { date, from: Some(at), until: None, departure: None };
        if !self.is_proven() {
            self.thread.stated.requested_visit = Some(visit);
        }
        self.person.lead.requested_visit = Some(visit);
    }

    /// The locations, and the one that is meant: where the visit was arranged, that one.
    pub(super) fn places(&self) -> Places<'a> {
        let places = Places::of(&self.own.locations, self.inbound.content.text(), &self.lead_for_writer());
        let arranged = self.arranged.as_ref().and_then(|arranged| arranged.offer.location.as_ref());
        let at = |id: &LocationId| places.all.iter().find(|location| location.id == *id);
        Places { meant: arranged.and_then(at).or(places.meant), ..places }
    }

    /// What they were offered, as long as one of its times is to come.
    fn offer(&self) -> Option<&Offer> {
        let is_open = |offer: &&Offer| offer.times.is_empty() || offer.times.iter().any(|at| *at > self.now);
        self.thread.offer.as_ref().filter(is_open)
    }

    /// What they were invited to, where the message says yes to it or names a time for it: nothing else was asked since, or is offered.
    pub(super) fn takes_invitation(&self, said: &SaidOfVisit) -> Option<&InvitedTo> {
        let invited = self.thread.invited.as_ref().filter(|invited| invited.is_open(self.now))?;
        let asks_else = self.thread.asked.is_some()
            || self.thread.extra.as_ref().is_some_and(|extra| extra.open)
            || self.thread.booked.is_some()
            || self.offer().is_some();
        let takes = (said.yes || said.names_time || said.asks_free) && !said.no && said.change.is_none();
        let is_it = |service: &&Service| service.id == invited.service && service.booking.is_some();
        let service = self.tenant.services.iter().find(is_it)?;
        let names_other = said.named.iter().any(|named| *named != service.name);
        (takes && !asks_else && !names_other && self.is_proven()).then_some(invited)
    }

    /// The one service that is wanted, where a calendar books it. Of several the team makes a plan.
    fn service_meant(&self, said: &SaidOfVisit) -> Option<&'a Service> {
        let services = &self.tenant.services;
        if let Some(invited) = self.takes_invitation(said) {
            return services.iter().find(|service| service.id == invited.service);
        }
        // After one was booked, what is wanted is what is named now.
        let is_next = self.thread.booked.is_some() && self.offer().is_none() && !said.named.is_empty();
        let wanted = if is_next { &said.named } else { &said.services };
        let offered = || self.offer().map(|offer| &offer.service);
        let service = match (wanted.as_slice(), services.as_slice()) {
            ([name], _) => services.iter().find(|service| service.name == *name),
            ([], [only]) => Some(only),
            ([], _) => services.iter().find(|service| Some(&service.id) == offered()),
            _ => None,
        };
        service.filter(|service| service.booking.is_some())
    }

    /// Where they said that they are: in the answer to that very question, also where the two crossed, else before.
    fn address(&self) -> Option<String> {
        if self.tenant.works_at() != WorksAt::Customer {
            return None;
        }
        let (content, question) = (&self.inbound.content, Some(&Question::Location));
        let is_asked = self.thread.asked.as_ref() == question || self.crossed.as_ref() == question;
        builtin::pin(content)
            .or_else(|| is_asked.then(|| content.text().to_owned()))
            .or_else(|| self.lead_for_writer().qualification.location.clone())
    }

    /// The appointment that the message may change: the one that is held or was booked in this talk, or the only one that they have.
    /// Who only says who they are changes none but what they arranged in the same session of the chat.
    fn appointment_in_talk(&self, said: &SaidOfVisit) -> Option<AppointmentId> {
        let is_theirs = self.is_proven() || self.inbound.channel == Channel::Chat;
        let held = self.offer().and_then(|offer| offer.held);
        let known = || {
            let answers = matches!(self.thread.asked, Some(Question::CancelThis | Question::MoveThis));
            let changes = said.change.is_some() || said.moves || said.cancels || answers;
            let journey = self.person.journey.as_ref().filter(|_| self.is_proven() && changes)?;
            journey.only_appointment(self.now).map(|appointment| appointment.id)
        };
        held.or(self.thread.booked).filter(|_| is_theirs).or_else(known)
    }

    fn arrangement(&self, need: &CalendarNeed<'a>, read: &ReadCalendar<'_>) -> Option<Arranged> {
        let said = &need.said;
        let contact = &self.person.contact;
        let live = |booking: &&Booking| {
            (booking.contact == contact.id || contact.merged_from.contains(&booking.contact))
                && booking.state <= BookingState::Confirmed
                && booking.starts_at > self.now
        };
        let booking = read.booking.filter(live).filter(|booking| {
            // What is wanted besides is another appointment.
            let is_other = need.service.is_some_and(|service| service.id != booking.service);
            !(is_other && said.change.is_none() && !said.moves && said.names_time)
        });
        let service = booking.map(|booking| &booking.service).or(need.service.map(|service| &service.id))?;
        let location = match booking.and_then(|booking| booking.location.as_ref()) {
            Some(id) => known_location(&self.own.locations, Some(id)),
            None => need.location,
        };
        let terms = Terms::of(self.tenant, location, service).ok()?;
        let terms = terms.visiting(booking.and_then(|booking| booking.place).or(read.place));
        let calendar = Calendar {
            terms: &terms,
            resources: read.resources,
            days: read.days,
            moving: booking.map(|booking| booking.id),
            now: self.now,
        };
        let by_state = |is_held: bool| booking.filter(|booking| (booking.state == BookingState::Held) == is_held);
        let decision = Decision {
            turn: self,
            said,
            free: Free { calendar: &calendar, span: need.span, zone: terms.zone().clone() },
            held: by_state(true),
            standing: by_state(false),
        };
        let (step, is_news) = decision.step()?;
        let visit = CalendarAnswer { service: terms.service.name.clone(), step, zone: terms.zone().clone(), is_news };
        self.stored(visit, &calendar, booking, read)
    }
}
