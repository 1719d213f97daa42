//! Counts domain events by day, for `GET /v1/insights` and the pages.
//!
//! Reads the queue `InsightEvents`. What an event does not say is read by its keys, at most five calls and one a merge. Each thing
//! is counted once, however often and in whatever order its events come; of what was erased since nothing is.

use domain::conversations::{Message, Role};
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::ids::LocationId;
use domain::insights::{DealFacts, Known, LeadFacts, Raised};
use domain::leads::{Lead, LeadExtra, Score};
use domain::messaging::MessageRef;
use domain::tenancy::{Tenant, known_location};
use domain::{ContactId, ConversationId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use std::time::Duration;
use store::Store;
use tokio::sync::Mutex;

/// The most time one record takes: the table's calls, and the pauses of those who count on the same day.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(15);

/// What counting needs.
#[derive(Debug)]
pub struct Insights {
    /// The table.
    pub store: Store,
    /// Held by the record that adds: what happens to a tenant in a day is one item, and transactions at one item refuse each other.
    pub adding: Mutex<()>,
}

/// What was read for an event.
#[derive(Default)]
struct Read {
    contact: Option<ContactId>,
    location: Option<LocationId>,
    lead: Option<LeadFacts>,
    extras: Vec<LeadExtra>,
    message: Option<Message>,
    began: Option<Timestamp>,
    escalation: Option<Raised>,
    deal: DealFacts,
}

impl Insights {
    /// Counts one event.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: what was read for it is of no form that is known.
    pub async fn count(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        if event.is_test() {
            return Ok(());
        }
        // As it is now: of a tenant that was erased nothing is left to count for.
        let Some(tenant) = self.store.tenants().find(&event.tenant).await? else { return Ok(()) };
        let tenant = tenant.value;
        let locations = self.store.tenants().locations(&tenant.id).await?;
        let read = self.read(&tenant, event, !locations.is_empty()).await?;
        let location = match read.location {
            Some(location) => Some(location),
            None if locations.is_empty() => None,
            None => self.location(&tenant.id, read.contact).await?,
        };
        let known = Known {
            tenant: &tenant,
            location: known_location(&locations, location.as_ref()),
            lead: read.lead,
            extras: &read.extras,
            message: read.message.as_ref(),
            began: read.began,
            escalation: read.escalation,
            deal: read.deal,
        };
        let increments = known.increments(event);
        tracing::info!(tenant = %tenant.id, event = event.kind.name(), increments = increments.len(), "counted");
        let _adding = self.adding.lock().await;
        self.store.insights().add(&tenant.id, &increments, now).await
    }

    async fn read(&self, business: &Tenant, event: &Event, has_locations: bool) -> Result<Read, Failure> {
        let tenant = &business.id;
        match &event.kind {
            EventKind::LeadCreated { contact, .. } => Ok(Read { contact: Some(*contact), ..Read::default() }),
            EventKind::LeadScored { lead, score: Score::Hot, .. }
            | EventKind::LeadStatusChanged { lead, .. }
            | EventKind::BookingRequested { lead, .. } => self.lead(business, *lead).await,
            EventKind::AppointmentBooked { contact, location, .. } => {
                let person = self.store.journeys().visit(tenant, *contact).await?;
                let read = person.map(|person| of_lead(&person.lead, business)).unwrap_or_default();
                Ok(Read { location: location.clone().or(read.location), ..read })
            }
            EventKind::MessageReceived { message, contact, .. } => {
                let message = self.store.deliveries().outgoing(tenant, message).await?;
                Ok(Read { contact: Some(*contact), message, ..Read::default() })
            }
            EventKind::MessageSent { message, .. } => self.sent(event, message, has_locations).await,
            EventKind::EscalationRaised { conversation, .. } => self.conversation(tenant, *conversation).await,
            EventKind::EscalationResolved { escalation, conversation } => {
                let all = self.store.insights().escalations(tenant, *conversation).await?;
                let raised = all.into_iter().find(|known| known.id == *escalation);
                let escalation = raised.map(|known| Raised { id: known.id, at: known.raised_at });
                Ok(Read { escalation, ..self.conversation(tenant, *conversation).await? })
            }
            EventKind::QuoteSent { contact, .. } | EventKind::ReviewReceived { contact, .. } => {
                Ok(Read { contact: Some(*contact), ..Read::default() })
            }
            EventKind::QuoteAccepted { contact, .. } | EventKind::PaymentReceived { contact, .. } => {
                let Some(journey) = self.store.journeys().get(tenant, *contact).await? else {
                    return Ok(Read::default());
                };
                let deal = DealFacts::of(&event.kind, &journey, business);
                Ok(Read { contact: Some(*contact), location: journey.location, deal, ..Read::default() })
            }
            _ => Ok(Read::default()),
        }
    }

    async fn lead(&self, tenant: &Tenant, lead: LeadId) -> Result<Read, Failure> {
        match self.store.leads().get(&tenant.id, lead).await {
            Ok(lead) => Ok(of_lead(&lead, tenant)),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(Read::default()),
            Err(failure) => Err(failure),
        }
    }

    async fn conversation(&self, tenant: &TenantId, conversation: ConversationId) -> Result<Read, Failure> {
        let found = self.store.insights().conversation(tenant, conversation).await?;
        let (contact, began) = found.unzip();
        Ok(Read { contact, began, ..Read::default() })
    }

    async fn sent(&self, event: &Event, reference: &MessageRef, has_locations: bool) -> Result<Read, Failure> {
        let tenant = &event.tenant;
        let message = self.store.deliveries().outgoing(tenant, reference).await?;
        let conversation = reference.conversation;
        match message.as_ref().map(|message| message.role) {
            Some(Role::Staff) => {
                let all = self.store.insights().escalations(tenant, conversation).await?;
                // The one that was open then, whatever was raised or resolved since.
                let before = all.iter().filter(|known| known.raised_at <= event.at);
                let open = before.max_by_key(|known| known.raised_at);
                let escalation = open.map(|known| Raised { id: known.id, at: known.raised_at });
                Ok(Read { message, escalation, ..self.conversation(tenant, conversation).await? })
            }
            Some(Role::Assistant) if has_locations => {
                let contact = self.store.conversations().contact(tenant, conversation).await?;
                Ok(Read { contact, message, ..Read::default() })
            }
            _ => Ok(Read { message, ..Read::default() }),
        }
    }

    /// The location that looks after someone, as their journey says.
    async fn location(&self, tenant: &TenantId, contact: Option<ContactId>) -> Result<Option<LocationId>, Failure> {
        let Some(contact) = contact else { return Ok(None) };
        Ok(self.store.journeys().get(tenant, contact).await?.and_then(|journey| journey.location))
    }
}

fn of_lead(lead: &Lead, tenant: &Tenant) -> Read {
    let facts = LeadFacts::of(lead, tenant);
    let (location, extras) = (lead.location.clone(), lead.extras.clone());
    Read { contact: Some(lead.contact), location, lead: Some(facts), extras, ..Read::default() }
}

#[cfg(test)]
mod tests {
    use domain::insights::COUNTED;

    #[test]
    fn the_rule_brings_every_event_that_is_counted_and_no_other() {
        let template = include_str!("../../../../template.yaml");
        let queue = template.split("\n  InsightEventsQueue:\n").nth(1).unwrap();
        let events = queue.split("Events: !Join").nth(1).unwrap().split(['[', ']']).nth(1).unwrap();
        assert!(events.split(',').map(str::trim).eq(COUNTED), "{events}");
    }
}
