//! Small steps that make a basket better, as long as there are any.

use super::basket::{Basket, Market, with};
use super::change::{Change, Totals, WEIGHING};
use super::need::Need;
use super::split::Split;

/// The most steps, so that a large market ends too.
const STEPS: usize = 200;
/// What makes a basket better by less is no step.
const LEAST: f64 = 1e-6;

/// The basket after the steps, one item each: a pack more or less, a price tier more, packs from one source instead of another, or
/// the item's best choice from fewer suppliers. Least values stay reached. It ends earlier where the split's work is done.
pub(super) fn refine(split: &Split<'_, '_>, mut basket: Basket) -> (f64, Basket) {
    let market = split.market;
    let mut totals = Totals::of(market, &basket);
    let mut known: Vec<Vec<Change>> = Vec::new();
    for item in 0..market.needs.len() {
        if market.work.is_done() {
            break;
        }
        known.push(changes(split, &basket, item));
    }
    for _ in 0..STEPS {
        market.work.add(known.iter().map(Vec::len).sum());
        let Some(step) = best(market, &totals, &known).filter(|_| !market.work.is_done()) else { break };
        totals.apply(&step);
        let item = step.item;
        basket.replace(item, step.packs);
        if let Some(known) = known.get_mut(item) {
            *known = changes(split, &basket, item);
        }
    }
    (market.score(&basket), basket)
}

/// The change that makes most better.
fn best(market: &Market<'_>, totals: &Totals, known: &[Vec<Change>]) -> Option<Change> {
    let (shipping, below) = (totals.shipping(market) as f64, totals.below_minimum(market));
    let better = known.iter().flatten().filter_map(|change| {
        // No change saves more than all shipping.
        if change.worse - shipping >= -LEAST {
            return None;
        }
        let worse = change.worse + totals.shipping_change(market, change) as f64;
        (worse < -LEAST && totals.reaches_minimums(market, change, &below)).then_some((worse, change))
    });
    better.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, change)| change.clone())
}

fn changes(split: &Split<'_, '_>, basket: &Basket, item: usize) -> Vec<Change> {
    let Some(need) = split.market.needs.get(item) else { return Vec::new() };
    let packs = basket.of(item);
    let choices = choices(split, item, need, packs);
    split.market.work.add(choices.len() * WEIGHING);
    choices.into_iter().map(|choice| Change::of((item, need), packs, choice, Market::item_score)).collect()
}

fn choices(split: &Split<'_, '_>, item: usize, need: &Need<'_>, packs: &[i64]) -> Vec<Vec<i64>> {
    let mut found = Vec::new();
    for (place, source) in need.sources.iter().enumerate() {
        let held = packs.get(place).copied().unwrap_or_default();
        let tiers = source.offer.tiers.iter().map(|tier| source.offer.packs_for(tier.from).max(1));
        let changed = tiers.chain([held - 1, held + 1, 0]).filter(|packs| *packs >= 0 && *packs != held);
        for changed in changed.map(|changed| with(packs, place, changed)) {
            let lacking = need.units - need.quantity(&changed);
            let others = need.sources.iter().enumerate().filter(|(other, _)| *other != place);
            found.extend(others.map(|(other, source)| {
                let held = changed.get(other).copied().unwrap_or_default();
                let least = if lacking > 0 { source.offer.least_packs() } else { 0 };
                with(&changed, other, (held + signed_packs(source.offer, lacking)).max(least))
            }));
            found.push(changed);
        }
    }
    found.retain(|choice| need.is_within(choice, split.market.terms.most_days_ahead));
    if need.units > 0 {
        let open = need.sources.iter().map(|source| source.supplier).filter(|place| *place < 64);
        let open: Vec<usize> = open.collect();
        let all = open.iter().fold(0, |all, place| all | 1_u64 << place);
        let fewer = open.iter().flat_map(|place| [1_u64 << place, all & !(1 << place)]);
        found.extend(fewer.filter_map(|open| split.best(item, open)));
    }
    found.retain(|packs| need.quantity(packs) == 0 && need.units <= 0 || need.is_met_by(packs));
    found
}

/// Packs that bring the lacking units, or that can go where there are too many.
fn signed_packs(offer: &super::Offer, lacking: i64) -> i64 {
    if lacking > 0 { offer.packs_for(lacking) } else { lacking / offer.pack }
}
