//! Where a customer is: street with number, postal code, "I live in Lakewood".
//!
//! Reads conservatively: a place that is not certain is left to the question for it.

use std::ops::Range;

use super::kinds;
use super::tokens::{Tokens, tidy};
use crate::conversations::language;
use ::language::Words;

/// The longest place kept, in characters.
const MAX_PLACE_CHARS: usize = 80;
/// How many words a street's name may have between number and type.
const MAX_STREET_WORDS: usize = 4;
/// How many words a town's name may have.
const MAX_TOWN_WORDS: usize = 3;

/// Words for kinds of streets that stand alone, folded.
const STREETS: [&str; 37] = [
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "lane",
    "ln",
    "court",
    "ct",
    "circle",
    "highway",
    "hwy",
    "parkway",
    "pkwy",
    "trail",
    "calle",
    "avenida",
    "av",
    "carrera",
    "paseo",
    "rue",
    "chemin",
    "allee",
    "impasse",
    "quai",
    "rua",
    "travessa",
    "alameda",
    "strasse",
    "str",
    "platz",
    "ring",
];
/// Endings of German street names, folded.
const STREET_ENDINGS: [&str; 6] = ["strasse", "str", "gasse", "platz", "allee", "weg"];
/// After a number, these make a distance or a span and no address: "10 minutes drive".
const MEASURES: [&str; 12] =
    ["minute", "minutes", "min", "mins", "hour", "hours", "mile", "miles", "km", "minutos", "minuten", "days"];

/// The place in `tokens`, if any; postal codes as they are written in `region` (ISO 3166).
pub(super) fn find(tokens: &Tokens<'_>, region: &str) -> Option<String> {
    let street = (0..tokens.len()).find_map(|at| street_at(tokens, at));
    let outside =
        |code: &Range<usize>| street.as_ref().is_none_or(|street| code.end <= street.start || street.end <= code.start);
    let code = (0..tokens.len()).filter_map(|at| postal_code_at(tokens, at, region)).find(outside);
    let place = match (street, code) {
        // The town and the state stand between them.
        (Some(street), Some(code)) if is_town(tokens, street.end..code.start) => {
            tokens.slice(&(street.start..code.end)).to_owned()
        }
        (Some(street), Some(code)) => format!("{}, {}", tokens.slice(&street), tokens.slice(&code)),
        (Some(only), None) | (None, Some(only)) => tokens.slice(&only).to_owned(),
        (None, None) => town(tokens)?,
    };
    Some(tidy(&place, MAX_PLACE_CHARS))
}

/// Whether a town, with or without its state, can stand in `span`.
fn is_town(tokens: &Tokens<'_>, mut span: Range<usize>) -> bool {
    (1..=MAX_TOWN_WORDS + 1).contains(&span.len()) && span.all(|at| starts_upper(tokens, at))
}

/// The most words of a place that is given without "I live in".
const MAX_ANSWER_WORDS: usize = 6;
/// Words of every sentence with which a place may begin, folded.
const BEFORE_PLACES: [&str; 20] = [
    "in", "at", "on", "near", "from", "the", "en", "de", "el", "la", "las", "los", "le", "les", "a", "im", "bei",
    "aus", "no", "na",
];

/// Whether a folded word is a kind of street.
pub(super) fn is_street_word(word: &str) -> bool {
    STREETS.contains(&word)
}

/// What an address is called, folded, in five languages; and what stands behind it where one is told.
const ADDRESSES: [&str; 10] = [
    "address",
    "addr",
    "direccion",
    "domicilio",
    "adresse",
    "anschrift",
    "endereco",
    "morada",
    "location",
    "ubicacion",
];
const TELLS: [&str; 6] = ["is", "es", "est", "ist", "e", "sera"];
/// A house number stands at most so many words behind.
const MAX_WORDS_TO_NUMBER: usize = 5;

/// Whether the writer tells an address, and asks for none: "the address is 77 W Palm Lane".
pub(super) fn tells_address(tokens: &Tokens<'_>) -> bool {
    let has_number = |from: usize| {
        (from..from + MAX_WORDS_TO_NUMBER).any(|at| is_house_number(tokens, at) && one_clause(tokens, from, at))
    };
    (0..tokens.len()).filter(|at| ADDRESSES.contains(&tokens.folded(*at))).any(|at| {
        let begins = if TELLS.contains(&tokens.folded(at + 1)) { at + 2 } else { at + 1 };
        let is_told = begins == at + 2 || tokens.between(at).contains(':') || is_house_number(tokens, at + 1);
        is_told && has_number(begins)
    })
}

/// Whether an answer to the question where can be a place: short, and no sentence about something else.
pub(super) fn is_possible(words: &Words) -> bool {
    let first = words.iter().next().unwrap_or_default();
    words.len() <= MAX_ANSWER_WORDS
        && (BEFORE_PLACES.contains(&first) || !language::is_common(first))
        && !kinds::names_vehicle(words)
}

