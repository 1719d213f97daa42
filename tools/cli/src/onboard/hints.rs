//! What to write instead: of a mistake that shows what was meant.

use domain::messaging::Email;
use toml::de::DeValue;

use crate::words::{price, price_value, time, time_text};

/// The longest value that is repeated, in characters.
const MOST_SHOWN: usize = 60;

/// What is wrong at `path`, with what was found there and, where that can be told, what to write.
pub(super) fn told(path: &str, found: Option<&DeValue<'_>>, message: String) -> String {
    if let Some(hint) = hint(path, found) {
        return hint;
    }
    let of_list = || no_address(found?).filter(|_| message.contains("e-mail address"));
    let found = found.and_then(written).or_else(of_list);
    let found = found.filter(|found| found.chars().count() <= MOST_SHOWN);
    match found {
        // A field that is not known is wrong whatever its value is, and some messages show the value themselves.
        Some(found) if !message.starts_with("unknown field") && !shows(&message, &found) => {
            format!("{message}; found {found:?}")
        }
        _ => message,
    }
}

fn shows(message: &str, found: &str) -> bool {
    message.contains(&format!("{found:?}")) || message.contains(&format!("`{found}`"))
}

/// The first of a list of addresses that is none.
fn no_address(found: &DeValue<'_>) -> Option<String> {
    let mut texts = found.as_array()?.iter().filter_map(|element| element.get_ref().as_str());
    texts.find(|text| Email::new(text, "email").is_err()).map(ToOwned::to_owned)
}

/// What was found at `path`, and what to write there; none where what was meant cannot be told.
fn hint(path: &str, found: Option<&DeValue<'_>>) -> Option<String> {
    let name = path.rsplit('.').next()?;
    let written = written(found?)?;
    let right = match name {
        "open" | "close" => match time(&written) {
            Ok(time) => format!("\"{}\"", time_text(time)),
            Err(_) => return Some(format!("found {written:?}: write a time, such as {name} = \"08:00\"")),
        },
        "from_cents" | "to_cents" | "cents" => cents_of(found?, &written)?,
        "price" => price_of(found?, &written)?,
        "deposit" => deposit(&written)?,
        _ => return None,
    };
    // What is written so already breaks another rule.
    let found = if found?.is_str() { format!("{written:?}") } else { written };
    (found != right).then(|| format!("found {found}: write {name} = {right}"))
}

fn written(found: &DeValue<'_>) -> Option<String> {
    match found {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(time) => Some(time.to_string()),
        _ => None,
    }
}

/// A bare number is what it costs at least; in quotes it is read as the dialogue reads it.
fn price_of(found: &DeValue<'_>, written: &str) -> Option<String> {
    let plus = if found.is_str() { "" } else { "+" };
    price(&format!("{written}{plus}")).ok().flatten().map(price_value)
}

/// A number with a fraction was meant as whole units.
fn cents_of(found: &DeValue<'_>, written: &str) -> Option<String> {
    found.as_float()?;
    written.parse::<f64>().ok().filter(|units| *units >= 0.0).map(|units| format!("{:.0}", units * 100.0))
}

fn deposit(written: &str) -> Option<String> {
    if let Some(percent) = written.strip_suffix('%') {
        return percent.trim().parse::<u8>().ok().map(|percent| format!("{{ percent = {percent} }}"));
    }
    price(written).ok().flatten().map(|price| format!("{{ cents = {} }}", price.from_cents))
}
