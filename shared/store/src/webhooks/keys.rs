//! Where deliveries to webhooks are kept, and the marks of what other systems reported. A webhook is a document.

use domain::EventId;
use domain::ids::{WebhookDeliveryId, WebhookId};

use crate::table::keys::{PartitionKey, TableKey, TenantSpace};

impl TenantSpace<'_> {
    /// One event on its way to one webhook.
    #[must_use]
    pub fn webhook_delivery(self, id: WebhookDeliveryId) -> TableKey {
        self.key(format_args!("WEBHOOK_DELIVERY#{id}"), "DELIVERY")
    }

    /// Partition of the index `gsi1` that lists what was posted to a webhook.
    #[must_use]
    pub fn webhook_delivery_list(self, webhook: WebhookId) -> PartitionKey {
        self.partition(format_args!("WEBHOOK_DELIVERIES#{webhook}"))
    }

    /// The mark that something was reported.
    #[must_use]
    pub fn report(self, event: EventId) -> TableKey {
        self.key(format_args!("REPORT#{event}"), "REPORT")
    }
}
