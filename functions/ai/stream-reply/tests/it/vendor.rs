//! A stub of Anthropic's `POST /v1/messages` that writes its stream as the test says, and notices who hangs up.

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures::stream::unfold;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::convert::Infallible;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::runtime_api::soon;

/// The stub.
pub(crate) struct Vendor {
    pub(crate) url: String,
    calls: mpsc::UnboundedReceiver<Call>,
}

/// One call, while it is answered; dropped, its stream is cut.
pub(crate) struct Call {
    events: mpsc::UnboundedSender<String>,
    /// Whether the input is wanted as it is written; else it is held back until it is whole.
    is_eager: bool,
    held: RefCell<String>,
}

impl Vendor {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (called, calls) = mpsc::unbounded_channel();
        let routes =
            Router::new().route("/v1/messages", post(async move |Json(asked): Json<Value>| answer(&called, &asked)));
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, calls }
    }

    /// The next call.
    pub(crate) async fn call(&mut self) -> Call {
        soon(self.calls.recv()).await.unwrap()
    }

    /// Whether it was called and no one looked.
    pub(crate) fn was_called(&mut self) -> bool {
        self.calls.try_recv().is_ok()
    }
}

impl Call {
    /// Begins to call the tool.
    pub(crate) fn begin(&self) {
        let usage = json!({ "input_tokens": 1240, "output_tokens": 1 });
        let message = json!({ "model": "claude-sonnet-5-5", "content": [], "stop_reason": null, "usage": usage });
        self.event(&json!({ "type": "message_start", "message": message }));
        let block = json!({ "type": "tool_use", "id": "toolu_1", "name": "suggest", "input": {} });
        self.event(&json!({ "type": "content_block_start", "index": 0, "content_block": block }));
    }

    /// Writes the next part of the tool's input.
    pub(crate) fn write(&self, json: &str) {
        if self.is_eager { self.part(json) } else { self.held.borrow_mut().push_str(json) }
    }

    fn part(&self, json: &str) {
        let delta = json!({ "type": "input_json_delta", "partial_json": json });
        self.event(&json!({ "type": "content_block_delta", "index": 0, "delta": delta }));
    }

    /// Ends as it should.
    pub(crate) fn end(self) {
        if !self.is_eager {
            self.part(&self.held.borrow());
        }
        self.event(&json!({ "type": "content_block_stop", "index": 0 }));
        let delta = json!({ "stop_reason": "tool_use", "stop_sequence": null });
        self.event(&json!({ "type": "message_delta", "delta": delta, "usage": { "output_tokens": 42 } }));
        self.event(&json!({ "type": "message_stop" }));
    }

    /// The other side hung up.
    pub(crate) async fn was_hung_up(&self) {
        soon(self.events.closed()).await;
    }

    fn event(&self, event: &Value) {
        drop(self.events.send(format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap())));
    }
}

fn answer(called: &mpsc::UnboundedSender<Call>, asked: &Value) -> Response {
    let (events, written) = mpsc::unbounded_channel::<String>();
    let is_eager = asked["tools"][0]["eager_input_streaming"] == true;
    called.send(Call { events, is_eager, held: RefCell::default() }).unwrap();
    let stream = unfold(written, async |mut written| {
        let event: String = written.recv().await?;
        Some((Ok::<_, Infallible>(Bytes::from(event)), written))
    });
    ([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response()
}
