//! What people count: "two cars", "12 windows", "a table for 4".

use crate::Words;
use crate::appointments::LEXICON;

/// Before the hour at which something is, folded.
const BEFORE_HOURS: [&str; 5] = ["at", "um", "las", "as", "gegen"];
/// Between a number and what it counts, in either order, folded: "two of my cars", "table for 4".
const LINKS: [&str; 6] = ["of", "de", "von", "for", "para", "pour"];
/// So many words may stand between a number and what it counts: "two old cars".
const MAX_GAP: usize = 2;

/// What `text` counts of people and things, as it says it; no hours, sums or nights.
#[must_use]
pub fn counted(text: &str) -> Vec<String> {
    let raw: Vec<&str> = text.split_whitespace().collect();
    let word = |at: usize| raw.get(at).map_or("", |raw| raw.trim_matches(|c: char| !c.is_alphanumeric()));
    let says = |at: usize, list: &[&str]| list.iter().any(|one| Words::new(word(at)).is_exactly(one));
    let are_joined = |from: usize, to: usize| {
        raw.get(from..to).is_some_and(|all| all.iter().all(|one| one.ends_with(char::is_alphanumeric)))
    };
    let is_number = |at: usize| {
        let is_small = word(at).parse::<u16>().is_ok_and(|number| (1..1_000).contains(&number));
        (is_small || is("numbers", word(at))) && !(at > 0 && says(at - 1, &BEFORE_HOURS))
    };
    let counts = |at: usize| {
        let end = (at + 1..=at + 1 + MAX_GAP).find(|end| is_number(at) && is("counted", word(*end)))?;
        let is_near = says(at + 1, &LINKS) || !(at + 1..end).any(|gap| is("plain", word(gap)));
        (is_near && are_joined(at, end)).then_some(end)
    };
    let holds = |at: usize| {
        let is_it = says(at + 1, &LINKS) && is_number(at + 2) && is("counted", word(at)) && are_joined(at, at + 2);
        (is_it && !says(at + 3, &["am", "pm", "uhr", "h"]) && counts(at + 2).is_none()).then_some(at + 2)
    };
    let found = |at: usize| Some((at..=counts(at).or_else(|| holds(at))?).map(word).collect::<Vec<_>>().join(" "));
    (0..raw.len()).filter_map(found).collect()
}

fn is(key: &str, word: &str) -> bool {
    LEXICON.hits(&Words::new(word), &[]).iter().any(|hit| LEXICON.keys().get(hit.entry) == Some(&key))
}

#[cfg(test)]
#[test]
fn people_and_things_are_counted_and_hours_are_not() {
    for (text, expected) in [
        ("for two cars, my three kids and 12 windows", &["two cars", "three kids", "12 windows"][..]),
        ("a table for 4, 2 small children, both of us", &["table for 4", "2 small children", "both of us"]),
        ("tengo dos coches y 3 ventanas", &["dos coches", "3 ventanas"]),
        ("une table pour 6, on est quatre adultes", &["table pour 6", "quatre adultes"]),
        ("ein Zimmer für drei Personen, zwei Hunde", &["drei Personen", "zwei Hunde"]),
        ("mesa para 5, são duas crianças", &["mesa para 5", "duas crianças"]),
        ("friday at 3 my car, room 214, a table for 7 pm, in 2 hours, 3, doors", &[]),
    ] {
        assert_eq!(counted(text), expected, "{text}");
    }
}
