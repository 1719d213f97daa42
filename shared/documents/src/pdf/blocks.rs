//! Rows into headings, paragraphs, items and tables.

use super::content::Rule;
use super::layout::{Layout, Row};
use super::{grids, regions, tables};
use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean, table};
use std::collections::BTreeMap;

/// The sizes that a document is set in.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    pub(super) body: f64,
    /// Of headings, largest first.
    headings: Vec<f64>,
    /// Most of it is bold, so that bold says nothing.
    is_bold: bool,
}

/// How much larger than the body a heading is.
const LARGER: f64 = 1.12;
/// A longer line is no heading.
const MAX_HEADING: usize = 150;

impl Sizes {
    pub(super) fn of<'r>(rows: impl Iterator<Item = &'r Row>) -> Self {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        for segment in rows.flat_map(|row| &row.segments) {
            let chars = segment.text.chars().count();
            *counts.entry(halves(segment.size)).or_default() += chars;
            all += chars;
            bold += if segment.is_bold { chars } else { 0 };
        }
        let body = counts.iter().max_by_key(|(_, chars)| **chars).map_or(0, |(size, _)| *size);
        let body = body as f64 / 2.0;
        let mut headings: Vec<f64> =
            counts.keys().rev().map(|size| *size as f64 / 2.0).filter(|size| *size > body * LARGER).collect();
        headings.truncate(4);
        Self { body, headings, is_bold: bold * 2 > all }
    }

    /// The level of the heading that a row is.
    fn level(&self, row: &Row) -> Option<u8> {
        let text = row.text();
        let length = text.chars().count();
        if length > MAX_HEADING || !text.chars().any(char::is_alphabetic) || clean::without_bullet(&text).is_some() {
            return None;
        }
        let size = halves(row.size()) as f64 / 2.0;
        if size > self.body * LARGER {
            let rank = self.headings.iter().position(|heading| size >= *heading - 0.01).unwrap_or(self.headings.len());
            return u8::try_from(rank + 1).ok();
        }
        let is_bold = row.segments.iter().all(|segment| segment.is_bold) && !self.is_bold;
        let is_line = length <= 100 && !text.ends_with(['.', ',', ';']) && !text.contains(['$', '€', '£']);
        let level = u8::try_from(self.headings.len() + 1).unwrap_or(5).min(5);
        (is_bold && is_line && size >= self.body * 0.9).then_some(level)
    }
}

/// In halves of a point.
fn halves(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

pub(super) fn pieces(layout: Layout, sizes: &Sizes, budget: &Budget<'_>) -> Result<Vec<Piece>, Unreadable> {
    let Layout { rows, rules, aside } = layout;
    let mut pieces = Vec::new();
    let (rows, mut grids) = grids::take(rows, &rules);
    for region in regions::regions(rows, &rules) {
        flow(&region, &rules, &mut grids, sizes, budget, &mut pieces)?;
    }
    for rows in aside {
        flow(&rows, &[], &mut [], sizes, budget, &mut pieces)?;
    }
    Ok(pieces)
}

/// What is read from top to bottom.
fn flow(
    rows: &[Row],
    rules: &[Rule],
    grids: &mut [Vec<Vec<String>>],
    sizes: &Sizes,
    budget: &Budget<'_>,
    pieces: &mut Vec<Piece>,
) -> Result<(), Unreadable> {
    let frame = Frame::of(rows);
    let mut open: Option<Paragraph> = None;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        budget.in_time()?;
        if let Some(cells) =
            row.segments.iter().find_map(|segment| segment.table).and_then(|table| grids.get_mut(table))
        {
            pieces.extend(open.take().map(Paragraph::piece));
            pieces.extend(table::pieces(std::mem::take(cells), None, budget)?);
            at += 1;
            continue;
        }
        if let Some(found) = tables::table(rows.get(at..).unwrap_or_default(), rules) {
            pieces.extend(open.take().map(Paragraph::piece));
            pieces.extend(table::pieces(found.cells, found.has_head, budget)?);
            at += found.length;
            continue;
        }
        let line = Line {
            text: row.text(),
            x0: frame.left(row),
            x1: frame.right(row),
            y: row.y(),
            size: row.size(),
            level: sizes.level(row),
        };
        match &mut open {
            Some(paragraph) if paragraph.takes(&line, &frame) => paragraph.add(line),
            _ => {
                pieces.extend(open.take().map(Paragraph::piece));
                open = Some(Paragraph::of(line));
            }
        }
        at += 1;
    }
    pieces.extend(open.map(Paragraph::piece));
    Ok(())
}

