//! What is there of an item: the ledger folded into one document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::{Applied, Balance, Book};
use utoipa::ToSchema;

use super::{Movement, MovementKind};
use crate::Failure;
use crate::failure::Rejection;
use crate::ids::ItemId;

/// What is there of an item, by place. It follows from the item's movements and is written with each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLevel {
    /// Which item.
    pub item: ItemId,
    /// What the books say.
    pub places: BTreeMap<String, Balance>,
    /// What a unit cost that came in last, in cents.
    #[serde(default)]
    pub unit_cents: Option<i64>,
    /// When it first moved (UTC).
    pub since: Timestamp,
    /// When it last moved (UTC).
    pub moved_at: Timestamp,
}

/// What is there of an item at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlaceLevel {
    /// Where.
    #[schema(example = "van-2")]
    pub place: String,
    /// How many units are there as far as is known.
    #[schema(example = 12)]
    pub on_hand: i64,
    /// How many units were used that the books did not have: above zero, the place is to be counted.
    #[schema(example = 0)]
    pub missing: i64,
    /// When it was last counted (UTC).
    pub counted_at: Option<Timestamp>,
}

impl StockLevel {
    /// Of an item that first moves by `movement`.
    #[must_use]
    pub fn before(movement: &Movement) -> Self {
        Self {
            item: movement.item.clone(),
            places: BTreeMap::new(),
            unit_cents: None,
            since: movement.at,
            moved_at: movement.at,
        }
    }

    fn book(&self) -> Book {
        Book { places: self.places.clone() }
    }

    /// Whether taking `movement` into the books needs the movements that came after it.
    #[must_use]
    pub fn needs_later(&self, movement: &Movement) -> bool {
        self.book().needs_later(&movement.for_books())
    }

    /// The level after `movement`, and how many units the books lacked for it. `later` are the item's movements of the same time or after
    /// it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where the place does not have so many.
    pub fn with(&self, movement: &Movement, later: &[Movement]) -> Result<(Self, i64), Failure> {
        let later: Vec<stock::Movement> = later.iter().map(Movement::for_books).collect();
        let mut book = self.book();
        let applied = book.apply(&movement.for_books(), &later).map_err(|refused| self.refusal(&refused))?;
        let short = match applied {
            Applied::Below { short } => short,
            Applied::Booked | Applied::Known => 0,
        };
        let is_latest = movement.at >= self.moved_at;
        let paid = movement.unit_cents.filter(|_| movement.kind == MovementKind::Receive);
        let level = Self {
            item: self.item.clone(),
            places: book.places,
            unit_cents: if is_latest { paid.or(self.unit_cents) } else { self.unit_cents.or(paid) },
            since: self.since.min(movement.at),
            moved_at: self.moved_at.max(movement.at),
        };
        Ok((level, short))
    }

    fn refusal(&self, refused: &stock::Refused) -> Failure {
        match refused {
            stock::Refused::Short { place, short } => {
                let there = self.places.get(place).map_or(0, Balance::on_hand);
                let what = format!(
                    "{place} has {there} of {}, which is {short} too few: count it, or say where it came from",
                    self.item
                );
                Failure::Rejected { kind: Rejection::Conflict, field: Some("quantity".to_owned()), message: what }
            }
            other => Failure::invalid("quantity", other.to_string()),
        }
    }

    /// What is there in all places, as far as is known.
    #[must_use]
    pub fn on_hand(&self) -> i64 {
        self.book().on_hand()
    }

    /// By place, in order.
    #[must_use]
    pub fn by_place(&self) -> Vec<PlaceLevel> {
        let level = |(place, balance): (&String, &Balance)| PlaceLevel {
            place: place.clone(),
            on_hand: balance.on_hand(),
            missing: balance.missing(),
            counted_at: balance.counted.as_ref().map(|(at, _)| *at),
        };
        self.places.iter().map(level).collect()
    }
}
