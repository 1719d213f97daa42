//! Where a guest is, and when: "room 12", "in my room" and "8 at night" ask for no bed.

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::Tokens;
use crate::conversations::wishes;
use crate::tenancy::Tenant;

/// What rooms are called, folded, in five languages.
const ROOMS: [&str; 11] = [
    "room",
    "rooms",
    "zimmer",
    "zimmern",
    "habitacion",
    "habitaciones",
    "cuarto",
    "chambre",
    "chambres",
    "quarto",
    "quartos",
];
/// What stands before one in which someone is, or a thing, folded.
const INSIDE: [&str; 29] = [
    "in the",
    "in my",
    "in our",
    "in your",
    "from my",
    "from our",
    "to my",
    "to our",
    "no",
    "no meu",
    "no nosso",
    "do meu",
    "do nosso",
    "en la",
    "en mi",
    "en nuestra",
    "de mi",
    "dans la",
    "dans ma",
    "dans notre",
    "de ma",
    "de notre",
    "im",
    "in meinem",
    "in unserem",
    "aus meinem",
    "auf dem",
    "nos",
    "in den",
];
/// Nights, folded.
const NIGHTS: [&str; 5] = ["night", "noite", "noche", "nuit", "nacht"];
/// What stands before a night that is stayed, folded.
const STAYED: [&str; 8] = ["one", "uma", "una", "une", "eine", "single", "1", "mais"];
/// Who spends it, folded.
const SPENDS: [&str; 9] = ["stay", "spend", "passar", "pasar", "passer", "fur", "pour", "para", "staying"];

/// `text` without the rooms in which they are, where people stay.
pub(super) fn without_rooms<'t>(tenant: &Tenant, text: &'t str) -> Cow<'t, str> {
    if !wishes::is_lodging(tenant) {
        return Cow::Borrowed(text);
    }
    let tokens = Tokens::new(text);
    let said_before = |at: usize, phrase: &str| {
        let count = phrase.split(' ').count();
        let start = at.checked_sub(count)?;
        let is_it = phrase.split(' ').enumerate().all(|(nth, word)| tokens.folded(start + nth) == word);
        let ends = (start..at).any(|at| tokens.get(at).is_some_and(|token| token.ends_clause));
        (is_it && !ends).then_some(start)
    };
    let inside = |at: usize| {
        // "No quarto", and not "no room".
        let fits = |phrase: &&&str| **phrase != "no" || tokens.folded(at).starts_with('q');
        let start = INSIDE.iter().filter(fits).filter_map(|phrase| said_before(at, phrase)).min()?;
        tokens.place(&(start..at + 1))
    };
    let rooms = (0..tokens.len()).filter(|at| ROOMS.contains(&tokens.folded(*at)));
    let places: Vec<Range<usize>> = rooms.filter_map(inside).chain(dates::rooms(text)).collect();
    wishes::blank(text, &places)
}

/// `text` without nights that are an hour or a price, "8 da noite", "por noite"; `None` where it has none.
pub(super) fn without_nights(tenant: &Tenant, text: &str) -> Option<String> {
    if !wishes::is_lodging(tenant) {
        return None;
    }
    let tokens = Tokens::new(text);
    let before = |at: usize, back: usize| at.checked_sub(back).map_or("", |at| tokens.folded(at));
    let is_stayed = |at: usize| match before(at, 1) {
        "a" | "the" | "la" | "die" => SPENDS.contains(&before(at, 2)),
        word => STAYED.contains(&word),
    };
    let nights = (0..tokens.len()).filter(|at| NIGHTS.contains(&tokens.folded(*at)) && !is_stayed(*at));
    let places: Vec<Range<usize>> = nights.filter_map(|at| tokens.place(&(at..at + 1))).collect();
    (!places.is_empty()).then(|| wishes::blank(text, &places).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::service::meant;
    use super::*;
    use crate::samples::roofer;
    use crate::tenancy::Service;
    use ::language::Words;

    #[test]
    fn a_room_that_they_are_in_and_a_night_that_is_an_hour_ask_for_no_bed() {
        let mut tenant = Tenant { industry: "boutique hotel".to_owned(), ..roofer() };
        let named = |name: &str| Service { name: name.to_owned(), keywords: Vec::new(), ..tenant.services[0].clone() };
        tenant.services = vec![named("Double room"), named("Suite"), named("Massage"), named("Dinner")];
        for (text, expected) in [
            ("a massage in my room at 5", &["Massage"][..]),
            ("Massage um 10, Zimmer 204", &["Massage"]),
            ("I left my charger in the room", &[]),
            ("a minha mulher está no nosso quarto", &[]),
            ("uma massagem às 9 da noite", &["Massage"]),
            ("una cena el viernes por la noche", &["Dinner"]),
            ("wie viel kostet die Suite pro Nacht?", &["Suite"]),
            ("a room for friday", &["Double room"]),
            ("is there no room left?", &["Double room"]),
            ("um quarto por uma noite", &["Double room"]),
            ("passar a noite de sexta", &["Double room"]),
        ] {
            let found: Vec<&str> =
                meant(&tenant, text, &Words::new(text)).iter().map(|service| service.name.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
