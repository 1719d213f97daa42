//! Numbers and amounts as people type them into lists.

use crate::money::hundredths;

/// The most cents of a price, as items have it.
const MAX_CENTS: i64 = 1_000_000_000;

/// A whole number: `12`, `1,200`, `1 200`, `12.0`. `None`: it is none.
pub(super) fn whole(text: &str) -> Option<i64> {
    let number = number(text)?;
    (number % 100 == 0).then_some(number / 100)
}

/// An amount in cents: `89`, `89.00`, `89,00`, `$1,234.50`, `1.234,50 €`. `None`: it is none, it has parts of cents, or it is below zero.
pub(super) fn cents(text: &str) -> Option<i64> {
    let figures =
        text.trim_matches(|sign: char| sign.is_whitespace() || sign.is_alphabetic() || "$€£¥₹".contains(sign));
    number(figures).filter(|cents| *cents <= MAX_CENTS)
}

/// In hundredths. The last separator before one or two digits stands before the fraction; the others stand before three digits each.
fn number(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\'' && *sign != '’').collect();
    let (whole, fraction) = match text.rsplit_once(['.', ',']) {
        Some((whole, fraction)) if (1..=2).contains(&fraction.len()) => (whole, fraction),
        _ => (text.as_str(), ""),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    // `0.125` are parts of cents, and no 125.
    let is_fraction = !rest.is_empty() && first.starts_with('0');
    let digits: String = std::iter::once(first).chain(rest).collect();
    let is_number = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    if digits.is_empty() || !is_grouped || is_fraction || !is_number(&digits) || !is_number(fraction) {
        return None;
    }
    i64::try_from(hundredths(&digits, fraction)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, read) in [
            ("89", 8_900),
            ("89.00", 8_900),
            ("89,00", 8_900),
            ("89.5", 8_950),
            ("$1,234.50", 123_450),
            ("1.234,50 €", 123_450),
            ("CHF 1’234.50", 123_450),
            ("1 234,50", 123_450),
            ("1,234", 123_400),
            ("0", 0),
            ("USD 12", 1_200),
        ] {
            assert_eq!(cents(text), Some(read), "{text}");
        }
        for text in ["", "-5", "abc", "1.2.3", "12,34,56", "0.125", "1234,567", "12x5", ".", "99999999999999999999"] {
            assert_eq!(cents(text), None, "{text}");
        }
        assert_eq!(
            [whole("12"), whole("12.0"), whole("1,200"), whole("12.5"), whole("1e3")],
            [Some(12), Some(12), Some(1_200), None, None]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(amount in 0..1_000_000_000_i64, comma in any::<bool>()) {
            let (point, between) = if comma { (',', '.') } else { ('.', ',') };
            let digits = (amount / 100).to_string();
            let grouped: Vec<&str> = {
                let first = digits.len() % 3;
                let (head, tail) = digits.split_at(first);
                let tail = tail.as_bytes().chunks(3).map(|group| std::str::from_utf8(group).unwrap());
                std::iter::once(head).filter(|head| !head.is_empty()).chain(tail).collect()
            };
            let text = format!("{}{point}{:02}", grouped.join(&between.to_string()), amount % 100);
            prop_assert_eq!(cents(&text), Some(amount), "{}", text);
        }

        #[test]
        fn no_text_makes_reading_it_panic(text in ".{0,30}") {
            prop_assert!(cents(&text).is_none_or(|cents| cents >= 0));
        }
    }
}
