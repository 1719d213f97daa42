//! Excel: each sheet under its name, row by row, with values as they are shown. Hidden sheets, rows and columns are left out.

use super::numbers::{self, Shown};
use super::parts::{Package, Relation};
use super::xml::{Event, Tag, Xml};
use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean, table};
use knowledge::{Document, Page};
use std::collections::BTreeMap;

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let mut package = Package::open(bytes, budget)?;
    let (main, title) = package.main("xl/workbook.xml")?;
    let workbook = package.part(&main)?.ok_or(Unreadable::Damaged)?;
    let relations = package.relations(&main)?;
    let (sheets, since_1904) = sheets(&workbook, budget)?;
    let strings = strings(&mut package, &relations, budget)?;
    let formats = formats(&mut package, &relations, budget)?;
    let book = Book { strings, formats, since_1904, budget };
    let mut pieces = Vec::new();
    for (name, id) in &sheets {
        let Some(relation) = relations.iter().find(|relation| relation.id == *id) else { continue };
        let Some(text) = package.part(&relation.target)? else { continue };
        let rows = table::pieces(book.rows(&text)?, None, budget)?;
        if !rows.is_empty() && sheets.len() > 1 && !is_default(name) {
            pieces.push(Piece::Heading { level: 2, text: name.clone() });
        }
        pieces.extend(rows);
    }
    Ok(Document { title, pages: vec![Page { number: None, blocks: faq::blocks(pieces) }], unread: Vec::new() })
}

/// A name that Excel gave: "Sheet1", "Hoja1", "Feuil1", "Tabelle1", "Planilha1", "Folha1".
fn is_default(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    word.len() < name.len() && matches!(word, "Sheet" | "Hoja" | "Feuil" | "Tabelle" | "Planilha" | "Folha")
}

/// The sheets that can be seen, by name and the id of their part; and whether days count from 1904.
fn sheets(workbook: &str, budget: &Budget<'_>) -> Result<(Vec<(String, String)>, bool), Unreadable> {
    let mut sheets = Vec::new();
    let mut since_1904 = false;
    let mut xml = Xml::new(workbook, budget);
    while let Some(event) = xml.next()? {
        if let Some(tag) = event.start("workbookPr") {
            since_1904 = tag.value("date1904").is_some_and(|value| value == "1" || value == "true");
        } else if let Some(tag) = event.start("sheet")
            && tag.value("state").is_none_or(|state| state == "visible")
            && let (Some(name), Some(id)) = (tag.value("name"), relation_id(tag))
        {
            sheets.push((clean::line(&name), id));
        }
    }
    Ok((sheets, since_1904))
}

/// `r:id`, not `sheetId`.
fn relation_id(tag: &Tag<'_>) -> Option<String> {
    tag.value("id")
}

/// The strings that cells point to. How a word is pronounced is not part of it.
fn strings(package: &mut Package<'_>, relations: &[Relation], budget: &Budget<'_>) -> Result<Vec<String>, Unreadable> {
    let mut strings = Vec::new();
    let Some(text) = related(package, relations, "sharedStrings")? else { return Ok(strings) };
    let mut xml = Xml::new(&text, budget);
    let (mut string, mut inside) = (String::new(), false);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(tag) if tag.name() == "rPh" => xml.skip()?,
            Event::Start(tag) => inside |= tag.name() == "t",
            Event::End(name) if name == "t" => inside = false,
            Event::End(name) if name == "si" => strings.push(clean::lines(&std::mem::take(&mut string))),
            Event::Text(text) if inside => string.push_str(text),
            _ => {}
        }
    }
    Ok(strings)
}

/// How numbers are shown, by the style of a cell.
fn formats(package: &mut Package<'_>, relations: &[Relation], budget: &Budget<'_>) -> Result<Vec<Shown>, Unreadable> {
    let mut codes: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut formats = Vec::new();
    let Some(text) = related(package, relations, "styles")? else { return Ok(formats) };
    let mut xml = Xml::new(&text, budget);
    let mut of_cells = false;
    let id = |tag: &Tag<'_>| tag.value("numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or_default();
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(tag) if tag.name() == "cellXfs" => of_cells = true,
            Event::Start(tag) if tag.name() == "numFmt" => {
                if let Some(code) = tag.value("formatCode") {
                    codes.insert(id(tag), numbers::of_code(&code));
                }
            }
            Event::Start(tag) if tag.name() == "xf" && of_cells => {
                let id = id(tag);
                formats.push(codes.get(&id).cloned().unwrap_or_else(|| numbers::built_in(id)));
            }
            Event::End(name) if name == "cellXfs" => of_cells = false,
            _ => {}
        }
    }
    Ok(formats)
}

