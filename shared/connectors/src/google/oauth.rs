//! OAuth 2 with a code and PKCE (RFC 6749, 4.1; RFC 7636): somebody is sent to Google, comes back with a code, and the code is
//! exchanged for a refresh token, which lasts until it is taken back.

use domain::Failure;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::fmt;
use url::Url;

use super::{Google, Session, Trouble, at};
use crate::calendars::call::{Unanswered, read, send, send_at_most_once};

/// Where somebody grants us access.
const CONSENT: &str = "https://accounts.google.com/o/oauth2/v2/auth";
/// What we ask for: events, when somebody is busy where events are not shown to us, and the list to choose a calendar from.
const SCOPES: &str = "https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.freebusy \
                      https://www.googleapis.com/auth/calendar.calendarlist.readonly";
/// Without these nothing can be chosen or read.
const NEEDED: [&str; 2] = ["calendar.events", "calendar.calendarlist.readonly"];

/// What Google is asked by whom it sends back.
#[derive(Debug, Clone, Copy)]
pub struct Consent<'a> {
    /// The client's id.
    pub client: &'a str,
    /// Where they are sent afterwards; the client has to list it.
    pub redirect: &'a str,
    /// What comes back with them.
    pub state: &'a str,
    /// The SHA-256 of the verifier, in base64url.
    pub challenge: &'a str,
}

/// The address at which somebody grants us access. The account is asked for again each time, so that Google gives a refresh token.
///
/// # Errors
/// None in practice.
pub fn consent_url(consent: Consent<'_>) -> Result<String, Failure> {
    let parameters = [
        ("client_id", consent.client),
        ("redirect_uri", consent.redirect),
        ("response_type", "code"),
        ("scope", SCOPES),
        ("access_type", "offline"),
        ("prompt", "consent select_account"),
        ("state", consent.state),
        ("code_challenge", consent.challenge),
        ("code_challenge_method", "S256"),
    ];
    let url = Url::parse_with_params(CONSENT, parameters);
    url.map(String::from).map_err(|error| Failure::Permanent(error.to_string()))
}

/// What an account gave.
pub struct Grant {
    /// What access is had with, until it is taken back.
    pub refresh: SecretString,
    access: SecretString,
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant")
    }
}

#[derive(Deserialize)]
struct Tokens {
    access_token: SecretString,
    #[serde(default)]
    refresh_token: Option<SecretString>,
    #[serde(default)]
    scope: String,
}

impl Google {
    /// What the code gives that somebody came back with.
    ///
    /// # Errors
    /// [`Trouble::LockedOut`]: the code is over or was used; [`Trouble::Refused`]: something that we need was not given.
    pub async fn exchange(
        &self,
        code: &SecretString,
        verifier: &SecretString,
        redirect: &str,
    ) -> Result<Grant, Trouble> {
        let given = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("code_verifier", verifier.expose_secret()),
            ("redirect_uri", redirect),
        ];
        let (url, body) = self.to_tokens(&given)?;
        let sent = send_at_most_once(&self.http, |http| as_form(http.post(url.clone()), &body)).await;
        let Tokens { access_token, refresh_token, scope } = match sent {
            // A code is good once. One that comes a second time has Google end what it gave the first time.
            Err(Unanswered::Unsure(_)) => {
                let what = "the connection broke while the account let Porchlight in: connect it again";
                return Err(Trouble::Refused(what.to_owned()));
            }
            sent => judged(sent)?,
        };
        let is_given = |needed: &&str| scope.split(' ').any(|scope| scope.rsplit('/').next() == Some(needed));
        if !NEEDED.iter().all(is_given) {
            let what = "not all boxes were ticked: connect it again, and let Porchlight see and change events";
            return Err(Trouble::Refused(what.to_owned()));
        }
        match refresh_token {
            Some(refresh) => Ok(Grant { refresh, access: access_token }),
            None => Err(Trouble::Refused("no lasting access was given: connect it again".to_owned())),
        }
    }

    /// A session of an account that has just let us in.
    #[must_use]
    pub fn begin(&self, grant: &Grant) -> Session<'_> {
        Session { google: self, refresh: grant.refresh.clone(), access: grant.access.clone(), renewed: false }
    }

    /// A session of an account.
    ///
    /// # Errors
    /// [`Trouble::LockedOut`]: the account took its consent back.
    pub async fn session(&self, refresh: SecretString) -> Result<Session<'_>, Trouble> {
        let access = self.access(&refresh).await?;
        Ok(Session { google: self, refresh, access, renewed: true })
    }

    /// A token for the next hour.
    pub(super) async fn access(&self, refresh: &SecretString) -> Result<SecretString, Trouble> {
        let given = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose_secret())];
        let (url, body) = self.to_tokens(&given)?;
        let sent = send(&self.http, |http| as_form(http.post(url.clone()), &body)).await;
        Ok(judged(sent)?.access_token)
    }

    /// Where tokens are had, and what is posted there.
    fn to_tokens(&self, given: &[(&str, &str)]) -> Result<(Url, String), Trouble> {
        let own = [("client_id", self.client.id.as_str()), ("client_secret", self.client.secret.expose_secret())];
        Ok((at(&self.endpoints.oauth, &["token"])?, form(&[given, &own].concat())))
    }
}

fn judged(sent: Result<Vec<u8>, Unanswered>) -> Result<Tokens, Trouble> {
    match sent {
        Ok(body) => read(&body),
        // Of this address 401 says that our client is not known: no tenant can mend that.
        Err(Unanswered::Unauthorized) => Err(Trouble::Refused("401: Porchlight's own client is not set up".to_owned())),
        Err(other) => Err(other.trouble()),
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn as_form(request: reqwest::RequestBuilder, body: &str) -> reqwest::RequestBuilder {
    request.header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.to_owned())
}
