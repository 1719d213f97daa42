//! The sweepers over a table in which something cannot be read: the rest is done, and what is left comes up again later.

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_eventbridge::Client as Events;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName;
use domain::EventId;
use domain::journeys::{DueStep, JourneyUpdate};
use jiff::SignedDuration;
use runtime::bus::Bus;
use runtime::queue::Queue;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use store::{Backlog, Commit, OutboxRow};

use crate::journeys::{customer, journey_of, run, save, visit};
use crate::queues::{drain, queue};
use crate::stage::{Item, Stage, message, noon, phone, plain, text_of};

/// An hour, after which what could not be read is looked at again.
const HOUR: i64 = 3_600;

pub fn soon() -> SystemTime {
    SystemTime::now() + Duration::from_secs(60)
}

/// Changes attributes of an item.
async fn spoil(stage: &Stage, item: &Item, changes: &[(&str, AttributeValue)]) {
    let mut item = item.clone();
    item.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// A bus, and a queue on which everything that is published arrives.
async fn bus(stage: &Stage) -> (Bus, String) {
    let (sqs, events) = (Client::new(&stage.aws), Events::new(&stage.aws));
    let url = queue(&sqs, false).await;
    let name = url.rsplit('/').next().unwrap().to_owned();
    events.create_event_bus().name(&name).send().await.unwrap();
    let rule = events.put_rule().name("all").event_bus_name(&name).event_pattern(r#"{"source":["porchlight"]}"#);
    rule.send().await.unwrap();
    let attributes = sqs.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::QueueArn);
    let arn = attributes.send().await.unwrap().attributes.unwrap().remove(&QueueAttributeName::QueueArn).unwrap();
    let target = aws_sdk_eventbridge::types::Target::builder().id("queue").arn(arn).build().unwrap();
    events.put_targets().rule("all").event_bus_name(&name).targets(target).send().await.unwrap();
    (Bus::new(events, name), url)
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_set_aside_and_a_newer_versions_is_passed_on_whole() {
    let stage = Stage::new().await;
    for index in 0..6 {
        stage.say(&message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index), plain()).await;
    }
    let rows = stage.entities("outbox").await;
    spoil(&stage, &rows[0], &[("events", text("not JSON"))]).await;
    spoil(&stage, &rows[1], &[("due", text("yesterday"))]).await;
    let tomorrow =
        json!([{"id": "e", "type": "drone.launched", "tenant": "acme", "data": {"pad": 7}, "wind": "north"}]);
    spoil(&stage, &rows[2], &[("events", text(&tomorrow.to_string())), ("colour", text("green"))]).await;

    let (bus, url) = bus(&stage).await;
    let sweeper = cron_outbox_sweeper::Sweeper { store: stage.store.clone(), bus };
    let failed = sweeper.sweep(noon(120), soon()).await.unwrap_err().to_string();
    assert!(failed.contains("2 overdue rows"), "{failed}");
    let left = stage.entities("outbox").await;
    assert_eq!(left.len(), 2, "everything else is published");
    // They hold up nothing, and are found again: as long as no one can read them, and when someone can.
    assert_eq!(sweeper.sweep(noon(180), soon()).await, Ok(0));
    assert!(sweeper.sweep(noon(240 + HOUR), soon()).await.is_err());
    for row in stage.entities("outbox").await {
        spoil(&stage, &row, &[("events", text("[]")), ("due", AttributeValue::N("1".to_owned()))]).await;
    }
    assert_eq!(sweeper.sweep(noon(600 + 2 * HOUR), soon()).await, Ok(2));
    assert!(stage.entities("outbox").await.is_empty());

    let sqs = Client::new(&stage.aws);
    let deadline = SystemTime::now() + Duration::from_secs(30);
    let mut arrived: Vec<Value> = Vec::new();
    while !arrived.iter().any(|envelope| envelope["detail-type"] == "drone.launched") {
        assert!(SystemTime::now() < deadline, "{arrived:?}");
        let bodies = drain(&sqs, &url).await.into_iter().map(|message| message.body.unwrap());
        arrived.extend(bodies.map(|body| serde_json::from_str::<Value>(&body).unwrap()));
    }
    let launched = arrived.iter().find(|envelope| envelope["detail-type"] == "drone.launched").unwrap();
    assert_eq!(launched["detail"], tomorrow[0]);
}

#[tokio::test]
async fn a_backlog_of_more_than_a_thousand_rows_is_published_in_one_run() {
    const ROWS: usize = 1_500;
    let stage = Stage::new().await;
    let event = stage.say(&message("m1", &phone(1), 0), plain()).await.events.remove(0);
    for index in 0..ROWS - 1 {
        let id = EventId::derive(&stage.tenant.id, &[&index.to_string()]);
        let row = OutboxRow::new(id, stage.tenant.id.clone(), std::slice::from_ref(&event), noon(0));
        let mut item: Item = serde_dynamo::to_item(&row).unwrap();
        let key = store::keys::of(&stage.tenant.id).outbox(id);
        item.extend([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))]);
        stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
    }
    let (bus, _) = bus(&stage).await;
    let sweeper = cron_outbox_sweeper::Sweeper { store: stage.store.clone(), bus };
    // Nothing fits into a run that has no time.
    assert_eq!(sweeper.sweep(noon(120), SystemTime::now()).await, Ok(0));
    assert_eq!(stage.store.pending().count(Backlog::Outbox, noon(60)).await.unwrap(), ROWS);
    let started = std::time::Instant::now();
    assert_eq!(sweeper.sweep(noon(120), SystemTime::now() + Duration::from_secs(300)).await, Ok(ROWS));
    println!("{ROWS} rows in {} ms", started.elapsed().as_millis());
    assert_eq!(stage.store.pending().count(Backlog::Outbox, noon(60)).await.unwrap(), 0);
}

