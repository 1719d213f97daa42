//! One plain question that the business's own data answers, alone and in full: no model is asked for these.
//!
//! A wrong answer is worse than a call, so anything that might be more than the question leaves it to a model: an unsure route,
//! urgency, a person who is wanted or there already, a talk in which the calendar has a say, a document that does not agree, a second
//! topic, a detail about the customer, a fact that was told before, and any wish of the business about the same thing ([`is_worded`]).
//! Whether every word of the message belongs to the question is for `ai::sure` to say, which has lists of words for it.

use std::collections::BTreeSet;

use ::language::{Intent as Wants, Words};
use jiff::Timestamp;

use super::compose::Composer;
use super::days;
use super::heard::{self, Heard, Topic};
use super::reading::Reading;
use super::{Turn, facts, service};
use crate::conversations::{Action, Answer, Line, Question, Role, Sentiment, router};
use crate::leads::{GivenDetails, Qualification};
use crate::messaging::Content;
use crate::prompts::PromptTask;
use crate::tenancy::{Faq, Service, Tenant};

/// So sure must the responder be, in percent: as sure as a small model.
pub const SURE: u8 = 85;
/// Words of a wish that holds for every text, folded, in five languages.
const ALWAYS: [&str; 19] = [
    "always", "every", "each", "once", "early", "mention", "siempre", "cada", "menciona", "mencione", "toujours",
    "chaque", "immer", "stets", "jede", "jeder", "jedem", "jedes", "sempre",
];
/// Words of a wish about money, folded, in five languages.
const MONEY: [&str; 59] = [
    "money",
    "amount",
    "amounts",
    "number",
    "numbers",
    "dollars",
    "euros",
    "budget",
    "dinero",
    "importe",
    "montant",
    "argent",
    "geld",
    "betrag",
    "price",
    "prices",
    "pricing",
    "cost",
    "costs",
    "figure",
    "figures",
    "rate",
    "rates",
    "quote",
    "quotes",
    "estimate",
    "estimates",
    "fee",
    "fees",
    "charge",
    "charges",
    "free",
    "discount",
    "discounts",
    "deposit",
    "precio",
    "precios",
    "tarifa",
    "tarifas",
    "presupuesto",
    "presupuestos",
    "descuento",
    "prix",
    "tarif",
    "tarifs",
    "devis",
    "acompte",
    "preis",
    "preise",
    "preisen",
    "kosten",
    "angebot",
    "rabatt",
    "anzahlung",
    "preco",
    "precos",
    "valor",
    "valores",
    "orcamento",
];

/// Who says what they have or what is theirs asks no general question: "I have a gift card", "how much is my repair?" Folded.
const MINE: [&str; 35] = [
    "my",
    "mine",
    "our",
    "ours",
    "i have a",
    "i have my",
    "i ve",
    "i got",
    "we have a",
    "i am",
    "i m",
    "im",
    "am i",
    "mi",
    "mis",
    "nuestro",
    "nuestra",
    "tengo",
    "tenemos",
    "estoy",
    "mon",
    "ma",
    "mes",
    "notre",
    "j ai",
    "je suis",
    "mein",
    "meine",
    "meinen",
    "ich habe",
    "ich bin",
    "meu",
    "minha",
    "tenho",
    "estou",
];
/// An address or a number that they speak of as known to both is theirs: "do you have the address?" Folded.
const THEIRS: [&str; 19] = [
    "have the",
    "need the",
    "need a",
    "need an",
    "give you",
    "got the",
    "have a",
    "tienen la",
    "tienen el",
    "necesitan",
    "vous avez",
    "avez vous",
    "haben sie",
    "brauchen sie",
    "habt ihr",
    "voces tem",
    "tem o",
    "tem a",
    "precisam",
];
/// Near, and no hour of closing, folded; and a free time, and no hour of opening.
const NO_HOURS: [&str; 13] = [
    "are you close",
    "you guys close",
    "close by",
    "close to",
    "open to",
    "horarios tienen",
    "horario tienen",
    "horarios tiene",
    "avez quels horaires",
    "quels horaires avez",
    "horarios voces",
    "horarios tem",
    "qual o horario",
];
/// How long something holds, or until it can be had, and not how long the work takes. Folded.
const NO_DURATION: [&str; 18] = [
    "last",
    "lasts",
    "good",
    "get",
    "have",
    "be",
    "dura",
    "duran",
    "durar",
    "dure",
    "durent",
    "tient",
    "halt",
    "bekommen",
    "haben",
    "conseguir",
    "obtenir",
    "avoir",
];
/// A plain question and its answer.
#[derive(Debug, Clone)]
pub struct Plain<'t> {
    /// What the built-in responder says.
    pub answer: Answer,
    /// What is asked.
    pub about: About<'t>,
    /// The words, folded, by which the message says so.
    pub words: Vec<&'static str>,
}

