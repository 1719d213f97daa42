//! Calendars that are kept elsewhere: one shape for all vendors, and one rule of what their answers mean.
//!
//! A [`Session`] speaks for one account. Each call is bounded in time and size; what passes (429, rate limits that come as 403,
//! 408, 5xx, no answer) is tried twice more, with jitter. Of what takes time is asked only when it is and whose, never what it is
//! called. What a vendor has of its own is in [`crate::google`], and for [schedulers](Scheduler) in a file each.

mod calcom;
mod calendly;
pub(crate) mod call;
mod event;
mod scheduler;
mod shopmonkey;
mod verify;
mod when_i_work;

use domain::TenantId;
use domain::scheduling::{CalendarChoice, Span};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use url::Url;

use crate::google;

pub use event::{Event, Whose, WrittenVisit};
pub use scheduler::{BASES, Scheduler, Schedulers};
pub use verify::verify;

/// What a calendar says of a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// All events in it, each of a series by itself.
    pub events: Vec<Event>,
    /// When someone is free, where the vendor says that: all else is taken.
    pub open: Option<Vec<Span>>,
    /// How many could not be read.
    pub unreadable: usize,
    /// The zone of its whole days.
    pub time_zone: Option<String>,
    /// By which the vendor says later what changed.
    pub token: Option<String>,
}

/// Whether something changed since a token was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Something did: everything is to be read again.
    Some,
    /// Nothing did; the token of today.
    None(String),
}

/// What a vendor says of an address at which it tells us of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The vendor's own id of it, without which it cannot be ended.
    pub resource: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The account does not let us in any more.
    LockedOut,
    /// It passes: a limit, an outage, a connection that broke. How long we are asked to wait, in seconds.
    Busy(String, Option<u64>),
    /// There is no such thing (404).
    NotFound,
    /// It was there before (409).
    Duplicate,
    /// What was remembered is too old, or it was deleted before (410).
    Gone,
    /// Someone changed it meanwhile (412).
    Changed,
    /// The vendor does not do that, and will not.
    Refused(String),
    /// It is more than is looked through at once: the next reading goes on.
    Unfinished,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LockedOut => f.write_str("the account does not let Porchlight in any more: connect it again"),
            Self::Busy(why, _) => write!(f, "its server is not to be reached at the moment ({why})"),
            Self::NotFound => f.write_str("the calendar is not there any more, or not shared with this account (404)"),
            Self::Duplicate => f.write_str("it is there already (409)"),
            Self::Gone => f.write_str("it is not known any more what changed (410)"),
            Self::Changed => f.write_str("it changed there meanwhile (412)"),
            Self::Unfinished => f.write_str("it has more bookings than are looked through at once: the rest follows"),
            Self::Refused(why) => write!(f, "its server refuses it ({why})"),
        }
    }
}

/// A vendor, for an account that let us in.
#[derive(Debug)]
pub enum Session<'a> {
    /// Google.
    Google(google::Session<'a>),
    /// A scheduler that is read by a key.
    Scheduler(Scheduler),
}

