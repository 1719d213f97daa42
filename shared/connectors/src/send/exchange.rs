//! One HTTP call to a vendor, and the rule that sorts its answer. The vendors differ only in their [`Dialect`].

use backon::Retryable;
use domain::messaging::delivery::SendOutcome;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use url::Url;

use super::{CORRELATION_HEADER, connect_retries, permanent};
use crate::codes::CodeClass;

/// The most that is read of an answer. A vendor's answers have 1 or 2 KB.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// The longest id of a message that is taken for one.
const MAX_ID_BYTES: usize = 256;

/// What is a vendor's own in an answer.
pub(super) struct Dialect {
    /// Its name, for reasons.
    pub(super) vendor: &'static str,
    /// Reads the id of the message from the body of a 2xx.
    pub(super) accepted: fn(&[u8]) -> Option<String>,
    /// Reads the code from the vendor's documented error body; `None` for any other body, such as a gateway's page.
    pub(super) refused: fn(&[u8]) -> Option<i64>,
    /// Sorts such a code.
    pub(super) classify: fn(i64) -> CodeClass,
}

/// `base` with `segments` appended to its path, each percent-encoded.
pub(super) fn endpoint(base: &Url, segments: &[&str]) -> Result<Url, SendOutcome> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| permanent("the vendor's base URL cannot carry a path"))?
        .pop_if_empty()
        .extend(segments);
    Ok(url)
}

/// Puts the correlation id on a call.
pub(super) fn correlated(request: RequestBuilder, correlation_id: &str) -> RequestBuilder {
    match HeaderValue::from_str(correlation_id) {
        Ok(value) => request.header(CORRELATION_HEADER, value),
        Err(_) => request,
    }
}

impl Dialect {
    /// Makes the call that `request` builds, and sorts what came of it.
    pub(super) async fn exchange(&self, request: impl Fn() -> RequestBuilder) -> SendOutcome {
        let answer = (|| request().send()).retry(connect_retries()).when(reqwest::Error::is_connect).await;
        match answer {
            Ok(response) => {
                let (status, after_seconds) = (response.status(), retry_after(response.headers()));
                let body = read(response).await;
                self.judge(status, after_seconds, body.as_deref())
            }
            Err(error) => self.unanswered(&error),
        }
    }

    fn unanswered(&self, error: &reqwest::Error) -> SendOutcome {
        let vendor = self.vendor;
        if error.is_connect() {
            SendOutcome::Retry { reason: format!("{vendor} was not reached"), after_seconds: None }
        } else if error.is_builder() {
            permanent(format!("no request to {vendor} can be built from this tenant's credentials"))
        } else if error.is_timeout() {
            SendOutcome::Unknown { reason: format!("{vendor} did not answer in time") }
        } else {
            SendOutcome::Unknown { reason: format!("the connection to {vendor} broke before its answer") }
        }
    }

    /// The rule of the module's contract. `body` is `None` where it broke off or was over the limit.
    fn judge(&self, status: StatusCode, after_seconds: Option<u32>, body: Option<&[u8]>) -> SendOutcome {
        let vendor = self.vendor;
        if status == StatusCode::TOO_MANY_REQUESTS {
            return SendOutcome::Retry { reason: format!("{vendor} HTTP 429"), after_seconds };
        }
        let Some(body) = body else {
            return SendOutcome::Unknown { reason: format!("{vendor} HTTP {status}, answer cut off or over 64 KB") };
        };
        let status = status.as_u16();
        if (200..300).contains(&status) {
            return match (self.accepted)(body).filter(|id| !id.is_empty() && id.len() <= MAX_ID_BYTES) {
                Some(vendor_id) => SendOutcome::Sent { vendor_id },
                None => SendOutcome::Unknown { reason: format!("{vendor} HTTP {status} without a message id") },
            };
        }
        match ((self.refused)(body), status) {
            // A gateway speaks here, whatever the body: it gave up on a request that it had passed on.
            (_, 502 | 504) => SendOutcome::Unknown { reason: format!("{vendor} HTTP {status}") },
            (Some(code), _) => {
                let reason = format!("{vendor} {code} (HTTP {status})");
                match (self.classify)(code) {
                    _ if status == 503 => SendOutcome::Retry { reason, after_seconds },
                    CodeClass::Retry => SendOutcome::Retry { reason, after_seconds },
                    CodeClass::Permanent => SendOutcome::Permanent { reason },
                    CodeClass::Blocked(blocked) => SendOutcome::Blocked { reason, blocked },
                }
            }
            // 408 is left out: the one 4xx by which a gateway may mean that the vendor was too slow.
            (None, 400..=407 | 409..=499) => permanent(format!("{vendor} HTTP {status} without an error code")),
            (None, _) => SendOutcome::Unknown { reason: format!("{vendor} HTTP {status} without an error code") },
        }
    }
}

