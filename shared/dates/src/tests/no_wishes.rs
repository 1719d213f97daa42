//! What is no wish: a wrong day is worse than none.

use super::check;
use crate::Language::{De, En, Es, Fr, Pt};

fn nothing(texts: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    texts.iter().map(|text| (*text, "nothing")).collect()
}

#[test]
fn what_has_been() {
    check(
        En,
        &nothing(&[
            "it leaks since Monday",
            "last week it broke",
            "it started on Tuesday",
            "I was there yesterday morning",
            "2 weeks ago",
            "it happened last Friday at 3pm",
            "the storm hit us on Saturday",
        ]),
    );
    check(De, &nothing(&["seit Montag", "letzte Woche", "gestern Abend um 8"]));
    check(Es, &nothing(&["desde ayer", "hace dos semanas", "la semana pasada", "el lunes pasado"]));
    check(Fr, &nothing(&["depuis lundi", "la semaine dernière", "hier soir", "il y a deux semaines"]));
    check(Pt, &nothing(&["ontem à noite", "semana passada", "há duas semanas"]));
}

#[test]
fn how_old_how_long_how_many() {
    check(
        En,
        &nothing(&[
            "my son is 3 years old",
            "my roof is 20 years old",
            "it takes 2 hours",
            "I have 3 windows",
            "we are 5 people",
            "for 2",
            "a party of 12",
            "it has 30,000 miles",
            "2 weeks",
            "about 3 rooms",
            "at 12 houses",
        ]),
    );
    check(De, &nothing(&["mein Dach ist 20 Jahre alt", "es dauert 2 Stunden", "ich habe 3 Fenster", "für 2 Personen"]));
    check(Es, &nothing(&["tengo 3 ventanas", "mi techo tiene 20 años", "dura 2 horas", "para 2 personas"]));
    check(Fr, &nothing(&["ça prend 2 heures", "mon toit a 20 ans", "j'ai 3 fenêtres", "pour 2 personnes"]));
    check(Pt, &nothing(&["leva 2 horas", "tenho 3 janelas", "meu telhado tem 20 anos", "para 2 pessoas"]));
}

#[test]
fn greetings_and_farewells() {
    check(
        En,
        &nothing(&[
            "Good morning!",
            "good evening, I need a quote",
            "have a great weekend",
            "one moment please",
            "see you later",
            "Morning, I need a quote",
            "Evening!",
        ]),
    );
    check(
        De,
        &nothing(&[
            "Guten Morgen",
            "Guten Abend zusammen",
            "Schönes Wochenende",
            "einen Moment bitte",
            "bis bald",
            "Morgen!",
            "Morgen, ich habe eine Frage",
        ]),
    );
    check(Es, &nothing(&["Buenos días", "buenas tardes", "un momento", "hasta luego"]));
    check(Fr, &nothing(&["bonne journée", "bonne soirée", "un moment", "à bientôt"]));
    check(Pt, &nothing(&["Bom dia", "boa tarde", "um momento", "até logo"]));
}

#[test]
fn hours_of_business_and_years_that_are_asked_about() {
    check(En, &nothing(&["what are your business hours?", "are these your working hours"]));
    check(Es, &nothing(&["¿cuál es su horario laboral?", "trabajamos 3 noches por semana"]));
    check(Fr, &nothing(&["quelles sont vos heures de bureau ?"]));
    check(De, &nothing(&["Wie sind Ihre Geschäftszeiten?", "Was kostet die Jahresendabrechnung?"]));
    check(Pt, &nothing(&["qual é o horário comercial de vocês?"]));
}

#[test]
fn a_meal_that_is_asked_about() {
    check(
        En,
        &nothing(&[
            "is breakfast included?",
            "do you have breakfast",
            "a room with breakfast please",
            "is lunch included",
            "breakfast included?",
        ]),
    );
    check(De, &nothing(&["Frühstück inklusive?", "ist das Frühstück dabei"]));
    check(Es, &nothing(&["¿desayuno incluido?", "el almuerzo está incluido?"]));
    check(
        Fr,
        &nothing(&[
            "petit-déjeuner inclus ?",
            "le petit déjeuner est compris ?",
            "avec petit dej",
            "déjeuner compris ?",
        ]),
    );
    check(Pt, &nothing(&["pequeno almoço incluído?", "o pequeno-almoço está incluído", "café da manhã incluso?"]));
}

