//! An import and how far it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Mapping, Place, Sorted, ToldKind, ToldLine};
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::ids::ImportId;
use crate::{Failure, TenantId};

/// The longest file, in bytes: more than 100,000 lines of a name, a number and a mailbox.
pub const MAX_IMPORT_BYTES: u64 = 30_000_000;
/// So many lines are told of each kind; all are counted.
pub const MAX_TOLD: u64 = 1_000;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its file is not there yet, or it was not started.
    Waiting,
    /// The file is read.
    Running,
    /// It was tried to the end, and nothing was stored: it can be started in earnest.
    Tried,
    /// It is done.
    Done,
    /// It cannot go on: `problem` says why. What was stored stays.
    Failed,
    /// Someone stopped it. What was stored stays.
    Cancelled,
}

/// An import of contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Which columns hold what.
    pub mapping: Mapping,
    /// Whether a line with an address of a contact that is there adds to the contact what it does not have.
    pub update: bool,
    /// Whether it is only tried.
    pub dry_run: bool,
    /// How far it is.
    pub state: ImportState,
    /// Who asked for it.
    pub by: Actor,
    /// When it was created (UTC).
    pub created_at: Timestamp,
    /// When it was last started (UTC).
    pub started_at: Option<Timestamp>,
    /// When it ended (UTC).
    pub finished_at: Option<Timestamp>,
    /// The size of the file.
    pub bytes: u64,
    /// Which version of the file was read first: what is read later is of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// How far the file was read.
    pub read: Place,
    /// Lines that were read, without the head and empty ones.
    pub lines: u64,
    /// Of how many a contact was made, or would be.
    pub made: u64,
    /// To the contacts of how many was added what they did not have, or would be.
    pub updated: u64,
    /// Lines with an address of a contact that is there, which changed nothing.
    pub duplicates: u64,
    /// Lines that were passed over because something is wrong with them.
    pub refused: u64,
    /// Why it failed.
    pub problem: Option<String>,
}

/// That an import goes on: the body of a message on the queue `Imports`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportStep {
    /// Whose contacts.
    pub tenant: TenantId,
    /// Which import.
    pub import: ImportId,
    /// Where in the file it was when it asked. What is stored has the last word.
    pub offset: u64,
}

impl Import {
    /// An import whose file of `bytes` is on its way.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `bytes` or `mapping`.
    pub fn new(
        id: ImportId,
        (mapping, update): (Mapping, bool),
        bytes: u64,
        by: Actor,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let wrong = match bytes {
            0 => Some("the file is empty".to_owned()),
            1..=MAX_IMPORT_BYTES => None,
            _ => Some(format!("a file has at most {MAX_IMPORT_BYTES} bytes: import it in parts")),
        };
        if let Some(wrong) = wrong {
            return Err(Failure::invalid("bytes", wrong));
        }
        Ok(Self {
            id,
            mapping: mapping.checked()?,
            update,
            dry_run: false,
            state: ImportState::Waiting,
            by,
            created_at: now,
            started_at: None,
            finished_at: None,
            bytes,
            file: None,
            read: Place::default(),
            lines: 0,
            made: 0,
            updated: 0,
            duplicates: 0,
            refused: 0,
            problem: None,
        })
    }

    /// The import, started. One that was tried is done in earnest from its beginning; the same start again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where it came to an end in another way.
    pub fn started(self, dry_run: bool, now: Timestamp) -> Result<Self, Failure> {
        let begins = match self.state {
            ImportState::Waiting => true,
            ImportState::Tried => !dry_run,
            ImportState::Running | ImportState::Done if self.dry_run == dry_run => false,
            _ => {
                let what = "this import was started in another way, or is over: begin a new one";
                return Err(Failure::rejected(Rejection::Conflict, what));
            }
        };
        if !begins {
            return Ok(self);
        }
        let new = Self::new(self.id, (self.mapping, self.update), self.bytes, self.by, self.created_at)?;
        Ok(Self { dry_run, state: ImportState::Running, started_at: Some(now), file: self.file, ..new })
    }

    /// The import, stopped. One that is over stays as it is.
    #[must_use]
    pub fn cancelled(self, now: Timestamp) -> Self {
        match self.state {
            ImportState::Waiting | ImportState::Running | ImportState::Tried => {
                Self { state: ImportState::Cancelled, finished_at: Some(now), ..self }
            }
            _ => self,
        }
    }

