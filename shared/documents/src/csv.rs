//! Values separated by commas, semicolons, tabs or bars.

use crate::limits::Budget;
use crate::{Unreadable, clean, faq, table, text};
use knowledge::{Document, Page};

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let text = text::decode(bytes);
    // What Excel understands as the separator, in a line of its own.
    let (separator, text) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((separator, rest)) => (separator.bytes().next().unwrap_or(b','), rest),
        None => (separator(&text), text.as_str()),
    };
    let rows = rows(text, separator, budget)?;
    let blocks = faq::blocks(table::pieces(rows, None, budget)?);
    Ok(Document { title: None, pages: vec![Page { number: None, blocks }], unread: Vec::new() })
}

/// The one of the separators that cuts the first lines into the most columns alike.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let score = |separator: u8| {
        let counts = lines.iter().map(|line| outside_quotes(line, separator));
        let first = counts.clone().next().unwrap_or_default();
        let alike = counts.filter(|count| *count == first && *count > 0).count();
        (alike, first)
    };
    // The last of those that are equal wins.
    [b'|', b',', b'\t', b';'].into_iter().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(byte == separator && !quoted);
    }
    count
}

/// A cell that goes on for longer has a quotation mark that was never closed: the mark is then a character like any other.
const MAX_QUOTED: usize = 20_000;

fn rows(text: &str, separator: u8, budget: &Budget<'_>) -> Result<Vec<Vec<String>>, Unreadable> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (row, behind) = row(rest, separator, budget)?;
        rows.push(row);
        rest = behind;
    }
    Ok(rows)
}

/// The cells of the first row, and what stands behind it.
fn row<'t>(text: &'t str, separator: u8, budget: &Budget<'_>) -> Result<(Vec<String>, &'t str), Unreadable> {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, behind) = quoted(rest, separator).unwrap_or_else(|| plain(rest, separator));
        budget.cell(cell.len())?;
        cells.push(clean::lines(&cell));
        match behind.as_bytes().first() {
            Some(byte) if *byte == separator => rest = behind.get(1..).unwrap_or_default(),
            _ => {
                let behind = behind.strip_prefix('\r').unwrap_or(behind);
                return Ok((cells, behind.strip_prefix('\n').unwrap_or(behind)));
            }
        }
    }
}

fn plain(text: &str, separator: u8) -> (String, &str) {
    let end = text.bytes().position(|byte| byte == separator || byte == b'\n' || byte == b'\r').unwrap_or(text.len());
    let (cell, behind) = text.split_at_checked(end).unwrap_or((text, ""));
    (cell.to_owned(), behind)
}

/// A cell in quotation marks; `None` where the text begins with none or it is not closed before a separator.
fn quoted(text: &str, separator: u8) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        cell.push_str(part);
        if cell.len() > MAX_QUOTED {
            return None;
        }
        match behind.as_bytes().first() {
            Some(b'"') => {
                cell.push('"');
                rest = behind.strip_prefix('"')?;
            }
            None | Some(b'\r' | b'\n') => return Some((cell, behind)),
            Some(byte) if *byte == separator => return Some((cell, behind)),
            Some(_) => return None,
        }
    }
}
