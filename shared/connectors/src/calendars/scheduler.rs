//! A scheduler that is read by a key: one that takes bookings, or plans shifts. What each has of its own is in a file of its own.
//!
//! It has no ids of ours, and most have no versions. A booking of ours says in its own words which visit it is and when it was written, as an
//! event at Google does; its uid is its version, because another time is another booking: at Shopmonkey alone it keeps its id. It is asked for once, and never again where
//! it may have been taken: the next reading sees whether it is there.

use domain::scheduling::{CalendarChoice, CalendarKind, Span};
use domain::webhooks::{Reach, check_url};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use url::Url;

use super::call::{self, Unanswered};
use super::{Event, Events, Trouble, Watched, WrittenVisit, calcom, calendly, shopmonkey, when_i_work};
use crate::send::Timeouts;
use crate::send::webhook::client;

/// Where each scheduler is, unless the account says another place: Cal.com's in Europe, or one's own.
pub const BASES: [(CalendarKind, &str); 4] = [
    (CalendarKind::CalCom, "https://api.cal.com/v2"),
    (CalendarKind::Calendly, "https://api.calendly.com"),
    (CalendarKind::Shopmonkey, "https://api.shopmonkey.cloud/v3"),
    (CalendarKind::WhenIWork, "https://api.wheniwork.com/2"),
];
/// The most pages of a list.
pub(super) const MAX_PAGES: usize = 20;
/// Bookings that are looked into in one reading, a call each.
pub(super) const LOOKED_INTO: usize = 40;
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
    /// When each booking that was listed begins, by uid.
    begin: BTreeMap<String, Timestamp>,
    /// What bookings say of themselves, by uid, as far as they were looked into.
    pub(super) known: BTreeMap<String, String>,
    /// Bookings of ours that keep their ids, as they were listed, by uid.
    pub(super) listed: BTreeMap<String, shopmonkey::Listed>,
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
        let (begin, known, listed) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Ok(Scheduler { http, base, key, kind, begin, known, listed, owner: OnceLock::new() })
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
    pub(super) async fn once(&self, request: RequestBuilder) -> Result<Vec<u8>, Trouble> {
        call::once(request.bearer_auth(self.key.expose_secret())).await.map_err(Unanswered::trouble)
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
            CalendarKind::Shopmonkey => shopmonkey::choices(self).await,
            CalendarKind::WhenIWork => when_i_work::choices(self).await,
            CalendarKind::Feed | CalendarKind::Google => Err(none()),
        }
    }

    pub(super) async fn events(&mut self, chosen: &str, within: Span, now: Timestamp) -> Result<Events, Trouble> {
        let mut listed = match self.kind {
            CalendarKind::CalCom => calcom::events(self, chosen, within, now).await,
            CalendarKind::Calendly => calendly::events(self, chosen, within, now).await,
            CalendarKind::Shopmonkey => shopmonkey::events(self, chosen, within).await,
            CalendarKind::WhenIWork => when_i_work::events(self, chosen, within).await,
            CalendarKind::Feed | CalendarKind::Google => Err(none()),
        }?;
        let mut once: BTreeMap<String, Event> = BTreeMap::new();
        for event in listed.events {
            // A visit that stands there twice was asked for by a reading that died before it knew, or moved while it was listed. The one
            // stays that no one moved.
            let Some(first) = once.remove(&event.id) else {
                once.insert(event.id.clone(), event);
                continue;
            };
            let (stays, goes) = match (first.begins().1, event.begins().1) {
                (false, true) => (event, first),
                _ => (first, event),
            };
            if self.keeps_ids() && !(stays.begins().1 && goes.begins().1) {
                // No lost answer: someone copied it, with its note. Which is the copy is remembered.
                self.known.insert(goes.etag.clone(), String::new());
                once.extend([goes.theirs(), stays].map(|event| (event.id.clone(), event)));
                continue;
            }
            let left = if only_all(self.stands(&stays.etag).await)?.unwrap_or(true) {
                only_all(self.cancel(&goes.etag).await)?;
                stays
            } else {
                goes
            };
            once.insert(left.id.clone(), left);
        }
        let begins = |event: &Event| Some((event.etag.clone(), event.begins().0?));
        self.begin = once.values().filter_map(begins).collect();
        listed.events = once.into_values().collect();
        Ok(listed)
    }

    pub(super) async fn book(&mut self, chosen: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
        let booked = match self.kind {
            CalendarKind::CalCom => calcom::book(self, chosen, visit).await,
            CalendarKind::Calendly => calendly::book(self, chosen, visit).await,
            CalendarKind::Shopmonkey => shopmonkey::book(self, chosen, visit).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => {
                Err(Trouble::Refused("it takes no bookings".to_owned()))
            }
        };
        match booked {
            Err(Trouble::Duplicate) => Err(Trouble::Refused("409: the time is taken there".to_owned())),
            booked => booked,
        }
    }

    /// Whether a booking keeps its id when it gets another time.
    pub(super) fn keeps_ids(&self) -> bool {
        self.kind == CalendarKind::Shopmonkey
    }

    /// Gives a booking that keeps its id the visit's time.
    pub(super) async fn rewrite(&mut self, visit: &WrittenVisit, uid: &str) -> Result<(), Trouble> {
        shopmonkey::rewrite(self, visit, uid).await
    }

    /// Cancels a booking; `false`: it was cancelled before, or moved.
    pub(super) async fn cancel(&mut self, uid: &str) -> Result<bool, Trouble> {
        let cancelled = match self.kind {
            CalendarKind::CalCom => calcom::cancel(self, uid).await,
            CalendarKind::Calendly => calendly::cancel(self, uid).await,
            CalendarKind::Shopmonkey => shopmonkey::cancel(self, uid).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => Err(none()),
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
        let stands = match self.kind {
            CalendarKind::CalCom => calcom::stands(self, uid).await,
            CalendarKind::Calendly => calendly::stands(self, uid).await,
            CalendarKind::Shopmonkey => shopmonkey::stands(self, uid).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => Err(none()),
        };
        match stands {
            Err(Trouble::NotFound | Trouble::Gone) => Ok(false),
            stands => stands,
        }
    }

    /// Whether the booking that was listed begins when the visit does.
    pub(super) fn begins_right(&self, visit: &WrittenVisit, uid: &str) -> bool {
        self.begin.get(uid) == Some(&visit.time.from)
    }

    /// Takes a booking that someone moved for the visit as it is now.
    pub(super) fn adopt(&mut self, visit: &WrittenVisit, uid: &str) {
        self.known.insert(uid.to_owned(), WrittenVisit::in_one_word(&visit.words()));
    }

    /// What a booking says of itself, as far as that is known without a call.
    pub(super) fn remembered(&self, uid: &str) -> Option<BTreeMap<String, String>> {
        self.known.get(uid).map(|word| WrittenVisit::of_one_word(word))
    }

    /// What is known of the bookings that are `tenant`'s, or no one's of ours. Another tenant's is no more than a booking of someone else: that
    /// it was looked into, which is left out where that costs no call.
    pub(super) fn known_of(&self, tenant: &TenantId) -> BTreeMap<String, String> {
        let of = |(uid, word): (&String, &String)| {
            let is_others = !word.is_empty() && !WrittenVisit::is_by(tenant, word);
            let word = if is_others { String::new() } else { word.clone() };
            (!is_others || !self.keeps_ids()).then(|| (uid.clone(), word))
        };
        self.known.iter().filter_map(of).collect()
    }

    /// What an earlier try left at this address goes first: a second one is refused, and whose secret it has is not known.
    pub(super) async fn watch(
        &self,
        chosen: &str,
        (secret, address): (&str, &str),
        now: Timestamp,
    ) -> Result<Watched, Trouble> {
        let resource = match self.kind {
            CalendarKind::CalCom => calcom::watch(self, secret, address).await,
            CalendarKind::Calendly => calendly::watch(self, secret, address).await,
            CalendarKind::Shopmonkey => shopmonkey::watch(self, chosen, (secret, address), now).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => Err(none()),
        }?;
        Ok(Watched { resource, expires_at: now.checked_add(LASTS).unwrap_or(now) })
    }

    pub(super) async fn is_watched(&self, resource: &str) -> Result<bool, Trouble> {
        let watched = match self.kind {
            CalendarKind::CalCom => calcom::is_watched(self, resource).await,
            CalendarKind::Calendly => calendly::is_watched(self, resource).await,
            CalendarKind::Shopmonkey => shopmonkey::is_watched(self, resource).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => Ok(true),
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
            CalendarKind::Shopmonkey => shopmonkey::stop(self, resource).await,
            CalendarKind::WhenIWork | CalendarKind::Feed | CalendarKind::Google => Ok(()),
        }
    }
}

/// Why a call is not there.
fn none() -> Trouble {
    Trouble::Refused("it does not do that".to_owned())
}

/// What is wrong with one booking is no trouble of the others; `None`: it cannot be looked into.
pub(super) fn only_all<T>(found: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(all @ (Trouble::Busy(..) | Trouble::LockedOut)) => Err(all),
        Err(_) => Ok(None),
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
