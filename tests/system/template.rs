//! `template.yaml`, the functions, their samples and README's table of them belong together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use aws_lambda_events::{dynamodb, sqs::SqsEvent};
use domain::events::{EventKind, Signal};
use domain::messaging::Inbound;
use lambda_http::RequestExt as _;
use serde_json::Value;
use store::OutboxRow;
use xtask::bootstraps::named_in;

use crate::contract::{gateway, queues::queues};
use crate::stage::root;

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
        _ if ["webhook-", "api-", "ai-suggest-reply", "ai-stream-reply", "ai-extract-style"]
            .iter()
            .any(|begin| function.starts_with(begin)) =>
        {
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
        _ => {
            let queue = workers().into_iter().find_map(|(queue, worker)| (worker == function).then_some(queue));
            let queue = queue.unwrap_or_else(|| panic!("say here which event {function} takes"));
            for record in records() {
                let read = runtime::queue::check(&url_variable(&queue), &record.body.unwrap());
                read.unwrap_or_else(|error| panic!("{function} cannot read its sample: {error}"));
            }
        }
    }
}

/// The variable with the URL of a queue, which the template names `DataRights`: `DATA_RIGHTS_QUEUE_URL`.
fn url_variable(queue: &str) -> String {
    let letter = |(at, c): (usize, char)| {
        if at > 0 && c.is_uppercase() { format!("_{c}") } else { c.to_uppercase().to_string() }
    };
    queue.char_indices().map(letter).collect::<String>() + "_QUEUE_URL"
}

/// What README's table says of each function that triggers it.
fn triggers() -> BTreeMap<String, String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, table) = readme.split_once("| function | trigger | job |\n|---|---|---|\n").unwrap();
    let rows = table.lines().map_while(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.map(|(function, row)| (function.to_owned(), row.split(" | ").next().unwrap().to_owned())).collect()
}

/// What README names of a path: its first folder, and in `/v1` and `/webhooks` the one below too.
fn context(path: &str) -> String {
    let depth = if path.starts_with("/v1/") || path.starts_with("/webhooks/") { 3 } else { 2 };
    path.split('/').take(depth).collect::<Vec<_>>().join("/")
}

/// The functions that work off a queue, by the queue's name in the template.
fn workers() -> BTreeMap<String, String> {
    let template = fs::read_to_string(root().join("template.yaml")).unwrap();
    let mappings = template.split("Type: AWS::Lambda::EventSourceMapping\n").skip(1);
    let pairs = mappings.filter_map(|mapping| {
        let named = |key: &str| Some(mapping.split_once(key)?.1.split([',', '.', '\n']).next()?.to_owned());
        let (name, source) = (named("FunctionName: !Ref ")?, named("EventSourceArn: !GetAtt ")?);
        let function = functions().into_iter().find(|function| resource(function) == name)?;
        Some((source.strip_suffix("Queue")?.to_owned(), function))
    });
    pairs.collect()
}

/// The events that the template's rule brings to a queue.
fn brought(queue: &str) -> BTreeSet<String> {
    let template = fs::read_to_string(root().join("template.yaml")).unwrap();
    let (_, queue) = template.split_once(&format!("  {queue}Queue:\n")).unwrap();
    let (_, events) = queue.split_once("- [").unwrap();
    events.split_once(']').unwrap().0.split(',').map(|name| name.trim().to_owned()).collect()
}

#[test]
fn the_queue_of_webhooks_gets_what_may_be_shown_and_nothing_else() {
    assert_eq!(brought("Webhooks"), EventKind::PUBLIC.iter().map(ToString::to_string).collect());
}

#[test]
fn the_queue_of_journeys_gets_what_signals_something_and_what_changes_who_someone_is() {
    let signals = Signal::ALL.iter().map(|signal| signal.as_str()).filter(|name| EventKind::NAMES.contains(name));
    let others = ["consent.changed", "contact.merged", "lead.status_changed"];
    assert_eq!(brought("JourneyEvents"), signals.chain(others).map(ToOwned::to_owned).collect());
}

#[test]
fn the_alarm_on_runs_looks_for_what_is_logged() {
    let logs = fs::read_to_string(root().join("infra/logs.yaml")).unwrap();
    let pattern = format!("FilterPattern: '{{ $.message = \"{}\" }}'", fanout::NOT_COMPLETE);
    assert_eq!(logs.matches(&pattern).count(), 1, "{pattern}");
}

#[test]
fn readmes_table_has_every_function_and_what_triggers_it() {
    let triggers = triggers();
    assert_eq!(triggers.keys().cloned().collect::<BTreeSet<_>>(), functions());
    for (function, trigger) in &triggers {
        let paths = trigger.split(['`', ' ', ',']).filter(|word| word.starts_with(['/', '$'])).map(context);
        let routes = gateway::routes().iter().filter(|route| route.function == *function);
        let wired: BTreeSet<_> = routes.map(|route| context(&route.path)).collect();
        assert_eq!(paths.collect::<BTreeSet<_>>(), wired, "{function}");
    }
    let workers = workers();
    assert_eq!(workers.keys().cloned().collect::<BTreeSet<_>>(), queues().into_iter().collect());
    for (queue, function) in workers {
        assert!(triggers[&function].contains(&format!("{queue} queue")), "{function} works off {queue}");
    }
}
