//! Does the work of campaigns: finds whom one is for, invites a day's portion, counts what came of it.
//!
//! Reads the queue `CampaignEvents`, which the bus and this worker itself fill. What takes long is done in pieces that come back to the
//! queue ([`CampaignStep`]). Each piece is decided on what is stored at that moment and stored with conditions, so a record that comes
//! twice, late or for nothing does no harm: a page of customers is counted once, someone is invited once, an answer is counted once.

mod counting;
mod inviting;

use domain::campaigns::{Approver, CampaignState, CampaignStep};
use domain::events::{Event, EventKind};
use domain::identity::Actor;
use domain::ids::CampaignId;
use domain::tenancy::{Tenant, TenantStatus};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::{Queue, Work};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, Trace};

/// The most time one record takes: some pages of customers, or some invitations.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(28);
/// So many pages of customers are looked at before the record goes back to the queue.
const PAGES: usize = 6;
/// How long a step waits whose tenant is paused, before it is looked at again: the longest that a queue holds a record back.
const WHILE_PAUSED: Duration = Duration::from_secs(15 * 60);

/// What campaigns need.
#[derive(Debug)]
pub struct Campaigns {
    /// The table.
    pub store: Store,
    /// Where the next pieces of work go.
    pub queue: Queue<CampaignStep>,
}

impl Campaigns {
    /// Does what a record asks for.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: no retry can help.
    pub async fn work(&self, record: &Work<CampaignStep>, now: Timestamp) -> Result<(), Failure> {
        match record {
            Work::Event(event) => self.heard(event, now).await,
            Work::Due(CampaignStep::Gather { tenant, campaign }) => self.gather(tenant, *campaign, now).await,
            Work::Due(CampaignStep::Approve { tenant, campaign }) => self.approve(tenant, *campaign, now).await,
            Work::Due(CampaignStep::Invite { tenant, campaign, day, tries }) => {
                self.invite(tenant, *campaign, (*day, *tries), now).await
            }
        }
    }

    async fn heard(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        if event.is_test() {
            return Ok(());
        }
        let tenant = &event.tenant;
        match &event.kind {
            EventKind::CampaignProposed { campaign } => self.gather(tenant, *campaign, now).await,
            EventKind::CampaignDrafted { campaign, automatic: true } => self.approve(tenant, *campaign, now).await,
            EventKind::CampaignDrafted { automatic: false, .. } => Ok(()),
            EventKind::CampaignDayDue { campaign, .. } => self.begin_day(tenant, *campaign, now).await,
            _ => self.count(event, now).await,
        }
    }

    /// A campaign that needs no one's yes begins, unless its text cannot go out as it is: then it waits for a person.
    async fn approve(&self, tenant: &TenantId, campaign: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let Some(tenant) = self.served(tenant).await? else {
            let step = CampaignStep::Approve { tenant: tenant.clone(), campaign };
            return self.once_served(&step, CampaignState::Waiting, now).await;
        };
        let trace = trace(campaign, now);
        let approved = self.store.campaigns().approve(&tenant, campaign, &Approver::Rule, &trace).await;
        overtaken(approved.map(drop))
    }

    /// Finds whom a campaign is for, some pages of the customers at a time; after the last, what there is room for.
    async fn gather(&self, tenant: &TenantId, campaign: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let step = CampaignStep::Gather { tenant: tenant.clone(), campaign };
        let Some(known) = self.served(tenant).await? else {
            return self.once_served(&step, CampaignState::Drafting, now).await;
        };
        for _ in 0..PAGES {
            match self.store.campaigns().gather(&known, campaign, now).await {
                Ok(true) => {}
                Ok(false) => return self.gathered(&known, campaign, now).await,
                // It was never stored, or is gone.
                Err(failure @ Failure::Rejected { .. }) => return overtaken(Err(failure)),
                Err(failure) => return Err(failure),
            }
        }
        self.queue.send_traced(&step, &campaign.to_string()).await
    }

    async fn gathered(&self, tenant: &Tenant, id: CampaignId, now: Timestamp) -> Result<(), Failure> {
        let campaigns = self.store.campaigns();
        let campaign = campaigns.get(&tenant.id, id).await?.value;
        let capacity = campaigns.capacity(tenant, &campaign, now).await?;
        let today = now.to_zoned(campaigns.zone(tenant, &campaign).await?).date();
        let step = |campaign: &domain::campaigns::Campaign| Ok(campaign.gathered(&capacity, today, now));
        let campaign = campaigns.step(&tenant.id, id, None, now, step).await?;
        let (fits, looked_at) = (campaign.reach.fits, campaign.reach.looked_at);
        let (planned, free) = (campaign.planned(), capacity.most());
        tracing::info!(tenant = %tenant.id, campaign = %id, looked_at, fits, planned, free, "whom a campaign is for is known");
        Ok(())
    }

    /// A step of a tenant that is not served just now comes back later, as long as the campaign waits for it `in_state`.
    async fn once_served(&self, step: &CampaignStep, in_state: CampaignState, now: Timestamp) -> Result<(), Failure> {
        let (tenant, id) = (step.tenant(), step.campaign());
        if !self.store.tenants().known(tenant).await?.is_some_and(|tenant| tenant.status == TenantStatus::Paused) {
            return Ok(());
        }
        let Some(campaign) = self.store.campaigns().find(tenant, id).await? else { return Ok(()) };
        let is_awaited = campaign.value.state == in_state && now < campaign.value.useful_until;
        if !is_awaited {
            return Ok(());
        }
        self.queue.send_later(step, WHILE_PAUSED, &id.to_string()).await
    }

    /// A tenant that is served; of others nothing goes out.
    async fn served(&self, tenant: &TenantId) -> Result<Option<Arc<Tenant>>, Failure> {
        let known = self.store.tenants().known(tenant).await?;
        Ok(known.filter(|tenant| tenant.status == TenantStatus::Active))
    }
}

/// The trace of what Porchlight does itself.
fn trace(campaign: CampaignId, now: Timestamp) -> Trace {
    Trace { actor: Actor::System, at: now, address: None, correlation_id: campaign.to_string() }
}

/// What was decided otherwise meanwhile is no failure.
fn overtaken(done: Result<(), Failure>) -> Result<(), Failure> {
    match done {
        Err(Failure::Rejected { message, .. }) => {
            tracing::info!(%message, "a campaign has gone on meanwhile");
            Ok(())
        }
        other => other,
    }
}
