//! Answers to the question when, in which a number alone is an hour. Today is Wednesday, 25 November 2026.

use std::fmt::Write as _;

use super::{shown, today};
use crate::Language::{self, De, En, Es, Fr, Pt};
use crate::{LastQuestion, Today, read_best};

#[track_caller]
fn check(language: Language, table: &[(&str, &str)]) {
    let today = Today { asked: LastQuestion::When, ..today(language) };
    let mut wrong = String::new();
    for (text, expected) in table {
        let got = read_best(text, language, &today).map_or_else(|| "nothing".to_owned(), |wish| shown(&wish));
        if got != *expected {
            let _ = writeln!(wrong, "{text}: {got}, expected {expected}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn english() {
    check(
        En,
        &[
            ("3", "3:00?"),
            ("three", "3:00?"),
            ("the third", "12-03"),
            ("10:30", "10:30?"),
            ("10-12", "10:00-12:00"),
            ("morning", "morning"),
            ("mornings are best", "morning"),
            ("evenings", "evening"),
            ("Tues", "12-01"),
            ("any day", "11-26..12-09"),
            ("12", "12:00"),
            ("5ish", "5:00? about"),
            ("around 5", "5:00? about"),
            ("noon?", "12:00"),
            ("first thing", "morning"),
            ("second week of december", "12-08..12-14"),
            ("after 4 or so", "from 4:00? about"),
            ("before 10", "until 10:00?"),
            ("till 5", "until 5:00?"),
            ("6 am", "6:00"),
            ("as early as possible", "soon"),
            ("the sooner the better", "soon"),
            ("tomorrow or the day after", "11-26..11-27"),
            ("Tuesday or Thursday after 3", "11-26,12-01 from 3:00?"),
            ("next Monday, Tuesday or Wednesday", "11-30..12-02"),
            ("the week after next", "12-07..12-13"),
            ("sometime this week", "11-25..11-29"),
            ("Friday the 4th", "12-04"),
            ("Friday December 4th at 9 in the morning", "12-04 9:00"),
            ("Fri 4 Dec 9:00", "12-04 9:00?"),
            ("4/12", "2027-04-12"),
            ("12/4 9am", "12-04 9:00"),
            ("12-4-2026", "12-04"),
            ("2 pm on 12/4", "12-04 14:00"),
            ("I could do Wed the 2nd at 2", "12-02 2:00?"),
            ("not tomorrow but Friday", "11-27"),
            ("Let's do Friday instead of Thursday", "11-27 not [Thursday]"),
            ("Friday rather than Thursday", "11-27 not [Thursday]"),
            ("anytime but mornings", "from 12:00 any time"),
            ("anytime except weekends", "11-26..12-09 (10) any time"),
            ("on the 29th of February", "nothing"),
            ("the 31st", "12-31"),
            ("in 15 minutes", "11-25 9:15 about"),
            ("in 45 min", "11-25 9:45 about"),
            ("in a month", "12-25"),
            ("Monday in the AM", "11-30 morning"),
            ("this Saturday at 10, or Sunday at 11", "11-28 10:00?"),
            ("10 tomorrow", "11-26 10:00?"),
            ("tomorrow 10", "11-26 10:00?"),
            ("tomorrow, 10", "11-26 10:00?"),
            ("tmrw @ 3", "11-26 3:00?"),
            ("3 tomorrow afternoon", "11-26 15:00"),
            ("Wednesday @ 2ish", "12-02 2:00? about"),
            ("2 o clock", "2:00?"),
            ("two o'clock tomorrow", "11-26 2:00?"),
            ("quarter after 2", "2:15?"),
            ("25 past 4", "4:25?"),
            ("7:45pm", "19:45"),
            ("19:45", "19:45"),
            ("1pm-3pm Thursday", "11-26 13:00-15:00"),
            ("Thursday 1 to 3", "11-26 1:00?-3:00?"),
            ("between 1 and 3 on Thursday", "11-26 1:00?-3:00?"),
            ("Thursday from 1", "11-26 from 1:00?"),
            ("as soon as possible on Monday", "11-30 soon"),
            ("sometime after the 10th", "12-11..12-24"),
            ("the day before Thanksgiving", "11-25"),
            ("close of business Friday", "11-27 afternoon"),
            ("Friday early afternoon", "11-27 afternoon"),
            ("tomorrow at lunch", "11-26 noon"),
            ("when do you open on Sunday?", "11-29"),
            ("are you open on Christmas?", "12-25"),
        ],
    );
}

#[test]
fn german() {
    check(
        De,
        &[
            ("10", "10:00?"),
            ("um 10", "10:00?"),
            ("zehn", "10:00?"),
            ("halb zehn", "9:30?"),
            ("vormittags", "morning"),
            ("14 Uhr", "14:00"),
            ("14:00", "14:00"),
            ("der 3.", "12-03"),
            ("am 3.", "12-03"),
            ("3.12.", "12-03"),
            ("Freitag", "11-27"),
            ("freitags ab 15 Uhr", "11-27 from 15:00"),
            ("Freitag, 4. Dezember, 9 Uhr", "12-04 9:00?"),
            ("Fr. 4.12. 9:00", "12-04 9:00?"),
            ("lieber Freitag statt Donnerstag", "11-27 not [Thursday]"),
            ("morgen oder übermorgen", "11-26..11-27"),
            ("Dienstag oder Donnerstag nach 15 Uhr", "11-26,12-01 from 15:00"),
            ("in 15 Minuten", "11-25 9:15 about"),
            ("in einer halben Stunde", "11-25 9:30 about"),
            ("morgen, 10 Uhr", "11-26 10:00?"),
            ("morgen 10 Uhr", "11-26 10:00?"),
            ("morgen 10", "11-26 10:00?"),
            ("um 3 Uhr nachmittags", "15:00"),
            ("zwischen 13 und 15 Uhr am Donnerstag", "11-26 13:00-15:00"),
            ("Anfang nächster Woche", "11-30..12-01"),
            ("übernächste Woche Montag", "12-07"),
            ("gegen Abend", "evening about"),
            ("am frühen Nachmittag", "afternoon"),
            ("Montagabend", "11-30 evening"),
            ("so früh wie möglich", "soon"),
            ("egal", "any time"),
            ("mir egal", "any time"),
            ("um Mittag", "12:00"),
            ("Mittags um 12", "12:00"),
            ("um 15.30 Uhr", "15:30"),
            ("15.30", "15:30"),
            ("fünf nach drei", "3:05?"),
        ],
    );
}

#[test]
fn french() {
    check(
        Fr,
        &[
            ("10", "10:00?"),
            ("10h", "10:00?"),
            ("à 10", "10:00?"),
            ("dix heures", "10:00?"),
            ("le matin", "morning"),
            ("14h", "14:00"),
            ("le 3", "12-03"),
            ("3 décembre", "12-03"),
            ("vendredi 4 décembre à 9h", "12-04 9:00?"),
            ("plutôt vendredi que jeudi", "11-27"),
            ("demain ou après-demain", "11-26..11-27"),
            ("mardi ou jeudi après 15h", "11-26,12-01 from 15:00"),
            ("dans 15 minutes", "11-25 9:15 about"),
            ("dans une demi-heure", "11-25 9:30 about"),
            ("demain 10h", "11-26 10:00?"),
            ("demain, 10h", "11-26 10:00?"),
            ("3h de l'après-midi", "15:00"),
            ("première semaine de décembre", "12-01..12-07"),
            ("en début de semaine prochaine", "11-30..12-01"),
            ("en début d'après-midi", "afternoon"),
            ("peu importe", "any time"),
            ("midi", "12:00"),
            ("17h30", "17:30"),
            ("cinq heures et demie", "5:30?"),
        ],
    );
}

#[test]
fn spanish() {
    check(
        Es,
        &[
            ("10", "10:00?"),
            ("a las 10", "10:00?"),
            ("las diez", "10:00?"),
            ("por la mañana", "morning"),
            ("14:00", "14:00"),
            ("el 3", "12-03"),
            ("3 de diciembre", "12-03"),
            ("el viernes 4 de diciembre a las 9", "12-04 9:00?"),
            ("mañana o pasado", "11-26..11-27"),
            ("martes o jueves después de las 3", "11-26,12-01 from 3:00?"),
            ("en 15 minutos", "11-25 9:15 about"),
            ("en media hora", "11-25 9:30 about"),
            ("mañana a las 10", "11-26 10:00?"),
            ("mañana, 10", "11-26 10:00?"),
            ("a las 3 de la tarde", "15:00"),
            ("la primera semana de diciembre", "12-01..12-07"),
            ("a principios de la próxima semana", "11-30..12-01"),
            ("temprano en la tarde", "afternoon"),
            ("da igual", "any time"),
            ("al medio día", "12:00"),
            ("5 de la tarde", "17:00"),
            ("cinco y media", "5:30?"),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        Pt,
        &[
            ("10", "10:00?"),
            ("às 10", "10:00?"),
            ("dez horas", "10:00?"),
            ("de manhã", "morning"),
            ("14h", "14:00"),
            ("dia 3", "12-03"),
            ("3 de dezembro", "12-03"),
            ("sexta, 4 de dezembro às 9h", "12-04 9:00?"),
            ("amanhã ou depois de amanhã", "11-26..11-27"),
            ("terça ou quinta depois das 15h", "11-26,12-01 from 15:00"),
            ("em 15 minutos", "11-25 9:15 about"),
            ("em meia hora", "11-25 9:30 about"),
            ("amanhã 10h", "11-26 10:00?"),
            ("amanhã, às 10", "11-26 10:00?"),
            ("3 da tarde", "15:00"),
            ("primeira semana de dezembro", "12-01..12-07"),
            ("no início da próxima semana", "11-30..12-01"),
            ("no começo da tarde", "afternoon"),
            ("tanto faz", "any time"),
            ("meio-dia", "12:00"),
            ("17h30", "17:30"),
            ("cinco e meia", "5:30?"),
        ],
    );
}

#[test]
fn a_number_with_a_word_or_two_around_it() {
    check(
        En,
        &[
            ("ok 3", "3:00?"),
            ("ok so 3", "3:00?"),
            ("3 then", "3:00?"),
            ("ok 3 then", "3:00?"),
            ("ok lets do 3", "3:00?"),
            ("3 works for me", "3:00?"),
            ("perfect, 3 it is", "3:00?"),
            ("ok 3 windows", "nothing"),
        ],
    );
    check(De, &[("also 3", "3:00?"), ("dann 3", "3:00?"), ("ok dann um 3", "3:00?")]);
    check(Es, &[("entonces 3", "3:00?"), ("vale las 3", "3:00?"), ("3 entonces", "3:00?")]);
    check(Fr, &[("ok 3", "3:00?"), ("alors 15", "15:00"), ("15 alors", "15:00")]);
    check(Pt, &[("ok 3", "3:00?"), ("então 3", "3:00?"), ("3 então", "3:00?")]);
}
