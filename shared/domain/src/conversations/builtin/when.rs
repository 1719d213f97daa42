//! The times that customers name: "Tuesday at 10", "la próxima semana", "dans 2 semaines".
//!
//! A time is found as a run of parts (day, period, part of the day, hour) with at most two joining words between
//! them, and kept in the customer's words. It is never computed into a date: staff confirm every booking. Times that
//! have been ("last week", "since Monday") and greetings ("good morning") are none.

use jiff::civil::Weekday;
use std::ops::Range;

use super::tokens::{Tokens, tidy};

/// The longest time kept, in characters.
const MAX_TIME_CHARS: usize = 80;
/// How many joining words may stand between two parts of one time: "Tuesday in the morning".
const MAX_LINKS: usize = 2;
/// Marks of an hour, after its number.
const HOUR_MARKS: [&str; 9] = ["am", "pm", "a m", "p m", "uhr", "h", "horas", "heures", "oclock"];

/// A time that a customer named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    /// Their words.
    pub(super) words: String,
    /// The day, where one is named.
    pub(super) day: Option<Day>,
    /// Names a day or an hour: enough to look into a calendar.
    pub(super) is_specific: bool,
    /// Names a day, and an hour or a part of it: nothing more to ask.
    pub(super) is_precise: bool,
}

/// A day that a customer named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Today,
    Tomorrow,
    Weekday(Weekday),
}

#[derive(Clone, Copy)]
enum Part {
    Day(Day),
    Hour,
    /// A number after "at", which is an hour only beside a day or at the end: "at 10", and not "at 10 houses".
    BareHour,
    /// A period, a part of the day, "any time".
    Loose,
}

impl When {
    /// The time in `tokens`, if any: a specific one rather than a loose one, else the first.
    pub(super) fn find(tokens: &Tokens<'_>) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut at = 0;
        while at < tokens.len() {
            let Some((next, time)) = read_run(tokens, at) else {
                at += tokens.phrase_at(at, |words| words.no_time).unwrap_or(1);
                continue;
            };
            at = next;
            if time.is_specific {
                return Some(time);
            }
            found = found.or(Some(time));
        }
        found
    }
}

/// The time that begins at `start`, and where to read on. `None` where none begins.
fn read_run(tokens: &Tokens<'_>, start: usize) -> Option<(usize, When)> {
    let (mut end, first) = part_at(tokens, start)?;
    let mut parts = vec![first];
    while let Some((next, part)) = part_after_links(tokens, end) {
        parts.push(part);
        end = next;
    }
    // "At 10" keeps its "at"; a day can do without.
    let at = (1..=MAX_LINKS).rev().find(|taken| ends_at_word(tokens, start, *taken)).unwrap_or(0);
    let begin = if matches!(first, Part::BareHour) { start - at } else { start };
    let ends = end == tokens.len() || tokens.get(end - 1).is_some_and(|last| last.ends_clause);
    let other_number = matches!(*parts, [Part::BareHour]) && !ends;
    if other_number || is_past(tokens, &(start..end)) {
        return None;
    }
    let day = parts.iter().find_map(|part| if let Part::Day(day) = part { Some(*day) } else { None });
    let is_specific = parts.iter().any(|part| !matches!(part, Part::Loose));
    Some((
        end,
        When {
            words: tidy(tokens.slice(&(begin..end)), MAX_TIME_CHARS),
            day,
            is_specific,
            is_precise: day.is_some() && parts.len() > 1,
        },
    ))
}

/// The part of a time that begins at `at`, and where it ends.
fn part_at(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Part)> {
    if tokens.phrase_at(at, |words| words.no_time).is_some() {
        return None;
    }
    let loose = [
        tokens.phrase_at(at, |words| words.periods),
        tokens.phrase_at(at, |words| words.flexible),
        tokens.phrase_at(at, |words| words.parts),
        span_at(tokens, at),
    ];
    let day = day_at(tokens, at);
    let loose = loose.into_iter().flatten().max();
    match (day, loose) {
        (Some((taken, day)), loose) if loose.is_none_or(|other| other <= taken) => Some((at + taken, Part::Day(day))),
        (_, Some(taken)) => Some((at + taken, Part::Loose)),
        (_, None) => hour_at(tokens, at).map(|(taken, part)| (at + taken, part)),
    }
}

fn day_at(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Day)> {
    let named = [
        (tokens.phrase_at(at, |words| words.today), Day::Today),
        (tokens.phrase_at(at, |words| words.tomorrow), Day::Tomorrow),
        (tokens.phrase_at(at, |words| words.weekdays[0]), Day::Weekday(Weekday::Monday)),
        (tokens.phrase_at(at, |words| words.weekdays[1]), Day::Weekday(Weekday::Tuesday)),
        (tokens.phrase_at(at, |words| words.weekdays[2]), Day::Weekday(Weekday::Wednesday)),
        (tokens.phrase_at(at, |words| words.weekdays[3]), Day::Weekday(Weekday::Thursday)),
        (tokens.phrase_at(at, |words| words.weekdays[4]), Day::Weekday(Weekday::Friday)),
        (tokens.phrase_at(at, |words| words.weekdays[5]), Day::Weekday(Weekday::Saturday)),
        (tokens.phrase_at(at, |words| words.weekdays[6]), Day::Weekday(Weekday::Sunday)),
    ];
    named.into_iter().find_map(|(taken, day)| taken.map(|taken| (taken, day)))
}

