//! A stub of the services that the main path calls: DynamoDB, SQS, KMS, EventBridge, and Meta's send API, on one port.
//!
//! It answers validly and at once, counts calls by operation, adds up DynamoDB's request units and can record the
//! calls so that they can be made again without a function. It checks nothing that AWS checks: no signature, no
//! limit, and conditions only where it is [`Aws::heed`]ful. What functions do with AWS's refusals is proved elsewhere, on the local stack.

mod capacity;
mod condition;
mod indexes;
mod kms;
mod sqs;
mod table;
mod update;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::serve::ListenerExt;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use capacity::Units;
use table::Table;

/// Stands for the target of a message sent over Meta's API, which has no such header.
const META_SEND: &str = "Meta.Send";

/// A running stub. Stops when dropped.
pub(crate) struct Aws {
    url: String,
    state: Arc<Mutex<Stub>>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Stub {
    table: Table,
    queues: sqs::Queues,
    usage: Usage,
    refused: Option<String>,
    recording: Option<Vec<Call>>,
}

/// What was asked of AWS since the last [`Aws::take_usage`].
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Usage {
    /// Calls by `Service.Operation`.
    pub(crate) calls: BTreeMap<String, f64>,
    /// DynamoDB request units.
    pub(crate) units: Units,
    /// Events put on a bus.
    pub(crate) events: f64,
    /// Bytes of the calls' bodies.
    pub(crate) sent_bytes: f64,
}

impl Usage {
    /// Calls to services whose name begins with `service`; all for an empty one.
    pub(crate) fn calls_to(&self, service: &str) -> f64 {
        self.calls.iter().filter(|(name, _)| name.starts_with(service)).fold(0.0, |sum, (_, count)| sum + count)
    }

    /// Adds what another piece of work used.
    pub(crate) fn add(&mut self, other: &Self) {
        for (name, count) in &other.calls {
            *self.calls.entry(name.clone()).or_default() += count;
        }
        self.units.read += other.units.read;
        self.units.write += other.units.write;
        self.events += other.events;
        self.sent_bytes += other.sent_bytes;
    }

    /// The mean of `times` pieces of work that used this together.
    pub(crate) fn mean(&self, times: usize) -> Self {
        let times = times.max(1) as f64;
        Self {
            calls: self.calls.iter().map(|(name, count)| (name.clone(), count / times)).collect(),
            units: Units { read: self.units.read / times, write: self.units.write / times },
            events: self.events / times,
            sent_bytes: self.sent_bytes / times,
        }
    }
}

/// An answer by which the real service refuses what was asked: no fault of the stub.
#[derive(Debug)]
struct Refusal(Value);

impl Refusal {
    /// Of a write whose condition does not hold.
    fn condition() -> Self {
        Self(json!({
            "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message": "The conditional request failed",
        }))
    }

    /// Of a transaction in which the conditions of some writes do not hold.
    fn transaction(allowed: &[bool]) -> Self {
        let codes = allowed.iter().map(|is_allowed| if *is_allowed { "None" } else { "ConditionalCheckFailed" });
        let codes: Vec<&str> = codes.collect();
        let reasons: Vec<Value> = codes.iter().map(|code| json!({ "Code": code })).collect();
        let told = codes.join(", ");
        Self(json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{told}]"),
            "CancellationReasons": reasons,
        }))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.0.get("message").or_else(|| self.0.get("Message")).and_then(Value::as_str);
        f.write_str(message.unwrap_or_default())
    }
}

impl std::error::Error for Refusal {}

/// One recorded call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    /// The `x-amz-target` header.
    pub(crate) target: String,
    /// The request body: JSON text.
    pub(crate) body: String,
}

