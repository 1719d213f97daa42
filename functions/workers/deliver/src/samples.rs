//! Loaded send for the tests: invented, and as the table gives them.

use domain::TenantId;
use domain::conversations::Message;
use domain::events::EventKind;
use domain::journeys::Journey;
use domain::messaging::{Channel, OptOutState};
use domain::tenancy::Tenant;
use domain::{ContactId, ConversationId, MessageId};
use serde_json::json;
use store::LoadedSend;

pub(crate) fn tenant() -> Tenant {
    serde_json::from_value(json!({
        "id": "acme", "name": "Acme Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "hours": {}, "services": [],
        "notify": ["owner@acme.example.com"],
    }))
    .unwrap()
}

/// A reply that waits to be sent.
pub(crate) fn message(channel: Channel) -> Message {
    let tenant = TenantId::new("acme").unwrap();
    let reference = json!({
        "conversation": ConversationId::derive(&tenant, &["c"]),
        "at": "2026-11-20T18:00:00Z",
        "message": MessageId::derive(&tenant, &["m"]),
    });
    let to = json!({ "kind": "phone", "value": "+14155550101" });
    serde_json::from_value(json!({
        "ref": reference,
        "lead": "00000000-0000-5000-8000-000000000000",
        "role": "assistant",
        "channel": channel,
        "text": "See you at 9",
        "delivery": { "to": to, "state": "queued", "changed_at": "2026-11-20T18:00:00Z" },
        "correlation_id": "corr-1",
    }))
    .unwrap()
}

/// An outreach message that waits to be sent, and the journey in which it waits.
pub(crate) fn outreach_loaded_send() -> LoadedSend {
    let outreach = json!({
        "kind": "review_request",
        "due": "2026-11-20T18:00:00Z",
        "expires_at": "2026-11-23T18:00:00Z",
    });
    let message = Message { outreach: serde_json::from_value(outreach).unwrap(), ..message(Channel::Sms) };
    let mut journey = Journey::begin(contact(), message.reference.at);
    journey.queued(&message, message.reference.at);
    let opt_out_state = OptOutState::default();
    LoadedSend { message, contact: None, opt_out_state, journey: Some(journey), with_staff: false, owner: contact() }
}

pub(crate) fn contact() -> ContactId {
    ContactId::derive(&TenantId::new("acme").unwrap(), &["p"])
}

/// The event that brought a message.
pub(crate) fn queued(message: &Message) -> EventKind {
    EventKind::MessageQueued { message: message.reference, channel: message.channel, contact: contact() }
}
