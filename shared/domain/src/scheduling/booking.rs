//! A booking: the calendar's record of an appointment, from the hold to the visit that is over.

mod note;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use weather::Sought;

use super::calendar::{Slot, Terms};
use super::travel::Place;
use crate::failure::Rejection;
use crate::ids::{AppointmentId, ContactId, LeadId, LocationId, ResourceId, ServiceId};
use crate::{Failure, tenancy};

pub use note::MAX_NOTE;

/// How long a time is held for somebody who has not taken it yet.
pub const HOLD: SignedDuration = SignedDuration::from_mins(10);

/// How long somebody may be on the way.
const LONGEST_WAY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far the clock of who says when they will be there may be behind ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// An appointment as the calendar knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Booking {
    /// Which appointment. It stays the same when the time is changed.
    pub id: AppointmentId,
    /// With whom.
    pub contact: ContactId,
    /// The lead that it came of.
    #[serde(default)]
    pub lead: Option<LeadId>,
    /// What it is for.
    pub service: ServiceId,
    /// The service's name, as customers see it.
    #[schema(example = "Roof inspection")]
    pub service_name: String,
    /// Where, as far as the business has several places.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// Where the customer is, where staff go there and it is known: the way between two such visits is kept free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<super::travel::Degrees>)]
    pub place: Option<Place>,
    /// What of the customer's address is looked up, until their place is known: country, state, postal code and town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "US|CO|80226|Lakewood")]
    pub sought: Option<Sought>,
    /// What it takes.
    pub resources: Vec<ResourceId>,
    /// How far it got.
    pub state: BookingState,
    /// When it begins (UTC).
    pub starts_at: Timestamp,
    /// When it ends (UTC).
    pub ends_at: Timestamp,
    /// From when its resources are taken for it (UTC).
    pub taken_from: Timestamp,
    /// Until when its resources are taken for it (UTC).
    pub taken_to: Timestamp,
    /// The day on which it counts against the most that are done in a day.
    #[serde(default)]
    pub counts_on: Option<Date>,
    /// When this time was agreed on (UTC); none: it is held, or was booked before this was kept.
    #[serde(default)]
    pub agreed_at: Option<Timestamp>,
    /// Until when it is held (UTC); none: it is booked.
    #[serde(default)]
    pub held_until: Option<Timestamp>,
    /// Whether its time was offered to somebody of the waiting list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_waitlist: bool,
    /// What staff should know of it.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Gate code 4711")]
    pub note: String,
    /// A caller's own pairs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// When somebody will be there, once somebody is on the way (UTC).
    #[serde(default)]
    pub eta: Option<Timestamp>,
    /// Where their way can be watched.
    #[serde(default)]
    pub track: Option<String>,
    /// Who cancelled it, and why.
    #[serde(default)]
    pub cancelled: Option<Cancelled>,
    /// When the customer said that they will be there (UTC); another time makes it open again.
    #[serde(default)]
    pub confirmed_at: Option<Timestamp>,
    /// The time for which they were asked once more whether they will be there (UTC).
    #[serde(default)]
    pub asked_again_for: Option<Timestamp>,
    /// When it was made (UTC).
    pub created_at: Timestamp,
    /// When it last changed (UTC).
    pub updated_at: Timestamp,
}

/// How far a booking got. In this order, and never back but by another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// The time is kept for some minutes.
    Held,
    /// Agreed on.
    Booked,
    /// The customer said that they will be there.
    Confirmed,
    /// Somebody is on the way.
    EnRoute,
    /// They are there.
    Arrived,
    /// Work goes on.
    Started,
    /// Work is done.
    Completed,
    /// The customer was not there.
    Missed,
    /// It does not take place.
    Cancelled,
}

/// What a customer said of a visit in a conversation, as far as the calendar does something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerStep {
    /// Which visit.
    pub appointment: AppointmentId,
    /// When the time that they meant was agreed on (UTC).
    pub agreed_at: Timestamp,
    /// What it comes to.
    pub step: Step,
}

impl CustomerStep {
    /// Whether its step has an event of its own. That they confirm was told by the event that is heeded.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.step != Step::Confirm
    }
}

/// Who cancelled an appointment, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancelled {
    /// Who.
    pub by: CancelledBy,
    /// Why, in a few words.
    #[serde(default)]
    #[schema(max_length = 200, example = "Is out of town")]
    pub why: String,
}

/// Who cancelled an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The customer.
    Customer,
    /// The business.
    Business,
}

/// What happens to an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
#[schema(as = AppointmentStep)]
pub enum Step {
    /// What was held is taken.
    Book,
    /// The customer says that they will be there.
    Confirm,
    /// Somebody sets out.
    EnRoute {
        /// When they will be there, within the next 7 days (UTC).
        eta: Timestamp,
        /// Where their way can be watched.
        #[serde(default)]
        #[schema(nullable = false, example = "https://track.example.com/7f3a")]
        track: Option<String>,
    },
    /// They are there.
    Arrive,
    /// Work begins.
    Start,
    /// Work is done.
    Complete,
    /// The customer was not there.
    Miss,
    /// It does not take place.
    Cancel(Cancelled),
}

impl Step {
    /// Where it leads.
    fn state(&self) -> BookingState {
        match self {
            Self::Book => BookingState::Booked,
            Self::Confirm => BookingState::Confirmed,
            Self::EnRoute { .. } => BookingState::EnRoute,
            Self::Arrive => BookingState::Arrived,
            Self::Start => BookingState::Started,
            Self::Complete => BookingState::Completed,
            Self::Miss => BookingState::Missed,
            Self::Cancel(_) => BookingState::Cancelled,
        }
    }