    /// It cannot go on.
    pub fn fail(&mut self, problem: String, now: Timestamp) {
        (self.state, self.problem, self.finished_at) = (ImportState::Failed, Some(problem), Some(now));
    }

    /// Counts what a piece came to, and gives the lines of it that are told: the first of their kind.
    pub fn count(&mut self, sorted: Sorted, read: Place, now: Timestamp) -> Vec<ToldLine> {
        self.lines += sorted.lines;
        self.made += u64::try_from(sorted.wanted.len()).unwrap_or_default();
        self.updated += u64::try_from(sorted.known.len()).unwrap_or_default();
        let mut kept = sorted.told;
        kept.retain(|told| {
            let count = match told.kind {
                ToldKind::Refused => &mut self.refused,
                ToldKind::Duplicate => &mut self.duplicates,
            };
            *count += 1;
            *count <= MAX_TOLD
        });
        self.read = read;
        if read.offset >= self.bytes {
            self.state = if self.dry_run { ImportState::Tried } else { ImportState::Done };
            self.finished_at = Some(now);
        }
        kept
    }

    /// Whether its file is needed no more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, ImportState::Done | ImportState::Failed | ImportState::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import() -> Import {
        let tenant = TenantId::new("acme").unwrap();
        let id = ImportId::derive(&tenant, &["i"]);
        Import::new(id, (Mapping::default(), false), 100, Actor::Operator, Timestamp::UNIX_EPOCH).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn what_was_tried_is_done_in_earnest_from_its_beginning_and_the_same_start_again_changes_nothing() {
        let mut tried = import().started(true, at(1)).unwrap();
        tried.file = Some("v1".to_owned());
        let told = (1..=3).map(|line| ToldLine::refused(line, &Failure::invalid("name", "no name"))).collect();
        tried.count(Sorted { lines: 5, told, ..Sorted::default() }, Place { offset: 100, line: 6 }, at(2));
        assert_eq!((tried.state, tried.refused, tried.finished_at), (ImportState::Tried, 3, Some(at(2))));
        assert_eq!(tried.clone().started(true, at(3)).unwrap(), tried, "the repeat of the trial");
        let running = tried.started(false, at(3)).unwrap();
        assert_eq!((running.state, running.refused, running.read), (ImportState::Running, 0, Place::default()));
        assert_eq!(running.clone().started(false, at(4)).unwrap(), running);
        assert!(running.clone().started(true, at(4)).is_err());
        let cancelled = running.cancelled(at(5));
        assert!(cancelled.is_over() && cancelled.clone().started(false, at(6)).is_err());
        assert_eq!(cancelled.clone().cancelled(at(7)), cancelled);
    }

    #[test]
    fn every_line_is_counted_and_the_first_thousand_are_told() {
        let mut import = import().started(false, at(1)).unwrap();
        for piece in 0..6 {
            let lines = piece * 250..(piece + 1) * 250;
            let told = lines.map(|line| ToldLine::refused(line, &Failure::invalid("name", "x".repeat(400)))).collect();
            let kept = import.count(Sorted { lines: 250, told, ..Sorted::default() }, Place::default(), at(2));
            assert_eq!(kept.len(), if piece < 4 { 250 } else { 0 });
            assert!(kept.iter().all(|told| told.detail.as_ref().unwrap().len() == 300));
        }
        assert_eq!((import.lines, import.refused, import.state), (1_500, 1_500, ImportState::Running));
    }

    #[test]
    fn a_file_has_a_size() {
        for (bytes, fits) in [(0, false), (1, true), (MAX_IMPORT_BYTES, true), (MAX_IMPORT_BYTES + 1, false)] {
            let import = import();
            let made = Import::new(import.id, (import.mapping, false), bytes, import.by, import.created_at);
            assert_eq!(made.is_ok(), fits, "{bytes}");
        }
    }

    #[test]
    fn what_fails_for_our_part_is_not_blamed_on_the_line() {
        let told = ToldLine::refused(7, &Failure::Retryable("the table is busy at T#acme".into()));
        assert_eq!(told.detail.as_deref(), Some("this line could not be stored: import it again"));
    }
}
