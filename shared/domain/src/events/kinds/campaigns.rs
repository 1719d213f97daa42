//! Events of campaigns.

macro_rules! campaigns {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// Weather came up that a tenant waits for: whom to write to is looked up, and what to say is drafted.
    CampaignProposed = "campaign.proposed" {
        /// The campaign.
        campaign: CampaignId,
    }
    /// A campaign is ready, and waits for a yes where it does not begin by itself.
    CampaignDrafted = "campaign.drafted", shows [campaign automatic] {
        /// The campaign.
        campaign: CampaignId,
        /// It begins by itself.
        automatic: bool,
    }
    /// Someone said yes to a campaign, or it began by itself.
    CampaignApproved = "campaign.approved", shows [campaign] {
        /// The campaign.
        campaign: CampaignId,
    }
    /// A day of a campaign has come: its portion is invited; or, where no one said yes, it is too late.
    CampaignDayDue = "campaign.day_due" {
        /// The campaign.
        campaign: CampaignId,
        /// The day, in the zone of the place.
        day: Date,
    }
    /// A campaign is over.
    CampaignFinished = "campaign.finished", shows [campaign why] {
        /// The campaign.
        campaign: CampaignId,
        /// Why, in one short word.
        why: String,
    }
    } };
}
