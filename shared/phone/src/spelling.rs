//! Numbers as vendors write them, and countries where one telephone line has two numbers, because WhatsApp and the telephone
//! companies write it differently.
//!
//! WhatsApp keeps the id that an account was made with; the countries have changed their numbers since. Sources:
//! - Mexico: the 1 after +52 is not dialled since 3 August 2019; WhatsApp ids keep it
//!   (faq.whatsapp.com/640432094208718).
//! - Brazil: Anatel's resolution 553/2010 put a 9 before every mobile number, which until then had eight digits and began
//!   with 6 to 9; landlines begin with 2 to 5 and did not change. WhatsApp ids may lack it.
//! - Argentina: a mobile number is dialled from abroad with a 9 after +54, and WhatsApp ids have it; SMS may come without.
//!   A landline has none, so neither spelling can be made of the other: both count as the same line.

use std::borrow::Cow;

/// A number that is in E.164 already, with or without its `+`, as it is today; `None` when it is not 7 to 15 digits.
#[must_use]
pub fn e164(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let ok = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    ok.then(|| format!("+{}", canonical(digits)))
}

/// The other spelling of a number that [`e164`] made, where its line has one.
#[must_use]
pub fn other_spelling(number: &str) -> Option<String> {
    number.strip_prefix('+').and_then(other_digits).map(|digits| format!("+{digits}"))
}

/// What E.164 `digits`, without their `+`, are today: the Mexican 1 is taken out, Brazil's ninth digit put in.
fn canonical(digits: &str) -> Cow<'_, str> {
    if let Some(national) = digits.strip_prefix("521").filter(|national| national.len() == 10) {
        return Cow::Owned(format!("52{national}"));
    }
    match brazilian(digits) {
        Some((area, line)) if line.len() == 8 && line.starts_with(['6', '7', '8', '9']) => {
            Cow::Owned(format!("55{area}9{line}"))
        }
        _ => Cow::Borrowed(digits),
    }
}

/// The same for canonical `digits`, without `+`.
fn other_digits(digits: &str) -> Option<String> {
    let of_ten = |prefix: &str| digits.strip_prefix(prefix).filter(|national| national.len() == 10);
    if let Some(national) = of_ten("52") {
        return Some(format!("521{national}"));
    }
    if let Some(national) = of_ten("549") {
        return Some(format!("54{national}"));
    }
    if let Some(national) = of_ten("54") {
        return Some(format!("549{national}"));
    }
    let (area, line) = brazilian(digits)?;
    let old = line.strip_prefix('9').filter(|old| old.len() == 8 && old.starts_with(['6', '7', '8', '9']))?;
    Some(format!("55{area}{old}"))
}

/// Area code and line of a Brazilian number.
fn brazilian(digits: &str) -> Option<(&str, &str)> {
    let (area, line) = digits.strip_prefix("55")?.split_at_checked(2)?;
    (!area.contains('0')).then_some((area, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendors_number_is_what_the_line_is_called_today() {
        for (given, today) in [
            ("5215512345678", "+525512345678"),
            ("+525512345678", "+525512345678"),
            ("551187654399", "+5511987654399"),
            ("5511987654399", "+5511987654399"),
            ("553176543210", "+5531976543210"),
            // Landlines keep their eight digits.
            ("551132345678", "+551132345678"),
            ("5491123456789", "+5491123456789"),
            ("541123456789", "+541123456789"),
            // Other countries' numbers that look alike.
            ("15215512345678", "+15215512345678"),
            ("5511876", "+5511876"),
        ] {
            assert_eq!(e164(given).as_deref(), Some(today), "{given}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "+", "415555", "+0155550123", "+1415555012345678", "415 555 2671", "٣٤٥٦٧٨٩"] {
            assert_eq!(e164(text), None, "{text}");
        }
    }
}
