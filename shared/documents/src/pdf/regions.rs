//! The columns of a page, in the order in which they are read.

use super::content::Rule;
use super::layout::{Row, Segment, median};

/// Columns inside of columns.
const MAX_SPLITS: usize = 6;
/// A page with more pieces than this is a drawing; it is read from top to bottom.
const MAX_SEGMENTS: usize = 5_000;

/// Cuts a page into parts, each of them read from top to bottom.
pub(super) fn regions(rows: Vec<Row>, rules: &[Rule]) -> Vec<Vec<Row>> {
    let count: usize = rows.iter().map(|row| row.segments.len()).sum();
    let mut regions = Vec::new();
    if count > MAX_SEGMENTS {
        regions.push(rows);
    } else {
        split(rows, rules, MAX_SPLITS, &mut regions);
    }
    regions
}

fn split(rows: Vec<Row>, rules: &[Rule], splits: usize, regions: &mut Vec<Vec<Row>>) {
    let Some(columns) = (splits > 0).then(|| columns(&rows, rules)).flatten() else {
        if !rows.is_empty() {
            regions.push(rows);
        }
        return;
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (at, row) in rows.into_iter().enumerate() {
        if at < columns.from {
            above.push(row);
        } else if at >= columns.to {
            below.push(row);
        } else {
            let (before, behind): (Vec<Segment>, Vec<Segment>) =
                row.segments.into_iter().partition(|segment| (segment.x0 + segment.x1) / 2.0 < columns.middle);
            left.extend(Some(Row { segments: before }).filter(|row| !row.segments.is_empty()));
            right.extend(Some(Row { segments: behind }).filter(|row| !row.segments.is_empty()));
        }
    }
    for part in [above, left, right, below] {
        split(part, rules, splits - 1, regions);
    }
}

/// Two columns of prose: between which rows, and where they part.
struct Columns {
    from: usize,
    to: usize,
    middle: f64,
}

/// So many places where columns might part are tried.
const MAX_PLACES: usize = 60;

/// The columns with the most in them, if there are any.
fn columns(rows: &[Row], rules: &[Rule]) -> Option<Columns> {
    let gaps = rows.iter().flat_map(|row| row.segments.iter().zip(row.segments.iter().skip(1)));
    let mut places: Vec<f64> = gaps.map(|(one, other)| (one.x1 + other.x0) / 2.0).collect();
    // Columns of which no two lines are on one height part where the right one begins.
    places.extend(rows.iter().filter_map(|row| row.segments.first()).map(|segment| segment.x0 - 0.5 * segment.size));
    places.sort_by(f64::total_cmp);
    places.dedup_by(|one, before| *one - *before < 4.0);
    places.truncate(MAX_PLACES);
    let mut best: Option<(usize, Columns)> = None;
    for middle in places {
        for (from, to) in bands(rows, middle) {
            // Rows above that are on the left alone may be the end of what is before; they are read first either way.
            let only_left = |row: &&Row| row.segments.iter().all(|segment| segment.x1 <= middle);
            let from = from + rows.get(from..to).unwrap_or_default().iter().take_while(only_left).count();
            let segments: Vec<&Segment> =
                rows.get(from..to).unwrap_or_default().iter().flat_map(|row| &row.segments).collect();
            let count = segments.len();
            if best.as_ref().is_none_or(|(most, _)| count > *most) && are_columns(&segments, middle, rules) {
                best = Some((count, Columns { from, to, middle }));
            }
        }
    }
    best.map(|(_, columns)| columns)
}

/// Runs of rows of which none reaches over a place.
fn bands(rows: &[Row], middle: f64) -> Vec<(usize, usize)> {
    let mut bands = Vec::new();
    let mut from = 0;
    for (at, row) in rows.iter().enumerate() {
        if row.segments.iter().any(|segment| segment.x0 < middle && segment.x1 > middle) {
            bands.push((from, at));
            from = at + 1;
        }
    }
    bands.push((from, rows.len()));
    bands.retain(|(from, to)| to - from >= 4);
    bands
}

/// Whether what is left and right of it is prose: lines that fill their side, and not the cells of a table.
fn are_columns(segments: &[&Segment], middle: f64, rules: &[Rule]) -> bool {
    let left: Vec<&Segment> = segments.iter().copied().filter(|segment| segment.x1 <= middle).collect();
    let right: Vec<&Segment> = segments.iter().copied().filter(|segment| segment.x0 >= middle).collect();
    if left.len() < 4 || right.len() < 4 || segments.iter().any(|segment| segment.table.is_some()) {
        return false;
    }
    let size = median(&mut segments.iter().map(|segment| segment.size).collect::<Vec<_>>());
    let end = left.iter().map(|segment| segment.x1).fold(f64::NEG_INFINITY, f64::max);
    let begin = right.iter().map(|segment| segment.x0).fold(f64::INFINITY, f64::min);
    if begin - end < 0.6 * size {
        return false;
    }
    let (top, bottom) = (extent(&left).0.max(extent(&right).0), extent(&left).1.min(extent(&right).1));
    let height = (extent(&left).1 - extent(&left).0).max(extent(&right).1 - extent(&right).0);
    if bottom - top < 0.3 * height {
        return false;
    }
    // Lines across the gutter, between its rows, are those of a table.
    let across = rules.iter().filter(|rule| {
        let is_flat = (rule.from.1 - rule.to.1).abs() < 1.0;
        let (a, b) = (rule.from.0.min(rule.to.0), rule.from.0.max(rule.to.0));
        is_flat && a < middle - size && b > middle + size && (top..bottom).contains(&rule.from.1)
    });
    if across.count() >= 3 {
        return false;
    }
    is_prose(&left) && is_prose(&right)
}

fn extent(side: &[&Segment]) -> (f64, f64) {
    let ys = || side.iter().map(|segment| segment.y);
    (ys().fold(f64::INFINITY, f64::min), ys().fold(f64::NEG_INFINITY, f64::max))
}

fn is_prose(side: &[&Segment]) -> bool {
    let x0 = side.iter().map(|segment| segment.x0).fold(f64::INFINITY, f64::min);
    let x1 = side.iter().map(|segment| segment.x1).fold(f64::NEG_INFINITY, f64::max);
    let full = side.iter().filter(|segment| segment.x1 - segment.x0 > 0.6 * (x1 - x0)).count();
    let long = side.iter().filter(|segment| segment.text.chars().count() >= 20).count();
    full * 2 >= side.len() && long * 2 >= side.len()
}
