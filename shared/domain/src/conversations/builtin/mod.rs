//! The built-in responder: a front desk that answers without any model.
//!
//! Demos run on it, and an outage of the models degrades to it. It answers opening hours, services, prices, address,
//! number and site, and what is often asked, from the tenant's own data, quotes what the
//! tenant's documents say to what these do not answer ([`Findings`]), reads details out of messages, asks the next open
//! question (service, the business's own, place, time), offers an appointment, takes down a time for staff to confirm, and calls a person. It speaks five
//! languages and says nothing that is not in `phrases` or in the tenant's configuration.
//!
//! It promises, for any content whatsoever:
//! - a reply of 1 to [`MAX_REPLY_CHARS`](super::answer::MAX_REPLY_CHARS) characters, short where it can be, and the
//!   same answer for the same turn;
//! - the customer's language if it has phrases, else the conversation's, else the tenant's, else English;
//! - that nothing the customer wrote is repeated, except a name that was checked to be one;
//! - that nothing is booked but what the calendar decided ([`Turn::visit`]): without one a time is noted, and staff confirm it;
//! - that no question is asked twice in a row, and none more than twice: the second time in other words;
//! - fewer courtesies where the channel or the tenant wants few words ([`Voice`]), a salutation where it wants letters.
//!
//! `confidence` is 90 for an answer from the tenant's data, 80 for courtesies and rules (a person called, a time
//! noted), 60 when a detail was read or a question asked, 30 when the message was not understood.

mod cancelling;
mod changes;
mod compose;
mod days;
pub(in crate::conversations) mod details;
pub(crate) mod extras;
mod facts;
mod follow_up;
mod heard;
pub(super) mod kinds;
mod locale;
mod next;
mod open;
mod phrases;
mod picks;
mod place;
mod plain;
mod reading;
mod refused;
mod service;
mod state;
mod style;
mod tokens;
mod typed;
mod vocabulary;
mod wanted;
mod whereabouts;
mod which;

use jiff::Timestamp;

use super::summary::Recalled;
use super::wishes::{self, When};
use super::{
    Action, Answer, CalendarAnswer, Conversation, ConversationStatus, EscalationReason, Findings, Places, Question,
    Role, Route,
};
use crate::leads::{Lead, LeadStatus, Score, Urgency};
use crate::messaging::{Content, Phone, Source};
use crate::tenancy::intake;
use crate::tenancy::{Language, Personality, Register, Service, Tenant, Voice};
use ::language::Words;
pub(crate) use cancelling::parts_apart;
pub(super) use changes::clauses;
pub(crate) use changes::{Change, existing_parts, has_one, keeps_hour, runs_late, tells_arrival, wish_parts};
use compose::Composer;
use heard::{Heard, Topic};
pub(crate) use picks::{SaidOfVisit, is_the_other, pick};
pub use plain::{About, Plain, SURE, plain};
pub(crate) use refused::refusal;

/// A number is completed with its country where it was written at most so many messages before.
const MAX_LINES_BACK: usize = 2;

/// The name under which it signs: [`Author::model`](super::Author::model).
pub const MODEL: &str = "builtin";

/// One message to answer, with all that is known around it.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// Who is written to.
    pub tenant: &'a Tenant,
    /// What came.
    pub content: &'a Content,
    /// How it came.
    pub source: Source,
    /// The customer's name, as the vendor or an earlier message gave it: data, checked before it is used.
    pub contact_name: Option<&'a str>,
    /// The lead before this message.
    pub lead: Option<&'a Lead>,
    /// The conversation before this message.
    pub conversation: Option<&'a Conversation>,
    /// What the rules said.
    pub route: &'a Route,
    /// Whether the business can reach them elsewhere than in a chat: it has a number or an address of theirs.
    pub is_reachable: bool,
    /// The business's locations. `tenant` is as customers of the one that is meant find it ([`Tenant::seen_from`]).
    pub places: Places<'a>,
    /// When they would like to come, as the message says it.
    pub when: Option<&'a When>,
    /// What the calendar says to it, where the service is booked by a calendar.
    pub visit: Option<&'a CalendarAnswer>,
    /// What the business's documents say to it.
    pub findings: &'a Findings,
    /// What was said before, in this conversation and in earlier ones of the same person; models are told.
    pub memory: &'a [Recalled],
}

