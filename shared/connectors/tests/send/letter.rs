//! Messages on their way out. Nothing can be sent that the gate did not clear, so the real gate clears these.

use connectors::send::{Form, Outgoing};
use domain::conversations::Message;
use domain::journeys::{Ruling, SendContext, gate};
use domain::leads::Contact;
use domain::messaging::{Address, Channel, MessageRef, OptOutState};
use domain::tenancy::Template;
use domain::tenancy::Tenant;
use domain::{ConversationId, MessageId, TenantId};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A Friday morning in San Francisco, where the numbers are.
const NOW: &str = "2026-11-20T18:00:00Z";

pub(crate) fn reference() -> MessageRef {
    let tenant = TenantId::new("acme").unwrap();
    MessageRef {
        conversation: ConversationId::derive(&tenant, &["c"]),
        at: "2026-11-20T09:30:00.123Z".parse().unwrap(),
        message: MessageId::derive(&tenant, &["m"]),
    }
}

/// An answer to somebody who wrote a moment ago.
pub(crate) fn reply(to: &Address, text: &str) -> Message {
    message(to, text, &json!({ "answers_at": "2026-11-20T17:59:55Z" }), &Value::Null)
}

/// A reminder to somebody who has not written for days, which WhatsApp takes by this template alone.
pub(crate) fn reminder(to: &Address, template: &Template) -> Message {
    let outreach = json!({
        "kind": "appointment_reminder",
        "due": NOW,
        "expires_at": "2026-11-21T18:00:00Z",
        "subject": "Your appointment",
        "template": template,
    });
    message(to, "See you tomorrow at 9", &json!({}), &outreach)
}

fn message(to: &Address, text: &str, delivery: &Value, outreach: &Value) -> Message {
    let channel = match to {
        Address::Email(_) => "email",
        Address::Chat(_) => "chat",
        Address::Phone(_) | Address::WhatsappUser(_) => "whatsapp",
    };
    let mut message = json!({
        "ref": reference(),
        "lead": "00000000-0000-5000-8000-000000000000",
        "role": "assistant",
        "channel": channel,
        "text": text,
        "touch": outreach,
        "delivery": { "to": to, "state": "queued", "changed_at": NOW },
        "correlation_id": "corr-1",
    });
    message["delivery"].as_object_mut().unwrap().extend(delivery.as_object().unwrap().clone());
    serde_json::from_value(message).unwrap()
}

/// Puts `message` before the gate and makes of the clearance what a sender takes. Lives as long as the test.
pub(crate) fn cleared(message: Message, form: Form) -> Outgoing<'static> {
    let now: Timestamp = NOW.parse().unwrap();
    let contact = Box::leak(Box::new(contact(&message.delivery.as_ref().unwrap().to)));
    let send_context = SendContext {
        tenant: Box::leak(Box::new(tenant())),
        message: Box::leak(Box::new(message)),
        contact: Some(contact),
        // They wrote on WhatsApp just now.
        opt_out_state: Box::leak(Box::new(OptOutState {
            heard: [(Channel::Whatsapp, now)].into(),
            ..OptOutState::default()
        })),
        journey: None,
        sent_this_month: 0,
        with_staff: false,
    };
    match gate(&send_context, now) {
        Ruling::Cleared(cleared, _) => Outgoing::new(&cleared, form).unwrap(),
        Ruling::Stopped(verdict) => panic!("{verdict:?}"),
    }
}

fn contact(address: &Address) -> Contact {
    serde_json::from_value(json!({
        "id": "00000000-0000-5000-8000-000000000001",
        "addresses": [address],
        "created_at": "2026-11-01T18:00:00Z",
        "version": 1,
    }))
    .unwrap()
}

/// Has every channel.
fn tenant() -> Tenant {
    serde_json::from_value(json!({
        "id": "acme",
        "name": "Acme Roofing",
        "industry": "roofing",
        "currency": "USD",
        "zone": "America/Los_Angeles",
        "region": "US",
        "language": "en",
        "business": {},
        "hours": {},
        "services": [],
        "notify": ["owner@acme.example.com"],
        "channels": {
            "whatsapp": { "phone_number_id": "106540352242922" },
            "sms": { "account_sid": "AC00000000000000000000000000000001", "from": "+14155550100" },
            "email": { "from": "hello@acme.example.com" },
            "chat": true,
        },
    }))
    .unwrap()
}
