//! Which column of a file is what, and what a line of it says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::PIECE_RECORDS;
use crate::Failure;
use crate::csv::{Place, Record, records, separator, unguarded};
use crate::leads::typed_in::{ContactChange, NamedAddress, typed_in};
use crate::messaging::{Address, Email, Phone};
use crate::tenancy::{BusinessContext, Tenant};

/// The most columns.
const MAX_COLUMNS: usize = 200;
/// The longest name of a column: every problem of a line repeats it.
const MAX_COLUMN_CHARS: usize = 100;
/// What separates the tags of one cell.
const BETWEEN_TAGS: [char; 3] = [',', ';', '|'];
/// What some programs begin a file with.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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

impl Mapping {
    /// The mapping as it is kept, with trimmed names.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `mapping`: too many names, or a long one.
    pub(super) fn checked(mut self) -> Result<Self, Failure> {
        let lists = [&mut self.name, &mut self.phones, &mut self.emails, &mut self.tags];
        let columns = lists.into_iter().flatten().chain(self.fields.values_mut());
        let mut count = 0;
        for column in columns {
            *column = column.trim().to_owned();
            demand_short(column)?;
            count += 1;
        }
        if count > MAX_COLUMNS {
            return Err(Failure::invalid("mapping", format!("mapping may name at most {MAX_COLUMNS} columns")));
        }
        self.fields.keys().try_for_each(|key| demand_short(key))?;
        Ok(self)
    }
}

fn demand_short(name: &str) -> Result<(), Failure> {
    if name.chars().count() > MAX_COLUMN_CHARS {
        let what = format!("a name in mapping may have at most {MAX_COLUMN_CHARS} characters");
        return Err(Failure::invalid("mapping", what));
    }
    Ok(())
}

/// One line of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// Which line it begins at.
    pub line: u64,
    /// Whom it tells of; else what is wrong, and in which column.
    pub contact: Result<ContactChange, Failure>,
}

/// The head of a file: where its columns are.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    columns: Columns,
    width: usize,
    separator: u8,
    /// Where the line after it begins.
    pub next: Place,
}

impl Head {
    /// Reads the head that `bytes`, the beginning of a file, begin with. `is_end`: they are the whole file.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `csv` or a part of `mapping`.
    pub fn read(bytes: &[u8], mapping: &Mapping, is_end: bool) -> Result<Self, Failure> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let separator = separator(text);
        let place = Place::default().after(bytes.len() - text.len(), 0);
        let (head, next) = records(text, place, separator, is_end, 1);
        let Some(Record { cells, .. }) = head.into_iter().next() else {
            return Err(Failure::invalid("csv", "csv must have a head with the names of its columns"));
        };
        let cells = cells?;
        Ok(Self { columns: Columns::of(mapping, &cells)?, width: cells.len(), separator, next })
    }

    /// The first lines of `bytes`, which begin at `from`, and where reading goes on. A number without a country's code is one of
    /// the business's country; the business's own number belongs to no contact.
    #[must_use]
    pub fn rows(
        &self,
        bytes: &[u8],
        from: Place,
        is_end: bool,
        (tenant, own): (&Tenant, &BusinessContext),
        now: Timestamp,
    ) -> (Vec<ImportRow>, Place) {
        let (records, next) = records(bytes, from, self.separator, is_end, PIECE_RECORDS);
        let row = |Record { line, cells }: Record| {
            let contact = cells.and_then(|cells| {
                let change = self.columns.contact(&cells, self.width, &tenant.region)?.checked(tenant, own)?;
                typed_in(&tenant.id, "import", &change, now)?;
                Ok(change)
            });
            ImportRow { line, contact }
        };
        (records.into_iter().map(row).collect(), next)
    }
}

/// A column: its name and its place.
type Column = (String, usize);