/// Where lines of a region begin and end, and how far they are apart.
struct Frame {
    x0: f64,
    x1: f64,
    gap: f64,
}

impl Frame {
    fn of(rows: &[Row]) -> Self {
        let mut gaps: Vec<f64> = rows
            .iter()
            .zip(rows.iter().skip(1))
            .map(|(above, row)| (row.y() - above.y()) / row.size().max(1.0))
            .filter(|gap| *gap < 2.5)
            .collect();
        let segments = || rows.iter().flat_map(|row| &row.segments);
        let x0 = segments().map(|segment| segment.x0).fold(f64::INFINITY, f64::min);
        let x1 = segments().map(|segment| segment.x1).fold(f64::NEG_INFINITY, f64::max);
        // Lines of a paragraph are closer than paragraphs, and of short ones there are as many gaps between as inside.
        gaps.sort_by(f64::total_cmp);
        let gap = gaps.get(gaps.len() / 3).copied().unwrap_or_default();
        Self { x0, x1, gap: gap.max(1.0) }
    }

    fn left(&self, row: &Row) -> f64 {
        row.segments.first().map_or(self.x0, |segment| segment.x0)
    }

    fn right(&self, row: &Row) -> f64 {
        row.segments.last().map_or(self.x1, |segment| segment.x1)
    }
}

struct Line {
    text: String,
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
    level: Option<u8>,
}

struct Paragraph {
    text: String,
    level: Option<u8>,
    is_item: bool,
    lines: usize,
    /// Where its second line begins, or its first.
    left: f64,
    last: Line,
}

impl Paragraph {
    fn of(line: Line) -> Self {
        let item = clean::without_bullet(&line.text).map(str::to_owned);
        let is_item = item.is_some() || is_numbered(&line.text);
        let text = item.unwrap_or_else(|| line.text.clone());
        Self { text, level: line.level, is_item, lines: 1, left: line.x0, last: line }
    }

    /// Whether a line goes on with this paragraph.
    fn takes(&self, line: &Line, frame: &Frame) -> bool {
        let gap = (line.y - self.last.y) / line.size.max(self.last.size).max(1.0);
        let same_size = (line.size - self.last.size).abs() < 0.15 * self.last.size;
        if line.level != self.level
            || gap > (1.3 * frame.gap).max(1.35)
            || gap < 0.0
            || (!same_size && line.level.is_some())
        {
            return false;
        }
        if clean::without_bullet(&line.text).is_some() || is_numbered(&line.text) || faq::marked(&line.text).is_some() {
            return false;
        }
        if self.level.is_some() {
            return self.text.len() + line.text.len() <= MAX_HEADING;
        }
        let is_indented = line.x0 - self.left > 0.8 * line.size && self.lines > 1;
        let ended = self.text.ends_with(['.', '!', '?', ':', '…']);
        let width = frame.x1 - frame.x0;
        let was_short = frame.x1 - self.last.x1 > 0.2 * width;
        // The first word would have had its place on the line above: the line was ended on purpose.
        let word = line.text.split(' ').next().map_or(0, |word| word.chars().count());
        let needed = (word + 1) as f64 * 0.6 * line.size;
        let was_ended =
            frame.x1 - self.last.x1 > needed.max(0.1 * width) * 1.3 && !line.text.starts_with(char::is_lowercase);
        let asked = self.lines == 1 && faq::is_question(&self.text) && was_short;
        !(is_indented
            || asked
            || was_ended
            || (ended && was_short && !self.is_item && line.x0 <= self.left + line.size))
    }

    fn add(&mut self, line: Line) {
        if self.lines == 1 && !self.is_item {
            self.left = self.left.min(line.x0);
        }
        if self.is_item {
            self.left = line.x0;
        }
        self.lines += 1;
        join(&mut self.text, &line.text);
        self.last = line;
    }

    fn piece(self) -> Piece {
        match self.level {
            Some(level) => Piece::Heading { level, text: self.text },
            None if faq::is_question(&self.text) && !self.is_item => {
                Piece::Question { text: self.text, rest: String::new() }
            }
            None => Piece::Text(self.text),
        }
    }
}

/// "1. ", "2) ", "a) ".
fn is_numbered(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(['.', ')']) else { return false };
    let is_number = !number.is_empty() && number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit());
    let is_letter = number.len() == 1 && text.get(1..2) == Some(")");
    (is_number || is_letter) && rest.starts_with(' ')
}

/// Adds a line to a text. A word that was cut at the end of the line is joined.
pub(super) fn join(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    let is_cut = text.strip_suffix(['-', '\u{2010}']).is_some_and(|before| before.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase);
    if is_cut {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}
