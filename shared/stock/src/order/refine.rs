//! Small steps that make a basket better, as long as there are any.

use super::basket::{Basket, with};
use super::need::Need;
use super::split::Split;

/// The most steps, so that a large market ends too.
const STEPS: usize = 200;

/// The basket after the steps, one item each: a pack more or less, a price tier more, packs from one source instead of another, or
/// the item's best choice from fewer suppliers. Least values stay reached.
pub(super) fn refine(split: &Split<'_, '_>, mut basket: Basket) -> (f64, Basket) {
    let market = split.market;
    let mut score = market.score(&basket);
    for _ in 0..STEPS {
        let steps = market.items(&basket).flat_map(|(item, need, packs)| {
            let choices = choices(split, item, need, packs).into_iter();
            choices.map(move |choice| (item, choice))
        });
        let better = steps.filter_map(|(item, choice)| {
            let mut changed = basket.clone();
            changed.replace(item, choice);
            let found = market.score(&changed);
            (found < score - 1e-6 && market.below_minimum(&changed).is_empty()).then_some((found, changed))
        });
        match better.min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some(found) => (score, basket) = found,
            None => break,
        }
    }
    (score, basket)
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
