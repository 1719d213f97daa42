//! STOP, START and HELP, and whoever writes after a STOP: what they do, and what is said to them.
//!
//! | | text message | WhatsApp | chat |
//! |---|---|---|---|
//! | STOP, START, HELP | Twilio answers, and after STOP delivers nothing of ours | we confirm | we say where to say it |
//! | a refusal in plain words | we confirm once | we confirm once | we say where to say it |
//! | anything after it | once how they come back, unless Twilio delivers nothing; staff are told | the same | an answer |
//!
//! Forms and calls are as the chat is, but for what is said: nothing goes out to a number that only somebody typed.

use super::{Response, Turn};
use crate::conversations::{Action, Answer, Author, EscalationReason, Intent, Sentiment, builtin, route};
use crate::leads::{GivenDetails, Qualification, Score};
use crate::messaging::consent::{Consent, confirmation, say_it_from_there, way_back};
use crate::messaging::{Address, Channel};
use crate::tenancy::Language;
use std::collections::BTreeMap;

fn intent(word: Consent) -> Intent {
    match word {
        Consent::Stop => Intent::OptOut,
        Consent::Start => Intent::OptIn,
        Consent::Help => Intent::Other,
    }
}

/// Nothing goes out.
pub(super) fn nothing(intent: Intent) -> Response {
    Response::Silent { intent, suppressed: None }
}

impl Turn<'_> {
    /// What is said to STOP (`refused`) or START once it is stored.
    #[must_use]
    pub fn taken(&self, refused: bool) -> Response {
        let word = if refused { Consent::Stop } else { Consent::Start };
        let (intent, suppressed) = (intent(word), Some(refused));
        let is_told = refused && self.person.opt_out_state.told;
        if is_told || self.inbound.taken_by_vendor().is_some() {
            return Response::Silent { intent, suppressed };
        }
        let language = &self.thread.language;
        let answer = answer(confirmation(word, language, &self.tenant.name), language, intent);
        Response::Confirmed { answer: Box::new(answer), suppressed }
    }

    /// What is said to STOP (`refused`) or START where something was said after it: nothing.
    #[must_use]
    pub fn overtaken(&self, refused: bool) -> Response {
        nothing(if refused { Intent::OptOut } else { Intent::OptIn })
    }

    /// What is said to HELP.
    pub(super) fn help(&self, refused: bool) -> Response {
        if refused || self.inbound.taken_by_vendor().is_some() {
            return nothing(Intent::Other);
        }
        let language = &self.thread.language;
        say(confirmation(Consent::Help, language, &self.tenant.name), language, Intent::Other)
    }

    /// A consent word where nobody can tell who says it moves nothing. A visitor of the chat is told where to say it; staff look into
    /// a refusal of somebody who gave an address.
    pub(super) fn unproven(&mut self, word: Consent) -> Response {
        let addresses = &self.person.contact.addresses;
        if word == Consent::Stop && addresses.iter().any(|known| !matches!(known.address, Address::Chat(_))) {
            self.want_person(EscalationReason::UnprovenRefusal);
        }
        let (language, business) = (&self.thread.language, &self.tenant.name);
        match (self.inbound.channel, word) {
            (Channel::Chat, Consent::Help) => say(confirmation(word, language, business), language, Intent::Other),
            (Channel::Chat, _) => say(say_it_from_there(word, language, business), language, intent(word)),
            _ => nothing(intent(word)),
        }
    }

    /// What is said to somebody who refused and writes again: once, how they come back, where it reaches them and they are known to
    /// be who writes. Staff are told of the message in any case, unless it only says thanks.
    pub(super) fn after_refusal(&mut self) -> Response {
        let routed = route(self.tenant, self.inbound.content.text(), Some(&self.thread), self.now).escalate;
        let emergency = routed.filter(|reason| *reason == EscalationReason::Emergency);
        if self.is_courtesy() {
            return nothing(Intent::Other);
        }
        self.want_person(emergency.unwrap_or(EscalationReason::AfterRefusal));
        let opt_out_state = &self.person.opt_out_state;
        let reaches =
            self.inbound.proves_sender() && !opt_out_state.is_stopped(self.inbound.channel, &self.inbound.from);
        if !reaches || opt_out_state.told {
            return nothing(Intent::Other);
        }
        let language = &self.thread.language;
        say(way_back(language, &self.tenant.name), language, Intent::OptOut)
    }
}

pub(super) fn say(text: String, language: &Language, intent: Intent) -> Response {
    Response::Confirmed { answer: Box::new(answer(text, language, intent)), suppressed: None }
}

pub(super) fn answer(reply: String, language: &Language, intent: Intent) -> Answer {
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
        citations: Vec::new(),
        author: Author { model: builtin::MODEL.to_owned(), ..Author::default() },
    }
}
