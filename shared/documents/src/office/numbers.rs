//! Numbers as Excel shows them: a price keeps its currency, and a date is a date.

/// What a format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// As it is.
    #[default]
    General,
    /// With so many decimals, a factor of 100 for per cent, and what stands before and behind.
    Number { decimals: usize, percent: bool, grouped: bool, before: String, behind: String },
    /// A day, a time of day, or both.
    Date { day: bool, time: bool },
}

/// The formats that have no code in the file, by their id (ECMA-376, part 1, 18.8.30).
pub(crate) fn built_in(id: u32) -> Shown {
    let number = |decimals, percent, grouped| Shown::Number {
        decimals,
        percent,
        grouped,
        before: String::new(),
        behind: if percent { "%".into() } else { String::new() },
    };
    match id {
        1 => number(0, false, false),
        2 => number(2, false, false),
        3 | 37 | 38 => number(0, false, true),
        4 | 39 | 40 => number(2, false, true),
        9 => number(0, true, false),
        10 => number(2, true, false),
        14..=17 => Shown::Date { day: true, time: false },
        18..=21 | 45..=47 => Shown::Date { day: false, time: true },
        22 => Shown::Date { day: true, time: true },
        _ => Shown::General,
    }
}

/// What a code says: `"$"#,##0.00`, `#,##0.00 [$€-407]`, `0%`, `dd/mm/yyyy hh:mm`.
pub(crate) fn of_code(code: &str) -> Shown {
    // The first part is that of positive numbers.
    let mut rest = code.chars().peekable();
    let (mut before, mut behind, mut digits) = (String::new(), String::new(), String::new());
    let (mut percent, mut letters) = (false, String::new());
    while let Some(c) = rest.next() {
        let mut literal = String::new();
        match c {
            ';' => break,
            '"' => literal.extend(rest.by_ref().take_while(|c| *c != '"')),
            '\\' => literal.extend(rest.next()),
            // A space as wide as the next character, and one that fills the cell.
            '_' | '*' => {
                rest.next();
                literal.push(' ');
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                if let Some(currency) = inside.strip_prefix('$') {
                    literal.push_str(currency.split('-').next().unwrap_or_default());
                } else if matches!(inside.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    letters.push_str(&inside);
                }
            }
            '#' | '0' | '?' | '.' | ',' => digits.push(c),
            '%' => {
                percent = true;
                literal.push('%');
            }
            '@' => {}
            'y' | 'Y' | 'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 's' | 'S' => letters.push(c.to_ascii_lowercase()),
            // "General", "AM/PM", "E+00".
            c if c.is_ascii_alphabetic() => {}
            c => literal.push(c),
        }
        if digits.is_empty() { before.push_str(&literal) } else { behind.push_str(&literal) }
    }
    if !letters.is_empty() && (digits.is_empty() || letters.contains(['y', 'd', 'h'])) {
        return Shown::Date { day: letters.contains(['y', 'd']), time: letters.contains(['h', 's']) };
    }
    if digits.is_empty() && before.trim().is_empty() {
        return Shown::General;
    }
    let decimals =
        digits.split_once('.').map_or(0, |(_, after)| after.chars().filter(|c| matches!(c, '0' | '#' | '?')).count());
    let grouped = digits.contains(',');
    Shown::Number { decimals: decimals.min(10), percent, grouped, before: tidy(&before), behind: tidy(&behind) }
}

/// One space where there are several, and none at the outer side.
fn tidy(literal: &str) -> String {
    let literal: String = literal.chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let inner = literal.trim();
    match (inner.is_empty(), literal.starts_with(' '), literal.ends_with(' ')) {
        (true, ..) => String::new(),
        (_, true, false) => format!(" {inner}"),
        (_, false, true) => format!("{inner} "),
        _ => inner.to_owned(),
    }
}

/// A number as it is shown.
pub(crate) fn shown(value: f64, shown: &Shown, since_1904: bool) -> String {
    match shown {
        Shown::General => plain(value),
        Shown::Number { decimals, percent, grouped, before, behind } => {
            let value = if *percent { value * 100.0 } else { value };
            let sign = if value < 0.0 { "-" } else { "" };
            let digits = format!("{:.*}", decimals, half_up(value.abs(), *decimals));
            let digits = if *grouped { with_groups(&digits) } else { digits };
            format!("{sign}{before}{digits}{behind}").trim().to_owned()
        }
        Shown::Date { day, time } => date(value, *day, *time, since_1904).unwrap_or_else(|| plain(value)),
    }
}

/// Rounded as a sheet does it: a half goes up.
fn half_up(value: f64, decimals: usize) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or_default());
    if value * scale >= 1e15 { value } else { (value * scale + 1e-9).round() / scale }
}

/// Without what binary fractions leave: 0.1 + 0.2 is 0.3 in a cell.
fn plain(value: f64) -> String {
    if value.abs() >= 1e15 || !value.is_finite() {
        return value.to_string();
    }
    let text = format!("{value:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn with_groups(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

/// Days since the end of 1899, or of 1903, as a date; Excel counts a 29th of February 1900 that there was not.
fn date(value: f64, day: bool, time: bool, since_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    let minutes = (value.fract() * 1_440.0).round();
    let (days, minutes) = if minutes >= 1_440.0 { (value.trunc() + 1.0, 0.0) } else { (value.trunc(), minutes) };
    let clock = || {
        let minutes = minutes as u32;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let calendar = || {
        let days = days as i64;
        // From 1899-12-30, or 1904-01-01, to 1970-01-01.
        let days = if since_1904 { days - 24_107 } else { days - 25_569 + i64::from(days < 60) };
        let (year, month, day) = civil(days);
        format!("{year:04}-{month:02}-{day:02}")
    };
    Some(match (day, time) {
        (false, true) => clock(),
        (true, true) => format!("{} {}", calendar(), clock()),
        _ => calendar(),
    })
}

/// Days since 1970 as a date of the Gregorian calendar (Howard Hinnant, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}
