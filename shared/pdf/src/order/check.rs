//! What an order must be before it is typeset.

use super::{OrderDocument, OrderLine, Party};
use crate::Error;

/// The most of everything.
pub mod limits {
    /// Lines of an order.
    pub const LINES: usize = 2_000;
    /// Characters of a name, a line of an address, a number of the order: an address in one line has some hundreds.
    pub const NAME: usize = 400;
    /// Lines of an address.
    pub const ADDRESS_LINES: usize = 10;
    /// Characters of an SKU.
    pub const SKU: usize = 80;
    /// Characters of a unit.
    pub const UNIT: usize = 20;
    /// Characters of a description, and of a reason.
    pub const DESCRIPTION: usize = 1_000;
    /// Characters of the note.
    pub const NOTE: usize = 10_000;
    /// Characters of all lines together: some hundred pages.
    pub const TEXT: usize = 500_000;
    /// A sum in cents, and a quantity: a hundred thousand millions of a currency.
    pub const NUMBER: i64 = 10_000_000_000_000;
}

impl OrderDocument {
    /// Checks lengths, and that the sums are those of the lines.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        let is_code = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_uppercase());
        ensure(is_code(&self.currency, 3), "currency", "a currency is its ISO 4217 code, such as USD")?;
        ensure(is_code(&self.region, 2), "region", "a region is its ISO 3166-1 code, such as US")?;
        text("number", &self.number, 1, limits::NAME)?;
        text("account", self.account.as_deref().unwrap_or_default(), 0, limits::NAME)?;
        party("business.party", &self.business.party)?;
        party("supplier", &self.supplier)?;
        party("ship_to", &self.ship_to)?;
        text("note", self.note.as_deref().unwrap_or_default(), 0, limits::NOTE)?;
        let is_some = (1..=limits::LINES).contains(&self.lines.len());
        ensure(is_some, "lines", "an order has 1 to 2,000 lines")?;
        for (index, line) in self.lines.iter().enumerate() {
            line.validate(&format!("lines[{index}]"))?;
        }
        let all: usize = self.lines.iter().map(OrderLine::length).sum();
        ensure(all <= limits::TEXT, "lines", "all lines together have at most 500,000 characters")?;
        self.validate_sums()
    }

    fn validate_sums(&self) -> Result<(), Error> {
        let (shipping, tax) = (self.shipping_cents.unwrap_or_default(), self.tax_cents.unwrap_or_default());
        number("shipping_cents", shipping)?;
        number("tax_cents", tax)?;
        number("subtotal_cents", self.subtotal_cents)?;
        number("total_cents", self.total_cents)?;
        // None of them is above the limit, so neither sum overflows.
        let lines: i64 = self.lines.iter().map(|line| line.total_cents).sum();
        ensure(lines == self.subtotal_cents, "subtotal_cents", "it is not the sum of the lines")?;
        let all = self.subtotal_cents + shipping + tax;
        ensure(all == self.total_cents, "total_cents", "it is not the sum of subtotal, shipping and tax")
    }
}

impl OrderLine {
    fn validate(&self, at: &str) -> Result<(), Error> {
        text(&format!("{at}.sku"), &self.sku, 1, limits::SKU)?;
        text(&format!("{at}.supplier_sku"), self.supplier_sku.as_deref().unwrap_or_default(), 0, limits::SKU)?;
        text(&format!("{at}.description"), &self.description, 1, limits::DESCRIPTION)?;
        text(&format!("{at}.unit"), &self.unit, 0, limits::UNIT)?;
        text(&format!("{at}.reason"), self.reason.as_deref().unwrap_or_default(), 0, limits::DESCRIPTION)?;
        number(&format!("{at}.quantity"), self.quantity)?;
        number(&format!("{at}.pack_size"), self.pack_size)?;
        number(&format!("{at}.price_cents"), self.price_cents)?;
        number(&format!("{at}.total_cents"), self.total_cents)?;
        let is_whole = self.pack_size > 0 && self.quantity % self.pack_size == 0;
        ensure(is_whole, &format!("{at}.quantity"), "it is not in whole packs")?;
        let all = self.packs().checked_mul(self.price_cents);
        ensure(all == Some(self.total_cents), &format!("{at}.total_cents"), "it is not the price of all packs")
    }

    fn length(&self) -> usize {
        let optional = [&self.supplier_sku, &self.reason].into_iter().flatten();
        optional.chain([&self.sku, &self.description, &self.unit]).map(|text| text.chars().count()).sum()
    }
}

fn party(at: &str, party: &Party) -> Result<(), Error> {
    text(&format!("{at}.name"), &party.name, 1, limits::NAME)?;
    ensure(party.lines.len() <= limits::ADDRESS_LINES, &format!("{at}.lines"), "an address has at most 10 lines")?;
    party.lines.iter().try_for_each(|line| text(&format!("{at}.lines"), line, 0, limits::NAME))
}

fn text(field: &str, text: &str, least: usize, most: usize) -> Result<(), Error> {
    let fits = (least..=most).contains(&text.chars().count());
    ensure(fits, field, &format!("it has {least} to {most} characters"))
}

fn number(field: &str, number: i64) -> Result<(), Error> {
    ensure((0..=limits::NUMBER).contains(&number), field, "it is negative or too large")
}

fn ensure(holds: bool, field: &str, reason: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::invalid(field, reason)) }
}
