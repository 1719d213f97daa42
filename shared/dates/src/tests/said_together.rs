//! Months, working days, halves of a length and hours, by what stands beside them. Today is Wednesday, 25 November 2026.

use jiff::civil::{DateTime, date};

use super::{NOW, shown, today};
use crate::Language::{self, De, En, Es, Fr, Pt};
use crate::{Today, read_best};

const FRIDAY: DateTime = date(2026, 11, 27).at(9, 0, 0, 0);

#[track_caller]
fn each(now: DateTime, table: &[(Language, &str, &str)]) {
    for (language, text, expected) in table {
        let wish = read_best(text, *language, &Today { now, ..today(*language) });
        assert_eq!(wish.map_or_else(|| "nothing".to_owned(), |wish| shown(&wish)), *expected, "{text}");
    }
}

#[test]
fn a_month_may_stand_beside_another_or_in_the_middle() {
    each(
        NOW,
        &[
            (En, "March or April suits the whole family", "2027-03-01..2027-04-30"),
            (En, "could it be in May and June", "2027-05-01..2027-06-30"),
            (En, "we may or may not be in", "nothing"),
            (Es, "en febrero o marzo", "2027-02-01..2027-03-31"),
            (De, "im Februar oder März", "2027-02-01..2027-03-31"),
            (En, "we could do February for the new boiler", "2027-02-01..2027-02-28"),
            (En, "your January newsletter was great", "nothing"),
            (En, "the invoice of February for the fence", "nothing"),
            (En, "let's do it in the new year", "2027-01-01..2027-02-28"),
            (De, "erst im neuen Jahr", "2027-01-01..2027-02-28"),
            (Fr, "au début de la nouvelle année", "2027-01-01..2027-02-28"),
            (Pt, "no começo do novo ano", "2027-01-01..2027-02-28"),
        ],
    );
}

#[test]
fn after_next_week_is_later_than_the_week_after_next() {
    each(
        NOW,
        &[
            (En, "after next week please", "12-07..12-20"),
            (En, "some time after next Friday", "12-05..12-18"),
            (Es, "después de la próxima semana", "12-07..12-20"),
            (De, "nach der nächsten Woche", "12-07..12-20"),
            (En, "the day after next", "11-27"),
        ],
    );
    each(FRIDAY, &[(En, "midweek is best", "12-02..12-03"), (De, "Mitte der Woche", "12-02..12-03")]);
}

#[test]
fn working_days_and_halves_are_counted() {
    each(
        NOW,
        &[
            (En, "first business day of August", "2027-08-02"),
            (Fr, "le dernier jour ouvré de janvier", "2027-01-29"),
            (De, "in den nächsten Werktagen", "11-26..11-28"),
            (En, "in a week and a half", "12-05"),
            (En, "within a week and a half", "11-26..12-05"),
            (En, "in half a year", "nothing"),
            (Es, "en una semana y media", "12-05"),
            (Fr, "dans une semaine et demie", "12-05"),
        ],
    );
    let next = [
        (En, "the next working day", "11-30"),
        (Es, "el próximo día hábil", "11-30"),
        (Fr, "le prochain jour ouvrable", "11-30"),
        (De, "am nächsten Werktag", "11-30"),
        (Pt, "no próximo dia útil", "11-30"),
    ];
    each(FRIDAY, &next);
}

#[test]
fn hours_and_short_names_are_of_what_stands_beside_them() {
    each(
        NOW,
        &[
            (En, "Mon to Thu between 2 and 4", "11-30..12-03 2:00?-4:00?"),
            (En, "the dog sat to eat", "nothing"),
            (De, "Mo bis Do ab 14 Uhr", "11-30..12-03 from 14:00"),
            (En, "tonight 730", "11-25 19:30"),
            (En, "tomorrow morning 250 people", "11-26 morning"),
            (En, "2ish to 4ish tomorrow", "11-26 2:00?-4:00?"),
            (En, "between now and 5", "11-25 9:00-17:00"),
            (En, "between now and 5 December", "11-25..12-05"),
            (En, "between now and 5 on Friday", "11-27 until 5:00?"),
            (Fr, "d'ici midi", "11-25 9:00-12:00"),
            (Fr, "vendredi d'ici 17h", "11-27 until 17:00"),
            (En, "Friday 4/12", "12-04"),
            (En, "Monday 4/12", "2027-04-12"),
            (Fr, "vendredi 12/4", "12-04"),
        ],
    );
}
