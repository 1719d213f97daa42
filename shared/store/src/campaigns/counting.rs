//! What came of campaigns: counted beside them, each thing once.

use domain::campaigns::{COUNTED_FOR_DAYS, Campaign, Counted, Figures, Invitee};
use domain::ids::CampaignId;
use domain::{ContactId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};

use super::gathering::invitee_item;
use super::records::FIGURES;
use crate::Campaigns;
use crate::table::documents::{Versioned, busy, get_number};
use crate::table::item::Item;
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};

/// What the attributes begin with that count who was held back, by the reason.
pub(super) const HELD: &str = "held_";
/// What the attributes begin with that count the invitations of a day.
pub(super) const DAY: &str = "day_";
/// How often it is counted again where others write the same.
const ATTEMPTS: usize = 5;

/// A count of an item.
pub(super) fn count_of(item: &Item, name: &str) -> u64 {
    get_number(item, name).and_then(|count| u64::try_from(count).ok()).unwrap_or_default()
}

/// What is added, by its attribute.
pub(super) fn parts(figures: &Figures) -> Vec<(String, i64)> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let plain = [
        ("invited", count(figures.invited)),
        ("not_sent", count(figures.not_sent)),
        ("answered", count(figures.answered)),
        ("booked", count(figures.booked)),
        ("lost", count(figures.lost)),
        ("done", count(figures.done)),
        ("revenue_cents", figures.revenue_cents),
        ("done_cents", figures.done_cents),
    ];
    let plain = plain.into_iter().map(|(name, count)| (name.to_owned(), count));
    let held = figures.held_back.iter().map(|(why, held)| (format!("{HELD}{why}"), count(*held)));
    plain.chain(held).filter(|(_, count)| *count != 0).collect()
}

fn read_figures(item: &Item) -> Figures {
    let cents = |name: &str| get_number(item, name).unwrap_or_default();
    let held = item.keys().filter_map(|name| Some((name.strip_prefix(HELD)?.to_owned(), count_of(item, name))));
    Figures {
        invited: count_of(item, "invited"),
        not_sent: count_of(item, "not_sent"),
        held_back: held.collect(),
        answered: count_of(item, "answered"),
        booked: count_of(item, "booked"),
        lost: count_of(item, "lost"),
        done: count_of(item, "done"),
        revenue_cents: cents("revenue_cents"),
        done_cents: cents("done_cents"),
    }
}

impl Campaigns<'_> {
    /// What came of a campaign so far.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn figures(self, tenant: &TenantId, id: CampaignId) -> Result<Figures, Failure> {
        self.figures_at(&keys::of(tenant).campaign_figures(id)).await
    }

    /// What came of all of a tenant's campaigns together.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn totals(self, tenant: &TenantId) -> Result<Figures, Failure> {
        self.figures_at(&keys::of(tenant).campaign_totals()).await
    }

    async fn figures_at(self, key: &TableKey) -> Result<Figures, Failure> {
        let item = self.store.item(FIGURES, key).await?;
        Ok(item.map(|item| read_figures(&item)).unwrap_or_default())
    }

    /// Whether a campaign has invited a contact.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn has_invited(self, tenant: &TenantId, contact: ContactId) -> Result<bool, Failure> {
        Ok(self.of_contact(tenant, contact).await?.iter().any(|invitee| invitee.value.invited_at.is_some()))
    }

    /// Counts what happened to a contact for the campaigns that invited them lately, each thing once. Returns for how many it counted.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or others count the same all the time.
    pub async fn count(
        self,
        tenant: &TenantId,
        contact: ContactId,
        what: Counted<'_>,
        now: Timestamp,
    ) -> Result<usize, Failure> {
        let mut counted = 0_usize;
        for _ in 0..ATTEMPTS {
            let mut is_raced = false;
            for invitee in self.of_contact(tenant, contact).await? {
                match self.count_for(tenant, &invitee, what, now).await? {
                    Some(Ran::Done) => counted = counted.saturating_add(1),
                    Some(Ran::Refused(_) | Ran::Raced) => is_raced = true,
                    None => {}
                }
            }
            if !is_raced {
                return Ok(counted);
            }
        }
        Err(busy(FIGURES))
    }

    async fn count_for(
        self,
        tenant: &TenantId,
        invitee: &Versioned<Invitee>,
        what: Counted<'_>,
        now: Timestamp,
    ) -> Result<Option<Ran>, Failure> {
        // What can be told without reading the campaign. A visit may be done long after it was booked.
        let recent = SignedDuration::from_hours((COUNTED_FOR_DAYS + 2) * 24);
        let is_recent = invitee.value.invited_at.is_some_and(|at| now.duration_since(at) <= recent);
        let needs_recent = matches!(what, Counted::Answered(_) | Counted::Booked(_));
        if invitee.value.invited_at.is_none() || (needs_recent && !is_recent) {
            return Ok(None);
        }
        let Some(campaign) = self.find(tenant, invitee.value.campaign).await? else { return Ok(None) };
        let Some((after, figures)) = invitee.value.after(&campaign.value, what) else { return Ok(None) };
        self.store_counted(tenant, &campaign.value, (&after, invitee.version), &figures).await.map(Some)
    }

    async fn store_counted(
        self,
        tenant: &TenantId,
        campaign: &Campaign,
        (after, version): (&Invitee, u64),
        figures: &Figures,
    ) -> Result<Ran, Failure> {
        let own = keys::of(tenant);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(invitee_item(tenant, after)?, version)?;
        writes.add_figures(&own.campaign_figures(campaign.id), figures)?;
        writes.add_figures(&own.campaign_totals(), figures)?;
        self.store.run(writes).await
    }
}
