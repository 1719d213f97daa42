//! Rows whose segments stand under each other: tables.

use super::blocks::join;
use super::content::Rule;
use super::layout::{Row, Segment};

/// A column of a table: from where to where its cells reach.
type Span = (f64, f64);

/// A table that was found.
pub(super) struct Table {
    /// How many rows of the page it takes.
    pub(super) length: usize,
    pub(super) cells: Vec<Vec<String>>,
    /// What its look says about its first row.
    pub(super) has_head: Option<bool>,
}

/// The table that begins with the first of the rows, if one does.
pub(super) fn table(rows: &[Row], rules: &[Rule]) -> Option<Table> {
    let first = rows.first().filter(|row| row.segments.len() > 1)?;
    let mut columns: Vec<Span> = first.segments.iter().map(|segment| (segment.x0, segment.x1)).collect();
    let mut length = 1;
    for (above, row) in rows.iter().zip(rows.iter().skip(1)) {
        let gap = row.y() - above.y();
        let size = row.size().max(above.size());
        let room = if row.segments.len() > 1 { 4.0 } else { 1.6 };
        if row.segments.iter().any(|segment| segment.table.is_some()) {
            break;
        }
        let Some(wider) = fitted(&columns, row).filter(|_| gap <= room * size) else { break };
        columns = wider;
        length += 1;
    }
    let rows = rows.get(..length)?;
    let full = rows.iter().filter(|row| row.segments.len() > 1).count();
    if full < 2 {
        return None;
    }
    let is_bold = |row: &Row| row.segments.iter().all(|segment| segment.is_bold);
    let has_head = rows.first().is_some_and(is_bold) && !rows.get(1).is_some_and(is_bold);
    Some(Table { length, cells: cells(rows, &columns, rules), has_head: has_head.then_some(true) })
}

/// The columns, widened by a row; `None` where it does not belong under them.
fn fitted(columns: &[Span], row: &Row) -> Option<Vec<Span>> {
    let mut columns = columns.to_vec();
    let mut used = vec![false; columns.len()];
    let is_full = row.segments.len() > 1;
    let mut new = Vec::new();
    let mut placed = 0;
    for segment in &row.segments {
        let over: Vec<usize> =
            columns.iter().enumerate().filter(|(_, span)| overlaps(**span, segment)).map(|(at, _)| at).collect();
        match over.as_slice() {
            [at] => {
                let (span, used) = columns.get_mut(*at).zip(used.get_mut(*at))?;
                if std::mem::replace(used, true) {
                    return None;
                }
                *span = (span.0.min(segment.x0), span.1.max(segment.x1));
                placed += 1;
            }
            [] if is_full => new.push((segment.x0, segment.x1)),
            // A cell over several columns says the same of all of them.
            [_, ..] if is_full => {}
            _ => return None,
        }
    }
    columns.append(&mut new);
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let apart = columns.iter().zip(columns.iter().skip(1)).all(|(one, other)| one.1 < other.0);
    (apart && placed > 0).then_some(columns)
}

fn overlaps(span: Span, segment: &Segment) -> bool {
    segment.x0 < span.1 && segment.x1 > span.0
}

fn cells(rows: &[Row], columns: &[Span], rules: &[Rule]) -> Vec<Vec<String>> {
    let gaps: Vec<f64> = rows.iter().zip(rows.iter().skip(1)).map(|(above, row)| row.y() - above.y()).collect();
    let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let most = gaps.iter().copied().fold(0.0, f64::max);
    // Where rows of the table are further apart than lines of a cell, the gap says which is which; else lines between them may.
    let tells = most > 1.35 * least;
    let ruled: Vec<bool> =
        rows.iter().zip(rows.iter().skip(1)).map(|(above, row)| parts(above, row, columns, rules)).collect();
    let is_ruled = ruled.iter().filter(|ruled| **ruled).count() >= 2;
    let mut cells: Vec<Vec<String>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let before = at.checked_sub(1);
        let gap = before.and_then(|above| gaps.get(above)).copied().unwrap_or(f64::INFINITY);
        let is_parted = before.and_then(|above| ruled.get(above)).copied().unwrap_or(true);
        let mut texts = vec![String::new(); columns.len()];
        for segment in &row.segments {
            let over = columns.iter().zip(&mut texts).filter(|(span, _)| overlaps(**span, segment));
            over.for_each(|(_, text)| join(text, &segment.text));
        }
        let has_less = cells.last().is_some_and(|above| filled(&texts) < filled(above));
        let is_alone = filled(&texts) == 1 && texts.first().is_some_and(String::is_empty);
        let goes_on = match (is_ruled, tells) {
            _ if is_parted && at == 0 => false,
            (true, _) => !is_parted && has_less && gap < 1.6 * row.size(),
            (_, true) => gap < 1.15 * least && has_less,
            _ => is_alone,
        };
        match cells.last_mut().filter(|_| goes_on) {
            Some(above) => above.iter_mut().zip(texts).for_each(|(above, text)| join(above, &text)),
            None => cells.push(texts),
        }
    }
    cells
}

/// Whether a line is drawn between two rows.
fn parts(above: &Row, row: &Row, columns: &[Span], rules: &[Rule]) -> bool {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return false };
    let width = last.1 - first.0;
    rules.iter().any(|rule| {
        let (x0, x1) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
        let is_flat = (rule.from.1 - rule.to.1).abs() < 1.0;
        // A cell's own edge is enough, if it is that of a wide cell.
        let inside = x1.min(last.1) - x0.max(first.0);
        is_flat && inside > 0.2 * width && (above.y()..row.y()).contains(&rule.from.1)
    })
}

fn filled(texts: &[String]) -> usize {
    texts.iter().filter(|text| !text.is_empty()).count()
}
