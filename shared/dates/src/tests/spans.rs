//! From one day to another, and parts of weeks and years. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn weeks_by_their_number() {
    check(
        En,
        &[
            ("can you fit us in week 50?", "12-07..12-13"),
            ("any day from week 50 to week 51", "12-07..12-20"),
            ("this week 3 pm works", "11-25..11-29 15:00"),
            ("it is 2 weeks old", "nothing"),
        ],
    );
    check(Es, &[("nos viene bien la semana 50", "12-07..12-13")]);
    check(Fr, &[("plutôt semaine 50", "12-07..12-13")]);
    check(De, &[("gerne in Woche 50", "12-07..12-13"), ("in der 50. KW", "12-07..12-13")]);
    check(Pt, &[("pode ser na semana 50", "12-07..12-13")]);
}

#[test]
fn working_weeks() {
    check(En, &[("some time next work week", "11-30..12-04"), ("could you come this working week", "11-25..11-27")]);
    check(Es, &[("la próxima semana laboral", "11-30..12-04"), ("la semana laboral que viene", "11-30..12-04")]);
    check(Fr, &[("la prochaine semaine de travail", "11-30..12-04")]);
    check(De, &[("nächste Arbeitswoche", "11-30..12-04")]);
    check(Pt, &[("na próxima semana útil", "11-30..12-04")]);
}

#[test]
fn from_month_to_month() {
    check(
        En,
        &[
            ("sometime between february and april", "2027-02-01..2027-04-30"),
            ("from late january to mid february", "2027-01-21..2027-02-20"),
            ("any time between october and december", "11-25..12-31"),
        ],
    );
    check(Es, &[("entre febrero y abril", "2027-02-01..2027-04-30"), ("de feb. a abril", "2027-02-01..2027-04-30")]);
    check(Fr, &[("entre février et avril", "2027-02-01..2027-04-30")]);
    check(De, &[("zwischen Februar und April", "2027-02-01..2027-04-30")]);
    check(Pt, &[("entre fevereiro e abril", "2027-02-01..2027-04-30")]);
}

#[test]
fn a_span_that_has_begun_goes_on_from_today() {
    check(En, &[("we are in town from november 20 to december 3", "11-25..12-03"), ("11/20 - 12/3", "11-25..12-03")]);
    check(Es, &[("del 20 de noviembre al 3 de diciembre", "11-25..12-03")]);
    check(Fr, &[("du 20 novembre au 3 décembre", "11-25..12-03")]);
    check(De, &[("vom 20. November bis 3. Dezember", "11-25..12-03")]);
    check(Pt, &[("de 20 de novembro a 3 de dezembro", "11-25..12-03")]);
}

#[test]
fn days_of_a_month_that_is_named_first() {
    check(En, &[("in december between the 9th and the 11th", "12-09..12-11")]);
    check(Es, &[("en diciembre entre el 9 y el 11", "12-09..12-11")]);
    check(Fr, &[("en décembre entre le 9 et le 11", "12-09..12-11")]);
    check(De, &[("im Dezember zwischen dem 9. und dem 11.", "12-09..12-11")]);
    check(Pt, &[("em dezembro entre o dia 9 e o dia 11", "12-09..12-11")]);
}

#[test]
fn parts_of_a_week() {
    check(
        En,
        &[
            ("the second half of next week", "12-03..12-06"),
            ("the first half of next week", "11-30..12-01"),
            ("the first few days of next week", "11-30..12-01"),
            ("later this week", "11-26..11-29"),
        ],
    );
    check(
        Es,
        &[
            ("la segunda mitad de la próxima semana", "12-03..12-06"),
            ("los primeros días de la próxima semana", "11-30..12-01"),
            ("más tarde esta semana", "11-25..11-29"),
        ],
    );
    check(
        Fr,
        &[
            ("la deuxième moitié de la semaine prochaine", "12-03..12-06"),
            ("les premiers jours de la semaine prochaine", "11-30..12-01"),
            ("plus tard cette semaine", "11-25..11-29"),
        ],
    );
    check(
        De,
        &[
            ("in der zweiten Hälfte der nächsten Woche", "12-03..12-06"),
            ("die ersten Tage der nächsten Woche", "11-30..12-01"),
            ("später diese Woche", "11-25..11-29"),
        ],
    );
    check(
        Pt,
        &[
            ("a segunda metade da próxima semana", "12-03..12-06"),
            ("nos primeiros dias da próxima semana", "11-30..12-01"),
            ("mais tarde nesta semana", "11-25..11-29"),
        ],
    );
}

