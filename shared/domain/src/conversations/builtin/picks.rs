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
    /// It calls an appointment off, and asks for no other time.
    pub(crate) cancels: bool,
    /// It asks for another time than the one that there is.
    pub(crate) moves: bool,
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
/// In Portuguese this is Monday.
const SECOND_IN_SPANISH: &str = "segunda";
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

#[derive(Debug, Clone, Copy)]
enum Place {
    At(usize),
    Last,
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
    let place = ORDINALS.iter().find(|(word, _)| words.contains_phrase(word)).map(|(_, place)| *place);
    let spanish = || (spoken.as_str() == "es" && words.contains_phrase(SECOND_IN_SPANISH)).then_some(Place::At(1));
    match place.or_else(spanish) {
        Some(Place::At(index)) => (index < offered.len()).then_some(index),
        Some(Place::Last) => offered.len().checked_sub(1),
        None => (!offered.is_empty() && is_any(&words, said)).then_some(0),
    }
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
mod tests {
    use super::*;
    use dates::{LastQuestion, Today};
    use jiff::civil::date;

    /// Thursday at 9, 11:30 and 15:00, offered on the Tuesday before.
    fn picked(text: &str, code: &str) -> Option<usize> {
        let day = date(2026, 12, 3);
        let offered = [day.at(9, 0, 0, 0), day.at(11, 30, 0, 0), day.at(15, 0, 0, 0)];
        let today = Today { now: date(2026, 12, 1).at(10, 0, 0, 0), month_first: true, asked: LastQuestion::When };
        let said = dates::read_best(text, dates::Language::from_code(code).unwrap(), &today);
        pick(text, &Language::new(code).unwrap(), said.as_ref(), &offered)
    }

    #[test]
    fn an_offered_time_is_taken_by_its_hour_its_place_or_any_of_them() {
        for (text, code, index) in [
            ("11:30", "en", Some(1)),
            ("3", "en", Some(2)),
            ("the second", "en", Some(1)),
            ("The last one, please", "en", Some(2)),
            ("the earliest", "en", Some(0)),
            ("either is fine", "en", Some(0)),
            ("in the afternoon", "en", Some(2)),
            ("Thursday at 9 works", "en", Some(0)),
            ("la segunda", "es", Some(1)),
            ("a las tres", "es", Some(2)),
            ("le deuxième", "fr", Some(1)),
            ("11h30 c'est bien", "fr", Some(1)),
            ("der zweite passt", "de", Some(1)),
            ("ok the 2nd one", "en", Some(1)),
            ("le 2eme", "fr", Some(1)),
            ("um 15 Uhr", "de", Some(2)),
            ("o segundo", "pt", Some(1)),
            ("às 9h", "pt", Some(0)),
        ] {
            assert_eq!(picked(text, code), index, "{text}");
        }
    }

    #[test]
    fn what_takes_none_of_them_picks_none() {
        for (text, code) in [
            ("neither, Friday?", "en"),
            ("Friday", "en"),
            ("4:30", "en"),
            ("in the morning", "en"),
            ("how much is it?", "en"),
            ("segunda-feira", "pt"),
            ("keiner passt", "de"),
            ("aucun", "fr"),
            ("", "en"),
        ] {
            assert_eq!(picked(text, code), None, "{text}");
        }
    }
}
