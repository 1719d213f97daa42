//! What an order's document says, from what is stored of it.

use domain::ids::SupplierId;
use domain::inventory::{OrderLine, PurchaseOrder, ReasonWords, Supplier};
use domain::journeys::Local;
use domain::tenancy::{Language, Location, Tenant};
use pdf::{Business, OrderDocument, Party};

/// What a document is made of besides its order.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Those that the business has; the order's own may have been removed since.
    pub suppliers: &'a [Supplier],
    /// Where the goods go, where it is a location of the business.
    pub place: Option<&'a Location>,
    /// For who approves, in the business's language and with reasons; else for the supplier, in its language.
    pub draft: bool,
}

impl Asked<'_> {
    fn supplier(&self, id: &SupplierId) -> Option<&Supplier> {
        self.suppliers.iter().find(|supplier| supplier.id == *id)
    }
}

/// The document of an order.
#[must_use]
pub fn document(tenant: &Tenant, order: &PurchaseOrder, asked: &Asked<'_>) -> OrderDocument {
    let supplier = asked.supplier(&order.supplier);
    let theirs = supplier.and_then(|supplier| supplier.language.as_ref()).filter(|_| !asked.draft);
    let language = theirs.unwrap_or(&tenant.language);
    let note = Some(order.note.trim()).filter(|note| !note.is_empty());
    OrderDocument {
        language: pdf::Language::of(language.as_str()),
        region: tenant.region.clone(),
        currency: order.currency.clone(),
        business: Business {
            party: business(tenant),
            colour: tenant.branding.primary_colour.clone(),
            // A logo is known by its address, and nothing is fetched from there.
            logo: None,
        },
        supplier: Party {
            name: short(&order.supplier_name),
            lines: supplier.iter().map(|supplier| short(supplier.email.as_str())).collect(),
        },
        ship_to: ship_to(tenant, order, asked.place),
        number: order.number.clone(),
        account: supplier.map(|supplier| short(&supplier.account)).filter(|account| !account.trim().is_empty()),
        draft: asked.draft,
        date: order.ordered_on,
        expected: order.expected_on,
        lines: order.lines.iter().map(|one| line(tenant, order, one, language, asked)).collect(),
        subtotal_cents: order.goods_cents,
        shipping_cents: Some(order.shipping_cents),
        tax_cents: None,
        total_cents: order.total_cents,
        note: note.map(str::to_owned),
    }
}

fn business(tenant: &Tenant) -> Party {
    let address = tenant.business.address.as_deref().unwrap_or_default().lines();
    let phone = tenant.business.phone.iter().map(|phone| phone.as_str().to_owned());
    let lines = wrapped(address.map(str::to_owned).chain(phone));
    Party { name: short(tenant.known_as()), lines }
}

/// Where it goes, as the order says; of one that was drafted before orders said so, as the place says now.
fn ship_to(tenant: &Tenant, order: &PurchaseOrder, place: Option<&Location>) -> Party {
    if order.deliver_lines.is_empty() {
        return place.map_or_else(|| business(tenant), |place| location(tenant, place));
    }
    let phone = place.and_then(|place| place.phone.as_ref()).or(tenant.business.phone.as_ref());
    let lines = order.deliver_lines.iter().cloned().chain(phone.map(|phone| phone.as_str().to_owned()));
    Party { name: short(tenant.known_as()), lines: wrapped(lines) }
}

/// A text that a document takes in one line; the rest of a longer one would be no name.
fn short(text: &str) -> String {
    text.chars().take(pdf::limits::NAME).collect()
}

/// Lines that a document takes: a longer one goes on in the next, and after the last there is no address any more.
fn wrapped(lines: impl Iterator<Item = String>) -> Vec<String> {
    let pieces = lines.flat_map(|line| {
        let signs: Vec<char> = line.chars().collect();
        signs.chunks(pdf::limits::NAME).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>()
    });
    pieces.take(pdf::limits::ADDRESS_LINES).collect()
}

fn location(tenant: &Tenant, place: &Location) -> Party {
    let phone = place.phone.as_ref().or(tenant.business.phone.as_ref());
    let lines = [Some(place.name.clone()), Some(place.address.line()), phone.map(|phone| phone.as_str().to_owned())];
    Party { name: short(tenant.known_as()), lines: wrapped(lines.into_iter().flatten()) }
}

