//! All that is wrong with a file, at once: what is wrong is taken out of a copy, and the rest is read again.
//!
//! What is only wrong because something was taken out is not told. Rules that compare one thing with another (a question with
//! its service) are not asked any more once one of these things is out; a file may then show more at the next try.

use std::collections::BTreeSet;

use anyhow::Result;
use domain::Failure;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::{Source, TenantFile};
use super::place::{Mistakes, Wrong, path_at, place_of};

/// More are not told at once.
const MOST: usize = 25;

/// What every tenant must have, so that the rest can be read where it is missing or wrong.
const STAND_INS: &str = r#"
id = "stand-in"
name = "Stand-in"
industry = "other"
currency = "USD"
zone = "UTC"
region = "US"
language = "en"
notify = ["nobody@example.com"]
business = {}
hours = {}
services = []
"#;

/// Other parts of the file name what is in these.
const NAMED_ELSEWHERE: [&str; 3] = ["locations", "tenant.services", "tenant.intake"];

/// Why a file is not taken.
pub(super) enum Failed {
    /// It is not the document that is expected.
    Read(toml::de::Error),
    /// A rule is broken.
    Rule(Failure),
    /// Our own fault.
    Other(anyhow::Error),
}

/// The file, or all that is wrong with it.
pub(super) fn read<'t>(source: &'t Source, whole: &Spanned<DeTable<'t>>) -> Result<TenantFile> {
    let mut rest = Rest { whole: whole.get_ref(), table: whole.clone(), gone: BTreeSet::new() };
    let mut told = Vec::new();
    while told.len() < MOST {
        let failed = match source.once(&rest.table) {
            Ok(file) if told.is_empty() => return Ok(file),
            Ok(_) => break,
            Err(failed) => failed,
        };
        let (path, wrong) = match failed {
            Failed::Other(error) => return Err(error),
            Failed::Rule(_) if rest.lacks_what_is_named() => break,
            Failed::Rule(Failure::Rejected { field: Some(field), message, .. }) => {
                let wrong = source.wrong(rest.whole, rest.original(&field), message);
                (field, wrong)
            }
            Failed::Rule(failure) => return Err(failure.into()),
            Failed::Read(error) => {
                let byte = error.span().map_or(0, |span| span.start);
                (path_at(rest.table.get_ref(), byte), source.misread(Some(rest.whole), &error))
            }
        };
        let goes_on = rest.take_out(&path, &wrong);
        if !rest.follows(&wrong) {
            told.push(wrong);
        }
        if !goes_on {
            break;
        }
    }
    told.sort_by(|one, other| (one.line, &one.field).cmp(&(other.line, &other.field)));
    Err(Mistakes(told).into())
}

/// What is left of a file.
struct Rest<'w, 't> {
    whole: &'w DeTable<'t>,
    table: Spanned<DeTable<'t>>,
    /// The paths that were taken out, as the whole file has them.
    gone: BTreeSet<String>,
}

impl Rest<'_, '_> {
    fn lacks_what_is_named(&self) -> bool {
        let is_element = |rest: &str| rest.is_empty() || rest.find(']') == rest.len().checked_sub(1);
        let lacks = |named: &str| self.gone.iter().filter_map(|gone| gone.strip_prefix(named)).any(is_element);
        NAMED_ELSEWHERE.iter().any(|named| lacks(named))
    }

    /// A path of what is left, as the whole file has it: elements of a list that came before it may be gone.
    fn original(&self, path: &str) -> String {
        let Some((byte, found)) = place_of(self.table.get_ref(), path) else { return path.to_owned() };
        path_at(self.whole, byte) + path.get(found..).unwrap_or_default()
    }

    /// Whether something is only wrong because what it misses was taken out.
    fn follows(&self, wrong: &Wrong) -> bool {
        missing(&wrong.message).is_some_and(|name| self.gone.contains(&format!("{}.{name}", wrong.field)))
    }

    /// Takes out what `path` leads to, or the innermost part of it that is there. Returns whether that changes anything.
    fn take_out(&mut self, path: &str, wrong: &Wrong) -> bool {
        let of_tenant = if path == "tenant" { missing(&wrong.message) } else { path.strip_prefix("tenant.") };
        if of_tenant.is_some_and(|name| self.stand_in(name)) {
            return self.gone.insert(path.to_owned()) || path == "tenant";
        }
        let Some((byte, found)) = place_of(self.table.get_ref(), path) else { return false };
        let there = path.get(..found).unwrap_or_default();
        let original = path_at(self.whole, byte);
        there != "tenant" && remove(self.table.get_mut(), there) && self.gone.insert(original)
    }

    /// Puts a stand-in where the tenant has nothing good of that name.
    fn stand_in(&mut self, name: &str) -> bool {
        let Ok(stand_ins) = DeTable::parse(STAND_INS) else { return false };
        let found = stand_ins.into_inner().into_iter().find(|(key, _)| key.get_ref() == name);
        let tenant = self.table.get_mut().get_mut("tenant").map(Spanned::get_mut);
        let (Some((key, value)), Some(DeValue::Table(tenant))) = (found, tenant) else { return false };
        tenant.insert(key, value);
        true
    }
}

/// The field that is missing, where that is what a message says.
fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

fn remove(table: &mut DeTable<'_>, path: &str) -> bool {
    let (name, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    if rest.is_empty() {
        return table.remove(name).is_some();
    }
    table.get_mut(name).is_some_and(|value| remove_within(value.get_mut(), rest))
}

/// `rest` begins with `.field` or `[index]`.
fn remove_within(value: &mut DeValue<'_>, rest: &str) -> bool {
    match value {
        DeValue::Table(table) => rest.strip_prefix('.').is_some_and(|path| remove(table, path)),
        DeValue::Array(array) => {
            let Some((index, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
                return false;
            };
            let Ok(index) = index.parse::<usize>() else { return false };
            if !rest.is_empty() {
                return array.get_mut(index).is_some_and(|element| remove_within(element.get_mut(), rest));
            }
            let before = array.len();
            let elements = array.clone().into_iter().enumerate();
            *array = elements.filter(|(place, _)| *place != index).map(|(_, element)| element).collect();
            array.len() < before
        }
        _ => false,
    }
}
