//! Google Calendar API v3: who lets us in, what their calendars say, our visits in them, and word of changes.
//!
//! A [`Session`] speaks for one account. Each call is bounded in time and size; what passes (429, the rate limits that come as
//! 403, 408, 5xx, no answer) is tried twice more, with jitter; an access token that is over is renewed once. Of an event is
//! asked only when it is and whose, never what it is called.
//!
//! Source: Google's discovery document `calendar` v3, revision 20261030, and its pages on OAuth 2 for web servers.

mod call;
mod channels;
mod event;
mod events;
mod oauth;

use domain::Failure;
use secrecy::SecretString;
use std::fmt;
use url::Url;

use crate::send::{http_client, no_tls};

pub use channels::{Notice, NoticeState, Watched};
pub use event::{Event, Whose, WrittenVisit};
pub use events::{Changes, Events};
pub use oauth::{Consent, Grant, consent_url};

/// The host that calendars are read from, as people see it.
pub const HOST: &str = "www.googleapis.com";

/// Where Google is.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// Where codes and refresh tokens are exchanged for access, and taken back.
    pub oauth: Url,
    /// Where calendars are.
    pub api: Url,
}

impl Endpoints {
    /// Google's own.
    ///
    /// # Errors
    /// None in practice.
    pub fn google() -> Result<Self, Failure> {
        let parse = |url: &str| Url::parse(url).map_err(|_| no_tls());
        Ok(Self {
            oauth: parse("https://oauth2.googleapis.com/")?,
            api: parse("https://www.googleapis.com/calendar/v3/")?,
        })
    }
}

/// As whom we ask accounts to let us in: a client of Google Cloud's console.
#[derive(Debug, Clone)]
pub struct OAuthClient {
    /// Its id, which everybody may know.
    pub id: String,
    /// Its secret.
    pub secret: SecretString,
}

/// Google, for all accounts. Built once.
#[derive(Debug, Clone)]
pub struct Google {
    http: reqwest::Client,
    endpoints: Endpoints,
    client: OAuthClient,
}

/// Google, for an account that let us in.
#[derive(Debug)]
pub struct Session<'a> {
    google: &'a Google,
    refresh: SecretString,
    access: SecretString,
    /// Whether the access token was renewed for this session already.
    renewed: bool,
}

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The account does not let us in any more.
    LockedOut,
    /// It passes: a limit, an outage, a connection that broke. How long Google asks us to wait, in seconds.
    Busy(String, Option<u64>),
    /// There is no such thing (404).
    NotFound,
    /// It was there before (409).
    Duplicate,
    /// What was remembered is too old, or it was deleted before (410).
    Gone,
    /// Somebody changed it meanwhile (412).
    Changed,
    /// Google does not do that, and will not.
    Refused(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LockedOut => f.write_str("the Google account does not let Porchlight in any more: connect it again"),
            Self::Busy(why, _) => write!(f, "Google is not to be reached at the moment ({why})"),
            Self::NotFound => f.write_str("the calendar is not there any more, or not shared with this account (404)"),
            Self::Duplicate => f.write_str("Google has it already (409)"),
            Self::Gone => f.write_str("Google does not know any more what changed (410)"),
            Self::Changed => f.write_str("it changed at Google meanwhile (412)"),
            Self::Refused(why) => write!(f, "Google refuses it ({why})"),
        }
    }
}

impl Google {
    /// With the default time limits.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(endpoints: Endpoints, client: OAuthClient) -> Result<Self, Failure> {
        Ok(Self { http: http_client()?, endpoints, client })
    }
}

/// `base` with `segments` appended to its path, each percent-encoded.
fn at(base: &Url, segments: &[&str]) -> Result<Url, Trouble> {
    let mut url = base.clone();
    let no_base = |()| Trouble::Refused("the base address cannot carry a path".to_owned());
    url.path_segments_mut().map_err(no_base)?.pop_if_empty().extend(segments);
    Ok(url)
}

#[cfg(test)]
mod tests;
