//! Lines that stand at the head or foot of every page.

use super::layout::Row;
use std::collections::HashMap;

/// So many rows at either edge of a page can be of its head or foot.
const EDGE: usize = 2;

/// Keeps such a line on the first page that has it, and takes it from the others. Numbers of pages go everywhere. What is set larger
/// than the body is a heading, even if there is one on every page.
pub(super) fn drop(mut pages: Vec<(u32, &mut Vec<Row>)>, body: f64) {
    let count = pages.len();
    if count < 3 {
        return;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, page) in &pages {
        let rows = edges(page.len()).filter_map(|at| page.get(at));
        let mut keys: Vec<String> = rows.map(|row| key(row, *number)).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    // Left and right pages may have lines of their own.
    let needed = (count * 2 / 5).max(3);
    let mut kept: Vec<String> = Vec::new();
    for (number, page) in &mut pages {
        let length = page.len();
        let mut at = 0;
        page.retain(|row| {
            let is_edge = edges(length).any(|edge| edge == at);
            at += 1;
            let key = key(row, *number);
            if !is_edge || row.size() > 1.1 * body || seen.get(&key).is_none_or(|seen| *seen < needed) {
                return true;
            }
            let is_first = !is_number(&row.text()) && !kept.contains(&key);
            if is_first {
                kept.push(key);
            }
            is_first
        });
    }
}

/// The places of the first and last rows. A page of a few rows has no head and foot.
fn edges(length: usize) -> impl Iterator<Item = usize> {
    let edge = EDGE.min(length / 4);
    (0..edge).chain(length.saturating_sub(edge)..length)
}

/// What is the same on every page: the words and the place, but for the number of the page.
fn key(row: &Row, number: u32) -> String {
    let number = number.to_string();
    let text = row.text();
    let is_word = |c: char| c.is_alphanumeric();
    let mut key = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        key.push_str(if word == number { "#" } else { word });
        let mut behind = behind.chars();
        key.extend(behind.next());
        rest = behind.as_str();
    }
    let y = (row.y() / 12.0).round() as i64;
    if is_number(&text) { format!("#@{y}") } else { format!("{key}@{y}") }
}

/// "3 / 10", "Page 3 of 10", "Seite 3".
fn is_number(text: &str) -> bool {
    let text = text.to_lowercase();
    let words = text.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '|' | '.' | ',' | ':' | '[' | ']' | '(' | ')')
    });
    let known = ["", "page", "seite", "página", "pagina", "p", "pág", "s", "of", "de", "von", "sur"];
    words.into_iter().all(|word| known.contains(&word) || word.chars().all(|c| c.is_ascii_digit()))
}