#[tokio::test]
async fn a_journey_that_cannot_be_read_stops_no_one_elses_steps() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    for name in ["ana", "bo", "cleo"] {
        let person = customer(&stage, name).await;
        let mut journey_update = JourneyUpdate::of(journey_of(&person));
        journey_update.journey.runs = vec![run(tenant, name, noon(100))];
        assert_eq!(save(&stage, &journey_update, name, noon(0)).await, Commit::Stored);
    }
    let journeys = stage.entities("journey").await;
    spoil(&stage, &journeys[0], &[("runs", text("all of them"))]).await;
    let sqs = Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let queue = Queue::new(sqs.clone(), url.clone());
    let sweeper = cron_sequence_sweeper::Sweeper { store: stage.store.clone(), queue };
    assert!(sweeper.sweep(noon(500), soon()).await.unwrap_err().to_string().contains("1 overdue journeys"));
    let arrived: Vec<DueStep> = drain(&sqs, &url)
        .await
        .iter()
        .map(|message| serde_json::from_str(message.body.as_deref().unwrap()).unwrap())
        .collect();
    assert_eq!(arrived.len(), 2);
    // What is on the queue is left to it for a while, and put there again if it is not done by then.
    assert_eq!(sweeper.sweep(noon(800), soon()).await, Ok(0));
    assert_eq!(sweeper.sweep(noon(500 + 1_201), soon()).await, Ok(2));
    assert!(sweeper.sweep(noon(500 + HOUR + 301), soon()).await.is_err(), "it is looked at again");
    // A journey that is stored waits for its next step as ever.
    let person = visit(&stage, arrived[0].contact).await;
    let mut journey_update = JourneyUpdate::of(journey_of(&person));
    journey_update.journey.runs = vec![run(tenant, "next", noon(200))];
    assert_eq!(save(&stage, &journey_update, "next", noon(900)).await, Commit::Stored);
    assert_eq!(sweeper.sweep(noon(600), soon()).await, Ok(1));
}

#[tokio::test]
async fn a_thread_that_cannot_be_read_stops_no_one_elses_clock() {
    let stage = Stage::new().await;
    for (id, last) in [("m1", 1), ("m2", 2), ("m3", 3)] {
        let inbound = message(id, &phone(last), 0);
        let loaded_turn = stage.store.people().load_turn(&inbound).await.unwrap();
        let turn = domain::turns::Turn::open(
            &stage.tenant,
            domain::tenancy::BusinessContext::NONE,
            &inbound,
            loaded_turn.people,
            noon(0),
        );
        let silent = domain::turns::Response::Silent { intent: domain::conversations::Intent::Other, suppressed: None };
        assert_eq!(stage.commit(&turn.close(silent, 5)).await, Commit::Stored);
    }
    let threads = stage.entities("thread").await;
    spoil(&stage, &threads[0], &[("sla", text("late"))]).await;
    let watch = cron_sla_watch::Watch { store: stage.store.clone() };
    assert!(watch.look(noon(61), soon()).await.unwrap_err().to_string().contains("1 waiting threads"));
    let breaches = stage.entities("outbox").await;
    let breaches = breaches.iter().filter(|row| text_of(row, "events").contains("sla.breached"));
    assert_eq!(breaches.count(), 2);
    assert_eq!(watch.look(noon(120), soon()).await, Ok(0), "it is set aside");
    let later = noon(61) + SignedDuration::from_secs(HOUR + 1);
    assert!(watch.look(later, soon()).await.is_err(), "and looked at again");
}
