//! A shop before weather, its customers, and a worker that does the work of its campaigns.

use aws_sdk_sqs::Client as Sqs;
use domain::campaigns::{
    Approver, Campaign, CampaignStep, CampaignText, InviteeState, Proposal, Proposed, WeatherRule,
};
use domain::events::{Event, EventKind};
use domain::ids::{AppointmentId, CampaignId};
use domain::journeys::{ConsentRecord, Journey};
use domain::messaging::{Channel, Purpose};
use domain::scheduling::Resource;
use domain::tenancy::{Language, Tenant};
use domain::{ContactId, EventId, Failure};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use runtime::queue::{Queue, Work};
use serde_json::{from_value, json};
use std::collections::BTreeMap;
use store::{Store, Trace};
use worker_campaigns::Campaigns;

use crate::appointments::shop;
use crate::mortal::Life;
use crate::queues::{drain, queue};
use crate::stage::{Stage, message, phone, plain, text_of, trace};

/// Ten in the morning in Denver on a Monday, ten days after everybody wrote.
pub fn monday() -> Timestamp {
    "2026-11-30T17:00:00Z".parse().unwrap()
}

pub fn today() -> Date {
    date(2026, 11, 30)
}

/// A shop whose customers agreed to advertising and were served long ago.
pub struct Season {
    pub stage: Stage,
    pub tenant: Tenant,
    pub contacts: Vec<ContactId>,
    pub sqs: Sqs,
    pub url: String,
}

impl Season {
    /// With so many customers, and so many visits a day at most.
    pub async fn begun(customers: u32, most_a_day: u32) -> Self {
        let (stage, mut tenant) = (Stage::new().await, shop());
        tenant.channels.sms = from_value(json!({"account_sid": "AC1", "from": "+13035550150"})).unwrap();
        tenant.services[0].booking.as_mut().unwrap().most_a_day = Some(most_a_day);
        tenant.services[0].price = from_value(json!({"from_cents": 35_000})).unwrap();
        stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
        let ana: Resource = from_value(json!({"id": "ana", "name": "ana", "kind": "person"})).unwrap();
        stage.store.documents().create(&tenant.id, &ana, &trace()).await.unwrap();
        let mut contacts = Vec::new();
        for n in 1..=customers {
            let said = stage.say(&message(&format!("m{n}"), &phone(n), i64::from(n)), plain()).await;
            contacts.push(said.lead.contact);
        }
        let sqs = Sqs::new(&stage.aws);
        let url = queue(&sqs, false).await;
        let season = Self { stage, tenant, contacts, sqs, url };
        for contact in &season.contacts {
            season.change(*contact, served_long_ago).await;
        }
        season
    }

    pub async fn change(&self, contact: ContactId, change: impl FnOnce(&mut Journey)) {
        let journeys = self.store().journeys();
        let read = journeys.of(&self.tenant.id, contact).await.unwrap().version;
        journeys.change(&self.tenant.id, contact, read, change, &trace()).await.unwrap();
    }

    pub fn store(&self) -> &Store {
        &self.stage.store
    }

    pub fn worker(&self) -> Campaigns {
        Campaigns { store: self.stage.cold(), queue: Queue::new(self.sqs.clone(), self.url.clone()) }
    }

    /// A worker that lives so long.
    pub fn mortal(&self, life: &Life) -> Campaigns {
        let aws = life.aws(&self.stage);
        Campaigns {
            store: Store::new(&aws, self.stage.table.clone()),
            queue: Queue::new(Sqs::new(&aws), self.url.clone()),
        }
    }

    pub async fn propose(&self, event: &str, first_day: Date) -> CampaignId {
        match self.store().campaigns().propose(&self.tenant, &proposal(event, first_day), monday()).await.unwrap() {
            Proposed::New(id) => id,
            other => panic!("{other:?}"),
        }
    }

    pub async fn hears(&self, worker: &Campaigns, kind: EventKind, now: Timestamp) -> Result<(), Failure> {
        let id = EventId::derive(&self.tenant.id, &[kind.name(), &now.to_string()]);
        let event = Event { id, tenant: self.tenant.id.clone(), at: now, correlation_id: "c".to_owned(), kind };
        worker.work(&Work::Event(Box::new(event)), now).await
    }

