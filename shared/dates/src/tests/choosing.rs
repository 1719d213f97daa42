//! Of several days that were said with their hours, one is taken later. Today is Wednesday, 25 November 2026.

use super::completing::turns;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn an_hour_is_of_its_own_day() {
    for (language, texts, expected) in [
        (En, ["Monday at 9am or Tuesday at 6pm", "Tuesday"], "12-01 18:00"),
        (En, ["Monday at 9am or Tuesday at 6pm", "Monday"], "11-30 9:00"),
        (Es, ["el lunes a las 9 de la mañana o el martes a las 18:00", "el martes"], "12-01 18:00"),
        (Fr, ["lundi 9h ou mardi 18h", "mardi"], "12-01 18:00"),
        (Fr, ["lundi 9h ou mardi 18h", "plutôt mardi"], "12-01 18:00"),
        (De, ["Montag 10 Uhr oder Dienstag 18 Uhr", "Dienstag"], "12-01 18:00"),
        (De, ["Montag vormittag oder Dienstag nach 17 Uhr", "dann Dienstag"], "12-01 from 17:00"),
        (Pt, ["segunda às 10h ou terça às 18h", "terça"], "12-01 18:00"),
        (En, ["Monday morning or Tuesday afternoon", "Tuesday then"], "12-01 afternoon"),
    ] {
        turns(language, &texts, expected);
    }
}

#[test]
fn an_hour_alone_names_the_day_that_it_was_said_of() {
    turns(En, &["Monday at 9am or Tuesday at 6pm", "at 6"], "12-01 18:00");
    turns(Fr, &["lundi 9h ou mardi 18h", "18h"], "12-01 18:00");
    turns(En, &["Monday at 9am or Tuesday at 6pm", "at 4pm"], "11-30 16:00");
    turns(En, &["Monday at 9am or Tuesday at 6pm or Friday at 6pm", "at 6pm"], "11-30 18:00");
}

#[test]
fn they_may_change_their_mind_until_they_name_another_day() {
    turns(Fr, &["lundi 9h ou mardi 18h", "mardi", "non, lundi"], "11-30 9:00?");
    turns(En, &["Monday at 9am or Tuesday at 6pm", "Thursday", "Tuesday"], "12-01 9:00");
    turns(En, &["Monday at 9am or Tuesday at 6pm", "Tuesday at 5pm"], "12-01 17:00");
}

#[test]
fn a_day_without_an_hour_beside_one_with_an_hour_has_none() {
    turns(Fr, &["lundi 9h ou mardi", "mardi"], "12-01");
    turns(En, &["Monday or Tuesday at 9am", "Tuesday"], "12-01 9:00");
}
