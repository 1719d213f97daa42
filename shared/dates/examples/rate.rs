//! Reads expressions and says how many were read as they are annotated, with the others below.
//!
//! `cargo run -p dates --example rate -- [--quiet] FILE...`; a file has a JSON object a line:
//! `{"text", "language", "now", "month_first", "day", "until", "time", "end_time", "end_slack", "part", "kind"}`. `day` to
//! `until` are the days that were meant, or each of `any_of` is; `kind` is `at`, `between`, `from`, `until`, `from_day` or `until_day`; the end
//! of a span of hours may be `end_slack` minutes earlier; `part` says that it is a part of the day, whose ends are a matter
//! of taste. `{"none": true}` instead: there is no wish in it. An hour that was said without its half of the day is right if
//! either half is; days that follow from the hour alone are the next on which it comes.

use std::io::Write as _;

use dates::{Asked, Clock, Language, Part, Time, Today, Wish};
use jiff::civil::{Date, DateTime};
use jiff::{SpanTotal, ToSpan, Unit};
use serde_json::Value;

const DAY: i32 = 24 * 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quiet = arguments.iter().any(|argument| argument == "--quiet");
    for file in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let (mut right, mut of, mut wrong) = (0, 0, String::new());
        let begin = std::time::Instant::now();
        for line in std::fs::read_to_string(file)?.lines() {
            let line: Value = serde_json::from_str(line)?;
            of += 1;
            match judge(&line)? {
                None => right += 1,
                Some(why) => wrong.push_str(&why),
            }
        }
        let micros = begin.elapsed().as_micros() / u128::from(of.max(1_u32));
        let name = std::path::Path::new(file).file_name().unwrap_or_default().to_string_lossy();
        writeln!(
            out,
            "{name}: {right} of {of} ({:.1} %), {micros} µs each",
            f64::from(right) * 100.0 / f64::from(of.max(1))
        )?;
        if !quiet {
            writeln!(out, "{wrong}")?;
        }
    }
    Ok(())
}

/// Why a line is not read as it is annotated; `None`: it is.
fn judge(line: &Value) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let field = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default();
    let language = Language::from_code(field("language")).unwrap_or(Language::En);
    let now: DateTime = field("now").parse()?;
    let month_first = line.get("month_first").and_then(Value::as_bool).unwrap_or_default();
    let today = Today { now, month_first, asked: Asked::Nothing };
    let wish = dates::read_best(field("text"), language, &today);
    let is_right = if line.get("none").is_some() {
        wish.as_ref().is_none_or(|wish| wish.day.is_none() && wish.time.is_none())
    } else {
        let as_soon = now.strftime("%H:%M").to_string();
        wish.as_ref().is_some_and(|wish| {
            let soon = wish.soon && field("time") == as_soon && field("kind") == "from";
            soon || (days_fit(line, wish, now) && time_fits(line, wish))
        })
    };
    Ok((!is_right).then(|| {
        let got = wish.map_or_else(
            || "nothing".to_owned(),
            |wish| {
                let dates = wish.day.map(|day| day.dates).unwrap_or_default();
                let shown = |date: Option<&Date>| date.map(ToString::to_string).unwrap_or_default();
                format!("{}..{} {:?} in {:?}", shown(dates.first()), shown(dates.last()), wish.time, wish.words)
            },
        );
        let wanted = ["day", "until", "time", "end_time", "kind"].map(field).join(" ");
        format!("  {:?} on {} {}\n      {wanted}\n      {got}\n", field("text"), short(now), field("now"))
    }))
}

fn short(now: DateTime) -> String {
    format!("{:?}", now.weekday()).chars().take(3).collect()
}

