//! Whether a number is of a country that a business texts.

use super::areas::area;
use super::countries::country_of;
use crate::messaging::Phone;

/// The provinces and territories of Canada, as the areas name them.
const CANADIAN: [&str; 12] = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "ON", "PE", "QC", "SK", "YT"];

/// The other countries of the North American Numbering Plan. Their areas do not say here which of them they are.
const CARIBBEAN: [&str; 18] =
    ["AG", "AI", "BB", "BM", "BS", "DM", "DO", "GD", "JM", "KN", "KY", "LC", "MS", "SX", "TC", "TT", "VC", "VG"];

/// Whether `phone` is of one of `countries` (ISO 3166), as far as its digits tell.
///
/// North American area codes that are not known here count as the United States' and Canada's: new ones are opened there
/// every year. Those of the Caribbean are known, and are abroad.
#[must_use]
pub fn is_number_of<'a>(phone: &Phone, countries: impl IntoIterator<Item = &'a str>) -> bool {
    let mut countries = countries.into_iter();
    let digits = phone.as_str().trim_start_matches('+');
    let Some(rest) = digits.strip_prefix('1') else {
        return country_of(digits).is_some_and(|of| countries.any(|country| country == of));
    };
    let area = rest.get(..3).and_then(|code| code.parse().ok()).and_then(area);
    match area.map(|area| area.state) {
        None => countries.any(|country| matches!(country, "US" | "CA")),
        Some("") => countries.any(|country| CARIBBEAN.contains(&country)),
        Some(state) if CANADIAN.contains(&state) => countries.any(|country| country == "CA"),
        // Puerto Rico and its like are states here and countries there.
        Some(state) => countries.any(|country| country == "US" || country == state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_of_the_country_that_its_digits_tell() {
        for (number, country) in [
            ("+13035550123", "US"),
            ("+14165550123", "CA"),
            ("+18765550123", "JM"),
            ("+4915123456720", "DE"),
            ("+447700900123", "GB"),
            ("+5511987654399", "BR"),
        ] {
            let phone = Phone::e164(number, "phone").unwrap();
            assert!(is_number_of(&phone, ["FR", country]), "{number}");
            for other in ["US", "CA", "DE", "GB", "BR", "FR"].into_iter().filter(|other| *other != country) {
                assert!(!is_number_of(&phone, [other]), "{number} {other}");
            }
        }
        let no_place = Phone::e164("+15005550123", "phone").unwrap();
        assert!(is_number_of(&no_place, ["US"]) && is_number_of(&no_place, ["CA"]) && !is_number_of(&no_place, ["DE"]));
    }
}
