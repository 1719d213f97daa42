//! The generated businesses: the same for the same seed, the first hundred of a thousand the same as a hundred alone.

use anyhow::{Context, Result};
use domain::EventId;
use domain::campaigns::{Condition, WeatherRule};
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::insights::{Bucket, Counter, Counts, Increment, Place, Step};
use domain::inventory::{Item, NewMovement, Supplier};
use domain::journeys::ConsentRecord;
use domain::leads::{ContactChange, named_addresses};
use domain::messaging::{Channel, Purpose, Source};
use domain::scheduling::Resource;
use domain::tenancy::Tenant;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::json;
use store::{Store, Trace, suggested_rules};

use super::places::{TOWNS, Town};
use super::providers::is_stormy;

/// What they do, with a service that weather brings customers for where there is one.
const TRADES: [(&str, &str); 8] = [
    ("roofing", "roof-inspection"),
    ("hvac", "tune-up"),
    ("plumbing", "leak-repair"),
    ("landscaping", "storm-cleanup"),
    ("pool service", "pool-service"),
    ("dental", "cleaning"),
    ("auto detailing", "ppf"),
    ("salon", "haircut"),
];

/// Of every ten businesses so many wait for weather, keep stock, and have counted enough for benchmarks.
const WAIT_FOR_WEATHER: u64 = 7;
const KEEP_STOCK: u64 = 5;
const HAVE_COUNTED: u64 = 7;
/// So many customers has a business that waits for weather.
const CUSTOMERS: usize = 3;

/// A business, and what its owner is to see.
pub(super) struct Business {
    pub(super) tenant: Tenant,
    /// Its town, by its place among [`TOWNS`].
    pub(super) town: usize,
    /// Whether it waits for weather, and for storms.
    pub(super) waits: bool,
    pub(super) waits_for_storms: bool,
    /// Whether it has too few of something.
    pub(super) runs_out: bool,
    /// Whether it has counted enough to be compared.
    pub(super) has_counted: bool,
}

impl Business {
    /// Whether the weather comes that it waits for.
    pub(super) fn is_hit(&self) -> bool {
        self.waits && is_stormy(self.town)
    }
}

/// Numbers that look drawn (SplitMix64).
struct Draws(u64);

impl Draws {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    fn place_in<T>(&mut self, all: &[T]) -> usize {
        usize::try_from(self.below(all.len() as u64)).unwrap_or_default()
    }
}

/// Puts `count` businesses and their data into the table, as of `now`.
pub(super) async fn make(store: &Store, seed: u64, count: usize, now: Timestamp) -> Result<Vec<Business>> {
    let mut all = Vec::new();
    for index in 0..count {
        let mut draws = Draws(seed ^ (index as u64).wrapping_mul(0xa076_1d64_78bd_642f));
        all.push(make_one(store, index, &mut draws, now).await?);
    }
    Ok(all)
}

async fn make_one(store: &Store, index: usize, draws: &mut Draws, now: Timestamp) -> Result<Business> {
    let (town, trade) = (draws.place_in(&TOWNS), draws.place_in(&TRADES));
    let place = TOWNS.get(town).copied().context("no such town")?;
    let trade = TRADES.get(trade).copied().context("no such trade")?;
    let tenant = tenant(index, place, trade)?;
    let trace = Trace { actor: Actor::Operator, at: now, address: None, correlation_id: String::new() };
    store.tenants().save(&tenant, None, &trace).await?;
    let mut rules: Vec<WeatherRule> = Vec::new();
    if draws.below(10) < WAIT_FOR_WEATHER {
        rules = suggested_rules(&tenant);
    }
    for rule in &mut rules {
        rule.active = true;
        store.documents().create(&tenant.id, rule, &trace).await?;
    }
    if !rules.is_empty() {
        customers(store, &tenant, trade.1, &trace).await?;
    }
    let keeps_stock = draws.below(10) < KEEP_STOCK;
    let runs_out = keeps_stock && stock(store, &tenant, draws, &trace).await?;
    let has_counted = draws.below(10) < HAVE_COUNTED;
    if has_counted {
        let today = now.to_zoned(tenant.time_zone()).date();
        store.insights().add(&tenant.id, &[counted(&tenant, today, draws)], now).await?;
    }
    let waits_for_storms = rules.iter().any(|rule| rule.condition == Condition::Storm);
    Ok(Business { tenant, town, waits: !rules.is_empty(), waits_for_storms, runs_out, has_counted })
}

fn tenant(index: usize, town: Town, (trade, service): (&str, &str)) -> Result<Tenant> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let hours: serde_json::Map<String, serde_json::Value> =
        days.into_iter().map(|day| (day.to_owned(), json!([{"open": "08:00", "close": "17:00"}]))).collect();
    Ok(serde_json::from_value(json!({
        "id": format!("business-{index:05}"),
        "name": format!("Business {index}"),
        "industry": trade,
        "currency": town.currency(),
        "zone": town.zone,
        "region": town.country,
        "language": town.language(),
        "business": {"address": town.address(index + 1)},
        "hours": hours,
        "services": [
            {"id": service, "name": service, "price": {"from_cents": 15_000, "to_cents": 15_000}, "duration_minutes": 60,
             "booking": {"needs": [{"kind": "person"}]}},
            {"id": "consultation", "name": "Consultation", "price": {"from_cents": 5_000}, "duration_minutes": 30},
        ],
        "notify": ["staff@example.com"],
        "channels": {"sms": {"account_sid": "AC00000000000000000000000000000001", "from": own_number(index)}},
    }))?)
}

