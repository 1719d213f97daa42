//! How a text with places is read.

use super::PLACES;
use crate::Failure;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// As it is.
    Words(&'a str),
    /// A place, by its name.
    Place(&'a str),
    /// What is left out where nothing is known for a place in it.
    Optional(Vec<Part<'a>>),
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The place at fault, where one is.
    pub(crate) place: String,
    /// What to change.
    pub(crate) message: String,
}

impl Flaw {
    fn new(place: &str, message: impl Into<String>) -> Self {
        Self { place: place.to_owned(), message: message.into() }
    }
}

/// Checks that braces and square brackets hold places that are known.
///
/// # Errors
/// [`Failure::Rejected`] naming `field`.
pub fn check_places(field: &str, text: &str) -> Result<(), Failure> {
    parts(text).map(drop).map_err(|flaw| Failure::invalid(field, flaw.message))
}

/// The pieces of `text`, in order.
pub(in crate::journeys) fn parts(text: &str) -> Result<Vec<Part<'_>>, Flaw> {
    parts_with(text, &PLACES)
}

/// The pieces of `text`, in order; only `places` may stand in braces.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn parts_with<'a>(text: &'a str, places: &[&str]) -> Result<Vec<Part<'a>>, Flaw> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, mark, after)) = until_mark(rest) {
        push_words(&mut parts, words);
        rest = match mark {
            '{' => {
                let (place, after) = place(after, places)?;
                parts.push(Part::Place(place));
                after
            }
            '[' => {
                let (inner, after) = after.split_once(']').ok_or_else(|| unpaired('['))?;
                parts.push(Part::Optional(optional(inner, places)?));
                after
            }
            other => return Err(unpaired(other)),
        };
    }
    push_words(&mut parts, rest);
    Ok(parts)
}

/// What stands in square brackets: a place at least, and no brackets.
fn optional<'a>(inner: &'a str, places: &[&str]) -> Result<Vec<Part<'a>>, Flaw> {
    let nested = inner.contains('[');
    let inner = parts_with(inner, places)?;
    if nested || !inner.iter().any(|part| matches!(part, Part::Place(_))) {
        let form = "a part in square brackets is left out where a place in it is not known: it needs one, such as \
                    [ for {service}], and no brackets within";
        return Err(Flaw::new("", form));
    }
    Ok(inner)
}

/// The name of the place that begins here, and what follows it.
fn place<'a>(text: &'a str, places: &[&str]) -> Result<(&'a str, &'a str), Flaw> {
    let (name, after) = text.split_once('}').ok_or_else(|| unpaired('{'))?;
    if places.contains(&name) {
        return Ok((name, after));
    }
    let known = places.iter().map(|place| format!("{{{place}}}")).collect::<Vec<_>>().join(", ");
    let name: String = name.chars().take(40).collect();
    Err(Flaw::new(&name, format!("{{{name}}} is no place that can be filled in; there are {known}")))
}

/// The words before the next mark, the mark, and what follows it.
fn until_mark(text: &str) -> Option<(&str, char, &str)> {
    let (at, mark) = text.char_indices().find(|(_, c)| "{}[]".contains(*c))?;
    let (words, rest) = text.split_at(at);
    let after = rest.strip_prefix(mark)?;
    Some((words, mark, after))
}

fn push_words<'a>(parts: &mut Vec<Part<'a>>, words: &'a str) {
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
}

fn unpaired(mark: char) -> Flaw {
    Flaw::new("", format!("there is a {mark} without its other half: braces and square brackets come in pairs"))
}