/// The place in an answer to the question where, beside `when` they would like to come: "tacoma" of "tacoma sat at 10".
pub(super) fn beside(answer: &str, when: &str) -> Option<String> {
    let (before, after) = answer.split_once(when)?;
    let is_link = |word: &&str| !BEFORE_PLACES.contains(&Words::new(word).iter().next().unwrap_or_default());
    let trimmed = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let last = words.iter().rposition(is_link).map_or(0, |last| last + 1);
        words.get(..last).unwrap_or_default().join(" ").trim_matches([',', '.', ';', ' ']).to_owned()
    };
    let fits = |place: &String| {
        let words = Words::new(place);
        (1..=MAX_TOWN_WORDS).contains(&words.len()) && is_possible(&words) && !words.iter().any(language::is_common)
    };
    [before, after].into_iter().map(trimmed).find(fits)
}

/// The street whose kind is named at `at`: with its number before it ("1420 Larimer Street") or after it ("Calle Mayor 12").
fn street_at(tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let word = tokens.folded(at);
    let is_street = STREETS.contains(&word)
        || STREET_ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
    if !is_street {
        return None;
    }
    let before = (at.saturating_sub(MAX_STREET_WORDS + 1)..at).rev().find(|number| is_house_number(tokens, *number));
    let after = (at + 1..=at + MAX_STREET_WORDS + 1).find(|number| is_house_number(tokens, *number));
    let span = match (before, after) {
        (Some(number), _) if one_clause(tokens, number, at) => number..street_end(tokens, at),
        (_, Some(number)) if one_clause(tokens, at, number) => at..number + 1,
        _ => return None,
    };
    let measured = span.clone().any(|index| MEASURES.contains(&tokens.folded(index)));
    // "2 st", "10 drive": a name stands between number and kind, or after the kind.
    (!measured && span.len() > 2 || word.len() > 6 && span.len() == 2).then_some(span)
}

/// "12 rue de la Paix": the name after the kind, to the end of the clause.
fn street_end(tokens: &Tokens<'_>, kind: usize) -> usize {
    let named_after =
        |at: usize| starts_upper(tokens, at) || ["de", "la", "des", "du", "da", "do"].contains(&tokens.folded(at));
    let mut end = kind + 1;
    while end <= kind + MAX_STREET_WORDS && !ends_clause(tokens, end - 1) && named_after(end) {
        end += 1;
    }
    end
}

/// `1420`, `12b`: at most five digits and a letter.
fn is_house_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(text) = tokens.get(at).map(|token| token.text) else { return false };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (1..=5).contains(&digits.len()) && text.len() <= digits.len() + 1 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn one_clause(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    !(first..last).any(|at| ends_clause(tokens, at))
}

fn ends_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_none_or(|token| token.ends_clause)
}

/// The postal code at `at`, by the shape that `region` uses. A sum of money is none.
fn postal_code_at(tokens: &Tokens<'_>, at: usize, region: &str) -> Option<Range<usize>> {
    let shape = |index: usize| tokens.get(index).map(|token| shape(token.text)).unwrap_or_default();
    let taken = match region {
        "US" | "PR" => usize::from(matches!(shape(at).as_str(), "00000" | "00000-0000")),
        "DE" | "ES" | "FR" | "IT" | "MX" => usize::from(shape(at) == "00000"),
        "AT" | "CH" | "BE" | "AU" | "PT" => {
            usize::from(matches!(shape(at).as_str(), "0000-000" | "0000") && starts_upper(tokens, at + 1))
        }
        "BR" => usize::from(shape(at) == "00000-000"),
        "CA" => match (shape(at).as_str(), shape(at + 1).as_str()) {
            ("A0A", "0A0") => 2,
            ("A0A0A0", _) => 1,
            _ => 0,
        },
        "GB" => match (shape(at).as_str(), shape(at + 1).as_str()) {
            ("A0" | "A00" | "AA0" | "AA00" | "A0A" | "AA0A", "0AA") => 2,
            _ => 0,
        },
        _ => 0,
    };
    let range = at..at + taken;
    (taken > 0 && !super::details::is_sum(tokens, at) && !is_reference(tokens, at)).then_some(range)
}

/// Words for what has a number of its own, folded.
const REFERENCES: [&str; 24] = [
    "order",
    "invoice",
    "claim",
    "case",
    "ticket",
    "policy",
    "reference",
    "ref",
    "booking",
    "account",
    "pedido",
    "factura",
    "reclamacion",
    "referencia",
    "commande",
    "facture",
    "dossier",
    "bestellung",
    "rechnung",
    "auftrag",
    "auftragsnummer",
    "rechnungsnummer",
    "fatura",
    "encomenda",
];
/// How many words before a number may say what it is of: "claim number is 77123".
const REFERENCE_REACH: usize = 3;