/// Seconds from `Retry-After`. Its other form, a date, is left to the queue's own delay.
fn retry_after(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// The body in chunks; `None` when it broke off or passed the limit.
async fn read(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::messaging::delivery::Blocked;
    use proptest::prelude::*;

    /// Speaks `id:…` and `code:…`.
    const PLAIN: Dialect = Dialect {
        vendor: "plain",
        accepted: |body| Some(std::str::from_utf8(body).ok()?.strip_prefix("id:")?.to_owned()),
        refused: |body| std::str::from_utf8(body).ok()?.strip_prefix("code:")?.parse().ok(),
        classify: |code| match code {
            1 => CodeClass::Retry,
            2 => CodeClass::Blocked(Blocked::Unreachable),
            _ => CodeClass::Permanent,
        },
    };

    fn judged(status: u16, body: &[u8]) -> SendOutcome {
        PLAIN.judge(StatusCode::from_u16(status).unwrap(), Some(7), Some(body))
    }

    fn kind(outcome: &SendOutcome) -> &'static str {
        match outcome {
            SendOutcome::Sent { .. } => "sent",
            SendOutcome::Retry { .. } => "retry",
            SendOutcome::Permanent { .. } => "permanent",
            SendOutcome::Blocked { .. } => "blocked",
            SendOutcome::Unknown { .. } => "unknown",
        }
    }

    #[test]
    fn answers_are_sorted_by_whether_the_vendor_can_have_taken_the_message() {
        for (status, body, expected) in [
            (200, "id:m1", "sent"),
            (201, "id:m1", "sent"),
            (200, "id:", "unknown"),
            (200, "code:2", "unknown"),
            (204, "", "unknown"),
            (301, "", "unknown"),
            (400, "code:1", "retry"),
            (400, "code:2", "blocked"),
            (400, "code:3", "permanent"),
            (404, "<html>", "permanent"),
            (408, "<html>", "unknown"),
            (429, "<html>", "retry"),
            (429, "code:3", "retry"),
            (500, "code:1", "retry"),
            (500, "code:3", "permanent"),
            (500, "<html>", "unknown"),
            (502, "code:1", "unknown"),
            (503, "code:3", "retry"),
            (503, "<html>", "unknown"),
            (504, "code:1", "unknown"),
        ] {
            assert_eq!(kind(&judged(status, body.as_bytes())), expected, "HTTP {status} {body}");
        }
    }

    #[test]
    fn an_answer_that_broke_off_is_unknown_unless_it_was_a_429() {
        assert_eq!(kind(&PLAIN.judge(StatusCode::OK, None, None)), "unknown");
        assert_eq!(kind(&PLAIN.judge(StatusCode::BAD_REQUEST, None, None)), "unknown");
        assert_eq!(kind(&PLAIN.judge(StatusCode::TOO_MANY_REQUESTS, None, None)), "retry");
    }

    #[test]
    fn retry_after_is_read_in_seconds_only() {
        for (value, expected) in [
            ("120", Some(120)),
            (" 3 ", Some(3)),
            ("-1", None),
            ("99999999999", None),
            ("Fri, 20 Nov 2026 10:00:00 GMT", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
            assert_eq!(retry_after(&headers), expected, "{value}");
        }
    }

    #[test]
    fn a_segment_cannot_leave_its_place_in_the_path() {
        let base = Url::parse("https://vendor.example/v1/").unwrap();
        let url = endpoint(&base, &["a/b?c#d", "messages"]).unwrap();
        assert_eq!(url.as_str(), "https://vendor.example/v1/a%2Fb%3Fc%23d/messages");
        assert!(endpoint(&Url::parse("mailto:a@example.com").unwrap(), &["x"]).is_err());
    }

    proptest! {
        #[test]
        fn nothing_is_sent_again_that_an_answer_without_a_code_leaves_open(status in 100u16..1000, body: Vec<u8>) {
            prop_assume!((PLAIN.refused)(&body).is_none());
            let outcome = judged(status, &body);
            prop_assert_eq!(kind(&outcome) == "retry", status == 429);
            prop_assert_ne!(kind(&outcome), "blocked");
            if kind(&outcome) == "permanent" {
                prop_assert!((400..500).contains(&status));
            }
        }

        #[test]
        fn sent_needs_a_2xx_that_names_the_message(status in 100u16..1000, id in ".{0,300}") {
            let outcome = judged(status, format!("id:{id}").as_bytes());
            let good = (200..300).contains(&status) && !id.is_empty() && id.len() <= MAX_ID_BYTES;
            prop_assert_eq!(kind(&outcome) == "sent", good);
        }
    }
}
