//! A mock of Lambda's Runtime API (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) that hands events out to a process of the
//! function and takes its answers chunk by chunk, as Lambda does for a Function URL with `RESPONSE_STREAM`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::{Buf, Bytes, BytesMut};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// How long anything is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// What parts the metadata from the body.
const NULS: [u8; 8] = [0; 8];

/// What an answer is made of.
enum Part {
    Headers(HeaderMap),
    Bytes(Bytes),
}

#[derive(Clone)]
struct Shared {
    events: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<(String, Value)>>>,
    answers: Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Part>>>>,
}

/// The mock, and the function's process, which works at two events at a time.
pub(crate) struct Lambda {
    events: mpsc::UnboundedSender<(String, Value)>,
    answers: Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Part>>>>,
    _process: Child,
}

/// An answer while it comes.
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) headers: Value,
    parts: mpsc::UnboundedReceiver<Part>,
    rest: BytesMut,
}

impl Lambda {
    /// Starts `test` of this executable as the function, with these variables.
    pub(crate) async fn start(test: &str, variables: &[(&str, String)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (events, queue) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(HashMap::new()));
        let shared = Shared { events: Arc::new(tokio::sync::Mutex::new(queue)), answers: answers.clone() };
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .with_state(shared);
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        let process = Command::new(std::env::current_exe().unwrap())
            .args([test, "--exact", "--ignored", "--nocapture"])
            .env("AWS_LAMBDA_RUNTIME_API", address)
            .env("AWS_LAMBDA_FUNCTION_NAME", "ai-stream-reply")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self { events, answers, _process: process }
    }

    /// A request to the Function URL; gives its answer as soon as it begins.
    pub(crate) async fn call(&self, method: &str, headers: &[(&str, &str)]) -> Answer {
        let id = format!("{:032x}", self.answers.lock().unwrap().len() + 1);
        let (answer, mut parts) = mpsc::unbounded_channel();
        self.answers.lock().unwrap().insert(id.clone(), answer);
        self.events.send((id, request(method, headers))).unwrap();
        let Part::Headers(sent) = soon(parts.recv()).await.unwrap() else { panic!("bytes before headers") };
        assert_eq!(sent["lambda-runtime-function-response-mode"], "streaming");
        assert_eq!(sent["transfer-encoding"], "chunked");
        assert_eq!(sent["content-type"], "application/vnd.awslambda.http-integration-response");
        let mut answer = Answer { status: 0, headers: Value::Null, parts, rest: BytesMut::new() };
        let end = loop {
            if let Some(at) = answer.rest.windows(NULS.len()).position(|part| part == NULS) {
                break at;
            }
            assert!(answer.more().await, "the answer ended within its metadata");
        };
        let prelude: Value = serde_json::from_slice(&answer.rest.split_to(end)).unwrap();
        answer.rest.advance(NULS.len());
        (answer.status, answer.headers) = (prelude["statusCode"].as_u64().unwrap(), prelude["headers"].clone());
        answer
    }
}

impl Answer {
    async fn more(&mut self) -> bool {
        match soon(self.parts.recv()).await {
            Some(Part::Bytes(bytes)) => {
                self.rest.extend_from_slice(&bytes);
                true
            }
            _ => false,
        }
    }

    /// The next event or remark, as it is written; `None`: the answer ended.
    pub(crate) async fn block(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.rest.windows(2).position(|part| part == b"\n\n") {
                let block = self.rest.split_to(at);
                self.rest.advance(2);
                return Some(String::from_utf8(block.to_vec()).unwrap());
            }
            if !self.more().await {
                assert!(self.rest.is_empty(), "the answer ended within an event: {:?}", self.rest);
                return None;
            }
        }
    }

    /// The next event: its name, its id and its data.
    pub(crate) async fn event(&mut self) -> (String, String, Value) {
        loop {
            let block = self.block().await.expect("the stream ended");
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            if let Some(name) = field("event:") {
                let data = serde_json::from_str(field("data:").unwrap()).unwrap();
                return (name.to_owned(), field("id:").unwrap().to_owned(), data);
            }
        }
    }

    /// The whole body, which ended.
    pub(crate) async fn body(mut self) -> String {
        while self.more().await {}
        String::from_utf8(self.rest.to_vec()).unwrap()
    }
}

/// What comes in time.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("it did not come in time")
}

async fn next(State(shared): State<Shared>) -> Response {
    let Some((id, event)) = shared.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", "4102444800000".to_owned()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:test".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event.to_string()).into_response()
}

async fn response(State(shared): State<Shared>, Path(id): Path<String>, headers: HeaderMap, body: Body) -> StatusCode {
    let answer = shared.answers.lock().unwrap().get(&id).cloned().unwrap();
    drop(answer.send(Part::Headers(headers)));
    let mut chunks = body.into_data_stream();
    while let Some(Ok(chunk)) = chunks.next().await {
        drop(answer.send(Part::Bytes(chunk)));
    }
    // Nothing more comes: whoever reads is told.
    let (closed, _) = mpsc::unbounded_channel();
    shared.answers.lock().unwrap().insert(id, closed);
    StatusCode::ACCEPTED
}

/// As a Function URL hands it over: format 2.0 of the gateway's events.
fn request(method: &str, headers: &[(&str, &str)]) -> Value {
    let headers: serde_json::Map<String, Value> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": "", "headers": headers,
        "requestContext": {
            "accountId": "anonymous", "apiId": "u1", "domainName": "u1.lambda-url.us-east-1.on.aws", "domainPrefix": "u1",
            "http": {
                "method": method, "path": "/", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.24", "userAgent": "test"
            },
            "requestId": "r1", "routeKey": "$default", "stage": "$default", "time": "20/Nov/2026:06:13:20 +0000",
            "timeEpoch": 1_795_155_200_000_i64
        },
        "isBase64Encoded": false
    })
}
