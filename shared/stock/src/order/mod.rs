//! What to order, from whom, and why.
//!
//! An order is made at every review, and an item has to last until an order of the next one is there: the review and the lead of its
//! cheapest supplier. What it lacks for that (what is used, and the safety stock, less what is there and on its way) is its need.
//! Where it is likely to run out before the cheap delivery, a faster supplier bridges the days between.
//!
//! 1. [`need`]: what each item needs, and by when.
//! 2. [`choice`]: the best packs of one item from the suppliers that are open.
//! 3. [`split`]: which suppliers to order from, with shipping, least values and free shipping ([`top_up`]).
//! 4. [`top_up::ahead`]: how far ahead is bought, so that shipping is not paid every week.
//! 5. [`budget`]: what stays where there is not money for all.
//! 6. [`lines`]: the orders, and the reasons.
//!
//! What is looked at is counted and bounded ([`change::Work`]): a market of a thousand items has a plan in seconds, and where the bound
//! is reached the orders are whole all the same, and less refined.
//!
//! Choices are weighed in fractions of a cent; what is paid is whole cents throughout.

mod basket;
mod budget;
mod change;
mod choice;
mod lines;
mod need;
mod reason;
mod refine;
mod split;
#[cfg(test)]
mod tests;
mod top_up;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Forecast;
use basket::Market;
pub use reason::{LeftOut, LeftOutReason, Reason};

/// What a supplier asks for one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The supplier's key.
    pub supplier: String,
    /// Days from the order to the delivery.
    pub lead_days: u16,
    /// Days that it may be late: planned for, not promised ([`crate::Lead::learn`]).
    pub late_days: u16,
    /// Units in a pack; orders are whole packs.
    pub pack: i64,
    /// Cents for a pack, by how many units are ordered: the price of the highest tier reached is that of all of them. The first
    /// is the least that can be ordered.
    pub tiers: Vec<Tier>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From so many units on.
    pub from: i64,
    /// Cents for a pack.
    pub pack_cents: i64,
}

/// What a supplier asks for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// Its key.
    pub key: String,
    /// The least value of an order, in cents; 0 for none.
    pub minimum_cents: i64,
    /// Shipping of an order, in cents.
    pub shipping_cents: i64,
    /// From this value on shipping is free.
    pub free_shipping_from: Option<i64>,
}

/// How much is kept against the unforeseen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// So many units, as the shop has set it.
    Units(i64),
    /// As many as it takes to have enough with this probability, until an order of the next review is there.
    Service(f64),
}

/// Units that are ordered and not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// When they are expected.
    pub date: Date,
    /// How many.
    pub quantity: i64,
}

/// An item that may be ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its key.
    pub key: String,
    /// What is there, in all places.
    pub on_hand: i64,
    /// What is on its way.
    pub on_order: Vec<Incoming>,
    /// What will be used: over as many days as the longest lead and the review take, or the rest is carried on at its mean.
    pub forecast: Forecast,
    /// What is kept against the unforeseen.
    pub safety: Safety,
    /// Ordered when stock and orders are at or below this; computed where it is not given.
    pub reorder_point: Option<i64>,
    /// Who sells it.
    pub offers: Vec<Offer>,
    /// What it costs to lack one unit, in cents: the trip to the shop, the margin lost. None is taken as half of its price.
    pub shortage_cents: Option<i64>,
}

/// What holds for the whole order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The shop's today.
    pub today: Date,
    /// Days to the next order.
    pub review_days: u16,
    /// The most that all orders together may cost, shipping included.
    pub budget_cents: Option<i64>,
    /// What it costs to keep goods for a year, in percent of their price.
    pub holding_percent: u16,
    /// The most days of use that are bought ahead for a better price, for shipping, or to reach a least value.
    pub most_days_ahead: u16,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The item.
    pub item: String,
    /// How many packs.
    pub packs: i64,
    /// How many units.
    pub quantity: i64,
    /// Cents for a pack.
    pub pack_cents: i64,
    /// Cents for the line.
    pub cents: i64,
    /// When it is expected.
    pub arrives: Date,
    /// Why so many, and why from there. The units of the reasons add up to `quantity`.
    pub reasons: Vec<Reason>,
}

/// The order from one supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The supplier's key.
    pub supplier: String,
    /// Its lines, by item.
    pub lines: Vec<Line>,
    /// The lines together, in cents.
    pub goods_cents: i64,
    /// Shipping, in cents.
    pub shipping_cents: i64,
}

/// What to order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// One for each supplier that is ordered from, by key.
    pub orders: Vec<Order>,
    /// What is wanted and not ordered, or comes too late.
    pub left_out: Vec<LeftOut>,
    /// The stock and the orders at which each item is ordered, as given or as computed.
    pub reorder_points: BTreeMap<String, i64>,
}

/// What to order today. Offers of suppliers that are not among `suppliers` are passed over, and so are those without a price.
#[must_use]
pub fn plan(items: &[Item], suppliers: &[Supplier], terms: &Terms) -> Plan {
    counted(items, suppliers, terms).0
}

/// The plan, and how much was looked at for it.
pub(crate) fn counted(items: &[Item], suppliers: &[Supplier], terms: &Terms) -> (Plan, u64) {
    let market = Market::new(items, suppliers, terms);
    let needed = split::Split::new(&market).cheapest();
    let mut wanted = needed.clone();
    top_up::ahead(&market, &mut wanted);
    // A lower price for more of an item may take an order below the least value again.
    let wanted = if market.below_minimum(&wanted).is_empty() { wanted } else { needed };
    let basket = terms.budget_cents.map_or_else(|| wanted.clone(), |budget| budget::within(&market, &wanted, budget));
    (lines::plan(&market, &basket, &wanted), market.work.looks())
}
