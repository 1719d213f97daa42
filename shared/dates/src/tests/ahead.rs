//! Days counted from another day, from the end of a month or within a year, and short names among other words of time. Today is
//! Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn weeks_from_a_day() {
    check(
        En,
        &[
            ("a week on Friday", "12-04"),
            ("how about a week today", "12-02"),
            ("two weeks tomorrow", "12-10"),
            ("tomorrow week", "12-03"),
            ("Friday fortnight", "12-11"),
            ("we come once a week on Friday", "11-27"),
            ("w/c 14 December", "12-14..12-20"),
            ("in the coming days", "11-26..11-28"),
            ("one day and 2 hours later", "11-26 11:00 about"),
        ],
    );
    check(Es, &[("en los próximos días", "11-26..11-28"), ("dentro de dos viernes", "12-04")]);
    check(Fr, &[("dans les prochains jours", "11-26..11-28")]);
    check(De, &[("in den nächsten Tagen", "11-26..11-28")]);
    check(Pt, &[("nos próximos dias", "11-26..11-28")]);
}

#[test]
fn what_is_nearest() {
    check(En, &[("the Monday closest to Christmas", "12-28"), ("the second closest Monday to Christmas", "12-21")]);
    check(Es, &[("el viernes más cercano al 20 de diciembre", "12-18")]);
    check(Fr, &[("le vendredi le plus proche du 20 décembre", "12-18")]);
}

#[test]
fn from_the_end_of_a_month_and_within_a_year() {
    check(
        En,
        &[
            ("second to last day of December", "12-30"),
            ("the third last day of January", "2027-01-29"),
            ("the first two weeks of January", "2027-01-01..2027-01-14"),
            ("the last 3 days of December", "12-29..12-31"),
            ("the third week of next year", "2027-01-18..2027-01-24"),
            ("ninth month of next year", "2027-09-01..2027-09-30"),
        ],
    );
    check(
        Es,
        &[
            ("el penúltimo día de diciembre", "12-30"),
            ("las últimas 2 semanas de diciembre", "12-18..12-31"),
            ("la tercera semana del próximo año", "2027-01-18..2027-01-24"),
        ],
    );
    check(
        Fr,
        &[
            ("l'avant-dernier jour de décembre", "12-30"),
            ("les trois premiers jours de janvier", "2027-01-01..2027-01-03"),
            ("la troisième semaine de l'année prochaine", "2027-01-18..2027-01-24"),
        ],
    );
    check(
        De,
        &[
            ("am vorletzten Tag des Monats", "11-29"),
            ("in den letzten zwei Wochen im Dezember", "12-18..12-31"),
            ("am 1. Montag im Januar", "2027-01-04"),
        ],
    );
    check(Pt, &[("o penúltimo dia de dezembro", "12-30"), ("as últimas duas semanas de dezembro", "12-18..12-31")]);
}

#[test]
fn short_names_among_other_words_of_time() {
    check(
        En,
        &[
            ("can someone come out sat morning", "11-28 morning"),
            ("Feb 5 AM", "2027-02-05 morning"),
            ("the 14th am", "12-14 morning"),
            ("Monday 9a", "11-30 9:00"),
            ("4a", "nothing"),
        ],
    );
    check(Es, &[("el sab a las 10", "11-28 10:00?"), ("mi tarde fue larga", "afternoon")]);
    check(Fr, &[("ven aprem", "11-27 afternoon"), ("ce we", "11-28..11-29"), ("19 heures 30", "19:30")]);
    check(De, &[("Mo oder Di", "11-30..12-01"), ("Fr Vormittag", "11-27 morning"), ("so abends", "evening")]);
    check(Pt, &[("sex à tarde", "11-27 afternoon")]);
}

#[test]
fn one_day_or_more() {
    check(
        En,
        &[
            ("12 or 13 December", "12-12..12-13"),
            ("Friday or later", "11-27..12-10"),
            ("between now and Friday", "11-25..11-27"),
            ("this coming weekend", "11-28..11-29"),
            ("this weekend, Friday to Sunday", "11-27..11-29"),
            ("at the beginning of the week", "11-30..12-01"),
        ],
    );
    check(Es, &[("el viernes o después", "11-27..12-10")]);
    check(De, &[("Freitag oder später", "11-27..12-10"), ("am 12. oder 13. Dezember", "12-12..12-13")]);
    check(Pt, &[("12 ou 13 de dezembro", "12-12..12-13")]);
}

#[test]
fn hours_counted_from_another() {
    check(
        En,
        &[
            ("two hours before noon", "10:00"),
            ("half an hour before 4 pm", "15:30"),
            ("before work tomorrow", "11-26 until 9:00"),
        ],
    );
    check(Es, &[("en una hora y cuarto", "11-25 10:15 about")]);
    check(Fr, &[("dans une heure et quart", "11-25 10:15 about"), ("pour le 20", "12-20")]);
    check(Pt, &[("em uma hora e vinte", "11-25 10:20 about")]);
}

#[test]
fn what_somebody_tells_of_is_no_wish() {
    check(
        En,
        &[
            ("We had that hail storm Monday. The roof is bad", "nothing"),
            ("I had to cancel last time, can we do Monday", "11-30"),
            ("I have a wedding on Saturday, could you change the day?", "nothing"),
            ("The gutter fell off in the storm we had here on Monday.", "nothing"),
        ],
    );
}

#[test]
fn a_question_and_a_statement_of_what_is_keep_their_day() {
    check(En, &[("I was told you guys have openings Thursday", "11-26")]);
    check(
        Es,
        &[
            ("Paso a dejar el coche en el taller el lunes", "11-30"),
            ("¿Hace falta cita para el corte del sábado?", "11-28"),
        ],
    );
    check(
        Fr,
        &[
            ("Est-ce qu'il y a un créneau disponible vendredi ?", "11-27"),
            ("Il y a de la place pour une coupe homme samedi ?", "11-28"),
        ],
    );
    check(Pt, &[("A senhora faz manutenção de ar condicionado no sábado?", "11-28")]);
}

#[test]
fn words_that_look_like_a_day_or_a_part_of_it_are_none() {
    check(
        De,
        &[
            ("Das Auto steht vorm Haus", "nothing"),
            ("vorm Wochenende", "11-28..11-29"),
            ("Freitag vorm.", "11-27 morning"),
        ],
    );
    check(
        Es,
        &[
            ("el próximo día 15", "12-15"),
            ("el próximo día laborable", "11-26"),
            ("ayer vi 3 goteras", "nothing"),
            ("vi 3 goteras en el techo", "nothing"),
        ],
    );
    check(Fr, &[("j'ai mal après manger", "nothing")]);
    check(Pt, &[("preciso ter 3 quartos prontos", "nothing")]);
    check(En, &[("the first week of the year", "2027-01-04..2027-01-10")]);
}

#[test]
fn feasts() {
    check(En, &[("St. Patrick's day", "2027-03-17"), ("Maundy Thursday", "2027-03-25")]);
    check(Es, &[("el día de la mujer", "2027-03-08"), ("me llamo Ana Reyes", "nothing")]);
    check(Fr, &[("jeudi saint", "2027-03-25")]);
    check(De, &[("am 4. Advent", "12-20"), ("am 2. Weihnachtstag", "12-26"), ("an Fastnacht", "2027-02-09")]);
    check(Pt, &[("sexta-feira da paixão", "2027-03-26")]);
}
