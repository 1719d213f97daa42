//! Characters into rows of segments: a segment is what stands together, a row is all segments on one base line.

use super::bidi;
use super::content::{Drawn, Glyph, Rule};
use crate::limits::Budget;
use crate::{Unreadable, clean};

/// Words that stand together on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Of the base line, from the top.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) is_bold: bool,
    pub(super) text: String,
    /// The table with lines around its cells that stands here.
    pub(super) table: Option<usize>,
}

/// What is on one base line, from left to right.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) segments: Vec<Segment>,
}

/// A page in rows.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// In the direction in which most of the page is written.
    pub(super) rows: Vec<Row>,
    pub(super) rules: Vec<Rule>,
    /// What is written in other directions, as on the side of a table.
    pub(super) aside: Vec<Vec<Row>>,
}

impl Row {
    pub(super) fn y(&self) -> f64 {
        self.segments.first().map_or(0.0, |segment| segment.y)
    }

    pub(super) fn size(&self) -> f64 {
        self.segments.iter().map(|segment| segment.size).fold(0.0, f64::max)
    }

    pub(super) fn text(&self) -> String {
        let rtl = self.segments.iter().filter(|segment| bidi::is_rtl(&segment.text)).count() * 2 > self.segments.len();
        let mut texts: Vec<&str> = self.segments.iter().map(|segment| segment.text.as_str()).collect();
        if rtl {
            texts.reverse();
        }
        texts.join(" ")
    }
}

/// Which way a line of text goes, by quarters of a turn clockwise. `None` for what is set aslant, as a watermark is.
fn quarter(glyph: &Glyph) -> Option<usize> {
    let (x, y) = (glyph.end.0 - glyph.at.0, glyph.end.1 - glyph.at.1);
    if x.abs() < 1e-6 && y.abs() < 1e-6 {
        return Some(0);
    }
    let quarters = y.atan2(x) / std::f64::consts::FRAC_PI_2;
    let nearest = quarters.round();
    // Some 12 degrees.
    ((quarters - nearest).abs() < 0.13).then_some(match nearest as i32 {
        1 => 1,
        2 | -2 => 2,
        -1 => 3,
        _ => 0,
    })
}