/// The mapping, by places.
#[derive(Debug, Clone, PartialEq)]
struct Columns {
    name: Vec<Column>,
    phones: Vec<Column>,
    emails: Vec<Column>,
    tags: Vec<Column>,
    fields: Vec<(String, usize)>,
}

impl Columns {
    fn of(mapping: &Mapping, head: &[String]) -> Result<Self, Failure> {
        if head.len() > MAX_COLUMNS {
            return Err(Failure::invalid("csv", format!("a file may have at most {MAX_COLUMNS} columns")));
        }
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
        let cell = |place: usize| cells.get(place).map(|cell| unguarded(cell.trim())).filter(|cell| !cell.is_empty());
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
        let (csv, tenant) = (csv.as_bytes(), crate::samples::roofer());
        let head = Head::read(csv, &mapping(), true)?;
        let below = &csv[usize::try_from(head.next.offset).unwrap()..];
        Ok(head.rows(below, head.next, true, (&tenant, BusinessContext::NONE), Timestamp::UNIX_EPOCH).0)
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
    fn a_line_with_an_address_of_the_business_is_told_by_its_column() {
        let rows = rows(&format!("{HEAD}Ana,Vale,303-555-0100,,,\nBo,Vale,,Owner@roofer.example.com,,\n")).unwrap();
        let told: Vec<_> = rows.iter().map(|row| field_of(row.contact.as_ref().unwrap_err())).collect();
        assert_eq!(told, ["Mobile", "Mail"]);
    }

    #[test]
    fn one_bad_line_is_told_by_its_column_and_loses_nothing_else() {
        let csv = format!(
            "{HEAD}Ana,Vale,12,,,\n,,,,VIP,\nBo,Vale,303 555 0102,,,\nCy,Vale,,cy,,\nDee,Vale,+1 303-555-0104,,,\nEd,Vale,,,,,too,many\nFay,\"two\nlines\",,,,\nGus,Vale,303 555 0107,,,\n"
        );
        let rows = rows(&csv).unwrap();
        let told: Vec<(u64, &str)> =
            rows.iter().map(|row| (row.line, row.contact.as_ref().err().map_or("", field_of))).collect();
        let expected = [(2, "Mobile"), (3, "name"), (4, ""), (5, "Mail"), (6, ""), (7, "csv"), (8, "name"), (10, "")];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_mapping_is_kept_trimmed_and_has_limits() {
        let tags = |names: Vec<String>| Mapping { tags: names, ..mapping() }.checked();
        assert_eq!(tags(vec![" Labels ".to_owned()]).unwrap().tags, ["Labels"]);
        let others = 5;
        assert!(tags(vec!["é".repeat(MAX_COLUMN_CHARS); MAX_COLUMNS - others]).is_ok());
        let long = "x".repeat(MAX_COLUMN_CHARS + 1);
        let key = Mapping { fields: [(long.clone(), "Gate".to_owned())].into(), ..mapping() };
        let refused = [tags(vec!["x".to_owned(); MAX_COLUMNS - others + 1]), tags(vec![long]), key.checked()];
        assert_eq!(refused.each_ref().map(|refused| field_of(refused.as_ref().unwrap_err())), ["mapping"; 3]);
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
        for (csv, field) in [
            ("", "csv"),
            ("First,Last,Mobile,Mail,Labels\nAna", "mapping.fields.gate_code"),
            ("First,Last,Mail,Labels,Gate\nAna", "mapping.phones"),
            ("\"First\nAna", "csv"),
            (&format!("{}\n", "x,".repeat(MAX_COLUMNS)), "csv"),
        ] {
            assert_eq!(field_of(&rows(csv).unwrap_err()), field, "{csv:.20}");
        }
        let nothing = Mapping { tags: vec!["Labels".to_owned()], ..Mapping::default() };
        assert_eq!(field_of(&Head::read(HEAD.as_bytes(), &nothing, true).unwrap_err()), "mapping");
        assert_eq!(rows(HEAD), Ok(Vec::new()), "a head alone has no lines");
    }
}
