//! What is posted: an event in its public form.
//!
//! Nothing leaves that the event's declaration does not name (`shows` in `events::kinds`): ids and states, never what
//! someone wrote.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::TenantId;
use crate::events::Event;
use crate::ids::WebhookId;

/// The name of the event that a test sends. It never comes by the bus.
pub const TEST: &str = "webhook.test";

/// What is posted to a webhook, as Standard Webhooks advises: `type`, `timestamp` and `data`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The event's id, which is also `webhook-id`.
    pub id: String,
    /// The event's name.
    #[serde(rename = "type")]
    pub name: String,
    /// When it happened (UTC).
    pub timestamp: Timestamp,
    /// The tenant.
    pub tenant: TenantId,
    /// Whether a key for tests caused it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
    /// What may be known of it.
    pub data: Map<String, Value>,
}

impl Message {
    /// The public form of an event; `None`: it does not leave.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let shown = event.kind.shows()?;
        let whole = serde_json::to_value(&event.kind).ok()?;
        let fields = whole.get("data").and_then(Value::as_object)?;
        let data = fields.iter().filter(|(name, value)| shown.contains(&name.as_str()) && !value.is_null());
        Some(Self {
            id: event.id.to_string(),
            name: event.kind.name().to_owned(),
            timestamp: event.at,
            tenant: event.tenant.clone(),
            test: event.is_test(),
            data: data.map(|(name, value)| (name.clone(), value.clone())).collect(),
        })
    }

    /// What a test sends.
    #[must_use]
    pub fn test(id: &str, tenant: &TenantId, webhook: WebhookId, now: Timestamp) -> Self {
        Self {
            id: id.to_owned(),
            name: TEST.to_owned(),
            timestamp: now,
            tenant: tenant.clone(),
            test: false,
            data: Map::from_iter([("webhook".to_owned(), json!(webhook))]),
        }
    }

    /// The body of the request. It is stored as it is, so that every try sends the same bytes.
    #[must_use]
    pub fn body(&self) -> String {
        // Names, ids and numbers: there is nothing in it that JSON cannot say.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::EventKind;
    use crate::identity::KeyMode;
    use crate::ids::QuoteId;
    use crate::messaging::{Channel, DeliveryState, MessageRef};
    use crate::{ContactId, ConversationId, EventId, LeadId, MessageId};

    fn event(kind: EventKind) -> Event {
        let tenant = TenantId::new("acme").unwrap();
        let at = "2026-11-20T12:00:00Z".parse().unwrap();
        Event { id: EventId::derive(&tenant, &["e"]), tenant, at, correlation_id: "secret-id".into(), kind }
    }

    fn message() -> MessageRef {
        let tenant = TenantId::new("acme").unwrap();
        MessageRef {
            conversation: ConversationId::derive(&tenant, &["t"]),
            at: Timestamp::UNIX_EPOCH,
            message: MessageId::derive(&tenant, &["m"]),
        }
    }

    #[test]
    fn what_an_event_does_not_show_does_not_leave() {
        let tenant = TenantId::new("acme").unwrap();
        let (contact, quote) = (ContactId::derive(&tenant, &["c"]), QuoteId::derive(&tenant, &["q"]));
        let sent = EventKind::QuoteSent {
            contact,
            quote,
            service: Some("A private thing".into()),
            amount: None,
            link: Some("https://example.com/q/secret".into()),
            expires_at: None,
        };
        let said = EventKind::BookingRequested { lead: LeadId::derive(&tenant, &["l"]), time: "at my mother's".into() };
        let failed = EventKind::MessageNotSent {
            message: message(),
            channel: Channel::Sms,
            state: DeliveryState::Failed,
            reason: "words of a vendor".into(),
        };
        for kind in [sent, said, failed] {
            let body = Message::of(&event(kind)).unwrap().body();
            for private in ["private", "secret", "mother", "words"] {
                assert!(!body.contains(private), "{body}");
            }
        }
    }

    #[test]
    fn an_event_that_declares_nothing_does_not_leave_at_all() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let queued = EventKind::MessageQueued { message: message(), channel: Channel::Sms, contact };
        assert_eq!(Message::of(&event(queued)), None);
        assert!(!EventKind::PUBLIC.contains(&"message.queued"));
    }

    #[test]
    fn a_body_has_type_timestamp_and_data() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let body = Message::of(&event(EventKind::PricingVisited { contact })).unwrap().body();
        let expected = json!({
            "id": EventId::derive(&TenantId::new("acme").unwrap(), &["e"]), "type": "pricing.visited",
            "timestamp": "2026-11-20T12:00:00Z", "tenant": "acme", "data": {"contact": contact},
        });
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
    }

    #[test]
    fn what_a_key_for_tests_caused_says_so() {
        let contact = ContactId::derive(&TenantId::new("acme").unwrap(), &["c"]);
        let live = event(EventKind::PricingVisited { contact });
        let test = Event { correlation_id: KeyMode::Test.mark("id".to_owned()), ..live.clone() };
        let said = |event: &Event| serde_json::from_str::<Value>(&Message::of(event).unwrap().body()).unwrap();
        assert_eq!((&said(&test)["test"], said(&live).get("test")), (&json!(true), None));
    }
}
