//! What is said of extras: that one fits now, that a reply names one, that a customer takes or declines the one that was suggested.
//!
//! When one is suggested is decided in a turn (`turns`), whoever answers: a conversation has one at most. A model is told of those
//! alone that its customer may hear of ([`told`]).

use ::language::{Intent, Intents, Words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::builtin::Turn;
use super::claims::Unfit;
use super::{Conversation, Role, builtin};
use crate::ids::{ExtraId, ServiceId};
use crate::tenancy::{Extra, Moment, Tenant};

/// What happened to an extra.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExtraStep {
    /// It was suggested.
    Suggested,
    /// The customer takes it.
    Taken,
    /// The customer does not want it.
    Declined,
}

/// The extra that was suggested in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SuggestedExtra {
    /// Which.
    pub id: ExtraId,
    /// When (UTC).
    pub at: Timestamp,
    /// The last reply asked nothing else: a yes or a no is about it.
    #[serde(default)]
    pub open: bool,
    /// What became of it.
    pub step: ExtraStep,
}

/// What a message says of an extra: a reply that it is to be had, a customer's message that it is taken or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExtraMention {
    /// Which.
    pub id: ExtraId,
    /// What happens to it.
    pub step: ExtraStep,
    /// What it costs at least, in cents, of one that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_cents: Option<u64>,
    /// It is taken by someone for whom a visit is booked already.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_visit: bool,
}

impl ExtraMention {
    /// One of which nothing else is to be said.
    #[must_use]
    pub fn new(id: ExtraId, step: ExtraStep) -> Self {
        Self { id, step, price_cents: None, with_visit: false }
    }
}

/// A yes or a no to the extra that was suggested.
#[derive(Debug, Clone, Copy)]
pub struct SaidOfExtra<'t> {
    /// Which.
    pub extra: &'t Extra,
    /// Whether it is a yes.
    pub taken: bool,
    /// The message says nothing else.
    pub is_bare: bool,
}

/// A yes or a no alone has so many words at most.
const MAX_BARE_WORDS: usize = 5;

/// Words of a yes.
const YES: [&str; 15] = [
    "yes",
    "yeah",
    "yep",
    "sure",
    "of course",
    "i'd love",
    "sí",
    "claro",
    "con gusto",
    "oui",
    "volontiers",
    "avec plaisir",
    "ja",
    "gerne",
    "sim",
];

/// What makes a yes of "ok, please"; alone it is none.
const PLEASE: [&str; 5] = ["please", "por favor", "bitte", "s'il vous plaît", "se faz favor"];

/// Beginnings of words by which someone takes what they name, folded.
const TAKING: [&str; 15] = [
    "add",
    "includ",
    "take",
    "want",
    "agreg",
    "anad",
    "quier",
    "ajout",
    "prend",
    "veux",
    "dazu",
    "hinzu",
    "nehm",
    "acrescent",
    "quer",
];

/// Words by which they take it along with the rest, folded.
const WITH: [&str; 5] = ["with", "con", "avec", "mit", "com"];

/// Words that deny what follows them closely, folded.
const DENYING: [&str; 17] = [
    "no", "not", "dont", "without", "never", "sin", "sans", "pas", "nicht", "kein", "keine", "keinen", "ohne", "nein",
    "sem", "nao", "non",
];
/// How closely, in words.
const DENIAL_REACH: usize = 4;

/// Sites through which customers come for a commission; as people write them.
const PLATFORMS: [&str; 34] = [
    "booking.com",
    "bookingcom",
    "booking dot com",
    "airbnb",
    "air bnb",
    "expedia",
    "vrbo",
    "hotels.com",
    "hotel.com",
    "agoda",
    "trivago",
    "tripadvisor",
    "trip advisor",
    "hostelworld",
    "hrs.de",
    "thumbtack",
    "thumb tack",
    "angi",
    "angi's",
    "angie's list",
    "angies list",
    "homeadvisor",
    "home advisor",
    "houzz",
    "taskrabbit",
    "task rabbit",
    "yelp",
    "groupon",
    "zocdoc",
    "doctolib",
    "treatwell",
    "booksy",
    "myhammer",
    "getninjas",
];

/// Words of who has booked already.
const HAS_BOOKED: [&str; 27] = [
    "booked",
    "my booking",
    "a booking with",
    "my reservation",
    "have a reservation",
    "reserved",
    "he reservado",
    "hemos reservado",
    "reservé",
    "mi reserva",
    "tengo una reserva",
    "ai réservé",
    "avons réservé",
    "ma réservation",
    "gebucht",
    "reserviert",
    "meine buchung",
    "meine reservierung",
    "reservei",
    "reservamos",
    "minha reserva",
    "tenho uma reserva",
    "my appointment",
    "mi cita",
    "mon rendez-vous",
    "mein termin",
    "meinen termin",
];

