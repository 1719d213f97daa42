//! Rows of the outbox: in the stream, overdue, forgotten.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::events::RawEvent;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::{Backlog, OutboxRow};

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
    assert_eq!(row.events, outcome.events.iter().map(RawEvent::from).collect::<Vec<_>>());
    let overdue = stage.overdue_rows(noon(60), 10).await;
    assert_eq!(overdue, std::slice::from_ref(&row), "the sweeper reads the same");
    stage.store.outbox().forget(&row).await.unwrap();
    assert!(stage.entities("outbox").await.is_empty());
    stage.store.outbox().forget(&row).await.unwrap();
}

#[tokio::test]
async fn a_row_is_overdue_when_its_time_is_past_and_not_before() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let due = outcome.thread.last_message_at;
    assert!(stage.overdue_rows(due, 10).await.is_empty());
    assert_eq!(stage.overdue_rows(due + MOMENT, 10).await.len(), 1);
}

#[tokio::test]
async fn a_shard_is_read_page_by_page_the_oldest_rows_first() {
    let stage = Stage::new().await;
    for index in 0..12 {
        stage.say(&message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index), plain()).await;
    }
    assert_eq!(stage.overdue_rows(noon(60), 100).await.len(), 12);
    assert_eq!(stage.store.pending().count(Backlog::Outbox, noon(60)).await.unwrap(), 12);
    let by_ones = stage.overdue_rows(noon(60), 1).await;
    assert_eq!(by_ones, stage.overdue_rows(noon(60), 100).await, "however they are paged");
    assert_eq!(stage.overdue_rows(noon(5), 100).await.len(), 5);
    for row in &by_ones[..4] {
        stage.store.outbox().forget(row).await.unwrap();
    }
    assert_eq!(stage.overdue_rows(noon(60), 3).await, by_ones[4..]);
}
