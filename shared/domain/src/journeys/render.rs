//! Texts with places: `Hi {name}, your quote[ for {service}] is ready.`
//!
//! A place is a name in braces ([`PLACES`]). A part in square brackets is left out where nothing is known for a place in
//! it. A name that is not known is never missing: it is left out with the space before it, so that `Hi {name},` becomes
//! `Hi,`. What is filled in is not read again: braces in a value stay what they are.
//!
//! Values come from the business's own records, written as the language and the tenant's country write them. Of what
//! customers wrote, only a name is repeated, and only where it looks like one.

mod filling;
mod local;
mod parts;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use thiserror::Error;

use super::{Act, Journey, JourneyContext, Run, Sequence, Subject};
use crate::money::Money;
use crate::tenancy::Language;
pub(crate) use filling::subject_of;
pub use filling::{FilledIn, fill_in};
pub use local::Local;
pub use parts::check_places;
pub(super) use parts::parts;
pub(crate) use parts::{Part, parts_with};

/// What can stand in braces: who is written to and by whom, and of what the message is about its service, amount, day
/// (the appointment's, or by when an invoice is to be paid) and time, link, when it expires, when someone will be there;
/// the link by which an appointment is confirmed, moved and cancelled; and the business's number.
pub const PLACES: [&str; 11] =
    ["name", "business", "service", "amount", "date", "time", "link", "expires", "eta", VISIT_LINK, "phone"];

/// The place of the link to an appointment. Whoever has the link acts for the customer, so no model is told it.
pub const VISIT_LINK: &str = "visit_link";

/// The longest name that is repeated, in characters.
const MAX_NAME: usize = 40;

/// A place that nothing is known for, by its name in [`PLACES`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("nothing is known for {{{place}}}")]
pub struct Missing {
    /// Which place.
    pub place: String,
}

/// `text` with its places filled in.
///
/// # Errors
/// [`Missing`] where nothing is known for a place outside square brackets, or the text is none that
/// [`Sequence::validate`] lets pass.
pub fn render(
    text: &str,
    journey_context: &JourneyContext<'_>,
    journey: &Journey,
    run: &Run,
) -> Result<String, Missing> {
    let values = Values {
        journey_context,
        journey,
        subject: &run.subject,
        local: Local::of(&language_of(journey_context, run), journey_context.tenant),
    };
    let parts = parts(text).map_err(|flaw| Missing { place: flaw.place })?;
    let mut filled = String::with_capacity(text.len() + 40);
    for part in &parts {
        match part {
            Part::Optional(inner) => filled.push_str(&values.write(inner, String::new()).unwrap_or_default()),
            one => filled = values.write(std::slice::from_ref(one), filled)?,
        }
    }
    Ok(filled.trim().to_owned())
}

/// The text in the person's language, else in the tenant's, else in English.
#[must_use]
pub fn in_their_language<'a>(
    texts: &'a BTreeMap<Language, String>,
    journey_context: &JourneyContext<'_>,
) -> Option<&'a str> {
    languages(journey_context).find_map(|language| texts.get(&language)).map(String::as_str)
}

/// The person's language, the tenant's, English.
fn languages(journey_context: &JourneyContext<'_>) -> impl Iterator<Item = Language> {
    let theirs = journey_context.contact().language.clone();
    theirs.into_iter().chain([journey_context.tenant.language.clone(), Language::english()])
}

/// The language in which an enrollment speaks: the first of [`languages`] in which its sequence has texts.
fn language_of(journey_context: &JourneyContext<'_>, run: &Run) -> Language {
    let speaks = |language: &Language| {
        let sequence = journey_context.sequences.iter().find(|sequence| sequence.id == run.sequence);
        sequence.is_some_and(|sequence| sequence.speaks(language))
    };
    languages(journey_context).find(speaks).unwrap_or_else(Language::english)
}

impl Sequence {
    /// Whether any of its texts has `place` in it.
    #[must_use]
    pub fn asks_for(&self, place: &str) -> bool {
        let place = format!("{{{place}}}");
        self.steps.iter().any(|step| match &step.does {
            Act::Message(text) => text.variants.iter().any(|variant| {
                let values = variant.template.iter().flat_map(|template| &template.values);
                variant.texts.values().chain(variant.subjects.values()).chain(values).any(|text| text.contains(&place))
            }),
            Act::Task { .. } | Act::Mark { .. } => false,
        })
    }