impl<'a> Turn<'a> {
    /// The first message of someone of whom nothing is known; only whoever chats cannot be reached elsewhere.
    #[must_use]
    pub fn new(tenant: &'a Tenant, content: &'a Content, source: Source, route: &'a Route) -> Self {
        Self {
            tenant,
            content,
            source,
            contact_name: None,
            lead: None,
            conversation: None,
            route,
            is_reachable: source != Source::LiveChat,
            places: Places::default(),
            when: None,
            visit: None,
            findings: Findings::NONE,
            memory: &[],
        }
    }
}

/// Answers one message. Never fails; see the module for what holds of every answer.
#[must_use]
pub fn respond(turn: &Turn<'_>, now: Timestamp) -> Answer {
    Composer::new(turn, now).answer()
}

/// What a message says of a visit, before the calendar is asked.
#[must_use]
pub(crate) fn said_of_visit(turn: &Turn<'_>, now: Timestamp) -> Option<SaidOfVisit> {
    Composer::new(turn, now).said_of_visit()
}

/// The answer where the calendar decides it, or a yes or a no to an extra: no model words what is booked, offered or taken.
#[must_use]
pub fn decided(turn: &Turn<'_>, now: Timestamp) -> Option<Answer> {
    let has_extra = turn.conversation.is_some_and(|thread| thread.extra.is_some());
    if turn.visit.is_none() && !has_extra {
        return None;
    }
    let composer = Composer::new(turn, now);
    if turn.escalation().is_none() && composer.said_of_extra().is_some() {
        return Some(composer.answer());
    }
    let visit = turn.visit?;
    Some(composer.answer()).filter(|answer| visit.is_news || answer.action == Action::Book)
}

/// Whether `reply`, which a model wrote, names an hour other than those that the calendar has for them.
#[must_use]
pub fn names_other_time(turn: &Turn<'_>, reply: &str, now: Timestamp) -> bool {
    let Some(visit) = turn.visit else { return false };
    let times = visit.step.times().iter().map(|at| at.to_zoned(visit.zone.clone()).datetime()).collect::<Vec<_>>();
    wishes::hours_named(turn.tenant, reply, turn.language(), now)
        .iter()
        .any(|wish| !times.iter().any(|at| picks::is_meant(wish, *at)))
}

/// Answers one message when the model could not: the built-in answer where it is one, else that a person will answer.
///
/// A person is always called ([`Action::Escalate`]), except for the request of an appointment, which staff hear of
/// anyway and which would be lost under another action.
#[must_use]
pub fn fallback(turn: &Turn<'_>, now: Timestamp) -> Answer {
    let answer = respond(turn, now);
    let action = if answer.action == Action::RequestBooking { Action::RequestBooking } else { Action::Escalate };
    if answer.confidence >= compose::FAIR {
        return Answer { action, ..answer };
    }
    Answer { action, reply: compose::who_answers(turn, now), asked: None, ..answer }
}

/// Whether `text` asks or announces something, or is a courtesy: no free text that answers a question.
pub(super) fn asks_or_announces(text: &str) -> bool {
    let heard = Heard::new(text, &Words::new(text));
    let is_question = heard.is_question || ::language::Intents::read(text).is_question();
    heard.wants_something() || is_question || heard.substance == 0
}

