//! Webhooks: secrets, limits, and what `worker-webhooks` makes of a receiver that is down, gone or back, by a clock of
//! the test's own.

use auth::secrets::webhook_secret;
use aws_sdk_scheduler::Client as Scheduler;
use aws_sdk_sqs::Client as Sqs;
use connectors::send::email::Sender;
use connectors::send::webhook::WebhookSender;
use connectors::signature::{Delivery, TOLERANCE_S};
use connectors::standard_webhooks::verify;
use domain::events::{DisabledBecause, Event, EventKind};
use domain::identity::AccountMail;
use domain::ids::{WebhookDeliveryId, WebhookId};
use domain::messaging::Email;
use domain::webhooks::{DueDelivery, MAX_TRIES, MAX_WEBHOOKS, Message, Reach, Secret, State, Webhook, WebhookDelivery};
use domain::{ContactId, EventId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use runtime::queue::{Queue, Work};
use runtime::schedules::{Schedules, Settings};
use secrecy::{ExposeSecret as _, SecretString};
use store::Trace;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};
use worker_account_mail::AccountMailer;
use worker_webhooks::Webhooks;
use xtask::emulator::REGION;

use crate::inventory::functions::{mails_to, own_address};
use crate::queues::{drain, queue};
use crate::stage::{Stage, noon, text_of, trace};

fn webhook(stage: &Stage, name: &str, url: &str) -> Webhook {
    Webhook {
        id: WebhookId::derive(&stage.tenant.id, &[name]),
        url: url.to_owned(),
        events: Vec::new(),
        description: String::new(),
        enabled: true,
        disabled: None,
        failing_since: None,
        created_at: noon(0),
        secrets: vec![Secret { number: 1, until: None }],
    }
}

async fn made(stage: &Stage, name: &str, url: &str) -> (Webhook, SecretString) {
    let (webhook, secret) = (webhook(stage, name, url), webhook_secret().unwrap());
    let key = &stage.stack.outputs["CredentialsKeyId"];
    stage.store.webhooks().create(key, &stage.tenant.id, &webhook, &secret, &trace()).await.unwrap();
    (webhook, secret)
}

/// The worker over the test's own table and queue, which no one else works off.
struct Worker {
    webhooks: Webhooks,
    sqs: Sqs,
    url: String,
    mails: String,
}

impl Worker {
    async fn new(stage: &Stage) -> Self {
        let sqs = Sqs::new(&stage.aws);
        let (url, mails) = (queue(&sqs, false).await, queue(&sqs, false).await);
        let outputs = &stage.stack.outputs;
        let (group, account) =
            (outputs["BusName"].clone(), outputs["SequenceStepsQueueArn"].split(':').nth(4).unwrap());
        let settings = Settings {
            role_arn: format!("arn:aws:iam::{account}:role/{group}-scheduler"),
            queue_arn: format!("arn:aws:sqs:{REGION}:{account}:{}", url.rsplit('/').next().unwrap()),
            dead_letters_arn: format!("arn:aws:sqs:{REGION}:{account}:{group}-schedules-dlq"),
            group,
            queue_url: url.clone(),
        };
        let webhooks = Webhooks {
            store: stage.cold(),
            sender: WebhookSender::new(Reach::Local).unwrap(),
            queue: Queue::new(sqs.clone(), url.clone()),
            schedules: Schedules::new(Scheduler::new(&stage.aws), sqs.clone(), settings),
            mails: Queue::new(sqs.clone(), mails.clone()),
        };
        Self { webhooks, sqs, url, mails }
    }

    /// Has an event told, and gives what became due by it.
    async fn tell(&self, event: &Event) -> Vec<DueDelivery> {
        self.webhooks.work(&Work::Event(Box::new(event.clone())), event.at).await.unwrap();
        let messages = drain(&self.sqs, &self.url).await;
        messages.iter().map(|message| serde_json::from_str(message.body.as_deref().unwrap()).unwrap()).collect()
    }

    /// Does what is due when it is, and gives the delivery as it is then.
    async fn post(&self, due: &DueDelivery) -> WebhookDelivery {
        self.webhooks.work(&Work::Due(due.clone()), due.due).await.unwrap();
        self.webhooks.store.webhook_deliveries().get(&due.tenant, due.delivery).await.unwrap()
    }
}

