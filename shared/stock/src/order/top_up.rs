//! Orders that are made larger: to reach a least value or free shipping, or since one order now is cheaper than two.

use super::basket::{Basket, Market, Why, with};
use super::change::WEIGHING;
use super::need::Need;
use super::split::Split;

/// The most steps to a value.
const STEPS: usize = 400;

/// A choice of an item that has more of it at a supplier: how much worse it is, what it brings there, and its packs.
type Way = (f64, i64, Vec<i64>);

/// The basket with a supplier's order raised to a value in the cheapest steps: a pack more, the next price tier, or an item that
/// comes from this supplier and not from another. None where it cannot be reached, or the split's work is done before.
pub(super) fn to(split: &Split<'_, '_>, basket: &Basket, supplier: usize, cents: i64, why: Why) -> Option<Basket> {
    let market = split.market;
    let mut basket = basket.clone();
    let mut goods = market.goods_at(&basket, supplier);
    let mut known: Vec<Vec<Way>> = (0..market.needs.len()).map(|item| ways(split, &basket, item, supplier)).collect();
    for _ in 0..STEPS {
        if goods >= cents {
            return Some(basket);
        }
        if market.work.is_done() {
            return None;
        }
        market.work.add(known.iter().map(Vec::len).sum());
        let all = known.iter().enumerate().flat_map(|(item, ways)| ways.iter().map(move |way| (item, way)));
        let steps = all.map(|(item, way)| (way.0 / way.1.min(cents - goods) as f64, item, way));
        // The cheapest by what it brings; the one that brings least where they are alike.
        let (_, item, (_, more, choice)) = steps.min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.1.cmp(&b.2.1)))?;
        goods = goods.saturating_add(*more);
        basket.add(market.needs.get(item)?, item, choice.clone(), why);
        if let Some(known) = known.get_mut(item) {
            *known = ways(split, &basket, item, supplier);
        }
    }
    None
}

fn ways(split: &Split<'_, '_>, basket: &Basket, item: usize, supplier: usize) -> Vec<Way> {
    let Some(need) = split.market.needs.get(item) else { return Vec::new() };
    let packs = basket.of(item);
    let choices = choices(split, item, need, packs, supplier);
    split.market.work.add(choices.len() * WEIGHING);
    let (held, score) = (at(need, packs, supplier), Market::item_score(need, packs));
    let ways = choices
        .into_iter()
        .map(|choice| (Market::item_score(need, &choice) - score, at(need, &choice, supplier) - held, choice));
    ways.filter(|(_, more, _)| *more > 0).collect()
}

/// What an item's packs cost at a supplier, in cents.
fn at(need: &Need<'_>, packs: &[i64], supplier: usize) -> i64 {
    let lines = need.sources.iter().zip(packs).filter(|(source, _)| source.supplier == supplier);
    lines.filter_map(|(source, packs)| source.offer.cents(*packs)).sum()
}

/// Ways to buy more of an item from a supplier.
fn choices(split: &Split<'_, '_>, item: usize, need: &Need<'_>, packs: &[i64], supplier: usize) -> Vec<Vec<i64>> {
    let days = split.market.terms.most_days_ahead;
    let mut found = Vec::new();
    for (place, source) in need.sources.iter().enumerate().filter(|(_, source)| source.supplier == supplier) {
        let held = packs.get(place).copied().unwrap_or_default();
        let tiers =
            source.offer.tiers.iter().map(|tier| source.offer.packs_for(tier.from)).filter(|packs| *packs > held);
        let next = (held + 1).max(source.offer.least_packs());
        let raised = tiers.chain([next]).map(|packs_of_it| with(packs, place, packs_of_it));
        found.extend(raised.filter(|choice| need.is_within(choice, days)));
    }
    if need.units > 0 && supplier < 64 {
        found.extend(split.best(item, 1 << supplier));
    }
    // An item that was left out is not bought in part.
    found.retain(|choice| need.is_met_by(choice));
    found
}

/// Buys further ahead from suppliers whose shipping is paid: as far as the square root rule has it (one order's shipping against
/// the keeping of what all their items use). Items that are not needed yet come along when they would be soon.
pub(super) fn ahead(market: &Market<'_>, basket: &mut Basket) {
    for (supplier, terms) in market.suppliers.iter().enumerate() {
        let shipping = terms.shipping(market.goods_at(basket, supplier));
        if shipping == 0 || !market.is_used(basket, supplier) {
            continue;
        }
        let group: Vec<(usize, usize)> = market
            .items(basket)
            .filter_map(|(item, need, packs)| Some((item, joins(need, packs, supplier)?)))
            .collect();
        let needs = group.iter().filter_map(|(item, place)| Some((*item, *place, market.needs.get(*item)?)));
        let a_day: f64 = needs.clone().map(|(_, _, need)| need.daily * need.unit_cents).sum();
        let keeping = a_day * f64::from(market.terms.holding_percent) / 36_500.0;
        let days = (2.0 * shipping as f64 / keeping).sqrt() - f64::from(market.terms.review_days);
        let days = days.clamp(0.0, f64::from(market.terms.most_days_ahead));
        for (item, place, need) in needs {
            let more = (need.daily * days) as i64;
            let (held, Some(source)) = (basket.of(item).to_vec(), need.sources.get(place)) else {
                continue;
            };
            let wanted = need.units.saturating_add(more).saturating_sub(need.quantity(&held));
            // Up to the whole pack below: nothing is gained by more than the days that were reckoned.
            let packs = if need.units > 0 { wanted.max(0) / source.offer.pack } else { source.offer.packs_for(wanted) };
            let is_soon = need.units > 0 || wanted * 2 >= more;
            let packs = held.get(place).copied().unwrap_or_default() + packs;
            if is_soon && wanted > 0 && source.offer.cents(packs).is_some() {
                basket.add(need, item, with(&held, place, packs), Why::Ahead);
            }
        }
    }
}

/// The source by which an item has more of itself in a supplier's order: the one that it has there, or, where it is not ordered at
/// all, the one that sells it cheapest.
fn joins(need: &Need<'_>, packs: &[i64], supplier: usize) -> Option<usize> {
    let ordered = need.sources.iter().zip(packs).rposition(|(_, packs)| *packs > 0);
    let unit = |offer: &super::Offer| offer.pack_cents(i64::MAX).unwrap_or(i64::MAX) as f64 / offer.pack as f64;
    let cheapest = || {
        let places = need.sources.iter().enumerate();
        places.min_by(|a, b| unit(a.1.offer).total_cmp(&unit(b.1.offer))).map(|(place, _)| place)
    };
    let place = ordered.or_else(cheapest)?;
    need.sources.get(place).filter(|source| source.supplier == supplier).map(|_| place)
}
