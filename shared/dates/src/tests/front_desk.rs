//! How people write to a front desk: how far they have it, weekdays in a few letters, hours at which they can be called.

use Language::{De, En, Es, Fr, Pt};

use super::*;

#[test]
fn how_far_it_is_is_no_hour() {
    check(
        Fr,
        &[
            ("c'est 2 heures de route pour moi donc plutôt en fin de matinée", "morning"),
            ("je suis à 2h de route, jeudi à 10h", "11-26 10:00?"),
            ("il est à 1h30 de train", "nothing"),
            ("il est 2 heures de l'après-midi", "14:00"),
        ],
    );
    check(
        En,
        &[("it's a 2 hours drive for me, so late morning", "morning"), ("I live about 3 hours from here", "nothing")],
    );
    check(Es, &[("vivo a 2 horas de camino, el jueves a las 10", "11-26 10:00?"), ("estoy a 2h de coche", "nothing")]);
    check(De, &[("ich wohne 2 h entfernt, Donnerstag um 10", "11-26 10:00?"), ("es sind 2 Stunden Fahrt", "nothing")]);
    check(Pt, &[("moro a 2 horas daqui, quinta às 10", "11-26 10:00?"), ("fica a 1h30 de viagem", "nothing")]);
    check(Pt, &[("daqui a 2 horas", "11-25 11:00 about")]);
}

#[test]
fn where_the_sun_stands_is_no_wish() {
    let nothing = |text| (text, "nothing");
    check(
        En,
        &["the yard gets full sun afternoon and evening", "full sun afternoon", "it has direct sun in the morning"]
            .map(nothing),
    );
    check(Es, &[nothing("le da el sol por la tarde")]);
    check(Fr, &[nothing("plein soleil l'après-midi")]);
    check(De, &[nothing("da ist nachmittags volle Sonne")]);
    check(Pt, &[nothing("pega sol à tarde")]);
    check(En, &[("sun afternoon works", "11-29 afternoon"), ("sat or sun", "11-28..11-29")]);
}

#[test]
fn weekdays_in_a_few_letters_are_known_among_others_and_before_an_hour() {
    check(
        Es,
        &[
            ("lun, mar o mié por la tarde", "11-30..12-02 afternoon"),
            ("lu, mi y vi", "11-27,11-30,12-02"),
            ("mejor mar, a las 5 y media", "12-01 5:30?"),
            ("de lun a vie", "11-30..12-04"),
            ("de lun a mar", "11-30..12-01"),
            ("vi el lunes a mi hermano", "11-30"),
            ("el sab", "11-28"),
            ("mi marido puede el lunes, mi hijo no", "11-30"),
            ("el 5 mar", "2027-03-05"),
        ],
    );
    check(
        Pt,
        &[
            ("seg, ter e qua", "11-30..12-02"),
            ("ter-feira às 10", "12-01 10:00?"),
            ("na ter às 15h", "12-01 15:00"),
            ("preciso ter 3 quartos prontos", "nothing"),
            ("segunda, ter que esperar não dá", "11-30"),
        ],
    );
    check(Fr, &[("ven meme heure", "11-27"), ("lun, mar ou jeu", "11-26,11-30,12-01")]);
    check(De, &[("Mo, Di oder Do", "11-26,11-30,12-01")]);
}

#[test]
fn an_ordinal_of_what_was_offered_is_no_day() {
    check(
        En,
        &[("the seventh one", "nothing"), ("the sixth works", "nothing"), ("the tenth option please", "nothing")],
    );
    check(Fr, &[("la sixième", "nothing"), ("le septième créneau", "nothing")]);
    check(Es, &[("la sexta", "nothing"), ("la séptima opción", "nothing")]);
    check(De, &[("der achte Termin", "nothing"), ("die sechste", "nothing")]);
    check(Pt, &[("a sexta opção", "nothing"), ("a segunda alternativa", "nothing")]);
}

#[test]
fn when_they_can_be_called_is_no_visit() {
    check(
        En,
        &[
            ("you can call me after 6", "nothing"),
            ("call before noon", "nothing"),
            ("call me Friday after 3", "11-27 from 3:00?"),
        ],
    );
    check(Es, &[("me pueden llamar después de las 6", "nothing")]);
    check(Fr, &[("on peut me joindre après 18h", "nothing")]);
    check(De, &[("ich bin ab 18 Uhr erreichbar", "nothing")]);
    check(Pt, &[("podem me ligar depois das 18h", "nothing")]);
}

#[test]
fn a_day_on_which_they_have_something_else_is_not_the_one_that_they_want() {
    check(
        En,
        &[("friday i have a funeral can we do monday", "11-30"), ("friday i have a meeting at 10", "11-27 10:00?")],
    );
    check(Es, &[("el viernes tengo una reunión podemos el lunes", "11-30")]);
    check(Fr, &[("vendredi j'ai un enterrement on peut faire lundi", "11-30")]);
    check(De, &[("freitag habe ich einen termin geht auch montag", "11-30")]);
    check(Pt, &[("sexta eu tenho uma reunião dá pra passar pra segunda", "11-30")]);
    check(De, &[("am donnerstag kann ich erst ab zwei und freitag gar nicht", "11-26 from 2:00?")]);
    check(En, &[("thursday i can do after 2 and friday not at all", "11-26 from 2:00?")]);
    check(Fr, &[("jeudi après 14h et vendredi pas du tout", "11-26 from 14:00")]);
    check(Es, &[("el jueves después de las 2 y el viernes para nada", "11-26 from 2:00?")]);
    check(Pt, &[("quinta depois das 14h e sexta de jeito nenhum", "11-26 from 14:00")]);
}

#[test]
fn days_over_the_end_of_a_month_are_a_span() {
    check(En, &[("from the 30th to the 2nd", "11-30..12-02")]);
    check(Es, &[("del 30 al 2", "11-30..12-02"), ("de 25 a 30 personas", "nothing")]);
    check(Fr, &[("du 30 au 2", "11-30..12-02")]);
    check(De, &[("vom 30. bis 2.", "11-30..12-02")]);
    check(Pt, &[("de 30 a 2", "11-30..12-02")]);
}

#[test]
fn a_feast_or_a_month_with_a_length_is_the_one_then() {
    check(
        En,
        &[
            ("Easter in 4 months", "2027-03-28"),
            ("Thanksgiving in a year", "2027-11-25"),
            ("the closest Mon to Christmas", "12-28"),
        ],
    );
    check(Es, &[("Navidad en un año", "2027-12-25"), ("noviembre en un año", "2027-11-01..2027-11-30")]);
    check(Fr, &[("Pâques dans 4 mois", "2027-03-28")]);
    check(De, &[("Ostern in 4 Monaten", "2027-03-28")]);
    check(Pt, &[("Natal em um ano", "2027-12-25"), ("ter.", "12-01")]);
}

#[test]
fn a_model_is_no_hour_and_who_comes_by_an_hour_comes_at_it() {
    check(
        En,
        &[("its a ford f one fifty", "nothing"), ("i can be there by 4", "4:00?"), ("the earlier the better", "soon")],
    );
    check(En, &[("can I drop it off the night before", "nothing"), ("wait i said 10 right", "10:00?")]);
}
