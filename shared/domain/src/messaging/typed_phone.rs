//! Telephone numbers as people type them, read by the rules that Google keeps for every country.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

use super::Phone;

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 64;

/// The number that somebody in `region` (ISO 3166) typed; `None` where no number of that form is given out anywhere.
///
/// `00` counts as `+` also where it is dialled differently, and words before and after a number are passed over.
pub(super) fn read(text: &str, region: &str) -> Option<Phone> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let region = Region::try_from(region).ok();
    let text = text.trim();
    [Some(text), without_words(text)].into_iter().flatten().find_map(|text| {
        let from_abroad = || valid(&format!("+{}", text.strip_prefix("00")?), None);
        valid(text, region).or_else(from_abroad)
    })
}

fn valid(text: &str, region: Option<Region>) -> Option<Phone> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok()?;
    let phone = Phone::e164(&PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164), "phone").ok()?;
    // What was typed may be a spelling of before, which is none today.
    let number = PHONE_NUMBER_UTIL.parse(phone.as_str(), None).ok()?;
    PHONE_NUMBER_UTIL.is_valid_number(&number).then_some(phone)
}

/// The one run of figures in a text, such as `303-555-0133 (cell)`. `None` where figures stand on both sides of a word.
fn without_words(text: &str) -> Option<&str> {
    let (_, text) = text.split_at_checked(text.find(|c: char| c.is_ascii_digit() || "+(".contains(c))?)?;
    let (figures, rest) = text.split_at_checked(text.find(char::is_alphabetic)?)?;
    (!rest.contains(|c: char| c.is_ascii_digit())).then_some(figures)
}
