//! What is bought when there is not money for all of it.
//!
//! Packs go in the order of what they save for what they cost: what is likely to be lacking without them. Parts of booked jobs
//! stay longest, what was bought ahead goes first. Whole orders may go, for their shipping. At the end what still fits comes back,
//! and the whole is compared with a basket filled from nothing. Each of these ends after so many looks, with what it has by then.

use super::basket::{Basket, Market, with};
use super::change::{Change, Totals, WEIGHING, Work};
use super::need::{Need, Source};

/// A line is cut in so many steps at most; in fewer where there are many lines.
const STEPS: i64 = 24;
/// All lines together are cut in about so many steps.
const ALL_STEPS: i64 = 4_000;
/// So many changes are looked at while cutting, and each time while filling.
const LOOKS: u64 = 40_000_000;

/// The basket within the budget.
pub(super) fn within(market: &Market<'_>, wanted: &Basket, budget: i64) -> Basket {
    if market.cents(wanted) <= budget {
        return wanted.clone();
    }
    let lines = i64::try_from(market.lines(wanted).count()).unwrap_or(i64::MAX);
    let steps = (ALL_STEPS / lines.max(1)).clamp(2, STEPS);
    let money = Money { market, wanted, budget, steps };
    let mut nothing = wanted.clone();
    nothing.packs.iter_mut().for_each(|packs| packs.fill(0));
    let cut = money.cut(wanted.clone()).unwrap_or_else(|| nothing.clone());
    let filled = [cut, nothing].map(|start| money.fill(start));
    let best = filled.into_iter().min_by(|a, b| lacking(market, a).total_cmp(&lacking(market, b)));
    best.unwrap_or_default()
}

/// What is likely to be lacking with a basket, in cents.
pub(super) fn lacking(market: &Market<'_>, basket: &Basket) -> f64 {
    market.items(basket).map(|(_, need, packs)| need.risk(packs)).sum()
}

