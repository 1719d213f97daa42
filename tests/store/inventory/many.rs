//! The Monday of many businesses: each is asked once and has its own draft, and the run's report adds up.

use cron_weekly_po::WeeklyOrders;
use domain::tenancy::runs::{Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use futures::future::join_all;
use runtime::queue::Queue;
use std::collections::BTreeSet;
use std::time::Instant;
use worker_tenant_jobs::TenantJobs;

use super::orders::{WEEK, low, low_business, monday};
use crate::queues::{drain, queue};
use crate::runs::businesses;
use crate::stage::text_of;

#[tokio::test]
async fn many_businesses_have_their_orders_drafted_on_one_monday() {
    let (stage, many) = (low().await, businesses());
    let slugs: Vec<String> = (1..many).map(|index| format!("business-{index}")).collect();
    for some in slugs.chunks(25) {
        join_all(some.iter().map(|slug| low_business(&stage, slug))).await;
    }
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = WeeklyOrders { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    assert_eq!(cron.ask(monday()).await.unwrap(), u64::try_from(many).unwrap());

    let begun = Instant::now();
    let jobs = drain(&sqs, &url).await;
    let jobs = jobs.iter().map(|job| serde_json::from_str(job.body.as_deref().unwrap()).unwrap());
    let jobs: Vec<TenantJob> = jobs.collect();
    let worker = TenantJobs { store: stage.cold(), queue: Queue::new(sqs, url) };
    // Some are delivered twice.
    for some in jobs.chunks(25).chain([&jobs[..10]]) {
        let performed = join_all(some.iter().map(|job| worker.perform(job, monday()))).await;
        performed.into_iter().for_each(Result::unwrap);
    }
    println!("{many} businesses: the orders of a week drafted in {:.1} s", begun.elapsed().as_secs_f64());
    let run = Run { kind: RunKind::WeeklyOrders, period: WEEK.to_owned() };
    let report = stage.store.runs().report(&run).await.unwrap();
    let all = u64::try_from(many).unwrap();
    assert_eq!((report.asked, report.done, report.missing(), report.failed_count()), (all, all, 0, 0));
    let orders = stage.entities("purchase_order").await;
    let whose: BTreeSet<&str> = orders.iter().map(|order| text_of(order, "pk")).collect();
    assert_eq!((orders.len(), whose.len()), (many, many));
}
