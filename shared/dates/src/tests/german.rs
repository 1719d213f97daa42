//! German. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::De;

#[test]
fn days() {
    check(
        De,
        &[
            ("am Donnerstag", "11-26"),
            ("nächsten Montag", "11-30"),
            ("diesen Freitag bitte", "11-27"),
            ("Freitag in einer Woche", "12-04"),
            ("Donnerstag nächster Woche", "12-03"),
            ("morgen", "11-26"),
            ("übermorgen", "11-27"),
            ("heute Abend", "11-25 evening"),
            ("am 15.3.", "2027-03-15"),
            ("am 3. Dezember", "12-03"),
            ("am 15.", "12-15"),
            ("Montag, den 30.", "11-30"),
            ("am ersten Dezember", "12-01"),
            ("in zwei Wochen", "12-09"),
            ("in 3 Tagen", "11-28"),
            ("nächste Woche", "11-30..12-06"),
            ("am Wochenende", "11-28..11-29"),
            ("Ende nächster Woche", "12-03..12-06"),
            ("Montag oder Dienstag", "11-30..12-01"),
            ("Montag bis Donnerstag", "11-30..12-03"),
            ("jeden Tag außer Dienstag", "11-26..12-09 (12) not [Tuesday]"),
            ("vom 3. bis 5. Dezember", "12-03..12-05"),
            ("ab Montag", "11-30..12-13"),
            ("Bitte den Termin von Montag auf Mittwoch verschieben", "12-02"),
        ],
    );
}

#[test]
fn hours() {
    check(
        De,
        &[
            ("um halb vier", "3:30?"),
            ("morgen um 15 Uhr", "11-26 15:00"),
            ("15.3. um 14 Uhr", "2027-03-15 14:00"),
            ("Freitag um viertel nach drei", "11-27 3:15?"),
            ("viertel vor vier", "3:45?"),
            ("dreiviertel vier", "3:45?"),
            ("um 14:30 Uhr", "14:30"),
            ("14 Uhr 30", "14:30"),
            ("fünf vor halb zehn", "9:25?"),
            ("um acht Uhr fünfundvierzig", "8:45?"),
            ("um 3 nachmittags", "15:00"),
            ("gegen 10", "10:00? about"),
            ("zwischen 3 und 5", "3:00?-5:00?"),
            ("von 9 bis 11 Uhr am Montag", "11-30 9:00?-11:00?"),
            ("nicht vor zehn", "from 10:00?"),
            ("ab 16 Uhr", "from 16:00"),
            ("bis 12 Uhr", "until 12:00"),
        ],
    );
}

#[test]
fn parts_of_a_day() {
    check(
        De,
        &[
            ("morgen früh", "11-26 morning"),
            ("Dienstagabend", "12-01 evening"),
            ("Montag Morgen", "11-30 morning"),
            ("Freitagnachmittag um 4", "11-27 16:00"),
            ("nach der Arbeit", "after work"),
            ("am Vormittag", "morning"),
            ("heute nachmittag", "11-25 afternoon"),
            ("so bald wie möglich", "soon"),
            ("egal wann", "any time"),
            ("eine Woche später", "12-02 +7 days"),
        ],
    );
}
