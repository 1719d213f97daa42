//! What they share is said once: days of a month, weeks, counts from two to three. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn days_of_one_month() {
    check(
        En,
        &[
            ("january 5 or 6", "2027-01-05..2027-01-06"),
            ("January 5th or 6th", "2027-01-05..2027-01-06"),
            ("Dec 4, 5 or 6", "12-04..12-06"),
            ("december 4, 5, or 6", "12-04..12-06"),
            ("5 or 6 january", "2027-01-05..2027-01-06"),
            ("December 4, 6 pm", "12-04 18:00"),
            ("December 4 at 5 or 6", "12-04 5:00?"),
        ],
    );
    check(Es, &[("el 4, 5 o 6 de diciembre", "12-04..12-06")]);
    check(De, &[("am 4., 5. oder 6. Dezember", "12-04..12-06")]);
}

#[test]
fn a_weekday_and_its_date_are_one_of_the_days() {
    for (language, text) in [
        (En, "monday the 7th or tuesday the 8th"),
        (En, "mon 7 dec or tue 8 dec"),
        (Es, "el lunes 7 o el martes 8"),
        (Fr, "lundi 7 ou mardi 8"),
        (De, "Montag, 7.12. oder Dienstag, 8.12."),
        (De, "Montag 7. oder Dienstag 8."),
        (Pt, "segunda dia 7 ou terça dia 8"),
    ] {
        check(language, &[(text, "12-07..12-08")]);
    }
    for (language, text) in [(Fr, "du lundi 7 au mercredi 9"), (Es, "del lunes 7 al miércoles 9")] {
        check(language, &[(text, "12-07..12-09")]);
    }
}

#[test]
fn this_week_or_the_next() {
    for (language, texts) in [
        (En, ["this week or next", "this or next week"]),
        (Es, ["esta semana o la próxima", "esta o la próxima semana"]),
        (Fr, ["cette semaine ou la prochaine", "cette semaine ou la suivante"]),
        (De, ["diese Woche oder die nächste", "diese oder nächste Woche"]),
        (Pt, ["esta semana ou a próxima", "esta ou na próxima semana"]),
    ] {
        for text in texts {
            check(language, &[(text, "11-25..12-06")]);
        }
    }
    for (language, text) in [
        (En, "this friday or the next one"),
        (Es, "este viernes o el siguiente"),
        (Fr, "ce vendredi ou le suivant"),
        (De, "diesen Freitag oder den nächsten"),
        (Pt, "nesta sexta ou na próxima"),
    ] {
        check(language, &[(text, "11-27,12-04")]);
    }
    check(En, &[("this friday or next week", "11-27..12-06 (8)"), ("this or next Friday", "11-27,12-04")]);
}

#[test]
fn one_week_or_part_of_a_month_or_the_other() {
    for (language, text) in [
        (En, "the first or second week of january"),
        (Es, "la primera o la segunda semana de enero"),
        (Fr, "la première ou la deuxième semaine de janvier"),
        (De, "die erste oder zweite Woche im Januar"),
        (Pt, "na primeira ou segunda semana de janeiro"),
    ] {
        check(language, &[(text, "2027-01-01..2027-01-14")]);
    }
    for (language, text) in [
        (En, "early or mid january"),
        (En, "early to mid January"),
        (Es, "a principios o mediados de enero"),
        (Fr, "début ou mi-janvier"),
        (De, "Anfang bis Mitte Januar"),
        (De, "Anfang oder Mitte Januar"),
        (Pt, "começo ou meados de janeiro"),
    ] {
        check(language, &[(text, "2027-01-01..2027-01-20")]);
    }
    check(
        En,
        &[
            ("the 2nd or 3rd week of december", "12-08..12-21"),
            ("mid to late december", "12-10..12-31"),
            ("weekends in december", "12-05..12-27 (8)"),
            ("weekday mornings in January", "2027-01-01..2027-01-29 (21) morning"),
        ],
    );
    check(De, &[("in der ersten Januarhälfte", "2027-01-01..2027-01-14")]);
}

#[test]
fn from_two_to_three() {
    for (language, texts, expected) in [
        (En, ["in two or three days", "in 2-3 days"], "11-27..11-28"),
        (Es, ["en dos o tres días", "dentro de 2-3 días"], "11-27..11-28"),
        (Fr, ["dans deux ou trois jours", "dans 2 à 3 jours"], "11-27..11-28"),
        (De, ["in zwei bis drei Tagen", "in 2-3 Tagen"], "11-27..11-28"),
        (Pt, ["em dois ou três dias", "daqui a 2 ou 3 dias"], "11-27..11-28"),
        (En, ["in a week or two", "in one to two weeks"], "12-02..12-09"),
        (Es, ["en una semana o dos", "en una o dos semanas"], "12-02..12-09"),
        (Fr, ["dans une semaine ou deux", "dans une ou deux semaines"], "12-02..12-09"),
        (De, ["in ein, zwei Wochen", "in ein bis zwei Wochen"], "12-02..12-09"),
        (Pt, ["daqui a uma semana ou duas", "em uma ou duas semanas"], "12-02..12-09"),
        (En, ["within two to three days", "the next two or three days"], "11-26..11-28"),
        (Es, ["en los próximos 2 o 3 días", "los próximos dos o tres días"], "11-26..11-28"),
        (Fr, ["dans les 2 ou 3 prochains jours", "les deux ou trois prochains jours"], "11-26..11-28"),
        (De, ["in den nächsten 2 bis 3 Tagen", "die nächsten zwei bis drei Tage"], "11-26..11-28"),
        (Pt, ["nos próximos 2 ou 3 dias", "os próximos dois ou três dias"], "11-26..11-28"),
    ] {
        for text in texts {
            check(language, &[(text, expected)]);
        }
    }
    check(
        En,
        &[
            ("in an hour or two", "11-25 10:00-11:00"),
            ("two or three weeks from now", "12-09..12-16"),
            ("in 2 to 3 business days", "11-27..11-30"),
            ("it takes two or three days", "nothing"),
        ],
    );
}

#[test]
fn morning_or_afternoon() {
    for (language, text) in [
        (En, "Tuesday morning or afternoon"),
        (Es, "el martes por la mañana o por la tarde"),
        (Fr, "mardi matin ou après-midi"),
        (De, "Dienstag Vormittag oder Nachmittag"),
        (Pt, "terça de manhã ou à tarde"),
    ] {
        check(language, &[(text, "12-01 5:00-18:00")]);
    }
}

#[test]
fn the_third_in_the_morning() {
    check(
        En,
        &[
            ("look at my roof Thursday the 3rd in the morning?", "12-03 morning"),
            ("friday the 4th in the afternoon", "12-04 afternoon"),
            ("the 3rd in the evening", "12-03 evening"),
            ("4 in the afternoon on Friday", "11-27 16:00"),
        ],
    );
    check(
        Es,
        &[
            ("el viernes 4 por la tarde", "12-04 afternoon"),
            ("el viernes 5 por la tarde", "11-27 17:00"),
            ("el viernes, 4 de la tarde", "11-27 16:00"),
        ],
    );
    check(Pt, &[("sexta 4 à tarde", "12-04 afternoon"), ("sexta, 4 da tarde", "11-27 16:00")]);
    check(Fr, &[("vendredi 4 après-midi", "12-04 afternoon")]);
    check(De, &[("Freitag, den 4. vormittags", "12-04 morning"), ("am Abend des 5.", "12-05 evening")]);
}
