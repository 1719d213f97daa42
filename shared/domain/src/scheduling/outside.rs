//! Calendars outside of Porchlight that a tenant connected: what the people and things that it books do elsewhere.
//!
//! What they say is taken is not offered and not booked. They never take away a visit that was booked before: then the staff
//! get a task ([`crate::journeys::CalendarTask`]). What was booked while one could not be read, people check.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::account::{CalendarAccount, Closing};
use crate::failure::Rejection;
use crate::ids::{AppointmentId, OutsideCalendarId, ResourceId};
use crate::{Failure, TenantId};

/// The most that a tenant has.
const MAX_CALENDARS: usize = 200;
/// The most of them without a resource: what each says is written into the days of all.
const MAX_FOR_ALL: usize = 20;
/// How many days ahead they are read.
pub const HORIZON_DAYS: i64 = 60;
/// How often they are read.
const READ_EVERY: SignedDuration = SignedDuration::from_mins(15);
/// How old the last reading may be before what is booked is to be checked by somebody.
const TRUSTED_FOR: SignedDuration = SignedDuration::from_hours(2);
/// What the ids of events end in that tell others of our visits.
const OURS: &str = "@porchlight";

/// A calendar outside of Porchlight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutsideCalendar {
    /// Its id.
    pub id: OutsideCalendarId,
    /// What it is called.
    #[schema(example = "Ana's calendar")]
    pub name: String,
    /// How it is read.
    pub kind: CalendarKind,
    /// Whose time it takes; none: that of all that can be booked.
    #[serde(default)]
    pub resource: Option<ResourceId>,
    /// The host that it is read from. The address itself is a secret, and never shown.
    #[schema(example = "calendar.google.com")]
    pub host: String,
    /// How the readings go.
    pub health: CalendarHealth,
    /// Of which account it is, and what is done with it; left out of a feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<CalendarAccount>,
    /// What else is done before it goes; left out where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// When it was connected (UTC).
    pub created_at: Timestamp,
}

/// How an outside calendar is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarKind {
    /// An address that answers with a calendar file (iCalendar): the secret address of a Google calendar, a published one of
    /// Outlook or Apple.
    Feed,
    /// A calendar of a Google account that let Porchlight in, by Google's API: read, and written if wanted.
    Google,
    /// An event type at Cal.com, by an API key: what is not free there is not booked, and visits are booked there if wanted.
    #[serde(rename = "calcom")]
    CalCom,
    /// An event type at Calendly, by a personal access token: as Cal.com.
    Calendly,
    /// The appointments of a location at Shopmonkey, or of one of those who work there, by an API key: read, and written if wanted.
    Shopmonkey,
    /// A person's shifts and time off at When I Work: outside of the shifts nothing is booked.
    WhenIWork,
}

impl CalendarKind {
    /// Whether it is a scheduler: it is read by a key.
    #[must_use]
    pub fn is_scheduler(self) -> bool {
        matches!(self, Self::CalCom | Self::Calendly | Self::Shopmonkey | Self::WhenIWork)
    }
}

/// How the readings of an outside calendar go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarHealth {
    /// When it was last read (UTC); left out before the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// Why the last reading failed, and what to do; left out where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "the address answers 404: copy it from the calendar's settings again")]
    pub error: Option<String>,
    /// Whether the account does not let us in any more, so that somebody has to connect it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reconnect: bool,
    /// How many of its events could not be read; they take no time.
    #[serde(default)]
    #[schema(example = 0)]
    pub unreadable: usize,
    /// What the days hold of it, as a digest; left out where that is not known for sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "6a1de0d5-4f3b-5d6c-9a53-0f8b2ad0a1c7")]
    pub laid: Option<String>,
    /// When it is read next (UTC).
    pub next_at: Timestamp,
}

/// A calendar that is to be read, as its queue carries it. Of several with the same `due` the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCalendar {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub calendar: OutsideCalendarId,
    /// Since when (UTC).
    pub due: Timestamp,
}