/// A point, with the page turned so that text of this direction goes from left to right.
fn turned((x, y): (f64, f64), quarters: usize) -> (f64, f64) {
    match quarters {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

pub(super) fn rows(drawn: Drawn, budget: &Budget<'_>) -> Result<Layout, Unreadable> {
    let mut directions: [Vec<Glyph>; 4] = Default::default();
    for mut glyph in drawn.glyphs {
        let Some(quarters) = quarter(&glyph) else { continue };
        (glyph.at, glyph.end) = (turned(glyph.at, quarters), turned(glyph.end, quarters));
        if let Some(direction) = directions.get_mut(quarters) {
            direction.push(glyph);
        }
    }
    let main = (0..4).rev().max_by_key(|at| directions.get(*at).map_or(0, Vec::len)).unwrap_or_default();
    let turn = |rule: Rule| Rule { from: turned(rule.from, main), to: turned(rule.to, main) };
    let mut layout = Layout { rules: drawn.rules.into_iter().map(turn).collect(), ..Layout::default() };
    for (at, glyphs) in directions.into_iter().enumerate() {
        budget.in_time()?;
        let rows = rows_of(glyphs, if at == main { &layout.rules } else { &[] });
        if at == main {
            layout.rows = rows;
        } else if !rows.is_empty() {
            layout.aside.push(rows);
        }
    }
    Ok(layout)
}

/// Base lines that differ by less than this, in sizes, are one.
const SAME_LINE: f64 = 0.3;

fn rows_of(glyphs: Vec<Glyph>, rules: &[Rule]) -> Vec<Row> {
    let upright: Vec<&Rule> = rules.iter().filter(|rule| (rule.from.0 - rule.to.0).abs() < 1.0).collect();
    let mut glyphs = with_marks_joined(glyphs);
    glyphs.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let (mut y, mut size) = (f64::NEG_INFINITY, 0.0_f64);
    for glyph in glyphs {
        let same = glyph.at.1 - y <= SAME_LINE * size.min(glyph.size);
        match rows.last_mut().filter(|_| same) {
            Some(row) => row.push(glyph),
            None => {
                (y, size) = (glyph.at.1, glyph.size);
                rows.push(vec![glyph]);
            }
        }
    }
    let lines: Vec<Line> = raised(rows).into_iter().filter_map(|row| Line::of(row, &upright)).collect();
    let gutters: Vec<Vec<f64>> = (0..lines.len()).map(|at| gutters(&lines, at)).collect();
    let rows = lines.into_iter().zip(gutters).map(|(line, gutters)| Row { segments: line.segments(&gutters) });
    rows.filter(|row| !row.segments.is_empty()).collect()
}

/// Raised and lowered characters, as in "$25⁰⁰" and "m²", go to the line that they stand beside.
fn raised(rows: Vec<Vec<Glyph>>) -> Vec<Vec<Glyph>> {
    let mut joined: Vec<Vec<Glyph>> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(last) = joined.last_mut() else {
            joined.push(row);
            continue;
        };
        let (small, large) = if largest(&row) < largest(last) { (&row, &*last) } else { (&*last, &row) };
        let near = |one: &Glyph| {
            large.iter().any(|other| {
                let apart = (one.at.0 - other.end.0).abs().min((other.at.0 - one.end.0).abs());
                !other.text.trim().is_empty()
                    && apart < 0.3 * other.size
                    && (one.at.1 - other.at.1).abs() < 0.6 * other.size
            })
        };
        let is_raised = small.len() <= 8
            && largest(small) < 0.8 * largest(large)
            && large.len() <= 2_000
            && small.iter().filter(|glyph| !glyph.text.trim().is_empty()).any(near);
        if is_raised { last.extend(row) } else { joined.push(row) }
    }
    joined
}

fn largest(row: &[Glyph]) -> f64 {
    row.iter().map(|glyph| glyph.size).fold(0.0, f64::max)
}

/// Marks that are set over the character before them belong to it, wherever they are.
fn with_marks_joined(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut joined: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let is_mark = !glyph.text.is_empty() && glyph.text.chars().all(is_mark);
        match joined.last_mut().filter(|_| is_mark) {
            Some(last) => last.text.push_str(&glyph.text),
            None => joined.push(glyph),
        }
    }
    joined
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// A gap of this much of the size is a space.
const SPACE: f64 = 0.18;

/// Words are not further apart than this, in sizes.
const WORDS: f64 = 0.8;

/// A row before it is cut into segments.
struct Line {
    glyphs: Vec<Placed>,
    /// The usual gap between words, in sizes.
    usual: f64,
    /// From this gap on there is a space.
    space: f64,
    /// Gaps that are wider than those between words, from where to where.
    gaps: Vec<(f64, f64)>,
    /// Lines between columns that stand beside it.
    cuts: Vec<f64>,
    size: f64,
}

impl Line {
    fn of(mut row: Vec<Glyph>, upright: &[&Rule]) -> Option<Self> {
        row.sort_by(|a, b| a.at.0.total_cmp(&b.at.0));
        let glyphs = without_leaders(without_shadows(row));
        let size = glyphs.iter().map(|placed| placed.glyph.size).fold(0.0, f64::max);
        let y = glyphs.first().map(|placed| placed.glyph.at.1 - 0.3 * placed.glyph.size)?;
        let beside =
            upright.iter().filter(|rule| (rule.from.1.min(rule.to.1)..=rule.from.1.max(rule.to.1)).contains(&y));
        let cuts = beside.map(|rule| rule.from.0).collect();
        let mut gaps: Vec<f64> = Vec::new();
        let mut close = 0_usize;
        for (one, other) in glyphs.iter().zip(glyphs.iter().skip(1)) {
            let gap = (other.glyph.at.0 - one.glyph.end.0) / other.glyph.size;
            if gap <= SPACE {
                close += 1;
            } else if gap < WORDS {
                gaps.push(gap);
            }
        }
        // Letters that are set apart have gaps everywhere.
        let is_wide = gaps.len() > 3 && close * 3 < gaps.len() && !glyphs.iter().any(|placed| placed.after_space);
        let usual = median(&mut gaps);
        let space = if is_wide { usual * 1.5 } else { SPACE };
        let pairs = glyphs.iter().zip(glyphs.iter().skip(1)).map(|(one, other)| (one.glyph.end.0, other.glyph.at.0));
        let gaps = pairs.filter(|(from, to)| to - from > size * (1.5 * usual).max(GUTTER)).collect();
        Some(Self { glyphs, usual, space, gaps, cuts, size })
    }

    fn segments(self, gutters: &[f64]) -> Vec<Segment> {
        let column = (2.5 * self.usual).clamp(WORDS, 2.0);
        let mut segments: Vec<Vec<Placed>> = Vec::new();
        for placed in self.glyphs {
            let Some(last) = segments.last_mut() else {
                segments.push(vec![placed]);
                continue;
            };
            let (end, size) = last.last().map_or((0.0, 0.0), |last| (last.glyph.end.0, last.glyph.size));
            let begin = placed.glyph.at.0;
            let gap = (begin - end) / placed.glyph.size.max(size);
            let slack = 0.1 * placed.glyph.size;
            let is_parted = gap > 0.0 && self.cuts.iter().any(|cut| (end - slack..begin + slack).contains(cut));
            let is_gutter = gutters.iter().any(|gutter| (end..begin).contains(gutter));
            if gap > column || placed.is_cut || is_parted || is_gutter {
                segments.push(vec![placed]);
            } else {
                let after_space = placed.after_space || gap > self.space;
                last.push(Placed { after_space, ..placed });
            }
        }
        with_markers_joined(segments.iter().filter_map(|placed| segment(placed)))
    }

    fn ends(&self) -> Option<(f64, f64)> {
        Some((self.glyphs.first()?.glyph.at.0, self.glyphs.last()?.glyph.end.0))
    }
}

/// The sign or number before an item of a list stands apart from it, and is no column.
fn with_markers_joined(segments: impl Iterator<Item = Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::new();
    for segment in segments {
        match joined.last_mut().filter(|last| is_marker(&last.text)) {
            Some(marker) => {
                marker.text = format!("{} {}", marker.text, segment.text);
                (marker.x1, marker.is_bold, marker.size) = (segment.x1, segment.is_bold, segment.size);
            }
            None => joined.push(segment),
        }
    }
    joined
}

/// "•", "1.", "12)", "a)".
fn is_marker(text: &str) -> bool {
    let sign = format!("{text} ");
    let number = text.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
    let is_letter = text.ends_with(')') && number.len() == 1 && number.chars().all(|c| c.is_ascii_alphabetic());
    clean::without_bullet(&sign).is_some() || is_number || is_letter
}

/// A gap that several lines share has at least this width, in sizes.
const GUTTER: f64 = 0.5;
/// So many lines must share it, among so many above and below.
const SHARED: usize = 4;
const AROUND: usize = 12;

/// Where the lines above and below have a gap in the same place: that is one between columns, however narrow it is.
fn gutters(lines: &[Line], at: usize) -> Vec<f64> {
    let Some(line) = lines.get(at) else { return Vec::new() };
    let mut gutters = Vec::new();
    for gap in &line.gaps {
        let mut shared = *gap;
        let mut count = 1;
        let above = lines.get(at.saturating_sub(AROUND)..at).unwrap_or_default().iter().rev();
        let below = lines.get(at + 1..lines.len().min(at + 1 + AROUND)).unwrap_or_default().iter();
        for around in [&mut above.into_iter() as &mut dyn Iterator<Item = &Line>, &mut below.into_iter()] {
            for other in around {
                // Text on one side alone says nothing about a gap.
                if other.ends().is_none_or(|(from, to)| to <= shared.0 || from >= shared.1) {
                    continue;
                }
                let both = other.gaps.iter().map(|gap| (gap.0.max(shared.0), gap.1.min(shared.1)));
                let Some(both) = both.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))) else { break };
                if both.1 - both.0 < GUTTER * line.size {
                    break;
                }
                shared = both;
                count += 1;
            }
        }
        if count >= SHARED {
            gutters.push((shared.0 + shared.1) / 2.0);
        }
    }
    gutters
}

