//! Days as customers write them: `2026-12-01`, `12/1`, `1.12.`, `December 1st`, `1 de diciembre`, tomorrow, next Monday.

use dates::{LastQuestion, Today};
use jiff::civil::Date;

use crate::conversations::builtin::tokens::{Token, Tokens};
use crate::tenancy::Language;

/// How far ahead a day without a year is looked for: 29 February comes after eight years at the latest.
const YEARS_AHEAD: i16 = 8;
/// May stand between a day and its month: "1 of December", "1 de diciembre".
const BETWEEN: [&str; 3] = ["of", "de", "the"];

/// The names of the months as [`Words`](::language::Words) folds them, in five languages.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janvier", "janv", "januar", "janeiro"],
    &["february", "feb", "febrero", "fevrier", "fevr", "februar", "fevereiro", "fev"],
    &["march", "mar", "marzo", "mars", "marz", "maerz", "marco"],
    &["april", "apr", "abril", "abr", "avril", "avr"],
    &["may", "mayo", "mai", "maio"],
    &["june", "jun", "junio", "juin", "juni", "junho"],
    &["july", "jul", "julio", "juillet", "juil", "juli", "julho"],
    &["august", "aug", "agosto", "ago", "aout"],
    &["september", "sep", "sept", "septiembre", "septembre", "setembro", "set"],
    &["october", "oct", "octubre", "octobre", "oktober", "okt", "outubro", "out"],
    &["november", "nov", "noviembre", "novembre", "novembro"],
    &["december", "dec", "diciembre", "dic", "decembre", "dezember", "dez", "dezembro"],
];

/// The one day that `tokens` names.
pub(super) fn read(tokens: &Tokens<'_>, language: &Language, today: Date) -> Option<Date> {
    let written = (0..tokens.len()).filter_map(|at| {
        let token = tokens.get(at)?;
        iso(token).or_else(|| in_figures(token, language, today)).or_else(|| by_month(tokens, at, today))
    });
    let mut written: Vec<Date> = written.collect();
    written.dedup();
    match written.as_slice() {
        [day] => Some(*day),
        [] => relative(tokens, language, today),
        _ => None,
    }
}

/// Tomorrow, next Monday, in two weeks.
fn relative(tokens: &Tokens<'_>, language: &Language, today: Date) -> Option<Date> {
    let language = dates::Language::from_code(language.as_str()).unwrap_or(dates::Language::En);
    let now = today.to_datetime(jiff::civil::Time::midnight());
    let seen = Today { now, month_first: language == dates::Language::En, asked: LastQuestion::When };
    let text = tokens.slice(&(0..tokens.len()));
    let languages = [language, dates::Language::En];
    languages.into_iter().find_map(|language| dates::read_best(text, language, &seen)?.date())
}

fn iso(token: &Token<'_>) -> Option<Date> {
    let is_iso = token.text.len() == 10 && token.text.bytes().filter(|b| *b == b'-').count() == 2;
    is_iso.then(|| token.text.parse().ok()).flatten()
}

/// `12/1`, `12/1/2026`, `1.12.`, `1-12-2026`: the month first in English unless it cannot be one, else the day.
fn in_figures(token: &Token<'_>, language: &Language, today: Date) -> Option<Date> {
    let mark = token.text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let figures: Vec<i16> = token.text.split(mark).map(figure).collect::<Option<_>>()?;
    let (first, second, year) = match (figures.as_slice(), mark) {
        ([first, second], '/' | '.') => (*first, *second, None),
        ([first, second, year], _) => (*first, *second, Some(full_year(*year))),
        _ => return None,
    };
    let month_first = mark == '/' && language.as_str() == "en";
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    // "13/12" in English, "12/13" elsewhere. A point is never written that way: "10.30" is a time.
    let swapped = || (mark == '/').then(|| of(month, day, year, today)).flatten();
    of(day, month, year, today).or_else(swapped)
}

/// The month at `at`, with its day before or after it and a year behind.
fn by_month(tokens: &Tokens<'_>, at: usize, today: Date) -> Option<Date> {
    let name = tokens.folded(at);
    let month = (1..).zip(MONTHS).find(|(_, names)| names.contains(&name)).map(|(month, _)| month)?;
    let before = at.checked_sub(1).map(|last| last - usize::from(last > 0 && BETWEEN.contains(&tokens.folded(last))));
    let year_at = |at: usize| {
        let at = at + usize::from(BETWEEN.contains(&tokens.folded(at)));
        tokens.get(at).and_then(|token| figure(token.text)).filter(|year| *year >= 1_000)
    };
    let ahead = before.and_then(|before| Some((ordinal(tokens.get(before)?)?, year_at(at + 1))));
    let after = at + 1 + usize::from(BETWEEN.contains(&tokens.folded(at + 1)));
    let behind = || Some((ordinal(tokens.get(after)?)?, year_at(after + 1)));
    let (day, year) = ahead.or_else(behind)?;
    of(day, month, year, today)
}

/// `1`, `1st`, `1er`, `1º`.
fn ordinal(token: &Token<'_>) -> Option<i16> {
    let digits = token.text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = token.text.strip_prefix(digits)?;
    (ending.chars().count() <= 2).then(|| figure(digits)).flatten().filter(|day| (1..=31).contains(day))
}

fn figure(text: &str) -> Option<i16> {
    let is_figure = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_figure.then(|| text.parse().ok()).flatten()
}

fn full_year(year: i16) -> i16 {
    if year < 100 { 2_000 + year } else { year }
}

/// The day; without a year the next one, `today` included.
fn of(day: i16, month: i16, year: Option<i16>, today: Date) -> Option<Date> {
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    let date = |year| Date::new(year, month, day).ok();
    match year {
        Some(year) => date(year),
        None => (0..=YEARS_AHEAD).filter_map(|ahead| date(today.year() + ahead)).find(|date| *date >= today),
    }
}
