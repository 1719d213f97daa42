//! What is said of the time of an appointment.

use dates::Problem;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::super::locale::Locale;
use super::super::reading::Reading;
use super::super::state::Stage;
use super::super::{Turn, facts, service};
use super::Composer;
use crate::conversations::{Question, wishes};

/// Whether the time that a message says is the one that was noted already, and was promised to be confirmed.
pub(super) fn repeats_the_time(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> bool {
    let before = turn.conversation.and_then(|thread| thread.wish.as_ref());
    let Some((before, wish)) = before.zip(reading.wish).filter(|_| reading.when.is_some()) else { return false };
    let visit = |wish| {
        let visit = wishes::visit(turn.tenant, wish, now);
        (visit.date, visit.time, visit.window)
    };
    turn.has_said(locale.phrases.team_confirms) && visit(before) == visit(wish)
}

impl Composer<'_, '_> {
    pub(super) fn has_day_and_time(&self) -> bool {
        self.reading.wish.is_some_and(|wish| wish.date().is_some() && wish.time.is_some())
    }

    /// Everything was asked, a time is known at which the business is open, and nobody was told yet what happens next. While they
    /// ask something in between, who they are stays open.
    pub(super) fn is_promise_due(&self) -> bool {
        let is_complete = self.state.stage == Stage::Requested && self.state.next.is_none();
        let waits = facts::asks(&self.reading) && self.state.lacks_contact(self.turn, &self.reading);
        is_complete
            && !waits
            && !self.state.is_about_existing
            && self.reading.wish.is_some()
            && self.why_not().is_none()
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
            let names: Vec<&str> = self.known.services().collect();
            if let Some(list) = service::listed(&names, phrases.and) {
                self.say(&(phrases.it_is_for)(&list));
            }
            self.say(phrases.team_confirms);
        }
    }

    /// Asks for another time than the one that cannot be: in two ways, and then no more.
    pub(super) fn ask_other_time(&mut self) -> Option<Question> {
        let phrases = self.locale.phrases;
        let words = [phrases.ask_other_time, phrases.again_day].into_iter().find(|words| !self.turn.has_said(words))?;
        self.say(words);
        // Never the question that was just asked.
        let asks_again = self.turn.asked() == Some(&Question::BookingTime);
        Some(if asks_again { Question::Day } else { Question::BookingTime })
    }

    /// `on Thursday, 12/3 at 3 PM`.
    fn time_in_words(&self) -> Option<String> {
        let visit = wishes::visit(self.turn.tenant, self.reading.wish?, self.now);
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
        let visit = wishes::visit(tenant, self.reading.wish?, self.now);
        match visit.problem? {
            Problem::Closed(date) | Problem::OutsideHours(date) => Some(facts::hours_of(date, &self.locale, self.now)),
            Problem::Past => Some(self.locale.phrases.has_been.to_owned()),
            Problem::Conflict => Some(self.locale.phrases.no_such_day.to_owned()),
        }
    }
}
