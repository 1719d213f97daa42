//! The n-th of a month, and the edges of days, weeks and months. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn the_nth_of_a_month() {
    check(
        En,
        &[
            ("first Monday evening of next month", "12-07 evening"),
            ("the last Friday afternoon of December", "12-25 afternoon"),
            ("second Tuesday in January", "2027-01-12"),
            ("first Monday next month", "12-07"),
            ("the last day of the month", "11-30"),
            ("last weekend of January", "2027-01-30..2027-01-31"),
            ("the 2nd Wednesday of December at 4", "12-09 4:00?"),
            ("the third Wed. of next month", "12-16"),
            ("second half of January", "2027-01-15..2027-01-31"),
            ("1st week of Dec. on Friday", "12-04"),
        ],
    );
    check(
        Es,
        &[
            ("el primer lunes por la tarde del próximo mes", "12-07 afternoon"),
            ("el último día del mes", "11-30"),
            ("el primer fin de semana de diciembre", "12-05..12-06"),
            ("la segunda quincena de enero", "2027-01-15..2027-01-31"),
        ],
    );
    check(
        Fr,
        &[
            ("le premier lundi soir du mois prochain", "12-07 evening"),
            ("le dernier jour du mois", "11-30"),
            ("la deuxième semaine de janvier", "2027-01-08..2027-01-14"),
            ("la première quinzaine d'avril", "2027-04-01..2027-04-14"),
        ],
    );
    check(
        De,
        &[
            ("am ersten Montagabend im nächsten Monat", "12-07 evening"),
            ("am letzten Tag des Monats", "11-30"),
            ("in der zweiten Januarwoche", "2027-01-08..2027-01-14"),
            ("am letzten Freitagnachmittag im Dezember", "12-25 afternoon"),
        ],
    );
    check(
        Pt,
        &[
            ("a primeira segunda-feira à noite do próximo mês", "12-07 night"),
            ("segunda terça-feira de janeiro", "2027-01-12"),
            ("o último dia do mês", "11-30"),
            ("na segunda semana de janeiro", "2027-01-08..2027-01-14"),
        ],
    );
}

#[test]
fn early_and_late() {
    check(
        En,
        &[
            ("late Friday", "11-27 afternoon"),
            ("Friday late", "11-27 afternoon"),
            ("early on Monday", "11-30 morning"),
            ("Friday, late in the day", "11-27 afternoon"),
            ("the end of tomorrow", "11-26 afternoon"),
            ("late next week", "12-03..12-06"),
            ("at the end of the afternoon", "afternoon"),
            ("before the end of the month", "11-25..11-30"),
        ],
    );
    check(
        Es,
        &[
            ("el viernes a última hora", "11-27 afternoon"),
            ("final de mañana", "11-26 afternoon"),
            ("el martes que viene por la mañana", "12-01 morning"),
        ],
    );
    check(
        Fr,
        &[
            ("tôt lundi", "11-30 morning"),
            ("vendredi tard", "11-27 afternoon"),
            ("à la fin de l'après-midi", "afternoon"),
            ("avant la fin du mois", "11-25..11-30"),
        ],
    );
    check(
        De,
        &[
            ("spät am Freitag", "11-27 afternoon"),
            ("Freitag spät", "11-27 afternoon"),
            ("am Monatsende", "11-25..11-30"),
            ("am Ende des Abends", "night"),
        ],
    );
    check(Pt, &[("sexta no fim do dia", "11-27 afternoon"), ("no final da manhã de sábado", "11-28 morning")]);
}

#[test]
fn calendar_weeks() {
    check(De, &[("KW 49", "11-30..12-06"), ("in der 50. KW", "12-07..12-13")]);
}