/// A character with what is before it.
struct Placed {
    glyph: Glyph,
    after_space: bool,
    is_cut: bool,
}

fn segment(placed: &[Placed]) -> Option<Segment> {
    let first = placed.first()?;
    let (x0, y) = (first.glyph.at.0, first.glyph.at.1);
    let x1 = placed.iter().map(|placed| placed.glyph.end.0).fold(x0, f64::max);
    let bold = placed.iter().filter(|placed| placed.glyph.is_bold).count();
    let is_bold = bold * 10 >= placed.len() * 9;
    let mut sizes: Vec<f64> = placed.iter().map(|placed| placed.glyph.size).collect();
    let size = median(&mut sizes);
    let mut ys: Vec<f64> = placed.iter().map(|placed| placed.glyph.at.1).collect();
    let y = if placed.len() > 1 { median(&mut ys) } else { y };
    let texts: Vec<String> = placed
        .iter()
        .map(|Placed { glyph, .. }| {
            let is_raised = glyph.size < 0.85 * size && y - glyph.at.1 > 0.15 * size;
            if is_raised { clean::raised(&glyph.text) } else { glyph.text.clone() }
        })
        .collect();
    let mut units: Vec<&str> = Vec::with_capacity(placed.len() + 8);
    for (placed, text) in placed.iter().zip(&texts) {
        if placed.after_space {
            units.push(" ");
        }
        units.push(text);
    }
    let text = clean::line(&bidi::logical(&units));
    (!text.is_empty()).then_some(Segment { x0, x1, y, size, is_bold, text, table: None })
}

