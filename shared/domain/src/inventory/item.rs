//! What is kept in stock, and who sells it at what price.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Supplier;
use crate::Failure;
use crate::ids::{ItemId, PlaceId, ServiceId, SupplierId};
use crate::tenancy::{Tenant, ensure, text, unique};

/// The most items a business may keep: all are read for the weekly order.
pub const MAX_ITEMS: usize = 1_000;
/// The most suppliers of one item.
const MAX_OFFERS: usize = 10;
/// The most prices of one offer.
const MAX_PRICES: usize = 10;
/// The most places of one item.
const MAX_PLACES: usize = 100;
/// The most services whose use of an item is named.
const MAX_PER_VISITS: usize = 200;
/// The most units, and the most cents of a price: a slip of the keyboard is more.
const MAX_UNITS: i64 = 1_000_000;
const MAX_CENTS: i64 = 1_000_000_000;

/// Something that is kept in stock. A document of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StockedItem)]
pub struct Item {
    /// Its slug.
    pub id: ItemId,
    /// The number by which the business knows it.
    #[schema(min_length = 1, max_length = 40, example = "CAP-45-5")]
    pub sku: String,
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "Capacitor 45/5 µF")]
    pub name: String,
    /// What it is counted in.
    #[serde(default = "pieces")]
    #[schema(min_length = 1, max_length = 20, example = "pcs")]
    pub unit: String,
    /// What it is kept among: items of one category share their season.
    #[serde(default)]
    #[schema(max_length = 40, example = "Electrical")]
    pub category: String,
    /// Who sells it.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub offers: Vec<Offer>,
    /// Ordered when stock and orders are at or below so many units; worked out where it is not said.
    #[serde(default)]
    #[schema(example = 6)]
    pub reorder_point: Option<i64>,
    /// So many units are kept against the unforeseen; worked out where it is not said.
    #[serde(default)]
    #[schema(example = 4)]
    pub safety_stock: Option<i64>,
    /// What a customer pays for a unit, in cents of the tenant's currency: for its margin.
    #[serde(default)]
    #[schema(example = 4_900)]
    pub price_cents: Option<i64>,
    /// Where it is kept: locations, vans, or the `shop`; empty: anywhere.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub places: Vec<PlaceId>,
    /// What visits use of it, until enough of them have shown it.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub per_visits: Vec<PerVisits>,
    /// Whether it is ordered. What is out of use stays known to the ledger.
    #[serde(default = "yes")]
    pub active: bool,
}

/// What one supplier asks for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupplierOffer)]
pub struct Offer {
    /// Who.
    pub supplier: SupplierId,
    /// The number by which the supplier knows it.
    #[serde(default)]
    #[schema(max_length = 40, example = "97F9834")]
    pub sku: String,
    /// Units in a pack: whole packs are ordered.
    #[serde(default = "one")]
    #[schema(minimum = 1, example = 10)]
    pub pack_size: i64,
    /// Days from the order to the delivery.
    #[schema(maximum = 365, example = 3)]
    pub lead_days: u16,
    /// Days that it may be late: planned for, and not promised.
    #[serde(default)]
    #[schema(maximum = 365, example = 1)]
    pub late_days: u16,
    /// Prices of a pack. The one of the highest quantity reached is that of all of them; the first quantity is the least that is sold.
    #[schema(min_items = 1, max_items = 10)]
    pub prices: Vec<PackPrice>,
}

/// The price of a pack from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackPrice {
    /// From so many units on.
    #[schema(minimum = 1, example = 20)]
    pub from: i64,
    /// Cents of the tenant's currency for a pack.
    #[schema(minimum = 0, example = 8_900)]
    pub pack_cents: i64,
}

/// What visits of one service use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerVisits {
    /// Which service.
    pub service: ServiceId,
    /// How many units a hundred visits use.
    #[schema(minimum = 1, maximum = 1_000_000, example = 35)]
    pub per_100_visits: i64,
}

fn pieces() -> String {
    "pcs".to_owned()
}

