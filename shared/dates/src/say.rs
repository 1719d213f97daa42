//! Days and hours written out in words, for the law that what is written so is read again. The product writes them by its phrases.

use jiff::civil::{Date, Time as Civil, Weekday};

use crate::Language;

/// How hours are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clocks {
    /// `2:30 PM`.
    Twelve,
    /// `14:30`.
    TwentyFour,
}

/// Monday first.
const WEEKDAYS: [[&str; 7]; 5] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
];

#[rustfmt::skip]
const MONTHS: [[&str; 12]; 5] = [
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
];

const fn row(language: Language) -> usize {
    match language {
        Language::En => 0,
        Language::Es => 1,
        Language::Fr => 2,
        Language::De => 3,
        Language::Pt => 4,
    }
}

fn weekday_name(day: Weekday, language: Language) -> &'static str {
    let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
    WEEKDAYS.get(row(language)).and_then(|names| names.get(at)).copied().unwrap_or_default()
}

fn month_name(month: i8, language: Language) -> &'static str {
    let at = usize::try_from(month).unwrap_or_default().wrapping_sub(1);
    MONTHS.get(row(language)).and_then(|names| names.get(at)).copied().unwrap_or_default()
}

/// A day: "Thursday, March 12", "jueves 12 de marzo", "jeudi 12 mars", "Donnerstag, 12. März", "quinta-feira, 12 de março".
#[must_use]
pub(crate) fn say_date(date: Date, language: Language) -> String {
    let (weekday, month) = (weekday_name(date.weekday(), language), month_name(date.month(), language));
    let day = date.day();
    match language {
        Language::En => format!("{weekday}, {month} {day}"),
        Language::Es => format!("{weekday} {day} de {month}"),
        Language::Fr if day == 1 => format!("{weekday} 1er {month}"),
        Language::Fr => format!("{weekday} {day} {month}"),
        Language::De => format!("{weekday}, {day}. {month}"),
        Language::Pt => format!("{weekday}, {day} de {month}"),
    }
}

/// An hour: "11:30 AM", "11:30", "11 h 30", "11:30 Uhr".
#[must_use]
pub(crate) fn say_time(time: Civil, language: Language, clocks: Clocks) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    if clocks == Clocks::Twelve {
        let half = match (language, hour < 12) {
            (Language::Es, true) => "a. m.",
            (Language::Es, false) => "p. m.",
            (_, true) => "AM",
            (_, false) => "PM",
        };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        return format!("{hour}:{minute:02} {half}");
    }
    match language {
        Language::En | Language::Es => format!("{hour}:{minute:02}"),
        Language::Fr if minute == 0 => format!("{hour} h"),
        Language::Fr => format!("{hour} h {minute:02}"),
        Language::De if minute == 0 => format!("{hour} Uhr"),
        Language::De => format!("{hour}:{minute:02} Uhr"),
        Language::Pt if minute == 0 => format!("{hour}h"),
        Language::Pt => format!("{hour}h{minute:02}"),
    }
}

/// A day and an hour: "Thursday, March 12 at 11:30 AM", "jueves 12 de marzo a las 11:30".
#[must_use]
pub(crate) fn say_when(date: Date, time: Civil, language: Language, clocks: Clocks) -> String {
    let hour = if clocks == Clocks::Twelve && time.hour() % 12 == 0 { 12 } else { time.hour() };
    let is_one = hour == 1 || (clocks == Clocks::Twelve && hour == 13);
    let at = match language {
        Language::En => "at",
        Language::Es if is_one => "a la",
        Language::Es => "a las",
        Language::Fr => "à",
        Language::De => "um",
        Language::Pt if is_one => "à",
        Language::Pt => "às",
    };
    format!("{} {at} {}", say_date(date, language), say_time(time, language, clocks))
}
