//! One try: a request, and its response as a stream.
//!
//! Safe to repeat: a call has no effect but its cost. Never follows a redirect, because the key would travel along.

use std::time::{Duration, Instant};

use domain::Failure;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Url, redirect};
use serde_json::Value;

use crate::Degraded;
use crate::hearing::Hearing;
use crate::sse::Parser;
use crate::vendors::{Api, EmbeddingModel, Question, Setback, Tried, Vendor};

/// How long to wait for a connection: TCP and TLS.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long one try may take: long enough for the longest reply, short enough to leave a second try its time.
const TRY_TIMEOUT: Duration = Duration::from_secs(12);
/// How long a stream may be silent. Both vendors begin theirs at once and show every now and then that they are at work.
const SILENCE: Duration = Duration::from_secs(6);
/// The longest response that is read, in bytes; a real one has a few thousand.
const MAX_RESPONSE_BYTES: usize = 1_000_000;
const TOO_LONG: Degraded = Degraded::Invalid("it is longer than 1 MB");
/// The longest list of vectors that is read, in bytes.
const MAX_VECTOR_BYTES: usize = 8_000_000;
/// The longest `retry-after` that is taken at its word.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The one client of a warm function, for all vendors.
#[derive(Debug)]
pub(crate) struct Client(reqwest::Client);

impl Client {
    pub(crate) fn new() -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|_| Failure::Permanent("no HTTPS client could be made for models".to_owned()))?;
        Ok(Self(http))
    }

    /// Asks once, not beyond `deadline`. What was paid for is in `tried`, whatever comes of it.
    pub(crate) async fn attempt(
        &self,
        vendor: &Vendor,
        model: &str,
        question: &Question<'_>,
        deadline: Instant,
        tried: &mut Tried,
    ) -> Result<Value, Setback> {
        let limit = TRY_TIMEOUT.max(question.try_limit).min(left(deadline));
        let stopped = tried.hearing.as_ref().map(Hearing::stopped);
        let exchange = tokio::time::timeout(limit, self.exchange(vendor, model, question, tried));
        let ended = match stopped {
            Some(stopped) => tokio::select! {
                biased;
                () = stopped => Ok(Err(Degraded::Stopped.into())),
                ended = exchange => ended,
            },
            None => exchange.await,
        };
        let ended = ended.unwrap_or(Err(Degraded::TimedOut.into()));
        // The vendor may have read the question and been hung up before it said so.
        tried.is_owed |= matches!(&ended, Err(setback) if setback.reason == Degraded::Stopped);
        ended.map_err(|setback| Setback { has_begun: tried.has_begun, ..setback })
    }

    async fn exchange(
        &self,
        vendor: &Vendor,
        model: &str,
        question: &Question<'_>,
        tried: &mut Tried,
    ) -> Result<Value, Setback> {
        let body = vendor.api.body(model, question)?;
        tried.asked = body.len();
        let response = self.post(&vendor.url, &vendor.headers, body).await?;
        if is_stream(response.headers()) {
            tried.is_owed = true;
            read_stream(response, vendor, question, tried).await
        } else {
            vendor.api.read(&read_limited(response, MAX_RESPONSE_BYTES, TOO_LONG).await?, question.tool, tried)
        }
    }

    /// Asks once for vectors, not beyond `deadline`.
    pub(crate) async fn embed(
        &self,
        model: &EmbeddingModel,
        body: Vec<u8>,
        deadline: Instant,
    ) -> Result<Vec<u8>, Setback> {
        let exchange = async {
            let response = self.post(&model.url, &model.headers, body).await?;
            Ok(read_limited(response, MAX_VECTOR_BYTES, Degraded::Invalid("it is longer than 8 MB")).await?)
        };
        let limit = TRY_TIMEOUT.min(left(deadline));
        tokio::time::timeout(limit, exchange).await.unwrap_or(Err(Degraded::TimedOut.into()))
    }

    /// The response to a request, where its status is 200.
    async fn post(
        &self,
        url: &Url,
        headers: &[(HeaderName, HeaderValue)],
        body: Vec<u8>,
    ) -> Result<reqwest::Response, Setback> {
        let request = self.0.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        // The error's text may quote the request, so only its kind goes on.
        let response = request.send().await.map_err(|_| Degraded::Unreachable)?;
        let status = response.status().as_u16();
        if status == 200 {
            return Ok(response);
        }
        let retry_after = retry_after(response.headers());
        Err(Api::failed(status, &read_limited(response, MAX_RESPONSE_BYTES, TOO_LONG).await?, retry_after))
    }
}

async fn read_stream(
    mut response: reqwest::Response,
    vendor: &Vendor,
    question: &Question<'_>,
    tried: &mut Tried,
) -> Result<Value, Setback> {
    let too_long = || Setback::from(TOO_LONG);
    let (mut parser, mut stream, mut read) = (Parser::default(), vendor.api.stream(), 0);
    loop {
        let chunk = tokio::time::timeout(SILENCE, response.chunk()).await.map_err(|_| Degraded::TimedOut)?;
        let Some(chunk) = chunk.map_err(|_| Degraded::Unreachable)? else { break };
        read += chunk.len();
        tried.has_begun = true;
        if read > MAX_RESPONSE_BYTES {
            return Err(too_long());
        }
        for data in parser.push(&chunk).map_err(|_| too_long())? {
            if let Some(ended) = stream.event(&data, question.tool, tried) {
                tried.hear_the_end(&ended);
                return ended;
            }
        }
    }
    // It ended before it was done, or its last event has no empty line behind it.
    let ended = parser.end().and_then(|data| stream.event(&data, question.tool, tried));
    ended.unwrap_or(Err(Degraded::Unreachable.into()))
}

async fn read_limited(mut response: reqwest::Response, most: usize, too_long: Degraded) -> Result<Vec<u8>, Degraded> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Degraded::Unreachable)? {
        if body.len() + chunk.len() > most {
            return Err(too_long);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn is_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/event-stream"))
}

/// `retry-after` in whole seconds, as both vendors send it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// How long it is until `deadline`.
pub(crate) fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
