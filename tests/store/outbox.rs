//! Rows of the outbox: in the stream, overdue, forgotten.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::OutboxRow;

use crate::stage::{Item, Stage, message, noon, phone, plain, text_of};

const MOMENT: SignedDuration = SignedDuration::from_millis(1);

/// An item as a stream record shows it.
fn image(item: &Item) -> Value {
    let attribute = |value: &AttributeValue| match value {
        AttributeValue::S(text) => json!({"S": text}),
        AttributeValue::N(number) => json!({"N": number}),
        other => panic!("an outbox row has no {other:?}"),
    };
    item.iter().map(|(name, value)| (name.clone(), attribute(value))).collect::<serde_json::Map<_, _>>().into()
}

#[tokio::test]
async fn a_row_is_read_from_the_stream_as_it_was_written() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let rows = stage.entities("outbox").await;
    let event: StreamEvent = serde_json::from_value(json!({"Records": [{
        "eventID": "1",
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_176_000,
            "Keys": {"pk": {"S": text_of(&rows[0], "pk")}, "sk": {"S": text_of(&rows[0], "sk")}},
            "NewImage": image(&rows[0]),
            "SequenceNumber": "111",
            "SizeBytes": 400,
            "StreamViewType": "NEW_IMAGE"
        },
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-11-20T00:00:00.000"
    }]}))
    .unwrap();
    let image = event.records.into_iter().next().unwrap().change.new_image;
    let row: OutboxRow = serde_dynamo::from_item(image).unwrap();
    assert_eq!(row.events, outcome.events);
    let overdue = stage.store.overdue(noon(60), 10).await.unwrap();
    assert_eq!(overdue, std::slice::from_ref(&row), "the sweeper reads the same");
    stage.store.forget(&row).await.unwrap();
    assert!(stage.entities("outbox").await.is_empty());
    stage.store.forget(&row).await.unwrap();
}

#[tokio::test]
async fn a_row_is_overdue_when_its_time_is_past_and_not_before() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let due = outcome.thread.last_message_at;
    assert!(stage.store.overdue(due, 10).await.unwrap().is_empty());
    assert_eq!(stage.store.overdue(due + MOMENT, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_oldest_rows_of_each_shard_come_first() {
    let stage = Stage::new().await;
    for index in 0..12 {
        stage.say(&message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index), plain()).await;
    }
    let all = stage.store.overdue(noon(60), 100).await.unwrap();
    assert_eq!(all.len(), 12);
    let first = stage.store.overdue(noon(60), 1).await.unwrap();
    assert!(first.len() > 1 && first.len() <= 4, "one of each shard");
    assert_eq!(stage.store.overdue(noon(5), 100).await.unwrap().len(), 5);
    for row in &first {
        stage.store.forget(row).await.unwrap();
    }
    assert_eq!(stage.store.overdue(noon(60), 100).await.unwrap().len(), 12 - first.len());
}
