//! In which zones, countries and states a number may be.

use crate::table::row;

/// Names of IANA zones, that of most people first. A row of the table, so that it costs nothing to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zones(&'static str);

impl Zones {
    /// Each of them, once.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// All zones in which a number may be: its area's in North America, elsewhere those of all countries with its calling code.
/// None where the area or the code is not known, or is no place's, such as +1 800 and +881.
#[must_use]
pub fn zones(number: &str) -> Zones {
    Zones(of_number(number).map_or("", |(_, zones)| zones))
}

/// All zones of a country (ISO 3166); none when it is not known.
#[must_use]
pub fn country_zones(country: &str) -> Zones {
    let known = country.bytes().all(|byte| byte.is_ascii_uppercase()).then(|| row(country)).flatten();
    Zones(known.unwrap_or_default())
}

/// The state, province or territory of a number of the United States or Canada: two letters, such as `CO`. `NS` is Prince
/// Edward Island too, `NT` all three territories of Canada.
#[must_use]
pub fn state(number: &str) -> Option<&'static str> {
    places(number)?.find_map(|place| place.split_once('-')).map(|(_, state)| state)
}

/// Whether a number may be of one of `countries` (ISO 3166), as far as its digits tell.
///
/// North American area codes that are not known count as the United States' and Canada's: new ones are opened there every
/// year. Those of the Caribbean are known, and are abroad.
#[must_use]
pub fn is_of<'a>(number: &str, countries: impl IntoIterator<Item = &'a str>) -> bool {
    let mut countries = countries.into_iter();
    match places(number) {
        Some(places) => {
            let of =
                places.map(|place| place.split_once('-').map_or(place, |(country, _)| country)).collect::<Vec<_>>();
            countries.any(|country| of.contains(&country))
        }
        None => number.starts_with("+1") && countries.any(|country| matches!(country, "US" | "CA")),
    }
}

/// A number without its country's calling code; `None` where the code is not known.
#[must_use]
pub fn national(number: &str) -> Option<&str> {
    let digits = number.strip_prefix('+')?;
    // North America's areas have rows of their own, its code has none.
    let is_code = |length: &usize| digits.get(..*length).is_some_and(|code| code == "1" || row(code).is_some());
    (1..=3).find(is_code).and_then(|length| digits.get(length..))
}

/// `GB`, `GG`, …; `US-CO`; of Puerto Rico `US-PR` and `PR`.
fn places(number: &str) -> Option<impl Iterator<Item = &'static str>> {
    of_number(number).map(|(places, _)| places.split(','))
}

/// The places and the zones of a number.
fn of_number(number: &str) -> Option<(&'static str, &'static str)> {
    let digits = number.strip_prefix('+').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    // No code is the beginning of another one, so at most one length fits; all area codes have the same.
    let mut lengths = if digits.starts_with('1') { 4..=4 } else { 1..=3 };
    lengths.find_map(|length| row(digits.get(..length)?))?.split_once(' ')
}

#[cfg(test)]
mod tests;
