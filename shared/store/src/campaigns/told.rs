//! Who was told by mail that a campaign waits: noted beside its figures, so that a notice that comes again tells no one again.

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::ids::CampaignId;
use domain::messaging::Email;
use domain::{Failure, TenantId};

use super::records::FIGURES;
use crate::Campaigns;
use crate::table::item::text;
use crate::table::keys;
use crate::table::told::{NOTE, told};
use crate::table::writes::{Ran, Writes};

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

    /// Notes that someone was told that a campaign waits, whose figures may not be there yet. Of one that was erased meanwhile nothing
    /// comes back.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_told(self, tenant: &TenantId, id: CampaignId, email: &Email) -> Result<(), Failure> {
        let space = keys::of(tenant);
        let campaign = space.campaign(id);
        let mut writes = Writes::new(&self.store.table);
        writes.check(&campaign, "pk = :pk", ":pk", text(&campaign.pk))?;
        let update = Update::builder()
            .update_expression(format!("{NOTE}, entity = :entity"))
            .expression_attribute_values(":none", AttributeValue::L(Vec::new()))
            .expression_attribute_values(":to", AttributeValue::L(vec![text(email.as_str())]))
            .expression_attribute_values(":entity", text(FIGURES));
        writes.update_at(&space.campaign_figures(id), update)?;
        match self.store.run(writes).await? {
            Ran::Done | Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(Failure::Retryable(format!("{FIGURES}: transactions are at it"))),
        }
    }
}