/// What a plain question is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'t> {
    /// When the business is open.
    Hours,
    /// Its address, number or site.
    Contact,
    /// What a service costs.
    Price(&'t Service),
    /// How long a service takes.
    Duration(&'t Service),
    /// What is paid ahead for a service.
    Deposit(&'t Service),
    /// Whether a service can be had.
    Offer(&'t Service),
    /// A frequent question.
    Faq(&'t Faq),
}

/// The answer to the message of `turn`, if it is one plain question that the business's own data answers.
#[must_use]
pub fn plain<'t>(turn: &Turn<'t>, now: Timestamp) -> Option<Plain<'t>> {
    let Content::Text { text } = turn.content else { return None };
    let route = turn.route;
    let is_calm = route.certain && route.escalate.is_none() && route.urgency.is_none() && !router::may_be_grave(text);
    let is_free = turn.visit.is_none() && turn.intake_answer().is_none() && !turn.is_with_staff();
    let is_agreed = turn.findings.disagreement().is_none() && !turn.findings.are_disputed();
    let is_placed = turn.places.meant.is_some() || turn.places.all.is_empty();
    let is_one = text.matches(['?', '？']).count() <= 1 && !super::goes_on(text);
    if !is_calm || !is_free || !is_agreed || !is_placed || !is_one || !is_bare(turn) {
        return None;
    }
    let composer = Composer::new(turn, now);
    let (about, words, facts) = composer.about()?;
    if is_worded(turn.tenant, about) || facts.iter().any(|fact| turn.has_said(fact)) {
        return None;
    }
    let answer = composer.answer();
    let tells_all = facts.iter().all(|fact| answer.reply.contains(fact));
    (tells_all && is_whole(&answer, turn)).then_some(Plain { answer, about, words })
}

/// Whether nothing is known yet that an answer might have to take in: the talk is about nothing but plain questions so far.
fn is_bare(turn: &Turn<'_>) -> bool {
    let knows_nothing = turn.lead.is_none_or(|lead| {
        let services =
            Qualification { service_interest: None, other_services: Vec::new(), ..lead.qualification.clone() };
        let is_requested = lead.requested_time.is_some() || lead.requested_visit.is_some();
        services == Qualification::default() && lead.intake.is_empty() && !is_requested
    });
    let is_ours = |line: &Line| match line.role {
        Role::Customer => !router::may_be_grave(&line.text),
        Role::Assistant => true,
        _ => false,
    };
    let is_quiet = turn.conversation.is_none_or(|thread| {
        let goes_on = matches!(
            thread.asked,
            None | Some(Question::Service | Question::BookingTime | Question::Day | Question::Hour)
        );
        let is_arranged = thread.wish.is_some() || thread.booked.is_some();
        goes_on
            && !is_arranged
            && thread.invited.is_none()
            && thread.extra.is_none()
            && thread.recent.iter().all(is_ours)
    });
    knows_nothing && is_quiet
}

/// Whether words of `text` tell that it is no plain question about this, although it has the words of one.
fn is_other(text: &str, about: About<'_>, reading: &Reading<'_>) -> bool {
    let words = Words::new(text);
    let asks = facts::asks(reading) || reading.heard.substance <= 1;
    let is_short = asks || reading.heard.substance <= 2;
    match about {
        About::Hours => words.contains_any(&NO_HOURS),
        About::Contact => !is_short || words.contains_any(&THEIRS) || words.contains_any(&MINE),
        About::Price(_) | About::Deposit(_) => words.contains_any(&MINE),
        About::Duration(_) => words.contains_any(&NO_DURATION),
        About::Offer(_) => reading.intents.asks_to_know(),
        About::Faq(_) => !asks || words.contains_any(&MINE),
    }
}

/// Whether `text` has all words of the service's name or of one of its keywords: gutters are no cleaning of them.
fn is_named(text: &str, service: &Service) -> bool {
    let said = Words::new(text);
    let said: BTreeSet<&str> = said.stems().map(|(_, stem)| stem).collect();
    let mut terms = service.keywords.iter().chain([&service.name]).map(|term| Words::new(term));
    terms.any(|term| !term.is_empty() && term.stems().all(|(_, stem)| said.contains(stem)))
}

/// Whether one of the days that a question about hours is of may be a holiday that is not noted.
fn may_be_holiday(turn: &Turn<'_>, reading: &Reading<'_>, now: Timestamp) -> bool {
    let today = now.to_zoned(turn.tenant.time_zone()).date();
    let asked = reading.when.and_then(dates::Wish::date);
    let mut dates = [Some(today), today.tomorrow().ok(), asked].into_iter().flatten();
    let is_noted = |day| turn.tenant.hours.special_on(day).is_some();
    dates.any(|day| days::is_holiday(day, &turn.tenant.region) && !is_noted(day))
}

/// Whether `answer` is sure, does nothing but answer and go on, and learned nothing but the service.
fn is_whole(answer: &Answer, turn: &Turn<'_>) -> bool {
    let learned = Qualification { service_interest: None, other_services: Vec::new(), ..answer.qualification.clone() };
    answer.confidence >= SURE
        && matches!(answer.action, Action::Reply | Action::OfferBooking)
        && answer.language == turn.route.language
        && answer.sentiment != Sentiment::Negative
        && answer.citations.is_empty()
        && answer.given == GivenDetails::default()
        && answer.requested_time.is_none()
        && learned == Qualification::default()
}

/// Whether the business has wishes of its own for what is said about this, which only a model reads: a style guide that was confirmed,
/// and instructions that hold for every text, are about money where it is about money, or name the service or the topic.
fn is_worded(tenant: &Tenant, about: About<'_>) -> bool {
    let wishes = [Some(tenant.instructions.as_str()), tenant.prompts.addition(PromptTask::Respond)];
    let is_about = |text: &str| {
        let words = Words::new(text);
        let names = |service: &Service| service::named(tenant, &words).iter().any(|named| named.id == service.id);
        words.contains_any(&ALWAYS)
            || match about {
                About::Price(service) | About::Deposit(service) => words.contains_any(&MONEY) || names(service),
                About::Duration(service) | About::Offer(service) => names(service),
                About::Hours => Heard::new(text, &words).has(Topic::Hours),
                About::Contact => CONTACT.iter().any(|topic| Heard::new(text, &words).has(*topic)),
                About::Faq(_) => false,
            }
    };
    !tenant.style.is_empty() || wishes.into_iter().flatten().any(is_about)
}

/// Ways to a business; several may be asked for at once.
const CONTACT: [Topic; 3] = [Topic::Address, Topic::Phone, Topic::Website];

impl<'t> Composer<'_, 't> {
    /// What the message asks, if that is one thing that the data has, the words by which it does, and the sentences that answer it.
    fn about(&self) -> Option<(About<'t>, Vec<&'static str>, Vec<String>)> {
        let (turn, reading, locale, now) = self.parts();
        if reading.is_ready || self.said_of_extra().is_some() {
            return None;
        }
        let topics: Vec<Topic> = reading.heard.topics().collect();
        let about = subject(turn, reading, &topics).filter(|about| match about {
            About::Hours => {
                let is_clear = reading.when.is_none_or(|when| when.date().is_some());
                is_clear
                    && !may_be_holiday(turn, reading, now)
                    && turn.tenant.hours.next_opening(now, &turn.tenant.time_zone()).is_some()
            }
            About::Price(service) | About::Duration(service) | About::Deposit(service) | About::Offer(service) => {
                reading.when.is_none() && is_named(turn.content.text(), service)
            }
            // Its answer is in the language of the business.
            About::Faq(_) => turn.tenant.language == turn.route.language,
            About::Contact => reading.when.is_none(),
        })?;
        if is_other(turn.content.text(), about, reading) {
            return None;
        }
        let facts = facts::answers(turn, reading, locale, "", now);
        let lines = match about {
            About::Hours => facts.lines.len().max(1),
            About::Contact => topics.iter().filter(|topic| CONTACT.contains(topic)).count(),
            _ => 1,
        };
        let words = Words::new(turn.content.text());
        let said = topics.iter().flat_map(|topic| heard::words_of(*topic, &words)).collect();
        (!facts.is_lacking && facts.lines.len() == lines).then_some((about, said, facts.lines))
    }
}

/// The one thing that a message about `topics` asks.
fn subject<'t>(turn: &Turn<'t>, reading: &Reading<'t>, topics: &[Topic]) -> Option<About<'t>> {
    let is_all = |of: &[Topic], wanted: &[Wants]| {
        let is_courtesy = |intent| matches!(intent, Wants::Greeting | Wants::Thanks);
        let topics_fit = topics.iter().all(|topic| of.contains(topic) || *topic <= Topic::Thanks);
        topics_fit && reading.intents.iter().all(|intent| wanted.contains(&intent) || is_courtesy(intent))
    };
    let has = |topic: Topic| topics.contains(&topic);
    let business = &turn.tenant.business;
    match (reading.services.as_slice(), reading.faq) {
        ([], Some(faq)) => topics
            .iter()
            .all(|topic| matches!(topic, Topic::Greeting | Topic::Thanks | Topic::Services))
            .then_some(About::Faq(faq)),
        ([], None) if has(Topic::Hours) => {
            is_all(&[Topic::Hours, Topic::OpenNow], &[Wants::Hours, Wants::OpenNow]).then_some(About::Hours)
        }
        ([], None) => {
            let given = [business.address.is_some(), business.phone.is_some(), business.website.is_some()];
            let is_given = CONTACT.into_iter().zip(given).all(|(topic, is_given)| is_given || !has(topic));
            let asks = CONTACT.into_iter().any(has);
            (asks && is_given && is_all(&CONTACT, &[Wants::Place, Wants::Phone, Wants::Website]))
                .then_some(About::Contact)
        }
        ([service], None) => of_service(service, reading, is_all),
        _ => None,
    }
}

/// The one thing that is asked about `service`.
fn of_service<'t>(
    service: &'t Service,
    reading: &Reading<'t>,
    is_all: impl Fn(&[Topic], &[Wants]) -> bool,
) -> Option<About<'t>> {
    let wants = |intent| reading.intents.has(intent);
    if facts::asks_price(reading) {
        let is_plain = service.price.is_some() && is_all(&[Topic::Price], &[Wants::Price]);
        return is_plain.then_some(About::Price(service));
    }
    if wants(Wants::Duration) {
        let is_plain = service.duration_minutes.is_some() && is_all(&[], &[Wants::Duration]);
        return is_plain.then_some(About::Duration(service));
    }
    if wants(Wants::Deposit) {
        return (service.deposit.is_some() && is_all(&[], &[Wants::Deposit])).then_some(About::Deposit(service));
    }
    let asks = reading.heard.has(Topic::Services) && facts::asks(reading);
    (asks && is_all(&[Topic::Services], &[Wants::Services])).then_some(About::Offer(service))
}
