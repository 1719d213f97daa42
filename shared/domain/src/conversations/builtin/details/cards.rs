//! Who writes and how they are reached, where that is a clause of its own in a message about other things: "cleaning Friday at 10,
//! Ben, ben@example.com", "Bo Diaz, 85018, 602-555-0145"; and for whom they write: "for Ben Hill, 611 22 33 44".

use std::ops::Range;

use super::reach::{self, Found};
use super::{Context, name, others};
use crate::conversations::builtin::tokens::Tokens;
use crate::conversations::builtin::{heard, kinds, place};
use crate::messaging::Address;
use ::language::Words;

/// A clause of no more words may be a name.
const MAX_NAME_WORDS: usize = 3;
/// Names of towns begin or end with these, folded: "Palm Springs".
const TOWNS: [&str; 36] = [
    "san", "santa", "los", "las", "fort", "ft", "new", "north", "south", "east", "west", "port", "lake", "mount",
    "city", "springs", "beach", "park", "valley", "hills", "heights", "creek", "ridge", "ranch", "rock", "falls",
    "grove", "land", "junction", "island", "village", "county", "town", "center", "bad", "sao",
];

/// Whether an address is a clause of its own, and nothing says that it is someone else's or no address of the writer's.
pub(super) fn stands_alone(tokens: &Tokens<'_>, one: &Found, found: &[Found]) -> bool {
    let (start, _) = reach::before_labels(tokens, one.at.start);
    let is_end = |at: usize| {
        (at..tokens.len()).take_while(|at| !name::ends_clause(tokens, *at)).all(|at| says_nothing(tokens, at, found))
    };
    let begins = name::ends_clause(tokens, start) || is_name_clause(tokens, start, found);
    let before = clause_before(tokens, start);
    let speaks_of = |at: usize| {
        let is_relation = tokens.phrase_at(at, |list| list.relations).is_some();
        let mine = at.checked_sub(1).filter(|mine| tokens.phrase_at(*mine, |list| list.possessives).is_some());
        let is_for = mine.is_some_and(|mine| tokens.phrase_before(mine, |list| list.on_behalf));
        let is_other_label = reach::is_label(tokens.folded(at)) && !reach::is_label_of_mine(tokens, at);
        (is_relation && !is_for) || is_other_label || tokens.phrase_at(at, |list| list.calls).is_some()
    };
    start > 0 && begins && is_end(one.at.end) && !before.into_iter().any(speaks_of)
}

/// Whether the word before `start` is a lone name that is a clause of its own.
fn is_name_clause(tokens: &Tokens<'_>, start: usize, found: &[Found]) -> bool {
    start
        .checked_sub(1)
        .is_some_and(|name| is_lone_name(tokens, name) && !found.iter().any(|one| one.at.contains(&name)))
}

fn says_nothing(tokens: &Tokens<'_>, at: usize, found: &[Found]) -> bool {
    reach::says_nothing(tokens, at, found)
}

/// The clause that ends before `end`, with the one before it where it is a name or little more.
fn clause_before(tokens: &Tokens<'_>, end: usize) -> Range<usize> {
    let begin = |end: usize| (0..end).rev().find(|at| *at == 0 || name::ends_clause(tokens, *at)).unwrap_or_default();
    let start = begin(end);
    if end - start <= MAX_NAME_WORDS { begin(start)..end } else { start..end }
}

/// Whether the token at `at` is one name with a capital, and a clause begins with it that is not the message's first.
fn is_lone_name(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && name::ends_clause(tokens, at) && is_capitalised(tokens, &(at..at + 1)) && !others::is_anothers(tokens, at)
}

/// Whether all words of `span` are words of a name with capitals, and none is a make of cars or part of an address.
fn is_capitalised(tokens: &Tokens<'_>, span: &Range<usize>) -> bool {
    let is_word = |at: usize| {
        name::is_particle(tokens, at) || (place::starts_upper(tokens, at) && name::is_name_word(tokens, at))
    };
    let is_street = |at: usize| place::is_street_word(tokens.folded(at));
    !span.is_empty()
        && span.clone().all(|at| is_word(at) && !is_street(at))
        && name::may_begin(tokens, span.start)
        && !name::is_particle(tokens, span.start)
        && !kinds::names_vehicle(&Words::new(tokens.slice(span)))
}

