//! Makes contacts from the lines of a CSV file, some thousand lines a step.
//!
//! Reads the queue `Imports`. A step reads the file piece by piece, from where the import is. It makes the contacts of a piece, stores what
//! happened to its lines, and then how far the import is, before it reads the next piece. After some pieces it asks for the next step. A
//! piece that runs again after its step died finds the contacts that it made, because their ids are derived from import and line. Of two
//! steps of one import the slower one ends: each stores its progress over the version that it read.
//!
//! In memory are one piece of the file, as bytes, cells and contacts, and the addresses of the lines of one step.
//!
//! What a file says is not logged.

use domain::leads::ContactChange;
use domain::leads::import::{
    Head, Import, ImportState, ImportStep, PIECE_BYTES, Seen, Sorted, ToldLine, contact_of_line, line_cause, sort,
};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, TenantId};
use files::{Files, IMPORT_FILE, Prefix};
use futures::future::join_all;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;
use store::{Store, Trace, Versioned};

/// The most time one step takes; it takes seconds.
pub const TIME_PER_STEP: Duration = Duration::from_secs(170);

/// Pieces of one step, each of 250 lines at most. Every step gets further, so the file's end is the end: the template lets this function
/// call itself through its queue for as long as it likes.
const PIECES: usize = 10;
/// So many contacts are made at the same time.
const AT_ONCE: usize = 16;
/// Why an import ends whose file is not there: erasing someone takes away the files that may tell of them.
const FILE_GONE: &str =
    "the file is not there any more: begin a new import. Lines that were stored are found as duplicates";

/// Why an import ends whose file was sent again after it was first read: what was tried, and agreed to, is not what is there.
const FILE_CHANGED: &str = "the file was sent again after it was tried or begun: begin a new import";

/// What the steps need.
#[derive(Debug)]
pub struct Worker {
    /// The table.
    pub store: Store,
    /// The bucket.
    pub files: Files,
}

