//! Longer ways to say it: a month with its year, spans around a day, counted days behind their noun, the rest of a day. Today is Wednesday, 25 November 2026.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

#[test]
fn a_month_with_its_year_is_that_month_and_an_expiry_that_is_over_is_none() {
    check(
        En,
        &[
            ("we move in 02/2027", "2027-02-01..2027-02-28"),
            ("sometime 2027 - 02", "2027-02-01..2027-02-28"),
            ("2027, february would suit", "2027-02-01..2027-02-28"),
            ("we would come june next year", "2027-06-01..2027-06-30"),
            ("the policy ran out 03/2024", "nothing"),
            ("2027-feb-9 at noon", "2027-02-09 12:00"),
            ("at the end of the month of february", "2027-02-21..2027-02-28"),
            ("by eom if you can", "11-25..11-30"),
        ],
    );
    check(
        Es,
        &[
            ("nos mudamos 02/2027", "2027-02-01..2027-02-28"),
            ("a finales del mes de febrero", "2027-02-21..2027-02-28"),
        ],
    );
    check(
        Fr,
        &[("on emménage 02/2027", "2027-02-01..2027-02-28"), ("fin du mois de février", "2027-02-21..2027-02-28")],
    );
    check(
        De,
        &[("wir ziehen 02/2027 um", "2027-02-01..2027-02-28"), ("Ende des Monats Februar", "2027-02-21..2027-02-28")],
    );
    check(
        Pt,
        &[("mudamos 02/2027", "2027-02-01..2027-02-28"), ("no final do mês de fevereiro", "2027-02-21..2027-02-28")],
    );
}

#[test]
fn hours_stand_around_a_day_and_behind_a_part_of_it() {
    check(
        En,
        &[
            ("between 2 tomorrow and 4", "11-26 2:00?-4:00?"),
            ("from 9am on friday to 11am", "11-27 9:00-11:00"),
            ("monday morning 8-10", "11-30 8:00-10:00"),
            ("tomorrow 15 to 17", "11-26 15:00-17:00"),
            ("the first monday 1pm to 3pm of next month", "12-07 13:00-15:00"),
            ("i can come 10, tonight", "11-25 22:00"),
        ],
    );
    check(
        Es,
        &[
            ("entre las 2 de mañana y las 4", "11-26 2:00?-4:00?"),
            ("el primer lunes de 13:00 a 15:00 del próximo mes", "12-07 13:00-15:00"),
        ],
    );
    check(Fr, &[("entre 14h demain et 16h", "11-26 14:00-16:00"), ("demain 15 à 17", "11-26 15:00-17:00")]);
    check(
        De,
        &[("zwischen 14 Uhr morgen und 16 Uhr", "11-26 14:00-16:00"), ("Montag Vormittag 8-10", "11-30 8:00-10:00")],
    );
    check(
        Pt,
        &[
            ("entre as 14h de amanhã e as 16h", "11-26 14:00-16:00"),
            ("das 14h de hoje até as 10h de amanhã", "11-25 from 14:00"),
        ],
    );
}

#[test]
fn what_is_counted_may_have_its_word_behind() {
    check(
        En,
        &[
            ("in less than 3 days", "11-26..11-28"),
            ("in 3 days on friday", "11-27"),
            ("3 weeks after christmas on friday", "2027-01-15"),
            ("tomorrow friday", "11-26 conflict"),
            ("15 minutes after 1pm tomorrow", "11-26 13:15"),
            ("15 minutes from 1pm", "13:15"),
            ("we are 15 minutes from 5th avenue", "nothing"),
        ],
    );
    check(Es, &[("en los 3 días siguientes", "11-26..11-28"), ("en menos de 3 días", "11-26..11-28")]);
    check(Fr, &[("les 3 jours suivants", "11-26..11-28"), ("dans moins de 3 jours", "11-26..11-28")]);
    check(De, &[("in weniger als 3 Tagen", "11-26..11-28")]);
    check(Pt, &[("nos 3 dias seguintes", "11-26..11-28"), ("em menos de 3 dias", "11-26..11-28")]);
}

#[test]
fn the_rest_of_the_day_begins_now() {
    check(En, &[("any time the rest of the day", "11-25 from 9:00 any time"), ("next morning", "11-26 morning")]);
    check(Es, &[("el resto del día", "11-25 from 9:00")]);
    check(Fr, &[("le reste de la journée", "11-25 from 9:00")]);
    check(De, &[("der Rest des Tages", "11-25 from 9:00"), ("nächsten Morgen", "11-26 morning")]);
    check(Pt, &[("o resto do dia", "11-25 from 9:00")]);
}

