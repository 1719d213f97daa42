//! `template.yaml`, the functions and their samples belong together.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use aws_lambda_events::{dynamodb, sqs::SqsEvent};
use domain::identity::AccountMail;
use domain::messaging::Inbound;
use domain::tenancy::DataStep;
use domain::tenancy::chores::Chore;
use lambda_http::RequestExt as _;
use serde_json::Value;
use store::OutboxRow;
use worker_deliver::Envelope;
use xtask::bootstraps::named_in;
use xtask::venv;

use crate::stage::root;

/// CloudFormation's limit of resources in one stack.
const MOST_RESOURCES: u32 = 500;

/// The crates of all functions, from their folders.
fn functions() -> BTreeSet<String> {
    let folders = |path: std::path::PathBuf| {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    let mut names = BTreeSet::new();
    for kind in folders(root().join("functions")) {
        let prefix = match kind.file_name().unwrap().to_str().unwrap() {
            "webhooks" => "webhook",
            "workers" => "worker",
            other => other,
        }
        .to_owned();
        for function in folders(kind) {
            names.insert(format!("{prefix}-{}", function.file_name().unwrap().to_str().unwrap()));
        }
    }
    names
}

/// `webhook-web-form` as a resource: `WebhookWebForm`.
fn resource(function: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    function.split('-').map(capital).collect()
}

#[test]
fn every_function_is_a_resource_of_the_template_and_the_other_way_round() {
    let template = fs::read_to_string(root().join("template.yaml")).unwrap();
    assert_eq!(named_in(&template).into_iter().collect::<BTreeSet<_>>(), functions());
    for function in functions() {
        let declared = format!("\n  {}:\n    Type: AWS::Serverless::Function\n", resource(&function));
        assert!(template.contains(&declared), "{function} is no resource {}", resource(&function));
    }
}

#[test]
fn every_function_has_samples_that_read_as_the_event_it_takes() {
    let files: Vec<String> = fs::read_dir(root().join("events"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    for function in functions() {
        let samples: Vec<_> = files.iter().filter(|file| file.starts_with(&function)).collect();
        assert!(!samples.is_empty(), "{function} has no sample in events/");
        for sample in samples {
            read_as_its_event(&function, &fs::read_to_string(root().join("events").join(sample)).unwrap());
        }
    }
    for file in &files {
        assert!(functions().iter().any(|function| file.starts_with(function.as_str())), "{file} is no function's");
    }
}

fn read_as_its_event(function: &str, sample: &str) {
    let records = || serde_json::from_str::<SqsEvent>(sample).unwrap().records;
    match function {
        _ if function.starts_with("webhook-") || function.starts_with("api-") => {
            let request = lambda_http::request::from_str(sample).unwrap();
            assert!(request.raw_http_path().starts_with('/'), "{function}");
        }
        _ if function.starts_with("cron-") => {
            let event: Value = serde_json::from_str(sample).unwrap();
            assert_eq!(event["source"], "aws.scheduler", "{function}");
        }
        "ai-converse" => {
            for record in records() {
                let message: Inbound = runtime::batch::body(&record).unwrap();
                assert_eq!(record.attributes["MessageGroupId"], message.group());
                assert_eq!(record.attributes["MessageDeduplicationId"], message.deduplication_id());
            }
        }
        "worker-deliver" => {
            for record in records() {
                runtime::batch::body::<Envelope>(&record).unwrap();
            }
        }
        "worker-journeys" => {
            for record in records() {
                runtime::batch::body::<worker_journeys::Envelope>(&record).unwrap();
            }
        }
        "worker-touchpoint" => {
            for record in records() {
                runtime::batch::body::<domain::journeys::TouchPoint>(&record).unwrap();
            }
        }
        "worker-account-mail" => {
            for record in records() {
                runtime::batch::body::<AccountMail>(&record).unwrap();
            }
        }
        "worker-data-rights" => {
            for record in records() {
                runtime::batch::body::<DataStep>(&record).unwrap();
            }
        }
        "worker-tenant-chores" => {
            for record in records() {
                runtime::batch::body::<Chore>(&record).unwrap();
            }
        }
        "worker-mail-feedback" => {
            let event: worker_mail_feedback::Envelope = serde_json::from_str(sample).unwrap();
            connectors::ses::parse(&event.detail).unwrap().expect("it is about a message");
        }
        "worker-outbox" => {
            for record in serde_json::from_str::<dynamodb::Event>(sample).unwrap().records {
                let row: OutboxRow = serde_dynamo::from_item(record.change.new_image).unwrap();
                assert!(!row.events.is_empty());
            }
        }
        _ => panic!("say here which event {function} takes"),
    }
}

#[test]
fn every_stack_stays_far_below_cloudformations_limit_of_resources() {
    let mut lint = Command::new(venv::program(root(), "python"));
    let done = lint.arg("infra/lint_transformed.py").current_dir(root()).output().unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{printed}{}", String::from_utf8_lossy(&done.stderr));
    let counts: Vec<u32> =
        printed.lines().filter_map(|line| line.strip_prefix("resources: ")?.split(' ').next()?.parse().ok()).collect();
    assert!(counts.len() >= 2, "the main stack and the nested one: {printed}");
    assert!(counts.iter().all(|count| (1..MOST_RESOURCES).contains(count)), "{printed}");
}
