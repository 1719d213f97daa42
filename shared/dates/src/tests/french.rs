//! French. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::Fr;

#[test]
fn days() {
    check(
        Fr,
        &[
            ("jeudi", "11-26"),
            ("vendredi prochain", "11-27"),
            ("mardi de la semaine prochaine", "12-01"),
            ("ce vendredi", "11-27"),
            ("lundi en huit", "12-07"),
            ("demain", "11-26"),
            ("après-demain", "11-27"),
            ("le 15 mars", "2027-03-15"),
            ("le 1er décembre", "12-01"),
            ("le premier décembre", "12-01"),
            ("le 3/12", "12-03"),
            ("le 30", "11-30"),
            ("lundi 30 novembre", "11-30"),
            ("dans deux semaines", "12-09"),
            ("dans 3 jours", "11-28"),
            ("la semaine prochaine", "11-30..12-06"),
            ("ce week-end", "11-28..11-29"),
            ("en fin de semaine", "11-28..11-29"),
            ("lundi ou mardi", "11-30..12-01"),
            ("du lundi au jeudi", "11-30..12-03"),
            ("n'importe quel jour sauf mardi", "11-26..12-09 (12) not [Tuesday]"),
            ("du 3 au 5 décembre", "12-03..12-05"),
        ],
    );
}

#[test]
fn hours() {
    check(
        Fr,
        &[
            ("demain à 15h30", "11-26 15:30"),
            ("à 9h", "9:00?"),
            ("jeudi à 14 heures", "11-26 14:00"),
            ("à quatre heures moins le quart", "3:45?"),
            ("à trois heures et demie", "3:30?"),
            ("à dix heures et quart", "10:15?"),
            ("à 3 heures de l'après-midi", "15:00"),
            ("le 30 à 11h", "11-30 11:00?"),
            ("midi et demi", "12:30"),
            ("vers 10h", "10:00? about"),
            ("entre 14h et 16h", "14:00-16:00"),
            ("de 9h à 11h lundi", "11-30 9:00?-11:00?"),
            ("pas avant dix heures", "from 10:00?"),
            ("après 15h", "from 15:00"),
            ("avant midi", "until 12:00"),
            ("demain matin", "11-26 morning"),
            ("ce soir à 8h", "11-25 20:00"),
            ("cet après-midi", "11-25 afternoon"),
            ("après le travail", "after work"),
            ("dès que possible", "soon"),
            ("n'importe quand", "any time"),
        ],
    );
}
