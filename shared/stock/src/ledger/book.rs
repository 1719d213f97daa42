//! The same fold one movement at a time, for balances that are stored.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Applied, Movement, Refused};

/// The stock of one item by place, as it is stored.
///
/// Equal to what a [`super::Ledger`] of the same movements says, in whatever order they are applied. Ids are not kept: the caller
/// sees to it that a movement is applied once (a conditional write of the movement, in one transaction with the book).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// By place.
    pub places: BTreeMap<String, Balance>,
}

/// The stock of one item at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// What the books say; below zero where more was used than they knew of.
    pub booked: i64,
    /// The last count: its time, and its id for another movement of the same time.
    pub counted: Option<(Timestamp, String)>,
    /// The time of the latest movement.
    pub latest: Timestamp,
}

impl Balance {
    /// What is there as far as is known: never below zero.
    #[must_use]
    pub fn on_hand(&self) -> i64 {
        self.booked.max(0)
    }

    /// How many more were used than the books knew of.
    #[must_use]
    pub fn missing(&self) -> i64 {
        (-self.booked).max(0)
    }

    fn is_counted_after(&self, movement: &Movement) -> bool {
        self.counted.as_ref().is_some_and(|(at, id)| (*at, id.as_str()) > movement.order())
    }
}

impl Book {
    /// Whether [`Book::apply`] must be given the later movements of the item: this one is not the latest at a place it touches, and no
    /// later count has said what is there.
    #[must_use]
    pub fn needs_later(&self, movement: &Movement) -> bool {
        movement
            .places()
            .iter()
            .filter_map(|place| self.places.get(*place))
            .any(|balance| movement.at <= balance.latest && !balance.is_counted_after(movement))
    }

    /// Applies a movement. `later` are the item's movements that have been applied and are at this one's time or after it, in any
    /// order; others among them are passed over. May be empty unless [`Book::needs_later`] asks for them.
    ///
    /// # Errors
    /// [`Refused`], and the book is as it was.
    pub fn apply(&mut self, movement: &Movement, later: &[Movement]) -> Result<Applied, Refused> {
        movement.check()?;
        let mut later: Vec<&Movement> = later.iter().filter(|other| other.order() > movement.order()).collect();
        later.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut applied = Applied::Booked;
        for (place, flow) in movement.flows() {
            applied = match self.lacking(movement, place, flow, &later) {
                0 => applied,
                short if movement.allow_below => Applied::Below { short },
                short => return Err(Refused::Short { place: place.to_owned(), short }),
            };
        }
        for (place, flow) in movement.flows() {
            let balance = self.touch(movement, place);
            if !balance.is_counted_after(movement) {
                balance.booked = balance.booked.saturating_add(flow);
            }
        }
        if let Some((place, found)) = movement.counted() {
            let balance = self.touch(movement, place);
            if !balance.is_counted_after(movement) {
                let since: i64 = later.iter().map(|other| other.flow_at(place)).sum();
                balance.booked = found.saturating_add(since);
                balance.counted = Some((movement.at, movement.id.clone()));
            }
        }
        Ok(applied)
    }

    /// What is there in all places together, as far as is known.
    #[must_use]
    pub fn on_hand(&self) -> i64 {
        self.places.values().map(Balance::on_hand).sum()
    }

    /// How many a place lacks for what is taken from it, then or later. A later count has said what is there, so nothing before it
    /// is lacking any more.
    fn lacking(&self, movement: &Movement, place: &str, flow: i64, later: &[&Movement]) -> i64 {
        let balance = self.places.get(place);
        if flow >= 0 || balance.is_some_and(|balance| balance.is_counted_after(movement)) {
            return 0;
        }
        let flows: Vec<i64> = later.iter().map(|other| other.flow_at(place)).collect();
        let before = balance.map_or(0, |balance| balance.booked) - flows.iter().sum::<i64>();
        super::lacking(before, -flow, flows)
    }

    fn touch(&mut self, movement: &Movement, place: &str) -> &mut Balance {
        let new = Balance { booked: 0, counted: None, latest: movement.at };
        let balance = self.places.entry(place.to_owned()).or_insert(new);
        balance.latest = balance.latest.max(movement.at);
        balance
    }
}
