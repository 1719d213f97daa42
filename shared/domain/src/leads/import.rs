//! Contacts out of a CSV file (RFC 4180): which column is what, what each line says, and what is wrong with it.
//!
//! A line that cannot be read loses no other. Lines are counted as an editor counts them, the head being the first.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::typed_in::{ContactChange, NamedAddress, typed_in};
use crate::messaging::{Address, Email, Phone};
use crate::{Failure, TenantId};

/// The longest file, in bytes.
const MAX_BYTES: usize = 200 * 1024;
/// The most lines below the head.
const MAX_ROWS: usize = 500;
/// The longest name of a column: every problem of a line repeats it.
const MAX_COLUMN_CHARS: usize = 100;
/// What separates cells, where the head does not say otherwise.
const COMMA: char = ',';
/// What separates the tags of one cell.
const BETWEEN_TAGS: [char; 3] = [',', ';', '|'];

/// Which columns hold what, by the names in the head of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportMapping)]
pub struct Mapping {
    /// Columns that make up the name, in this order.
    #[serde(default)]
    #[schema(example = json!(["First name", "Last name"]))]
    pub name: Vec<String>,
    /// Columns with a telephone number each.
    #[serde(default)]
    #[schema(example = json!(["Mobile"]))]
    pub phones: Vec<String>,
    /// Columns with an e-mail address each.
    #[serde(default)]
    #[schema(example = json!(["E-mail"]))]
    pub emails: Vec<String>,
    /// Columns with tags, separated by commas, semicolons or bars.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Of the business's own fields, by its name, the column.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// One line of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// Which line it begins at.
    pub line: usize,
    /// Whom it tells of; else what is wrong, and in which column.
    pub contact: Result<ContactChange, Failure>,
}

/// Reads a file. A number without a country's code is one of `region`.
///
/// # Errors
/// [`Failure::Rejected`] naming `csv` or a part of `mapping`, where the file as a whole cannot be read.
pub fn read(
    csv: &str,
    mapping: &Mapping,
    tenant: &TenantId,
    region: &str,
    now: Timestamp,
) -> Result<Vec<ImportRow>, Failure> {
    if csv.len() > MAX_BYTES {
        return Err(Failure::invalid("csv", format!("csv may have at most {MAX_BYTES} bytes: send it in pieces")));
    }
    let mut records = records(csv.trim_start_matches('\u{feff}'))?;
    if records.is_empty() {
        return Err(Failure::invalid("csv", "csv must have a head with the names of its columns"));
    }
    let (_, head) = records.remove(0);
    if records.len() > MAX_ROWS {
        let what = format!("csv may have at most {MAX_ROWS} lines below its head: send it in pieces");
        return Err(Failure::invalid("csv", what));
    }
    let columns = Columns::of(mapping, &head)?;
    let mut lines: BTreeMap<Address, usize> = BTreeMap::new();
    let mut row = |(line, cells): (usize, Vec<String>)| {
        let contact = columns.contact(&cells, head.len(), region).and_then(|change| {
            typed_in(tenant, "import", &change, now)?;
            for named in &change.add {
                if let Some(first) = lines.get(&named.address) {
                    let what = format!("{} is the same as in line {first}", named.field);
                    return Err(Failure::invalid(named.field.clone(), what));
                }
            }
            lines.extend(change.add.iter().map(|named| (named.address.clone(), line)));
            Ok(change)
        });
        ImportRow { line, contact }
    };
    Ok(records.into_iter().map(&mut row).collect())
}

/// A column: its name and its place.
type Column = (String, usize);

/// The mapping, by places.
struct Columns {
    name: Vec<Column>,
    phones: Vec<Column>,
    emails: Vec<Column>,
    tags: Vec<Column>,
    fields: Vec<(String, usize)>,
}

