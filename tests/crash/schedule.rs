//! One schedule: a story, a seed, and what goes wrong.
//!
//! The schedule owns time. A function runs until its next call and stops there; the schedule then chooses which call of
//! which function goes on, what becomes of it, or what begins: a delivery, a record, a row, the sweeper. One call is
//! under way at a time, so the same seed gives the same order of everything, and the functions interleave at every
//! call all the same.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_lambda_events::sqs::SqsEvent;
use domain::events::EventKind;
use domain::messaging::MessageRef;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::pin::pin;
use worker_deliver::Envelope;

use crate::calls::{self, Answer, Call, Sent, Vendor};
use crate::chance::Chance;
use crate::cloud::Cloud;
use crate::fault::Fault;
use crate::function::{Ended, Event, Function, Invocation, Sandbox};
use crate::plan::{Plan, Spec};
use crate::services::{Record, Services};
use crate::story::{Delivery, Said, meta_status, twilio_status};

/// Functions at work at the same time.
const AT_ONCE: usize = 3;
/// Choices in a storm, and the faults in it at most.
const STORM: usize = 120;
const STORM_FAULTS: usize = 8;
/// Deliveries of the story that may overtake one another.
const WINDOW: usize = 3;
/// Choices until everything must have come to rest. The longest schedules seen need a fifth of it.
const PATIENCE: usize = 5_000;

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

/// What the schedule saw, which the table must agree with.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Messages whose delivery was answered with 200.
    pub(crate) accepted: Vec<Said>,
    /// The references of messages that Twilio or Meta said later could not be delivered.
    pub(crate) undelivered: BTreeSet<String>,
    /// The phones of those.
    pub(crate) unreachable: BTreeSet<String>,
    /// The references of e-mails that SES took, as often as it did.
    pub(crate) mails: Vec<String>,
    /// Phones that said STOP by SMS, with the choice by which Twilio got its 200.
    silenced: BTreeMap<String, usize>,
    /// Faults by function and kind.
    pub(crate) faults: BTreeMap<(Function, Fault), usize>,
    /// What must never happen and did.
    pub(crate) violations: Vec<String>,
}

/// One call of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) function: Function,
    /// Counts the function's calls, over all its invocations, from 1.
    pub(crate) number: usize,
    /// It sends a message through a vendor.
    pub(crate) sends: bool,
}

impl Step {
    /// The senders' own clients never repeat a call that went out.
    pub(crate) fn can_have(self, fault: Fault) -> bool {
        !(self.sends && fault == Fault::Repeated)
    }
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

enum Choice {
    Go(usize),
    Deliver(usize),
    Answer(String),
    Send(usize),
    Publish(usize),
    Sweep,
    FiveMinutes,
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

    /// One thing at a time, and what is under way before what comes.
    fn next_in_order(&mut self) -> Option<Choice> {
        if !self.runs.is_empty() {
            return Some(Choice::Go(0));
        }
        if !self.services.outbound.is_empty() {
            return Some(Choice::Send(0));
        }
        if let Some(shard) = self.services.stream.iter().position(|shard| !shard.is_empty()) {
            return Some(Choice::Publish(shard));
        }
        if let Some(group) = self.services.inbound.keys().next() {
            return Some(Choice::Answer(group.clone()));
        }
        if !self.services.rows.is_empty() {
            return Some(Choice::Sweep);
        }
        (!self.waiting.is_empty()).then_some(Choice::Deliver(0))
    }

    /// Any of the things that may happen now.
    fn choose(&mut self) -> Option<Choice> {
        let mut choices: Vec<Choice> = (0..self.runs.len()).map(Choice::Go).collect();
        if self.runs.len() < AT_ONCE {
            choices.extend((0..self.waiting.len().min(WINDOW)).map(Choice::Deliver));
            let free = self.services.inbound.keys().filter(|group| !self.services.busy_groups.contains(*group));
            choices.extend(free.cloned().map(Choice::Answer));
            choices.extend((0..self.services.outbound.len().min(WINDOW)).map(Choice::Send));
            let shards = self.services.stream.iter().enumerate();
            let free = shards.filter(|(shard, rows)| !rows.is_empty() && !self.services.busy_shards.contains(shard));
            choices.extend(free.map(|(shard, _)| Choice::Publish(shard)));
            if !self.services.rows.is_empty() && self.chance.one_in(10) {
                choices.push(Choice::Sweep);
            }
        }
        if self.chance.one_in(20) {
            choices.push(Choice::FiveMinutes);
        }
        if choices.is_empty() {
            return None;
        }
        let index = self.chance.below(choices.len());
        Some(choices.swap_remove(index))
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
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            now = Timestamp::now();
        }
        self.last_tick = now;
    }

