//! The cheapest split over suppliers.
//!
//! Once it is settled which suppliers are ordered from, each item has its best choice by itself; what ties items together is
//! shipping, least values and free shipping. With up to [`FEW`] suppliers every set of them is weighed, the most promising first,
//! until no other can be better; with more, suppliers are dropped and added as long as that is better. Least values and free
//! shipping are then reached step by step ([`super::top_up`]), and the best baskets are improved item by item
//! ([`super::refine`]): that part is not exact.

use std::cell::RefCell;
use std::collections::HashMap;

use super::basket::{Basket, Market, Why};
use super::{change, choice, refine, top_up};

/// With so many suppliers every set of them is weighed; with fewer where there are many items.
const FEW: usize = 10;
/// So many choices are held for all sets together.
const HELD: usize = 128_000;

/// So many choices of all items together are weighed for a set of suppliers, and so many of one item at least.
const CHOICES: usize = 2_000_000;
const LEAST_CHOICES: usize = 2_000;

/// So many of the best baskets are refined.
const REFINED: usize = 4;

/// A set of suppliers, by their places.
pub(super) type Open = u64;

/// What was found for an item and a set of suppliers.
type Found = HashMap<(usize, Open), Option<Vec<i64>>>;

/// The market with the best choices that were found.
pub(super) struct Split<'m, 'a> {
    pub(super) market: &'m Market<'a>,
    best: RefCell<Found>,
}

impl<'m, 'a> Split<'m, 'a> {
    pub(super) fn new(market: &'m Market<'a>) -> Self {
        Self { market, best: RefCell::default() }
    }

