//! What is counted from now or from another day. Today is Wednesday, 25 November 2026.

use jiff::civil::date;

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};
use crate::calendar::easter;

#[test]
fn lengths_of_hours() {
    check(
        En,
        &[
            ("in an hour and a half", "11-25 10:30 about"),
            ("in two and a half hours", "11-25 11:30 about"),
            ("in 2.5 hours", "11-25 11:30 about"),
            ("in 1h", "11-25 10:00 about"),
            ("in two hours and 30 minutes", "11-25 11:30 about"),
            ("in three quarters of an hour", "11-25 9:45 about"),
            ("the next three hours", "11-25 9:00-12:00"),
            ("within the next two hours", "11-25 9:00-11:00"),
            ("the next hour", "11-25 9:00-10:00"),
        ],
    );
    check(
        Es,
        &[
            ("en hora y media", "11-25 10:30 about"),
            ("dentro de dos horas y media", "11-25 11:30 about"),
            ("en las próximas dos horas", "11-25 9:00-11:00"),
        ],
    );
    check(
        Fr,
        &[
            ("dans une heure et demie", "11-25 10:30 about"),
            ("dans un quart d'heure", "11-25 9:15 about"),
            ("dans 2h30", "11-25 11:30 about"),
            ("dans les deux prochaines heures", "11-25 9:00-11:00"),
        ],
    );
    check(
        De,
        &[
            ("in anderthalb Stunden", "11-25 10:30 about"),
            ("in zweieinhalb Stunden", "11-25 11:30 about"),
            ("in einer Dreiviertelstunde", "11-25 9:45 about"),
            ("in den nächsten zwei Stunden", "11-25 9:00-11:00"),
        ],
    );
    check(
        Pt,
        &[
            ("daqui a duas horas e meia", "11-25 11:30 about"),
            ("daqui a 2h", "11-25 11:00 about"),
            ("nas próximas duas horas", "11-25 9:00-11:00"),
        ],
    );
}

#[test]
fn days_beside_a_day() {
    check(
        En,
        &[
            ("two days before Christmas", "12-23"),
            ("the day after Thanksgiving", "11-27"),
            ("the week before Christmas", "12-14..12-20"),
            ("the morning after Christmas", "12-26 morning"),
            ("Christmas week", "12-21..12-27"),
            ("Memorial Day weekend", "2027-05-29..2027-05-31"),
            ("the friday before Christmas", "12-18"),
            ("third tuesday after Christmas", "2027-01-12"),
            ("the weekend after Christmas", "12-26..12-27"),
            ("any day after Monday", "12-01..12-14"),
        ],
    );
    check(
        Es,
        &[
            ("dos días antes de Navidad", "12-23"),
            ("el día después de Navidad", "12-26"),
            ("la semana antes de Navidad", "12-14..12-20"),
            ("el viernes antes de Navidad", "12-18"),
        ],
    );
    check(
        Fr,
        &[
            ("deux jours avant Noël", "12-23"),
            ("le lendemain de Noël", "12-26"),
            ("la semaine après Noël", "12-28..2027-01-03"),
            ("le week-end de Pâques", "2027-03-27..2027-03-28"),
        ],
    );
    check(
        De,
        &[
            ("zwei Tage vor Weihnachten", "12-23"),
            ("am Tag vor Silvester", "12-30"),
            ("die Woche nach Weihnachten", "12-28..2027-01-03"),
            ("am zweiten Dienstag nach Ostern", "2027-04-06"),
        ],
    );
    check(
        Pt,
        &[
            ("dois dias antes do Natal", "12-23"),
            ("o dia depois do Natal", "12-26"),
            ("na segunda terça depois da Páscoa", "2027-04-06"),
        ],
    );
}

#[test]
fn weeks_after_a_day() {
    check(Es, &[("de hoy en ocho", "12-02"), ("el lunes en ocho", "12-07")]);
    check(
        Fr,
        &[
            ("jeudi en quinze", "12-10"),
            ("jeudi dans quinze jours", "12-10"),
            ("mercredi suivant", "12-02"),
            ("mardi de la semaine d'après", "12-01"),
        ],
    );
    check(De, &[("Montag in acht Tagen", "12-07"), ("heute in 14 Tagen", "12-09"), ("morgen in einer Woche", "12-03")]);
    check(Pt, &[("sexta em oito dias", "12-04")]);
}

#[test]
fn fifteen_days_are_two_weeks_where_the_first_is_counted() {
    check(Fr, &[("dans 15 jours", "12-09"), ("dans huit jours", "12-02"), ("dans 14 jours", "12-09")]);
    check(Es, &[("dentro de 15 días", "12-09"), ("en ocho días", "12-02"), ("en 15 días hábiles", "12-16")]);
    check(Pt, &[("daqui a 15 dias", "12-09"), ("daqui a oito dias", "12-02")]);
    check(De, &[("in 14 Tagen", "12-09"), ("in 15 Tagen", "12-10")]);
    check(En, &[("in 15 days", "12-10"), ("in 8 days", "12-03")]);
}

#[test]
fn stays() {
    check(
        En,
        &[
            ("Friday for two nights", "11-27..11-29"),
            ("for 3 nights from Dec 5", "12-05..12-08"),
            ("for 10 days from December 18th", "12-18..12-27"),
            ("it lasts for 3 days", "nothing"),
        ],
    );
    check(Es, &[("del viernes por dos noches", "11-27..11-29")]);
    check(Fr, &[("à partir de vendredi pour deux nuits", "11-27..11-29")]);
    check(De, &[("ab Freitag für zwei Nächte", "11-27..11-29")]);
    check(Pt, &[("de sexta por duas noites", "11-27..11-29")]);
}

#[test]
fn feasts() {
    check(
        En,
        &[
            ("Good Friday", "2027-03-26"),
            ("Easter Monday", "2027-03-29"),
            ("Memorial Day", "2027-05-31"),
            ("cyber monday", "11-30"),
            ("New Year's", "2027-01-01"),
            ("Thanksgiving next year", "2027-11-25"),
        ],
    );
    check(
        Es,
        &[
            ("Viernes Santo", "2027-03-26"),
            ("el lunes de Pascua", "2027-03-29"),
            ("el día de Reyes", "2027-01-06"),
            ("el día de la madre", "2027-05-02"),
        ],
    );
    check(
        Fr,
        &[
            ("le lundi de Pâques", "2027-03-29"),
            ("la Toussaint", "2027-11-01"),
            ("jeudi de l'Ascension", "2027-05-06"),
            ("la fête des mères", "2027-05-30"),
        ],
    );
    check(
        De,
        &[
            ("Karfreitag", "2027-03-26"),
            ("an Christi Himmelfahrt", "2027-05-06"),
            ("am zweiten Weihnachtstag", "12-26"),
            ("am ersten Advent", "11-29"),
            ("Rosenmontag", "2027-02-08"),
        ],
    );
    check(
        Pt,
        &[
            ("sexta-feira santa", "2027-03-26"),
            ("Corpus Christi", "2027-05-27"),
            ("segunda-feira de carnaval", "2027-02-08"),
            ("dia dos pais", "2027-08-08"),
        ],
    );
}

#[test]
fn easter_is_the_sunday_that_the_churches_keep() {
    for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2035, 3, 25), (2038, 4, 25)] {
        assert_eq!(easter(year), Some(date(year, month, day)));
    }
}
