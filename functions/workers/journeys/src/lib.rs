//! Takes domain events into people's journeys: the stage, what they have, which sequences begin, wait and end.
//!
//! Reads the queue `JourneyEvents`. An event that was taken in before changes nothing; a lost race is decided again on what
//! is there now. The schedules of what comes later are made before the journey is stored: one whose journey was not stored
//! fires for nothing. What a customer's word about a visit comes to is done in the calendar after that.

use domain::events::{Event, EventKind};
use domain::identity::Actor;
use domain::journeys::Person;
use domain::journeys::{Journey, JourneyContext, JourneyUpdate, apply_event, merge};
use domain::scheduling::CustomerStep;
use domain::tenancy::{Location, Tenant};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use runtime::schedules::Schedules;
use std::time::Duration;
use store::{Commit, Store, Trace};

/// The most time one record takes: the table's calls, the schedules', and a few decisions more.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(20);
/// How often a lost race is decided again.
const MAX_DECISIONS: usize = 6;

/// What journeys need.
#[derive(Debug)]
pub struct Journeys {
    /// The table.
    pub store: Store,
    /// Where steps that are due later are scheduled.
    pub schedules: Schedules,
}

impl Journeys {
    /// Takes one event in.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: it does not belong here.
    pub async fn apply_event(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        // Whoever merged them: two journeys of one contact would both write to them, and a merge sends nothing.
        if let EventKind::ContactMerged { into, from } = event.kind {
            return self.merge(&event.tenant, into, from, now).await;
        }
        if event.is_test() {
            return Ok(());
        }
        let Some(contact) = self.whom(event).await? else {
            tracing::info!(tenant = %event.tenant, event = event.kind.name(), "no contact with this id");
            return Ok(());
        };
        self.take_in(event, contact, now).await?;
        let Some(word) = CustomerStep::of(&event.kind) else { return Ok(()) };
        let correlation_id = event.correlation_id.clone();
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        self.store.appointments().apply_customer_step(&event.tenant, &word, &trace).await
    }

    /// Takes the event into the person's journey.
    async fn take_in(&self, event: &Event, contact: ContactId, now: Timestamp) -> Result<(), Failure> {
        for _ in 0..MAX_DECISIONS {
            let Some(journey_update) = self.journey_update(event, contact, now).await? else { return Ok(()) };
            self.schedules.make(&journey_update.schedules, now).await?;
            let cause = format!("hear|{}", event.id);
            match self
                .store
                .journeys()
                .save_journey_update(&event.tenant, &journey_update, &cause, &event.correlation_id, now)
                .await?
            {
                Commit::Stored | Commit::Duplicate => return Ok(()),
                Commit::Conflict => {}
            }
        }
        Err(Failure::Retryable("this journey is very busy".into()))
    }

    /// What follows; `None`: nothing.
    async fn journey_update(
        &self,
        event: &Event,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<Option<JourneyUpdate>, Failure> {
        // What is about a tenant or a contact that was erased since is about no one.
        let Some(tenant) = self.store.tenants().find(&event.tenant).await? else { return Ok(None) };
        let Some(person) = self.store.journeys().visit(&event.tenant, contact).await? else { return Ok(None) };
        let sequences = self.store.sequences().in_force(&event.tenant).await?;
        let journey_context =
            JourneyContext { tenant: &tenant.value, person: &person, sequences: &sequences, visit_link: None };
        let mut journey_update = apply_event(&journey_context, begun(&person), event, now);
        self.place(&tenant.value, &person, &mut journey_update).await?;
        let stage = journey_update.journey.stage.as_str();
        tracing::info!(
            tenant = %event.tenant,
            event = event.kind.name(),
            stage,
            changed = journey_update.changed,
            schedules = journey_update.schedules.len(),
            tasks = journey_update.tasks.len(),
            "heard"
        );
        Ok(journey_update.changed.then_some(journey_update))
    }

    /// The zone of the location that looks after them now, for the gate and for times of day.
    async fn place(&self, tenant: &Tenant, person: &Person, journey_update: &mut JourneyUpdate) -> Result<(), Failure> {
        let before = person.journey.as_ref().and_then(|journey| journey.location.as_ref());
        let Some(location) = journey_update.journey.location.as_ref().filter(|location| Some(*location) != before)
        else {
            return Ok(());
        };
        match self.store.documents().get::<Location>(&tenant.id, location.as_str()).await {
            Ok(known) => journey_update.journey.location_zone = known.value.zone.or_else(|| Some(tenant.zone.clone())),
            // One that was removed since says nothing.
            Err(Failure::Rejected { .. }) => journey_update.journey.location_zone = None,
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// Two people turned out to be one, and so did their journeys.
    async fn merge(&self, tenant: &TenantId, into: ContactId, from: ContactId, now: Timestamp) -> Result<(), Failure> {
        for _ in 0..MAX_DECISIONS {
            let Some(other) = self.store.journeys().get(tenant, from).await? else { return Ok(()) };
            // Who survived may have been merged again since.
            let Some(person) = self.store.journeys().visit(tenant, into).await? else { return Ok(()) };
            let merged = merge(begun(&person), other.clone(), now);
            let points = merged.due_steps(tenant);
            self.schedules.make(&points, now).await?;
            match self.store.journeys().merge(tenant, &other, &merged).await? {
                Commit::Stored | Commit::Duplicate => return Ok(()),
                Commit::Conflict => {}
            }
        }
        Err(Failure::Retryable("these journeys are very busy".into()))
    }

    /// The contact that an event is about: it says so, or its lead or thread leads there.
    async fn whom(&self, event: &Event) -> Result<Option<ContactId>, Failure> {
        let tenant = &event.tenant;
        match &event.kind {
            EventKind::LeadStatusChanged { lead, .. } | EventKind::BookingRequested { lead, .. } => {
                self.store.leads().contact(tenant, *lead).await
            }
            EventKind::EscalationRaised { conversation, .. } => {
                self.store.conversations().contact(tenant, *conversation).await
            }
            kind => kind
                .contact()
                .map(Some)
                .ok_or_else(|| Failure::Permanent(format!("{} does not belong on this queue", kind.name()))),
        }
    }
}

/// The person's journey; of someone who has none yet, its beginning.
fn begun(person: &Person) -> Journey {
    person.journey.clone().unwrap_or_else(|| Journey::begin(person.contact.id, person.contact.created_at))
}