    /// The best basket that was found.
    pub(super) fn cheapest(&self) -> Basket {
        let relevant = self.relevant();
        let found =
            if self.is_few(relevant.len()) { self.every_set(&relevant) } else { vec![self.by_steps(&relevant)] };
        let refined = found.into_iter().take(REFINED).map(|(_, basket)| refine::refine(self, basket));
        refined.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, basket)| basket).unwrap_or_default()
    }

    fn is_few(&self, suppliers: usize) -> bool {
        suppliers <= FEW && self.market.needs.len() << suppliers <= HELD.max(1 << suppliers)
    }

    /// The suppliers that sell what is needed.
    fn relevant(&self) -> Vec<usize> {
        let needed = self.market.needs.iter().filter(|need| need.units > 0);
        let mut places: Vec<usize> =
            needed.flat_map(|need| need.sources.iter().map(|source| source.supplier)).collect();
        places.retain(|place| *place < Open::BITS as usize);
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The baskets of the sets that were weighed, the best first.
    fn every_set(&self, relevant: &[usize]) -> Vec<(f64, Basket)> {
        let mut sets: Vec<(f64, Basket)> = (0..1_u64 << relevant.len())
            .map(|chosen| {
                let open = relevant.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
                self.of_each(open.fold(0, |open, (_, place)| open | 1 << place))
            })
            .map(|basket| {
                (self.market.items(&basket).map(|(_, need, packs)| Market::item_score(need, packs)).sum(), basket)
            })
            .collect();
        sets.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut found: Vec<(f64, Basket)> = Vec::new();
        for (least, basket) in sets {
            // What comes after this cannot be better: topping up and shipping only add.
            let is_best = found.iter().filter(|(score, _)| *score <= least).count() >= REFINED;
            if is_best || self.market.work.is_done() && !found.is_empty() {
                break;
            }
            let topped = self.complete(basket);
            if found.iter().all(|(_, known)| known.packs != topped.1.packs) {
                found.push(topped);
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }

    fn by_steps(&self, relevant: &[usize]) -> (f64, Basket) {
        let mut open = relevant.iter().fold(0, |open: Open, place| open | 1 << place);
        let mut best = self.complete(self.of_each(open));
        loop {
            let steps = relevant.iter().map(|place| open ^ (1 << place));
            let tried = steps.map(|open| (open, self.complete(self.of_each(open))));
            let step = tried.min_by(|a, b| a.1.0.total_cmp(&b.1.0)).filter(|(_, found)| found.0 < best.0 - 1e-6);
            match step {
                Some((to, found)) => (open, best) = (to, found),
                None => return best,
            }
            if self.market.work.is_done() {
                return best;
            }
        }
    }

    /// The best choice of each item by itself.
    fn of_each(&self, open: Open) -> Basket {
        let packs =
            (0..self.market.needs.len()).map(|item| self.best(item, open).unwrap_or_else(|| self.nothing(item)));
        Basket { packs: packs.collect(), ..Basket::default() }
    }

    fn nothing(&self, item: usize) -> Vec<i64> {
        vec![0; self.market.needs.get(item).map_or(0, |need| need.sources.len())]
    }

    /// The best choice of an item from these suppliers.
    pub(super) fn best(&self, item: usize, open: Open) -> Option<Vec<i64>> {
        let need = self.market.needs.get(item)?;
        let sold = need.sources.iter().filter(|source| source.supplier < Open::BITS as usize);
        let open = open & sold.fold(0, |sold, source| sold | 1 << source.supplier);
        if let Some(found) = self.best.borrow().get(&(item, open)) {
            return found.clone();
        }
        let is_open = |place: usize| place < Open::BITS as usize && open >> place & 1 == 1;
        let (found, weighed) = choice::best(need, self.market.terms.most_days_ahead, &is_open, self.most_choices());
        self.market.work.add(weighed * change::WEIGHING);
        self.best.borrow_mut().insert((item, open), found.clone());
        found
    }

    /// How many choices of one item are weighed: fewer where there are many items.
    fn most_choices(&self) -> usize {
        if self.market.work.is_done() { 0 } else { (CHOICES / self.market.needs.len().max(1)).max(LEAST_CHOICES) }
    }

    /// Reaches least values, and free shipping where that is better; gives the score with it.
    fn complete(&self, mut basket: Basket) -> (f64, Basket) {
        for _ in 0..3 {
            for supplier in self.market.below_minimum(&basket) {
                let least = self.market.suppliers.get(supplier).map_or(0, |supplier| supplier.minimum_cents);
                basket = top_up::to(self, &basket, supplier, least, Why::Minimum)
                    .unwrap_or_else(|| self.without(basket, supplier));
            }
        }
        for supplier in self.market.below_minimum(&basket) {
            basket = self.without(basket, supplier);
        }
        let mut score = self.market.score(&basket);
        for (place, supplier) in self.market.suppliers.iter().enumerate() {
            let goods = self.market.goods_at(&basket, place);
            let Some(free) = supplier.free_shipping_from.filter(|free| goods > 0 && goods < *free) else {
                continue;
            };
            let topped = top_up::to(self, &basket, place, free, Why::FreeShipping)
                .filter(|topped| self.market.below_minimum(topped).is_empty());
            if let Some((topped, better)) =
                topped.map(|topped| (self.market.score(&topped), topped)).filter(|(topped, _)| *topped < score)
            {
                (score, basket) = (topped, better);
            }
        }
        (score, basket)
    }

    /// The basket without the order of one supplier: what others that are used sell comes from them.
    fn without(&self, mut basket: Basket, supplier: usize) -> Basket {
        let used =
            self.market.lines(&basket).map(|(_, _, source, _)| source.supplier).filter(|place| *place != supplier);
        let open = used.fold(0, |open: Open, place| open | 1 << place);
        let lines = self.market.lines(&basket).filter(|(_, _, source, _)| source.supplier == supplier);
        let items: Vec<usize> = lines.map(|(item, ..)| item).collect();
        for item in items {
            let packs = self.best(item, open).unwrap_or_else(|| {
                basket.below_minimum.insert(item, supplier);
                self.nothing(item)
            });
            basket.added.retain(|(added, _), _| *added != item);
            basket.put(item, packs);
        }
        basket
    }
}
