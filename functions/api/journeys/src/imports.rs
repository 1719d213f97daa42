//! Contacts out of a CSV file: `POST /v1/contacts/imports`.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::State;
use domain::identity::may;
use domain::leads::import::{self, ImportRow, Mapping};
use domain::leads::{ContactChange, NamedAddress, typed_in_id};
use domain::messaging::Address;
use domain::{ContactId, Failure};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// So many contacts are made at the same time.
const AT_ONCE: usize = 8;

/// A file, and which of its columns is what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Import {
    /// The file: a head with the names of the columns, at most 500 lines below it and 200 KB in all. Cells are separated by commas,
    /// semicolons or tabs.
    #[schema(max_length = 204_800, example = "Name,Mobile\nAna Vale,(303) 555-0123\n")]
    csv: String,
    /// Which columns hold what.
    #[schema(example = json!({"name": ["Name"], "phones": ["Mobile"]}))]
    mapping: Mapping,
    /// Whether to say only what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// What became of a file.
#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
pub(crate) struct ImportReport {
    /// Whether it was only tried.
    dry_run: bool,
    /// How many lines there are, without the head and empty ones.
    lines: usize,
    /// Of how many a contact was made, or would be.
    added: usize,
    /// Lines whose address belongs to a contact that is there: nothing was changed.
    duplicates: Vec<DuplicateLine>,
    /// Lines that were passed over, and why.
    errors: Vec<WrongLine>,
}

/// A line whose address belongs to a contact.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct DuplicateLine {
    /// Where it begins; the head is line 1.
    line: usize,
    /// The column with that address.
    column: String,
    /// Whose it is.
    contact: ContactId,
}

/// A line that was passed over.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct WrongLine {
    /// Where it begins; the head is line 1.
    line: usize,
    /// The column at fault, or the part of a contact that does not fit.
    column: String,
    /// What to change.
    detail: String,
}

/// Import contacts
///
/// From a CSV file of at most 500 lines. Every line is told for itself: what is wrong with it, or whose its address is already; such a
/// line is passed over, and the others become contacts as `POST /v1/contacts` makes them. With `dry_run` nothing is stored.
#[utoipa::path(
    post, path = "/v1/contacts/imports", tag = "contacts", operation_id = "importContacts",
    request_body = Import,
    responses((status = 200, description = "What became of each line", body = ImportReport)),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn run(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    JsonBody(asked): JsonBody<Import>,
) -> Result<Json<ImportReport>, ApiError> {
    let tenant = caller.tenant()?;
    let rows = import::read(&asked.csv, &asked.mapping, &tenant.id, &tenant.region, caller.trace.at)?;
    let addresses = rows.iter().filter_map(|row| row.contact.as_ref().ok()).flat_map(|change| &change.add);
    let contacts = guard.store.contacts();
    let owners = contacts.owners(&tenant.id, addresses.map(|named| &named.address)).await?;
    // What this very request made before its answer was lost is no duplicate.
    let own = |line: usize| typed_in_id(&tenant.id, &line_cause(&caller.cause, line));
    let (mut report, wanted) = sorted(rows, &owners, own);
    report.dry_run = asked.dry_run;
    if asked.dry_run {
        report.added = wanted.len();
        return Ok(Json(report));
    }
    for some in wanted.chunks(AT_ONCE) {
        let (tenant, cause, trace) = (&tenant.id, &caller.cause, &caller.trace);
        let making = some.iter().map(|(line, change)| async move {
            (*line, contacts.create(tenant, change, &line_cause(cause, *line), trace).await)
        });
        for (line, made) in join_all(making).await {
            match made {
                Ok(_) => report.added += 1,
                Err(failure) => report.errors.push(wrong(line, &failure)),
            }
        }
    }
    report.errors.sort_by_key(|error| error.line);
    Ok(Json(report))
}

/// What names the contact of one line to the repeat of its request.
fn line_cause(cause: &str, line: usize) -> String {
    format!("{cause}|{line}")
}

/// What is known of the lines before any is stored, and the contacts that may be made.
fn sorted(
    rows: Vec<ImportRow>,
    owners: &BTreeMap<Address, ContactId>,
    own: impl Fn(usize) -> ContactId,
) -> (ImportReport, Vec<(usize, ContactChange)>) {
    let mut report = ImportReport { lines: rows.len(), ..ImportReport::default() };
    let mut wanted = Vec::new();
    for ImportRow { line, contact } in rows {
        match contact {
            Err(failure) => report.errors.push(wrong(line, &failure)),
            Ok(change) => match change
                .add
                .iter()
                .find_map(|named| Some((named, owners.get(&named.address).filter(|owner| **owner != own(line))?)))
            {
                Some((NamedAddress { field, .. }, owner)) => {
                    report.duplicates.push(DuplicateLine { line, column: field.clone(), contact: *owner });
                }
                None => wanted.push((line, change)),
            },
        }
    }
    (report, wanted)
}

fn wrong(line: usize, failure: &Failure) -> WrongLine {
    let (column, detail) = match failure {
        Failure::Rejected { field, message, .. } => (field.clone().unwrap_or_default(), message.clone()),
        Failure::Retryable(_) | Failure::Permanent(_) => {
            (String::new(), "this line could not be stored: send it again".to_owned())
        }
    };
    WrongLine { line, column, detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use jiff::Timestamp;

    #[test]
    fn a_line_of_somebody_who_is_there_is_a_duplicate_and_the_others_are_wanted() {
        let tenant = TenantId::new("acme").unwrap();
        let csv = "Name,Mobile\nAna,303 555 0101\nBo,12\nCy,303 555 0103\n";
        let mapping = Mapping { name: vec!["Name".into()], phones: vec!["Mobile".into()], ..Mapping::default() };
        let rows = import::read(csv, &mapping, &tenant, "US", Timestamp::UNIX_EPOCH).unwrap();
        let ana = ContactId::derive(&tenant, &["ana"]);
        let hers = rows[0].contact.as_ref().unwrap().add[0].address.clone();
        let somebody = |_| ContactId::derive(&tenant, &["somebody"]);
        let (report, wanted) = sorted(rows.clone(), &BTreeMap::from([(hers.clone(), ana)]), somebody);
        assert_eq!(report.lines, 3);
        assert_eq!(report.duplicates, [DuplicateLine { line: 2, column: "Mobile".into(), contact: ana }]);
        assert_eq!(
            report.errors.iter().map(|error| (error.line, error.column.as_str())).collect::<Vec<_>>(),
            [(3, "Mobile")]
        );
        assert_eq!(wanted.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
        // The same request again, whose answer was lost: the line is its own.
        let (report, wanted) = sorted(rows, &BTreeMap::from([(hers, ana)]), |_| ana);
        assert!(report.duplicates.is_empty() && wanted.iter().map(|(line, _)| *line).eq([2, 4]));
    }

    #[test]
    fn what_fails_for_our_part_is_not_blamed_on_the_line() {
        let told = wrong(7, &Failure::Retryable("the table is busy at T#acme".into()));
        assert_eq!((told.line, told.detail.as_str()), (7, "this line could not be stored: send it again"));
    }
}
