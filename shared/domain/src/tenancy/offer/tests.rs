//! The law of prices: tenant < location < date.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::roofer;
use crate::tenancy::LocationPrice;

fn cents(from_cents: u64) -> Price {
    Price { from_cents, to_cents: None }
}

fn inspection() -> ServiceId {
    ServiceId::new("roof-inspection").unwrap()
}

fn lakewood(prices: Vec<LocationPrice>) -> Location {
    let address = json!({ "street": "1 Example Street", "city": "Lakewood", "country": "US" });
    let mut location: Location =
        serde_json::from_value(json!({ "id": "lakewood", "name": "Lakewood", "address": address })).unwrap();
    location.prices = prices;
    location
}

fn here(price: Option<Price>, dated: Vec<DatedPrice>) -> LocationPrice {
    LocationPrice { service: inspection(), price, dated, offered: true }
}

fn dated(from: Date, until: Option<Date>, price: u64) -> DatedPrice {
    DatedPrice { from, until, price: cents(price) }
}

#[test]
fn each_level_beats_the_one_before() {
    let mut tenant = roofer();
    let (summer, autumn) = (date(2026, 6, 1), date(2026, 9, 1));
    let costs = |tenant: &Tenant, location: Option<&Location>| {
        resolve(tenant, location, &inspection(), summer).price().map(|price| price.from_cents)
    };
    assert_eq!(costs(&tenant, None), Some(14_900));
    assert_eq!(costs(&tenant, Some(&lakewood(vec![]))), Some(14_900), "as for the tenant");
    let cheap = lakewood(vec![here(Some(cents(9_900)), vec![])]);
    assert_eq!(costs(&tenant, Some(&cheap)), Some(9_900));
    tenant.services[0].dated_prices = vec![dated(summer, Some(summer), 12_000)];
    assert_eq!(costs(&tenant, Some(&cheap)), Some(12_000), "a date beats the location's usual price");
    let special = lakewood(vec![here(Some(cents(9_900)), vec![dated(summer, None, 7_500)])]);
    assert_eq!(costs(&tenant, Some(&special)), Some(7_500));
    let after = resolve(&tenant, Some(&cheap), &inspection(), autumn);
    assert_eq!(after, Offer::Priced(cents(9_900)), "the date has passed");
}

#[test]
fn not_offered_and_not_priced_are_told_apart() {
    let tenant = roofer();
    let day = date(2026, 6, 1);
    let gutters = ServiceId::new("gutter-cleaning").unwrap();
    assert_eq!(resolve(&tenant, None, &gutters, day), Offer::OnRequest);
    let never = LocationPrice { offered: false, ..here(Some(cents(1)), vec![dated(day, None, 2)]) };
    assert_eq!(resolve(&tenant, Some(&lakewood(vec![never])), &inspection(), day), Offer::NotOffered);
    let unknown = ServiceId::new("windows").unwrap();
    assert_eq!(resolve(&tenant, None, &unknown, day), Offer::NotOffered);
}

fn any_dated() -> impl Strategy<Value = Vec<DatedPrice>> {
    let one = (0_i32..20, prop::option::of(0_i32..10), 0_u64..50).prop_map(|(start, length, price)| {
        let from = date(2026, 6, 1).checked_add(start.days()).unwrap();
        dated(from, length.map(|length| from.checked_add(length.days()).unwrap()), price)
    });
    prop::collection::vec(one, 0..4).prop_map(|mut prices| {
        prices.sort_by_key(|price| price.from);
        prices.dedup_by_key(|price| price.from);
        prices
    })
}

proptest! {
    #[test]
    fn tenant_then_location_then_date(
        base in prop::option::of(0_u64..50), local in prop::option::of(0_u64..50),
        tenant_dated in any_dated(), local_dated in any_dated(), day in 0_i32..40, at_location in any::<bool>(),
    ) {
        let day = date(2026, 6, 1).checked_add(day.days()).unwrap();
        let mut tenant = roofer();
        tenant.services[0].price = base.map(cents);
        tenant.services[0].dated_prices = tenant_dated.clone();
        let location = at_location.then(|| lakewood(vec![here(local.map(cents), local_dated.clone())]));

        // Every price that applies, the weakest first: the last one wins.
        let mut applying: Vec<Price> = Vec::new();
        applying.extend(base.map(cents));
        applying.extend(local.map(cents).filter(|_| at_location));
        let in_force = |prices: Vec<DatedPrice>| {
            prices.into_iter().filter(move |p| p.from <= day && p.until.unwrap_or(Date::MAX) >= day).map(|p| p.price)
        };
        applying.extend(in_force(tenant_dated));
        applying.extend(in_force(local_dated).filter(|_| at_location));

        let expected = applying.last().map_or(Offer::OnRequest, |price| Offer::Priced(*price));
        prop_assert_eq!(resolve(&tenant, location.as_ref(), &inspection(), day), expected);
    }
}