/// Numbers of packs up to `packs` that a line may be cut to: one step less, and since fewer packs may cost more at a higher tier,
/// the half, none, and the least of each tier.
fn fewer(source: &Source<'_>, packs: i64, steps: i64) -> Vec<i64> {
    let tiers = source.offer.tiers.iter().map(|tier| source.offer.packs_for(tier.from));
    let all = tiers.chain([packs, packs - (packs / steps).max(1), packs * 3 / 4, packs / 2, 0]);
    let can_be = |fewer: &i64| (0..=packs).contains(fewer) && source.offer.cents(*fewer).is_some();
    let mut found: Vec<i64> = all.filter(can_be).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What can be done with one item: by itself, and as its part of what is done with a supplier's whole order.
#[derive(Default)]
struct Ways {
    single: Vec<Change>,
    of_order: Vec<(usize, Change)>,
}

struct Money<'b, 'm> {
    market: &'b Market<'m>,
    wanted: &'b Basket,
    budget: i64,
    steps: i64,
}

impl Money<'_, '_> {
    /// Cuts the basket, each time by what loses least for what it saves, until there is money for it; none where that cannot be or
    /// takes too long.
    fn cut(&self, basket: Basket) -> Option<Basket> {
        let ways = |basket: &Basket, item: usize| self.ways_down(basket, item);
        let rate = |_: i64, worse: f64, cents: i64| (cents < 0).then(|| worse / -(cents as f64));
        let (cents, cut) = self.go(basket, ways, rate, |cents| cents <= self.budget);
        (cents <= self.budget).then_some(cut)
    }

    /// The basket with what of the wanted one still fits, the best for its cost first.
    fn fill(&self, basket: Basket) -> Basket {
        let ways = |basket: &Basket, item: usize| self.ways_up(basket, item);
        let rate = |all: i64, worse: f64, cents: i64| {
            let fits = all.saturating_add(cents) <= self.budget;
            (worse < -1e-9 && fits).then(|| worse / cents.max(1) as f64)
        };
        self.go(basket, ways, rate, |_| false).1
    }

    /// Takes the step with the lowest rate, again and again. `rate` is asked with what all costs, how much worse a step makes it and
    /// what it costs.
    fn go(
        &self,
        mut basket: Basket,
        ways: impl Fn(&Basket, usize) -> Ways,
        rate: impl Fn(i64, f64, i64) -> Option<f64>,
        is_enough: impl Fn(i64) -> bool,
    ) -> (i64, Basket) {
        let work = Work::new(LOOKS);
        let mut totals = Totals::of(self.market, &basket);
        let mut known: Vec<Ways> = (0..self.market.needs.len()).map(|item| ways(&basket, item)).collect();
        loop {
            let cents = totals.cents(self.market);
            if is_enough(cents) || work.is_done() {
                self.market.work.add(usize::try_from(work.looks()).unwrap_or(usize::MAX));
                return (cents, basket);
            }
            work.add(known.iter().map(|ways| ways.single.len() + ways.of_order.len()).sum());
            let rate = |worse: f64, more: i64| rate(cents, worse, more);
            let Some(step) = self.best(&totals, &known, rate) else {
                self.market.work.add(usize::try_from(work.looks()).unwrap_or(usize::MAX));
                return (cents, basket);
            };
            for change in step {
                totals.apply(&change);
                let item = change.item;
                basket.put(item, change.packs);
                if let Some(known) = known.get_mut(item) {
                    *known = ways(&basket, item);
                    work.add((known.single.len() + known.of_order.len()) * WEIGHING);
                }
            }
        }
    }

    /// The best step: the change of one item, or those of all in a supplier's order.
    fn best(&self, totals: &Totals, known: &[Ways], rate: impl Fn(f64, i64) -> Option<f64>) -> Option<Vec<Change>> {
        let below = totals.below_minimum(self.market);
        let mut orders = vec![Change::default(); self.market.suppliers.len()];
        for (supplier, part) in known.iter().flat_map(|ways| &ways.of_order) {
            if let Some(order) = orders.get_mut(*supplier) {
                order.and(part);
            }
        }
        let singles = known.iter().flat_map(|ways| &ways.single).map(|change| (None, change));
        let orders = orders.iter().enumerate().map(|(supplier, change)| (Some(supplier), change));
        let rated = singles.chain(orders).filter_map(|(order, change)| {
            let cents = change.goods().saturating_add(totals.shipping_change(self.market, change));
            let rate = rate(change.worse, cents)?;
            totals.reaches_minimums(self.market, change, &below).then_some((rate, order, change))
        });
        let (_, order, change) = rated.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let Some(order) = order else { return Some(vec![change.clone()]) };
        let parts = known.iter().flat_map(|ways| &ways.of_order).filter(|(supplier, _)| *supplier == order);
        Some(parts.map(|(_, part)| part.clone()).collect())
    }

    fn ways_down(&self, basket: &Basket, item: usize) -> Ways {
        let Some(need) = self.market.needs.get(item) else { return Ways::default() };
        let held = basket.of(item);
        let lines = need.sources.iter().zip(held).enumerate().filter(|(_, (_, packs))| **packs > 0);
        let single = lines.flat_map(|(place, (source, packs))| {
            let fewer = fewer(source, *packs, self.steps).into_iter().filter(move |fewer| fewer < packs);
            fewer.map(move |fewer| with(held, place, fewer))
        });
        Ways { single: changes((item, need), held, single), of_order: parts((item, need), held, held, |_| 0) }
    }

    fn ways_up(&self, basket: &Basket, item: usize) -> Ways {
        let Some(need) = self.market.needs.get(item) else { return Ways::default() };
        let (held, wanted) = (basket.of(item), self.wanted.of(item));
        let lines = need.sources.iter().zip(wanted).enumerate().filter(|(_, (_, most))| **most > 0);
        let single = lines.flat_map(|(place, (source, most))| {
            let before = held.get(place).copied().unwrap_or_default();
            let one = (before + (most / self.steps).max(1)).max(source.offer.least_packs());
            let more = fewer(source, *most, self.steps).into_iter().chain([one]);
            more.filter(move |more| (before + 1..=*most).contains(more)).map(move |more| with(held, place, more))
        });
        let whole = (held != wanted).then(|| wanted.to_vec());
        let single = changes((item, need), held, single.chain(whole));
        Ways { single, of_order: parts((item, need), held, wanted, |most| most) }
    }
}

fn changes(item: (usize, &Need<'_>), held: &[i64], packs: impl Iterator<Item = Vec<i64>>) -> Vec<Change> {
    packs.map(|packs| Change::of(item, held, packs, risk)).collect()
}

/// What becomes of an item when all lines of a supplier that `lines` has get `packs` of what they have there.
fn parts(
    (item, need): (usize, &Need<'_>),
    held: &[i64],
    lines: &[i64],
    packs: impl Fn(i64) -> i64,
) -> Vec<(usize, Change)> {
    let asked = need.sources.iter().zip(lines).filter(|(_, packs)| **packs > 0);
    let mut suppliers: Vec<usize> = asked.map(|(source, _)| source.supplier).collect();
    suppliers.sort_unstable();
    suppliers.dedup();
    let part = |supplier: usize| {
        let places = need.sources.iter().zip(held).zip(lines);
        let after = places.map(
            |((source, held), line)| {
                if source.supplier == supplier && *line > 0 { packs(*line) } else { *held }
            },
        );
        let after: Vec<i64> = after.collect();
        (after != held).then(|| (supplier, Change::of((item, need), held, after, risk)))
    };
    suppliers.into_iter().filter_map(part).collect()
}

/// What may go wrong with so many packs of an item.
fn risk(need: &Need<'_>, packs: &[i64]) -> f64 {
    need.risk(packs)
}
