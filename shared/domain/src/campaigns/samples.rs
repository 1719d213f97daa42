//! A heat wave in Denver, and a roofer's customers, for tests.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::json;

use super::{Campaign, Invitee, Proposal, WeatherRule};
use crate::journeys::{ConsentRecord, Journey, Person};
use crate::messaging::{Channel, OptOutState, Purpose};
use crate::samples;
use crate::tenancy::Tenant;

/// Ten in the morning in Denver, on the Monday before the weather.
pub(super) fn monday() -> Timestamp {
    "2026-07-13T16:00:00Z".parse().unwrap()
}

pub(super) fn today() -> Date {
    date(2026, 7, 13)
}

/// The roofer, whose inspections a calendar books.
pub(super) fn shop() -> Tenant {
    let mut tenant = samples::roofer();
    let rules = json!({"needs": [{"kind": "person"}], "lead_minutes": 0, "every_minutes": 30});
    tenant.services[0].booking = Some(serde_json::from_value(rules).unwrap());
    tenant
}

pub(super) fn rule() -> WeatherRule {
    serde_json::from_value(json!({
        "id": "heat-wave", "name": "Heat wave", "condition": "heat_wave",
        "thresholds": {"high_above_tenths_c": 350}, "days": 3, "lead_days": 3, "services": ["roof-inspection"],
    }))
    .unwrap()
}

/// From Thursday to Saturday.
pub(super) fn proposal() -> Proposal {
    Proposal {
        rule: rule(),
        event: "heat-wave@39.7,-105:2026-07-16".to_owned(),
        condition: rule().condition,
        first_day: date(2026, 7, 16),
        last_day: date(2026, 7, 18),
        peak: Some(372),
        hail_tenths_mm: None,
        location: None,
        place: Some("Denver".to_owned()),
    }
}

pub(super) fn campaign(tenant: &Tenant) -> Campaign {
    proposal().begin(tenant, &tenant.time_zone(), monday()).unwrap().0
}

/// Ana López, who agreed to advertising by text message and had an inspection two years ago.
pub(super) fn person(tenant: &Tenant) -> Person {
    let lead = samples::lead(tenant);
    let contact: crate::leads::Contact = serde_json::from_value(json!({
        "id": lead.contact, "name": "Ana López",
        "addresses": [{ "kind": "phone", "value": "+13035550142", "strength": "proven" }],
        "created_at": "2024-05-20T17:00:00Z", "version": 1
    }))
    .unwrap();
    let mut journey = Journey::begin(contact.id, contact.created_at);
    journey.appointments = serde_json::from_value(json!([{
        "id": crate::ids::AppointmentId::derive(&tenant.id, &["a"]), "state": "completed",
        "starts_at": "2024-07-01T16:00:00Z", "ends_at": "2024-07-01T17:00:00Z",
        "agreed_at": "2024-07-01T17:00:00Z", "service": "Roof inspection",
    }]))
    .unwrap();
    journey.record_consent(ConsentRecord {
        channel: Channel::Sms,
        purpose: Purpose::Marketing,
        granted: true,
        at: contact.created_at,
        evidence: "Ticked the box on the form".to_owned(),
    });
    let opt_out_state = OptOutState { heard: [(Channel::Sms, contact.created_at)].into(), ..OptOutState::default() };
    Person { contact, lead, threads: Vec::new(), opt_out_state, journey: Some(journey) }
}

pub(super) fn invitee(campaign: &Campaign, person: &Person) -> Invitee {
    let last_visit = "2024-07-01T17:00:00Z".parse().ok();
    Invitee::waiting(campaign.id, person.contact.id, 742, last_visit)
}
