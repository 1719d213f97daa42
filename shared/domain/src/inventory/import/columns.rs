//! Which column is what, and what a line says.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::figures::{cents, whole};
use crate::Failure;
use crate::csv::unguarded;

/// The most columns, and the longest name of one.
const MAX_COLUMNS: usize = 200;
const MAX_COLUMN_CHARS: usize = 100;
/// The most units of a cell: a slip of the keyboard is more.
const MAX_UNITS: i64 = 1_000_000;

/// Which columns hold what, by the names in the head of the file. One that is not said is the column of the field's own name, where there is
/// one: `SKU`, `Pack size`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ItemMapping {
    /// The business's number for the item: every line has it.
    #[schema(max_length = 100, example = "Part no.")]
    pub sku: Option<String>,
    /// What it is called: a new item has it.
    #[schema(max_length = 100, example = "Description")]
    pub name: Option<String>,
    /// What it is counted in.
    #[schema(max_length = 100)]
    pub unit: Option<String>,
    /// What it is kept among.
    #[schema(max_length = 100)]
    pub category: Option<String>,
    /// Who sells it: a supplier that is there, by its slug or its name.
    #[schema(max_length = 100, example = "Vendor")]
    pub supplier: Option<String>,
    /// The supplier's number for it.
    #[schema(max_length = 100)]
    pub supplier_sku: Option<String>,
    /// Units in a pack.
    #[schema(max_length = 100)]
    pub pack_size: Option<String>,
    /// What a pack costs, such as `89.00`.
    #[schema(max_length = 100, example = "Cost")]
    pub pack_price: Option<String>,
    /// Days from the order to the delivery.
    #[schema(max_length = 100)]
    pub lead_days: Option<String>,
    /// Ordered at or below so many units.
    #[schema(max_length = 100)]
    pub reorder_point: Option<String>,
    /// Kept against the unforeseen.
    #[schema(max_length = 100)]
    pub safety_stock: Option<String>,
    /// What a customer pays for a unit, such as `49.00`.
    #[schema(max_length = 100)]
    pub price: Option<String>,
    /// Where it is kept: a location, a van or the shop, by its slug or its name.
    #[schema(max_length = 100, example = "Location")]
    pub place: Option<String>,
    /// How many are there: a count of this moment.
    #[schema(max_length = 100, example = "On hand")]
    pub quantity: Option<String>,
}

/// What a line says; what it leaves empty is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) sku: String,
    pub(super) name: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) category: Option<String>,
    pub(super) supplier: Option<String>,
    pub(super) supplier_sku: Option<String>,
    pub(super) pack_size: Option<i64>,
    pub(super) pack_cents: Option<i64>,
    pub(super) lead_days: Option<u16>,
    pub(super) reorder_point: Option<i64>,
    pub(super) safety_stock: Option<i64>,
    pub(super) price_cents: Option<i64>,
    pub(super) place: Option<String>,
    pub(super) quantity: Option<i64>,
}

/// Where the columns are: by field, the column's name and its place.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    by_field: BTreeMap<&'static str, (String, usize)>,
    width: usize,
}

impl ItemMapping {
    fn named(&self) -> [(&'static str, Option<&String>); 14] {
        [
            ("sku", self.sku.as_ref()),
            ("name", self.name.as_ref()),
            ("unit", self.unit.as_ref()),
            ("category", self.category.as_ref()),
            ("supplier", self.supplier.as_ref()),
            ("supplier_sku", self.supplier_sku.as_ref()),
            ("pack_size", self.pack_size.as_ref()),
            ("pack_price", self.pack_price.as_ref()),
            ("lead_days", self.lead_days.as_ref()),
            ("reorder_point", self.reorder_point.as_ref()),
            ("safety_stock", self.safety_stock.as_ref()),
            ("price", self.price.as_ref()),
            ("place", self.place.as_ref()),
            ("quantity", self.quantity.as_ref()),
        ]
    }
}

/// A name as columns are told apart: in any case, with or without underscores.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace('_', " ")
}