#[test]
fn the_coming_feast_and_its_other_names() {
    check(
        En,
        &[
            ("the week of next easter", "2027-03-22..2027-03-28"),
            ("new year eve", "12-31"),
            ("happy new year!", "nothing"),
        ],
    );
    check(Es, &[("en noche vieja", "12-31")]);
    check(Fr, &[("le réveillon du nouvel an", "12-31")]);
    check(De, &[("am Ewigkeitssonntag", "2027-11-21"), ("am siebten 4.", "2027-04-07"), ("um 12 Uhr abends", "0:00")]);
    check(
        Pt,
        &[
            ("no próximo natal", "12-25"),
            ("vou estar fora este fim de semana", "11-28..11-29"),
            ("qualquer dia fora terça", "11-26..12-09 (12) not [Tuesday]"),
        ],
    );
}

#[test]
fn figures_that_can_only_be_a_date() {
    check(
        En,
        &[
            ("can we do friday 12.4", "12-04"),
            ("it must be done on 5.12", "2027-05-12"),
            ("2 - 15", "2027-02-15"),
            ("4 - 6", "4:00?-6:00?"),
            ("friday at 12.40", "11-27 12:40"),
            ("from 1st dec until wed, 9 of dec", "12-01..12-09"),
        ],
    );
    check(Es, &[("el 4-22", "2027-04-22"), ("a las 6 0 5 pm", "18:05")]);
}

#[test]
fn no_and_what_is_better_corrects() {
    check(
        En,
        &[
            ("no better at 11", "11:00?"),
            ("no, make it 11", "11:00?"),
            ("friday at 9? no make it 10", "11-27 10:00?"),
            ("not at 11", "nothing"),
        ],
    );
    check(Es, &[("no mejor a las 11", "11:00?"), ("el viernes a las 9, no, mejor a las 10", "11-27 10:00?")]);
    check(Fr, &[("non plutôt à 11h", "11:00?")]);
    check(
        De,
        &[
            ("nein lieber um 11", "11:00?"),
            ("Freitag um 9, nein, lieber um 10", "11-27 10:00?"),
            ("nicht um 11", "nothing"),
        ],
    );
    check(Pt, &[("não melhor às 11", "11:00?")]);
}

#[test]
fn what_keeps_them_from_coming_is_no_wish_beside_one() {
    check(
        En,
        &[("i have a hot date monday night! can we do it tuesday?", "12-01"), ("i have a leak, monday works", "11-30")],
    );
    check(Es, &[("tengo una boda el sábado. ¿puede ser el jueves?", "11-26")]);
    check(Fr, &[("j'ai un mariage samedi. jeudi serait possible ?", "11-26")]);
    check(De, &[("ich habe einen Termin am Montag. Geht Dienstag?", "12-01")]);
    check(Pt, &[("tenho um casamento no sábado. pode ser quinta?", "11-26")]);
}

#[test]
fn an_hour_said_later_in_the_sentence_is_of_the_part_that_was_named() {
    check(
        En,
        &[
            ("next tues morning drop off around 9", "12-01 9:00 about"),
            ("tuesday morning works and i get off at 3", "12-01 morning"),
        ],
    );
    check(De, &[("Dienstag Nachmittag, Abgabe wäre um 3", "12-01 15:00")]);
}

#[test]
fn nights_are_no_day_and_no_hour() {
    check(En, &[("friday, 4 nights", "11-27"), ("friday 1 night", "11-27")]);
    check(Es, &[("para el viernes, dos noches", "11-27")]);
    check(Fr, &[("vendredi, 2 nuits", "11-27")]);
    check(De, &[("Freitag, 2 Nächte", "11-27")]);
    check(Pt, &[("para sexta, 1 noite", "11-27"), ("sexta 2 noites", "11-27")]);
}

#[test]
fn a_short_name_of_a_weekday_behind_any_noun_goes_with_an_hour() {
    check(
        En,
        &[
            ("tacoma sat at 10", "11-28 10:00?"),
            ("2019 tacoma tint sat 10", "11-28 10:00?"),
            ("we sat at 10", "10:00?"),
            ("sat then", "11-28"),
            ("sat works best", "11-28"),
            ("sun is shining", "nothing"),
            ("my dog sat 3 days", "nothing"),
        ],
    );
}
