//! Which of a business's locations a conversation is about.

use crate::ids::ServiceId;
use crate::leads::Lead;
use crate::tenancy::Location;
use ::language::Words;

/// The locations that customers may be sent to, and the one that the conversation is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Places<'a> {
    /// All of them.
    pub all: &'a [Location],
    /// The one, where it is known.
    pub meant: Option<&'a Location>,
}

impl<'a> Places<'a> {
    /// Reads which of `all` is meant: the only one that is active, the one that `text` names, or the one that `lead` lies at.
    /// A name, postal code or town counts where exactly one location has it.
    #[must_use]
    pub fn of(all: &'a [Location], text: &str, lead: &Lead) -> Self {
        let where_they_are = lead.qualification.location.as_deref().unwrap_or_default();
        let places = Self { all, meant: None };
        let mut active = places.active();
        let only = active.next().filter(|_| active.next().is_none());
        let said = || [text, where_they_are].iter().find_map(|said| places.named_in(said));
        Self { all, meant: only.or_else(said) }
    }

    /// The location that `text` names, of several.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Option<&'a Location> {
        let active: Vec<&Location> = self.active().collect();
        Some(active).filter(|active| active.len() > 1).and_then(|several| named(&several, &Words::new(text)))
    }

    /// The locations to which customers may be sent, and where all of `services` are to be had.
    pub fn with(&self, services: &[&ServiceId]) -> impl Iterator<Item = &'a Location> {
        self.active().filter(|location| services.iter().all(|service| location.offers(service)))
    }

    /// Whether customers may be sent to several.
    #[must_use]
    pub fn are_several(&self) -> bool {
        self.active().nth(1).is_some()
    }

    fn active(&self) -> impl Iterator<Item = &'a Location> {
        self.all.iter().filter(|location| location.active)
    }
}

fn named<'a>(locations: &[&'a Location], words: &Words) -> Option<&'a Location> {
    let ways: [fn(&Location) -> &str; 3] =
        [|location| &location.name, |location| &location.address.postal_code, |location| &location.address.city];
    ways.iter().find_map(|way| {
        let mut found = locations.iter().filter(|location| words.contains_phrase(way(location)));
        found.next().filter(|_| found.next().is_none()).copied()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples::{lead, roofer};

    fn location(name: &str, city: &str, code: &str) -> Location {
        let address = json!({ "street": "1 Example Street", "city": city, "postal_code": code, "country": "US" });
        let id = name.to_lowercase().replace(' ', "-");
        serde_json::from_value(json!({ "id": id, "name": name, "address": address })).unwrap()
    }

    #[test]
    fn a_location_is_meant_by_its_name_postal_code_or_town_where_only_one_has_it() {
        let all = [
            location("Belmar", "Lakewood", "80226"),
            location("Green Mountain", "Lakewood", "80228"),
            location("Downtown", "Denver", "80202"),
        ];
        let mut lead = lead(&roofer());
        let meant = |text: &str, lead: &Lead| Places::of(&all, text, lead).meant.map(|location| location.name.clone());
        for (text, name) in [
            ("When is Belmar open?", Some("Belmar")),
            ("I live in 80228", Some("Green Mountain")),
            ("do you have a shop in Denver?", Some("Downtown")),
            ("Lakewood", None),
            ("Belmar or downtown?", None),
            ("hello", None),
        ] {
            assert_eq!(meant(text, &lead).as_deref(), name, "{text}");
        }
        lead.qualification.location = Some("Denver, CO".to_owned());
        assert_eq!(meant("When do you open?", &lead).as_deref(), Some("Downtown"), "as they said before");
        assert_eq!(meant("And Belmar?", &lead).as_deref(), Some("Belmar"));
    }

    #[test]
    fn the_only_location_is_meant_whatever_is_said_and_one_that_is_not_active_never() {
        let closed = Location { active: false, ..location("Belmar", "Lakewood", "80226") };
        let (one, lead) = ([location("Downtown", "Denver", "80202"), closed], lead(&roofer()));
        assert_eq!(Places::of(&one, "When is Belmar open?", &lead).meant, Some(&one[0]));
        assert_eq!(Places::of(&one[1..], "Belmar", &lead).meant, None);
        assert_eq!(Places::of(&[], "Belmar", &lead).meant, None);
    }
}
