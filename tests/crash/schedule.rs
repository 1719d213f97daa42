//! One schedule: a story, a seed, and what goes wrong.
//!
//! The schedule owns time. A function runs until its next call and stops there; the schedule then chooses which call of
//! which function goes on, what becomes of it, or what begins: a delivery, a record, a row, the sweeper. One call is
//! under way at a time, so the same seed gives the same order of everything, and the functions interleave at every
//! call all the same.

mod choice;
mod end;
mod step;

use jiff::{SignedDuration, Timestamp};
use std::fmt::Write as _;
use std::pin::pin;
use std::time::Duration;

use crate::calls::Call;
use crate::cloud::Cloud;
use crate::facts::{Facts, Step};
use crate::function::{Event, Function, Invocation, Sandbox};
use crate::plan::{Plan, Spec};
use crate::records::{ids, message_of, sqs_event, stream_event};
use crate::services::{Record, Services};
use crate::story::Delivery;
use choice::Choice;
use xtask::chance::Chance;

/// Functions at work at the same time.
const AT_ONCE: usize = 3;
/// Choices in a storm, and the faults in it at most.
const STORM: usize = 120;
const STORM_FAULTS: usize = 8;
/// Deliveries of the story that may overtake one another.
const WINDOW: usize = 3;
/// Choices until everything must have come to rest. Most schedules need some two hundred.
const PATIENCE: usize = 2_000;

/// A schedule under way.
pub(crate) struct Schedule<'a> {
    cloud: &'a Cloud,
    table: String,
    plan: Plan,
    chance: Chance,
    /// The table's stream overlooks every row.
    misses: bool,
    /// The vendors say later of every message that it could not be delivered.
    reports_failures: bool,
    /// Deliveries that are not answered with 200 yet.
    waiting: Vec<Delivery>,
    pub(crate) services: Services,
    sandboxes: Vec<Sandbox>,
    runs: Vec<Run>,
    choices: usize,
    pub(crate) steps: Vec<Step>,
    last_tick: Timestamp,
    pub(crate) facts: Facts,
    /// What happened, a line each.
    pub(crate) trace: String,
}

/// One invocation, stopped at a call.
struct Run {
    sandbox: Sandbox,
    invocation: Invocation,
    work: Work,
    call: Option<Call>,
    /// The choice that began it.
    began: usize,
}

/// What an invocation works on.
enum Work {
    Delivery(Delivery),
    Group(String, Vec<Record>),
    Outbound(Record),
    Shard(usize, Vec<Record>),
    Sweep,
}

impl<'a> Schedule<'a> {
    pub(crate) fn new(cloud: &'a Cloud, table: &str, spec: &Spec) -> Self {
        let mut chance = Chance::new(spec.seed);
        let story = spec.deliveries(&mut chance);
        Self {
            cloud,
            table: table.to_owned(),
            plan: spec.plan,
            chance,
            misses: spec.misses(),
            reports_failures: spec.reports_failures(),
            waiting: story,
            services: Services::default(),
            sandboxes: Vec::new(),
            runs: Vec::new(),
            choices: 0,
            steps: Vec::new(),
            last_tick: Timestamp::UNIX_EPOCH,
            facts: Facts::default(),
            trace: String::new(),
        }
    }

    /// Runs until nothing is left to do.
    pub(crate) async fn run(&mut self) {
        while self.choices < PATIENCE {
            self.choices += 1;
            if self.storms() && self.choices > STORM {
                self.plan = Plan::Clean;
                self.note("calm");
            }
            match if self.storms() { self.choose() } else { self.next_in_order() } {
                Some(choice) => self.act(choice).await,
                None if self.storms() => {}
                None if self.services.is_settled() => return,
                None => self.services.redrive(),
            }
        }
        self.facts.violations.push("it does not come to rest".to_owned());
    }

    fn storms(&self) -> bool {
        self.plan == Plan::Storm
    }

    fn note(&mut self, what: &str) {
        writeln!(self.trace, "  {:>3} {what}", self.choices).unwrap();
    }

