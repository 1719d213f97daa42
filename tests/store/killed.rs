//! `worker-journeys` and `worker-sequence-step`, killed at each of their calls, before it left and after it was carried out: what
//! a second try leaves is what an unharmed first one does, item by item.

use ai::Assistant;
use aws_config::SdkConfig;
use aws_sdk_scheduler::Client as Scheduler;
use aws_sdk_sqs::Client as Sqs;
use domain::conversations::TaskKind;
use domain::events::{Event, EventKind};
use domain::ids::QuoteId;
use domain::journeys::{DueStep, Ending, Journey};
use domain::leads::Stage as Where;
use domain::money::Money;
use domain::{ContactId, EventId, Failure};
use jiff::Timestamp;
use runtime::schedules::{Schedules, Settings};
use store::Store;
use worker_journeys::Journeys;
use worker_sequence_step::SequenceSteps;
use xtask::emulator::REGION;

use crate::journeys::{customer, visit};
use crate::mortal;
use crate::stage::{Stage, email, given, message, noon, phone, plain, text_of};

/// A handler over a table: what it is given, and when.
#[derive(Debug, Clone)]
enum Job {
    Hear(Event, Timestamp),
    Outreach(DueStep, Timestamp),
}

impl Job {
    /// Does it in a process that has just started, with such an AWS.
    async fn run(&self, stage: &Stage, aws: &SdkConfig) -> Result<(), Failure> {
        let store = Store::new(aws, stage.table.clone());
        let outputs = &stage.stack.outputs;
        // The group of the schedules has the stack's name, as the bus has.
        let (queue_arn, group) = (&outputs["SequenceStepsQueueArn"], outputs["BusName"].clone());
        let account = queue_arn.split(':').nth(4).unwrap();
        let settings = Settings {
            role_arn: format!("arn:aws:iam::{account}:role/{group}-scheduler"),
            queue_arn: queue_arn.clone(),
            dead_letters_arn: format!("arn:aws:sqs:{REGION}:{account}:{group}-schedules-dlq"),
            group,
            queue_url: outputs["SequenceStepsQueueUrl"].clone(),
        };
        let schedules = Schedules::new(Scheduler::new(aws), Sqs::new(aws), settings);
        match self {
            Self::Hear(event, now) => Journeys { store, schedules }.apply_event(event, *now).await,
            Self::Outreach(point, now) => {
                let (assistant, public_url) = (Assistant::builtin(), "https://hooks.example.com".to_owned());
                SequenceSteps { store, schedules, assistant, public_url }.run_step(point, *now).await
            }
        }
    }

    /// Does it in a process that lives on.
    async fn whole(&self, stage: &Stage) {
        self.run(stage, &stage.aws).await.unwrap();
    }
}

/// Tries a job, killed at each call both ways, on what `prepare` makes; returns the unharmed stage.
async fn survives(least_calls: usize, prepare: impl AsyncFn() -> (Stage, Job)) -> Stage {
    mortal::survives(least_calls, prepare, async |stage, job, aws| job.run(stage, aws).await).await
}

fn event(stage: &Stage, name: &str, seconds: i64, kind: EventKind) -> Event {
    let tenant = stage.tenant.id.clone();
    Event { id: EventId::derive(&tenant, &[name]), tenant, at: noon(seconds), correlation_id: "c".to_owned(), kind }
}

/// A quote of theirs.
fn quote(stage: &Stage, contact: ContactId) -> Event {
    let kind = EventKind::QuoteSent {
        contact,
        quote: QuoteId::derive(&stage.tenant.id, &["q"]),
        service: Some("Roof repair".to_owned()),
        amount: Some(Money { cents: 185_000, currency: "USD".to_owned() }),
        link: None,
        expires_at: None,
    };
    event(stage, "quote", 60, kind)
}

/// Someone who has one, and is to be followed up.
async fn quoted() -> (Stage, ContactId) {
    let stage = Stage::new().await;
    let contact = customer(&stage, "ana").await.contact.id;
    Job::Hear(quote(&stage, contact), noon(61)).whole(&stage).await;
    (stage, contact)
}

async fn journey(stage: &Stage, contact: ContactId) -> Journey {
    visit(stage, contact).await.journey.unwrap()
}

#[tokio::test]
async fn an_event_that_begins_an_enrollment() {
    let stage = survives(5, async || {
        let stage = Stage::new().await;
        let contact = customer(&stage, "ana").await.contact.id;
        let job = Job::Hear(quote(&stage, contact), noon(61));
        (stage, job)
    });
    let stage = stage.await;
    let journey = journey(&stage, contact_of(&stage).await).await;
    assert_eq!((journey.version, journey.stage), (1, Where::QuoteSent));
    assert_eq!(journey.running().map(|run| run.step.as_str()).collect::<Vec<_>>(), ["day-1"]);
}

#[tokio::test]
async fn an_event_that_ends_an_enrollment_and_leaves_a_task() {
    let stage = survives(4, async || {
        let (stage, contact) = quoted().await;
        let job = Job::Hear(event(&stage, "call", 120, EventKind::CallReceived { contact }), noon(121));
        (stage, job)
    });
    let stage = stage.await;
    let journey = journey(&stage, contact_of(&stage).await).await;
    assert_eq!(journey.runs[0].ended.as_ref().map(|ended| ended.how), Some(Ending::HandedOver));
    let tasks = stage.store.tasks().list(&stage.tenant.id, true, 10, None).await.unwrap().items;
    assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Call]);
}

#[tokio::test]
async fn a_step_that_writes() {
    let stage = survives(6, async || {
        let (stage, contact) = quoted().await;
        let point = journey(&stage, contact).await.due_steps(&stage.tenant.id).remove(0);
        let job = Job::Outreach(point.clone(), point.due);
        (stage, job)
    });
    let stage = stage.await;
    let journey = journey(&stage, contact_of(&stage).await).await;
    assert_eq!((journey.waiting.len(), journey.runs[0].touches), (1, 1));
    assert_eq!(journey.runs[0].step.as_str(), "day-3");
    let variant_stats = stage.entities("tally").await;
    assert_eq!(variant_stats.len(), 1, "counted once");
}

#[tokio::test]
async fn two_journeys_that_become_one() {
    let stage = survives(4, async || {
        let (stage, ana) = quoted().await;
        let young = stage.say(&message("m2", &phone(1), 120), plain()).await.lead.contact;
        let visited = event(&stage, "visit", 130, EventKind::PricingVisited { contact: young });
        Job::Hear(visited, noon(131)).whole(&stage).await;
        stage.say(&message("m3", &phone(1), 180), given(&[email("ana")])).await;
        let merged = EventKind::ContactMerged { into: ana, from: young };
        let job = Job::Hear(event(&stage, "merge", 180, merged), noon(181));
        (stage, job)
    });
    let stage = stage.await;
    assert_eq!(stage.entities("journey").await.len(), 1);
    let journey = journey(&stage, contact_of(&stage).await).await;
    assert_eq!((journey.stage, journey.seen.len()), (Where::QuoteSent, 2));
}

/// Whose journey there is.
async fn contact_of(stage: &Stage) -> ContactId {
    let journeys = stage.entities("journey").await;
    ContactId::parse(text_of(&journeys[0], "contact")).unwrap()
}
