//! A calendar at a scheduler that is connected by a key, and who reads it.

use auth::secrets::hmac_hex;
use aws_config::SdkConfig;
use aws_sdk_sqs::Client as Sqs;
use connectors::calendars::Schedulers;
use connectors::feed::FeedReader;
use connectors::standard_webhooks;
use domain::ContactId;
use domain::conversations::Task;
use domain::ids::{AppointmentId, OutsideCalendarId, ResourceId};
use domain::scheduling::{
    Booking, CalendarAccount, CalendarHealth, CalendarKind, DueCalendar, OutsideCalendar, Span, event_id,
};
use domain::tenancy::Tenant;
use domain::webhooks::Reach;
use jiff::Timestamp;
use lambda_http::{Body, Request};
use runtime::queue::Queue;
use std::collections::BTreeMap;
use store::{AppointmentFilter, Store, Trace};
use url::Url;
use webhook_calendars::CalendarWebhook;
use worker_calendars::Calendars;

use crate::appointments::{hour, is_taken, make, opened};
use crate::queues::{drain, queue};
use crate::schedulers::{Scheduler, TYPE, key};
use crate::stage::{Stage, noon, trace};

/// Ana's event type, and who reads it.
pub struct Connected {
    pub stage: Stage,
    pub tenant: Tenant,
    pub contact: ContactId,
    pub scheduler: Scheduler,
    pub worker: Calendars,
    pub webhook: CalendarWebhook,
    pub id: OutsideCalendarId,
    mails: String,
    pub due: String,
}

fn worker(stage: &Stage, aws: &SdkConfig, mails: String) -> Calendars {
    Calendars {
        store: Store::new(aws, stage.table.clone()),
        reader: FeedReader::new(Reach::Local).unwrap(),
        google: None,
        schedulers: Schedulers::new(Reach::Local).unwrap(),
        kms_key_id: stage.stack.outputs["CredentialsKeyId"].clone(),
        public_url: "https://porchlight.example.com".to_owned(),
        mails: Queue::new(Sqs::new(aws), mails),
    }
}

impl Connected {
    /// Connected by a key, and read for the first time.
    pub async fn new(kind: CalendarKind) -> Self {
        let (stage, tenant, contact) = opened(&["ana"]).await;
        // The worker asks by the business as it is stored whether a visit can be moved.
        stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
        let (scheduler, sqs) = (Scheduler::new(kind).await, Sqs::new(&stage.aws));
        let id = OutsideCalendarId::derive(&tenant.id, &["scheduler"]);
        let calendar = OutsideCalendar {
            id,
            name: "Ana elsewhere".to_owned(),
            kind,
            resource: Some(ResourceId::new("ana").unwrap()),
            host: "127.0.0.1".to_owned(),
            health: CalendarHealth { next_at: noon(0), ..CalendarHealth::default() },
            account: Some(CalendarAccount::default()),
            closing: None,
            created_at: noon(0),
        };
        let kms_key_id = stage.stack.outputs["CredentialsKeyId"].clone();
        let sealed = Schedulers::sealed(&scheduler.server.uri(), &key(kind));
        let calendars = stage.store.outside_calendars();
        calendars.connect(&kms_key_id, &tenant.id, &calendar, Some(&sealed), &trace()).await.unwrap();
        let (mails, due) = (queue(&sqs, false).await, queue(&sqs, false).await);
        let worker = worker(&stage, &stage.aws, mails.clone());
        let webhook = CalendarWebhook { store: stage.cold(), queue: Queue::new(sqs, due.clone()) };
        let it = Self { stage, tenant, contact, scheduler, worker, webhook, id, mails, due };
        assert!(it.read(noon(0)).await.error.unwrap().contains("choose"));
        it
    }

    /// The event type is chosen, and read.
    pub async fn ready(kind: CalendarKind, writes: bool) -> Self {
        let it = Self::new(kind).await;
        let at = Trace { at: noon(10), ..trace() };
        it.stage.store.outside_calendars().choose(&it.tenant.id, it.id, (TYPE, writes), &at).await.unwrap();
        assert_eq!(it.read(noon(10)).await.error, None, "{kind:?}");
        it
    }

    /// A process that reads it, with such an AWS.
    pub fn worker_on(&self, aws: &SdkConfig) -> Calendars {
        worker(&self.stage, aws, self.mails.clone())
    }

