//! Offers times that become free to those who wait for one.
//!
//! Reads the queue `Waitlist`, which the bus and this worker itself fill. A cancelled or moved visit frees a time. It is held for the best
//! match, who is told of it. Of a visit that may be missed, staff are told who would take its time. The record comes back when the hold is over, for the next match. A record only says which time to look at.
//! Who waits and what is free is read again each time, so a record that comes twice, late or for nothing does no harm. The record for
//! later is queued before the hold is stored: wherever a run dies, the time is looked at again.

use domain::events::{Event, EventKind};
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::journeys::{FreedTimeOffer, NotNow, other_visit_task, waiting_task};
use domain::scheduling::{Booking, BookingState, CLAIM, FreedTime, FreedTimeContext, Match, Terms, WaitlistEntry};
use domain::tenancy::{Tenant, known_location};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::{Queue, Work};
use std::time::Duration;
use store::{FreedTimeGiven, LoadedCalendar, Store, Trace, Versioned};

/// The most time one record takes: a few rounds of the table's calls, and everybody who waits read once.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(28);
/// How often it is looked again after a time was given, or a race was lost, before the record goes back to the queue.
const MAX_ROUNDS: usize = 8;

/// What the waiting list needs.
#[derive(Debug)]
pub struct Waitlist {
    /// The table.
    pub store: Store,
    /// Where freed times go that are to be looked at later.
    pub queue: Queue<FreedTime>,
}

/// The result of one look at a freed time.
enum Round {
    /// Someone was asked, or someone else wrote meanwhile: look again.
    Again,
    /// Someone may be asked then.
    At(Timestamp),
    /// No one is left who would take it.
    Over,
}

impl Waitlist {
    /// Does what a record asks for.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: no retry can help.
    pub async fn work(&self, record: &Work<FreedTime>, now: Timestamp) -> Result<(), Failure> {
        match record {
            Work::Event(event) => self.heard(event, now).await,
            Work::Due(freed) if freed.due > now => self.look_later(freed, now).await,
            Work::Due(freed) => self.give(freed, now).await,
        }
    }

