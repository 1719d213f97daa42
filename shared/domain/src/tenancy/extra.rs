//! What a business suggests beside its services: a late checkout, a maintenance plan, five percent off for who books directly.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

use super::check::{ensure, text, unique, words};
use super::{Language, Price, Service};
use crate::Failure;
use crate::ids::{ExtraId, ServiceId};

/// The most extras that are kept.
const MAX_EXTRAS: usize = 50;
/// The most that may be active at a time.
const MAX_ACTIVE: usize = 12;
/// The longest sentence, in characters: with the reply before it, two segments of a text message.
const MAX_SENTENCE: usize = 160;
/// The most that a tenant may allow an extra to take off, in percent.
const MOST_DISCOUNT: u8 = 50;

/// Something that a business suggests beside its services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// Its slug.
    pub id: ExtraId,
    /// What customers and staff call it.
    #[schema(min_length = 1, max_length = 80, example = "Late checkout until 2 PM")]
    pub name: String,
    /// The sentence that suggests it, in the tenant's language; where empty, one is made of its name and price.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 160, example = "Would you like to keep the room until 2 PM for 25 dollars?")]
    pub text: String,
    /// The sentence in other languages, by their code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<Language, String>,
    /// Other words by which customers call it, in any language. Lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// When it is suggested.
    pub when: Moment,
    /// Only to who wants one of these; empty: to everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceId>,
    /// What it costs, where that can be said beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// What it takes off the price, in percent: at most the tenant's `max_discount_percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 50, example = 5)]
    pub percent_off: Option<u8>,
    /// The first day on which it is suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2026-11-01")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2027-02-28")]
    pub until: Option<Date>,
    /// Whether it is suggested at all; at most 12 are.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// When an extra is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ExtraMoment)]
pub enum Moment {
    /// The customer names another platform, such as Booking.com or Yelp.
    OtherPlatform,
    /// The customer finds it too expensive.
    TooExpensive,
    /// A visit was booked, or asked for as far as it can be.
    VisitBooked,
    /// A service was chosen, and a visit for it is arranged.
    ServiceChosen,
}

impl Moment {
    /// All there are; the first that applies goes before the others.
    pub const ALL: [Self; 4] = [Self::OtherPlatform, Self::TooExpensive, Self::VisitBooked, Self::ServiceChosen];

    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherPlatform => "other_platform",
            Self::TooExpensive => "too_expensive",
            Self::VisitBooked => "visit_booked",
            Self::ServiceChosen => "service_chosen",
        }
    }
}

impl Extra {
    /// Whether it is suggested on `today`.
    #[must_use]
    pub fn is_on(&self, today: Date) -> bool {
        self.active && self.from.is_none_or(|from| from <= today) && self.until.is_none_or(|until| today <= until)
    }

    /// Whether it goes with what is wanted.
    #[must_use]
    pub fn is_for(&self, wanted: &[&ServiceId]) -> bool {
        self.services.is_empty() || self.services.iter().any(|service| wanted.contains(&service))
    }

    /// The tenant's own sentence in `language`, where there is one; `own` is the tenant's language.
    #[must_use]
    pub fn sentence(&self, language: &Language, own: &Language) -> Option<&str> {
        let written = || Some(self.text.as_str()).filter(|_| language == own);
        let sentence = self.translations.get(language).map(String::as_str).or_else(written)?.trim();
        (!sentence.is_empty()).then_some(sentence)
    }

    /// What it brings in, in cents, as far as that is known.
    #[must_use]
    pub fn worth_cents(&self) -> Option<u64> {
        self.price.map(|price| price.from_cents)
    }

