//! What an item needs, by when, and from whom it can come.

use jiff::civil::Date;

use super::{Item, Offer, Safety, Supplier, Terms};
use crate::Count;
use crate::forecast::Table;

/// The most offers of one item that are weighed against each other: the fastest, and the cheapest others.
const MOST_SOURCES: usize = 4;
/// More is likely to be used than there is, rather than not.
const LIKELY: f64 = 0.5;

/// An offer that can be ordered from.
pub(super) struct Source<'a> {
    pub(super) offer: &'a Offer,
    /// The place of its supplier.
    pub(super) supplier: usize,
    /// Days until a delivery is there, late ones included.
    pub(super) days: u16,
    /// What there is until then without an order, and how likely more is used.
    supply: i64,
    demand: Table,
    /// Units that faster sources must bring, since the item is likely to run out before this one delivers.
    pub(super) bridge: i64,
}

/// What an item needs.
pub(super) struct Need<'a> {
    pub(super) item: &'a Item,
    /// By days, the fastest first.
    pub(super) sources: Vec<Source<'a>>,
    /// Units that are lacking until an order of the next review is there; at or below zero where there are enough.
    pub(super) units: i64,
    /// Days until an order of the next review is there.
    pub(super) horizon: u16,
    /// Units that are wanted until the horizon, whether they are there or not.
    pub(super) wanted: i64,
    /// Of `units`, what the shop's reorder point adds.
    pub(super) by_point: i64,
    pub(super) reorder_point: i64,
    /// What is used until the horizon.
    pub(super) demand: Count,
    table: Table,
    /// Units that are there or come until the horizon.
    pub(super) supply: i64,
    /// Units a day; never quite zero.
    pub(super) daily: f64,
    /// What a unit costs where it is cheapest, in cents. For weighing, not for paying.
    pub(super) unit_cents: f64,
    /// What lacking a unit costs, in cents.
    shortage_cents: f64,
    /// What keeping a unit for a day costs, in cents.
    holding_cents: f64,
    review_days: f64,
}

impl Offer {
    /// Cents for a pack when so many units are ordered; none below the least quantity.
    pub(super) fn pack_cents(&self, units: i64) -> Option<i64> {
        let reached = self.tiers.iter().filter(|tier| tier.from <= units);
        reached.max_by_key(|tier| tier.from).map(|tier| tier.pack_cents)
    }

    /// The fewest packs that have so many units.
    pub(super) fn packs_for(&self, units: i64) -> i64 {
        let pack = self.pack.max(1);
        let units = units.max(0);
        units / pack + i64::from(units % pack > 0)
    }

    /// The fewest packs that can be ordered.
    pub(super) fn least_packs(&self) -> i64 {
        self.packs_for(self.tiers.iter().map(|tier| tier.from).min().unwrap_or_default()).max(1)
    }

    /// What so many packs cost in cents; none where so few cannot be ordered.
    pub(super) fn cents(&self, packs: i64) -> Option<i64> {
        if packs == 0 {
            return Some(0);
        }
        self.pack_cents(packs.saturating_mul(self.pack)).map(|cents| cents.saturating_mul(packs))
    }

    fn is_usable(&self) -> bool {
        self.pack > 0 && !self.tiers.is_empty() && self.tiers.iter().all(|tier| tier.pack_cents >= 0)
    }

    fn unit_cents(&self, units: i64) -> f64 {
        let packs = self.packs_for(units).max(self.least_packs());
        self.pack_cents(packs.saturating_mul(self.pack)).unwrap_or_default() as f64 / self.pack as f64
    }
}

/// Units that are there, and that come within the first `days` days. What is overdue is expected tomorrow.
fn supply(item: &Item, today: Date, days: u16) -> i64 {
    let in_time = item.on_order.iter().filter(|incoming| {
        let day = (incoming.date - today).get_days();
        (if day < 0 { 1 } else { day }) < i32::from(days)
    });
    item.on_hand.max(0).saturating_add(in_time.map(|incoming| incoming.quantity.max(0)).sum())
}

/// Units that are wanted for so many days.
fn wanted(item: &Item, days: u16) -> i64 {
    let demand = item.forecast.over(days);
    match item.safety {
        Safety::Units(units) => (demand.mean.ceil() as i64).saturating_add(units.max(0)),
        Safety::Service(level) => demand.quantile(level.clamp(0.5, 0.999)),
    }
}

