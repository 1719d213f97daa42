//! A function that does nothing by itself: the floor under every warm time.
//!
//! It polls like a function and, for each event, makes the recorded AWS calls one after another over one kept-alive
//! connection, throws the answers away and responds. What it takes is the price of the loopback interface, the mocks
//! and the scheduler; what a real function takes beyond it is the function's own time.

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::path::Path;
use tokio::net::TcpStream;

use crate::aws::Call;

/// Runs until the Runtime API goes away, which ends the process with an error no one reads.
pub(crate) async fn run(calls: &Path) -> Result<()> {
    let calls: Vec<Call> = serde_json::from_str(&std::fs::read_to_string(calls)?)?;
    let runtime_api = std::env::var("AWS_LAMBDA_RUNTIME_API").context("AWS_LAMBDA_RUNTIME_API is not set")?;
    let endpoint = std::env::var("AWS_ENDPOINT_URL").context("AWS_ENDPOINT_URL is not set")?;
    let mut runtime = Connection::open(&runtime_api).await?;
    let mut aws = Connection::open(endpoint.trim_start_matches("http://")).await?;
    loop {
        let (headers, _event) =
            runtime.send(Method::GET, "/2018-06-01/runtime/invocation/next", None, Bytes::new()).await?;
        let id = headers.get("lambda-runtime-aws-request-id").context("an event without an id")?.to_str()?.to_owned();
        for call in &calls {
            aws.send(Method::POST, "/", Some(&call.target), Bytes::from(call.body.clone())).await?;
        }
        let path = format!("/2018-06-01/runtime/invocation/{id}/response");
        runtime.send(Method::POST, &path, None, Bytes::from_static(b"{\"statusCode\":200}")).await?;
    }
}

struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    async fn open(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).await.with_context(|| format!("cannot reach {host}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the connection; a broken one fails the next request.
        tokio::spawn(connection);
        Ok(Self { host: host.to_owned(), sender })
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        target: Option<&str>,
        body: Bytes,
    ) -> Result<(HeaderMap, Bytes)> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        if let Some(target) = target {
            request = request.header("x-amz-target", target);
        }
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(request.body(Full::new(body))?).await?.into_parts();
        Ok((parts.headers, body.collect().await?.to_bytes()))
    }
}
