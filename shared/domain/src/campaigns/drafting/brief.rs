//! What a model is asked to write, and whether what it wrote may be shown to the owner as the campaign's text.

use jiff::{SignedDuration, Timestamp};

use super::figures::{hail, peak};
use super::pressing::presses;
use crate::campaigns::{Campaign, CampaignText, CampaignValues, check_text, write};
use crate::conversations::claims::Unfit;
#[cfg(test)]
use crate::conversations::claims::sentences;
use crate::ids::ServiceId;
use crate::journeys::{Brief, Local};
use crate::messaging::{Channel, Kind};
use crate::tenancy::{Language, Tenant};

/// A name as a customer may have it.
const SAMPLE_NAME: &str = "Ana";
/// A last visit as a customer may have had it: so long before the campaign began.
const SAMPLE_VISIT: SignedDuration = SignedDuration::from_hours(24 * 430);
/// When visits are because of weather whose damage is looked at: invitations go out before it and for days after it.
const AFTER_IT: &str = "after the weather; the message may be read before it or when it is over";
/// The most characters of a subject.
const MAX_SUBJECT: usize = 80;

/// A campaign's text that is wanted in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignBrief<'a> {
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The language.
    pub language: &'a Language,
    /// What is known, by its name, as the language and the country write it. It is data.
    pub facts: Vec<(&'static str, String)>,
    /// The built-in text in this language; in English where there is none.
    pub example: &'a CampaignText,
}

impl<'a> CampaignBrief<'a> {
    /// What a model is asked of `campaign` in `language`, with `example` as what it is otherwise.
    #[must_use]
    pub fn new(tenant: &'a Tenant, campaign: &'a Campaign, language: &'a Language, example: &'a CampaignText) -> Self {
        let local = Local::of(language, tenant);
        let offered = |id: &ServiceId| {
            tenant.services.iter().find(|service| service.id == *id).map(|service| service.name.as_str())
        };
        let services: Vec<&str> = campaign.services.iter().filter_map(offered).collect();
        let facts = [
            ("business", Some(tenant.name.clone())),
            ("weather", Some(campaign.condition.as_str().replace('_', " "))),
            ("visits", campaign.condition.is_served_after().then(|| AFTER_IT.to_owned())),
            ("first_day", Some(local.day(campaign.first_day))),
            ("last_day", Some(local.day(campaign.last_day))),
            ("peak", peak(campaign, tenant, language)),
            ("hail", hail(campaign, tenant, language)),
            ("place", campaign.place.clone()),
            ("services", Some(services.join(", "))),
        ];
        let known = |(name, value): (_, Option<String>)| Some((name, value.filter(|value| !value.is_empty())?));
        Self { tenant, campaign, language, facts: facts.into_iter().filter_map(known).collect(), example }
    }

    /// The most characters of a text, filled in: two segments by SMS.
    #[must_use]
    pub fn limit(&self) -> usize {
        320
    }

    /// Whether `text` may be shown in place of the built-in one.
    ///
    /// # Errors
    /// [`Unfit`]: the first thing that is wrong with it.
    pub fn accepts(&self, text: &CampaignText) -> Result<(), Unfit> {
        check_text(&[(self.language.clone(), text.clone())].into()).map_err(|_| Unfit::Place)?;
        let body = self.filled(&text.body).ok_or(Unfit::Place)?;
        let subject = text.subject.as_deref().unwrap_or_default();
        if [body.as_str(), subject].into_iter().any(|text| presses(text, &self.tenant.name)) {
            return Err(Unfit::Pressing);
        }
        self.judge(&body, true)?;
        self.accepts_subject(text)
    }

    /// As [`Self::accepts`], however long the text is: for the built-in ones, which are the business's own words.
    #[cfg(test)]
    pub(super) fn accepts_any_length(&self, text: &CampaignText) -> Result<(), Unfit> {
        let judged = sentences(&text.body).into_iter().try_for_each(|sentence| match self.filled(sentence) {
            Some(read) => self.judge(&read, false),
            None => Ok(()),
        });
        judged.and_then(|()| self.accepts_subject(text))
    }

    fn accepts_subject(&self, text: &CampaignText) -> Result<(), Unfit> {
        let Some(subject) = text.subject.as_deref() else { return Ok(()) };
        if subject.chars().count() > MAX_SUBJECT {
            return Err(Unfit::TooLong(MAX_SUBJECT));
        }
        self.judge(&self.filled(subject).ok_or(Unfit::Place)?, false)
    }

    /// As every message that no one asked for is judged; a subject need not name the business, nor say how to stop.
    fn judge(&self, text: &str, is_body: bool) -> Result<(), Unfit> {
        let example = self.filled(&self.example.body).unwrap_or_default();
        let local = Local::of(self.language, self.tenant);
        let visit = last_visit(self.campaign).to_zoned(self.tenant.time_zone()).date();
        let mut facts = self.facts.clone();
        facts.extend([("name", SAMPLE_NAME.to_owned()), ("last_visit", local.month(visit))]);
        let brief = Brief {
            prompt: "",
            fallback: &example,
            facts,
            recent: &[],
            language: self.language,
            channel: Channel::Sms,
            kind: Kind::Campaign,
            contact: None,
        };
        match brief.accepts(text) {
            Err(Unfit::Business | Unfit::StopHint | Unfit::Language) if !is_body => Ok(()),
            judged => judged,
        }
    }

    /// As someone would read it.
    fn filled(&self, text: &str) -> Option<String> {
        let (name, last_visit) = (Some(SAMPLE_NAME), Some(last_visit(self.campaign)));
        let values = CampaignValues { tenant: self.tenant, campaign: self.campaign, name, last_visit };
        write(text, self.language, &values)
    }
}

fn last_visit(campaign: &Campaign) -> Timestamp {
    campaign.created_at.checked_sub(SAMPLE_VISIT).unwrap_or(campaign.created_at)
}
