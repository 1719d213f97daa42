//! What is said later completes or corrects what was said before. Today is Wednesday, 25 November 2026.

use super::{NOW, shown, today};
use crate::Language::{self, De, En, Es};
use crate::{LastQuestion, Today, Wish, read_best};

/// The wish that turns make one after the other.
#[track_caller]
pub(super) fn turns(language: Language, texts: &[&str], expected: &str) {
    let read = |text: &&str| read_best(text, language, &today(language)).unwrap_or_else(|| panic!("{text}"));
    let whole = texts.iter().map(read).reduce(|before, later| before.completed_by(&later, NOW));
    assert_eq!(shown(&whole.unwrap_or_default()), expected, "{texts:?}");
}

mod together {
    use super::*;

    #[test]
    fn a_day_and_an_hour_come_together() {
        turns(En, &["Thursday", "at 3"], "11-26 3:00?");
        turns(En, &["at 3", "Thursday"], "11-26 3:00?");
        turns(En, &["in the morning", "Friday", "at 9"], "11-27 9:00");
        turns(De, &["am Donnerstag", "um halb vier"], "11-26 3:30?");
        turns(Es, &["el jueves", "a las 3 de la tarde"], "11-26 15:00");
    }

    #[test]
    fn from_and_until_make_a_span() {
        turns(En, &["tomorrow between 3pm and 5pm", "she has to be out by 4:30 pm"], "11-26 15:00-16:30");
        turns(En, &["after 3", "but before 5"], "3:00?-5:00?");
        turns(De, &["am Donnerstag ab 14 Uhr", "bis 16 Uhr"], "11-26 14:00-16:00");
        turns(En, &["tomorrow after 3pm", "no, before 11 am"], "11-26 until 11:00");
    }

    #[test]
    fn an_hour_said_later_goes_with_any_of_the_days() {
        turns(En, &["Friday afternoon or Saturday", "2 pm then", "sorry, I meant Saturday"], "11-28 14:00");
        turns(En, &["Saturday", "no, the one after"], "12-05");
    }

    #[test]
    fn a_day_stays_within_the_week_or_month_that_was_spoken_of() {
        turns(En, &["next week", "Thursday"], "12-03");
        turns(En, &["Thursday", "next week"], "12-03");
        turns(En, &["sometime in December", "the 12th"], "12-12");
        turns(En, &["the 12th", "in March"], "2027-03-12");
        turns(En, &["next week", "any day but Tuesday"], "11-30..12-06 (6) not [Tuesday]");
    }

    #[test]
    fn which_half_of_the_day_can_come_later() {
        turns(En, &["Friday at 9", "in the morning"], "11-27 9:00");
        turns(En, &["Friday at 5", "in the evening"], "11-27 17:00");
        turns(En, &["Friday at 3", "in the morning instead"], "11-27 morning");
        turns(En, &["Friday at 3pm", "make it the evening"], "11-27 evening");
    }
}

#[test]
fn a_weekday_after_an_open_span_is_the_first_of_them() {
    turns(En, &["from Tuesday on", "Wednesday at 2"], "12-02 2:00?");
    turns(De, &["ab Dienstag", "Mittwoch 14 Uhr"], "12-02 14:00");
}

#[test]
fn a_part_of_the_day_that_holds_the_hour_leaves_it() {
    turns(En, &["Friday at 8:30 pm", "friday night"], "11-27 20:30");
    turns(De, &["Freitag um 20:30 Uhr", "Freitag Abend"], "11-27 20:30");
    turns(Es, &["el viernes a las 10:00", "el viernes por la mañana"], "11-27 10:00");
    turns(En, &["Friday at 3pm", "friday morning"], "11-27 morning");
}

#[test]
fn a_number_that_answers_when_is_an_hour_of_the_part_that_was_named() {
    for (day, answer) in [("Friday afternoon", "ok 3"), ("Friday afternoon", "3 then"), ("Friday afternoon", "ok so 3")]
    {
        let before = read_best(day, En, &today(En)).unwrap();
        let later = read_best(answer, En, &Today { asked: LastQuestion::When, ..today(En) }).unwrap();
        assert_eq!(shown(&before.completed_by(&later, NOW)), "11-27 15:00", "{answer}");
    }
}

mod correcting {
    use super::*;

    #[test]
    fn a_new_day_keeps_the_hour_and_a_new_hour_keeps_the_day() {
        turns(En, &["Thursday at 3", "make it Friday"], "11-27 3:00?");
        turns(En, &["Thursday at 3", "at 4 then"], "11-26 4:00?");
        turns(En, &["next Thursday at 3", "no, Friday"], "12-04 3:00?");
        turns(En, &["May 12th", "no, the 13th"], "2027-05-13");
        turns(De, &["Donnerstag um 15 Uhr", "lieber Freitag"], "11-27 15:00");
    }

    #[test]
    fn the_week_after_moves_the_day() {
        turns(En, &["Thursday at 3", "no, the week after"], "12-03 3:00?");
        turns(En, &["Thursday", "the following week"], "12-03");
        turns(En, &["next week", "the week after that"], "12-07..12-13");
        turns(En, &["Thursday", "the day after"], "11-27");
        turns(En, &["Thursday", "a week earlier"], "11-26");
    }

    #[test]
    fn an_hour_later_moves_the_hour() {
        turns(En, &["Thursday at 3pm", "an hour later"], "11-26 16:00");
        turns(En, &["Thursday at 3pm", "half an hour earlier"], "11-26 14:30");
        turns(En, &["Thursday at 11", "two hours later"], "11-26 1:00?");
        turns(En, &["Thursday at 3pm", "something later"], "11-26 from 15:00");
        turns(En, &["Thursday afternoon", "can we do earlier? anything earlier"], "11-26 morning");
    }

    #[test]
    fn a_day_that_does_not_fit_is_taken_out() {
        turns(En, &["Monday or Tuesday", "Tuesday does not work"], "11-30 not [Tuesday]");
    }
}

mod laws {
    use super::*;

    const SAID: [&str; 12] = [
        "Thursday",
        "at 3",
        "next week",
        "tomorrow at 4pm",
        "in the morning",
        "the 12th",
        "asap",
        "any time on Friday",
        "Monday or Tuesday",
        "after 2",
        "not on Monday",
        "March 3rd",
    ];

    fn wishes() -> Vec<Wish> {
        SAID.iter().filter_map(|text| read_best(text, En, &today(En))).collect()
    }

    #[test]
    fn saying_it_again_changes_nothing() {
        for wish in wishes() {
            assert_eq!(wish.completed_by(&wish, NOW), wish);
        }
    }

    #[test]
    fn nothing_said_changes_nothing() {
        for wish in wishes() {
            assert_eq!(wish.completed_by(&Wish::default(), NOW), wish);
            let first = Wish::default().completed_by(&wish, NOW);
            assert_eq!((first.day, first.time), (wish.day, wish.time));
        }
    }

    #[test]
    fn what_was_said_is_never_lost() {
        for before in wishes() {
            for later in wishes() {
                let whole = before.completed_by(&later, NOW);
                assert_eq!(whole.day.is_some(), before.day.is_some() || later.day.is_some());
                assert_eq!(whole.time.is_some(), before.time.is_some() || later.time.is_some());
            }
        }
    }
}