/// Whether `text`, written on `thread`, asks when the business is open, and not for an appointment.
pub(super) fn is_about_hours(text: &str, thread: Option<&Conversation>) -> bool {
    let (heard, intents) = (Heard::new(text, &Words::new(text)), ::language::Intents::read(text));
    let says_so = (heard.has(Topic::Hours) || heard.asks_hours(&intents)) && !heard.has(Topic::Booking);
    says_so || heard.asks_who_is_in(&intents) || thread.is_some_and(|thread| follow_up::is_about_hours(text, thread))
}

/// Whether `text` may ask something that the business's documents answer: no mere courtesy, answer or farewell.
pub(crate) fn may_ask(text: &str) -> bool {
    let heard = Heard::new(text, &Words::new(text));
    let intents = ::language::Intents::read(text);
    let is_topic = super::faqs::TOPICS.into_iter().any(|topic| intents.has(topic));
    heard.substance > 0 && (heard.is_question || intents.is_question() || heard.wants_something() || is_topic)
}

/// Whether `text` asks what something costs.
pub(super) fn asks_for_price(text: &str) -> bool {
    use ::language::Intent;
    let (heard, intents) = (Heard::new(text, &Words::new(text)), ::language::Intents::read(text));
    let is_other = intents.has(Intent::Duration) || intents.has(Intent::Policy) && !heard.asks_how_much;
    intents.has(Intent::Price) && !intents.has(Intent::Policy) || heard.has(Topic::Price) && !is_other
}

/// Whether `text` goes on from the message before, and asks nothing by itself: "and for a van?"
pub(super) fn goes_on(text: &str) -> bool {
    follow_up::goes_on(&Heard::new(text, &Words::new(text)), &::language::Intents::read(text))
}

/// Whether `text` says that this is all: "that will be all for today".
pub(super) fn is_farewell(text: &str) -> bool {
    let words = Words::new(text);
    let heard = Heard::new(text, &words);
    let ends = [Topic::Thanks, Topic::Goodbye, Topic::NotNow].iter().any(|topic| heard.has(*topic));
    !heard.has(Topic::Booking) && (ends || words.contains_any(&THAT_IS_ALL))
}

/// Ways to end a talk that hold a word of time.
const THAT_IS_ALL: [&str; 12] = [
    "that is all",
    "that's all",
    "that will be all",
    "that'll be all",
    "all i need",
    "all for today",
    "nothing else",
    "eso es todo",
    "es todo",
    "c'est tout",
    "das ist alles",
    "é só isso",
];

/// Whether `reply` says that a question was passed on to the team.
pub(crate) fn passes_on(reply: &str) -> bool {
    phrases::ALL.iter().any(|phrases| reply.contains(phrases.ask_the_team))
}

/// Whether `reply` says that a second thing, at a time of its own, was passed on to the team.
pub(super) fn is_noted_besides(reply: &str) -> bool {
    phrases::ALL.iter().any(|phrases| reply.contains(phrases.passed_on))
}

/// Whether `reply` says that the team has something now, or will look at it, or get back: true only where the code sees to it.
pub(crate) fn promises_team(reply: &str) -> bool {
    let promises = |it: &phrases::Phrases| {
        [it.ask_the_team, it.passed_to_team, it.passed_on, it.asked_too, it.team_looks, it.companion_told]
            .into_iter()
            .any(|words| reply.contains(words))
    };
    phrases::ALL.iter().any(|it| promises(it))
}

/// Whether the last reply on `thread` was that an appointment is to be cancelled or confirmed: a day that follows is that of it,
/// and no wish.
fn has_passed_on(thread: &Conversation) -> bool {
    let told = |line: &super::Line| {
        let words = phrases::ALL.iter().flat_map(|phrases| [phrases.wants_cancel, phrases.wants_confirm]);
        words.into_iter().any(|words| line.text.contains(words))
    };
    thread.recent.iter().rev().find(|line| line.role == Role::Assistant).is_some_and(told)
}

