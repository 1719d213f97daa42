//! Items and suppliers for tests, by hand and by the dozen.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::{DayDemand, Forecast, Incoming, Item, Offer, Outlook, Safety, Supplier, Terms, Tier};

pub(crate) const TODAY: Date = date(2026, 11, 30);

pub(crate) fn in_days(days: i64) -> Date {
    TODAY.checked_add(Span::new().days(days)).unwrap()
}

/// The same every day, as a Poisson.
pub(crate) fn steady(daily: f64) -> Forecast {
    let (booked, unbooked) = (daily / 4.0, daily * 0.75);
    let day = |ahead| DayDemand { date: in_days(ahead), booked, unbooked, weather: 0.0, variance: daily };
    Forecast { days: (0..28).map(day).collect(), weather: Vec::new(), doubt: 0.0 }
}

/// With weather from one day ahead to another.
pub(crate) fn with_weather(forecast: &Forecast, (first, last): (i64, i64), factor: f64) -> Forecast {
    let (from, to) = (in_days(first), in_days(last));
    let mut forecast = forecast.clone();
    for day in forecast.days.iter_mut().filter(|day| (from..=to).contains(&day.date)) {
        day.weather = day.unbooked * (factor - 1.0);
        day.unbooked *= factor;
    }
    forecast.weather = vec![Outlook { kind: "heat_wave".to_owned(), from, to, factor, days: 9 }];
    forecast
}

pub(crate) fn offer(supplier: &str, lead_days: u16, pack: i64, tiers: &[(i64, i64)]) -> Offer {
    let tiers = tiers.iter().map(|(from, pack_cents)| Tier { from: *from, pack_cents: *pack_cents }).collect();
    Offer { supplier: supplier.to_owned(), lead_days, late_days: 0, pack, tiers }
}

pub(crate) fn supplier(
    key: &str,
    minimum_cents: i64,
    shipping_cents: i64,
    free_shipping_from: Option<i64>,
) -> Supplier {
    Supplier { key: key.to_owned(), minimum_cents, shipping_cents, free_shipping_from }
}

pub(crate) fn item(key: &str, on_hand: i64, daily: f64, offers: Vec<Offer>) -> Item {
    Item {
        key: key.to_owned(),
        on_hand,
        on_order: Vec::new(),
        forecast: steady(daily),
        safety: Safety::Units(2),
        reorder_point: None,
        offers,
        shortage_cents: None,
    }
}

pub(crate) fn terms(budget_cents: Option<i64>) -> Terms {
    Terms { today: TODAY, review_days: 7, budget_cents, holding_percent: 20, most_days_ahead: 60 }
}

/// Numbers that look random and are the same on every run (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn is(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    fn offer(&mut self, supplier: usize, price: i64) -> Offer {
        let pack = 1 + self.below(3);
        let first = price * pack * (80 + self.below(40)) / 100;
        let mut tiers = vec![(1, first)];
        if self.is(60) {
            tiers.push((2 + self.below(8), first * (70 + self.below(25)) / 100));
        }
        let mut offer = offer(&format!("s{supplier}"), u16::try_from(1 + self.below(12)).unwrap(), pack, &tiers);
        offer.late_days = u16::try_from(self.below(3)).unwrap();
        offer
    }

    fn item(&mut self, key: usize, suppliers: usize, most_sources: i64) -> Item {
        let price = 200 + self.below(4_000);
        let first = self.below(i64::try_from(suppliers).unwrap());
        let sources = 1 + self.below(most_sources);
        let places = (0..sources).map(|next| usize::try_from(first + next).unwrap() % suppliers);
        let offers = places.collect::<Vec<_>>().into_iter().map(|place| self.offer(place, price)).collect();
        let daily = [0.05, 0.1, 0.2, 0.3, 0.4][usize::try_from(self.below(5)).unwrap()];
        let on_hand = self.below(4);
        let mut item = item(&format!("item-{key}"), on_hand, daily, offers);
        item.safety = if self.is(50) { Safety::Units(self.below(3)) } else { Safety::Service(0.9) };
        if self.is(25) {
            item.on_order.push(Incoming { date: in_days(self.below(9) - 1), quantity: 1 + self.below(3) });
        }
        if self.is(20) {
            item.reorder_point = Some(self.below(6));
        }
        item.shortage_cents = self.is(60).then(|| price / 2 + self.below(3_000));
        item
    }

    pub(crate) fn market(&mut self, items: usize, suppliers: usize, most_sources: i64) -> (Vec<Item>, Vec<Supplier>) {
        let sellers = (0..suppliers).map(|place| {
            let minimum = if self.is(40) { 2_000 + self.below(8_000) } else { 0 };
            let free = self.is(40).then(|| minimum + 3_000 + self.below(9_000));
            supplier(&format!("s{place}"), minimum, self.below(2_500), free)
        });
        let sellers = sellers.collect();
        ((0..items).map(|key| self.item(key, suppliers, most_sources)).collect(), sellers)
    }
}
