//! Hours that are said again, chosen, or are none: what the built-in responder hears every day. Today is Wednesday, 25 November 2026.

use jiff::civil::{Date, Time, time};

use super::completing::turns;
use super::{NOW, check, shown, today};
use crate::Language::{De, En, Es, Fr, Pt};
use crate::{Hours, LastQuestion, Problem, Today, read_best};

#[test]
fn a_part_of_the_day_goes_with_the_hours_that_lie_in_it() {
    for (language, texts, expected) in [
        (En, &["Friday afternoon", "Monday at 11"][..], "11-30 11:00?"),
        (En, &["tomorrow morning", "4 o'clock is better"], "11-26 4:00?"),
        (En, &["in the morning", "after 3"], "from 3:00?"),
        (En, &["in the afternoon", "before 5"], "until 17:00"),
        (En, &["in the evening", "at 7"], "19:00"),
        (En, &["at night", "at 10"], "22:00"),
        (Es, &["el viernes por la tarde", "a las 10"], "11-27 10:00?"),
        (Fr, &["vendredi matin", "à 15h"], "11-27 15:00"),
        (De, &["am Freitag Nachmittag", "um 10"], "11-27 10:00?"),
        (Pt, &["sexta à tarde", "às 9"], "11-27 9:00?"),
        (En, &["before Christmas", "Wednesday at 9"], "12-02 9:00?"),
        (En, &["Friday at 9", "your earliest on Monday"], "11-30 soon"),
    ] {
        turns(language, texts, expected);
    }
}

#[test]
fn a_bare_hour_is_one_where_it_answers_when() {
    let asked = Today { asked: LastQuestion::When, ..today(En) };
    for (text, expected) in [
        ("not 3, 4", "4:00?"),
        ("not 3 sorry 4", "4:00?"),
        ("not 3", ""),
        ("no 3", "3:00?"),
        ("830", "8:30?"),
        ("1030 works", "10:30?"),
        ("11 is better", "11:00?"),
        ("2 cars", ""),
        ("8005550", ""),
    ] {
        let read = read_best(text, En, &asked).map(|wish| shown(&wish)).unwrap_or_default();
        assert_eq!(read, expected, "{text}");
    }
    check(En, &[("830", "nothing")]);
}

#[test]
fn figures_of_other_things_are_no_hours() {
    check(
        En,
        &[
            ("it is 7 2 0 5 5 5 0 1 9 9", "nothing"),
            ("we are at 4 N Colfax", "nothing"),
            ("at 4 W Main, Monday at 10", "11-30 10:00?"),
            ("tomorrow at 9 and 11", "11-26 9:00?"),
            ("the noon one", "12:00"),
            ("Friday b4 noon", "11-27 until 12:00"),
            ("Friday arnd 3", "11-27 3:00? about"),
            ("2026-12-03 10:30", "12-03 10:30?"),
        ],
    );
    check(Fr, &[("93 111 22 33", "nothing"), ("lundi à midi quinze", "11-30 12:15")]);
    check(Es, &[("a las 9 y 30", "9:30?"), ("655 12 19 45", "nothing")]);
}

#[test]
fn the_other_friday_is_that_of_the_week_after() {
    check(Es, &[("el otro viernes a las 9", "12-04 9:00?"), ("el otro día llamé", "nothing")]);
    check(
        Pt,
        &[
            ("na outra sexta", "12-04"),
            ("na 6a às 10", "11-27 10:00?"),
            ("pode ser na 3ª?", "12-01"),
            ("é a 2a vez", "nothing"),
        ],
    );
}

#[test]
fn who_cannot_before_or_works_until_then_comes_after() {
    check(
        En,
        &[
            ("not possible before 5", "from 5:00?"),
            ("I work until 5", "from 5:00?"),
            ("I can't after 5", "until 5:00?"),
        ],
    );
    check(Es, &[("imposible antes de las 5", "from 5:00?"), ("trabajo hasta las 5", "from 5:00?")]);
    check(Fr, &[("impossible avant 17h", "from 17:00"), ("je travaille jusqu'à 17h", "from 17:00")]);
    check(De, &[("vor 17 Uhr geht nicht", "from 17:00"), ("bis 17 Uhr muss ich arbeiten", "from 17:00")]);
    check(Pt, &[("não posso antes das 17h", "from 17:00"), ("trabalho até às 17h", "from 17:00")]);
    check(En, &[("Monday I can't before 5", "11-30 from 5:00?"), ("Monday I can't", "11-26..12-09 (12) not [Monday]")]);
    check(En, &[("until 5 works", "until 5:00?"), ("before 5 is fine", "until 5:00?")]);
    check(Fr, &[("repoussez d'une heure", "nothing")]);
    check(De, &[("wo finde ich Sie", "nothing")]);
}

#[test]
fn a_short_weekday_may_end_a_message() {
    check(
        En,
        &[
            ("brake pads sat", "11-28"),
            ("what about mon at 9 for a wash", "11-30 9:00?"),
            ("the old one just sat", "nothing"),
            ("it gets hot in the sun", "nothing"),
        ],
    );
}

#[test]
fn a_near_day_and_another_weekday_are_two() {
    check(
        En,
        &[
            ("can't make my appointment tomorrow, is Friday possible?", "11-27"),
            ("tomorrow or Friday", "11-26..11-27"),
            ("tomorrow, Thursday", "11-26"),
            ("tomorrow, Monday", "11-30"),
        ],
    );
    check(De, &[("morgen kann ich nicht, ist Montag möglich?", "11-30")]);
}

#[test]
fn hours_of_one_day_are_choices() {
    turns(En, &["Friday at 10 or 11", "at 11"], "11-27 11:00?");
    let both = read_best("Friday at 10 or 11", En, &today(En)).unwrap();
    assert_eq!(both.choices.len(), 2);
    assert!(read_best("Friday at 10. No, at 11", En, &today(En)).unwrap().choices.is_empty());
}

/// Weekdays 9 to 2 and 4 to 8, Saturdays 9 to 1.
struct Split;

impl Hours for Split {
    fn open_on(&self, date: Date) -> Vec<(Time, Time)> {
        let at = |hour| time(hour, 0, 0, 0);
        match date.weekday().to_monday_one_offset() {
            7 => Vec::new(),
            6 => vec![(at(9), at(13))],
            _ => vec![(at(9), at(14)), (at(16), at(20))],
        }
    }
}

#[test]
fn of_two_days_those_count_that_are_open_then() {
    let met = |text| read_best(text, En, &today(En)).unwrap().resolve(&Split, NOW);
    let friday = jiff::civil::date(2026, 11, 27);
    assert_eq!(met("Friday or Saturday at 9 pm").problem, Some(Problem::OutsideHours(friday)));
    assert_eq!(
        (met("Friday or Saturday at 5 pm").date, met("Friday or Saturday at 5 pm").problem),
        (Some(friday), None)
    );
    assert_eq!(met("Friday or Saturday at 10").dates.len(), 2);
    assert_eq!(met("Friday afternoon").window, Some((time(16, 0, 0, 0), time(20, 0, 0, 0))));
}
