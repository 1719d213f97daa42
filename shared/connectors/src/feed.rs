//! Reads calendar files from addresses that tenants name: from the public internet and nowhere else, however often it is sent
//! on, 8 MB at most, within seconds.
//!
//! What went wrong is told in words for whoever connected the calendar, and never with the address: it is a secret.

use backon::{ExponentialBuilder, Retryable as _};
use domain::Failure;
use domain::webhooks::{Reach, check_url};
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::{Response, StatusCode};
use std::time::Duration;
use url::Url;

use crate::send::Timeouts;
use crate::send::webhook::{client, reason};

/// The most that is read of a file.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// How long all of it may take.
const IN_ALL: Duration = Duration::from_secs(30);
/// So often in a row is a reader sent on.
const MAX_REDIRECTS: usize = 5;
/// So often more is a server asked that is busy or not reached.
const RETRIES: usize = 2;

/// Who reads calendar files. Built once.
#[derive(Debug, Clone)]
pub struct FeedReader {
    http: reqwest::Client,
    reach: Reach,
    limit: Duration,
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Missed {
    why: String,
    /// Whether the next moment may be better.
    passes: bool,
}

fn missed(why: impl Into<String>, passes: bool) -> Missed {
    Missed { why: why.into(), passes }
}

impl FeedReader {
    /// With the default [`Timeouts`], each time that it is sent on.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(reach: Reach) -> Result<Self, Failure> {
        let timeouts = Timeouts::default();
        Ok(Self { http: client(reach, timeouts)?, reach, limit: timeouts.total })
    }

    /// The file at `url`.
    ///
    /// # Errors
    /// Why there is none, and what to do, in words.
    pub async fn read(&self, url: &str) -> Result<Vec<u8>, String> {
        let pauses =
            ExponentialBuilder::new().with_min_delay(Duration::from_millis(200)).with_max_times(RETRIES).with_jitter();
        let read = (|| self.follow(url)).retry(pauses).when(|missed: &Missed| missed.passes);
        let read = tokio::time::timeout(IN_ALL, read).await;
        read.map_err(|_| format!("no whole answer in {} s", IN_ALL.as_secs()))?.map_err(|missed| missed.why)
    }

    /// Goes where it is sent on to, as far as it may: every address is checked like the first one.
    async fn follow(&self, url: &str) -> Result<Vec<u8>, Missed> {
        let mut url = self.checked(url)?;
        for _ in 0..=MAX_REDIRECTS {
            let request = self.http.get(url.clone()).header(ACCEPT, "text/calendar, */*;q=0.5");
            let response = request.send().await.map_err(|error| missed(reason(&error, self.limit), true))?;
            if !response.status().is_redirection() {
                return self.file(response).await;
            }
            let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
            let next = next.and_then(|next| url.join(next).ok());
            url = self.checked(next.ok_or_else(|| missed("the address sends on to nowhere", false))?.as_str())?;
        }
        Err(missed("the address sends on and on", false))
    }

    /// An address in numbers is not resolved, so that it is checked here.
    fn checked(&self, url: &str) -> Result<Url, Missed> {
        let no_place = |_| missed("the address leads to none of the public internet over https", false);
        check_url(url, self.reach).map_err(no_place)
    }

    async fn file(&self, mut response: Response) -> Result<Vec<u8>, Missed> {
        refused(response.status())?;
        let too_large = || missed(format!("the calendar is larger than {} MB", MAX_BYTES / 1024 / 1024), false);
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| missed(reason(&error, self.limit), true))? {
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// What a status means for whoever connected the calendar.
fn refused(status: StatusCode) -> Result<(), Missed> {
    let code = status.as_u16();
    match code {
        200..=299 => Ok(()),
        401 | 403 => Err(missed(
            format!(
                "the calendar's server lets nobody in at this address ({code}): publish the calendar, or connect its secret address"
            ),
            false,
        )),
        404 | 410 => Err(missed(
            format!("there is no calendar at this address any more ({code}): connect it with its address of today"),
            false,
        )),
        408 | 429 | 500..=599 => Err(missed(format!("the calendar's server is busy or broken ({code})"), true)),
        _ => Err(missed(format!("the calendar's server answers {code} instead of a calendar"), false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiremock::matchers::{method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    async fn answering(paths: &[(&str, ResponseTemplate)]) -> MockServer {
        let server = MockServer::start().await;
        for (at, answer) in paths {
            Mock::given(method("GET")).and(path(*at)).respond_with(answer.clone()).mount(&server).await;
        }
        server
    }

    fn to(location: &str) -> ResponseTemplate {
        ResponseTemplate::new(302).insert_header("location", location)
    }

    async fn read(server: &MockServer, at: &str) -> Result<Vec<u8>, String> {
        FeedReader::new(Reach::Local).unwrap().read(&format!("{}{at}", server.uri())).await
    }

    #[tokio::test]
    async fn a_file_is_read_also_where_its_server_sends_on() {
        let file = ResponseTemplate::new(200).set_body_string("BEGIN:VCALENDAR");
        let server = answering(&[("/old", to("/new")), ("/new", file)]).await;
        assert_eq!(read(&server, "/old").await.unwrap(), b"BEGIN:VCALENDAR");
    }

    #[tokio::test]
    async fn who_is_sent_on_for_ever_or_elsewhere_reads_nothing() {
        let server = answering(&[("/loop", to("/loop")), ("/out", to("ftp://example.com/"))]).await;
        assert_eq!(read(&server, "/loop").await.unwrap_err(), "the address sends on and on");
        let elsewhere = "the address leads to none of the public internet over https";
        assert_eq!(read(&server, "/out").await.unwrap_err(), elsewhere);
    }

    #[tokio::test]
    async fn no_address_leads_to_a_machine_of_ours_by_name_number_or_redirect() {
        let server = answering(&[]).await;
        let inside = [format!("http://localhost:{}/", server.address().port()), server.uri()];
        let others = ["https://169.254.169.254/latest", "https://10.0.0.1/", "https://[::1]/", "http://example.com/"];
        let public = FeedReader::new(Reach::Public).unwrap();
        for url in inside.iter().map(String::as_str).chain(others) {
            assert!(public.read(url).await.is_err(), "{url}");
        }
        // As if the name were one of the public internet until it is resolved.
        let resolving = FeedReader { reach: Reach::Local, ..public };
        let why = resolving.read(&inside[0]).await.unwrap_err();
        assert_eq!(why, "the address is not on the public internet");
        assert_eq!(server.received_requests().await.unwrap().len(), 0);
    }

    #[tokio::test]
    async fn a_refusal_is_told_in_words_and_only_what_passes_is_asked_again() {
        for (code, says, asked) in [
            (401, "lets nobody in", 1),
            (403, "lets nobody in", 1),
            (404, "no calendar at this address", 1),
            (429, "busy", 3),
            (503, "busy", 3),
            (418, "418", 1),
        ] {
            let server = answering(&[("/secret-7f3a", ResponseTemplate::new(code))]).await;
            let why = read(&server, "/secret-7f3a").await.unwrap_err();
            assert!(why.contains(says) && !why.contains("secret-7f3a"), "{code}: {why}");
            assert_eq!(server.received_requests().await.unwrap().len(), asked, "{code}");
        }
    }

    #[tokio::test]
    async fn what_is_too_large_is_not_read_to_its_end() {
        let large = ResponseTemplate::new(200).set_body_bytes(vec![b'x'; MAX_BYTES + 1]);
        let server = answering(&[("/", large)]).await;
        assert_eq!(read(&server, "/").await.unwrap_err(), "the calendar is larger than 8 MB");
    }
}