/// A number of its own: of the fictional ones, 555-0100 to 555-0199 of one area code after the other.
fn own_number(index: usize) -> String {
    format!("+1{}55501{:02}", 301 + index / 100, index % 100)
}

/// Someone who works, and customers who were served two years ago, have an old roof and agreed to hear of offers.
async fn customers(store: &Store, tenant: &Tenant, service: &str, trace: &Trace) -> Result<()> {
    let person: Resource = serde_json::from_value(json!({"id": "ana", "name": "Ana", "kind": "person"}))?;
    store.documents().create(&tenant.id, &person, trace).await?;
    let at = trace.at.checked_sub(SignedDuration::from_hours(24 * 730))?;
    for number in 0..CUSTOMERS {
        let given = ContactChange {
            name: Some(Some(format!("Customer {number}"))),
            fields: [("roof_installed".to_owned(), Some("1999".to_owned()))].into(),
            add: named_addresses(&[format!("+130355501{number:02}")], &[], "US")?,
            ..ContactChange::default()
        };
        let contact = store.contacts().make(&tenant.id, &given, &format!("customer {number}"), trace).await?;
        let id = AppointmentId::derive(&tenant.id, &[&contact.to_string()]);
        let visits = serde_json::from_value(json!([{
            "id": id, "state": "completed", "starts_at": at, "ends_at": at, "agreed_at": at, "service": service,
        }]))?;
        let consent = ConsentRecord {
            channel: Channel::Sms,
            purpose: Purpose::Marketing,
            granted: true,
            at,
            evidence: "Ticked the box".to_owned(),
        };
        let served = |journey: &mut domain::journeys::Journey| {
            journey.appointments = visits;
            journey.record_consent(consent);
        };
        store.journeys().change(&tenant.id, contact, 0, served, trace).await?;
    }
    Ok(())
}

/// One supplier and three to twelve items with half a year of use; about half of them are below what they are ordered at. Returns whether
/// any is.
async fn stock(store: &Store, tenant: &Tenant, draws: &mut Draws, trace: &Trace) -> Result<bool> {
    let supplier: Supplier = serde_json::from_value(json!({
        "id": "supply", "name": "Example Supply", "email": "orders@supply.example.com", "shipping_cents": 1_500,
    }))?;
    store.documents().create(&tenant.id, &supplier, trace).await?;
    let mut runs_out = false;
    for number in 0..3 + draws.below(10) {
        let id = format!("part-{number}");
        let item: Item = serde_json::from_value(json!({
            "id": id, "sku": id.to_uppercase(), "name": format!("Part {number}"), "reorder_point": 8, "safety_stock": 12,
            "offers": [{"supplier": "supply", "pack_size": 10, "lead_days": 3, "prices": [{"from": 1, "pack_cents": 9_000}]}],
        }))?;
        store.documents().create(&tenant.id, &item, trace).await?;
        // Twenty are used up to today.
        let is_low = draws.below(2) == 0;
        runs_out |= is_low;
        let received = if is_low { 25 } else { 120 };
        let days = [(180, "receive", received), (150, "use", 5), (100, "use", 5), (50, "use", 5), (10, "use", 5)];
        for (ago, kind, quantity) in days {
            let at = trace.at.checked_sub(SignedDuration::from_hours(24 * ago))?;
            let new: NewMovement = serde_json::from_value(json!({
                "key": format!("{id}/{ago}"), "item": id, "kind": kind, "place": "shop", "quantity": quantity, "at": at,
            }))?;
            let line = new.line(&tenant.id, Actor::Operator, trace.at);
            store.inventory().record(tenant, &line, trace.at).await?;
        }
    }
    Ok(runs_out)
}

/// What a business counted on 23 days before `today`: enough for quotes and first answers to be compared.
fn counted(tenant: &Tenant, today: Date, draws: &mut Draws) -> Increment {
    let counts = |draws: &mut Draws| -> Counts {
        let seconds = 20 + draws.below(600);
        let counters = [
            (Counter::QuotesSent, 2),
            (Counter::QuotesAccepted, draws.below(2)),
            (Counter::FirstResponse(Bucket::of(seconds)), 1),
            (Counter::FirstResponseSeconds, seconds),
            (Counter::MessagesIn(Channel::Sms), 1),
            (Counter::Reached(Step::Leads, Source::Sms), 1),
        ];
        counters.into_iter().collect()
    };
    let days = (1..=22).map(|ago| ago * 4).chain([120]);
    let place = |ago: i64| Place { day: today.saturating_sub(ago.days()), location: None };
    let adds = days.map(|ago| (place(ago), counts(draws))).collect();
    Increment { once: EventId::derive(&tenant.id, &["year"]), adds, extras: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_business_that_can_be_drawn_is_a_valid_one() {
        for town in TOWNS {
            for (index, trade) in TRADES.into_iter().enumerate() {
                let tenant = tenant(index, town, trade).unwrap();
                assert_eq!(tenant.validate(), Ok(()), "{town:?} {trade:?}");
                assert!(jiff::tz::TimeZone::get(town.zone).is_ok());
                let sought = weather::Sought::of_line(&town.address(1), town.country).unwrap();
                assert_eq!((sought.town(), sought.names().len()), (Some(town.city), 2), "{town:?}");
            }
        }
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let drawn = |seed| {
            let mut draws = Draws(seed);
            (0..20).map(|_| draws.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
    }
}
