//! A visit that is arranged in a talk, by the calendar of its service.
//!
//! [`Turn::calendar_needed`] says what must be read; most messages need nothing. [`Turn::arrange`] decides on it, before anybody
//! words an answer, and [`Turn::close`] puts the change of the appointment into the outcome where the answer says it: one decision,
//! said and stored together. Whoever loses a race for a day decides again on the day as it is then. Where nothing is booked by a
//! calendar, or there is nothing free at all, people arrange the visit as ever.

mod change;
mod fitting;

use dates::{Change as Shift, Wish};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Turn;
use crate::conversations::builtin::{self, Change, SaidOfVisit};
use crate::conversations::wishes;
use crate::conversations::{Action, Answer, Offer, Places, Question, Route, Visit, VisitStep};
use crate::events::EventKind;
use crate::ids::AppointmentId;
use crate::leads::RequestedVisit;
use crate::messaging::Channel;
use crate::scheduling::{Booking, BookingState, Calendar, CalendarDay, Resource, Terms};
use crate::tenancy::{Location, Service, known_location};

pub use change::BookingChange;
use fitting::{Free, range};

/// What must be read to arrange a visit.
#[derive(Debug, Clone)]
pub struct CalendarNeed<'a> {
    /// The days that must be read, with what stands in them.
    pub dates: (Date, Date),
    /// The appointment that must be read too: held for them, or theirs.
    pub appointment: Option<AppointmentId>,
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
}

/// What the calendar says to a message, and what would be stored.
#[derive(Debug, Clone)]
pub(super) struct Arranged {
    visit: Visit,
    /// What is offered from now on.
    offer: Offer,
    /// The appointment that is held or booked.
    appointment: Option<AppointmentId>,
    /// Stored where something of them is missing yet.
    held: Option<BookingChange>,
    /// Stored where nothing is.
    booked: Option<BookingChange>,
}

/// The decision on one calendar.
struct Decision<'d> {
    turn: &'d Turn<'d>,
    said: &'d SaidOfVisit,
    free: Free<'d>,
    /// The appointment that is held for them.
    held: Option<&'d Booking>,
    /// The appointment that they have.
    standing: Option<&'d Booking>,
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
        let appointment = self.appointment_in_talk(&said);
        let is_arranging = offer.is_some() || (wish.is_some() && self.thread.booked.is_none());
        let is_about_one = appointment.is_some() && (said.change.is_some() || said.moves || said.names_time);
        if !(said.names_time || said.asks_free || is_arranging || is_about_one) {
            return None;
        }
        let location = self.location_meant();
        let several = self.own.locations.iter().filter(|location| location.active).count() > 1;
        let service = self.service_meant(&said).filter(|_| location.is_some() || !several);
        if service.is_none() && appointment.is_none() {
            return None;
        }
        let zone = self.tenant.zone_at(location);
        let offered = offer.map(|offer| offer.times.as_slice()).unwrap_or_default();
        let (span, dates) = range(wish, offered, self.now, &zone);
        Some(CalendarNeed { dates, appointment, service, location, span, said })
    }

    /// Decides what becomes of the visit, on the calendar as it was read.
    pub fn arrange(&mut self, need: &CalendarNeed<'a>, read: &ReadCalendar<'_>) {
        self.arranged = self.arrangement(need, read);
        let Some(Arranged { visit, .. }) = &self.arranged else { return };
        match visit.step {
            VisitStep::Taken(at) | VisitStep::Moved(at) => {
                let when = self.when.get_or_insert_default();
                when.wish = Some(fitting::wish_at(at, &visit.zone, when.said.as_ref()));
            }
            VisitStep::Declined | VisitStep::Cancelled(_) | VisitStep::Released => {
                self.thread.wish = None;
                self.when.get_or_insert_default().wish = None;
            }
            VisitStep::Offered { .. } | VisitStep::Confirmed(_) | VisitStep::Stands(_) => {}
        }
    }

    /// What the calendar says to the message, once it was [arranged](Turn::arrange).
    #[must_use]
    pub fn visit(&self) -> Option<&Visit> {
        self.arranged.as_ref().map(|arranged| &arranged.visit)
    }

    /// What the answer does to an appointment: exactly what it says.
    pub(super) fn settle_visit(&mut self, answer: &Answer) -> Option<BookingChange> {
        let Arranged { visit, offer, appointment, held, booked } = self.arranged.take()?;
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
            (VisitStep::Declined, _) => {
                self.thread.offer = None;
                None
            }
            (VisitStep::Confirmed(_), Action::Book) => booked,
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

    fn location_meant(&self) -> Option<&'a Location> {
        let lead = self.lead_for_writer();
        Places::of(&self.own.locations, self.inbound.content.text(), &lead).meant
    }

    /// What they were offered, as long as one of its times is to come.
    fn offer(&self) -> Option<&Offer> {
        let is_open = |offer: &&Offer| offer.times.is_empty() || offer.times.iter().any(|at| *at > self.now);
        self.thread.offer.as_ref().filter(is_open)
    }

    /// The one service that is wanted, where a calendar books it. Of several the team makes a plan.
    fn service_meant(&self, said: &SaidOfVisit) -> Option<&'a Service> {
        let services = &self.tenant.services;
        let offered = || self.offer().map(|offer| &offer.service);
        let service = match (said.services.as_slice(), services.as_slice()) {
            ([name], _) => services.iter().find(|service| service.name == *name),
            ([], [only]) => Some(only),
            ([], _) => services.iter().find(|service| Some(&service.id) == offered()),
            _ => None,
        };
        service.filter(|service| service.booking.is_some())
    }

    /// The appointment that the message may change: the one that is held or was booked in this talk, or the only one that they have.
    /// Who only says who they are changes none but what they arranged in the same session of the chat.
    fn appointment_in_talk(&self, said: &SaidOfVisit) -> Option<AppointmentId> {
        let is_theirs = self.is_proven() || self.inbound.channel == Channel::Chat;
        let held = self.offer().and_then(|offer| offer.held);
        let known = || {
            let journey = self
                .person
                .journey
                .as_ref()
                .filter(|_| self.is_proven() && (said.change.is_some() || said.moves || said.cancels))?;
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
        let visit = Visit { service: terms.service.name.clone(), step, zone: terms.zone().clone(), is_news };
        self.stored(visit, &calendar, booking, read)
    }
}

