//! Amounts of money.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    /// In the smallest unit, such as cents.
    #[schema(example = 42_500)]
    pub cents: i64,
    /// ISO 4217 code.
    #[schema(example = "USD")]
    pub currency: String,
}

impl Money {
    /// Millionths of a dollar, in begun cents.
    #[must_use]
    pub fn of_microdollars(microdollars: u64) -> Self {
        let cents = i64::try_from(microdollars.div_ceil(10_000)).unwrap_or(i64::MAX);
        Self { cents, currency: "USD".to_owned() }
    }
}

/// As it is written in English: `$1,250`, `SEK 80.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.cents < 0 {
            f.write_str("-")?;
        }
        match symbol(&self.currency) {
            Some(symbol) => f.write_str(symbol)?,
            None => write!(f, "{} ", self.currency)?,
        }
        let cents = self.cents.unsigned_abs();
        f.write_str(&grouped(cents / 100, ','))?;
        if cents.is_multiple_of(100) { Ok(()) } else { write!(f, ".{:02}", cents % 100) }
    }
}

/// The sign of a currency at home; ISO 4217 code for the rest.
pub(crate) fn symbol(currency: &str) -> Option<&'static str> {
    match currency {
        "USD" | "CAD" | "AUD" | "NZD" | "MXN" | "COP" | "CLP" | "ARS" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "BRL" => Some("R$"),
        _ => None,
    }
}

/// What the digits before and after the point are in hundredths: `12` and `5` are 1,250. `None`: they are no digits, or too many.
pub(crate) fn hundredths(whole: &str, fraction: &str) -> Option<u64> {
    let fraction: u64 = format!("{fraction:0<2}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(fraction)
}

/// Digits in groups of three.
#[must_use]
pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_with_its_sign_and_its_cents_where_there_are_any() {
        let shown = |cents, currency: &str| Money { cents, currency: currency.to_owned() }.to_string();
        assert_eq!(shown(1_250_000, "USD"), "$12,500");
        assert_eq!(shown(99, "EUR"), "€0.99");
        assert_eq!(shown(-8_050, "SEK"), "-SEK 80.50");
        assert_eq!(Money::of_microdollars(12_000_001).to_string(), "$12.01");
    }
}
