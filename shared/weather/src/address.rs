//! What of an address a geocoder of places is asked for: its postal code and town. The street stays with us.

use serde::{Deserialize, Serialize};

use crate::Point;

/// A place as a geocoder knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPlace {
    /// Where.
    pub point: Point,
    /// Its name.
    pub name: String,
    /// ISO 3166 country; empty where there is none.
    pub country: String,
    /// State or province, by its whole name in English.
    pub state: String,
    /// Its postal codes, where they are known.
    pub postal_codes: Vec<String>,
    /// How many live there; 0: not known.
    pub population: u64,
}

/// The states of the United States by the two letters that addresses have; geocoders have their names.
const STATES: [(&str, &str); 56] = [
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
    ("PR", "Puerto Rico"),
    ("GU", "Guam"),
    ("VI", "U.S. Virgin Islands"),
    ("AS", "American Samoa"),
    ("MP", "Northern Mariana Islands"),
];
/// Longer is no name of a town, and is sought nowhere: whoever types it may say anything.
const MAX_NAME: usize = 60;
const MAX_WORDS: usize = 5;

/// The parts of an address by which its town is found; written as `US|CO|80226|Lakewood`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Sought {
    city: String,
    state: String,
    postal_code: String,
    country: String,
}

impl Sought {
    /// Of an address in parts; `country` is ISO 3166. `None`: it names neither a town nor a postal code.
    #[must_use]
    pub fn new(city: &str, state: &str, postal_code: &str, country: &str) -> Option<Self> {
        let tidy = |text: &str| -> String {
            let parted = text.split(|c: char| c.is_whitespace() || c == '|');
            let words: Vec<&str> = parted.filter(|word| !word.is_empty()).collect();
            let is_name = words.len() <= MAX_WORDS && text.chars().count() <= MAX_NAME;
            if is_name { words.join(" ") } else { String::new() }
        };
        let sought = Self {
            city: tidy(city),
            state: tidy(state),
            postal_code: tidy(postal_code).to_uppercase(),
            country: tidy(country).to_uppercase(),
        };
        (!sought.city.is_empty() || !sought.postal_code.is_empty()).then_some(sought)
    }

    /// Of an address in one line, such as `410 Example Street, Lakewood, CO 80226` or `Beispielweg 4, 10115 Berlin`. `None` where its end
    /// names no place: a street alone is not sought.
    #[must_use]
    pub fn of_line(line: &str, country: &str) -> Option<Self> {
        let parts: Vec<&str> = line.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let (mut city, mut state, mut postal_code) = (String::new(), String::new(), String::new());
        // The first part is the street where there is more than one, unless it stands before a state alone.
        let is_code = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        let has_street = parts.len() > 1 && !(parts.len() == 2 && parts.last().is_some_and(is_code));
        let after_street = parts.get(usize::from(has_street)..).unwrap_or_default();
        for part in after_street.iter().rev() {
            let is_country = ["usa", "us", "united states", country].iter().any(|name| name.eq_ignore_ascii_case(part));
            if is_country && state.is_empty() && after_street.len() > 1 {
                continue;
            }
            let is_digit = |word: &&str| word.bytes().any(|b| b.is_ascii_digit());
            let words: Vec<&str> = part.split_whitespace().collect();
            let codes: Vec<&str> = words.iter().copied().filter(|word| is_digit(word)).collect();
            if parts.len() == 1 && !codes.is_empty() && codes.len() < words.len() {
                return None;
            }
            if postal_code.is_empty() {
                postal_code = codes.join(" ");
            }
            let is_state = |word: &str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
            let names: Vec<&str> = words.iter().copied().filter(|word| !is_digit(word)).collect();
            let (states, names): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|word| is_state(word));
            if let Some(name) = states.last()
                && state.is_empty()
            {
                state = (*name).to_owned();
            }
            if !names.is_empty() && (parts.len() > 1 || codes.is_empty()) {
                city = names.join(" ");
                break;
            }
        }
        Self::new(&city, &state, &postal_code, country)
    }

    /// What is asked for, one after another until a place fits. The four digits after a ZIP code name a street.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let code = match self.country.as_str() {
            "US" => self.postal_code.split('-').next().unwrap_or_default().to_owned(),
            _ => self.postal_code.clone(),
        };
        // It finds nothing by one letter, and by two only what is called so.
        [code, self.city.clone()].into_iter().filter(|name| name.chars().count() >= 3).collect()
    }

    /// The same for all addresses that are sought alike.
    #[must_use]
    pub fn line(&self) -> String {
        [&self.country, &self.state, &self.postal_code, &self.city].map(|part| part.to_lowercase()).join("|")
    }

    /// The town, where the address names one.
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        Some(self.city.as_str()).filter(|city| !city.is_empty())
    }

    /// ISO 3166 country.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The place that is meant, of those that were found: in the country, and in the state where there is one; of several the one with
    /// the postal code, then the one where most people live.
    #[must_use]
    pub fn best(&self, places: &[FoundPlace]) -> Option<Point> {
        let is_there =
            |place: &&FoundPlace| place.country.eq_ignore_ascii_case(&self.country) && self.is_in_state(place);
        let has_code =
            |place: &FoundPlace| !self.postal_code.is_empty() && place.postal_codes.contains(&self.postal_code);
        let best = places.iter().filter(is_there).max_by_key(|place| (has_code(place), place.population));
        best.map(|place| place.point)
    }

    /// Of a state that is not written as the geocoder does, nothing can be said.
    fn is_in_state(&self, place: &FoundPlace) -> bool {
        let is_us = self.country == "US";
        let name =
            STATES.iter().find(|(code, _)| is_us && code.eq_ignore_ascii_case(&self.state)).map(|(_, name)| *name);
        match name.or_else(|| is_us.then_some(self.state.as_str())) {
            None | Some("") => true,
            Some(name) => place.state.eq_ignore_ascii_case(name),
        }
    }
}