    /// Does what the worker has put on its queue, until nothing is left there.
    pub async fn finish(&self, worker: &Campaigns, now: Timestamp) {
        for _ in 0..40 {
            let steps = drain(&self.sqs, &self.url).await;
            if steps.is_empty() {
                return;
            }
            for step in steps {
                let step: CampaignStep = serde_json::from_str(&step.body.unwrap()).unwrap();
                worker.work(&Work::Due(step), now).await.unwrap();
            }
        }
        panic!("the work does not end");
    }

    /// A campaign that waits for a yes.
    pub async fn ready(&self, event: &str, first_day: Date) -> CampaignId {
        let (id, worker) = (self.propose(event, first_day).await, self.worker());
        self.hears(&worker, EventKind::CampaignProposed { campaign: id }, monday()).await.unwrap();
        self.finish(&worker, monday()).await;
        self.store().campaigns().set_draft(&self.tenant.id, id, texts(), monday()).await.unwrap();
        id
    }

    pub async fn approved(&self, event: &str, first_day: Date) -> CampaignId {
        let id = self.ready(event, first_day).await;
        let by = Trace { at: monday(), ..trace() };
        let approver = Approver::Actor(by.actor.clone());
        self.store().campaigns().approve(&self.tenant, id, &approver, &by).await.unwrap();
        id
    }

    pub async fn day(&self, id: CampaignId, now: Timestamp) {
        let worker = self.worker();
        let day = now.to_zoned(self.tenant.time_zone()).date();
        self.hears(&worker, EventKind::CampaignDayDue { campaign: id, day }, now).await.unwrap();
        self.finish(&worker, now).await;
    }

    pub async fn campaign(&self, id: CampaignId) -> Campaign {
        self.store().campaigns().get(&self.tenant.id, id).await.unwrap().value
    }

    pub async fn who_is(&self, id: CampaignId, state: InviteeState) -> Vec<ContactId> {
        let page = self.store().campaigns().invitees(&self.tenant.id, id, state, 100, None).await.unwrap();
        page.items.iter().map(|invitee| invitee.contact).collect()
    }

    /// To whom a campaign's messages are queued: the threads of these.
    pub async fn messages(&self, id: CampaignId) -> Vec<String> {
        let messages = self.stage.entities("message").await;
        let is_its = |item: &&crate::stage::Item| {
            let touch = item.get("touch").and_then(|touch| touch.as_m().ok());
            touch.is_some_and(|touch| touch.get("campaign").and_then(|own| own.as_s().ok()) == Some(&id.to_string()))
        };
        messages.iter().filter(is_its).map(|item| text_of(item, "pk").to_owned()).collect()
    }

    pub async fn told(&self, name: &str) -> usize {
        let far = "2027-11-30T17:00:00Z".parse().unwrap();
        let rows = self.stage.overdue_rows(far, 50).await;
        rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == name).count()
    }
}

pub fn served_long_ago(journey: &mut Journey) {
    let at: Timestamp = "2024-07-01T17:00:00Z".parse().unwrap();
    let id = AppointmentId::derive(&domain::TenantId::new("acme").unwrap(), &[&journey.contact.to_string()]);
    journey.appointments = from_value(json!([{
        "id": id, "state": "completed", "starts_at": at, "ends_at": at, "agreed_at": at, "service": "Roof repair",
    }]))
    .unwrap();
    journey.record_consent(ConsentRecord {
        channel: Channel::Sms,
        purpose: Purpose::Marketing,
        granted: true,
        at,
        evidence: "Ticked the box".to_owned(),
    });
}

pub fn rule() -> WeatherRule {
    from_value(json!({
        "id": "cold-snap", "name": "Cold snap", "condition": "cold_snap", "thresholds": {"low_below_tenths_c": -67},
        "days": 2, "lead_days": 3, "services": ["roof-repair"], "keep_free_percent": 0,
        "audience": {"last_visit_over_days": 365, "not_invited_for_days": 0},
    }))
    .unwrap()
}

pub fn proposal(event: &str, first_day: Date) -> Proposal {
    Proposal {
        rule: rule(),
        event: event.to_owned(),
        condition: rule().condition,
        first_day,
        last_day: first_day.tomorrow().unwrap(),
        peak: Some(-90),
        hail_tenths_mm: None,
        location: None,
        place: None,
    }
}

pub fn texts() -> BTreeMap<Language, CampaignText> {
    let body = "Hi {name}, {business} here: it gets cold from {first_day} on. Shall we look at your roof? Reply YES."
        .to_owned();
    BTreeMap::from([(Language::english(), CampaignText { subject: None, body })])
}
