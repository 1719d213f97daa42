//! A year, day by day, under a policy.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::policies::{Bought, Plain, own};
use crate::shop::{BEFORE, Shop, YEAR};

/// What it costs to keep goods for a year, in percent.
pub(crate) const HOLDING_PERCENT: u16 = 20;
/// A trip for a part that is lacking, beside three tenths more for the part.
pub(crate) const TRIP_CENTS: i64 = 2_500;

/// What the shop knows of its stock.
#[derive(Default)]
pub(crate) struct Books {
    pub(crate) on_hand: Vec<i64>,
    /// Promised day, day it really comes, item, units.
    on_order: Vec<(i32, i32, usize, i64)>,
    /// Days that deliveries took, by supplier.
    pub(crate) taken: BTreeMap<String, Vec<u16>>,
    underway: Vec<(i32, i32, String)>,
    /// By item: units that were there at the start or bought since, and what they cost.
    paid: Vec<(i64, i64)>,
}

impl Books {
    pub(crate) fn incoming(&self, item: usize) -> impl Iterator<Item = (i32, i64)> {
        self.on_order.iter().filter(move |order| order.2 == item).map(|order| (order.0, order.3))
    }
}

/// What a year cost, in dollars.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Costs {
    pub(crate) stock_outs: f64,
    pub(crate) emergency: f64,
    pub(crate) holding: f64,
    pub(crate) shipping: f64,
    pub(crate) goods: f64,
}

impl Costs {
    /// All but the number of stock-outs, whose cost is in `emergency`.
    pub(crate) fn sum(&self) -> f64 {
        self.emergency + self.holding + self.shipping + self.goods
    }

    fn add(&mut self, other: &Self, weight: f64) {
        self.stock_outs += other.stock_outs * weight;
        self.emergency += other.emergency * weight;
        self.holding += other.holding * weight;
        self.shipping += other.shipping * weight;
        self.goods += other.goods * weight;
    }
}

/// Both policies on shops that neither has seen.
pub(crate) struct Compared {
    pub(crate) plain: Plain,
    pub(crate) costs_plain: Costs,
    pub(crate) costs_own: Costs,
    pub(crate) better: usize,
    pub(crate) shops: usize,
}

/// Tunes the plain policy on some seeds, and compares on others.
pub(crate) fn compare(tuned_on: Range<u64>, held_out: Range<u64>) -> Compared {
    let shops: Vec<Shop> = tuned_on.map(Shop::new).collect();
    let of = |deviations: f64, days: f64| [false, true].map(|from_first| Plain { deviations, days, from_first });
    let grid = [1.0, 3.0, 5.0, 8.0, 11.0, 15.0, 20.0, 28.0].into_iter().flat_map(|deviations| {
        [20.0, 45.0, 70.0, 100.0, 140.0, 190.0, 240.0].into_iter().flat_map(move |days| of(deviations, days))
    });
    let sum = |plain: &Plain| {
        shops.iter().map(|shop| year(shop, |books, day| plain.order(shop, books, day)).sum()).sum::<f64>()
    };
    let rated = grid.map(|plain| (sum(&plain), plain)).min_by(|a, b| a.0.total_cmp(&b.0));
    let plain = rated.map_or(Plain { deviations: 1.65, days: 30.0, from_first: false }, |(_, plain)| plain);
    let shops: Vec<Shop> = held_out.map(Shop::new).collect();
    let mut compared =
        Compared { plain, costs_plain: Costs::default(), costs_own: Costs::default(), better: 0, shops: shops.len() };
    for shop in &shops {
        let by_plain = year(shop, |books, day| plain.order(shop, books, day));
        let by_own = year(shop, |books, day| own(shop, books, day));
        compared.better += usize::from(by_own.sum() < by_plain.sum());
        compared.costs_plain.add(&by_plain, 1.0 / shops.len() as f64);
        compared.costs_own.add(&by_own, 1.0 / shops.len() as f64);
    }
    compared
}