#[test]
fn the_rest_and_the_end_of_the_year() {
    check(
        En,
        &[
            ("later this year", "12-01..12-31"),
            ("it should happen before the end of the year", "11-25..12-31"),
            ("any day the rest of the year", "11-25..12-31"),
            ("the third week of next year", "2027-01-18..2027-01-24"),
        ],
    );
    check(Es, &[("a finales de año", "12-01..12-31"), ("el resto del año", "11-25..12-31")]);
    check(Fr, &[("en fin d'année", "12-01..12-31"), ("avant la fin de l'année", "11-25..12-31")]);
    check(De, &[("bis Jahresende", "11-25..12-31"), ("Ende des Jahres", "12-01..12-31")]);
    check(Pt, &[("até o fim do ano", "11-25..12-31"), ("o resto do ano", "11-25..12-31")]);
}

#[test]
fn until_a_time_of_a_day() {
    check(En, &[("it has to be done before friday at noon", "11-27 until 12:00")]);
    check(Es, &[("antes del viernes a las 3", "11-27 until 3:00?")]);
    check(Fr, &[("avant vendredi à 15h", "11-27 until 15:00")]);
    check(De, &[("bis Freitag um 16 Uhr", "11-27 until 16:00")]);
    check(Pt, &[("antes de sexta às 15h", "11-27 until 15:00")]);
}

#[test]
fn the_weekend_of_a_date_is_the_one_beside_it() {
    check(En, &[("the weekend of december 5", "12-05..12-06"), ("the weekend of december 14", "12-12..12-14")]);
    check(Es, &[("el fin de semana del 5 de diciembre", "12-05..12-06")]);
    check(Fr, &[("le week-end du 5 décembre", "12-05..12-06")]);
    check(De, &[("am Wochenende vom 5. Dezember", "12-05..12-06")]);
    check(Pt, &[("no fim de semana de 5 de dezembro", "12-05..12-06")]);
}

#[test]
fn hours_of_business_and_after_dinner() {
    check(En, &[("friday during business hours", "11-27 8:00-18:00"), ("friday after dinner", "11-27 from 20:00")]);
    check(
        Es,
        &[
            ("el viernes en horario de oficina", "11-27 8:00-18:00"),
            ("el viernes después de cenar", "11-27 from 20:00"),
        ],
    );
    check(
        Fr,
        &[("vendredi aux heures de bureau", "11-27 8:00-18:00"), ("vendredi après le dîner", "11-27 from 20:00")],
    );
    check(
        De,
        &[("Freitag zu den Bürozeiten", "11-27 8:00-18:00"), ("Freitag nach dem Abendessen", "11-27 from 20:00")],
    );
    check(Pt, &[("sexta no horário comercial", "11-27 8:00-18:00"), ("sexta depois do jantar", "11-27 from 20:00")]);
}

#[test]
fn early_or_late_in_a_part_of_the_day_is_that_part() {
    check(Es, &[("el martes temprano por la tarde", "12-01 afternoon")]);
    check(Fr, &[("mardi tôt dans l'après-midi", "12-01 afternoon")]);
    check(De, &[("Dienstag zeitig am Nachmittag", "12-01 afternoon")]);
}

#[test]
fn an_oil_change_between_two_hours_moves_nothing() {
    check(
        En,
        &[
            ("oil change tomorrow between 9 and 11 am", "11-26 9:00-11:00"),
            ("can I get a tire change tomorrow from 9 to 11 am", "11-26 9:00-11:00"),
            ("change it to between 9 and 11 am tomorrow", "11-26 9:00-11:00"),
            ("move my appointment from 9 am to 11 am", "11:00"),
            ("please change it from 9 am to 11 am", "11:00"),
        ],
    );
    check(Es, &[("cambiar el aceite mañana de 9h a 11h", "11-26 9:00?-11:00?")]);
    check(Fr, &[("changer les pneus demain de 9h à 11h", "11-26 9:00?-11:00?")]);
}
