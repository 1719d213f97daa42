//! Invites the portion of a day: some at a time, each under the day's limit, never more than the calendar takes at that moment.

use domain::campaigns::{Campaign, CampaignStep, Invitee, InviteeState};
use domain::ids::CampaignId;
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::{InvitationTurn, Versioned};

use super::{Campaigns, overtaken};

/// So many have their turn before the record goes back to the queue.
const AT_ONCE: usize = 20;
/// How long the list of those who wait may be behind what was written: where it gives no one new, it is read again after this.
const LIST_IS_BEHIND: Duration = Duration::from_secs(5);
/// When a day's portion begins, in the zone of the place. Quiet hours are the gate's matter.
const BEGINS: i8 = 9;

/// How far a day's portion came.
enum Round {
    /// No one is left, or the portion is invited.
    Over,
    /// There are more.
    More,
    /// The list gave only those who had their turn.
    Behind,
}

impl Campaigns {
    /// A day of a campaign begins, or its time is over without a yes.
    pub(super) async fn begin_day(&self, tenant: &TenantId, id: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let Some(tenant) = self.served(tenant).await? else { return Ok(()) };
        let campaigns = self.store.campaigns();
        let Some(campaign) = campaigns.find(&tenant.id, id).await? else { return Ok(()) };
        if campaign.value.state.is_over() {
            return Ok(());
        }
        let zone = campaigns.zone(&tenant, &campaign.value).await?;
        let today = now.to_zoned(zone.clone()).date();
        let capacity = campaigns.capacity(&tenant, &campaign.value, now).await?;
        let open = campaigns.open(&tenant.id, &campaign.value, today, now).await?;
        let begins = |day: Date| begin_of(day, &zone);
        let step = |campaign: &Campaign| Ok(campaign.day_begun(&open, &capacity, today, begins, now));
        let begun = campaigns.step(&tenant.id, id, None, now, step).await?;
        let portion = begun.portion(today);
        tracing::info!(
            tenant = %tenant.id, campaign = %id, %today, portion, left = open.left, unanswered = open.unanswered,
            state = begun.state.as_str(), "a day of a campaign"
        );
        if !begun.state.may_send() || portion == 0 {
            return Ok(());
        }
        self.invite(&tenant.id, id, today, now).await
    }

    /// Invites the next of a day's portion.
    pub(super) async fn invite(
        &self,
        tenant: &TenantId,
        id: CampaignId,
        day: Date,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(known) = self.served(tenant).await? else { return Ok(()) };
        let Some(campaign) = self.store.campaigns().find(tenant, id).await? else { return Ok(()) };
        let zone = self.store.campaigns().zone(&known, &campaign.value).await?;
        let is_its_day = now.to_zoned(zone).date() == day && now < campaign.value.useful_until;
        if !campaign.value.state.may_send() || !is_its_day {
            return Ok(());
        }
        let after = match self.some_turns(&known, &campaign, day, now).await? {
            Round::Over => return Ok(()),
            Round::More => Duration::ZERO,
            Round::Behind => LIST_IS_BEHIND,
        };
        let step = CampaignStep::Invite { tenant: tenant.clone(), campaign: id, day };
        self.queue.send_later(&step, after, &id.to_string()).await
    }

    async fn some_turns(
        &self,
        tenant: &Tenant,
        campaign: &Versioned<Campaign>,
        day: Date,
        now: Timestamp,
    ) -> Result<Round, Failure> {
        let (campaigns, id) = (self.store.campaigns(), campaign.value.id);
        let open = campaigns.open(&tenant.id, &campaign.value, day, now).await?;
        if open.left == 0 {
            let ended = campaigns.step(&tenant.id, id, None, now, |campaign| Ok(campaign.all_invited(now))).await;
            overtaken(ended.map(drop))?;
            return Ok(Round::Over);
        }
        // What the plan says, and what the calendar takes now.
        let room = campaigns.capacity(tenant, &campaign.value, now).await?.less(open.unanswered).most();
        let limit = u64::from(campaign.value.portion(day)).min(u64::from(open.invited_today).saturating_add(room));
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        if open.invited_today >= limit {
            return Ok(Round::Over);
        }
        let next = campaigns.invitees(&tenant.id, id, InviteeState::Waiting, AT_ONCE, None).await?.items;
        self.turns(tenant, campaign, &next, (day, limit), now).await
    }

    async fn turns(
        &self,
        tenant: &Tenant,
        campaign: &Versioned<Campaign>,
        next: &[Invitee],
        (day, limit): (Date, u32),
        now: Timestamp,
    ) -> Result<Round, Failure> {
        let mut had = 0_usize;
        for invitee in next {
            match self.store.campaigns().invite(tenant, campaign, invitee, (day, limit), now).await {
                Ok(InvitationTurn::Invited | InvitationTurn::LeftOut(_)) => {}
                Ok(InvitationTurn::Had) => had = had.saturating_add(1),
                Ok(InvitationTurn::Over) => return Ok(Round::Over),
                // One that cannot be read stops no one else.
                Err(failure @ Failure::Permanent(_)) => {
                    tracing::error!(tenant = %tenant.id, contact = %invitee.contact, reason = %failure, "no invitation");
                    had = had.saturating_add(1);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(if had == next.len() { Round::Behind } else { Round::More })
    }
}

/// When a day's portion begins (UTC).
fn begin_of(day: Date, zone: &TimeZone) -> Timestamp {
    let midnight = domain::tenancy::start_of_day(day, zone);
    let at_nine = Time::new(BEGINS, 0, 0, 0).ok().and_then(|time| zone.to_timestamp(day.to_datetime(time)).ok());
    at_nine.unwrap_or_else(|| midnight.checked_add(SignedDuration::from_hours(i64::from(BEGINS))).unwrap_or(midnight))
}
