//! Numbers as customers write them: `1,500`, `1.500`, `1 500`, `12.5`, `12,5`, `$20k`, `50m2`.

use crate::conversations::builtin::tokens::Tokens;
use crate::tenancy::Language;
use crate::tenancy::intake::Decimal;

/// The one number in `tokens`; `None` where there is none, or more than one.
pub(super) fn read(tokens: &Tokens<'_>, language: &Language) -> Option<Decimal> {
    let mut found: Vec<String> = Vec::new();
    let mut grouped = false;
    for token in tokens.iter().filter(|token| token.text.contains(|c: char| c.is_ascii_digit())) {
        let is_group = token.text.len() == 3 && token.text.bytes().all(|b| b.is_ascii_digit());
        match found.last_mut() {
            // English never writes "1 500".
            Some(last) if is_group && language.as_str() != "en" && (grouped || (1..=3).contains(&last.len())) => {
                last.push_str(token.text);
                grouped = true;
            }
            _ => found.push(token.text.to_owned()),
        }
    }
    match found.as_slice() {
        [number] => parse(number),
        _ => None,
    }
}

/// One number, with what is written around it.
fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '\'' | '’')).unwrap_or(text.len());
    let (figures, unit) = text.split_at(end);
    let (whole, part) = split(figures.trim_end_matches(['.', ',']))?;
    let thousands = unit.eq_ignore_ascii_case("k");
    // A dash or another sign joins two numbers; a unit begins with a letter.
    let is_unit = thousands || unit.chars().all(|c| !c.is_ascii_digit() || unit.starts_with(char::is_alphabetic));
    let is_range = unit.starts_with(['-', '–', '/', ':', '+']);
    if !is_unit || is_range {
        return None;
    }
    if thousands {
        let scaled = format!("{part:0<3}");
        return Decimal::parse(&format!("{sign}{whole}{scaled}")).ok().filter(|_| part.len() <= 3);
    }
    let point = if part.is_empty() { "" } else { "." };
    Decimal::parse(&format!("{sign}{whole}{point}{part}")).ok()
}

/// The digits before and after the decimal sign.
///
/// Of two different signs the last is the decimal one. One that stands several times, or before exactly three digits,
/// groups thousands: nobody tells three decimals in a chat. `None` where groups are not of three digits.
fn split(figures: &str) -> Option<(String, String)> {
    let is_mark = |c: char| !c.is_ascii_digit();
    let last = figures.rfind(is_mark);
    let Some(last) = last else { return Some((figures.to_owned(), String::new())) };
    let (head, tail) = figures.split_at(last);
    let mark = tail.chars().next()?;
    let tail = tail.strip_prefix(mark)?;
    let alone = !head.contains(is_mark);
    let groups = head.contains(mark) || mark == '\'' || mark == '’' || (alone && tail.len() == 3 && head != "0");
    if groups {
        return Some((ungrouped(figures)?, String::new()));
    }
    Some((ungrouped(head)?, tail.to_owned()))
}

/// The digits of `1,500,000`: one to three, then groups of three under one sign.
fn ungrouped(figures: &str) -> Option<String> {
    let mut marks = figures.chars().filter(|c| !c.is_ascii_digit());
    let Some(mark) = marks.next() else { return Some(figures.to_owned()) };
    let mut groups = figures.split(mark);
    let first_ok = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    (first_ok && groups.all(|group| group.len() == 3) && marks.all(|other| other == mark))
        .then(|| figures.replace(mark, ""))
}
