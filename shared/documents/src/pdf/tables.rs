//! Rows whose segments stand under each other: tables.

use super::layout::{Row, Segment};

/// A column of a table: from where to where its cells reach.
type Span = (f64, f64);

/// How many of the rows, from the first on, are one table, and its cells; `None` where none begins here.
pub(super) fn table(rows: &[Row]) -> Option<(usize, Vec<Vec<String>>)> {
    let first = rows.first().filter(|row| row.segments.len() > 1)?;
    let mut columns: Vec<Span> = first.segments.iter().map(|segment| (segment.x0, segment.x1)).collect();
    let mut length = 1;
    for (above, row) in rows.iter().zip(rows.iter().skip(1)) {
        let gap = row.y() - above.y();
        let size = row.size().max(above.size());
        let room = if row.segments.len() > 1 { 4.0 } else { 1.6 };
        let Some(wider) = fitted(&columns, row).filter(|_| gap <= room * size) else { break };
        columns = wider;
        length += 1;
    }
    // What hangs below the last full row belongs to it only if it stands close.
    let rows = rows.get(..length)?;
    let full = rows.iter().filter(|row| row.segments.len() > 1).count();
    if full < 2 {
        return None;
    }
    Some((length, cells(rows, &columns)))
}

/// The columns, widened by a row; `None` where a segment of it reaches over two of them.
fn fitted(columns: &[Span], row: &Row) -> Option<Vec<Span>> {
    let mut columns = columns.to_vec();
    for segment in &row.segments {
        let mut over = columns.iter().enumerate().filter(|(_, span)| overlaps(**span, segment)).map(|(at, _)| at);
        match (over.next(), over.next()) {
            (Some(at), None) => {
                if let Some(span) = columns.get_mut(at) {
                    *span = (span.0.min(segment.x0), span.1.max(segment.x1));
                }
            }
            (Some(_), Some(_)) => return None,
            // Another column, of a row that is full.
            (None, _) if row.segments.len() > 1 => {
                columns.push((segment.x0, segment.x1));
                columns.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            (None, _) => return None,
        }
    }
    let apart = columns.iter().zip(columns.iter().skip(1)).all(|(one, other)| one.1 < other.0);
    apart.then_some(columns)
}

fn overlaps(span: Span, segment: &Segment) -> bool {
    segment.x0 < span.1 && segment.x1 > span.0
}

fn cells(rows: &[Row], columns: &[Span]) -> Vec<Vec<String>> {
    let gaps: Vec<f64> = rows.iter().zip(rows.iter().skip(1)).map(|(above, row)| row.y() - above.y()).collect();
    let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let most = gaps.iter().copied().fold(0.0, f64::max);
    // Where rows of the table are further apart than lines of a cell, the gap says which is which.
    let tells = most > 1.35 * least;
    let mut cells: Vec<Vec<String>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let gap = at.checked_sub(1).and_then(|above| gaps.get(above)).copied();
        let mut texts = vec![String::new(); columns.len()];
        for segment in &row.segments {
            let at = columns.iter().position(|span| overlaps(*span, segment)).unwrap_or_default();
            if let Some(text) = texts.get_mut(at) {
                super::blocks::join(text, &segment.text);
            }
        }
        let is_alone = row.segments.len() == 1
            && columns.first().is_none_or(|first| !row.segments.iter().any(|one| overlaps(*first, one)));
        let has_less = cells.last().is_some_and(|above| filled(&texts) < filled(above));
        let goes_on = gap.is_some_and(|gap| if tells { gap < 1.15 * least && has_less } else { is_alone });
        match cells.last_mut().filter(|_| goes_on) {
            Some(above) => above.iter_mut().zip(texts).for_each(|(above, text)| super::blocks::join(above, &text)),
            None => cells.push(texts),
        }
    }
    cells
}

fn filled(texts: &[String]) -> usize {
    texts.iter().filter(|text| !text.is_empty()).count()
}