fn line(
    tenant: &Tenant,
    order: &PurchaseOrder,
    line: &OrderLine,
    language: &Language,
    asked: &Asked<'_>,
) -> pdf::OrderLine {
    let local = Local::of(language, tenant);
    let words = ReasonWords {
        language: language.as_str(),
        day: &|day| local.day(day),
        money: &|cents| local.money(cents, &order.currency),
        supplier: &|id| asked.supplier(id).map_or_else(|| id.to_string(), |supplier| supplier.name.clone()),
    };
    let is_told = asked.draft && !line.reasons.is_empty();
    pdf::OrderLine {
        sku: line.sku.clone(),
        supplier_sku: Some(line.supplier_sku.clone()).filter(|sku| !sku.trim().is_empty()),
        description: line.name.clone(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        pack_size: line.pack_size,
        price_cents: line.pack_cents,
        total_cents: line.cents,
        reason: is_told.then(|| words.all(&line.reasons).chars().take(pdf::limits::DESCRIPTION).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, from_value, json};

    #[track_caller]
    fn read<T: DeserializeOwned>(value: Value) -> T {
        from_value(value).unwrap()
    }

    fn tenant() -> Tenant {
        read(json!({
            "id": "summit", "name": "Summit GmbH", "industry": "hvac", "plan": "growth", "currency": "EUR", "zone": "Europe/Berlin",
            "region": "DE", "language": "de", "hours": {}, "services": [], "notify": [], "business": {"address": "Beispielweg 1\n10115 Berlin", "phone": "+493055501420"},
            "branding": {"primary_colour": "#F2A900"},
        }))
    }

    fn supplier(id: &str, name: &str, language: &str) -> Supplier {
        read(json!({"id": id, "name": name, "email": "o@supply.example", "account": "K-2", "language": language}))
    }

    fn order() -> PurchaseOrder {
        let id = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
        let line = json!({
            "item": "cap", "sku": "CAP-45-5", "supplier_sku": "97F", "name": "Capacitor #45/5", "unit": "pcs", "pack_size": 10, "packs": 2,
            "quantity": 20, "pack_cents": 8_900, "cents": 17_800, "expected_on": "2026-12-04", "received": 0,
            "reasons": [
                {"kind": "booked_jobs", "units": 27, "until": "2026-12-14"}, {"kind": "on_hand", "units": -7},
                {"kind": "in_time", "supplier": "late", "until": "2026-12-20"},
            ],
        });
        read(json!({
            "id": id, "number": "PO-2026-W49-7C3A1E", "supplier": "frs", "supplier_name": "Front Range Supply", "state": "draft",
            "lines": [line], "goods_cents": 17_800, "shipping_cents": 1_500, "total_cents": 19_300, "currency": "EUR", "deliver_to": "shop",
            "expected_on": "2026-12-04", "ordered_on": "2026-11-30", "note": " Dock 3 ",
            "created_at": "2026-11-30T07:00:00Z", "updated_at": "2026-11-30T07:00:00Z",
        }))
    }

    #[test]
    fn who_approves_reads_the_reasons_and_the_supplier_reads_its_own_language() {
        let suppliers = [supplier("frs", "Front Range Supply", "en"), supplier("late", "Late & Co", "en")];
        let (tenant, order) = (tenant(), order());
        let asked = |draft| Asked { suppliers: &suppliers, place: None, draft };
        let draft = document(&tenant, &order, &asked(true));
        assert_eq!((draft.language, draft.draft, draft.note.as_deref()), (pdf::Language::De, true, Some("Dock 3")));
        let reason = draft.lines.first().unwrap().reason.as_deref().unwrap();
        let said = "27 für gebuchte Einsätze bis Montag, 14. Dezember; abzüglich 7 auf Lager; Late & Co ist günstiger, \
                    liefert aber zu spät, am Sonntag, 20. Dezember";
        assert_eq!(reason, said);
        let approved = document(&tenant, &order, &asked(false));
        assert_eq!((approved.language, approved.draft), (pdf::Language::En, false));
        assert_eq!(approved.lines.first().unwrap().reason, None);
        assert_eq!(approved.account.as_deref(), Some("K-2"));
        assert_eq!(approved.ship_to.lines, ["Beispielweg 1", "10115 Berlin", "+493055501420"]);
        for document in [draft, approved] {
            assert!(pdf::purchase_order(&document).unwrap().starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn it_goes_where_the_order_says_and_not_where_the_business_is_by_now() {
        let order = PurchaseOrder { deliver_lines: vec!["Altes Lager 4".to_owned()], ..order() };
        let document = document(&tenant(), &order, &Asked { suppliers: &[], place: None, draft: false });
        assert_eq!(document.ship_to.lines, ["Altes Lager 4", "+493055501420"]);
    }

    #[test]
    fn an_address_in_one_long_line_still_has_a_document() {
        let mut tenant = tenant();
        tenant.business.address = Some("Beispielweg 1, ".repeat(60));
        let document = document(&tenant, &order(), &Asked { suppliers: &[], place: None, draft: false });
        let all: String = document.ship_to.lines.concat();
        assert!(all.starts_with(&"Beispielweg 1, ".repeat(60)), "nothing of it is lost");
        assert!(pdf::purchase_order(&document).is_ok());
    }

    #[test]
    fn an_order_of_a_supplier_that_was_removed_still_has_a_document() {
        let place: Location = read(json!({"id": "dock", "name": "Dock 3",
            "address": {"street": "2 Sample Street", "city": "Potsdam", "postal_code": "14467", "country": "DE"}}));
        let document = document(&tenant(), &order(), &Asked { suppliers: &[], place: Some(&place), draft: false });
        assert_eq!((document.supplier.name.as_str(), document.account.as_deref()), ("Front Range Supply", None));
        assert_eq!((document.language, document.ship_to.lines.len()), (pdf::Language::De, 3));
        assert!(pdf::purchase_order(&document).is_ok());
    }
}
