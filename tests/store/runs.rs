//! Work over all tenants: each is asked once in its own hour, hours that were missed are made up for, and what became of it is known.

use aws_sdk_dynamodb::types::AttributeValue;
use cron_weather::Weather;
use domain::TenantId;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::{TenantKind, TenantStatus};
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::counting::counted;
use crate::queues::{drain, queue};
use crate::stage::{Stage, make_unreadable, overwrite, tenant, text_of, trace};

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
    let (asked, counts) = asked_and_counted(stage, kind, now).await;
    let of = |(run, tenants): (&String, &Vec<String>)| (run.clone(), tenants.len() as u64);
    assert_eq!(counts, asked.iter().map(of).collect());
    asked
}

/// As [`asked`], and how many each run counts.
async fn asked_and_counted(
    stage: &Stage,
    kind: RunKind,
    now: Timestamp,
) -> (BTreeMap<String, Vec<String>>, BTreeMap<String, u64>) {
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    // Any record that says which tenant and run it is for serves.
    let job = |tenant: TenantId, run: &Run| TenantJob::QueueKeys { tenant, cursor: Some(run.to_string()) };
    let counts = fanout::ask_due(&stage.cold(), &Queue::new(sqs.clone(), url.clone()), kind, now, job).await.unwrap();
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
    (asked, counts.into_iter().map(|(run, count)| (run.to_string(), count)).collect())
}

/// Where lines are logged to.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What `work` gives, and how many of the lines that it logs raise the alarm on runs.
async fn alarms<T>(work: impl Future<Output = T>) -> (T, usize) {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone());
    let logging = lines.with_max_level(LevelFilter::ERROR).set_default();
    let done = work.await;
    drop(logging);
    let lines = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    (done, lines.filter(|line| line["message"] == fanout::NOT_COMPLETE).count())
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
        let (incomplete, alarms) = alarms(fanout::watch(&store, RunKind::WeeklyOrders, now)).await;
        let incomplete = incomplete.unwrap();
        assert_eq!(alarms, incomplete.len());
        queries.push(calls.take().len());
        // Two were asked, and nothing is known of either: the hour that judges says so.
        let missing = incomplete.iter().map(|(run, report)| (run.to_string(), report.missing())).collect::<Vec<_>>();
        let told = vec![("weekly_orders/2026-W49".to_owned(), 2)];
        assert_eq!(missing, if hour == 4 { told } else { Vec::new() });
    }
    // The hours of this week and of the one before; then the hours again and eight lists of outcomes.
    assert_eq!(queries, [2, 2, 2, 2 + 9, 2, 2, 2]);
}

