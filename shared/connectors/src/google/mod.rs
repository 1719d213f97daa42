//! Google Calendar API v3: the access that accounts grant, what their calendars say, our visits in them, and notices of changes.
//!
//! A [`Session`] speaks for one account. Each call is bounded in time and size. Passing failures (429, the rate limits that come as 403,
//! 408, 5xx, no answer) are tried twice more, with jitter. An expired access token is renewed once. Of an event only the times and whose
//! it is are asked for, never its title.
//!
//! Source: Google's discovery document `calendar` v3, revision 20261030, and its pages on OAuth 2 for web servers.

mod channels;
mod events;
mod oauth;
mod session;

use domain::Failure;
use secrecy::SecretString;
use url::Url;

pub(crate) use crate::calendars::{Changes, Event, Events, Trouble, Watched, WrittenVisit, at};
use crate::send::{http_client, no_tls};

pub use channels::{Notice, NoticeState};
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

impl Google {
    /// With the default time limits.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(endpoints: Endpoints, client: OAuthClient) -> Result<Self, Failure> {
        Ok(Self { http: http_client()?, endpoints, client })
    }
}

#[cfg(test)]
mod tests;
