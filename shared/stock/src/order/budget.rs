//! What is bought when there is not money for all of it.
//!
//! Packs go in the order of what they save for what they cost: what is likely to be lacking without them. Parts of booked jobs
//! stay longest, what was bought ahead goes first. Whole orders may go, for their shipping. At the end what still fits comes back,
//! and the whole is compared with a basket filled from nothing.

use super::basket::{Basket, Market, with};
use super::need::Source;

/// A line is cut in so many steps at most.
const STEPS: i64 = 24;

/// The basket within the budget.
pub(super) fn within(market: &Market<'_>, wanted: &Basket, budget: i64) -> Basket {
    if market.cents(wanted) <= budget {
        return wanted.clone();
    }
    let mut cut = wanted.clone();
    while market.cents(&cut) > budget {
        match cheapest_cut(market, &cut) {
            Some(next) => cut = next,
            None => break,
        }
    }
    let mut nothing = wanted.clone();
    nothing.packs.iter_mut().for_each(|packs| packs.fill(0));
    if market.cents(&cut) > budget {
        cut = nothing.clone();
    }
    let filled = [cut, nothing].map(|start| fill(market, start, wanted, budget));
    let best = filled.into_iter().min_by(|a, b| lacking(market, a).total_cmp(&lacking(market, b)));
    best.unwrap_or_default()
}

/// What is likely to be lacking with a basket, in cents.
pub(super) fn lacking(market: &Market<'_>, basket: &Basket) -> f64 {
    market.items(basket).map(|(_, need, packs)| need.risk(packs)).sum()
}

fn put(basket: &Basket, item: usize, packs: Vec<i64>) -> Basket {
    let mut changed = basket.clone();
    changed.put(item, packs);
    changed
}

/// Numbers of packs up to `packs` that a line may be cut to: one step less, and since fewer packs may cost more at a higher tier,
/// the half, none, and the least of each tier.
fn steps(source: &Source<'_>, packs: i64) -> Vec<i64> {
    let tiers = source.offer.tiers.iter().map(|tier| source.offer.packs_for(tier.from));
    let all = tiers.chain([packs, packs - (packs / STEPS).max(1), packs * 3 / 4, packs / 2, 0]);
    all.filter(|fewer| (0..=packs).contains(fewer) && source.offer.cents(*fewer).is_some()).collect()
}

/// The step down that loses least for what it saves.
fn cheapest_cut(market: &Market<'_>, basket: &Basket) -> Option<Basket> {
    let (cents, lost) = (market.cents(basket), lacking(market, basket));
    let lines = market.lines(basket).flat_map(|(item, place, source, packs)| {
        let fewer = steps(source, packs).into_iter().filter(move |fewer| *fewer < packs);
        fewer.map(move |fewer| put(basket, item, with(basket.of(item), place, fewer)))
    });
    let orders = (0..market.suppliers.len()).filter(|supplier| market.is_used(basket, *supplier)).map(|supplier| {
        let lines = market.lines(basket).filter(|(_, _, source, _)| source.supplier == supplier);
        lines.fold(basket.clone(), |cut, (item, place, ..)| put(&cut, item, with(cut.of(item), place, 0)))
    });
    let cuts = lines.chain(orders).filter(|cut| market.below_minimum(cut).is_empty());
    let rated = cuts.filter_map(|cut| {
        let saved = cents - market.cents(&cut);
        (saved > 0).then(|| ((lacking(market, &cut) - lost) / saved as f64, cut))
    });
    rated.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, cut)| cut)
}

/// The basket with what of the wanted one still fits, the best for its cost first.
fn fill(market: &Market<'_>, mut basket: Basket, wanted: &Basket, budget: i64) -> Basket {
    loop {
        let (cents, lost) = (market.cents(&basket), lacking(market, &basket));
        let held = &basket;
        let lines = market.lines(wanted).flat_map(|(item, place, source, most)| {
            let before = held.of(item).get(place).copied().unwrap_or_default();
            let one = (before + (most / STEPS).max(1)).max(source.offer.least_packs());
            let more =
                steps(source, most).into_iter().chain([one]).filter(move |more| (before + 1..=most).contains(more));
            more.map(move |more| put(held, item, with(held.of(item), place, more)))
        });
        let whole = market.lines(wanted).map(|(item, ..)| put(&basket, item, wanted.of(item).to_vec()));
        let orders = (0..market.suppliers.len()).map(|supplier| {
            let lines = market.lines(wanted).filter(|(_, _, source, _)| source.supplier == supplier);
            lines.fold(basket.clone(), |filled, (item, place, _, packs)| {
                put(&filled, item, with(filled.of(item), place, packs))
            })
        });
        let fits = |filled: &Basket| market.cents(filled) <= budget && market.below_minimum(filled).is_empty();
        let rated = lines.chain(whole).chain(orders).filter(fits).filter_map(|filled| {
            let gained = lost - lacking(market, &filled);
            let cost = (market.cents(&filled) - cents).max(1) as f64;
            (gained > 1e-9).then(|| (gained / cost, filled))
        });
        match rated.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((_, filled)) => basket = filled,
            None => return basket,
        }
    }
}
