//! Other people: "my husband, Dan Ortiz, 720 555 0148", "call Dan at", "for my son Leo", "her name is Ana". Neither the name nor
//! the number behind it is the writer's.

use super::name;
use super::reach::{self, Found};
use crate::conversations::builtin::tokens::Tokens;

/// How many words may stand between "my" and who it is: "my older son".
const MAX_BETWEEN: usize = 1;

/// Whether words before `start` say that a name which begins there is somebody else's.
pub(super) fn is_anothers(tokens: &Tokens<'_>, start: usize) -> bool {
    relation_before(tokens, start).is_some()
        || is_called(tokens, start)
        || tokens.phrase_before(start, |list| list.other_name_follows)
        // "My son's name is Leo."
        || tokens.phrase_start(start, |list| list.capital_name_follows).is_some_and(|lead| is_owner_before(tokens, lead))
}

/// Whether an address is that of somebody who is named, or spoken of, right before it: of whom to call, and not of whom the
/// writer asks for something.
pub(super) fn is_address_of_another(tokens: &Tokens<'_>, one: &Found, found: &[Found]) -> bool {
    let leads_to = |end: usize| (end..one.at.start).all(|at| reach::says_nothing(tokens, at, found));
    (1..=one.at.start).any(|start| {
        let end = name::end_of_name(tokens, start).min(one.at.start);
        let is_theirs = match relation_before(tokens, start) {
            Some(mine) => !tokens.phrase_before(mine, |list| list.on_behalf),
            None => end > start && is_called(tokens, start),
        };
        is_theirs && leads_to(end)
    })
}

/// Whether `clause` is about somebody else, or goes on with the one whom the clause `before` it ends with.
pub(in crate::conversations::builtin) fn is_of_another(clause: &str, before: Option<&str>) -> bool {
    let tokens = Tokens::new(clause);
    let ends_with_one = |text: &str| {
        let tokens = Tokens::new(text);
        relation_before(&tokens, tokens.len()).is_some()
    };
    (1..=tokens.len()).any(|start| is_anothers(&tokens, start) || is_owner_before(&tokens, start))
        || before.is_some_and(ends_with_one)
}

/// What stands in `clause` before those for whom its writer asks: "Claire Wolf" of "Claire Wolf for my mother Ingrid".
pub(in crate::conversations::builtin) fn before_others(clause: &str) -> Option<&str> {
    let tokens = Tokens::new(clause);
    let lead = |start| tokens.phrase_start(relation_before(&tokens, start)?, |list| list.on_behalf);
    let end = (1..=tokens.len()).find_map(lead).filter(|end| *end > 0)?;
    Some(tokens.slice(&(0..end)))
}

/// Where the words begin by which a relation of the writer's ends before `start`: "my wife", "our older son"; also one that begins
/// the message ("wife: Ana"). "Leo's mother" and "I am the mother" are the writer.
pub(super) fn relation_before(tokens: &Tokens<'_>, start: usize) -> Option<usize> {
    let relation = tokens.phrase_start(start, |list| list.relations)?;
    // "With my wife. Dan Ortiz" begins anew.
    if tokens.between(start - 1).contains(['.', ';', '!', '?', '\n']) {
        return None;
    }
    if relation == 0 {
        // "Frau Schmidt" names herself.
        let is_title = name::is_titled(tokens.folded(0)) && tokens.between(0).trim().is_empty();
        return (!is_title).then_some(relation);
    }
    let goes_on = |from: usize| (from..relation).all(|at| tokens.get(at).is_some_and(|token| !token.ends_clause));
    let ends = (0..=MAX_BETWEEN).filter_map(|between| relation.checked_sub(between)).filter(|end| goes_on(*end));
    let mine = ends.filter_map(|end| tokens.phrase_start(end, |list| list.possessives)).next();
    mine.filter(|mine| !tokens.phrase_before(*mine, |list| list.i_am))
}

/// Whether the writer says whose they are right before `start`: "I'm her son Frank".
pub(super) fn is_own_relation(tokens: &Tokens<'_>, start: usize) -> bool {
    let relation = tokens.phrase_start(start, |list| list.relations);
    let mine = relation.and_then(|relation| tokens.phrase_start(relation, |list| list.possessives));
    mine.is_some_and(|mine| tokens.phrase_before(mine, |list| list.i_am))
}

/// Whether the token before `start` speaks of what somebody else has: "my son's name".
fn is_owner_before(tokens: &Tokens<'_>, start: usize) -> bool {
    let Some(owner) = start.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
    let bare = owner.text.strip_suffix("'s").or_else(|| owner.text.strip_suffix("’s"));
    // "Daughters name".
    let bare = bare.or_else(|| owner.text.strip_suffix('s'));
    bare.is_some_and(|bare| relation_before(&Tokens::new(&format!("my {bare}")), 2).is_some())
}

/// Whether they are to be called whose name begins at `start`: "call Dan at", "rufen Sie Dan an".
fn is_called(tokens: &Tokens<'_>, start: usize) -> bool {
    if tokens.phrase_before(start, |list| list.other_name_follows) {
        // "Se llama Juan" calls no one.
        return false;
    }
    let mut end = start;
    while let Some(link) = tokens.phrase_start(end, |list| list.call_links) {
        end = link;
    }
    let goes_on = |at: usize| tokens.get(at).is_some_and(|token| !token.ends_clause);
    end.checked_sub(1).is_some_and(goes_on) && tokens.phrase_before(end, |list| list.calls)
}
