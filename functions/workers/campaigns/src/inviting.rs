//! Invites the portion of a day: some at a time, each under the day's limit, never more than the calendar takes at that moment.

use domain::campaigns::{Campaign, CampaignStep, Invitee, InviteeState};
use domain::ids::CampaignId;
use domain::tenancy::{Tenant, TenantStatus};
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
/// So often in a row it is read again. Then no one of it is left: they were erased, or this version cannot read them.
const TRIES: u8 = 6;
/// Why someone is left out whose record cannot be read.
const UNREADABLE: &str = "unreadable";
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
    /// The list gave no one.
    Empty,
}

/// What follows a round.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// Nothing on this day.
    Nothing,
    /// No one of the campaign is left.
    AllInvited,
    /// Another round after so long, which is this try in a row.
    Again(Duration, u8),
}

impl Round {
    fn next(self, tries: u8) -> Next {
        match self {
            Self::Over => Next::Nothing,
            Self::More => Next::Again(Duration::ZERO, 0),
            Self::Behind | Self::Empty if tries < TRIES => Next::Again(LIST_IS_BEHIND, tries.saturating_add(1)),
            Self::Behind => Next::Nothing,
            Self::Empty => Next::AllInvited,
        }
    }
}

impl Campaigns {
    /// A day of a campaign begins, or its time is over without a yes.
    pub(super) async fn begin_day(&self, tenant: &TenantId, id: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let Some(tenant) = self.store.tenants().known(tenant).await? else { return Ok(()) };
        let campaigns = self.store.campaigns();
        let Some(campaign) = campaigns.find(&tenant.id, id).await? else { return Ok(()) };
        if campaign.value.state.is_over() {
            return Ok(());
        }
        let zone = campaigns.zone(&tenant, &campaign.value).await?;
        let today = now.to_zoned(zone.clone()).date();
        let begins = |day: Date| begin_of(day, &zone);
        if tenant.status != TenantStatus::Active {
            tracing::info!(tenant = %tenant.id, campaign = %id, %today, "a day of a campaign is passed over: not served");
            let step = |campaign: &Campaign| Ok(campaign.day_passed_over(today, begins, now));
            return overtaken(campaigns.step(&tenant.id, id, None, now, step).await.map(drop));
        }
        let capacity = campaigns.capacity(&tenant, &campaign.value, now).await?;
        let open = campaigns.open(&tenant.id, &campaign.value, today, now).await?;
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
        self.invite(&tenant.id, id, (today, 0), now).await
    }

    /// Invites the next of a day's portion.
    pub(super) async fn invite(
        &self,
        tenant: &TenantId,
        id: CampaignId,
        (day, tries): (Date, u8),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(known) = self.served(tenant).await? else { return Ok(()) };
        let Some(campaign) = self.store.campaigns().find(tenant, id).await? else { return Ok(()) };
        let zone = self.store.campaigns().zone(&known, &campaign.value).await?;
        let is_its_day = now.to_zoned(zone).date() == day && now < campaign.value.useful_until;
        if !campaign.value.state.may_send() || !is_its_day {
            return Ok(());
        }
        match self.some_turns(&known, &campaign, day, now).await?.next(tries) {
            Next::Nothing => Ok(()),
            Next::AllInvited => self.all_invited(tenant, id, now).await,
            Next::Again(after, tries) => {
                let step = CampaignStep::Invite { tenant: tenant.clone(), campaign: id, day, tries };
                self.queue.send_later(&step, after, &id.to_string()).await
            }
        }
    }

    async fn all_invited(&self, tenant: &TenantId, id: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let step = |campaign: &Campaign| Ok(campaign.all_invited(now));
        overtaken(self.store.campaigns().step(tenant, id, None, now, step).await.map(drop))
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
            self.all_invited(&tenant.id, id, now).await?;
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
                // It is read again, and with it whether it still goes out, and how many a day.
                Ok(InvitationTurn::Changed) => return Ok(Round::More),
                // One that cannot be read stops no one else.
                Err(failure @ Failure::Permanent(_)) => {
                    tracing::error!(tenant = %tenant.id, contact = %invitee.contact, reason = %failure, "no invitation");
                    match self.store.campaigns().leave_out(&tenant.id, invitee, UNREADABLE, now).await {
                        Ok(_) => {}
                        Err(Failure::Permanent(_)) => had = had.saturating_add(1),
                        Err(failure) => return Err(failure),
                    }
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(match next.len() {
            0 => Round::Empty,
            all if all == had => Round::Behind,
            _ => Round::More,
        })
    }
}

/// When a day's portion begins (UTC).
fn begin_of(day: Date, zone: &TimeZone) -> Timestamp {
    let midnight = domain::tenancy::start_of_day(day, zone);
    let at_nine = Time::new(BEGINS, 0, 0, 0).ok().and_then(|time| zone.to_timestamp(day.to_datetime(time)).ok());
    at_nine.unwrap_or_else(|| midnight.checked_add(SignedDuration::from_hours(i64::from(BEGINS))).unwrap_or(midnight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_gives_no_one_is_read_some_times_and_then_the_day_or_the_campaign_is_over() {
        let mut tries = 0;
        while let Next::Again(after, next) = Round::Empty.next(tries) {
            assert_eq!((after, next), (LIST_IS_BEHIND, tries + 1));
            tries = next;
        }
        assert_eq!((tries, Round::Empty.next(tries)), (TRIES, Next::AllInvited));
        assert_eq!(Round::Behind.next(TRIES), Next::Nothing, "who is behind may have their turn on the next day");
        assert_eq!(Round::More.next(TRIES), Next::Again(Duration::ZERO, 0), "someone had their turn");
        assert_eq!(Round::Over.next(0), Next::Nothing);
    }
}
