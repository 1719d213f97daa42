//! Appointments.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AppointmentId, LocationId};

/// An appointment and its job, as far as their events tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Appointment {
    /// Which.
    pub id: AppointmentId,
    /// How far it got; only forward, but for another time, which makes it booked again.
    pub state: AppointmentState,
    /// When it begins (UTC).
    pub starts_at: Timestamp,
    /// When it ends (UTC).
    pub ends_at: Timestamp,
    /// When this time was agreed on (UTC): of two times the one that was agreed on later holds.
    pub agreed_at: Timestamp,
    /// What it is for.
    #[serde(default)]
    pub service: Option<String>,
    /// Where.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// When somebody will be there, once somebody is on the way (UTC).
    #[serde(default)]
    pub eta: Option<Timestamp>,
    /// Where their way can be watched.
    #[serde(default)]
    pub track: Option<String>,
}

/// How far an appointment got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// Agreed on.
    Booked,
    /// The customer said that they will be there.
    Confirmed,
    /// The customer wants another time, or none.
    ChangeRequested,
    /// Somebody is on the way.
    EnRoute,
    /// Work goes on.
    Started,
    /// Work is done.
    Completed,
    /// The customer was not there.
    Missed,
    /// It does not take place.
    Cancelled,
}