/// Whether `text` takes back what was said before: "instead", "I meant", "make it".
pub(crate) fn corrects(text: &str) -> bool {
    let intents = ::language::Intents::read(text);
    heard::corrects(&Words::new(text)) || intents.has(::language::Intent::No) || Change::of(&intents).is_some()
}

pub(crate) use reading::pin;
pub(super) use service::offer;

/// The services that `text` is about.
pub(super) fn services_meant<'t>(tenant: &'t Tenant, text: &str) -> Vec<&'t Service> {
    service::meant(tenant, text, &Words::new(text))
}

/// Whether `text` names a service by its name or one of its keywords.
pub(super) fn names_service(tenant: &Tenant, text: &str) -> bool {
    !service::named(tenant, &Words::new(text)).is_empty()
}

/// Whether `text` is about a service by what is the matter, whether it names it or not: "my car won't start".
pub(super) fn tells_symptom(tenant: &Tenant, text: &str) -> bool {
    let words = Words::new(text);
    !service::meant(tenant, text, &words).is_empty() && ::language::tells_need(text)
}

/// The words of a message; of a form its values, one a line.
pub(crate) fn said(content: &Content) -> std::borrow::Cow<'_, str> {
    reading::said(content)
}

/// `text` with numbers and mailboxes that are dictated put into figures.
pub(super) fn written(text: &str) -> std::borrow::Cow<'_, str> {
    details::written(text)
}

/// Whether `text` is nothing but greetings, thanks and "please".
pub(crate) fn is_courtesy(text: &str) -> bool {
    heard::is_courtesy(text)
}

/// Whether `text` says that its writer does not know.
pub(super) fn is_unsure(text: &str) -> bool {
    Heard::new(text, &Words::new(text)).has(Topic::Unsure)
}

