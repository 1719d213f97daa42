//! Bounds that are denied, the week after, hours beside how many, short names of days: as customers say them in a hurry.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn not_before_is_from_and_not_after_is_until() {
    check(
        En,
        &[
            ("friday please but not before 10", "11-27 from 10:00?"),
            ("friday, not before 10", "11-27 from 10:00?"),
            ("monday but not after 4 pm", "11-30 until 16:00"),
            ("tomorrow but not before 9:30", "11-26 from 9:30?"),
            ("thursday, just not before noon", "11-26 from 12:00"),
        ],
    );
    check(
        Es,
        &[
            ("el viernes pero no antes de las 10", "11-27 from 10:00?"),
            ("mañana, no antes de las 9", "11-26 from 9:00?"),
            ("el lunes no antes de las cuatro de la tarde", "11-30 from 16:00"),
        ],
    );
    check(Fr, &[("vendredi mais pas avant 10h", "11-27 from 10:00?"), ("lundi, pas avant 14h", "11-30 from 14:00")]);
    check(De, &[("Freitag aber nicht vor 10", "11-27 from 10:00?"), ("morgen, nicht vor 14 Uhr", "11-26 from 14:00")]);
    check(
        Pt,
        &[("sexta mas não antes das 10", "11-27 from 10:00?"), ("segunda, não antes das 15h", "11-30 from 15:00")],
    );
}

#[test]
fn the_other_week_and_the_coming_day() {
    check(
        Es,
        &[
            ("la podemos cambiar al jueves de la otra semana", "12-03"),
            ("el martes de la otra semana", "12-01"),
            ("el lunes de la semana siguiente", "11-30"),
            ("el sábado que viene", "11-28"),
            ("el martes que viene a las 5", "12-01 5:00?"),
            ("el jueves que viene no este sino el otro a las diez", "12-03 10:00?"),
            ("la semana que viene", "11-30..12-06"),
        ],
    );
}

#[test]
fn the_hour_that_can_be_only_one_counts() {
    check(Fr, &[("une table pour deux demain à 20h", "11-26 20:00"), ("pour quatre samedi à 19h30", "11-28 19:30")]);
    check(
        En,
        &[("a table for two tomorrow at 8pm", "11-26 20:00"), ("dinner for 4 saturday at 7:30pm", "11-28 19:30")],
    );
    check(
        Es,
        &[
            ("mesa para dos mañana a las 21h", "11-26 21:00"),
            ("una mesa para cuatro el sábado a las 20:30", "11-28 20:30"),
        ],
    );
    check(
        De,
        &[("ein Tisch für zwei morgen um 20 Uhr", "11-26 20:00"), ("für vier am Samstag um 19:30", "11-28 19:30")],
    );
    check(
        Pt,
        &[("mesa para dois amanhã às 20h", "11-26 20:00"), ("jantar para quatro no sábado às 19h30", "11-28 19:30")],
    );
}

#[test]
fn short_names_of_days_are_days_beside_an_hour_only() {
    check(
        En,
        &[
            ("oil change on sat around 9:30", "11-28 9:30? about"),
            ("can we do it on sat at 10", "11-28 10:00?"),
            ("sun around 3 pm", "11-29 15:00 about"),
            ("the chair i sat on", "nothing"),
        ],
    );
    check(
        De,
        &[
            ("can you do it so 3 pm", "15:00"),
            ("so 3pm then", "15:00"),
            ("So 15 Uhr", "11-29 15:00"),
            ("Mo 9 Uhr", "11-30 9:00?"),
            ("do 10:30", "11-26 10:30?"),
        ],
    );
}

#[test]
fn a_polite_question_is_no_past() {
    check(
        De,
        &[
            ("hätten sie heute noch was frei für eine massage", "11-25"),
            ("hätten Sie morgen um 10 Zeit?", "11-26 10:00?"),
            ("hättet ihr Freitag was frei", "11-27"),
            ("hättest du heute Abend Zeit", "11-25 evening"),
            ("wir hatten gestern Regen", "nothing"),
        ],
    );
    check(
        Pt,
        &[
            ("há massagens hoje?", "11-25"),
            ("há vaga amanhã às 10h?", "11-26 10:00?"),
            ("há mesa para sexta à noite?", "11-27 night"),
            ("há duas semanas", "nothing"),
            ("está assim há três dias", "nothing"),
        ],
    );
}