impl Session<'_> {
    /// The account's name, and what of it can be chosen.
    ///
    /// # Errors
    /// As the vendor answers; so all of these.
    pub async fn calendars(&mut self) -> Result<(Option<String>, Vec<CalendarChoice>), Trouble> {
        match self {
            Self::Google(google) => google.calendars().await,
            Self::Scheduler(scheduler) => scheduler.choices().await,
        }
    }

    /// Everything in a stretch of time, of which what is over at `now` need not be told.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn events(&mut self, calendar: &str, within: Span, now: Timestamp) -> Result<Events, Trouble> {
        match self {
            Self::Google(google) => google.events(calendar, within).await,
            Self::Scheduler(scheduler) => scheduler.events(calendar, within, now).await,
        }
    }

    /// Whether something changed since `token` was given. Schedulers give none.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn changes(&mut self, calendar: &str, token: &str) -> Result<Changes, Trouble> {
        match self {
            Self::Google(google) => google.changes(calendar, token).await,
            Self::Scheduler(_) => Ok(Changes::Some),
        }
    }

    /// When a calendar is busy of which no more is shown to us. Schedulers show what they have.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn busy(&mut self, calendar: &str, within: Span) -> Result<Vec<Span>, Trouble> {
        match self {
            Self::Google(google) => google.busy(calendar, within).await,
            Self::Scheduler(_) => Err(Trouble::NotFound),
        }
    }

    /// One event, deleted or not. A scheduler has what it listed.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn event(&mut self, calendar: &str, id: &str) -> Result<Event, Trouble> {
        match self {
            Self::Google(google) => google.event(calendar, id).await,
            Self::Scheduler(_) => Err(Trouble::NotFound),
        }
    }

    /// What is known of a scheduler's bookings from readings of before, so that they are not looked into again.
    pub fn begin_with(&mut self, known: &BTreeMap<String, String>) {
        if let Self::Scheduler(scheduler) = self {
            scheduler.known.clone_from(known);
        }
    }

    /// What is known of a scheduler's bookings by now, to be remembered by `tenant`: nothing that another one wrote there.
    #[must_use]
    pub fn known(&self, tenant: &TenantId) -> BTreeMap<String, String> {
        match self {
            Self::Google(_) => BTreeMap::new(),
            Self::Scheduler(scheduler) => scheduler.known_of(tenant),
        }
    }

    /// Whether writing a visit over this version cancels a booking: what dies in between leaves none.
    #[must_use]
    pub fn cancels_first(&self, visit: &WrittenVisit, etag: &str) -> bool {
        matches!(self, Self::Scheduler(it) if !it.keeps_ids() && !it.begins_right(visit, etag))
    }

    /// Writes a visit that is not there.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn insert(&mut self, calendar: &str, visit: &WrittenVisit) -> Result<(), Trouble> {
        match self {
            Self::Google(google) => google.insert(calendar, visit).await,
            Self::Scheduler(scheduler) => scheduler.book(calendar, visit).await,
        }
    }

    /// Writes a visit over the version of it that was read. A scheduler that keeps no ids gives a booking another time by another booking:
    /// that of before is cancelled first. One that begins when it should already is left as it is.
    ///
    /// # Errors
    /// [`Trouble::Changed`]: there is another version by now; else as the vendor answers.
    pub async fn patch(&mut self, calendar: &str, visit: &WrittenVisit, etag: &str) -> Result<(), Trouble> {
        match self {
            Self::Google(google) => google.patch(calendar, visit, etag).await,
            Self::Scheduler(scheduler) if scheduler.keeps_ids() => scheduler.rewrite(visit, etag).await,
            Self::Scheduler(scheduler) if scheduler.begins_right(visit, etag) => {
                scheduler.adopt(visit, etag);
                Ok(())
            }
            Self::Scheduler(scheduler) => match scheduler.cancel(etag).await? {
                true => scheduler.book(calendar, visit).await,
                false => Err(Trouble::Changed),
            },
        }
    }

    /// Takes an event out; `etag`: the version of it that was listed, if it was. One that is not there is no trouble.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn delete(&mut self, calendar: &str, id: &str, etag: Option<&str>) -> Result<(), Trouble> {
        match (self, etag) {
            (Self::Google(google), _) => google.delete(calendar, id).await,
            (Self::Scheduler(scheduler), Some(uid)) => scheduler.cancel(uid).await.map(drop),
            (Self::Scheduler(_), None) => Ok(()),
        }
    }

    /// Has changes of a calendar posted to `address`, under an id and with a secret of ours; `None`: the vendor does not do that.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn watch(
        &mut self,
        calendar: &str,
        (id, secret): (&str, &str),
        address: &str,
        now: Timestamp,
    ) -> Result<Watched, Trouble> {
        match self {
            Self::Google(google) => google.watch(calendar, (id, secret), address, now).await,
            Self::Scheduler(scheduler) => scheduler.watch(calendar, (secret, address), now).await,
        }
    }

    /// Whether the vendor still posts to the address that it knows by this id of its own. Google's end by themselves.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn is_watched(&mut self, resource: &str) -> Result<bool, Trouble> {
        match self {
            Self::Google(_) => Ok(true),
            Self::Scheduler(scheduler) => scheduler.is_watched(resource).await,
        }
    }

    /// Ends what [`Session::watch`] began. What has ended is no trouble.
    ///
    /// # Errors
    /// As the vendor answers.
    pub async fn stop(&mut self, id: &str, resource: &str) -> Result<(), Trouble> {
        match self {
            Self::Google(google) => google.stop(id, resource).await,
            Self::Scheduler(scheduler) => scheduler.stop(resource).await,
        }
    }
}

/// `base` with `segments` appended to its path, each percent-encoded.
pub(crate) fn at(base: &Url, segments: &[&str]) -> Result<Url, Trouble> {
    let mut url = base.clone();
    let no_base = |()| Trouble::Refused("the base address cannot carry a path".to_owned());
    url.path_segments_mut().map_err(no_base)?.pop_if_empty().extend(segments);
    Ok(url)
}

#[cfg(test)]
mod tests;
