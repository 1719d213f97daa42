//! Lengths of time from now. Today is Wednesday, 25 November 2026, nine in the morning.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn at_least_so_long_from_now() {
    check(
        En,
        &[
            ("in more than two weeks", "12-09..12-22"),
            ("at least 10 days from now", "12-05..12-18"),
            ("it takes more than two weeks", "nothing"),
        ],
    );
    check(Es, &[("en más de dos semanas", "12-09..12-22"), ("tarda más de dos semanas", "nothing")]);
    check(Fr, &[("dans plus de deux semaines", "12-09..12-22")]);
    check(De, &[("in mehr als zwei Wochen", "12-09..12-22"), ("in mindestens zwei Wochen", "12-09..12-22")]);
    check(Pt, &[("em mais de duas semanas", "12-09..12-22")]);
}

#[test]
fn fractions_of_an_hour() {
    check(En, &[("i can be there in 1/2 hour", "11-25 9:30 about"), ("in 1 1/2 hours", "11-25 10:30 about")]);
    check(Es, &[("en 1/2 hora", "11-25 9:30 about")]);
    check(Fr, &[("dans 1/2 heure", "11-25 9:30 about"), ("dans 3/4 d'heure", "11-25 9:45 about")]);
    check(De, &[("in 1/2 Stunde", "11-25 9:30 about")]);
    check(Pt, &[("daqui a 1/2 hora", "11-25 9:30 about")]);
}

#[test]
fn days_and_hours() {
    check(En, &[("in a day and 2 hours", "11-26 11:00 about"), ("within 1 day and 2 hours", "11-25..11-26")]);
    check(Es, &[("dentro de un día y 2 horas", "11-26 11:00 about")]);
    check(Fr, &[("dans un jour et 2 heures", "11-26 11:00 about")]);
    check(De, &[("in einem Tag und 2 Stunden", "11-26 11:00 about")]);
    check(Pt, &[("daqui a um dia e 2 horas", "11-26 11:00 about")]);
}

#[test]
fn more_and_later() {
    check(
        En,
        &[
            ("in two more weeks", "12-09"),
            ("we could do two fridays later", "12-04"),
            ("the next two months", "11-26..2027-01-24"),
        ],
    );
    check(Es, &[("los próximos dos meses", "11-26..2027-01-24")]);
    check(Fr, &[("les deux prochains mois", "11-26..2027-01-24")]);
    check(De, &[("in zwei weiteren Wochen", "12-09"), ("in den nächsten zwei Monaten", "11-26..2027-01-24")]);
    check(Pt, &[("nos próximos dois meses", "11-26..2027-01-24")]);
}

#[test]
fn ordinals_in_two_words_and_counts_of_people() {
    check(Es, &[("el vigésimo tercero de julio", "2027-07-23"), ("somos de dos a cuatro personas", "nothing")]);
    check(Pt, &[("no vigésimo terceiro de julho", "2027-07-23")]);
}
