//! Days and hours in words.

use jiff::civil::{date, time};

use crate::Language::{De, En, Es, Fr, Pt};
use crate::say::{Clocks, say_date, say_time, say_when};

#[test]
fn days_are_told_in_every_language() {
    let day = date(2026, 3, 12);
    for (language, expected) in [
        (En, "Thursday, March 12"),
        (Es, "jueves 12 de marzo"),
        (Fr, "jeudi 12 mars"),
        (De, "Donnerstag, 12. März"),
        (Pt, "quinta-feira, 12 de março"),
    ] {
        assert_eq!(say_date(day, language), expected);
    }
    assert_eq!(say_date(date(2026, 12, 1), Fr), "mardi 1er décembre");
}

#[test]
fn days_and_hours_are_told_in_every_language() {
    let (day, hour) = (date(2026, 3, 12), time(11, 30, 0, 0));
    for (language, clocks, expected) in [
        (En, Clocks::Twelve, "Thursday, March 12 at 11:30 AM"),
        (En, Clocks::TwentyFour, "Thursday, March 12 at 11:30"),
        (Es, Clocks::TwentyFour, "jueves 12 de marzo a las 11:30"),
        (Es, Clocks::Twelve, "jueves 12 de marzo a las 11:30 a. m."),
        (Fr, Clocks::TwentyFour, "jeudi 12 mars à 11 h 30"),
        (De, Clocks::TwentyFour, "Donnerstag, 12. März um 11:30 Uhr"),
        (Pt, Clocks::TwentyFour, "quinta-feira, 12 de março às 11h30"),
    ] {
        assert_eq!(say_when(day, hour, language, clocks), expected);
    }
    assert_eq!(say_when(day, time(13, 0, 0, 0), Es, Clocks::Twelve), "jueves 12 de marzo a la 1:00 p. m.");
    assert_eq!(say_when(day, time(13, 0, 0, 0), Es, Clocks::TwentyFour), "jueves 12 de marzo a las 13:00");
}

#[test]
fn noon_and_midnight_are_twelve() {
    assert_eq!(say_time(time(12, 0, 0, 0), En, Clocks::Twelve), "12:00 PM");
    assert_eq!(say_time(time(0, 15, 0, 0), En, Clocks::Twelve), "12:15 AM");
    assert_eq!(say_time(time(9, 0, 0, 0), De, Clocks::TwentyFour), "9 Uhr");
    assert_eq!(say_time(time(9, 0, 0, 0), Fr, Clocks::TwentyFour), "9 h");
    assert_eq!(say_time(time(9, 0, 0, 0), Pt, Clocks::TwentyFour), "9h");
}
