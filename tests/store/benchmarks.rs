//! Benchmarks from the counters of many businesses to what one of them is shown, with the functions that make them.

mod figures;
mod killed;

use std::collections::BTreeSet;

use cron_benchmarks::Benchmarks;
use domain::insights::benchmarks::{AggregateStep, BenchmarkReport, Level, SHARDS, State};
use domain::insights::{Bucket, Counter, Counts, Increment, Place, Step};
use domain::messaging::{Channel, Source};
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::{Tenant, TenantStatus};
use domain::{EventId, Failure, TenantId};
use futures::future::join_all;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use runtime::queue::Queue;
use store::Store;
use worker_aggregate::Aggregate;
use worker_tenant_jobs::TenantJobs;

use crate::mortal::{Death, Life};
use crate::queues::{drain, queue};
use crate::runs::businesses;
use crate::stage::{Item, Stage, make_unreadable, tenant, text_of, trace};

const NIGHT: Date = date(2026, 11, 30);

fn at(time: &str) -> Timestamp {
    format!("2026-11-30T{time}Z").parse().unwrap()
}

/// What each business counted on 23 days: enough for quotes and first answers to count.
fn counts(index: usize) -> Counts {
    let accepted = u64::from(index.is_multiple_of(2));
    [
        (Counter::QuotesSent, 2),
        (Counter::QuotesAccepted, accepted),
        (Counter::FirstResponse(Bucket::of(30)), 1),
        (Counter::FirstResponseSeconds, 30),
        (Counter::MessagesIn(Channel::Sms), 1),
        (Counter::Reached(Step::Leads, Source::Sms), 1),
    ]
    .into_iter()
    .collect()
}

/// A business with a name of its own, and what it counted before `night`.
async fn business(store: &Store, index: usize, night: Date) -> Tenant {
    let mut tenant = tenant(&format!("roofer-{index}"));
    tenant.business.address = Some("410 Example Street, Denver, CO 80204".to_owned());
    store.tenants().save(&tenant, None, &trace()).await.unwrap();
    let days = (1..=22).map(|ago| ago * 4).chain([120]);
    let place = |ago: i64| Place { day: night.saturating_sub(ago.days()), location: None };
    let adds = days.map(|ago| (place(ago), counts(index))).collect();
    let increment = Increment { once: EventId::derive(&tenant.id, &["year"]), adds, extras: Vec::new() };
    store.insights().add(&tenant.id, &[increment], at("01:00:00")).await.unwrap();
    tenant
}

/// The functions over a table, with queues of their own.
struct Night {
    stage: Stage,
    sqs: aws_sdk_sqs::Client,
    jobs_url: String,
    steps_url: String,
}

impl Night {
    /// With so many businesses besides the stage's, which has counted nothing.
    async fn of(businesses: usize) -> Self {
        let stage = Stage::new().await;
        for some in (0..businesses).collect::<Vec<_>>().chunks(25) {
            join_all(some.iter().map(|index| business(&stage.store, *index, NIGHT))).await;
        }
        let sqs = aws_sdk_sqs::Client::new(&stage.aws);
        let (jobs_url, steps_url) = (queue(&sqs, false).await, queue(&sqs, false).await);
        Self { stage, sqs, jobs_url, steps_url }
    }

    fn store(&self) -> Store {
        self.stage.cold().sealing_with(self.stage.stack.outputs["CredentialsKeyId"].clone())
    }

    async fn cron(&self, now: Timestamp) -> u64 {
        let jobs = Queue::new(self.sqs.clone(), self.jobs_url.clone());
        let steps = Queue::new(self.sqs.clone(), self.steps_url.clone());
        Benchmarks { store: self.store(), jobs, steps }.run(now).await.unwrap()
    }

    fn worker(&self, store: Store) -> TenantJobs {
        TenantJobs { store, queue: Queue::new(self.sqs.clone(), self.jobs_url.clone()) }
    }

