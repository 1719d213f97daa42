//! Tables whose cells have lines around them.

use super::blocks::join;
use super::content::Rule;
use super::layout::{Row, Segment};

/// Lines that are this far apart, in points, touch.
const TOUCH: f64 = 3.0;
/// A page with more lines than this, after those that continue each other are joined, is a drawing.
const MAX_LINES: usize = 400;

/// A line from one place to another, at a fixed place of the other axis.
#[derive(Debug, Clone, Copy)]
struct Edge {
    at: f64,
    from: f64,
    to: f64,
}

/// The places of the lines of a table.
#[derive(Debug)]
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
}

/// Takes what stands in such tables out of the rows, and leaves a segment in the place of each; the tables by the number that it has.
pub(super) fn take(rows: Vec<Row>, rules: &[Rule]) -> (Vec<Row>, Vec<Vec<Vec<String>>>) {
    let grids = grids(rules);
    let mut cells: Vec<Vec<Vec<String>>> =
        grids.iter().map(|grid| vec![vec![String::new(); grid.xs.len() - 1]; grid.ys.len() - 1]).collect();
    let mut left: Vec<Row> = Vec::with_capacity(rows.len());
    let mut begun: Vec<Option<(f64, f64)>> = vec![None; grids.len()];
    for row in rows {
        let mut outside = Row::default();
        for segment in row.segments {
            match place(&grids, &segment) {
                Some((table, line, column)) => {
                    let size = segment.size;
                    if let Some(begun) = begun.get_mut(table) {
                        begun.get_or_insert((segment.y, size));
                    }
                    let cell = cells
                        .get_mut(table)
                        .and_then(|cells| cells.get_mut(line))
                        .and_then(|line| line.get_mut(column));
                    if let Some(cell) = cell {
                        join(cell, &segment.text);
                    }
                }
                None => outside.segments.push(segment),
            }
        }
        if !outside.segments.is_empty() {
            left.push(outside);
        }
    }
    for (at, (grid, begun)) in grids.iter().zip(begun).enumerate() {
        let (Some((y, size)), Some(x0), Some(x1)) = (begun, grid.xs.first(), grid.xs.last()) else { continue };
        let segment = Segment { x0: *x0, x1: *x1, y, size, is_bold: false, text: String::new(), table: Some(at) };
        let behind = left.iter().position(|row| row.y() > y).unwrap_or(left.len());
        left.insert(behind, Row { segments: vec![segment] });
    }
    (left, cells)
}

/// The cell that a segment stands in: of which table, in which row and column.
fn place(grids: &[Grid], segment: &Segment) -> Option<(usize, usize, usize)> {
    let y = segment.y - 0.3 * segment.size;
    let x = segment.x0 + 0.2 * segment.size;
    grids.iter().enumerate().find_map(|(at, grid)| {
        let row = between(&grid.ys, y)?;
        let column = between(&grid.xs, x)?;
        Some((at, row, column))
    })
}

fn between(places: &[f64], at: f64) -> Option<usize> {
    places.iter().zip(places.iter().skip(1)).position(|(from, to)| (*from..*to).contains(&at))
}

fn grids(rules: &[Rule]) -> Vec<Grid> {
    let flat = rules.iter().filter(|rule| (rule.from.1 - rule.to.1).abs() < 1.0);
    let flat = joined(flat.map(|rule| edge(rule.from.1, rule.from.0, rule.to.0)).collect());
    let upright = rules.iter().filter(|rule| (rule.from.0 - rule.to.0).abs() < 1.0);
    let upright = joined(upright.map(|rule| edge(rule.from.0, rule.from.1, rule.to.1)).collect());
    if flat.len() + upright.len() > MAX_LINES {
        return Vec::new();
    }
    // Lines that cross or touch belong to one table.
    let mut groups: Vec<(Vec<Edge>, Vec<Edge>)> = Vec::new();
    for line in &upright {
        let mut own = (Vec::new(), vec![*line]);
        let mut others = Vec::new();
        for group in groups {
            if group.0.iter().any(|flat| crosses(flat, line)) {
                own.0.extend(group.0);
                own.1.extend(group.1);
            } else {
                others.push(group);
            }
        }
        own.0.extend(flat.iter().filter(|flat| crosses(flat, line)));
        others.push(own);
        groups = others;
    }
    let grid = |(flat, upright): (Vec<Edge>, Vec<Edge>)| Grid {
        xs: places(upright.iter().map(|edge| edge.at).collect()),
        ys: places(flat.iter().map(|edge| edge.at).collect()),
    };
    // One box is a frame, not a table; so is a row of them.
    groups.into_iter().map(grid).filter(|grid| grid.xs.len() > 2 && grid.ys.len() > 2).collect()
}

fn edge(at: f64, a: f64, b: f64) -> Edge {
    Edge { at, from: a.min(b), to: a.max(b) }
}

fn crosses(flat: &Edge, upright: &Edge) -> bool {
    let inside = |at: f64, edge: &Edge| at >= edge.from - TOUCH && at <= edge.to + TOUCH;
    inside(flat.at, upright) && inside(upright.at, flat)
}

/// Lines that continue each other, as the edges of neighbouring cells do, as one.
fn joined(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Edge> = Vec::new();
    for edge in edges {
        let near = joined.iter_mut().rev().take(64).find(|last| {
            (last.at - edge.at).abs() < TOUCH / 2.0 && edge.from <= last.to + TOUCH && edge.to >= last.from - TOUCH
        });
        match near {
            Some(last) => (last.from, last.to) = (last.from.min(edge.from), last.to.max(edge.to)),
            None => joined.push(edge),
        }
    }
    joined.retain(|edge| edge.to - edge.from > 2.0 * TOUCH);
    joined
}

/// Different places, from the first to the last.
fn places(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    all.dedup_by(|one, before| *one - *before < TOUCH);
    all
}
