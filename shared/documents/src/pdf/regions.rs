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
    let Some(gutter) = (splits > 0).then(|| gutter(&rows, rules)).flatten() else {
        if !rows.is_empty() {
            regions.push(rows);
        }
        return;
    };
    // Rows that reach over the gutter are read where they stand; between two of them, the left side and then the right.
    let (mut left, mut right, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if row.segments.iter().any(|segment| segment.x0 < gutter && segment.x1 > gutter) {
            split(std::mem::take(&mut left), rules, splits - 1, regions);
            split(std::mem::take(&mut right), rules, splits - 1, regions);
            over.push(row);
            continue;
        }
        if !over.is_empty() {
            regions.push(std::mem::take(&mut over));
        }
        let (before, behind): (Vec<Segment>, Vec<Segment>) =
            row.segments.into_iter().partition(|segment| (segment.x0 + segment.x1) / 2.0 < gutter);
        left.extend(Some(Row { segments: before }).filter(|row| !row.segments.is_empty()));
        right.extend(Some(Row { segments: behind }).filter(|row| !row.segments.is_empty()));
    }
    split(left, rules, splits - 1, regions);
    split(right, rules, splits - 1, regions);
    if !over.is_empty() {
        regions.push(over);
    }
}

/// How fine a gutter is looked for.
const BINS: usize = 200;

/// Where two columns of prose part, if there are two.
fn gutter(rows: &[Row], rules: &[Rule]) -> Option<f64> {
    let segments: Vec<&Segment> = rows.iter().flat_map(|row| &row.segments).collect();
    if segments.len() < 8 {
        return None;
    }
    let x0 = segments.iter().map(|segment| segment.x0).fold(f64::INFINITY, f64::min);
    let x1 = segments.iter().map(|segment| segment.x1).fold(f64::NEG_INFINITY, f64::max);
    let step = (x1 - x0) / BINS as f64;
    if step <= 0.0 {
        return None;
    }
    let mut covered = [0_usize; BINS];
    for segment in &segments {
        let bin = |x: f64| ((x - x0) / step).clamp(0.0, (BINS - 1) as f64) as usize;
        for count in covered.iter_mut().take(bin(segment.x1) + 1).skip(bin(segment.x0)) {
            *count += 1;
        }
    }
    // Not at the margins, and the emptiest; of several alike the middle of the widest.
    let inner = covered.iter().enumerate().skip(BINS * 3 / 20).take(BINS * 7 / 10);
    let least = inner.clone().map(|(_, count)| *count).min()?;
    let mut best = (0, 0);
    let mut run = (0, 0);
    for (at, count) in inner {
        run = if *count > least { (at + 1, 0) } else { (run.0, run.1 + 1) };
        if run.1 == 1 {
            run.0 = at;
        }
        if run.1 > best.1 {
            best = run;
        }
    }
    let middle = x0 + (best.0 as f64 + best.1 as f64 / 2.0) * step;
    are_columns(&segments, middle, rules).then_some(middle)
}

/// Whether what is left and right of it is prose: lines that fill their side, and not the cells of a table.
fn are_columns(segments: &[&Segment], middle: f64, rules: &[Rule]) -> bool {
    let left: Vec<&Segment> = segments.iter().copied().filter(|segment| segment.x1 <= middle).collect();
    let right: Vec<&Segment> = segments.iter().copied().filter(|segment| segment.x0 >= middle).collect();
    let over = segments.len() - left.len() - right.len();
    if left.len() < 4 || right.len() < 4 || over * 3 > segments.len() {
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
