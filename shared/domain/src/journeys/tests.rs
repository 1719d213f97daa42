//! People and events for tests of what the business begins by itself.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    DueStep, Journey, JourneyContext, JourneyUpdate, Run, Sequence, VariantStats, apply_event, run_step, shipped,
};
use crate::events::{Event, EventKind};
use crate::ids::{AppointmentId, InvoiceId, QuoteId, SequenceId};
use crate::journeys::Person;
use crate::leads::{Contact, KnownAddress};
use crate::messaging::{Address, Channel, Email, MessageRef, OptOutState, Phone, Source};
use crate::money::Money;
use crate::tenancy::Tenant;
use crate::{ContactId, ConversationId, EventId, MessageId, samples};

mod laws;

/// A Monday, 10:00 in Denver.
pub(super) const MONDAY: &str = "2026-11-16T17:00:00Z";

pub(super) fn monday() -> Timestamp {
    MONDAY.parse().unwrap()
}

pub(super) fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The roofer, one person who wrote by SMS and can be reached by e-mail too, and the shipped sequences.
pub(super) struct World {
    pub(super) tenant: Tenant,
    pub(super) person: Person,
    pub(super) sequences: Vec<Sequence>,
}

impl World {
    pub(super) fn new() -> Self {
        let tenant = Tenant { status: crate::tenancy::TenantStatus::Active, ..samples::roofer() };
        let lead = samples::lead(&tenant);
        let contact = Contact {
            name: Some("Ana Vale".to_owned()),
            addresses: vec![
                KnownAddress::proven(Address::Phone(Phone::e164("+13035550142", "phone").unwrap())),
                KnownAddress::proven(Address::Email(Email::new("ana@customer.example.com", "email").unwrap())),
            ],
            version: 1,
            ..Contact::new(lead.contact, at("2026-11-01T17:00:00Z"))
        };
        let opt_out_state =
            OptOutState { heard: [(Channel::Sms, contact.created_at)].into(), ..OptOutState::default() };
        let person = Person { contact, lead, threads: Vec::new(), opt_out_state, journey: None };
        Self { tenant, person, sequences: shipped().to_vec() }
    }

    /// With nothing but one sequence.
    pub(super) fn only(document: serde_json::Value) -> Self {
        Self { sequences: vec![serde_json::from_value(document).unwrap()], ..Self::new() }
    }

