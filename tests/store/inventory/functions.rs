//! The functions over the table: the Monday run of one business, and the mail to a supplier by a worker that dies at each of its calls.

use connectors::send::email::Sender;
use cron_weekly_po::WeeklyOrders;
use domain::Failure;
use domain::events::{Event, EventKind};
use domain::inventory::{OrderPdf, OrderState, PurchaseOrder, Supplier};
use domain::messaging::Email;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::{EventId, TenantId};
use files::{Files, Prefix};
use jiff::SignedDuration;
use runtime::queue::Queue;
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Store, Trace};
use worker_order_mail::OrderMailer;
use worker_tenant_jobs::TenantJobs;

use super::orders::{WEEK, low, monday, only_draft};
use super::{acme, supplier};
use crate::mortal::{Death, Life};
use crate::queues::{drain, queue};
use crate::stage::{Stage, trace};

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

/// An approved order whose document is there, and where its mail is to go: to an address of this try alone.
async fn ready(files: &Files) -> (Stage, PurchaseOrder, Email) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let stage = low().await;
    let own = format!("orders-{}-{}@supply.example.com", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let to = Email::new(&own, "email").unwrap();
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

/// How many mails the emulator took for an address.
fn mails_to(stage: &Stage, address: &Email) -> usize {
    let answer = stage.stack.http().get("/_ministack/ses/messages", &[]).unwrap();
    let all: Value = serde_json::from_str(&answer.body).unwrap();
    let accounts = all["messages"].as_object().unwrap().values();
    let mails = accounts.flat_map(|mails| mails.as_array().unwrap());
    mails.filter(|mail| mail["To"].as_array().unwrap().iter().any(|to| to == address.as_str())).count()
}

#[tokio::test]
async fn a_supplier_gets_one_mail_wherever_the_worker_dies() {
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let bucket = |stage: &Stage| Files::new(&stage.aws, stage.stack.outputs["FilesBucket"].clone());
            let any = Stage::new().await;
            let (stage, order, to) = ready(&bucket(&any)).await;
            let kind = EventKind::OrderReady { order: order.id, digest: order.digest(&acme()) };
            let id = EventId::derive(&acme(), &["ready"]);
            let event = Event { id, tenant: acme(), at: monday(), correlation_id: "c".to_owned(), kind };
            let mailer = |store: Store| OrderMailer {
                store,
                files: bucket(&stage),
                sender: Sender::new(aws_sdk_sesv2::Client::new(&stage.aws)),
                from: Email::new("house@porchlight.example.com", "from").unwrap(),
                app_url: "https://app.example.com".parse().unwrap(),
            };
            let life = Life::of(calls, death);
            let dying = mailer(Store::new(&life.aws(&stage), stage.table.clone()));
            let outcome = dying.handle(&event, monday()).await;
            let is_over = life.is_over();
            assert_eq!(outcome.is_ok(), !is_over, "{death:?} call {calls}: {outcome:?}");
            assert!(outcome.is_ok() || matches!(outcome, Err(Failure::Retryable(_))), "{outcome:?}");
            for _ in 0..2 {
                mailer(stage.cold()).handle(&event, monday()).await.unwrap();
            }
            let (mails, left) =
                (mails_to(&stage, &to), stage.store.inventory().order(&acme(), order.id).await.unwrap());
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
