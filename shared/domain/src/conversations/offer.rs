//! A visit that is being arranged in a thread: the free times that its customer was told, and the one that is held for them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AppointmentId, LocationId, ServiceId};

/// How many times are named in one message.
pub const MAX_OFFERED: usize = 3;

/// What a customer was offered, until one of the times is booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Offer {
    /// What it is for.
    pub service: ServiceId,
    /// Where, as far as the business has several places.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// The free times that they were told, in that order (UTC); at most three. None are left once they took one that is held.
    #[serde(default)]
    pub times: Vec<Timestamp>,
    /// The appointment that is held for them until they say yes.
    #[serde(default)]
    pub held: Option<AppointmentId>,
}

/// What the calendar says to a message about a visit. It is found before the message is answered, so that the answer says what is
/// so, and nothing else is booked than what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarAnswer {
    /// The service's name.
    pub service: String,
    /// What happens to the visit.
    pub step: VisitStep,
    /// The zone of the place, in which its times are said.
    pub zone: TimeZone,
    /// The message asks for it. If not, it is as it was before the message.
    pub is_news: bool,
}

/// What happens to a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitStep {
    /// They get this time: it is held until all is known of them, and booked then.
    Taken(Timestamp),
    /// The appointment that they have is at this time from now on.
    Moved(Timestamp),
    /// These times are free, in order.
    Offered {
        /// The times (UTC); 1 to [`MAX_OFFERED`].
        times: Vec<Timestamp>,
        /// What they wished for is not free.
        instead: bool,
    },
    /// None of what was offered suits them, and they name nothing else.
    Declined,
    /// Nothing that fits is free, or none of what was offered suits them: they are asked whether they wait for a time.
    MayWait,
    /// They are on the waiting list from now on.
    Waits,
    /// The appointment that was at this time does not exist any more.
    Cancelled(Timestamp),
    /// What was held is free again.
    Released,
    /// They say that they will be there at this time.
    Confirmed(Timestamp),
    /// The appointment that they have is at this time.
    Stands(Timestamp),
    /// What they say of the appointment to change does not fit the one that they have: they are asked whether they mean it.
    Unclear {
        /// When theirs is.
        at: Timestamp,
        /// They want it cancelled; if not, moved.
        cancels: bool,
    },
    /// What they tell is kept with the appointment at this time, for those who do the work.
    Noted(Timestamp),
}

impl VisitStep {
    /// The times that it is about: all that may be said to the customer.
    #[must_use]
    pub fn times(&self) -> &[Timestamp] {
        match self {
            Self::Offered { times, .. } => times,
            Self::Taken(at)
            | Self::Moved(at)
            | Self::Cancelled(at)
            | Self::Confirmed(at)
            | Self::Stands(at)
            | Self::Unclear { at, .. }
            | Self::Noted(at) => std::slice::from_ref(at),
            Self::Declined | Self::MayWait | Self::Waits | Self::Released => &[],
        }
    }
}