    /// Checks the texts of a caller.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        match self {
            Self::Cancel(cancelled) => tenancy::text("why", &cancelled.why, 0..=200),
            Self::EnRoute { track: Some(track), .. } => tenancy::page("track", track),
            _ => Ok(()),
        }
    }
}

impl BookingState {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::EnRoute => "en_route",
            Self::Arrived => "arrived",
            Self::Started => "started",
            Self::Completed => "completed",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// All there are.
    pub const ALL: [Self; 9] = [
        Self::Held,
        Self::Booked,
        Self::Confirmed,
        Self::EnRoute,
        Self::Arrived,
        Self::Started,
        Self::Completed,
        Self::Missed,
        Self::Cancelled,
    ];

    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_over(self) -> bool {
        self >= Self::Completed
    }

    /// Whether it can go on to `next`.
    fn leads_to(self, next: Self) -> bool {
        match (self, next) {
            (Self::Held, _) => matches!(next, Self::Booked | Self::Cancelled),
            // Who let work begin was there.
            (Self::Started, Self::Missed) => false,
            _ => !self.is_over() && next > self,
        }
    }
}

impl Booking {
    /// A booking of a service that has no time yet.
    #[must_use]
    pub fn new(id: AppointmentId, contact: ContactId, terms: &Terms<'_>, now: Timestamp) -> Self {
        Self {
            id,
            contact,
            lead: None,
            service: terms.service.id.clone(),
            service_name: terms.service.name.clone(),
            location: terms.location.cloned(),
            place: terms.place,
            sought: terms.sought.clone(),
            resources: Vec::new(),
            state: BookingState::Held,
            starts_at: now,
            ends_at: now,
            taken_from: now,
            taken_to: now,
            counts_on: None,
            agreed_at: None,
            held_until: Some(now),
            from_waitlist: false,
            note: String::new(),
            metadata: BTreeMap::new(),
            eta: None,
            track: None,
            cancelled: None,
            confirmed_at: None,
            asked_again_for: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// The same at the time of `slot`: agreed on at `now`, or held until `held_until`.
    #[must_use]
    pub fn at(self, slot: &Slot<'_>, terms: &Terms<'_>, held_until: Option<Timestamp>, now: Timestamp) -> Self {
        let (taken_from, taken_to) = terms.taken(slot.starts_at);
        Self {
            place: terms.place,
            sought: terms.sought.clone().or(self.sought).filter(|_| terms.place.is_none()),
            resources: slot.resources.iter().map(|id| (*id).clone()).collect(),
            state: if held_until.is_some() { BookingState::Held } else { BookingState::Booked },
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            taken_from,
            taken_to,
            counts_on: terms.counts_on(slot.starts_at),
            agreed_at: held_until.is_none().then_some(now),
            held_until,
            confirmed_at: None,
            updated_at: now,
            ..self
        }
    }

    /// What it is after `step`; `None`: it got there before.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: a conflict where the step is not possible from here, or naming `eta`.
    pub fn after(&self, step: &Step, now: Timestamp) -> Result<Option<Self>, Failure> {
        let (was, next) = (self.state, step.state());
        if was == next {
            return Ok(None);
        }
        if !was.leads_to(next) {
            let message = format!("an appointment that is {} cannot become {}", was.as_str(), next.as_str());
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        if next == BookingState::Missed && now < self.starts_at {
            return Err(Failure::rejected(Rejection::Conflict, "an appointment cannot be missed before it begins"));
        }
        if next == BookingState::Booked && now >= self.starts_at {
            return Err(Failure::rejected(
                Rejection::Conflict,
                "the time that was held has begun: make a new appointment",
            ));
        }
        if let Step::EnRoute { eta, .. } = step {
            let soon = now.checked_sub(CLOCKS_DIFFER).unwrap_or(now)..=now.checked_add(LONGEST_WAY).unwrap_or(now);
            tenancy::ensure(soon.contains(eta), "eta", "eta must be within the next 7 days")?;
        }
        let mut after = Self { state: next, held_until: None, updated_at: now, ..self.clone() };
        match step {
            Step::Book => after.agreed_at = Some(now),
            Step::EnRoute { eta, track } => (after.eta, after.track) = (Some(*eta), track.clone()),
            Step::Cancel(cancelled) => after.cancelled = Some(cancelled.clone()),
            Step::Confirm => after.confirmed_at = Some(now),
            _ => {}
        }
        Ok(Some(after))
    }

    /// What it is once a customer's word is heeded; `None`: nothing follows, because it got there before, they meant a time that
    /// holds no more, or it is too late.
    #[must_use]
    pub fn after_word(&self, word: &CustomerStep, now: Timestamp) -> Option<Self> {
        let is_meant = self.agreed_at.is_none_or(|agreed_at| agreed_at <= word.agreed_at);
        self.after(&word.step, now).ok().flatten().filter(|_| is_meant)
    }

    /// Refuses another time where it is too late for one.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict).
    pub fn check_moves(&self) -> Result<(), Failure> {
        let message = format!("an appointment that is {} can no longer be moved: make a new one", self.state.as_str());
        let moves = self.state <= BookingState::Confirmed;
        moves.then_some(()).ok_or_else(|| Failure::rejected(Rejection::Conflict, message))
    }

    /// Whether it takes time of its resources.
    #[must_use]
    pub fn takes_time(&self) -> bool {
        self.state != BookingState::Cancelled
    }

    /// Whether it was given its time after `since`, and will take place.
    #[must_use]
    pub fn is_booked_since(&self, since: Timestamp) -> bool {
        // Another time makes it booked again; a note does not.
        let changed = self.state == BookingState::Booked && self.agreed_at.unwrap_or(self.updated_at) > since;
        !self.state.is_over() && self.state != BookingState::Held && (changed || self.created_at > since)
    }
}
