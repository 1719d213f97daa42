//! From what was read to the answer: which kind of turn it is, what is said, what is asked, what is done.

mod arrange;
mod changes;
mod extras;
mod leave;
mod offers;
mod quotes;
mod say;
mod team;
mod unclear;
mod visit;

use jiff::Timestamp;
use language::Intent as Wants;
use std::collections::BTreeMap;

use super::changes::is_no_customer;
use super::heard::Topic;
use super::locale::Locale;
use super::next::{self, Signals};
use super::reading::Reading;
use super::state::{State, arranges};
use super::{MODEL, Turn, facts, follow_up, style};
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::conversations::{Action, Answer, Author, Citation, EscalationReason, Intent, Question};
use crate::leads::{GivenDetails, Qualification, Score, Urgency};
use crate::messaging::Content;
use offers::Missing;

/// An answer from the tenant's own data.
const SURE_FACT: u8 = 90;
/// A courtesy, a person called, a time noted: rules that leave no doubt.
const SURE_RULE: u8 = 80;
/// A detail was read, or a question is asked.
pub(super) const FAIR: u8 = 60;
/// Not understood.
const UNSURE: u8 = 30;

/// A message that thanks and has at most this many other words is taken as thanks alone.
const MAX_THANKS_WORDS: usize = 6;

/// So many words beside a day still make it an answer.
const MAX_WORDS_BESIDES: usize = 3;

/// One answer in the making.
pub(super) struct Composer<'a, 't> {
    turn: &'a Turn<'t>,
    now: Timestamp,
    locale: Locale<'t>,
    reading: Reading<'t>,
    /// What is known of the lead with this message.
    known: Qualification,
    /// Where the conversation stands with this message.
    state: State<'t>,
    reply: String,
    /// A question about the business was answered.
    has_facts: bool,
    /// The only answer was that a service can be had.
    only_offers: bool,
    /// Something was asked besides that the business's data does not answer.
    is_lacking: bool,
    /// What they want of the trade that no one service is.
    missing: Missing,
    /// The team is asked about something besides.
    asks_team: bool,
    /// What of the documents was quoted.
    citations: Vec<Citation>,
    /// Where in the reply our own question begins.
    asks_at: Option<usize>,
}

/// What a kind of turn decides.
struct Decision {
    intent: Intent,
    action: Action,
    confidence: u8,
    asked: Option<Question>,
}

impl<'a, 't> Composer<'a, 't> {
    pub(super) fn new(turn: &'a Turn<'t>, now: Timestamp) -> Self {
        let mut reading = Reading::new(turn);
        let missing = offers::missing(turn, &reading);
        if missing.is_not_listed() {
            // The answer to "which service?" is none of them.
            reading.learned.service_interest = None;
        }
        let is_late = turn.when.is_some_and(|when| when.is_late);
        if is_late || is_no_customer(&reading.intents) && !arranges(turn) {
            (reading.learned, reading.requested_time) = (Qualification::default(), None);
        }
        reading.requested_time = reading.requested_time.take().or_else(|| day_in_answer(turn, &reading));
        let locale = Locale::new(turn.tenant, turn.language());
        if arrange::repeats_the_time(turn, &reading, &locale, now) {
            // "Thanks, see you Saturday": nothing new.
            reading.requested_time = None;
        }
        let before = turn.lead.map(|lead| lead.qualification.clone()).unwrap_or_default();
        if let Some(visit) = turn.visit.filter(|_| before.service_interest.is_none()) {
            // The only one that there is.
            reading.learned.service_interest.get_or_insert_with(|| visit.service.clone());
        }
        let known = before.updated_with(reading.learned.clone());
        Self {
            turn,
            now,
            state: State::new(turn, &reading, &known, &locale, missing.asks_which(), now),
            locale,
            reading,
            known,
            reply: String::new(),
            has_facts: false,
            only_offers: false,
            is_lacking: false,
            missing,
            asks_team: false,
            citations: Vec::new(),
            asks_at: None,
        }
    }

    /// What it answers, what it read, and how it writes.
    pub(super) fn parts(&self) -> (&'a Turn<'t>, &Reading<'t>, &Locale<'t>, Timestamp) {
        (self.turn, &self.reading, &self.locale, self.now)
    }

