//! The functions of the main path, each in sandboxes as Lambda makes them: one invocation at a time, caches that live
//! as long as the sandbox, and a cold one after a crash.

use ai::Assistant;
use ai_converse::Converse;
use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use cron_outbox_sweeper::Sweeper;
use jiff::Timestamp;
use runtime::batch::{Batch, body};
use runtime::bus::Bus;
use runtime::dead_letters::DeadLetters;
use runtime::http::TrustedHops;
use runtime::queue::{Envelope, Queue};
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::time::{Duration, SystemTime};
use store::Store;
use tokio::sync::mpsc::UnboundedReceiver;
use webhook_live_chat::LiveChat;
use webhook_missed_call::MissedCall;
use webhook_sms::Sms;
use webhook_web_form::WebForm;
use webhook_whatsapp::Whatsapp;
use worker_deliver::{Deliver, Senders};
use worker_outbox::Outbox;

use crate::cloud::Cloud;
use crate::services::{BUS, DEAD_LETTERS, INBOUND};
use crate::wire::{AwsCall, Wire};

/// What Twilio takes for our address.
pub(crate) const PUBLIC_URL: &str = "https://crash.example.com";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Function {
    WebForm,
    Whatsapp,
    Sms,
    LiveChat,
    MissedCall,
    Converse,
    Outbox,
    Sweeper,
    Deliver,
}

impl Function {
    pub(crate) const ALL: [Self; 9] = [
        Self::WebForm,
        Self::Whatsapp,
        Self::Sms,
        Self::LiveChat,
        Self::MissedCall,
        Self::Converse,
        Self::Outbox,
        Self::Sweeper,
        Self::Deliver,
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.to_string() == name)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebForm => "web-form",
            Self::Whatsapp => "whatsapp",
            Self::Sms => "sms",
            Self::LiveChat => "live-chat",
            Self::MissedCall => "missed-call",
            Self::Converse => "converse",
            Self::Outbox => "outbox",
            Self::Sweeper => "sweeper",
            Self::Deliver => "deliver",
        })
    }
}

/// What a function is invoked with.
#[derive(Debug)]
pub(crate) enum Event {
    Request(Box<lambda_http::Request>),
    Records(SqsEvent),
    Rows(StreamEvent),
    Tick(Timestamp),
}

/// How an invocation ended that did not die.
#[derive(Debug)]
pub(crate) enum Ended {
    Status(u16),
    /// The records that failed.
    Batch(Vec<String>),
    /// The row from which on all failed.
    Rows(Option<String>),
    Swept,
}

/// An invocation under way.
pub(crate) type Invocation = Pin<Box<dyn Future<Output = Ended>>>;

enum Handler {
    WebForm(WebForm),
    Whatsapp(Whatsapp),
    Sms(Sms),
    LiveChat(LiveChat),
    MissedCall(MissedCall),
    Converse(Box<Converse>, Batch),
    Outbox(Outbox),
    Sweeper(Sweeper),
    Deliver(Box<Deliver>, Batch),
}

/// One execution environment of one function.
pub(crate) struct Sandbox {
    pub(crate) function: Function,
    /// The calls that it makes; each waits for its answer.
    pub(crate) calls: UnboundedReceiver<AwsCall>,
    handler: Rc<Handler>,
}

impl Sandbox {
    /// A cold start.
    pub(crate) fn start(function: Function, cloud: &Cloud, table: &str) -> Self {
        let (wire, calls) = Wire::new();
        let config = cloud.config(wire);
        let store = Store::new(&config, table.to_owned());
        let sqs = aws_sdk_sqs::Client::new(&config);
        let inbound = Queue::new(sqs.clone(), INBOUND.to_owned());
        let bus = Bus::new(aws_sdk_eventbridge::Client::new(&config), BUS.to_owned());
        let public_url = Some(PUBLIC_URL.to_owned());
        let batch = Batch {
            dead_letters: DeadLetters::new(sqs, DEAD_LETTERS.to_owned()),
            time_per_record: Duration::from_secs(1),
        };
        let handler = match function {
            Function::WebForm => Handler::WebForm(WebForm { store, inbound, trusted_hops: TrustedHops::default() }),
            Function::Whatsapp => Handler::Whatsapp(Whatsapp { store, inbound }),
            Function::Sms => Handler::Sms(Sms { store, inbound, public_url }),
            Function::LiveChat => {
                let (files, trusted_hops) = (files::Files::new(&config, "files".to_owned()), TrustedHops::default());
                Handler::LiveChat(LiveChat { store, inbound, files, trusted_hops, most_held: 0 })
            }
            Function::MissedCall => Handler::MissedCall(MissedCall { store, inbound, public_url }),
            Function::Converse => {
                Handler::Converse(Box::new(Converse { store, assistant: Assistant::builtin(), library: None }), batch)
            }
            Function::Outbox => Handler::Outbox(Outbox { store, bus }),
            Function::Sweeper => Handler::Sweeper(Sweeper { store, bus }),
            Function::Deliver => Handler::Deliver(Box::new(Deliver { store, senders: senders(&cloud.senders) }), batch),
        };
        Self { function, calls, handler: Rc::new(handler) }
    }

    pub(crate) fn invoke(&self, event: Event) -> Invocation {
        let handler = Rc::clone(&self.handler);
        Box::pin(async move { handler.run(event).await })
    }
}

/// The vendors' clients; what they hold is shared, because it takes long to build and keeps no connection.
fn senders(of: &Senders) -> Senders {
    Senders {
        meta: of.meta.clone(),
        twilio: of.twilio.clone(),
        email: of.email.clone(),
        platform: of.platform.clone(),
        status_callback: of.status_callback.clone(),
        files: of.files.clone(),
    }
}

impl Handler {
    /// As the function's `main.rs` does it.
    async fn run(&self, event: Event) -> Ended {
        let deadline = SystemTime::now() + Duration::from_secs(600);
        let status = |response: runtime::http::HttpResponse| Ended::Status(response.status().as_u16());
        match (self, event) {
            (Self::WebForm(function), Event::Request(request)) => status(function.handle(&request).await),
            (Self::Whatsapp(function), Event::Request(request)) => status(function.handle(&request).await),
            (Self::Sms(function), Event::Request(request)) => status(function.handle(&request).await),
            (Self::LiveChat(function), Event::Request(request)) => status(function.handle(&request).await),
            (Self::MissedCall(function), Event::Request(request)) => status(function.handle(&request).await),
            (Self::Converse(converse, batch), Event::Records(event)) => {
                let handle = async |record| converse.answer(&body(&record)?).await;
                Ended::Batch(failures(batch.run(event, deadline, handle).await))
            }
            (Self::Deliver(deliver, batch), Event::Records(event)) => {
                let handle = async |record| deliver.handle(&body::<Envelope>(&record)?.detail).await;
                Ended::Batch(failures(batch.run(event, deadline, handle).await))
            }
            (Self::Outbox(outbox), Event::Rows(event)) => {
                let response = outbox.run(event).await;
                Ended::Rows(response.batch_item_failures.into_iter().find_map(|failure| failure.item_identifier))
            }
            (Self::Sweeper(sweeper), Event::Tick(now)) => {
                // What could not be published is still there for the next run, which comes whatever this one says.
                let _ = sweeper.sweep(now, SystemTime::now() + Duration::from_secs(60)).await;
                Ended::Swept
            }
            (_, event) => panic!("this function is not invoked with {event:?}"),
        }
    }
}

fn failures(response: SqsBatchResponse) -> Vec<String> {
    response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
}
