//! The queues, as an operator and SQS itself handle them.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{MessageSystemAttributeName, SendMessageBatchRequestEntry};
use domain::conversations::Message;
use domain::events::{Event, EventKind};
use domain::messaging::{Address, Channel, Content, Inbound, Phone, Source};
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::{EventId, TenantId};
use jiff::tz::TimeZone;
use runtime::queue::Queue;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{Tenant, eventually, stage, unique};

/// A record of a FIFO queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Its body.
    pub body: String,
    /// Its group.
    pub group: String,
}

impl Queued {
    /// A message as a webhook queues it.
    pub fn inbound(message: &Inbound) -> Self {
        Self { body: serde_json::to_string(message).unwrap(), group: message.group() }
    }
}

/// An SMS as its webhook would hand it on.
pub fn inbound_sms(tenant: TenantId, from: &str, text: &str) -> Inbound {
    Inbound {
        tenant,
        vendor_id: format!("SM{}", unique()),
        source: Source::Sms,
        channel: Channel::Sms,
        from: Address::Phone(Phone::e164(from, "from").unwrap()),
        also: Vec::new(),
        name: None,
        content: Content::Text { text: text.to_owned() },
        received_at: runtime::clock::now(),
        sent_at: None,
        fields: BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: unique(),
    }
}

fn sqs() -> Client {
    Client::new(&stage().aws)
}

/// Has a tenant's orders of this week drafted, as the cron job asks for it: a week that is over is left alone, so that a fixed one would do
/// only for some days.
pub fn orders_of_this_week(tenant: TenantId) -> Run {
    let run = RunKind::WeeklyOrders.of_day(runtime::clock::now().to_zoned(TimeZone::UTC).date());
    orders_of(tenant, &run);
    run
}

/// Has a tenant's orders of this run drafted.
pub fn orders_of(tenant: TenantId, run: &Run) {
    let queue: Queue<TenantJob> = Queue::new(sqs(), stage().output("TenantJobsQueueUrl").to_owned());
    stage().block_on(queue.send(&TenantJob::WeeklyOrder { tenant, period: run.period.clone() })).unwrap();
}

/// What became of a run for a tenant, once it is known.
pub fn outcome(run: &Run, tenant: &TenantId) -> Outcome {
    eventually("the run's outcome", || stage().block_on(stage().store.runs().outcome(run, tenant)).unwrap())
}

/// Puts records into a FIFO queue in one call, each with a deduplication id of its own.
pub fn publish(queue: &str, records: &[Queued]) {
    let entry = |(index, record): (usize, &Queued)| {
        let entry = SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(&record.body);
        entry.message_group_id(&record.group).message_deduplication_id(unique()).build().unwrap()
    };
    let entries = records.iter().enumerate().map(entry).collect();
    let sent = sqs().send_message_batch().queue_url(stage().output(queue)).set_entries(Some(entries)).send();
    assert!(stage().block_on(sent).unwrap().failed().is_empty());
}

/// The bodies in a queue, looked at without receiving them: an endpoint of the emulator's own.
pub fn peek(queue: &str) -> Vec<String> {
    let answer = stage().stack.http().get("/_ministack/sqs/messages", &[]).unwrap();
    let all: Value = serde_json::from_str(&answer.body).unwrap();
    let name = stage().output(queue).rsplit('/').next().unwrap();
    let accounts = all["messages"].as_object().unwrap().values();
    let queues =
        accounts.flat_map(|regions| regions.as_object().unwrap().values()).flat_map(|of| of.as_object().unwrap());
    let ours = queues.filter(|(url, _)| url.rsplit('/').next() == Some(name));
    let messages = ours.flat_map(|(_, messages)| messages.as_array().unwrap());
    messages.map(|message| message["Body"].as_str().unwrap().to_owned()).collect()
}

/// Takes the records out of a queue whose body holds `text`. The others are back after a few seconds, so that a next
/// call sees what is behind them.
pub fn take(queue: &str, text: &str) -> Vec<Queued> {
    let url = stage().output(queue);
    stage().block_on(async {
        let received = sqs()
            .receive_message()
            .queue_url(url)
            .max_number_of_messages(10)
            .visibility_timeout(5)
            .message_system_attribute_names(MessageSystemAttributeName::MessageGroupId)
            .send()
            .await
            .unwrap();
        let mut taken = Vec::new();
        for message in received.messages().iter().filter(|message| message.body().unwrap().contains(text)) {
            let group = message.attributes().unwrap()[&MessageSystemAttributeName::MessageGroupId].clone();
            taken.push(Queued { body: message.body().unwrap().to_owned(), group });
            let receipt = message.receipt_handle().unwrap();
            sqs().delete_message().queue_url(url).receipt_handle(receipt).send().await.unwrap();
        }
        taken
    })
}

impl Tenant {
    /// Delivers the record of an outgoing message to `worker-deliver` once more, as SQS does when a worker did not
    /// finish; gives a text that the record alone holds. The queue itself would wait three minutes.
    pub fn queue_again(&self, message: &Message) -> String {
        let mark = unique();
        let contact = self.lead(message.lead).contact;
        let kind = EventKind::MessageQueued { message: message.reference, channel: message.channel, contact };
        let tenant = self.id();
        let id = EventId::derive(&tenant, &[&mark]);
        let event = Event { id, tenant, at: message.reference.at, correlation_id: mark.clone(), kind };
        let body = json!({"detail-type": event.kind.name(), "source": "porchlight", "detail": event}).to_string();
        let sent = sqs().send_message().queue_url(stage().output("OutboundQueueUrl")).message_body(body).send();
        stage().block_on(sent).unwrap();
        mark
    }
}