impl Columns {
    fn of(mapping: &Mapping, head: &[String]) -> Result<Self, Failure> {
        if head.iter().any(|column| column.chars().count() > MAX_COLUMN_CHARS) {
            let what = format!("a column's name may have at most {MAX_COLUMN_CHARS} characters");
            return Err(Failure::invalid("csv", what));
        }
        let place = |field: &str, name: &String| -> Result<Column, Failure> {
            let same = |column: &String| column.trim().to_lowercase() == name.trim().to_lowercase();
            let what = || format!("there is no column {name}: the file has {}", head.join(", "));
            let place = head.iter().position(same);
            Ok((name.clone(), place.ok_or_else(|| Failure::invalid(format!("mapping.{field}"), what()))?))
        };
        let all = |field: &str, names: &[String]| -> Result<Vec<Column>, Failure> {
            names.iter().map(|name| place(field, name)).collect()
        };
        let field = |(key, name): (&String, &String)| Ok((key.clone(), place(&format!("fields.{key}"), name)?.1));
        let columns = Self {
            name: all("name", &mapping.name)?,
            phones: all("phones", &mapping.phones)?,
            emails: all("emails", &mapping.emails)?,
            tags: all("tags", &mapping.tags)?,
            fields: mapping.fields.iter().map(field).collect::<Result<_, Failure>>()?,
        };
        if columns.name.is_empty() && columns.phones.is_empty() && columns.emails.is_empty() {
            let what = "mapping must name a column for name, phones or emails at least";
            return Err(Failure::invalid("mapping", what));
        }
        Ok(columns)
    }

    fn contact(&self, cells: &[String], width: usize, region: &str) -> Result<ContactChange, Failure> {
        if cells.len() > width {
            let what = format!("this line has {} cells, and the head has {width}: quote what has commas", cells.len());
            return Err(Failure::invalid("csv", what));
        }
        let cell = |place: usize| cells.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let filled = |columns: &'_ [Column]| -> Vec<(String, String)> {
            let one = |(name, place): &Column| Some((name.clone(), cell(*place)?.to_owned()));
            columns.iter().filter_map(one).collect()
        };
        let name: Vec<String> = filled(&self.name).into_iter().map(|(_, text)| text).collect();
        let tags = filled(&self.tags);
        let tags = tags.iter().flat_map(|(_, text)| text.split(BETWEEN_TAGS)).map(str::trim);
        let phone = |(field, text): (String, String)| {
            Ok(NamedAddress { address: Address::Phone(Phone::typed(&text, region, &field)?), field })
        };
        let email = |(field, text): (String, String)| {
            Ok(NamedAddress { address: Address::Email(Email::new(&text, &field)?), field })
        };
        let (phones, emails) = (filled(&self.phones), filled(&self.emails));
        let add = phones.into_iter().map(phone).chain(emails.into_iter().map(email));
        Ok(ContactChange {
            name: (!name.is_empty()).then(|| Some(name.join(" "))),
            tags: Some(tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()),
            fields: self
                .fields
                .iter()
                .filter_map(|(key, at)| Some((key.clone(), Some(cell(*at)?.to_owned()))))
                .collect(),
            add: add.collect::<Result<_, Failure>>()?,
            ..ContactChange::default()
        })
    }
}

/// The records of a file, each with the line it begins at; empty lines are none.
fn records(csv: &str) -> Result<Vec<(usize, Vec<String>)>, Failure> {
    let separator = separator(csv.lines().next().unwrap_or_default());
    let (mut records, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begins) = (1, 1);
    let (mut is_quoted, mut was_quoted) = (false, false);
    let mut signs = csv.chars().chain(std::iter::once('\n')).peekable();
    while let Some(sign) = signs.next() {
        if is_quoted {
            match sign {
                '"' if signs.peek() == Some(&'"') => cell.extend(signs.next()),
                '"' => is_quoted = false,
                _ => cell.push(sign),
            }
            line += usize::from(sign == '\n');
            continue;
        }
        match sign {
            '"' if cell.trim().is_empty() && !was_quoted => {
                cell.clear();
                (is_quoted, was_quoted) = (true, true);
            }
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                let record = std::mem::take(&mut cells);
                if record.iter().any(|cell: &String| !cell.trim().is_empty()) {
                    records.push((begins, record));
                }
                line += 1;
                (begins, was_quoted) = (line, false);
            }
            _ if sign == separator => {
                cells.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            _ => cell.push(sign),
        }
    }
    if is_quoted {
        let what = format!("the quotation mark of the line that begins at line {begins} is not closed");
        return Err(Failure::invalid("csv", what));
    }
    Ok(records)
}

