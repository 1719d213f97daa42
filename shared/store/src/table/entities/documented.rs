//! The tables of entities in `docs/data-model.md` say what is declared, and where the keys are.

use std::collections::BTreeSet;

use super::{Entity, Owner, Retention, all};
use crate::table::samples::places;

const DATA_MODEL: &str = include_str!("../../../../../docs/data-model.md");

/// A row of the tables: a kind at one place.
struct Row {
    kinds: Vec<&'static Entity>,
    /// What the first cell says: `lead, earlier`.
    name: &'static str,
    whose: &'static str,
    pk: &'static str,
    sk: &'static str,
    marks: &'static str,
}

fn rows() -> Vec<Row> {
    let tables = DATA_MODEL.split("## Entities").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = tables.lines().filter(|line| line.starts_with('|') && !line.starts_with("|--"));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    cells.filter(|cells| cells[0] != "entity").map(|cells| row(&cells)).collect()
}

fn row(cells: &[&'static str]) -> Row {
    let [name, whose, pk, sk, marks, _by, _for] = cells else { panic!("seven columns: {cells:?}") };
    let kinds = match Entity::named(name) {
        Some(kind) => vec![kind],
        None => name.split(", ").filter(|part| *part != "earlier").map(|part| Entity::named(part).unwrap()).collect(),
    };
    Row { kinds, name, whose, pk, sk, marks }
}

/// Whether a key's part is what a cell shows: between backticks, with `<...>` for whatever differs. Words alone show nothing.
fn shows(cell: &str, part: &str) -> bool {
    let cell = cell.replace("T#t#", "T#acme#").replace("T#p#", "T#porchlight-platform#");
    let mut patterns = cell.split('`').skip(1).step_by(2).peekable();
    patterns.peek().is_none() || patterns.any(|pattern| fits(pattern, part))
}

fn fits(pattern: &str, part: &str) -> bool {
    let Some((fixed, differs)) = pattern.split_once('<') else { return pattern == part };
    let (_, pattern) = differs.split_once('>').unwrap();
    let Some(part) = part.strip_prefix(fixed) else { return false };
    // At least one character stands in the place of what differs.
    (1..=part.len()).filter_map(|at| part.get(at..)).any(|rest| fits(pattern, rest))
}

#[test]
fn a_pattern_fits_a_key_to_its_end() {
    let key = "T#acme#USAGE#2026-11";
    assert!(fits("T#acme#USAGE#<yyyy-mm>", key) && !fits("T#acme#USAGE#", key) && !fits("T#acme#USE#<yyyy-mm>", key));
    assert!(fits("<dd>#<feature>", "20#converse") && !fits("<dd>#<feature>", "20") && !fits("<dd>", ""));
}

#[test]
fn the_tables_have_every_kind_and_no_other() {
    let described: BTreeSet<&str> = rows().iter().flat_map(|row| &row.kinds).map(|kind| kind.name).collect();
    let declared: BTreeSet<&str> = all().map(|kind| kind.name).collect();
    let apart: Vec<_> = described.symmetric_difference(&declared).collect();
    assert!(apart.is_empty(), "either without a row or undeclared: {apart:?}");
}

#[test]
fn they_say_whose_it_is_and_how_long_it_is_kept() {
    for row in rows() {
        for kind in &row.kinds {
            let whose = match kind.owner {
                Owner::Contact => "contact",
                Owner::Tenant => "tenant",
                Owner::Platform => "platform",
            };
            assert_eq!(row.whose, whose, "{}", row.name);
            match kind.retention {
                Retention::WithOwner => assert!(!row.marks.contains("TTL"), "{}", row.name),
                Retention::TenantSays(setting) => {
                    assert!(row.marks.contains(&format!("`retention.{setting}`")), "{}", row.name);
                }
                Retention::For(time) => {
                    let (days, minutes) = (time.as_hours() / 24, time.as_mins() % (24 * 60));
                    let text = match (days, minutes) {
                        (1, 0) => "TTL 1 day".to_owned(),
                        (days, 0) => format!("TTL {days} days"),
                        (_, minutes) => format!("TTL {minutes} min"),
                    };
                    assert!(row.marks.ends_with(&text), "{}: {text}", row.name);
                }
                Retention::ToItsEnd => assert!(row.marks.contains("TTL"), "{}", row.name),
            }
            let is_forgotten = row.marks.contains("`retention.");
            assert_eq!(is_forgotten, matches!(kind.retention, Retention::TenantSays(_)), "{}", row.name);
        }
    }
}

#[test]
fn they_show_the_place_of_every_item() {
    let (rows, samples) = (rows(), places());
    let lies = |row: &Row, name: &str, pk: &str, sk: &str| {
        let is_of = row.name == name || row.kinds.iter().any(|kind| kind.name == name);
        is_of && shows(row.pk, pk) && shows(row.sk, sk)
    };
    for (name, key, _) in &samples {
        assert!(rows.iter().any(|row| lies(row, name, &key.pk, &key.sk)), "no row of {name} shows {key:?}");
    }
    for row in &rows {
        let shown = samples.iter().any(|(name, key, _)| lies(row, name, &key.pk, &key.sk));
        assert!(shown, "no sample of {} lies at {} {}", row.name, row.pk, row.sk);
    }
}

/// What a tenant says of its own retention is the same setting here and there.
#[test]
fn every_setting_of_retention_is_declared_of_something() {
    let settings = serde_json::to_value(domain::tenancy::Retention::default()).unwrap();
    let known: BTreeSet<&str> = settings.as_object().unwrap().keys().map(String::as_str).collect();
    let declared = all().filter_map(|kind| match kind.retention {
        Retention::TenantSays(setting) => Some(setting),
        _ => None,
    });
    assert_eq!(declared.collect::<BTreeSet<_>>(), known);
}
