//! Countries where one telephone line has two numbers, because WhatsApp and the telephone companies write it differently.
//!
//! WhatsApp keeps the id that an account was made with; the countries have changed their numbers since. Sources:
//! - Mexico: the 1 after +52 is not dialled since 3 August 2019; WhatsApp ids keep it
//!   (faq.whatsapp.com/640432094208718).
//! - Brazil: Anatel's resolution 553/2010 put a 9 before every mobile number, which until then had eight digits and began
//!   with 6 to 9; landlines begin with 2 to 5 and did not change. WhatsApp ids may lack it.
//! - Argentina: a mobile number is dialled from abroad with a 9 after +54, and WhatsApp ids have it; SMS may come without.
//!   A landline has none, so neither spelling can be made of the other: both count as the same line.

use std::borrow::Cow;

/// What E.164 `digits`, without their `+`, are today: the Mexican 1 is taken out, Brazil's ninth digit put in.
pub(super) fn canonical(digits: &str) -> Cow<'_, str> {
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

/// The other spelling of a canonical number (`digits`, without `+`), where its line has one.
pub(super) fn other_spelling(digits: &str) -> Option<String> {
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