fn days_fit(line: &Value, wish: &Wish, now: DateTime) -> bool {
    let date = |name: &str| line.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok());
    let any_of = line.get("any_of").and_then(Value::as_array);
    let Some(from) = date("day").or_else(|| any_of.map(|_| now.date())) else { return true };
    let until = date("until").unwrap_or(from);
    let got: Vec<Date> = match (&wish.day, wish.time) {
        (Some(day), _) => day.dates.clone(),
        (None, Some(time)) => {
            let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
            let passed = starts(time).iter().all(|start| *start <= minute);
            let next = now.date().checked_add(i32::from(passed).days());
            next.into_iter().collect()
        }
        (None, None) => return false,
    };
    let (Some(first), Some(last)) = (got.first(), got.last()) else { return false };
    if let Some(any_of) = any_of {
        return got.iter().all(|date| any_of.iter().any(|other| other.as_str() == Some(date.to_string().as_str())));
    }
    if line.get("until").is_none_or(Value::is_null) {
        return (*first, *last) == (from, until);
    }
    // Of a span of days, most of them.
    let days =
        |a: Date, b: Date| (b - a).total(SpanTotal::from(Unit::Day).days_are_24_hours()).unwrap_or_default() + 1.0;
    let shared = days(from.max(*first), until.min(*last)).max(0.0);
    shared / days(from.min(*first), until.max(*last)) >= 0.5
}

fn starts(time: Time) -> Vec<i32> {
    let both = |clock: Clock| {
        let minute = i32::from(clock.minute);
        if clock.either { vec![minute, minute + DAY / 2] } else { vec![minute] }
    };
    match time {
        Time::At(clock) | Time::Between(clock, _) | Time::From(clock) | Time::Until(clock) => both(clock),
        Time::Part(part) => vec![i32::from(part.window().1)],
    }
}

fn time_fits(line: &Value, wish: &Wish) -> bool {
    let minute = |name: &str| {
        let (hour, minute) = line.get(name).and_then(Value::as_str)?.split_once(':')?;
        Some(hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?)
    };
    let is = |clock: Clock, wanted: i32, slack: i32| {
        let halves = if clock.either { vec![0, DAY / 2] } else { vec![0] };
        let wanted = if wanted == DAY { 0 } else { wanted };
        halves.iter().any(|half| [0, slack].contains(&(wanted - i32::from(clock.minute) - half).rem_euclid(DAY)))
    };
    let kind = line.get("kind").and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| {
        let value = line.get(name).and_then(Value::as_i64);
        value.and_then(|value| i32::try_from(value).ok()).unwrap_or_default()
    };
    let slack = number("end_slack");
    match (minute("time"), minute("end_time"), wish.time) {
        (None, _, time) => time.is_none(),
        // The usual hour of a part of the day: "mid-morning".
        (Some(time), None, Some(Time::Part(part))) => {
            let is_in_words =
                !line.get("text").and_then(Value::as_str).unwrap_or_default().contains(|c: char| c.is_ascii_digit());
            is_in_words && overlap((time, time + 1), part) > 0.5
        }
        (Some(time), None, Some(Time::At(clock))) => {
            let near = (time - i32::from(clock.minute)).abs() <= number("minutes_slack");
            kind == "at" && (near || is(clock, time, 0))
        }
        (Some(time), None, Some(Time::From(clock))) => kind == "from" && is(clock, time, 0),
        (Some(time), None, Some(Time::Until(clock))) => kind == "until" && is(clock, time, 0),
        (Some(time), Some(end), Some(Time::Between(from, to))) => is(from, time, 0) && is(to, end, slack),
        (Some(time), Some(_), Some(Time::From(clock))) => is(clock, time, 0),
        (Some(time), Some(end), Some(Time::Part(part))) => overlap((time, end), part) >= 0.5,
        _ => false,
    }
}

/// How much of the shorter of two spans of minutes is in the other.
fn overlap((from, to): (i32, i32), part: Part) -> f64 {
    let window = part.window();
    let (start, end) = (i32::from(window.0), i32::from(window.1));
    f64::from((to.min(end) - from.max(start)).max(0)) / f64::from((to - from).min(end - start).max(1))
}
