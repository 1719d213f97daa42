//! What only the team knows or decides.

use super::super::heard::Topic;
use super::super::{facts, open, promises_team, service};
use super::{Composer, Decision, FAIR, SURE_RULE};
use crate::conversations::{Action, Intent, Question};
use crate::messaging::Content;
use language::{Intent as Wants, Sought};

/// A message of fewer words may be anything.
const MIN_TOLD_WORDS: usize = 4;

impl Composer<'_, '_> {
    /// Whether the message asks what no data of the business answers.
    pub(super) fn is_for_the_team(&self, intent: Intent) -> bool {
        let reading = &self.reading;
        if reading.heard.substance == 0 || reading.faq.is_some() || self.missing.is_all() {
            return false;
        }
        if reading.heard.asks_who_is_in(&reading.intents) {
            return true;
        }
        // What something cost is asked without a question too: "I was charged a fee".
        if !facts::asks(reading) {
            return intent == Intent::Price && facts::asks_price_of_unknown(self.turn, reading);
        }
        if facts::tells_more(self.turn, reading, &self.locale) {
            return false;
        }
        match intent {
            Intent::Other => {
                !self.turn.is_first() || !reading.intents.has(Wants::Greeting) || reading.heard.substance > 2
            }
            Intent::Service if reading.services.is_empty() => facts::asks_for_unknown(self.turn, reading),
            // "What is the darkest tint that is legal?" names a service, and does not ask whether it can be had.
            Intent::Service => {
                let is_free = [Wants::Availability, Wants::Book].iter().any(|wish| reading.intents.has(*wish));
                let is_offer = reading.heard.has(Topic::Services) || reading.when.is_some() || is_free;
                // "What about brakes?" goes on to another one.
                let goes_on = reading.intents.has(Wants::FollowUp);
                reading.intents.asks_to_know() && !is_offer && !goes_on && !self.is_lacking
            }
            Intent::Price => facts::asks_price_of_unknown(self.turn, reading),
            _ => false,
        }
    }

    /// What only the team knows is a task for them, once; later questions are added to it. The talk goes on.
    pub(super) fn ask_the_team(&mut self, intent: Intent) -> Decision {
        if self.reply.is_empty() {
            self.open();
        }
        let (words, is_asked) = self.words_of_passing_on();
        self.say(words);
        if self.turn.is_with_staff() {
            self.say(&facts::contact_time(&self.locale, self.now));
        }
        // Who names a service and asks something besides is asked on: a person has to look at it anyway.
        let goes_on = self.is_booking() || !self.reading.services.is_empty();
        let asked = if goes_on { self.ask() } else { None };
        let action = if is_asked { Action::Reply } else { Action::AskTeam };
        Decision { intent, action, confidence: FAIR, asked }
    }

    /// That a question goes to the team, and whether something did before.
    fn words_of_passing_on(&self) -> (&'static str, bool) {
        let phrases = self.locale.phrases;
        let is_asked = self.turn.is_with_staff() || self.turn.has_said_any(&[phrases.ask_the_team, phrases.not_listed]);
        let was_asked_too = self.turn.last_reply().is_some_and(|line| line.contains(phrases.asked_too));
        let asks = facts::asks(&self.reading);
        let words = match is_asked {
            true if asks && !was_asked_too => phrases.asked_too,
            true if !asks => phrases.passed_on,
            _ => phrases.ask_the_team,
        };
        (words, is_asked)
    }

    /// Whether a question was asked that nothing answers so far.
    pub(super) fn leaves_open(&self) -> bool {
        (!self.has_facts || self.only_offers) && open::asks_more(self.turn, &self.reading)
    }

    /// A question that was neither answered nor passed on goes to the team, before we ask ours.
    pub(super) fn pass_on_what_is_open(&mut self) {
        let says_unlisted = self.reply.contains(self.locale.phrases.not_listed);
        if !self.leaves_open() || says_unlisted || promises_team(&self.reply) {
            return;
        }
        let (words, is_asked) = self.words_of_passing_on();
        let ours = self.asks_at.map(|at| self.reply.split_off(at)).unwrap_or_default();
        self.say(words);
        self.say(ours.trim_start());
        self.asks_team |= !is_asked;
    }

