//! One line of a file of expressions.
//!
//! ```json
//! {"text": "next Friday at 3 pm", "language": "en", "now": "2026-11-25T09:00", "expected": "2026-12-04T15:00"}
//! ```
//!
//! `now` is when it was said, in local time. `expected` is what was meant, in the notation of ISO 8601; a list of them, where
//! each is right:
//!
//! | `expected` | meant |
//! |---|---|
//! | `2026-12-04` | that day |
//! | `2026-12-04T15:00` | that day, at that time |
//! | `15:00` | at that time, without a day |
//! | `2026-11-30/2026-12-06` | one of those days |
//! | `2026-12-04T09:00/2026-12-04T12:00`, `09:00/12:00` | between the two; a part of the day too |
//! | `15:00/..`, `2026-12-04T15:00/..` | not before |
//! | `../17:00`, `../2026-12-04T17:00` | not after |
//! | `none` | no wish |
//!
//! `month_first` says whether `3/4` is in March; without it, it is in English. In place of `expected`, the fields of corpora
//! that were converted before: `days`, of which any is right, or with `all` one of which is wanted; `time`, one or several;
//! `until` with `span`, where it is from `time` to then; `from` and `to`, not before and not after; `timeonly`, where no day
//! was said; `none`. Other fields are passed over.

use anyhow::{Context, Result};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;

/// "From Monday on" is one of so many days.
const OPEN_DAYS: i32 = 14;

#[derive(Debug, Deserialize)]
pub(super) struct Line {
    #[serde(alias = "expression")]
    pub(super) text: String,
    #[serde(alias = "lang")]
    pub(super) language: String,
    #[serde(alias = "reference")]
    pub(super) now: DateTime,
    pub(super) month_first: Option<bool>,
    expected: Option<OneOrMore>,
    #[serde(default)]
    days: Vec<Date>,
    #[serde(default)]
    all: bool,
    time: Option<OneOrMore>,
    until: Option<String>,
    #[serde(default)]
    span: bool,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    timeonly: bool,
    #[serde(default)]
    none: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// What was meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meant {
    /// Empty: no day was said.
    pub(super) days: Vec<Date>,
    /// One of the days is wanted, and not each of them right.
    pub(super) is_choice: bool,
    pub(super) hour: Option<Hour>,
}

/// A time of day; several times, where each is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hour {
    At(Vec<Time>),
    Between(Vec<Time>, Time),
    From(Time),
    Until(Time),
}

impl Line {
    /// What was meant, each of which is right; empty: nothing is to be read.
    pub(super) fn meant(&self) -> Result<Vec<Meant>> {
        let Some(expected) = &self.expected else {
            return Ok(if self.none { Vec::new() } else { vec![self.of_fields()?] });
        };
        expected.all().iter().filter(|text| *text != "none").map(|text| meant(text)).collect()
    }

    fn of_fields(&self) -> Result<Meant> {
        let times = self.time.iter().flat_map(OneOrMore::all).map(|text| time(text)).collect::<Result<Vec<Time>>>()?;
        let hour = match (&self.from, &self.to, &self.until) {
            (Some(from), ..) => Some(Hour::From(time(from)?)),
            (None, Some(to), _) => Some(Hour::Until(time(to)?)),
            (None, None, Some(until)) if self.span => Some(Hour::Between(times, time(until)?)),
            _ => (!times.is_empty()).then_some(Hour::At(times)),
        };
        let days = if self.timeonly { Vec::new() } else { self.days.clone() };
        Ok(Meant { days, is_choice: self.all, hour })
    }

    /// What was meant, in words for who looks at a miss.
    pub(super) fn meaning(&self) -> String {
        if let Some(expected) = &self.expected {
            return expected.all().join(" or ");
        }
        let days = match self.days.as_slice() {
            [first, _, .., last] if self.all => format!("{first}/{last}"),
            days => days.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        };
        let times = self.time.as_ref().map(OneOrMore::all).unwrap_or_default();
        let ends = [&self.until, &self.from, &self.to].into_iter().flatten().map(String::as_str);
        let hours: Vec<&str> = times.iter().map(String::as_str).chain(ends).collect();
        if self.none { "none".to_owned() } else { format!("{days} {}", hours.join(" ")) }
    }
}

