//! Work over all tenants: each is asked once in its own hour, hours that were missed are made up for, and what became of it is known.

use domain::TenantId;
use domain::tenancy::TenantStatus;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use std::collections::BTreeMap;

use crate::counting::counted;
use crate::queues::{drain, queue};
use crate::stage::{Stage, tenant, trace};

/// For how many businesses the tests of many of them run: 1,000 in `make soak`. Benchmarks need 150 to come out for sure.
pub fn businesses() -> usize {
    std::env::var("RUN_BUSINESSES").map_or(200, |many| many.parse().expect("RUN_BUSINESSES is a number"))
}

/// Monday, 08:05 in Denver.
fn monday() -> Timestamp {
    "2026-11-30T15:05:00Z".parse().unwrap()
}

/// The stage's own tenant in Denver, and these.
async fn stage_with(tenants: &[(&str, &str, TenantStatus)]) -> Stage {
    let stage = Stage::new().await;
    for (slug, zone, status) in tenants {
        let mut business = tenant(slug);
        business.zone = (*zone).to_owned();
        business.status = *status;
        stage.store.tenants().save(&business, None, &trace()).await.unwrap();
    }
    stage
}

/// Whom a start at `now` asks, by run.
async fn asked(stage: &Stage, kind: RunKind, now: Timestamp) -> BTreeMap<String, Vec<String>> {
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    // Any record that says which tenant and run it is for serves.
    let job = |tenant: TenantId, run: &Run| TenantJob::QueueKeys { tenant, cursor: Some(run.to_string()) };
    let counts = fanout::ask_due(&stage.store, &Queue::new(sqs.clone(), url.clone()), kind, now, job).await.unwrap();
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in drain(&sqs, &url).await {
        match serde_json::from_str(message.body.as_deref().unwrap()).unwrap() {
            TenantJob::QueueKeys { tenant, cursor: Some(run) } => {
                asked.entry(run).or_default().push(tenant.to_string())
            }
            other => panic!("{other:?}"),
        }
    }
    asked.values_mut().for_each(|tenants| tenants.sort());
    let of = |(run, tenants): (&String, &Vec<String>)| (run.clone(), tenants.len() as u64);
    assert_eq!(
        counts.iter().map(|(run, count)| (run.to_string(), *count)).collect::<Vec<_>>(),
        asked.iter().map(of).collect::<Vec<_>>()
    );
    asked
}

#[tokio::test]
async fn each_business_is_asked_once_in_its_own_hour() {
    let stage = stage_with(&[
        ("boise", "America/Boise", TenantStatus::Active),
        ("chicago", "America/Chicago", TenantStatus::Active),
        ("kolkata", "Asia/Kolkata", TenantStatus::Active),
        ("paused", "America/Denver", TenantStatus::Paused),
    ])
    .await;
    let week = |tenants: &[&str]| {
        BTreeMap::from([(
            "weekly_orders/2026-W49".to_owned(),
            tenants.iter().map(|&t| t.to_owned()).collect::<Vec<_>>(),
        )])
    };
    let hour = |hours: i64| monday() + SignedDuration::from_hours(hours);
    assert_eq!(asked(&stage, RunKind::WeeklyOrders, hour(-1)).await, week(&["chicago"]));
    assert_eq!(asked(&stage, RunKind::WeeklyOrders, hour(0)).await, week(&["acme", "boise"]));
    assert!(asked(&stage, RunKind::WeeklyOrders, hour(0)).await.is_empty(), "started twice in an hour");
    assert!(asked(&stage, RunKind::WeeklyOrders, hour(24)).await.is_empty(), "on Tuesday, 13 hours of Monday are past");
    // Another kind has a clock of its own: seven hours of outage are made up for.
    assert_eq!(asked(&stage, RunKind::Weather, hour(-20)).await.len(), 0);
    let missed = asked(&stage, RunKind::Weather, hour(-9)).await;
    assert_eq!(missed, BTreeMap::from([("weather/2026-11-30".to_owned(), vec!["kolkata".to_owned()])]));
}

#[tokio::test]
async fn what_became_of_a_run_is_counted_once_a_tenant() {
    let stage = stage_with(&[
        ("boise", "America/Boise", TenantStatus::Active),
        ("greeley", "America/Denver", TenantStatus::Active),
        ("pueblo", "America/Denver", TenantStatus::Active),
    ])
    .await;
    let runs = stage.store.runs();
    asked(&stage, RunKind::WeeklyOrders, monday()).await;
    let run = Run { kind: RunKind::WeeklyOrders, period: "2026-W49".to_owned() };
    let [acme, boise, greeley] = ["acme", "boise", "greeley"].map(|slug| TenantId::new(slug).unwrap());
    assert_eq!(runs.outcome(&run, &acme).await.unwrap(), None);
    for _ in 0..2 {
        runs.note(&run, &acme, Outcome::Done, monday()).await.unwrap();
        runs.note(&run, &boise, Outcome::skipped("no_items"), monday()).await.unwrap();
        runs.note(&run, &greeley, Outcome::failed("provider"), monday()).await.unwrap();
    }
    let report = runs.report(&run).await.unwrap();
    assert_eq!((report.asked, report.done, report.missing(), report.failed_count()), (4, 1, 1, 1));
    assert!(report.needs_a_look(monday()));
    // What is final stays; what failed may still be done.
    runs.note(&run, &acme, Outcome::failed("late"), monday()).await.unwrap();
    runs.note(&run, &greeley, Outcome::Done, monday()).await.unwrap();
    assert_eq!(runs.outcome(&run, &acme).await.unwrap(), Some(Outcome::Done));
    let report = runs.report(&run).await.unwrap();
    assert_eq!((report.done, report.skipped.len(), report.missing(), report.failed_count()), (2, 1, 1, 0));
    assert!(!report.needs_a_look(monday()) && report.needs_a_look(monday() + SignedDuration::from_hours(5)));
    let other = Run { period: "2026-W48".to_owned(), ..run };
    assert_eq!(runs.report(&other).await.unwrap().asked, 0);
}

#[tokio::test]
async fn outcomes_are_read_in_the_one_hour_in_which_a_run_is_judged() {
    let stage = stage_with(&[("boise", "America/Boise", TenantStatus::Active)]).await;
    asked(&stage, RunKind::WeeklyOrders, monday()).await;
    let (store, calls) = counted(&stage);
    let mut queries = Vec::new();
    for hour in 1..8 {
        let now = monday() + SignedDuration::from_hours(hour);
        let incomplete = fanout::watch(&store, RunKind::WeeklyOrders, now).await.unwrap();
        queries.push(calls.take().len());
        // Two were asked, and nothing is known of either: the hour that judges says so.
        let missing = incomplete.iter().map(|(run, report)| (run.to_string(), report.missing())).collect::<Vec<_>>();
        let told = vec![("weekly_orders/2026-W49".to_owned(), 2)];
        assert_eq!(missing, if hour == 4 { told } else { Vec::new() });
    }
    // The hours of this week and of the one before; then the hours again and eight lists of outcomes.
    assert_eq!(queries, [2, 2, 2, 2 + 9, 2, 2, 2]);
}
