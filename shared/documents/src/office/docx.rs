//! Word.
//!
//! What is read: paragraphs with the level of their style, lists with their numbers, tables with their heads, text boxes, notes, and the
//! first header and footer once. What is not: what was deleted with changes tracked, hidden text, comments, and codes of fields.

use super::parts::{Package, Relation};
use super::xml::{Event, Tag, Xml};
use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean, table};
use knowledge::{Document, Page};
use std::collections::BTreeMap;

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let mut package = Package::open(bytes, budget)?;
    let (main, title) = package.main("word/document.xml")?;
    let body = package.part(&main)?.ok_or(Unreadable::Damaged)?;
    let relations = package.relations(&main)?;
    let styles = styles(&mut package, &relations, budget)?;
    let numbers = numberings(&mut package, &relations, budget)?;
    let mut reading = Reading { styles: &styles, numbers: &numbers, counts: BTreeMap::new(), budget };

    let mut pieces = reading.first(&mut package, &relations, "header")?;
    pieces.extend(reading.part(&body)?);
    for kind in ["footnotes", "endnotes"] {
        pieces.extend(reading.first(&mut package, &relations, kind)?);
    }
    pieces.extend(reading.first(&mut package, &relations, "footer")?);
    Ok(Document { title, pages: vec![Page { number: None, blocks: faq::blocks(pieces) }], unread: Vec::new() })
}

/// What a style makes of a paragraph.
#[derive(Default, Clone)]
struct Style {
    based_on: Option<String>,
    /// 1 to 6 for a heading.
    level: Option<u8>,
    list: Option<(String, usize)>,
}

/// Styles by their id.
fn styles(
    package: &mut Package<'_>,
    relations: &[Relation],
    budget: &Budget<'_>,
) -> Result<BTreeMap<String, Style>, Unreadable> {
    let mut styles: BTreeMap<String, Style> = BTreeMap::new();
    let Some(text) = related(package, relations, "styles")? else { return Ok(styles) };
    let mut xml = Xml::new(&text, budget);
    let mut open: Option<(String, Style)> = None;
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(tag) if tag.name() == "style" => {
                open = tag.value("styleId").map(|id| (id, Style::default()));
            }
            Event::Start(tag) => {
                let Some((_, style)) = &mut open else { continue };
                match tag.name() {
                    // Names are in English whatever language Word speaks: "heading 2", "Title".
                    "name" => style.level = tag.value("val").and_then(|name| level(&name)).or(style.level),
                    "basedOn" => style.based_on = tag.value("val"),
                    "outlineLvl" if style.level.is_none() => style.level = outline(tag),
                    "numId" => {
                        style.list = tag.value("val").map(|id| (id, style.list.as_ref().map_or(0, |list| list.1)));
                    }
                    "ilvl" => {
                        let id = style.list.as_ref().map(|list| list.0.clone()).unwrap_or_default();
                        style.list = Some((id, tag.number().unwrap_or_default()));
                    }
                    _ => {}
                }
            }
            event if event.is_end("style") => styles.extend(open.take()),
            _ => {}
        }
    }
    Ok(styles)
}

fn level(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(1);
    }
    let level = name.strip_prefix("heading ")?.trim().parse::<u8>().ok()?;
    (1..=9).contains(&level).then_some(level.min(6))
}

/// Counted from 0 there, and 9 is body text.
fn outline(tag: &Tag<'_>) -> Option<u8> {
    let level = u8::try_from(tag.number()?).ok()?;
    (level < 9).then(|| (level + 1).min(6))
}

/// The lists with numbers: for each its format by level, `None` for a bullet.
type Numbers = BTreeMap<String, BTreeMap<usize, Option<String>>>;

fn numberings(package: &mut Package<'_>, relations: &[Relation], budget: &Budget<'_>) -> Result<Numbers, Unreadable> {
    let mut kinds: Numbers = BTreeMap::new();
    let mut numbers: Numbers = BTreeMap::new();
    let Some(text) = related(package, relations, "numbering")? else { return Ok(numbers) };
    let mut xml = Xml::new(&text, budget);
    let (mut kind, mut level, mut list) = (None, 0, None);
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = &event else { continue };
        match tag.name() {
            "abstractNum" => kind = tag.value("abstractNumId"),
            "lvl" => level = tag.value("ilvl").and_then(|level| level.parse().ok()).unwrap_or_default(),
            "numFmt" => {
                let format = tag.value("val").filter(|format| format != "bullet" && format != "none");
                if let Some(kind) = &kind {
                    kinds.entry(kind.clone()).or_default().insert(level, format);
                }
            }
            "num" => (kind, list) = (None, tag.value("numId")),
            "abstractNumId" => {
                if let (Some(list), Some(kind)) = (&list, tag.value("val").and_then(|kind| kinds.get(&kind))) {
                    numbers.insert(list.clone(), kind.clone());
                }
            }
            _ => {}
        }
    }
    Ok(numbers)
}

