//! Who was told by mail that a campaign waits: noted beside its figures, so that a notice that comes again tells no one again.

use domain::ids::CampaignId;
use domain::messaging::Email;
use domain::{Failure, TenantId};

use super::records::FIGURES;
use crate::Campaigns;
use crate::table::keys;
use crate::table::told::told;

impl Campaigns<'_> {
    /// Whether someone was told that a campaign waits.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn is_told(self, tenant: &TenantId, id: CampaignId, email: &Email) -> Result<bool, Failure> {
        let item = self.store.item(FIGURES, &keys::of(tenant).campaign_figures(id)).await?;
        let all = item.map(|item| told(FIGURES, &item)).transpose()?;
        Ok(all.is_some_and(|all| all.contains(email)))
    }

    /// Notes that someone was told that a campaign waits. Of one that was erased meanwhile nothing comes back.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_told(self, tenant: &TenantId, id: CampaignId, email: &Email) -> Result<(), Failure> {
        self.store.note_told(FIGURES, &keys::of(tenant).campaign_figures(id), email).await
    }
}