    /// Does all tenant jobs that wait.
    async fn do_jobs(&self, now: Timestamp) -> usize {
        let jobs = drain(&self.sqs, &self.jobs_url).await;
        let worker = self.worker(self.store());
        for some in jobs.chunks(25) {
            let jobs = some.iter().map(|job| serde_json::from_str(job.body.as_deref().unwrap()).unwrap());
            let jobs: Vec<TenantJob> = jobs.collect();
            join_all(jobs.iter().map(|job| worker.perform(job, now))).await.into_iter().for_each(Result::unwrap);
        }
        jobs.len()
    }

    /// Does all steps that wait, and those that they ask for.
    async fn do_steps(&self, now: Timestamp) -> Vec<AggregateStep> {
        let aggregate = Aggregate {
            store: self.store(),
            queue: Queue::new(self.sqs.clone(), self.steps_url.clone()),
            publishes_us: true,
        };
        let mut all = Vec::new();
        loop {
            let steps = drain(&self.sqs, &self.steps_url).await;
            if steps.is_empty() {
                return all;
            }
            for step in steps {
                let step = serde_json::from_str(step.body.as_deref().unwrap()).unwrap();
                aggregate.work(&step, now).await.unwrap();
                all.push(step);
            }
        }
    }

    /// The night from three to four.
    async fn whole(&self) {
        self.cron(at("03:00:10")).await;
        self.do_jobs(at("03:10:00")).await;
        self.cron(at("04:00:10")).await;
        self.do_steps(at("04:01:00")).await;
    }

    async fn report(&self, tenant: &str) -> BenchmarkReport {
        let store = self.stage.cold();
        let tenant = store.tenants().document(&TenantId::new(tenant).unwrap()).await.unwrap().value;
        store.benchmarks().report(&tenant).await.unwrap()
    }

    async fn all_figures(&self) -> BTreeSet<(String, String)> {
        let items = self.stage.entities("benchmark_figures").await;
        items.iter().map(|item| (text_of(item, "sk").to_owned(), text_of(item, "figures").to_owned())).collect()
    }
}

fn run() -> Run {
    RunKind::Benchmarks.of_day(NIGHT)
}

#[tokio::test]
async fn many_businesses_get_figures_once_and_a_repeated_night_changes_nothing() {
    let many = businesses();
    let (night, done) = (Night::of(many).await, u64::try_from(many).unwrap());
    assert_eq!(night.cron(at("03:00:10")).await, done + 1, "the stage's own business is asked too");
    assert_eq!(night.cron(at("04:00:10")).await, 0, "not before they are summed up");
    let begun = std::time::Instant::now();
    assert_eq!(night.do_jobs(at("04:10:00")).await, many + 1);
    println!("{many} businesses: summed up in {:.1} s", begun.elapsed().as_secs_f64());
    let report = night.stage.store.runs().report(&run()).await.unwrap();
    assert_eq!((report.asked, report.done, report.missing()), (done + 1, done, 0));
    assert_eq!(report.skipped.get("too_new"), Some(&1));
    assert_eq!(night.cron(at("05:00:10")).await, u64::from(SHARDS));
    let steps = night.do_steps(at("05:01:00")).await;
    let trade = AggregateStep::Industry { day: NIGHT, industry: "roofing".to_owned() };
    assert!(steps.contains(&trade) && steps.len() > usize::from(SHARDS), "{steps:?}");

    let shown = night.report("roofer-3").await;
    assert_eq!((shown.state, shown.left_out, shown.as_of), (State::Ready, None, Some(NIGHT)));
    let quotes = &shown.metrics[0];
    assert_eq!((quotes.own, quotes.observations), (Some(0), 46));
    let others = quotes.others.as_ref().unwrap();
    assert_eq!((others.level, others.cohort.as_str(), others.period.as_str()), (Level::Industry, "roofing", "2026-H2"));
    // Half of them have none of their quotes accepted, half have every second one. The noise is added to counts, so the mean is near.
    assert!((1_000..=4_500).contains(&others.average), "{others:?}");
    assert!(shown.metrics.iter().filter(|line| line.own.is_none()).all(|line| line.absent.is_some()));

    let figures = night.all_figures().await;
    assert_eq!(night.cron(at("06:00:10")).await, 0, "all lists are done");
    for _ in 0..2 {
        let aggregate = Aggregate {
            store: night.store(),
            queue: Queue::new(night.sqs.clone(), night.steps_url.clone()),
            publishes_us: true,
        };
        aggregate.work(&AggregateStep::Shard { day: NIGHT, shard: 3 }, at("06:10:00")).await.unwrap();
        aggregate.work(&trade, at("06:10:00")).await.unwrap();
    }
    assert_eq!(night.all_figures().await, figures);
    assert_eq!(night.stage.entities("benchmark_ledger").await.len(), 1);

    // Nothing that is published names a business, and what one is shown names no other.
    let published: Vec<Item> = night.stage.entities("benchmark_figures").await;
    assert!(published.iter().all(|item| !format!("{item:?}").contains("roofer-")));
    let text = serde_json::to_string(&shown).unwrap();
    assert!(!text.contains("roofer-") && !text.contains("acme"), "{text}");
    let newcomer = night.report("acme").await;
    assert!(newcomer.metrics.iter().all(|line| line.own.is_none()));
}

