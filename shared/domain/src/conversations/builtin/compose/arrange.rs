//! What is said of the time of an appointment.

use std::collections::BTreeSet;

use dates::{Choice, Day, Named, Problem, Wish};
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::locale::Locale;
use super::super::reading::Reading;
use super::super::state::Stage;
use super::super::tokens::tidy;
use super::super::{Turn, days, facts, service, state};
use super::{Composer, Decision, SURE_RULE};
use crate::conversations::{Action, Intent, Question, wishes};
use crate::leads::Qualification;

/// Whether the time that a message says is the one that was noted already, and was promised to be confirmed.
pub(super) fn repeats_the_time(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> bool {
    let before = turn.conversation.and_then(|thread| thread.wish.as_ref());
    let Some((before, wish)) = before.zip(reading.wish).filter(|_| reading.when.is_some()) else { return false };
    let visit = |wish: &Wish| {
        let visit = wishes::visit(turn.tenant, wish, now);
        (visit.date, visit.time, visit.window, wish.nights)
    };
    turn.has_said(locale.phrases.team_confirms) && visit(before) == visit(wish)
}

impl Composer<'_, '_> {
    pub(super) fn has_day_and_time(&self) -> bool {
        let is_whole = |wish: &Wish| if self.state.is_stay { wish.nights.is_some() } else { wish.time.is_some() };
        self.reading.wish.is_some_and(|wish| wish.date().is_some() && is_whole(wish))
    }

    /// "What times do you have on Thursday?": the hours of that day; of "what's the earliest?" those of the next day that is open.
    pub(super) fn asks_which_hours(&self) -> Option<String> {
        let has_hours = |wish: &&Wish| !self.state.is_stay && wish.time.is_none();
        let wish = self.reading.wish.filter(|wish| has_hours(wish) && facts::asks(&self.reading))?;
        let visit = wishes::visit(self.turn.tenant, wish, self.now);
        let zone = self.turn.tenant.time_zone();
        let next_opening = || Some(self.turn.tenant.hours.next_opening(self.now, &zone)?.to_zoned(zone.clone()).date());
        let date = if wish.soon && wish.day.is_none() { next_opening() } else { visit.date };
        let date = date.filter(|_| visit.window.is_none() && self.state.next.is_some())?;
        Some(facts::hours_of(date, &self.locale, self.now))
    }

    /// Whether they want other services now than those that were noted.
    pub(super) fn changes_services(&self) -> bool {
        let set = |known: &'_ Qualification| known.services().map(str::to_owned).collect::<BTreeSet<_>>();
        let before = self.turn.lead.map(|lead| set(&lead.qualification)).unwrap_or_default();
        self.reading.learned.service_interest.is_some() && !before.is_empty() && set(&self.known) != before
    }

    /// Whether an appointment was booked in this talk.
    pub(super) fn was_booked(&self) -> bool {
        self.turn.conversation.is_some_and(|thread| thread.booked.is_some())
    }

    /// Everything was asked, a time is known at which the business is open, and nobody was told yet what happens next.
    pub(super) fn is_promise_due(&self) -> bool {
        let is_open = self.state.stage == Stage::Requested
            || self.state.stage == Stage::Promised && self.changes_services() && !self.was_booked();
        let is_complete = is_open && self.state.next.is_none();
        // Who cannot be reached is told so once.
        let is_told = self.turn.has_said(self.locale.phrases.needs_contact);
        let is_new = !is_told || state::is_reachable(self.turn, &self.reading);
        is_complete
            && is_new
            && !self.state.is_about_existing
            && self.reading.wish.is_some()
            && self.why_not().is_none()
    }

    /// Says the time back; with `promise`, that the team confirms it.
    pub(super) fn say_the_time(&mut self, promise: bool) {
        let phrases = self.locale.phrases;
        let soonest = || self.reading.wish.filter(|wish| wish.soon).map(|_| phrases.soonest.to_owned());
        let hours_alone = || self.reading.wish.filter(|_| !promise).and_then(|wish| self.hours_in_words(wish));
        let when = self.reading.wish.and_then(|wish| self.time_in_words(wish, self.state.is_stay));
        let when = when.or_else(hours_alone).or_else(soonest);
        match (when, promise) {
            // "10:00 a. m." ends a sentence by itself.
            (Some(when), true) if self.state.is_stay => self.say(&(phrases.stay_noted)(&when).replace("..", ".")),
            (Some(when), true) => self.say(&(phrases.request_noted)(&when).replace("..", ".")),
            (Some(when), false) => self.say(&(phrases.all_right)(&when).replace("..", ".")),
            (None, true) if self.reading.wish.is_some_and(|wish| wish.day.is_some()) => self.say(phrases.time_noted),
            // No day is known: the team reads what they wrote.
            (None, true) => self.say(phrases.passed_to_team),
            (None, false) => {}
        }
        let wish = self.reading.wish;
        if let Some(date) = wish.and_then(|wish| wishes::visit(self.turn.tenant, wish, self.now).date) {
            self.say_holiday(date);
        }
        if promise {
            // Their own words are not said in the business's name.
            let is_listed = |name: &&str| self.turn.tenant.services.iter().any(|service| service.name == **name);
            let names: Vec<&str> = self.known.services().filter(is_listed).collect();
            if let Some(list) = service::listed(&names, phrases.and) {
                self.say(&(phrases.it_is_for)(&list));
            }
            let is_reachable = state::is_reachable(self.turn, &self.reading);
            self.say(if is_reachable { phrases.team_confirms } else { phrases.needs_contact });
        }
    }

    /// What they want besides their stay, at its own time: said back and passed on; the stay is left as it is.
    pub(super) fn note_besides(&mut self, wish: &Wish) -> Decision {
        self.open();
        let phrases = self.locale.phrases;
        // "A suite from the 18th to the 20th, and dinner on the 19th at 8."
        let has_both = self.reading.when.is_some() && self.why_not().is_none();
        if has_both {
            self.say_the_time(false);
        }
        let other = self.time_in_words(wish, wish.nights.is_some());
        let is_told = has_both && other.is_some();
        if let Some(when) = other {
            let noted = if has_both { phrases.request_noted } else { phrases.all_right };
            self.say(&noted(&when).replace("..", "."));
        }
        let services = self.reading.services.iter().filter(|service| !is_told || !service::offer(service).is_bed());
        let names: Vec<&str> = services.map(|service| service.name.as_str()).collect();
        if let Some(list) = service::listed(&names, phrases.and) {
            self.say(&(phrases.it_is_for)(&list));
        }
        self.say(phrases.passed_on);
        let asked = self.ask();
        Decision { intent: Intent::Booking, action: Action::AskTeam, confidence: SURE_RULE, asked }
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

    /// `on Thursday, 12/3 at 3 PM`; of a stay the days of arrival and departure, with the hour at which they come.
    pub(super) fn time_in_words(&self, wish: &Wish, is_stay: bool) -> Option<String> {
        if let [_, _, ..] = wish.choices.as_slice()
            && !is_stay
            && let Some(days) = self.days_to_choose(wish)
        {
            return Some(days.join(&format!(" {} ", self.locale.phrases.or)));
        }
        let visit = wishes::visit(self.turn.tenant, wish, self.now);
        let today = self.now.to_zoned(self.turn.tenant.time_zone()).date();
        let is_choice = wish.day.as_ref().is_some_and(wishes::is_choice) && !is_stay;
        let dates = visit.date.map_or(visit.dates, |date| vec![date]);
        let date = *dates.first().filter(|_| visit.date.is_some() || is_choice)?;
        let days: Vec<String> = dates.iter().map(|date| self.locale.date(*date, today)).collect();
        let day = days.join(&format!(" {} ", self.locale.phrases.or));
        if is_stay {
            let phrases = self.locale.phrases;
            let at = |time| (phrases.at)(&day, time, &self.locale.clock(time));
            let arrival = visit.time.map_or_else(|| day.clone(), at);
            let departure = wishes::requested(self.turn.tenant, wish, self.now)?.departure;
            let departure = departure.map(|departure| self.locale.date(departure, today));
            return Some(
                departure.map_or_else(|| (phrases.arriving)(&arrival), |leaving| (phrases.stay)(&arrival, &leaving)),
            );
        }
        let hours = self.hours_to_choose(wish);
        Some(match (visit.time, visit.window) {
            (Some(time), _) if hours.len() > 1 => {
                (self.locale.phrases.at)(&day, time, &hours.join(&format!(" {} ", self.locale.phrases.or)))
            }
            (Some(time), _) => (self.locale.phrases.at)(&day, time, &self.locale.clock(time)),
            (None, Some((from, until))) => {
                let (from, until) = wishes::within_hours(self.turn.tenant, date, from, until);
                let phrases = self.locale.phrases;
                let range = (phrases.range)(&self.locale.clock(from), &self.locale.clock(until));
                format!("{day}, {}", (phrases.within)(&range))
            }
            (None, None) => day,
        })
    }

    /// `12 PM to 6 PM`, while no day is known.
    fn hours_in_words(&self, wish: &Wish) -> Option<String> {
        let visit = wishes::visit(self.turn.tenant, wish, self.now);
        let range = |(from, until)| {
            let (from, until) = wishes::within_week(self.turn.tenant, from, until);
            (self.locale.phrases.range)(&self.locale.clock(from), &self.locale.clock(until))
        };
        let is_open = wish.day.is_none() && visit.problem.is_none() && !self.state.is_stay;
        visit.time.map(|time| self.locale.clock(time)).or_else(|| visit.window.map(range)).filter(|_| is_open)
    }

    /// The days of "Friday at 10 or Monday at 2", each with its hour, while none of them was chosen.
    fn days_to_choose(&self, wish: &Wish) -> Option<Vec<String>> {
        let is_open = |choice: &Choice| wish.date() == Some(choice.date) && wish.time == choice.time;
        let are_days = wish.choices.windows(2).all(|pair| matches!(pair, [one, other] if one.date != other.date));
        let alone = |choice: &Choice| {
            let day = Day { dates: vec![choice.date], named: Named::Date, conflict: false };
            self.time_in_words(&Wish { day: Some(day), time: choice.time, ..Wish::default() }, false)
        };
        wish.choices
            .iter()
            .filter(|_| are_days && wish.choices.first().is_some_and(is_open))
            .map(alone)
            .collect::<Option<Vec<_>>>()
            .filter(|days| !days.is_empty())
    }

    /// The hours of "Friday at 10 or 11", while none of them was chosen.
    fn hours_to_choose(&self, wish: &Wish) -> Vec<String> {
        let is_open = wish.choices.first().is_some_and(|choice| choice.time == wish.time)
            && wish.choices.iter().all(|choice| wish.date() == Some(choice.date));
        let alone = |choice: &Choice| Wish { time: choice.time, choices: Vec::new(), ..wish.clone() };
        let time = |choice: &Choice| wishes::visit(self.turn.tenant, &alone(choice), self.now).time;
        let choices = wish.choices.iter().filter(|_| is_open);
        choices.filter_map(time).map(|time| self.locale.clock(time)).collect()
    }

    /// That nothing is noted of a holiday on which they would come: once.
    pub(super) fn say_holiday(&mut self, date: Date) {
        let tenant = self.turn.tenant;
        let is_open_question = days::is_holiday(date, &tenant.region) && tenant.hours.special_on(date).is_none();
        let words = (self.locale.phrases.holiday_not_noted)(&self.locale.full_date(date));
        if is_open_question && !self.state.is_stay && !self.turn.has_said(&words) {
            self.say(&words);
        }
    }

    /// Whether the service that the message names takes too long for the hour that they wished for before.
    pub(super) fn is_too_late_for_it(&self) -> bool {
        let names_it = self.reading.learned.service_interest.is_some() && self.turn.visit.is_none();
        names_it && state::last_start(self.turn, &self.reading, &self.known, self.now).is_some()
    }

    /// Whether they named only times at which the business is closed, and were asked often enough: people find one.
    pub(super) fn has_no_time_left_to_ask(&self) -> bool {
        let is_open_end =
            self.state.stage == Stage::Requested && self.state.next.is_none() && self.turn.visit.is_none();
        is_open_end && !self.state.is_about_existing && self.reading.wish.is_some() && self.why_not().is_some()
    }

    /// Why they cannot come then: the business is closed, or it has been.
    pub(super) fn why_not(&self) -> Option<String> {
        let tenant = self.turn.tenant;
        tenant.hours.next_opening(self.now, &tenant.time_zone())?;
        let visit = wishes::visit(tenant, self.reading.wish?, self.now);
        if let Some((one, minutes, last)) = state::last_start(self.turn, &self.reading, &self.known, self.now) {
            let phrases = self.locale.phrases;
            let takes = (phrases.takes)(&tidy(&one.name, service::MAX_NAME_CHARS), &phrases.minutes(minutes));
            let last = last.map(|last| (phrases.last_start)(&self.locale.clock(last)).replace("..", "."));
            let hours = || visit.date.map(|date| facts::hours_of(date, &self.locale, self.now)).unwrap_or_default();
            // Of what is free the calendar has the last word.
            let rest = if self.turn.visit.is_some() { String::new() } else { last.unwrap_or_else(hours) };
            return Some(format!("{takes} {rest}").trim_end().to_owned());
        }
        match visit.problem? {
            Problem::Closed(date) | Problem::OutsideHours(date) => Some(facts::hours_of(date, &self.locale, self.now)),
            Problem::Past => Some(self.locale.phrases.has_been.to_owned()),
            Problem::Conflict => Some(self.locale.phrases.no_such_day.to_owned()),
        }
    }
}
