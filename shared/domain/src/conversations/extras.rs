//! What is said of extras: that one fits now, that a reply names one, that a customer takes or declines the one that was suggested.
//!
//! When one is suggested is decided in a turn (`turns`), whoever answers: a conversation has one at most. A model is told of those
//! alone that its customer may hear of ([`told`]).

use ::language::{Intent, Intents, OfAppointment, Words};
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
    /// It is taken by somebody for whom a visit is booked already.
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

/// Words of a yes that stays one beside thanks: "great, thanks" may be about anything.
const PLAIN_YES: [&str; 22] = [
    "yes",
    "yeah",
    "yep",
    "please",
    "sure",
    "of course",
    "i'd love",
    "sí",
    "claro",
    "por favor",
    "con gusto",
    "oui",
    "volontiers",
    "avec plaisir",
    "bien sûr",
    "ja",
    "gerne",
    "bitte",
    "sim",
    "com certeza",
    "quero",
    "aceito",
];

/// Beginnings of words by which somebody takes what they name, folded.
const TAKING: [&str; 22] = [
    "add",
    "includ",
    "take",
    "with",
    "want",
    "agreg",
    "anad",
    "inclu",
    "quier",
    "con",
    "ajout",
    "prend",
    "veux",
    "avec",
    "dazu",
    "hinzu",
    "nehm",
    "mit",
    "adicion",
    "acrescent",
    "quer",
    "com",
];

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
const HAS_BOOKED: [&str; 22] = [
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
const NEVER: [Intent; 17] = [
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
];

/// Whether `text` asks something.
#[must_use]
pub fn asks(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Whether whoever writes `text` is in the mood to hear of anything besides.
#[must_use]
pub fn may_hear(text: &str) -> bool {
    let intents = Intents::read(text);
    !NEVER.iter().any(|never| intents.has(*never))
}

/// What of `text` alone makes it the moment for an extra.
pub(crate) fn moment_in(text: &str) -> Option<Moment> {
    let words = Words::new(text);
    let has_booked = || words.contains_any(&HAS_BOOKED) || OfAppointment::Existing.is_in(text);
    if words.contains_any(&PLATFORMS) && !has_booked() {
        return Some(Moment::OtherPlatform);
    }
    // Who asks how expensive it is has not said so.
    let objects = words.contains_any(&TOO_EXPENSIVE) && !words.contains_phrase("how expensive");
    objects.then_some(Moment::TooExpensive)
}

/// Whether `words` name `extra`: by a keyword, by its name, or by the first two words of that.
#[must_use]
pub fn names(extra: &Extra, words: &Words) -> bool {
    let name = Words::new(&extra.name);
    let first: Vec<&str> = name.iter().take(2).collect();
    let is_named = words.contains_phrase(&extra.name) || (first.len() == 2 && words.contains_phrase(&first.join(" ")));
    is_named || extra.keywords.iter().any(|keyword| words.contains_phrase(keyword))
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
    let is_bare = words.len() <= MAX_BARE_WORDS && intents.iter().all(|intent| goes_with.contains(&intent));
    let is_named = names(extra, &words);
    let answers = is_named || (suggested.open && is_bare);
    let refuses = intents.has(Intent::No) || intents.has(Intent::NotNow);
    let is_plain = !intents.has(Intent::Thanks) || words.contains_any(&PLAIN_YES);
    let agrees = (intents.has(Intent::Yes) || words.contains_any(&PLAIN_YES)) && is_plain;
    let takes = || words.iter().any(|word| TAKING.iter().any(|taking| word.starts_with(taking)));
    let taken = match (answers, refuses) {
        (true, true) => Some(false),
        (true, false) => (agrees || (is_named && takes())).then_some(true),
        (false, _) => None,
    }?;
    Some(SaidOfExtra { extra, taken, is_bare: is_bare && suggested.open })
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
    let is_service =
        |extra: &Extra| turn.tenant.services.iter().any(|service| names(extra, &Words::new(&service.name)));
    let mut others = turn.tenant.extras.iter().filter(is_other);
    let offers = others.any(|extra| names(extra, &words) && !is_asked_for(extra) && !is_service(extra));
    if offers { Err(Unfit::Extra) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
