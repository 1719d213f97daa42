//! Where a field stands in a TOML file: from a path to its line, and from a place in the text to its path.

use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a file, and where. Reads `tenant.toml:12: tenant.services[2].price: to_cents must not be …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The file, as the operator named it.
    pub file: String,
    /// The line, from 1. None: the file as a whole.
    pub line: Option<usize>,
    /// The field, as a path.
    pub field: String,
    /// What to change.
    pub message: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.field.is_empty() {
            write!(f, ": {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Wrong {}

/// All that is wrong with a file, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Wrong>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, wrong) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { "\n" };
            write!(f, "{before}{wrong}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// The line of a byte of `text`, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// The byte at which `path` begins, or the innermost part of it that the file holds.
pub(super) fn byte_of(table: &DeTable<'_>, path: &str) -> Option<usize> {
    place_of(table, path).map(|(byte, _)| byte)
}

/// The same, with the length of the part of `path` that the file holds.
pub(super) fn place_of(table: &DeTable<'_>, path: &str) -> Option<(usize, usize)> {
    let (mut found, mut length) = (None, 0);
    let mut here: Option<&DeValue<'_>> = None;
    for part in path.split(['.', '[']) {
        let inner = match part.strip_suffix(']') {
            Some(index) => {
                let element = here.and_then(|value| value.as_array()?.get(index.parse::<usize>().ok()?));
                element.map(|element| (element.span().start, element.get_ref()))
            }
            None => {
                let table = here.map_or(Some(table), |value| value.as_table());
                let entry = table.and_then(|table| table.get_key_value(part));
                entry.map(|(key, value)| (key.span().start, value.get_ref()))
            }
        };
        let Some((start, value)) = inner else { break };
        length += part.len() + usize::from(found.is_some());
        found = Some(start);
        here = Some(value);
    }
    found.map(|byte| (byte, length))
}

/// The value that `path` leads to.
pub(super) fn value_of<'v, 't>(table: &'v DeTable<'t>, path: &str) -> Option<&'v DeValue<'t>> {
    let mut parts = path.split(['.', '[']);
    let mut here = table.get(parts.next()?)?.get_ref();
    for part in parts {
        here = match part.strip_suffix(']') {
            Some(index) => here.as_array()?.get(index.parse::<usize>().ok()?)?.get_ref(),
            None => here.as_table()?.get(part)?.get_ref(),
        };
    }
    Some(here)
}

/// The path of the innermost field that a byte belongs to; empty where it belongs to none.
pub(super) fn path_at(table: &DeTable<'_>, byte: usize) -> String {
    let mut best = Best { byte, width: usize::MAX, path: String::new() };
    best.look_through_table(table, "");
    best.path
}

struct Best {
    byte: usize,
    width: usize,
    path: String,
}

impl Best {
    fn look_through_table(&mut self, table: &DeTable<'_>, parent: &str) {
        for (key, value) in table {
            let path =
                if parent.is_empty() { key.get_ref().to_string() } else { format!("{parent}.{}", key.get_ref()) };
            self.consider(key, &path);
            self.look_at(value, &path);
        }
    }

    fn look_at(&mut self, value: &Spanned<DeValue<'_>>, path: &str) {
        self.consider(value, path);
        if let Some(table) = value.get_ref().as_table() {
            self.look_through_table(table, path);
        }
        for (index, element) in value.get_ref().as_array().into_iter().flatten().enumerate() {
            self.look_at(element, &format!("{path}[{index}]"));
        }
    }

    fn consider<T>(&mut self, part: &Spanned<T>, path: &str) {
        let span = part.span();
        if span.contains(&self.byte) && span.len() <= self.width {
            self.width = span.len();
            path.clone_into(&mut self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
[tenant]
name = \"A\"
hours = { monday = [
  { open = \"08:00\" },
  { open = \"13:00\" },
] }

[[tenant.services]]
id = \"a\"

[[tenant.services]]
id = \"b\"
price = { from_cents = 2 }
";

    fn line(path: &str) -> Option<usize> {
        let table = DeTable::parse(TEXT).unwrap();
        byte_of(table.get_ref(), path).map(|byte| line_at(TEXT, byte))
    }

    #[test]
    fn a_path_leads_to_its_line() {
        assert_eq!(line("tenant.name"), Some(2));
        assert_eq!(line("tenant.hours.monday[1]"), Some(5));
        assert_eq!(line("tenant.services[0].id"), Some(9));
        assert_eq!(line("tenant.services[1]"), Some(11));
        assert_eq!(line("tenant.services[1].price.from_cents"), Some(13));
    }

    #[test]
    fn a_path_that_is_not_there_leads_to_what_should_hold_it() {
        assert_eq!(line("tenant.services[1].deposit"), Some(11));
        assert_eq!(line("tenant.services[7]"), Some(8));
        assert_eq!(line("tenant.zone"), Some(1));
        assert_eq!(line("staff[0].id"), None);
    }

    #[test]
    fn a_place_leads_to_its_path() {
        let table = DeTable::parse(TEXT).unwrap();
        let path = |word: &str| path_at(table.get_ref(), TEXT.find(word).unwrap());
        assert_eq!(path("\"A\""), "tenant.name");
        assert_eq!(path("\"13:00\""), "tenant.hours.monday[1].open");
        assert_eq!(path("\"b\""), "tenant.services[1].id");
        assert_eq!(path("from_cents"), "tenant.services[1].price.from_cents");
    }
}
