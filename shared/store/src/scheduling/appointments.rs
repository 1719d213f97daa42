//! Appointments: made, moved and taken from step to step.
//!
//! Each reads, asks the domain, and writes under the versions that were read. Who loses a race decides again, and then
//! sees what the winner took.

use domain::failure::Rejection;
use domain::ids::{AppointmentId, LocationId, ResourceId};
use domain::metadata::{self, MetadataChange};
use domain::scheduling::{Booking, CustomerStep, HOLD, Refusal, Slot, Step, Terms, changes};
use domain::tenancy::{Location, Tenant, known_location};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::time::Duration;

use super::days::{LoadedCalendar, Versions};
use super::writes::{BOOKING, BookingChange, CONTACT};
use crate::table::documents::{busy, changed as outdated, read};
use crate::table::item::{get_text, readable};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::{Appointments, Credential, Trace, Versioned};

/// So often a change is decided anew that meets others on the same days.
const ATTEMPTS: u32 = 8;
/// How many free times come with a refusal.
const ALTERNATIVES: usize = 3;

/// A time that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct WantedTime<'a> {
    /// How the service is booked there.
    pub terms: &'a Terms<'a>,
    /// When it is to begin.
    pub starts_at: Timestamp,
    /// Resources that it must take; none: the fairest.
    pub resources: &'a [ResourceId],
}

