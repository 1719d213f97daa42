//! What a customer says of themselves inside a message: name, e-mail, number, budget, who decides.
//!
//! Everything found is checked: an address by the domain's own types, a name by [`given_name`], a sum by its
//! currency. What is not certain is not taken.

mod budget;
mod cards;
mod name;
mod others;
mod reach;
mod spoken;

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::Tokens;
use super::vocabulary::Said;
use crate::leads::GivenDetails;
use crate::messaging::Address;
use ::language::Words;

pub(super) use budget::{budget, is_sum, names_budget};
pub(super) use name::{
    called, given_name, is_first_name, is_small_name, is_titled, is_whole_name, last_name_first, leading_name,
};
pub(super) use others::{before_others, is_of_another};
pub(super) use reach::{foreign_number, with_country};
pub(super) use spoken::written;

/// How a message is to be read for who wrote it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'t> {
    /// The tenant's region, for numbers without `+`.
    pub(super) region: &'t str,
    /// Every address in it is the writer's: it is a form, or answers how they can be reached.
    pub(super) is_own: bool,
    /// They were asked who they are.
    pub(super) is_asked: bool,
    /// They may be telling where they are: a lone word with a capital is a town as well.
    pub(super) may_be_place: bool,
}

/// Name and addresses in a message, and the tokens that are the name where it was found by its place.
pub(super) fn given(tokens: &Tokens<'_>, context: &Context<'_>) -> (GivenDetails, Option<Range<usize>>) {
    let found = reach::addresses(tokens, context.region);
    let card = name::beside(tokens, &found, context.is_asked);
    let card = card.or_else(|| name::card(tokens, &found));
    let name = card.clone().or_else(|| name::announced(tokens, &found, context.is_asked));
    let name = name.or_else(|| cards::name(tokens, &found, context)).or_else(|| name::signed(tokens));
    let another = cards::name_of_another(tokens, &found, context).filter(|_| name.is_none());
    let is_for_another = another.is_some();
    let name = name.or(another);
    let is_theirs = |one: &reach::Found| {
        let is_anothers = others::is_address_of_another(tokens, one, &found);
        (context.is_own && (!is_anothers || is_for_another))
            || cards::stands_alone(tokens, one, &found)
            || reach::is_own(tokens, one)
            || reach::stands_for_itself(tokens, one, &found, name.as_ref())
    };
    let mut details = GivenDetails::default();
    let mut theirs: Vec<_> = found.iter().filter(|one| is_theirs(one)).collect();
    // "Her number is 91 555 01 22, mine is 633 22 11 00".
    theirs.sort_by_key(|one| !reach::is_own(tokens, one));
    for one in theirs {
        match &one.address {
            Address::Email(email) => details.email = details.email.or_else(|| Some(email.clone())),
            Address::Phone(phone) => details.phone = details.phone.or_else(|| Some(phone.clone())),
            Address::Chat(_) | Address::WhatsappUser(_) => {}
        }
    }
    details.name = name.as_ref().and_then(|name| name::shown(tokens, name));
    (details, name)
}

/// `text` without addresses to reach someone at, and the names beside them: people are called Burns, and a number has hours in it. What
/// begins with a word that we know is no name: "Gas Leak 303 555 0172".
pub(in crate::conversations) fn without_cards<'t>(text: &'t str, region: &str) -> Cow<'t, str> {
    let tokens = Tokens::new(text);
    let found = reach::addresses(&tokens, region);
    let name = name::beside(&tokens, &found, false).or_else(|| name::card(&tokens, &found));
    let name = name.filter(|name| !found.is_empty() && name::is_of_people(&tokens, name));
    let parts = found.iter().map(|one| one.at.clone()).chain(name);
    let mut parts: Vec<Range<usize>> = parts.filter_map(|part| tokens.place(&part)).collect();
    if parts.is_empty() {
        return Cow::Borrowed(text);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.start));
    let mut rest = text.to_owned();
    for part in parts {
        rest.replace_range(part, ",");
    }
    Cow::Owned(rest)
}

/// Whether words announce the name at `name`.
pub(super) fn is_announced(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    name::is_lead_in(tokens, name.start)
}

/// Whether the name at `name` is said to be someone else's, for whom they write.
pub(super) fn is_for_another(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    cards::is_for(tokens, name.start)
}

/// Whether they decide themselves, read from the answer to that very question.
pub(super) fn decision_maker(words: &Words) -> Option<bool> {
    let said = Said::new(words);
    if said.has(|list| list.others_decide) || said.is_any(|list| list.not_now.alone) {
        return Some(false);
    }
    (said.has(|list| list.decides) || said.is_any(|list| list.yes.alone)).then_some(true)
}

#[cfg(test)]
mod tests;
