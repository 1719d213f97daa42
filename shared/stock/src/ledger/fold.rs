//! All movements, folded.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Applied, Movement, Refused};

/// The movements of any number of items, and the stock that follows from them.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    movements: BTreeMap<(Timestamp, String), Movement>,
    times: HashMap<String, Timestamp>,
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
    pub fn add(&mut self, movement: Movement) -> Result<Applied, Refused> {
        movement.check()?;
        let key = (movement.at, movement.id.clone());
        if let Some(at) = self.times.get(&movement.id) {
            let known = self.movements.get(&(*at, movement.id.clone()));
            return if known == Some(&movement) { Ok(Applied::Known) } else { Err(Refused::SameId) };
        }
        let mut applied = Applied::Booked;
        for (place, flow) in movement.flows() {
            applied = match self.lacking(&movement, place, flow) {
                0 => applied,
                short if movement.allow_below => Applied::Below { short },
                short => return Err(Refused::Short { place: place.to_owned(), short }),
            };
        }
        self.times.insert(movement.id.clone(), movement.at);
        self.movements.insert(key, movement);
        Ok(applied)
    }

    /// The stock of every item at every place; below zero where the books are known to be wrong.
    #[must_use]
    pub fn levels(&self) -> BTreeMap<(String, String), i64> {
        self.fold().0
    }

    /// Every difference between the books and the world, by time.
    #[must_use]
    pub fn discrepancies(&self) -> Vec<Discrepancy> {
        self.fold().1
    }

    fn fold(&self) -> (BTreeMap<(String, String), i64>, Vec<Discrepancy>) {
        let mut levels = BTreeMap::new();
        let mut found = Vec::new();
        for movement in self.movements.values() {
            for place in movement.places() {
                let level: &mut i64 = levels.entry((movement.item.clone(), place.to_owned())).or_default();
                found.extend(step(movement, place, level).map(|mismatch| Discrepancy {
                    movement: movement.id.clone(),
                    item: movement.item.clone(),
                    place: place.to_owned(),
                    at: movement.at,
                    mismatch,
                }));
            }
        }
        (levels, found)
    }

    /// How many a place lacks for what is taken from it, then or until it is counted; nothing where it is counted later.
    fn lacking(&self, movement: &Movement, place: &str, flow: i64) -> i64 {
        let here = |other: &&Movement| other.item == movement.item && other.places().contains(&place);
        let later: Vec<&Movement> =
            self.movements.values().filter(|other| other.order() > movement.order()).filter(here).collect();
        if flow >= 0 || later.iter().any(|other| other.counted().is_some()) {
            return 0;
        }
        let mut before = 0;
        for other in self.movements.values().filter(|other| other.order() < movement.order()).filter(here) {
            step(other, place, &mut before);
        }
        super::lacking(before, -flow, later.iter().map(|other| other.flow_at(place)))
    }
}

/// What a movement does to the level of a place that it touches.
fn step(movement: &Movement, place: &str, level: &mut i64) -> Option<Mismatch> {
    if let Some((_, found)) = movement.counted() {
        let booked = std::mem::replace(level, found);
        return (booked != found).then_some(Mismatch::Counted { booked, found });
    }
    let flow = movement.flow_at(place);
    *level = level.saturating_add(flow);
    (flow < 0 && *level < 0).then(|| Mismatch::Below { short: level.abs().min(flow.abs()) })
}
