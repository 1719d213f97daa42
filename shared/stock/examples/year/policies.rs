//! What is ordered on a Monday: by this crate, and by a plain reorder point.

use std::collections::BTreeMap;

use jiff::civil::Date;
use stock::{
    BookedJob, DayUse, Forecast, Incoming, JobUse, Lead, Outset, Safety, Season, Terms, Usage, forecast, learn, plan,
};

use crate::run::{Books, HOLDING_PERCENT, TRIP_CENTS};
use crate::shop::{Item, START, Shop, date_of};

/// What is ordered: supplier's place, item, units, cents.
pub(crate) type Bought = (usize, usize, i64, i64);

/// A plain policy: at or below (mean use over lead and review, and so many standard deviations), order up to that and so many days
/// more, from whoever asks least for one, or from whoever delivers first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain {
    pub(crate) deviations: f64,
    pub(crate) days: f64,
    pub(crate) from_first: bool,
}

impl Plain {
    pub(crate) fn order(&self, shop: &Shop, books: &Books, day: i32) -> Vec<Bought> {
        let mut bought = Vec::new();
        for (place, item) in shop.items.iter().enumerate() {
            let rated = |offer: &&stock::Offer| {
                if self.from_first { i64::from(offer.lead_days) } else { offer.tiers[0].pack_cents }
            };
            let Some(offer) = item.offers.iter().min_by_key(rated) else { continue };
            let recent = item.jobs.iter().filter(|job| (day - 90..day).contains(&job.day));
            let daily = recent.map(|job| job.quantity).sum::<i64>() as f64 / 90.0;
            let span = f64::from(offer.lead_days) + 7.0;
            let point = daily * span + self.deviations * (daily * span).sqrt();
            let position = books.on_hand[place] + books.incoming(place).map(|(_, units)| units).sum::<i64>();
            let wanted = (point + daily * self.days).ceil() as i64 - position;
            if position as f64 <= point && wanted > 0 {
                bought.push((supplier(shop, &offer.supplier), place, wanted));
            }
        }
        reach_minimum(shop, &mut bought);
        bought.into_iter().map(|(seller, place, units)| priced(shop, seller, place, units)).collect()
    }
}

fn supplier(shop: &Shop, key: &str) -> usize {
    shop.suppliers.iter().position(|supplier| supplier.key == key).unwrap_or_default()
}

/// Whole packs, at the price of the tier.
fn priced(shop: &Shop, seller: usize, place: usize, units: i64) -> Bought {
    let offers = &shop.items[place].offers;
    let Some(offer) = offers.iter().find(|offer| offer.supplier == shop.suppliers[seller].key) else {
        return (seller, place, 0, 0);
    };
    let packs = (units + offer.pack - 1) / offer.pack;
    let tier = offer.tiers.iter().rfind(|tier| tier.from <= packs * offer.pack).map_or(0, |tier| tier.pack_cents);
    (seller, place, packs * offer.pack, packs * tier)
}

/// Lines grow by a fifth until each supplier's least value is reached, as a shop would do by hand.
fn reach_minimum(shop: &Shop, bought: &mut [(usize, usize, i64)]) {
    for (seller, supplier) in shop.suppliers.iter().enumerate() {
        for _ in 0..60 {
            let lines = bought.iter().filter(|line| line.0 == seller);
            let cents: i64 = lines.map(|(seller, place, units)| priced(shop, *seller, *place, *units).3).sum();
            if cents == 0 || cents >= supplier.minimum_cents {
                break;
            }
            bought.iter_mut().filter(|line| line.0 == seller).for_each(|line| line.2 += line.2 / 5 + 1);
        }
    }
}

/// This crate's order: nothing is told but what the shop would know on that day.
pub(crate) fn own(shop: &Shop, books: &Books, day: i32) -> Vec<Bought> {
    let today = date_of(day);
    let items = shop.items.iter().enumerate().map(|(place, item)| {
        let on_order = books.incoming(place).map(|(day, quantity)| Incoming { date: date_of(day), quantity });
        stock::Item {
            key: item.key.clone(),
            on_hand: books.on_hand[place],
            on_order: on_order.collect(),
            forecast: forecast_of(item, day, 35),
            safety: Safety::Service(0.95),
            reorder_point: None,
            offers: offers(item, books),
            shortage_cents: Some(item.unit_cents * 3 / 10 + TRIP_CENTS),
        }
    });
    let terms =
        Terms { today, review_days: 7, budget_cents: None, holding_percent: HOLDING_PERCENT, most_days_ahead: 240 };
    let plan = plan(&items.collect::<Vec<_>>(), &shop.suppliers, &terms);
    let place = |key: &str| shop.items.iter().position(|item| item.key == key).unwrap_or_default();
    let lines =
        plan.orders.iter().flat_map(|order| order.lines.iter().map(|line| (supplier(shop, &order.supplier), line)));
    lines.map(|(seller, line)| (seller, place(&line.item), line.quantity, line.cents)).collect()
}

/// What the shop would expect of an item on that day.
pub(crate) fn forecast_of(item: &Item, day: i32, days: u16) -> Forecast {
    let (today, history) = (date_of(day), history(item, day));
    let season = Season::learn(&[&history], START, today);
    let (usage, booked) = (usage(item, day), booked(item, day, today));
    forecast(&Outset {
        today,
        days,
        item: &item.key,
        history: &history,
        recorded_since: START,
        season: &season,
        booked: &booked,
        usage: &usage,
        outlook: &[],
    })
}

fn history(item: &Item, day: i32) -> Vec<DayUse> {
    let past = item.jobs.iter().filter(|job| job.day < day);
    past.map(|job| DayUse {
        date: date_of(job.day),
        quantity: job.quantity,
        booked_ahead: u16::try_from(job.booked_ahead).unwrap_or_default(),
    })
    .collect()
}

/// Every item has a service of its own.
fn usage(item: &Item, day: i32) -> Usage {
    let done = item.jobs.iter().filter(|job| job.day < day);
    let jobs: Vec<JobUse> = done
        .map(|job| JobUse { service: item.key.clone(), used: BTreeMap::from([(item.key.clone(), job.quantity)]) })
        .collect();
    learn(&jobs, &BTreeMap::new())
}

fn booked(item: &Item, day: i32, today: Date) -> Vec<BookedJob> {
    let known = item.jobs.iter().filter(|job| job.day >= day && job.day - job.booked_ahead < day);
    let jobs: Vec<BookedJob> =
        known.map(|job| BookedJob { date: date_of(job.day), service: item.key.clone() }).collect();
    debug_assert!(jobs.iter().all(|job| job.date >= today));
    jobs
}

/// The offers with the lead times that were seen.
fn offers(item: &Item, books: &Books) -> Vec<stock::Offer> {
    let learned = item.offers.iter().map(|offer| {
        let taken = books.taken.get(&offer.supplier).map(Vec::as_slice).unwrap_or_default();
        let lead = Lead::learn(taken, offer.lead_days);
        stock::Offer { lead_days: lead.days, late_days: lead.late_days, ..offer.clone() }
    });
    learned.collect()
}
