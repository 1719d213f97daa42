//! Posts to tenants' webhooks: one request, no redirects, to the public internet and nowhere else.
//!
//! The addresses that a host's name resolves to are checked, and the connection goes to one of those that were: a name
//! that changes its mind between check and call leads nowhere else. Whoever answers can say little: a status, and 4 KB
//! that are read so that a short answer ends properly, of which the first characters are kept for the log, as text.

use domain::webhooks::{Outcome, Reach, answer_text, check_url, is_public};
use domain::{Failure, webhooks::Try};
use jiff::{SignedDuration, Timestamp};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use thiserror::Error;

use super::Timeouts;

/// The most that is read of an answer.
const MAX_ANSWER_BYTES: usize = 4 * 1024;

/// Who posts to webhooks. Built once.
#[derive(Debug, Clone)]
pub struct WebhookSender {
    http: reqwest::Client,
    reach: Reach,
    limit: Duration,
}

/// What is posted.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Where to.
    pub url: &'a str,
    /// The event's id, the same on every try.
    pub id: &'a str,
    /// When it is signed, in seconds since 1970.
    pub timestamp: i64,
    /// The signatures, as [`crate::standard_webhooks::sign`] makes them.
    pub signature: &'a str,
    /// The body.
    pub body: &'a str,
}

impl WebhookSender {
    /// With the default [`Timeouts`].
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(reach: Reach) -> Result<Self, Failure> {
        Self::with(reach, Timeouts::default())
    }

    /// With other timeouts.
    ///
    /// # Errors
    /// As [`WebhookSender::new`].
    pub fn with(reach: Reach, timeouts: Timeouts) -> Result<Self, Failure> {
        let http = client(reach, timeouts)?;
        Ok(Self { http, reach, limit: timeouts.total })
    }

    /// Posts once, and tells how it went at `now`.
    pub async fn post(&self, post: Post<'_>, now: Timestamp) -> (Try, Outcome) {
        let began = Instant::now();
        let answer = self.answer(post).await;
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let tried = |status, error, answer| Try { at: now, duration_ms, status, error, answer };
        match answer {
            Ok((status, wish, body)) => (tried(Some(status.as_u16()), None, answer_text(&body)), judged(status, wish)),
            Err(reason) => (tried(None, Some(reason), None), Outcome::Refused(None)),
        }
    }

    async fn answer(&self, post: Post<'_>) -> Result<(StatusCode, Option<SignedDuration>, Vec<u8>), String> {
        // An address in numbers is not resolved, so that it is checked here.
        let url = check_url(post.url, self.reach).map_err(|failure| failure.to_string())?;
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", post.id)
            .header("webhook-timestamp", post.timestamp)
            .header("webhook-signature", post.signature)
            .body(post.body.to_owned());
        let response = request.send().await.map_err(|error| reason(&error, self.limit))?;
        let (status, wish) = (response.status(), retry_after(response.headers()));
        Ok((status, wish, beginning(response).await))
    }
}

/// A client for addresses that tenants name. Each name is resolved, checked and called in one.
pub(crate) fn client(reach: Reach, timeouts: Timeouts) -> Result<reqwest::Client, Failure> {
    super::client_builder(timeouts)
        // A proxy would resolve the name itself.
        .no_proxy()
        .dns_resolver(Arc::new(Checked(reach)))
        .build()
        .map_err(|_| super::no_tls())
}

/// Why there was no answer. Never the error's own text: it names addresses.
pub(crate) fn reason(error: &reqwest::Error, limit: Duration) -> String {
    let refused = std::iter::successors(std::error::Error::source(error), |inner| inner.source());
    if refused.into_iter().any(<dyn std::error::Error>::is::<NotPublic>) {
        NotPublic.to_string()
    } else if error.is_timeout() {
        format!("no answer in {} s", limit.as_secs())
    } else if error.is_connect() {
        "the address was not reached".to_owned()
    } else {
        "the connection broke before the answer".to_owned()
    }
}

fn judged(status: StatusCode, wish: Option<SignedDuration>) -> Outcome {
    match status {
        status if status.is_success() => Outcome::Taken,
        StatusCode::GONE => Outcome::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Outcome::Refused(wish),
        _ => Outcome::Refused(None),
    }
}