fn event(tenant: &TenantId, name: &str, at: Timestamp) -> Event {
    let kind = EventKind::PricingVisited { contact: ContactId::derive(tenant, &["c"]) };
    Event { id: EventId::derive(tenant, &[name]), tenant: tenant.clone(), at, correlation_id: String::new(), kind }
}

async fn answer(server: &MockServer, status: u16) {
    server.reset().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(status)).mount(server).await;
}

#[tokio::test]
async fn a_receiver_that_is_down_for_a_day_gets_the_event_when_it_is_back() {
    let (stage, server) = (Stage::new().await, MockServer::start().await);
    let (tenant, worker) = (stage.tenant.id.clone(), Worker::new(&stage).await);
    let (webhook, secret) = made(&stage, "w", &server.uri()).await;
    answer(&server, 503).await;
    let mut due = worker.tell(&event(&tenant, "e", noon(0))).await.remove(0);
    let mut ids = Vec::new();
    while due.due < noon(24 * 3600) {
        let delivery = worker.post(&due).await;
        assert_eq!(delivery.state, State::Pending);
        let request = server.received_requests().await.unwrap().pop().unwrap();
        ids.push(request.headers["webhook-id"].to_str().unwrap().to_owned());
        due = delivery.due(&tenant).unwrap();
    }
    assert!(stage.store.webhooks().get(&tenant, webhook.id).await.unwrap().value.failing_since.is_some());
    answer(&server, 204).await;
    let delivery = worker.post(&due).await;
    assert_eq!((delivery.state, delivery.tries.len()), (State::Delivered, MAX_TRIES));
    let request = server.received_requests().await.unwrap().pop().unwrap();
    ids.push(request.headers["webhook-id"].to_str().unwrap().to_owned());
    assert!(ids.iter().all(|id| *id == delivery.event), "every try has the same id: {ids:?}");
    let signed = Delivery {
        method: "POST",
        url: &server.uri(),
        headers: &request.headers,
        body: &request.body,
        now: due.due.as_second(),
        tolerance_s: TOLERANCE_S,
    };
    assert_eq!(verify(&secret, &signed), Ok(()), "the signature is of the last try's own time");
    let now = stage.store.webhooks().get(&tenant, webhook.id).await.unwrap().value;
    assert_eq!((now.failing_since, now.enabled), (None, true));
}

