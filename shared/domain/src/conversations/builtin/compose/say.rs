//! The sentences of a reply, one after the other.

use super::super::heard::Topic;
use super::super::state::which_place;
use super::super::tokens::tidy;
use super::super::{details, facts, service, style};
use super::Composer;
use crate::conversations::Question;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::messaging::{Content, MediaKind, Source};
use crate::tenancy::Language;
use crate::tenancy::intake::{self, Answer, ChoiceOption, QuestionKind};
use ::language::Intent as Wants;

/// The longest question of the business shown, in characters.
const MAX_QUESTION_CHARS: usize = 300;
/// The longest option shown, in characters: twenty of them fit into a reply.
const MAX_LABEL_CHARS: usize = 40;
/// How many locations are named in one question.
const MAX_PLACES: usize = 6;
/// The longest business name shown, in characters.
const MAX_BUSINESS_CHARS: usize = 80;

impl Composer<'_, '_> {
    /// The first words: a greeting at the beginning of a conversation, thanks for what came.
    pub(super) fn open(&mut self) {
        let phrases = self.locale.phrases;
        let business = tidy(&self.turn.tenant.name, MAX_BUSINESS_CHARS);
        let given = self.reading.name().or(self.turn.contact_name);
        let name = given.and_then(details::given_name).map(|name| details::called(name).to_owned());
        let name = name.as_deref();
        let is_first = self.turn.is_first();
        let words = match (self.turn.content, self.turn.source) {
            (Content::MissedCall, _) => (phrases.missed_call)(name, &business),
            (Content::Form { .. }, _) => (phrases.form_received)(name, &business),
            (_, Source::WebForm) if is_first => (phrases.form_received)(name, &business),
            _ if is_first => (phrases.hello)(name, &business),
            _ if self.turn.is_formal() => (phrases.hello_again)(name),
            _ if self.reading.heard.has(Topic::Greeting) && !self.turn.is_concise() => (phrases.hello_again)(name),
            _ => String::new(),
        };
        self.say(&style::opening(self.turn, &self.locale.language(), words));
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

    /// Says that a program answers, to whoever asks.
    pub(super) fn say_who_answers(&mut self) {
        if self.asks_who_answers() {
            let business = tidy(&self.turn.tenant.name, MAX_BUSINESS_CHARS);
            self.say(&(self.locale.phrases.automatic)(&business));
        }
    }

    /// Whether they ask if a person or a program answers.
    pub(super) fn asks_who_answers(&self) -> bool {
        self.reading.intents.has(Wants::Bot)
    }

    /// Answers what was asked about the business, and who answers.
    pub(super) fn say_facts(&mut self) {
        if let Some(when) = self.reading.second.and_then(|second| self.time_in_words(second, false)) {
            self.say(&(self.locale.phrases.second_told)(&when).replace("..", "."));
            self.asks_team = true;
        }
        if self.reading.has_companion {
            self.say(self.locale.phrases.companion_told);
            (self.asks_team, self.has_facts) = (true, true);
        }
        if self.asks_who_answers() && self.turn.escalation().is_none() {
            self.say_who_answers();
            self.say(self.locale.phrases.person_on_request);
            self.has_facts = true;
        }
        let answers = facts::answers(self.turn, &self.reading, &self.locale, &self.reply, self.now);
        self.only_offers = answers.only_offers && !self.has_facts;
        self.has_facts |= !answers.lines.is_empty();
        self.is_lacking |= answers.is_lacking;
        for answer in &answers.lines {
            self.say(answer);
        }
        if facts::asks_price(&self.reading) && !answers.lines.is_empty() {
            self.say_quote_of_more();
        }
        if let Some(words) = self.not_listed_too() {
            self.say(&words);
            self.asks_team = !self.turn.is_with_staff();
        }
    }

    /// Thanks for a detail; says that it was noted where nothing follows.
    pub(super) fn thank(&mut self) {
        let phrases = self.locale.phrases;
        let name = self.reading.name().map(details::called);
        if self.leaves_open() {
            // A question is no detail.
        } else if self.state.next.is_none() {
            self.say(&(phrases.noted)(name));
        } else if self.turn.intake_answer() != Some(&Answer::Skipped) {
            self.say_kindly(&(phrases.thank_you)(name));
        }
    }

    /// Asks the next question, and returns it.
    pub(super) fn ask(&mut self) -> Option<Question> {
        let phrases = self.locale.phrases;
        self.asks_at = Some(self.reply.len());
        if self.state.accepts_offer && self.state.offered.is_none() {
            self.say(phrases.name_a_time);
        }
        let ask = self.state.next.clone()?;
        if let (Question::BookingTime, Some(times)) = (&ask.question, self.state.offered) {
            self.say_offered(times);
            return Some(ask.question);
        }
        let is_new = self.state.change.is_none() && self.reading.wish.is_none() && !self.reading.has_one;
        let is_new_booking = self.reading.heard.has(Topic::Booking) && is_new;
        if is_new_booking && !self.has_facts && ask.question != Question::BookingTime {
            self.say_kindly(if self.state.is_stay { phrases.gladly_stay } else { phrases.gladly_book });
        }
        if let Some(own) = ask.own {
            return self.ask_own(own, ask.again).then_some(ask.question);
        }
        if let Some(words) = self.which_of().filter(|_| ask.question == Question::Service) {
            self.say(&words);
            return Some(ask.question);
        }
        if let Some(words) = self.which_place(ask.again).filter(|_| ask.question == Question::Location) {
            self.say(&words);
            return Some(ask.question);
        }
        let words = match (&ask.question, ask.again) {
            (Question::Service, false) => phrases.ask_service,
            (Question::Service, true) => {
                self.say(&service::list(&self.locale).unwrap_or_default());
                phrases.again_service
            }
            (Question::Location, false) => phrases.ask_location,
            (Question::Location, true) => phrases.again_location,
            (Question::BookingTime, false) if self.state.is_stay => phrases.offer_stay,
            (Question::Day, false) if self.state.is_stay => phrases.ask_arrival,
            (Question::BookingTime, false) => phrases.offer_booking,
            (Question::BookingTime, true) => phrases.again_time,
            (Question::Day, false) => phrases.ask_day,
            (Question::Day, true) => phrases.again_day,
            (Question::Hour, false) => phrases.ask_hour,
            (Question::Hour, true) => phrases.again_hour,
            (Question::Departure, false) => phrases.ask_nights,
            (Question::Departure, true) => phrases.again_nights,
            (Question::Contact, _) if self.asks_country() => phrases.ask_country,
            (Question::Contact, again) => match (self.state.knows_name, again) {
                (true, false) => phrases.ask_reach,
                (true, true) => phrases.again_reach,
                (false, false) => phrases.ask_contact,
                (false, true) => phrases.again_contact,
            },
            (Question::Name, false) => phrases.ask_name,
            (Question::Name, true) => phrases.again_name,
            // Read when a model asked them; not asked here.
            (Question::Timeline | Question::Budget | Question::DecisionMaker | Question::Intake(_), _) => return None,
            // Asked with what is said of the appointment, or of what is free.
            (Question::CancelThis | Question::MoveThis | Question::Waitlist, _) => return None,
        };
        self.say(words);
        Some(ask.question)
    }

    /// Asks at which of the business's locations they would come, where there are a few.
    fn which_place(&self, again: bool) -> Option<String> {
        let phrases = self.locale.phrases;
        let open = which_place(self.turn, &self.known);
        let names: Vec<&str> = open.iter().map(|location| location.name.as_str()).collect();
        let list = service::listed(&names, phrases.or).filter(|_| (2..=MAX_PLACES).contains(&names.len()))?;
        Some(if again { (phrases.again_place)(&list) } else { (phrases.ask_place)(&list) })
    }

    /// Whether a number that they gave lacks its country, which is asked for once.
    fn asks_country(&self) -> bool {
        self.reading.has_foreign_number && !self.turn.has_said(self.locale.phrases.ask_country)
    }

    /// Asks the business's own question, where it fits; says whether it did. The second time it has words before it, since its own
    /// are the same.
    fn ask_own(&mut self, question: &intake::Question, again: bool) -> bool {
        let language = self.turn.language();
        let sentence = if again {
            (self.locale.phrases.again_own)(&own_question(question, language))
        } else {
            own_question(question, language)
        };
        let fits = self.reply.chars().count() + sentence.chars().count() < MAX_REPLY_CHARS;
        if fits {
            self.say(&sentence);
        }
        fits
    }

    /// Adds a sentence that is not needed, unless few words are wanted.
    pub(super) fn say_kindly(&mut self, sentence: &str) {
        if !self.turn.is_concise() {
            self.say(sentence);
        }
    }

    /// Adds a sentence.
    pub(super) fn say(&mut self, sentence: &str) {
        if !self.reply.is_empty() && !sentence.is_empty() {
            self.reply.push(' ');
        }
        self.reply.push_str(sentence);
    }
}

/// A question of the business with what it can be answered with: `Which roof? 1) Tile 2) Metal`, `How old? (0-100 years)`.
/// An option's number alone is an answer.
fn own_question(question: &intake::Question, language: &Language) -> String {
    let wording = tidy(question.wording(language), MAX_QUESTION_CHARS);
    let hint = match &question.kind {
        QuestionKind::Choice { options } => {
            let option =
                |(place, option): (usize, &ChoiceOption)| format!("{place}) {}", tidy(&option.label, MAX_LABEL_CHARS));
            (1..).zip(options).map(option).collect::<Vec<_>>().join(" ")
        }
        QuestionKind::Number { min, max, unit } => {
            let range = min.zip(*max).map(|(min, max)| format!("{min}-{max}"));
            let parts: Vec<String> = range.into_iter().chain(unit.clone()).collect();
            if parts.is_empty() { String::new() } else { format!("({})", tidy(&parts.join(" "), MAX_LABEL_CHARS)) }
        }
        QuestionKind::Text | QuestionKind::YesNo | QuestionKind::Date | QuestionKind::Photo => String::new(),
    };
    if hint.is_empty() { wording } else { format!("{wording} {hint}") }
}
