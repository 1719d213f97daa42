//! What every function needs to be a Lambda: logs, configuration, AWS clients, HTTP answers, batches.

pub mod account_mail_queue;
pub mod aws;
pub mod batch;
pub mod bus;
pub mod chore_queue;
pub mod clock;
pub mod data_rights_queue;
pub mod dead_letters;
pub mod env;
pub mod http;
pub mod inbound_queue;
pub mod schedules;
pub mod sweep;
pub mod telemetry;
pub mod touchpoint_queue;
pub mod webhook;

/// What `main` returns: the runtime prints it and the sandbox is replaced.
pub type MainResult = Result<(), lambda_runtime::Error>;