/// Whether the number at `at` is that of an order, a claim or the like: "order 48812", "#48812".
fn is_reference(tokens: &Tokens<'_>, at: usize) -> bool {
    let said = |index: usize| REFERENCES.contains(&tokens.folded(index)) && one_clause(tokens, index, at);
    tokens.get(at).is_some_and(|token| token.text.starts_with('#'))
        || (at.saturating_sub(REFERENCE_REACH)..at).any(said)
}

/// Digits as `0`, capitals as `A`, everything else as it is.
fn shape(text: &str) -> String {
    let class = |c: char| {
        if c.is_ascii_digit() {
            '0'
        } else if c.is_ascii_uppercase() {
            'A'
        } else {
            c
        }
    };
    text.chars().take(12).map(class).collect()
}

/// "I live in Fort Collins": up to three capitalised words after such a beginning.
fn town(tokens: &Tokens<'_>) -> Option<String> {
    let follows = |at: usize| tokens.phrase_before(at, |words| words.place_follows);
    let is_telling = |at: usize| super::facts::is_telling(tokens.folded(at));
    // "We are in gilbert": the last word of what is said, in small letters.
    let is_last = |at: usize| at + 1 == tokens.len() || ends_clause(tokens, at);
    let is_small = |at: usize| is_last(at) && follows(at) && is_telling(at) && !::language::is_known(tokens.folded(at));
    let begins = |at: &usize| if starts_upper(tokens, *at) { follows(*at) } else { is_small(*at) };
    let start = (1..tokens.len()).find(begins)?;
    let mut end = start + 1;
    while end < start + MAX_TOWN_WORDS && !ends_clause(tokens, end - 1) && starts_upper(tokens, end) {
        end += 1;
    }
    // "I am in Monday" is a time.
    (!dates::is_weekday(tokens.folded(start))).then(|| tokens.slice(&(start..end)).to_owned())
}

/// What follows "I live in" at the beginning of an answer; for an answer that names the town in small letters.
pub(super) fn after_lead_in(tokens: &Tokens<'_>) -> Option<String> {
    let start = tokens.phrase_at(0, |words| words.place_follows).filter(|start| *start < tokens.len())?;
    Some(tidy(tokens.slice(&(start..tokens.len())), MAX_PLACE_CHARS))
}

/// Whether the token at `at` is capitalised.
pub(super) fn starts_upper(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).and_then(|token| token.text.chars().next()).is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_beside_a_time() {
        for (answer, when, place) in [
            ("tacoma sat at 10", "sat at 10", Some("tacoma")),
            ("Saturday at 10, Lake Forest", "Saturday at 10", Some("Lake Forest")),
            ("Tacoma on Saturday", "Saturday", Some("Tacoma")),
            ("how about sat at 10", "sat at 10", None),
            ("sat at 10", "sat at 10", None),
        ] {
            assert_eq!(beside(answer, when).as_deref(), place, "{answer}");
        }
    }

    #[test]
    fn places_are_found_as_they_were_written() {
        for (text, region, place) in [
            ("I'm at 1420 Larimer Street, Denver", "US", "1420 Larimer Street"),
            ("it's 12 Alder Street, Golden, CO 80401, thanks", "US", "12 Alder Street, Golden, CO 80401"),
            ("the house is 88 w oak ave. 80202", "US", "88 w oak ave, 80202"),
            ("zip 80202-1234", "US", "80202-1234"),
            ("we live in Fort Collins and need help", "US", "Fort Collins"),
            ("my ac quit, we're in gilbert", "US", "gilbert"),
            ("vivo en San Antonio", "US", "San Antonio"),
            ("Calle Mayor 12, Madrid", "ES", "Calle Mayor 12"),
            ("j'habite à Lyon", "FR", "Lyon"),
            ("12 rue de la Paix, 75002 Paris", "FR", "12 rue de la Paix, 75002"),
            ("Hauptstraße 12 in Köln", "DE", "Hauptstraße 12"),
            ("moro em Campinas", "BR", "Campinas"),
            ("CEP 01310-100", "BR", "01310-100"),
            ("K1A 0B1", "CA", "K1A 0B1"),
            ("SW1A 1AA", "GB", "SW1A 1AA"),
        ] {
            assert_eq!(find(&Tokens::new(text), region).as_deref(), Some(place), "{text}");
        }
    }

    #[test]
    fn what_is_no_place_is_left_alone() {
        for text in [
            "it is a 10 minutes drive",
            "I paid 20000 dollars",
            "$80202",
            "in the first place",
            "I'm in pain",
            "on the street",
            "call 555 0100",
            "I am in Monday",
            "we need it done in English",
            "",
        ] {
            assert_eq!(find(&Tokens::new(text), "US"), None, "{text}");
        }
    }
}
