//! The queues that `runtime` talks to: hopeless records arrive in the dead-letter queue, messages go in once and in order.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use domain::Failure;
use domain::events::{Event, RawEvent};
use runtime::batch::Batch;
use runtime::bus::Bus;
use runtime::dead_letters::DeadLetters;
use runtime::queue::Queue;

use crate::stage::{Stage, message, phone, plain};

/// A queue of one test.
pub async fn queue(sqs: &Client, fifo: bool) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let create = sqs.create_queue();
    let create = if fifo {
        create.queue_name(format!("{name}.fifo")).attributes(QueueAttributeName::FifoQueue, "true")
    } else {
        create.queue_name(name)
    };
    create.send().await.unwrap().queue_url.unwrap()
}

/// Everything that can be received now, in order; each received message is deleted so that its group goes on.
pub async fn drain(sqs: &Client, url: &str) -> Vec<Message> {
    let mut all = Vec::new();
    loop {
        let answer = sqs
            .receive_message()
            .queue_url(url)
            .max_number_of_messages(10)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .unwrap();
        let messages = answer.messages.unwrap_or_default();
        if messages.is_empty() {
            return all;
        }
        for message in &messages {
            let receipt = message.receipt_handle.clone().unwrap();
            sqs.delete_message().queue_url(url).receipt_handle(receipt).send().await.unwrap();
        }
        all.extend(messages);
    }
}

fn record(id: &str, group: Option<&str>) -> SqsMessage {
    let mut record = SqsMessage::default();
    record.message_id = Some(id.to_owned());
    record.body = Some(format!("body of {id}"));
    if let Some(group) = group {
        record.attributes.insert("MessageGroupId".to_owned(), group.to_owned());
        record.attributes.insert("MessageDeduplicationId".to_owned(), format!("deduplication-{id}"));
    }
    record
}

/// What is left undone after a handler that fails `hopeless` for ever and panics at `broken`.
async fn run(sqs: &Client, url: &str, records: Vec<SqsMessage>) -> Vec<String> {
    let batch =
        Batch { dead_letters: DeadLetters::new(sqs.clone(), url.to_owned()), time_per_record: Duration::from_secs(1) };
    let mut event = SqsEvent::default();
    event.records = records;
    let handle = async |record: SqsMessage| match record.message_id.as_deref() {
        Some("hopeless") => Err(Failure::Permanent("it names nothing".into())),
        Some("refused") => Err(Failure::invalid("text", "text is missing")),
        Some("broken") => panic!("a bug"),
        Some("later") => Err(Failure::Retryable("not now".into())),
        _ => Ok(()),
    };
    let response = batch.run(event, SystemTime::now() + Duration::from_secs(60), handle).await;
    response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
}

#[tokio::test]
async fn hopeless_records_are_moved_and_done_with_and_the_rest_of_their_group_goes_on() {
    let stage = Stage::new().await;
    let sqs = Client::new(&stage.aws);
    let dlq = queue(&sqs, true).await;
    let records = vec![
        record("hopeless", Some("a")),
        record("fine", Some("a")),
        record("broken", Some("b")),
        record("refused", Some("b")),
        record("later", Some("c")),
        record("fine", Some("c")),
    ];
    assert_eq!(run(&sqs, &dlq, records).await, ["later", "fine"], "only the group that must wait is left");
    let mut buried = drain(&sqs, &dlq).await;
    buried.sort_by(|a, b| a.body.cmp(&b.body));
    let bodies: Vec<&str> = buried.iter().map(|message| message.body.as_deref().unwrap()).collect();
    assert_eq!(bodies, ["body of broken", "body of hopeless", "body of refused"]);
    let attributes = buried[1].attributes.as_ref().unwrap();
    assert_eq!(attributes[&MessageSystemAttributeName::MessageGroupId], "a");
    assert_eq!(attributes[&MessageSystemAttributeName::MessageDeduplicationId], "deduplication-hopeless");
}

#[tokio::test]
async fn a_record_that_is_buried_twice_lies_there_once() {
    let stage = Stage::new().await;
    let sqs = Client::new(&stage.aws);
    let dlq = queue(&sqs, true).await;
    for _ in 0..2 {
        assert!(run(&sqs, &dlq, vec![record("hopeless", Some("a"))]).await.is_empty());
    }
    assert_eq!(drain(&sqs, &dlq).await.len(), 1);
}

