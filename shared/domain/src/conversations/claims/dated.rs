//! Times of day and dates of a text, as people write them in the languages we answer in. Only what is certain to be one: `at 3`
//! and `may` are none.

/// Minutes of half a day.
const HALF: u16 = 12 * 60;

/// Months by their names, January first.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "janvier", "januar", "janeiro", "gennaio"],
    &["february", "feb", "febrero", "fevrier", "februar", "fevereiro", "febbraio"],
    &["march", "mar", "marzo", "mars", "marz", "marco"],
    &["april", "apr", "abril", "avril", "aprile"],
    &["may", "mayo", "mai", "maio", "maggio"],
    &["june", "jun", "junio", "juin", "juni", "junho", "giugno"],
    &["july", "jul", "julio", "juillet", "juli", "julho", "luglio"],
    &["august", "aug", "agosto", "aout"],
    &["september", "sept", "sep", "septiembre", "septembre", "setembro", "settembre"],
    &["october", "oct", "octubre", "octobre", "oktober", "outubro", "ottobre"],
    &["november", "nov", "noviembre", "novembre", "novembro"],
    &["december", "dec", "diciembre", "decembre", "dezember", "dezembro", "dicembre"],
];
/// What may stand between a day and its month.
const BETWEEN: [&str; 4] = ["of", "de", "di", "the"];

/// A time of day, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    minute: u16,
    /// The half of the day was not said.
    either: bool,
}

impl Clock {
    /// In minutes after midnight; where the half of the day was not said, of the first.
    pub(super) fn minute(self) -> u16 {
        if self.either { self.minute % HALF } else { self.minute }
    }

    /// Whether both may be the same time.
    pub(super) fn agrees(self, other: Self) -> bool {
        let either = self.either || other.either;
        self.minute == other.minute || either && self.minute % HALF == other.minute % HALF
    }
}

/// A day: its month and its day, or two numbers of which it is not known which is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Known(u8, u8),
    Either(u8, u8),
}

impl Day {
    /// Whether both may be the same day.
    pub(super) fn agrees(self, other: Self) -> bool {
        let (Self::Known(month, day) | Self::Either(month, day)) = self;
        let (Self::Known(other_month, other_day) | Self::Either(other_month, other_day)) = other;
        let either = matches!(self, Self::Either(..)) || matches!(other, Self::Either(..));
        (month, day) == (other_month, other_day) || either && (month, day) == (other_day, other_month)
    }
}

/// The words of `text` without diacritics, with the digits of a time or date together.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let folded = ::language::fold(text);
    let parts = folded.split(|c: char| c.is_whitespace() || "()\"“”„«»;!?–—".contains(c));
    parts
        .map(|part| part.trim_matches(|c: char| ",.:'’*_".contains(c)).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// The times of day: `16:00`, `4 pm`, `4:30 p.m.`, `16h30`, `16 Uhr`.
pub(super) fn clocks(tokens: &[String]) -> Vec<Clock> {
    let after = tokens.iter().skip(1).map(String::as_str).chain([""]);
    let pairs = tokens.iter().zip(after);
    pairs.flat_map(|(token, next)| token.split('-').filter_map(move |part| clock(part, next))).collect()
}

fn clock(token: &str, next: &str) -> Option<Clock> {
    let digits = token.chars().take_while(char::is_ascii_digit).count();
    let (hour, rest) = token.split_at_checked(digits)?;
    let hour: u16 = hour.parse().ok().filter(|hour| *hour < 25)?;
    let (minute, rest) = match rest.strip_prefix([':', '.', 'h']) {
        Some(rest) if rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_digit()) => {
            let (minute, rest) = rest.split_at_checked(2)?;
            (minute.parse().ok().filter(|minute: &u16| *minute < 60), rest)
        }
        _ => (None, rest),
    };
    let is_written_out = minute.is_some() && token.contains([':', 'h']) && rest.is_empty();
    let half = half(rest).or_else(|| half(next).filter(|_| rest.is_empty()));
    let is_hour = rest == "h" && minute.is_none() || rest.is_empty() && matches!(next, "uhr" | "heures" | "horas");
    let minute = hour % 24 * 60 + minute.unwrap_or_default();
    match half {
        Some(afternoon) if hour <= 12 => {
            Some(Clock { minute: minute % HALF + if afternoon { HALF } else { 0 }, either: false })
        }
        _ if is_written_out || is_hour => Some(Clock { minute, either: (1..=12).contains(&hour) }),
        _ => None,
    }
}

/// Whether it is the second half of the day.
fn half(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m" => Some(false),
        "pm" | "p.m" => Some(true),
        _ => None,
    }
}

/// The dates: `2026-11-20`, `11/20`, `20.11.2026`, `November 20`, `20 de noviembre`, `20th of November`.
pub(super) fn days(tokens: &[String]) -> Vec<Day> {
    let mut days: Vec<Day> = tokens.iter().filter_map(|token| written(token)).collect();
    let words: Vec<&str> = tokens.iter().map(String::as_str).filter(|word| !BETWEEN.contains(word)).collect();
    for pair in words.windows(2) {
        let [first, second] = pair else { continue };
        let named = month(first).zip(ordinal(second)).or_else(|| month(second).zip(ordinal(first)));
        days.extend(named.map(|(month, day)| Day::Known(month, day)));
    }
    days
}

/// Whether the token at `place` says a day or a time of day, or a part of one.
pub(super) fn is_dated(tokens: &[String], place: usize) -> bool {
    let Some((before, [token, behind @ ..])) = tokens.split_at_checked(place) else { return false };
    let next = behind.first().map_or("", String::as_str);
    let is_between = |word: &&String| BETWEEN.contains(&word.as_str());
    let nearest = [before.iter().rev().find(|word| !is_between(word)), behind.iter().find(|word| !is_between(word))];
    let has_month = nearest.into_iter().flatten().any(|word| month(word).is_some());
    written(token).is_some() || clock(token, next).is_some() || ordinal(token).is_some() && has_month
}

fn written(token: &str) -> Option<Day> {
    let numbers =
        |separator: char| token.split(separator).map(|part| part.parse::<u16>().ok()).collect::<Option<Vec<_>>>();
    let small = |number: u16, most: u8| u8::try_from(number).ok().filter(|number| (1..=most).contains(number));
    if let Some([1900..=2200, month, day]) = numbers('-').as_deref() {
        return Some(Day::Known(small(*month, 12)?, small(*day, 31)?));
    }
    let (separator, numbers) = ['/', '.'].into_iter().find_map(|separator| Some((separator, numbers(separator)?)))?;
    match numbers.as_slice() {
        [first, second, year] if *year < 100 || (1900..=2200).contains(year) => {
            either(small(*first, 31)?, small(*second, 31)?)
        }
        // 24/7 is none, and 4.5 is a number.
        [first, second] if separator == '/' => either(small(*first, 31)?, small(*second, 31)?),
        _ => None,
    }
}

fn either(first: u8, second: u8) -> Option<Day> {
    let is_day = (first, second) != (24, 7) && first.min(second) <= 12;
    is_day.then_some(Day::Either(first, second))
}

fn month(word: &str) -> Option<u8> {
    let place = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(place + 1).ok()
}

fn ordinal(word: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th", "er", "º", "°"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}
