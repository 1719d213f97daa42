//! Movements of parts, and the stock that follows from them.
//!
//! A movement is a fact with an effective time, and stock is nothing but the fold of an item's movements in the order of those
//! times ([`Movement::order`]): they may arrive in any order and more than once. A count says what is there at its time, so what
//! moved before it no longer matters at that place. Between counts stock is a sum, and a transfer takes from one place what it
//! gives to another.
//!
//! What would take a place below zero is refused, unless the movement says that it has happened all the same
//! ([`Movement::allow_below`]): a technician who used a part that the books do not have did use it, and the books are wrong. It
//! is booked, the place is below zero until a late receipt or a count puts it right, and it is told as a [`Discrepancy`]. Below
//! zero and not zero, since the usual cause is a receipt that is entered late: then the sum is right again. What is planned with
//! is [`Balance::on_hand`], which is never below zero. What is entered late and was before a count is never refused: the count
//! has seen what it left.

mod book;
mod fold;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use book::{Balance, Book};
pub use fold::{Discrepancy, Ledger, Mismatch};

/// The most that one movement may move or count.
pub const MAX_QUANTITY: i64 = 1_000_000_000;

/// What happened to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Its id: the same id is the same movement, however often it arrives.
    pub id: String,
    /// The item.
    pub item: String,
    /// When it happened, which may be long before it was entered.
    pub at: Timestamp,
    /// What happened.
    pub change: Change,
    /// It has happened even if the books lack the parts. For what someone reports of the past (used on a job, thrown away);
    /// not for what is only being planned.
    pub allow_below: bool,
}

/// What a movement does. Quantities are above zero, but for counts, which may be zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A delivery came in.
    Receive {
        /// Where.
        to: String,
        /// How many.
        quantity: i64,
    },
    /// Used on a job.
    Use {
        /// Where it was taken from, as a rule the technician's van.
        from: String,
        /// How many.
        quantity: i64,
    },
    /// Moved between two places: shop, vans.
    Transfer {
        /// Where it was taken from.
        from: String,
        /// Where it is now.
        to: String,
        /// How many.
        quantity: i64,
    },
    /// Counted: so many are there, whatever the books say.
    Count {
        /// Where.
        place: String,
        /// How many are there.
        quantity: i64,
    },
    /// Broken, expired or lost.
    Waste {
        /// Where it was.
        from: String,
        /// How many.
        quantity: i64,
    },
    /// Came back from a job unused.
    Return {
        /// Where it is now.
        to: String,
        /// How many.
        quantity: i64,
    },
    /// Sent back to the supplier.
    SendBack {
        /// Where it was.
        from: String,
        /// How many.
        quantity: i64,
    },
}

/// Why a movement is not taken into the books.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refused {
    /// The place would be below zero, then or later.
    #[error("{place} lacks {short}")]
    Short {
        /// The place.
        place: String,
        /// How many are lacking.
        short: i64,
    },
    /// The quantity is not one that can be moved: zero, negative, or above [`MAX_QUANTITY`].
    #[error("a quantity must be from 1 to {MAX_QUANTITY}, a count from 0")]
    Quantity,
    /// A transfer from a place to itself.
    #[error("a transfer is between two places")]
    SamePlace,
    /// Another movement has this id.
    #[error("another movement has this id")]
    SameId,
}

/// What taking a movement into the books did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It is in the books.
    Booked,
    /// It had been in them.
    Known,
    /// It is in the books, and they lacked so many: to be looked into.
    Below {
        /// How many were lacking when it happened.
        short: i64,
    },
}

impl Movement {
    /// The order in which movements are folded: by time, and by id where the time is the same.
    #[must_use]
    pub fn order(&self) -> (Timestamp, &str) {
        (self.at, &self.id)
    }

    /// What it does to each place, as a difference; nothing for a count.
    #[must_use]
    pub fn flows(&self) -> Vec<(&str, i64)> {
        match &self.change {
            Change::Receive { to, quantity } | Change::Return { to, quantity } => vec![(to, *quantity)],
            Change::Use { from, quantity } | Change::Waste { from, quantity } | Change::SendBack { from, quantity } => {
                vec![(from, -quantity)]
            }
            Change::Transfer { from, to, quantity } => vec![(from, -quantity), (to, *quantity)],
            Change::Count { .. } => Vec::new(),
        }
    }

    /// What it does to one place.
    fn flow_at(&self, place: &str) -> i64 {
        self.flows().into_iter().filter(|(touched, _)| *touched == place).map(|(_, flow)| flow).sum()
    }

    /// The place and the number that a count found.
    #[must_use]
    pub fn counted(&self) -> Option<(&str, i64)> {
        match &self.change {
            Change::Count { place, quantity } => Some((place, *quantity)),
            _ => None,
        }
    }

    /// The places that it touches.
    #[must_use]
    pub fn places(&self) -> Vec<&str> {
        let mut places: Vec<&str> = self.flows().into_iter().map(|(place, _)| place).collect();
        places.extend(self.counted().map(|(place, _)| place));
        places
    }

    /// Its quantity is one that can be moved, and it is between two places if it moves between places.
    ///
    /// # Errors
    /// [`Refused::Quantity`] or [`Refused::SamePlace`].
    pub fn check(&self) -> Result<(), Refused> {
        let (quantity, least) = match &self.change {
            Change::Count { quantity, .. } => (*quantity, 0),
            Change::Receive { quantity, .. }
            | Change::Use { quantity, .. }
            | Change::Transfer { quantity, .. }
            | Change::Waste { quantity, .. }
            | Change::Return { quantity, .. }
            | Change::SendBack { quantity, .. } => (*quantity, 1),
        };
        if !(least..=MAX_QUANTITY).contains(&quantity) {
            return Err(Refused::Quantity);
        }
        match &self.change {
            Change::Transfer { from, to, .. } if from == to => Err(Refused::SamePlace),
            _ => Ok(()),
        }
    }
}

/// How many of `taken` are lacking at the lowest level from then on: `before`, and after each of the later flows.
fn lacking(before: i64, taken: i64, later: impl IntoIterator<Item = i64>) -> i64 {
    let mut level = before;
    let mut lowest = level;
    for flow in later {
        level = level.saturating_add(flow);
        lowest = lowest.min(level);
    }
    (taken - lowest).clamp(0, taken)
}