/// Ways to say that it is too expensive.
const TOO_EXPENSIVE: [&str; 38] = [
    "too expensive",
    "so expensive",
    "very expensive",
    "pretty expensive",
    "quite expensive",
    "is expensive",
    "too pricey",
    "pricey",
    "cheaper elsewhere",
    "cheaper somewhere",
    "anything cheaper",
    "out of my budget",
    "over my budget",
    "more than i expected",
    "can't afford",
    "better price",
    "lower price",
    "muy caro",
    "muy cara",
    "demasiado caro",
    "demasiado cara",
    "más barato",
    "fuera de mi presupuesto",
    "trop cher",
    "trop chère",
    "c'est cher",
    "moins cher",
    "hors budget",
    "zu teuer",
    "ganz schön teuer",
    "sehr teuer",
    "günstiger",
    "billiger",
    "muito caro",
    "muito cara",
    "caro demais",
    "mais barato",
    "fora do meu orçamento",
];

/// What a message must not be about where something is suggested to its writer.
const NEVER: [Intent; 19] = [
    Intent::Cancel,
    Intent::Move,
    Intent::Policy,
    Intent::Complaint,
    Intent::Person,
    Intent::Payment,
    Intent::WrongNumber,
    Intent::Spam,
    Intent::JobApplication,
    Intent::Supplier,
    Intent::NotNow,
    Intent::Done,
    Intent::Goodbye,
    Intent::Wait,
    Intent::OnTheWay,
    Intent::Unsure,
    Intent::Bot,
    Intent::CallBack,
    Intent::Erase,
];

/// Whether `text` asks something.
#[must_use]
pub fn asks(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Whether whoever writes `text` may hear of anything besides. Who finds something too expensive has not taken their leave.
#[must_use]
pub fn may_hear(text: &str) -> bool {
    let intents = Intents::read(text);
    let objects = moment_in(text) == Some(Moment::TooExpensive);
    !NEVER.iter().any(|never| intents.has(*never) && !(objects && *never == Intent::NotNow))
}

/// What of `text` alone makes it the moment for an extra.
pub(crate) fn moment_in(text: &str) -> Option<Moment> {
    let words = Words::new(text);
    let has_booked = || words.contains_any(&HAS_BOOKED);
    if words.contains_any(&PLATFORMS) && !has_booked() {
        return Some(Moment::OtherPlatform);
    }
    // Who asks how expensive it is has not said so.
    let objects = words.contains_any(&TOO_EXPENSIVE) && !words.contains_phrase("how expensive");
    objects.then_some(Moment::TooExpensive)
}

/// What someone calls `extra`: its keywords, its name, and the first two words of that.
fn calls(extra: &Extra) -> impl Iterator<Item = String> {
    let name = Words::new(&extra.name);
    let first: Vec<&str> = name.iter().take(2).collect();
    let short = (first.len() == 2).then(|| first.join(" "));
    std::iter::once(extra.name.clone()).chain(short).chain(extra.keywords.iter().cloned())
}

/// Whether `words` name `extra`.
#[must_use]
pub fn names(extra: &Extra, words: &Words) -> bool {
    calls(extra).any(|call| words.contains_phrase(&call))
}

/// Whether `words` name `extra` as what is not wanted: "no late checkout".
fn denies(extra: &Extra, words: &Words) -> bool {
    let is_denied =
        |before: &str| before.split_whitespace().rev().take(DENIAL_REACH).any(|word| DENYING.contains(&word));
    calls(extra).any(|call| words.contains_where(&call, |before, _| is_denied(before)))
}

/// Whether `extra` is called like one of the services, so that who names it may mean that.
pub(crate) fn is_service(tenant: &Tenant, extra: &Extra) -> bool {
    tenant.services.iter().any(|service| names(extra, &Words::new(&service.name)))
}

/// What `text`, written on `thread`, says of the extra that was suggested in it; `None`: nothing.
#[must_use]
pub fn said<'t>(tenant: &'t Tenant, thread: &Conversation, text: &str) -> Option<SaidOfExtra<'t>> {
    let suggested = thread.extra.as_ref().filter(|suggested| suggested.step == ExtraStep::Suggested)?;
    let extra = tenant.extras.iter().find(|extra| extra.id == suggested.id)?;
    let (words, intents) = (Words::new(text), Intents::read(text));
    if intents.is_question() || words.is_empty() {
        return None;
    }
    let goes_with = [Intent::Yes, Intent::No, Intent::NotNow, Intent::Thanks, Intent::Greeting, Intent::Ready];
    let is_short = words.len() <= MAX_BARE_WORDS && !text.contains(|c: char| c.is_ascii_digit());
    let is_bare = suggested.open && is_short && intents.iter().all(|intent| goes_with.contains(&intent));
    let refuses = intents.has(Intent::No) || intents.has(Intent::NotNow);
    // "Great, thanks" may be about anything.
    let says_yes = words.contains_any(&YES);
    let is_meant = says_yes || words.contains_any(&PLEASE) || !intents.has(Intent::Thanks);
    let agrees = (intents.has(Intent::Yes) && is_meant) || says_yes;
    let taken = if names(extra, &words) {
        let is = |word: &str| TAKING.iter().any(|taking| word.starts_with(taking)) || WITH.contains(&word);
        let takes = agrees || words.iter().any(is) || words.contains_any(&PLEASE);
        let leaves = denies(extra, &words) || (refuses && is_bare);
        leaves.then_some(false).or_else(|| takes.then_some(true))
    } else if is_bare {
        let leaves = refuses || words.iter().any(|word| DENYING.contains(&word));
        leaves.then_some(false).or_else(|| agrees.then_some(true))
    } else {
        None
    }?;
    Some(SaidOfExtra { extra, taken, is_bare })
}

