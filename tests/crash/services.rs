//! The AWS services between the functions, as their documentation promises them and not a bit better.
//!
//! - SQS FIFO: a group's messages in order, one receiver of a group at a time, a failed message blocks its group, a
//!   deduplication id counts once within five minutes.
//! - SQS standard: any order, at least once, two receivers of one message at a time.
//! - After five receives a message is in the dead-letter queue, from which an operator brings it back.
//! - DynamoDB Streams: inserts in order of commit within a shard, at least once, given up after five retries.
//! - EventBridge: at least once; one rule, that of the Outbound queue in `template.yaml`: what becomes of outgoing messages goes to the Outbound queue.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::wire::AwsAnswer;

pub(crate) const INBOUND: &str = "http://sqs.example.com/inbound.fifo";
pub(crate) const DEAD_LETTERS: &str = "http://sqs.example.com/dead-letters.fifo";
pub(crate) const BUS: &str = "crash";

/// `maxReceiveCount` of the queues (`infra/queue.yaml`), and the retries of the stream's mapping in `template.yaml`.
const MAX_RECEIVES: u32 = 5;
const SHARDS: usize = 2;

/// A message in a queue, or a row in the stream.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) body: String,
    /// FIFO only.
    pub(crate) group: String,
    pub(crate) receives: u32,
}

/// Everything between the functions.
#[derive(Debug, Default)]
pub(crate) struct Services {
    /// Inbound: the groups in order of their names.
    pub(crate) inbound: BTreeMap<String, VecDeque<Record>>,
    pub(crate) busy_groups: BTreeSet<String>,
    remembered: BTreeSet<String>,
    /// Outbound.
    pub(crate) outbound: Vec<Record>,
    /// What the redrive policy moved away: the group is empty for Outbound.
    given_up: Vec<Record>,
    /// What functions themselves gave up as hopeless.
    pub(crate) buried: Vec<String>,
    pub(crate) stream: [VecDeque<Record>; SHARDS],
    pub(crate) busy_shards: BTreeSet<usize>,
    /// Outbox rows that are in the table.
    pub(crate) rows: BTreeSet<String>,
    /// Every event that was ever published, by its id.
    pub(crate) events: BTreeMap<String, Value>,
    /// Promises that a function broke towards a service.
    pub(crate) surprises: Vec<String>,
    count: u64,
}

impl Services {
    fn record(&mut self, group: &str, body: String) -> Record {
        self.count += 1;
        Record { id: format!("r{}", self.count), body, group: group.to_owned(), receives: 0 }
    }

    /// `AmazonSQS.SendMessage`.
    pub(crate) fn send(&mut self, request: &Value) -> AwsAnswer {
        self.enqueue(request["QueueUrl"].as_str().unwrap(), request);
        AwsAnswer::json(200, &json!({ "MessageId": format!("m{}", self.count) }))
    }

    /// `AmazonSQS.SendMessageBatch`; of a batch that is refused in part, the last entry is.
    pub(crate) fn send_batch(&mut self, request: &Value, in_part: bool) -> AwsAnswer {
        let entries = request["Entries"].as_array().unwrap();
        let taken = entries.len() - usize::from(in_part);
        for entry in &entries[..taken] {
            self.enqueue(request["QueueUrl"].as_str().unwrap(), entry);
        }
        let successful: Vec<_> =
            entries[..taken].iter().map(|entry| json!({ "Id": entry["Id"], "MessageId": "m" })).collect();
        let failed: Vec<_> = entries[taken..]
            .iter()
            .map(|entry| json!({ "Id": entry["Id"], "Code": "InternalError", "SenderFault": false }))
            .collect();
        AwsAnswer::json(200, &json!({ "Successful": successful, "Failed": failed }))
    }

    fn enqueue(&mut self, queue: &str, entry: &Value) {
        let body = entry["MessageBody"].as_str().unwrap().to_owned();
        if queue == DEAD_LETTERS {
            self.buried.push(body);
            return;
        }
        let group = entry["MessageGroupId"].as_str().unwrap();
        let deduplication = entry["MessageDeduplicationId"].as_str().unwrap();
        if self.remembered.insert(format!("{group}|{deduplication}")) {
            let record = self.record(group, body);
            self.inbound.entry(group.to_owned()).or_default().push_back(record);
        }
    }

    /// Five minutes go by: FIFO forgets which ids it has seen.
    pub(crate) fn forget_deduplication(&mut self) {
        self.remembered.clear();
    }

