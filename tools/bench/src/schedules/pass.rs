//! One run over all businesses: the ticks of the cron function, and the messages that each of them sent, one by one through the workers;
//! what these put into the outbox is published, and what the bus makes of it goes through the workers too.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use domain::tenancy::runs::{Run, RunKind, RunReport};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Instant;
use store::Store;

use super::businesses::{self, Business};
use super::providers::Providers;
use super::results::{self, Results};
use crate::aws::{Aws, Usage};
use crate::path::published;
use crate::prices::{Queue, Step};
use crate::process::{Function, Spec};
use crate::runtime_api::{Answer, check_batch};
use crate::stats::millis;
use crate::{Bench, load, onboard};

/// The workers, and the queues that they read.
const WORKERS: [(&str, &str, Queue); 5] = [
    ("weather-checks", "worker-weather", Queue::Standard),
    ("tenant-jobs", "worker-tenant-jobs", Queue::Standard),
    ("aggregate", "worker-aggregate", Queue::Standard),
    ("campaign-drafts", "ai-draft-campaign", Queue::FromBus),
    ("campaign-events", "worker-campaigns", Queue::FromBus),
];
/// What publishes the rows of the outbox.
const PUBLISHER: &str = "worker-outbox";
/// The events that the bus puts on queues of these workers, and these queues.
const SUBSCRIBED: [&str; 2] = ["campaign.proposed", "campaign.drafted"];
const SUBSCRIBERS: [&str; 2] = ["campaign-drafts", "campaign-events"];
/// The kind of the rows that are published at once.
const OUTBOX: &str = "outbox";
/// Where records go that no retry can help.
const DEAD_LETTERS: &str = "dead-letter";
/// The kind of the item that says up to which hour tenants were asked.
const CLOCK: &str = "run_clock";

/// A run that is measured.
pub(super) struct Work {
    pub(super) kind: RunKind,
    /// The function that asks.
    pub(super) cron: &'static str,
    pub(super) period: String,
    /// When the schedule starts it.
    pub(super) ticks: Vec<Timestamp>,
}

/// What a function did in one pass.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartFigures {
    pub(super) name: String,
    pub(super) invocations: f64,
    /// The mean of an invocation, and the longest.
    pub(super) mean_ms: f64,
    pub(super) longest_ms: f64,
    pub(super) usage: Usage,
    #[serde(skip)]
    queue: Queue,
}

/// What a whole pass took.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Pass {
    pub(super) wall_s: f64,
    pub(super) cron: PartFigures,
    /// Those that had anything to do.
    pub(super) workers: Vec<PartFigures>,
}

/// The table with its businesses, and the workers.
pub(super) struct Stage {
    pub(super) aws: Aws,
    pub(super) store: Store,
    businesses: Vec<Business>,
    providers: Providers,
    workers: Vec<(&'static str, Part)>,
    publisher: Part,
}

struct Part {
    name: &'static str,
    function: Function,
    queue: Queue,
    took_ms: f64,
    longest_ms: f64,
    invocations: f64,
    usage: Usage,
}

impl Stage {
    /// Over a table with so many businesses.
    pub(super) async fn start(bench: &Bench, seed: u64, tenants: usize) -> Result<Self> {
        let (aws, providers) = (Aws::start().await?, Providers::start().await?);
        aws.heed();
        let store = onboard::store(&aws).await;
        let made = businesses::make(&store, seed, tenants, Timestamp::now()).await;
        // What the stub could not answer is why it failed.
        aws.take_usage()?;
        let businesses = made?;
        // What was published when they came is not measured.
        aws.forget(OUTBOX);
        let mut workers = Vec::new();
        for (source, name, queue) in WORKERS {
            let mut spec = bench.our_function(name, &aws);
            spec.env.extend(providers.env());
            // Measured as it will be everywhere: with the figures of all countries.
            spec.env.push(("PUBLISH_US_BENCHMARKS", "true".to_owned()));
            workers.push((source, Part::start(name, queue, &spec).await?));
        }
        let publisher = Part::start(PUBLISHER, Queue::None, &bench.our_function(PUBLISHER, &aws)).await?;
        // What the workers read before their first event.
        aws.take_usage()?;
        Ok(Self { aws, store, businesses, providers, workers, publisher })
    }

    /// Does `work`, looks at what owners see of it, and does it again from its beginning.
    ///
    /// # Errors
    /// When a tenant's outcome is missing or failed, an owner lacks something, or the second time does more than look.
    pub(super) async fn measure(&mut self, bench: &Bench, work: &Work) -> Result<(Pass, RunReport, Results)> {
        let mut spec = bench.our_function(work.cron, &self.aws);
        spec.program = std::env::current_exe()?;
        spec.args = vec!["clocked".to_owned(), work.cron.to_owned()];
        let mut cron = Part::start(work.cron, Queue::None, &spec).await?;
        let first = self.pass(work, &mut cron).await?;
        let report = self.store.runs().report(&Run { kind: work.kind, period: work.period.clone() }).await?;
        ensure!(
            report.asked == self.businesses.len() as u64 && report.missing() == 0 && report.failed_count() == 0,
            "{} is not complete: {report:?}",
            work.cron
        );
        let results = results::of(work.kind, &self.businesses, (&self.store, &self.aws), &first).await?;
        self.aws.take_usage()?;
        let last = work.ticks.last().context("a run without ticks")?;
        cron.invoke(&self.aws, &self.providers, tick(*last)).await?;
        ensure!(self.drain().await? == 0, "{} sent something when it was started twice in an hour", work.cron);
        // As if no hour had been asked for.
        self.aws.forget(CLOCK);
        let second = self.pass(work, &mut cron).await?;
        self.check_second(work, &second)?;
        Ok((first, report, results))
    }

