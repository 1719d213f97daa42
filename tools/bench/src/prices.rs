//! Dollars from counts: a dated price list, and the bill of one message.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

use crate::aws::Usage;
use crate::process::MEMORY_MB;

/// Where the prices are, under the root of the workspace.
pub(crate) const PRICE_FILE: &str = "tests/bench/prices-2026-11.toml";
/// Bills are for this many inbound messages or tenants.
const MESSAGES: f64 = 1_000.0;

/// One list price.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Price {
    usd: f64,
    per: f64,
    /// Where AWS publishes it.
    source: String,
    /// The dated text that the figure was read in.
    read_in: String,
}

/// The price list, and what it has to assume.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prices {
    region: String,
    as_of: String,
    lambda_arm64_gb_second: Price,
    lambda_request: Price,
    dynamodb_read_unit: Price,
    dynamodb_write_unit: Price,
    sqs_fifo_request: Price,
    sqs_standard_request: Price,
    eventbridge_custom_event: Price,
    kms_request: Price,
    http_api_request: Price,
    assumed: Assumed,
}

/// What no list says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assumed {
    aws_call_ms: f64,
    vendor_call_ms: f64,
    vcpu_at_mb: f64,
}

/// What hands a function its events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Queue {
    /// Nothing that is charged by the request: a stream, or the HTTP API, which has a line of its own.
    None,
    /// A FIFO queue that another function sends to.
    Fifo,
    /// A standard queue that EventBridge sends to.
    FromBus,
    /// A standard queue that another function sends to.
    Standard,
}

/// One function's part in handling a message.
pub(crate) struct Step {
    /// How often it runs for one message.
    pub(crate) invocations: f64,
    /// What one run takes here, on a whole core, in milliseconds.
    pub(crate) took_ms: f64,
    /// What it asks of AWS for one message.
    pub(crate) usage: Usage,
    /// Where its events come from.
    pub(crate) queue: Queue,
}

/// What messages cost.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bill {
    /// One line a service.
    pub(crate) lines: Vec<Line>,
    /// US dollars for 1,000 inbound messages, or for 1,000 tenants.
    pub(crate) usd_per_1000: f64,
}

/// One service's share.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// What is charged.
    pub(crate) item: &'static str,
    /// How much of it for one message.
    pub(crate) quantity: f64,
    /// US dollars for 1,000 inbound messages.
    pub(crate) usd_per_1000: f64,
}

