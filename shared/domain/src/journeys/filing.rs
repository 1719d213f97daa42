//! Whose message it is: the contact it is filed under, who is joined to that contact, who may be the same person.
//!
//! - A message whose sender is proven belongs to the contact for whom its address is proven; else to the one who only gave that
//!   address, as long as nothing else is proven of them. Someone else's proven contact is never taken over by an address
//!   that was typed there: the sender is a contact of their own then, and staff hear of a possible duplicate.
//! - A message whose sender is not proven is filed under the contact that its addresses find, so that the lead is not doubled.
//! - Two contacts become one by themselves only where one of them is a browser and nothing more
//!   ([`Contact::is_anonymous`](crate::leads::Contact::is_anonymous)). Everybody else is merged by staff.

use super::Person;
use crate::messaging::{Address, Strength};

/// After so many merges no one is joined to a contact by itself any more: an item has a limit of size.
const MAX_MERGED: usize = 50;

/// Where a message belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// The contact it is filed under; `None`: someone new.
    pub owner: Option<Person>,
    /// An anonymous visitor who turns out to be the owner.
    pub visitor: Option<Person>,
    /// Others who are known by one of the message's addresses.
    pub others: Vec<Person>,
}

/// Files a message from `from`, known to be the writer's with `strength`. `found` is everybody known by one of its addresses.
#[must_use]
pub fn file(mut found: Vec<Person>, from: &Address, strength: Strength) -> Filing {
    // Whoever is proven goes before others, then whoever wrote first.
    found.sort_by_key(|person| (!person.contact.is_proven(), person.contact.created_at, person.contact.id));
    let proven_there = |person: &Person| person.contact.strength_of(from) == Some(Strength::Proven);
    let known_there = |person: &Person| person.contact.knows(from);
    let owner = match strength {
        Strength::Proven => found
            .iter()
            .position(proven_there)
            .or_else(|| found.iter().position(|person| known_there(person) && !person.contact.is_proven())),
        Strength::Given => {
            let identified = |person: &Person| !person.contact.is_anonymous();
            let by_sender = found.iter().position(|person| known_there(person) && identified(person));
            by_sender.or_else(|| found.iter().position(identified)).or_else(|| found.iter().position(known_there))
        }
    };
    let owner = owner.map(|at| found.remove(at));
    let has_room = |owner: &Person| owner.contact.merged_from.len() < MAX_MERGED;
    let visitor = owner
        .as_ref()
        .filter(|owner| has_room(owner))
        .and_then(|_| found.iter().position(|person| known_there(person) && person.contact.is_anonymous()));
    let visitor = visitor.map(|at| found.remove(at));
    Filing { owner, visitor, others: found }
}
