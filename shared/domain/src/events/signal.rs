//! What a signal is to sequences.

use super::Signal;
use crate::leads::LeadStatus;

impl Signal {
    /// What it is to sequences that a lead is `status` now and `was` something else before; `None`: nothing.
    #[must_use]
    pub fn of_status(status: LeadStatus, was: LeadStatus) -> Option<Self> {
        use LeadStatus::{
            AppointmentBooked, ClosedLost, ClosedWon, Disqualified, HandedOff, New, Nurturing, Qualified, Qualifying,
        };
        match (status, was) {
            (AppointmentBooked, _) => Some(Self::AppointmentBooked),
            (ClosedWon, _) => Some(Self::LeadWon),
            (ClosedLost | Disqualified, _) => Some(Self::LeadClosed),
            (Nurturing, _) => Some(Self::LeadNurturing),
            // Whoever is being asked again has no appointment any more.
            (New | Qualifying | Qualified, AppointmentBooked) => Some(Self::AppointmentCancelled),
            (New | Qualifying | Qualified | HandedOff, _) => None,
        }
    }

    /// Whether a sequence that names `other` means this one too.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        self == other || (self == Self::LeadWon && other == Self::LeadClosed)
    }
}
