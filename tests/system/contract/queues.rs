//! A record on a queue that speaks for one tenant and names another's things changes nothing of the other's.
//!
//! No one but the functions may write to the queues; this is the wall behind that wall. Every queue of the template has a
//! case here; a new one without fails.

use std::collections::BTreeSet;
use std::fs;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::types::QueueAttributeName;
use domain::events::{Event, EventKind};
use domain::identity::Actor;
use domain::ids::OutsideCalendarId;
use domain::scheduling::{CalendarHealth, CalendarKind, OutsideCalendar};
use domain::tenancy::Plan;
use domain::{ContactId, EventId, TenantId};
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::Trace;

use crate::stage::{Tenant, eventually, inbound_sms, number, root, stage, unique};

/// The queues of the template that functions work off.
pub fn queues() -> Vec<String> {
    let template = fs::read_to_string(root().join("template.yaml")).unwrap();
    let stack = "Queue:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: infra/queue.yaml\n";
    let mut names: Vec<String> =
        template.split(stack).filter_map(|before| Some(before.rsplit_once("\n  ")?.1.to_owned())).collect();
    names.pop();
    names
}

/// What another tenant has.
struct Theirs {
    tenant: Tenant,
    number: String,
    contact: ContactId,
    message: domain::messaging::MessageRef,
    invitation: String,
    export: String,
    import: String,
    delivery: String,
    calendar: String,
    document: String,
    campaign: domain::ids::CampaignId,
}

impl Theirs {
    fn new() -> Self {
        let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
        let owner = tenant.person("admin");
        let number = number();
        let said = tenant.sms(&number, "Do you repair roofs?");
        let reply = tenant.sent_reply(&said);
        let contact = tenant.lead(said.lead()).contact;
        // What they asked was heard: that a lead was opened, and that they wrote.
        eventually("their journey", || {
            let journey = tenant.get(&format!("/v1/contacts/{contact}/journey"));
            let journey: Value = serde_json::from_str(&journey.body).unwrap_or_default();
            (journey["seen"].as_array()?.len() >= 2).then_some(())
        });
        // And counted: that the lead came, what they asked, and that the answer left.
        eventually("their figures", || {
            let insights: Value = serde_json::from_str(&tenant.get("/v1/insights").body).unwrap_or_default();
            let figures = ["leads", "messages_in", "answered"].map(|figure| insights["totals"][figure].clone());
            (figures == [1, 1, 1].map(Value::from)).then_some(())
        });
        let made = |path: &str, body: Value| -> String {
            let answer = owner.call("POST", path, &[], &body.to_string());
            let made: Value = serde_json::from_str(&answer.body).unwrap();
            made["id"].as_str().unwrap_or_else(|| panic!("POST {path}: {}", answer.body)).to_owned()
        };
        let invitation =
            made("/v1/invitations", json!({"email": format!("{}@example.com", unique()), "role": "agent"}));
        let export = made("/v1/exports", json!({}));
        eventually("the export", || {
            let answer = owner.call("GET", &format!("/v1/exports/{export}"), &[], "");
            let job: Value = serde_json::from_str(&answer.body).unwrap();
            (job["status"] == "done").then_some(())
        });
        let import = made("/v1/contact-imports", json!({"mapping": {"name": ["Name"]}, "bytes": 8}));
        let webhook = made("/v1/webhooks", json!({"url": "http://127.0.0.1:9/", "events": ["review.received"]}));
        let delivery = made(&format!("/v1/webhooks/{webhook}/test"), json!({}));
        let calendar = connected(&tenant.id()).to_string();
        // Its file never comes.
        let document = json!({"name": "Prices.txt", "bytes": 9}).to_string();
        let document = owner.call("POST", "/v1/knowledge/documents", &[], &document);
        let document: Value = serde_json::from_str(&document.body).unwrap();
        let document = document["document"]["id"].as_str().unwrap().to_owned();
        let campaign = super::isolation::furnished::campaign(&tenant.id());
        // It fits no one: there is no one who agreed to advertising.
        eventually("the campaign that fits no one", || {
            let read = stage().block_on(stage().store.campaigns().get(&tenant.id(), campaign)).unwrap().value;
            read.state.is_over().then_some(())
        });
        // No one listens there: it is tried at once and 5 s later, and then not for minutes.
        eventually("two tries", || {
            let log = owner.call("GET", &format!("/v1/webhooks/{webhook}/deliveries"), &[], "");
            let log: Value = serde_json::from_str(&log.body).unwrap_or_default();
            (log["items"][0]["tries"].as_array()?.len() >= 2).then_some(())
        });
        let message = reply.reference;
        Self { tenant, number, contact, message, invitation, export, import, delivery, calendar, document, campaign }
    }