    /// The whole answer. The first kind that fits decides: a person is wanted, "not now", a time for an appointment,
    /// thanks or goodbye, anything else.
    pub(super) fn answer(mut self) -> Answer {
        let decision = match (self.turn.escalation(), self.reading.besides) {
            (Some(reason), _) => self.call_a_person(reason),
            (None, _) if self.said_of_extra().is_some() => match self.said_of_extra() {
                Some(said) => self.answer_extra(said),
                None => self.talk(),
            },
            (None, _) if self.wants(&[Wants::Erase]) && self.state.change.is_none() => self.pass_on_erasure(),
            (None, _) if self.is_no_customer() => self.let_go(),
            (None, _) if self.runs_late() => self.tell_team_of_delay(),
            (None, _) if self.regrets_cancelling() => self.tell_of_regret(),
            (None, _) if self.is_a_moment() => self.wait(),
            (None, _) if self.keeps_contact_private() => self.go_on_without_contact(),
            (None, _) if self.visit_decided().is_some() => match self.visit_decided() {
                Some(visit) => self.arrange_visit(visit),
                None => self.talk(),
            },
            (None, _) if self.state.change.is_some() => self.change(),
            (None, _) if self.reading.is_kept => {
                self.open();
                self.leave_as_it_is()
            }
            (None, _) if self.reading.has_one => self.answer_of_own(),
            (None, _) if self.objects_to_price() => self.answer_objection(),
            (None, _) if self.missing.is_not_listed() => self.say_not_listed(),
            (None, _) if self.is_not_now() && !self.state.has_request() => self.leave_in_peace(),
            (None, _) if self.is_farewell() => self.part(),
            (None, Some(wish)) => self.note_besides(wish),
            (None, None) if self.reading.requested_time.is_some() || self.is_too_late_for_it() => self.note_the_time(),
            (None, None) if self.reading.has_companion && !self.turn.is_first() => self.tell_of_companion(),
            (None, None) => self.talk(),
        };
        self.finish(decision)
    }

    fn wants(&self, any: &[Wants]) -> bool {
        any.iter().any(|intent| self.reading.intents.has(*intent))
    }

    /// Empathy, who answers when, and what can be answered at once.
    fn call_a_person(&mut self, reason: EscalationReason) -> Decision {
        let phrases = self.locale.phrases;
        let (intent, first_words) = match reason {
            EscalationReason::Emergency => (Intent::Emergency, phrases.urgent),
            EscalationReason::Complaint => (Intent::Complaint, phrases.sorry),
            EscalationReason::CustomerAsked => (Intent::Human, phrases.of_course),
            _ => (self.intent(), phrases.rather_a_person),
        };
        self.say_who_answers();
        self.say(first_words);
        // What is urgent and no danger to anybody has no need of an emergency number.
        let is_danger = self.turn.route.urgency != Some(Urgency::High);
        if reason == EscalationReason::Emergency && is_danger {
            self.say(phrases.danger);
        }
        self.say(&facts::contact_time(&self.locale, self.now));
        match (reason, &self.turn.tenant.business.phone) {
            (EscalationReason::Emergency, Some(phone)) => self.say(&(phrases.or_call)(phone.as_str())),
            // The words of a complaint ask for nothing that a price list could answer.
            (EscalationReason::Emergency | EscalationReason::Complaint, _) => {}
            // Who wants a call or towels has asked nothing that the data answers.
            _ if self.only_wants_call() || language::tone(self.turn.content.text()).in_house.is_some() => {}
            _ => self.say_facts(),
        }
        let asked = self.ask_where_to_call();
        Decision { intent, action: Action::Escalate, confidence: SURE_RULE, asked }
    }

    /// Takes the time down, never as booked: says it back, and asks for what is missing. Where the business is closed then, says
    /// so and asks for another time.
    fn note_the_time(&mut self) -> Decision {
        self.open();
        let decision = |action, asked| Decision { intent: Intent::Booking, action, confidence: SURE_RULE, asked };
        if let Some(why) = self.why_not() {
            self.say(&why);
            return decision(Action::Reply, self.ask_other_time());
        }
        let is_last = self.state.next.is_none();
        match self.asks_which_hours() {
            Some(hours) => self.say(&hours),
            None => self.say_the_time(is_last),
        }
        self.say_facts();
        // Of a request that is whole staff hear anyway, with what was written.
        let is_whole = is_last || self.has_day_and_time();
        if self.is_lacking && self.say_quote() {
            self.is_lacking = false;
        }
        if self.is_lacking {
            self.say(self.locale.phrases.ask_the_team);
        }
        let asked = self.ask();
        let action = match (is_whole, self.is_lacking) {
            (true, _) => Action::RequestBooking,
            (false, true) => Action::AskTeam,
            (false, false) => Action::OfferBooking,
        };
        decision(action, asked)
    }