impl Worker {
    /// Does one step at `now`; `None` when there is nothing more to do.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: do the step again.
    pub async fn step(&self, step: &ImportStep, now: Timestamp) -> Result<Option<ImportStep>, Failure> {
        let tenant = self.store.tenants().get(&step.tenant).await?;
        let mut import = match self.store.imports().get(&tenant.id, step.import).await {
            Ok(import) => import,
            Err(Failure::Rejected { .. }) => {
                tracing::info!(import = %step.import, "the import is gone");
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        if import.value.state == ImportState::Running {
            match self.pieces(&tenant, import, now).await? {
                Some(further) => import = further,
                None => {
                    tracing::info!(import = %step.import, "another step was faster, or the import was stopped");
                    return Ok(None);
                }
            }
        }
        let Import { id, state, read, lines, made, .. } = &import.value;
        tracing::info!(import = %id, ?state, lines, made, "a step of an import was done");
        if import.value.is_over() {
            while self.files.erase_some(&Prefix::import(&tenant.id, *id)).await? > 0 {}
        }
        let goes_on = *state == ImportState::Running;
        Ok(goes_on.then(|| ImportStep { offset: read.offset, ..step.clone() }))
    }

    /// Does the pieces of a step; `None`: someone else moved the import on.
    async fn pieces(
        &self,
        tenant: &Tenant,
        mut import: Versioned<Import>,
        now: Timestamp,
    ) -> Result<Option<Versioned<Import>>, Failure> {
        let mut seen = Seen::new();
        let mut head = None;
        for _ in 0..PIECES {
            let mut next = import.value.clone();
            let told = match self.piece(tenant, &mut next, &mut head, &mut seen, now).await {
                Ok(told) => told,
                // The file as a whole: its head, or that there is none.
                Err(Failure::Rejected { message, .. }) => {
                    next.fail(message, now);
                    Vec::new()
                }
                Err(failure) => return Err(failure),
            };
            self.store.imports().tell(&tenant.id, &next, &told).await?;
            match self.store.imports().save(&tenant.id, &next, import.version).await? {
                Some(saved) => import = saved,
                None => return Ok(None),
            }
            if import.value.state != ImportState::Running {
                break;
            }
        }
        Ok(Some(import))
    }

    /// Does one piece, and gives the lines that are told of.
    async fn piece(
        &self,
        tenant: &Tenant,
        import: &mut Import,
        head: &mut Option<Head>,
        seen: &mut Seen,
        now: Timestamp,
    ) -> Result<Vec<ToldLine>, Failure> {
        let key = Prefix::import(&tenant.id, import.id).key(IMPORT_FILE);
        let gone = || Failure::invalid("csv", FILE_GONE);
        let other = |failure| match failure {
            Failure::Rejected { .. } => Failure::invalid("csv", FILE_CHANGED),
            failure => failure,
        };
        let all = import.bytes;
        let ends = |start: u64, bytes: &[u8]| start.saturating_add(bytes.len() as u64) >= all;
        let head = match head {
            Some(head) => head,
            None => {
                let read =
                    self.files.read_version(&key, import.file.as_deref(), 0, PIECE_BYTES).await.map_err(other)?;
                let (bytes, version) = read.ok_or_else(gone)?;
                import.file = version;
                head.insert(Head::read(&bytes, &import.mapping, ends(0, &bytes))?)
            }
        };
        let from = if import.read.offset == 0 { head.next } else { import.read };
        if from.offset >= import.bytes {
            return Ok(import.count(Sorted::default(), from, now));
        }
        let read =
            self.files.read_version(&key, import.file.as_deref(), from.offset, PIECE_BYTES).await.map_err(other)?;
        let (bytes, _) = read.ok_or_else(gone)?;
        let at = import.started_at.unwrap_or(now);
        let own = self.store.tenants().own(tenant).await?;
        let (rows, next) = head.rows(&bytes, from, ends(from.offset, &bytes), (tenant, &own), at);
        let contacts = self.store.contacts();
        let addresses = rows.iter().filter_map(|row| row.contact.as_ref().ok()).flat_map(|change| &change.add);
        let owners = contacts.owners(&tenant.id, addresses.map(|named| &named.address)).await?;
        let id = import.id;
        let of_line = |line| contact_of_line(&tenant.id, id, line);
        let mut sorted = sort(rows, &owners, seen, of_line, import.update);
        if !import.dry_run {
            self.store_piece(&tenant.id, import, &mut sorted, at).await?;
        }
        Ok(import.count(sorted, next, now))
    }

    /// Makes and adds to the contacts of a piece; a line that is refused is told of.
    async fn store_piece(
        &self,
        tenant: &TenantId,
        import: &Import,
        sorted: &mut Sorted,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let trace = &Trace { actor: import.by.clone(), at, address: None, correlation_id: import.id.to_string() };
        let contacts = self.store.contacts();
        let mut refused = Vec::new();
        for some in sorted.wanted.chunks(AT_ONCE) {
            let making = some.iter().map(|(line, change)| async move {
                (*line, contacts.make(tenant, change, &line_cause(import.id, *line), trace).await.map(|_| ()))
            });
            refused.extend(refusals(join_all(making).await)?);
        }
        for some in by_contact(&sorted.known).chunks(AT_ONCE) {
            let adding = some.iter().map(|lines| async move {
                let mut done = Vec::new();
                for (line, contact, change) in lines {
                    done.push((*line, contacts.add_missing(tenant, *contact, change, trace).await));
                }
                done
            });
            refused.extend(refusals(join_all(adding).await.into_iter().flatten().collect())?);
        }
        let is_refused = |line: &u64| refused.iter().any(|told| told.line == *line);
        sorted.wanted.retain(|(line, _)| !is_refused(line));
        sorted.known.retain(|(line, ..)| !is_refused(line));
        sorted.told.extend(refused);
        sorted.told.sort_by_key(|told| told.line);
        Ok(())
    }
}

/// A line that adds to a contact that is there.
type Known = (u64, ContactId, ContactChange);

/// The lines of each contact, in their order: those of one contact are stored one after the other, since each changes its version.
fn by_contact(known: &[Known]) -> Vec<Vec<&Known>> {
    let mut lines: BTreeMap<ContactId, Vec<&Known>> = BTreeMap::new();
    for one in known {
        lines.entry(one.1).or_default().push(one);
    }
    lines.into_values().collect()
}

/// The lines that were refused, or that can never be stored. Where trying again may help, the whole piece is done again.
fn refusals(done: Vec<(u64, Result<(), Failure>)>) -> Result<Vec<ToldLine>, Failure> {
    let told = done.into_iter().filter_map(|(line, done)| match done {
        Ok(()) => None,
        Err(failure @ Failure::Retryable(_)) => Some(Err(failure)),
        Err(failure) => Some(Ok(ToldLine::refused(line, &failure))),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_contact_are_stored_one_after_the_other() {
        let tenant = TenantId::new("acme").unwrap();
        let (ana, bo) = (ContactId::derive(&tenant, &["ana"]), ContactId::derive(&tenant, &["bo"]));
        let known = [(2, ana), (3, bo), (4, ana)].map(|(line, contact)| (line, contact, ContactChange::default()));
        let mut lines: Vec<Vec<u64>> =
            by_contact(&known).iter().map(|lines| lines.iter().map(|(line, ..)| *line).collect()).collect();
        lines.sort();
        assert_eq!(lines, [vec![2, 4], vec![3]]);
    }

    #[test]
    fn one_line_that_can_never_be_stored_stops_no_other_and_a_busy_table_is_tried_again() {
        let wrong = || Failure::invalid("name", "too long");
        let never = Failure::Permanent("ValidationError".into());
        let told = refusals(vec![(2, Ok(())), (3, Err(wrong())), (4, Err(never)), (5, Ok(()))]).unwrap();
        assert_eq!(told.iter().map(|told| told.line).collect::<Vec<_>>(), [3, 4]);
        let busy = Failure::Retryable("busy".into());
        assert_eq!(refusals(vec![(2, Err(wrong())), (3, Err(busy.clone()))]), Err(busy));
    }
}
