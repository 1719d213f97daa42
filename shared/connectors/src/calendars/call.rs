//! One call to a vendor, and what its answer means.

use backon::{ExponentialBuilder, Retryable as _};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

use super::Trouble;

/// The most that is read of an answer: a page of 1,000 events has some 500 KB.
const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;
/// So often more is asked what passes.
const RETRIES: usize = 2;
/// The longest that is waited for a vendor within one reading; the next reading comes later.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// What a limit is called where it comes as 403, at Google.
const LIMITS: [&str; 4] = ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"];

/// An answer that is no success.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// 401: the access token is over, or worth nothing any more.
    Unauthorized,
    /// It was sent, and no answer came: whether it was done is not known.
    Unsure(Trouble),
    /// What else.
    Trouble(Trouble),
}

#[derive(Deserialize)]
struct Refusal {
    error: Detail,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Detail {
    /// Google's, and Cal.com's.
    Named {
        #[serde(default)]
        errors: Vec<Reason>,
        /// A word at Cal.com; a number at Google.
        #[serde(default)]
        code: serde_json::Value,
    },
    /// OAuth's (RFC 6749, 5.2).
    OAuth(String),
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

/// The body of a success; what passes is tried again.
pub(crate) async fn send(
    http: &reqwest::Client,
    request: impl Fn(&reqwest::Client) -> RequestBuilder,
) -> Result<Vec<u8>, Unanswered> {
    let sent = async || match once(request(http)).await {
        Err(Unanswered::Unsure(trouble)) => Err(Unanswered::Trouble(trouble)),
        other => other,
    };
    retried(sent).await
}

/// As [`send`], for what may not be done twice: it is not sent again where it may have been done.
pub(crate) async fn send_at_most_once(
    http: &reqwest::Client,
    request: impl Fn(&reqwest::Client) -> RequestBuilder,
) -> Result<Vec<u8>, Unanswered> {
    retried(async || once(request(http)).await).await
}

async fn retried(sent: impl AsyncFn() -> Result<Vec<u8>, Unanswered>) -> Result<Vec<u8>, Unanswered> {
    let pauses =
        ExponentialBuilder::new().with_min_delay(Duration::from_millis(200)).with_max_times(RETRIES).with_jitter();
    (|| sent())
        .retry(pauses)
        .when(|unanswered| matches!(unanswered, Unanswered::Trouble(Trouble::Busy(..))))
        .adjust(|unanswered, pause| match unanswered {
            Unanswered::Trouble(Trouble::Busy(_, Some(seconds))) => {
                let wish = Duration::from_secs(*seconds);
                pause.filter(|_| wish <= LONGEST_WAIT).map(|pause| pause.max(wish))
            }
            _ => pause,
        })
        .await
}

impl Unanswered {
    pub(crate) fn trouble(self) -> Trouble {
        match self {
            Self::Unauthorized => Trouble::LockedOut,
            Self::Unsure(trouble) | Self::Trouble(trouble) => trouble,
        }
    }
}

/// The body of a success, asked for once.
pub(crate) async fn once(request: RequestBuilder) -> Result<Vec<u8>, Unanswered> {
    let answer = request.send().await.map_err(|error| match error.is_connect() {
        true => Unanswered::Trouble(unreached(&error)),
        false => Unanswered::Unsure(unreached(&error)),
    })?;
    let (status, wish) = (answer.status(), wish(answer.headers()));
    let body = whole(answer).await.map_err(Unanswered::Unsure)?;
    if status.is_success() { Ok(body) } else { Err(judged(status, wish, &body)) }
}

/// What an answer that is no success means.
fn judged(status: StatusCode, wish: Option<u64>, body: &[u8]) -> Unanswered {
    let reason = reason(body);
    let named = || match &reason {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    Unanswered::Trouble(match status.as_u16() {
        // 498 is Cal.com's word for a token that is over.
        401 | 498 => return Unanswered::Unauthorized,
        400 if reason.as_deref() == Some("invalid_grant") => Trouble::LockedOut,
        403 if reason.as_deref().is_some_and(|reason| LIMITS.contains(&reason)) => Trouble::Busy(named(), wish),
        408 | 429 | 500..=599 => Trouble::Busy(named(), wish),
        404 => Trouble::NotFound,
        409 => Trouble::Duplicate,
        410 => Trouble::Gone,
        412 => Trouble::Changed,
        _ => Trouble::Refused(named()),
    })
}

/// The vendor's own word for why: never its sentence, which may quote what was sent.
fn reason(body: &[u8]) -> Option<String> {
    let word = match serde_json::from_slice::<Refusal>(body).ok()?.error {
        Detail::Named { errors, code } => match errors.into_iter().next() {
            Some(error) => error.reason,
            None => code.as_str()?.to_owned(),
        },
        Detail::OAuth(word) => word,
    };
    let is_word = !word.is_empty() && word.len() <= 64;
    (is_word && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')).then_some(word)
}

/// How many seconds we are asked to wait. `Retry-After` in its other form, a date, and what is a moment and no stretch of time is left
/// to our own pauses.
fn wish(headers: &HeaderMap) -> Option<u64> {
    let seconds = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
    // Calendly's says after how many seconds it counts again.
    let counts_anew = || seconds("x-ratelimit-reset").filter(|seconds| *seconds <= 3_600);
    seconds(RETRY_AFTER.as_str()).or_else(counts_anew)
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

pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(body).map_err(|_| Trouble::Refused("an answer that cannot be read".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> Unanswered {
        super::judged(StatusCode::from_u16(status).unwrap(), Some(7), body.as_bytes())
    }

    fn calendar(reason: &str) -> String {
        format!(r#"{{"error":{{"code":403,"message":"for ana@example.com","errors":[{{"reason":"{reason}"}}]}}}}"#)
    }

    #[test]
    fn an_answer_means_what_google_says_it_does() {
        for limit in LIMITS {
            let expected = Trouble::Busy(format!("403 {limit}"), Some(7));
            assert!(matches!(judged(403, &calendar(limit)), Unanswered::Trouble(busy) if busy == expected));
        }
        for (status, body, expected) in [
            (403, calendar("forbiddenForNonOrganizer"), Trouble::Refused("403 forbiddenForNonOrganizer".into())),
            (403, "<html>".to_owned(), Trouble::Refused("403".into())),
            (400, r#"{"error":"invalid_grant","error_description":"x"}"#.to_owned(), Trouble::LockedOut),
            (400, r#"{"error":"invalid_request"}"#.to_owned(), Trouble::Refused("400 invalid_request".into())),
            (
                400,
                r#"{"error":{"code":"BadRequestException","message":"for ana@example.com"}}"#.to_owned(),
                Trouble::Refused("400 BadRequestException".into()),
            ),
            (404, calendar("notFound"), Trouble::NotFound),
            (409, calendar("duplicate"), Trouble::Duplicate),
            (410, calendar("fullSyncRequired"), Trouble::Gone),
            (412, calendar("conditionNotMet"), Trouble::Changed),
            (429, String::new(), Trouble::Busy("429".into(), Some(7))),
            (500, calendar("backendError"), Trouble::Busy("500 backendError".into(), Some(7))),
            (503, String::new(), Trouble::Busy("503".into(), Some(7))),
        ] {
            assert!(matches!(judged(status, &body), Unanswered::Trouble(is) if is == expected), "{status} {body}");
        }
        for over in [401, 498] {
            assert!(matches!(judged(over, ""), Unanswered::Unauthorized));
        }
    }

    #[test]
    fn a_reason_is_a_word_of_google_and_no_text_that_somebody_wrote() {
        assert_eq!(reason(calendar("ana@example.com wrote").as_bytes()), None);
        assert_eq!(reason(calendar(&"a".repeat(65)).as_bytes()), None);
        assert_eq!(reason(b"{}"), None);
    }
}
