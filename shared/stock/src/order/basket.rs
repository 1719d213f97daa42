//! What is in the orders while they are put together.

use std::collections::BTreeMap;

use super::change::Work;
use super::need::{Need, Source};
use super::{Item, Supplier, Terms};

/// The items with a need or an offer, and those who sell them.
pub(super) struct Market<'a> {
    pub(super) needs: Vec<Need<'a>>,
    pub(super) suppliers: &'a [Supplier],
    pub(super) terms: &'a Terms,
    /// What was looked at to find the orders.
    pub(super) work: Work,
}

/// Why more is in a basket than its items need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    Minimum,
    FreeShipping,
    Ahead,
}

/// Packs by item and source.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Basket {
    pub(super) packs: Vec<Vec<i64>>,
    /// Units that were added to an item's source, and why.
    pub(super) added: BTreeMap<(usize, usize), BTreeMap<Why, i64>>,
    /// Items that are needed and not in it, since the supplier's least value is not reached.
    pub(super) below_minimum: BTreeMap<usize, usize>,
}

/// So many known changes are looked at until the split is good enough: more than markets of some hundred items ask for.
const LOOKS: u64 = 60_000_000;

/// What an item costs that is needed and not ordered, beside what lacking it costs: more than any saving.
const UNSERVED: f64 = 1e9;

impl Basket {
    pub(super) fn of(&self, item: usize) -> &[i64] {
        self.packs.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    /// Replaces the packs of an item.
    pub(super) fn put(&mut self, item: usize, packs: Vec<i64>) {
        if let Some(held) = self.packs.get_mut(item) {
            *held = packs;
        }
    }

    /// Replaces the packs of an item by another choice, which has its own reasons.
    pub(super) fn replace(&mut self, item: usize, packs: Vec<i64>) {
        self.added.retain(|(added, _), _| *added != item);
        self.below_minimum.remove(&item);
        self.put(item, packs);
    }

    /// Replaces the packs of an item, and remembers why more is bought of what was there. Another choice altogether has the reasons
    /// of a first choice.
    pub(super) fn add(&mut self, need: &Need<'_>, item: usize, packs: Vec<i64>, why: Why) {
        let before = self.of(item).to_vec();
        let is_other = before.iter().zip(&packs).any(|(before, after)| after < before);
        if is_other || need.quantity(&before) < need.units {
            self.replace(item, packs);
        } else {
            let more = before
                .iter()
                .zip(&packs)
                .zip(&need.sources)
                .enumerate()
                .filter(|(_, ((before, after), _))| after > before);
            for (place, ((before, after), source)) in more {
                *self.added.entry((item, place)).or_default().entry(why).or_default() +=
                    (after - before) * source.offer.pack;
            }
            self.put(item, packs);
        }
    }
}

/// Packs with those of one source changed.
pub(super) fn with(packs: &[i64], place: usize, changed: i64) -> Vec<i64> {
    packs.iter().enumerate().map(|(at, packs)| if at == place { changed } else { *packs }).collect()
}

impl<'a> Market<'a> {
    pub(super) fn new(items: &'a [Item], suppliers: &'a [Supplier], terms: &'a Terms) -> Self {
        let needs = items.iter().map(|item| Need::of(item, suppliers, terms)).collect();
        Self { needs, suppliers, terms, work: Work::new(LOOKS) }
    }

    /// Every item with its packs.
    pub(super) fn items<'b>(&'b self, basket: &'b Basket) -> impl Iterator<Item = (usize, &'b Need<'a>, &'b [i64])> {
        self.needs.iter().enumerate().map(|(item, need)| (item, need, basket.of(item)))
    }

    /// Every line: item, source, packs.
    pub(super) fn lines<'b>(&'b self, basket: &'b Basket) -> impl Iterator<Item = (usize, usize, &'b Source<'a>, i64)> {
        self.items(basket).flat_map(|(item, need, packs)| {
            let lines = need.sources.iter().zip(packs).enumerate().filter(|(_, (_, packs))| **packs > 0);
            lines.map(move |(place, (source, packs))| (item, place, source, *packs))
        })
    }

    /// What the goods of each supplier cost, in cents.
    pub(super) fn goods(&self, basket: &Basket) -> Vec<i64> {
        let mut goods = vec![0_i64; self.suppliers.len()];
        for (_, _, source, packs) in self.lines(basket) {
            if let Some(goods) = goods.get_mut(source.supplier) {
                *goods = goods.saturating_add(source.offer.cents(packs).unwrap_or_default());
            }
        }
        goods
    }

    pub(super) fn goods_at(&self, basket: &Basket, supplier: usize) -> i64 {
        self.goods(basket).get(supplier).copied().unwrap_or_default()
    }

    pub(super) fn is_used(&self, basket: &Basket, supplier: usize) -> bool {
        self.lines(basket).any(|(_, _, source, _)| source.supplier == supplier)
    }

    /// The suppliers that are ordered from and whose least value is not reached.
    pub(super) fn below_minimum(&self, basket: &Basket) -> Vec<usize> {
        let places = self.suppliers.iter().zip(self.goods(basket)).enumerate();
        let below =
            places.filter(|(place, (supplier, goods))| *goods < supplier.minimum_cents && self.is_used(basket, *place));
        below.map(|(place, _)| place).collect()
    }

    /// Shipping of all orders, in cents.
    pub(super) fn shipping(&self, basket: &Basket) -> i64 {
        let places = self.suppliers.iter().zip(self.goods(basket)).enumerate();
        places
            .filter(|(place, _)| self.is_used(basket, *place))
            .map(|(_, (supplier, goods))| supplier.shipping(goods))
            .sum()
    }

    /// What all orders cost, in cents.
    pub(super) fn cents(&self, basket: &Basket) -> i64 {
        self.goods(basket).into_iter().sum::<i64>().saturating_add(self.shipping(basket))
    }

    /// How good a basket is, in cents; lower is better.
    pub(super) fn score(&self, basket: &Basket) -> f64 {
        let items = self.items(basket).map(|(_, need, packs)| Self::item_score(need, packs));
        items.sum::<f64>() + self.shipping(basket) as f64
    }

    pub(super) fn item_score(need: &Need<'_>, packs: &[i64]) -> f64 {
        let is_unserved = need.units > 0 && need.quantity(packs) == 0;
        if is_unserved { UNSERVED + need.lacking(0) } else { need.score(packs) }
    }
}

impl Supplier {
    /// Shipping of an order of this value, in cents.
    pub(super) fn shipping(&self, goods_cents: i64) -> i64 {
        let is_free = self.free_shipping_from.is_some_and(|from| goods_cents >= from);
        if is_free { 0 } else { self.shipping_cents.max(0) }
    }
}
