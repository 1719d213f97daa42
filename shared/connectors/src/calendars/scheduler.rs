//! A scheduler that is read by a key: one that takes bookings, or plans shifts. What each has of its own is in a file of its own.
//!
//! It has no versions and no ids of ours. A booking of ours says in its own words which visit it is and when it was written, as an
//! event at Google does; its uid is its version, because another time is another booking. It is asked for once, and never again where
//! it may have been taken: the next reading sees whether it is there.

use domain::Failure;
use domain::scheduling::{CalendarChoice, CalendarKind, Span};
use domain::webhooks::{Reach, check_url};
use jiff::{SignedDuration, Timestamp};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use url::Url;

use super::call::{self, Unanswered};
use super::{Event, Events, Trouble, Watched, WrittenVisit, calcom, calendly, when_i_work};
use crate::send::Timeouts;
use crate::send::webhook::client;

/// Where each scheduler is, unless the account says another place: Cal.com's in Europe, or one's own.
pub const BASES: [(CalendarKind, &str); 3] = [
    (CalendarKind::CalCom, "https://api.cal.com/v2"),
    (CalendarKind::Calendly, "https://api.calendly.com"),
    (CalendarKind::WhenIWork, "https://api.wheniwork.com/2"),
];
/// The most pages of a list.
pub(super) const MAX_PAGES: usize = 20;
/// So often a booking was moved at most before we lose sight of what it was.
pub(super) const MAX_MOVES: usize = 5;
/// The address at which a scheduler tells us of changes has no end of its own.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 3_650);

/// All schedulers. Built once.
#[derive(Debug, Clone)]
pub struct Schedulers {
    http: reqwest::Client,
    reach: Reach,
}

/// A scheduler, for one account.
#[derive(Debug)]
pub struct Scheduler {
    pub(super) http: reqwest::Client,
    pub(super) base: Url,
    pub(super) key: SecretString,
    kind: CalendarKind,
    /// The uids of our visits by the ids of their events, as they were listed.
    seen: BTreeMap<String, String>,
    /// The account's own address.
    pub(super) owner: OnceLock<String>,
}

impl Schedulers {
    /// With the default [`Timeouts`].
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the TLS library does not start.
    pub fn new(reach: Reach) -> Result<Self, Failure> {
        Ok(Self { http: client(reach, Timeouts::default())?, reach })
    }

    /// A session by what [`Schedulers::sealed`] made.
    ///
    /// # Errors
    /// [`Trouble::LockedOut`]: it is none of it.
    pub fn session(&self, kind: CalendarKind, sealed: &SecretString) -> Result<Scheduler, Trouble> {
        let (base, key) = sealed.expose_secret().split_once(' ').ok_or(Trouble::LockedOut)?;
        // An address in numbers is not resolved, so that it is checked here.
        let base = check_url(base, self.reach).map_err(|_| Trouble::LockedOut)?;
        let (http, key) = (self.http.clone(), SecretString::from(key.to_owned()));
        Ok(Scheduler { http, base, key, kind, seen: BTreeMap::new(), owner: OnceLock::new() })
    }

    /// What is kept of an account, sealed: where it is, and its key.
    #[must_use]
    pub fn sealed(base: &str, key: &SecretString) -> SecretString {
        SecretString::from(format!("{base} {}", key.expose_secret()))
    }
}

