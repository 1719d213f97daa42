//! Days that do not fit, by their name, their date and with their hour. Today is Wednesday, 25 November 2026.

use jiff::civil::date;

use super::completing::turns;
use super::{NOW, check, today};
use crate::Language::{De, En, Es, Fr, Pt};
use crate::read_best;

#[test]
fn neither_the_one_nor_the_other() {
    for (language, texts) in [
        (En, ["neither Monday nor Tuesday", "I can't do Monday or Tuesday"]),
        (Es, ["ni lunes ni martes", "no puedo lunes ni martes"]),
        (Fr, ["ni lundi ni mardi", "pas lundi ou mardi"]),
        (De, ["weder Montag noch Dienstag", "nicht Montag oder Dienstag"]),
        (Pt, ["nem segunda nem terça", "não posso na segunda ou na terça"]),
    ] {
        for text in texts {
            check(language, &[(text, "11-26..12-09 (10) not [Monday, Tuesday]")]);
        }
    }
    check(En, &[("not Monday, Tuesday", "12-01 not [Monday]")]);
    check(De, &[("geht noch Dienstag?", "12-01"), ("nicht Montag, hätten Sie noch Dienstag?", "12-01 not [Monday]")]);
}

#[test]
fn who_names_another_day_keeps_the_one_that_is_refused() {
    for (language, text) in [
        (Es, "mañana no, pasado"),
        (Es, "mañana no, mejor pasado"),
        (De, "morgen nicht, übermorgen"),
        (Fr, "pas demain, après-demain"),
        (Pt, "amanhã não, depois de amanhã"),
        (En, "tomorrow doesn't work, Friday"),
    ] {
        let wish = read_best(text, language, &today(language)).unwrap();
        let (tomorrow, after) = (date(2026, 11, 26), date(2026, 11, 27));
        assert_eq!((wish.date(), wish.refuses(tomorrow)), (Some(after), true), "{text}");
    }
    check(Es, &[("pasado", "11-27"), ("he pasado por ahí", "nothing"), ("el lunes pasado", "nothing")]);
}

#[test]
fn a_day_that_is_out_and_the_one_instead_are_one_wish() {
    check(
        En,
        &[
            ("not friday sorry saturday", "11-28 not [Friday]"),
            ("can't do Friday I meant Saturday at 9", "11-28 9:00? not [Friday]"),
            ("not Friday. Saturday", "11-28"),
            ("any day but Friday. 0 Friday", "11-27"),
        ],
    );
    check(De, &[("nicht am Freitag sondern Montag", "11-30 not [Friday]")]);
    check(En, &[("friday or thursday for an oil change, whichever is earlier", "11-26..11-27 soon")]);
    turns(En, &["Friday at 3", "not friday sorry saturday"], "11-28 3:00? not [Friday]");
}

#[test]
fn a_weekday_is_out() {
    for (language, texts) in [
        (
            En,
            [
                "Tuesday is out",
                "forget Tuesday",
                "I'm not free Tuesday",
                "I can't make it on Tuesday",
                "rather not Tuesday",
            ],
        ),
        (
            Es,
            [
                "el martes queda descartado",
                "el martes ya no puedo",
                "mejor no el martes",
                "el martes mejor no",
                "el martes no",
            ],
        ),
        (
            Fr,
            ["mardi c'est exclu", "mardi je ne peux plus", "plutôt pas mardi", "finalement pas mardi", "oubliez mardi"],
        ),
        (
            De,
            [
                "Dienstag fällt aus",
                "Dienstag ist raus",
                "lieber nicht am Dienstag",
                "am Dienstag lieber nicht",
                "Dienstag doch nicht",
            ],
        ),
        (Pt, ["terça está fora", "terça não dá mais", "melhor não na terça", "terça já não posso", "esqueça terça"]),
    ] {
        for text in texts {
            check(language, &[(text, "11-26..12-09 (12) not [Tuesday]")]);
        }
    }
}

#[test]
fn a_date_is_out() {
    for (language, texts) in [
        (En, ["not the 3rd after all", "the 3rd does not work"]),
        (Es, ["el 3 no puedo", "al final el 3 no"]),
        (Fr, ["finalement pas le 3", "le 3 ne va plus"]),
        (De, ["doch nicht am 3.", "der 3. geht doch nicht"]),
        (Pt, ["dia 3 não posso", "no final, dia 3 não"]),
    ] {
        for text in texts {
            let wish = read_best(text, language, &today(language)).unwrap();
            assert!(wish.refuses(date(2026, 12, 3)) && !wish.refuses(date(2026, 12, 10)), "{text}");
            let before = read_best("12/3 10:00", En, &today(En)).unwrap();
            assert_eq!(before.date(), Some(date(2026, 12, 3)));
            let after = before.completed_by(&wish, NOW);
            let days = after.day.unwrap().dates;
            assert!(days.len() > 1 && !days.contains(&date(2026, 12, 3)), "{text}: {days:?}");
        }
    }
    for (language, text) in [
        (En, "tomorrow does not work"),
        (Es, "mañana no puedo"),
        (Fr, "demain je ne peux pas"),
        (De, "morgen geht nicht"),
        (Pt, "amanhã não posso"),
    ] {
        check(language, &[(text, "11-27..12-09")]);
    }
    check(En, &[("next week doesn't work", "11-26..12-09 (7)"), ("not tomorrow, the day after", "11-27")]);
    check(En, &[("I have not today received it", "nothing"), ("10 pounds instead of the 30 I asked for", "nothing")]);
}

#[test]
fn an_hour_of_a_day_that_is_out_is_out_with_it() {
    for (language, before, later) in [
        (En, "Tuesday at 6pm", "Any day works for me, just not Tuesday at 6pm."),
        (En, "Tuesday at 6pm", "Tuesday at 6 does not work"),
        (Es, "el martes a las 18h", "cualquier día menos el martes a las 18h"),
        (Fr, "mardi à 18h", "tous les jours me vont, mais pas mardi à 18h"),
        (De, "Dienstag um 18 Uhr", "jeder Tag passt, nur nicht Dienstag um 18 Uhr"),
        (Pt, "terça às 18h", "terça às 18h não dá"),
    ] {
        turns(language, &[before, later], "11-26..12-09 (12) not [Tuesday]");
    }
    turns(En, &["Any day, just not Tuesday at 6pm", "2pm is good", "the day after that"], "12-02 14:00 not [Tuesday]");
    turns(En, &["Tuesday at 6pm", "Tuesday is out"], "11-26..12-09 (12) 18:00 not [Tuesday]");
    turns(En, &["Tuesday at 6pm", "not Tuesday at 6, Wednesday is better"], "12-02 18:00 not [Tuesday]");
    check(
        En,
        &[
            ("any time next week except Monday morning", "12-01..12-06 any time not [Monday]"),
            ("Monday or Tuesday but not Tuesday evening", "11-30 not [Tuesday]"),
            ("next week, not Monday, at 9", "12-01..12-06 9:00? not [Monday]"),
        ],
    );
}

#[test]
fn what_is_left_stays_what_it_was() {
    turns(En, &["next week", "not Monday", "Thursday"], "12-03");
    turns(En, &["Monday or Tuesday at 9", "not Monday"], "12-01 9:00? not [Monday]");
    turns(En, &["the 3rd or the 4th", "not the 3rd"], "12-04");
}
