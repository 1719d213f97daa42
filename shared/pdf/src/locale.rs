//! How a language and a country write days, numbers and sums on a document.
//!
//! As `domain::journeys::render::local` does in messages, except for what a document needs otherwise: the year, and cents in every sum, so
//! that a column of sums is one.

use crate::order::Language;
use crate::words::Words;
use jiff::civil::Date;

/// Countries where English writes the month before the day (CLDR, `en-US` and what inherits from it).
const MONTH_FIRST: [&str; 4] = ["US", "CA", "PH", "PR"];
/// Countries where Spanish writes sums as English does (CLDR, `es-US`, `es-PR`, `es-MX`).
const SPANISH_WITH_POINT: [&str; 3] = ["US", "PR", "MX"];
/// Countries that print on US Letter (CLDR, `paperSize`).
const LETTER: [&str; 14] = ["US", "CA", "MX", "PR", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "BZ"];
/// Cents in a unit of every currency that a sum may have (`domain::Money`).
const CENTS: u64 = 100;
/// Does not end a line.
const NO_BREAK: char = '\u{a0}';

/// One language in one country, with one currency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Locale<'a> {
    pub(crate) language: Language,
    /// ISO 3166-1 alpha-2.
    pub(crate) region: &'a str,
    /// ISO 4217.
    pub(crate) currency: &'a str,
}

impl Locale<'_> {
    /// The paper's name for the template.
    pub(crate) fn paper(&self) -> &'static str {
        if LETTER.contains(&self.region) { "us-letter" } else { "a4" }
    }

    /// `November 30, 2026`.
    pub(crate) fn day(&self, date: Date) -> String {
        let months = Words::of(self.language).months;
        let month =
            usize::try_from(date.month() - 1).ok().and_then(|month| months.get(month)).copied().unwrap_or_default();
        let (day, year) = (date.day(), date.year());
        match self.language {
            Language::Es | Language::Pt => format!("{day} de {month} de {year}"),
            Language::Fr if day == 1 => format!("1er {month} {year}"),
            Language::De => format!("{day}. {month} {year}"),
            Language::En if MONTH_FIRST.contains(&self.region) => format!("{month} {day}, {year}"),
            Language::En | Language::Fr => format!("{day} {month} {year}"),
        }
    }

    /// `1,250`.
    pub(crate) fn count(&self, number: i64) -> String {
        let minus = if number < 0 { "-" } else { "" };
        format!("{minus}{}", grouped(number.unsigned_abs(), self.separators().0))
    }

    /// A sum with its cents: `$1,250.00`, `1.250,00 €`.
    pub(crate) fn money(&self, cents: i64) -> String {
        let (group, decimal) = self.separators();
        let minus = if cents < 0 { "-" } else { "" };
        let all = cents.unsigned_abs();
        let sum = format!("{}{decimal}{:02}", grouped(all / CENTS, group), all % CENTS);
        let currency = symbol(self.currency, self.region).unwrap_or(self.currency);
        match self.language {
            _ if self.has_point() && currency.chars().all(|c| c.is_ascii_uppercase()) => {
                format!("{minus}{currency}{NO_BREAK}{sum}")
            }
            _ if self.has_point() => format!("{minus}{currency}{sum}"),
            Language::Pt => format!("{currency}{NO_BREAK}{minus}{sum}"),
            _ => format!("{minus}{sum}{NO_BREAK}{currency}"),
        }
    }

    fn has_point(&self) -> bool {
        self.language == Language::En || (self.language == Language::Es && SPANISH_WITH_POINT.contains(&self.region))
    }

    /// Of thousands, and before the cents.
    fn separators(&self) -> (char, char) {
        match self.language {
            _ if self.has_point() => (',', '.'),
            Language::Fr => (NO_BREAK, ','),
            _ => ('.', ','),
        }
    }
}

/// The sign of a currency where it means this one and no other: a dollar is `$` where it is at home, else `CAD`.
fn symbol(currency: &str, region: &str) -> Option<&'static str> {
    match (currency, region) {
        ("USD", "US" | "PR")
        | ("CAD", "CA")
        | ("AUD", "AU")
        | ("NZD", "NZ")
        | ("MXN", "MX")
        | ("COP", "CO")
        | ("CLP", "CL")
        | ("ARS", "AR") => Some("$"),
        ("EUR", _) => Some("€"),
        ("GBP", _) => Some("£"),
        ("BRL", _) => Some("R$"),
        _ => None,
    }
}

/// Digits in groups of three.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
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
    use jiff::civil::date;

    fn locale(language: Language, region: &'static str, currency: &'static str) -> Locale<'static> {
        Locale { language, region, currency }
    }

    #[test]
    fn sums_are_written_as_at_home_with_their_cents() {
        let written =
            |language, region, currency| locale(language, region, currency).money(-123_456_700).replace(NO_BREAK, "_");
        assert_eq!(written(Language::En, "US", "USD"), "-$1,234,567.00");
        assert_eq!(written(Language::En, "US", "CAD"), "-CAD_1,234,567.00");
        assert_eq!(written(Language::En, "GB", "GBP"), "-£1,234,567.00");
        assert_eq!(written(Language::Es, "MX", "MXN"), "-$1,234,567.00");
        assert_eq!(written(Language::Es, "ES", "EUR"), "-1.234.567,00_€");
        assert_eq!(written(Language::Fr, "FR", "EUR"), "-1_234_567,00_€");
        assert_eq!(written(Language::De, "CH", "CHF"), "-1.234.567,00_CHF");
        assert_eq!(written(Language::Pt, "BR", "BRL"), "R$_-1.234.567,00");
        assert_eq!(locale(Language::En, "US", "USD").money(5), "$0.05");
        assert_eq!(locale(Language::De, "DE", "EUR").count(-1_250), "-1.250");
    }

    #[test]
    fn days_are_written_with_their_year() {
        let written = |language, region, day| locale(language, region, "EUR").day(date(2026, 12, day));
        assert_eq!(written(Language::En, "US", 1), "December 1, 2026");
        assert_eq!(written(Language::En, "GB", 1), "1 December 2026");
        assert_eq!(written(Language::Es, "ES", 7), "7 de diciembre de 2026");
        assert_eq!(written(Language::Fr, "FR", 1), "1er décembre 2026");
        assert_eq!(written(Language::De, "DE", 7), "7. Dezember 2026");
        assert_eq!(written(Language::Pt, "PT", 7), "7 de dezembro de 2026");
    }

    #[test]
    fn paper_is_the_one_of_the_country() {
        assert_eq!(
            (locale(Language::En, "US", "USD").paper(), locale(Language::En, "GB", "GBP").paper()),
            ("us-letter", "a4")
        );
    }
}
