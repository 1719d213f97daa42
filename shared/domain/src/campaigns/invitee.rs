//! A customer whom a campaign is for: one record for each, which says how far they are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LeftOut;
use crate::ContactId;
use crate::ids::{AppointmentId, CampaignId};
use crate::messaging::MessageRef;

/// A customer whom a campaign is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CampaignInvitee)]
pub struct Invitee {
    /// The campaign.
    pub campaign: CampaignId,
    /// Who.
    pub contact: ContactId,
    /// How well it suits them: who has the highest number is invited first.
    pub rank: u16,
    /// When their last visit was (UTC).
    #[serde(default)]
    pub last_visit: Option<Timestamp>,
    /// How far they are.
    pub state: InviteeState,
    /// Why they were not invited after all: a rule of the gate, or another short word.
    #[serde(default)]
    pub why: Option<String>,
    /// Their invitation.
    #[serde(default)]
    pub message: Option<MessageRef>,
    /// When it was queued (UTC).
    #[serde(default)]
    pub invited_at: Option<Timestamp>,
    /// When they first wrote after that (UTC).
    #[serde(default)]
    pub answered_at: Option<Timestamp>,
    /// The visit that they booked.
    #[serde(default)]
    pub booked: Option<AppointmentId>,
    /// What it is worth at least, in cents.
    #[serde(default)]
    pub worth_cents: i64,
    /// The visit is cancelled or missed, and was taken off again.
    #[serde(default)]
    pub lost: bool,
    /// The visit is done.
    #[serde(default)]
    pub done: bool,
}

/// How far someone is whom a campaign is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CampaignInviteeState)]
pub enum InviteeState {
    /// Their turn has not come.
    Waiting,
    /// Their invitation is queued, or out.
    Invited,
    /// They are not invited after all.
    LeftOut,
}

impl InviteeState {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Invited => "invited",
            Self::LeftOut => "left_out",
        }
    }
}

/// When someone was last invited by other campaigns than `campaign` (UTC), by their records under all ids that they had: `contact` and
/// those that were merged into it.
///
/// # Errors
/// [`LeftOut::InvitedLately`]: `campaign` itself invited them, before they were merged.
pub fn invited_before(
    campaign: CampaignId,
    contact: ContactId,
    records: &[Invitee],
) -> Result<Option<Timestamp>, LeftOut> {
    let (own, others): (Vec<&Invitee>, Vec<&Invitee>) = records.iter().partition(|record| record.campaign == campaign);
    if own.iter().any(|record| record.contact != contact && record.invited_at.is_some()) {
        return Err(LeftOut::InvitedLately);
    }
    Ok(others.iter().filter_map(|record| record.invited_at).max())
}

impl Invitee {
    /// Someone whose turn has not come.
    #[must_use]
    pub fn waiting(campaign: CampaignId, contact: ContactId, rank: u16, last_visit: Option<Timestamp>) -> Self {
        Self {
            campaign,
            contact,
            rank,
            last_visit,
            state: InviteeState::Waiting,
            why: None,
            message: None,
            invited_at: None,
            answered_at: None,
            booked: None,
            worth_cents: 0,
            lost: false,
            done: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn who_was_merged_is_not_invited_again_under_the_other_id() {
        let tenant = TenantId::new("acme").unwrap();
        let campaign = |name: &str| CampaignId::derive(&tenant, &[name]);
        let (stays, goes) = (ContactId::derive(&tenant, &["stays"]), ContactId::derive(&tenant, &["goes"]));
        let at: Timestamp = "2026-07-13T16:00:00Z".parse().unwrap();
        let record = |name: &str, contact, invited_at| Invitee {
            invited_at,
            ..Invitee::waiting(campaign(name), contact, 1, None)
        };
        let judged = |records: &[Invitee]| invited_before(campaign("heat"), stays, records);
        assert_eq!(judged(&[record("heat", stays, None), record("heat", goes, None)]), Ok(None));
        assert_eq!(judged(&[record("heat", stays, Some(at))]), Ok(None), "their own turn is the table's matter");
        assert_eq!(judged(&[record("heat", stays, None), record("heat", goes, Some(at))]), Err(LeftOut::InvitedLately));
        assert_eq!(judged(&[record("heat", stays, None), record("storm", goes, Some(at))]), Ok(Some(at)));
    }
}
