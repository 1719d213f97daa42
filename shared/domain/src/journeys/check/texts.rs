//! What a message of a step must hold.

use std::collections::BTreeMap;

use super::hours;
use crate::Failure;
use crate::journeys::render::{Part, parts};
use crate::journeys::{Route, Text, VISIT_LINK, Variant, check_places};
use crate::messaging::{Channel, Kind};
use crate::tenancy::Template;
use crate::tenancy::{Language, Tenant, ensure, text, unique};

const MAX_VARIANTS: usize = 5;
const MAX_LANGUAGES: usize = 20;
/// The longest text, in characters: an e-mail of a page.
const MAX_TEXT: usize = 2_000;
/// The longest text that may go by SMS, in characters: three segments of 160.
const MAX_SMS: usize = 480;
const MAX_SUBJECT: usize = 120;
const MAX_PROMPT: usize = 1_000;

impl Text {
    /// Refusals name fields relative to the message.
    pub(super) fn check(&self, kind: Kind, tenant: &Tenant) -> Result<(), Failure> {
        self.channel.check()?;
        hours("good_for_hours", "good_for_hours", self.good_for_hours)?;
        let counted = (1..=MAX_VARIANTS).contains(&self.variants.len());
        ensure(counted, "variants", format!("a message has 1 to {MAX_VARIANTS} texts"))?;
        unique(
            self.variants.iter().enumerate().map(|(index, variant)| (format!("variants[{index}].id"), &variant.id)),
        )?;
        for (index, variant) in self.variants.iter().enumerate() {
            let checked = variant.check(&self.channel, kind, tenant);
            checked.map_err(|failure| failure.within(&format!("variants[{index}]")))?;
        }
        Ok(())
    }
}

impl Route {
    fn check(&self) -> Result<(), Failure> {
        let Self::FirstOf(channels) = self else { return Ok(()) };
        let field = "channel.first_of";
        ensure(!channels.is_empty(), field, "name at least one channel")?;
        let why = "chat cannot be begun by the business: the widget is the visitor's to open";
        ensure(!channels.contains(&Channel::Chat), field, why)?;
        unique(channels.iter().enumerate().map(|(index, channel)| (format!("{field}[{index}]"), channel)))
    }

    /// Whether a message may go this way.
    fn may_lead_to(&self, channel: Channel) -> bool {
        match self {
            Self::Best => channel != Channel::Chat,
            Self::FirstOf(channels) => channels.contains(&channel),
        }
    }
}

impl Variant {
    fn check(&self, route: &Route, kind: Kind, tenant: &Tenant) -> Result<(), Failure> {
        let understood = [&tenant.language, &Language::english()].into_iter().any(|one| self.texts.contains_key(one));
        let why = format!("there must be a text in {}, your language, or in English (en)", tenant.language);
        ensure(understood, "texts", why)?;
        let few = self.texts.len() <= MAX_LANGUAGES;
        ensure(few, "texts", format!("there may be texts in at most {MAX_LANGUAGES} languages"))?;
        let longest = if route.may_lead_to(Channel::Sms) { MAX_SMS } else { MAX_TEXT };
        check_each("texts", &self.texts, longest)?;
        check_each("subjects", &self.subjects, MAX_SUBJECT)?;
        if route.may_lead_to(Channel::Email) {
            let without = self.texts.keys().find(|language| !self.subjects.contains_key(language));
            let why = "this may go by e-mail: each text needs a subject in its language";
            without.map_or(Ok(()), |language| Err(Failure::invalid(format!("subjects.{language}"), why)))?;
        }
        if kind == Kind::Collections {
            // 15 USC 1692e is for those who collect for others; a business that collects its own says who it is, too.
            let nameless = self.texts.iter().find(|(_, text)| !names_business(text));
            let why = "a message about an overdue invoice must say who sends it: put {business} in it";
            nameless.map_or(Ok(()), |(language, _)| Err(Failure::invalid(format!("texts.{language}"), why)))?;
        }
        let prompt = self.prompt.as_deref().unwrap_or_default();
        text("prompt", prompt, 0..=MAX_PROMPT)?;
        check_places("prompt", prompt)?;
        let links =
            self.texts.values().chain(self.subjects.values()).any(|text| text.contains(&format!("{{{VISIT_LINK}}}")));
        let why = "a text with {visit_link} is never shown to a model: leave the prompt out, or the link";
        ensure(prompt.is_empty() || !links, "prompt", why)?;
        self.template.as_ref().map_or(Ok(()), check_template)
    }
}

/// Checks one text or subject in each language.
fn check_each(field: &str, texts: &BTreeMap<Language, String>, longest: usize) -> Result<(), Failure> {
    for (language, one) in texts {
        let field = format!("{field}.{language}");
        text(&field, one, 1..=longest)?;
        check_places(&field, one)?;
    }
    Ok(())
}

fn names_business(text: &str) -> bool {
    parts(text).is_ok_and(|parts| parts.contains(&Part::Place("business")))
}

/// As Meta takes it, with places that are known.
fn check_template(template: &Template) -> Result<(), Failure> {
    template.check("template")?;
    let mut values = template.values.iter().enumerate();
    values.try_for_each(|(index, value)| check_places(&format!("template.values[{index}]"), value))
}
