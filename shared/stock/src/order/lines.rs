//! Orders with their lines, and the reasons of each.

use jiff::civil::Date;

use super::basket::{Basket, Market, Why};
use super::need::{Need, Source};
use super::{LeftOut, LeftOutReason, Line, Order, Plan, Reason};
use crate::Outlook;

/// The plan of a basket; `wanted` is the basket before the budget.
pub(super) fn plan(market: &Market<'_>, basket: &Basket, wanted: &Basket) -> Plan {
    let goods = market.goods(basket);
    let orders = market.suppliers.iter().zip(goods).enumerate().map(|(place, (supplier, goods_cents))| {
        let mut lines: Vec<Line> = market
            .lines(basket)
            .filter(|(_, _, source, _)| source.supplier == place)
            .filter_map(|(item, at, _, packs)| line(market, basket, wanted, item, at, packs))
            .collect();
        lines.sort_by(|a, b| a.item.cmp(&b.item));
        Order { supplier: supplier.key.clone(), lines, goods_cents, shipping_cents: supplier.shipping(goods_cents) }
    });
    let mut orders: Vec<Order> = orders.filter(|order| !order.lines.is_empty()).collect();
    orders.sort_by(|a, b| a.supplier.cmp(&b.supplier));
    let left_out = market.items(basket).flat_map(|(item, need, packs)| left_out(market, wanted, item, need, packs));
    let points = market.needs.iter().map(|need| (need.item.key.clone(), need.reorder_point));
    Plan { orders, left_out: left_out.collect(), reorder_points: points.collect() }
}

fn day(market: &Market<'_>, days: u16) -> Date {
    market.terms.today.saturating_add(jiff::Span::new().days(i64::from(days)))
}

fn line(market: &Market<'_>, basket: &Basket, wanted: &Basket, item: usize, place: usize, packs: i64) -> Option<Line> {
    let need = market.needs.get(item)?;
    let source = need.sources.get(place)?;
    let quantity = packs.saturating_mul(source.offer.pack);
    let pack_cents = source.offer.pack_cents(quantity)?;
    let before_budget = wanted.of(item).get(place).copied().unwrap_or_default().saturating_mul(source.offer.pack);
    let mut reasons = why(market, wanted, item, need, place, before_budget);
    if let Some(tier) = tier(source, quantity) {
        reasons.push(tier);
    }
    merge_tiers(&mut reasons);
    if quantity != before_budget {
        reasons.push(Reason::BudgetCut { units: quantity - before_budget });
    }
    reasons.extend(in_time(market, need, basket.of(item), place));
    let cents = packs.saturating_mul(pack_cents);
    let arrives = day(market, source.offer.lead_days);
    Some(Line { item: need.item.key.clone(), packs, quantity, pack_cents, cents, arrives, reasons })
}

/// The reasons of so many units from a source. Their units add up to them.
fn why(market: &Market<'_>, wanted: &Basket, item: usize, need: &Need<'_>, place: usize, quantity: i64) -> Vec<Reason> {
    let packs = wanted.of(item);
    let added = wanted.added.get(&(item, place)).cloned().unwrap_or_default();
    let mut rest = quantity - added.values().sum::<i64>();
    let mut reasons = Vec::new();
    let mut sources = need.sources.iter().zip(packs).enumerate();
    let slower = sources.find(|(at, (_, packs))| *at > place && **packs > 0).map(|(_, (source, _))| source);
    if let Some(slower) = slower {
        reasons.push(Reason::Bridge { units: rest, until: day(market, slower.offer.lead_days) });
    } else {
        let mut base = need.units.max(0);
        reasons.extend(gross(market, need));
        for (source, packs) in need.sources.iter().zip(packs).take(place).filter(|(_, packs)| **packs > 0) {
            let units = packs.saturating_mul(source.offer.pack).min(base);
            base -= units;
            reasons.push(Reason::FromAnother { units: -units, supplier: source.offer.supplier.clone() });
        }
        rest -= base;
        reasons.extend(rounded(need, place, base, rest));
    }
    reasons.extend(added.into_iter().map(|(why, units)| match why {
        Why::Minimum => Reason::MinimumOrder { units },
        Why::FreeShipping => Reason::FreeShipping { units },
        Why::Ahead => Reason::Ahead { units },
    }));
    reasons
}

/// What makes the need: its uses, less what is there.
fn gross(market: &Market<'_>, need: &Need<'_>) -> Vec<Reason> {
    let until = day(market, need.horizon.saturating_sub(1));
    let units = need.units.max(0) - need.by_point;
    let all = if units > 0 { units + need.supply } else { need.wanted.min(need.supply) };
    let expected = (need.demand.mean.ceil() as i64).min(all);
    let booked = (need.item.forecast.booked(need.horizon).round() as i64).min(expected);
    let on_hand = need.item.on_hand.max(0).min(all);
    let on_order = (all - units - on_hand).max(0);
    let on_hand = all - units - on_order;
    let weather = of_weather(need, expected - booked);
    let usual = expected - booked - weather.iter().map(|(units, _)| units).sum::<i64>();
    let uses = [
        (booked, Reason::BookedJobs { units: booked, until }),
        (usual, Reason::ExpectedDemand { units: usual, until }),
    ];
    let rest = [
        (all - expected, Reason::SafetyStock { units: all - expected }),
        (need.by_point, Reason::ReorderPoint { units: need.by_point, point: need.reorder_point }),
        (on_hand, Reason::OnHand { units: -on_hand }),
        (on_order, Reason::OnOrder { units: -on_order }),
    ];
    let reasons = uses.into_iter().chain(weather).chain(rest);
    reasons.filter(|(units, _)| *units != 0).map(|(_, reason)| reason).collect()
}

