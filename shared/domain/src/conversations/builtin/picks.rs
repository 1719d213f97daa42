//! What a message says to free times that were offered, and of a visit at all.

use dates::{Clock, Named, Time, Wish};
use jiff::civil::DateTime;

use super::changes::Change;
use crate::tenancy::Language;
use ::language::Words;

/// What a message says of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SaidOfVisit {
    /// The services that are wanted, with this message, by their names.
    pub(crate) services: Vec<String>,
    /// Of these, the ones that this message names.
    pub(crate) named: Vec<String>,
    /// What is to become of an appointment.
    pub(crate) change: Option<Change>,
    /// It calls an appointment off, whatever else it says of a time: "actually cancel it, it was Friday at 10".
    pub(crate) cancels: bool,
    /// It asks for another time than the one that there is.
    pub(crate) moves: bool,
    /// It speaks of an appointment that they have already: no new one is meant.
    pub(crate) has_one: bool,
    /// It says when they would like to come.
    pub(crate) names_time: bool,
    /// It asks when there is a free time.
    pub(crate) asks_free: bool,
    /// It is a question.
    pub(crate) is_question: bool,
    /// It agrees.
    pub(crate) yes: bool,
    /// It declines.
    pub(crate) no: bool,
    /// It says no or not now, if only to take leave: "no, thank you".
    pub(crate) refuses: bool,
    /// It says who they are or how they are reached, or answers a question of the business's.
    pub(crate) gives: bool,
    /// It tells something that whoever comes or does the work should know: "the gate code is 4411".
    pub(crate) tells: bool,
    /// They take their leave.
    pub(crate) leaves: bool,
    /// They take their leave, or were told that the team arranges it: nothing is begun by itself.
    pub(crate) is_settled: bool,
}

/// Words for the first, second, third and last of what was offered, folded.
const ORDINALS: [(&str, Place); 48] = [
    ("first", Place::At(0)),
    ("primero", Place::At(0)),
    ("primera", Place::At(0)),
    ("premier", Place::At(0)),
    ("premiere", Place::At(0)),
    ("erste", Place::At(0)),
    ("ersten", Place::At(0)),
    ("erster", Place::At(0)),
    ("primeiro", Place::At(0)),
    ("primeira", Place::At(0)),
    ("second", Place::At(1)),
    ("segundo", Place::At(1)),
    ("deuxieme", Place::At(1)),
    ("seconde", Place::At(1)),
    ("zweite", Place::At(1)),
    ("zweiten", Place::At(1)),
    ("zweiter", Place::At(1)),
    ("third", Place::At(2)),
    ("tercero", Place::At(2)),
    ("tercera", Place::At(2)),
    ("troisieme", Place::At(2)),
    ("dritte", Place::At(2)),
    ("dritten", Place::At(2)),
    ("terceiro", Place::At(2)),
    ("last", Place::Last),
    ("ultimo", Place::Last),
    ("ultima", Place::Last),
    ("dernier", Place::Last),
    ("derniere", Place::Last),
    ("letzte", Place::Last),
    ("letzten", Place::Last),
    ("middle one", Place::At(1)),
    ("1st", Place::At(0)),
    ("1er", Place::At(0)),
    ("1ere", Place::At(0)),
    ("number 1", Place::At(0)),
    ("option 1", Place::At(0)),
    ("2nd", Place::At(1)),
    ("2e", Place::At(1)),
    ("2eme", Place::At(1)),
    ("2do", Place::At(1)),
    ("number 2", Place::At(1)),
    ("option 2", Place::At(1)),
    ("3rd", Place::At(2)),
    ("3e", Place::At(2)),
    ("3eme", Place::At(2)),
    ("number 3", Place::At(2)),
    ("option 3", Place::At(2)),
];
/// In Portuguese this is Monday, unless a noun follows.
const SECOND_IN_SPANISH: &str = "segunda";
const OPTIONS: [&str; 4] = ["opcao", "alternativa", "opcion", "vaga"];
/// The one of two that was not spoken of, folded.
const OTHER: [&str; 10] = [
    "the other",
    "la otra",
    "el otro",
    "l autre",
    "die andere",
    "den anderen",
    "der andere",
    "das andere",
    "a outra",
    "o outro",
];
/// What may stand behind it.
const BEHIND_OTHER: [&str; 10] =
    ["one", "please", "works", "then", "por", "funciona", "svp", "bitte", "passt", "serve"];