    fn validate(&self, services: &BTreeSet<&ServiceId>, max_discount: u8) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        self.check_sentences()?;
        words("keywords", &self.keywords)?;
        self.price.iter().try_for_each(|price| price.validate("price"))?;
        let one = self.price.is_none() || self.percent_off.is_none();
        ensure(one, "percent_off", "an extra has a price or takes something off, not both")?;
        if let Some(percent) = self.percent_off {
            let within = (1..=max_discount).contains(&percent);
            let most = format!("percent_off must be 1 to {max_discount}, which is the business's max_discount_percent");
            ensure(within, "percent_off", most)?;
        }
        let in_order = self.from.zip(self.until).is_none_or(|(from, until)| from <= until);
        ensure(in_order, "until", "until must not be before from")?;
        for (index, service) in self.services.iter().enumerate() {
            let known = services.contains(service);
            ensure(known, format!("services[{index}]"), "this must be the id of one of the business's services")?;
        }
        unique(self.services.iter().enumerate().map(|(index, service)| (format!("services[{index}]"), service)))
    }

    /// Sentences are short, have one question at most, and promise no other share than the one that is taken off.
    fn check_sentences(&self) -> Result<(), Failure> {
        let translated = self.translations.iter().map(|(code, sentence)| (format!("translations.{code}"), sentence));
        for (field, sentence) in std::iter::once(("text".to_owned(), &self.text)).chain(translated) {
            text(&field, sentence, 0..=MAX_SENTENCE)?;
            let questions = sentence.matches(['?', '？', '؟']).count();
            ensure(questions <= 1, &field, format!("{field} may ask one question"))?;
            let marks = !sentence.contains(['{', '}', '[', ']']);
            ensure(marks, &field, format!("{field} must have no braces or square brackets"))?;
            let other = shares(sentence).find(|share| self.percent_off.map(u32::from) != Some(*share));
            let wrong = format!("{field} names another percentage than percent_off");
            ensure(other.is_none(), &field, wrong)?;
        }
        Ok(())
    }
}

/// The whole numbers before percent signs.
fn shares(sentence: &str) -> impl Iterator<Item = u32> {
    sentence.split('%').rev().skip(1).filter_map(|before| {
        let before = before.trim_end();
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        let kept = before.chars().count().checked_sub(digits)?;
        before.chars().skip(kept).collect::<String>().parse().ok()
    })
}

