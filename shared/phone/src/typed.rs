//! Telephone numbers as people type them, read by the rules that Google keeps for every country.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

use crate::e164;

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 64;

/// The number, in E.164, that someone in `region` (ISO 3166) typed; `None` where no number of that form is given out anywhere.
///
/// `00` counts as `+` also where it is dialled differently, and words before and after a number are passed over.
#[must_use]
pub fn typed(text: &str, region: &str) -> Option<String> {
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

fn valid(text: &str, region: Option<Region>) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok()?;
    let today = e164(&PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164))?;
    // What was typed may be an old spelling, which is not valid any more.
    let number = PHONE_NUMBER_UTIL.parse(&today, None).ok()?;
    PHONE_NUMBER_UTIL.is_valid_number(&number).then_some(today)
}

/// The one run of figures in a text, such as `303-555-0133 (cell)`. `None` where figures stand on both sides of a word.
fn without_words(text: &str) -> Option<&str> {
    let (_, text) = text.split_at_checked(text.find(|c: char| c.is_ascii_digit() || "+(".contains(c))?)?;
    let (figures, rest) = text.split_at_checked(text.find(char::is_alphabetic)?)?;
    (!rest.contains(|c: char| c.is_ascii_digit())).then_some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_become_e164_in_the_region() {
        for (text, region, expected) in [
            ("(415) 555-2671", "US", "+14155552671"),
            ("1 303 555 0133", "US", "+13035550133"),
            ("020 7946 0958", "GB", "+442079460958"),
            ("447911123456", "GB", "+447911123456"),
            ("0151 23456720", "DE", "+4915123456720"),
            ("11 15 2345-6789", "AR", "+5491123456789"),
            ("(11) 8765-4399", "BR", "+5511987654399"),
        ] {
            assert_eq!(typed(text, region).as_deref(), Some(expected), "{text} in {region}");
        }
    }

    #[test]
    fn numbers_from_abroad_keep_the_digits_that_are_a_prefix_at_home() {
        for (text, expected) in [
            ("+49 151 23456720", "+4915123456720"),
            ("+33 1 42 68 53 00", "+33142685300"),
            ("+86 138 0013 8000", "+8613800138000"),
            ("+44 1634 567890", "+441634567890"),
            ("+55 11 98765-4399", "+5511987654399"),
            ("+54 11 2345-6789", "+541123456789"),
            ("+353 1 679 9000", "+35316799000"),
            ("+48 12 345 67 89", "+48123456789"),
            ("+45 32 12 34 56", "+4532123456"),
            ("+36 1 234 5678", "+3612345678"),
            ("+234 803 123 4567", "+2348031234567"),
            ("+39 06 698 12345", "+390669812345"),
            ("011 44 7911 123456", "+447911123456"),
            ("0044 7911 123456", "+447911123456"),
            ("+44 (0)7911 123456", "+447911123456"),
            ("+52 1 55 1234 5678", "+525512345678"),
        ] {
            assert_eq!(typed(text, "US").as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_around_a_number_are_passed_over_and_two_numbers_are_none() {
        for text in [
            "303-555-0133 (cell)",
            "cell: 303.555.0133",
            "Tel +1 303 555 0133",
            "303-555-0133 x12",
            "３０３５５５０１３３",
        ] {
            assert_eq!(typed(text, "US").as_deref(), Some("+13035550133"), "{text}");
        }
        for text in ["303-555-0133 or 303-555-0134", "303-555-01 ask for 33", "303-555-0133 2nd floor"] {
            assert_eq!(typed(text, "US"), None, "{text}");
        }
    }

    #[test]
    fn a_number_that_no_one_can_have_is_none() {
        for text in [
            "",
            "call me",
            "12",
            "911",
            "555-0125",
            "(555) 555-0125",
            "4471829305",
            "447700900124",
            "0044 7700 900125",
            "+44 (0)7700 900137",
            "+44 1632 960001",
            "+45 12 34 56 78",
            &"9".repeat(100),
        ] {
            assert_eq!(typed(text, "US"), None, "{text}");
        }
    }
}