    /// The second time each tenant is asked again, and its worker looks once.
    fn check_second(&self, work: &Work, second: &Pass) -> Result<()> {
        let mut all = Usage::default();
        second.workers.iter().for_each(|part| all.add(&part.usage));
        let looks = all.calls.get("DynamoDB.GetItem").copied().unwrap_or_default();
        ensure!(
            looks == self.businesses.len() as f64 && all.calls_to("") == looks && all.units.write == 0.0,
            "the second start of {} did more than look: {:?} {:?}",
            work.cron,
            all.calls,
            all.units
        );
        Ok(())
    }

    async fn pass(&mut self, work: &Work, cron: &mut Part) -> Result<Pass> {
        cron.forget();
        self.workers.iter_mut().for_each(|(_, part)| part.forget());
        self.publisher.forget();
        let begun = Instant::now();
        for at in &work.ticks {
            cron.invoke(&self.aws, &self.providers, tick(*at)).await?;
            self.drain().await?;
        }
        let wall_s = begun.elapsed().as_secs_f64();
        let workers = self.workers.iter().map(|(_, part)| part).chain([&self.publisher]).map(Part::figures);
        Ok(Pass { wall_s, cron: cron.figures(), workers: workers.filter(|part| part.invocations > 0.0).collect() })
    }

    /// Hands the workers what lies on their queues and what the outbox has for them, until nothing does; returns how many messages and
    /// rows that were.
    async fn drain(&mut self) -> Result<usize> {
        let mut all = 0;
        loop {
            let heard = self.publish().await?;
            let mut taken = heard.len();
            for (source, part) in &mut self.workers {
                let mut bodies = self.aws.messages(source);
                if SUBSCRIBERS.contains(source) {
                    bodies.extend(
                        heard
                            .iter()
                            .filter_map(|(name, body)| SUBSCRIBED.contains(&name.as_str()).then_some(body))
                            .cloned(),
                    );
                }
                for body in bodies {
                    let answer = part.invoke(&self.aws, &self.providers, load::sqs_event(&body, None)?).await?;
                    check_batch(&answer).with_context(|| format!("{} failed on {body}", part.name))?;
                    taken += 1;
                }
            }
            let dead = self.aws.messages(DEAD_LETTERS);
            ensure!(dead.is_empty(), "no retry can help: {dead:?}");
            if taken == 0 {
                return Ok(all);
            }
            all += taken;
        }
    }

    /// Publishes the rows of the outbox; returns the events' names and what a queue has of each.
    async fn publish(&mut self) -> Result<Vec<(String, String)>> {
        let mut events = Vec::new();
        for row in self.aws.items(OUTBOX) {
            self.aws.record();
            let answer = self.publisher.invoke(&self.aws, &self.providers, load::stream_event(&row)?).await?;
            check_batch(&answer).with_context(|| format!("{PUBLISHER} failed on {row}"))?;
            for entry in published(&self.aws.recorded())? {
                let name = entry.get("DetailType").and_then(Value::as_str).context("an event without a name")?;
                events.push((name.to_owned(), load::bus_message(&entry)?));
            }
        }
        let left = self.aws.items(OUTBOX);
        ensure!(left.is_empty(), "rows are still there after they were published: {left:?}");
        Ok(events)
    }
}

impl Part {
    async fn start(name: &'static str, queue: Queue, spec: &Spec) -> Result<Self> {
        let function = Function::spawn(spec).await?;
        function.first_poll_ms().await.with_context(|| format!("{name} does not start"))?;
        Ok(Self { name, function, queue, took_ms: 0.0, longest_ms: 0.0, invocations: 0.0, usage: Usage::default() })
    }

    async fn invoke(&mut self, aws: &Aws, providers: &Providers, event: Bytes) -> Result<Answer> {
        let answer = self.function.invoke(event).await;
        // What the stub could not answer is why a function failed.
        let mut used = aws.take_usage()?;
        let answer = answer.with_context(|| format!("{} failed", self.name))?;
        for (kind, requests) in providers.take() {
            used.calls.insert(format!("Weather.{kind}"), requests);
        }
        let took_ms = millis(answer.took);
        self.took_ms += took_ms;
        self.longest_ms = self.longest_ms.max(took_ms);
        self.invocations += 1.0;
        self.usage.add(&used);
        Ok(answer)
    }

    fn forget(&mut self) {
        (self.took_ms, self.longest_ms, self.invocations, self.usage) = (0.0, 0.0, 0.0, Usage::default());
    }

    fn figures(&self) -> PartFigures {
        PartFigures {
            name: self.name.to_owned(),
            invocations: self.invocations,
            mean_ms: self.took_ms / self.invocations.max(1.0),
            longest_ms: self.longest_ms,
            usage: self.usage.clone(),
            queue: self.queue,
        }
    }
}

impl Pass {
    /// What all functions asked together.
    pub(super) fn usage(&self) -> Usage {
        let mut all = self.cron.usage.clone();
        self.workers.iter().for_each(|part| all.add(&part.usage));
        all
    }

    /// How often the workers ran.
    pub(super) fn worker_runs(&self) -> f64 {
        self.workers.iter().map(|part| part.invocations).sum()
    }

    /// What is billed for one of so many tenants.
    pub(super) fn steps(&self, tenants: usize) -> Vec<Step> {
        let step = |part: &PartFigures| Step {
            invocations: part.invocations / tenants.max(1) as f64,
            took_ms: part.mean_ms,
            usage: part.usage.mean(tenants),
            queue: part.queue,
        };
        std::iter::once(&self.cron).chain(&self.workers).map(step).collect()
    }
}

fn tick(at: Timestamp) -> Bytes {
    json!({"version": "0", "detail-type": "Scheduled Event", "source": "aws.scheduler", "time": at}).to_string().into()
}
