//! What every function needs to be a Lambda: logs, configuration, AWS clients, HTTP answers, batches.

pub mod aws;
pub mod batch;
pub mod bus;
pub mod clock;
pub mod dead_letters;
pub mod env;
pub mod http;
pub mod queue;
pub mod schedules;
mod start;
pub mod sweep;
pub mod telemetry;
pub mod webhook;

pub use lambda_http::run as api;
pub use lambda_http::run_with_streaming_response as stream;
pub use start::{Record, cron, events, queue, start, webhook};

/// What `main` returns: the runtime prints it and the sandbox is replaced.
pub type MainResult = Result<(), lambda_runtime::Error>;