    async fn heard(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        // A merge offers nothing: who waits under a contact that is gone would wait for ever.
        if event.is_test() && !matches!(event.kind, EventKind::ContactMerged { .. }) {
            return Ok(());
        }
        let tenant = &event.tenant;
        match event.kind {
            EventKind::AppointmentCancelled { appointment, .. } => self.freed(event, appointment, None, now).await,
            EventKind::WaitlistDeclined { contact, appointment } => {
                self.declined(event, contact, appointment).await?;
                self.freed(event, appointment, None, now).await
            }
            EventKind::AppointmentRescheduled { contact, appointment, was, .. } => {
                self.filled(event, contact, appointment).await?;
                match was {
                    Some(_) => self.freed(event, appointment, was, now).await,
                    None => Ok(()),
                }
            }
            EventKind::AppointmentBooked { contact, appointment, .. } => self.filled(event, contact, appointment).await,
            EventKind::AppointmentAtRisk { appointment, .. } => self.prepare(tenant, appointment, now).await,
            EventKind::ContactMerged { into, from } => self.merged(tenant, into, from, &trace(event)).await,
            _ => Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name()))),
        }
    }

    /// A change of an appointment freed its time, or the one it had before.
    async fn freed(
        &self,
        event: &Event,
        appointment: AppointmentId,
        was: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(booking) = self.booking(&event.tenant, appointment).await? else { return Ok(()) };
        match FreedTime::of(&event.tenant, &booking, was, event.at) {
            Some(freed) => self.give(&freed, now).await,
            None => Ok(()),
        }
    }

    /// Offers a freed time, until no one is to be asked at this moment.
    async fn give(&self, freed: &FreedTime, now: Timestamp) -> Result<(), Failure> {
        for round in 0..MAX_ROUNDS {
            match self.look(freed, now).await? {
                Round::Again => {}
                // Where someone was asked, the record comes back when that is over, which is not before any of these.
                Round::At(due) if round == 0 && freed.is_worth(due) => {
                    return self.look_later(&freed.later(due), now).await;
                }
                Round::At(_) | Round::Over => return Ok(()),
            }
        }
        self.look_later(&freed.later(now), now).await
    }

    async fn look(&self, time: &FreedTime, now: Timestamp) -> Result<Round, Failure> {
        let (store, id) = (self.store.appointments(), &time.tenant);
        if !time.is_worth(now) {
            return Ok(Round::Over);
        }
        let waiting = store.waiting(id).await?;
        let Some(tenant) = self.store.tenants().find(id).await?.filter(|_| !waiting.is_empty()) else {
            return Ok(Round::Over);
        };
        let tenant = &tenant.value;
        let entries: Vec<WaitlistEntry> = waiting.iter().map(|entry| entry.value.clone()).collect();
        let locations = self.store.tenants().locations(id).await?;
        let places = store.waiting_at(tenant, &entries, now).await?;
        let (locations, places) = (locations.as_ref(), &places);
        let unread = FreedTimeContext { time, tenant, locations, places, resources: &[], days: &[], now };
        let Some(dates) = unread.dates(&entries) else { return Ok(Round::Over) };
        let calendar = store.calendar(id, dates).await?;
        let freed = FreedTimeContext { resources: &calendar.resources, days: &calendar.days, ..unread };
        let mut later: Option<Timestamp> = None;
        for found in freed.order(&entries) {
            let not_before = match found.busy_until {
                Some(until) => until,
                None => {
                    let entry = waiting.iter().find(|entry| entry.value.contact == found.entry.contact);
                    let Some((entry, terms)) = entry.zip(freed.terms(found.entry)) else { continue };
                    match self.ask(time, (tenant, &terms, &calendar), (entry, &found), now).await? {
                        Ok(()) => return Ok(Round::Again),
                        Err(NotNow::Before(at)) => at,
                        Err(NotNow::Never) => continue,
                    }
                }
            };
            later = Some(later.map_or(not_before, |other| other.min(not_before)));
        }
        Ok(later.map_or(Round::Over, Round::At))
    }

    /// Tells staff how many would take the time of a visit that may be missed, where anybody would. Nothing is held.
    async fn prepare(&self, id: &TenantId, appointment: AppointmentId, now: Timestamp) -> Result<(), Failure> {
        let store = self.store.appointments();
        let booking = self.booking(id, appointment).await?.filter(|booking| booking.state == BookingState::Booked);
        let (Some(booking), Some(tenant)) = (booking, self.store.tenants().find(id).await?) else { return Ok(()) };
        let waiting = store.waiting(id).await?.into_iter().map(|entry| entry.value);
        let entries: Vec<WaitlistEntry> = waiting.filter(|entry| entry.contact != booking.contact).collect();
        let (tenant, locations) = (&tenant.value, self.store.tenants().locations(id).await?);
        let time = FreedTime::as_if_free(booking.starts_at, id, &booking, now);
        let places = store.waiting_at(tenant, &entries, now).await?;
        let (time, places) = (&time, &places);
        let unread = FreedTimeContext { time, tenant, locations: &locations, places, resources: &[], days: &[], now };
        let Some(dates) = unread.dates(&entries) else { return Ok(()) };
        let calendar = store.calendar(id, dates).await?;
        let mut days = calendar.days.clone();
        for day in &mut days {
            day.entries.remove(&booking.id);
        }
        let order = FreedTimeContext { resources: &calendar.resources, days: &days, ..unread }.order(&entries);
        let zone = tenant.zone_at(known_location(&locations, booking.location.as_ref()));
        match waiting_task(tenant, &booking, order.len(), &zone, now) {
            Some(task) => self.store.tasks().give(id, &task, now).await,
            None => Ok(()),
        }
    }

    /// Holds the time for someone and tells them, where they may be written to now.
    async fn ask(
        &self,
        time: &FreedTime,
        (tenant, terms, calendar): (&Tenant, &Terms<'_>, &LoadedCalendar),
        (entry, found): (&Versioned<WaitlistEntry>, &Match<'_>),
        now: Timestamp,
    ) -> Result<Result<(), NotNow>, Failure> {
        let waits = &entry.value;
        let Some(person) = self.store.journeys().visit(&tenant.id, waits.contact).await? else {
            return Ok(Err(NotNow::Never));
        };
        let Ok(slot) = calendar.of(terms, None, now).choose(found.starts_at, &[]) else {
            return Ok(Err(NotNow::Never));
        };
        let until = now.checked_add(CLAIM).unwrap_or(now);
        let (contact, since) = (waits.contact.to_string(), waits.since.to_string());
        let held = AppointmentId::derive(&tenant.id, &["waitlist", &contact, &since, &found.starts_at.to_string()]);
        let blank = Booking::new(held, person.contact.id, terms, now).at(&slot, terms, Some(until), now);
        let held = Booking { lead: waits.lead, from_waitlist: true, ..blank };
        let offer = FreedTimeOffer { tenant, person: &person, held: &held, zone: terms.zone(), now };
        let draft = match offer.draft() {
            Ok(draft) => draft,
            Err(not_now) => return Ok(Err(not_now)),
        };
        self.look_later(&time.later(until), now).await?;
        let given = FreedTimeGiven { entry, freed_at: time.freed_at, held: &held, calendar, draft: &draft };
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id: held.id.to_string() };
        let is_given = self.store.appointments().give_freed_time(&tenant.id, given, &trace).await?;
        let since_free_seconds = now.duration_since(time.freed_at).as_secs();
        tracing::info!(tenant = %tenant.id, appointment = %held.id, is_given, since_free_seconds, "a freed time is offered");
        Ok(Ok(()))
    }

    /// Who waited may have what they waited for.
    async fn filled(&self, event: &Event, contact: ContactId, appointment: AppointmentId) -> Result<(), Failure> {
        let (tenant, store) = (&event.tenant, self.store.appointments());
        let Some(entry) = store.waits(tenant, contact).await? else { return Ok(()) };
        let Some(booking) = self.booking(tenant, appointment).await? else { return Ok(()) };
        let Some(known) = self.store.tenants().find(tenant).await? else { return Ok(()) };
        let zone = match store.location(tenant, booking.location.as_ref()).await {
            Ok(Some(location)) => location.time_zone(&known.value),
            // One that was removed since has no zone of its own.
            Ok(None) | Err(Failure::Rejected { .. }) => known.value.time_zone(),
            Err(failure) => return Err(failure),
        };
        if !entry.value.is_filled_by(&booking, &zone) {
            return Ok(());
        }
        let is_offered = entry.value.offered.as_ref().is_some_and(|offered| offered.appointment == booking.id);
        // They may have an appointment for the same thing already, which the earlier one does not end by itself.
        if let Some(person) = self.store.journeys().visit(tenant, contact).await?.filter(|_| is_offered)
            && let Some(task) = other_visit_task(&known.value, &person, &booking, &zone, event.at)
        {
            self.store.tasks().give(tenant, &task, event.at).await?;
        }
        let minutes = entry.value.minutes_to_fill(&booking, event.at);
        let told = EventKind::WaitlistFilled { contact, appointment, minutes };
        self.change(tenant, &entry, None, Some(&told), &trace(event)).await?;
        if let Some(slot_filled_minutes) = minutes {
            tracing::info!(%tenant, %appointment, slot_filled_minutes, "a freed time is taken");
        }
        Ok(())
    }

    /// Who let a time go can be asked about another one at once.
    async fn declined(&self, event: &Event, contact: ContactId, appointment: AppointmentId) -> Result<(), Failure> {
        let (tenant, store) = (&event.tenant, self.store.appointments());
        let Some(entry) = store.waits(tenant, contact).await? else { return Ok(()) };
        match entry.value.declined(appointment) {
            Some(after) => self.change(tenant, &entry, Some(&after), None, &trace(event)).await,
            None => Ok(()),
        }
    }

    /// Two people turned out to be one: who goes on waits, unless they did already.
    async fn merged(&self, tenant: &TenantId, into: ContactId, from: ContactId, trace: &Trace) -> Result<(), Failure> {
        let store = self.store.appointments();
        let Some(entry) = store.waits(tenant, from).await? else { return Ok(()) };
        let moved = WaitlistEntry { contact: into, ..entry.value.clone() };
        let waits = store.waits(tenant, into).await?.is_some();
        self.change(tenant, &entry, Some(&moved).filter(|_| !waits), None, trace).await
    }

    async fn change(
        &self,
        tenant: &TenantId,
        before: &Versioned<WaitlistEntry>,
        after: Option<&WaitlistEntry>,
        told: Option<&EventKind>,
        trace: &Trace,
    ) -> Result<(), Failure> {
        match self.store.appointments().change_waitlist(tenant, before, after, told, trace).await? {
            true => Ok(()),
            false => Err(Failure::Retryable("the waiting list: another write is in progress".into())),
        }
    }

    /// An appointment of this calendar; not one that another system reports.
    async fn booking(&self, tenant: &TenantId, id: AppointmentId) -> Result<Option<Booking>, Failure> {
        Ok(self.store.appointments().find(tenant, id).await?.map(|booking| booking.value))
    }

    /// Has a freed time come again when it is due; the queue holds a record back for a quarter of an hour at most, and whoever gets
    /// it earlier puts it back.
    async fn look_later(&self, freed: &FreedTime, now: Timestamp) -> Result<(), Failure> {
        let wait = Duration::try_from(freed.due.duration_since(now)).unwrap_or_default();
        // Rounded up, so that it does not come a moment too early.
        self.queue.send_later(freed, wait + Duration::from_millis(999), "").await
    }
}

fn trace(event: &Event) -> Trace {
    Trace { actor: Actor::System, at: event.at, address: None, correlation_id: event.correlation_id.clone() }
}