    /// Carries out the call at which a run stopped, with or without a fault.
    async fn go(&mut self, index: usize) {
        let mut run = self.runs.remove(index);
        let call = run.call.take().unwrap();
        let function = run.sandbox.function;
        let number = 1 + self.steps.iter().filter(|step| step.function == function).count();
        let step = Step { function, number, sends: matches!(call, Call::Vendor(_)) };
        let fault = self.fault(step);
        self.steps.push(step);
        let mut line = format!("{function} {number} {}", call.name());
        if let Some(fault) = fault {
            *self.facts.faults.entry((function, fault)).or_default() += 1;
            write!(line, "  {fault}").unwrap();
        }
        self.note(&line);
        match fault {
            Some(Fault::CrashBefore) => self.end(run.work, None, run.began),
            Some(Fault::CrashAfter) => {
                self.perform(&call, &run).await;
                self.end(run.work, None, run.began);
            }
            _ => {
                self.answer(call, &run, fault).await;
                self.advance(run).await;
            }
        }
    }

    fn fault(&mut self, step: Step) -> Option<Fault> {
        let fault = match self.plan {
            Plan::One { function, number, fault } => {
                (function == step.function && number == step.number).then_some(fault)
            }
            Plan::Storm if self.facts.faults.values().sum::<usize>() < STORM_FAULTS && self.chance.one_in(6) => {
                Some(*self.chance.pick(&Fault::ALL))
            }
            _ => None,
        };
        fault.filter(|fault| step.can_have(*fault))
    }

    /// Performs the call, or not, and lets the function know, or not.
    async fn answer(&mut self, call: Call, run: &Run, fault: Option<Fault>) {
        let answer = match fault {
            Some(Fault::ErrorBefore) => None,
            Some(Fault::ErrorAfter) => {
                self.perform(&call, run).await;
                None
            }
            Some(Fault::Refused) => Some(calls::refuse(&call, &mut self.services)),
            Some(Fault::Repeated) => {
                self.perform(&call, run).await;
                Some(self.perform(&call, run).await)
            }
            _ => Some(self.perform(&call, run).await),
        };
        calls::answer(call, answer).await;
    }

    async fn perform(&mut self, call: &Call, run: &Run) -> Answer {
        match call {
            Call::Aws(call) => {
                let missed = self.misses || (self.storms() && self.chance.one_in(10));
                Answer::Aws(calls::aws(call, self.cloud, &mut self.services, missed).await)
            }
            Call::Vendor(call) => {
                let (answer, sent) = calls::vendor(call, self.cloud).await;
                if let Some(sent) = sent {
                    self.sent(sent, run.began);
                }
                Answer::Vendor(answer)
            }
        }
    }

    /// A vendor took a message.
    fn sent(&mut self, sent: Sent, began: usize) {
        if self.facts.silenced.get(&sent.to).is_some_and(|since| *since < began) {
            self.facts.violations.push("a message was sent to somebody who had said STOP".to_owned());
        }
        if sent.vendor == Vendor::Ses {
            self.facts.mails.push(sent.reference);
            return;
        }
        let reports = self.reports_failures || (self.storms() && self.chance.one_in(2));
        if !reports {
            return;
        }
        let fails = self.reports_failures || self.chance.one_in(3);
        if fails {
            self.facts.undelivered.insert(sent.reference.clone());
            self.facts.unreachable.insert(sent.to.clone());
        }
        self.waiting.insert(
            0,
            match sent.vendor {
                Vendor::Twilio => twilio_status(&sent.reference, &sent.id, &sent.to, fails),
                _ => meta_status(&sent.reference, &sent.id, fails),
            },
        );
    }

