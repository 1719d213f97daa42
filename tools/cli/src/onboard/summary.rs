//! What onboarding did, thing by thing, and as a table by kind.

use comfy_table::Table;
use serde_json::{Value, json};

/// What became of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Made,
    /// It was there and different.
    Changed,
    /// It was so already.
    Unchanged,
    /// It was there, and the file does not name it.
    Removed,
    /// It was left as it is, for this reason.
    Left(String),
}

/// What became of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    lines: Vec<(&'static str, String, Outcome)>,
}

/// How many names a row shows.
const SHOWN: usize = 4;

impl Summary {
    /// Notes one thing.
    pub fn add(&mut self, kind: &'static str, name: &str, outcome: Outcome) {
        self.lines.push((kind, name.to_owned(), outcome));
    }

    /// Whether anything was written.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.lines.iter().any(|(_, _, outcome)| !matches!(outcome, Outcome::Unchanged | Outcome::Left(_)))
    }

    /// What was left as it is, and why.
    pub fn left(&self) -> impl Iterator<Item = String> + '_ {
        self.lines.iter().filter_map(|(kind, name, outcome)| match outcome {
            Outcome::Left(why) => Some(format!("{kind} {name}: {why}")),
            _ => None,
        })
    }

    /// One row a kind, in the order they came.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(["what", "made", "changed", "removed", "unchanged", "left", "which"]);
        for kind in self.kinds() {
            let count = |wanted: &dyn Fn(&Outcome) -> bool| match self.of(kind).filter(|(_, o)| wanted(o)).count() {
                0 => String::new(),
                number => number.to_string(),
            };
            let touched: Vec<&str> =
                self.of(kind).filter(|(_, outcome)| **outcome != Outcome::Unchanged).map(|(name, _)| name).collect();
            let mut which = touched.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
            if touched.len() > SHOWN {
                which.push_str(&format!(" and {} more", touched.len() - SHOWN));
            }
            table.add_row([
                kind.to_owned(),
                count(&|outcome| *outcome == Outcome::Made),
                count(&|outcome| *outcome == Outcome::Changed),
                count(&|outcome| *outcome == Outcome::Removed),
                count(&|outcome| *outcome == Outcome::Unchanged),
                count(&|outcome| matches!(outcome, Outcome::Left(_))),
                which,
            ]);
        }
        table
    }

    /// Every thing by itself.
    #[must_use]
    pub fn json(&self) -> Value {
        let line = |(kind, name, outcome): &(&'static str, String, Outcome)| {
            let (word, why) = match outcome {
                Outcome::Made => ("made", None),
                Outcome::Changed => ("changed", None),
                Outcome::Unchanged => ("unchanged", None),
                Outcome::Removed => ("removed", None),
                Outcome::Left(why) => ("left", Some(why)),
            };
            json!({ "what": kind, "which": name, "outcome": word, "why": why })
        };
        self.lines.iter().map(line).collect()
    }

    fn kinds(&self) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        for (kind, _, _) in &self.lines {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        kinds
    }

    fn of<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (&'s str, &'s Outcome)> {
        self.lines.iter().filter(move |line| line.0 == kind).map(|(_, name, outcome)| (name.as_str(), outcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_shows_that_nothing_was_written() {
        let mut summary = Summary::default();
        summary.add("location", "lakewood", Outcome::Unchanged);
        summary.add("staff", "ana", Outcome::Left("the file does not name it".to_owned()));
        assert!(!summary.changed_anything());
        assert_eq!(summary.left().collect::<Vec<_>>(), ["staff ana: the file does not name it"]);
        summary.add("location", "aurora", Outcome::Made);
        assert!(summary.changed_anything());
    }

    #[test]
    fn the_table_counts_by_kind_and_names_what_was_touched() {
        let mut summary = Summary::default();
        for number in 0..6 {
            summary.add("location", &format!("shop-{number}"), Outcome::Made);
        }
        summary.add("location", "old", Outcome::Unchanged);
        let table = summary.table().to_string();
        assert!(table.contains("shop-0, shop-1, shop-2, shop-3 and 2 more"), "{table}");
        assert!(!table.contains("old"), "{table}");
    }
}
