//! Records of queues and of the stream, as Lambda hands them to a function.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_lambda_events::sqs::SqsEvent;
use domain::events::EventKind;
use domain::messaging::MessageRef;
use runtime::queue::Envelope;
use serde_json::{Value, json};

use crate::services::Record;

pub(crate) fn ids(records: &[Record]) -> String {
    records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The message that a record of the Outbound queue names.
pub(crate) fn message_of(record: &Record) -> MessageRef {
    let envelope: Envelope = serde_json::from_str(&record.body).unwrap();
    match envelope.detail.kind {
        EventKind::MessageQueued { message, .. }
        | EventKind::MessageSent { message, .. }
        | EventKind::MessageNotSent { message, .. } => message,
        other => panic!("{} does not belong on the Outbound queue", other.name()),
    }
}

pub(crate) fn sqs_event(records: &[Record]) -> SqsEvent {
    let record = |record: &Record| {
        let fifo = json!({ "MessageGroupId": record.group, "MessageDeduplicationId": record.id });
        let attributes = if record.group.is_empty() { json!({}) } else { fifo };
        json!({ "messageId": record.id, "body": record.body, "attributes": attributes, "messageAttributes": {} })
    };
    serde_json::from_value(json!({ "Records": records.iter().map(record).collect::<Vec<_>>() })).unwrap()
}

pub(crate) fn stream_event(rows: &[Record]) -> StreamEvent {
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
