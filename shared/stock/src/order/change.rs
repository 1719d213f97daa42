//! What a change of some items does to the whole, without looking at the others: a market may have a thousand items.

use std::cell::Cell;

use super::Supplier;
use super::basket::{Basket, Market};
use super::need::{Need, Source};

/// What was looked at so far, and how much may be. It is counted and not timed, so the same market always gives the same plan.
#[derive(Debug)]
pub(super) struct Work {
    looks: Cell<u64>,
    most: u64,
}

/// Weighing a choice takes as long as looking at so many changes that are known.
pub(super) const WEIGHING: usize = 8;

impl Work {
    pub(super) fn new(most: u64) -> Self {
        Self { looks: Cell::new(0), most }
    }

    /// Counts so many looks.
    pub(super) fn add(&self, looks: usize) {
        self.looks.set(self.looks.get().saturating_add(u64::try_from(looks).unwrap_or(u64::MAX)));
    }

    /// Whether nothing more is to be looked for: what was found is good enough then.
    pub(super) fn is_done(&self) -> bool {
        self.looks.get() >= self.most
    }

    pub(super) fn looks(&self) -> u64 {
        self.looks.get()
    }
}

/// What a change does to one supplier's order.
#[derive(Debug, Clone, Copy)]
struct Move {
    supplier: usize,
    cents: i64,
    lines: i64,
}

/// Other packs of one item, and what they do; or what the changes of many items do together.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    pub(super) item: usize,
    pub(super) packs: Vec<i64>,
    /// How much worse it is, in cents and without shipping.
    pub(super) worse: f64,
    moves: Vec<Move>,
}

impl Change {
    /// From packs to others, each weighed by `value`.
    pub(super) fn of(
        (item, need): (usize, &Need<'_>),
        before: &[i64],
        packs: Vec<i64>,
        value: impl Fn(&Need<'_>, &[i64]) -> f64,
    ) -> Self {
        let worse = value(need, &packs) - value(need, before);
        let mut change = Self { item, worse, ..Self::default() };
        for ((source, before), after) in need.sources.iter().zip(before).zip(&packs) {
            if before != after {
                let cents = cents(source, *after).saturating_sub(cents(source, *before));
                let lines = i64::from(*after > 0) - i64::from(*before > 0);
                change.moved(Move { supplier: source.supplier, cents, lines });
            }
        }
        Self { packs, ..change }
    }

    fn moved(&mut self, more: Move) {
        match self.moves.iter_mut().find(|known| known.supplier == more.supplier) {
            Some(known) => {
                known.cents = known.cents.saturating_add(more.cents);
                known.lines += more.lines;
            }
            None => self.moves.push(more),
        }
    }

    /// Has what another one does done too. Its packs are that one's own.
    pub(super) fn and(&mut self, other: &Self) {
        self.worse += other.worse;
        other.moves.iter().for_each(|more| self.moved(*more));
    }

    /// What the goods cost more, in cents.
    pub(super) fn goods(&self) -> i64 {
        self.moves.iter().fold(0, |sum: i64, more| sum.saturating_add(more.cents))
    }
}

fn cents(source: &Source<'_>, packs: i64) -> i64 {
    source.offer.cents(packs).unwrap_or_default()
}

/// What each supplier's order comes to, kept while a basket changes: goods in cents, and lines.
#[derive(Debug)]
pub(super) struct Totals {
    orders: Vec<(i64, i64)>,
}

impl Totals {
    pub(super) fn of(market: &Market<'_>, basket: &Basket) -> Self {
        let mut orders = vec![(0_i64, 0_i64); market.suppliers.len()];
        for (_, _, source, packs) in market.lines(basket) {
            if let Some((goods, lines)) = orders.get_mut(source.supplier) {
                *goods = goods.saturating_add(cents(source, packs));
                *lines += 1;
            }
        }
        Self { orders }
    }

    pub(super) fn apply(&mut self, change: &Change) {
        for more in &change.moves {
            if let Some(order) = self.orders.get_mut(more.supplier) {
                *order = Self::after(*order, *more);
            }
        }
    }

    fn after((goods, lines): (i64, i64), more: Move) -> (i64, i64) {
        (goods.saturating_add(more.cents), lines + more.lines)
    }

    fn shipping_of(supplier: &Supplier, (goods, lines): (i64, i64)) -> i64 {
        if lines > 0 { supplier.shipping(goods) } else { 0 }
    }

    fn is_below(supplier: &Supplier, (goods, lines): (i64, i64)) -> bool {
        lines > 0 && goods < supplier.minimum_cents
    }

    fn all<'t>(&'t self, market: &'t Market<'_>) -> impl Iterator<Item = (usize, &'t Supplier, (i64, i64))> {
        market
            .suppliers
            .iter()
            .zip(&self.orders)
            .enumerate()
            .map(|(place, (supplier, order))| (place, supplier, *order))
    }

    /// Shipping of all orders, in cents.
    pub(super) fn shipping(&self, market: &Market<'_>) -> i64 {
        self.all(market).map(|(_, supplier, order)| Self::shipping_of(supplier, order)).sum()
    }

    /// What all orders cost, in cents.
    pub(super) fn cents(&self, market: &Market<'_>) -> i64 {
        let goods = self.orders.iter().fold(0_i64, |sum, (goods, _)| sum.saturating_add(*goods));
        goods.saturating_add(self.shipping(market))
    }

    /// What shipping costs more after a change, in cents.
    pub(super) fn shipping_change(&self, market: &Market<'_>, change: &Change) -> i64 {
        let more = change.moves.iter().filter_map(|more| {
            let (supplier, order) = (market.suppliers.get(more.supplier)?, *self.orders.get(more.supplier)?);
            Some(Self::shipping_of(supplier, Self::after(order, *more)) - Self::shipping_of(supplier, order))
        });
        more.sum()
    }

    /// Whether each order reaches its supplier's least value after a change. `below`: those that do not before it.
    pub(super) fn reaches_minimums(&self, market: &Market<'_>, change: &Change, below: &[usize]) -> bool {
        let is_moved = |place: &usize| change.moves.iter().any(|more| more.supplier == *place);
        let reaches = |more: &Move| {
            let (supplier, order) = (market.suppliers.get(more.supplier), self.orders.get(more.supplier));
            supplier.zip(order).is_none_or(|(supplier, order)| !Self::is_below(supplier, Self::after(*order, *more)))
        };
        below.iter().all(is_moved) && change.moves.iter().all(reaches)
    }

    /// The orders that do not reach their suppliers' least value.
    pub(super) fn below_minimum(&self, market: &Market<'_>) -> Vec<usize> {
        let below = self.all(market).filter(|(_, supplier, order)| Self::is_below(supplier, *order));
        below.map(|(place, ..)| place).collect()
    }
}