    /// Everything that is theirs, but for what reading it changes, and what the stack's own schedules write for every business.
    fn items(&self) -> BTreeSet<String> {
        let dynamo = aws_sdk_dynamodb::Client::new(&stage().aws);
        let prefix = AttributeValue::S(format!("T#{}#", self.tenant.id()));
        let scan = dynamo.scan().table_name(stage().output("TableName")).consistent_read(true);
        let scan = scan.filter_expression("begins_with(pk, :prefix)").expression_attribute_values(":prefix", prefix);
        stage().block_on(async {
            let mut pages = scan.into_paginator().items().send();
            let mut items = BTreeSet::new();
            while let Some(item) = pages.next().await {
                let mut item = item.unwrap();
                let is_of_a_schedule = |entity: &String| {
                    ["benchmark_own", "knowledge_week", "knowledge_gap", "usage total"].contains(&entity.as_str())
                };
                if item.get("entity").and_then(|entity| entity.as_s().ok()).is_some_and(is_of_a_schedule) {
                    continue;
                }
                // A key's own item notes its use: this test reads with one.
                item.retain(|name, _| !matches!(name.as_str(), "tat" | "last_used_at"));
                items.insert(canonical(&AttributeValue::M(item)));
            }
            items
        })
    }
}

/// The same text for the same value: maps have no order.
fn canonical(value: &AttributeValue) -> String {
    match value {
        AttributeValue::M(fields) => {
            let fields: BTreeSet<String> =
                fields.iter().map(|(name, value)| format!("{name}: {}", canonical(value))).collect();
            format!("{fields:?}")
        }
        AttributeValue::L(items) => format!("{:?}", items.iter().map(canonical).collect::<Vec<_>>()),
        scalar => format!("{scalar:?}"),
    }
}

/// A calendar that is not to be read for a year.
fn connected(tenant: &TenantId) -> OutsideCalendarId {
    let (id, at) = (OutsideCalendarId::derive(tenant, &["theirs"]), runtime::clock::now());
    let health = CalendarHealth { next_at: at + SignedDuration::from_hours(8760), ..CalendarHealth::default() };
    let (name, host, kind) = ("Ana".to_owned(), "127.0.0.1".to_owned(), CalendarKind::Feed);
    let (account, closing) = (None, None);
    let calendar = OutsideCalendar { id, name, kind, resource: None, host, health, account, closing, created_at: at };
    let trace = Trace { actor: Actor::Operator, at, address: None, correlation_id: unique() };
    let (key, url) = (stage().output("CredentialsKeyId"), "http://127.0.0.1:9/".into());
    let calendars = stage().store.outside_calendars();
    stage().block_on(calendars.connect(key, tenant, &calendar, Some(&url), &trace)).unwrap().value.id
}

/// An event as the bus hands it on.
fn envelope(tenant: &TenantId, kind: EventKind) -> String {
    let id = EventId::derive(tenant, &[&unique()]);
    let event = Event { id, tenant: tenant.clone(), at: runtime::clock::now(), correlation_id: unique(), kind };
    json!({"detail-type": event.kind.name(), "source": "porchlight", "detail": event}).to_string()
}