impl Decision<'_> {
    /// What becomes of the visit, and whether the message asks for it.
    fn step(&self) -> Option<(VisitStep, bool)> {
        let news = |step: VisitStep| (step, true);
        let said = self.said;
        let bare = said.change.filter(|_| !said.names_time);
        // Who asks whether they can cancel has not cancelled: people answer.
        let bare = bare.filter(|change| *change != Change::Cancel || !said.is_question);
        match (self.standing, bare) {
            (Some(standing), Some(Change::Cancel)) => return Some(news(VisitStep::Cancelled(standing.starts_at))),
            (Some(standing), Some(Change::Confirm)) => {
                // "Can you confirm it?" asks us.
                let is_theirs = !said.is_question && standing.state == BookingState::Booked;
                let step = if is_theirs { VisitStep::Confirmed } else { VisitStep::Stands };
                return Some(news(step(standing.starts_at)));
            }
            _ => {}
        }
        if self.held.is_some() && bare == Some(Change::Cancel) {
            return Some(news(VisitStep::Released));
        }
        let offered = self.turn.offer().map(|offer| offer.times.as_slice()).unwrap_or_default();
        if let Some(step) = self.chosen(offered) {
            return Some(news(step));
        }
        if let Some(standing) = self.standing.filter(|_| offered.is_empty()) {
            return self.of_standing(standing).map(news);
        }
        if said.names_time || said.asks_free {
            return self.by_wish(!offered.is_empty()).map(news);
        }
        if let Some(held) = self.held.filter(|_| offered.is_empty()) {
            return self.of_held(held);
        }
        if offered.is_empty() {
            // A day that was said before and has been by now begins nothing.
            let is_past = |wish: &Wish| {
                wishes::visit(self.turn.tenant, wish, self.turn.now).problem == Some(dates::Problem::Past)
            };
            let goes_on = said.names_time || !(said.is_settled || self.wish().is_some_and(is_past));
            return self.by_wish(false).filter(|_| goes_on).map(news);
        }
        // The only time that they were offered is kept for them: it goes to somebody else.
        if (said.no || said.refuses) && self.held.is_some_and(|held| offered == [held.starts_at]) {
            return Some(news(VisitStep::Released));
        }
        if said.no {
            return Some(news(VisitStep::Declined));
        }
        let times: Vec<Timestamp> = offered.iter().copied().filter(|at| self.free.is_free(*at)).collect();
        if times.is_empty() { self.by_wish(false).map(news) } else { Some((offer_of(times, false), false)) }
    }

    /// The one of the offered times that the message takes, or others where it asks for later or earlier ones.
    fn chosen(&self, offered: &[Timestamp]) -> Option<VisitStep> {
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        let text = self.turn.inbound.content.text();
        let local: Vec<_> = offered.iter().map(|at| at.to_zoned(self.free.zone.clone()).datetime()).collect();
        let agrees = || (offered.len() == 1 && self.said.yes && !self.said.names_time).then_some(0);
        // "Any Saturday?" asks, also where one of the times is on a Saturday.
        let asks = |wish: &Wish| self.said.is_question && wish.day.is_some() && wish.time.is_none();
        let picked = builtin::pick(text, &self.turn.thread.language, said, &local);
        let index = picked.filter(|_| !said.is_some_and(asks)).or_else(agrees);
        if let Some(at) = index.and_then(|index| offered.get(index)) {
            return self.take(*at);
        }
        let (first, last) = (*offered.first()?, *offered.last()?);
        let times = match said?.change? {
            Shift::Later => self.free.after(last),
            Shift::Earlier => self.free.before(first),
            Shift::Days(_) | Shift::Minutes(_) => return None,
        };
        (!times.is_empty()).then(|| offer_of(times, false))
    }

    /// What is said of an appointment that they have: another time for it, or the same again.
    fn of_standing(&self, standing: &Booking) -> Option<VisitStep> {
        let wish = self.wish().filter(|_| self.said.names_time)?;
        let same = self.moment(wish) == Some(standing.starts_at);
        if self.said.cancels {
            // "It was Friday at 10" says which; where that is none of theirs, people ask.
            let is_this = self.names(standing) && !self.said.is_question;
            return is_this.then_some(VisitStep::Cancelled(standing.starts_at));
        }
        match (same, self.said.moves || self.said.change.is_some()) {
            (true, _) => Some(VisitStep::Stands(standing.starts_at)),
            // "To Monday" says no hour: that of before is offered.
            (false, true) => self.by_wish(true),
            (false, false) => None,
        }
    }

    /// Whether every day and hour that the message says is that of `standing`.
    fn names(&self, standing: &Booking) -> bool {
        let Some(said) = self.turn.when.as_ref().and_then(|when| when.said.as_ref()) else { return true };
        let local = standing.starts_at.to_zoned(self.free.zone.clone());
        let (date, time) = (local.date(), local.time());
        let resolved = wishes::visit(self.turn.tenant, said, self.turn.now);
        said.day.as_ref().is_none_or(|day| day.dates.contains(&date))
            && (said.except.is_empty() || said.except.contains(&date.weekday()))
            && resolved.time.is_none_or(|named| named == time)
            && resolved.window.is_none_or(|(from, until)| from <= time && time < until)
    }

    /// What was held goes on to be theirs; where it is over and somebody else has it, other times are offered.
    fn of_held(&self, held: &Booking) -> Option<(VisitStep, bool)> {
        // They took it, and were asked who they are. What they were only told of waits for a yes.
        let is_answering = matches!(
            self.turn.thread.asked,
            Some(Question::Contact | Question::Name | Question::Location | Question::Intake(_))
        );
        if !self.said.yes && !is_answering {
            return self.said.no.then_some((VisitStep::Released, true));
        }
        let step = self.take(held.starts_at)?;
        let is_news = self.said.yes && !is_answering || matches!(step, VisitStep::Offered { .. });
        Some((step, is_news))
    }

    /// By the wish: the time that it names where that is free, else times that fit.
    fn by_wish(&self, was_offered: bool) -> Option<VisitStep> {
        let any = Wish { soon: true, ..Wish::default() };
        let wish = self.wish().or(self.said.asks_free.then_some(&any))?;
        let said = self.turn.when.as_ref().and_then(|when| when.said.as_ref());
        // "Friday?" after an offer of Thursday's times takes none on Friday yet, and who asks whether there is one has not taken it.
        let says_hour = said.is_some_and(|said| matches!(said.time, Some(dates::Time::At(_))) || said.change.is_some());
        let takes = (says_hour || !was_offered) && !(self.said.asks_free && self.said.is_question);
        match self.moment(wish) {
            Some(at) if takes => self.take(at),
            Some(at) if self.free.is_free(at) && says_hour => Some(offer_of(vec![at], false)),
            _ => {
                let resolved = wishes::visit(self.turn.tenant, wish, self.turn.now);
                let (times, fits) = self.free.fitting(wish, &resolved)?;
                Some(offer_of(times, !fits))
            }
        }
    }

    /// This time, where it is free, else the nearest that are.
    fn take(&self, at: Timestamp) -> Option<VisitStep> {
        if self.free.is_free(at) {
            return Some(if self.standing.is_some() { VisitStep::Moved(at) } else { VisitStep::Taken(at) });
        }
        let times = self.free.nearest(at);
        (!times.is_empty()).then(|| offer_of(times, true))
    }

    fn wish(&self) -> Option<&Wish> {
        self.turn.when.as_ref()?.wish.as_ref()
    }

    /// The one moment that a wish names.
    fn moment(&self, wish: &Wish) -> Option<Timestamp> {
        let visit = wishes::visit(self.turn.tenant, wish, self.turn.now);
        let at = visit.date?.to_datetime(visit.time?);
        self.free.zone.to_timestamp(at).ok().filter(|_| visit.problem != Some(dates::Problem::Conflict))
    }
}

fn offer_of(times: Vec<Timestamp>, instead: bool) -> VisitStep {
    VisitStep::Offered { times, instead }
}
