//! Which of two days or hours that were said with "or" is meant: "the later one", "the first", "whichever is earlier".

use ::language::Words;
use dates::{Choice, Named, Wish};
use jiff::Timestamp;

use super::{Conversation, is_choice};
use crate::conversations::builtin;
use crate::tenancy::{Language, Tenant};

/// So many words choose, and say nothing else.
const MAX_WORDS: usize = 6;
/// The first of them, folded, in five languages.
const FIRST: [&str; 21] = [
    "first", "former", "earlier", "earliest", "sooner", "primero", "primera", "temprano", "premier", "premiere",
    "plus tot", "erste", "ersten", "erster", "fruher", "fruhere", "fruheren", "primeiro", "primeira", "cedo", "antes",
];
/// The last of them.
const LAST: [&str; 23] = [
    "second", "latter", "later", "latest", "last", "segundo", "ultimo", "ultima", "tarde", "deuxieme", "seconde",
    "dernier", "derniere", "tard", "zweite", "zweiten", "zweiter", "letzte", "letzten", "spater", "spatere",
    "spateren", "2nd",
];
/// "Monday" in Portuguese.
const SECOND_IN_SPANISH: &str = "segunda";

/// `wish` on the first open one of its days, where it asks for the earliest of a few: "Thursday or Friday, whichever is earlier". A
/// calendar offers what is free first on any of them.
pub(super) fn earliest(tenant: &Tenant, wish: Wish, now: Timestamp) -> Wish {
    let has_calendar = tenant.services.iter().any(|service| service.booking.is_some());
    let is_earliest = wish.soon && !has_calendar && wish.day.as_ref().is_some_and(is_choice);
    let first = super::visit(tenant, &wish, now).dates.first().copied().filter(|_| is_earliest);
    let day = first.map(|date| dates::Day { dates: vec![date], named: Named::Date, conflict: false });
    Wish { day: day.or(wish.day), ..wish }
}

/// Whether a calendar's times are offered on `thread`: "the first" is one of these, and no day.
pub(super) fn is_of_times(thread: Option<&Conversation>) -> bool {
    thread.and_then(|thread| thread.offer.as_ref()).is_some_and(|offer| !offer.times.is_empty())
}

/// What `text`, which is read as `said` of when, chooses of several days or hours in `before`.
pub(super) fn of(text: &str, spoken: &Language, before: &Wish, said: Option<&Wish>) -> Option<Wish> {
    let words = Words::new(text);
    let names_time = said.is_some_and(|said| {
        let is_day = |day: &dates::Day| day.named != Named::DayOfMonth && day.named != Named::Any;
        said.time.is_some() || said.day.as_ref().is_some_and(is_day)
    });
    if words.len() > MAX_WORDS || names_time {
        return None;
    }
    let days = before.day.as_ref().filter(|day| is_choice(day)).map(|day| day.dates.as_slice()).unwrap_or_default();
    let mut all = before.choices.clone();
    if all.len() < 2 {
        all = days.iter().map(|date| Choice { date: *date, time: before.time }).collect();
    }
    let is_second = spoken.as_str() == "es" && words.contains_phrase(SECOND_IN_SPANISH);
    let is_known = |choice: &Choice| before.date() == Some(choice.date) && before.time == choice.time;
    let chosen = match (words.contains_any(&FIRST), words.contains_any(&LAST) || is_second) {
        _ if builtin::is_the_other(&words) => all.iter().rev().find(|choice| !is_known(choice)),
        // One was taken already.
        _ if all.last().is_some_and(is_known) => None,
        (true, false) => all.first(),
        (false, true) => all.last(),
        _ => None,
    };
    let chosen = chosen.filter(|_| all.len() > 1)?;
    let day = dates::Day { dates: vec![chosen.date], named: Named::Date, conflict: false };
    Some(Wish { words: text.trim().to_owned(), day: Some(day), time: chosen.time, ..Wish::default() })
}
