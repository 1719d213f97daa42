//! Asks a model until it answers in the agreed form, the tries are used up or the time is.
//!
//! Safe to repeat: a call has no effect but its cost. Never follows a redirect, because the key would travel along.

use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
use domain::Failure;
use domain::tenancy::usage::{Feature, Spent, Tokens};
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Url, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::wire::{self, Response};
use super::{Request, Tool};
use crate::Degraded;

/// How long to wait for a connection: TCP and TLS.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long one try may take: long enough for the longest reply, short enough to leave a second try its time.
const TRY_TIMEOUT: Duration = Duration::from_secs(12);
/// With less time left than this, another try is not worth its tokens.
const SHORTEST_TRY: Duration = Duration::from_millis(500);
/// The longest response that is read, in bytes; a real one has a few thousand.
const MAX_RESPONSE_BYTES: usize = 1_000_000;
/// Waits between the three tries: 0.25 to 0.5 s, then 0.5 to 1 s.
const WAITS: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(250))
    .with_factor(2.0)
    .with_max_times(2)
    .with_jitter();

/// The one client of a warm function. Its debug print does not show the key.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: Url,
    key: HeaderValue,
}

/// What came of asking, and what it cost over all tries.
pub(crate) struct Asked<T> {
    pub(crate) outcome: Result<T, Degraded>,
    pub(crate) spent: Spent,
}

/// One try that gave nothing.
struct Setback {
    reason: Degraded,
    /// The vendor's name of the error.
    error: Option<String>,
    /// What the vendor asks us to wait.
    retry_after: Option<Duration>,
}

impl From<Degraded> for Setback {
    fn from(reason: Degraded) -> Self {
        Self { reason, error: None, retry_after: None }
    }
}

impl Client {
    /// A client of the API at `base`, such as `https://api.anthropic.com`.
    pub(crate) fn new(key: &SecretString, base: &Url) -> Result<Self, Failure> {
        let mut key = HeaderValue::from_str(key.expose_secret())
            .map_err(|_| Failure::Permanent("the Anthropic key holds characters that no header takes".to_owned()))?;
        key.set_sensitive(true);
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| Failure::Permanent("the Anthropic address must begin with https://".to_owned()))?
            .pop_if_empty()
            .extend(["v1", "messages"]);
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|_| Failure::Permanent("no HTTPS client could be made for Anthropic".to_owned()))?;
        Ok(Self { http, url, key })
    }

    /// Asks for `feature` until `read` takes the input of the call, at most three times and not beyond `deadline`.
    pub(crate) async fn ask<T>(
        &self,
        feature: Feature,
        request: &Request<'_>,
        tool: &Tool,
        read: impl Fn(Value) -> Result<T, Degraded>,
        deadline: Instant,
    ) -> Asked<T> {
        let mut spent = Spent { feature, model: request.model.to_owned(), tokens: Tokens::default() };
        let mut waits = WAITS.build();
        loop {
            let setback = match self.attempt(request, deadline).await {
                Ok(response) => {
                    account(&mut spent, &response);
                    match response.into_call(tool).and_then(&read) {
                        Ok(value) => return Asked { outcome: Ok(value), spent },
                        Err(reason) => reason.into(),
                    }
                }
                Err(setback) => setback,
            };
            let reason = setback.reason;
            tracing::warn!(model = request.model, tool = tool.name, %reason, error = setback.error, "a model call failed");
            let wait = waits.next().map(|wait| wait.max(setback.retry_after.unwrap_or_default()));
            match wait {
                Some(wait) if reason.may_pass() && wait.saturating_add(SHORTEST_TRY) <= left(deadline) => {
                    tokio::time::sleep(wait).await;
                }
                _ => return Asked { outcome: Err(reason), spent },
            }
        }
    }

    async fn attempt(&self, request: &Request<'_>, deadline: Instant) -> Result<Response, Setback> {
        let limit = TRY_TIMEOUT.min(left(deadline));
        tokio::time::timeout(limit, self.exchange(request)).await.unwrap_or(Err(Degraded::TimedOut.into()))
    }

    async fn exchange(&self, request: &Request<'_>) -> Result<Response, Setback> {
        let sending = self
            .http
            .post(self.url.clone())
            .header("x-api-key", self.key.clone())
            .header("anthropic-version", "2023-06-01")
            .json(request)
            .send();
        // The error's text may quote the request, so only its kind goes on.
        let response = sending.await.map_err(|_| Degraded::Unreachable)?;
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers());
        let body = read_limited(response).await?;
        if status != 200 {
            let reason = Degraded::from_status(status);
            return Err(Setback { reason, error: wire::error_kind(&body), retry_after });
        }
        serde_json::from_slice(&body).map_err(|_| Degraded::Invalid("it is not a message").into())
    }
}

async fn read_limited(mut response: reqwest::Response) -> Result<Vec<u8>, Degraded> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Degraded::Unreachable)? {
        if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
            return Err(Degraded::Invalid("it is longer than 1 MB"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// `retry-after` in whole seconds, as Anthropic sends it.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// An answer that is thrown away was paid for too.
fn account(spent: &mut Spent, response: &Response) {
    spent.tokens.add(response.tokens());
    if !response.model.is_empty() {
        spent.model = response.model.chars().take(64).collect();
    }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
