//! Who was told by mail that a month has reached a threshold: noted on the threshold's mark.

use domain::messaging::Email;
use domain::tenancy::usage::{Month, UsageThreshold};
use domain::{Failure, TenantId};

use super::THRESHOLD;
use crate::UsageCounts;
use crate::table::item::from_item;
use crate::table::keys;
use crate::table::told::told;

impl UsageCounts<'_> {
    /// A threshold that was announced, and who was told of it by mail; `None`: it was not announced.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn threshold(
        self,
        tenant: &TenantId,
        month: &Month,
        percent: u8,
    ) -> Result<Option<(UsageThreshold, Vec<Email>)>, Failure> {
        let item = self.store.item(THRESHOLD, &keys::of(tenant).usage_threshold(month, percent)).await?;
        item.map(|item| Ok((from_item(THRESHOLD, &item)?, told(THRESHOLD, &item)?))).transpose()
    }

    /// Notes that `to` was told of a threshold. Of one that was erased meanwhile nothing comes back.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn note_told(self, tenant: &TenantId, month: &Month, percent: u8, to: &Email) -> Result<(), Failure> {
        self.store.note_told(THRESHOLD, &keys::of(tenant).usage_threshold(month, percent), to).await
    }
}