impl Scheduler {
    /// The body of a success, read. What passes is tried again.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        request: impl Fn(&reqwest::Client) -> RequestBuilder,
    ) -> Result<T, Trouble> {
        let body = call::send(&self.http, |http| request(http).bearer_auth(self.key.expose_secret())).await;
        call::read(&body.map_err(Unanswered::trouble)?)
    }

    /// Does what may be done once alone: whatever comes of it, the next reading sees whether it was done.
    pub(super) async fn once(&self, request: RequestBuilder) -> Result<(), Trouble> {
        let done = call::once(request.bearer_auth(self.key.expose_secret())).await;
        done.map(drop).map_err(Unanswered::trouble)
    }

    /// Does what is the same when it is done twice.
    pub(super) async fn end(&self, request: impl Fn(&reqwest::Client) -> RequestBuilder) -> Result<(), Trouble> {
        let done = call::send(&self.http, |http| request(http).bearer_auth(self.key.expose_secret())).await;
        match done.map_err(Unanswered::trouble) {
            Ok(_) | Err(Trouble::NotFound | Trouble::Gone) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    pub(super) fn at(&self, segments: &[&str], asked: &[(&str, &str)]) -> Result<Url, Trouble> {
        let mut url = super::at(&self.base, segments)?;
        if !asked.is_empty() {
            url.query_pairs_mut().extend_pairs(asked);
        }
        Ok(url)
    }

    pub(super) async fn choices(&self) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
        match self.kind {
            CalendarKind::CalCom => calcom::choices(self).await,
            CalendarKind::Calendly => calendly::choices(self).await,
            _ => when_i_work::choices(self).await,
        }
    }

    pub(super) async fn events(&mut self, chosen: &str, within: Span, now: Timestamp) -> Result<Events, Trouble> {
        let mut listed = match self.kind {
            CalendarKind::CalCom => calcom::events(self, chosen, within, now).await,
            CalendarKind::Calendly => calendly::events(self, chosen, within, now).await,
            _ => when_i_work::events(self, chosen, within).await,
        }?;
        let mut once: BTreeMap<String, Event> = BTreeMap::new();
        for event in listed.events {
            // A visit that stands there twice was asked for by a reading that died before it knew, or moved while it was listed.
            let stays = match once.get(&event.id) {
                Some(first) if self.stands(&first.etag).await? => !self.cancel(&event.etag).await?,
                _ => true,
            };
            if stays {
                once.insert(event.id.clone(), event);
            }
        }
        self.seen = once.values().map(|event| (event.id.clone(), event.etag.clone())).collect();
        listed.events = once.into_values().collect();
        Ok(listed)
    }

    pub(super) async fn book(&self, chosen: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
        let booked = match self.kind {
            CalendarKind::CalCom => calcom::book(self, chosen, visit).await,
            CalendarKind::Calendly => calendly::book(self, chosen, visit).await,
            _ => Err(Trouble::Refused("it takes no bookings".to_owned())),
        };
        match booked {
            Err(Trouble::Duplicate) => Err(Trouble::Refused("409: the time is taken there".to_owned())),
            booked => booked,
        }
    }

    /// Cancels a booking; `false`: it was cancelled before, or moved.
    pub(super) async fn cancel(&self, uid: &str) -> Result<bool, Trouble> {
        let cancelled = match self.kind {
            CalendarKind::CalCom => calcom::cancel(self, uid).await,
            _ => calendly::cancel(self, uid).await,
        };
        match cancelled {
            Ok(()) => Ok(true),
            Err(Trouble::NotFound | Trouble::Gone) => Ok(false),
            Err(refused @ Trouble::Refused(_)) if self.stands(uid).await? => Err(refused),
            Err(Trouble::Refused(_)) => Ok(false),
            Err(trouble) => Err(trouble),
        }
    }

    async fn stands(&self, uid: &str) -> Result<bool, Trouble> {
        match self.kind {
            CalendarKind::CalCom => calcom::stands(self, uid).await,
            _ => calendly::stands(self, uid).await,
        }
    }

    /// Takes out a visit that was listed.
    pub(super) async fn take_out(&self, id: &str) -> Result<(), Trouble> {
        match self.seen.get(id) {
            Some(uid) => self.cancel(uid).await.map(drop),
            None => Ok(()),
        }
    }

    /// What an earlier try left at this address goes first: both refuse a second one, and whose secret it has is not known.
    pub(super) async fn watch(&self, secret: &str, address: &str, now: Timestamp) -> Result<Watched, Trouble> {
        let resource = match self.kind {
            CalendarKind::CalCom => calcom::watch(self, secret, address).await,
            CalendarKind::Calendly => calendly::watch(self, secret, address).await,
            _ => Err(Trouble::Refused("it tells of no changes".to_owned())),
        }?;
        Ok(Watched { resource, expires_at: now.checked_add(LASTS).unwrap_or(now) })
    }

    pub(super) async fn is_watched(&self, resource: &str) -> Result<bool, Trouble> {
        let watched = match self.kind {
            CalendarKind::CalCom => calcom::is_watched(self, resource).await,
            CalendarKind::Calendly => calendly::is_watched(self, resource).await,
            _ => Ok(true),
        };
        match watched {
            Err(Trouble::NotFound | Trouble::Gone) => Ok(false),
            watched => watched,
        }
    }

    pub(super) async fn stop(&self, resource: &str) -> Result<(), Trouble> {
        match self.kind {
            CalendarKind::CalCom => calcom::stop(self, resource).await,
            CalendarKind::Calendly => calendly::stop(self, resource).await,
            _ => Ok(()),
        }
    }
}

/// Why a list was not read to its end.
pub(super) fn too_many() -> Trouble {
    Trouble::Refused("it has more bookings within 60 days than are read".to_owned())
}

/// As schedulers write a moment: whole seconds, in UTC.
pub(super) fn moment(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