impl<'a> Need<'a> {
    pub(super) fn of(item: &'a Item, suppliers: &[Supplier], terms: &Terms) -> Self {
        let sources = sources(item, suppliers, terms);
        let cheapest = sources.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let lead = cheapest.map_or(0, |(source, _)| source.days);
        let horizon = lead.saturating_add(terms.review_days);
        let unit_cents = cheapest.map_or(0.0, |(source, _)| source.offer.unit_cents(wanted(item, horizon)));
        let demand = item.forecast.over(horizon);
        let (units, by_point, reorder_point) = units(item, terms, horizon, demand);
        let shortage_cents = item.shortage_cents.map_or(unit_cents / 2.0, |cents| cents.max(0) as f64);
        Self {
            item,
            units,
            horizon,
            wanted: wanted(item, horizon),
            by_point,
            reorder_point,
            demand,
            table: demand.table().for_lacking(),
            supply: supply(item, terms.today, horizon),
            daily: item.forecast.daily().max(0.002),
            unit_cents,
            shortage_cents,
            holding_cents: unit_cents * f64::from(terms.holding_percent) / 36_500.0,
            review_days: f64::from(terms.review_days),
            sources: sources.into_iter().map(|(source, _)| source).collect(),
        }
    }

    /// Units of a choice: packs of each source.
    pub(super) fn quantity(&self, packs: &[i64]) -> i64 {
        self.sources.iter().zip(packs).map(|(source, packs)| source.offer.pack.saturating_mul(*packs)).sum()
    }

    /// Whether a choice brings enough, in time as far as that can be, and can be ordered.
    pub(super) fn is_met_by(&self, packs: &[i64]) -> bool {
        let can_be = self.sources.iter().zip(packs).all(|(source, packs)| source.offer.cents(*packs).is_some());
        let last = self.last(packs);
        let in_time = self.sources.iter().filter(|source| Some(source.days) <= last);
        can_be
            && self.quantity(packs) >= self.units
            && in_time.into_iter().all(|source| source.bridge <= self.before(source.days, packs))
    }

    /// Units of a choice that are there before so many days have gone.
    fn before(&self, days: u16, packs: &[i64]) -> i64 {
        let all = self.sources.iter().zip(packs).filter(|(source, _)| source.days < days);
        all.map(|(source, packs)| source.offer.pack.saturating_mul(*packs)).sum()
    }

    fn last(&self, packs: &[i64]) -> Option<u16> {
        self.sources.iter().zip(packs).filter(|(_, packs)| **packs > 0).map(|(source, _)| source.days).max()
    }

    /// How good a choice is, in cents and without shipping: lower is better, and buying just the need at the lowest price is zero.
    /// What is bought beyond the need is not lost, since it need not be bought later; but it has to be kept, and what runs out
    /// before a delivery costs.
    pub(super) fn score(&self, packs: &[i64]) -> f64 {
        let cents = self.sources.iter().zip(packs).filter_map(|(source, packs)| source.offer.cents(*packs));
        let cents: i64 = cents.sum();
        let quantity = self.quantity(packs);
        let kept = self.keeping(quantity - self.units) - self.keeping(-self.units);
        cents as f64 - self.unit_cents * quantity as f64 + kept + self.waiting(packs)
    }

    /// What it costs to keep so many units more than are needed until they are used.
    fn keeping(&self, extra: i64) -> f64 {
        let extra = extra.max(0) as f64;
        self.holding_cents * extra * (self.review_days + extra / self.daily / 2.0)
    }

    /// What is likely to be lacking before the last delivery of a choice, in cents.
    fn waiting(&self, packs: &[i64]) -> f64 {
        self.waiting_until(self.last(packs), packs)
    }

    fn waiting_until(&self, last: Option<u16>, packs: &[i64]) -> f64 {
        let waits = self.sources.iter().filter(|source| Some(source.days) <= last);
        let lacking = waits.map(|source| source.demand.above(source.supply + self.before(source.days, packs)));
        lacking.fold(0.0, f64::max) * self.shortage_cents
    }

    /// What is likely to be lacking with a choice, in cents: before deliveries, and until the horizon. More packs never make it more.
    pub(super) fn risk(&self, packs: &[i64]) -> f64 {
        self.lacking(self.quantity(packs)) + self.waiting_until(Some(u16::MAX), packs)
    }