impl OutsideCalendar {
    /// Checks that there is room for it beside those that are `there`; it may be one of them.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) that says what to do.
    pub fn has_room(&self, there: &[Self]) -> Result<(), Failure> {
        let others = || there.iter().filter(|other| other.id != self.id);
        let full = |why: String| Err(Failure::rejected(Rejection::Conflict, why));
        if others().count() >= MAX_CALENDARS {
            return full(format!("a business may have at most {MAX_CALENDARS} calendars: remove one first"));
        }
        if self.resource.is_none() && others().filter(|other| other.resource.is_none()).count() >= MAX_FOR_ALL {
            return full(format!(
                "at most {MAX_FOR_ALL} calendars may take the time of all: remove one first, or name the resource whose time it takes"
            ));
        }
        Ok(())
    }

    /// Whether our visits are to stand in it.
    #[must_use]
    pub fn shows_visits(&self) -> bool {
        self.closing.is_none()
            && self.account.as_ref().is_some_and(|account| account.writes && account.calendar.is_some())
    }

    /// When it is read next, where it is read at `now`.
    #[must_use]
    pub fn next_after(now: Timestamp) -> Timestamp {
        now.checked_add(READ_EVERY).unwrap_or(now)
    }

    /// Since when nobody knows what it says, where that is too long ago for what is booked to be sure.
    #[must_use]
    pub fn unknown_since(&self, now: Timestamp) -> Option<Timestamp> {
        let since = self.health.read_at.unwrap_or(self.created_at);
        (now.duration_since(since) > TRUSTED_FOR).then_some(since)
    }
}

/// The id under which calendars elsewhere know an appointment, in files and invitations: the same for as long as it exists.
#[must_use]
pub fn uid(appointment: AppointmentId) -> String {
    format!("{appointment}{OURS}")
}

/// Whether an event of an outside calendar tells of a visit of ours. It takes no time: the visit does already.
#[must_use]
pub fn is_ours(uid: &str) -> bool {
    uid.trim().strip_suffix(OURS).is_some_and(|id| AppointmentId::parse(id).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_visits_are_known_again_and_nothing_else_is_taken_for_one() {
        let id = AppointmentId::derive(&TenantId::new("acme").unwrap(), &["a"]);
        assert!(is_ours(&uid(id)));
        for foreign in ["", OURS, "dentist@porchlight", &id.to_string(), &format!("{id}@example.com")] {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }

    fn calendar(name: &str, resource: Option<&str>) -> OutsideCalendar {
        OutsideCalendar {
            id: OutsideCalendarId::derive(&TenantId::new("acme").unwrap(), &[name]),
            name: name.to_owned(),
            kind: CalendarKind::Feed,
            resource: resource.map(|id| ResourceId::new(id).unwrap()),
            host: "example.com".to_owned(),
            health: CalendarHealth::default(),
            account: None,
            closing: None,
            created_at: "2026-12-01T08:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn few_calendars_take_the_time_of_all_and_many_that_of_one() {
        let some = |count: usize, resource| (0..count).map(|n| calendar(&n.to_string(), resource)).collect::<Vec<_>>();
        let (all, anas) = (some(MAX_FOR_ALL, None), some(MAX_CALENDARS, Some("ana")));
        let (new, new_of_ana) = (calendar("new", None), calendar("new", Some("ana")));
        assert_eq!(new.has_room(&all[1..]), Ok(()));
        assert_eq!(all[0].has_room(&all), Ok(()), "the same request once more");
        assert!(new.has_room(&all).unwrap_err().to_string().contains("name the resource"));
        assert_eq!(new_of_ana.has_room(&all), Ok(()));
        assert!(new_of_ana.has_room(&anas).is_err() && anas[0].has_room(&anas).is_ok());
    }

    #[test]
    fn what_was_read_within_two_hours_is_trusted() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let created_at = at("2026-12-01T08:00:00Z");
        let mut calendar = calendar("Ana", None);
        assert_eq!(calendar.unknown_since(at("2026-12-01T10:00:00Z")), None);
        assert_eq!(calendar.unknown_since(at("2026-12-01T10:00:01Z")), Some(created_at), "it was never read");
        calendar.health.read_at = Some(at("2026-12-01T09:00:00Z"));
        assert_eq!(calendar.unknown_since(at("2026-12-01T11:00:00Z")), None);
        assert_eq!(calendar.unknown_since(at("2026-12-01T12:00:00Z")), calendar.health.read_at);
        assert_eq!(OutsideCalendar::next_after(created_at), at("2026-12-01T08:15:00Z"));
    }
}
