//! The day that a question about opening hours is about: one that the business has noted, a holiday that everybody knows,
//! a date, or a day of the week.

use dates::{Named, Wish};
use jiff::civil::{Date, Weekday};

use super::locale::Day;
use super::reading::Reading;
use super::tokens::Tokens;
use super::typed;
use crate::tenancy::{Hours, Language};
use ::language::Words;

/// How far ahead a day that comes every year is looked for.
const YEAR_DAYS: usize = 400;

/// A day that was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AskedDay {
    /// Which.
    pub(super) date: Date,
    /// They asked for it by the name of a holiday.
    pub(super) by_name: bool,
    /// As they named it, where they named a day of the week, today or tomorrow.
    pub(super) day: Option<Day>,
}

/// When a holiday is, that everybody calls by these names, in five languages.
struct Holiday {
    names: &'static [&'static str],
    /// Where it is another day than elsewhere; empty: everywhere.
    regions: &'static [&'static str],
    falls: Falls,
}

enum Falls {
    On(i8, i8),
    /// Month, which of its weekdays (-1 the last), weekday.
    Nth(i8, i8, Weekday),
}

/// Where 1 May and 26 December are free.
const MAY_DAY: &[&str] = &["ES", "FR", "DE", "PT", "BR", "MX", "AT", "CH", "BE", "IT", "CO"];
const BOXING_DAY: &[&str] = &["GB", "IE", "CA", "AU", "NZ", "DE", "AT", "CH", "IT"];

const HOLIDAYS: [Holiday; 22] = [
    Holiday {
        names: &[
            "new years eve",
            "nochevieja",
            "fin de año",
            "saint sylvestre",
            "silvester",
            "véspera de ano novo",
            "réveillon",
        ],
        regions: &[],
        falls: Falls::On(12, 31),
    },
    Holiday {
        names: &[
            "new years day",
            "new years",
            "new year",
            "año nuevo",
            "jour de l an",
            "nouvel an",
            "neujahr",
            "ano novo",
        ],
        regions: &[],
        falls: Falls::On(1, 1),
    },
    Holiday {
        names: &[
            "christmas eve",
            "nochebuena",
            "réveillon de noël",
            "veille de noël",
            "heiligabend",
            "heilig abend",
            "véspera de natal",
        ],
        regions: &[],
        falls: Falls::On(12, 24),
    },
    Holiday { names: &["boxing day"], regions: BOXING_DAY, falls: Falls::On(12, 26) },
    Holiday {
        names: &["epiphany", "reyes", "dreikönigstag", "heilige drei könige"],
        regions: &["ES", "DE", "AT", "IT"],
        falls: Falls::On(1, 6),
    },
    Holiday { names: &["inmaculada", "imaculada"], regions: &["ES", "PT", "AT", "IT"], falls: Falls::On(12, 8) },
    Holiday { names: &["día de la constitución"], regions: &["ES"], falls: Falls::On(12, 6) },
    Holiday {
        names: &["todos los santos", "allerheiligen", "todos os santos"],
        regions: &["ES", "FR", "PT", "DE", "AT", "IT", "BE"],
        falls: Falls::On(11, 1),
    },
    Holiday {
        names: &["asunción", "assomption"],
        regions: &["ES", "FR", "PT", "AT", "IT", "BE"],
        falls: Falls::On(8, 15),
    },
    Holiday { names: &["fête nationale"], regions: &["FR"], falls: Falls::On(7, 14) },
    Holiday { names: &["armistice"], regions: &["FR"], falls: Falls::On(11, 11) },
    Holiday { names: &["tag der deutschen einheit"], regions: &["DE"], falls: Falls::On(10, 3) },
    Holiday { names: &["dia de portugal"], regions: &["PT"], falls: Falls::On(6, 10) },
    Holiday { names: &["independência"], regions: &["BR"], falls: Falls::On(9, 7) },
    Holiday {
        names: &["christmas day", "christmas", "xmas", "navidad", "noël", "weihnachten", "weihnachtstag", "natal"],
        regions: &[],
        falls: Falls::On(12, 25),
    },
    Holiday {
        names: &["thanksgiving", "acción de gracias"],
        regions: &["CA"],
        falls: Falls::Nth(10, 2, Weekday::Monday),
    },
    Holiday {
        names: &["thanksgiving", "acción de gracias"],
        regions: &["US"],
        falls: Falls::Nth(11, 4, Weekday::Thursday),
    },
    Holiday {
        names: &["independence day", "4th of july", "fourth of july", "cuatro de julio"],
        regions: &["US"],
        falls: Falls::On(7, 4),
    },
    Holiday { names: &["memorial day"], regions: &["US"], falls: Falls::Nth(5, -1, Weekday::Monday) },
    Holiday {
        names: &["labor day", "labour day", "día del trabajo"],
        regions: &["US", "CA"],
        falls: Falls::Nth(9, 1, Weekday::Monday),
    },
    Holiday {
        names: &[
            "labour day",
            "día del trabajo",
            "día del trabajador",
            "fête du travail",
            "tag der arbeit",
            "dia do trabalho",
            "dia do trabalhador",
        ],
        regions: MAY_DAY,
        falls: Falls::On(5, 1),
    },
    Holiday { names: &["veterans day"], regions: &["US"], falls: Falls::On(11, 11) },
];