/// The costs of a year. Both begin with the use of three weeks on the shelf, and what is left at the end is taken back at what it
/// has cost in the mean.
fn year(shop: &Shop, order: impl Fn(&Books, i32) -> Vec<Bought>) -> Costs {
    let mut books = Books::default();
    for item in &shop.items {
        let recent = item.jobs.iter().filter(|job| (BEFORE - 90..BEFORE).contains(&job.day));
        let units = recent.map(|job| job.quantity).sum::<i64>() * 21 / 90 + 1;
        books.on_hand.push(units);
        books.paid.push((units, units * item.unit_cents));
    }
    let mut costs = Costs::default();
    let start = value(&books);
    for day in BEFORE..BEFORE + YEAR {
        deliver(&mut books, day);
        if day % 7 == 0 {
            let bought = order(&books, day);
            place(shop, &mut books, day, &bought, &mut costs);
        }
        for (place, item) in shop.items.iter().enumerate() {
            for job in item.jobs.iter().filter(|job| job.day == day) {
                let lacking = (job.quantity - books.on_hand[place]).max(0);
                books.on_hand[place] -= job.quantity - lacking;
                if lacking > 0 {
                    costs.stock_outs += 1.0;
                    costs.emergency += (TRIP_CENTS + lacking * item.unit_cents * 13 / 10) as f64 / 100.0;
                }
            }
        }
        let shelf: i64 = shop.items.iter().zip(&books.on_hand).map(|(item, units)| item.unit_cents * units).sum();
        costs.holding += shelf as f64 / 100.0 * f64::from(HOLDING_PERCENT) / 36_500.0;
    }
    costs.goods -= (value(&books) - start) / 100.0;
    costs
}

/// What is there and on its way, in cents.
fn value(books: &Books) -> f64 {
    let all = books.on_hand.iter().zip(&books.paid).enumerate();
    all.map(|(item, (units, (bought, cents)))| {
        let units = units + books.incoming(item).map(|(_, units)| units).sum::<i64>();
        units as f64 * *cents as f64 / *bought as f64
    })
    .sum()
}

fn deliver(books: &mut Books, day: i32) {
    for (_, _, item, units) in books.on_order.iter().filter(|order| order.1 <= day) {
        books.on_hand[*item] += units;
    }
    books.on_order.retain(|order| order.1 > day);
    for (ordered, _, supplier) in books.underway.iter().filter(|delivery| delivery.1 <= day) {
        books.taken.entry(supplier.clone()).or_default().push(u16::try_from(day - ordered).unwrap_or_default());
    }
    books.underway.retain(|delivery| delivery.1 > day);
}

fn place(shop: &Shop, books: &mut Books, day: i32, bought: &[Bought], costs: &mut Costs) {
    for (seller, supplier) in shop.suppliers.iter().enumerate() {
        let lines: Vec<&Bought> = bought.iter().filter(|line| line.0 == seller && line.2 > 0).collect();
        let cents: i64 = lines.iter().map(|line| line.3).sum();
        if lines.is_empty() || cents < supplier.minimum_cents {
            continue;
        }
        let is_free = supplier.free_shipping_from.is_some_and(|from| cents >= from);
        costs.goods += cents as f64 / 100.0;
        costs.shipping += if is_free { 0.0 } else { supplier.shipping_cents as f64 / 100.0 };
        let lead = |item: usize| {
            shop.items[item]
                .offers
                .iter()
                .find(|offer| offer.supplier == supplier.key)
                .map_or(0, |offer| i32::from(offer.lead_days))
        };
        let late = shop.late(&supplier.key, day);
        for (_, item, units, cents) in &lines {
            books.on_order.push((day + lead(*item), day + lead(*item) + late, *item, *units));
            books.paid[*item].0 += units;
            books.paid[*item].1 += cents;
        }
        if let Some(line) = lines.first() {
            books.underway.push((day, day + lead(line.1) + late, supplier.key.clone()));
        }
    }
}
