//! What they want of the trade where the list of services has no one that is it.

use language::{Catalogue, Mentions, Offer};

use super::super::reading::Reading;
use super::super::{Turn, changes::is_no_customer, facts, service};
use super::{Composer, Decision, FAIR};
use crate::conversations::{Action, Intent, Question};

/// What they want, and no one service is it.
pub(super) enum Missing {
    /// It belongs to the trade, and is not on the list.
    NotListed,
    /// Several services fit equally well: their names.
    Unclear(Vec<String>),
}

/// What `reading` asks for that no one service is. A message that names a service, and an answer to who and where they are, ask for nothing of
/// the kind.
pub(super) fn missing(turn: &Turn<'_>, reading: &Reading<'_>) -> Option<Missing> {
    let is_who = matches!(turn.asked(), Some(Question::Contact | Question::Name | Question::Location));
    let names_another = !reading.services.is_empty() || reading.faq.is_some() || turn.intake_answer().is_some();
    if is_who || names_another || is_no_customer(&reading.intents) || turn.tenant.services.is_empty() {
        return None;
    }
    let services = &turn.tenant.services;
    let offers = services.iter().map(|service| Offer { name: &service.name, keywords: &service.keywords });
    let catalogue = Catalogue::new(&turn.tenant.industry, &turn.tenant.name, offers);
    let Mentions { offered, unclear, not_offered, .. } = catalogue.read(turn.content.text());
    let names = unclear.iter().filter_map(|at| services.get(*at)).map(|service| service.name.clone());
    let names: Vec<String> = names.collect();
    if offered.is_empty() && !not_offered.is_empty() && wants_it(turn, reading) {
        return Some(Missing::NotListed);
    }
    let is_known = turn.lead.is_some_and(|lead| lead.qualification.service_interest.is_some());
    (names.len() > 1 && !is_known).then_some(Missing::Unclear(names))
}

/// Whether they ask for what they name, or answer with it which service they want.
fn wants_it(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let is_about_it = !reading.intents.asks_to_know() || facts::asks_price(reading);
    (facts::asks(reading) && is_about_it)
        || reading.heard.wants_something()
        || turn.just_asked() == Some(&Question::Service)
}

impl Composer<'_, '_> {
    pub(super) fn is_not_listed(&self) -> bool {
        matches!(self.missing, Some(Missing::NotListed))
    }

    /// Says that it is not on the list, and has the team asked.
    pub(super) fn say_not_listed(&mut self) -> Decision {
        let phrases = self.locale.phrases;
        self.open();
        let is_said = self.turn.is_with_staff() || self.turn.has_said(phrases.not_listed);
        self.say(if is_said { phrases.passed_on } else { phrases.not_listed });
        let action = if is_said { Action::Reply } else { Action::AskTeam };
        Decision { intent: Intent::Service, action, confidence: FAIR, asked: None }
    }

    /// Asks which of the services that fit they mean.
    pub(super) fn which_of(&self) -> Option<String> {
        let Some(Missing::Unclear(names)) = &self.missing else { return None };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Some((self.locale.phrases.which_of)(&service::listed(&names, self.locale.phrases.or)?))
    }
}
