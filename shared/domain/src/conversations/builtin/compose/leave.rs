//! Who leaves, waits, comes later, or wants nothing that the business does.

use language::{Intent as Wants, Intents};

use super::super::changes::{clauses, is_no_customer};
use super::super::facts;
use super::super::heard::{Topic, is_courtesy, is_reply_word};
use super::{Composer, Decision, MAX_THANKS_WORDS, SURE_RULE};
use crate::conversations::{Action, Intent, Question};
use crate::leads::GivenDetails;
use crate::messaging::Content;

impl Composer<'_, '_> {
    /// Whether the writer wants nothing that the business does. Where a time is being arranged, they do.
    pub(super) fn is_no_customer(&self) -> bool {
        is_no_customer(&self.reading.intents) && !self.state.is_arranging()
    }

    pub(super) fn runs_late(&self) -> bool {
        self.turn.when.is_some_and(|when| when.is_late)
    }

    /// Someone comes later than agreed: the team is told every time, whatever it was told before.
    pub(super) fn tell_team_of_delay(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        let is_told = self.turn.has_said(phrases.passed_to_team);
        self.say(if is_told { phrases.passed_on } else { phrases.passed_to_team });
        Decision { intent: Intent::Other, action: Action::AskTeam, confidence: SURE_RULE, asked: None }
    }

    /// "Hang on", with courtesies and nothing else.
    pub(super) fn is_a_moment(&self) -> bool {
        let reading = &self.reading;
        let says_more = reading.has_details() || reading.when.is_some() || facts::asks(reading);
        let is_text = matches!(self.turn.content, Content::Text { .. });
        let waits = |clause: &str| Intents::read(clause).has(Wants::Wait);
        let is_beside = |clause: &str| is_courtesy(clause) || is_reply_word(clause);
        let is_short = reading.heard.substance <= MAX_THANKS_WORDS
            && clauses(self.turn.content.text()).all(|clause| waits(clause) || is_beside(clause));
        is_text && is_short && self.wants(&[Wants::Wait]) && !self.turn.is_first() && !says_more
    }

    /// Who has the wrong number, advertises, sells to the business or looks for work: short, and done. Of an offer, of work, and of
    /// whatever is asked the team hears once, so that a customer who was taken for one of them is not lost.
    pub(super) fn let_go(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        let is_for_team = self.wants(&[Wants::JobApplication, Wants::Supplier]);
        let words = if is_for_team { phrases.passed_to_team } else { phrases.never_mind };
        let is_told = (is_for_team || facts::asks(&self.reading)) && !self.turn.has_said(words);
        self.say(words);
        let action = if is_told { Action::AskTeam } else { Action::Reply };
        Decision { intent: Intent::Other, action, confidence: SURE_RULE, asked: None }
    }

    /// "Not now"; also "no" to a question, though not to ours who decides.
    pub(super) fn is_not_now(&self) -> bool {
        let heard = &self.reading.heard;
        let answers = self.reading.learned.decision_maker.is_some()
            || self.is_nothing_else()
            || self.turn.intake_answer().is_some();
        let says_so = heard.has(Topic::NotNow) || self.wants(&[Wants::NotNow]);
        says_so && !heard.wants_something() && !answers
    }

    /// "No", where nothing was asked.
    pub(super) fn is_nothing_else(&self) -> bool {
        self.reading.heard.has(Topic::NotNow) && self.reading.heard.substance == 1 && self.turn.just_asked().is_none()
    }

    pub(super) fn is_farewell(&self) -> bool {
        let heard = &self.reading.heard;
        let says_time = self.reading.requested_time.is_some();
        let plain = !heard.wants_something() && !heard.is_question && !self.reading.has_details() && !says_time;
        let thanks = heard.has(Topic::Thanks) && heard.substance <= MAX_THANKS_WORDS;
        let is_text = matches!(self.turn.content, Content::Text { .. } | Content::Choice { .. });
        let answers = self.turn.intake_answer().is_some();
        // "No, thank you" and "that's all", where an appointment is noted or was passed on.
        let says_all = heard.has(Topic::NotNow) || self.wants(&[Wants::Done]);
        let has_open = self.state.has_request() || self.state.is_about_existing;
        let is_all = has_open && says_all && !self.turn.asks_when();
        let leaves = heard.has(Topic::Goodbye) || self.wants(&[Wants::Goodbye]);
        is_text && plain && !answers && (thanks || is_all || leaves)
    }

    /// Someone needs a moment: whatever is open stays open, and nothing is asked meanwhile.
    pub(super) fn wait(&mut self) -> Decision {
        self.say(self.locale.phrases.take_your_time);
        let asked = self.turn.just_asked().cloned();
        Decision { intent: Intent::Other, action: Action::Reply, confidence: SURE_RULE, asked }
    }

    /// Whether they would rather not say how they can be reached, as we asked.
    pub(super) fn keeps_contact_private(&self) -> bool {
        let is_asked = matches!(self.turn.asked(), Some(Question::Contact));
        let wants_more = self.state.change.is_some()
            || self.visit_decided().is_some()
            || self.reading.when.is_some()
            || !self.reading.services.is_empty();
        is_asked && self.wants(&[Wants::Private]) && self.reading.given == GivenDetails::default() && !wants_more
    }

    /// Says what follows, and does not ask again at once.
    pub(super) fn go_on_without_contact(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        self.say(phrases.without_contact);
        if let Some(phone) = &self.turn.tenant.business.phone {
            self.say(&(phrases.or_call)(phone.as_str()));
        }
        Decision { intent: Intent::Detail, action: Action::Reply, confidence: SURE_RULE, asked: None }
    }

    pub(super) fn leave_in_peace(&mut self) -> Decision {
        self.say(self.locale.phrases.no_problem);
        Decision { intent: Intent::NotNow, action: Action::Nurture, confidence: SURE_RULE, asked: None }
    }

    pub(super) fn part(&mut self) -> Decision {
        let request = self.is_promise_due().then(|| {
            self.say_the_time(true);
            self.request()
        });
        let (phrase, action) = if self.reading.heard.has(Topic::Goodbye) {
            (self.locale.phrases.goodbye, Action::End)
        } else {
            (self.locale.phrases.welcome, Action::Reply)
        };
        self.say(phrase);
        // "Thank you", to times that were offered, says neither yes nor no.
        let offered = self.state.offered.filter(|_| action == Action::Reply);
        if let Some(times) = offered {
            self.say(&self.which_time(times));
        }
        let action = request.filter(|action| *action == Action::RequestBooking).unwrap_or(action);
        let asked = offered.map(|_| Question::BookingTime);
        Decision { intent: Intent::Thanks, action, confidence: SURE_RULE, asked }
    }
}
