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
}

impl Book {
    /// Whether [`Book::apply`] must be given the later movements of the item: this one is not the latest at the places it touches.
    #[must_use]
    pub fn needs_later(&self, movement: &Movement) -> bool {
        movement.places().iter().any(|place| self.places.get(*place).is_some_and(|balance| movement.at <= balance.latest))
    }

    /// Applies a movement. `later` are the item's movements that have been applied and are at this one's time or after it, in any
    /// order; others among them are passed over. May be empty where [`Book::needs_later`] says so.
    ///
    /// # Errors
    /// [`Refused`], and the book is as it was.
    #[expect(clippy::todo, reason = "types first")]
    pub fn apply(&mut self, _movement: &Movement, _later: &[Movement]) -> Result<Applied, Refused> {
        todo!()
    }

    /// What is there in all places together, as far as is known.
    #[must_use]
    pub fn on_hand(&self) -> i64 {
        self.places.values().map(Balance::on_hand).sum()
    }
}