/// A record of `queue` that speaks for `ours` and names what is theirs.
fn record(queue: &str, ours: &TenantId, theirs: &Theirs) -> String {
    match queue {
        "Inbound" => serde_json::to_string(&inbound_sms(ours.clone(), &theirs.number, "Hello")).unwrap(),
        "Outbound" => {
            let (message, contact) = (theirs.message, theirs.contact);
            envelope(ours, EventKind::MessageQueued { message, channel: domain::messaging::Channel::Sms, contact })
        }
        "ReceivedFiles" => {
            envelope(ours, EventKind::FilesReceived { message: theirs.message, contact: theirs.contact })
        }
        "Waitlist" => {
            let appointment = domain::ids::AppointmentId::derive(&theirs.tenant.id(), &["theirs"]);
            envelope(ours, EventKind::AppointmentCancelled { contact: theirs.contact, appointment })
        }
        "CampaignEvents" => {
            let appointment = domain::ids::AppointmentId::derive(&theirs.tenant.id(), &["theirs"]);
            envelope(ours, EventKind::JobCompleted { contact: theirs.contact, appointment })
        }
        "InsightEvents" => {
            let message = theirs.message;
            envelope(ours, EventKind::MessageSent { message, channel: domain::messaging::Channel::Sms })
        }
        "CampaignDrafts" => envelope(ours, EventKind::CampaignDrafted { campaign: theirs.campaign, automatic: false }),
        "Summaries" => {
            let conversation = theirs.message.conversation;
            envelope(ours, EventKind::SummaryDue { conversation, messages: 2 })
        }
        "JourneyEvents" => envelope(ours, EventKind::CallReceived { contact: theirs.contact }),
        "SequenceSteps" => {
            let journey = stage().block_on(stage().store.journeys().get(&theirs.tenant.id(), theirs.contact)).unwrap();
            let point = journey.unwrap().due_steps(ours).remove(0);
            serde_json::to_string(&point).unwrap()
        }
        "AccountMail" => json!({"kind": "invitation", "tenant": ours, "invitation": theirs.invitation}).to_string(),
        "DataRights" => json!({"tenant": ours, "job": theirs.export, "turn": 1}).to_string(),
        "Knowledge" => json!({"tenant": ours, "document": theirs.document}).to_string(),
        "Imports" => json!({"tenant": ours, "import": theirs.import, "offset": 0}).to_string(),
        "Webhooks" => {
            let delivery = domain::ids::WebhookDeliveryId::parse(&theirs.delivery).unwrap();
            let due = runtime::clock::now();
            json!({"tenant": ours, "delivery": delivery, "tried": 0, "due": due}).to_string()
        }
        "Calendars" => {
            let (calendar, due) = (&theirs.calendar, runtime::clock::now());
            json!({"tenant": ours, "calendar": calendar, "due": due}).to_string()
        }
        "OrderMail" => {
            let order = domain::ids::PurchaseOrderId::derive(&theirs.tenant.id(), &["theirs"]);
            let digest = domain::ids::OrderDigest::derive(&theirs.tenant.id(), &["theirs"]);
            envelope(ours, EventKind::OrderReady { order, digest })
        }
        "OrderDocuments" => {
            let order = domain::ids::PurchaseOrderId::derive(&theirs.tenant.id(), &["theirs"]);
            let digest = domain::ids::OrderDigest::derive(&theirs.tenant.id(), &["theirs"]);
            envelope(ours, EventKind::OrderDrafted { order, digest })
        }
        "TenantJobs" => json!({"chore": "usage_reset", "tenant": ours, "month": "2026-10"}).to_string(),
        // It names no business at all, and a night without contributions.
        "Aggregate" => json!({"step": "shard", "day": "2020-01-01", "shard": 3}).to_string(),
        // Nor does this, and no review was begun in that night.
        "PromptReviews" => json!({"task": "suggest", "night": "2020-01-01"}).to_string(),
        // It names nothing but its tenant.
        "WeatherChecks" => json!({"tenant": ours, "period": "2026-11-30"}).to_string(),
        other => panic!("say in this test what a record of {other} looks like that names another tenant's things"),
    }
}

fn is_empty(queue: &str) -> bool {
    use QueueAttributeName::{ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible};
    let sqs = aws_sdk_sqs::Client::new(&stage().aws);
    let url = stage().output(&format!("{queue}QueueUrl"));
    let asked = sqs.get_queue_attributes().queue_url(url);
    let asked =
        asked.attribute_names(ApproximateNumberOfMessages).attribute_names(ApproximateNumberOfMessagesNotVisible);
    let answer = stage().block_on(asked.send()).unwrap();
    answer.attributes.unwrap_or_default().values().all(|count| count == "0")
}

#[test]
fn a_record_that_names_another_tenants_things_changes_nothing_of_theirs() {
    let queues = queues();
    assert!(queues.len() >= 7, "{queues:?}");
    let ours = Tenant::opened(|_| {}).id();
    let theirs = Theirs::new();
    let before = theirs.items();
    let sqs = aws_sdk_sqs::Client::new(&stage().aws);
    for queue in &queues {
        let url = stage().output(&format!("{queue}QueueUrl"));
        let mut send = sqs.send_message().queue_url(url).message_body(record(queue, &ours, &theirs));
        if url.ends_with(".fifo") {
            send = send.message_group_id(unique()).message_deduplication_id(unique());
        }
        stage().block_on(send.send()).unwrap();
    }
    for queue in &queues {
        eventually(&format!("{queue} to be worked off"), || is_empty(queue).then_some(()));
    }
    let after = theirs.items();
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
