//! A visit that is being arranged in a thread: the free times that its customer was told, and the one that is held for them.

use jiff::Timestamp;
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
    /// The free times that they were told, in that order (UTC); at most three.
    #[serde(default)]
    pub times: Vec<Timestamp>,
    /// The appointment that is held for them until they say yes.
    #[serde(default)]
    pub held: Option<AppointmentId>,
}
