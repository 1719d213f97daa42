//! All movements, folded.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Applied, Movement, Refused};

/// The movements of any number of items, and the stock that follows from them.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    movements: BTreeMap<(Timestamp, String), Movement>,
}

/// Where the books and the world differed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discrepancy {
    /// The movement that showed it.
    pub movement: String,
    /// Its item.
    pub item: String,
    /// The place.
    pub place: String,
    /// When.
    pub at: Timestamp,
    /// How they differed.
    pub mismatch: Mismatch,
}

/// How the books and the world differed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mismatch {
    /// More was taken than the books had.
    Below {
        /// How many were lacking.
        short: i64,
    },
    /// A count found another number than the books had.
    Counted {
        /// What the books said.
        booked: i64,
        /// What was there.
        found: i64,
    },
}

impl Ledger {
    /// Takes a movement into the books.
    ///
    /// # Errors
    /// [`Refused`], and the books are as they were.
    #[expect(clippy::todo, reason = "types first")]
    pub fn add(&mut self, _movement: Movement) -> Result<Applied, Refused> {
        let _ = &self.movements;
        todo!()
    }

    /// The stock of every item at every place; below zero where the books are known to be wrong.
    #[must_use]
    #[expect(clippy::todo, reason = "types first")]
    pub fn levels(&self) -> BTreeMap<(String, String), i64> {
        todo!()
    }

    /// Every difference between the books and the world, by time.
    #[must_use]
    #[expect(clippy::todo, reason = "types first")]
    pub fn discrepancies(&self) -> Vec<Discrepancy> {
        todo!()
    }
}