impl Appointments<'_> {
    /// One booking.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: AppointmentId) -> Result<Versioned<Booking>, Failure> {
        self.find(tenant, id).await?.ok_or_else(|| Failure::not_found("appointment"))
    }

    /// One booking, where there is one of this id.
    ///
    /// # Errors
    /// Whatever keeps the table from answering.
    pub async fn find(self, tenant: &TenantId, id: AppointmentId) -> Result<Option<Versioned<Booking>>, Failure> {
        let item = self.store.item(BOOKING, &keys::of(tenant).booking(id)).await?;
        item.map(|item| read(BOOKING, item)).transpose()
    }

    /// A contact's bookings: the first hundred, which is more than anybody has who books for themselves.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn of_contact(self, tenant: &TenantId, contact: ContactId) -> Result<Vec<Booking>, Failure> {
        let (space, prefix) = (keys::of(tenant), "APPOINTMENT#");
        let (pointers, _) = self.store.page_of(&space.person(contact), prefix, false, 100, None).await?;
        let ids = pointers.iter().filter_map(|item| AppointmentId::parse(get_text(item, "appointment")).ok());
        let items = self.store.batch_get(ids.map(|id| space.booking(id)).collect()).await?;
        Ok(readable(BOOKING, &items))
    }

    /// The key that signs the links to appointments, made where there is none.
    ///
    /// # Errors
    /// As KMS and the table answer.
    pub async fn link_key(self) -> Result<SecretString, Failure> {
        self.store.credentials().own_key(Credential::VisitLinkKey).await
    }

    /// The link to an appointment, for its customer, at the address of this installation; `None`: it is over, or another system's.
    ///
    /// # Errors
    /// As [`Appointments::link_key`].
    pub async fn visit_link(self, tenant: &TenantId, id: AppointmentId, site: &str) -> Result<Option<String>, Failure> {
        let booking = self.find(tenant, id).await?;
        if booking.is_none_or(|booking| booking.value.state.is_over()) {
            return Ok(None);
        }
        let token = auth::visit_links::token(&self.link_key().await?, tenant, id);
        Ok(Some(format!("{}/visit/{token}", site.trim_end_matches('/'))))
    }

    /// Books `new` at a time, or holds it there for some minutes. The same again is the same booking, whatever happened to
    /// it.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: the time cannot be booked, with the nearest that can, or there is no such contact.
    pub async fn make(
        self,
        tenant: &TenantId,
        new: &Booking,
        wanted: WantedTime<'_>,
        held: bool,
        trace: &Trace,
    ) -> Result<Versioned<Booking>, Failure> {
        for attempt in 0..ATTEMPTS {
            pause(attempt).await;
            let place = |slot: &Slot<'_>| {
                let held_until = held.then(|| trace.at.checked_add(HOLD).unwrap_or(trace.at));
                new.clone().at(slot, wanted.terms, held_until, trace.at)
            };
            // One that is there already is never written over: only where nothing was written may it be there.
            let made = self.put(tenant, None, new.id, wanted, &place, trace).await;
            if let Ok(Some(made)) = made {
                return Ok(made);
            }
            if let Some(there) = self.find(tenant, new.id).await? {
                return Ok(there);
            }
            made?;
        }
        Err(busy("calendar"))
    }

    /// Gives an appointment another time; its old one is free at once. It stays the same appointment, and what was held is
    /// held.
    ///
    /// # Errors
    /// As [`Appointments::make`], and where it is too late for another time.
    pub async fn move_to(
        self,
        tenant: &Tenant,
        id: AppointmentId,
        starts_at: Timestamp,
        resources: &[ResourceId],
        trace: &Trace,
    ) -> Result<Versioned<Booking>, Failure> {
        for attempt in 0..ATTEMPTS {
            pause(attempt).await;
            let before = self.get(&tenant.id, id).await?;
            before.value.check_moves()?;
            let takes_them = resources.iter().all(|wanted| before.value.resources.contains(wanted));
            if before.value.starts_at == starts_at && takes_them {
                return Ok(before);
            }
            let location = self.location(&tenant.id, before.value.location.as_ref()).await?;
            let terms = Terms::of(tenant, location.as_ref(), &before.value.service)?.visiting(before.value.place);
            let wanted = WantedTime { terms: &terms, starts_at, resources };
            let place = |slot: &Slot<'_>| {
                let held_until = before.value.held_until.map(|_| trace.at.checked_add(HOLD).unwrap_or(trace.at));
                before.value.clone().at(slot, wanted.terms, held_until, trace.at)
            };
            if let Some(moved) = self.put(&tenant.id, Some(&before), id, wanted, &place, trace).await? {
                return Ok(moved);
            }
        }
        Err(busy("calendar"))
    }

    /// Does a step. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, not possible from where it is, or a hold whose time somebody else has by now.
    pub async fn step(
        self,
        tenant: &TenantId,
        id: AppointmentId,
        step: &Step,
        trace: &Trace,
    ) -> Result<Versioned<Booking>, Failure> {
        self.advance(tenant, id, true, trace, &|booking| booking.after(step, trace.at)).await
    }

    /// Changes the pairs of version `read` of a booking, which causes no event. The same change again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed where it is not at that version any more, or naming `metadata`.
    pub async fn change_metadata(
        self,
        tenant: &TenantId,
        id: AppointmentId,
        change: &MetadataChange,
        read: u64,
        trace: &Trace,
    ) -> Result<Versioned<Booking>, Failure> {
        let before = self.get(tenant, id).await?;
        let metadata = metadata::changed(&before.value.metadata, change)?;
        let is_done = metadata == before.value.metadata;
        if before.version != read && !(before.version == read + 1 && is_done) {
            return Err(outdated(read));
        }
        if is_done {
            return Ok(before);
        }
        let after = Booking { metadata, updated_at: trace.at, ..before.value.clone() };
        let (before, versions) = (Some(&before), &Versions::default());
        let change = BookingChange { before, after: &after, days: Vec::new(), versions, tells: false };
        self.run(tenant, change, trace).await?.ok_or_else(|| outdated(read))
    }

    /// Does what a customer's word about a visit comes to. A repeat changes nothing; where it is another system's visit, or the word comes
    /// too late, nothing follows.
    ///
    /// # Errors
    /// Whatever keeps the table from answering.
    pub async fn apply_customer_step(
        self,
        tenant: &TenantId,
        word: &CustomerStep,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let after = |booking: &Booking| Ok(booking.after_word(word, trace.at));
        match self.advance(tenant, word.appointment, word.tells(), trace, &after).await {
            Ok(_) | Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Makes of a booking what `after` says; `None`: nothing.
    pub(super) async fn advance(
        self,
        tenant: &TenantId,
        id: AppointmentId,
        tells: bool,
        trace: &Trace,
        after: &impl Fn(&Booking) -> Result<Option<Booking>, Failure>,
    ) -> Result<Versioned<Booking>, Failure> {
        for attempt in 0..ATTEMPTS {
            pause(attempt).await;
            let before = self.get(tenant, id).await?;
            let Some(after) = after(&before.value)? else { return Ok(before) };
            let enters = after.takes_time() && after.entry() != before.value.entry();
            let days = if enters { self.days(tenant, &after.days()).await? } else { LoadedCalendar::default() };
            let change = changes(Some(&before.value), &after, &days.by_key(), trace.at);
            let change = change.map_err(|refusal| refusal.failure(&[]))?;
            let (before, versions) = (Some(&before), &days.versions);
            let change = BookingChange { before, after: &after, days: change, versions, tells };
            if let Some(done) = self.run(tenant, change, trace).await? {
                return Ok(done);
            }
        }
        Err(busy("calendar"))
    }

    /// Deletes a booking, and its time is free at once. A day that expired is passed over. A booking that cannot be read is
    /// left to the caller: nobody knows which days it is in.
    pub(crate) async fn erase(self, tenant: &TenantId, id: AppointmentId) -> Result<(), Failure> {
        let place = keys::of(tenant).booking(id);
        for attempt in 0..ATTEMPTS {
            pause(attempt).await;
            let Some(item) = self.store.item(BOOKING, &place).await? else { return Ok(()) };
            let Ok(booking) = read::<Booking>(BOOKING, item) else { return Ok(()) };
            let days = if booking.value.takes_time() { booking.value.days() } else { Vec::new() };
            let places = days.iter().map(|day| keys::of(tenant).calendar_day(day)).collect();
            let there: BTreeSet<TableKey> = self.store.batch_get(places).await?.iter().map(TableKey::of).collect();
            let days = days.iter().filter(|day| there.contains(&keys::of(tenant).calendar_day(day)));
            match self.store.run(Writes::of_erasure(&self.store.table, tenant, &booking, days)?).await? {
                Ran::Done => return Ok(()),
                Ran::Refused(_) | Ran::Raced => {}
            }
        }
        Err(busy("calendar"))
    }

    /// A location of the tenant's, as it was at most half a minute ago.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `location` where there is no such one.
    pub async fn location(self, tenant: &TenantId, id: Option<&LocationId>) -> Result<Option<Location>, Failure> {
        let Some(id) = id else { return Ok(None) };
        let locations = self.store.tenants().locations(tenant).await?;
        let found = known_location(&locations, Some(id)).cloned();
        found.map(Some).ok_or_else(|| Failure::invalid("location", "there is no such location"))
    }

    /// Reads the days around a time, and writes a booking into them. `None`: somebody else wrote meanwhile.
    async fn put(
        self,
        tenant: &TenantId,
        before: Option<&Versioned<Booking>>,
        id: AppointmentId,
        wanted: WantedTime<'_>,
        place: &impl Fn(&Slot<'_>) -> Booking,
        trace: &Trace,
    ) -> Result<Option<Versioned<Booking>>, Failure> {
        let terms = wanted.terms;
        let loaded = self.calendar(tenant, terms.dates(wanted.starts_at, wanted.starts_at)).await?;
        let slot = loaded.of(terms, Some(id), trace.at).choose(wanted.starts_at, wanted.resources);
        let decided = slot.and_then(|slot| {
            let after = place(&slot);
            let days = changes(before.map(|before| &before.value), &after, &loaded.by_key(), trace.at)?;
            Ok((after, days))
        });
        let (after, days) = match decided {
            Ok(decided) => decided,
            Err(refusal) => return Err(self.refused(tenant, wanted, id, refusal, trace.at).await?),
        };
        self.run(tenant, BookingChange { before, after: &after, days, versions: &loaded.versions, tells: true }, trace)
            .await
    }

    /// The refusal of a time, with the nearest that are free.
    async fn refused(
        self,
        tenant: &TenantId,
        wanted: WantedTime<'_>,
        id: AppointmentId,
        refusal: Refusal,
        now: Timestamp,
    ) -> Result<Failure, Failure> {
        if refusal == Refusal::NobodyCan {
            return Ok(refusal.failure(&[]));
        }
        let (from, to) = domain::scheduling::nearby(wanted.starts_at.max(now));
        let loaded = self.calendar(tenant, wanted.terms.dates(from, to)).await?;
        let calendar = loaded.of(wanted.terms, Some(id), now);
        Ok(refusal.failure(&calendar.nearest(wanted.starts_at.max(now), ALTERNATIVES)))
    }

    /// Runs the transaction of a change. `None`: somebody else wrote meanwhile.
    async fn run(
        self,
        tenant: &TenantId,
        change: BookingChange<'_>,
        trace: &Trace,
    ) -> Result<Option<Versioned<Booking>>, Failure> {
        let is_new = change.before.is_none();
        let done =
            Versioned { value: change.after.clone(), version: change.before.map_or(0, |before| before.version) + 1 };
        let writes = Writes::of_booking(&self.store.table, tenant, change, trace)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Some(done)),
            Ran::Refused(positions) if is_new && positions.contains(&CONTACT) => Err(Failure::not_found("contact")),
            Ran::Refused(_) | Ran::Raced => Ok(None),
        }
    }
}

/// Who lost a race waits a moment before the next try, each time twice as long.
pub(super) async fn pause(attempt: u32) {
    if attempt > 0 {
        tokio::time::sleep(Duration::from_millis(10 << attempt)).await;
    }
}
