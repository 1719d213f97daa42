//! What is read of what customers write: sentences of our own, in tables.

mod ahead;
mod answers;
mod bounded;
mod choices;
mod choosing;
mod completing;
mod corrected;
mod counted;
mod customers;
mod ends;
mod english;
mod excluded;
mod french;
mod front_desk;
mod german;
mod laws;
mod lengths;
mod longer;
mod mixed;
mod narrowing;
mod no_wishes;
mod nth;
mod portuguese;
mod reading;
mod resolving;
mod said_together;
mod saying;
mod spanish;
mod spans;
mod stays;
mod written;

use std::fmt::Write as _;

use jiff::civil::DateTime;

use crate::{Change, Clock, Language, LastQuestion, Part, Time, Today, Wish, read, read_best};

/// Wednesday, 25 November 2026, at nine in the morning.
const NOW: DateTime = DateTime::constant(2026, 11, 25, 9, 0, 0, 0);

fn today(language: Language) -> Today {
    Today { now: NOW, month_first: language == Language::En, asked: LastQuestion::Nothing }
}

/// Reads each text of a table and compares what it means.
#[track_caller]
fn check(language: Language, table: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (text, expected) in table {
        let got = read_best(text, language, &today(language)).map_or_else(|| "nothing".to_owned(), |wish| shown(&wish));
        if got != *expected {
            let _ = writeln!(wrong, "{text}: {got}, expected {expected}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Several wishes of one text.
#[track_caller]
fn check_all(language: Language, text: &str, expected: &[&str]) {
    let got: Vec<String> = read(text, language, &today(language)).iter().map(shown).collect();
    assert_eq!(got, expected, "{text}");
}

/// What a wish means, in short: `12-03 3:00?`. A question mark stands behind an hour whose half of the day is open.
fn shown(wish: &Wish) -> String {
    let mut parts = Vec::new();
    if let Some(day) = &wish.day {
        let short = |at: usize| {
            let date = day.dates[at].to_string();
            date.strip_prefix("2026-").map_or(date.clone(), ToOwned::to_owned)
        };
        let last = day.dates.len() - 1;
        let is_run = day.dates.windows(2).all(|pair| pair[0].tomorrow().is_ok_and(|next| next == pair[1]));
        parts.push(match last {
            0 => short(0),
            _ if is_run => format!("{}..{}", short(0), short(last)),
            1..5 => (0..=last).map(short).collect::<Vec<_>>().join(","),
            _ => format!("{}..{} ({})", short(0), short(last), last + 1),
        });
        if day.conflict {
            parts.push("conflict".to_owned());
        }
    }
    if let Some(time) = wish.time {
        parts.push(shown_time(time));
    }
    for (is_so, word) in [(wish.about, "about"), (wish.soon, "soon"), (wish.any_time, "any time")] {
        if is_so {
            parts.push(word.to_owned());
        }
    }
    match wish.change {
        Some(Change::Days(days)) => parts.push(format!("{days:+} days")),
        Some(Change::Minutes(minutes)) => parts.push(format!("{minutes:+} minutes")),
        Some(Change::Later) => parts.push("later".to_owned()),
        Some(Change::Earlier) => parts.push("earlier".to_owned()),
        None => {}
    }
    if !wish.except.is_empty() {
        parts.push(format!("not {:?}", wish.except));
    }
    parts.join(" ")
}

fn shown_time(time: Time) -> String {
    let clock =
        |clock: Clock| format!("{}:{:02}{}", clock.minute / 60, clock.minute % 60, if clock.either { "?" } else { "" });
    match time {
        Time::At(at) => clock(at),
        Time::Between(from, to) => format!("{}-{}", clock(from), clock(to)),
        Time::From(from) => format!("from {}", clock(from)),
        Time::Until(to) => format!("until {}", clock(to)),
        Time::Part(Part::AfterWork) => "after work".to_owned(),
        Time::Part(part) => format!("{part:?}").to_lowercase(),
    }
}