/// "In 2 weeks": the word before, a number of at most two digits, a unit.
fn span_at(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let within = tokens.phrase_at(at, |words| words.within)?;
    number_at(tokens, at + within).filter(|count| (1..=99).contains(count))?;
    let unit = tokens.phrase_at(at + within + 1, |words| words.units)?;
    Some(within + 1 + unit)
}

/// An hour: `10:30`, `10am`, `14h30`, `10 Uhr`, or a bare number after "at".
fn hour_at(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Part)> {
    let marked = HOUR_MARKS.contains(&tokens.folded(at + 1));
    if let Some(hour) = number_at(tokens, at) {
        let bare = !marked && tokens.phrase_before(at, |words| words.at);
        let part = if bare { Part::BareHour } else { Part::Hour };
        return (hour <= 24 && (marked || bare)).then_some((1 + usize::from(marked), part));
    }
    let token = tokens.get(at)?;
    let digits = token.folded.find(|c: char| !c.is_ascii_digit())?;
    let (hour, rest) = token.folded.split_at_checked(digits)?;
    let rest = rest.trim_start();
    let minutes = |text: &str| text.len() == 2 && text.parse::<u8>().is_ok_and(|minute| minute < 60);
    let after_colon =
        |(figures, mark): (&str, &str)| minutes(figures) && (mark.is_empty() || is_mark(mark.trim_start()));
    let is_hour = is_mark(rest)
        || rest.strip_prefix('h').is_some_and(minutes)
        || (token.text.contains(':') && rest.split_at_checked(2).is_some_and(after_colon));
    let plausible = hour.parse::<u8>().is_ok_and(|hour| hour <= 24);
    (is_hour && plausible).then_some((1 + usize::from(marked), Part::Hour))
}

fn is_mark(word: &str) -> bool {
    HOUR_MARKS.contains(&word)
}

fn number_at(tokens: &Tokens<'_>, at: usize) -> Option<u8> {
    let token = tokens.get(at)?;
    token.text.bytes().all(|b| b.is_ascii_digit()).then(|| token.text.parse().ok()).flatten()
}

/// The next part of a time, after at most [`MAX_LINKS`] joining words.
fn part_after_links(tokens: &Tokens<'_>, mut at: usize) -> Option<(usize, Part)> {
    for _ in 0..=MAX_LINKS {
        if let Some(part) = part_at(tokens, at) {
            return Some(part);
        }
        at += tokens.phrase_at(at, |words| words.links)?;
    }
    None
}

/// Whether a word for "at" of `taken` tokens ends just before `end`.
fn ends_at_word(tokens: &Tokens<'_>, end: usize, taken: usize) -> bool {
    end.checked_sub(taken).is_some_and(|start| tokens.phrase_at(start, |words| words.at) == Some(taken))
}

/// "Last", "since" up to two words before, "ago" just after.
fn is_past(tokens: &Tokens<'_>, run: &Range<usize>) -> bool {
    let before = |end| tokens.phrase_before(end, |words| words.past);
    before(run.start) || before(run.start.saturating_sub(1)) || tokens.phrase_at(run.end, |words| words.past).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<When> {
        When::find(&Tokens::new(text))
    }

    #[test]
    fn times_are_found_in_the_customers_words() {
        for (text, words, specific) in [
            ("Tuesday at 10 works", "Tuesday at 10", true),
            ("How about tomorrow morning?", "tomorrow morning", true),
            ("some time next week please", "next week", false),
            ("could you do 2:30 pm", "2:30 pm", true),
            ("in 2 weeks", "in 2 weeks", false),
            ("el martes a las 10 me viene bien", "martes a las 10", true),
            ("a las 10", "a las 10", true),
            ("la próxima semana", "la próxima semana", false),
            ("mañana por la tarde", "mañana por la tarde", true),
            ("mardi à 14h30", "mardi à 14h30", true),
            ("dans 2 semaines", "dans 2 semaines", false),
            ("am Dienstag um 10 Uhr", "Dienstag um 10 Uhr", true),
            ("nächste Woche", "nächste Woche", false),
            ("na terça-feira às 10h", "terça-feira às 10h", true),
            ("semana que vem", "semana que vem", false),
            ("any time on Friday", "any time on Friday", true),
            ("whenever, no rush", "whenever, no rush", false),
        ] {
            let when = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((when.words.as_str(), when.is_specific), (words, specific), "{text}");
        }
    }

    #[test]
    fn the_past_greetings_and_other_numbers_are_no_times() {
        for text in [
            "Good morning!",
            "Guten Morgen",
            "buenas tardes",
            "bom dia",
            "it leaks since Monday",
            "last week it broke",
            "2 weeks ago",
            "hace 2 semanas",
            "I have 3 windows",
            "at 12 houses",
            "1420 Larimer Street",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_known() {
        assert_eq!(find("Are you open on Saturday?").unwrap().day, Some(Day::Weekday(Weekday::Saturday)));
        assert_eq!(find("Haben Sie morgen geöffnet?").unwrap().day, Some(Day::Tomorrow));
    }
}