    /// Greets, answers, takes note, asks on.
    fn talk(&mut self) -> Decision {
        if let Some(decision) = self.ask_for_words() {
            return decision;
        }
        let intent = self.intent();
        if self.is_for_the_team(intent) || self.is_priced_in_documents() {
            return self.quote_or_ask_the_team(intent);
        }
        let is_unpriced = facts::asks_price_without_one(self.turn, &self.reading);
        if (is_unpriced || intent == Intent::Service && self.has_quote_of_more())
            && let Some(decision) = self.quote_documents(intent)
        {
            return decision;
        }
        let names_none = follow_up::spoken_of(self.turn, &self.reading.services).is_empty();
        if is_unpriced && names_none && self.turn.findings.is_about_something() {
            return self.ask_the_team(intent);
        }
        if intent == Intent::Other && !self.turn.is_first() && !self.is_promise_due() {
            return self.not_understood();
        }
        self.open();
        let is_text = matches!(self.turn.content, Content::Text { .. } | Content::Choice { .. });
        if intent == Intent::Other && matches!(self.turn.content, Content::Media { .. }) {
            return self.show_the_team();
        }
        if self.is_told_at_length(intent) && self.turn.is_first() && !self.is_promise_due() {
            return self.pass_on();
        }
        if is_text && intent == Intent::Other && self.turn.is_first() && self.which_of().is_none() {
            return self.ask_how_to_help(intent);
        }
        let has_answered = self.turn.intake_answer().is_some();
        if is_text && self.reading.heard.substance == 0 && !has_answered && !self.is_promise_due() {
            return self.ask_how_to_help(intent);
        }
        self.say_facts();
        if self.is_lacking {
            return self.quote_or_ask_the_team(intent);
        }
        // "Where do I park in Katy?" says where, and asks something.
        if !self.has_facts
            && facts::asks(&self.reading)
            && let Some(decision) = self.quote_documents(intent)
        {
            return decision;
        }
        let promises = self.is_promise_due();
        let newly_hot = self.reading.is_ready && self.turn.score() != Score::Hot;
        let says_ready = self.reading.heard.has(Topic::Ready);
        if says_ready {
            self.say_kindly(self.locale.phrases.wonderful);
        }
        if says_ready || newly_hot {
            self.say(&facts::contact_time(&self.locale, self.now));
        } else if (self.reading.has_details() || has_answered) && !self.has_facts && !self.turn.is_first() && !promises
        {
            self.thank();
        }
        if promises {
            self.say_the_time(true);
        }
        if self.has_no_time_left_to_ask() {
            return self.pass_on();
        }
        let asked = self.ask();
        let action = match asked {
            _ if promises => self.request(),
            _ if newly_hot => Action::TransferHotLead,
            Some(Question::BookingTime | Question::Day | Question::Hour | Question::Departure) => Action::OfferBooking,
            _ => Action::Reply,
        };
        let confidence = match intent {
            _ if self.has_facts => SURE_FACT,
            Intent::Other => UNSURE,
            _ => FAIR,
        };
        Decision { intent, action, confidence, asked }
    }

    /// What the team is told of a promise, once: the request, with the time in the customer's words.
    fn request(&mut self) -> Action {
        let is_requested = self.turn.lead.is_some_and(|lead| lead.requested_time.is_some());
        let is_new = !is_requested || self.changes_services();
        let Some(wish) = self.reading.wish.filter(|_| is_new) else { return Action::Reply };
        self.reading.requested_time = Some(wish.words.clone());
        Action::RequestBooking
    }

