//! What holds for any text, any day and any language.

use jiff::civil::{Date, DateTime, date};
use jiff::{SpanTotal, ToSpan as _, Unit};
use proptest::prelude::*;

use super::shown;
use crate::say::{Clocks, say_when};
use crate::{Language, LastQuestion, Today, Wish, read, read_best};

/// Words that times are made of, so that texts at random are times often enough.
const WORDS: &[&str] = &[
    "monday",
    "next",
    "week",
    "the",
    "15th",
    "at",
    "3",
    "pm",
    "or",
    "tomorrow",
    "in",
    "two",
    "between",
    "and",
    "5",
    ":",
    "30",
    "after",
    "not",
    "march",
    "12/3",
    "29",
    "feb",
    "morgen",
    "halb",
    "vier",
    "a las",
    "mañana",
    "15h30",
    "à",
    "às",
    "quinta",
    "-",
    ",",
    ".",
    "today",
    "end of",
    "month",
    "first",
    "half past",
    "quarter to",
    "until",
    "12",
    "0",
    "24:00",
    "99",
    "until",
    "later",
    "hour",
    "days",
    "from",
    "now",
    "weekend",
    "except",
    "este",
    "Dienstagabend",
    "31",
    "30/2",
    "2026-02-30",
    "\n",
];

fn language() -> impl Strategy<Value = Language> {
    (0..Language::ALL.len()).prop_map(|at| Language::ALL[at])
}

fn now() -> impl Strategy<Value = DateTime> {
    (0..800_i64, 0..24_i8)
        .prop_map(|(days, hour)| date(2026, 1, 1).checked_add(days.days()).unwrap_or(Date::MAX).at(hour, 30, 0, 0))
}

fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 0..10).prop_map(|words| words.join(" "));
    prop_oneof![words, ".{0,60}", "[0-9:./apmh -]{0,30}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read_the_same_twice_and_within_its_bounds(
        text in text(), language in language(), now in now(), month_first: bool, when: bool,
    ) {
        let today = Today { now, month_first, asked: if when { LastQuestion::When } else { LastQuestion::Nothing } };
        let wishes = read(&text, language, &today);
        prop_assert_eq!(&wishes, &read(&text, language, &today));
        for wish in wishes {
            prop_assert!(text.get(wish.span.clone()).is_some(), "{:?}", wish.span);
            prop_assert!(!wish.words.is_empty());
            let day = wish.day.iter().flat_map(|day| day.dates.iter().copied());
            let dates: Vec<Date> = day.collect();
            prop_assert!(dates.iter().all(|date| *date >= now.date()), "{}", shown(&wish));
            prop_assert!(dates.is_sorted() && wish.day.is_none() == dates.is_empty());
            prop_assert!(dates.iter().all(|date| !wish.except.contains(&date.weekday())));
        }
    }

    #[test]
    fn what_is_stored_is_the_same(text in text(), language in language(), now in now()) {
        let today = Today { now, month_first: true, asked: LastQuestion::When };
        for mut wish in read(&text, language, &today) {
            let stored = serde_json::to_string(&wish).unwrap();
            // Where it stood is of no use later.
            wish.span = 0..0;
            prop_assert_eq!(serde_json::from_str::<Wish>(&stored).unwrap(), wish);
        }
    }

    #[test]
    fn completing_keeps_days_ahead(one in text(), other in text(), language in language(), now in now()) {
        let today = Today { now, month_first: true, asked: LastQuestion::Nothing };
        let (Some(one), Some(other)) = (read_best(&one, language, &today), read_best(&other, language, &today)) else {
            return Ok(());
        };
        let whole = one.completed_by(&other, now);
        for date in whole.day.iter().flat_map(|day| &day.dates) {
            prop_assert!(*date >= now.date());
        }
        prop_assert_eq!(whole.completed_by(&whole, now).day, whole.day);
    }

    #[test]
    fn what_is_told_is_read_again(
        language in language(), now in now(), ahead in 1..300_i64, hour in 0..24_i8, minute in 0..60_i8, twelve: bool,
    ) {
        let day = now.date().checked_add(ahead.days()).unwrap_or(Date::MAX);
        prop_assume!((day - now.date()).total(SpanTotal::from(Unit::Day).days_are_24_hours()).is_ok_and(|days| days > 0.0));
        // "Am" is another word in German.
        let clocks = if twelve && language != Language::De { Clocks::Twelve } else { Clocks::TwentyFour };
        let told = say_when(day, day.at(hour, minute, 0, 0).time(), language, clocks);
        let today = Today { now, month_first: true, asked: LastQuestion::Nothing };
        let wish = read_best(&told, language, &today).unwrap_or_default();
        prop_assert_eq!(wish.date(), Some(day), "{}: {}", told, shown(&wish));
        prop_assert!(!wish.day.is_some_and(|day| day.conflict));
        let Some(crate::Time::At(clock)) = wish.time else { return Err(TestCaseError::fail(told)) };
        let wanted = u16::try_from(i32::from(hour) * 60 + i32::from(minute)).unwrap_or_default();
        let halves = if clock.either { vec![clock.minute, clock.minute + 720] } else { vec![clock.minute] };
        prop_assert!(halves.contains(&wanted), "{}: {}", told, clock.minute);
    }
}