/// Checks all extras of a tenant with these `services`.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `extras[2].percent_off`.
pub(super) fn validate(extras: &[Extra], services: &[Service], max_discount: u8) -> Result<(), Failure> {
    let sane = max_discount <= MOST_DISCOUNT;
    ensure(sane, "max_discount_percent", format!("max_discount_percent must be 0 to {MOST_DISCOUNT}"))?;
    ensure(extras.len() <= MAX_EXTRAS, "extras", format!("there may be at most {MAX_EXTRAS} extras"))?;
    let active = extras.iter().filter(|extra| extra.active).count();
    ensure(active <= MAX_ACTIVE, "extras", format!("at most {MAX_ACTIVE} extras may be active at a time"))?;
    let services: BTreeSet<&ServiceId> = services.iter().map(|service| &service.id).collect();
    for (index, extra) in extras.iter().enumerate() {
        let within = |failure: Failure| failure.within(&format!("extras[{index}]"));
        extra.validate(&services, max_discount).map_err(within)?;
    }
    unique(extras.iter().enumerate().map(|(index, extra)| (format!("extras[{index}].id"), &extra.id)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::samples::roofer;

    fn extra(fields: Value) -> Extra {
        let mut extra = json!({"id": "gutters", "name": "Gutter cleaning", "when": "service_chosen"});
        let fields: serde_json::Map<String, Value> = serde_json::from_value(fields).unwrap();
        extra.as_object_mut().unwrap().extend(fields);
        serde_json::from_value(extra).unwrap()
    }

    fn refused(extras: Vec<Extra>, max_discount_percent: u8) -> String {
        let tenant = crate::tenancy::Tenant { extras, max_discount_percent, ..roofer() };
        match tenant.validate() {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_hold_is_refused_by_its_field() {
        let percent = |percent: u8| extra(json!({"percent_off": percent}));
        let cases = [
            (json!({"name": " "}), "extras[0].name"),
            (json!({"text": "x".repeat(161)}), "extras[0].text"),
            (json!({"text": "Would you like it? Or not?"}), "extras[0].text"),
            (json!({"text": "Only for {name}."}), "extras[0].text"),
            (json!({"text": "You get 50 % off.", "percent_off": 5}), "extras[0].text"),
            (json!({"text": "You get 5% off."}), "extras[0].text"),
            (
                json!({"translations": {"de": "Sie bekommen 7 % Rabatt."}, "percent_off": 5}),
                "extras[0].translations.de",
            ),
            (json!({"percent_off": 0}), "extras[0].percent_off"),
            (json!({"percent_off": 11}), "extras[0].percent_off"),
            (json!({"percent_off": 5, "price": {"from_cents": 100}}), "extras[0].percent_off"),
            (json!({"price": {"from_cents": 100, "to_cents": 1}}), "extras[0].price"),
            (json!({"from": "2026-12-02", "until": "2026-12-01"}), "extras[0].until"),
            (json!({"services": ["nowhere"]}), "extras[0].services[0]"),
        ];
        for (fields, field) in cases {
            assert_eq!(refused(vec![extra(fields.clone())], 10), field, "{fields}");
        }
        assert_eq!(refused(vec![percent(1)], 0), "extras[0].percent_off", "nothing may be taken off");
        assert_eq!(refused(vec![percent(5), percent(5)], 10), "extras[1].id");
        assert_eq!(refused(Vec::new(), 51), "max_discount_percent");
        let many = |count: usize, active: bool| -> Vec<Extra> {
            (0..count).map(|n| extra(json!({"id": format!("e-{n}"), "active": active}))).collect()
        };
        assert_eq!(refused(many(13, true), 10), "extras", "active at a time");
        assert_eq!(refused(many(51, false), 10), "extras");
        let full = crate::tenancy::Tenant { extras: [many(12, true), Vec::new()].concat(), ..roofer() };
        full.validate().unwrap();
    }

    #[test]
    fn a_sentence_may_name_the_share_that_is_taken_off() {
        let text = "Book directly with us and get 5 % off: that is 5% less.";
        let tenant =
            crate::tenancy::Tenant { extras: vec![extra(json!({"percent_off": 5, "text": text}))], ..roofer() };
        tenant.validate().unwrap();
        assert_eq!(shares("10% now, 5 % later, and 100").collect::<Vec<_>>(), [5, 10]);
        assert_eq!(shares("% and ½ %").count(), 0);
    }

    #[test]
    fn it_is_on_from_its_first_day_to_its_last() {
        let winter = extra(json!({"from": "2026-12-01", "until": "2026-12-31"}));
        let on = |day: &str| winter.is_on(day.parse().unwrap());
        assert_eq!(["2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"].map(on), [false, true, true, false]);
        assert!(extra(json!({})).is_on("2026-11-30".parse().unwrap()));
        assert!(!extra(json!({"active": false})).is_on("2026-11-30".parse().unwrap()));
    }

    #[test]
    fn its_sentence_is_said_in_the_language_in_which_it_is_written() {
        let language = |code: &str| Language::new(code).unwrap();
        let both = extra(json!({"text": "With gutters?", "translations": {"es": "¿Con canaletas?", "de": " "}}));
        let said = |code: &str| both.sentence(&language(code), &language("en"));
        assert_eq!(["en", "es", "de", "fr"].map(said), [Some("With gutters?"), Some("¿Con canaletas?"), None, None]);
    }

    #[test]
    fn a_tenant_that_says_nothing_has_none_and_the_usual_limit() {
        let stored = serde_json::to_value(roofer()).unwrap();
        assert_eq!((stored.get("extras"), stored["max_discount_percent"].as_u64()), (None, Some(10)));
    }
}
