//! What becomes of each line: a new item, a changed one, none, or a reason why not.

use std::collections::BTreeMap;

use super::super::{Item, MAX_ITEMS, Offer, PackPrice, Places, SHOP, Supplier};
use super::MAX_IMPORT_LINES;
use super::columns::{Columns, ItemMapping, Said, shown};
use crate::Failure;
use crate::csv::{Record, whole_file};
use crate::ids::{ItemId, PlaceId};
use crate::scheduling::Resource;
use crate::tenancy::{Location, Tenant};

/// The longest slug of an item.
const MAX_ID: usize = 60;

/// What items of a file may name, and the items that are there.
#[derive(Debug, Clone, Copy)]
pub struct ImportKnown<'a> {
    /// Whose.
    pub tenant: &'a Tenant,
    /// What is kept already.
    pub items: &'a [Item],
    /// Who sells.
    pub suppliers: &'a [Supplier],
    /// Where it can be kept.
    pub locations: &'a [Location],
    /// Vans and the like.
    pub resources: &'a [Resource],
}

/// A line of the file, and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemLine {
    /// Which line it begins at; the head is the first.
    pub line: u64,
    /// What becomes of it; else what is wrong, and in which column.
    pub outcome: Result<ItemOutcome, Failure>,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemOutcome {
    /// The item is new.
    Made(Item, Option<ItemCount>),
    /// The item changes to this.
    Updated(Item, Option<ItemCount>),
    /// The item is as the line says.
    Unchanged(Item, Option<ItemCount>),
    /// The item is there and says something else, and the file is not to change it.
    Kept(ItemId),
}

/// How many are there, as a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCount {
    /// Where.
    pub place: PlaceId,
    /// How many.
    pub quantity: i64,
}

/// What becomes of the lines of a file. `update`: items that are there change to what the file says of them; else such a line changes nothing.
///
/// # Errors
/// [`Failure::Rejected`] naming `csv` or a part of `mapping`: the file as a whole cannot be read.
pub fn import_items(
    csv: &str,
    mapping: &ItemMapping,
    known: ImportKnown<'_>,
    update: bool,
) -> Result<Vec<ItemLine>, Failure> {
    let (head, lines) = whole_file(csv)?;
    if lines.len() > MAX_IMPORT_LINES {
        let what = format!("a file may have at most {MAX_IMPORT_LINES} lines: send it in parts");
        return Err(Failure::invalid("csv", what));
    }
    let columns = Columns::of(mapping, &head)?;
    let places = Places::of(known.locations, known.resources);
    let mut import = Import { known, columns, places, update, wanted: BTreeMap::new() };
    let line = |Record { line, cells }: Record| ItemLine {
        line,
        outcome: cells.and_then(|cells| import.columns.read(&cells)).and_then(|said| import.line(&said)),
    };
    Ok(lines.into_iter().map(line).collect())
}

struct Import<'a> {
    known: ImportKnown<'a>,
    columns: Columns,
    places: Places,
    update: bool,
    /// The items as the lines before have made them, by SKU.
    wanted: BTreeMap<String, Item>,
}

