//! A sample of every kind of item of this context: webhooks.

use domain::EventId;
use domain::ids::WebhookDeliveryId;
use domain::webhooks::{Webhook, WebhookDelivery};
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let acme = acme();
    let own = keys::of(&acme);
    vec![
        ("webhook", own.document("webhook", ID), "T#acme#WEBHOOK|{id}"),
        (
            "webhook_delivery",
            own.webhook_delivery(WebhookDeliveryId::parse(ID).unwrap()),
            "T#acme#WEBHOOK_DELIVERY#{id}|DELIVERY",
        ),
        ("report", own.report(EventId::parse(ID).unwrap()), "T#acme#REPORT#{id}|REPORT"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<Webhook>(
            "webhook",
            json!({
                "id": ID, "url": "https://hooks.example.com", "enabled": false, "created_at": AT,
                "disabled": {"at": AT, "why": "gone"}, "events": ["lead.created"], "description": "CRM", "failing_since": AT,
                "secrets": [{"number": 1}], "told": ["owner@example.com"],
            }),
        ),
        stored::<WebhookDelivery>(
            "webhook_delivery",
            json!({
                "id": ID, "webhook": ID, "event": ID, "name": "lead.created", "body": "{}", "state": "pending",
                "created_at": AT, "next_at": AT, "tries": [{"at": AT, "duration_ms": 84, "answer": "busy"}], "tries_before": 1,
            }),
        ),
    ]
}
