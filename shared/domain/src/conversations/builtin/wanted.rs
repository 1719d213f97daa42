//! Which services they want, with one message more: what it names is added to what they wanted before, takes its place ("just the
//! oil"), or leaves it ("no massage"); what was only asked about is not wanted once they have chosen.

use std::collections::BTreeSet;

use language::{Intent, Intents, OfAppointment, Words};

use super::heard::{Heard, Topic, corrects};
use super::vocabulary::who::says;
use super::{Turn, asks_for_price, changes, service, which};
use crate::conversations::{Line, Question, Role};
use crate::tenancy::Service;

/// The most services that are kept of one lead.
const MAX_SERVICES: usize = 6;

/// The services that one message names.
#[derive(Default)]
pub(super) struct Named<'t> {
    /// Wanted, the most exact match first.
    pub(super) services: Vec<&'t Service>,
    /// Not wanted.
    pub(super) refused: Vec<&'t Service>,
}

/// The services that `text` is about. Who has the wrong number, sells something or looks for work wants none; and in the
/// answer to who and where they are, everyday words are names and streets. What is refused is taken from something: where nothing
/// else is wanted, "without AC" tells what is the matter.
pub(super) fn named<'t>(turn: &Turn<'t>, intents: &Intents, text: &str, words: &Words) -> Named<'t> {
    let arranges = turn.conversation.is_some_and(|thread| thread.wish.is_some());
    if changes::is_no_customer(intents) && !arranges {
        return Named::default();
    }
    let mentions = service::mentions(turn.tenant, text);
    let refused: Vec<&Service> = mentions.refused.iter().filter_map(|at| turn.tenant.services.get(*at)).collect();
    let mut services = match turn.asked() {
        Some(Question::Contact | Question::Name | Question::Location) => service::named(turn.tenant, words),
        _ => service::meant(turn.tenant, text, words),
    };
    services.retain(|service| !refused.iter().any(|other| other.id == service.id));
    let chosen = which::chosen(turn, words);
    services.retain(|service| !chosen.iter().any(|one| one.id == service.id));
    services.splice(0..0, chosen);
    // "Just the cut", of the women's cut that they want.
    let mut open = mentions.unclear.iter().filter_map(|at| turn.tenant.services.get(*at));
    let mut open = open.by_ref().filter(|service| known(turn).any(|name| name == service.name));
    if let (true, Some(only), None) = (services.is_empty(), open.next(), open.next()) {
        services.push(only);
    }
    if services.is_empty() && known(turn).next().is_none() && !refused.is_empty() {
        return Named { services: service::named(turn.tenant, words), refused: Vec::new() };
    }
    Named { services, refused }
}

/// A refusal with another service in its place has at most so many words: "no, a color". "No, the brakes are fine" takes nothing back.
const MAX_WORDS_OF_NO: usize = 3;
/// And a preference: "actually just the cleaning please".
const MAX_WORDS_OF_RATHER: usize = 7;

/// All services that they want now, where the message changes them: those that it names first, then those of before. A correction
/// takes the place of these, and a question beside a request adds nothing to it.
pub(super) fn all(turn: &Turn<'_>, message: &Named<'_>, heard: &Heard, words: &Words, names_time: bool) -> Vec<String> {
    let is_refused = |name: &str| message.refused.iter().any(|service| service.name == name);
    if message.services.is_empty() {
        let left: Vec<String> = known(turn).filter(|name| !is_refused(name)).map(str::to_owned).collect();
        return if left.len() < known(turn).count() { left } else { Vec::new() };
    }
    let has_request = turn.conversation.is_some_and(|thread| thread.wish.is_some());
    // "Ok, the suite then. We arrive at 11 pm, is that a problem?" takes it.
    let is_taken = |sentence: &str| !sentence.ends_with('?') && names_in(turn, &message.services, sentence);
    let takes = turn.content.text().split_inclusive(['?', '.', '!', '\n']).any(is_taken);
    // "Could I have a color instead of the cut?"
    let swaps = known(turn).any(is_refused);
    let only_asks = heard.is_question && !heard.has(Topic::Booking) && has_request && !takes && !swaps;
    if only_asks && known(turn).next().is_some() {
        return Vec::new();
    }
    let adds = says(words, |who| who.adds);
    let text = turn.content.text();
    // "No, a color", of what was asked for already.
    let is_no = has_request && words.len() <= MAX_WORDS_OF_NO && Intents::read(text).has(Intent::No);
    // "Rather the cleaning", and not "rather Friday at 11, and check the brakes".
    let is_rather = words.len() <= MAX_WORDS_OF_RATHER && !names_time && OfAppointment::Instead.is_in(text);
    let is_instead = is_no || is_rather || says(words, |who| who.narrows);
    let replaces = corrects(words) || (is_instead && !adds);
    let mut all: Vec<String> = message.services.iter().map(|service| service.name.clone()).collect();
    if !replaces {
        let asked = if adds || has_request || heard.is_question { Vec::new() } else { only_asked(turn) };
        let chooses = says(words, |who| who.settles) || all.iter().any(|name| asked.contains(&name.as_str()));
        let is_out = |name: &str| is_refused(name) || (chooses && asked.contains(&name));
        all.extend(known(turn).filter(|name| !is_out(name)).map(str::to_owned));
    }
    let mut seen = BTreeSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all.truncate(MAX_SERVICES);
    all
}

/// The services of before, as far as they are listed.
pub(super) fn known<'a>(turn: &Turn<'a>) -> impl Iterator<Item = &'a str> {
    let listed = &turn.tenant.services;
    let names = turn.lead.into_iter().flat_map(|lead| lead.qualification.services());
    names.filter(move |name| listed.iter().any(|service| service.name == *name))
}

/// Of these, the ones that were named only by who asked for their price, or whether they are to be had.
fn only_asked<'a>(turn: &Turn<'a>) -> Vec<&'a str> {
    let lines: Vec<&Line> = turn.conversation.map(|thread| thread.recent.iter().collect()).unwrap_or_default();
    let theirs: Vec<&Line> = lines.into_iter().filter(|line| line.role == Role::Customer).collect();
    let asks = |line: &&&Line| {
        let heard = Heard::new(&line.text, &Words::new(&line.text));
        let is_offer = Intents::read(&line.text).has(Intent::Services) || heard.has(Topic::Services);
        // "Bubbles in the old tint, can you fix that?" wants it done.
        let is_offer = is_offer && !language::tells_need(&line.text);
        let goes_on = heard.is_question && super::goes_on(&line.text);
        (asks_for_price(&line.text) || is_offer || goes_on) && !heard.has(Topic::Booking)
    };
    let names = |line: &Line, name: &str| {
        service::meant(turn.tenant, &line.text, &Words::new(&line.text)).iter().any(|service| service.name == name)
    };
    known(turn)
        .filter(|name| {
            let naming: Vec<&&Line> = theirs.iter().filter(|line| names(line, name)).collect();
            !naming.is_empty() && naming.iter().all(asks)
        })
        .collect()
}

/// Whether `sentence` names one of the services that the message is about, and asks nothing.
fn names_in(turn: &Turn<'_>, services: &[&Service], sentence: &str) -> bool {
    let named = service::meant(turn.tenant, sentence, &Words::new(sentence));
    !Intents::read(sentence).is_question()
        && named.iter().any(|named| services.iter().any(|service| service.id == named.id))
}