    /// `AWSEvents.PutEvents`; of a batch that is refused in part, the last entry is.
    pub(crate) fn put_events(&mut self, request: &Value, in_part: bool) -> AwsAnswer {
        let entries = request["Entries"].as_array().unwrap();
        let taken = entries.len() - usize::from(in_part);
        for entry in &entries[..taken] {
            self.publish(entry);
        }
        let answers = entries.iter().enumerate().map(|(index, _)| {
            if index < taken { json!({ "EventId": "e" }) } else { json!({ "ErrorCode": "InternalFailure" }) }
        });
        let answers: Vec<_> = answers.collect();
        AwsAnswer::json(200, &json!({ "FailedEntryCount": entries.len() - taken, "Entries": answers }))
    }

    fn publish(&mut self, entry: &Value) {
        let detail: Value = serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
        let kind = entry["DetailType"].clone();
        let id = detail["id"].as_str().unwrap().to_owned();
        if ["message.queued", "message.sent", "message.not_sent"].iter().any(|routed| kind == *routed) {
            let envelope = json!({ "source": entry["Source"], "detail-type": kind, "detail": detail });
            let record = self.record("", envelope.to_string());
            self.outbound.push(record);
        }
        if let Some(before) = self.events.insert(id.clone(), detail.clone())
            && before != detail
        {
            self.surprises.push(format!("event {id} says two things: {before} and {detail}"));
        }
    }

    /// A transaction was applied: outbox rows in it show up in the stream, unless `missed`.
    pub(crate) fn committed(&mut self, transaction: &Value, missed: bool) {
        for item in transaction["TransactItems"].as_array().unwrap() {
            let image = &item["Put"]["Item"];
            let Some(key) = image["pk"]["S"].as_str() else { continue };
            // The stream's filter lets only inserts of rows that are due at once through.
            let is_due = image["entity"]["S"] == "outbox";
            let is_row = image["pending_pk"]["S"].as_str().is_some_and(|shard| shard.starts_with("PENDING#"));
            if is_row && self.rows.insert(key.to_owned()) && is_due && !missed {
                let record = self.record("", image.to_string());
                let shard = key.bytes().map(usize::from).sum::<usize>() % SHARDS;
                self.stream[shard].push_back(record);
            }
        }
    }

    /// An item was deleted.
    pub(crate) fn deleted(&mut self, request: &Value) {
        self.rows.remove(request["Key"]["pk"]["S"].as_str().unwrap());
    }

    /// The first messages of a group, which no one else gets meanwhile.
    pub(crate) fn receive_group(&mut self, group: &str, most: usize) -> Vec<Record> {
        self.busy_groups.insert(group.to_owned());
        let queue = self.inbound.get_mut(group).unwrap();
        let most = most.min(queue.len());
        queue.iter_mut().take(most).for_each(|record| record.receives += 1);
        queue.iter().take(most).cloned().collect()
    }

    /// The receiver of a group is through, or dead: `done` are deleted, the rest is visible again.
    pub(crate) fn release_group(&mut self, group: &str, done: &[String]) {
        self.busy_groups.remove(group);
        let Some(queue) = self.inbound.get_mut(group) else { return };
        queue.retain(|record| !done.contains(&record.id));
        while queue.front().is_some_and(|record| record.receives >= MAX_RECEIVES) {
            self.given_up.extend(queue.pop_front());
        }
        if queue.is_empty() {
            self.inbound.remove(group);
        }
    }

    pub(crate) fn receive_outbound(&mut self, index: usize) -> Record {
        let mut record = self.outbound.remove(index);
        record.receives += 1;
        record
    }

    /// The receiver of an outbound message did not do it.
    pub(crate) fn return_outbound(&mut self, record: Record) {
        if record.receives >= MAX_RECEIVES { self.given_up.push(record) } else { self.outbound.push(record) }
    }

    pub(crate) fn receive_shard(&mut self, shard: usize, most: usize) -> Vec<Record> {
        self.busy_shards.insert(shard);
        self.stream[shard].iter_mut().take(1).for_each(|record| record.receives += 1);
        self.stream[shard].iter().take(most).cloned().collect()
    }

    /// The first `done` records of a shard are through; a first record that failed too often is given up.
    pub(crate) fn release_shard(&mut self, shard: usize, done: usize) {
        self.busy_shards.remove(&shard);
        self.stream[shard].drain(..done);
        if self.stream[shard].front().is_some_and(|record| record.receives > MAX_RECEIVES) {
            self.stream[shard].pop_front();
        }
    }

    /// An operator moves dead letters back to their queues.
    pub(crate) fn redrive(&mut self) {
        for record in std::mem::take(&mut self.given_up) {
            let record = Record { receives: 0, ..record };
            if record.group.is_empty() {
                self.outbound.push(record);
            } else {
                self.inbound.entry(record.group.clone()).or_default().push_back(record);
            }
        }
    }

    /// Whether no dead letter waits for an operator.
    pub(crate) fn is_settled(&self) -> bool {
        self.given_up.is_empty()
    }
}