    /// The scheduler says that something changed, where it has a webhook, and what that makes due is read.
    pub async fn told(&self, now: Timestamp) {
        let (kind, body) = (self.calendar().await.kind, r#"{"triggerEvent":"BOOKING_CREATED"}"#);
        let hook = self.scheduler.state().hooks.values().next().cloned();
        let Some((address, secret)) = hook else { return };
        let request = message(Url::parse(&address).unwrap().path(), &signed(kind, &secret, body, now), body);
        assert_eq!(self.webhook.handle(&request, now).await.status(), 200, "{kind:?}");
        for record in drain(&Sqs::new(&self.stage.aws), &self.due).await {
            let due: DueCalendar = serde_json::from_str(record.body.as_deref().unwrap()).unwrap();
            self.worker.sync(&due, now).await.unwrap();
        }
    }

    pub async fn calendar(&self) -> OutsideCalendar {
        self.stage.store.documents().get(&self.tenant.id, &self.id.to_string()).await.unwrap().value
    }

    /// Reads the calendar at `now`, whether it is due or not.
    pub async fn read(&self, now: Timestamp) -> CalendarHealth {
        self.sync(now).await;
        self.calendar().await.health
    }

    pub async fn sync(&self, now: Timestamp) {
        let hastened = self.worker.store.outside_calendars().hasten(&self.tenant.id, self.id, now).await.unwrap();
        let due = if hastened.is_some() { hastened } else { self.due(now).await };
        self.worker.sync(&due.expect("it is due"), now).await.unwrap();
    }

    /// What is due at `now` by itself.
    pub async fn due(&self, now: Timestamp) -> Option<DueCalendar> {
        let calendars = self.worker.store.outside_calendars();
        for shard in 0..store::Backlog::SHARDS {
            let (page, _) = calendars.due(shard, now, None, 10).await.unwrap();
            if let Some(due) = page.into_iter().next() {
                return Some(due.what.unwrap());
            }
        }
        None
    }

    pub async fn book(&self, name: &str, at: Timestamp) -> AppointmentId {
        make(&self.stage.store, &self.tenant, self.contact, (name, at, false)).await.unwrap().value.id
    }

    pub async fn is_free(&self, name: &str, at: Timestamp) -> bool {
        match make(&self.stage.store, &self.tenant, self.contact, (name, at, true)).await {
            Ok(_) => true,
            Err(refused) if is_taken(&refused) => false,
            Err(refused) => panic!("{refused}"),
        }
    }

    pub fn event(&self, appointment: AppointmentId) -> String {
        event_id(self.id, appointment)
    }

    pub fn uid(&self, appointment: AppointmentId) -> String {
        self.scheduler.state().uid(&self.event(appointment)).unwrap()
    }

    /// Somebody moves a visit's booking there.
    pub fn drag(&self, appointment: AppointmentId, to: Timestamp) {
        let uid = self.uid(appointment);
        self.scheduler.state().drag(&uid, to);
    }

    pub async fn tasks(&self) -> Vec<Task> {
        self.stage.store.tasks().list(&self.tenant.id, true, 100, None).await.unwrap().items
    }

    /// The visits that take place, by their event's id.
    pub async fn ours(&self) -> BTreeMap<String, Span> {
        let filter = AppointmentFilter { from: noon(0), to: hour(24 * 90), resource: None, state: None };
        let page = self.stage.store.appointments().list(&self.tenant.id, &filter, 100, None).await.unwrap();
        let is_booked = |visit: &Booking| visit.takes_time() && visit.held_until.is_none();
        let standing = page.items.into_iter().filter(is_booked);
        standing.map(|visit| (self.event(visit.id), Span { from: visit.starts_at, to: visit.ends_at })).collect()
    }

    pub fn theirs(&self) -> BTreeMap<String, Span> {
        let state = self.scheduler.state();
        assert_eq!(state.standing(), state.ours().len(), "each visit stands there once");
        state.ours().into_iter().map(|(event, (_, time))| (event, time)).collect()
    }
}

/// What a vendor posts.
pub fn message(path: &str, headers: &[(&'static str, String)], body: &str) -> Request {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = "POST".parse().unwrap();
    *request.uri_mut() = format!("https://porchlight.example.com{path}").parse().unwrap();
    for (name, text) in headers {
        request.headers_mut().insert(*name, text.parse().unwrap());
    }
    lambda_http::RequestExt::with_raw_http_path(request, path)
}

/// The headers by which a vendor signs what it posts.
pub fn signed(kind: CalendarKind, secret: &str, body: &str, at: Timestamp) -> Vec<(&'static str, String)> {
    let seconds = at.as_second();
    match kind {
        CalendarKind::CalCom => vec![("x-cal-signature-256", hmac_hex(&secret.into(), body))],
        CalendarKind::Shopmonkey => {
            let id = "d1".to_owned();
            let signature = standard_webhooks::sign(&[secret.into()], &id, seconds, body).unwrap();
            vec![("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signature)]
        }
        _ => {
            let signature = hmac_hex(&secret.into(), &format!("{seconds}.{body}"));
            vec![("calendly-webhook-signature", format!("t={seconds},v1={signature}"))]
        }
    }
}