fn related(package: &mut Package<'_>, relations: &[Relation], kind: &str) -> Result<Option<String>, Unreadable> {
    match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.part(&relation.target),
        None => Ok(None),
    }
}

/// A document that is being read.
struct Reading<'r> {
    styles: &'r BTreeMap<String, Style>,
    numbers: &'r Numbers,
    /// How far each list has counted, by level.
    counts: BTreeMap<(String, usize), u32>,
    budget: &'r Budget<'r>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    bold_until: usize,
    style: Style,
    /// Inside of a run: whether it is bold, hidden, and struck out.
    bold: bool,
    hidden: bool,
    struck: bool,
    raised: bool,
    in_text: bool,
}

impl Reading<'_> {
    /// The first part of a kind that says something.
    fn first(
        &mut self,
        package: &mut Package<'_>,
        relations: &[Relation],
        kind: &str,
    ) -> Result<Vec<Piece>, Unreadable> {
        for relation in relations.iter().filter(|relation| relation.kind == kind) {
            let pieces = match package.part(&relation.target)? {
                Some(text) => self.part(&text)?,
                None => Vec::new(),
            };
            if !pieces.is_empty() {
                return Ok(pieces);
            }
        }
        Ok(Vec::new())
    }

    fn part(&mut self, text: &str) -> Result<Vec<Piece>, Unreadable> {
        let mut xml = Xml::new(text, self.budget);
        let mut pieces = Vec::new();
        self.pieces(&mut xml, "", &mut pieces)?;
        Ok(pieces)
    }

    /// What stands inside of an element, up to its end.
    fn pieces(&mut self, xml: &mut Xml<'_>, until: &str, pieces: &mut Vec<Piece>) -> Result<(), Unreadable> {
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => match tag.name() {
                    "p" => self.paragraph(xml, pieces)?,
                    "tbl" => pieces.extend(self.table(xml)?),
                    "del" | "moveFrom" | "Fallback" | "sectPr" | "sdtPr" => xml.skip()?,
                    // The lines above the notes.
                    "footnote" | "endnote" if tag.value("type").is_some_and(|kind| kind != "normal") => xml.skip()?,
                    _ => {}
                },
                Event::End(name) if name == until => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>, pieces: &mut Vec<Piece>) -> Result<(), Unreadable> {
        let mut paragraph = Paragraph::default();
        // Text boxes are inside of the paragraph that they are tied to, and are read after it.
        let mut boxes = Vec::new();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => match tag.name() {
                    "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "pPrChange" | "rPrChange" => {
                        xml.skip()?;
                    }
                    "p" => self.paragraph(xml, &mut boxes)?,
                    "txbxContent" => self.pieces(xml, "txbxContent", &mut boxes)?,
                    "pPr" => paragraph.style = self.style(xml)?,
                    "r" => {
                        (paragraph.bold, paragraph.raised) = (false, false);
                        (paragraph.hidden, paragraph.struck) = (false, false);
                    }
                    name => paragraph.tag(name, &tag),
                },
                Event::End(name) if name == "p" => break,
                Event::End(_) => paragraph.in_text = false,
                Event::Text(text) if paragraph.in_text => paragraph.say(&text),
                Event::Text(_) => {}
            }
        }
        pieces.extend(self.piece(&paragraph));
        pieces.extend(boxes);
        Ok(())
    }

    /// The properties of a paragraph, with those of its style.
    fn style(&self, xml: &mut Xml<'_>) -> Result<Style, Unreadable> {
        let mut own = Style::default();
        let (mut list, mut depth, mut level) = (None, 0, None);
        while let Some(event) = xml.next()? {
            match &event {
                Event::Start(tag) => match tag.name() {
                    "pStyle" => own = self.inherited(tag.value("val")),
                    "numId" => list = tag.value("val"),
                    "ilvl" => depth = tag.number().unwrap_or_default(),
                    "outlineLvl" => level = outline(tag),
                    "pPrChange" | "rPr" => xml.skip()?,
                    _ => {}
                },
                event if event.is_end("pPr") => break,
                _ => {}
            }
        }
        own.level = own.level.or(level);
        if let Some(list) = list {
            own.list = (list != "0").then_some((list, depth));
        }
        Ok(own)
    }

    fn inherited(&self, id: Option<String>) -> Style {
        let mut all = Style::default();
        let mut next = id;
        // A style that is based on itself ends here.
        for _ in 0..10 {
            let Some(style) = next.and_then(|id| self.styles.get(&id)) else { break };
            all.level = all.level.or(style.level);
            all.list = all.list.or_else(|| style.list.clone());
            next = style.based_on.clone();
        }
        all
    }

    fn piece(&mut self, paragraph: &Paragraph) -> Option<Piece> {
        let text = clean::lines(&paragraph.text);
        if text.is_empty() {
            return None;
        }
        let number = paragraph.style.list.as_ref().and_then(|(list, depth)| self.number(list, *depth));
        if let Some(level) = paragraph.style.level {
            return Some(Piece::Heading { level, text: clean::line(&text) });
        }
        let lead = paragraph.text.split_at_checked(paragraph.bold_until);
        let lead = lead.map(|(lead, rest)| (clean::line(lead), clean::lines(rest)));
        Some(match lead {
            Some((lead, rest)) if faq::is_question(&lead) => Piece::Question { text: lead, rest },
            _ => {
                Piece::Text(format!("{}{}", number.unwrap_or_default(), clean::without_bullet(&text).unwrap_or(&text)))
            }
        })
    }

    /// What stands before an item of a list with numbers.
    fn number(&mut self, list: &str, depth: usize) -> Option<String> {
        let format = self.numbers.get(list)?.get(&depth)?.as_deref()?;
        let count = self.counts.entry((list.to_owned(), depth)).or_default();
        *count = count.saturating_add(1);
        let count = *count;
        self.counts.retain(|(other, level), _| other != list || *level <= depth);
        Some(match format {
            "lowerLetter" | "upperLetter" => {
                let letter = char::from(b'a' + u8::try_from((count - 1) % 26).unwrap_or_default());
                let letter = if format == "upperLetter" { letter.to_ascii_uppercase() } else { letter };
                format!("{letter}) ")
            }
            _ => format!("{count}. "),
        })
    }

    fn table(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Piece>, Unreadable> {
        let (mut rows, mut row): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
        let mut has_head = None;
        // A cell that is wider than one column, and one that goes on with the one above it.
        let (mut columns, mut goes_on) = (1, false);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => match tag.name() {
                    "tblHeader" if rows.is_empty() && tag.is_on() => has_head = Some(true),
                    "tc" => (columns, goes_on) = (1, false),
                    "gridSpan" => columns = tag.number().unwrap_or(1).clamp(1, 100),
                    "vMerge" => goes_on = tag.value("val").is_none_or(|value| value != "restart"),
                    "del" | "moveFrom" | "Fallback" | "tblPr" | "tblGrid" => xml.skip()?,
                    "p" | "tbl" => {
                        let mut inside = Vec::new();
                        if tag.name() == "p" {
                            self.paragraph(xml, &mut inside)?;
                        } else {
                            inside = self.table(xml)?;
                        }
                        add(&mut row, &said(inside));
                    }
                    _ => {}
                },
                Event::End(name) => match name.as_str() {
                    "tc" => {
                        if goes_on
                            && let Some(above) = rows.last().and_then(|above| above.get(row.len().saturating_sub(1)))
                        {
                            self.budget.cell(above.len())?;
                            let above = above.clone();
                            add(&mut row, &above);
                        }
                        for _ in 0..columns {
                            self.budget.cell(0)?;
                        }
                        end_cell(&mut row, columns);
                    }
                    "tr" => rows.push(ended(std::mem::take(&mut row))),
                    "tbl" => break,
                    _ => {}
                },
                Event::Text(_) => {}
            }
        }
        table::pieces(rows, has_head, self.budget)
    }
}

