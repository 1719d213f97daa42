//! Files that customers sent, fetched from the vendor that keeps them.
//!
//! - Meta: `GET {base}/{media-id}` names an address that is good for five minutes; both calls take the token.
//! - Twilio: the address in the message redirects to one that is signed; the key goes to Twilio's API alone.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/media, twilio.com/docs/messaging/api/media-resource.

use backon::Retryable as _;
use domain::Failure;
use domain::conversations::MissingFile;
use domain::conversations::received_files::MAX_FILE_BYTES;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::time::Duration;
use url::Url;

use crate::send::twilio::TwilioKey;
use crate::send::{Timeouts, connect_retries, http_client_with};

/// A file of 16 MB takes 20 seconds at 800 KB a second.
const TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(3), total: Duration::from_secs(20) };
/// The most that is read of Meta's answer that names an address.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// Where Meta keeps files: its token goes nowhere else.
const META_HOSTS: [&str; 4] = ["fbsbx.com", "facebook.com", "whatsapp.net", "fbcdn.net"];

/// What became of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Download {
    /// It is here.
    File {
        /// As the vendor says.
        content_type: String,
        /// All of it.
        content: Vec<u8>,
    },
    /// It will never be here.
    Missing(MissingFile),
}

const REFUSED: Download = Download::Missing(MissingFile::Refused);

/// Fetches files.
#[derive(Debug, Clone)]
pub struct Downloads {
    client: reqwest::Client,
    meta: Url,
    twilio: Url,
}

impl Downloads {
    /// From Meta's Graph API with its version, and from Twilio's API.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(meta: Url, twilio: Url) -> Result<Self, Failure> {
        Ok(Self { client: http_client_with(TIMEOUTS)?, meta, twilio })
    }

    /// A file of WhatsApp's by its id.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when Meta does not answer, or not now.
    pub async fn meta(&self, token: &SecretString, id: &str) -> Result<Download, Failure> {
        let mut url = self.meta.clone();
        url.path_segments_mut().map_err(|()| no_base())?.pop_if_empty().push(id);
        let with_token = |url: &Url| self.client.get(url.clone()).bearer_auth(token.expose_secret());
        let answer = match answered(|| with_token(&url)).await? {
            Ok(answer) => answer,
            Err(missing) => return Ok(missing),
        };
        let Some(body) = body(answer, MAX_ANSWER_BYTES).await? else { return Ok(REFUSED) };
        let Ok(named) = serde_json::from_slice::<Named>(&body) else { return Ok(REFUSED) };
        match Url::parse(&named.url).ok().filter(|url| self.is_metas(url)) {
            Some(url) => file(answered(|| with_token(&url)).await?).await,
            None => Ok(REFUSED),
        }
    }

    /// A file of Twilio's by its address.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when Twilio does not answer, or not now.
    pub async fn twilio(&self, key: &TwilioKey, url: &str) -> Result<Download, Failure> {
        let Some(url) = Url::parse(url).ok().filter(|url| url.origin() == self.twilio.origin()) else {
            return Ok(REFUSED);
        };
        let with_key = || self.client.get(url.clone()).basic_auth(&key.sid, Some(key.secret.expose_secret()));
        let answer = match answered(with_key).await? {
            Ok(answer) if answer.status().is_redirection() => answer,
            other => return file(other).await,
        };
        let signed = answer.headers().get(LOCATION).and_then(|location| url.join(location.to_str().ok()?).ok());
        match signed.filter(|signed| signed.scheme() == url.scheme()) {
            Some(signed) => file(answered(|| self.client.get(signed.clone())).await?).await,
            None => Ok(REFUSED),
        }
    }

    /// Whether Meta's token may go there: to Meta's own hosts over TLS, or where its API is.
    fn is_metas(&self, url: &Url) -> bool {
        let of_meta = |host: &str| {
            META_HOSTS
                .iter()
                .any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
        };
        url.origin() == self.meta.origin() || (url.scheme() == "https" && url.host_str().is_some_and(of_meta))
    }
}

/// Where Meta keeps a file.
#[derive(Deserialize)]
struct Named {
    url: String,
}

/// An answer that may hold the file, or why there is none.
async fn answered(request: impl Fn() -> RequestBuilder) -> Result<Result<Response, Download>, Failure> {
    let answer = (|| request().send()).retry(connect_retries()).when(reqwest::Error::is_connect).await;
    let answer = answer.map_err(|_| Failure::Retryable("the service that keeps the file does not answer".into()))?;
    match answer.status() {
        status if status.is_success() || status.is_redirection() => Ok(Ok(answer)),
        StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Err(Download::Missing(MissingFile::Gone))),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(not_now(answer.status())),
        status if status.is_client_error() => Ok(Err(REFUSED)),
        status => Err(not_now(status)),
    }
}

async fn file(answer: Result<Response, Download>) -> Result<Download, Failure> {
    let answer = match answer {
        Ok(answer) if answer.status().is_success() => answer,
        Ok(_) => return Ok(REFUSED),
        Err(missing) => return Ok(missing),
    };
    let content_type =
        answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    Ok(body(answer, MAX_FILE_BYTES)
        .await?
        .map_or(Download::Missing(MissingFile::TooLarge), |content| Download::File { content_type, content }))
}

/// The body; `None`: it has more than `limit` bytes.
async fn body(mut answer: Response, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
    let limit_u64 = u64::try_from(limit).unwrap_or(u64::MAX);
    if answer.content_length().is_some_and(|length| length > limit_u64) {
        return Ok(None);
    }
    let mut body = Vec::new();
    let broke = |_| Failure::Retryable("the connection broke before the file was here".into());
    while let Some(chunk) = answer.chunk().await.map_err(broke)? {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

fn not_now(status: StatusCode) -> Failure {
    Failure::Retryable(format!("the service that keeps the file answered HTTP {}", status.as_u16()))
}

fn no_base() -> Failure {
    Failure::Permanent("the vendor's base URL cannot carry a path".into())
}
