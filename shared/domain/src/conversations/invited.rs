//! What a campaign invited someone to, in the thread in which it did: a yes to it is a yes to this.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CampaignId, LocationId, ServiceId};

/// What someone was invited to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitedTo {
    /// By which campaign.
    pub campaign: CampaignId,
    /// To which service.
    pub service: ServiceId,
    /// Where, as far as the business has several places.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// The first and the last day on which they would be visited.
    #[schema(value_type = Vec<String>)]
    pub days: (Date, Date),
    /// When the invitation was written (UTC).
    pub at: Timestamp,
    /// From then on a yes is about something else (UTC).
    pub until: Timestamp,
    /// They answered: what follows is a talk as any other.
    #[serde(default)]
    pub answered: bool,
}

impl InvitedTo {
    /// Whether a yes at `now` is a yes to it.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.answered && now < self.until
    }
}
