//! A mock of the Lambda Runtime API for one function process.
//!
//! It speaks the documented protocol (`/2018-06-01/runtime/...`, see AWS's "Using the Lambda runtime API") and takes
//! the time of each step. One instance serves one process: it hands out one event at a time, as Lambda does, and an
//! event that the function fails on is an error of the bench.

use anyhow::{Context, Result, bail, ensure};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How long a function may take to poll or to answer before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// What functions are told that they have: a worker begins no record for which too little time is left, and some want two minutes.
const TIMEOUT: Duration = Duration::from_secs(300);
const ACCOUNT_ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:bench";

/// A running mock. Stops when dropped.
pub(crate) struct RuntimeApi {
    address: String,
    shared: Arc<Shared>,
    events: mpsc::Sender<Bytes>,
    polled: watch::Receiver<Option<Instant>>,
    server: JoinHandle<()>,
}

struct Shared {
    queue: tokio::sync::Mutex<mpsc::Receiver<Bytes>>,
    polled: watch::Sender<Option<Instant>>,
    pending: Mutex<Pending>,
}

/// The one event that is out.
#[derive(Default)]
struct Pending {
    sequence: u64,
    handed_out: Option<Instant>,
    reply: Option<oneshot::Sender<Outcome>>,
}

/// What became of one event.
struct Outcome {
    handed_out: Option<Instant>,
    answered: Instant,
    body: Result<Bytes, String>,
}

/// A function's answer to one event.
pub(crate) struct Answer {
    /// What it answered.
    pub(crate) body: Bytes,
    /// From handing out the event to the whole answer.
    pub(crate) took: Duration,
    /// When the whole answer was here.
    pub(crate) at: Instant,
}

/// A webhook that does not say 200 has not done the job that is being timed.
pub(crate) fn check_status(answer: &Answer) -> Result<()> {
    let response: Value = serde_json::from_slice(&answer.body).context("the function's answer is not JSON")?;
    ensure!(response.get("statusCode") == Some(&json!(200)), "the function answered {response}");
    Ok(())
}

/// A batch with a failed record has not done the job that is being timed.
pub(crate) fn check_batch(answer: &Answer) -> Result<()> {
    let response: Value = serde_json::from_slice(&answer.body).context("the function's answer is not JSON")?;
    let failed = response.get("batchItemFailures").and_then(Value::as_array).context("no batchItemFailures")?;
    ensure!(failed.is_empty(), "the function gave records back: {response}");
    Ok(())
}

impl RuntimeApi {
    /// Starts a mock on a free port of the loopback interface.
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for the mock Runtime API")?;
        let address = listener.local_addr()?.to_string();
        let (events, queue) = mpsc::channel(1);
        let (polled_sender, polled) = watch::channel(None);
        let shared = Arc::new(Shared {
            queue: tokio::sync::Mutex::new(queue),
            polled: polled_sender,
            pending: Mutex::new(Pending::default()),
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(Arc::clone(&shared));
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        // The accept loop ends only with this task; a broken connection shows as a missing answer.
        let server = tokio::spawn(async move { drop(axum::serve(listener, routes).await) });
        Ok(Self { address, shared, events, polled, server })
    }

    /// `host:port`, as `AWS_LAMBDA_RUNTIME_API` wants it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Hands out `event` and waits for the answer.
    ///
    /// # Errors
    /// When the function reports an error, or is silent for 30 s.
    pub(crate) async fn invoke(&self, event: Bytes) -> Result<Answer> {
        let (reply, answer) = oneshot::channel();
        self.shared.pending().reply = Some(reply);
        self.events.send(event).await.context("the mock Runtime API has stopped")?;
        let outcome = tokio::time::timeout(PATIENCE, answer).await.context("no answer within 30 s")??;
        let body = outcome.body.map_err(anyhow::Error::msg)?;
        let handed_out = outcome.handed_out.context("an answer to an event that was not handed out")?;
        Ok(Answer { body, took: outcome.answered.duration_since(handed_out), at: outcome.answered })
    }

    /// When the function asked for its first event.
    ///
    /// # Errors
    /// When it has not within 30 s.
    pub(crate) async fn first_poll(&self) -> Result<Instant> {
        let mut polled = self.polled.clone();
        let seen =
            tokio::time::timeout(PATIENCE, polled.wait_for(Option::is_some)).await.context("no poll within 30 s")??;
        match *seen {
            Some(at) => Ok(at),
            None => bail!("no poll"),
        }
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn pending(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, body: Result<Bytes, String>) -> StatusCode {
        let answered = Instant::now();
        let mut pending = self.pending();
        if let Some(reply) = pending.reply.take() {
            // No one waits any more only after a timeout, which has been reported.
            drop(reply.send(Outcome { handed_out: pending.handed_out.take(), answered, body }));
        }
        StatusCode::ACCEPTED
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Result<(HeaderMap, Bytes), StatusCode> {
    shared.polled.send_if_modified(|first| first.replace(first.unwrap_or_else(Instant::now)).is_none());
    let event = shared.queue.lock().await.recv().await.ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
    let mut pending = shared.pending();
    pending.sequence += 1;
    let headers = event_headers(pending.sequence).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    pending.handed_out = Some(Instant::now());
    Ok((headers, event))
}

async fn response(State(shared): State<Arc<Shared>>, Path(_id): Path<String>, body: Bytes) -> StatusCode {
    shared.finish(Ok(body))
}

async fn error(State(shared): State<Arc<Shared>>, Path(_id): Path<String>, body: Bytes) -> StatusCode {
    shared.finish(Err(format!("the function failed: {}", String::from_utf8_lossy(&body))))
}

async fn init_error(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    shared.finish(Err(format!("the function did not start: {}", String::from_utf8_lossy(&body))))
}

fn event_headers(sequence: u64) -> Result<HeaderMap> {
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH)? + TIMEOUT;
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", format!("00000000-0000-4000-8000-{sequence:012x}")),
        ("lambda-runtime-deadline-ms", deadline.as_millis().to_string()),
        ("lambda-runtime-invoked-function-arn", ACCOUNT_ARN.to_owned()),
        ("lambda-runtime-trace-id", format!("Root=1-00000000-{sequence:024x};Parent={sequence:016x};Sampled=0")),
    ] {
        headers.insert(name, HeaderValue::from_str(&value)?);
    }
    Ok(headers)
}
