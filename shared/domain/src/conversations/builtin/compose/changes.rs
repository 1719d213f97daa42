//! What becomes of an appointment that was made before: staff hear of it, with what is known.

use super::super::changes::Change;
use super::super::{facts, phrases};
use super::{Composer, Decision, SURE_RULE};
use crate::conversations::{Action, Intent, Question};
use ::language::OfAppointment;

impl Composer<'_, '_> {
    /// "Actually no, keep it", right after it was cancelled: the time may be gone, so people see to it.
    pub(super) fn regrets_cancelling(&self) -> bool {
        let is_told = |line: &str| {
            phrases::ALL.iter().any(|phrases| {
                let words = (phrases.cancelled)("\n");
                line.contains(phrases.wants_cancel) || words.split('\n').all(|part| line.contains(part.trim()))
            })
        };
        // "No, keep it cancelled, but book me Monday at 9" goes on to something else.
        let is_that_alone = self.reading.when.is_none() && !self.reading.heard.is_question;
        is_that_alone
            && self.turn.last_reply().is_some_and(is_told)
            && OfAppointment::Keep.is_in(self.turn.content.text())
    }

    /// Cancelling is spoken of, and not ordered: says what is arranged, and leaves it so. The team hears of it.
    pub(super) fn leave_as_it_is(&mut self) -> Decision {
        if self.state.has_request() && self.turn.visit.is_none() {
            self.say_the_time(false);
        }
        if facts::asks(&self.reading) {
            return self.quote_or_ask_the_team(Intent::Booking);
        }
        self.pass_on()
    }

    /// They have an appointment already and tell or ask something of it: what is on file is answered, and the team hears the rest.
    pub(super) fn answer_of_own(&mut self) -> Decision {
        self.open();
        self.say_facts();
        if facts::asks(&self.reading) && self.has_facts && !self.is_lacking {
            return Self::changed(Action::Reply, None);
        }
        if facts::asks(&self.reading) { self.quote_or_ask_the_team(Intent::Booking) } else { self.pass_on() }
    }

    /// The team is told that the appointment is to stay.
    pub(super) fn tell_of_regret(&mut self) -> Decision {
        self.open();
        self.say(self.locale.phrases.passed_to_team);
        self.say(&facts::contact_time(&self.locale, self.now));
        Self::changed(Action::AskTeam, None)
    }

    /// Tells the team what is to become of an appointment, or goes on with the one that is being arranged.
    pub(super) fn change(&mut self) -> Decision {
        self.open();
        match self.state.change {
            Some(Change::Move) if !self.state.is_about_existing => {
                let asked = self.ask_other_time();
                Self::changed(Action::OfferBooking, asked)
            }
            Some(Change::Confirm) if !self.state.is_about_existing => {
                self.say_the_time(true);
                let asked = self.ask();
                Self::changed(Action::Reply, asked)
            }
            Some(Change::Cancel) if !self.state.is_about_existing && !self.state.has_request() => {
                self.say(self.locale.phrases.no_problem);
                Decision { intent: Intent::NotNow, ..Self::changed(Action::Nurture, None) }
            }
            Some(Change::Move) => self.tell_of_move(),
            Some(Change::Confirm) => self.tell_team(self.locale.phrases.wants_confirm),
            Some(Change::Cancel) | None => self.tell_team(self.locale.phrases.wants_cancel),
        }
    }

    fn changed(action: Action, asked: Option<Question>) -> Decision {
        Decision { intent: Intent::Booking, action, confidence: SURE_RULE, asked }
    }

    /// Says the new time back; where there is none, or none that can be, asks for one.
    fn tell_of_move(&mut self) -> Decision {
        let why_not = self.why_not();
        let has_time = why_not.is_none() && self.reading.when.is_some();
        if has_time {
            self.say_the_time(false);
        }
        self.say(&why_not.unwrap_or_default());
        let decision = self.tell_team(self.locale.phrases.wants_move);
        if has_time || decision.asked.is_some() {
            return decision;
        }
        Decision { asked: self.ask_other_time(), ..decision }
    }

    /// Gives the team a task, once, and asks who they are where that is not known.
    fn tell_team(&mut self, words: &str) -> Decision {
        let is_told = self.turn.is_with_staff() || self.turn.has_said(words);
        self.say(if is_told { self.locale.phrases.passed_on } else { words });
        let asked = self.ask();
        Self::changed(if is_told { Action::Reply } else { Action::AskTeam }, asked)
    }
}
