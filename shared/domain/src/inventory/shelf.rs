//! What there is of an item, and whether that is little or idle: the one rule for the API and the pages.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use stock::Insight;

use super::{Item, OrderLine, PlaceLevel, PurchaseOrder, StockLevel, UsedInMonth, insights};
use crate::ids::ItemId;

/// What there is of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelf<'a> {
    /// The item.
    pub item: &'a Item,
    /// By place.
    pub places: Vec<PlaceLevel>,
    /// Units that are there in all places, as far as is known.
    pub on_hand: i64,
    /// Units that are ordered and not there yet.
    pub on_order: i64,
    /// Ordered when stock and orders are at or below this: as set, or as the week's orders worked it out.
    pub reorder_point: Option<i64>,
    /// What a unit cost last, in cents of the tenant's currency; else what it costs at least.
    pub unit_cents: Option<i64>,
}

impl<'a> Shelf<'a> {
    /// Of each of `items`. `orders` are those of which something is on its way, `points` the reorder points of the week.
    #[must_use]
    pub fn all(
        items: &'a [Item],
        levels: &[StockLevel],
        orders: &[PurchaseOrder],
        points: &BTreeMap<ItemId, i64>,
    ) -> Vec<Self> {
        let levels: BTreeMap<_, _> = levels.iter().map(|level| (&level.item, level)).collect();
        let mut on_order: BTreeMap<&ItemId, i64> = BTreeMap::new();
        for line in orders.iter().flat_map(|order| &order.lines) {
            let units = on_order.entry(&line.item).or_default();
            *units = units.saturating_add(OrderLine::open(line));
        }
        let shelf = |item: &'a Item| {
            let level = levels.get(&item.id);
            Self {
                item,
                places: level.map(|level| level.by_place()).unwrap_or_default(),
                on_hand: level.map_or(0, |level| level.on_hand()),
                on_order: on_order.get(&item.id).copied().unwrap_or_default(),
                reorder_point: item.reorder_point.or_else(|| points.get(&item.id).copied()),
                unit_cents: level.and_then(|level| level.unit_cents).or_else(|| item.unit_cents()),
            }
        };
        items.iter().map(shelf).collect()
    }

    /// Whether stock and orders are at or below the reorder point. What is out of use is not ordered, and never low.
    #[must_use]
    pub fn is_low(&self) -> bool {
        let is_low = |point| self.on_hand.saturating_add(self.on_order) <= point;
        self.item.active && self.reorder_point.is_some_and(is_low)
    }

    /// How many units were used that the books did not have: above zero, a place is to be counted.
    #[must_use]
    pub fn missing(&self) -> i64 {
        self.places.iter().map(|place| place.missing).sum()
    }
}

/// The items that lie idle at `today`: those of which the owner is told that they are dead stock.
#[must_use]
pub fn idle(items: &[Item], levels: &[StockLevel], months: &[UsedInMonth], today: Date) -> BTreeSet<String> {
    let dead = |insight| match insight {
        Insight::DeadStock { item, .. } => Some(item),
        _ => None,
    };
    insights(items, levels, months, today).into_iter().filter_map(dead).collect()
}