#[tokio::test]
async fn one_that_cannot_be_read_keeps_no_other_from_being_asked_and_is_told_of() {
    let stage = stage_with(&[
        ("bolt", "America/Denver", TenantStatus::Active),
        ("cool", "America/Denver", TenantStatus::Active),
    ])
    .await;
    // An entry from before zones were noted, of a business of a form that this version does not know.
    let entries = stage.entities("tenant entry").await;
    let bolt = entries.iter().find(|entry| text_of(entry, "tenant") == "bolt").unwrap();
    overwrite(&stage, bolt, "zone", AttributeValue::Null(true)).await;
    make_unreadable(&stage, "bolt").await;

    let week = "weekly_orders/2026-W49".to_owned();
    let at_eight_in_greenwich = monday() - SignedDuration::from_hours(7);
    let (asked, counts) = asked_and_counted(&stage, RunKind::WeeklyOrders, at_eight_in_greenwich).await;
    assert_eq!((asked.len(), counts), (0, BTreeMap::from([(week.clone(), 1)])));
    let (asked, counts) = asked_and_counted(&stage, RunKind::WeeklyOrders, monday()).await;
    assert_eq!(asked, BTreeMap::from([(week.clone(), vec!["acme".to_owned(), "cool".to_owned()])]));
    assert_eq!(counts, BTreeMap::from([(week, 2)]));
    let run = Run { kind: RunKind::WeeklyOrders, period: "2026-W49".to_owned() };
    for slug in ["acme", "cool"] {
        stage.store.runs().note(&run, &TenantId::new(slug).unwrap(), Outcome::Done, monday()).await.unwrap();
    }
    let late = monday() + SignedDuration::from_hours(4);
    let incomplete = fanout::watch(&stage.store, RunKind::WeeklyOrders, late).await.unwrap();
    let [(_, report)] = incomplete.as_slice() else { panic!("{incomplete:?}") };
    assert_eq!((report.asked, report.done, report.missing()), (3, 2, 0));
    assert_eq!(report.failed, BTreeMap::from([("no_zone".to_owned(), 1)]));
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_asked_and_failed_in_every_kind_of_run_and_hides_no_one() {
    let mut stage = stage_with(&[("bolt", "America/Denver", TenantStatus::Active)]).await;
    let mut agency = tenant("agency");
    agency.kind = TenantKind::Agency;
    stage.store.tenants().save(&agency, None, &trace()).await.unwrap();
    let mut client = tenant("client");
    client.parent = Some(agency.id);
    stage.store.tenants().save(&client, None, &trace()).await.unwrap();
    for slug in ["agency", "bolt"] {
        let entries = stage.entities("tenant entry").await;
        let entry = entries.iter().find(|entry| text_of(entry, "tenant") == slug).unwrap();
        overwrite(&stage, entry, "name", AttributeValue::Bool(true)).await;
    }
    stage.store = stage.cold();

    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let queue = Queue::new(sqs.clone(), queue(&sqs, false).await);
    let job = |tenant: TenantId, run: &Run| TenantJob::QueueKeys { tenant, cursor: Some(run.to_string()) };
    let at_eight_in_greenwich = monday() - SignedDuration::from_hours(7);
    for now in [at_eight_in_greenwich, monday()] {
        fanout::ask_due(&stage.store, &queue, RunKind::WeeklyOrders, now, job).await.unwrap();
    }
    let week = Run { kind: RunKind::WeeklyOrders, period: "2026-W49".to_owned() };
    let night = Run { kind: RunKind::Benchmarks, period: "2026-11-30".to_owned() };
    for _ in 0..2 {
        assert_eq!(fanout::ask_all(&stage.store, &queue, &night, monday(), job).await.unwrap(), 4);
    }
    for run in [week, night] {
        for slug in ["acme", "client"] {
            stage.store.runs().note(&run, &TenantId::new(slug).unwrap(), Outcome::Done, monday()).await.unwrap();
        }
        let report = stage.store.runs().report(&run).await.unwrap();
        assert_eq!((report.asked, report.done, report.missing()), (4, 2, 0), "{run}");
        assert_eq!(report.failed, BTreeMap::from([("unreadable_entry".to_owned(), 2)]), "{run}");
        assert!(report.needs_a_look(monday()), "{run}");
    }
}

#[tokio::test]
async fn a_schedule_that_does_not_start_any_more_is_told_of_by_the_one_of_the_weather() {
    let stage = Stage::new().await;
    let (store, sqs) = (stage.store.clone(), aws_sdk_sqs::Client::new(&stage.aws));
    let cron = Weather { store: store.clone(), queue: Queue::new(sqs.clone(), queue(&sqs, false).await) };
    let start = async |hours: i64| {
        let now = monday() + SignedDuration::from_hours(hours);
        let (started, alarms) = alarms(cron.ask(now)).await;
        started.unwrap();
        (fanout::silent(&store, now).await.unwrap(), alarms)
    };
    assert_eq!(start(0).await, (vec![], 0), "neither was ever asked for");
    for kind in [RunKind::Benchmarks, RunKind::WeeklyOrders] {
        store.runs().set_asked_through(kind, monday()).await.unwrap();
    }
    assert_eq!(start(26).await, (vec![], 0));
    assert_eq!(start(27).await, (vec![RunKind::Benchmarks], 1));
    store.runs().set_asked_through(RunKind::Benchmarks, monday() + SignedDuration::from_hours(120)).await.unwrap();
    assert_eq!(start(120).await, (vec![], 0));
    assert_eq!(start(121).await, (vec![RunKind::WeeklyOrders], 1));
}
