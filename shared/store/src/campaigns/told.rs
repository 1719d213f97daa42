//! Who was told that a campaign waits: a mark of each person, so that a notice that comes again tells no one again.

use domain::ids::CampaignId;
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::Campaigns;
use crate::table::error::failure;
use crate::table::item::{number, to_item};
use crate::table::keys;

const TOLD: &str = "campaign_told";
/// For how long it is known: longer than a campaign waits for a yes.
pub(crate) const TOLD_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Campaigns<'_> {
    /// Whether someone was told that a campaign waits.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn is_told(self, tenant: &TenantId, id: CampaignId, email: &Email) -> Result<bool, Failure> {
        Ok(self.store.item(TOLD, &keys::of(tenant).campaign_told(id, email)).await?.is_some())
    }

    /// Notes that someone was told that a campaign waits.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_told(
        self,
        tenant: &TenantId,
        id: CampaignId,
        email: &Email,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let mut item = to_item(TOLD, &keys::of(tenant).campaign_told(id, email), &json!({}))?;
        item.insert("expires_at".to_owned(), number((now + TOLD_FOR).as_second()));
        self.store.put_item(item).send().await.map_err(|error| failure(TOLD, &error))?;
        Ok(())
    }
}
