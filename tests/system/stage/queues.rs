//! The queues, as an operator and SQS itself handle them.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{MessageSystemAttributeName, SendMessageBatchRequestEntry};
use domain::conversations::Message;
use domain::events::{Event, EventKind};
use domain::EventId;
use serde_json::{Value, json};

use super::{Tenant, stage, unique};

/// A record of a FIFO queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Its body.
    pub body: String,
    /// Its group.
    pub group: String,
}

fn sqs() -> Client {
    Client::new(&stage().aws)
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
    let queues = accounts.flat_map(|regions| regions.as_object().unwrap().values()).flat_map(|of| of.as_object().unwrap());
    let ours = queues.filter(|(url, _)| url.rsplit('/').next() == Some(name));
    let messages = ours.flat_map(|(_, messages)| messages.as_array().unwrap());
    messages.map(|message| message["Body"].as_str().unwrap().to_owned()).collect()
}

/// Takes the records out of a queue whose body holds `text`; the others stay.
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
        for message in received.messages() {
            let (body, receipt) = (message.body().unwrap(), message.receipt_handle().unwrap());
            if body.contains(text) {
                let group = message.attributes().unwrap()[&MessageSystemAttributeName::MessageGroupId].clone();
                taken.push(Queued { body: body.to_owned(), group });
                sqs().delete_message().queue_url(url).receipt_handle(receipt).send().await.unwrap();
            } else {
                let free = sqs().change_message_visibility().queue_url(url).receipt_handle(receipt);
                free.visibility_timeout(0).send().await.unwrap();
            }
        }
        taken
    })
}

impl Tenant {
    /// Delivers the record of an outgoing message to `worker-deliver` once more, as SQS does when a worker did not
    /// finish; gives a text that the record alone holds. The queue itself would wait three minutes.
    pub fn queue_again(&self, message: &Message) -> String {
        let mark = unique();
        let kind = EventKind::MessageQueued { message: message.reference, channel: message.channel };
        let tenant = self.id();
        let id = EventId::derive(&tenant, &[&mark]);
        let event = Event { id, tenant, at: message.reference.at, correlation_id: mark.clone(), kind };
        let body = json!({"detail-type": event.kind.name(), "source": "porchlight", "detail": event}).to_string();
        let sent = sqs().send_message().queue_url(stage().output("OutboundQueueUrl")).message_body(body).send();
        stage().block_on(sent).unwrap();
        mark
    }
}