impl<'a> Turn<'a> {
    /// The customer's language; where it has no phrases, the one that the conversation is held in.
    fn language(&self) -> &'a Language {
        let spoken = self.conversation.map(|conversation| &conversation.language);
        [Some(&self.route.language), spoken]
            .into_iter()
            .flatten()
            .find(|code| phrases::of(code).is_some())
            .unwrap_or(&self.route.language)
    }

    /// The question that is open: the one that the reply before asked; where that reply only answered something in between, who
    /// they are and how they can be reached stays asked.
    fn asked(&self) -> Option<&'a Question> {
        let is_open = |question: &&Question| match question {
            Question::Contact => !self.knows_name() || !self.knows_address(),
            Question::Name => !self.knows_name(),
            _ => false,
        };
        self.just_asked().or_else(|| self.conversation?.questions.last().filter(is_open))
    }

    /// Whether their name is known before this message.
    fn knows_name(&self) -> bool {
        let stated = self.conversation.is_some_and(|thread| thread.stated.name.is_some());
        stated || self.contact_name.is_some() || self.lead.is_some_and(|lead| lead.name.is_some())
    }

    /// Whether they can be reached, by what was known before this message.
    fn knows_address(&self) -> bool {
        self.is_reachable || self.conversation.is_some_and(|thread| !thread.stated.addresses.is_empty())
    }

    /// The question that the reply before asked.
    fn just_asked(&self) -> Option<&'a Question> {
        self.conversation?.asked.as_ref()
    }

    /// Whether they were asked who they are.
    fn asked_who(&self) -> bool {
        let is_who = |question: &Question| matches!(question, Question::Contact | Question::Name);
        self.conversation.is_some_and(|thread| thread.questions.iter().any(is_who))
    }

    /// Whether the last question was who they are.
    fn asked_who_last(&self) -> bool {
        let last = self.conversation.and_then(|thread| thread.questions.last());
        matches!(last, Some(Question::Contact | Question::Name))
    }

    /// Whether the reply before asked when they would like to come.
    fn asks_when(&self) -> bool {
        use Question::{BookingTime, Day, Departure, Hour, Timeline, Waitlist};
        matches!(self.asked(), Some(BookingTime | Timeline | Day | Hour | Departure | Waitlist))
    }

    /// The number that they wrote last, with the country that `text` says it is of.
    fn with_its_country(&self, text: &str) -> Option<Phone> {
        let theirs = self.conversation?.recent.iter().rev().filter(|line| line.role == Role::Customer);
        let region = &self.tenant.region;
        theirs.take(MAX_LINES_BACK).find_map(|line| details::with_country(&line.text, text, region))
    }

    /// How often this question was asked in the conversation.
    fn times_asked(&self, question: &Question) -> usize {
        self.conversation.map_or(0, |thread| thread.questions.iter().filter(|asked| *asked == question).count())
    }

    /// What this message answered to the business's own question that the reply before asked.
    fn intake_answer(&self) -> Option<&'a intake::Answer> {
        self.lead?.intake.get(self.conversation?.asked_intake()?)
    }

    /// How to sound.
    fn voice(&self) -> Option<Voice<'a>> {
        Some(self.tenant.voice(self.conversation?.channel))
    }

    /// Few words are wanted.
    fn is_concise(&self) -> bool {
        self.voice().is_some_and(|voice| {
            voice.register == Some(Register::Concise) || voice.personality == Some(Personality::FastDirect)
        })
    }

    /// It is written like a letter.
    fn is_formal(&self) -> bool {
        self.voice().is_some_and(|voice| voice.register == Some(Register::Formal))
    }

    /// Whether it cannot wait, by this message or one before it.
    fn is_urgent(&self) -> bool {
        let known = self.lead.and_then(|lead| lead.qualification.urgency);
        self.route.urgency.max(known) == Some(Urgency::Emergency)
    }

    /// The score of the lead before this message.
    fn score(&self) -> Score {
        self.lead.map(|lead| lead.score).unwrap_or_default()
    }

    /// What we said last.
    fn last_reply(&self) -> Option<&'a str> {
        let lines = self.conversation?.recent.iter();
        lines.rev().find(|line| line.role == Role::Assistant).map(|line| line.text.as_str())
    }

    /// Whether they told of an appointment that they have already, and none is arranged in this talk.
    fn has_told_of_own(&self) -> bool {
        let tells = |line: &super::Line| line.role == Role::Customer && has_one(&line.text, self.conversation);
        self.conversation.is_some_and(|thread| thread.recent.iter().any(tells))
    }

    /// Whether one of our last replies had `sentence` in it.
    fn has_said(&self, sentence: &str) -> bool {
        let ours = |line: &super::Line| line.role == Role::Assistant && line.text.contains(sentence);
        self.conversation.is_some_and(|conversation| conversation.recent.iter().any(ours))
    }

    /// Whether one of our last replies had any of `sentences` in it.
    fn has_said_any(&self, sentences: &[&str]) -> bool {
        sentences.iter().any(|sentence| self.has_said(sentence))
    }

    /// Nobody has answered in this conversation yet.
    fn is_first(&self) -> bool {
        let answered = |line: &super::Line| matches!(line.role, Role::Assistant | Role::Staff);
        !self.conversation.is_some_and(|conversation| conversation.recent.iter().any(answered))
    }

    /// A person was called or has taken over.
    fn is_with_staff(&self) -> bool {
        let escalated = self.conversation.is_some_and(|conversation| {
            conversation.escalation.is_some() || conversation.status == ConversationStatus::Escalated
        });
        escalated || self.lead.is_some_and(|lead| lead.status == LeadStatus::HandedOff)
    }

    /// Why a person is wanted. A conversation that is merely long does not call the person who is on it already.
    fn escalation(&self) -> Option<EscalationReason> {
        let repeated =
            |reason: &EscalationReason| *reason == EscalationReason::LongConversation && self.is_with_staff();
        self.route.escalate.filter(|reason| !repeated(reason))
    }
}

#[cfg(test)]
mod tests;