    /// An invocation is over: it ended, or died (`None`). What it worked on is done with or comes back.
    fn end(&mut self, work: Work, ended: Option<Ended>, began: usize) {
        let how = match &ended {
            None => "died".to_owned(),
            Some(ended) => format!("ended {ended:?}"),
        };
        self.note(&format!("what began at {began} {how}"));
        // Now and then an acknowledgement is lost, and what was done comes again.
        let again = self.storms() && self.chance.one_in(8);
        match (work, ended) {
            (Work::Delivery(delivery), Some(Ended::Status(200))) => {
                self.accept(&delivery);
                if again {
                    self.waiting.push(delivery);
                }
            }
            (Work::Delivery(delivery), ended) => {
                if let Some(Ended::Status(status)) = ended
                    && status != 503
                {
                    self.facts.violations.push(format!("{} was answered with {status}", delivery.name));
                }
                self.waiting.insert(0, delivery);
            }
            (Work::Group(group, records), ended) => {
                let mut done: Vec<_> = records.into_iter().map(|record| record.id).collect();
                match ended {
                    Some(Ended::Batch(failed)) if !again => done.retain(|id| !failed.contains(id)),
                    _ => done.clear(),
                }
                self.services.release_group(&group, &done);
            }
            (Work::Outbound(record), Some(Ended::Batch(failed))) if failed.is_empty() => {
                if again {
                    self.services.return_outbound(record);
                }
            }
            (Work::Outbound(record), _) => self.services.return_outbound(record),
            (Work::Shard(shard, rows), ended) => {
                let done = match ended {
                    Some(Ended::Rows(None)) if !again => rows.len(),
                    Some(Ended::Rows(Some(first))) => rows.iter().position(|row| row.id == first).unwrap(),
                    _ => 0,
                };
                self.services.release_shard(shard, done);
            }
            (Work::Sweep, _) => {}
        }
    }

    fn accept(&mut self, delivery: &Delivery) {
        for said in &delivery.messages {
            if !self.facts.accepted.contains(said) {
                self.facts.accepted.push(said.clone());
            }
            if said.stops && delivery.function == Function::Sms {
                let phone = said.from.trim_start_matches("phone:").to_owned();
                self.facts.silenced.entry(phone).or_insert(self.choices);
            }
        }
    }
}

fn ids(records: &[Record]) -> String {
    records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The message that a record of the Outbound queue names.
fn message_of(record: &Record) -> MessageRef {
    let envelope: Envelope = serde_json::from_str(&record.body).unwrap();
    match envelope.detail.kind {
        EventKind::MessageQueued { message, .. } => message,
        other => panic!("{} does not belong on the Outbound queue", other.name()),
    }
}

fn sqs_event(records: &[Record]) -> SqsEvent {
    let record = |record: &Record| {
        let fifo = json!({ "MessageGroupId": record.group, "MessageDeduplicationId": record.id });
        let attributes = if record.group.is_empty() { json!({}) } else { fifo };
        json!({ "messageId": record.id, "body": record.body, "attributes": attributes, "messageAttributes": {} })
    };
    serde_json::from_value(json!({ "Records": records.iter().map(record).collect::<Vec<_>>() })).unwrap()
}

fn stream_event(rows: &[Record]) -> StreamEvent {
    let row = |row: &Record| {
        let image: Value = serde_json::from_str(&row.body).unwrap();
        let keys = json!({ "pk": image["pk"], "sk": image["sk"] });
        let change = json!({
            "ApproximateCreationDateTime": 0, "Keys": keys, "NewImage": image, "SequenceNumber": row.id, "SizeBytes": 1,
            "StreamViewType": "NEW_IMAGE",
        });
        json!({
            "eventID": row.id, "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
            "awsRegion": "us-east-1", "dynamodb": change,
        })
    };
    serde_json::from_value(json!({ "Records": rows.iter().map(row).collect::<Vec<_>>() })).unwrap()
}