impl Holiday {
    fn falls_on(&self, date: Date) -> bool {
        match self.falls {
            Falls::On(month, day) => (date.month(), date.day()) == (month, day),
            Falls::Nth(month, nth, weekday) => {
                date.month() == month && date.nth_weekday_of_month(nth, weekday).is_ok_and(|day| day == date)
            }
        }
    }
}

/// The day that `text` asks about, seen from `today`. `None`: it asks about no day in particular.
pub(super) fn asked(
    text: &str,
    reading: &Reading<'_>,
    hours: &Hours,
    region: &str,
    language: &Language,
    today: Date,
) -> Option<AskedDay> {
    let words = Words::new(text);
    if let Some(date) = noted(&words, hours, today).or_else(|| known(&words, region, today)) {
        return Some(AskedDay { date, by_name: true, day: None });
    }
    let Some(date) = reading.when.and_then(Wish::date) else {
        let date = typed::date(&Tokens::new(text), language, today)?;
        return Some(AskedDay { date, by_name: false, day: None });
    };
    let by_weekday = reading.when.and_then(|when| when.day.as_ref()).is_some_and(|day| day.named == Named::Weekday);
    // "Are you open on Friday?", on a Friday, is about today.
    let date = if by_weekday && date.weekday() == today.weekday() { today } else { date };
    let day = match (date - today).get_days() {
        _ if by_weekday => Some(Day::Weekday(date.weekday())),
        0 => Some(Day::Today),
        1 => Some(Day::Tomorrow),
        _ => None,
    };
    Some(AskedDay { date, by_name: false, day })
}

/// The next day, `today` included, that the business has noted under a name which the message says.
fn noted(words: &Words, hours: &Hours, today: Date) -> Option<Date> {
    let exceptions = hours.exceptions.iter().filter(|exception| words.contains_phrase(&exception.name));
    let exception = exceptions.filter(|exception| exception.until.unwrap_or(exception.date) >= today);
    let exception = exception.map(|exception| exception.date.max(today)).min();
    let holidays: Vec<_> = hours.holidays.iter().filter(|holiday| words.contains_phrase(&holiday.name)).collect();
    exception.or_else(|| days(today).find(|date| holidays.iter().any(|holiday| holiday.falls_on(*date))))
}

/// The holidays that everybody of a region knows.
fn holidays(region: &str) -> impl Iterator<Item = &'static Holiday> {
    HOLIDAYS.iter().filter(move |holiday| holiday.regions.is_empty() || holiday.regions.contains(&region))
}

/// Whether `date` is one of the holidays that everybody of a region knows.
pub(super) fn is_holiday(date: Date, region: &str) -> bool {
    holidays(region).any(|holiday| holiday.falls_on(date))
}

/// The next day of a holiday that everybody knows.
fn known(words: &Words, region: &str, today: Date) -> Option<Date> {
    let holiday = holidays(region).find(|holiday| words.contains_any(holiday.names))?;
    days(today).find(|date| holiday.falls_on(*date))
}

fn days(today: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(today), |date| date.tomorrow().ok()).take(YEAR_DAYS)
}