    pub(super) fn journey_context(&self) -> JourneyContext<'_> {
        JourneyContext { tenant: &self.tenant, person: &self.person, sequences: &self.sequences, visit_link: None }
    }

    pub(super) fn contact(&self) -> ContactId {
        self.person.contact.id
    }

    pub(super) fn journey(&self) -> Journey {
        Journey::begin(self.contact(), at("2026-11-01T17:00:00Z"))
    }

    pub(super) fn event(&self, at: Timestamp, kind: EventKind) -> Event {
        let cause = serde_json::to_string(&kind).unwrap();
        Event {
            id: EventId::derive(&self.tenant.id, &[&cause, &at.to_string()]),
            tenant: self.tenant.id.clone(),
            at,
            correlation_id: "c".to_owned(),
            kind,
        }
    }

    /// Takes in events that are heard as they happen.
    pub(super) fn told(&self, journey: Journey, events: &[(Timestamp, EventKind)]) -> JourneyUpdate {
        let mut journey_update = JourneyUpdate::none(journey);
        for (at, kind) in events {
            journey_update =
                apply_event(&self.journey_context(), journey_update.journey, &self.event(*at, kind.clone()), *at);
        }
        journey_update
    }

    pub(super) fn point(&self, run: &Run) -> DueStep {
        DueStep {
            tenant: self.tenant.id.clone(),
            contact: self.contact(),
            run: run.id,
            step: run.step.clone(),
            due: run.due,
        }
    }

    /// The next step of the enrollment in `sequence`, done when it is due.
    pub(super) fn done(&self, journey: Journey, sequence: &str) -> JourneyUpdate {
        let run = going(&journey, sequence).clone();
        run_step(&self.journey_context(), journey, &self.point(&run), &VariantStats::default(), run.due)
    }

    /// Steps of the enrollment, each when it is due, until one queues a message.
    pub(super) fn written(&self, journey: Journey, sequence: &str) -> JourneyUpdate {
        let mut journey_update = self.done(journey, sequence);
        while journey_update.messages.is_empty() {
            journey_update = self.done(journey_update.journey, sequence);
        }
        journey_update
    }

    pub(super) fn quote(&self, name: &str) -> QuoteId {
        QuoteId::derive(&self.tenant.id, &[name])
    }

    pub(super) fn invoice(&self, name: &str) -> InvoiceId {
        InvoiceId::derive(&self.tenant.id, &[name])
    }

    pub(super) fn appointment(&self, name: &str) -> AppointmentId {
        AppointmentId::derive(&self.tenant.id, &[name])
    }

    pub(super) fn quote_sent(&self, name: &str) -> EventKind {
        EventKind::QuoteSent {
            contact: self.contact(),
            quote: self.quote(name),
            service: Some("Roof repair".to_owned()),
            amount: Some(Money { cents: 240_000, currency: "USD".to_owned() }),
            link: Some("https://roofer.example.com/q/1".to_owned()),
            expires_at: None,
        }
    }

    pub(super) fn booked(&self, name: &str, starts_at: Timestamp) -> EventKind {
        EventKind::AppointmentBooked {
            contact: self.contact(),
            appointment: self.appointment(name),
            starts_at,
            ends_at: starts_at + hours(1),
            service: None,
            location: None,
        }
    }

    pub(super) fn rescheduled(&self, name: &str, starts_at: Timestamp) -> EventKind {
        let (contact, appointment) = (self.contact(), self.appointment(name));
        EventKind::AppointmentRescheduled { contact, appointment, starts_at, ends_at: starts_at + hours(1), was: None }
    }

    pub(super) fn issued(&self, name: &str, due_at: Timestamp) -> EventKind {
        EventKind::InvoiceIssued {
            contact: self.contact(),
            invoice: self.invoice(name),
            amount: Some(Money { cents: 240_000, currency: "USD".to_owned() }),
            due_at: Some(due_at),
            link: Some("https://roofer.example.com/i/1".to_owned()),
        }
    }

    pub(super) fn paid(&self, name: &str) -> EventKind {
        EventKind::PaymentReceived { contact: self.contact(), invoice: self.invoice(name) }
    }

    pub(super) fn wrote(&self, name: &str) -> EventKind {
        let message = MessageRef {
            conversation: ConversationId::derive(&self.tenant.id, &[name]),
            at: monday(),
            message: MessageId::derive(&self.tenant.id, &[name]),
        };
        EventKind::MessageReceived {
            message,
            contact: self.contact(),
            channel: Channel::Sms,
            sentiment: None,
            text_consent: None,
        }
    }

    pub(super) fn lead_created(&self) -> EventKind {
        EventKind::LeadCreated { lead: self.person.lead.id, contact: self.contact(), source: Source::Sms }
    }

    pub(super) fn refused(&self) -> EventKind {
        EventKind::ConsentChanged { contact: self.contact(), channel: Channel::Sms, suppressed: true }
    }
}

/// The enrollment in `sequence` that goes on.
pub(super) fn going<'a>(journey: &'a Journey, sequence: &str) -> &'a Run {
    maybe_going(journey, sequence).unwrap()
}

pub(super) fn maybe_going<'a>(journey: &'a Journey, sequence: &str) -> Option<&'a Run> {
    let id = SequenceId::new(sequence).unwrap();
    journey.running().find(|run| run.sequence == id)
}

/// The last enrollment in `sequence` that is over.
pub(super) fn over<'a>(journey: &'a Journey, sequence: &str) -> &'a Run {
    let id = SequenceId::new(sequence).unwrap();
    journey.runs.iter().rev().find(|run| run.sequence == id && !run.is_running()).unwrap()
}

/// A sequence after a quote with one text, as a document to change.
pub(super) fn one_step(text: &str) -> serde_json::Value {
    json!({
        "id": "own",
        "name": "Our own",
        "kind": "quote_follow_up",
        "enters_on": [{ "on": "quote.sent" }],
        "steps": [
            {
                "id": "first",
                "wait": { "after": { "minutes": 60 } },
                "does": { "message": { "channel": { "first_of": ["sms"] }, "variants": [{ "id": "a", "texts": { "en": text } }] } }
            }
        ]
    })
}
