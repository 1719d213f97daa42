//! The functions over the table: the Monday run of one business and of several of which one cannot be read, the mail to a supplier by a worker
//! that dies at each of its calls, and the notice of what waits.

use aws_sdk_dynamodb::types::AttributeValue;
use connectors::send::email::Sender;
use cron_weekly_po::WeeklyOrders;
use domain::Failure;
use domain::events::{Event, EventKind};
use domain::inventory::{InventorySettings, OrderPdf, OrderState, PurchaseOrder, Supplier};
use domain::messaging::Email;
use domain::money::Money;
use domain::tenancy::Tenant;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::{EventId, TenantId};
use files::{Files, Prefix};
use jiff::SignedDuration;
use runtime::queue::Queue;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Store, Trace};
use worker_order_mail::OrderMailer;
use worker_tenant_jobs::TenantJobs;

use super::orders::{WEEK, draft, low, low_business, monday, only_draft};
use super::{acme, supplier};
use crate::mortal::{Death, Life};
use crate::queues::{drain, queue};
use crate::stage::{Stage, overwrite, text_of, trace};

#[tokio::test]
async fn a_business_is_asked_at_eight_on_its_monday_and_drafts_its_week_once() {
    let stage = low().await;
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = WeeklyOrders { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    assert_eq!(cron.ask(monday() - SignedDuration::from_hours(1)).await.unwrap(), 0, "it is seven in Denver");
    assert_eq!(cron.ask(monday()).await.unwrap(), 1);
    assert_eq!(cron.ask(monday()).await.unwrap(), 0, "that hour was asked for");
    let jobs = drain(&sqs, &url).await;
    let job: TenantJob = serde_json::from_str(jobs[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(job, TenantJob::WeeklyOrder { tenant: acme(), period: WEEK.to_owned() });
    let worker = TenantJobs { store: stage.store.clone(), queue: Queue::new(sqs, url) };
    for minutes in [0, 5] {
        worker.perform(&job, monday() + SignedDuration::from_mins(minutes)).await.unwrap();
    }
    assert_eq!(stage.entities("purchase_order").await.len(), 1);
    let run = Run { kind: RunKind::WeeklyOrders, period: WEEK.to_owned() };
    assert_eq!(stage.store.runs().outcome(&run, &acme()).await.unwrap(), Some(Outcome::Done));
    let gone = TenantId::new("nobody").unwrap();
    worker.perform(&TenantJob::WeeklyOrder { tenant: gone.clone(), period: WEEK.to_owned() }, monday()).await.unwrap();
    assert_eq!(stage.store.runs().outcome(&run, &gone).await.unwrap(), Some(Outcome::skipped("not_served")));
}

#[tokio::test]
async fn a_business_that_cannot_be_read_fails_alone_and_is_done_once_it_can() {
    let stage = low().await;
    let (bolt, _) = (low_business(&stage, "bolt").await, low_business(&stage, "cool").await);
    let settings = InventorySettings::default();
    stage.store.documents().create(&bolt.id, &settings, &trace()).await.unwrap();
    let stored = stage.entities("inventory_settings").await.remove(0);
    overwrite(&stage, &stored, "weekly", AttributeValue::S("unclear".to_owned())).await;

    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = WeeklyOrders { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    assert_eq!(cron.ask(monday()).await.unwrap(), 3);
    let worker = TenantJobs { store: stage.cold(), queue: Queue::new(sqs.clone(), url.clone()) };
    let mut failed = Vec::new();
    for job in drain(&sqs, &url).await {
        let job: TenantJob = serde_json::from_str(job.body.as_deref().unwrap()).unwrap();
        if let Err(failure) = worker.perform(&job, monday()).await {
            assert!(matches!(failure, Failure::Permanent(_)), "{failure:?}");
            failed.push(job);
        }
    }
    let of_bolt = TenantJob::WeeklyOrder { tenant: bolt.id.clone(), period: WEEK.to_owned() };
    assert_eq!(failed, std::slice::from_ref(&of_bolt));
    let run = Run { kind: RunKind::WeeklyOrders, period: WEEK.to_owned() };
    let report = stage.store.runs().report(&run).await.unwrap();
    assert_eq!((report.asked, report.done, report.missing()), (3, 2, 0));
    assert_eq!(report.failed, BTreeMap::from([("orders".to_owned(), 1)]));
    assert!(report.needs_a_look(monday()));
    let of = |order: &crate::stage::Item| text_of(order, "pk").contains("bolt");
    let orders = stage.entities("purchase_order").await;
    assert_eq!((orders.len(), orders.iter().filter(|order| of(order)).count()), (2, 0));

    overwrite(&stage, &stored, "weekly", AttributeValue::Bool(true)).await;
    worker.perform(&of_bolt, monday()).await.unwrap();
    let report = stage.store.runs().report(&run).await.unwrap();
    assert_eq!((report.done, report.failed_count(), report.needs_a_look(monday())), (3, 0, false));
}

/// An approved order whose document is there, and where its mail is to go: to an address of this try alone.
async fn ready(files: &Files) -> (Stage, PurchaseOrder, Email) {
    let (stage, to) = (low().await, own_address());
    let changed = Supplier { email: to.clone(), ..supplier("frs") };
    stage.store.documents().replace(&acme(), &changed, 1, &trace()).await.unwrap();
    let inventory = stage.store.inventory();
    inventory.draft_week(&stage.tenant, WEEK, "c", monday()).await.unwrap();
    let order = only_draft(&stage).await;
    let digest = order.digest(&acme());
    let by = Trace { at: monday(), ..trace() };
    inventory.approve_order(&acme(), (order.id, digest), &by).await.unwrap();
    let name = format!("{digest}.pdf");
    files.put_kept(&Prefix::order(&acme(), order.id).key(&name), b"%PDF-1.7".to_vec()).await.unwrap();
    let pdf = OrderPdf { digest, draft: false, name, made_at: monday() };
    assert!(inventory.attach_document(&acme(), order.id, &pdf, "c", monday()).await.unwrap());
    (stage, order, to)
}

/// The texts of the mails that the emulator took for an address.
pub fn mails_to(stage: &Stage, address: &Email) -> Vec<String> {
    let answer = stage.stack.http().get("/_ministack/ses/messages", &[]).unwrap();
    let all: Value = serde_json::from_str(&answer.body).unwrap();
    let accounts = all["messages"].as_object().unwrap().values();
    let mails = accounts.flat_map(|mails| mails.as_array().unwrap());
    let its = mails.filter(|mail| mail["To"].as_array().unwrap().iter().any(|to| to == address.as_str()));
    its.map(|mail| mail["BodyText"].as_str().unwrap_or_default().to_owned()).collect()
}

/// An address that no other test uses.
pub fn own_address() -> Email {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let own = format!("orders-{}-{}@supply.example.com", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    Email::new(&own, "email").unwrap()
}

/// The mailer over a store of its own.
pub fn mailer(stage: &Stage, store: Store) -> OrderMailer {
    OrderMailer {
        store,
        files: Files::new(&stage.aws, stage.stack.outputs["FilesBucket"].clone()),
        sender: Sender::new(aws_sdk_sesv2::Client::new(&stage.aws)),
        from: Email::new("house@porchlight.example.com", "from").unwrap(),
        app_url: "https://app.example.com".parse().unwrap(),
    }
}

/// What the bus brings.
pub fn heard(name: &str, kind: EventKind) -> Event {
    let id = EventId::derive(&acme(), &[name]);
    Event { id, tenant: acme(), at: monday(), correlation_id: "c".to_owned(), kind }
}

/// A week's draft, and the two who are told of things.
async fn waiting() -> (Stage, [Email; 2]) {
    let (stage, to) = (low().await, [own_address(), own_address()]);
    let tenant = Tenant { notify: to.to_vec(), ..stage.tenant.clone() };
    stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
    draft(&stage, WEEK, monday()).await;
    (stage, to)
}

#[tokio::test]
async fn those_who_are_told_hear_once_what_waits_with_its_total_and_where_to_say_yes() {
    let (stage, to) = waiting().await;
    let order = only_draft(&stage).await;
    let event = heard("waiting", EventKind::OrdersWaiting { week: WEEK.to_owned() });
    for _ in 0..2 {
        mailer(&stage, stage.cold()).handle(&event, monday()).await.unwrap();
    }
    let total = Money { cents: order.total_cents, currency: order.currency.clone() }.to_string();
    for to in &to {
        let mails = mails_to(&stage, to);
        assert_eq!(mails.len(), 1, "a record that comes again tells no one again");
        for said in [order.number.as_str(), &total, "https://app.example.com/app/inventory"] {
            assert!(mails[0].contains(said), "{said}: {}", mails[0]);
        }
    }
    // Who is told of things from now on hears of it when the record comes again; the others do not.
    let third = own_address();
    let before = stage.store.tenants().document(&acme()).await.unwrap();
    let tenant = Tenant { notify: vec![to[0].clone(), third.clone()], ..before.value };
    stage.store.tenants().save(&tenant, Some(before.version), &trace()).await.unwrap();
    mailer(&stage, stage.cold()).handle(&event, monday()).await.unwrap();
    assert_eq!([&to[0], &to[1], &third].map(|to| mails_to(&stage, to).len()), [1, 1, 1]);
}

#[tokio::test]
async fn no_one_is_told_of_what_is_decided() {
    let (stage, to) = waiting().await;
    let order = only_draft(&stage).await;
    let by = Trace { at: monday(), ..trace() };
    stage.store.inventory().approve_order(&acme(), (order.id, order.digest(&acme())), &by).await.unwrap();
    let event = heard("waiting", EventKind::OrdersWaiting { week: WEEK.to_owned() });
    mailer(&stage, stage.cold()).handle(&event, monday()).await.unwrap();
    assert_eq!(to.each_ref().map(|to| mails_to(&stage, to).len()), [0, 0]);
}

#[tokio::test]
async fn a_supplier_gets_one_mail_wherever_the_worker_dies() {
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let bucket = |stage: &Stage| Files::new(&stage.aws, stage.stack.outputs["FilesBucket"].clone());
            let any = Stage::new().await;
            let (stage, order, to) = ready(&bucket(&any)).await;
            let event = heard("ready", EventKind::OrderReady { order: order.id, digest: order.digest(&acme()) });
            let life = Life::of(calls, death);
            let dying = mailer(&stage, Store::new(&life.aws(&stage), stage.table.clone()));
            let outcome = dying.handle(&event, monday()).await;
            let is_over = life.is_over();
            assert_eq!(outcome.is_ok(), !is_over, "{death:?} call {calls}: {outcome:?}");
            assert!(outcome.is_ok() || matches!(outcome, Err(Failure::Retryable(_))), "{outcome:?}");
            for _ in 0..2 {
                mailer(&stage, stage.cold()).handle(&event, monday()).await.unwrap();
            }
            let (mails, left) =
                (mails_to(&stage, &to).len(), stage.store.inventory().order(&acme(), order.id).await.unwrap());
            let is_known = left.value.mail.as_ref().is_some_and(|mail| mail.taken == Some(true));
            assert!(mails <= 1, "{death:?} call {calls}: {mails} mails");
            // Lost to no one: it went out and says so, or a person is asked.
            assert_eq!(left.value.state, if is_known { OrderState::Sent } else { OrderState::Approved });
            assert!(is_known || left.value.mail.is_some(), "{death:?} call {calls}: {:?}", left.value.mail);
            assert!(!is_known || mails == 1, "{death:?} call {calls}");
            if !is_over {
                assert!(is_known);
                break;
            }
            calls += 1;
        }
        assert!(calls >= 5, "only {calls} calls were tried");
    }
}