/// The same character twice in nearly the same place is one with a shadow, or one in bold.
fn without_shadows(row: Vec<Glyph>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(row.len());
    let mut after_space = false;
    for glyph in row {
        if glyph.text.trim().is_empty() {
            after_space = true;
            continue;
        }
        let is_shadow = placed.iter().rev().take(2).any(|Placed { glyph: last, .. }| {
            last.text == glyph.text
                && (last.at.0 - glyph.at.0).abs() < 0.12 * glyph.size
                && (last.at.1 - glyph.at.1).abs() < 0.12 * glyph.size
        });
        if !is_shadow {
            placed.push(Placed { glyph, after_space: std::mem::take(&mut after_space), is_cut: false });
        }
    }
    placed
}

/// Dots that lead from a name to its price cut the line there.
fn without_leaders(placed: Vec<Placed>) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::with_capacity(placed.len());
    let mut dots: Vec<Placed> = Vec::new();
    let mut is_cut = false;
    for next in placed {
        let is_dot = matches!(next.glyph.text.as_str(), "." | "…" | "_" | "·" | "‥");
        if is_dot && dots.first().is_none_or(|first| first.glyph.text == next.glyph.text) {
            dots.push(next);
            continue;
        }
        is_cut |= end_dots(&mut dots, &mut out);
        if is_dot {
            dots.push(next);
        } else {
            out.push(Placed { is_cut: std::mem::take(&mut is_cut), ..next });
        }
    }
    end_dots(&mut dots, &mut out);
    out
}

fn end_dots(dots: &mut Vec<Placed>, out: &mut Vec<Placed>) -> bool {
    let signs: usize = dots.iter().map(|dot| if dot.glyph.text == "…" { 3 } else { 1 }).sum();
    if signs > 3 {
        dots.clear();
        return true;
    }
    out.append(dots);
    false
}

pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