/// The writer's name where it is a clause of its own: a lone first name right before an address, or after it at the end; or two
/// and more names where they were asked who they are, or beside places and an address of theirs.
pub(super) fn name(tokens: &Tokens<'_>, found: &[Found], context: &Context<'_>) -> Option<Range<usize>> {
    found.iter().find_map(|one| lone_name(tokens, one, found, context)).or_else(|| whole_name(tokens, found, context))
}

fn lone_name(tokens: &Tokens<'_>, one: &Found, found: &[Found], context: &Context<'_>) -> Option<Range<usize>> {
    let (start, _) = reach::before_labels(tokens, one.at.start);
    let before = start.checked_sub(1).filter(|at| is_lone_name(tokens, *at));
    let is_last = one.at.end + 1 == tokens.len();
    let behind = Some(one.at.end).filter(|at| is_last && is_capitalised(tokens, &(*at..*at + 1)));
    let only = before.or(behind).filter(|_| reach::is_own(tokens, one) || stands_alone(tokens, one, found))?;
    let is_in_mailbox = match &one.address {
        Address::Email(mail) => mail.as_str().contains(tokens.folded(only)),
        _ => false,
    };
    (!context.may_be_place || is_in_mailbox).then_some(only..only + 1)
}

fn whole_name(tokens: &Tokens<'_>, found: &[Found], context: &Context<'_>) -> Option<Range<usize>> {
    let is_figure = |at: usize| {
        tokens.get(at).is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '('))
    };
    let is_address = |at: usize| found.iter().any(|one| one.at.contains(&at));
    let begins = |at: usize| {
        at == 0
            || name::ends_clause(tokens, at)
            || is_address(at - 1)
            || heard::is_reply_word(tokens.slice(&(at - 1..at)))
    };
    let span = |start: usize| {
        let stops = |at: usize| at > start && name::ends_clause(tokens, at) || is_figure(at) || is_address(at);
        start..(start..=tokens.len()).find(|at| *at >= tokens.len() || stops(*at)).unwrap_or(start)
    };
    let has_figure_besides = || (0..tokens.len()).any(|at| is_figure(at) && !is_address(at));
    let is_town =
        |span: &Range<usize>| context.may_be_place && span.clone().any(|at| TOWNS.contains(&tokens.folded(at)));
    let is_whole = |span: &Range<usize>| {
        let names = span.clone().filter(|at| !name::is_particle(tokens, *at)).count();
        (2..=MAX_NAME_WORDS).contains(&names)
            && !heard::is_reply_word(tokens.slice(span))
            && is_capitalised(tokens, span)
            && !is_town(span)
            && !others::is_anothers(tokens, span.start)
    };
    let is_told = !found.is_empty() && (context.is_asked || context.may_be_place && has_figure_besides());
    (0..tokens.len()).filter(|_| is_told).filter(|at| begins(*at)).map(span).find(is_whole)
}

/// The whole name of the one for whom they write, with an address behind: "se llama Juan Otero, 612 34 56 78". Of a lone first
/// name they may still be asked who they are themselves.
pub(super) fn name_of_another(tokens: &Tokens<'_>, found: &[Found], context: &Context<'_>) -> Option<Range<usize>> {
    let one = found.iter().find(|one| context.is_own || stands_alone(tokens, one, found))?;
    (1..one.at.start).filter(|start| is_for(tokens, *start)).find_map(|start| {
        let span = start..name::end_of_name(tokens, start).min(one.at.start);
        (span.len() > 1 && is_capitalised(tokens, &span)).then_some(span)
    })
}

/// Whether words before `start` say that someone is called so, or that they write for them.
pub(super) fn is_for(tokens: &Tokens<'_>, start: usize) -> bool {
    let is_for = |at: usize| tokens.phrase_before(at, |list| list.on_behalf);
    tokens.phrase_before(start, |list| list.other_name_follows)
        || is_for(start)
        || others::relation_before(tokens, start).is_some_and(is_for)
}
