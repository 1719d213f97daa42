//! STOP, START and HELP, and whoever writes after a STOP: what they do, and what is said to them.
//!
//! | | text message | WhatsApp | chat |
//! |---|---|---|---|
//! | STOP, START, HELP | Twilio answers, and after STOP delivers nothing of ours | we confirm | we say where to say it |
//! | a refusal in plain words | we confirm once | we confirm once | we say where to say it |
//! | anything after it | once how they come back, unless Twilio delivers nothing; staff are told | the same | an answer |
//!
//! Forms and calls are as the chat is, but for what is said: nothing goes out to a number that only somebody typed.

use domain::conversations::turn::{Response, Turn};
use domain::conversations::{Action, Answer, Author, EscalationReason, Intent, Sentiment, builtin, route};
use domain::leads::{GivenDetails, Qualification, Score};
use domain::messaging::consent::{Consent, confirmation, say_it_from_there, way_back};
use domain::messaging::{Address, Channel, Inbound};
use domain::tenancy::{Language, Tenant};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(crate) fn intent(word: Consent) -> Intent {
    match word {
        Consent::Stop => Intent::OptOut,
        Consent::Start => Intent::OptIn,
        Consent::Help => Intent::Other,
    }
}

/// Nothing goes out.
pub(crate) fn nothing(intent: Intent) -> Response {
    Response::Silent { intent, suppressed: None }
}

/// What is said to STOP or START once it is taken.
pub(crate) fn taken(tenant: &Tenant, inbound: &Inbound, word: Consent, turn: &Turn<'_>) -> Response {
    let (intent, suppressed) = (intent(word), Some(word == Consent::Stop));
    let is_told = word == Consent::Stop && turn.person.standing.told;
    if is_told || inbound.taken_by_vendor().is_some() {
        return Response::Silent { intent, suppressed };
    }
    let language = &turn.thread.language;
    let answer = answer(confirmation(word, language, &tenant.name), language, intent);
    Response::Confirmed { answer: Box::new(answer), suppressed }
}

/// What is said to HELP.
pub(crate) fn help(tenant: &Tenant, inbound: &Inbound, turn: &Turn<'_>, refused: bool) -> Response {
    if refused || inbound.taken_by_vendor().is_some() {
        return nothing(Intent::Other);
    }
    let language = &turn.thread.language;
    say(confirmation(Consent::Help, language, &tenant.name), language, Intent::Other)
}

/// A consent word where nobody can tell who says it moves nothing. A visitor of the chat is told where to say it; staff look into
/// a refusal of somebody who gave an address.
pub(crate) fn unproven(tenant: &Tenant, inbound: &Inbound, word: Consent, turn: &mut Turn<'_>) -> Response {
    let addresses = &turn.person.contact.addresses;
    if word == Consent::Stop && addresses.iter().any(|known| !matches!(known.address, Address::Chat(_))) {
        turn.want_person(EscalationReason::UnprovenRefusal);
    }
    let language = &turn.thread.language;
    match (inbound.channel, word) {
        (Channel::Chat, Consent::Help) => say(confirmation(word, language, &tenant.name), language, Intent::Other),
        (Channel::Chat, _) => say(say_it_from_there(word, language, &tenant.name), language, intent(word)),
        _ => nothing(intent(word)),
    }
}

/// What is said to somebody who refused and writes again: once, how they come back, where it reaches them and they are known to
/// be who writes. Staff are told of the message in any case, unless it only says thanks.
pub(crate) fn after_refusal(tenant: &Tenant, inbound: &Inbound, turn: &mut Turn<'_>, now: Timestamp) -> Response {
    let routed = route(tenant, inbound.content.text(), Some(&turn.thread), now).escalate;
    let emergency = routed.filter(|reason| *reason == EscalationReason::Emergency);
    if turn.is_courtesy() {
        return nothing(Intent::Other);
    }
    turn.want_person(emergency.unwrap_or(EscalationReason::AfterRefusal));
    let standing = &turn.person.standing;
    let reaches = inbound.proves_sender() && !standing.is_stopped(inbound.channel, &inbound.from);
    if !reaches || standing.told {
        return nothing(Intent::Other);
    }
    let language = &turn.thread.language;
    say(way_back(language, &tenant.name), language, Intent::OptOut)
}

pub(crate) fn say(text: String, language: &Language, intent: Intent) -> Response {
    Response::Confirmed { answer: Box::new(answer(text, language, intent)), suppressed: None }
}

pub(crate) fn answer(reply: String, language: &Language, intent: Intent) -> Answer {
    Answer {
        reply,
        language: language.clone(),
        intent,
        sentiment: Sentiment::Neutral,
        action: Action::Reply,
        score: Score::Unscored,
        confidence: 100,
        qualification: Qualification::default(),
        given: GivenDetails::default(),
        requested_time: None,
        intake: BTreeMap::new(),
        asked: None,
        author: Author { model: builtin::MODEL.to_owned(), ..Author::default() },
    }
}
