//! Where every call of a function stops and waits for the schedule: the AWS SDK's connector, and the vendors' door.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use std::io;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// The SDK's way out of one sandbox. A call whose answer never comes waits for ever, as in a function that is dying.
#[derive(Debug, Clone)]
pub(crate) struct Wire(mpsc::UnboundedSender<AwsCall>);

/// A call to AWS that waits for its answer.
#[derive(Debug)]
pub(crate) struct AwsCall {
    pub(crate) request: HttpRequest,
    answer: oneshot::Sender<Result<HttpResponse, ConnectorError>>,
}

/// An answer to a call to AWS.
#[derive(Debug, Clone)]
pub(crate) struct AwsAnswer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<AwsCall>) {
        let (calls, waiting) = mpsc::unbounded_channel();
        (Self(calls), waiting)
    }
}

impl HttpClient for Wire {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (answer, answered) = oneshot::channel();
        // It fails only where the sandbox is gone, and with it this future.
        let _ = self.0.send(AwsCall { request, answer });
        HttpConnectorFuture::new(async move {
            match answered.await {
                Ok(answer) => answer,
                Err(_) => std::future::pending().await,
            }
        })
    }
}

impl AwsCall {
    /// The operation: `DynamoDB_20120810.GetItem`.
    pub(crate) fn target(&self) -> &str {
        self.request.headers().get("x-amz-target").unwrap_or_default()
    }

    pub(crate) fn body(&self) -> Value {
        serde_json::from_slice(self.request.body().bytes().unwrap_or_default()).unwrap()
    }

    pub(crate) fn answer(self, answer: AwsAnswer) {
        let mut response = HttpResponse::new(StatusCode::try_from(answer.status).unwrap(), SdkBody::from(answer.body));
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        let _ = self.answer.send(Ok(response));
    }

    pub(crate) fn cut(self) {
        let broken = io::Error::new(io::ErrorKind::ConnectionReset, "the schedule cut this connection");
        let _ = self.answer.send(Err(ConnectorError::io(broken.into())));
    }
}

impl AwsAnswer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self { status, body: body.to_string().into_bytes() }
    }
}

/// The address that functions take for the vendors' and for SES.
#[derive(Debug)]
pub(crate) struct Door(TcpListener);

/// A call to a vendor that waits for its answer.
#[derive(Debug)]
pub(crate) struct VendorCall {
    /// The whole HTTP request.
    pub(crate) request: Vec<u8>,
    line: TcpStream,
}

impl Door {
    pub(crate) async fn open() -> (Self, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        (Self(listener), url)
    }

    pub(crate) async fn next(&self) -> VendorCall {
        let (mut line, _) = self.0.accept().await.unwrap();
        let request = read_message(&mut line).await.unwrap();
        VendorCall { request, line }
    }
}

impl VendorCall {
    pub(crate) fn path(&self) -> &str {
        let head = std::str::from_utf8(self.request.split(|byte| *byte == b'\r').next().unwrap()).unwrap();
        head.split(' ').nth(1).unwrap()
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.request[end_of_head(&self.request).unwrap()..]
    }

    /// Answers with a whole HTTP response.
    pub(crate) async fn answer(mut self, response: &[u8]) {
        // A caller that is gone does not hear it.
        let _ = self.line.write_all(response).await;
    }
}

/// Sends a whole HTTP request to `address` and reads the whole response.
pub(crate) async fn exchange(address: &str, request: &[u8]) -> Vec<u8> {
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(request).await.unwrap();
    read_message(&mut line).await.unwrap()
}

/// Reads one HTTP message, whose body has the length that its head says.
async fn read_message(line: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(head) = end_of_head(&message)
            && message.len() >= head + content_length(&message[..head])
        {
            return Ok(message);
        }
        if line.read_buf(&mut message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn end_of_head(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    value.map_or(0, |value| value.trim().parse().unwrap())
}
