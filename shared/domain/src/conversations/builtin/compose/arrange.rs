//! Arranging an appointment: what is missing, in the order in which a receptionist would ask, and what is said of the time.

use dates::{Problem, Wish};
use jiff::civil::{Date, Time};

use super::super::facts;
use super::super::heard::Topic;
use super::Composer;
use crate::conversations::{self, Question, wishes};
use crate::leads::Lead;
use crate::tenancy::WorksAt;
use crate::tenancy::intake;

impl<'t> Composer<'_, 't> {
    /// The question to ask now: the first that is open and was not asked yet. None while a person is on it, unless a time is being
    /// arranged; none after "yes" to the offer of an appointment.
    pub(super) fn next_question(&self) -> Option<Question> {
        let is_arranging = self.is_arranging();
        if (self.turn.is_with_staff() && !is_arranging) || self.accepts_offer() {
            return None;
        }
        // One that was not answered is not put again in the same words, unless they tried to answer it.
        let own = || {
            self.intake_question().map(|question| Question::Intake(question.id.clone())).filter(|own| self.is_new(own))
        };
        let service = Some(Question::Service).filter(|_| self.known.service_interest.is_none());
        let service = service.filter(|question| !self.turn.tenant.services.is_empty() && self.is_new(question));
        let goes_there = self.turn.tenant.works_at() == WorksAt::Customer;
        let place = Some(Question::Location).filter(|_| goes_there && self.known.location.is_none());
        let place = place.filter(|question| self.is_new(question));
        let order = if is_arranging {
            [service, self.when_question(), own(), place]
        } else {
            [service, own(), place, self.when_question()]
        };
        order.into_iter().flatten().next().or_else(|| self.contact_question().filter(|_| is_arranging))
    }

    /// What is not known yet of when. Each of these is asked once.
    fn when_question(&self) -> Option<Question> {
        let wish = self.reading.wish.as_ref();
        let is_loose = wish.is_some_and(|wish| wish.soon || wish.any_time);
        let date = wish.and_then(Wish::date);
        let has_time = wish.is_some_and(|wish| wish.time.is_some() || wish.any_time);
        let in_words =
            self.reading.requested_time.is_some() || self.turn.lead.is_some_and(|lead| lead.requested_time.is_some());
        let open: &[Question] = match (date, has_time) {
            (Some(_), true) => &[],
            (Some(_), false) => &[Question::Hour],
            (None, true) => &[Question::Day],
            (None, false) if wish.is_some_and(|wish| wish.day.is_some()) => &[Question::Day, Question::BookingTime],
            (None, false) if is_loose || in_words => &[],
            (None, false) => &[Question::BookingTime, Question::Day],
        };
        open.iter().find(|question| self.is_new(question)).cloned()
    }

    /// Who they are and how they can be reached, before anything is promised.
    fn contact_question(&self) -> Option<Question> {
        let question = match (self.is_reachable(), self.knows_name()) {
            (true, true) => return None,
            (true, false) => Question::Name,
            (false, _) => Question::Contact,
        };
        Some(question).filter(|question| self.is_new(question))
    }

    fn is_new(&self, question: &Question) -> bool {
        !self.turn.has_asked(question) && self.turn.asked() != Some(question)
    }

    /// The business's own question to ask now.
    pub(super) fn intake_question(&self) -> Option<&'t intake::Question> {
        let lead = Lead { qualification: self.known.clone(), ..self.turn.lead?.clone() };
        conversations::intake::next(self.turn.tenant, &lead, self.turn.conversation)
    }

    pub(super) fn knows_name(&self) -> bool {
        let stated = self.turn.conversation.is_some_and(|thread| thread.stated.name.is_some());
        let lead = self.turn.lead.is_some_and(|lead| lead.name.is_some());
        self.reading.given.name.is_some() || self.turn.contact_name.is_some() || stated || lead
    }

    fn is_reachable(&self) -> bool {
        let given = &self.reading.given;
        let stated = self.turn.conversation.is_some_and(|thread| !thread.stated.addresses.is_empty());
        self.turn.is_reachable || given.phone.is_some() || given.email.is_some() || stated
    }

    pub(super) fn accepts_offer(&self) -> bool {
        self.turn.asked() == Some(&Question::BookingTime)
            && self.reading.heard.has(Topic::Yes)
            && self.reading.when.is_none()
    }

    /// An appointment is spoken of: they asked for one, named a time for it, or were asked when.
    pub(super) fn is_arranging(&self) -> bool {
        let asked =
            [Question::BookingTime, Question::Day, Question::Hour].iter().any(|question| self.turn.has_asked(question));
        self.reading.heard.has(Topic::Booking)
            || self.reading.requested_time.is_some()
            || self.has_request()
            || (asked && self.reading.wish.is_some())
    }

    /// A time was asked for before.
    pub(super) fn has_request(&self) -> bool {
        let wish = self.turn.conversation.is_some_and(|thread| thread.wish.is_some() && !thread.questions.is_empty());
        wish || self.turn.lead.is_some_and(|lead| lead.requested_time.is_some())
    }

    pub(super) fn has_day_and_time(&self) -> bool {
        self.reading.wish.as_ref().is_some_and(|wish| wish.date().is_some() && wish.time.is_some())
    }

    /// Everything was asked, a time is known, and nobody was told yet what happens next.
    pub(super) fn is_promise_due(&self) -> bool {
        let has_time = self.has_request() || self.reading.requested_time.is_some();
        has_time
            && self.reading.wish.is_some()
            && self.next_question().is_none()
            && !self.turn.has_said(self.locale.phrases.team_confirms)
    }

    /// Says the time back; with `promise`, that the team confirms it.
    pub(super) fn say_the_time(&mut self, promise: bool) {
        let phrases = self.locale.phrases;
        match (self.time_in_words(), promise) {
            // "10:00 a. m." ends a sentence by itself.
            (Some(when), true) => self.say(&(phrases.request_noted)(&when).replace("..", ".")),
            (Some(when), false) => self.say(&(phrases.all_right)(&when).replace("..", ".")),
            (None, true) => self.say(phrases.time_noted),
            (None, false) => {}
        }
        if promise {
            self.say(phrases.team_confirms);
        }
    }

    /// `on Thursday, 12/3 at 3 PM`.
    fn time_in_words(&self) -> Option<String> {
        let visit = wishes::visit(self.turn.tenant, self.reading.wish.as_ref()?, self.now);
        let today = self.now.to_zoned(self.turn.tenant.time_zone()).date();
        let day = self.locale.date(visit.date?, today);
        Some(match (visit.time, visit.window) {
            (Some(time), _) => (self.locale.phrases.at)(&day, time, &self.locale.clock(time)),
            (None, Some((from, until))) => {
                let (from, until) = self.within_hours(visit.date?, from, until);
                format!("{day}, {}", (self.locale.phrases.range)(&self.locale.clock(from), &self.locale.clock(until)))
            }
            (None, None) => day,
        })
    }

    /// A span of the day, as far as the business is open in it.
    fn within_hours(&self, date: Date, from: Time, until: Time) -> (Time, Time) {
        let spans = self.turn.tenant.hours.spans_on(date);
        let touches = |span: &&crate::tenancy::Span| span.open < until && from < span.close;
        let open = spans.iter().filter(touches);
        let first = open.clone().map(|span| span.open.max(from)).min();
        let last = open.map(|span| span.close.min(until)).max();
        (first.unwrap_or(from), last.unwrap_or(until))
    }

    /// Why they cannot come then: the business is closed, or it has been.
    pub(super) fn why_not(&self) -> Option<String> {
        let tenant = self.turn.tenant;
        tenant.hours.next_opening(self.now, &tenant.time_zone())?;
        let visit = wishes::visit(tenant, self.reading.wish.as_ref()?, self.now);
        match visit.problem? {
            Problem::Closed(date) | Problem::OutsideHours(date) => Some(facts::hours_of(date, &self.locale, self.now)),
            Problem::Past => Some(self.locale.phrases.has_been.to_owned()),
            Problem::Conflict => Some(self.locale.phrases.no_such_day.to_owned()),
        }
    }
}