    fn speaks(&self, language: &Language) -> bool {
        self.steps.iter().any(|step| match &step.does {
            Act::Message(text) => text.variants.iter().any(|variant| variant.texts.contains_key(language)),
            Act::Task { .. } | Act::Mark { .. } => false,
        })
    }
}

/// What stands in the places.
struct Values<'a> {
    journey_context: &'a JourneyContext<'a>,
    journey: &'a Journey,
    subject: &'a Subject,
    local: Local,
}

impl Values<'_> {
    /// `parts` written after `before`.
    fn write(&self, parts: &[Part<'_>], mut before: String) -> Result<String, Missing> {
        for part in parts {
            match part {
                Part::Words(words) => before.push_str(words),
                Part::Place(place) => match self.value(place) {
                    Some(value) => before.push_str(&value),
                    None if *place == "name" => before.truncate(before.trim_end().len()),
                    None => return Err(Missing { place: (*place).to_owned() }),
                },
                Part::Optional(inner) => before = self.write(inner, before)?,
            }
        }
        Ok(before)
    }

    fn value(&self, place: &str) -> Option<String> {
        let (journey, subject) = (self.journey, self.subject);
        let (quote, invoice) = (journey.quote(subject), journey.invoice(subject));
        let appointment = journey.appointment(subject);
        match place {
            "name" => first_name(self.journey_context.contact().name.as_deref()?).map(str::to_owned),
            "business" => Some(self.journey_context.tenant.name.clone()),
            "service" => self.service(),
            "amount" => self.amount(),
            "date" => {
                let due_at = || invoice.and_then(|invoice| invoice.due_at);
                self.day(appointment.map(|appointment| appointment.starts_at).or_else(due_at)?)
            }
            "time" => self.clock(appointment?.starts_at),
            "link" => match subject {
                Subject::Quote(_) => quote?.link.clone(),
                Subject::Invoice(_) => invoice?.link.clone(),
                Subject::Appointment(_) => appointment?.track.clone(),
                Subject::Contact | Subject::Lead(_) => self.journey_context.tenant.business.website.clone(),
            },
            "expires" => self.day(quote?.expires_at?),
            "eta" => self.clock(appointment?.eta?),
            VISIT_LINK => self.journey_context.visit_link.map(str::to_owned),
            "phone" => self.journey_context.tenant.business.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            _ => None,
        }
    }

    /// The quote's or the appointment's; else the one the lead asks for, by the tenant's own name for it.
    fn service(&self) -> Option<String> {
        let (journey, subject) = (self.journey, self.subject);
        let quoted = journey.quote(subject).and_then(|quote| quote.service.as_deref());
        let booked = || journey.appointment(subject).and_then(|appointment| appointment.service.as_deref());
        let services = &self.journey_context.tenant.services;
        let name_of = |service: &str| {
            services.iter().find(|own| own.id.as_str() == service || own.name == service).map(|own| own.name.clone())
        };
        match quoted.or_else(booked) {
            Some(service) => Some(name_of(service).unwrap_or_else(|| service.to_owned())),
            None => name_of(self.journey_context.lead().qualification.service_interest.as_deref()?),
        }
    }

    fn amount(&self) -> Option<String> {
        let quoted = self.journey.quote(self.subject).and_then(|quote| quote.amount.as_ref());
        let billed = || self.journey.invoice(self.subject).and_then(|invoice| invoice.amount.as_ref());
        let Money { cents, currency } = quoted.or_else(billed)?;
        Some(self.local.money(*cents, currency))
    }

    fn day(&self, at: Timestamp) -> Option<String> {
        Some(self.local.day(at.to_zoned(self.zone()).date()))
    }

    fn clock(&self, at: Timestamp) -> Option<String> {
        Some(self.local.clock(at.to_zoned(self.zone()).time()))
    }

    /// Times are those of the place: the location's, else the tenant's.
    fn zone(&self) -> TimeZone {
        let of_location = self.journey.location_zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        of_location.unwrap_or_else(|| self.journey_context.tenant.time_zone())
    }
}

/// `Ana` of `Ana López`, if it can be a name: letters, hyphens and apostrophes, at most [`MAX_NAME`] of them.
pub(crate) fn first_name(name: &str) -> Option<&str> {
    let first = name.split_whitespace().next()?;
    let is_name = first.starts_with(char::is_alphabetic)
        && first.chars().count() <= MAX_NAME
        && first.chars().all(|c| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || "-'’".contains(c));
    is_name.then_some(first)
}

#[cfg(test)]
mod tests;
