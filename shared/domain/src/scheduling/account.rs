//! A calendar of an account that let us in: which of the account's, what we may do there, and what is remembered from one reading
//! to the next.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

use crate::Failure;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::ids::AppointmentId;

/// The most calendars of an account that can be chosen from.
const MAX_CHOICES: usize = 100;
/// For how long an address that leads to Google's consent is good.
const ASKED_FOR: SignedDuration = SignedDuration::from_mins(15);
/// How often everything is read, whatever changed: days come nearer, and messages get lost.
const WHOLE_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// When a visit is tried again that a scheduler refused.
const REFUSED_FOR: SignedDuration = SignedDuration::from_hours(6);
/// So long before its end a channel is replaced.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// The most that is remembered of bookings, in bytes. A calendar is one item of the table, which ends at 400 KB, and has its choices, the
/// visits that were written and those that were refused besides.
const MAX_KNOWN_BYTES: usize = 200 * 1024;
/// What an entry of a map takes beside its texts, at most.
const ENTRY_BYTES: usize = 3;
/// The first pause after a failure that passes, and the longest.
const PAUSES: (i64, i64) = (60, 15 * 60);

/// The account that a calendar is of, which of the account's it is, and what is done with it. A scheduler that takes bookings has event
/// types in the place of calendars, one that plans shifts has people, and Shopmonkey has locations, and people at
/// each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarAccount {
    /// The account that let us in, as its vendor names it; left out until it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "ana@example.com")]
    pub name: Option<String>,
    /// The id of the calendar; left out until one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "ana@example.com")]
    pub calendar: Option<String>,
    /// Whether our visits are written into it, and moved there can be moved here.
    #[serde(default)]
    pub writes: bool,
    /// The calendars of the account, to choose one from.
    #[serde(default)]
    pub choices: Vec<CalendarChoice>,
    /// Where a scheduler's API is: a new key goes there too. Left out where there is no key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://api.cal.eu/v2")]
    pub base: Option<String>,
}

/// A calendar that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarChoice {
    /// Its id.
    #[schema(example = "ana@example.com")]
    pub id: String,
    /// What the account calls it.
    #[schema(example = "Work")]
    pub name: String,
    /// What we may do there.
    pub access: CalendarAccess,
    /// How long what is booked there lasts, in minutes; left out where it may last as long as it does here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 60)]
    pub lasts_minutes: Option<u32>,
    /// Why our visits cannot be written there; left out where they can, or where `access` says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "its bookings have to be confirmed")]
    pub not_written: Option<String>,
}

/// What an account lets us do with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarAccess {
    /// See when it is busy, and nothing of what.
    FreeBusy,
    /// Read its events.
    Read,
    /// Write into it.
    Write,
}

/// What is done before a calendar goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Closing {
    /// Whether the visits that were written into it are taken out.
    pub remove_events: bool,
    /// Since when (UTC).
    pub since: Timestamp,
}

/// That somebody was sent to Google to let us in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The SHA-256 of the secret that comes back with them.
    pub state_hash: String,
    /// Who, in which session: nobody else may come back with it.
    pub by: Actor,
    /// Where Google sends them; the same address is named when the code is exchanged.
    pub redirect: String,
    /// Since when (UTC).
    pub at: Timestamp,
}

/// What is remembered of such a calendar from one reading to the next. It never leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSync {
    /// By which the vendor says what changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// When everything was last read (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole_at: Option<Timestamp>,
    /// The digest of the visits that were compared with it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<String>,
    /// The visits that we wrote, as far as we know: one that is missing there was deleted by somebody else.
    #[serde(default)]
    pub written: BTreeSet<AppointmentId>,
    /// What a scheduler's bookings say of themselves, by uid, as far as that was looked into: in one word each, empty for someone else's.
    #[serde(default)]
    pub known: BTreeMap<String, String>,
    /// The visits that a scheduler refuses.
    #[serde(default)]
    pub refused: BTreeMap<AppointmentId, RefusedVisit>,
    /// The version of the calendar whose key was worth nothing: it is not tried again where that locks an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_out: Option<u64>,
    /// By which the vendor tells us that something changed.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// How often in a row it could not be reached.
    #[serde(default)]
    pub failures: u32,
    /// Whether the staff were told that the account does not let us in any more.
    #[serde(default)]
    pub told: bool,
}

/// A visit that a scheduler refuses. The staff have a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedVisit {
    /// At which time.
    pub starts_at: Timestamp,
    /// Why, in a word.
    pub why: String,
    /// When it is tried again (UTC).
    pub again_at: Timestamp,
}

impl RefusedVisit {
    /// A visit that begins then, refused at `now`.
    #[must_use]
    pub fn new(starts_at: Timestamp, why: String, now: Timestamp) -> Self {
        Self { starts_at, why, again_at: now.checked_add(REFUSED_FOR).unwrap_or(now) }
    }

    /// Whether a visit that begins then is not to be tried yet.
    #[must_use]
    pub fn holds(&self, starts_at: Timestamp, now: Timestamp) -> bool {
        self.starts_at == starts_at && now < self.again_at
    }
}

