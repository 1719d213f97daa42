//! Lines that stand at the head or foot of every page.

use super::layout::Row;
use std::collections::HashMap;

/// So many rows at either edge of a page can be of its head or foot.
const EDGE: usize = 3;

/// Keeps such a line on the first page that has it, and takes it from the others. Numbers of pages go everywhere.
pub(super) fn drop(mut pages: Vec<&mut Vec<Row>>) {
    let count = pages.len();
    if count < 3 {
        return;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let mut keys: Vec<String> = edges(page.len()).filter_map(|at| page.get(at)).map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    // Left and right pages may have lines of their own.
    let needed = (count * 2 / 5).max(3);
    let mut kept: Vec<String> = Vec::new();
    for page in &mut pages {
        let length = page.len();
        let mut at = 0;
        page.retain(|row| {
            let is_edge = edges(length).any(|edge| edge == at);
            at += 1;
            let key = key(row);
            if !is_edge || seen.get(&key).is_none_or(|seen| *seen < needed) {
                return true;
            }
            let is_first = !is_number(&key) && !kept.contains(&key);
            if is_first {
                kept.push(key);
            }
            is_first
        });
    }
}

/// The places of the first and last rows. A page of a few rows has no head and foot but its first and last.
fn edges(length: usize) -> impl Iterator<Item = usize> {
    let edge = EDGE.min(length.div_ceil(4));
    (0..edge).chain(length.saturating_sub(edge)..length)
}

/// What is the same on every page: the words and the place, not the numbers.
fn key(row: &Row) -> String {
    let mut key = String::new();
    for c in row.text().chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && key.ends_with('#')) {
            key.push(c);
        }
    }
    let y = (row.y() / 12.0).round() as i64;
    format!("{key}@{y}")
}

/// "# / #", "Page # of #", "Seite #".
fn is_number(key: &str) -> bool {
    let text = key.rsplit_once('@').map_or(key, |(text, _)| text).to_lowercase();
    let words = text.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '|' | '.' | ',' | ':' | '[' | ']' | '(' | ')')
    });
    let known = ["", "#", "page", "seite", "página", "pagina", "p", "pág", "s", "of", "de", "von", "sur"];
    words.into_iter().all(|word| known.contains(&word))
}
