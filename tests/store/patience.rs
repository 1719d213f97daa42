//! Models that take their time: no one's message is given up for it, no lost race asks them again, and what they took is
//! counted once.

use ai_converse::{Converse, MODEL_BUDGET, TIME_PER_RECORD};
use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use domain::leads::LeadStatus;
use domain::messaging::Inbound;
use runtime::batch::{Batch, body};
use runtime::dead_letters::DeadLetters;
use runtime::queue::Queue;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::model::Model;
use crate::mortal::{Death, Life};
use crate::queues::{drain, queue};
use crate::stage::{Stage, message, phone, plain, text_of};

/// The number that a resource or a parameter of a template has as a property.
fn in_template(file: &str, resource: &str, property: &str) -> u64 {
    let template = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap();
    let (_, rest) = template.split_once(&format!("\n  {resource}:\n")).unwrap();
    let (_, value) = rest.split_once(&format!("{property}: ")).unwrap();
    value.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// A record as Lambda hands it on.
fn record(received: &Message) -> SqsMessage {
    let mut record = SqsMessage::default();
    record.message_id.clone_from(&received.message_id);
    record.body.clone_from(&received.body);
    let attributes = received.attributes.iter().flatten();
    record.attributes = attributes.map(|(name, value)| (name.as_str().to_owned(), value.clone())).collect();
    record
}

#[tokio::test]
async fn six_quick_messages_of_one_person_are_answered_by_a_model_that_takes_eight_seconds() {
    let stage = Stage::new().await;
    let model = Model::slow(Duration::from_secs(8)).await;
    let converse = Converse { store: stage.store.clone(), assistant: model.assistant(), library: None };
    let sqs = Client::new(&stage.aws);
    let (url, dead) = (queue(&sqs, true).await, queue(&sqs, true).await);
    let arn = sqs.get_queue_attributes().queue_url(&dead).attribute_names(QueueAttributeName::QueueArn).send().await;
    let arn = arn.unwrap().attributes.unwrap().remove(&QueueAttributeName::QueueArn).unwrap();
    let most = in_template("infra/queue.yaml", "MaxReceiveCount", "Default");
    let redrive = format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{most}}}"#);
    let set = sqs.set_queue_attributes().queue_url(&url).attributes(QueueAttributeName::RedrivePolicy, redrive);
    set.attributes(QueueAttributeName::VisibilityTimeout, "180").send().await.unwrap();
    let said: Vec<Inbound> = (0..6).map(|index| message(&format!("m{index}"), &phone(1), index)).collect();
    Queue::new(sqs.clone(), url.clone()).send_all(&said).await.unwrap();

    // What Lambda does with the mapping of the template.
    let size = i32::try_from(in_template("template.yaml", "AiConverseInbound", "BatchSize")).unwrap();
    let time = Duration::from_secs(in_template("template.yaml", "AiConverse", "Timeout"));
    let batch = Batch { dead_letters: DeadLetters::new(sqs.clone(), dead.clone()), time_per_record: TIME_PER_RECORD };
    let mut receives = Vec::new();
    loop {
        let receive = sqs.receive_message().queue_url(&url).max_number_of_messages(size);
        let receive = receive.message_system_attribute_names(MessageSystemAttributeName::All);
        let received = receive.send().await.unwrap().messages.unwrap_or_default();
        if received.is_empty() {
            break;
        }
        let mut event = SqsEvent::default();
        event.records = received.iter().map(record).collect();
        receives.extend(event.records.iter().map(|record| record.attributes["ApproximateReceiveCount"].clone()));
        let handle = async |record| converse.answer(&body(&record)?).await;
        let failed = batch.run(event, SystemTime::now() + time, handle).await.batch_item_failures;
        for message in &received {
            let receipt = message.receipt_handle.clone().unwrap();
            let id = message.message_id.as_deref().unwrap();
            if failed.iter().any(|failure| failure.item_identifier == id) {
                // Three minutes later.
                let again = sqs.change_message_visibility().queue_url(&url).receipt_handle(receipt);
                again.visibility_timeout(0).send().await.unwrap();
            } else {
                sqs.delete_message().queue_url(&url).receipt_handle(receipt).send().await.unwrap();
            }
        }
    }
    assert_eq!(drain(&sqs, &dead).await.len(), 0, "nobody's message is given up");
    assert_eq!(receives, ["1"; 6], "a receive is a try");
    let replies = stage.entities("message").await;
    let replies: Vec<&str> =
        replies.iter().filter(|item| text_of(item, "role") == "assistant").map(|item| text_of(item, "text")).collect();
    assert_eq!(replies, ["We are open until five."; 6]);
    assert_eq!(model.asked().await, 6);
}

