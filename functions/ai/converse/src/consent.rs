//! STOP, START and HELP: what they do, and what is said to them.

use domain::conversations::turn::Response;
use domain::conversations::{Action, Answer, Author, Intent, Sentiment, builtin};
use domain::leads::{GivenDetails, Qualification, Score};
use domain::messaging::consent::{Consent, confirmation};
use domain::messaging::{Channel, Inbound};
use domain::tenancy::{Language, Tenant};
use std::collections::BTreeMap;

/// A consent word, read.
pub(crate) struct Word {
    /// Whether messages are refused from now on, where the word changes that.
    pub(crate) suppressed: Option<bool>,
    /// What goes out.
    pub(crate) response: Response,
}

/// Reads `inbound` as a consent word.
///
/// STOP is never answered: nothing more goes out. On SMS Twilio itself answers START and HELP.
pub(crate) fn response(tenant: &Tenant, inbound: &Inbound, suppressed: bool, language: &Language) -> Option<Word> {
    let word = inbound.consent(suppressed)?;
    let (intent, changes) = match word {
        Consent::Stop => (Intent::OptOut, Some(true)),
        Consent::Start => (Intent::OptIn, Some(false)),
        Consent::Help => (Intent::Other, None),
    };
    let silent = word == Consent::Stop || inbound.channel == Channel::Sms || (word == Consent::Help && suppressed);
    let response = if silent {
        Response::Silent { intent, suppressed: changes }
    } else {
        let reply = confirmation(word, language, &tenant.name);
        Response::Confirmed { answer: Box::new(answer(reply, language, intent)), suppressed: changes }
    };
    Some(Word { suppressed: changes, response })
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
