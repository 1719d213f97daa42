//! A business as its customers find it on a day, at one of its places.

use jiff::civil::Date;

use super::offer::{Offer, resolve};
use super::{DatedPrice, Location, Tenant};
use crate::ids::ServiceId;

impl Tenant {
    /// The business as customers of `location` find it on `date`, a day there: prices are those that hold then and there, dated
    /// ones only those that begin later, and what is not to be had there is left out. Hours, zone, number and address are the
    /// location's, where it has its own. `None`: no location is known.
    #[must_use]
    pub fn seen_from(&self, location: Option<&Location>, date: Date) -> Self {
        let mut seen = self.clone();
        seen.services.retain_mut(|service| {
            let offer = resolve(self, location, &service.id, date);
            service.price = offer.price();
            service.dated_prices = to_come(&service.dated_prices, location, &service.id, date);
            offer != Offer::NotOffered
        });
        if let Some(location) = location {
            seen.hours = location.hours(self).clone();
            seen.business.address = Some(location.address.line());
            if let Some(zone) = &location.zone {
                seen.zone.clone_from(zone);
            }
            if location.phone.is_some() {
                seen.business.phone.clone_from(&location.phone);
            }
        }
        seen
    }
}

/// The dated prices that begin after `date`, the next first; of two that begin on one day the location's.
fn to_come(tenants: &[DatedPrice], location: Option<&Location>, service: &ServiceId, date: Date) -> Vec<DatedPrice> {
    let local = location.and_then(|location| location.prices.iter().find(|price| price.service == *service));
    let local = local.map_or(&[][..], |local| &local.dated);
    let mut dated: Vec<DatedPrice> = local.iter().chain(tenants).filter(|dated| dated.from > date).copied().collect();
    dated.sort_by_key(|dated| dated.from);
    dated.dedup_by_key(|dated| dated.from);
    dated
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples::roofer;

    fn business() -> (Tenant, Location) {
        let mut tenant = roofer();
        let service = tenant.services[0].id.clone();
        let price = |cents: u64| json!({ "from_cents": cents, "to_cents": cents });
        tenant.services[0].price = serde_json::from_value(price(10_000)).unwrap();
        tenant.services[0].dated_prices = serde_json::from_value(json!([
            { "from": "2026-11-01", "until": "2026-11-30", "price": price(8_000) },
            { "from": "2027-01-01", "price": price(12_000) },
        ]))
        .unwrap();
        let lakewood = serde_json::from_value(json!({
            "id": "lakewood", "name": "Lakewood", "zone": "America/Chicago", "phone": "+13035550177",
            "address": { "street": "410 Example Street", "city": "Lakewood", "postal_code": "80226", "country": "US" },
            "hours": { "sunday": [{ "open": "10:00", "close": "12:00" }] },
            "prices": [
                { "service": service, "price": price(20_000), "dated": [{ "from": "2026-12-24", "price": price(30_000) }] },
                { "service": tenant.services[1].id, "offered": false },
            ],
        }))
        .unwrap();
        (tenant, lakewood)
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn prices_are_those_that_hold_then_and_there() {
        let (tenant, lakewood) = business();
        let cents = |location: Option<&Location>, date: &str| {
            tenant.seen_from(location, day(date)).services[0].price.unwrap().from_cents
        };
        assert_eq!(cents(None, "2026-10-31"), 10_000);
        assert_eq!(cents(None, "2026-11-20"), 8_000);
        assert_eq!(cents(None, "2027-02-01"), 12_000);
        assert_eq!(cents(Some(&lakewood), "2026-10-31"), 20_000);
        assert_eq!(cents(Some(&lakewood), "2026-11-20"), 8_000, "a dated price beats one that always holds");
        assert_eq!(cents(Some(&lakewood), "2026-12-24"), 30_000);
        let later = |location: Option<&Location>| {
            let seen = tenant.seen_from(location, day("2026-11-20"));
            seen.services[0].dated_prices.iter().map(|dated| dated.price.from_cents).collect::<Vec<_>>()
        };
        assert_eq!((later(None), later(Some(&lakewood))), (vec![12_000], vec![30_000, 12_000]));
    }

    #[test]
    fn a_location_shows_its_own_hours_number_and_address_and_not_what_it_does_not_offer() {
        let (tenant, lakewood) = business();
        let seen = tenant.seen_from(Some(&lakewood), day("2026-11-20"));
        assert_eq!((seen.zone.as_str(), &seen.hours), ("America/Chicago", lakewood.hours.as_ref().unwrap()));
        assert_eq!(seen.business.phone, lakewood.phone);
        assert_eq!(seen.business.address, Some(lakewood.address.line()));
        assert_eq!(seen.services.len(), tenant.services.len() - 1);
        let plain = Location { zone: None, phone: None, hours: None, prices: Vec::new(), ..lakewood };
        let seen = tenant.seen_from(Some(&plain), day("2026-10-01"));
        assert_eq!(
            (&seen.zone, &seen.hours, &seen.business.phone),
            (&tenant.zone, &tenant.hours, &tenant.business.phone)
        );
        assert_eq!(seen.services.len(), tenant.services.len());
    }
}