impl Aws {
    /// Starts a stub on a free port of the loopback interface.
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for the AWS stub")?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(Stub::default()));
        let routes = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&state));
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        // The accept loop ends only with this task; a broken connection shows as a failed function.
        let server = tokio::spawn(async move { drop(axum::serve(listener, routes).await) });
        Ok(Self { url, state, server })
    }

    /// Where it listens, as `AWS_ENDPOINT_URL` wants it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The URL of a queue of this name.
    pub(crate) fn queue(&self, name: &str) -> String {
        format!("{}/000000000000/{name}", self.url)
    }

    /// What was asked since the last time; starts counting from zero.
    ///
    /// # Errors
    /// When something was asked that the stub cannot answer: figures would be wrong.
    pub(crate) fn take_usage(&self) -> Result<Usage> {
        let mut stub = lock(&self.state);
        if let Some(refused) = stub.refused.take() {
            bail!("the AWS stub cannot answer {refused}");
        }
        Ok(std::mem::take(&mut stub.usage))
    }

    /// From now on the conditions of writes count, and long lists come in pages, as the real table's do.
    pub(crate) fn heed(&self) {
        lock(&self.state).table.heed();
    }

    /// All items of a kind.
    pub(crate) fn items(&self, entity: &str) -> Vec<Value> {
        lock(&self.state).table.of_kind(entity).map(|(_, item)| Value::Object(item.clone())).collect()
    }

    /// Takes all items of a kind away, as if they had never been written.
    pub(crate) fn forget(&self, entity: &str) {
        lock(&self.state).table.forget(entity);
    }

    /// Takes the bodies of all messages on a queue, in the order in which they were sent.
    pub(crate) fn messages(&self, queue: &str) -> Vec<String> {
        lock(&self.state).queues.take(queue)
    }

    /// Records calls from now on.
    pub(crate) fn record(&self) {
        lock(&self.state).recording = Some(Vec::new());
    }

    /// Stops recording and hands over the calls in their order.
    pub(crate) fn recorded(&self) -> Vec<Call> {
        lock(&self.state).recording.take().unwrap_or_default()
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(state: &Mutex<Stub>) -> MutexGuard<'_, Stub> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(state): State<Arc<Mutex<Stub>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, String) {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    let target = target.unwrap_or(if uri.path().ends_with("/messages") { META_SEND } else { uri.path() });
    let mut stub = lock(&state);
    let (status, text) = match stub.call(target, &body) {
        Ok(Ok(answer)) => (StatusCode::OK, answer.to_string()),
        Ok(Err(Refusal(body))) => (StatusCode::BAD_REQUEST, body.to_string()),
        Err(error) => {
            let text = format!("{target}: {error:#}");
            let body = json!({"__type": "ValidationException", "message": text}).to_string();
            stub.refused = Some(text);
            (StatusCode::BAD_REQUEST, body)
        }
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    (status, headers, text)
}

impl Stub {
    fn call(&mut self, target: &str, body: &[u8]) -> Result<Result<Value, Refusal>> {
        let request: Value = serde_json::from_slice(body).context("not JSON")?;
        let (prefix, operation) = target.split_once('.').context("no operation")?;
        let (service, answer) = match prefix {
            "DynamoDB_20120810" => ("DynamoDB", self.table.call(operation, &request, &mut self.usage.units)),
            "AmazonSQS" => ("SQS", self.queues.call(operation, &request)),
            "TrentService" => ("KMS", kms::call(operation, &request)),
            "AWSEvents" => ("EventBridge", self.put_events(operation, &request)),
            "Meta" => ("Meta", Ok(json!({"messaging_product": "whatsapp", "messages": [{"id": "wamid.sent"}]}))),
            _ => bail!("unknown service"),
        };
        // A call that the service refuses is a call.
        let answer = match answer {
            Ok(answer) => Ok(answer),
            Err(error) => Err(error.downcast::<Refusal>()?),
        };
        self.usage.sent_bytes += body.len() as f64;
        *self.usage.calls.entry(format!("{service}.{operation}")).or_default() += 1.0;
        if let Some(recording) = &mut self.recording {
            recording.push(Call { target: target.to_owned(), body: String::from_utf8_lossy(body).into_owned() });
        }
        Ok(answer)
    }

    fn put_events(&mut self, operation: &str, request: &Value) -> Result<Value> {
        if operation != "PutEvents" {
            bail!("unknown operation");
        }
        let entries = array(request, "Entries")?.len();
        self.usage.events += entries as f64;
        let answers: Vec<Value> = (0..entries).map(|index| json!({"EventId": index.to_string()})).collect();
        Ok(json!({"FailedEntryCount": 0, "Entries": answers}))
    }
}

fn array<'a>(value: &'a Value, field: &str) -> Result<&'a Vec<Value>> {
    value.get(field).and_then(Value::as_array).with_context(|| format!("no list {field}"))
}

fn text<'a>(value: &'a Value, field: &str) -> Result<&'a str> {
    value.get(field).and_then(Value::as_str).with_context(|| format!("no text {field}"))
}
