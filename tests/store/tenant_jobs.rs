//! The end of a month: every tenant is asked for, and each one's month is closed once.

use std::collections::BTreeSet;

use cron_usage_reset::UsageReset;
use domain::tenancy::TenantKind;
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::usage::Month;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::Queue;
use worker_tenant_jobs::{MAX_ROUNDS, TenantJobs};

use crate::queues::{drain, queue};
use crate::stage::{Stage, tenant, trace};

fn first_of_december() -> Timestamp {
    "2026-12-01T00:10:00Z".parse().unwrap()
}

#[tokio::test]
async fn every_tenant_is_asked_for_those_of_agencies_too() {
    let stage = Stage::new().await;
    let mut agency = tenant("front-desks");
    agency.kind = TenantKind::Agency;
    stage.store.tenants().save(&agency, None, &trace()).await.unwrap();
    // More than one message to SQS holds.
    let mut expected = BTreeSet::from(["acme".to_owned(), "front-desks".to_owned()]);
    for index in 0..12 {
        let mut business = tenant(&format!("business-{index}"));
        business.parent = Some(agency.id.clone());
        stage.store.tenants().save(&business, None, &trace()).await.unwrap();
        expected.insert(business.id.to_string());
    }
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = UsageReset { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    assert_eq!(cron.ask(first_of_december()).await.unwrap(), expected.len());

    let messages = drain(&sqs, &url).await;
    let asked = messages.iter().map(|message| {
        let TenantJob::UsageReset { tenant, month } = serde_json::from_str(message.body.as_deref().unwrap()).unwrap()
        else {
            panic!("another job")
        };
        assert_eq!(month.to_string(), "2026-11");
        tenant.to_string()
    });
    assert_eq!(asked.collect::<BTreeSet<_>>(), expected);
    assert_eq!(messages.len(), expected.len());
}

#[tokio::test]
async fn a_month_is_closed_once_and_never_before_it_is_over() {
    let stage = Stage::new().await;
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let queue = Queue::new(sqs.clone(), queue(&sqs, false).await);
    let tenant_jobs = TenantJobs { store: stage.store.clone(), queue };
    let tenant_job = |month: &str| TenantJob::UsageReset {
        tenant: TenantId::new("acme").unwrap(),
        month: Month::parse(month).unwrap(),
    };
    for _ in 0..2 {
        tenant_jobs.perform(&tenant_job("2026-11"), first_of_december()).await.unwrap();
    }
    assert_eq!(stage.entities("usage total").await.len(), 1);
    assert_eq!(stage.entities("outbox").await.len(), 1);
    let early = tenant_jobs.perform(&tenant_job("2026-12"), first_of_december()).await.unwrap_err();
    assert!(matches!(early, Failure::Permanent(_)), "{early:?}");
}

#[tokio::test]
async fn what_is_old_is_forgotten_piece_by_piece_and_a_day_has_an_end() {
    let stage = Stage::new().await;
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let tenant_jobs = TenantJobs { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    let first = TenantJob::Retention { tenant: TenantId::new("acme").unwrap(), piece: None, round: 0 };
    tenant_jobs.perform(&first, first_of_december()).await.unwrap();
    let next: Vec<TenantJob> = drain(&sqs, &url).await.iter().map(tenant_job_of).collect();
    let [TenantJob::Retention { tenant, piece, round: 1 }] = next.as_slice() else { panic!("{next:?}") };

    let last = TenantJob::Retention { tenant: tenant.clone(), piece: piece.clone(), round: MAX_ROUNDS - 1 };
    tenant_jobs.perform(&last, first_of_december()).await.unwrap();
    assert!(drain(&sqs, &url).await.is_empty(), "the next day goes on");
}

fn tenant_job_of(message: &aws_sdk_sqs::types::Message) -> TenantJob {
    serde_json::from_str(message.body.as_deref().unwrap()).unwrap()
}