#[tokio::test]
async fn after_five_days_without_an_answer_a_webhook_is_switched_off_once_and_says_so() {
    let (stage, server) = (Stage::new().await, MockServer::start().await);
    let (tenant, worker) = (stage.tenant.id.clone(), Worker::new(&stage).await);
    let (webhook, _) = made(&stage, "w", &server.uri()).await;
    answer(&server, 500).await;
    let first = worker.tell(&event(&tenant, "first", noon(0))).await.remove(0);
    worker.post(&first).await;
    drain(&worker.sqs, &worker.url).await;
    let later = noon(5 * 24 * 3600);
    for name in ["second", "third"] {
        let mut due = worker.tell(&event(&tenant, name, later)).await.remove(0);
        due.due = later;
        worker.post(&due).await;
        drain(&worker.sqs, &worker.url).await;
    }
    let now = stage.store.webhooks().get(&tenant, webhook.id).await.unwrap().value;
    assert_eq!((now.enabled, now.disabled.map(|disabled| disabled.why)), (false, Some(DisabledBecause::Failing)));
    let rows = stage.entities("outbox").await;
    let told = rows.iter().filter(|row| text_of(row, "events").contains("webhook.disabled")).count();
    assert_eq!(told, 1, "the third finds it switched off, and posts nothing");
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn each_who_is_told_gets_one_mail_for_each_time_a_webhook_is_switched_off() {
    let (mut stage, admin) = (Stage::new().await, own_address());
    stage.tenant.notify = vec![admin.clone()];
    stage.store.tenants().save(&stage.tenant, Some(1), &trace()).await.unwrap();
    let (tenant, worker) = (stage.tenant.id.clone(), Worker::new(&stage).await);
    let (webhook, _) = made(&stage, "w", "https://hooks.example.com/").await;
    let mailer = AccountMailer {
        store: stage.cold(),
        sender: Sender::new(aws_sdk_sesv2::Client::new(&stage.aws)),
        from: Email::new("house@porchlight.example.com", "from").unwrap(),
        app_url: "https://app.example.com".parse().unwrap(),
    };
    let (webhooks, why) = (stage.store.webhooks(), DisabledBecause::Failing);
    let kind = EventKind::WebhookDisabled { webhook: webhook.id, why };
    let off = Event { kind, ..event(&tenant, "off", noon(0)) };
    // The event comes twice, and each mail that it asks for too.
    let told = async || {
        worker.tell(&off).await;
        worker.tell(&off).await;
        for message in drain(&worker.sqs, &worker.mails).await {
            let mail: AccountMail = serde_json::from_str(message.body.as_deref().unwrap()).unwrap();
            mailer.send(&mail, "c").await.unwrap();
            mailer.send(&mail, "c").await.unwrap();
        }
        mails_to(&stage, &admin)
    };
    assert!(told().await.is_empty(), "it is on");
    webhooks.disable(&tenant, webhook.id, why, noon(1)).await.unwrap();
    let mails = told().await;
    let link = format!("https://app.example.com/app/settings/webhooks/{}", webhook.id);
    assert!(mails.len() == 1 && mails[0].lines().any(|line| line == link), "{mails:?}");
    stage.store.documents().replace(&tenant, &webhook, 2, &trace()).await.unwrap();
    assert_eq!(told().await.len(), 1, "it was switched on again");
    webhooks.disable(&tenant, webhook.id, why, noon(2)).await.unwrap();
    assert_eq!(webhooks.told(&tenant, webhook.id).await.unwrap(), Some(Vec::new()), "it is another time");
    assert_eq!(told().await.len(), 2);
}

#[tokio::test]
async fn who_is_gone_is_not_asked_again() {
    let (stage, server) = (Stage::new().await, MockServer::start().await);
    let (tenant, worker) = (stage.tenant.id.clone(), Worker::new(&stage).await);
    let (webhook, _) = made(&stage, "w", &server.uri()).await;
    answer(&server, 410).await;
    let due = worker.tell(&event(&tenant, "e", noon(0))).await.remove(0);
    assert_eq!(worker.post(&due).await.state, State::Failed);
    let now = stage.store.webhooks().get(&tenant, webhook.id).await.unwrap().value;
    assert_eq!(now.disabled.map(|disabled| disabled.why), Some(DisabledBecause::Gone));
}

#[tokio::test]
async fn a_record_that_comes_twice_posts_once_and_the_next_try_is_asked_for_all_the_same() {
    let (stage, server) = (Stage::new().await, MockServer::start().await);
    let (tenant, worker) = (stage.tenant.id.clone(), Worker::new(&stage).await);
    made(&stage, "w", &server.uri()).await;
    answer(&server, 500).await;
    let told = event(&tenant, "e", noon(0));
    let due = worker.tell(&told).await.remove(0);
    assert_eq!(worker.tell(&told).await.len(), 1, "until it was posted it is asked for again");
    let delivery = worker.post(&due).await;
    assert!(worker.tell(&told).await.is_empty(), "the event alone does not post it again");
    assert_eq!(worker.post(&due).await, delivery);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    // Both asked for the second try, which comes after 5 s.
    let asked = async || {
        for _ in 0..30 {
            let found = drain(&worker.sqs, &worker.url).await.len();
            if found > 0 {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        0
    };
    assert!(asked().await > 0);
}

#[tokio::test]
async fn an_event_goes_to_each_webhook_that_wants_it_and_to_no_other_tenants() {
    let (stage, server) = (Stage::new().await, MockServer::start().await);
    let worker = Worker::new(&stage).await;
    let key = &stage.stack.outputs["CredentialsKeyId"];
    for (name, events, enabled) in [
        ("all", vec![], true),
        ("this", vec!["pricing.visited".to_owned()], true),
        ("another", vec!["lead.created".to_owned()], true),
        ("off", vec![], false),
    ] {
        let webhook = Webhook { events, enabled, ..webhook(&stage, name, &server.uri()) };
        let secret = webhook_secret().unwrap();
        stage.store.webhooks().create(key, &stage.tenant.id, &webhook, &secret, &trace()).await.unwrap();
    }
    assert_eq!(worker.tell(&event(&stage.tenant.id, "e", noon(0))).await.len(), 2);
    assert_eq!(worker.tell(&event(&TenantId::new("bolt").unwrap(), "e", noon(0))).await, []);
}

#[tokio::test]
async fn a_new_secret_signs_beside_the_one_before_and_the_one_before_that_is_forgotten() {
    let stage = Stage::new().await;
    let (webhook, first) = made(&stage, "w", "https://hooks.example.com/").await;
    let (key, tenant) = (&stage.stack.outputs["CredentialsKeyId"], &stage.tenant.id);
    let at = |hours: i64| Trace { at: noon(hours * 3600), ..trace() };
    let rotate = async |hours| {
        let secret = webhook_secret().unwrap();
        let rotated = stage.store.webhooks().rotate(key, tenant, webhook.id, &secret, &at(hours)).await.unwrap();
        (rotated.value, secret)
    };
    let texts = |secrets: &[SecretString]| secrets.iter().map(|one| one.expose_secret().to_owned()).collect::<Vec<_>>();
    let signing = async |webhook: &Webhook, hours: i64| {
        texts(&stage.cold().webhooks().secrets(tenant, webhook, noon(hours * 3600)).await.unwrap())
    };
    let (rotated, second) = rotate(0).await;
    assert_eq!(signing(&rotated, 23).await, texts(&[second.clone(), first.clone()]));
    assert_eq!(signing(&rotated, 24).await, texts(std::slice::from_ref(&second)));
    let (rotated, third) = rotate(1).await;
    assert_eq!(signing(&rotated, 1).await, texts(&[third, second]));
    assert_eq!(stage.entities("credential").await.len(), 2, "no more than two are kept");
    stage.store.webhooks().remove(tenant, webhook.id, &trace()).await.unwrap();
    assert_eq!(stage.entities("credential").await.len(), 0);
    assert_eq!(stage.entities("webhook").await.len(), 0);
}

#[tokio::test]
async fn a_tenant_has_twenty_webhooks_and_each_is_made_once() {
    let stage = Stage::new().await;
    for number in 0..MAX_WEBHOOKS {
        made(&stage, &number.to_string(), "https://hooks.example.com/").await;
    }
    let key = &stage.stack.outputs["CredentialsKeyId"];
    for name in ["one more", "3"] {
        let (webhook, secret) = (webhook(&stage, name, "https://hooks.example.com/"), webhook_secret().unwrap());
        let refused = stage.store.webhooks().create(key, &stage.tenant.id, &webhook, &secret, &trace()).await;
        assert!(matches!(refused, Err(Failure::Rejected { .. })), "{name}: {refused:?}");
    }
    assert_eq!(stage.entities("credential").await.len(), MAX_WEBHOOKS);
}

#[tokio::test]
async fn what_was_posted_is_listed_newest_first_and_of_its_webhook_alone() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let (one, other) = (webhook(&stage, "one", ""), webhook(&stage, "other", ""));
    let added = async |name: &str, to: &Webhook, at| {
        let id = WebhookDeliveryId::derive(tenant, &[name]);
        let delivery = WebhookDelivery::new(id, to.id, &Message::test(name, tenant, to.id, at), at);
        stage.store.webhook_deliveries().add(tenant, &delivery).await.unwrap().id
    };
    let (first, second) = (added("1", &one, noon(0)).await, added("2", &one, noon(1)).await);
    added("3", &other, noon(2)).await;
    let list = async |state, limit, cursor: Option<&str>| {
        stage.store.webhook_deliveries().list(tenant, one.id, state, limit, cursor).await.unwrap()
    };
    let ids = |page: &store::Page<WebhookDelivery>| page.items.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&list(None, 10, None).await), [second, first]);
    assert_eq!(ids(&list(Some("failed"), 10, None).await), []);
    let page = list(Some("pending"), 1, None).await;
    assert_eq!(ids(&page), [second]);
    assert_eq!(ids(&list(Some("pending"), 1, page.cursor.as_deref()).await), [first]);
}

#[tokio::test]
async fn what_another_system_reports_twice_happens_once() {
    let stage = Stage::new().await;
    let (tenant, at) = (&stage.tenant.id, noon(0));
    let visited = |name: &str| EventKind::PricingVisited { contact: ContactId::derive(tenant, &[name]) };
    let publish = async |kind| stage.store.reports().publish(tenant, "r-1", at, kind, &trace()).await;
    let first = publish(visited("c")).await.unwrap();
    assert_eq!(publish(visited("c")).await, Ok(first));
    assert!(matches!(publish(visited("d")).await, Err(Failure::Rejected { .. })));
    let rows = stage.overdue_rows(trace().at + SignedDuration::from_hours(1), 10).await;
    let told: Vec<&str> = rows.iter().flat_map(|row| &row.events).map(domain::events::RawEvent::name).collect();
    assert_eq!(told, ["pricing.visited"]);
}