fn one() -> i64 {
    1
}

fn yes() -> bool {
    true
}

impl Item {
    /// Checks what the types do not: texts, quantities, prices that fall as quantities rise, and that what it names is there.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `offers[1].prices[0].from`.
    pub fn validate(&self, tenant: &Tenant, suppliers: &[Supplier], places: &super::Places) -> Result<(), Failure> {
        text("sku", &self.sku, 1..=40)?;
        text("name", &self.name, 1..=80)?;
        text("unit", &self.unit, 1..=20)?;
        text("category", &self.category, 0..=40)?;
        units("reorder_point", self.reorder_point, 0)?;
        units("safety_stock", self.safety_stock, 0)?;
        cents("price_cents", self.price_cents.unwrap_or_default())?;
        ensure(self.offers.len() <= MAX_OFFERS, "offers", format!("an item has at most {MAX_OFFERS} offers"))?;
        for (index, offer) in self.offers.iter().enumerate() {
            offer.validate(suppliers).map_err(|failure| failure.within(&format!("offers[{index}]")))?;
        }
        unique(
            self.offers.iter().enumerate().map(|(index, offer)| (format!("offers[{index}].supplier"), &offer.supplier)),
        )?;
        ensure(
            self.places.len() <= MAX_PLACES,
            "places",
            format!("an item is kept at no more than {MAX_PLACES} places"),
        )?;
        for (index, place) in self.places.iter().enumerate() {
            places.demand(&format!("places[{index}]"), place)?;
        }
        unique(self.places.iter().enumerate().map(|(index, place)| (format!("places[{index}]"), place)))?;
        self.validate_visits(tenant)
    }

    fn validate_visits(&self, tenant: &Tenant) -> Result<(), Failure> {
        let few = self.per_visits.len() <= MAX_PER_VISITS;
        ensure(few, "per_visits", format!("per_visits takes at most {MAX_PER_VISITS} entries"))?;
        for (index, visits) in self.per_visits.iter().enumerate() {
            let known = tenant.services.iter().any(|service| service.id == visits.service);
            let field = format!("per_visits[{index}]");
            ensure(known, format!("{field}.service"), format!("{} is no service of this business", visits.service))?;
            units(&format!("{field}.per_100_visits"), Some(visits.per_100_visits), 1)?;
        }
        let services = self.per_visits.iter().enumerate();
        unique(services.map(|(index, visits)| (format!("per_visits[{index}].service"), &visits.service)))
    }

    /// The least that a unit costs, in cents, of any offer at its first price; `None`: no one sells it.
    #[must_use]
    pub fn unit_cents(&self) -> Option<i64> {
        let first = |offer: &Offer| Some(offer.prices.first()?.pack_cents / offer.pack_size.max(1));
        self.offers.iter().filter_map(first).min()
    }

    /// What a supplier asks for it.
    #[must_use]
    pub fn offer_of(&self, supplier: &SupplierId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.supplier == *supplier)
    }
}

impl Offer {
    fn validate(&self, suppliers: &[Supplier]) -> Result<(), Failure> {
        let known = suppliers.iter().any(|supplier| supplier.id == self.supplier);
        ensure(known, "supplier", format!("{} is no supplier of this business: add it first", self.supplier))?;
        text("sku", &self.sku, 0..=40)?;
        units("pack_size", Some(self.pack_size), 1)?;
        ensure(self.lead_days <= 365, "lead_days", "a delivery takes at most 365 days")?;
        ensure(self.late_days <= 365, "late_days", "a delivery is at most 365 days late")?;
        let some = (1..=MAX_PRICES).contains(&self.prices.len());
        ensure(some, "prices", format!("an offer has 1 to {MAX_PRICES} prices"))?;
        let mut before: Option<&PackPrice> = None;
        for (index, price) in self.prices.iter().enumerate() {
            units(&format!("prices[{index}].from"), Some(price.from), 1)?;
            cents(&format!("prices[{index}].pack_cents"), price.pack_cents)?;
            let rises = before.is_none_or(|before| price.from > before.from);
            ensure(rises, format!("prices[{index}].from"), "each price begins at more units than the one before it")?;
            let falls = before.is_none_or(|before| price.pack_cents <= before.pack_cents);
            ensure(falls, format!("prices[{index}].pack_cents"), "a price for more units is no higher than for fewer")?;
            before = Some(price);
        }
        Ok(())
    }

