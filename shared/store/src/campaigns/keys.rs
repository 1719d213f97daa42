//! Where campaigns are kept, whom they are for, and what came of them.

use domain::ContactId;
use domain::campaigns::InviteeState;
use domain::ids::CampaignId;

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

/// Sort key prefix of the campaigns that a contact is one of.
pub(crate) const INVITEE: &str = "INVITEE#";

impl TenantSpace<'_> {
    /// A campaign.
    #[must_use]
    pub fn campaign(self, id: CampaignId) -> TableKey {
        self.key(format_args!("CAMPAIGN#{id}"), "CAMPAIGN")
    }

    /// What came of a campaign.
    #[must_use]
    pub fn campaign_figures(self, id: CampaignId) -> TableKey {
        self.key(format_args!("CAMPAIGN#{id}"), "FIGURES")
    }

    /// What came of all campaigns together.
    #[must_use]
    pub fn campaign_totals(self) -> TableKey {
        self.key("CAMPAIGNS", "FIGURES")
    }

    /// Partition of the index `gsi1` that lists a tenant's campaigns, newest last.
    #[must_use]
    pub fn campaign_list(self) -> PartitionKey {
        self.partition("CAMPAIGNS")
    }

    /// That a campaign is for a contact: with the contact, so that it goes with it.
    #[must_use]
    pub fn invitee(self, contact: ContactId, campaign: CampaignId) -> TableKey {
        TableKey { pk: self.person(contact), sk: format!("{INVITEE}{campaign}") }
    }

    /// Partition of the index `gsi1` that lists those of a campaign who are so far: who waits by how well it suits them, the others by when
    /// they were invited or left out.
    #[must_use]
    pub fn invitees(self, campaign: CampaignId, state: InviteeState) -> PartitionKey {
        self.partition(format_args!("CAMPAIGN#{campaign}#{}", state.as_str()))
    }
}
