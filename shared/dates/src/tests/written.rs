//! As people write and as telephones write down what they hear: words for figures, spaces for marks, slips. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn heard() {
    check(
        En,
        &[
            ("at three thirty pm", "15:30"),
            ("at nine oh five", "9:05?"),
            ("3 30 pm tomorrow", "11-26 15:30"),
            ("tomorrow 3 30", "11-26 3:30?"),
            ("the twenty third", "12-23"),
            ("december twenty three", "12-23"),
            ("the twenty seven of december", "12-27"),
            ("the first of december twenty twenty six", "12-01"),
            ("monday the thirtieth six pm", "11-30 18:00"),
            ("between 3 and half past four", "3:00?-4:30?"),
            ("around 1030", "10:30? about"),
        ],
    );
    check(
        Es,
        &[
            ("a las seis cero cinco", "6:05?"),
            ("uno de diciembre", "12-01"),
            ("el lunes el treinta a las seis de la tarde", "11-30 18:00"),
            ("entre cinco y siete", "5:00?-7:00?"),
            ("desde las cinco y veinte", "from 5:20?"),
            ("entre las cinco y veinte y las seis", "5:20?-6:00?"),
        ],
    );
    check(
        Fr,
        &[("sept heures dix", "7:10?"), ("le trente et un décembre", "12-31"), ("entre cinq et sept", "5:00?-7:00?")],
    );
    check(
        De,
        &[
            ("am siebten zwölften", "12-07"),
            ("am einunddreißigsten zwölften", "12-31"),
            ("zwischen fünf und sieben", "5:00?-7:00?"),
        ],
    );
    check(
        Pt,
        &[
            ("um de dezembro", "12-01"),
            ("dia vinte e três de dezembro", "12-23"),
            ("entre cinco e sete", "5:00?-7:00?"),
        ],
    );
}

#[test]
fn dates_in_figures() {
    check(En, &[("12 3 2026", "12-03"), ("12.3.2026", "12-03"), ("friday 1430", "11-27 14:30")]);
    check(
        Es,
        &[
            ("el 5 12", "12-05"),
            ("el 3-12", "12-03"),
            ("el 3.12. a las 10", "12-03 10:00?"),
            ("el 3 por la tarde", "12-03 afternoon"),
            ("el lunes 30 11", "11-30"),
        ],
    );
    check(
        Fr,
        &[
            ("le 17 12", "12-17"),
            ("5 7", "2027-07-05"),
            ("le 20 02 27", "2027-02-20"),
            ("le 5 12 à 10h", "12-05 10:00?"),
            ("le 31.12", "12-31"),
            ("le 3 au soir", "12-03 evening"),
            ("17 30", "nothing"),
        ],
    );
    check(
        De,
        &[
            ("am 5. 12. um 10", "12-05 10:00?"),
            ("am 5 12", "12-05"),
            ("vom 3. bis 5.12.", "12-03..12-05"),
            ("am 14. oder 15.", "12-14..12-15"),
        ],
    );
    check(
        Pt,
        &[
            ("no dia 17 12", "12-17"),
            ("dia 5-12", "12-05"),
            ("dia 14 ou 15", "12-14..12-15"),
            ("2ª feira às 10", "11-30 10:00?"),
            ("5a-feira", "11-26"),
        ],
    );
}

#[test]
fn slips() {
    check(
        En,
        &[
            ("tommorow at 3", "11-26 3:00?"),
            ("tomoro", "11-26"),
            ("2morrow", "11-26"),
            ("2nite", "11-25 night"),
            ("wendsday", "12-02"),
            ("wensday", "12-02"),
            ("thurs", "11-26"),
            ("tuseday", "12-01"),
            ("febuary 3", "2027-02-03"),
            ("tomorrow mornin", "11-26 morning"),
            ("this wknd", "11-28..11-29"),
            ("in the afternon", "afternoon"),
        ],
    );
    check(
        Es,
        &[
            ("miercoles", "12-02"),
            ("savado", "11-28"),
            ("juebes", "11-26"),
            ("lunez", "11-30"),
            ("maniana por la tarde", "11-26 afternoon"),
            ("proximo lunes", "11-30"),
            ("el viernes q viene x la tarde", "11-27 afternoon"),
            ("la prox sem", "11-30..12-06"),
            ("mñn apartir de las 4", "11-26 from 4:00?"),
            ("el viernes dps de las 5", "11-27 from 5:00?"),
        ],
    );
    check(
        Fr,
        &[
            ("mecredi", "12-02"),
            ("samdi", "11-28"),
            ("apres demain", "11-27"),
            ("lundi prochain a 9h", "11-30 9:00?"),
            ("aujourdui", "11-25"),
            ("3 decmbre", "12-03"),
            ("dans 2 sem", "12-09"),
            ("la sem pro", "11-30..12-06"),
        ],
    );
    check(
        De,
        &[
            ("dinstag", "12-01"),
            ("donerstag", "11-26"),
            ("heute nachmitag", "11-25 afternoon"),
            ("nächse Woche", "11-30..12-06"),
            ("übermorgn", "11-27"),
            ("am wochende", "11-28..11-29"),
            ("um fuenfzehn Uhr", "15:00"),
            ("mittw kl 3", "12-02 3:00?"),
            ("am we", "11-28..11-29"),
        ],
    );
    check(
        Pt,
        &[
            ("terca", "12-01"),
            ("amanhan", "11-26"),
            ("hj a tarde", "11-25 afternoon"),
            ("sexta q vem", "12-04"),
            ("segunda que vem as 9", "11-30 9:00?"),
            ("sabdo", "11-28"),
            ("prox quinta apartir das 17", "12-03 from 17:00"),
            ("hj dps das 17h", "11-25 from 17:00"),
            ("amanha cedinho", "11-26 morning"),
        ],
    );
}
