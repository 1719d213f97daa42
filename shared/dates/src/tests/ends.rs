//! Spans whose ends are of two kinds, days of work, and what is wished in place of this one. Today is Wednesday, 25 November 2026.

use super::{check, check_all};
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn a_span_from_hour_to_hour_over_days_is_a_wish_for_each_of_its_days() {
    check_all(En, "from Monday at 9 to Tuesday at 5", &["11-30 from 9:00?", "12-01 until 5:00?"]);
    check_all(
        En,
        "free from friday 2pm until monday noon",
        &["11-27 from 14:00", "11-28", "11-29", "11-30 until 12:00"],
    );
    check_all(En, "from 4pm today to 5pm tomorrow", &["11-25 from 16:00", "11-26 until 17:00"]);
    check_all(Es, "desde el lunes a las 9 hasta el martes a las 5", &["11-30 from 9:00?", "12-01 until 5:00?"]);
    check_all(Fr, "du lundi à 9h au mardi à 17h", &["11-30 from 9:00?", "12-01 until 17:00"]);
    check_all(De, "von Montag 9 Uhr bis Dienstag 17 Uhr", &["11-30 from 9:00?", "12-01 until 17:00"]);
    check_all(Pt, "de segunda às 9h até terça às 17h", &["11-30 from 9:00?", "12-01 until 17:00"]);
    // The first of them stands for all, until they say which.
    check(
        En,
        &[
            ("from Monday at 9 to Tuesday at 5", "11-30 from 9:00?"),
            ("can you move me from Monday at 9 to Tuesday at 5", "12-01 5:00?"),
            ("i work from monday at 9 to tuesday at 5, can we do friday?", "11-27"),
            ("monday at 9 to 11", "11-30 9:00?-11:00?"),
            ("from 4 pm to 5 pm tomorrow", "11-26 16:00-17:00"),
        ],
    );
}

#[test]
fn a_day_and_a_period_are_the_ends_of_a_span() {
    check(
        En,
        &[
            ("from friday to the end of the month", "11-27..11-30"),
            ("from the 20th of december to mid january", "12-20..2027-01-20"),
            ("between now and the end of the month", "11-25..11-30"),
            ("from monday through friday", "11-30..12-04"),
        ],
    );
    check(Es, &[("desde el viernes hasta fin de mes", "11-27..11-30")]);
    check(Fr, &[("de vendredi à la fin du mois", "11-27..11-30")]);
    check(De, &[("von Freitag bis Ende des Monats", "11-27..11-30")]);
    check(
        Pt,
        &[
            ("de sexta até o fim do mês", "11-27..11-30"),
            ("próxima quinta às dez e meia da manhã", "12-03 10:30"),
            ("de quinta às dez", "11-26 10:00?"),
        ],
    );
}

#[test]
fn days_of_work_leave_the_weekend_out() {
    check(
        En,
        &[
            ("in three business days", "11-30"),
            ("within 3 working days", "11-26..11-30"),
            ("5 business days from now", "12-02"),
            ("in three days", "11-28"),
        ],
    );
    check(Es, &[("en 3 días hábiles", "11-30"), ("dentro de dos días laborables", "11-27")]);
    check(Fr, &[("dans 3 jours ouvrés", "11-30")]);
    check(De, &[("in 3 Werktagen", "11-30")]);
    check(Pt, &[("em 3 dias úteis", "11-30")]);
}

#[test]
fn not_this_one_but_the_next_is_the_one_after() {
    check(
        En,
        &[
            ("not this friday but the next", "12-04"),
            ("not this friday, the one after", "12-04"),
            ("not this friday but next friday", "12-04"),
            ("not this week but next", "11-30..12-06"),
            ("not this friday but next month", "12-01..12-31"),
        ],
    );
    check(Es, &[("no este viernes sino el próximo", "12-04"), ("no esta semana sino la siguiente", "11-30..12-06")]);
    check(Fr, &[("pas ce vendredi mais le prochain", "12-04"), ("pas cette semaine mais la suivante", "11-30..12-06")]);
    check(
        De,
        &[
            ("nicht diesen Freitag, sondern den darauf", "12-04"),
            ("nicht diese Woche, sondern nächste", "11-30..12-06"),
        ],
    );
    check(Pt, &[("não nesta sexta, mas na próxima", "12-04"), ("não esta semana, na seguinte", "11-30..12-06")]);
}

#[test]
fn after_a_length_is_then_or_later_and_not_where_they_have_waited() {
    check(En, &[("after 5 days", "11-30..12-13"), ("it still hasn't come after two weeks", "nothing")]);
    check(Es, &[("después de 5 días", "11-30..12-13"), ("todavía no ha llegado después de dos semanas", "nothing")]);
    check(Fr, &[("après 5 jours", "11-30..12-13"), ("toujours pas reçu après deux semaines", "nothing")]);
    check(De, &[("nach 5 Tagen", "11-30..12-13"), ("immer noch nicht da nach zwei Wochen", "nothing")]);
    check(Pt, &[("depois de 5 dias", "11-30..12-13"), ("ainda não chegou depois de duas semanas", "nothing")]);
}

#[test]
fn the_days_to_come_and_the_year_after() {
    check(
        En,
        &[
            ("within the week", "11-26..12-02"),
            ("over the next fortnight", "11-26..12-09"),
            ("a fortnight on tuesday", "12-15"),
            ("a year after christmas", "2027-12-25"),
            ("the eve of thanksgiving", "11-25"),
            ("the first week of the new year", "2027-01-04..2027-01-10"),
            ("the week of december 6", "12-06..12-12"),
        ],
    );
    check(Es, &[("en el transcurso de la semana", "11-26..12-02"), ("un año después de navidad", "2027-12-25")]);
    check(Fr, &[("dans la semaine", "11-26..12-02"), ("un an après noël", "2027-12-25")]);
    check(De, &[("im Laufe der Woche", "11-26..12-02"), ("ein Jahr nach Weihnachten", "2027-12-25")]);
    check(Pt, &[("no decorrer da semana", "11-26..12-02"), ("na véspera de natal", "12-24")]);
}

#[test]
fn months_and_numbers_that_are_sure_and_those_that_are_not() {
    check(
        En,
        &[
            ("we are away february", "2027-02-01..2027-02-28"),
            ("march 2027", "2027-03-01..2027-03-31"),
            ("may we come next year", "nothing"),
            ("april is my sister", "nothing"),
            ("i would've done thursday but the interview is more important", "nothing"),
            ("i would have thursday free", "11-26"),
            ("at a few", "nothing"),
            ("at 5 to 5", "4:55?"),
            ("from 10 to 2", "10:00?-2:00?"),
            ("last thing on friday", "11-27 afternoon"),
            ("can you do victoria day", "2027-05-24"),
            ("on boxing day at 10", "12-26 10:00?"),
        ],
    );
    check(Es, &[("me voy febrero", "2027-02-01..2027-02-28"), ("a unos", "nothing")]);
    check(Fr, &[("je pars février", "2027-02-01..2027-02-28")]);
    check(De, &[("wir sind weg Februar", "2027-02-01..2027-02-28")]);
    check(Pt, &[("estou fora fevereiro", "2027-02-01..2027-02-28")]);
}
