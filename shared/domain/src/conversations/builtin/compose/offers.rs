//! What they want of the trade where the list of services has no one that is it.

use super::super::reading::Reading;
use super::super::{Turn, changes::is_no_customer, facts, service};
use super::{Composer, Decision, FAIR};
use crate::conversations::{Action, Intent, Question};
use ::language::{Intent as Wants, Words};

/// What they want, and no one service is it.
#[derive(Default)]
pub(super) struct Missing {
    /// It belongs to the trade, and is not on the list: as the trade calls it.
    not_listed: Vec<&'static str>,
    /// Several services fit equally well: their names.
    unclear: Vec<String>,
    /// A service that is on the list is named beside it.
    is_beside: bool,
}

impl Missing {
    /// Whether what they ask for is none of the services.
    pub(super) fn is_not_listed(&self) -> bool {
        !self.is_beside && !self.not_listed.is_empty()
    }

    /// Whether it is open which of several services they mean, beside one that is certain.
    pub(super) fn asks_which(&self) -> bool {
        self.is_beside && !self.unclear.is_empty()
    }

    /// Whether nothing that they ask for is a service for sure.
    pub(super) fn is_all(&self) -> bool {
        !self.is_beside && (!self.not_listed.is_empty() || !self.unclear.is_empty())
    }
}

/// What `reading` asks for that no one service is. An answer to who and where they are asks for nothing of the kind.
pub(super) fn missing(turn: &Turn<'_>, reading: &Reading<'_>) -> Missing {
    let is_who = matches!(turn.asked(), Some(Question::Contact | Question::Name | Question::Location));
    let is_other = reading.faq.is_some() || turn.intake_answer().is_some();
    if is_who || is_other || is_no_customer(&reading.intents) || turn.tenant.services.is_empty() {
        return Missing::default();
    }
    let is_beside = !reading.services.is_empty();
    let mentions = service::mentions(turn.tenant, turn.content.text());
    let not_listed = match (is_beside, mentions.offered.is_empty()) {
        (false, true) if speaks_of_it(turn) => Vec::new(),
        (false, true) if wants_it(turn, reading) => mentions.not_offered,
        // "Alignment and tires", and "do you do alignment? I need tires".
        (true, _) if reading.intents.has(Wants::Services) => mentions.not_offered,
        (true, _) => mentions.not_offered_beside,
        (false, _) => Vec::new(),
    };
    let is_known = turn.lead.is_some_and(|lead| lead.qualification.service_interest.is_some());
    let names = mentions.unclear.iter().filter_map(|at| turn.tenant.services.get(*at));
    let unclear: Vec<String> = names.map(|service| service.name.clone()).collect();
    let is_wanted =
        turn.lead.is_some_and(|lead| lead.qualification.services().any(|name| unclear.iter().any(|it| it == name)));
    let is_open = unclear.len() > 1 && not_listed.is_empty() && !is_wanted && (is_beside || !is_known);
    Missing { not_listed, unclear: if is_open { unclear } else { Vec::new() }, is_beside }
}

/// Whether the business itself speaks of what is asked for, though no service is called so: of ceramic film, where it tints.
fn speaks_of_it(turn: &Turn<'_>) -> bool {
    let texts = turn.tenant.faqs.iter().flat_map(|faq| [&faq.question, &faq.answer]);
    let texts = texts.chain(turn.tenant.services.iter().map(|service| &service.description));
    let known: Vec<Words> = texts.map(|text| Words::new(text)).collect();
    let is_known = |word: &str| facts::is_telling(word) && known.iter().any(|text| text.contains_phrase(word));
    Words::new(turn.content.text()).iter().any(is_known)
}

/// Whether they ask for what they name, or answer with it which service they want.
fn wants_it(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let is_about_it = !reading.intents.asks_to_know() || facts::asks_price(reading);
    (facts::asks(reading) && is_about_it)
        || reading.heard.wants_something()
        || turn.just_asked() == Some(&Question::Service)
}

impl Composer<'_, '_> {
    /// Quotes what the documents say to it; else says that it is not on the list, and has the team asked.
    pub(super) fn say_not_listed(&mut self) -> Decision {
        if let Some(decision) = self.quote_documents(Intent::Service) {
            return decision;
        }
        let phrases = self.locale.phrases;
        self.open();
        let is_said = self.turn.is_with_staff() || self.turn.has_said(phrases.not_listed);
        self.say(if is_said { phrases.passed_on } else { phrases.not_listed });
        let action = if is_said { Action::Reply } else { Action::AskTeam };
        Decision { intent: Intent::Service, action, confidence: FAIR, asked: None }
    }

    /// What stands beside a service and is none, in a sentence; `None` where there is nothing, or it was said.
    pub(super) fn not_listed_too(&self) -> Option<String> {
        let missing = Some(&self.missing).filter(|missing| missing.is_beside)?;
        let words =
            (self.locale.phrases.not_listed_too)(&service::listed(&missing.not_listed, self.locale.phrases.and)?);
        (!self.turn.has_said(&words)).then_some(words)
    }

    /// Asks which of the services that fit they mean.
    pub(super) fn which_of(&self) -> Option<String> {
        let names: Vec<&str> = self.missing.unclear.iter().map(String::as_str).collect();
        Some((self.locale.phrases.which_of)(&service::listed(&names, self.locale.phrases.or)?))
    }
}
