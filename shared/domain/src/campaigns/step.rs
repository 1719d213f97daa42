//! The work of a campaign in bounded pieces: one record of the queue `CampaignEvents` each.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::TenantId;
use crate::ids::CampaignId;

/// A piece of a campaign's work. Every piece may be done twice, with the same result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CampaignStep {
    /// Find whom it is for, a page of the customers at a time: the next that was not looked at, as it is stored.
    Gather {
        /// The tenant.
        tenant: TenantId,
        /// The campaign.
        campaign: CampaignId,
    },
    /// Say the rule's own yes, which could not be said before.
    Approve {
        /// The tenant.
        tenant: TenantId,
        /// The campaign.
        campaign: CampaignId,
    },
    /// Invite the next of a day's portion.
    Invite {
        /// The tenant.
        tenant: TenantId,
        /// The campaign.
        campaign: CampaignId,
        /// Which day's, in the tenant's zone.
        day: Date,
        /// How often in a row the list gave no one new.
        #[serde(default)]
        tries: u8,
    },
}

impl CampaignStep {
    /// Whose it is.
    #[must_use]
    pub fn tenant(&self) -> &TenantId {
        match self {
            Self::Gather { tenant, .. } | Self::Approve { tenant, .. } | Self::Invite { tenant, .. } => tenant,
        }
    }

    /// Which campaign.
    #[must_use]
    pub fn campaign(&self) -> CampaignId {
        match self {
            Self::Gather { campaign, .. } | Self::Approve { campaign, .. } | Self::Invite { campaign, .. } => *campaign,
        }
    }
}
