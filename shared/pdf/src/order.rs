//! A purchase order, as plain data.

mod check;

pub use check::limits;

use crate::locale::Locale;
use crate::sheet::{Column, Fact, Labelled, Row, Sheet};
use crate::words::Words;
use crate::{clean, colour};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A language that the documents have words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Portuguese.
    Pt,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::En, Self::Es, Self::Fr, Self::De, Self::Pt];

    /// The one of a code such as `pt` or `pt-BR`; English where there are no words in it.
    #[must_use]
    pub fn of(code: &str) -> Self {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| Words::of(*language).code == primary).unwrap_or(Self::En)
    }
}

/// A business, a person or a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Address, telephone and the like, a line each.
    pub lines: Vec<String>,
}

/// Who sends the document, and how it looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Business {
    /// Name and address.
    pub party: Party,
    /// Its colour, `#RRGGBB`; it is made darker where white on it could not be read.
    pub colour: Option<String>,
    /// Its logo, PNG or JPEG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Vec<u8>>,
}

/// An order of goods from one supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDocument {
    /// The language of its words.
    pub language: Language,
    /// The country of the business (ISO 3166-1 alpha-2): how days and sums are written, and the paper.
    pub region: String,
    /// The currency of all sums (ISO 4217); they are in hundredths of it.
    pub currency: String,
    /// Who orders.
    pub business: Business,
    /// Who delivers.
    pub supplier: Party,
    /// Where to.
    pub ship_to: Party,
    /// The order's number, as both sides name it.
    pub number: String,
    /// The number by which the supplier knows the business.
    pub account: Option<String>,
    /// It has not been approved yet, and says so.
    pub draft: bool,
    /// Its date, also of the file.
    pub date: Date,
    /// When the goods should be there.
    pub expected: Option<Date>,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// The sum of the lines, in cents.
    pub subtotal_cents: i64,
    /// What delivery costs, in cents, where it is known.
    pub shipping_cents: Option<i64>,
    /// Taxes in cents, where they are known.
    pub tax_cents: Option<i64>,
    /// What is to be paid, in cents.
    pub total_cents: i64,
    /// What the supplier should know, of several lines.
    pub note: Option<String>,
}

/// One thing that is ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The business's name for it.
    pub sku: String,
    /// The supplier's.
    pub supplier_sku: Option<String>,
    /// What it is.
    pub description: String,
    /// How much of it, in `unit`.
    pub quantity: i64,
    /// Such as `pcs` or `ft`; may be empty.
    pub unit: String,
    /// How many units a pack has; 1: it is not packed.
    pub pack_size: i64,
    /// The price of a pack, in cents: of a unit where it is not packed.
    pub price_cents: i64,
    /// The price of all packs, in cents.
    pub total_cents: i64,
    /// Why it is ordered, for who approves it; an order for the supplier has none.
    pub reason: Option<String>,
}

/// The longest word that the wide column and paragraphs take as one.
const LONGEST_WORD: usize = 24;

impl OrderDocument {
    fn locale(&self) -> Locale<'_> {
        Locale { language: self.language, region: &self.region, currency: &self.currency }
    }

    /// What is shown of it. The order is taken to be checked.
    pub(crate) fn sheet(&self) -> Sheet {
        let (words, locale) = (Words::of(self.language), self.locale());
        let number = clean::breakable(&self.number, LONGEST_WORD);
        let name = clean::line(&self.business.party.name);
        let fact = |label: &str, value: String| Fact { label: label.to_owned(), value };
        let mut facts = vec![fact(words.number, number.clone()), fact(words.date, locale.day(self.date))];
        facts.extend(self.expected.map(|day| fact(words.expected, locale.day(day))));
        facts.extend(self.account.iter().map(|number| fact(words.account, clean::breakable(number, LONGEST_WORD))));
        Sheet {
            title: format!("{} {}", words.purchase_order, clean::line(&self.number)),
            heading: words.purchase_order.to_owned(),
            mark: self.draft.then(|| words.draft.to_owned()),
            lang: words.code,
            paper: locale.paper(),
            date: self.date,
            colour: colour::readable(self.business.colour.as_deref()),
            logo_text: words.logo.replace("{name}", &name),
            page: words.page,
            business: party(None, &self.business.party),
            parties: vec![party(Some(words.supplier), &self.supplier), party(Some(words.ship_to), &self.ship_to)],
            facts,
            columns: self.columns(),
            rows: self.lines.iter().map(|line| self.row(line)).collect(),
            reason: words.reason,
            sums: self.sums(),
            note: self
                .note
                .iter()
                .map(|note| Labelled::text(words.note, note, LONGEST_WORD))
                .find(|note| !note.lines.is_empty()),
        }
    }

    fn has_supplier_skus(&self) -> bool {
        self.lines.iter().any(|line| line.supplier_sku.is_some())
    }

    fn columns(&self) -> Vec<Column> {
        let words = Words::of(self.language);
        let mut columns = vec![Column::code(words.sku)];
        if self.has_supplier_skus() {
            columns.push(Column::code(words.supplier_sku));
        }
        columns.push(Column::wide(words.description));
        columns.extend([words.quantity, words.price, words.line_total].map(Column::number));
        columns
    }

    fn row(&self, line: &OrderLine) -> Row {
        let locale = self.locale();
        let mut cells = vec![vec![clean::code(&line.sku)]];
        if self.has_supplier_skus() {
            cells.push(line.supplier_sku.iter().map(|sku| clean::code(sku)).collect());
        }
        cells.push(vec![clean::breakable(&line.description, LONGEST_WORD)]);
        let of_unit = |count: i64| format!("{} {}", locale.count(count), line.unit);
        let packs = || format!("{} × {}", locale.count(line.packs()), of_unit(line.pack_size));
        let packs = line.is_packed().then(packs);
        cells.push(
            [Some(of_unit(line.quantity)), packs].into_iter().flatten().map(|amount| clean::code(&amount)).collect(),
        );
        let per = line.is_packed().then(|| format!("{} {}", Words::of(self.language).per, of_unit(line.pack_size)));
        cells.push([Some(locale.money(line.price_cents)), per].into_iter().flatten().collect());
        cells.push(vec![locale.money(line.total_cents)]);
        Row { cells, reason: line.reason.as_deref().map(|reason| clean::breakable(reason, LONGEST_WORD)) }
    }

    fn sums(&self) -> Vec<Fact> {
        let words = Words::of(self.language);
        let rows = [
            (words.subtotal, Some(self.subtotal_cents)),
            (words.shipping, self.shipping_cents),
            (words.tax, self.tax_cents),
            (words.total, Some(self.total_cents)),
        ];
        let sum = |(label, cents): (&str, Option<i64>)| {
            Some(Fact { label: label.to_owned(), value: self.locale().money(cents?) })
        };
        rows.into_iter().filter_map(sum).collect()
    }
}

impl OrderLine {
    /// How many packs it is.
    fn packs(&self) -> i64 {
        self.quantity / self.pack_size.max(1)
    }

    /// Whether a pack is more than a unit.
    fn is_packed(&self) -> bool {
        self.pack_size > 1
    }
}

fn party(label: Option<&str>, party: &Party) -> Labelled {
    let text = |text: &String| clean::breakable(text, LONGEST_WORD);
    let lines = party.lines.iter().map(text).filter(|line| !line.is_empty()).collect();
    Labelled { label: label.unwrap_or_default().to_owned(), name: text(&party.name), lines }
}
