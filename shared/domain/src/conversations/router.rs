//! The router: what the rules say of one message, before any model is asked.
//!
//! - **Language**: the message's own where it can be told, else the conversation's, else the tenant's.
//! - **Urgency**: an emergency, else what the customer says of it (`no rush`), else what their words suggest. A word
//!   that is denied (`no gas smell`) or names a thing (`leak detector`) does not count.
//! - **Escalation**: the first of these that applies: an emergency, the customer asks for a person, a complaint or
//!   talk of the law, one of the tenant's own words (seed 003, features, "Auto Escalation Rules"), a long
//!   conversation. Danger goes first because staff sort by reason; a plain request goes before our reading of a mood. How
//!   long is long is the tenant's to say, for opening hours, for other hours and for weekends (seed 003, feature 6).
//! - **Certain**: whether the rules stand on firm ground. Where they do not, a small model may be asked.
//!
//! Same arguments, same route. Any text is taken; at most [`::language::MAX_CHARS`] characters of it are read.

mod signals;

use ::language::{Danger, InHouse, Intent, Intents, Mood};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::signals::Signals;
use super::builtin::details;
use super::language::{Detected, detect};
use super::wishes;
use super::{Conversation, EscalationReason, Role, calls};
use crate::leads::Urgency;
use crate::tenancy::{Language, Tenant};
use ::language::Words;

/// From how many words on a text should tell its language; below, names, numbers and places are usual.
const TELLING_WORDS: usize = 4;

/// What the rules say of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The customer's language.
    pub language: Language,
    /// How soon it must be, where the words say so.
    pub urgency: Option<Urgency>,
    /// A person is wanted, and why.
    pub escalate: Option<EscalationReason>,
    /// `false`: the rules are unsure, a small model may be asked. They are when four or more words neither tell their
    /// language nor look like the one assumed, and when a word that would call for a person is denied or names a
    /// thing (`not a complaint`, `your refund policy`) and nothing else calls for one.
    pub certain: bool,
}

/// How plainly a message says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// In so many words.
    Plainly,
    /// Only denied, or as part of the name of a thing.
    Doubtfully,
    /// Not at all.
    Nowhere,
}

impl Found {
    /// This, or `other` where it is plainer.
    fn or(self, other: Self) -> Self {
        if other == Self::Plainly { other } else { self }
    }
}

/// Routes `text` by rules alone, at `now`. `conversation` is its state before this message; `None` for the first one.
#[must_use]
pub fn route(tenant: &Tenant, text: &str, conversation: Option<&Conversation>, now: Timestamp) -> Route {
    let detected = detect(text);
    // Kate Burns is in no danger.
    let text = &*details::without_cards(text, &tenant.region);
    let words = Words::new(text);
    let language = language(&detected, text, tenant, conversation);
    let language_certain =
        detected.reliable || words.len() < TELLING_WORDS || detected.language.as_ref() == Some(&language);

    let emergency = find(&words, |signals| signals.emergency, |_| true);
    // Danger and anger are told in more ways than a list has. Where the list has a word for it, denied or not, the list decides.
    let tone = ::language::tone(text);
    let is_danger = tone.danger == Danger::Now && (emergency == Found::Nowhere || tone.is_sure);
    let emergency = if is_danger { Found::Plainly } else { emergency };
    let urgency = urgency(&words, emergency).or((tone.danger == Danger::Soon).then_some(Urgency::High));
    let person = if is_whole(&words, |signals| signals.person_alone) {
        Found::Plainly
    } else {
        find(&words, |signals| signals.person, |_| true)
    };
    let intents = Intents::read(text);
    // "Is this a real person?" is answered; it asks for none.
    let only_asks_who = intents.has(Intent::Bot) && !intents.has(Intent::Person);
    let person = if only_asks_who { Found::Nowhere } else { person };
    let is_errand = wishes::is_lodging(tenant) && tone.in_house == Some(InHouse::Errand) && !intents.has(Intent::Book);
    let wants_call = tone.mood != Mood::Unhappy && calls::wants_call(tenant, text, conversation);
    let is_called_for = is_errand || intents.has(Intent::Human) || wants_call;
    let person = if is_called_for { Found::Plainly } else { person };
    let complaint = find(&words, |signals| signals.complaint, |phrase| !is_trade_word(tenant, phrase));
    let is_listed = || find(&words, |signals| signals.complaint, |_| true) != Found::Nowhere;
    let complaint = if tone.mood == Mood::Unhappy && !is_listed() { Found::Plainly } else { complaint };
    let complaint =
        if complaint == Found::Plainly && intents.has(Intent::Policy) { Found::Doubtfully } else { complaint };
    let complaint = if wishes::is_lodging(tenant) {
        // Who tells of a fault is a guest in the house; who asks about one is none yet.
        let is_asked = text.contains(['?', '¿']) || intents.asks_to_know();
        let is_fault = tone.is_faulty && !is_asked && !intents.has(Intent::Book);
        let is_mishap = tone.in_house == Some(InHouse::Mishap) && !intents.asks_to_know() && !intents.has(Intent::Book);
        let found = if is_fault || is_mishap { Found::Plainly } else { Found::Nowhere };
        complaint.or(find(&words, |signals| signals.unclean, |_| true)).or(found)
    } else {
        complaint
    };
    // Who comes at once with what cannot wait needs somebody who expects them.
    let comes_in_trouble = tone.danger == Danger::Soon && intents.has(Intent::OnTheWay);
    let patience = tenant.limits_at(now).messages;
    let escalate = [
        (emergency == Found::Plainly || comes_in_trouble, EscalationReason::Emergency),
        (person == Found::Plainly, EscalationReason::CustomerAsked),
        (complaint == Found::Plainly, EscalationReason::Complaint),
        (tenant.escalation_words.iter().any(|word| words.contains_phrase(word)), EscalationReason::TenantWord),
        (conversation.is_some_and(|c| c.is_long(patience)), EscalationReason::LongConversation),
    ]
    .into_iter()
    .find_map(|(applies, reason)| applies.then_some(reason));

    // "No emergency" is doubtful as an emergency and clear as it stands.
    let emergency_doubtful = emergency == Found::Doubtfully && urgency != Some(Urgency::Low);
    let doubtful = emergency_doubtful || person == Found::Doubtfully || complaint == Found::Doubtfully;
    Route { language, urgency, escalate, certain: language_certain && (escalate.is_some() || !doubtful) }
}

