//! What sort of thing a text speaks of, as far as it can be told: so that a vehicle is not taken for a stylist.

use super::tokens::Tokens;
use crate::conversations::language;
use ::language::Words;

/// The most words of a model with its year.
const MAX_MODEL_WORDS: usize = 3;

/// A sort of thing that a question in words can ask for, and an answer can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Vehicle,
    Time,
    Person,
}

/// Words by which a question asks for each, folded, in five languages.
const ASKS_VEHICLE: [&str; 19] = [
    "vehicle", "vehicles", "car", "truck", "make", "model", "coche", "carro", "vehiculo", "auto", "marca", "modelo",
    "voiture", "vehicule", "modele", "fahrzeug", "wagen", "modell", "veiculo",
];
const ASKS_TIME: [&str; 13] =
    ["when", "date", "day", "time", "last", "since", "cuando", "fecha", "quand", "wann", "datum", "quando", "data"];
const ASKS_PERSON: [&str; 24] = [
    "who",
    "whom",
    "stylist",
    "barber",
    "doctor",
    "dentist",
    "therapist",
    "provider",
    "technician",
    "hygienist",
    "quien",
    "estilista",
    "peluquero",
    "medico",
    "dentista",
    "qui",
    "coiffeur",
    "coiffeuse",
    "medecin",
    "wer",
    "wen",
    "friseur",
    "arzt",
    "quem",
];
/// Makes of vehicles, folded.
const MAKES: [&str; 46] = [
    "acura",
    "audi",
    "bmw",
    "buick",
    "cadillac",
    "chevrolet",
    "chevy",
    "chrysler",
    "citroen",
    "cupra",
    "dacia",
    "dodge",
    "ferrari",
    "fiat",
    "ford",
    "gmc",
    "honda",
    "hyundai",
    "infiniti",
    "isuzu",
    "jaguar",
    "jeep",
    "kia",
    "lamborghini",
    "lexus",
    "mazda",
    "mercedes",
    "mini cooper",
    "mitsubishi",
    "nissan",
    "opel",
    "peugeot",
    "porsche",
    "range rover",
    "land rover",
    "renault",
    "saab",
    "seat ibiza",
    "seat leon",
    "skoda",
    "subaru",
    "suzuki",
    "tesla",
    "toyota",
    "volkswagen",
    "volvo",
];

/// Words about somebody who is not named, folded, in five languages.
const ABOUT_PERSON: [&str; 62] = [
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "whoever",
    "whomever",
    "nobody",
    "she",
    "he",
    "her",
    "him",
    "lady",
    "woman",
    "man",
    "guy",
    "girl",
    "male",
    "female",
    "preference",
    "prefer",
    "matter",
    "matters",
    "available",
    "free",
    "same",
    "cualquiera",
    "alguien",
    "ella",
    "senora",
    "chica",
    "chico",
    "mujer",
    "hombre",
    "misma",
    "mismo",
    "preferencia",
    "prefiero",
    "importa",
    "importe",
    "quelqu un",
    "elle",
    "lui",
    "dame",
    "femme",
    "homme",
    "meme",
    "preference",
    "prefere",
    "jemand",
    "egal",
    "frau",
    "mann",
    "herr",
    "selbe",
    "gleiche",
    "beliebig",
    "qualquer",
    "alguem",
    "ela",
    "ele",
    "prefiro",
    "tanto faz",
];
/// The most words of a name with what goes around it: "with Maria please".
const MAX_WORDS_OF_NAME: usize = 4;

/// Whether `text` can answer who: it is short, names somebody, or speaks of a person.
pub(crate) fn can_be_person(text: &str) -> bool {
    let words = Words::new(text);
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let words_before = [""].into_iter().chain(text.split_whitespace());
    let begins = |before: &str| before.is_empty() || before.ends_with(['.', '!', '?']);
    let names = words_before.zip(text.split_whitespace()).any(|(before, word)| is_name(word) && !begins(before));
    words.len() <= MAX_WORDS_OF_NAME || names || words.contains_any(&ASKS_PERSON) || words.contains_any(&ABOUT_PERSON)
}

/// What a question of the business asks for; `None`: anything.
pub(crate) fn wanted(question: &str) -> Option<Kind> {
    let words = Words::new(question);
    let asked = [(Kind::Vehicle, &ASKS_VEHICLE[..]), (Kind::Person, &ASKS_PERSON), (Kind::Time, &ASKS_TIME)];
    asked.into_iter().find(|(_, list)| words.contains_any(list)).map(|(kind, _)| kind)
}

/// Whether `text` names a vehicle, by its make.
pub(crate) fn is_vehicle(text: &str) -> bool {
    names_vehicle(&Words::new(text))
}

/// The same of its words.
pub(super) fn names_vehicle(words: &Words) -> bool {
    words.contains_any(&MAKES)
}

/// The vehicle that `text` names, with year and model as far as they stand beside its make: `2019 Honda Civic`. A make alone
/// is not enough.
pub(crate) fn vehicle(text: &str) -> Option<String> {
    let tokens = Tokens::new(text);
    let make = (0..tokens.len()).find(|at| MAKES.contains(&tokens.folded(*at)))?;
    let year = |at: usize| tokens.get(at).is_some_and(|token| is_year(token.text));
    let goes_on = |at: usize| {
        let ended = tokens.get(at - 1).is_none_or(|token| token.ends_clause);
        let word = tokens.folded(at);
        !ended && !word.is_empty() && (year(at) || !language::is_common(word))
    };
    let start = make.checked_sub(1).filter(|before| year(*before)).unwrap_or(make);
    let end = (make + 1..=make + MAX_MODEL_WORDS).take_while(|at| goes_on(*at)).last().map_or(make + 1, |at| at + 1);
    (end - start > 1).then(|| tokens.slice(&(start..end)).to_owned())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_what_it_asks_for() {
        for (question, kind) in [
            ("What year, make and model is your vehicle?", Some(Kind::Vehicle)),
            ("Do you have a stylist whom you prefer?", Some(Kind::Person)),
            ("When did you last have your hair colored?", Some(Kind::Time)),
            ("How do we get onto the property?", None),
            ("\u{bf}Qu\u{e9} marca y modelo es?", Some(Kind::Vehicle)),
        ] {
            assert_eq!(wanted(question), kind, "{question}");
        }
    }

    #[test]
    fn who_is_asked_for_is_named_or_spoken_of() {
        for (text, can) in [
            ("with maria please", true),
            ("I would love to have Gina again", true),
            ("whoever is free first is fine with me", true),
            ("cualquiera que esté libre esa tarde", true),
            ("my card was declined when I paid last week", false),
            ("It rained all day and the roof leaks.", false),
        ] {
            assert_eq!(can_be_person(text), can, "{text}");
        }
    }

    #[test]
    fn a_make_names_a_vehicle() {
        assert!(is_vehicle("It's a 2019 Honda Civic.") && !is_vehicle("Anna, if she is in"));
        for (text, named) in [
            ("I need an oil change for my 2019 Honda Civic, please", Some("2019 Honda Civic")),
            ("toyota corolla 2012", Some("toyota corolla 2012")),
            ("a Ford is what I have", None),
        ] {
            assert_eq!(vehicle(text).as_deref(), named, "{text}");
        }
    }
}
