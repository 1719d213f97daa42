//! What a business keeps in stock: items and who sells them, what moves, what is there, and what is ordered.
//!
//! A movement is a fact, and stock is what follows from the movements: the arithmetic is crate `stock`'s, over the documents of
//! this context. An order is drafted by Porchlight, approved by a person as it was shown to them, and sent once.
//! `docs/inventory.md` says how the parts fit.

mod arrival;
mod import;
mod insight;
mod item;
mod level;
mod movement;
mod order;
mod order_steps;
mod outlook;
mod outset;
mod parts;
mod reason;
mod reason_words;
mod settings;
mod shelf;
mod supplier;
#[cfg(test)]
mod tests;
mod used;
mod weekly;

pub use arrival::{Arrival, SeenLead};
pub use import::{ImportKnown, ItemCount, ItemLine, ItemMapping, ItemOutcome, MAX_IMPORT_LINES, import_items};
pub use insight::insights;
pub use item::{Item, MAX_ITEMS, Offer, PackPrice, PerVisits};
pub use level::{PlaceLevel, StockLevel};
pub use movement::{MAX_BATCH, Movement, MovementKind, NewMovement, Places, SHOP};
pub use order::{MAX_ORDER_LINES, OrderLine, OrderMail, OrderPdf, OrderState, PurchaseOrder, WhyCancelled};
pub use order_steps::NewLine;
pub use outlook::KnownWeather;
pub use outset::{Known, Wanted};
pub use parts::PartsNeeded;
pub use reason::{LeftOut, LeftOutReason, LineReason, ReasonKind};
pub use reason_words::ReasonWords;
pub use settings::InventorySettings;
pub use shelf::{Shelf, idle};
pub use stock::Insight as StockInsight;
pub use supplier::{MAX_SUPPLIERS, OrderDay, Supplier};
pub use used::{DayUsed, Handled, JobParts, UsedInMonth};
pub use weekly::{OrderWeek, delivery_lines, drafts};
