//! What businesses keep in stock and order.
//!
//! The ledger's lines are written once and never changed. What is there of an item, what was used in a month, what a job used and how
//! much of an order came in are written in the transaction of the line that they follow from: each can be read by itself, and a line that
//! comes twice counts once.

pub(crate) mod entities;
pub(crate) mod keys;
mod known;
mod levels;
mod mailing;
mod movements;
mod orders;
#[cfg(test)]
pub(crate) mod samples;
mod weather;
mod weeks;

pub use movements::{MovementFilter, Recorded};
pub use orders::OrderFilter;
pub use weeks::Week;

use crate::Document;
use domain::inventory::{InventorySettings, Item, Supplier};

crate::repositories! {
    /// What businesses keep in stock and order.
    inventory: Inventory;
}

impl Document for Item {
    const NAME: &'static str = "item";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Document for Supplier {
    const NAME: &'static str = "supplier";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Document for InventorySettings {
    const NAME: &'static str = "inventory_settings";
    fn id(&self) -> String {
        keys::SETTINGS.to_owned()
    }
}