/// What the head separates its cells by: spreadsheets of many countries write semicolons.
fn separator(head: &str) -> char {
    let count = |separator: char| head.matches(separator).count();
    [COMMA, ';', '\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(COMMA)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        serde_json::from_str(
            r#"{"name": ["first", "Last"], "phones": ["Mobile"], "emails": ["Mail"], "tags": ["Labels"], "fields": {"gate_code": "Gate"}}"#,
        )
        .unwrap()
    }

    fn rows(csv: &str) -> Result<Vec<ImportRow>, Failure> {
        read(csv, &mapping(), &TenantId::new("acme").unwrap(), "US", Timestamp::UNIX_EPOCH)
    }

    fn field_of(failure: &Failure) -> &str {
        match failure {
            Failure::Rejected { field: Some(field), .. } => field,
            other => panic!("{other:?}"),
        }
    }

    const HEAD: &str = "First,Last,Mobile,Mail,Labels,Gate\n";

    #[test]
    fn a_line_becomes_a_contact_by_the_names_of_the_columns() {
        let csv = format!(
            "\u{feff}{HEAD}Ana,\"Vale, \"\"Sr\"\"\",(303) 555-0101,ANA@example.com,\"VIP; slow payer\",4711\r\n\r\nBo,,,,,\r\n"
        );
        let rows = rows(&csv).unwrap();
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        let ana = rows[0].contact.as_ref().unwrap();
        assert_eq!(ana.name, Some(Some("Ana Vale, \"Sr\"".to_owned())));
        assert_eq!(ana.tags.as_deref().unwrap(), ["VIP", "slow payer"]);
        assert_eq!(ana.fields["gate_code"].as_deref(), Some("4711"));
        let reached: Vec<_> = ana.add.iter().filter_map(|named| named.address.text()).collect();
        assert_eq!(reached, ["+13035550101", "ana@example.com"]);
        let bo = rows[1].contact.as_ref().unwrap();
        assert_eq!((bo.name.clone(), bo.add.len(), bo.fields.len()), (Some(Some("Bo".to_owned())), 0, 0));
    }

    #[test]
    fn a_number_from_abroad_keeps_all_its_digits() {
        let rows = rows(&format!("{HEAD}Ana,Vale,+49 151 23456720,,,\n")).unwrap();
        let ana = rows[0].contact.as_ref().unwrap();
        assert_eq!(ana.add[0].address.text(), Some("+4915123456720"));
    }

    #[test]
    fn one_bad_line_is_told_by_its_column_and_loses_nothing_else() {
        let csv = format!(
            "{HEAD}Ana,Vale,12,,,\n,,,,VIP,\nBo,Vale,303 555 0102,,,\nCy,Vale,,cy,,\nDee,Vale,+1 303-555-0102,,,\nEd,Vale,,,,,too,many\nFay,\"two\nlines\",,,,\nGus,Vale,303 555 0107,,,\n"
        );
        let rows = rows(&csv).unwrap();
        let told: Vec<(usize, &str)> =
            rows.iter().map(|row| (row.line, row.contact.as_ref().err().map_or("", field_of))).collect();
        let expected =
            [(2, "Mobile"), (3, "name"), (4, ""), (5, "Mail"), (6, "Mobile"), (7, "csv"), (8, "name"), (10, "")];
        assert_eq!(told, expected);
        let Err(Failure::Rejected { message, .. }) = &rows[4].contact else { panic!() };
        assert_eq!(message, "Mobile is the same as in line 4");
    }

    #[test]
    fn semicolons_and_tabs_separate_too() {
        for separator in [";", "\t"] {
            let csv = format!("{HEAD}Ana,Vale,303 555 0101,,,\n").replace(',', separator);
            let rows = rows(&csv).unwrap();
            assert_eq!(rows[0].contact.as_ref().unwrap().add.len(), 1, "{separator:?}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_as_a_whole_is_refused() {
        let many = format!("{HEAD}{}", "Ana,,,,,\n".repeat(MAX_ROWS + 1));
        for (csv, field) in [
            ("", "csv"),
            ("First,Last,Mobile,Mail,Labels\nAna", "mapping.fields.gate_code"),
            ("First,Last,Mail,Labels,Gate\nAna", "mapping.phones"),
            (&format!("{HEAD}\"Ana"), "csv"),
            (&many, "csv"),
            (&"x".repeat(MAX_BYTES + 1), "csv"),
        ] {
            assert_eq!(field_of(&rows(csv).unwrap_err()), field);
        }
        let nothing = Mapping { tags: vec!["Labels".to_owned()], ..Mapping::default() };
        let refused = read(HEAD, &nothing, &TenantId::new("acme").unwrap(), "US", Timestamp::UNIX_EPOCH);
        assert_eq!(field_of(&refused.unwrap_err()), "mapping");
        assert_eq!(rows(HEAD), Ok(Vec::new()), "a head alone has no lines");
        assert_eq!(rows(&many.replacen("Ana,,,,,\n", "", 1)).unwrap().len(), MAX_ROWS);
    }
}
