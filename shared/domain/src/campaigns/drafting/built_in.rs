//! The built-in texts: one for each kind of weather in each of five languages, as data.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::figures::{hail, peak};
use crate::campaigns::{Campaign, CampaignText, Condition};
use crate::tenancy::{Language, Tenant};

/// The languages that there are built-in texts in.
pub const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

/// A built-in text, with the places of campaigns and two of its own: `{peak}` and `{hail}`, within square brackets alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    pub(super) subject: String,
    pub(super) text: String,
}

pub(super) static TEMPLATES: LazyLock<BTreeMap<Condition, BTreeMap<String, Template>>> = LazyLock::new(|| {
    // The data is part of the program, and a test reads it.
    serde_json::from_str(include_str!("texts.json")).unwrap_or_default()
});

/// What a campaign of `tenant` says in `language` with no model: the figures of its weather are written out, its other places are filled
/// in for each customer. `None`: there is none in this language.
#[must_use]
pub fn built_in(campaign: &Campaign, tenant: &Tenant, language: &Language) -> Option<CampaignText> {
    let template = TEMPLATES.get(&campaign.condition)?.get(language.as_str())?;
    let own = [("{peak}", peak(campaign, tenant, language)), ("{hail}", hail(campaign, tenant, language))];
    Some(CampaignText { subject: Some(template.subject.clone()), body: filled(&template.text, &own) })
}

/// `text` with its own places written out. A part in square brackets with one of them is left out where nothing is known for it, and has
/// no brackets any more where something is.
fn filled(text: &str, own: &[(&str, Option<String>)]) -> String {
    let mut parts = text.split('[');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inner, after) = part.split_once(']').unwrap_or((part, ""));
        match own.iter().find(|(place, _)| inner.contains(place)) {
            Some((place, Some(value))) => filled.push_str(&inner.replace(place, value)),
            Some((_, None)) => {}
            None => filled.push_str(&format!("[{inner}]")),
        }
        filled.push_str(after);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_the_weather_is_written_out_and_the_rest_stays() {
        let text = "From {first_day} on[, up to {peak}].[ Hail: {hail}.][ For: {service}.] {business}";
        let own = |peak: Option<&str>, hail: Option<&str>| {
            filled(text, &[("{peak}", peak.map(str::to_owned)), ("{hail}", hail.map(str::to_owned))])
        };
        let known = own(Some("99 degrees"), None);
        assert_eq!(known, "From {first_day} on, up to 99 degrees.[ For: {service}.] {business}");
        assert_eq!(own(None, None), "From {first_day} on.[ For: {service}.] {business}");
    }
}