/// Whether `text` has a word of danger, denied or not, or sounds of danger or anger: what no one has to see is then for people or a model
/// to say.
#[must_use]
pub fn may_be_grave(text: &str) -> bool {
    let tone = ::language::tone(text);
    let named = find(&Words::new(text), |signals| signals.emergency, |_| true);
    named != Found::Nowhere || tone.danger != Danger::None || tone.mood == Mood::Unhappy
}

/// The language to go on in. A first message that is too short to tell it leans to one by its words, the tenant's own aside.
fn language(detected: &Detected, text: &str, tenant: &Tenant, conversation: Option<&Conversation>) -> Language {
    let told = detected.language.as_ref().filter(|_| detected.reliable);
    let has_written = |thread: &&Conversation| thread.recent.iter().any(|line| line.role == Role::Customer);
    let is_known = |thread: &&Conversation| has_written(thread) || thread.language != tenant.language;
    let known = conversation.filter(is_known).map(|conversation| &conversation.language);
    if let Some(language) = told.or(known) {
        return language.clone();
    }
    let names = tenant.services.iter().flat_map(|service| service.keywords.iter().chain([&service.name]));
    let own: Vec<Words> = names.map(|name| Words::new(name)).collect();
    let leaning = ::language::leaning(text, |word| own.iter().any(|name| name.iter().any(|own| own == word)));
    leaning.and_then(|code| Language::new(code).ok()).unwrap_or_else(|| tenant.language.clone())
}

/// How soon it must be.
fn urgency(words: &Words, emergency: Found) -> Option<Urgency> {
    if emergency == Found::Plainly {
        Some(Urgency::Emergency)
    } else if signals::ALL.iter().any(|signals| words.contains_any(signals.low)) {
        Some(Urgency::Low)
    } else {
        (find(words, |signals| signals.high, |_| true) == Found::Plainly).then_some(Urgency::High)
    }
}

/// How plainly `words` hold one of the picked phrases that `counts`.
fn find(words: &Words, pick: fn(&Signals) -> &'static [&'static str], counts: impl Fn(&str) -> bool) -> Found {
    let mut found = Found::Nowhere;
    for phrase in signals::ALL.iter().flat_map(pick) {
        let plainly = words.contains_where(phrase, |before, after| {
            let counted = counts(phrase);
            if counted {
                found = Found::Doubtfully;
            }
            counted && !is_denied(before) && !is_thing(after) && !is_warned_of(before)
        });
        if plainly {
            return Found::Plainly;
        }
    }
    found
}

/// Whether the message is one of the picked phrases and nothing else.
fn is_whole(words: &Words, pick: fn(&Signals) -> &'static [&'static str]) -> bool {
    signals::ALL.iter().flat_map(pick).any(|phrase| words.is_exactly(phrase))
}

/// Whether what stands `before` a phrase denies it, with nothing but fillers between.
fn is_denied(before: &str) -> bool {
    let last = before.split_ascii_whitespace().rev().find(|word| !signals::FILLERS.contains(word));
    last.is_some_and(|word| signals::NEGATIONS.contains(&word))
}

/// Whether a phrase names what a detector that stands `before` it warns of.
fn is_warned_of(before: &str) -> bool {
    let mut words = before.split_ascii_whitespace().rev();
    let links = ["de", "du", "d", "a", "au", "do"];
    words.next().is_some_and(|link| links.contains(&link))
        && words.next().is_some_and(|word| signals::DETECTORS.contains(&word))
}

/// Whether what stands `after` a phrase makes it the name of a thing.
fn is_thing(after: &str) -> bool {
    after.split_ascii_whitespace().next().is_some_and(|word| signals::THINGS.contains(&word))
}

/// Whether `phrase` is what the tenant deals in: to a law firm, `lawyer` is no threat.
fn is_trade_word(tenant: &Tenant, phrase: &str) -> bool {
    let names = tenant.services.iter().flat_map(|service| service.keywords.iter().chain([&service.name]));
    names.chain([&tenant.industry]).any(|name| Words::new(name).contains_phrase(phrase))
}

#[cfg(test)]
mod tests;