/// Any of them will do, folded.
const ANY: [&str; 22] = [
    "any of those",
    "any of them",
    "any is fine",
    "any works",
    "either",
    "whichever",
    "earliest",
    "soonest",
    "cualquiera",
    "me da igual",
    "la mas temprana",
    "lo antes posible",
    "n importe",
    "peu importe",
    "le plus tot",
    "egal welche",
    "egal",
    "frueheste",
    "fruheste",
    "qualquer um",
    "tanto faz",
    "o mais cedo",
];
/// None of them will do, folded.
const NONE: [&str; 16] = [
    "neither",
    "none of",
    "none work",
    "nothing else",
    "ninguno",
    "ninguna",
    "ningun",
    "aucun",
    "aucune",
    "keiner",
    "keine",
    "keins",
    "passt nicht",
    "passen nicht",
    "nenhum",
    "nenhuma",
];

/// What stands behind a place in the row where it is an offered time that is meant, folded.
const MEANS_TIME: [&str; 24] = [
    "one", "option", "slot", "works", "work", "is", "would", "sounds", "please", "opcion", "me", "esta", "funciona",
    "por", "creneau", "va", "convient", "passt", "ware", "ginge", "termin", "opcao", "horario", "serve",
];
/// What stands behind one that counts floors, visits, cars, folded.
const COUNTED: [&str; 26] = [
    "floor",
    "story",
    "street",
    "avenue",
    "st",
    "ave",
    "door",
    "car",
    "visit",
    "session",
    "thing",
    "unit",
    "etage",
    "porte",
    "seance",
    "visite",
    "voiture",
    "stock",
    "stockwerk",
    "etagenwohnung",
    "og",
    "piso",
    "andar",
    "planta",
    "sesion",
    "coche",
];
/// What stands before one that counts something of theirs or is part of an address, folded.
const OF_THEIRS: [&str; 20] = [
    "my",
    "our",
    "her",
    "his",
    "at",
    "apartment",
    "apt",
    "unit",
    "suite",
    "house",
    "room",
    "ma",
    "mon",
    "notre",
    "appartement",
    "mi",
    "meine",
    "mein",
    "minha",
    "meu",
];
/// A message of so many words is nothing but the answer.
const MAX_WORDS_OF_CHOICE: usize = 4;

#[derive(Debug, Clone, Copy)]
enum Place {
    At(usize),
    Last,
}

impl Place {
    /// Its index among so many.
    fn of(self, count: usize) -> Option<usize> {
        match self {
            Self::At(index) => (index < count).then_some(index),
            Self::Last => count.checked_sub(1),
        }
    }
}

/// Which of the times `offered`, in the place's own zone, a message takes that says `said` of when.
pub(crate) fn pick(text: &str, spoken: &Language, said: Option<&Wish>, offered: &[DateTime]) -> Option<usize> {
    let words = Words::new(text);
    if words.contains_any(&NONE) {
        return None;
    }
    let named = said.filter(|wish| wish.day.is_some() || wish.time.is_some());
    if let Some(wish) = named {
        let mut fits = (0..offered.len()).filter(|index| offered.get(*index).is_some_and(|at| is_meant(wish, *at)));
        match (fits.next(), fits.next()) {
            (Some(only), None) => return Some(only),
            // "The 3rd works" of three times on the third of the month.
            (Some(_), Some(_)) if wish.time.is_none() && !words.contains_any(&["one", "option"]) => return None,
            _ => {}
        }
    }
    // "The 5 one" is the one at five, and no fifth of the month, where one was offered then.
    if let Some(hour) = hour_alone(&words, named) {
        let mut fits = (0..offered.len()).filter(|index| offered.get(*index).is_some_and(|at| is_meant(&hour, *at)));
        if let (Some(only), None) = (fits.next(), fits.next()) {
            return Some(only);
        }
    }
    // "The second" may be read as a day of the month; "on Friday" is none of these.
    let is_other = named
        .is_some_and(|wish| wish.time.is_some() || wish.day.as_ref().is_some_and(|day| day.named != Named::DayOfMonth));
    if is_other {
        return None;
    }
    match place(&words, spoken) {
        Some(place) => place.of(offered.len()),
        None if offered.len() == 2 && is_the_other(&words) => Some(1),
        None => (!offered.is_empty() && is_any(&words, said)).then_some(0),
    }
}