/// The last cell of a row is the one that is open; each end of a cell opens the next.
fn add(row: &mut Vec<String>, text: &str) {
    if row.is_empty() {
        row.push(String::new());
    }
    if let Some(cell) = row.last_mut().filter(|_| !text.is_empty()) {
        if !cell.is_empty() {
            cell.push('\n');
        }
        cell.push_str(text);
    }
}

fn end_cell(row: &mut Vec<String>, columns: usize) {
    if row.is_empty() {
        row.push(String::new());
    }
    row.extend(std::iter::repeat_n(String::new(), columns));
}

fn ended(mut row: Vec<String>) -> Vec<String> {
    row.pop();
    row
}

/// Pieces inside of a cell, as its text.
fn said(pieces: Vec<Piece>) -> String {
    let mut texts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Heading { text, .. } | Piece::Text(text) => texts.push(text),
            Piece::Question { text, rest } => texts.extend([text, rest]),
            Piece::Faq { question, answer } => texts.extend([question, answer]),
            Piece::Row { cells, .. } => texts.push(cells.join(" ")),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n")
}

impl Paragraph {
    fn tag(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "t" => self.in_text = true,
            "b" => self.bold = tag.is_on(),
            "vertAlign" => self.raised = tag.value("val").is_some_and(|value| value == "superscript"),
            "vanish" => self.hidden = tag.is_on(),
            "strike" | "dstrike" => self.struck = tag.is_on(),
            "tab" | "ptab" => self.say(" "),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "sym" => {
                let code = tag.value("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                self.say(&code.and_then(char::from_u32).map(String::from).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if self.hidden || self.struck {
            return;
        }
        let begins_bold = self.bold && self.bold_until == self.text.trim_end().len();
        match self.raised {
            true => self.text.push_str(&clean::raised(text)),
            false => self.text.push_str(text),
        }
        if begins_bold {
            self.bold_until = self.text.trim_end().len();
        }
    }
}
