//! What came of invitations: answers, visits, and messages that did not leave.

use domain::campaigns::{BookedVisit, Counted, worth};
use domain::conversations::Delivery;
use domain::events::{Event, EventKind};
use domain::ids::{AppointmentId, LocationId, ServiceId};
use domain::messaging::{DeliveryState, MessageRef, Verdict};
use domain::tenancy::{Tenant, known_location};
use domain::{ContactId, Failure};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Campaigns;

/// A visit that others told of.
struct ToldVisit<'a> {
    id: AppointmentId,
    starts_at: Timestamp,
    service: Option<&'a str>,
    location: Option<&'a LocationId>,
}

impl Campaigns {
    /// Counts what an event says of someone who was invited.
    pub(super) async fn count(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        match &event.kind {
            EventKind::MessageReceived { contact, .. } => {
                self.add(event, *contact, Counted::Answered(event.at), now).await
            }
            EventKind::MessageNotSent { message, reason, .. } => self.not_sent(event, message, reason, now).await,
            EventKind::AppointmentBooked { contact, appointment, starts_at, service, location, .. } => {
                let (service, location) = (service.as_deref(), location.as_ref());
                let told = ToldVisit { id: *appointment, starts_at: *starts_at, service, location };
                self.booked(event, *contact, told, now).await
            }
            EventKind::AppointmentCancelled { contact, appointment }
            | EventKind::AppointmentMissed { contact, appointment } => {
                self.add(event, *contact, Counted::Lost(*appointment), now).await
            }
            EventKind::JobCompleted { contact, appointment } => {
                self.add(event, *contact, Counted::Done(*appointment), now).await
            }
            other => Err(Failure::Permanent(format!("{} does not belong on this queue", other.name()))),
        }
    }

    async fn add(&self, event: &Event, contact: ContactId, what: Counted<'_>, now: Timestamp) -> Result<(), Failure> {
        let counted = self.store.campaigns().count(&event.tenant, contact, what, now).await?;
        if counted > 0 {
            tracing::info!(tenant = %event.tenant, event = event.kind.name(), "counted for a campaign");
        }
        Ok(())
    }

    /// A visit is worth what staff expect of its lead, else what its service costs at least.
    async fn booked(
        &self,
        event: &Event,
        contact: ContactId,
        told: ToldVisit<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(tenant) = self.served(&event.tenant).await? else { return Ok(()) };
        if !self.store.campaigns().has_invited(&tenant.id, contact).await? {
            return Ok(());
        }
        let ours = self.store.appointments().find(&tenant.id, told.id).await?.map(|booking| booking.value);
        let service = match &ours {
            Some(booking) => Some(booking.service.clone()),
            None => told.service.and_then(|named| service_named(&tenant, named)),
        };
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let location = ours.as_ref().map_or(told.location, |booking| booking.location.as_ref());
        let location = known_location(&locations, location);
        let day: Date = told.starts_at.to_zoned(tenant.zone_at(location)).date();
        let person = self.store.journeys().visit(&tenant.id, contact).await?;
        let lead = (person.as_ref().map(|person| &person.lead), ours.as_ref().and_then(|booking| booking.lead));
        let cents = service.as_ref().map_or(0, |service| worth(&tenant, location, (service, day), lead));
        let visit = BookedVisit { id: told.id, service: service.as_ref(), at: event.at, worth_cents: cents };
        self.add(event, contact, Counted::Booked(visit), now).await
    }

    /// An invitation did not leave: by the rule of the gate that stopped it, else because the vendor did not take it.
    async fn not_sent(&self, event: &Event, message: &MessageRef, reason: &str, now: Timestamp) -> Result<(), Failure> {
        let tenant = &event.tenant;
        let Some(sent) = self.store.deliveries().outgoing(tenant, message).await? else { return Ok(()) };
        let is_invitation = sent.outreach.as_ref().is_some_and(|outreach| outreach.campaign.is_some());
        let is_over = |delivery: &Delivery| {
            matches!(delivery.state, DeliveryState::Failed | DeliveryState::Dropped | DeliveryState::Skipped)
        };
        if !is_invitation || !sent.delivery.as_ref().is_some_and(is_over) {
            return Ok(());
        }
        let verdict = sent.delivery.as_ref().and_then(|delivery| delivery.verdict.as_ref());
        let is_stopped = |verdict: &&Verdict| !matches!(verdict.as_str(), "allowed" | "delayed");
        let rule = verdict.filter(is_stopped).and_then(|verdict| verdict.rule().map(str::to_owned));
        let rule = rule.unwrap_or_else(|| "not_delivered".to_owned());
        tracing::info!(%tenant, %rule, reason, "an invitation did not leave");
        let contact = self.store.conversations().contact(tenant, message.conversation).await?;
        let Some(contact) = contact else { return Ok(()) };
        self.add(event, contact, Counted::NotSent(&rule), now).await
    }
}

/// Other systems name a service as customers read it, or by its slug.
fn service_named(tenant: &Tenant, named: &str) -> Option<ServiceId> {
    let is_it = |id: &str, name: &str| id == named || name == named;
    tenant.services.iter().find(|service| is_it(service.id.as_str(), &service.name)).map(|service| service.id.clone())
}
