//! Typed answers to intake questions.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use crate::Failure;

/// What a customer answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
#[schema(as = IntakeAnswer)]
pub enum Answer {
    /// The value of an option.
    Choice(String),
    /// Their words, at most 1,000 characters.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(jiff::civil::Date),
    /// A number.
    Number(Decimal),
    /// A picture.
    Photo {
        /// The reference under which it is kept.
        media: String,
    },
    /// They would not or could not say: it is not asked again.
    Skipped,
}

/// The longest text that is kept as an answer, in characters.
pub const MAX_TEXT_CHARS: usize = 1_000;

impl Answer {
    /// What conditions compare: the value of a choice, `yes` or `no`. Other answers have nothing to compare.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        match self {
            Self::Choice(value) => Some(value),
            Self::YesNo(true) => Some("yes"),
            Self::YesNo(false) => Some("no"),
            Self::Text(_) | Self::Date(_) | Self::Number(_) | Self::Photo { .. } | Self::Skipped => None,
        }
    }
}

/// Why a text is no answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// It says nothing of the kind that is wanted, or more than one thing.
    #[error("the answer is unclear")]
    Unclear,
    /// A number beyond the question's bounds.
    #[error("the number is out of range")]
    OutOfRange,
    /// The question wants a picture.
    #[error("a photo is wanted")]
    NeedsPhoto,
}

/// A decimal number of up to 15 digits, at most three of them after the point. Exact, and written as text: `12.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "12.5", pattern = r"^-?[0-9]{1,12}(\.[0-9]{1,3})?$")]
pub struct Decimal(i64);

/// Parts of one.
const SCALE: i64 = 1_000;

impl Decimal {
    /// Reads digits with a point: `-12.5`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `number` when it is no such number, or has more digits.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let refuse = || Failure::invalid("number", "a number has up to 12 digits, and up to 3 after the point");
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits =
            |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole, 12) || !all_digits(part, 3) {
            return Err(refuse());
        }
        let whole: i64 = whole.parse().map_err(|_| refuse())?;
        let part: i64 = format!("{part:0<3}").parse().map_err(|_| refuse())?;
        Ok(Self(sign * (whole * SCALE + part)))
    }

    /// Whether it is `min` or more and `max` or less.
    #[must_use]
    pub fn is_within(self, min: Option<i64>, max: Option<i64>) -> bool {
        let thousandths = |bound: i64| i128::from(bound) * i128::from(SCALE);
        let own = i128::from(self.0);
        min.is_none_or(|min| own >= thousandths(min)) && max.is_none_or(|max| own <= thousandths(max))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / SCALE, self.0.abs() % SCALE);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl TryFrom<String> for Decimal {
    type Error = Failure;
    fn try_from(text: String) -> Result<Self, Failure> {
        Self::parse(&text)
    }
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_written_one_way() {
        for (text, written) in [("0", "0"), ("-0", "0"), ("007", "7"), ("12.50", "12.5"), ("-0.125", "-0.125")] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), written);
        }
        for bad in ["", "-", ".5", "5.", "1,000", "1.2345", "1234567890123", "1e3", "+1", "NaN", "１"] {
            assert!(Decimal::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn bounds_belong_to_the_range() {
        let number = |text| Decimal::parse(text).unwrap();
        assert!(number("5").is_within(Some(5), Some(5)) && number("999999999999").is_within(None, Some(i64::MAX)));
        assert!(!number("4.999").is_within(Some(5), None) && !number("5.001").is_within(None, Some(5)));
        assert!(!number("0").is_within(Some(i64::MAX), None));
    }

    #[test]
    fn answers_are_stored_with_their_type() {
        let stored = serde_json::to_value(Answer::Number(Decimal::parse("12.5").unwrap())).unwrap();
        assert_eq!(stored, serde_json::json!({ "type": "number", "value": "12.5" }));
        let date = Answer::Date(jiff::civil::date(2026, 12, 1));
        assert_eq!(serde_json::to_string(&date).unwrap(), r#"{"type":"date","value":"2026-12-01"}"#);
        assert_eq!(serde_json::to_string(&Answer::Skipped).unwrap(), r#"{"type":"skipped"}"#);
    }
}
