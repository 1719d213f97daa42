//! The promises of a batch, with a dead-letter queue that does not answer. That hopeless records arrive in one that does
//! is proved on the local stack.

use std::collections::HashMap;
use std::sync::Mutex;

use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};

use super::*;

/// Nothing listens there.
fn unreachable_queue() -> DeadLetters {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url("http://127.0.0.1:1")
        .build();
    DeadLetters::new(aws_sdk_sqs::Client::from_conf(config), "http://127.0.0.1:1/000000000000/dlq".to_owned())
}

fn batch() -> Batch {
    Batch { dead_letters: unreachable_queue(), time_per_record: Duration::from_secs(5) }
}

/// Records of FIFO groups; an empty group is a record of a standard queue.
fn event(records: &[(&str, &str)]) -> SqsEvent {
    let record = |(id, group): &(&str, &str)| {
        let mut record = SqsMessage::default();
        record.message_id = Some((*id).to_owned());
        record.body = Some(format!("\"{id}\""));
        record.attributes = HashMap::new();
        if !group.is_empty() {
            record.attributes.insert("MessageGroupId".to_owned(), (*group).to_owned());
        }
        record
    };
    let mut event = SqsEvent::default();
    event.records = records.iter().map(record).collect();
    event
}

/// What a batch left undone, and what was tried, in order.
struct Ran {
    failed: Vec<String>,
    tried: Vec<String>,
}

async fn run(records: &[(&str, &str)], time: Duration, handle: impl Fn(&str) -> Result<(), Failure>) -> Ran {
    let tried = Mutex::new(Vec::new());
    let work = async |record: SqsMessage| {
        let id = record.message_id.unwrap_or_default();
        tried.lock().unwrap().push(id.clone());
        // Lets the other groups go on in between.
        tokio::task::yield_now().await;
        handle(&id)
    };
    let response = batch().run(event(records), SystemTime::now() + time, work).await;
    let mut failed: Vec<String> =
        response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect();
    failed.sort_unstable();
    Ran { failed, tried: tried.into_inner().unwrap() }
}

const ENOUGH: Duration = Duration::from_secs(30);

fn passing() -> Failure {
    Failure::Retryable("not now".into())
}

#[tokio::test]
async fn a_group_goes_in_order_and_groups_go_side_by_side() {
    let records = [("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b"), ("a3", "a")];
    let ran = run(&records, ENOUGH, |_| Ok(())).await;
    assert!(ran.failed.is_empty());
    let of = |group: &str| ran.tried.iter().filter(|id| id.starts_with(group)).cloned().collect::<Vec<_>>();
    assert_eq!((of("a"), of("b")), (vec!["a1".into(), "a2".into(), "a3".into()], vec!["b1".into(), "b2".into()]));
    assert_ne!(ran.tried, ["a1", "a2", "a3", "b1", "b2"], "b waits for nobody in a");
}

#[tokio::test]
async fn what_comes_after_a_failure_in_its_group_is_returned_untried_and_others_go_on() {
    let records = [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("b2", "b")];
    let ran = run(&records, ENOUGH, |id| if id == "a2" { Err(passing()) } else { Ok(()) }).await;
    assert_eq!(ran.failed, ["a2", "a3"]);
    assert!(!ran.tried.contains(&"a3".to_owned()));
    assert!(ran.tried.contains(&"b2".to_owned()));
}

#[tokio::test]
async fn in_a_standard_queue_a_failure_blocks_no_one() {
    let records = [("1", ""), ("2", ""), ("3", "")];
    let ran = run(&records, ENOUGH, |id| if id == "1" { Err(passing()) } else { Ok(()) }).await;
    assert_eq!((ran.failed, ran.tried.len()), (vec!["1".to_owned()], 3));
}

#[tokio::test]
async fn a_record_that_the_time_left_does_not_cover_is_returned_untried() {
    for time in [Duration::ZERO, Duration::from_secs(4)] {
        let ran = run(&[("1", ""), ("a1", "a"), ("a2", "a")], time, |_| Ok(())).await;
        assert_eq!(ran.failed, ["1", "a1", "a2"]);
        assert!(ran.tried.is_empty());
    }
}

#[tokio::test]
async fn a_hopeless_record_stays_while_the_dead_letter_queue_does_not_answer() {
    for hopeless in [Failure::Permanent("never".into()), Failure::invalid("text", "text is missing")] {
        let records = [("a1", "a"), ("a2", "a"), ("b1", "b")];
        let ran = run(&records, ENOUGH, |id| if id == "a1" { Err(hopeless.clone()) } else { Ok(()) }).await;
        assert_eq!(ran.failed, ["a1", "a2"]);
        assert!(ran.tried.contains(&"b1".to_owned()));
    }
}

#[tokio::test]
async fn a_panic_is_the_fault_of_one_record() {
    let records = [("1", ""), ("2", ""), ("3", "")];
    let ran = run(&records, ENOUGH, |id| if id == "2" { panic!("a bug") } else { Ok(()) }).await;
    assert_eq!((ran.failed, ran.tried.len()), (vec!["2".to_owned()], 3));
}

#[tokio::test]
async fn an_empty_batch_is_done() {
    let ran = run(&[], ENOUGH, |_| Err(passing())).await;
    assert!(ran.failed.is_empty() && ran.tried.is_empty());
}

#[test]
fn a_body_that_is_not_what_the_queue_carries_is_hopeless_and_is_not_quoted() {
    let mut record = SqsMessage::default();
    for text in [None, Some(""), Some("{"), Some("\"+13035550101\"")] {
        record.body = text.map(ToOwned::to_owned);
        let failure = body::<domain::messaging::Inbound>(&record).unwrap_err();
        assert!(matches!(&failure, Failure::Permanent(reason) if !reason.contains("303555")), "{failure:?}");
    }
}

#[test]
fn a_body_of_a_newer_version_is_read_or_left_to_that_version() {
    let event = |kind: &str| {
        let data = r#"{"contact":"39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c","mood":"fair"}"#;
        let id = "5a2d2e3d-bd2c-5330-a87c-76d46a70e907";
        let rest = r#""tenant":"acme","at":"2026-11-20T12:12:00Z","correlation_id":"c","wind":"north""#;
        let mut record = SqsMessage::default();
        record.body = Some(format!(r#"{{"id":"{id}",{rest},"type":"{kind}","data":{data}}}"#));
        body::<domain::events::Event>(&record)
    };
    assert_eq!(event("call.received").unwrap().kind.name(), "call.received");
    let newer = event("drone.launched").unwrap_err();
    assert!(matches!(&newer, Failure::Retryable(reason) if !reason.contains("drone")), "{newer:?}");
}

#[test]
fn the_deadline_is_lambdas() {
    let mut context = lambda_runtime::Context::default();
    context.deadline = 1_795_176_000_123;
    assert_eq!(deadline(&context), SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_176_000_123));
}
