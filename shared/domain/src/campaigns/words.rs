//! What a campaign says: texts with places, as those of sequences, with places of its own.
//!
//! A place is a name in braces ([`CAMPAIGN_PLACES`]). A part in square brackets is left out where nothing is known for a place in it:
//! `[Your last visit was in {last_visit}. ]`. A name that is not known is left out with the space before it. What advertises says how to
//! get no more of it: a line that says so is added, in the language of the text.

use jiff::Timestamp;
use std::collections::BTreeMap;

use super::{Campaign, CampaignText, Invitee};
use crate::Failure;
use crate::journeys::{Local, Part, Person, first_name, parts_with};
use crate::messaging::Channel;
use crate::tenancy::{Language, Tenant, ensure, text};

/// What can stand in braces: who is written to and by whom, what is offered, the weather's first and last day, what the place is called,
/// and the month of their last visit.
pub const CAMPAIGN_PLACES: [&str; 7] = ["name", "business", "service", "first_day", "last_day", "place", "last_visit"];

/// The longest text, in characters.
const MAX_BODY: usize = 900;
/// The longest subject line, in characters.
const MAX_SUBJECT: usize = 150;
/// The most languages of one campaign.
const MAX_LANGUAGES: usize = 10;

/// What stands in the places.
#[derive(Debug, Clone, Copy)]
pub struct CampaignValues<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Their name, where it is known.
    pub name: Option<&'a str>,
    /// When their last visit was (UTC).
    pub last_visit: Option<Timestamp>,
}

/// Checks what a campaign says: at least in one language, no longer than customers read, with known places.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `texts.en.body`.
pub fn check_text(texts: &BTreeMap<Language, CampaignText>) -> Result<(), Failure> {
    let some = (1..=MAX_LANGUAGES).contains(&texts.len());
    ensure(some, "texts", format!("write it in 1 to {MAX_LANGUAGES} languages"))?;
    for (language, words) in texts {
        let body = format!("texts.{language}.body");
        text(&body, &words.body, 1..=MAX_BODY)?;
        check_places(&body, &words.body)?;
        if let Some(subject) = &words.subject {
            let field = format!("texts.{language}.subject");
            text(&field, subject, 1..=MAX_SUBJECT)?;
            check_places(&field, subject)?;
            ensure(!subject.contains(['\r', '\n']), field, "a subject is one line")?;
        }
    }
    Ok(())
}

/// Checks that braces and square brackets hold places of campaigns.
pub(super) fn check_places(field: &str, text: &str) -> Result<(), Failure> {
    parts_with(text, &CAMPAIGN_PLACES).map(drop).map_err(|flaw| Failure::invalid(field, flaw.message))
}

impl<'a> CampaignValues<'a> {
    /// Those of someone who is invited.
    #[must_use]
    pub fn of(tenant: &'a Tenant, campaign: &'a Campaign, person: &'a Person, invitee: &Invitee) -> Self {
        let name = person.contact.name.as_deref();
        Self { tenant, campaign, name, last_visit: invitee.last_visit }
    }

    fn value(&self, place: &str, local: &Local) -> Option<String> {
        let campaign = self.campaign;
        match place {
            "name" => first_name(self.name?).map(str::to_owned),
            "business" => Some(self.tenant.name.clone()),
            "service" => {
                let offered = campaign.services.first()?;
                self.tenant.services.iter().find(|known| known.id == *offered).map(|known| known.name.clone())
            }
            "first_day" => Some(local.day(campaign.first_day)),
            "last_day" => Some(local.day(campaign.last_day)),
            "place" => campaign.place.clone(),
            "last_visit" => Some(local.month(self.last_visit?.to_zoned(self.tenant.time_zone()).date())),
            _ => None,
        }
    }

    /// `parts` written after `before`; `None`: nothing is known for a place.
    fn written(&self, parts: &[Part<'_>], local: &Local, mut before: String) -> Option<String> {
        for part in parts {
            match part {
                Part::Words(words) => before.push_str(words),
                Part::Place(place) => match self.value(place, local) {
                    Some(value) => before.push_str(&value),
                    None if *place == "name" => before.truncate(before.trim_end().len()),
                    None => return None,
                },
                Part::Optional(inner) => {
                    before.push_str(&self.written(inner, local, String::new()).unwrap_or_default());
                }
            }
        }
        Some(before)
    }
}

/// `text` with its places filled in; `None`: nothing is known for one outside square brackets, or it is none that [`check_text`] lets pass.
#[must_use]
pub fn write(text: &str, language: &Language, values: &CampaignValues<'_>) -> Option<String> {
    let parts = parts_with(text, &CAMPAIGN_PLACES).ok()?;
    let local = Local::of(language, values.tenant);
    let written = values.written(&parts, &local, String::new())?;
    Some(written.trim().to_owned()).filter(|text| !text.is_empty())
}

/// `text` with the line that says how to get no more, unless it says so itself; by e-mail also who writes from where (15 USC 7704(a)(5)).
pub(super) fn with_opt_out(text: String, channel: Channel, language: &Language, tenant: &Tenant) -> String {
    let [english, ..] = &OPT_OUT;
    let (_, line) = OPT_OUT.iter().find(|(code, _)| *code == language.as_str()).unwrap_or(english);
    let says_so = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == STOP);
    let mut text = text;
    if !says_so {
        text = format!("{text}\n{line}");
    }
    if channel == Channel::Email {
        let address = tenant.business.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
        text = format!("{text}\n\n{}{address}", tenant.name);
    }
    text
}

/// The word that ends it, in every language.
const STOP: &str = "STOP";

/// How to get no more, by language.
const OPT_OUT: [(&str, &str); 5] = [
    ("en", "Reply STOP to get no more messages."),
    ("es", "Responda STOP para no recibir más mensajes."),
    ("fr", "Répondez STOP pour ne plus recevoir de messages."),
    ("de", "Antworten Sie STOP, um keine Nachrichten mehr zu bekommen."),
    ("pt", "Responda STOP para não receber mais mensagens."),
];
