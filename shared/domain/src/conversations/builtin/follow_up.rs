//! What a message leaves unsaid because it was said just before: "and brakes?" asks of brakes what was asked last, "and on Sunday?"
//! when the business is open then, and "how long does that take?" is about the service that was named last.

use language::{Intent, Intents, Words};

use super::heard::{Heard, Topic};
use super::{Turn, service};
use crate::conversations::{Conversation, Line, Role, faqs};
use crate::tenancy::{Faq, Service};

/// How many of the customer's last lines are looked at.
const MAX_LINES_BACK: usize = 4;
/// A question of more words says itself what it asks.
const MAX_WORDS: usize = 6;
/// The same of one that names a day or an hour alone: "Christmas Eve?"
const MAX_HOURS_WORDS: usize = 2;

/// Of so many services at once something is told.
const MAX_SPOKEN_OF: usize = 3;

/// What a message asks about, as far as a later one may go on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Carried {
    /// The price of another service.
    Price,
    /// The opening hours of another day.
    Hours,
    /// How long another service takes, what is paid ahead for it, and the like.
    Topic(Intent),
}

/// What a message asks without saying so. `names_service`: it names one; else only a day can be meant.
pub(super) fn carried(heard: &Heard, intents: &Intents, thread: &Conversation, names_service: bool) -> Option<Carried> {
    if !goes_on(heard, intents) {
        return None;
    }
    // "Is your shop near the mall?" asks for no hours, although these were asked last.
    let may_be_hours = !names_service && (intents.has(Intent::FollowUp) || heard.substance <= MAX_HOURS_WORDS);
    let fits = |carried: &Carried| if *carried == Carried::Hours { may_be_hours } else { names_service };
    lines(thread).find_map(|line| asked(&line.text)).filter(fits)
}

/// Whether `text` asks for the opening hours of another day than the message before.
pub(super) fn is_about_hours(text: &str, thread: &Conversation) -> bool {
    let heard = Heard::new(text, &Words::new(text));
    carried(&heard, &Intents::read(text), thread, false) == Some(Carried::Hours)
}

/// The services that the customer named last, newest first.
pub(super) fn named_before<'t>(turn: &Turn<'t>) -> Vec<&'t Service> {
    let meant = |line: &Line| service::meant(turn.tenant, &line.text, &Words::new(&line.text));
    let found = turn.conversation.and_then(|thread| lines(thread).map(meant).find(|services| !services.is_empty()));
    found.unwrap_or_default()
}

fn lines(thread: &Conversation) -> impl Iterator<Item = &Line> {
    thread.recent.iter().rev().filter(|line| line.role == Role::Customer).take(MAX_LINES_BACK)
}

/// Whether a message goes on from what was asked before, and asks nothing by itself.
pub(super) fn goes_on(heard: &Heard, intents: &Intents) -> bool {
    let is_follow_up = intents.has(Intent::FollowUp) || (heard.is_question && heard.substance <= MAX_WORDS);
    let is_mere =
        |intent| matches!(intent, Intent::FollowUp | Intent::Greeting | Intent::Thanks | Intent::Yes | Intent::No);
    let says_what = intents.asks_to_know() && !intents.has(Intent::FollowUp);
    is_follow_up && !heard.wants_something() && intents.iter().all(is_mere) && !says_what
}

fn asked(text: &str) -> Option<Carried> {
    let (heard, intents) = (Heard::new(text, &Words::new(text)), Intents::read(text));
    if heard.has(Topic::Price) || intents.has(Intent::Price) {
        return Some(Carried::Price);
    }
    if heard.has(Topic::Hours) || heard.asks_hours(&intents) {
        return Some(Carried::Hours);
    }
    faqs::TOPICS.into_iter().find(|topic| intents.has(*topic)).map(Carried::Topic)
}

/// The services that the message names, else those that were named last, else the one that the lead is about.
pub(super) fn spoken_of<'t>(turn: &Turn<'t>, services: &[&'t Service]) -> Vec<&'t Service> {
    let mut services = services.to_vec();
    if services.is_empty() {
        services = named_before(turn);
    }
    if services.is_empty() {
        services = known_services(turn);
    }
    services.truncate(MAX_SPOKEN_OF);
    services
}

/// Whether `faq` says how long another service takes than those that are spoken of: "how long will it take?", of a full detail, is not
/// answered by how long tinting takes.
pub(super) fn is_of_other_work(turn: &Turn<'_>, intents: &Intents, services: &[&Service], faq: &Faq) -> bool {
    let is_of_length = intents.has(Intent::Duration) && Intents::read(&faq.question).has(Intent::Duration);
    let named = service::meant(turn.tenant, &faq.question, &Words::new(&faq.question));
    let spoken_of = if is_of_length && !named.is_empty() { spoken_of(turn, services) } else { Vec::new() };
    !spoken_of.is_empty() && !spoken_of.iter().any(|one| named.iter().any(|named| named.id == one.id))
}

/// The tenant's services that the lead is about.
fn known_services<'t>(turn: &Turn<'t>) -> Vec<&'t Service> {
    let wanted = turn.lead.into_iter().flat_map(|lead| lead.qualification.services());
    wanted.filter_map(|name| service::named(turn.tenant, &Words::new(name)).first().copied()).collect()
}