/// One address at which a vendor tells us of changes. It is kept before the vendor hears of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// The id that we gave it.
    pub id: String,
    /// The SHA-256 of the secret that comes with each message.
    pub token_hash: String,
    /// The vendor's own id of what is watched; left out until the vendor said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Until when (UTC).
    pub expires_at: Timestamp,
}

impl CalendarAccount {
    /// What is known of the calendar that was chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&CalendarChoice> {
        let chosen = self.calendar.as_ref()?;
        self.choices.iter().find(|choice| choice.id == *chosen)
    }

    /// The access to the calendar that was chosen.
    #[must_use]
    pub fn access(&self) -> Option<CalendarAccess> {
        self.chosen().map(|choice| choice.access)
    }

    /// The same with a calendar chosen.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, or a conflict where another one was chosen before.
    pub fn choose(&self, calendar: &str, writes: bool) -> Result<Self, Failure> {
        let Some(choice) = self.choices.iter().find(|choice| choice.id == calendar) else {
            return Err(Failure::invalid("calendar", "calendar must be the id of one of account.choices"));
        };
        if self.calendar.as_ref().is_some_and(|chosen| chosen != calendar) {
            let message = "another calendar was chosen: connect this one as a calendar of its own";
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        if writes && choice.access != CalendarAccess::Write {
            let why = choice.not_written.as_deref().unwrap_or("the account may not write into this calendar");
            return Err(Failure::invalid("writes", format!("{why}: set writes to false")));
        }
        Ok(Self { calendar: Some(calendar.to_owned()), writes, ..self.clone() })
    }

    /// The same after an account let us in: what was chosen stays where the account has it.
    ///
    /// # Errors
    /// Words for the health line where the account does not have what was chosen.
    pub fn granted(&self, name: Option<String>, mut choices: Vec<CalendarChoice>) -> Result<Self, String> {
        if let Some(chosen) = &self.calendar {
            let Some(at) = choices.iter().position(|choice| choice.id == *chosen) else {
                return Err(format!(
                    "the account {} does not have this calendar: connect it with the account of before",
                    name.as_deref().unwrap_or("of today")
                ));
            };
            // The chosen one is kept, wherever in the list it stands.
            if at >= MAX_CHOICES {
                choices.swap(at, MAX_CHOICES - 1);
            }
            choices.truncate(MAX_CHOICES);
            let account = Self { name, choices, ..self.clone() };
            let writes = self.writes && account.access() == Some(CalendarAccess::Write);
            return Ok(Self { writes, ..account });
        }
        choices.truncate(MAX_CHOICES);
        Ok(Self { name, calendar: None, writes: false, choices, ..self.clone() })
    }
}

impl Asked {
    /// Whether who is `by` may still come back from Google at `now`.
    #[must_use]
    pub fn stands(&self, by: &Actor, now: Timestamp) -> bool {
        self.by == *by && now.duration_since(self.at) <= ASKED_FOR
    }
}

impl CalendarSync {
    /// Remembers what bookings say of themselves, ours first, as far as there is room; whether that is all.
    pub fn learn(&mut self, known: BTreeMap<String, String>) -> bool {
        let (all, mut left) = (known.len(), MAX_KNOWN_BYTES);
        let (ours, theirs): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, word)| !word.is_empty());
        let fits = |(uid, word): (String, String)| {
            left = left.checked_sub(uid.len() + word.len() + ENTRY_BYTES)?;
            Some((uid, word))
        };
        self.known = ours.into_iter().chain(theirs).map_while(fits).collect();
        self.known.len() == all
    }

    /// Whether everything is to be read, whatever the vendor says has changed.
    #[must_use]
    pub fn is_whole_due(&self, now: Timestamp) -> bool {
        self.token.is_none() || self.whole_at.is_none_or(|at| now.duration_since(at) >= WHOLE_EVERY)
    }

    /// The same without what is over at `now`.
    pub fn drop_dead(&mut self, now: Timestamp) {
        self.channels.retain(|channel| channel.expires_at > now);
    }

    /// Whether a new channel is needed: none that Google knows lasts long enough.
    #[must_use]
    pub fn needs_channel(&self, now: Timestamp) -> bool {
        let lasts = |channel: &Channel| channel.expires_at.duration_since(now) > RENEWED_BEFORE;
        !self.channels.iter().any(|channel| channel.resource.is_some() && lasts(channel))
    }
}

/// When it is tried again after so many failures in a row that pass; `part`, of 0 to 255, is how much of the pause is left out:
/// not all come back at once.
#[must_use]
pub fn retry_after(failures: u32, part: u8, now: Timestamp) -> Timestamp {
    let (first, longest) = PAUSES;
    let whole = first.saturating_mul(1_i64 << failures.min(8)).min(longest);
    let pause = whole - whole * i64::from(part) / 512;
    now.checked_add(SignedDuration::from_secs(pause)).unwrap_or(now)
}

#[cfg(test)]
#[path = "tests/account.rs"]
mod tests;