#[test]
fn a_meal_that_tells_the_hour_is_a_wish() {
    check(En, &[("tomorrow at breakfast", "11-26 morning"), ("tomorrow at lunch", "11-26 noon")]);
    check(Fr, &[("demain après le petit déjeuner", "11-26 morning"), ("demain à l'heure du déjeuner", "11-26 noon")]);
    check(Pt, &[("amanhã depois do café da manhã", "11-26 morning"), ("amanhã na hora do almoço", "11-26 noon")]);
    check(Fr, &[("une chambre vendredi avec petit déjeuner", "11-27")]);
    check(En, &[("a room for Friday, is breakfast included?", "11-27")]);
}

#[test]
fn sums_numbers_and_addresses() {
    check(
        En,
        &nothing(&[
            "it costs $50",
            "my budget is 300 dollars",
            "call me at 720-555-0142",
            "my number is (720) 555 0142",
            "+1 720 555 0142",
            "1420 Larimer Street",
            "I live at 25 May Street",
            "4012 March Ave",
            "at 12 Main Street",
            "my zip is 80202",
            "write to march.smith@example.com",
            "apt 3",
            "about 50% of it",
            "version 2.15",
        ]),
    );
    check(De, &nothing(&["das kostet 50 €", "Hauptstraße 12", "meine Nummer ist 0151 23456789", "37,1 Grad"]));
    check(Fr, &nothing(&["mon numéro est le 06 12 34 56 78", "12 rue de la Paix", "ça coûte 50 €"]));
}

#[test]
fn words_that_look_like_days() {
    check(
        En,
        &nothing(&[
            "may I ask something",
            "it may need a new roof",
            "we march every time",
            "second hand parts",
            "the first time I called",
            "sun damage on the deck",
            "the sun is bright",
            "we sat down",
            "I sat there",
            "a second opinion",
            "I want to wed",
            "the second floor",
            "first of all, thanks",
            "the other day",
            "day care",
            "mon ami",
            "two to four people",
            "five to seven people",
            "a BUN of 30/4.85",
            "I asked for 100",
            "built in December 2001",
            "on September 27, 1988",
            "a 19th century house",
            "at two elementary schools",
            "I tried it this morning",
            "I went there and used the card today",
            "every night the roof leaks",
            "Augusta is nice",
            "ages from 10 to 81",
            "a 16th annual meeting",
            "we are at La Quinta",
            "we are in mourning",
            "there is a late fee",
            "an early quote would help",
            "half of the roof is new",
            "room 12 3 is empty",
            "it took us an hour and a half",
            "about 1500",
            "the last one was better",
            "it looks like 3 shingles came off",
            "i got my car back today",
        ]),
    );
    check(
        De,
        &nothing(&[
            "die Tür ist so kaputt",
            "mit dem Auto",
            "so ist das",
            "wo sind Sie",
            "die Montage der Fenster",
            "vom 1. FC",
            "das dauert anderthalb Stunden",
            "das ist zu spät",
        ]),
    );
    check(
        Es,
        &nothing(&[
            "de segunda mano",
            "quiero ver el mar",
            "mi casa",
            "una manzana",
            "a todos los dos",
            "una segunda ronda",
            "la quinta vez",
            "dura hora y media",
        ]),
    );
    check(
        Pt,
        &nothing(&[
            "segunda mão",
            "vai ter de ser visto",
            "é tarde demais",
            "preciso de uma segunda opinião",
            "o mar está perto",
            "demora uma hora e meia",
        ]),
    );
    check(
        Fr,
        &nothing(&[
            "une seconde",
            "Demian a appelé",
            "ça dure une heure et demie",
            "la première fois",
            "à une autre adresse",
            "c'est un jeu",
            "la mer",
            "du 15e siècle",
        ]),
    );
}
