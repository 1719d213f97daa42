//! The fields of an item, with what each supplier asks for it.

use domain::inventory::{Item, Offer, PackPrice};
use maud::{Markup, html};

use super::{Shown, rows};
use crate::settings::fields::{TickBox, boxes, choice, line, lines, number, tick};
use crate::show::amount;

/// Cents as people type them.
pub(super) fn typed(cents: i64) -> String {
    amount(u64::try_from(cents).unwrap_or_default())
}

/// The fields of an item, or of a new one.
pub(super) fn fields(shown: &Shown<'_>, item: Option<&Item>) -> Markup {
    let words = shown.reader.words;
    let text = |of: fn(&Item) -> &str| item.map(of).unwrap_or_default();
    let price = item.and_then(|item| item.price_cents).map(typed).unwrap_or_default();
    let is_kept = |id: &str| item.is_some_and(|item| item.places.iter().any(|place| place.as_str() == id));
    let places: Vec<TickBox> = shown.places.iter().map(|(id, name)| (id.clone(), name.clone(), is_kept(id))).collect();
    let offers = item.map(|item| item.offers.as_slice()).unwrap_or_default();
    html! {
        (line("item-name", "name", text(|item| &item.name)).limit(80).required().show(words))
        (line("item-sku", "sku", text(|item| &item.sku)).limit(40).required().show(words))
        (line("item-unit", "unit", item.map_or("pcs", |item| item.unit.as_str())).limit(20).required().hint("item-unit-hint").show(words))
        (line("item-category", "category", text(|item| &item.category)).limit(40).show(words))
        (number("stock-point", "reorder_point", item.and_then(|item| item.reorder_point)).hint("item-point-hint").show(words))
        (number("item-safety", "safety_stock", item.and_then(|item| item.safety_stock)).hint("item-point-hint").show(words))
        (line("item-price", "price_cents", price).reads("cents").wrong("item-cents-wrong").hint("item-price-hint").show(words))
        (boxes(&shown.t("item-places"), "places", "", None, &places))
        (rows("offers"))
        @for (index, offer) in offers.iter().enumerate() { (self::offer(shown, index, Some(offer))) }
        (offer(shown, offers.len(), None))
        (tick("item-active", "active", item.is_none_or(|item| item.active)).show(words))
    }
}

/// What one supplier asks; without a supplier, the offer is left out.
fn offer(shown: &Shown<'_>, index: usize, offer: Option<&Offer>) -> Markup {
    let words = shown.reader.words;
    let name = |field: &str| format!("offers[{index}].{field}");
    let none = (String::new(), shown.t("offer-none"));
    let suppliers = shown.suppliers.iter().map(|supplier| (supplier.id.to_string(), supplier.name.clone()));
    let suppliers: Vec<_> = std::iter::once(none).chain(suppliers).collect();
    let chosen = offer.map(|offer| offer.supplier.to_string()).unwrap_or_default();
    let prices = offer.map(|offer| prices(&offer.prices)).unwrap_or_default();
    html! {
        details open[offer.is_some()] {
            summary { (shown.t(if offer.is_some() { "offer-title" } else { "offer-add" })) }
            (choice("offer-supplier", &name("supplier"), suppliers, chosen).reads("empty-null").show(words))
            (line("offer-sku", &name("sku"), offer.map(|offer| offer.sku.as_str()).unwrap_or_default()).limit(40).show(words))
            (number("offer-pack", &name("pack_size"), Some(offer.map_or(1, |offer| offer.pack_size))).required().show(words))
            (number("offer-lead", &name("lead_days"), Some(offer.map_or(3, |offer| offer.lead_days))).required().show(words))
            (number("offer-late", &name("late_days"), Some(offer.map_or(0, |offer| offer.late_days))).required().show(words))
            (lines("offer-prices", &name("prices"), prices).rows(2).reads("pack-prices").wrong("offer-prices-wrong").hint("offer-prices-hint")
                .show(words))
        }
    }
}

/// Prices as `inventory.js` reads them: `10: 89.00`, a line each.
fn prices(prices: &[PackPrice]) -> String {
    prices.iter().map(|price| format!("{}: {}", price.from, typed(price.pack_cents))).collect::<Vec<_>>().join("\n")
}