impl Import<'_> {
    fn line(&mut self, said: &Said) -> Result<ItemOutcome, Failure> {
        let there = self.known.items.iter().find(|item| item.sku == said.sku);
        let before = self.wanted.get(&said.sku).or(there);
        let item = match before {
            Some(before) => before.clone(),
            None => self.new_item(said)?,
        };
        let place = said.place.as_deref().map(|name| self.place(name)).transpose()?;
        let item = self.laid_over(item, said, place.as_ref())?;
        if let Some(there) = there.filter(|there| !self.update && **there != item) {
            return Ok(ItemOutcome::Kept(there.id.clone()));
        }
        item.validate(self.known.tenant, self.known.suppliers, &self.places)
            .map_err(|failure| self.by_column(failure))?;
        let shop = || PlaceId::new(SHOP).map_err(|failure| Failure::Permanent(failure.to_string()));
        let count = match said.quantity {
            Some(quantity) => {
                let place = place.or_else(|| item.places.first().cloned()).map_or_else(shop, Ok)?;
                Some(ItemCount { place, quantity })
            }
            None => None,
        };
        let is_new = there.is_none() && !self.wanted.contains_key(&said.sku);
        let is_same = before.is_some_and(|before| *before == item);
        self.wanted.insert(said.sku.clone(), item.clone());
        Ok(match (is_new, is_same) {
            (true, _) => ItemOutcome::Made(item, count),
            (false, true) => ItemOutcome::Unchanged(item, count),
            (false, false) => ItemOutcome::Updated(item, count),
        })
    }

    fn new_item(&self, said: &Said) -> Result<Item, Failure> {
        let Some(name) = said.name.clone() else {
            return Err(Failure::invalid(
                self.columns.name("name"),
                "a new item needs a name: write what it is called",
            ));
        };
        let made = self.wanted.values().filter(|item| self.known.items.iter().all(|known| known.id != item.id)).count();
        if self.known.items.len().saturating_add(made) >= MAX_ITEMS {
            let what = format!("a business may have at most {MAX_ITEMS} items: remove one first");
            return Err(Failure::invalid(self.columns.name("sku"), what));
        }
        Ok(Item {
            id: self.free_id(&said.sku)?,
            sku: said.sku.clone(),
            name,
            unit: "pcs".to_owned(),
            category: String::new(),
            offers: Vec::new(),
            reorder_point: None,
            safety_stock: None,
            price_cents: None,
            places: Vec::new(),
            per_visits: Vec::new(),
            active: true,
        })
    }

    /// A slug of the SKU that no other item has.
    fn free_id(&self, sku: &str) -> Result<ItemId, Failure> {
        let signs = sku.to_lowercase();
        let words = signs.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let slug: String = words.collect::<Vec<_>>().join("-").chars().take(MAX_ID - 5).collect();
        let slug = slug.trim_matches('-');
        let is_taken = |id: &str| {
            let items = self.known.items.iter().chain(self.wanted.values());
            items.into_iter().any(|item| item.id.as_str() == id && item.sku != sku)
        };
        let mut names =
            std::iter::once(slug.to_owned()).chain((2..=MAX_ITEMS).map(|number| format!("{slug}-{number}")));
        let free = names.find(|id| !is_taken(id)).unwrap_or_default();
        let what = "an SKU needs a letter from A to Z or a digit";
        ItemId::new(free).map_err(|_| Failure::invalid(self.columns.name("sku"), what))
    }

    fn laid_over(&self, mut item: Item, said: &Said, place: Option<&PlaceId>) -> Result<Item, Failure> {
        let put = |place: &mut String, said: &Option<String>| {
            if let Some(said) = said {
                place.clone_from(said);
            }
        };
        put(&mut item.name, &said.name);
        put(&mut item.unit, &said.unit);
        put(&mut item.category, &said.category);
        item.reorder_point = said.reorder_point.or(item.reorder_point);
        item.safety_stock = said.safety_stock.or(item.safety_stock);
        item.price_cents = said.price_cents.or(item.price_cents);
        // An item without places is kept anywhere, unless this file makes it.
        let is_anywhere = item.places.is_empty() && self.known.items.iter().any(|known| known.id == item.id);
        if let Some(place) = place.filter(|place| !is_anywhere && !item.places.contains(place)) {
            item.places.push(place.clone());
        }
        if let Some(supplier) = &said.supplier {
            self.offer(&mut item, supplier, said)?;
        } else if said.pack_cents.is_some() || said.supplier_sku.is_some() {
            let what = "a price needs its supplier: write who sells it";
            return Err(Failure::invalid(self.columns.name("supplier"), what));
        }
        Ok(item)
    }

    /// Lays what the line says of a supplier over the item's offer of it. Of several prices the first is changed.
    fn offer(&self, item: &mut Item, name: &str, said: &Said) -> Result<(), Failure> {
        let supplier = self.supplier(name)?;
        if let Some(offer) = item.offers.iter_mut().find(|offer| offer.supplier == supplier.id) {
            if let Some(sku) = &said.supplier_sku {
                offer.sku.clone_from(sku);
            }
            offer.pack_size = said.pack_size.unwrap_or(offer.pack_size);
            offer.lead_days = said.lead_days.unwrap_or(offer.lead_days);
            if let (Some(first), Some(cents)) = (offer.prices.first_mut(), said.pack_cents) {
                first.pack_cents = cents;
            }
            return Ok(());
        }
        let missing = |field: &str, what: &str| Failure::invalid(self.columns.name(field), what);
        let pack_cents = said
            .pack_cents
            .ok_or_else(|| missing("pack_price", "a new offer needs what a pack costs: write it such as 89.00"))?;
        let lead_days = said
            .lead_days
            .ok_or_else(|| missing("lead_days", "a new offer needs the days of its delivery: write them such as 3"))?;
        let pack_size = said.pack_size.unwrap_or(1);
        item.offers.push(Offer {
            supplier: supplier.id.clone(),
            sku: said.supplier_sku.clone().unwrap_or_default(),
            pack_size,
            lead_days,
            late_days: 0,
            prices: vec![PackPrice { from: 1, pack_cents }],
        });
        Ok(())
    }

    fn supplier(&self, name: &str) -> Result<&Supplier, Failure> {
        let is_it = |supplier: &&Supplier| is_called(supplier.id.as_str(), &supplier.name, name);
        self.known.suppliers.iter().find(is_it).ok_or_else(|| {
            let names = self.known.suppliers.iter().map(|supplier| supplier.name.as_str());
            self.unknown("supplier", name, &names.collect::<Vec<_>>())
        })
    }

    fn place(&self, name: &str) -> Result<PlaceId, Failure> {
        let locations = self.known.locations.iter().map(|place| (place.id.as_str(), place.name.as_str()));
        let resources = self.known.resources.iter().map(|place| (place.id.as_str(), place.name.as_str()));
        let all: Vec<(&str, &str)> = std::iter::once((SHOP, SHOP)).chain(locations).chain(resources).collect();
        let found = all.iter().find(|(id, called)| is_called(id, called, name));
        let found = found.and_then(|(id, _)| PlaceId::new(*id).ok());
        found.ok_or_else(|| self.unknown("place", name, &all.iter().map(|(_, name)| *name).collect::<Vec<_>>()))
    }

    fn unknown(&self, field: &str, name: &str, known: &[&str]) -> Failure {
        let known = match known {
            [] => "add it first".to_owned(),
            some => format!(
                "add it first, or write one of {}",
                some.iter().take(10).copied().collect::<Vec<_>>().join(", ")
            ),
        };
        Failure::invalid(self.columns.name(field), format!("there is no {field} `{}`: {known}", shown(name)))
    }

    /// A failure of a field by the name of the column that it comes from.
    fn by_column(&self, failure: Failure) -> Failure {
        let Failure::Rejected { kind, field: Some(field), message } = failure else { return failure };
        let last = field.rsplit('.').next().unwrap_or(&field);
        let column = match last {
            "pack_cents" | "from" => "pack_price",
            "price_cents" => "price",
            "sku" if field.starts_with("offers") => "supplier_sku",
            _ if last.starts_with("places") => "place",
            last => last,
        };
        Failure::Rejected { kind, field: Some(self.columns.name(column)), message }
    }
}

fn is_called(id: &str, name: &str, said: &str) -> bool {
    let said = said.trim().to_lowercase();
    id == said || name.trim().to_lowercase() == said
}