impl Columns {
    /// # Errors
    /// [`Failure::Rejected`] naming `csv`, or the part of `mapping` whose column is not there.
    pub(super) fn of(mapping: &ItemMapping, head: &[String]) -> Result<Self, Failure> {
        let is_sane = head.len() <= MAX_COLUMNS && head.iter().all(|name| name.chars().count() <= MAX_COLUMN_CHARS);
        if !is_sane {
            let what =
                format!("a file may have at most {MAX_COLUMNS} columns, of names of {MAX_COLUMN_CHARS} characters");
            return Err(Failure::invalid("csv", what));
        }
        let at = |name: &str| head.iter().position(|column| plain(column) == plain(name));
        let mut by_field = BTreeMap::new();
        for (field, named) in mapping.named() {
            let named = named.map(|name| name.trim()).filter(|name| !name.is_empty());
            let place = at(named.unwrap_or(field));
            if let (Some(name), None) = (named, place) {
                let name: String = name.chars().take(MAX_COLUMN_CHARS).collect();
                let what = format!("there is no column {name}: the file has {}", head.join(", "));
                return Err(Failure::invalid(format!("mapping.{field}"), what));
            }
            by_field.extend(place.and_then(|place| Some((field, (head.get(place)?.trim().to_owned(), place)))));
        }
        if !by_field.contains_key("sku") {
            let what = format!("say which column has the SKU: the file has {}", head.join(", "));
            return Err(Failure::invalid("mapping.sku", what));
        }
        Ok(Self { by_field, width: head.len() })
    }

    /// What the column of a field is called in the file; the field's name where it has none.
    pub(super) fn name(&self, field: &str) -> String {
        self.by_field.get(field).map_or_else(|| field.to_owned(), |(name, _)| name.clone())
    }

    /// What a line says.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the column, and saying what to write there.
    pub(super) fn read(&self, cells: &[String]) -> Result<Said, Failure> {
        if cells.len() > self.width {
            let what =
                format!("this line has {} cells, and the head has {}: quote what has commas", cells.len(), self.width);
            return Err(Failure::invalid("csv", what));
        }
        let cell = |field: &str| -> Option<&str> {
            let (_, place) = self.by_field.get(field)?;
            cells.get(*place).map(|cell| unguarded(cell.trim())).filter(|cell| !cell.is_empty())
        };
        let text = |field: &str| cell(field).map(str::to_owned);
        let units = |field: &str, most: i64| -> Result<Option<i64>, Failure> {
            let read = |text: &str| whole(text).filter(|units| (0..=most).contains(units));
            let wrong = |text: &str| format!("`{}` is no such number: write 0 to {most}, such as 12", shown(text));
            let of = |text: &str| read(text).ok_or_else(|| Failure::invalid(self.name(field), wrong(text)));
            cell(field).map(of).transpose()
        };
        let money = |field: &str| -> Result<Option<i64>, Failure> {
            let wrong = |text: &str| format!("`{}` is no amount: write it such as 89.00", shown(text));
            let of = |text: &str| cents(text).ok_or_else(|| Failure::invalid(self.name(field), wrong(text)));
            cell(field).map(of).transpose()
        };
        let missing =
            || Failure::invalid(self.name("sku"), "every line needs the item's SKU: write the number you know it by");
        Ok(Said {
            sku: text("sku").ok_or_else(missing)?,
            name: text("name"),
            unit: text("unit"),
            category: text("category"),
            supplier: text("supplier"),
            supplier_sku: text("supplier_sku"),
            pack_size: units("pack_size", MAX_UNITS)?,
            pack_cents: money("pack_price")?,
            lead_days: units("lead_days", 365)?.and_then(|days| u16::try_from(days).ok()),
            reorder_point: units("reorder_point", MAX_UNITS)?,
            safety_stock: units("safety_stock", MAX_UNITS)?,
            price_cents: money("price")?,
            place: text("place"),
            quantity: units("quantity", MAX_UNITS)?,
        })
    }
}

/// The beginning of a cell, for a message.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
