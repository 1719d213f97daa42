//! Until an hour of a day and from it on, and parts of a year. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn until_an_hour_of_that_day() {
    for (language, texts) in [
        (En, ["by friday 5pm", "before Friday at 5 pm", "no later than friday 5pm"]),
        (Es, ["antes del viernes a las 17h", "hasta el viernes a las 17h", "a más tardar el viernes a las 17h"]),
        (Fr, ["avant vendredi 17h", "jusqu'à vendredi 17h", "d'ici vendredi 17h"]),
        (De, ["bis Freitag 17 Uhr", "vor Freitag um 17 Uhr", "spätestens Freitag 17 Uhr"]),
        (Pt, ["até sexta às 17h", "antes de sexta às 17h", "o mais tardar sexta às 17h"]),
    ] {
        for text in texts {
            check(language, &[(text, "11-27 until 17:00")]);
        }
    }
}

#[test]
fn from_an_hour_of_that_day() {
    for (language, text) in [
        (En, "starting Monday at 14:00"),
        (Es, "a partir del lunes a las 14h"),
        (Fr, "à partir de lundi 14h"),
        (De, "ab Montag 14 Uhr"),
        (Pt, "a partir de segunda às 14h"),
    ] {
        check(language, &[(text, "11-30 from 14:00")]);
    }
    check(En, &[("after Christmas at 10", "12-26..2027-01-08 10:00?")]);
    check(Fr, &[("après-demain à 11h", "11-27 11:00?")]);
    check(Pt, &[("depois de amanhã às 16h", "11-27 16:00")]);
}

#[test]
fn a_part_of_the_day_is_a_bound_too() {
    for (language, after, before) in [
        (En, "after Monday morning", "before Friday afternoon"),
        (Es, "después del lunes por la mañana", "antes del viernes por la tarde"),
        (Fr, "après lundi matin", "avant vendredi après-midi"),
        (De, "nach Montag Vormittag", "vor Freitag Nachmittag"),
        (Pt, "depois de segunda de manhã", "antes de sexta à tarde"),
    ] {
        check(language, &[(after, "11-30 from 12:00"), (before, "11-27 until 12:00")]);
    }
    check(
        En,
        &[
            ("by tomorrow evening", "11-26 until 22:00"),
            ("before Monday morning", "11-25..11-29"),
            ("after tomorrow night", "11-27..12-10"),
            ("from Monday morning on", "11-30..12-13"),
        ],
    );
}

#[test]
fn not_before_one_hour_and_not_after_another() {
    check(En, &[("not before 2 and not after 5", "2:00?-5:00?"), ("from ten to eleven", "10:00?-11:00?")]);
    check(De, &[("nicht vor 14 Uhr und nicht nach 17 Uhr", "14:00-17:00")]);
    check(Es, &[("después de las 2 y antes de las 5", "2:00?-5:00?"), ("como muy tarde a las 5", "until 5:00?")]);
    check(Pt, &[("17h no máximo", "until 17:00")]);
    check(En, &[("5pm at latest", "until 17:00"), ("8a-12p", "8:00-12:00"), ("ten to eleven", "10:50?")]);
}

#[test]
fn from_a_month_is_in_it_and_by_a_month_is_before_it() {
    for (language, from, by) in [
        (En, "starting in January", "by January"),
        (Es, "a partir de enero", "hasta enero"),
        (Fr, "à partir de janvier", "d'ici janvier"),
        (De, "ab Januar", "bis Januar"),
        (Pt, "a partir de janeiro", "até janeiro"),
    ] {
        check(language, &[(from, "2027-01-01..2027-01-31"), (by, "11-25..12-31")]);
    }
}

#[test]
fn parts_of_a_year() {
    for (language, early, end) in [
        (En, "early next year", "the last day of the year"),
        (En, "early 2027", "the last day of 2026"),
        (Es, "a principios del año que viene", "el último día del año"),
        (Fr, "au début de l'année prochaine", "le dernier jour de l'année"),
        (De, "Anfang nächsten Jahres", "am letzten Tag des Jahres"),
        (Pt, "no começo do ano que vem", "no último dia do ano"),
    ] {
        check(language, &[(early, "2027-01-01..2027-02-28"), (end, "12-31")]);
    }
    check(En, &[("at the beginning of the year", "2027-01-01..2027-02-28"), ("late 2015", "nothing")]);
}

#[test]
fn the_week_after_says_next_week_by_itself() {
    for (language, text) in [
        (En, "the week after that"),
        (Es, "la otra semana"),
        (Fr, "la semaine d'après"),
        (De, "die Woche drauf"),
        (Pt, "na outra semana"),
    ] {
        let wish = crate::read_best(text, language, &super::today(language)).unwrap_or_default();
        assert_eq!(wish.day.map(|day| day.dates[0].to_string()).as_deref(), Some("2026-11-30"), "{text}");
    }
}

#[test]
fn parts_of_today_and_hours_about_so_much() {
    check(
        En,
        &[
            ("early this evening", "11-25 evening"),
            ("mid Friday", "11-27 noon"),
            ("tomorrow a.m.", "11-26 morning"),
            ("sevenish tomorrow", "11-26 7:00?"),
            ("within the hour", "11-25 9:00-10:00"),
            ("July 4th weekend", "2027-07-03..2027-07-04"),
            ("the last Monday before Christmas", "12-21"),
        ],
    );
    check(Es, &[("temprano esta tarde", "11-25 afternoon"), ("más tarde hoy", "11-25")]);
    check(De, &[("in ca. 2 Wochen", "12-09"), ("später heute", "11-25")]);
    check(Fr, &[("plus tard aujourd'hui", "11-25")]);
    check(Pt, &[("mais tarde hoje", "11-25")]);
}

#[test]
fn what_happens_on_a_day_is_a_bound_as_the_day_is() {
    for (language, text) in [
        (En, "before my in-laws arrive Sunday"),
        (Es, "antes de la fiesta del domingo"),
        (Fr, "avant que mes beaux-parents arrivent dimanche"),
        (De, "vor der Feier am Sonntag"),
        (Pt, "antes da festa de domingo"),
    ] {
        check(language, &[(text, "11-25..11-28")]);
    }
    check(En, &[("before the game on Friday at 5 pm", "11-27 until 17:00")]);
}