/// The services that are wanted, by their ids.
pub(crate) fn wanted<'t>(tenant: &'t Tenant, names: &[&str]) -> Vec<&'t ServiceId> {
    let is_wanted = |name: &str| names.contains(&name);
    tenant.services.iter().filter(|service| is_wanted(&service.name)).map(|service| &service.id).collect()
}

/// The extras of which the writer of this message may be told: the one that was suggested to them, those that they name, and
/// those for which this is the moment.
#[must_use]
pub fn told<'t>(turn: &Turn<'t>, now: Timestamp) -> Vec<&'t Extra> {
    let (tenant, text) = (turn.tenant, turn.content.text());
    let today = now.to_zoned(tenant.time_zone()).date();
    let words = Words::new(text);
    let moment = moment_in(text);
    let known = turn.lead.into_iter().flat_map(|lead| lead.qualification.services());
    let named = builtin::services_meant(tenant, text);
    let names_wanted: Vec<&str> = known.chain(named.iter().map(|service| service.name.as_str())).collect();
    let wanted = wanted(tenant, &names_wanted);
    let suggested = turn.conversation.and_then(|thread| thread.extra.as_ref()).map(|extra| &extra.id);
    let is_due = |extra: &Extra| suggested.is_none() && Some(extra.when) == moment && extra.is_for(&wanted);
    let is_told = |extra: &&Extra| {
        suggested == Some(&extra.id) || (extra.is_on(today) && (names(extra, &words) || is_due(extra)))
    };
    tenant.extras.iter().filter(is_told).collect()
}

/// How `extra` is put to the writer of this message, in their language, as far as there are words for it.
#[must_use]
pub fn in_words(turn: &Turn<'_>, extra: &Extra) -> Option<String> {
    let say = |beside_question| builtin::extras::suggestion(turn.tenant, extra, &turn.route.language, beside_question);
    say(true).or_else(|| say(false))
}

/// What can be offered to the writer of this message who finds something too expensive.
pub(crate) fn for_objection<'t>(turn: &Turn<'t>, now: Timestamp) -> Option<&'t Extra> {
    let text = turn.content.text();
    if moment_in(text) != Some(Moment::TooExpensive) || !may_hear(text) {
        return None;
    }
    let is_new = |extra: &&&Extra| !turn.lead.is_some_and(|lead| lead.extras.iter().any(|known| known.id == extra.id));
    let has_none = turn.conversation.is_some_and(|thread| thread.extra.is_none());
    told(turn, now).iter().filter(is_new).find(|extra| extra.when == Moment::TooExpensive && has_none).copied()
}

/// Whether `reply`, which a model wrote, names no extra that it was not told of where none may be suggested any more.
///
/// # Errors
/// [`Unfit::Extra`] where it does.
pub fn ensure_told(turn: &Turn<'_>, reply: &str, now: Timestamp) -> Result<(), Unfit> {
    let has_one = turn.conversation.is_some_and(|thread| thread.extra.is_some());
    let may_hear = turn.route.escalate.is_none() && may_hear(turn.content.text());
    if turn.tenant.extras.is_empty() || (!has_one && may_hear) {
        return Ok(());
    }
    let told = told(turn, now);
    let is_other = |extra: &&Extra| !told.iter().any(|known| known.id == extra.id);
    let words = Words::new(reply);
    let lines = turn.conversation.into_iter().flat_map(|thread| &thread.recent);
    let theirs: Vec<Words> =
        lines.filter(|line| line.role == Role::Customer).map(|line| Words::new(&line.text)).collect();
    let is_asked_for = |extra: &Extra| theirs.iter().any(|line| names(extra, line));
    let mut others = turn.tenant.extras.iter().filter(is_other);
    let offers = others.any(|extra| names(extra, &words) && !is_asked_for(extra) && !is_service(turn.tenant, extra));
    if offers { Err(Unfit::Extra) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