impl Prices {
    /// Reads [`PRICE_FILE`].
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let path = root.join(PRICE_FILE);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is malformed", path.display()))
    }

    /// The bill of messages that come in over the HTTP API and pass `steps`.
    ///
    /// Lambda's poller is charged a receive and a delete for each event of a queue: the dearest case, no batching.
    pub(crate) fn bill(&self, steps: &[Step]) -> Bill {
        let sum = |quantity: &dyn Fn(&Step) -> f64| steps.iter().map(quantity).fold(0.0, |sum, each| sum + each);
        let polls = |queue: Queue, requests: f64| {
            sum(&|step| if step.queue == queue { step.invocations * requests } else { 0.0 })
        };
        let fifo = sum(&|step| step.usage.calls_to("SQS")) + polls(Queue::Fifo, 2.0);
        self.lines(&[
            ("API Gateway HTTP API requests", 1.0, &self.http_api_request),
            ("Lambda requests", sum(&|step| step.invocations), &self.lambda_request),
            ("Lambda GB-seconds (arm64)", sum(&|step| self.gb_seconds(step)), &self.lambda_arm64_gb_second),
            ("SQS FIFO requests", fifo, &self.sqs_fifo_request),
            ("SQS standard requests", polls(Queue::FromBus, 3.0), &self.sqs_standard_request),
            ("DynamoDB read request units", sum(&|step| step.usage.units.read), &self.dynamodb_read_unit),
            ("DynamoDB write request units", sum(&|step| step.usage.units.write), &self.dynamodb_write_unit),
            ("EventBridge custom events", sum(&|step| step.usage.events), &self.eventbridge_custom_event),
            ("KMS requests", sum(&|step| step.usage.calls_to("KMS")), &self.kms_request),
        ])
    }

    /// The bill of one tenant's part in scheduled work, where all queues are standard ones. Polling is as in [`Prices::bill`].
    ///
    /// The schedule's own starts are not in it: they do not grow.
    pub(crate) fn bill_of_run(&self, steps: &[Step]) -> Bill {
        let sum = |quantity: &dyn Fn(&Step) -> f64| steps.iter().map(quantity).fold(0.0, |sum, each| sum + each);
        let polls = sum(&|step| match step.queue {
            Queue::Standard => step.invocations * 2.0,
            Queue::FromBus => step.invocations * 3.0,
            Queue::Fifo | Queue::None => 0.0,
        });
        self.lines(&[
            ("Lambda requests", sum(&|step| step.invocations), &self.lambda_request),
            ("Lambda GB-seconds (arm64)", sum(&|step| self.gb_seconds(step)), &self.lambda_arm64_gb_second),
            ("SQS standard requests", sum(&|step| step.usage.calls_to("SQS")) + polls, &self.sqs_standard_request),
            ("DynamoDB read request units", sum(&|step| step.usage.units.read), &self.dynamodb_read_unit),
            ("DynamoDB write request units", sum(&|step| step.usage.units.write), &self.dynamodb_write_unit),
            ("EventBridge custom events", sum(&|step| step.usage.events), &self.eventbridge_custom_event),
            ("KMS requests", sum(&|step| step.usage.calls_to("KMS")), &self.kms_request),
        ])
    }

    /// Billed time is rounded up to a millisecond, for each run.
    fn gb_seconds(&self, step: &Step) -> f64 {
        if step.invocations == 0.0 {
            return 0.0;
        }
        let memory_mb = f64::from(MEMORY_MB);
        let slowdown = (self.assumed.vcpu_at_mb / memory_mb).max(1.0);
        let vendor_calls = step.usage.calls_to("Meta") + step.usage.calls_to("Weather");
        let aws_calls = step.usage.calls_to("") - vendor_calls;
        let waiting_ms = aws_calls * self.assumed.aws_call_ms + vendor_calls * self.assumed.vendor_call_ms;
        let billed_ms = step.took_ms.mul_add(slowdown, waiting_ms / step.invocations).ceil();
        step.invocations * billed_ms / 1_000.0 * memory_mb / 1_024.0
    }

    fn lines(&self, items: &[(&'static str, f64, &Price)]) -> Bill {
        let line = |&(item, quantity, price): &(&'static str, f64, &Price)| Line {
            item,
            quantity,
            usd_per_1000: quantity * MESSAGES * price.usd / price.per,
        };
        let lines: Vec<Line> = items.iter().map(line).collect();
        Bill { usd_per_1000: lines.iter().map(|line| line.usd_per_1000).sum(), lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Units;

    #[test]
    fn the_price_file_is_complete_and_a_bill_adds_up() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let prices = Prices::read(&root).unwrap();
        let usage = Usage { units: Units { read: 4.0, write: 16.0 }, events: 2.0, ..Usage::default() };
        let step = Step { invocations: 1.0, took_ms: 1.0, usage, queue: Queue::Fifo };
        let bill = prices.bill(&[step]);
        let of = |item: &str| bill.lines.iter().find(|line| line.item == item).unwrap().usd_per_1000;
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(of("DynamoDB write request units"), 0.01));
        assert!(near(of("SQS FIFO requests"), 0.001));
        assert!(near(of("EventBridge custom events"), 0.002));
        // 1 ms on a whole core is 6.9 ms on a share of 256 / 1769, billed as 7.
        assert!(near(of("Lambda GB-seconds (arm64)"), 1_000.0 * 0.007 * 0.25 * 0.000_013_333_4));
        assert!(near(bill.lines.iter().map(|line| line.usd_per_1000).sum(), bill.usd_per_1000));
    }
}