    /// The most packs of a source that are bought for a price, for shipping or for a least value: so many days of use ahead, or as
    /// many as must be bought at least.
    pub(super) fn most_packs(&self, source: &Source<'_>, days: u16) -> i64 {
        let units = self.units.saturating_add((self.daily * f64::from(days)) as i64);
        let least = if self.units > 0 { source.offer.packs_for(self.units).max(source.offer.least_packs()) } else { 0 };
        (units / source.offer.pack).max(least)
    }

    /// Whether no source has more packs than [`Need::most_packs`].
    pub(super) fn is_within(&self, packs: &[i64], days: u16) -> bool {
        self.sources.iter().zip(packs).all(|(source, packs)| *packs <= self.most_packs(source, days))
    }

    /// What is likely to be lacking until the horizon with so many units more, in cents.
    pub(super) fn lacking(&self, quantity: i64) -> f64 {
        self.table.above(self.supply.saturating_add(quantity)) * self.shortage_cents
    }

    /// The days before which it is likely to run out, none earlier than `days` days, and how many are lacking by then.
    pub(super) fn runs_out(&self, terms: &Terms, days: u16) -> Option<(u16, i64)> {
        let lacking = |day: u16| {
            self.item.forecast.over(day).quantile(LIKELY).saturating_sub(supply(self.item, terms.today, day))
        };
        let first = (1..=days).find(|day| lacking(*day) > 0)?;
        Some((first, (first..=days).map(lacking).max().unwrap_or_default()))
    }
}

/// The units that are lacking, how many of them are so by the shop's reorder point alone, and the reorder point.
fn units(item: &Item, terms: &Terms, horizon: u16, demand: Count) -> (i64, i64, i64) {
    let wanted = wanted(item, horizon);
    let within = supply(item, terms.today, horizon);
    let lacking = wanted.saturating_sub(within);
    let Some(point) = item.reorder_point else {
        return (lacking, 0, wanted);
    };
    let position = supply(item, terms.today, u16::MAX);
    if position > point {
        // The shop's point holds, unless what is expected needs more.
        let is_enough = demand.mean <= within as f64;
        return (if is_enough { lacking.min(0) } else { lacking }, 0, point);
    }
    let up_to = point.saturating_add(item.forecast.over(terms.review_days).mean.ceil() as i64);
    let by_point = up_to.saturating_sub(position).max(1);
    (lacking.max(by_point), by_point.saturating_sub(lacking.max(0)).max(0), point)
}

/// The sources of an item, with what a unit costs there when the wait is reckoned in.
fn sources<'a>(item: &'a Item, suppliers: &[Supplier], terms: &Terms) -> Vec<(Source<'a>, f64)> {
    let mut offers: Vec<(&Offer, usize, u16)> = Vec::new();
    for offer in item.offers.iter().filter(|offer| offer.is_usable()) {
        let place = suppliers.iter().position(|supplier| supplier.key == offer.supplier);
        offers.extend(place.map(|place| (offer, place, offer.lead_days.saturating_add(offer.late_days))));
    }
    let weighed = |offer: &Offer, days: u16| {
        let horizon = days.saturating_add(terms.review_days);
        let keeping = f64::from(terms.holding_percent) / 36_500.0 * f64::from(horizon);
        offer.unit_cents(wanted(item, horizon)) * (1.0 + keeping)
    };
    offers.sort_by(|a, b| (a.2, &a.0.supplier).cmp(&(b.2, &b.0.supplier)));
    if offers.len() > MOST_SOURCES {
        let mut others = offers.split_off(1);
        others.sort_by(|a, b| weighed(a.0, a.2).total_cmp(&weighed(b.0, b.2)));
        offers.extend(others.into_iter().take(MOST_SOURCES - 1));
        offers.sort_by(|a, b| (a.2, &a.0.supplier).cmp(&(b.2, &b.0.supplier)));
    }
    let fastest = offers.first().map_or(0, |(_, _, days)| *days);
    let source = |(offer, supplier, days): (&'a Offer, usize, u16)| {
        let lacking =
            |day: u16| item.forecast.over(day).quantile(LIKELY).saturating_sub(supply(item, terms.today, day));
        let source = Source {
            offer,
            supplier,
            days,
            supply: supply(item, terms.today, days),
            demand: item.forecast.over(days).table().for_lacking(),
            bridge: (fastest.saturating_add(1)..=days).map(lacking).max().unwrap_or_default().max(0),
        };
        (source, weighed(offer, days))
    };
    offers.into_iter().map(source).collect()
}