impl From<Sought> for String {
    fn from(Sought { city, state, postal_code, country }: Sought) -> Self {
        [country, state, postal_code, city].join("|")
    }
}

impl From<String> for Sought {
    fn from(text: String) -> Self {
        let mut parts = text.splitn(4, '|').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let (country, state, postal_code, city) = (next(), next(), next(), next());
        Self { city, state, postal_code, country }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sought(line: &str, country: &str) -> [String; 3] {
        let Sought { city, state, postal_code, .. } = Sought::of_line(line, country).unwrap();
        [city, state, postal_code]
    }

    #[test]
    fn the_town_of_an_address_in_one_line_is_found() {
        for (line, country, parts) in [
            ("410 Example Street, Lakewood, CO 80226", "US", ["Lakewood", "CO", "80226"]),
            ("410 Example Street, Lakewood, CO 80226-1234, USA", "US", ["Lakewood", "CO", "80226-1234"]),
            ("410 Example Street\nLakewood, CO 80226", "US", ["Lakewood", "CO", "80226"]),
            ("12 Example Rd, Suite 5, San Antonio TX 78205", "US", ["San Antonio", "TX", "78205"]),
            ("Beispielweg 4, 10115 Berlin", "DE", ["Berlin", "", "10115"]),
            ("1 Example Lane, London SW1A 1AA", "GB", ["London", "", "SW1A 1AA"]),
            ("Denver, CO", "US", ["Denver", "CO", ""]),
            ("Denver", "US", ["Denver", "", ""]),
        ] {
            assert_eq!(sought(line, country), parts, "{line}");
        }
        for nowhere in ["", " , ", "410 Example Street", "410 Example Street, please call me before you come here"] {
            assert_eq!(Sought::of_line(nowhere, "US"), None, "{nowhere}");
        }
    }

    fn place(name: &str, country: &str, state: &str, population: u64, at: f64) -> FoundPlace {
        let point = Point::new(at, 0.0).unwrap();
        let (name, country, state) = (name.to_owned(), country.to_owned(), state.to_owned());
        FoundPlace { point, name, country, state, postal_codes: Vec::new(), population }
    }

    #[test]
    fn of_several_places_the_one_in_the_country_and_state_is_meant() {
        let found = [
            place("Lakewood", "US", "Ohio", 900_000, 1.0),
            place("Lakewood", "US", "Colorado", 150_000, 2.0),
            place("Lakewood", "CA", "Ontario", 990_000, 3.0),
            FoundPlace { postal_codes: vec!["80226".to_owned()], ..place("Small", "US", "Colorado", 5, 4.0) },
        ];
        let at = |state, code, country| {
            let sought = Sought::new("Lakewood", state, code, country).unwrap();
            sought.best(&found).map(Point::lat)
        };
        assert_eq!(at("CO", "", "US"), Some(2.0));
        assert_eq!(at("Colorado", "", "US"), Some(2.0));
        assert_eq!(at("CO", "80226", "US"), Some(4.0));
        assert_eq!(at("", "", "US"), Some(1.0));
        assert_eq!(at("ON", "", "CA"), Some(3.0));
        assert_eq!(at("TX", "", "US"), None);
        assert_eq!(at("", "", "FR"), None);
    }

    #[test]
    fn the_postal_code_is_asked_for_first() {
        let names = |code| Sought::new("Lakewood", "CO", code, "us").unwrap().names();
        assert_eq!(names("80226-1234"), ["80226", "Lakewood"]);
        assert_eq!(names(""), ["Lakewood"]);
    }

    proptest! {
        #[test]
        fn no_line_makes_reading_it_panic_and_what_is_sought_is_read_back(line in ".{0,80}|[A-Z|, ]{0,9}, [A-Z]{2} [0-9|]{5}") {
            if let Some(sought) = Sought::of_line(&line, "US") {
                prop_assert!(sought.names().len() <= 2);
                prop_assert_eq!(Sought::from(String::from(sought.clone())), sought);
            }
        }
    }
}