fn related(package: &mut Package<'_>, relations: &[Relation], kind: &str) -> Result<Option<String>, Unreadable> {
    match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.part(&relation.target),
        None => Ok(None),
    }
}

/// What the sheets of a file have in common.
struct Book<'b> {
    strings: Vec<String>,
    formats: Vec<Shown>,
    since_1904: bool,
    budget: &'b Budget<'b>,
}

/// Columns to the right of these are not read: a table for people is not that wide.
const MAX_COLUMNS: usize = 200;

impl Book<'_> {
    fn rows(&self, sheet: &str) -> Result<Vec<Vec<String>>, Unreadable> {
        let mut xml = Xml::new(sheet, self.budget);
        let (mut rows, mut row) = (Vec::new(), Vec::new());
        let mut hidden: Vec<(usize, usize)> = Vec::new();
        let mut cell = Cell::default();
        let mut of_value = false;
        while let Some(event) = xml.next()? {
            match &event {
                Event::Start(tag) => match tag.name() {
                    "col" if tag.value("hidden").is_some_and(|hidden| hidden == "1" || hidden == "true") => {
                        let at = |name| tag.value(name).and_then(|at| at.parse::<usize>().ok());
                        hidden.extend(at("min").zip(at("max")));
                    }
                    "row" if tag.value("hidden").is_some_and(|hidden| hidden == "1" || hidden == "true") => {
                        xml.skip()?;
                    }
                    "c" => cell = Cell::new(tag, row.len()),
                    "v" | "t" => of_value = true,
                    "rPh" => xml.skip()?,
                    _ => {}
                },
                Event::End(name) => match name.as_str() {
                    "v" | "t" => of_value = false,
                    "c" if cell.column < MAX_COLUMNS => {
                        let is_hidden = hidden.iter().any(|(min, max)| (*min..=*max).contains(&(cell.column + 1)));
                        let text = if is_hidden { String::new() } else { self.shown(&cell) };
                        while row.len() < cell.column {
                            self.budget.cell(0)?;
                            row.push(String::new());
                        }
                        self.budget.cell(text.len())?;
                        row.push(text);
                    }
                    "row" => rows.push(std::mem::take(&mut row)),
                    _ => {}
                },
                Event::Text(text) if of_value => cell.value.push_str(text),
                Event::Text(_) => {}
            }
        }
        Ok(without_empty_columns(rows))
    }

    fn shown(&self, cell: &Cell) -> String {
        match cell.kind.as_str() {
            "s" => {
                cell.value.trim().parse().ok().and_then(|at: usize| self.strings.get(at)).cloned().unwrap_or_default()
            }
            "b" => if cell.value.trim() == "1" { "yes" } else { "no" }.to_owned(),
            "e" => String::new(),
            "" | "n" => match cell.value.trim().parse() {
                Ok(value) => {
                    numbers::shown(value, self.formats.get(cell.style).unwrap_or(&Shown::General), self.since_1904)
                }
                Err(_) => clean::lines(&cell.value),
            },
            _ => clean::lines(&cell.value),
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    style: usize,
    column: usize,
    value: String,
}

impl Cell {
    fn new(tag: &Tag<'_>, next: usize) -> Self {
        Self {
            kind: tag.value("t").unwrap_or_default(),
            style: tag.value("s").and_then(|style| style.parse().ok()).unwrap_or_default(),
            column: tag.value("r").and_then(|at| column(&at)).unwrap_or(next).max(next),
            value: String::new(),
        }
    }
}

/// "AB12" is the column 27, from 0.
fn column(at: &str) -> Option<usize> {
    let letters = at.bytes().take_while(u8::is_ascii_alphabetic);
    let column =
        letters.take(4).fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    (column > 0).then(|| column - 1)
}

/// Columns that no row fills are margins.
fn without_empty_columns(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut used = vec![false; width];
    for row in &rows {
        for (used, cell) in used.iter_mut().zip(row) {
            *used |= !cell.is_empty();
        }
    }
    for row in &mut rows {
        let mut used = used.iter();
        row.retain(|_| used.next().is_some_and(|used| *used));
    }
    rows
}
