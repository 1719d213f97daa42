//! JSON logs on standard output.
//!
//! Fields carry units in their names (`duration_ms`). Message bodies, numbers, addresses and tokens are never logged.

use tracing_subscriber::EnvFilter;

/// Starts logging at the level of `RUST_LOG`, `info` by default. A second call changes nothing.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_env_filter(filter)
        .with_target(false)
        .without_time()
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
