//! A campaign from the proposal to its end: each step over the version that it was decided on.

use domain::campaigns::{Approver, Campaign, CampaignChange, CampaignState, CampaignText, Moved, Proposal, Proposed};
use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::ids::CampaignId;
use domain::tenancy::{Language, Tenant};
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

use crate::Campaigns;
use crate::table::documents::{Trace, Versioned, busy, changed, entry, read};
use crate::table::item::{Item, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// The kind of the items.
pub(super) const CAMPAIGN: &str = "campaign";
/// The kind of what came of them.
pub(super) const FIGURES: &str = "campaign_figures";
/// How often a step is decided again that another write came before.
const ATTEMPTS: usize = 5;

/// A campaign as it is stored: listed by when it began, and while it waits for a yes among what does.
fn campaign_item(tenant: &TenantId, campaign: &Campaign) -> Result<Item, Failure> {
    let mut item = to_item(CAMPAIGN, &keys::of(tenant).campaign(campaign.id), campaign)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).campaign_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(campaign.created_at, &campaign.id.to_string())));
    if campaign.state == CampaignState::Waiting {
        item.extend(crate::approvals::listed(tenant, campaign.updated_at, &campaign.id.to_string()));
    }
    Ok(item)
}

impl Writes {
    /// A campaign over the version that was read, and what others hear of it.
    pub(super) fn campaign(
        &mut self,
        tenant: &TenantId,
        moved: &Moved,
        version: u64,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let campaign = &moved.campaign;
        self.put_version(campaign_item(tenant, campaign)?, version)?;
        let (id, next) = (campaign.id.to_string(), (version + 1).to_string());
        // What is told later is told once for its day, however often a day begins.
        let once = |kind: &EventKind| match kind {
            EventKind::CampaignDayDue { day, .. } => day.to_string(),
            _ => next.clone(),
        };
        let event = |kind: &EventKind, once: &str| Event {
            id: EventId::derive(tenant, &[CAMPAIGN, &id, once, kind.name()]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: id.clone(),
            kind: kind.clone(),
        };
        let row = |once: &str| EventId::derive(tenant, &["outbox", CAMPAIGN, &id, once]);
        let told: Vec<Event> = moved.tells.iter().map(|kind| event(kind, &next)).collect();
        if !told.is_empty() {
            self.outbox(&OutboxRow::new(row(&next), tenant.clone(), &told, now))?;
        }
        for (due, kind) in &moved.later {
            let once = once(kind);
            self.outbox(&OutboxRow::later(row(&once), tenant.clone(), &[event(kind, &once)], *due))?;
        }
        Ok(())
    }
}

impl Campaigns<'_> {
    /// Begins the campaign of a proposal, unless there is one for its weather already.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn propose(self, tenant: &Tenant, proposal: &Proposal, now: Timestamp) -> Result<Proposed, Failure> {
        let id = proposal.campaign_id(tenant);
        if self.find(&tenant.id, id).await?.is_some() {
            return Ok(Proposed::Known(id));
        }
        let location = match self.store.appointments().location(&tenant.id, proposal.location.as_ref()).await {
            Ok(location) => location,
            // One that was removed since has no customers.
            Err(Failure::Rejected { .. }) => return Ok(Proposed::Nothing("no_location")),
            Err(failure) => return Err(failure),
        };
        let (campaign, later) = match proposal.begin(tenant, &tenant.zone_at(location.as_ref()), now) {
            Ok(begun) => begun,
            Err(why) => return Ok(Proposed::Nothing(why)),
        };
        let tells = vec![EventKind::CampaignProposed { campaign: id }];
        let mut writes = Writes::new(&self.store.table);
        writes.campaign(&tenant.id, &Moved { campaign, tells, later: vec![later] }, 0, now)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Proposed::New(id)),
            Ran::Refused(_) => Ok(Proposed::Known(id)),
            Ran::Raced => Err(busy(CAMPAIGN)),
        }
    }

    /// One campaign.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: CampaignId) -> Result<Versioned<Campaign>, Failure> {
        self.find(tenant, id).await?.ok_or_else(|| Failure::not_found(CAMPAIGN))
    }

    /// One campaign, where there is such a one.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn find(self, tenant: &TenantId, id: CampaignId) -> Result<Option<Versioned<Campaign>>, Failure> {
        let item = self.store.item(CAMPAIGN, &keys::of(tenant).campaign(id)).await?;
        item.map(|item| read(CAMPAIGN, item)).transpose()
    }

    /// A tenant's campaigns, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        state: Option<CampaignState>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Campaign>, Failure> {
        let filters = [("state", state.map(CampaignState::as_str))];
        self.store.list(CAMPAIGN, tenant, &keys::of(tenant).campaign_list(), &filters, limit, cursor).await
    }

    /// Stores the text that was drafted. A text that is there stays; a repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or naming the field of a text that cannot go out.
    pub async fn set_draft(
        self,
        tenant: &TenantId,
        id: CampaignId,
        texts: BTreeMap<Language, CampaignText>,
        now: Timestamp,
    ) -> Result<Campaign, Failure> {
        self.step(tenant, id, None, now, |campaign| campaign.drafted(texts.clone(), now)).await
    }

    /// Puts another text into version `version` of a campaign. The same change sent twice is one change.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found; precondition failed when it is not at that version any more; as [`Campaign::edited`].
    pub async fn edit(
        self,
        tenant: &TenantId,
        id: CampaignId,
        texts: BTreeMap<Language, CampaignText>,
        version: u64,
        trace: &Trace,
    ) -> Result<Versioned<Campaign>, Failure> {
        let before = self.get(tenant, id).await?;
        if before.version != version {
            let is_done = before.version == version + 1 && before.value.texts == texts;
            return if is_done { Ok(before) } else { Err(changed(version)) };
        }
        let Some(moved) = before.value.edited(texts, trace.at)? else { return Ok(before) };
        match self.save(tenant, &before, &moved, Some(trace), trace.at).await? {
            Ran::Done => Ok(Versioned { value: moved.campaign, version: version + 1 }),
            Ran::Refused(_) => Err(changed(version)),
            Ran::Raced => Err(busy(CAMPAIGN)),
        }
    }

    /// Puts a change into version `version` of a campaign. The same change sent twice is one change.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found; precondition failed when it is not at that version any more; as [`Campaign::changed`].
    pub async fn change(
        self,
        tenant: &Tenant,
        id: CampaignId,
        change: CampaignChange,
        version: u64,
        trace: &Trace,
    ) -> Result<Versioned<Campaign>, Failure> {
        let before = self.get(&tenant.id, id).await?;
        let today = trace.at.to_zoned(self.zone(tenant, &before.value).await?).date();
        let moved = before.value.changed(change, today, trace.at);
        if before.version != version {
            let is_done = before.version == version + 1 && moved == Ok(None);
            return if is_done { Ok(before) } else { Err(changed(version)) };
        }
        let Some(moved) = moved? else { return Ok(before) };
        match self.save(&tenant.id, &before, &moved, Some(trace), trace.at).await? {
            Ran::Done => Ok(Versioned { value: moved.campaign, version: version + 1 }),
            Ran::Refused(_) => Err(changed(version)),
            Ran::Raced => Err(busy(CAMPAIGN)),
        }
    }

    /// Says yes to a campaign: its first portion is invited at once. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or a conflict as [`Campaign::approved_as_worded`] words it.
    pub async fn approve(
        self,
        tenant: &Tenant,
        id: CampaignId,
        by: &Approver,
        trace: &Trace,
    ) -> Result<Campaign, Failure> {
        let campaign = self.get(&tenant.id, id).await?.value;
        let zone = self.zone(tenant, &campaign).await?;
        let today = trace.at.to_zoned(zone).date();
        let step = |campaign: &Campaign| campaign.approved_as_worded(tenant, by, today, trace.at);
        self.step(&tenant.id, id, Some(trace), trace.at, step).await
    }

    /// Says no to a campaign, or stops it: no one is invited any more. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or a conflict as [`Campaign::declined`] words it.
    pub async fn decline(self, tenant: &TenantId, id: CampaignId, trace: &Trace) -> Result<Campaign, Failure> {
        self.step(tenant, id, Some(trace), trace.at, |campaign| campaign.declined(&trace.actor, trace.at)).await
    }

    /// Takes a step that is decided on the campaign as it is; where another write comes before it, again. A step that gives nothing
    /// leaves it as it is.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as the step says.
    pub async fn step(
        self,
        tenant: &TenantId,
        id: CampaignId,
        trace: Option<&Trace>,
        now: Timestamp,
        decide: impl Fn(&Campaign) -> Result<Option<Moved>, Failure>,
    ) -> Result<Campaign, Failure> {
        for _ in 0..ATTEMPTS {
            let before = self.get(tenant, id).await?;
            let Some(moved) = decide(&before.value)? else { return Ok(before.value) };
            if self.save(tenant, &before, &moved, trace, now).await? == Ran::Done {
                return Ok(moved.campaign);
            }
        }
        Err(busy(CAMPAIGN))
    }

    async fn save(
        self,
        tenant: &TenantId,
        before: &Versioned<Campaign>,
        moved: &Moved,
        trace: Option<&Trace>,
        now: Timestamp,
    ) -> Result<Ran, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.campaign(tenant, moved, before.version, now)?;
        if let Some(trace) = trace {
            let subject = format!("{CAMPAIGN}/{}", before.value.id);
            let shown = |campaign: &Campaign| {
                Some(json!({ "state": campaign.state, "texts": campaign.texts, "most_a_day": campaign.most_a_day }))
            };
            let (was, is) = (shown(&before.value), shown(&moved.campaign));
            writes.audit(&entry(tenant, AuditAction::Updated, &subject, before.version + 1, was, is, trace))?;
        }
        self.store.run(writes).await
    }

    /// The zone of a campaign's place.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn zone(self, tenant: &Tenant, campaign: &Campaign) -> Result<jiff::tz::TimeZone, Failure> {
        match self.store.appointments().location(&tenant.id, campaign.location.as_ref()).await {
            Ok(location) => Ok(tenant.zone_at(location.as_ref())),
            // A place that was removed has the zone of the tenant.
            Err(Failure::Rejected { .. }) => Ok(tenant.time_zone()),
            Err(failure) => Err(failure),
        }
    }
}
