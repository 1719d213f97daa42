//! From what was read to the answer: which kind of turn it is, what is said, what is asked, what is done.

use jiff::Timestamp;

use super::heard::Topic;
use super::locale::Locale;
use super::next::{self, Signals};
use super::reading::Reading;
use super::tokens::tidy;
use super::{MODEL, SOFT_LIMIT_CHARS, Turn, details, facts, phrases, service};
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::conversations::{Action, Answer, Author, EscalationReason, Intent, Question};
use crate::leads::{Qualification, Score};
use crate::messaging::{Content, MediaKind, Source};

/// An answer from the tenant's own data.
const SURE_FACT: u8 = 90;
/// A courtesy, a person called, a time noted: rules that leave no doubt.
const SURE_RULE: u8 = 80;
/// A detail was read, or a question is asked.
pub(super) const FAIR: u8 = 60;
/// Not understood.
const UNSURE: u8 = 30;

/// The longest business name shown, in characters.
const MAX_BUSINESS_CHARS: usize = 80;
/// A message that thanks and has at most this many other words is taken as thanks alone.
const MAX_THANKS_WORDS: usize = 6;

/// One answer in the making.
pub(super) struct Composer<'a, 't> {
    turn: &'a Turn<'t>,
    now: Timestamp,
    locale: Locale<'t>,
    reading: Reading<'t>,
    /// What is known of the lead with this message.
    known: Qualification,
    reply: String,
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
        let reading = Reading::new(turn);
        let before = turn.lead.map(|lead| lead.qualification.clone()).unwrap_or_default();
        let known = before.updated_with(reading.learned.clone());
        Self { turn, now, locale: Locale::new(turn.tenant, &turn.route.language), reading, known, reply: String::new() }
    }

    /// The whole answer. The first kind that fits decides: a person is wanted, "not now", a time for an appointment,
    /// thanks or goodbye, anything else.
    pub(super) fn answer(mut self) -> Answer {
        let decision = match self.turn.escalation() {
            Some(reason) => self.call_a_person(reason),
            None if self.is_not_now() => self.leave_in_peace(),
            None if self.reading.requested_time.is_some() => self.note_the_time(),
            None if self.is_farewell() => self.part(),
            None => self.talk(),
        };
        self.finish(decision)
    }

    fn is_not_now(&self) -> bool {
        let heard = &self.reading.heard;
        heard.has(Topic::NotNow) && !heard.wants_something() && self.reading.learned.decision_maker.is_none()
    }

    fn is_farewell(&self) -> bool {
        let heard = &self.reading.heard;
        let plain = !heard.wants_something() && !heard.is_question && !self.reading.has_details();
        let thanks = heard.has(Topic::Thanks) && heard.substance <= MAX_THANKS_WORDS;
        let is_text = matches!(self.turn.content, Content::Text { .. } | Content::Choice { .. });
        is_text && plain && (thanks || heard.has(Topic::Goodbye))
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
        self.say(first_words);
        if reason == EscalationReason::Emergency {
            self.say(phrases.danger);
        }
        self.say(&facts::contact_time(&self.locale, self.now));
        match (reason, &self.turn.tenant.business.phone) {
            (EscalationReason::Emergency, Some(phone)) => self.say(&(phrases.or_call)(phone.as_str())),
            // The words of a complaint ask for nothing that a price list could answer.
            (EscalationReason::Emergency | EscalationReason::Complaint, _) => {}
            _ => {
                self.say_facts();
            }
        }
        Decision { intent, action: Action::Escalate, confidence: SURE_RULE, asked: None }
    }

    fn leave_in_peace(&mut self) -> Decision {
        self.say(self.locale.phrases.no_problem);
        Decision { intent: Intent::NotNow, action: Action::Nurture, confidence: SURE_RULE, asked: None }
    }

    /// Takes the time down, never as booked.
    fn note_the_time(&mut self) -> Decision {
        self.open();
        self.say(self.locale.phrases.time_noted);
        self.say_facts();
        let asked = self.ask();
        Decision { intent: Intent::Booking, action: Action::RequestBooking, confidence: SURE_RULE, asked }
    }

    fn part(&mut self) -> Decision {
        let (phrase, action) = if self.reading.heard.has(Topic::Goodbye) {
            (self.locale.phrases.goodbye, Action::End)
        } else {
            (self.locale.phrases.welcome, Action::Reply)
        };
        self.say(phrase);
        Decision { intent: Intent::Thanks, action, confidence: SURE_RULE, asked: None }
    }

    /// Greets, answers, takes note, asks on.
    fn talk(&mut self) -> Decision {
        if let Some(decision) = self.ask_for_words() {
            return decision;
        }
        let intent = self.intent();
        if intent == Intent::Other && !self.turn.is_first() {
            return self.not_understood();
        }
        self.open();
        let is_text = matches!(self.turn.content, Content::Text { .. } | Content::Choice { .. });
        if is_text && self.reading.heard.substance == 0 {
            self.say(self.locale.phrases.how_can_we_help);
            let asked = Some(Question::Service)
                .filter(|_| self.known.service_interest.is_none() && self.turn.asked().is_none());
            return Decision { intent, action: Action::Reply, confidence: FAIR, asked };
        }
        let has_facts = self.say_facts();
        let newly_hot = self.reading.is_ready && self.turn.score() != Score::Hot;
        if self.reading.is_ready {
            self.say(self.locale.phrases.wonderful);
            self.say(&facts::contact_time(&self.locale, self.now));
        } else if self.reading.has_details() && !has_facts && !self.turn.is_first() {
            let name = self.reading.given.name.as_deref().map(first_name);
            let phrases = self.locale.phrases;
            let thanks = if self.next_question().is_some() { phrases.thank_you } else { phrases.noted };
            self.say(&thanks(name));
        }
        let asked = self.ask();
        let action = match asked {
            _ if newly_hot => Action::TransferHotLead,
            Some(Question::BookingTime) => Action::OfferBooking,
            _ => Action::Reply,
        };
        let confidence = match intent {
            _ if has_facts => SURE_FACT,
            Intent::Other => UNSURE,
            _ => FAIR,
        };
        Decision { intent, action, confidence, asked }
    }

    /// What came has no words yet: asks for some.
    fn ask_for_words(&mut self) -> Option<Decision> {
        let phrases = self.locale.phrases;
        let has_words = self.reading.heard.substance > 0;
        let request = match self.turn.content {
            Content::MissedCall => None,
            Content::Media { kind: MediaKind::Audio, .. } if !has_words => Some(phrases.say_in_writing),
            Content::Media { .. } if !has_words => Some(phrases.say_what_it_shows),
            Content::Contacts { .. } => Some(phrases.say_what_it_shows),
            Content::Unsupported { .. } => Some(phrases.unsupported),
            _ => return None,
        };
        self.open();
        if let Some(request) = request {
            self.say(request);
        }
        let is_call = *self.turn.content == Content::MissedCall;
        let intent = if is_call { Intent::MissedCall } else { Intent::Other };
        let asked = Some(Question::Service).filter(|_| is_call && self.known.service_interest.is_none());
        let asked = asked.filter(|question| self.turn.asked() != Some(*question));
        Some(Decision { intent, action: Action::Reply, confidence: FAIR, asked })
    }

    /// Asks to say it differently, once; then a person takes over. With staff on it already, it is passed on.
    fn not_understood(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        let contact = facts::contact_time(&self.locale, self.now);
        let (action, confidence) = if self.turn.is_with_staff() {
            self.say(phrases.passed_on);
            self.say(&contact);
            (Action::Reply, FAIR)
        } else if self
            .turn
            .last_reply()
            .is_some_and(|line| phrases::ALL.iter().any(|all| line.contains(all.not_understood)))
        {
            self.say(phrases.rather_a_person);
            self.say(&contact);
            (Action::Escalate, UNSURE)
        } else {
            self.say(phrases.not_understood);
            (Action::Reply, UNSURE)
        };
        Decision { intent: Intent::Other, action, confidence, asked: None }
    }

    /// What the customer wants most.
    fn intent(&self) -> Intent {
        let heard = &self.reading.heard;
        let answers_us = self.turn.asked().is_some() && self.reading.has_details();
        let ranked = [
            (heard.has(Topic::Booking) || self.reading.is_ready, Intent::Booking),
            (heard.has(Topic::Price), Intent::Price),
            (heard.has(Topic::Hours), Intent::Hours),
            ([Topic::Address, Topic::Phone, Topic::Website].iter().any(|topic| heard.has(*topic)), Intent::Address),
            (heard.has(Topic::Services), Intent::Service),
            (answers_us || heard.has(Topic::Yes), Intent::Detail),
            (!self.reading.services.is_empty(), Intent::Service),
            (self.reading.has_details(), Intent::Detail),
            (matches!(self.turn.content, Content::Form { .. } | Content::Location { .. }), Intent::Detail),
            (heard.has(Topic::Greeting) && heard.substance == 0, Intent::Greeting),
        ];
        ranked.into_iter().find(|(applies, _)| *applies).map_or(Intent::Other, |(_, intent)| intent)
    }

    /// The first words: a greeting at the beginning of a conversation, thanks for what came.
    fn open(&mut self) {
        let phrases = self.locale.phrases;
        let business = tidy(&self.turn.tenant.name, MAX_BUSINESS_CHARS);
        let given = self.reading.given.name.as_deref().or(self.turn.contact_name);
        let name = given.and_then(details::given_name).map(|name| first_name(name).to_owned());
        let name = name.as_deref();
        let is_first = self.turn.is_first();
        let words = match (self.turn.content, self.turn.source) {
            (Content::MissedCall, _) => (phrases.missed_call)(name, &business),
            (Content::Form { .. }, _) => (phrases.form_received)(name, &business),
            (_, Source::WebForm) if is_first => (phrases.form_received)(name, &business),
            _ if is_first => (phrases.hello)(name, &business),
            _ if self.reading.heard.has(Topic::Greeting) => (phrases.hello_again)(name),
            _ => String::new(),
        };
        self.say(&words);
        self.say(match self.turn.content {
            Content::Media { kind: MediaKind::Image, .. } => phrases.got_photo,
            Content::Media { kind: MediaKind::Video, .. } => phrases.got_video,
            Content::Media { kind: MediaKind::Audio, .. } => phrases.got_audio,
            Content::Media { kind: MediaKind::Document, .. } => phrases.got_document,
            Content::Location { .. } => phrases.got_location,
            Content::Contacts { .. } => phrases.got_contact,
            _ => "",
        });
    }

    /// Answers what was asked about the business. Returns whether anything was.
    fn say_facts(&mut self) -> bool {
        let answers = facts::answers(self.turn, &self.reading, &self.locale, self.now);
        for answer in &answers {
            self.say(answer);
        }
        !answers.is_empty()
    }

    /// The question to ask now: none while a person is on it, none after "yes" to the offer of an appointment.
    fn next_question(&self) -> Option<Question> {
        if self.turn.is_with_staff() || self.accepts_offer() {
            return None;
        }
        next::question(&self.known, self.turn.asked(), self.has_time())
    }

    fn accepts_offer(&self) -> bool {
        self.turn.asked() == Some(Question::BookingTime) && self.reading.heard.has(Topic::Yes)
    }

    /// A time for an appointment was asked for, now or before.
    fn has_time(&self) -> bool {
        self.reading.requested_time.is_some() || self.turn.lead.is_some_and(|lead| lead.requested_time.is_some())
    }

    /// Asks the next question, and returns it.
    fn ask(&mut self) -> Option<Question> {
        let phrases = self.locale.phrases;
        if self.accepts_offer() {
            self.say(phrases.name_a_time);
        }
        let question = self.next_question()?;
        if self.reading.heard.has(Topic::Booking) && !self.has_time() && question != Question::BookingTime {
            self.say(phrases.gladly_book);
        }
        if question == Question::Service && !self.reading.heard.has(Topic::Services) {
            self.say_if_short(&service::list(&self.locale).unwrap_or_default());
        }
        self.say(match question {
            Question::Service => phrases.ask_service,
            Question::Location => phrases.ask_location,
            Question::Timeline => phrases.ask_timeline,
            Question::BookingTime => phrases.offer_booking,
            // Read when a model asked them; not asked here.
            Question::Budget | Question::DecisionMaker => return None,
        });
        Some(question)
    }

    /// Adds a sentence.
    fn say(&mut self, sentence: &str) {
        if !self.reply.is_empty() && !sentence.is_empty() {
            self.reply.push(' ');
        }
        self.reply.push_str(sentence);
    }

    /// Adds a sentence that can be done without, if the reply stays short.
    fn say_if_short(&mut self, sentence: &str) {
        if self.reply.chars().count() + sentence.chars().count() < SOFT_LIMIT_CHARS {
            self.say(sentence);
        }
    }

    fn finish(mut self, decision: Decision) -> Answer {
        if self.reply.is_empty() {
            self.say(self.locale.phrases.how_can_we_help);
        }
        let signals = Signals {
            emergency: decision.intent == Intent::Emergency,
            booking: decision.action == Action::RequestBooking,
            ready: self.reading.is_ready,
            not_now: decision.intent == Intent::NotNow,
        };
        Answer {
            reply: self.reply.chars().take(MAX_REPLY_CHARS).collect(),
            language: self.locale.language(),
            intent: decision.intent,
            sentiment: self.reading.sentiment,
            action: decision.action,
            score: next::score(self.turn.score(), &self.known, signals),
            confidence: decision.confidence,
            qualification: self.reading.learned,
            given: self.reading.given,
            requested_time: self.reading.requested_time.filter(|_| decision.action == Action::RequestBooking),
            asked: decision.asked,
            author: Author { model: MODEL.to_owned(), ..Author::default() },
        }
    }
}

/// That the message came in, and when a person answers it.
pub(super) fn who_answers(turn: &Turn<'_>, now: Timestamp) -> String {
    let locale = Locale::new(turn.tenant, &turn.route.language);
    format!("{} {}", locale.phrases.thanks_for_message, facts::contact_time(&locale, now))
}

/// `Ana` of `Ana López`.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
