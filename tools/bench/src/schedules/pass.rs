//! One run over all businesses: the ticks of the cron function, and the messages that each of them sent, one by one through the workers.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use domain::tenancy::runs::{Run, RunKind, RunReport};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use std::time::Instant;
use store::Store;

use super::providers::Providers;
use crate::aws::{Aws, Usage};
use crate::prices::{Queue, Step};
use crate::process::{Function, Spec};
use crate::runtime_api::check_batch;
use crate::stats::millis;
use crate::{Bench, load, onboard};

/// The workers, and the queues that they read.
const WORKERS: [(&str, &str); 3] =
    [("weather-checks", "worker-weather"), ("tenant-jobs", "worker-tenant-jobs"), ("aggregate", "worker-aggregate")];
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
    /// The mean of an invocation.
    pub(super) mean_ms: f64,
    pub(super) usage: Usage,
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
    providers: Providers,
    workers: Vec<(&'static str, Part)>,
    tenants: usize,
}

struct Part {
    name: &'static str,
    function: Function,
    took_ms: f64,
    invocations: f64,
    usage: Usage,
}

impl Stage {
    /// Over a table that `make` fills with so many tenants.
    pub(super) async fn start(bench: &Bench, seed: u64, tenants: usize) -> Result<Self> {
        let (aws, providers) = (Aws::start().await?, Providers::start().await?);
        aws.heed();
        let store = onboard::store(&aws).await;
        super::businesses::make(&store, seed, tenants, Timestamp::now()).await?;
        aws.take_usage()?;
        let mut workers = Vec::new();
        for (queue, name) in WORKERS {
            let mut spec = bench.our_function(name, &aws);
            spec.env.extend(providers.env());
            let part = Part::start(name, &spec).await?;
            workers.push((queue, part));
        }
        // What the workers read before their first event.
        aws.take_usage()?;
        Ok(Self { aws, store, providers, workers, tenants })
    }

    /// Does `work`, and does it again from its beginning.
    ///
    /// # Errors
    /// When a tenant's outcome is missing or failed, or the second time does more than look.
    pub(super) async fn measure(&mut self, bench: &Bench, work: &Work) -> Result<(Pass, RunReport)> {
        let mut spec = bench.our_function(work.cron, &self.aws);
        spec.program = std::env::current_exe()?;
        spec.args = vec!["clocked".to_owned(), work.cron.to_owned()];
        let mut cron = Part::start(work.cron, &spec).await?;
        let first = self.pass(work, &mut cron).await?;
        let report = self.store.runs().report(&Run { kind: work.kind, period: work.period.clone() }).await?;
        ensure!(
            report.asked == self.tenants as u64 && report.missing() == 0 && report.failed_count() == 0,
            "{} is not complete: {report:?}",
            work.cron
        );
        self.aws.take_usage()?;
        let last = work.ticks.last().context("a run without ticks")?;
        cron.invoke(&self.aws, &self.providers, tick(*last)).await?;
        ensure!(self.drain().await? == 0, "{} sent something when it was started twice in an hour", work.cron);
        // As if no hour had been asked for.
        self.aws.forget(CLOCK);
        let second = self.pass(work, &mut cron).await?;
        self.check_second(work, &second)?;
        Ok((first, report))
    }

    /// The second time each tenant is asked again, and its worker looks once.
    fn check_second(&self, work: &Work, second: &Pass) -> Result<()> {
        let mut all = Usage::default();
        second.workers.iter().for_each(|part| all.add(&part.usage));
        let looks = all.calls.get("DynamoDB.GetItem").copied().unwrap_or_default();
        ensure!(
            looks == self.tenants as f64 && all.calls_to("") == looks && all.units.write == 0.0,
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
        let begun = Instant::now();
        for at in &work.ticks {
            cron.invoke(&self.aws, &self.providers, tick(*at)).await?;
            self.drain().await?;
        }
        let wall_s = begun.elapsed().as_secs_f64();
        let workers = self.workers.iter().map(|(_, part)| part.figures()).filter(|part| part.invocations > 0.0);
        Ok(Pass { wall_s, cron: cron.figures(), workers: workers.collect() })
    }

    /// Hands the workers what lies on their queues until nothing does; returns how many messages that were.
    async fn drain(&mut self) -> Result<usize> {
        let mut all = 0;
        loop {
            let mut taken = 0;
            for (queue, part) in &mut self.workers {
                for body in self.aws.messages(queue) {
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
}

impl Part {
    async fn start(name: &'static str, spec: &Spec) -> Result<Self> {
        let function = Function::spawn(spec).await?;
        function.first_poll_ms().await.with_context(|| format!("{name} does not start"))?;
        Ok(Self { name, function, took_ms: 0.0, invocations: 0.0, usage: Usage::default() })
    }

    async fn invoke(&mut self, aws: &Aws, providers: &Providers, event: Bytes) -> Result<crate::runtime_api::Answer> {
        let answer = self.function.invoke(event).await;
        // What the stub could not answer is why a function failed.
        let mut used = aws.take_usage()?;
        let answer = answer.with_context(|| format!("{} failed", self.name))?;
        for (kind, requests) in providers.take() {
            used.calls.insert(format!("Weather.{kind}"), requests);
        }
        self.took_ms += millis(answer.took);
        self.invocations += 1.0;
        self.usage.add(&used);
        Ok(answer)
    }

    fn forget(&mut self) {
        (self.took_ms, self.invocations, self.usage) = (0.0, 0.0, Usage::default());
    }

    fn figures(&self) -> PartFigures {
        PartFigures {
            name: self.name.to_owned(),
            invocations: self.invocations,
            mean_ms: self.took_ms / self.invocations.max(1.0),
            usage: self.usage.clone(),
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

    /// How many messages the workers took.
    pub(super) fn messages(&self) -> f64 {
        self.workers.iter().map(|part| part.invocations).sum()
    }

    /// What is billed for one of so many tenants.
    pub(super) fn steps(&self, tenants: usize) -> Vec<Step> {
        let step = |part: &PartFigures, queue| Step {
            invocations: part.invocations / tenants.max(1) as f64,
            took_ms: part.mean_ms,
            usage: part.usage.mean(tenants),
            queue,
        };
        let workers = self.workers.iter().map(|part| step(part, Queue::Standard));
        std::iter::once(step(&self.cron, Queue::None)).chain(workers).collect()
    }
}

fn tick(at: Timestamp) -> Bytes {
    json!({"version": "0", "detail-type": "Scheduled Event", "source": "aws.scheduler", "time": at}).to_string().into()
}
