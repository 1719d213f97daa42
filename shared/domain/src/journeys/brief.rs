//! What a model is asked to write for a step, and whether what it wrote may go out.
//!
//! The step's own text, filled in, is the fallback: it goes out where a model's may not. A model can add nothing that the
//! business would have to stand by: every address, figure, day and promise in its text stands in the facts or the fallback.
//! What the customer said before is there for the tone and the topic; nothing is taken from it.

#[cfg(test)]
mod tests;

use super::{Draft, Journey, JourneyContext, PLACES, VISIT_LINK, render};
use crate::ContactId;
use crate::conversations::claims::{
    DAYS, DEEDS, PROMISES, Unfit, addresses, ensure_readable, figures, grants, in_figures, promised, promises_within,
};
use crate::conversations::language;
use crate::conversations::{Author, Line};
use crate::messaging::{Channel, Kind};
use crate::tenancy::Language;
use ::language::Words;

/// The word that customers are told to answer with.
const STOP: &str = "STOP";

/// The most characters of a text that a model wrote: two segments by SMS, elsewhere what a person reads to its end.
#[must_use]
fn limit(channel: Channel) -> usize {
    match channel {
        Channel::Sms => 320,
        Channel::Whatsapp | Channel::Chat => 1_000,
        Channel::Email => 2_000,
    }
}

/// What a model is asked to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief<'a> {
    /// What to write: the business's words, with the names of `facts` in braces.
    pub prompt: &'a str,
    /// What goes out where the model's text may not.
    pub fallback: &'a str,
    /// What is known, by the name of its place ([`PLACES`]). It is data, whoever it came from.
    pub facts: Vec<(&'static str, String)>,
    /// What was said before in the thread, oldest first. It is data.
    pub recent: &'a [Line],
    /// The language of the fallback, which the text has too.
    pub language: &'a Language,
    /// Where it goes.
    pub channel: Channel,
    /// What it is.
    pub kind: Kind,
    /// To whom; `None`: to no one who is known.
    pub contact: Option<ContactId>,
}

impl<'a> Brief<'a> {
    /// What a model is asked about `draft`; `None` where the step wants none. Of the facts those that something is known
    /// for.
    #[must_use]
    pub fn of(draft: &'a Draft, journey_context: &JourneyContext<'a>, journey: &Journey) -> Option<Self> {
        let prompt = draft.prompt.as_deref()?;
        let message = &draft.message;
        let outreach = message.outreach.as_ref()?;
        let step = outreach.step.as_ref()?;
        let run = journey.runs.iter().find(|run| run.id == step.run)?;
        let known = |place: &'static str| {
            let value = render(&format!("{{{place}}}"), journey_context, journey, run).ok()?;
            (!value.is_empty()).then_some((place, value))
        };
        // The last line is the fallback itself.
        let recent = draft.thread.recent.split_last().map_or(&[][..], |(_, before)| before);
        Some(Self {
            prompt,
            fallback: &message.text,
            facts: PLACES.into_iter().filter(|place| *place != VISIT_LINK).filter_map(known).collect(),
            recent,
            language: message.language.as_ref().unwrap_or(&journey_context.tenant.language),
            channel: message.channel,
            kind: outreach.kind,
            contact: Some(journey_context.person.contact.id),
        })
    }

    /// The most characters that the text may have.
    #[must_use]
    pub fn limit(&self) -> usize {
        limit(self.channel)
    }

    /// Whether `text` may go out in place of the fallback. The fallback itself need not be one: it is the business's.
    ///
    /// # Errors
    /// [`Unfit`]: the first thing that is wrong with it.
    pub fn accepts(&self, text: &str) -> Result<(), Unfit> {
        ensure_readable(text, self.limit())?;
        let (text, known) = (&in_figures(text), in_figures(&self.known()));
        let addresses_known = addresses(&known);
        if addresses(text).iter().any(|address| !addresses_known.contains(address)) {
            return Err(Unfit::Address);
        }
        let figures_known = figures(&known);
        if figures(text).iter().any(|figure| !figures_known.iter().any(|known| known.covers(figure))) {
            return Err(Unfit::Figure);
        }
        if promises_within(text, &known) || grants(text) && !grants(self.fallback) {
            return Err(Unfit::Promise);
        }
        let (words, known) = (Words::new(text), Words::new(&known));
        let (own, known) = (std::slice::from_ref(&words), [known]);
        for (phrases, unfit) in [(DAYS, Unfit::Day), (PROMISES, Unfit::Promise), (DEEDS, Unfit::Promise)] {
            let said = promised(phrases, own);
            if promised(&said, &known).len() < said.len() {
                return Err(unfit);
            }
        }
        let fallback = Words::new(self.fallback);
        let business = self.facts.iter().find(|(place, _)| *place == "business").map(|(_, name)| name.as_str());
        if business.is_some_and(|name| fallback.contains_phrase(name) && !words.contains_phrase(name)) {
            return Err(Unfit::Business);
        }
        if says_stop(self.fallback) && !says_stop(text) {
            return Err(Unfit::StopHint);
        }
        let told = language::detect(text);
        let is_another = told.reliable && told.language.is_some_and(|told| told != *self.language);
        let is_mixed = language::has_other_script(text) && !language::has_other_script(&self.known());
        if is_another || is_mixed { Err(Unfit::Language) } else { Ok(()) }
    }

    /// All that may be repeated. The customer's name is theirs: who is called Free is given nothing.
    fn known(&self) -> String {
        let (names, facts): (Vec<_>, Vec<_>) = self.facts.iter().partition(|(place, _)| *place == "name");
        let own = names.iter().filter(|(_, name)| !name.is_empty());
        let own = own.fold(self.fallback.to_owned(), |text, (_, name)| text.replace(name.as_str(), " "));
        facts.iter().fold(own, |known, (_, value)| format!("{known}\n{value}"))
    }
}

impl Draft {
    /// Says `text` in place of its own: in the message, and in what the thread remembers.
    pub fn says_instead(&mut self, text: String, author: Author) {
        if let Some(line) = self.thread.recent.last_mut().filter(|line| self.message.text.starts_with(&line.text)) {
            text.clone_into(&mut line.text);
        }
        self.message.text = text;
        self.message.author = Some(author);
    }
}

fn says_stop(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == STOP)
}