/// The one figure of a short message, as an hour, where `named` says of when no more than a day of the month.
fn hour_alone(words: &Words, named: Option<&Wish>) -> Option<Wish> {
    const LAST: u16 = 12;
    let is_number =
        |wish: &Wish| wish.time.is_none() && wish.day.as_ref().is_none_or(|day| day.named == Named::DayOfMonth);
    let mut figures = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let only = figures.next().filter(|_| figures.next().is_none() && words.len() <= MAX_WORDS_OF_CHOICE)?;
    let hour = only.parse::<u16>().ok().filter(|hour| (1..=LAST).contains(hour) && named.is_none_or(is_number))?;
    let clock = Clock { minute: hour % LAST * 60, either: true };
    Some(Wish { time: Some(Time::At(clock)), ..Wish::default() })
}

/// Which of so many offered times `words` name by its place in the row.
pub(super) fn ordinal(words: &Words, spoken: &Language, offered: usize) -> Option<usize> {
    place(words, spoken)?.of(offered)
}

/// Whether `words` are "the other one", and no "other day".
pub(crate) fn is_the_other(words: &Words) -> bool {
    let ends = |after: &str| after.split_whitespace().next().is_none_or(|word| BEHIND_OTHER.contains(&word));
    words.len() <= MAX_WORDS_OF_CHOICE && OTHER.iter().any(|other| words.contains_where(other, |_, after| ends(after)))
}

fn place(words: &Words, spoken: &Language) -> Option<Place> {
    let place = ORDINALS.iter().find(|(word, _)| names_place(words, word)).map(|(_, place)| *place);
    // "A segunda opção" is no Monday.
    let is_option = || OPTIONS.iter().any(|noun| words.contains_phrase(&format!("{SECOND_IN_SPANISH} {noun}")));
    let second = || {
        let is_second = match spoken.as_str() {
            "es" => names_place(words, SECOND_IN_SPANISH),
            _ => is_option(),
        };
        is_second.then_some(Place::At(1))
    };
    place.or_else(second)
}

/// Whether `ordinal` stands in `words` as the place of an offered time: as nearly the whole message, or beside what a time is
/// called; and never as a floor, a flat or what else is counted.
fn names_place(words: &Words, ordinal: &str) -> bool {
    let all: Vec<&str> = words.iter().collect();
    let wanted: Vec<&str> = ordinal.split(' ').collect();
    let is_whole = all.len() <= MAX_WORDS_OF_CHOICE;
    all.windows(wanted.len()).enumerate().any(|(start, window)| {
        let before = start.checked_sub(1).and_then(|at| all.get(at));
        let behind = all.get(start + wanted.len());
        window == wanted
            && !before.is_some_and(|word| OF_THEIRS.contains(word))
            && !behind.is_some_and(|word| COUNTED.contains(word))
            && (is_whole || behind.is_some_and(|word| MEANS_TIME.contains(word)))
    })
}

/// Whether any of what was offered will do.
fn is_any(words: &Words, said: Option<&Wish>) -> bool {
    words.contains_any(&ANY) || said.is_some_and(|wish| wish.soon || wish.any_time)
}

/// Whether none of what was offered will do.
pub(super) fn is_none(words: &Words) -> bool {
    words.contains_any(&NONE)
}

/// Whether a wish names this time among others that were offered.
pub(super) fn is_meant(wish: &Wish, at: DateTime) -> bool {
    let minute = u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).unwrap_or_default();
    let on_the_day = wish.day.as_ref().is_none_or(|day| day.dates.contains(&at.date()));
    let at_the_hour = match wish.time {
        None => true,
        Some(Time::At(clock)) => is_at(clock, minute),
        Some(Time::Part(part)) => (part.window().0..part.window().1).contains(&minute),
        Some(Time::Between(..) | Time::From(_) | Time::Until(_)) => false,
    };
    on_the_day && at_the_hour
}

fn is_at(clock: Clock, minute: u16) -> bool {
    const HALF_A_DAY: u16 = 12 * 60;
    clock.minute == minute || (clock.either && clock.minute + HALF_A_DAY == minute)
}

#[cfg(test)]
mod tests;
