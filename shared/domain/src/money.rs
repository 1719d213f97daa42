//! Amounts of money.

use serde::{Deserialize, Serialize};
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

/// Digits in groups of three.
pub(crate) fn grouped(number: u64, separator: char) -> String {
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