    /// Whether the message tells at length of something that is none of our services and nothing else that we know.
    pub(super) fn is_told_at_length(&self, intent: Intent) -> bool {
        let is_text = matches!(self.turn.content, Content::Text { .. });
        is_text
            && intent == Intent::Other
            && self.reading.heard.substance >= MIN_TOLD_WORDS
            && self.which_of().is_none()
            && !self.begins_by_seeking()
    }

    /// Whether the first message says only that a business like this one is looked for.
    fn begins_by_seeking(&self) -> bool {
        let sought = || service::sought(self.turn.tenant, self.turn.content.text());
        self.turn.is_first() && sought() == Some(Sought::Plainly)
    }

    /// What they tell of and we do not know is a task for the team, once. A booking goes on.
    pub(super) fn pass_on(&mut self) -> Decision {
        let words = self.locale.phrases.passed_to_team;
        let is_told = self.turn.is_with_staff() || self.turn.has_said(words);
        self.say(if is_told { self.locale.phrases.passed_on } else { words });
        let asked = if self.is_booking() { self.ask() } else { None };
        let action = if is_told { Action::Reply } else { Action::AskTeam };
        Decision { intent: Intent::Other, action, confidence: FAIR, asked }
    }

    /// Whether they want to be called, and nothing that the data answers.
    pub(super) fn only_wants_call(&self) -> bool {
        let heard = &self.reading.heard;
        let asks = heard.has(Topic::Price) || heard.has(Topic::Hours) || self.reading.faq.is_some();
        self.wants(&[Wants::CallBack]) && !asks
    }

    /// Who wants to be called and cannot be reached yet is asked where.
    pub(super) fn ask_where_to_call(&mut self) -> Option<Question> {
        let contact = self.state.contact(self.turn, &self.reading).filter(|question| *question == Question::Contact);
        let asked = contact.filter(|_| self.wants(&[Wants::CallBack]))?;
        let phrases = self.locale.phrases;
        self.say(if self.state.knows_name { phrases.ask_reach } else { phrases.ask_contact });
        Some(asked)
    }

    /// What is stored of a person is deleted by people, and nothing is said to be gone.
    pub(super) fn pass_on_erasure(&mut self) -> Decision {
        self.say(self.locale.phrases.wants_erasure);
        Decision { intent: Intent::Other, action: Action::AskTeam, confidence: SURE_RULE, asked: None }
    }

    /// Another person is to be seen too, at a time that is not said.
    pub(super) fn tell_of_companion(&mut self) -> Decision {
        self.open();
        self.say_facts();
        let promises = self.is_promise_due();
        if promises {
            self.say_the_time(true);
        }
        let asked = self.ask();
        let action = if promises { self.request() } else { Action::AskTeam };
        Decision { intent: Intent::Booking, action, confidence: SURE_RULE, asked }
    }

    /// Whether an appointment is being arranged, or was offered.
    pub(super) fn is_booking(&self) -> bool {
        let asked_own = matches!(self.turn.just_asked(), Some(Question::Intake(_)));
        self.state.is_arranging() || self.turn.asks_when() || asked_own
    }

    /// A picture, film or file of which the words do not say what is wanted: people look at it, and the talk goes on.
    pub(super) fn show_the_team(&mut self) -> Decision {
        let words = self.locale.phrases.team_looks;
        let is_told = self.turn.is_with_staff() || self.turn.has_said(words);
        self.say(if is_told { self.locale.phrases.passed_on } else { words });
        let asked = self.ask();
        let action = if is_told { Action::Reply } else { Action::AskTeam };
        Decision { intent: Intent::Other, action, confidence: FAIR, asked }
    }
}