fn time(text: &str) -> Result<Time> {
    text.parse().with_context(|| format!("{text} is no time"))
}

/// One end of what was meant.
enum End {
    Open,
    Day(Date),
    Hour(Option<Date>, Time),
}

fn end(text: &str) -> Result<End> {
    if text == ".." {
        return Ok(End::Open);
    }
    // First, since the time of a moment is a time, too.
    if text.contains('T') {
        let moment: DateTime = text.parse().with_context(|| format!("{text} is no date and time"))?;
        return Ok(End::Hour(Some(moment.date()), moment.time()));
    }
    if text.contains(':') {
        return Ok(End::Hour(None, time(text)?));
    }
    Ok(End::Day(text.parse().with_context(|| format!("{text} is no date"))?))
}

fn meant(text: &str) -> Result<Meant> {
    let days = |day: Option<Date>| day.into_iter().collect();
    let at = |day: Option<Date>, hour: Hour| Meant { days: days(day), is_choice: false, hour: Some(hour) };
    let Some((from, to)) = text.split_once('/') else {
        return Ok(match end(text)? {
            End::Day(day) => Meant { days: vec![day], ..Meant::default() },
            End::Hour(day, hour) => at(day, Hour::At(vec![hour])),
            End::Open => anyhow::bail!("{text} says nothing"),
        });
    };
    let choice = |from: Date, to: Date| {
        let ahead = from.series(1.day()).take_while(|day| *day <= to);
        Meant { days: ahead.collect(), is_choice: true, hour: None }
    };
    Ok(match (end(from)?, end(to)?) {
        (End::Day(from), End::Day(to)) => choice(from, to),
        (End::Day(from), End::Open) => choice(from, from.checked_add((OPEN_DAYS - 1).days())?),
        (End::Hour(day, from), End::Hour(_, to)) => at(day, Hour::Between(vec![from], to)),
        (End::Hour(day, from), End::Open) => at(day, Hour::From(from)),
        (End::Open, End::Hour(day, to)) => at(day, Hour::Until(to)),
        _ => anyhow::bail!("{text} has ends that do not go together"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> Result<Vec<Meant>> {
        let json = format!(r#"{{"text": "x", "language": "en", "now": "2026-11-25T09:00", {fields}}}"#);
        serde_json::from_str::<Line>(&json)?.meant()
    }

    #[test]
    fn the_notation_and_the_fields_say_the_same() {
        for (notation, fields) in [
            (r#""2026-12-04""#, r#""days": ["2026-12-04"]"#),
            (r#""2026-12-04T15:00""#, r#""days": ["2026-12-04"], "time": "15:00", "until": null"#),
            (r#""15:00""#, r#""days": ["2026-11-25"], "timeonly": true, "time": ["15:00"]"#),
            (r#""2026-12-04/2026-12-05""#, r#""days": ["2026-12-04", "2026-12-05"], "all": true"#),
            (r#""09:00/12:00""#, r#""time": ["09:00"], "until": "12:00", "span": true"#),
            (r#""2026-12-04T15:00/..""#, r#""days": ["2026-12-04"], "from": "15:00""#),
            (r#""../17:00""#, r#""to": "17:00""#),
            (r#""none""#, r#""none": true"#),
        ] {
            assert_eq!(read(&format!(r#""expected": {notation}"#)).unwrap(), read(fields).unwrap(), "{notation}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for notation in ["..", "soon", "2026-13-01", "2026-12-04/15:00", "25:00"] {
            assert!(read(&format!(r#""expected": "{notation}""#)).is_err(), "{notation}");
        }
        assert_eq!(read(r#""expected": ["2026-12-04", "2026-12-11"]"#).unwrap().len(), 2);
    }
}
