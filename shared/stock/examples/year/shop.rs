//! A shop that is made up from a seed: its items, its suppliers, and what its customers will want on each day.

use jiff::Span;
use jiff::civil::{Date, date};
use stock::{Offer, Supplier, Tier};

/// The first day that is recorded; the year that counts begins [`BEFORE`] days later.
pub(crate) const START: Date = date(2025, 1, 6);
/// Days of records before the year that counts.
pub(crate) const BEFORE: i32 = 420;
/// Days that count.
pub(crate) const YEAR: i32 = 364;

/// Numbers that look random and are the same on every run (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to 1.
    pub(crate) fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, least: f64, greatest: f64) -> f64 {
        least + (greatest - least) * self.part()
    }

    /// A Poisson number, for small means.
    pub(crate) fn count(&mut self, mean: f64) -> i64 {
        let (mut count, mut left) = (0, self.part());
        let mut chance = (-mean).exp();
        while left > chance && count < 1_000 {
            left -= chance;
            count += 1;
            chance *= mean / count as f64;
        }
        count
    }
}

/// A job that uses an item.
#[derive(Clone)]
pub(crate) struct Job {
    pub(crate) day: i32,
    pub(crate) booked_ahead: i32,
    pub(crate) quantity: i64,
}

pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) unit_cents: i64,
    pub(crate) offers: Vec<Offer>,
    pub(crate) jobs: Vec<Job>,
}

pub(crate) struct Shop {
    pub(crate) seed: u64,
    pub(crate) items: Vec<Item>,
    pub(crate) suppliers: Vec<Supplier>,
}

pub(crate) fn date_of(day: i32) -> Date {
    START.saturating_add(Span::new().days(day))
}

/// How a supplier differs.
struct Kind {
    key: &'static str,
    lead_days: u16,
    /// The most days that it is late.
    late: f64,
    /// Its price against the list.
    price: f64,
    has_tiers: bool,
    shipping_cents: i64,
    free_shipping_from: Option<i64>,
    minimum_cents: i64,
}

const KINDS: [Kind; 3] = [
    Kind {
        key: "corner",
        lead_days: 1,
        late: 1.0,
        price: 1.18,
        has_tiers: false,
        shipping_cents: 600,
        free_shipping_from: None,
        minimum_cents: 0,
    },
    Kind {
        key: "depot",
        lead_days: 4,
        late: 3.0,
        price: 1.0,
        has_tiers: true,
        shipping_cents: 1_500,
        free_shipping_from: Some(40_000),
        minimum_cents: 0,
    },
    Kind {
        key: "factory",
        lead_days: 12,
        late: 8.0,
        price: 0.9,
        has_tiers: true,
        shipping_cents: 2_500,
        free_shipping_from: Some(90_000),
        minimum_cents: 15_000,
    },
];

impl Shop {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x5851_f42d_4c95_7f2d) ^ 0x1405);
        let suppliers = KINDS.iter().map(|kind| Supplier {
            key: kind.key.to_owned(),
            minimum_cents: kind.minimum_cents,
            shipping_cents: kind.shipping_cents,
            free_shipping_from: kind.free_shipping_from,
        });
        let suppliers = suppliers.collect();
        Self { seed, items: (0..14).map(|place| item(place, &mut dice)).collect(), suppliers }
    }

    /// How late this delivery is, in days: the same under every policy.
    pub(crate) fn late(&self, supplier: &str, day: i32) -> i32 {
        let most = KINDS.iter().find(|kind| kind.key == supplier).map_or(0.0, |kind| kind.late);
        let salt = supplier.bytes().map(u64::from).sum::<u64>() * 7_919 + u64::from(day.unsigned_abs());
        let mut dice = Dice(self.seed ^ salt.wrapping_mul(0x2545_f491_4f6c_dd1d));
        if dice.part() < 0.7 { 0 } else { dice.between(1.0, most + 1.0) as i32 }
    }
}

/// Items in turn: one that is used steadily, one of the summer, and one that is used now and then.
fn item(place: usize, dice: &mut Dice) -> Item {
    let unit_cents = dice.between(3.0, 9.0).exp() as i64;
    let kind = place % 3;
    let (jobs_a_day, most) = match kind {
        0 => (dice.between(0.3, 1.5), 3.0),
        1 => (dice.between(0.3, 1.2), 2.0),
        _ => (dice.between(0.02, 0.12), 5.0),
    };
    let (peak, height, growth) = (dice.between(170.0, 220.0), dice.between(1.5, 4.0), dice.between(-0.15, 0.35));
    let booked = dice.between(0.3, 0.8);
    let mut jobs = Vec::new();
    for day in 0..BEFORE + YEAR + 30 {
        let from_peak = (f64::from(date_of(day).day_of_year()) - peak).abs();
        let season = if kind == 1 { 0.5 + height * (-(from_peak / 45.0).powi(2)).exp() } else { 1.0 };
        let weekday = [1.2, 1.1, 1.0, 1.0, 1.1, 0.4, 0.1]
            [usize::from(date_of(day).weekday().to_monday_zero_offset().unsigned_abs())];
        let mean = jobs_a_day * season * weekday * (1.0 + growth * f64::from(day) / 365.0);
        for _ in 0..dice.count(mean) {
            let booked_ahead = if dice.part() < booked { dice.between(1.0, 18.0) as i32 } else { 0 };
            jobs.push(Job { day, booked_ahead, quantity: dice.between(1.0, most + 1.0) as i64 });
        }
    }
    let pack = [1, 1, 2, 5][(dice.part() * 4.0) as usize];
    let sellers = KINDS.iter().filter(|_| dice.part() < 0.8).collect::<Vec<_>>();
    let sellers = if sellers.is_empty() { vec![&KINDS[1]] } else { sellers };
    let offers = sellers.into_iter().map(|kind| {
        let pack_cents = ((unit_cents * pack) as f64 * kind.price) as i64;
        let mut tiers = vec![Tier { from: 1, pack_cents }];
        if kind.has_tiers {
            tiers.push(Tier { from: 20, pack_cents: pack_cents * 94 / 100 });
            tiers.push(Tier { from: 100, pack_cents: pack_cents * 88 / 100 });
        }
        Offer { supplier: kind.key.to_owned(), lead_days: kind.lead_days, late_days: 0, pack, tiers }
    });
    Item { key: format!("item-{place}"), unit_cents, offers: offers.collect(), jobs }
}
