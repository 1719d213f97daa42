//! Where people and their leads are kept.

use domain::ids::{ImportId, NoteId};
use domain::messaging::Address;
use domain::{ContactId, LeadId};
use jiff::Timestamp;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace, by_time};

/// Sort key prefix of what a turn reads: the contact, the latest lead, the current thread of each channel.
pub(crate) const NOW: &str = "NOW#";
/// Sort key prefix of what is over.
pub(crate) const PAST: &str = "PAST#";
/// Sort key prefix of the staff's notes on a contact.
pub(crate) const CONTACT_NOTE: &str = "NOTE#";
/// What follows it where notes lie in the order of their time. What an earlier version wrote has its id there, which sorts before.
pub(crate) const BY_TIME: &str = "t#";

/// How many merges in a row are followed from a contact that is no more.
pub(crate) const MAX_MERGES: usize = 16;

impl TenantSpace<'_> {
    /// The partition of a person: contact, lead, threads.
    #[must_use]
    pub fn person(self, contact: ContactId) -> PartitionKey {
        self.partition(format_args!("PERSON#{contact}"))
    }

    /// A contact.
    #[must_use]
    pub fn contact(self, id: ContactId) -> TableKey {
        TableKey { pk: self.person(id), sk: format!("{NOW}CONTACT") }
    }

    /// A note of the staff on a contact.
    #[must_use]
    pub fn contact_note(self, contact: ContactId, at: Timestamp, id: NoteId) -> TableKey {
        let sk = format!("{CONTACT_NOTE}{BY_TIME}{}", by_time(at, &id.to_string()));
        TableKey { pk: self.person(contact), sk }
    }

    /// A contact's latest lead.
    #[must_use]
    pub fn lead(self, contact: ContactId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{NOW}LEAD") }
    }

    /// An earlier lead.
    #[must_use]
    pub fn past_lead(self, contact: ContactId, lead: LeadId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{PAST}LEAD#{lead}") }
    }

    /// The lead of a contact that was merged, as it was: what it gets back when the two are taken apart.
    #[must_use]
    pub fn merged_lead(self, contact: ContactId) -> TableKey {
        TableKey { pk: self.person(contact), sk: "MERGED#LEAD".to_owned() }
    }

    /// Where a lead is kept.
    #[must_use]
    pub fn lead_pointer(self, lead: LeadId) -> TableKey {
        self.key(format_args!("LEAD#{lead}"), "POINTER")
    }

    /// Partition of the index `gsi1` that lists a tenant's leads, newest activity last.
    #[must_use]
    pub fn lead_list(self) -> PartitionKey {
        self.partition("LEADS")
    }

    /// A file of contacts that is imported.
    #[must_use]
    pub fn import(self, id: ImportId) -> TableKey {
        self.key(format_args!("IMPORT#{id}"), "IMPORT")
    }

    /// A line of it that made no contact, or would make none where it is only tried.
    #[must_use]
    pub fn import_line(self, id: ImportId, dry_run: bool, line: u64) -> TableKey {
        let kind = if dry_run { "TRIED" } else { "LINE" };
        self.key(format_args!("IMPORT#{id}"), format!("{kind}#{line:010}"))
    }

    /// Partition of the index `gsi1` that lists a tenant's imports.
    #[must_use]
    pub fn import_list(self) -> PartitionKey {
        self.partition("IMPORTS")
    }

    /// Who an address belongs to.
    #[must_use]
    pub fn identity(self, address: &Address) -> TableKey {
        self.key(format_args!("IDENTITY#{}", address.key()), "IDENTITY")
    }

    /// Partition of a tenant's possible duplicates.
    #[must_use]
    pub fn duplicate_list(self) -> PartitionKey {
        self.partition("DUPLICATES")
    }

    /// That two contacts may be one person; the same whichever is named first.
    #[must_use]
    pub fn duplicate(self, a: ContactId, b: ContactId) -> TableKey {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        TableKey { pk: self.duplicate_list(), sk: format!("{a}#{b}") }
    }
}