/// What the weather adds to the use until the horizon, or takes from it, in whole units. It adds no more than `unbooked` in all.
fn of_weather(need: &Need<'_>, unbooked: i64) -> Vec<(i64, Reason)> {
    let mut rest = unbooked.max(0);
    let of = |(outlook, units): (&Outlook, f64)| {
        let units = (units.round() as i64).min(rest);
        rest -= units;
        let reason = Reason::Weather {
            units,
            weather: outlook.kind.clone(),
            from: outlook.from,
            to: outlook.to,
            percent: outlook.percent(),
            days: outlook.days,
        };
        (units, reason)
    };
    need.item.forecast.of_weather(need.horizon).map(of).collect()
}

/// Why `rest` units more than `base` are bought, beside what was added on purpose.
fn rounded(need: &Need<'_>, place: usize, base: i64, rest: i64) -> Vec<Reason> {
    let Some(source) = need.sources.get(place).filter(|_| rest != 0) else {
        return Vec::new();
    };
    let whole = source.offer.packs_for(base).saturating_mul(source.offer.pack) - base;
    let rounding = whole.min(rest);
    let more = rest - rounding;
    let from =
        source.offer.tiers.iter().map(|tier| tier.from).filter(|from| *from <= base + rest).max().unwrap_or_default();
    let is_least = source.offer.packs_for(base + rest) <= source.offer.least_packs();
    let more_reason = if is_least {
        Reason::LeastQuantity { units: more }
    } else {
        Reason::PriceTier { units: more, from, saved_cents: 0 }
    };
    let reasons = [(rounding, Reason::PackRounding { units: rounding }), (more, more_reason)];
    reasons.into_iter().filter(|(units, _)| *units != 0).map(|(_, reason)| reason).collect()
}

/// The tier that a quantity reaches above the first, and what that saves.
fn tier(source: &Source<'_>, quantity: i64) -> Option<Reason> {
    let first = source.offer.tiers.iter().min_by_key(|tier| tier.from)?;
    let reached = source.offer.tiers.iter().filter(|tier| tier.from <= quantity).max_by_key(|tier| tier.from)?;
    let saved = first.pack_cents.saturating_sub(reached.pack_cents).saturating_mul(quantity / source.offer.pack);
    (reached.from > first.from && saved > 0).then_some(Reason::PriceTier {
        units: 0,
        from: reached.from,
        saved_cents: saved,
    })
}

/// Makes one of the units that a tier has added and of what it saves.
fn merge_tiers(reasons: &mut Vec<Reason>) {
    let mut added = 0;
    let mut reached = None;
    reasons.retain(|reason| match reason {
        Reason::PriceTier { units, from, saved_cents } => {
            added += units;
            reached = Some((*from, *saved_cents));
            false
        }
        _ => true,
    });
    reasons.extend(reached.map(|(from, saved_cents)| Reason::PriceTier { units: added, from, saved_cents }));
}

/// The cheapest source, where an item is not ordered from it and it would deliver later.
fn in_time(market: &Market<'_>, need: &Need<'_>, packs: &[i64], place: usize) -> Option<Reason> {
    let unit = |source: &Source<'_>, quantity: i64| {
        source.offer.pack_cents(quantity).map(|cents| cents as f64 / source.offer.pack as f64)
    };
    let own = need.sources.get(place)?;
    let quantity = need.quantity(packs);
    let others = need.sources.iter().zip(packs).filter(|(_, packs)| **packs == 0).map(|(source, _)| source);
    let (price, cheapest) =
        others.filter_map(|source| Some((unit(source, quantity)?, source))).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let is_bridged = need.sources.iter().any(|source| source.days <= cheapest.days && source.bridge > 0);
    let is_cheaper_and_late = unit(own, quantity)? > price && own.days < cheapest.days && is_bridged;
    is_cheaper_and_late.then(|| Reason::InTime {
        cheapest: cheapest.offer.supplier.clone(),
        late: day(market, cheapest.offer.lead_days),
    })
}

fn left_out(market: &Market<'_>, wanted: &Basket, item: usize, need: &Need<'_>, packs: &[i64]) -> Vec<LeftOut> {
    let told = |units: i64, reason| LeftOut { item: need.item.key.clone(), units, reason };
    let mut found = Vec::new();
    let cut = need.quantity(wanted.of(item)) - need.quantity(packs);
    if cut > 0 {
        found.push(told(cut, LeftOutReason::Budget));
    }
    if need.units > 0 && need.sources.is_empty() {
        found.push(told(need.units, LeftOutReason::NoSupplier));
    } else if need.units > 0 && need.quantity(wanted.of(item)) == 0 {
        let supplier = wanted.below_minimum.get(&item).and_then(|place| market.suppliers.get(*place));
        let supplier = supplier.map(|supplier| supplier.key.clone()).unwrap_or_default();
        found.push(told(need.units, LeftOutReason::BelowMinimum { supplier }));
    }
    let ordered = need.sources.iter().zip(packs).filter(|(_, packs)| **packs > 0).map(|(source, _)| source);
    if let Some(first) = ordered.min_by_key(|source| source.days)
        && let Some((days, units)) = need.runs_out(market.terms, first.days)
    {
        let runs_out = day(market, days.saturating_sub(1));
        found.push(told(units, LeftOutReason::TooLate { runs_out, first: day(market, first.offer.lead_days) }));
    }
    found
}
