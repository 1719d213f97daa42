//! What becomes of the lines of a piece: which make a contact, whose address is someone's, and what is wrong with the others.

use std::collections::BTreeMap;

use super::{ImportRow, ToldLine};
use crate::ids::ImportId;
use crate::leads::{ContactChange, NamedAddress, typed_in_id};
use crate::messaging::Address;
use crate::{ContactId, TenantId};

/// The addresses of lines that make a contact, and the line of each: of one step of the worker.
pub type Seen = BTreeMap<Address, u64>;

/// A piece, line by line.
#[derive(Debug, Default, PartialEq)]
pub struct Sorted {
    /// How many lines it has.
    pub lines: u64,
    /// Lines that make a contact.
    pub wanted: Vec<(u64, ContactChange)>,
    /// Lines with an address of a contact that is there and takes what it does not have.
    pub known: Vec<(u64, ContactId, ContactChange)>,
    /// All others.
    pub told: Vec<ToldLine>,
}

/// What names the contact of one line to the repeat of its piece.
#[must_use]
pub fn line_cause(import: ImportId, line: u64) -> String {
    format!("import {import}|{line}")
}

/// The contact that a line makes.
#[must_use]
pub fn contact_of_line(tenant: &TenantId, import: ImportId, line: u64) -> ContactId {
    typed_in_id(tenant, &line_cause(import, line))
}

/// Sorts the lines of a piece. `owners`: whose the addresses are; `seen`: those of lines before it that make a contact, to which the
/// piece adds its own. What a line itself made, when the piece ran before, is no duplicate.
pub fn sort(
    rows: Vec<ImportRow>,
    owners: &BTreeMap<Address, ContactId>,
    seen: &mut Seen,
    of_line: impl Fn(u64) -> ContactId,
    update: bool,
) -> Sorted {
    let mut sorted = Sorted { lines: u64::try_from(rows.len()).unwrap_or_default(), ..Sorted::default() };
    for ImportRow { line, contact } in rows {
        let change = match contact {
            Ok(change) => change,
            Err(failure) => {
                sorted.told.push(ToldLine::refused(line, &failure));
                continue;
            }
        };
        let own = of_line(line);
        let owner = |named: &NamedAddress| {
            let earlier = || seen.get(&named.address).map(|line| of_line(*line));
            owners.get(&named.address).copied().or_else(earlier).filter(|owner| *owner != own)
        };
        match change.add.iter().find_map(|named| Some((owner(named)?, named.field.clone()))) {
            Some((owner, _)) if update => sorted.known.push((line, owner, change)),
            Some((owner, column)) => sorted.told.push(ToldLine::duplicate(line, &column, owner)),
            None => {
                seen.extend(change.add.iter().map(|named| (named.address.clone(), line)));
                sorted.wanted.push((line, change));
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::import::{Head, Mapping, PIECE_BYTES, PIECE_RECORDS, ToldKind};
    use crate::samples::roofer;
    use crate::tenancy::BusinessContext;
    use jiff::Timestamp;

    fn mapping() -> Mapping {
        Mapping { name: vec!["Name".into()], phones: vec!["Mobile".into()], ..Mapping::default() }
    }

    fn mails() -> Mapping {
        Mapping { name: vec!["Name".into()], emails: vec!["Mail".into()], ..Mapping::default() }
    }

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    /// Reads a file as the worker does, no one being known, and gives what each line became and the most bytes of text that were held.
    fn import(csv: &[u8]) -> (Vec<Sorted>, usize, Seen) {
        let (tenant, import) = (roofer(), ImportId::derive(&acme(), &["i"]));
        let head = Head::read(&csv[..csv.len().min(PIECE_BYTES)], &mails(), csv.len() <= PIECE_BYTES).unwrap();
        let (mut place, mut seen, mut all, mut most) = (head.next, Seen::new(), Vec::new(), 0);
        while usize::try_from(place.offset).unwrap() < csv.len() {
            let rest = &csv[usize::try_from(place.offset).unwrap()..];
            let some = &rest[..rest.len().min(PIECE_BYTES)];
            let (is_end, business) = (some.len() == rest.len(), (&tenant, BusinessContext::NONE));
            let (rows, next) = head.rows(some, place, is_end, business, Timestamp::UNIX_EPOCH);
            most = most.max(some.len() + rows.len() * size_of::<ImportRow>());
            assert!(rows.len() <= PIECE_RECORDS);
            let of_line = |line| contact_of_line(&tenant.id, import, line);
            all.push(sort(rows, &BTreeMap::new(), &mut seen, of_line, false));
            place = next;
        }
        (all, most, seen)
    }

    #[test]
    fn a_line_of_someone_who_is_there_is_a_duplicate_and_the_others_are_wanted() {
        let csv = b"Name,Mobile\nAna,303 555 0101\nBo,12\nCy,303 555 0103\nCy again,+1 303 555 0103\n";
        let head = Head::read(csv, &mapping(), true).unwrap();
        let (rows, _) =
            head.rows(&csv[12..], head.next, true, (&roofer(), BusinessContext::NONE), Timestamp::UNIX_EPOCH);
        let ana = ContactId::derive(&acme(), &["ana"]);
        let owners = BTreeMap::from([(rows[0].contact.as_ref().unwrap().add[0].address.clone(), ana)]);
        let of_line = |line| contact_of_line(&acme(), ImportId::derive(&acme(), &["i"]), line);
        let sorted = sort(rows.clone(), &owners, &mut Seen::new(), of_line, false);
        assert_eq!(sorted.lines, 4);
        let told: Vec<_> = sorted.told.iter().map(|told| (told.line, told.kind, told.contact)).collect();
        let expected = [
            (2, ToldKind::Duplicate, Some(ana)),
            (3, ToldKind::Refused, None),
            (5, ToldKind::Duplicate, Some(of_line(4))),
        ];
        assert_eq!(told, expected);
        assert_eq!(sorted.wanted.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
        // The same piece again, after it ran and died: what the line made is its own.
        let made = BTreeMap::from([(rows[2].contact.as_ref().unwrap().add[0].address.clone(), of_line(4))]);
        let again = sort(rows.clone(), &made, &mut Seen::new(), of_line, false);
        assert!(again.wanted.iter().map(|(line, _)| *line).eq([2, 4]));
        // Where contacts take what they do not have.
        let sorted = sort(rows, &owners, &mut Seen::new(), of_line, true);
        assert_eq!(
            sorted.known.iter().map(|(line, contact, _)| (*line, *contact)).collect::<Vec<_>>(),
            [(2, ana), (5, of_line(4))]
        );
    }

    #[test]
    fn a_hundred_thousand_lines_take_a_piece_and_their_addresses() {
        use std::fmt::Write as _;
        let mut csv = "Name,Mail\n".to_owned();
        for line in 0..100_000 {
            // One in a thousand has no mailbox that there can be.
            let host = if line % 1_000 == 500 { "" } else { "example.com" };
            writeln!(csv, "Ana Vale {line},ana.{line}@{host}").unwrap();
        }
        let (pieces, most, seen) = import(csv.as_bytes());
        assert_eq!(pieces.iter().map(|piece| piece.lines).sum::<u64>(), 100_000);
        assert_eq!(pieces.iter().map(|piece| piece.told.len()).sum::<usize>(), 100);
        assert_eq!(seen.len(), 99_900);
        // 250 rows of at most a piece of text in all, which is held three times: as bytes, cells and contacts.
        assert!(most < PIECE_BYTES + 250 * 600, "{most}");
    }
}
