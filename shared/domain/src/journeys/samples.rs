//! One person and their way with the business, for tests.

use serde_json::json;

use super::{Journey, JourneyContext, Run, Sequence, Subject};
use crate::ids::{AppointmentId, InvoiceId, QuoteId, RunId};
use crate::journeys::Person;
use crate::leads::Contact;
use crate::messaging::{Channel, OptOutState};
use crate::samples;
use crate::tenancy::Tenant;

/// Ana López, known by number and e-mail address, who once sent a text message; her lead is new.
pub(super) fn person(tenant: &Tenant) -> Person {
    let lead = samples::lead(tenant);
    let contact: Contact = serde_json::from_value(json!({
        "id": lead.contact, "name": "Ana López",
        "addresses": [
            { "kind": "phone", "value": "+13035550142" }, { "kind": "email", "value": "ana@example.com" }
        ],
        "created_at": "2026-11-20T17:00:00Z", "version": 1
    }))
    .unwrap();
    let opt_out_state = OptOutState { heard: [(Channel::Sms, contact.created_at)].into(), ..OptOutState::default() };
    Person { contact, lead, threads: Vec::new(), opt_out_state, journey: None }
}

/// Her journey with a quote, an appointment and an invoice of which all is known.
pub(super) fn journey(tenant: &Tenant) -> Journey {
    let mut journey = Journey::begin(samples::lead(tenant).contact, "2026-11-20T17:00:00Z".parse().unwrap());
    let amount = json!({ "cents": 125_050, "currency": "USD" });
    journey.quotes = serde_json::from_value(json!([{
        "id": quote(tenant), "state": "sent", "sent_at": "2026-11-20T17:00:00Z", "service": "roof-repair",
        "amount": amount, "link": "https://q.example.com/1", "expires_at": "2026-12-01T18:00:00Z"
    }]))
    .unwrap();
    journey.appointments = serde_json::from_value(json!([{
        "id": appointment(tenant), "state": "booked", "starts_at": "2026-12-01T17:00:00Z",
        "ends_at": "2026-12-01T18:00:00Z", "agreed_at": "2026-11-20T17:00:00Z", "service": "Chimney sweep",
        "eta": "2026-12-01T17:30:00Z"
    }]))
    .unwrap();
    journey.invoices = serde_json::from_value(json!([{
        "id": invoice(tenant), "state": "issued", "amount": amount, "due_at": "2026-12-15T12:00:00Z",
        "link": "https://pay.example.com/1"
    }]))
    .unwrap();
    journey
}

pub(super) fn quote(tenant: &Tenant) -> QuoteId {
    QuoteId::derive(&tenant.id, &["q"])
}

pub(super) fn appointment(tenant: &Tenant) -> AppointmentId {
    AppointmentId::derive(&tenant.id, &["a"])
}

pub(super) fn invoice(tenant: &Tenant) -> InvoiceId {
    InvoiceId::derive(&tenant.id, &["i"])
}

/// An enrollment in the shipped follow-up of quotes, about `subject`.
pub(super) fn run(tenant: &Tenant, subject: Subject) -> Run {
    serde_json::from_value(json!({
        "id": RunId::derive(&tenant.id, &["r"]), "sequence": "quote-follow-up", "subject": subject,
        "started_at": "2026-11-20T17:00:00Z", "step": "day-1", "due": "2026-11-21T23:00:00Z"
    }))
    .unwrap()
}

pub(super) fn journey_context<'a>(
    tenant: &'a Tenant,
    person: &'a Person,
    sequences: &'a [Sequence],
) -> JourneyContext<'a> {
    JourneyContext { tenant, person, sequences, visit_link: None }
}