    async fn act(&mut self, choice: Choice) {
        match choice {
            Choice::Go(run) => self.go(run).await,
            Choice::FiveMinutes => self.services.forget_deduplication(),
            Choice::Deliver(index) => {
                let delivery = self.waiting.remove(index);
                let request = lambda_http::request::from_str(&delivery.event).unwrap();
                let function = delivery.function;
                self.begin(function, Event::Request(Box::new(request)), Work::Delivery(delivery)).await;
            }
            Choice::Answer(group) => {
                let most = if self.storms() { 1 + self.chance.below(3) } else { 1 };
                let records = self.services.receive_group(&group, most);
                let event = Event::Records(sqs_event(&records));
                self.begin(Function::Converse, event, Work::Group(group, records)).await;
            }
            Choice::Send(index) => {
                let record = self.services.receive_outbound(index);
                if record.receives > 1 {
                    self.age_claim(&record).await;
                }
                let event = Event::Records(sqs_event(std::slice::from_ref(&record)));
                self.begin(Function::Deliver, event, Work::Outbound(record)).await;
            }
            Choice::Publish(shard) => {
                let most = if self.storms() { 1 + self.chance.below(3) } else { 1 };
                let rows = self.services.receive_shard(shard, most);
                let event = Event::Rows(stream_event(&rows));
                self.begin(Function::Outbox, event, Work::Shard(shard, rows)).await;
            }
            Choice::Sweep => {
                let later = Timestamp::now() + SignedDuration::from_mins(10);
                self.begin(Function::Sweeper, Event::Tick(later), Work::Sweep).await;
            }
        }
    }

    /// A message that failed is received again after its visibility timeout, which is longer than a claim lasts; unless
    /// a duplicate of it is at work right now, whose claim is young.
    async fn age_claim(&self, record: &Record) {
        let message = message_of(record);
        let is_at_work = self.runs.iter().any(|run| match &run.work {
            Work::Outbound(other) => message_of(other) == message,
            _ => false,
        });
        if !is_at_work {
            self.cloud.age_claim(&self.table, &message).await;
        }
    }

    async fn begin(&mut self, function: Function, event: Event, work: Work) {
        let warm = self.sandboxes.iter().position(|sandbox| sandbox.function == function);
        let sandbox = match warm {
            Some(index) => self.sandboxes.remove(index),
            None => Sandbox::start(function, self.cloud, &self.table),
        };
        let what = match &work {
            Work::Delivery(delivery) => delivery.name.clone(),
            Work::Group(group, records) => {
                let group = group.rsplit('#').next().unwrap();
                format!("converse[{} of {}]", ids(records), &group[..4])
            }
            Work::Outbound(record) => format!("deliver[{} {}]", record.id, &message_of(record).to_string()[52..60]),
            Work::Shard(_, rows) => format!("outbox[{}]", ids(rows)),
            Work::Sweep => "sweeper".to_owned(),
        };
        let temperature = if warm.is_some() { "warm" } else { "cold" };
        self.note(&format!("{what} begins {temperature}"));
        let invocation = sandbox.invoke(event);
        let run = Run { sandbox, invocation, work, call: None, began: self.choices };
        self.advance(run).await;
    }

    /// Lets a run go on to its next call or to its end.
    async fn advance(&mut self, mut run: Run) {
        self.tick().await;
        let ended = {
            let mut vendor = pin!(self.cloud.door.next());
            tokio::select! {
                biased;
                Some(call) = run.sandbox.calls.recv() => Err(Call::Aws(Box::new(call))),
                call = &mut vendor => Err(Call::Vendor(call)),
                ended = &mut run.invocation => Ok(ended),
            }
        };
        match ended {
            Err(call) => {
                run.call = Some(call);
                self.runs.push(run);
            }
            Ok(ended) => {
                self.end(run.work, Some(ended), run.began);
                self.sandboxes.push(run.sandbox);
            }
        }
    }

    /// The functions' clock counts milliseconds. Each goes on in one of its own, so that their order is the schedule's.
    async fn tick(&mut self) {
        let mut now = Timestamp::now();
        while now.as_millisecond() <= self.last_tick.as_millisecond() {
            tokio::time::sleep(Duration::from_millis(1)).await;
            now = Timestamp::now();
        }
        self.last_tick = now;
    }
}
