//! One call to a weather service, and what its answer means.

use backon::{ExponentialBuilder, Retryable as _};
use domain::Failure;
use domain::webhooks::Reach;
use reqwest::header::{ACCEPT, HeaderValue, LOCATION, RETRY_AFTER, USER_AGENT};
use reqwest::{Response, StatusCode};
use std::time::Duration;
use url::Url;

use super::Trouble;
use crate::send::http_client;

/// The most that is read of an answer: the layers of a cell have some 200 KB.
const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;
/// So often more is asked what passes.
const RETRIES: usize = 2;
/// The longest that is waited within one call; the next try comes later.
const LONGEST_WAIT: Duration = Duration::from_secs(6);
/// So often in a row are we sent on: a point with too many decimals, once.
const MAX_REDIRECTS: usize = 2;

/// A weather service: where it is, and as whom we ask. Built once.
#[derive(Debug, Clone)]
pub struct Server {
    http: reqwest::Client,
    base: Url,
    user_agent: HeaderValue,
    /// The least that is waited before the next try.
    pause: Duration,
}

/// Reads from an error's body for how many seconds we are asked to wait.
pub(super) type Wait = fn(&[u8]) -> Option<u64>;

impl Server {
    /// The service at `base`. `contact` is a mail address or page of whoever runs Porchlight: the National Weather Service demands one.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when `base` is no address over TLS (or, where `reach` is local, on this machine), when `contact` cannot be
    /// in a header, or when the TLS library does not start.
    pub fn new(base: &str, contact: &str, reach: Reach) -> Result<Self, Failure> {
        let wrong =
            |what: &str| Failure::Permanent(format!("{what} of the weather service is wrong: see template.yaml"));
        let mut base = Url::parse(base).map_err(|_| wrong("the address"))?;
        let is_right = base.scheme() == "https" || reach == Reach::Local && base.scheme() == "http";
        if !is_right || base.host_str().is_none() || base.cannot_be_a_base() {
            return Err(wrong("the address"));
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let user_agent = format!("Porchlight/{} ({contact})", env!("CARGO_PKG_VERSION"));
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| wrong("the contact"))?;
        Ok(Self { http: http_client()?, base, user_agent, pause: Duration::from_millis(500) })
    }

    /// The address of `path` here, with a query.
    pub(super) fn at(&self, path: &str, query: &[(&str, &str)]) -> Result<Url, Trouble> {
        let mut url = self.base.join(path).map_err(|_| Trouble::Refused("no such address".to_owned()))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    /// The body of a success. What passes is tried again; `wait` reads from an error's body how long.
    pub(super) async fn get(&self, url: &Url, wait: Wait) -> Result<Vec<u8>, Trouble> {
        let pauses = ExponentialBuilder::new().with_min_delay(self.pause).with_max_times(RETRIES).with_jitter();
        (|| self.follow(url.clone(), wait))
            .retry(pauses)
            .when(|trouble| matches!(trouble, Trouble::Busy(..)))
            .adjust(|trouble, pause| match trouble {
                Trouble::Busy(_, Some(seconds)) => {
                    let wish = Duration::from_secs(*seconds);
                    pause.filter(|_| wish <= LONGEST_WAIT).map(|pause| pause.max(wish))
                }
                _ => pause,
            })
            .await
    }

    /// Goes where it is sent on to, as long as that is the same server.
    async fn follow(&self, mut url: Url, wait: Wait) -> Result<Vec<u8>, Trouble> {
        for _ in 0..=MAX_REDIRECTS {
            let request = self.http.get(url.clone()).header(USER_AGENT, &self.user_agent);
            let response = request.header(ACCEPT, "application/geo+json, application/json").send().await;
            let response = response.map_err(|error| unreached(&error))?;
            if !response.status().is_redirection() {
                return body(response, wait).await;
            }
            let next = response.headers().get(LOCATION).and_then(|next| url.join(next.to_str().ok()?).ok());
            let next = next.filter(|next| next.origin() == self.base.origin());
            url = next.ok_or_else(|| Trouble::Refused("it sends on to another server".to_owned()))?;
        }
        Err(Trouble::Refused("it sends on and on".to_owned()))
    }

    #[cfg(test)]
    pub(super) fn quickly(self) -> Self {
        Self { pause: Duration::from_millis(1), ..self }
    }
}

/// The body of a success; else what the answer means.
async fn body(response: Response, wait: Wait) -> Result<Vec<u8>, Trouble> {
    let status = response.status();
    let asked = response.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.trim().parse().ok());
    let body = whole(response).await?;
    if status.is_success() { Ok(body) } else { Err(judged(status, asked.or_else(|| wait(&body)))) }
}

/// What an answer that is no success means. Its text is not kept: services quote what was asked for.
fn judged(status: StatusCode, wait: Option<u64>) -> Trouble {
    let code = status.as_u16();
    match code {
        404 => Trouble::NotFound,
        408 | 429 | 500..=599 => Trouble::Busy(code.to_string(), wait),
        _ => Trouble::Refused(code.to_string()),
    }
}

/// Never the error's own text: it names addresses.
fn unreached(error: &reqwest::Error) -> Trouble {
    let why = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "not reached"
    } else {
        "the connection broke"
    };
    Trouble::Busy(why.to_owned(), None)
}

async fn whole(mut answer: Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreached(&error))? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(Trouble::Refused("an answer over 4 MB".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