#[tokio::test]
async fn a_lost_race_never_asks_the_model_again_where_the_thread_is_as_it_was() {
    let stage = Stage::new().await;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let model = Model::slow(Duration::from_millis(1_500)).await;
    let converse = Converse { store: stage.cold(), assistant: model.assistant(), library: None };
    let second = message("m2", &phone(1), 1);
    let staff = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        stage.staff_set(&stage.tenant.id, lead.id, LeadStatus::HandedOff, 2).await.unwrap();
    };
    let (answered, ()) = tokio::join!(converse.answer(&second), staff);
    answered.unwrap();
    let now = stage.store.leads().get(&stage.tenant.id, lead.id).await.unwrap();
    assert_eq!(now.status, LeadStatus::HandedOff, "what the staff did stands");
    assert_eq!(now.version, lead.version + 3, "the first message, the staff, the second message");
    assert_eq!(model.asked().await, 1);
    assert_eq!(usage(&stage).await, 2, "one of the first message, one of the second");
}

#[tokio::test]
async fn all_decisions_about_a_message_share_one_deadline() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let model = Model::slow(Duration::from_secs(11)).await;
    let converse = Converse { store: stage.cold(), assistant: model.assistant(), library: None };
    let (second, third) = (message("m2", &phone(1), 1), message("m3", &phone(1), 2));
    let started = Instant::now();
    let another = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        stage.say(&third, plain()).await;
    };
    let (answered, ()) = tokio::join!(converse.answer(&second), another);
    answered.unwrap();
    let took = started.elapsed();
    assert!(took < MODEL_BUDGET + Duration::from_secs(3) && took < TIME_PER_RECORD, "{took:?}");
    assert_eq!(
        model.asked().await,
        2,
        "the thread is another: it is asked again, and not waited for beyond the deadline"
    );
    let mut messages = stage.entities("message").await;
    messages.retain(|message| text_of(message, "role") != "notice");
    assert_eq!(messages.len(), 6, "three messages, three answers");
}

#[tokio::test]
async fn what_a_model_took_is_counted_once_wherever_the_turn_dies() {
    let model = Model::slow(Duration::ZERO).await;
    let inbound = message("m1", &phone(1), 0);
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let stage = Stage::new().await;
            let life = Life::of(calls, death);
            let mortal = store::Store::new(&life.aws(&stage), stage.table.clone());
            let outcome =
                Converse { store: mortal, assistant: model.assistant(), library: None }.answer(&inbound).await;
            let whole = Converse { store: stage.cold(), assistant: model.assistant(), library: None };
            for _ in 0..2 {
                whole.answer(&inbound).await.unwrap();
            }
            assert_eq!(usage(&stage).await, 1, "killed at call {calls}, {death:?}");
            assert!(stage.entities("seen").await.iter().all(|mark| !mark.contains_key("spent")));
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            assert!(outcome.is_err());
            calls += 1;
        }
        assert!(calls >= 5, "only {calls} calls were tried");
    }
}

/// How often models were counted to have been asked.
async fn usage(stage: &Stage) -> u64 {
    let mut calls = 0;
    for item in stage.entities("usage").await {
        calls += item["calls"].as_n().unwrap().parse::<u64>().unwrap();
    }
    calls
}
