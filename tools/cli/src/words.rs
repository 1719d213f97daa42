//! Hours and prices as people type them: `8:00-12:00, 13:00-17:00`; `350-1800`, `350`, `350+`.

use domain::tenancy::{Hours, Price, Span};
use jiff::civil::{Time, Weekday};

/// The days of the week and their fields.
pub(crate) const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// Reads the spans of one day; `closed` and nothing are none.
pub(crate) fn spans(text: &str) -> Result<Vec<Span>, String> {
    if text.is_empty() || text == "closed" {
        return Ok(Vec::new());
    }
    let spans: Vec<Span> = text.split(',').map(span).collect::<Result<_, _>>()?;
    // The rules of the house: no span that ends before it begins, none that overlap.
    let day = Hours { monday: spans.clone(), ..Hours::default() };
    day.validate().map_err(|failure| failure.to_string())?;
    Ok(spans)
}

fn span(text: &str) -> Result<Span, String> {
    let (open, close) = text.split_once(['-', '–']).ok_or("write hours as 8:00-17:00, or closed")?;
    Ok(Span { open: time(open)?, close: time(close)? })
}

/// Reads `17:30`, `5:30pm`, `5 PM`.
pub(crate) fn time(text: &str) -> Result<Time, String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let half = ["am", "pm"].into_iter().find_map(|half| Some((lower.strip_suffix(half)?.trim_end(), half)));
    let (clock, half) = half.map_or((lower.as_str(), None), |(clock, half)| (clock, Some(half)));
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "0"));
    let parts = hour.parse::<i8>().ok().zip(minute.parse::<i8>().ok());
    let time = parts.and_then(|(hour, minute)| {
        let hour = match half {
            None => hour,
            Some(half) => {
                let noon = if half == "pm" { 12 } else { 0 };
                Some(hour).filter(|hour| (1..=12).contains(hour))? % 12 + noon
            }
        };
        Time::new(hour % 24, minute, 0, 0).ok().filter(|_| hour <= 24)
    });
    time.ok_or_else(|| format!("{text} is no time: write 8:00 or 17:30"))
}

/// The spans as they are typed.
pub(crate) fn spans_text(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    let text = |span: &Span| format!("{}-{}", time_text(span.open), time_text(span.close));
    spans.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// `08:30`.
pub(crate) fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Reads a price in whole units or with cents; `-` is "on request".
pub(crate) fn price(text: &str) -> Result<Option<Price>, String> {
    if text == "-" {
        return Ok(None);
    }
    let price = match (text.strip_suffix('+'), text.split_once(['-', '–'])) {
        (Some(from), _) => Price { from_cents: cents(from)?, to_cents: None },
        (None, Some((from, to))) => Price { from_cents: cents(from)?, to_cents: Some(cents(to)?) },
        (None, None) => Price { from_cents: cents(text)?, to_cents: Some(cents(text)?) },
    };
    if price.to_cents.is_some_and(|to| to < price.from_cents) {
        return Err("the second price is below the first".to_owned());
    }
    Ok(Some(price))
}

fn cents(text: &str) -> Result<u64, String> {
    let refuse = || format!("{} is no price: write 350-1800, 350, 350+ or - for none", text.trim());
    let plain = text.trim().trim_start_matches('$').replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || whole.len() > 9 || !digits(part) || part.len() != 2 {
        return Err(refuse());
    }
    let (whole, part) = (whole.parse::<u64>().map_err(|_| refuse())?, part.parse::<u64>().map_err(|_| refuse())?);
    Ok(whole * 100 + part)
}

/// The price as it is typed.
pub(crate) fn price_text(price: Option<Price>) -> String {
    match price {
        None => "-".to_owned(),
        Some(Price { from_cents, to_cents: None }) => format!("{}+", amount(from_cents)),
        Some(Price { from_cents, to_cents: Some(to) }) if to == from_cents => amount(to),
        Some(Price { from_cents, to_cents: Some(to) }) => format!("{}-{}", amount(from_cents), amount(to)),
    }
}

/// The price as a tenant's file has it.
pub(crate) fn price_value(price: Price) -> String {
    let to = price.to_cents.map(|to| format!(", to_cents = {to}")).unwrap_or_default();
    format!("{{ from_cents = {}{to} }}", price.from_cents)
}

/// Cents as whole units: `350`, `99.50`.
pub(crate) fn amount(cents: u64) -> String {
    if cents.is_multiple_of(100) { (cents / 100).to_string() } else { format!("{}.{:02}", cents / 100, cents % 100) }
}

/// A slug from a name: `Peak Roofing & Co.` is `peak-roofing-co`.
pub(crate) fn slug(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join("-").chars().take(40).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        for (typed, written) in [
            ("8-12, 13:30-17:00", "08:00-12:00, 13:30-17:00"),
            ("closed", "closed"),
            ("", "closed"),
            ("0:00-24:00", "00:00-00:00"),
            ("18:00-2:00", "18:00-02:00"),
            ("7:30am-5 PM", "07:30-17:00"),
            ("12am-12pm", "00:00-12:00"),
        ] {
            assert_eq!(spans_text(&spans(typed).unwrap()), written);
            assert_eq!(spans(written), spans(typed));
        }
        for wrong in [
            "8",
            "17:00-8:00",
            "8:00-12:00, 11:00-13:00",
            "8:61-9",
            "25:00-26:00",
            "a-b",
            "8:00-9:00,",
            "13pm-14pm",
            "0am-1am",
        ] {
            assert!(spans(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn prices_are_read_as_they_are_written() {
        for (typed, written) in
            [("$350 - 1,800", "350-1800"), ("350", "350"), ("99.50+", "99.50+"), ("-", "-"), ("0", "0")]
        {
            assert_eq!(price_text(price(typed).unwrap()), written);
            assert_eq!(price(written), price(typed));
        }
        for wrong in ["", "cheap", "5-", "1800-350", "1.5", "-5", "1e3", "9999999999"] {
            assert!(price(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_slug_comes_from_a_name() {
        assert_eq!(slug("Peak Roofing & Co."), "peak-roofing-co");
        assert_eq!(slug("  "), "");
        let long = slug(&"abcd ".repeat(30));
        assert!(long.len() == 39 && long.ends_with("abcd"), "{long}");
    }
}