    /// The price of a pack where so many units are ordered; that of the first quantity where it is less.
    #[must_use]
    pub fn pack_cents(&self, quantity: i64) -> i64 {
        let reached = self.prices.iter().rev().find(|price| price.from <= quantity);
        reached.or(self.prices.first()).map_or(0, |price| price.pack_cents)
    }
}

fn units(field: &str, value: Option<i64>, least: i64) -> Result<(), Failure> {
    let sane = value.is_none_or(|value| (least..=MAX_UNITS).contains(&value));
    ensure(sane, field, format!("{} must be {least} to {MAX_UNITS}", last(field)))
}

fn cents(field: &str, value: i64) -> Result<(), Failure> {
    ensure((0..=MAX_CENTS).contains(&value), field, format!("{} must be 0 to {MAX_CENTS} cents", last(field)))
}

fn last(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Places;
    use crate::samples::roofer;
    use serde_json::{Value, from_value, json};

    fn capacitor(change: &Value) -> Item {
        let offer = json!({"supplier": "acme-supply", "sku": "97F", "pack_size": 10, "lead_days": 3,
            "prices": [{"from": 10, "pack_cents": 9000}, {"from": 50, "pack_cents": 8000}]});
        let mut item = json!({"id": "cap", "sku": "CAP", "name": "Capacitor", "offers": [offer]});
        item.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        from_value(item).unwrap()
    }

    fn supplier() -> Supplier {
        from_value(json!({"id": "acme-supply", "name": "Acme Supply", "email": "orders@supply.example"})).unwrap()
    }

    #[test]
    fn what_is_wrong_is_refused_by_name() {
        let check = |item: &Item| item.validate(&roofer(), &[supplier()], &Places::default());
        assert_eq!(check(&capacitor(&json!({}))), Ok(()));
        let offer = |change: Value| {
            let mut offer = serde_json::to_value(capacitor(&json!({})).offers.first().unwrap()).unwrap();
            offer.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            json!({ "offers": [offer] })
        };
        let price = |from: i64, cents: i64| json!({"from": from, "pack_cents": cents});
        for (change, field) in [
            (json!({"sku": ""}), "sku"),
            (json!({"reorder_point": -1}), "reorder_point"),
            (json!({"price_cents": -1}), "price_cents"),
            (json!({"places": ["moon"]}), "places[0]"),
            (json!({"places": ["shop", "shop"]}), "places[1]"),
            (json!({"per_visits": [{"service": "juggling", "per_100_visits": 3}]}), "per_visits[0].service"),
            (offer(json!({"supplier": "else"})), "offers[0].supplier"),
            (offer(json!({"pack_size": 0})), "offers[0].pack_size"),
            (offer(json!({"prices": []})), "offers[0].prices"),
            (offer(json!({"prices": [price(10, 90), price(10, 80)]})), "offers[0].prices[1].from"),
            (offer(json!({"prices": [price(10, 90), price(20, 91)]})), "offers[0].prices[1].pack_cents"),
        ] {
            let Err(Failure::Rejected { field: named, .. }) = check(&capacitor(&change)) else { panic!("{change}") };
            assert_eq!(named.as_deref(), Some(field), "{change}");
        }
    }

    #[test]
    fn the_price_of_the_highest_quantity_reached_holds_for_all() {
        let item = capacitor(&json!({}));
        let offer = item.offers.first().unwrap();
        assert_eq!([5, 10, 49, 50, 500].map(|quantity| offer.pack_cents(quantity)), [9000, 9000, 9000, 8000, 8000]);
        assert_eq!(item.unit_cents(), Some(900));
    }
}