#[tokio::test]
async fn nineteen_get_none() {
    let night = Night::of(19).await;
    night.whole().await;
    let shown = night.report("roofer-3").await;
    assert_eq!(shown.metrics[0].own, Some(0), "its own are there");
    assert!(shown.metrics.iter().all(|line| line.others.is_none() && line.no_comparison.is_some()));
    assert!(night.all_figures().await.iter().all(|(_, figures)| figures == "[]"));
}

#[tokio::test]
async fn who_leaves_is_in_no_later_night_and_sees_nothing() {
    let night = Night::of(3).await;
    night.whole().await;
    let put_in = async || {
        let items = night.stage.entities("benchmark_contribution").await;
        items.iter().map(|item| text_of(item, "tenant").to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(put_in().await.len(), 3);
    let store = night.stage.cold();
    let mut leaves = store.tenants().document(&TenantId::new("roofer-1").unwrap()).await.unwrap();
    leaves.value.benchmarks = false;
    store.tenants().save(&leaves.value, Some(leaves.version), &trace()).await.unwrap();
    assert_eq!(night.report("roofer-1").await.state, State::OptedOut, "at once");
    let mut paused = store.tenants().document(&TenantId::new("roofer-2").unwrap()).await.unwrap();
    paused.value.status = TenantStatus::Paused;
    store.tenants().save(&paused.value, Some(paused.version), &trace()).await.unwrap();

    let worker = night.worker(night.store());
    let next = |tenant: &str| TenantJob::BenchmarkSummary {
        tenant: TenantId::new(tenant).unwrap(),
        period: "2026-12-01".to_owned(),
    };
    for tenant in ["roofer-0", "roofer-1", "roofer-2", "never-was"] {
        worker.perform(&next(tenant), "2026-12-01T03:10:00Z".parse().unwrap()).await.unwrap();
    }
    // Those of the night before are gone too.
    assert_eq!(put_in().await, BTreeSet::from(["roofer-0".to_owned()]));
    let own = night.stage.store.benchmarks().own(&TenantId::new("roofer-1").unwrap()).await.unwrap().unwrap();
    assert!(own.figures.is_empty());
    let december = RunKind::Benchmarks.of_day(date(2026, 12, 1));
    let outcome = async |tenant: &str| {
        let tenant = TenantId::new(tenant).unwrap();
        night.stage.store.runs().outcome(&december, &tenant).await.unwrap()
    };
    assert_eq!(outcome("roofer-0").await, Some(Outcome::Done));
    assert_eq!(outcome("roofer-1").await, Some(Outcome::skipped("opted_out")));
    assert_eq!(outcome("roofer-2").await, Some(Outcome::skipped("not_served")));
}

#[tokio::test]
async fn a_business_is_summed_up_once_wherever_the_worker_dies() {
    let job = TenantJob::BenchmarkSummary { tenant: TenantId::new("roofer-0").unwrap(), period: NIGHT.to_string() };
    let table = async |night: &Night| {
        let mut items = night.stage.items().await;
        items.retain(|item| {
            text_of(item, "entity").starts_with("benchmark_") || text_of(item, "entity") == "run_outcome"
        });
        items.sort_by_key(|item| (text_of(item, "pk").to_owned(), text_of(item, "sk").to_owned()));
        items
    };
    let unharmed = Night::of(1).await;
    unharmed.worker(unharmed.store()).perform(&job, at("03:10:00")).await.unwrap();
    let expected = table(&unharmed).await;
    assert_eq!(expected.len(), 3, "its figures, what it puts in, and that it is done");
    for death in [Death::Before, Death::After] {
        for calls in 0.. {
            let night = Night::of(1).await;
            let life = Life::of(calls, death);
            let store = Store::new(&life.aws(&night.stage), night.stage.table.clone());
            let died = night.worker(store).perform(&job, at("03:10:00")).await;
            if !life.is_over() {
                died.unwrap();
                assert!(calls > 5, "{calls} calls");
                break;
            }
            assert!(matches!(died, Err(Failure::Retryable(_))), "{death:?} call {calls}: {died:?}");
            for _ in 0..2 {
                night.worker(night.store()).perform(&job, at("03:10:00")).await.unwrap();
            }
            assert_eq!(table(&night).await, expected, "killed at call {calls}, {death:?}");
        }
    }
}

#[tokio::test]
async fn of_a_business_that_cannot_be_read_the_run_says_so() {
    let night = Night::of(1).await;
    let roofer = TenantId::new("roofer-0").unwrap();
    make_unreadable(&night.stage, "roofer-0").await;
    let job = TenantJob::BenchmarkSummary { tenant: roofer.clone(), period: NIGHT.to_string() };
    let failed = night.worker(night.store()).perform(&job, at("03:10:00")).await;
    assert!(matches!(failed, Err(Failure::Permanent(_))), "{failed:?}");
    let outcome = night.stage.store.runs().outcome(&run(), &roofer).await.unwrap();
    assert_eq!(outcome, Some(Outcome::failed("unreadable")));
}

#[tokio::test]
async fn nothing_is_published_from_a_night_that_lacks_many() {
    let night = Night::of(30).await;
    night.cron(at("03:00:10")).await;
    // Two of 31 are never done.
    let jobs = drain(&night.sqs, &night.jobs_url).await;
    let worker = night.worker(night.store());
    for job in jobs.iter().skip(2) {
        worker.perform(&serde_json::from_str(job.body.as_deref().unwrap()).unwrap(), at("03:10:00")).await.unwrap();
    }
    assert_eq!(night.cron(at("06:00:10")).await, 0);
    assert!(night.stage.entities("benchmark_night").await.is_empty());
}

#[tokio::test]
async fn a_metric_that_comes_later_in_the_half_year_leaves_the_others_as_they_are() {
    let night = Night::of(150).await;
    night.whole().await;
    let before = night.report("roofer-3").await;
    let quotes = before.metrics[0].others.clone();
    assert!(quotes.is_some() && before.metrics[3].others.is_none(), "no one reports reviews");
    let reviews: Counts = [(Counter::Reviews, 12), (Counter::ReviewStars, 54)].into_iter().collect();
    let reviewed = (0..150).map(|index| {
        let tenant = TenantId::new(format!("roofer-{index}")).unwrap();
        let place = Place { day: NIGHT, location: None };
        let once = EventId::derive(&tenant, &["reviews"]);
        (tenant, Increment { once, adds: vec![(place, reviews.clone())], extras: Vec::new() })
    });
    for (tenant, increment) in reviewed {
        night.stage.store.insights().add(&tenant, &[increment], at("20:00:00")).await.unwrap();
    }
    let december = |time: &str| format!("2026-12-01T{time}Z").parse::<Timestamp>().unwrap();
    night.cron(december("03:00:10")).await;
    night.do_jobs(december("03:10:00")).await;
    night.cron(december("04:00:10")).await;
    night.do_steps(december("04:01:00")).await;
    let after = night.report("roofer-3").await;
    assert_eq!(after.metrics[0].others, quotes, "published once");
    let scores = after.metrics[3].others.as_ref().unwrap();
    assert!((400..=500).contains(&scores.average), "{scores:?}");
}