    /// What the customer wants most.
    fn intent(&self) -> Intent {
        let heard = &self.reading.heard;
        // "Is the diagnostic credited toward the repair?" names a service, and answers nothing.
        let only_asks = self.reading.intents.asks_to_know() && facts::asks(&self.reading) && !self.says_of_themselves();
        let answers_us = self.turn.intake_answer().is_some()
            || (self.turn.asked().is_some() && self.reading.has_details() && !only_asks);
        let says_who = facts::says_who(self.turn, &self.reading);
        let ranked = [
            (heard.has(Topic::Booking) || heard.has(Topic::Ready), Intent::Booking),
            (self.asks_who_answers(), Intent::Human),
            (says_who, Intent::Detail),
            (facts::asks_price(&self.reading), Intent::Price),
            (heard.has(Topic::Hours), Intent::Hours),
            ([Topic::Address, Topic::Phone, Topic::Website].iter().any(|topic| heard.has(*topic)), Intent::Address),
            (heard.has(Topic::Services), Intent::Service),
            (answers_us || heard.has(Topic::Yes) || self.is_nothing_else(), Intent::Detail),
            (!self.reading.services.is_empty(), Intent::Service),
            (self.reading.has_details() || self.reading.has_foreign_number, Intent::Detail),
            (matches!(self.turn.content, Content::Form { .. } | Content::Location { .. }), Intent::Detail),
            (self.reading.faq.is_some(), Intent::Service),
            (facts::tells_more(self.turn, &self.reading, &self.locale), Intent::Service),
            (self.reading.is_ready, Intent::Booking),
            (heard.has(Topic::Greeting) && heard.substance == 0, Intent::Greeting),
        ];
        ranked.into_iter().find(|(applies, _)| *applies).map_or(Intent::Other, |(_, intent)| intent)
    }

    /// Whether the message says who they are, or when they would like to come.
    fn says_of_themselves(&self) -> bool {
        self.reading.given != GivenDetails::default() || self.reading.when.is_some()
    }

    fn finish(mut self, mut decision: Decision) -> Answer {
        if decision.action != Action::Escalate && decision.intent != Intent::NotNow {
            self.pass_on_what_is_open();
        }
        if self.asks_team && matches!(decision.action, Action::Reply | Action::OfferBooking) {
            decision.action = Action::AskTeam;
        }
        if self.reply.is_empty() {
            let phrases = self.locale.phrases;
            self.say(if self.state.is_about_existing { phrases.passed_on } else { phrases.anything_else });
        }
        let signals = Signals {
            emergency: decision.intent == Intent::Emergency,
            booking: matches!(decision.action, Action::RequestBooking | Action::Book),
            ready: self.reading.is_ready,
            interest: self.reading.heard.has(Topic::Price) || self.reading.heard.has(Topic::Booking),
            not_now: decision.intent == Intent::NotNow,
        };
        let reply = self.reply.chars().take(MAX_REPLY_CHARS).collect();
        Answer {
            reply: style::closed(self.turn, &self.locale.language(), reply),
            language: self.locale.language(),
            intent: decision.intent,
            sentiment: self.reading.sentiment,
            action: decision.action,
            score: next::score(self.turn.score(), &self.known, signals),
            confidence: decision.confidence,
            qualification: self.reading.learned,
            given: self.reading.given,
            requested_time: self.reading.requested_time.filter(|_| decision.action == Action::RequestBooking),
            intake: BTreeMap::new(),
            asked: decision.asked,
            citations: self.citations,
            author: Author { model: MODEL.to_owned(), ..Author::default() },
        }
    }
}

/// The time that an answer to any question of ours consists of: "tomorrow first thing works".
fn day_in_answer(turn: &Turn<'_>, reading: &Reading<'_>) -> Option<String> {
    let when = reading.when.filter(|when| when.day.is_some())?;
    let says_other = [Topic::NotNow, Topic::Goodbye, Topic::Thanks].iter().any(|topic| reading.heard.has(*topic));
    let answers = turn.just_asked().is_some() && turn.intake_answer().is_none() && !says_other;
    let asks = reading.heard.wants_something() || facts::asks(reading) || reading.faq.is_some();
    let words = |text: &str| text.split_whitespace().count();
    let besides = words(turn.content.text()).saturating_sub(words(&when.words));
    (answers && !asks && besides <= MAX_WORDS_BESIDES).then(|| when.words.clone())
}

/// That the message came in, and when a person answers it.
pub(super) fn who_answers(turn: &Turn<'_>, now: Timestamp) -> String {
    let locale = Locale::new(turn.tenant, turn.language());
    format!("{} {}", locale.phrases.thanks_for_message, facts::contact_time(&locale, now))
}
