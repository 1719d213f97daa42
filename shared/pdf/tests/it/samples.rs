//! Orders made for the tests, and what is read of their PDFs.

use documents::{Format, Limits};
use knowledge::Block;
use pdf::{Business, Language, OrderDocument, OrderLine, Party};

pub(crate) fn party(name: &str, lines: &[&str]) -> Party {
    Party { name: name.to_owned(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }
}

/// A line of an order; no two have a value in common.
pub(crate) fn line(index: i64) -> OrderLine {
    let quantity = 12 * (index + 1);
    let price_cents = 1_050 + 37 * index;
    OrderLine {
        sku: format!("FLT-{index:04}"),
        supplier_sku: Some(format!("SW{}", 88_000 + index)),
        description: format!("Pleated air filter, size {index}, MERV 11"),
        quantity,
        unit: "pcs".to_owned(),
        pack_size: 12,
        price_cents,
        total_cents: (index + 1) * price_cents,
        reason: Some(format!("{} are booked for the next 14 days, and {index} in stock", quantity - 1)),
    }
}

/// An order of so many lines, with all that an order can have.
pub(crate) fn order(lines: i64) -> OrderDocument {
    let lines: Vec<OrderLine> = (0..lines).map(line).collect();
    let mut order = OrderDocument {
        language: Language::En,
        region: "US".to_owned(),
        currency: "USD".to_owned(),
        business: Business {
            party: party("Summit Heating & Air", &["1200 Ridge Road, Denver, CO 80205", "+1 303 555 0142"]),
            colour: Some("#1A4D8F".to_owned()),
            logo: None,
        },
        supplier: party("Frontier Supply Co.", &["410 Depot Street", "Aurora, CO 80011", "orders@frontier.example"]),
        ship_to: party("Summit Heating & Air", &["Warehouse, dock 3", "1200 Ridge Road", "Denver, CO 80205"]),
        number: "PO-2026-0049".to_owned(),
        account: Some("K-20817".to_owned()),
        draft: false,
        date: "2026-11-30".parse().unwrap(),
        expected: Some("2026-12-04".parse().unwrap()),
        lines,
        subtotal_cents: 0,
        shipping_cents: Some(4_500),
        tax_cents: Some(12_345),
        total_cents: 0,
        note: Some("Please ring the bell at dock 3.\nNo deliveries after 3 PM.".to_owned()),
    };
    add_up(&mut order);
    order
}

/// Makes the sums those of the lines.
pub(crate) fn add_up(order: &mut OrderDocument) {
    order.subtotal_cents = order.lines.iter().map(|line| line.total_cents).sum();
    order.total_cents =
        order.subtotal_cents + order.shipping_cents.unwrap_or_default() + order.tax_cents.unwrap_or_default();
}

/// What is read of a PDF, in the order of reading.
pub(crate) fn blocks(pdf: &[u8]) -> Vec<Block> {
    let read = documents::read(Format::Pdf, pdf, &Limits::default(), &|| false).unwrap();
    assert!(read.unread.is_empty());
    read.pages.into_iter().flat_map(|page| page.blocks).collect()
}

/// The cells of the rows whose table has these heads.
pub(crate) fn rows(blocks: &[Block], columns: usize) -> Vec<&[String]> {
    let cells = blocks.iter().filter_map(|block| match block {
        Block::Row { cells, .. } if cells.len() == columns => Some(cells.as_slice()),
        _ => None,
    });
    cells.collect()
}

/// All that is read, without white space: where a line ended does not matter.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of all blocks, one after the other; the heads of a table once.
pub(crate) fn text(blocks: &[Block]) -> String {
    let mut words = Vec::new();
    let mut last: &[String] = &[];
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Text(text) => words.push(text.clone()),
            Block::Faq { question, answer } => words.push(format!("{question} {answer}")),
            Block::Row { header, cells } => {
                if header != last {
                    words.push(header.join(" "));
                }
                last = header;
                words.push(cells.join(" "));
            }
        }
    }
    words.join("\n")
}
