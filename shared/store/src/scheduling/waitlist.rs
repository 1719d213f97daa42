//! The waiting list: who joins and leaves it, and a freed time that is held for one of them.
//!
//! The hold, the message that tells of it, the thread in which a yes takes it and the entry are written in one transaction: nobody
//! is told of a time that is not held, and no time is held of which nobody is told.

use domain::events::EventKind;
use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::journeys::Draft;
use domain::scheduling::{Booking, MAX_WAITING, WaitlistEntry, changes, has_room};
use domain::{ContactId, Failure, TenantId};

use super::days::LoadedCalendar;
use super::writes::BookingChange;
use crate::table::documents::{entry, json, readable_documents};
use crate::table::item::{Item, number, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::{Appointments, Document, Trace, Versioned};

/// Where in the transaction of a new entry it says whether its contact is there.
const CONTACT: usize = 0;
/// For how long an entry is kept when it waits no more, for whoever answers late, in seconds.
const KEPT_SECONDS: i64 = 24 * 3_600;

impl Document for WaitlistEntry {
    const NAME: &'static str = "waitlist_entry";
    fn id(&self) -> String {
        self.contact.to_string()
    }
}

/// A freed time that is held for somebody, and how they are told.
#[derive(Debug)]
pub struct FreedTimeGiven<'a> {
    /// Who waited, as they were read.
    pub entry: &'a Versioned<WaitlistEntry>,
    /// When the time became free (UTC).
    pub freed_at: jiff::Timestamp,
    /// The appointment that is held for them.
    pub held: &'a Booking,
    /// The calendar that it was decided on.
    pub calendar: &'a LoadedCalendar,
    /// What they are told, and where.
    pub draft: &'a Draft,
}

impl Appointments<'_> {
    /// All that wait at a business.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn waiting(self, tenant: &TenantId) -> Result<Vec<Versioned<WaitlistEntry>>, Failure> {
        Ok(readable_documents(self.store.documents().items::<WaitlistEntry>(tenant).await?))
    }

    /// The entry of a contact, where they wait.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn waits(
        self,
        tenant: &TenantId,
        contact: ContactId,
    ) -> Result<Option<Versioned<WaitlistEntry>>, Failure> {
        match self.store.documents().get(tenant, &contact.to_string()).await {
            Ok(entry) => Ok(Some(entry)),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Puts a contact on the waiting list. The same again is the same entry.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: there is no such contact; a conflict where they wait already, or too many do.
    pub async fn join_waitlist(
        self,
        tenant: &TenantId,
        new: &WaitlistEntry,
        trace: &Trace,
    ) -> Result<Versioned<WaitlistEntry>, Failure> {
        let conflict = |why: String| Err(Failure::rejected(Rejection::Conflict, why));
        let waiting = self.waiting(tenant).await?;
        if !has_room(waiting.iter().map(|entry| &entry.value), trace.at) {
            return conflict(format!("at most {MAX_WAITING} may wait: remove one first"));
        }
        let subject = format!("{}/{}", WaitlistEntry::NAME, new.contact);
        let mut writes = Writes::new(&self.store.table);
        writes.contact_goes_on(tenant, new.contact)?;
        // Of who waited before, the entry is kept for a while.
        let over = waiting.iter().find(|entry| entry.value.contact == new.contact && !entry.value.waits(trace.at));
        let before = over.map_or(0, |entry| entry.version);
        let version = before.saturating_add(1);
        writes.waitlist_entry(tenant, new, before)?;
        writes.audit(&entry(tenant, AuditAction::Created, &subject, version, None, Some(json(new)?), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: new.clone(), version }),
            Ran::Refused(positions) if positions.contains(&CONTACT) => Err(Failure::not_found("contact")),
            Ran::Refused(_) | Ran::Raced => match self.waits(tenant, new.contact).await? {
                Some(there) if there.value == *new => Ok(there),
                _ => conflict("this contact waits already: remove that entry first".to_owned()),
            },
        }
    }

    /// Holds a freed time for somebody, and queues the message that tells them. `false`: somebody else wrote meanwhile, and
    /// nothing was written.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn give_freed_time(
        self,
        tenant: &TenantId,
        given: FreedTimeGiven<'_>,
        trace: &Trace,
    ) -> Result<bool, Failure> {
        let FreedTimeGiven { entry, freed_at, held, calendar, draft } = given;
        let Ok(days) = changes(None, held, &calendar.by_key(), trace.at) else { return Ok(false) };
        let change = BookingChange { before: None, after: held, days, versions: &calendar.versions, tells: true };
        let mut writes = Writes::of_booking(&self.store.table, tenant, change, trace)?;
        writes.waitlist_entry(tenant, &entry.value.offered(held, freed_at), entry.version)?;
        writes.draft(tenant, draft)?;
        let (message, contact, appointment) = (draft.message.reference, held.contact, held.id);
        let (starts_at, until) = (held.starts_at, held.held_until.unwrap_or(trace.at));
        let events = [
            EventKind::MessageQueued { message, channel: draft.message.channel, contact },
            EventKind::WaitlistOffered { contact, appointment, starts_at, until },
        ];
        writes.announce(tenant, &format!("waitlist|{appointment}"), &events, trace)?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }

    /// Puts `after` in the place of an entry; none: they wait no more, and `told` says so. `false`: somebody else wrote
    /// meanwhile, and nothing was written.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn change_waitlist(
        self,
        tenant: &TenantId,
        before: &Versioned<WaitlistEntry>,
        after: Option<&WaitlistEntry>,
        told: Option<&EventKind>,
        trace: &Trace,
    ) -> Result<bool, Failure> {
        let mut writes = Writes::new(&self.store.table);
        let contact = before.value.contact;
        if after.is_none_or(|after| after.contact != contact) {
            writes.delete_version(&place(tenant, contact), before.version)?;
        }
        if let Some(after) = after {
            let read = if after.contact == contact { before.version } else { 0 };
            writes.waitlist_entry(tenant, after, read)?;
        }
        let cause = format!("waitlist|{contact}|{}|{}", before.value.since, before.version);
        writes.announce(tenant, &cause, told.map_or(&[], std::slice::from_ref), trace)?;
        Ok(self.store.run(writes).await? == Ran::Done)
    }
}

impl Writes {
    /// An entry over the version that was read; it goes by itself when nobody waits any more.
    pub(crate) fn waitlist_entry(
        &mut self,
        tenant: &TenantId,
        entry: &WaitlistEntry,
        read: u64,
    ) -> Result<(), Failure> {
        let mut item: Item = to_item(WaitlistEntry::NAME, &place(tenant, entry.contact), entry)?;
        item.insert("expires_at".into(), number(entry.until.as_second().saturating_add(KEPT_SECONDS)));
        self.put_version(item, read)
    }
}

fn place(tenant: &TenantId, contact: ContactId) -> TableKey {
    keys::of(tenant).document(WaitlistEntry::NAME, &contact.to_string())
}
