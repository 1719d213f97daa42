//! One message after another through every function of the main path, warm, to count what it asks of AWS and price it.
//!
//! What one function puts into the stub is handed to the next, as AWS would: the queued message to converse, outbox rows
//! of its transaction to the outbox worker, `message.queued` events to the deliverer, whose own outbox rows go round again.

use anyhow::{Context, Result};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use crate::aws::{Aws, Call, Usage};
use crate::prices::{Bill, PRICE_FILE, Prices, Queue, Step};
use crate::process::Function;
use crate::report::{Goal, Report, print_table};
use crate::runtime_api::{check_batch, check_status};
use crate::stats::{median, millis};
use crate::{Bench, FUNCTIONS, load, onboard};

/// Contacts whose messages warm the functions up, and contacts whose messages count.
const WARM_UP_CONTACTS: usize = 5;
const CONTACTS: usize = 50;

/// One function and what it has done so far.
struct Part {
    name: &'static str,
    function: Function,
    times_ms: Vec<f64>,
    usage: Usage,
}

/// What a function does for one inbound message.
#[derive(Debug, Serialize)]
struct PartFigures {
    name: &'static str,
    invocations: f64,
    median_ms: f64,
    usage: Usage,
}

struct MainPath {
    aws: Aws,
    webhook: Part,
    converse: Part,
    outbox: Part,
    deliver: Part,
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    let prices = Prices::read(&bench.root)?;
    let mut path = MainPath::start(bench).await?;
    let turns = load::TURNS.len();
    eprintln!("message-path: {} messages through {} functions ...", CONTACTS * turns, FUNCTIONS.len());
    for sequence in 0..(WARM_UP_CONTACTS + CONTACTS) * turns {
        if sequence == WARM_UP_CONTACTS * turns {
            path.parts().into_iter().for_each(Part::forget);
        }
        path.pass(sequence).await?;
    }
    let messages = CONTACTS * turns;
    let figures: Vec<PartFigures> = path.parts().into_iter().map(|part| part.figures(messages)).collect();
    let bill = prices.bill(&figures.iter().map(PartFigures::step).collect::<Vec<_>>());
    print(&figures, &bill);
    Report {
        name: "message-path",
        profile: bench.profile.clone(),
        goals: vec![Goal::at_most("largest package of these functions, zipped", 6.0, largest_mb(bench)?, "MB")],
        ratios: json!({}),
        figures: json!({"functions": figures, "bill": bill, "prices": prices}),
    }
    .finish(bench)
}

/// What each function asks of AWS for each message of two contacts: of the first, whose messages find every function
/// cold, and of the second.
pub(crate) async fn of_two_contacts(bench: &Bench) -> Result<Vec<(String, Usage)>> {
    let mut path = MainPath::start(bench).await?;
    let turns = load::TURNS.len();
    let mut used = Vec::new();
    for sequence in 0..2 * turns {
        path.pass(sequence).await?;
        let contact = if sequence < turns { "cold" } else { "warm" };
        for part in path.parts() {
            used.push((format!("{}, {contact}, message {}", part.name, sequence % turns + 1), part.usage.clone()));
            part.forget();
        }
    }
    Ok(used)
}

impl MainPath {
    async fn start(bench: &Bench) -> Result<Self> {
        let aws = Aws::start().await?;
        onboard::tenant(&aws).await?;
        let [webhook, converse, outbox, deliver] = FUNCTIONS;
        Ok(Self {
            webhook: Part::start(bench, &aws, webhook).await?,
            converse: Part::start(bench, &aws, converse).await?,
            outbox: Part::start(bench, &aws, outbox).await?,
            deliver: Part::start(bench, &aws, deliver).await?,
            aws,
        })
    }

    fn parts(&mut self) -> [&mut Part; 4] {
        [&mut self.webhook, &mut self.converse, &mut self.outbox, &mut self.deliver]
    }

    /// The `sequence`-th message, all the way.
    async fn pass(&mut self, sequence: usize) -> Result<()> {
        let calls = self.webhook.invoke(&self.aws, load::whatsapp_delivery(sequence)?).await?;
        let mut rows = Vec::new();
        for message in bodies(&calls, "AmazonSQS.SendMessage")? {
            let field = |name: &str| message.get(name).and_then(Value::as_str);
            let body = field("MessageBody").context("a message without a body")?;
            let calls = self.converse.invoke(&self.aws, load::sqs_event(body, field("MessageGroupId"))?).await?;
            rows.extend(outbox_rows(&calls)?);
        }
        while let Some(row) = rows.pop() {
            let calls = self.outbox.invoke(&self.aws, load::stream_event(&row)?).await?;
            for entry in queued(&calls)? {
                let event = load::sqs_event(&load::bus_message(&entry)?, None)?;
                rows.extend(outbox_rows(&self.deliver.invoke(&self.aws, event).await?)?);
            }
        }
        Ok(())
    }
}