#[tokio::test]
async fn records_of_a_standard_queue_are_buried_too() {
    let stage = Stage::new().await;
    let sqs = Client::new(&stage.aws);
    let dlq = queue(&sqs, false).await;
    let records = vec![record("broken", None), record("later", None), record("fine", None)];
    assert_eq!(run(&sqs, &dlq, records).await, ["later"]);
    assert_eq!(drain(&sqs, &dlq).await.len(), 1);
}

#[tokio::test]
async fn messages_go_in_once_and_come_out_in_the_order_of_their_contact() {
    let stage = Stage::new().await;
    let sqs = Client::new(&stage.aws);
    let url = queue(&sqs, true).await;
    let inbound = Queue::new(sqs.clone(), url.clone());
    // More than one call takes, of two people.
    let messages: Vec<_> = (0..23_i64)
        .map(|index| message(&format!("m{index}"), &phone(u32::try_from(index % 2).unwrap()), index))
        .collect();
    inbound.send_all(&messages).await.unwrap();
    // The vendor repeats the delivery.
    inbound.send_all(&messages[..5]).await.unwrap();
    inbound.send(&messages[7]).await.unwrap();
    inbound.send_all(&[]).await.unwrap();

    let out: Vec<domain::messaging::Inbound> = drain(&sqs, &url)
        .await
        .into_iter()
        .map(|message| serde_json::from_str(message.body.as_deref().unwrap()).unwrap())
        .collect();
    assert_eq!(out.len(), messages.len());
    for person in 0..2 {
        let of = |all: &[domain::messaging::Inbound]| {
            all.iter().filter(|message| message.from == phone(person)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(of(&out), of(&messages));
    }
}

#[tokio::test]
async fn events_arrive_on_the_bus_by_name_and_as_they_were_written() {
    let stage = Stage::new().await;
    let (sqs, events) = (Client::new(&stage.aws), aws_sdk_eventbridge::Client::new(&stage.aws));
    let url = queue(&sqs, false).await;
    let name = url.rsplit('/').next().unwrap().to_owned();
    events.create_event_bus().name(&name).send().await.unwrap();
    let rule = events.put_rule().name("scored").event_bus_name(&name);
    rule.event_pattern(r#"{"source":["porchlight"],"detail-type":["message.queued"]}"#).send().await.unwrap();
    let attributes =
        sqs.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::QueueArn).send().await.unwrap();
    let arn = &attributes.attributes.unwrap()[&QueueAttributeName::QueueArn];
    let target = aws_sdk_eventbridge::types::Target::builder().id("queue").arn(arn).build().unwrap();
    events.put_targets().rule("scored").event_bus_name(&name).targets(target).send().await.unwrap();

    // More than one call takes; each turn says that a reply is queued, and more.
    let mut published: Vec<Event> = Vec::new();
    for index in 0..6_i64 {
        published.extend(stage.say(&message(&format!("m{index}"), &phone(1), index), plain()).await.events);
    }
    published.extend(stage.say(&message("other", &phone(2), 9), plain()).await.events);
    assert!(published.len() > 10);
    let raw: Vec<RawEvent> = published.iter().map(RawEvent::from).collect();
    Bus::new(events, name).publish(&raw).await.unwrap();

    let queued = published.iter().filter(|event| event.kind.name() == "message.queued");
    let mut expected: Vec<serde_json::Value> = queued.map(|event| serde_json::to_value(event).unwrap()).collect();
    let deadline = SystemTime::now() + Duration::from_secs(30);
    let mut arrived = Vec::new();
    while arrived.len() < expected.len() {
        assert!(SystemTime::now() < deadline, "{} of {} arrived", arrived.len(), expected.len());
        let envelopes = drain(&sqs, &url).await.into_iter().map(|message| message.body.unwrap());
        arrived
            .extend(envelopes.map(|body| serde_json::from_str::<serde_json::Value>(&body).unwrap()["detail"].take()));
    }
    let by_id = |event: &serde_json::Value| event["id"].as_str().unwrap().to_owned();
    arrived.sort_by_key(by_id);
    expected.sort_by_key(by_id);
    assert_eq!(arrived, expected);
}