/// Seconds from `Retry-After`. Its other form, a date, is left to our own pauses.
fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    let seconds: u32 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(SignedDuration::from_secs(seconds.into()))
}

/// Reads the beginning of an answer. The status is known: what the rest of it is, or that it never comes, changes
/// nothing.
async fn beginning(mut response: Response) -> Vec<u8> {
    let mut read = Vec::new();
    while read.len() < MAX_ANSWER_BYTES
        && let Ok(Some(chunk)) = response.chunk().await
    {
        read.extend_from_slice(&chunk);
    }
    read.truncate(MAX_ANSWER_BYTES);
    read
}

/// A name that leads to an address which is not of the public internet.
#[derive(Debug, Clone, Copy, Error)]
#[error("the address is not on the public internet")]
struct NotPublic;

/// Resolves names to addresses that may be called.
#[derive(Debug, Clone, Copy)]
struct Checked(Reach);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses: Addrs = Box::new(checked(reach, found.collect())?.into_iter());
            Ok(addresses)
        })
    }
}

/// All of `addresses`, where every one may be called.
fn checked(reach: Reach, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NotPublic> {
    match reach {
        Reach::Public if !addresses.iter().all(|address| is_public(address.ip())) => Err(NotPublic),
        _ => Ok(addresses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(all: &[&str]) -> Vec<SocketAddr> {
        all.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 443)).collect()
    }

    #[test]
    fn a_name_with_one_address_that_is_not_public_leads_nowhere() {
        assert!(checked(Reach::Public, addresses(&["8.8.8.8", "2606:4700::1"])).is_ok());
        for inner in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "::ffff:10.0.0.1"] {
            assert!(checked(Reach::Public, addresses(&["8.8.8.8", inner])).is_err(), "{inner}");
            assert!(checked(Reach::Local, addresses(&[inner])).is_ok());
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_called() {
        let server = wiremock::MockServer::start().await;
        // As if the name were one of the public internet until it is resolved.
        let public = WebhookSender::new(Reach::Public).unwrap();
        let sender = WebhookSender { reach: Reach::Local, ..public };
        let url = format!("http://localhost:{}/in", server.address().port());
        let post = Post { url: &url, id: "e", timestamp: 1, signature: "v1,x", body: "{}" };
        let (tried, outcome) = sender.post(post, Timestamp::UNIX_EPOCH).await;
        assert_eq!((outcome, tried.status), (Outcome::Refused(None), None));
        assert_eq!(tried.error.as_deref(), Some("the address is not on the public internet"));
        assert_eq!(server.received_requests().await.unwrap().len(), 0);
    }

    #[tokio::test]
    async fn how_an_answer_begins_is_kept_and_where_a_redirect_leads_is_not_asked() {
        use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};
        let server = MockServer::start().await;
        let moved =
            ResponseTemplate::new(302).insert_header("location", "/elsewhere").set_body_string("a".repeat(9_000));
        Mock::given(method("POST")).respond_with(moved).mount(&server).await;
        let url = format!("{}/in", server.uri());
        let post = Post { url: &url, id: "e", timestamp: 1, signature: "v1,x", body: "{}" };
        let (tried, _) = WebhookSender::new(Reach::Local).unwrap().post(post, Timestamp::UNIX_EPOCH).await;
        assert_eq!((tried.status, tried.answer), (Some(302), Some("a".repeat(1_000))));
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }

    #[test]
    fn only_a_2xx_is_taken_only_a_410_gone_and_only_who_is_busy_is_left_alone() {
        let wish = Some(SignedDuration::from_secs(9));
        let code = |code| judged(StatusCode::from_u16(code).unwrap(), wish);
        for taken in [200, 201, 202, 204, 299] {
            assert_eq!(code(taken), Outcome::Taken, "{taken}");
        }
        for busy in [429, 503] {
            assert_eq!(code(busy), Outcome::Refused(wish), "{busy}");
        }
        for refused in [301, 302, 307, 308, 400, 401, 404, 500, 502, 504] {
            assert_eq!(code(refused), Outcome::Refused(None), "{refused}");
        }
        assert_eq!(code(410), Outcome::Gone);
    }
}