impl Part {
    async fn start(bench: &Bench, aws: &Aws, name: &'static str) -> Result<Self> {
        let function = Function::spawn(&bench.our_function(name, aws)).await?;
        Ok(Self { name, function, times_ms: Vec::new(), usage: Usage::default() })
    }

    /// Handles one event; gives the calls that it caused.
    async fn invoke(&mut self, aws: &Aws, event: Bytes) -> Result<Vec<Call>> {
        aws.record();
        let answer = self.function.invoke(event).await;
        // What the stub could not answer is why a function failed.
        let used = aws.take_usage()?;
        let answer = answer.with_context(|| format!("{} failed", self.name))?;
        let check = if self.name.starts_with("webhook") { check_status } else { check_batch };
        check(&answer).with_context(|| format!("{} failed", self.name))?;
        self.times_ms.push(millis(answer.took));
        self.usage.add(&used);
        Ok(aws.recorded())
    }

    fn forget(&mut self) {
        self.times_ms.clear();
        self.usage = Usage::default();
    }

    fn figures(&self, messages: usize) -> PartFigures {
        PartFigures {
            name: self.name,
            invocations: self.times_ms.len() as f64 / messages as f64,
            median_ms: median(&self.times_ms),
            usage: self.usage.mean(messages),
        }
    }
}

impl PartFigures {
    fn step(&self) -> Step {
        let queue = match self.name {
            "ai-converse" => Queue::Fifo,
            "worker-deliver" => Queue::FromBus,
            _ => Queue::None,
        };
        Step { invocations: self.invocations, took_ms: self.median_ms, usage: self.usage.clone(), queue }
    }
}

fn largest_mb(bench: &Bench) -> Result<f64> {
    FUNCTIONS.iter().try_fold(0.0, |largest: f64, name| Ok(largest.max(bench.package_mb(name)?)))
}

/// The request bodies of all calls of one operation.
fn bodies(calls: &[Call], target: &str) -> Result<Vec<Value>> {
    let matching = calls.iter().filter(|call| call.target == target);
    matching.map(|call| serde_json::from_str(&call.body).context("a recorded call is JSON")).collect()
}

/// Outbox rows among what transactions put: what the table's stream, filtered as in template.yaml, would show.
fn outbox_rows(calls: &[Call]) -> Result<Vec<Value>> {
    let mut rows = Vec::new();
    for transaction in bodies(calls, "DynamoDB_20120810.TransactWriteItems")? {
        let writes =
            transaction.get("TransactItems").and_then(Value::as_array).context("a transaction without items")?;
        let items = writes.iter().filter_map(|write| write.pointer("/Put/Item"));
        rows.extend(items.filter(|item| item.pointer("/entity/S") == Some(&json!("outbox"))).cloned());
    }
    Ok(rows)
}

/// Published events that the rule in template.yaml sends to the Outbound queue.
fn queued(calls: &[Call]) -> Result<Vec<Value>> {
    let mut entries = published(calls)?;
    entries.retain(|entry| entry.get("DetailType") == Some(&json!("message.queued")));
    Ok(entries)
}

/// Published events.
pub(crate) fn published(calls: &[Call]) -> Result<Vec<Value>> {
    let mut entries = Vec::new();
    for publication in bodies(calls, "AWSEvents.PutEvents")? {
        let published = publication.get("Entries").and_then(Value::as_array);
        entries.extend(published.context("a publication without entries")?.iter().cloned());
    }
    Ok(entries)
}

fn print(figures: &[PartFigures], bill: &Bill) {
    let rows = figures.iter().map(|part| {
        let number = |value: f64| format!("{value:.2}");
        let usage = &part.usage;
        [
            part.name.to_owned(),
            number(part.invocations),
            format!("{:.2} ms", part.median_ms),
            number(usage.calls_to("DynamoDB")),
            number(usage.units.read),
            number(usage.units.write),
            number(usage.calls_to("SQS")),
            number(usage.events),
            number(usage.calls_to("KMS")),
            number(usage.calls_to("Meta")),
        ]
    });
    let header = [
        "for one message",
        "invocations",
        "median",
        "DynamoDB",
        "read units",
        "write units",
        "SQS",
        "events",
        "KMS",
        "Meta",
    ];
    print_table("The main path of one WhatsApp message, warm", &header, rows);

    let total = ["total".to_owned(), String::new(), format!("{:.5}", bill.usd_per_1000)];
    let lines = bill.lines.iter();
    let rows =
        lines.map(|line| [line.item.to_owned(), format!("{:.4}", line.quantity), format!("{:.5}", line.usd_per_1000)]);
    let title = format!("US dollars for 1,000 inbound messages, by {PRICE_FILE}");
    print_table(&title, &["item", "for one message", "$ for 1,000"], rows.chain([total]));
}
