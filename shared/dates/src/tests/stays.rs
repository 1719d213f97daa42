//! What guests say of a stay: which day is the first, which the last, and for how long.

use jiff::civil::{Date, date};

use super::*;
use crate::{Stay, StayBefore, guests_and_rooms, stay};

fn said(language: Language, text: &str, days: &[Date]) -> Stay {
    stay(text, &[language], &today(language), &StayBefore { days, ..StayBefore::default() })
}

/// `12-10..12-12`, `12-10..`, `..12-12`, `2 nights`.
fn shown(stay: &Stay) -> String {
    let short =
        |date: Option<Date>| date.map(|date| format!("{:02}-{:02}", date.month(), date.day())).unwrap_or_default();
    let days = match (stay.arrival, stay.departure) {
        (None, None) => String::new(),
        (arrival, departure) => format!("{}..{}", short(arrival), short(departure)),
    };
    let nights = stay.nights.map(|nights| format!("{nights} nights"));
    let more = stay.more.map(|nights| format!("+{nights}"));
    let open = stay.is_open.then(|| "open".to_owned());
    let parts = [Some(days).filter(|days| !days.is_empty()), nights, more, open];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check_stays(days: &[Date], table: &[(Language, &str, &str)]) {
    let mut wrong = String::new();
    for (language, text, expected) in table {
        let got = shown(&said(*language, text, days));
        if got != *expected {
            let _ = writeln!(wrong, "{text}: {got}, expected {expected}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

use Language::{De, En, Es, Fr, Pt};

#[test]
fn who_arrives_at_an_hour_comes_then_and_not_from_then_on() {
    check(De, &[("wir kommen um 22 Uhr an", "22:00"), ("von 10 Uhr an", "from 10:00?")]);
}

#[test]
fn the_day_to_come_and_the_day_to_go_are_told_by_their_words() {
    check_stays(
        &[],
        &[
            (Pt, "queríamos um quarto, chegamos no dia 3 e saímos no dia 6", "12-03..12-06"),
            (Pt, "check-in 4/12, check-out 7/12", "12-04..12-07"),
            (Pt, "entrada a 4 e saída a 7 de dezembro", "12-04..12-07"),
            (Es, "llegamos el jueves y nos vamos el domingo", "11-26..11-29"),
            (Es, "entrada el 5 de diciembre, salida el 8", "12-05..12-08"),
            (En, "we get in on the 3rd and check out on the 5th", "12-03..12-05"),
            (En, "On December 3 we arrive, and we leave December 6", "12-03..12-06"),
            (En, "a double for Friday, leaving Sunday", "11-27..11-29"),
            (En, "checking in tomorrow and checking out on Saturday", "11-26..11-28"),
            (Fr, "on arrive le 3 décembre et on repart le 5", "12-03..12-05"),
            (Fr, "arrivée vendredi, départ dimanche", "11-27..11-29"),
            (De, "Anreise am 3.12., Abreise am 6.12.", "12-03..12-06"),
            (De, "wir reisen am 4. an und am 7. ab", "12-04..12-07"),
        ],
    );
}

#[test]
fn one_end_of_a_stay_is_changed_by_itself() {
    let days = [date(2026, 12, 18)];
    check_stays(
        &days,
        &[
            (Fr, "finalement nous partons le 21", "..12-21"),
            (De, "wir reisen leider schon am 20. ab", "..12-20"),
            (De, "Anreise doch erst am 19.", "12-19.."),
            (En, "we check out on Monday instead", "..12-21"),
            (Es, "al final salimos el 22", "..12-22"),
            (Pt, "afinal chegamos no dia 17", "12-17.."),
            (En, "2 nights from the 16th", "12-16.. 2 nights"),
            (En, "until the 23rd", "..12-23"),
            (De, "doch bis Dienstag", "..12-22"),
            (De, "eine Nacht länger bitte", "+1"),
            (Fr, "encore une nuit s'il vous plaît", "+1"),
            (Es, "dos noches más", "+2"),
            (Pt, "mais uma noite", "+1"),
            (En, "could we stay one extra night", "+1"),
        ],
    );
}

#[test]
fn two_days_of_a_month_are_no_hours() {
    let days = [date(2026, 12, 18)];
    check_stays(
        &days,
        &[
            (En, "make it 16 to 19", "12-16..12-19"),
            (En, "sorry 19-22", "12-19..12-22"),
            (Pt, "na verdade 22 a 27", "12-22..12-27"),
            (Es, "mejor 20 a 24", "12-20..12-24"),
            (De, "lieber 21. bis 23.", "12-21..12-23"),
            (Fr, "plutôt du 19 au 21", "12-19..12-21"),
            (En, "the 30th to the 2nd", "12-30..01-02"),
            (En, "we arrive between 17 and 19", ""),
            (En, "we are 15 to 20 people", ""),
            (En, "check in from 15 to 17 o'clock?", ""),
        ],
    );
    let february: Vec<Date> = (1..=28).map(|day| date(2027, 2, day)).collect();
    check_stays(
        &february,
        &[
            (En, "the 12th to the 14th", "02-12..02-14"),
            (En, "thursday 11 to sunday 14", "02-11..02-14"),
            (De, "vom 12. bis 14.", "02-12..02-14"),
            (En, "friday to sunday", "open"),
        ],
    );
}

#[test]
fn weekdays_are_of_the_week_that_was_spoken_of() {
    let weekend = [date(2027, 2, 13), date(2027, 2, 14)];
    check_stays(
        &weekend,
        &[
            (En, "from friday to sunday", "02-12..02-14"),
            (Fr, "du jeudi au dimanche", "02-11..02-14"),
            (De, "Freitag bis Montag", "02-12..02-15"),
            (Es, "de viernes a domingo", "02-12..02-14"),
        ],
    );
    check_stays(
        &[],
        &[
            (En, "a room for next weekend, friday to sunday", "12-04..12-06"),
            (En, "the week of the 14th of December, monday to thursday", "12-14..12-17"),
            (En, "from thursday to sunday next week", "12-03..12-06"),
            (Fr, "pour Noël, du 23 au 26", "12-23..12-26"),
            (De, "über Silvester, 30.12. bis 2.1.", "12-30..01-02"),
            (En, "a room from thursday to saturday", "11-26..11-28"),
        ],
    );
}

#[test]
fn a_length_is_told_in_nights_and_weeks() {
    check_stays(
        &[],
        &[
            (Pt, "quarto para sexta, só uma noite", "1 nights"),
            (Es, "solo esta noche", "1 nights"),
            (En, "only tonight", "1 nights"),
            (De, "nur heute", "1 nights"),
            (Pt, "uma semana a partir de dia 10", "12-10.. 7 nights"),
            (Es, "una semana desde el 10 de enero", "01-10.. 7 nights"),
            (En, "a week from the 10th", "12-10.. 7 nights"),
            (En, "a room a week from Friday", ""),
            (En, "how much is a night?", ""),
            (Fr, "une nuit, vendredi", "1 nights"),
        ],
    );
}

#[test]
fn people_and_rooms_are_no_hours() {
    let cut = |text: &str| {
        let places = guests_and_rooms(text);
        places.into_iter().filter_map(|place| text.get(place)).collect::<Vec<_>>().join(", ")
    };
    for (text, expected) in [
        ("dinner saturday for 4", "for 4"),
        ("jantar sábado para 6, por favor", "para 6"),
        ("Tisch am Freitag für 3", "für 3"),
        ("une table pour 5 demain", "pour 5"),
        ("room for 2 nights", ""),
        ("dinner for 8 pm", ""),
        ("a room for 12 december", ""),
        ("reserva para 12 de diciembre", ""),
        ("wake me at 6, room 11", "room 11"),
        ("Massage um 10, Zimmer 204", "Zimmer 204"),
        ("a room 18-20 december", ""),
        ("room 12 december to 14 december", ""),
        ("room 2 adults", ""),
    ] {
        assert_eq!(cut(text), expected, "{text}");
    }
}
